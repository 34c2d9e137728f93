//! The QGIS project inside the GeoPackage: layers in groups, drawn, labelled, with relative sources.
//!
//! Written by hand for QGIS 3.22, which later versions read alike. Three traps: a reference system by authority code alone
//! gives a project without one; a layer identifier of ten characters or fewer is replaced; a source must be relative. A
//! renamed file keeps its layers and their styles, but its project no longer finds them: that is QGIS's own limit.

use std::fmt::Write as _;
use std::io::Cursor;
use std::io::Write as _;

use quick_xml::escape::escape;
use rusqlite::Connection;
use rusqlite::params;
use zip::CompressionMethod;
use zip::DateTime;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::blob::Envelope;
use super::tables::LAMBERT_93_WKT;
use crate::io::deliver::DeliveryInfo;
use crate::io::deliver::layer::DeliveredLayer;
use crate::io::deliver::layer::GeometryKind;

/// The oldest QGIS that must read the project: newer ones read older files, never the reverse.
const QGIS_VERSION: &str = "3.22.0-Białowieża";
/// Room around the data when the project opens, metres.
const MARGIN_M: f64 = 2_000.0;
/// Layers that are listed but not drawn when the project opens: each covers the ones below; anomalies of the reading are for
/// who prepares the data.
const HIDDEN_AT_FIRST: [&str; 7] =
    ["anomalies", "terrain_net", "land_parcels", "housing", "isochrones", "zoning", "visits"];
/// Tables that nobody opens: the books of an inventory.
const UNLISTED: [&str; 1] = ["gisement_calcule"];
/// Order of the layer tree, from the top; others follow.
const ORDER: [&str; 14] = [
    "anomalies",
    "visits",
    "friches",
    "friche_outlines",
    "potential_friches",
    "terrain_net",
    "terrains",
    "parcels",
    "land_parcels",
    "communes",
    "economic_zones",
    "isochrones",
    "zoning",
    "housing",
];

/// Stores the project under `name`. `file` is the name that the GeoPackage will have.
pub(super) fn add(
    connection: &Connection,
    file: &str,
    name: &str,
    layers: &[DeliveredLayer],
    extent: Envelope,
    info: &DeliveryInfo,
) -> rusqlite::Result<()> {
    let document = document(file, layers, extent, info);
    let packed = packed(name, &document)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    // QGIS stores the archive as hexadecimal text.
    let mut content = String::with_capacity(packed.len() * 2);
    for byte in packed {
        // Writing to a string cannot fail.
        let _ = write!(content, "{byte:02x}");
    }
    let metadata = format!(
        "{{\"last_modified_time\": \"{}\", \"last_modified_user\": \"gisement\"}}",
        info.timestamp.get(..19).unwrap_or_default()
    );
    connection.execute_batch(
        "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB);",
    )?;
    connection.execute(
        "INSERT INTO qgis_projects VALUES (?1, ?2, ?3)",
        params![name, metadata.into_bytes(), content.into_bytes()],
    )?;
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) \
         VALUES ('qgis_projects', 'attributes', 'qgis_projects', '', ?1, 0)",
        params![info.timestamp],
    )?;
    Ok(())
}

/// The `.qgz` archive: one document, with a fixed date.
fn packed(name: &str, document: &str) -> Result<Vec<u8>, zip::result::ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(format!("{name}.qgs"), options)?;
    zip.write_all(document.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn document(
    file: &str,
    layers: &[DeliveredLayer],
    extent: Envelope,
    info: &DeliveryInfo,
) -> String {
    let mut ordered: Vec<&DeliveredLayer> =
        layers.iter().filter(|layer| !UNLISTED.contains(&layer.name())).collect();
    ordered.sort_by_key(|layer| {
        ORDER.iter().position(|name| *name == layer.name()).unwrap_or(ORDER.len())
    });
    let title = escape(&info.title);
    let tree: String = ordered.iter().map(|layer| tree_entry(file, layer)).collect();
    let drawn: String = ordered.iter().map(|layer| map_layer(file, layer)).collect();
    let (min_x, max_x) = (extent.min_x - MARGIN_M, extent.max_x + MARGIN_M);
    let (min_y, max_y) = (extent.min_y - MARGIN_M, extent.max_y + MARGIN_M);
    let srs = lambert_93();
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis projectname=\"{title}\" version=\"{QGIS_VERSION}\"><homePath path=\"\"/><title>{title}</title>\n\
         <projectCrs>{srs}</projectCrs>\n<layer-tree-group>{tree}</layer-tree-group>\n\
         <mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><units>meters</units><extent><xmin>{min_x}</xmin>\
         <ymin>{min_y}</ymin><xmax>{max_x}</xmax><ymax>{max_y}</ymax></extent><rotation>0</rotation>\
         <destinationsrs>{srs}</destinationsrs></mapcanvas>\n<projectlayers>{drawn}</projectlayers>\n<layerorder/>\n\
         <properties><Paths><Absolute type=\"bool\">false</Absolute></Paths><SpatialRefSys>\
         <ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys></properties>\n\
         <projectMetadata><title>{title}</title><abstract>{about}</abstract><license>{licence}</license></projectMetadata>\n\
         <Layouts/></qgis>\n",
        about = escape(&info.abstract_),
        licence = escape(&info.licence),
    )
}

fn identifier(layer: &DeliveredLayer) -> String {
    format!("gisement_layer_{}", layer.name())
}

fn source(file: &str, layer: &DeliveredLayer) -> String {
    escape(format!("./{file}|layername={}", layer.name())).into_owned()
}

fn tree_entry(file: &str, layer: &DeliveredLayer) -> String {
    let hidden = HIDDEN_AT_FIRST.contains(&layer.name());
    format!(
        "<layer-tree-layer id=\"{}\" name=\"{}\" checked=\"{}\" expanded=\"{}\" providerKey=\"ogr\" source=\"{}\"/>\n",
        identifier(layer),
        escape(layer.title()),
        if hidden { "Qt::Unchecked" } else { "Qt::Checked" },
        u8::from(!hidden),
        source(file, layer),
    )
}

fn map_layer(file: &str, layer: &DeliveredLayer) -> String {
    let geometry = match layer.geometry() {
        Some(GeometryKind::Point) => "Point",
        Some(GeometryKind::MultiLineString) => "Line",
        Some(GeometryKind::MultiPolygon) => "Polygon",
        None => "No geometry",
    };
    // The layer's own style, without its root: what is inside <qgis …> goes inside <maplayer …>.
    let style = layer.style().map(|style| style.qml(layer.fields())).unwrap_or_default();
    let body = style
        .find("<qgis ")
        .and_then(|root| style[root..].find('>').map(|end| root + end + 1))
        .zip(style.rfind("</qgis>"))
        .and_then(|(from, to)| style.get(from..to))
        .unwrap_or_default();
    let labels = u8::from(body.contains("<labeling"));
    format!(
        "<maplayer type=\"vector\" geometry=\"{geometry}\" labelsEnabled=\"{labels}\"><id>{}</id><datasource>{}</datasource>\
         <shortname>{}</shortname><title>{title}</title><abstract>{}</abstract><layername>{title}</layername>\
         <srs>{}</srs><provider encoding=\"UTF-8\">ogr</provider>{body}</maplayer>\n",
        identifier(layer),
        source(file, layer),
        layer.name(),
        escape(layer.description()),
        lambert_93(),
        title = escape(layer.title()),
    )
}

fn lambert_93() -> String {
    format!(
        "<spatialrefsys><wkt>{}</wkt><srsid>145</srsid><srid>2154</srid><authid>EPSG:2154</authid>\
         <description>RGF93 v1 / Lambert-93</description><projectionacronym>lcc</projectionacronym>\
         <ellipsoidacronym>EPSG:7019</ellipsoidacronym><geographicflag>false</geographicflag></spatialrefsys>",
        escape(LAMBERT_93_WKT)
    )
}
