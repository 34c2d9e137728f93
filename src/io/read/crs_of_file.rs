//! Which reference system a file declares: an EPSG code when there is no doubt, else its own words.
//!
//! French producers write the same system in many ways: EPSG authority, ESRI names, IGNF names,
//! or only the parameters of the projection.

use super::crs_wkt::Node;
use super::layer::DeclaredCrs;

/// From the text of a `.prj` (OGC or ESRI WKT) or of another WKT definition.
#[must_use]
pub fn of_wkt(text: &str) -> DeclaredCrs {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    if text.is_empty() {
        return DeclaredCrs::None;
    }
    match Node::parse(text).as_ref().and_then(epsg_of_node) {
        Some(code) => DeclaredCrs::Epsg(code),
        None => DeclaredCrs::Wkt(text.to_owned()),
    }
}

/// From a name: `urn:ogc:def:crs:EPSG::2154`, `EPSG:3946`, `CRS84`, `IGNF:LAMB93`, `RGF93 / CC46`.
#[must_use]
pub fn of_name(name: &str) -> DeclaredCrs {
    let name = name.trim();
    if name.is_empty() {
        return DeclaredCrs::None;
    }
    let upper = name.to_ascii_uppercase();
    let code = upper
        .contains("EPSG")
        .then(|| upper.rsplit(['/', ':', '#']).next().and_then(|code| code.parse().ok()))
        .flatten()
        .or_else(|| plausible(name.parse().ok()));
    let last = upper.rsplit(['/', ':', '#']).next().unwrap_or_default();
    let known = || match last {
        "CRS84" | "WGS84G" => Some(4326),
        "LAMB93" | "RGF93LAMB93" => Some(2154),
        "RGF93G" | "RGF93GEO" => Some(4171),
        "LAMBE" => Some(27572),
        _ => epsg_of_known_name(name),
    };
    match code.or_else(known) {
        Some(code) => DeclaredCrs::Epsg(code),
        None => DeclaredCrs::Named(name.to_owned()),
    }
}

/// From the `crs` member of a GeoJSON collection (old but common).
pub(super) fn of_geojson_member(json: &[u8]) -> DeclaredCrs {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(json) else {
        return DeclaredCrs::None;
    };
    let properties = &value["properties"];
    if let Some(code) = properties["code"].as_u64().and_then(|c| u32::try_from(c).ok()) {
        return DeclaredCrs::Epsg(code);
    }
    let name = properties["name"].as_str().or_else(|| properties["href"].as_str());
    name.or_else(|| value.as_str()).map_or(DeclaredCrs::None, of_name)
}

/// From the `crs` member of a feature or geometry that is a file of its own.
pub(super) fn of_geojson_owner(json: &[u8]) -> DeclaredCrs {
    #[derive(serde::Deserialize)]
    struct Owner {
        crs: Option<serde_json::Value>,
    }
    match serde_json::from_slice(json) {
        Ok(Owner { crs: Some(member) }) => of_geojson_member(member.to_string().as_bytes()),
        _ => DeclaredCrs::None,
    }
}

/// EPSG codes of reference systems lie in this range.
fn plausible(code: Option<u32>) -> Option<u32> {
    code.filter(|code| (1024..=32_767).contains(code))
}

fn epsg_of_node(root: &Node) -> Option<u32> {
    let root = match root.keyword.as_str() {
        "COMPD_CS" | "COMPOUNDCRS" | "BOUNDCRS" | "SOURCECRS" => {
            return root.children().find_map(|child| {
                let horizontal = !matches!(child.keyword.as_str(), "VERT_CS" | "VERTCRS");
                horizontal.then(|| epsg_of_node(child)).flatten()
            });
        }
        "PROJCS" | "PROJCRS" | "GEOGCS" | "GEOGCRS" | "GEODCRS" => root,
        _ => return None,
    };
    let authority = root.children().filter(|c| matches!(c.keyword.as_str(), "AUTHORITY" | "ID"));
    for authority in authority {
        if authority.texts.first().is_some_and(|a| a.eq_ignore_ascii_case("EPSG")) {
            let code = authority.texts.get(1).and_then(|code| code.trim().parse().ok());
            let code = code.or_else(|| authority.numbers.first().map(|&n| n as u32));
            if code.is_some() {
                return code;
            }
        }
    }
    root.texts.first().and_then(|name| epsg_of_known_name(name)).or_else(|| of_parameters(root))
}

/// Letters and digits in lower case, accents removed.
fn normalised(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'é' | 'è' | 'ê') { 'e' } else { c })
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

fn epsg_of_known_name(name: &str) -> Option<u32> {
    let name = normalised(name);
    let rgf93 = ["rgf93v1", "rgf93", "rgf1993"];
    if let Some(rest) = rgf93.iter().find_map(|prefix| name.strip_prefix(prefix)) {
        return match rest {
            "" | "geographic" | "geographique" => Some(4171),
            "lambert93" | "lamb93" => Some(2154),
            _ => conic_zone(rest.strip_prefix("lambert").unwrap_or(rest)),
        };
    }
    for prefix in ["wgs84utmzone", "wgs1984utmzone"] {
        if let Some(zone) = name.strip_prefix(prefix) {
            let number: u32 = zone.trim_end_matches(['n', 's']).parse().ok()?;
            let base = if zone.ends_with('n') { 32_600 } else { 32_700 };
            return (1..=60).contains(&number).then_some(base + number);
        }
    }
    Some(match name.as_str() {
        "lambert93" | "lamb93" => 2154,
        "wgs84" | "wgs1984" | "gcswgs1984" | "gcswgs84" => 4326,
        "gcsrgf1993" | "gcsrgf93" => 4171,
        "etrs89" | "etrs1989" | "gcsetrs1989" => 4258,
        "wgs84pseudomercator" | "wgs1984webmercatorauxiliarysphere" | "webmercator" => 3857,
        "etrs89laeaeurope" | "etrs89extendedlaeaeurope" | "etrs1989laea" => 3035,
        "ntfparislambertzonei" | "ntfparislambertietendu" => 27_571,
        "ntfparislambertzoneii"
        | "ntfparislambertiietendu"
        | "ntflambertiietendu"
        | "lambertiietendu"
        | "lambert2etendu"
        | "ntflambert2etendu"
        | "ntfparislambertzoneiietendu" => 27_572,
        "ntfparislambertzoneiii" | "ntfparislambertiiietendu" => 27_573,
        "ntfparislambertzoneiv" => 27_574,
        "ntfparislambertnordfrance" => 27_561,
        "ntfparislambertcentrefrance" => 27_562,
        "ntfparislambertsudfrance" => 27_563,
        _ => return conic_zone(&name),
    })
}

/// The nine conic zones, CC42 (EPSG:3942) to CC50 (EPSG:3950).
fn conic_zone(name: &str) -> Option<u32> {
    let zone: u32 = name.strip_prefix("cc")?.parse().ok()?;
    (42..=50).contains(&zone).then_some(3900 + zone)
}

/// By the six parameters of a Lambert conformal conic projection, in metres.
fn of_parameters(root: &Node) -> Option<u32> {
    let method = root.child("PROJECTION").or_else(|| root.child("METHOD"))?;
    if !normalised(method.texts.first()?).starts_with("lambertconformalconic") {
        return None;
    }
    let unit = root.child("UNIT").or_else(|| root.child("LENGTHUNIT"))?;
    if !near(*unit.numbers.first()?, 1.0) {
        return None;
    }
    let geographic = root.child("GEOGCS").or_else(|| root.child("BASEGEOGCRS"))?;
    let datum = geographic.child("DATUM")?;
    let ellipsoid = datum.child("SPHEROID").or_else(|| datum.child("ELLIPSOID"))?;
    let axis_m = *ellipsoid.numbers.first()?;
    let parameter = |wanted: &str| {
        root.children()
            .filter(|c| c.keyword == "PARAMETER")
            .find(|c| c.texts.first().is_some_and(|name| normalised(name) == wanted))
            .and_then(|c| c.numbers.first().copied())
    };
    let east = parameter("falseeasting")?;
    let north = parameter("falsenorthing")?;
    let latitude = parameter("latitudeoforigin")?;
    if near(axis_m, 6_378_249.2) || near(axis_m, 6_378_249.145) {
        let extended = near(east, 600_000.0) && near(north, 2_200_000.0);
        let degrees_or_grads = near(latitude, 46.8) || near(latitude, 52.0);
        return (extended && degrees_or_grads).then_some(27_572);
    }
    let meridian = parameter("centralmeridian")?;
    if !near(axis_m, 6_378_137.0) || !near(meridian, 3.0) {
        return None;
    }
    let (a, b) = (parameter("standardparallel1")?, parameter("standardparallel2")?);
    let (low, high) = (a.min(b), a.max(b));
    let is = |lat: f64, s: f64, n: f64, fe: f64, fn_: f64| {
        near(latitude, lat) && near(low, s) && near(high, n) && near(east, fe) && near(north, fn_)
    };
    if is(46.5, 44.0, 49.0, 700_000.0, 6_600_000.0) {
        return Some(2154);
    }
    (42..=50_u32).find_map(|zone| {
        let lat = f64::from(zone);
        let north = (lat - 41.0) * 1e6 + 2e5;
        is(lat, lat - 0.75, lat + 0.75, 1_700_000.0, north).then_some(3900 + zone)
    })
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_producers() {
        for (name, code) in [
            ("urn:ogc:def:crs:EPSG::2154", 2154),
            ("urn:ogc:def:crs:EPSG:9.0:3946", 3946),
            ("EPSG:3946", 3946),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326),
            ("http://www.opengis.net/def/crs/EPSG/0/2154", 2154),
            ("http://www.opengis.net/gml/srs/epsg.xml#4326", 4326),
            ("IGNF:LAMB93", 2154),
            ("RGF93_Lambert_93", 2154),
            ("RGF_1993_Lambert_93", 2154),
            ("RGF93 v1 / Lambert-93", 2154),
            ("RGF93 / CC46", 3946),
            ("RGF_1993_CC43", 3943),
            ("NTF (Paris) / Lambert zone II", 27_572),
            ("NTF Lambert II étendu", 27_572),
            ("WGS 84 / UTM zone 31N", 32_631),
            ("WGS_1984_UTM_Zone_30N", 32_630),
            ("WGS_1984_Web_Mercator_Auxiliary_Sphere", 3857),
            ("GCS_RGF_1993", 4171),
            ("WGS 84", 4326),
        ] {
            assert_eq!(of_name(name), DeclaredCrs::Epsg(code), "{name}");
        }
        for name in ["RGF93 / CC51", "British_National_Grid", "urn:ogc:def:crs:EPSG::"] {
            assert_eq!(of_name(name), DeclaredCrs::Named(name.to_owned()));
        }
    }

    #[test]
    fn wkt_by_authority_of_the_root_only() {
        let named_oddly = r#"PROJCS["x",GEOGCS["y",DATUM["z",SPHEROID["GRS",6378137,298.2]],
            AUTHORITY["EPSG","4171"]],UNIT["metre",1],AUTHORITY["EPSG","2154"]]"#;
        assert_eq!(of_wkt(named_oddly), DeclaredCrs::Epsg(2154));
        let inner_only = r#"PROJCS["x",GEOGCS["RGF93",AUTHORITY["EPSG","4171"]]]"#;
        assert_eq!(of_wkt(inner_only), DeclaredCrs::Wkt(inner_only.to_owned()));
        assert_eq!(
            of_wkt(r#"PROJCRS["x",BASEGEOGCRS["y"],ID["EPSG",2154]]"#),
            DeclaredCrs::Epsg(2154)
        );
    }

    #[test]
    fn wkt_by_parameters() {
        let wkt = |sp: &str, lat: &str, fe: &str, fn_: &str| {
            format!(
                r#"PROJCS["Lambert_Conformal_Conic",GEOGCS["GCS_GRS 1980(IUGG, 1980)",DATUM["D_unknown",
                SPHEROID["GRS80",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.017]],
                PROJECTION["Lambert_Conformal_Conic"],{sp},PARAMETER["latitude_of_origin",{lat}],
                PARAMETER["central_meridian",3],PARAMETER["false_easting",{fe}],
                PARAMETER["false_northing",{fn_}],UNIT["Meter",1]]"#
            )
        };
        let lambert93 = r#"PARAMETER["standard_parallel_1",44],PARAMETER["standard_parallel_2",49.00000000001]"#;
        assert_eq!(of_wkt(&wkt(lambert93, "46.5", "700000", "6600000")), DeclaredCrs::Epsg(2154));
        let cc43 =
            r#"PARAMETER["standard_parallel_1",42.25],PARAMETER["standard_parallel_2",43.75]"#;
        assert_eq!(of_wkt(&wkt(cc43, "43", "1700000", "2200000")), DeclaredCrs::Epsg(3943));
        assert!(matches!(of_wkt(&wkt(cc43, "43", "1700000", "2200001e1")), DeclaredCrs::Wkt(_)));
    }

    #[test]
    fn geojson_members() {
        let of = |json: &str| of_geojson_member(json.as_bytes());
        assert_eq!(
            of(r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}}"#),
            DeclaredCrs::Epsg(2154)
        );
        assert_eq!(of(r#"{"type":"EPSG","properties":{"code":3946}}"#), DeclaredCrs::Epsg(3946));
        assert_eq!(of("null"), DeclaredCrs::None);
        assert_eq!(of("{"), DeclaredCrs::None);
    }

    #[test]
    fn damaged_wkt_is_handed_on() {
        for text in ["PROJCS[", "PROJCS[\"a", "]]]]", &"A[".repeat(100_000)] {
            assert_eq!(of_wkt(text), DeclaredCrs::Wkt(text.to_owned()));
        }
        assert_eq!(of_wkt(" \r\n"), DeclaredCrs::None);
    }
}
