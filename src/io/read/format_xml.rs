//! Which XML a text is: data that GDAL reads, or something else that is often saved under the name
//! of data.

use super::layer::Format;

/// What the start of a text in angle brackets says it is; the hint tells what to do when it is no
/// data.
pub(super) fn recognise(start: &[u8], extension: &str) -> Result<Format, &'static str> {
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let has = |word: &str| text.contains(word);
    if has("<!doctype html") || has("<html") {
        return Err("it is a web page, not data: the download failed or asks for a login; \
                    download it again and look at it before naming it here");
    }
    if has("exceptionreport") || has("serviceexception") {
        return Err("it is the error message of a web service, not data; \
                    read it in a text editor, mend the request and download again");
    }
    if has("_capabilities") {
        return Err("it lists what a web service offers, not data; download the layer itself");
    }
    match extension {
        "xsd" | "gfs" => return Err("it describes a .gml; name the .gml beside it"),
        "qml" | "sld" | "qgs" | "qmd" => return Err("it belongs to QGIS and holds no data"),
        "gml" | "kml" => return Ok(Format::Gdal),
        _ => {}
    }
    let known = ["opengis.net/gml", "opengis.net/wfs", "opengis.net/kml", "<kml", "<gpx", "<osm"];
    if known.iter().any(|word| has(word)) {
        return Ok(Format::Gdal);
    }
    Err("it is XML, but neither GML nor KML; save the layer as GeoPackage")
}
