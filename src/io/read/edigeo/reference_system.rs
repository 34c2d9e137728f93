//! The `.GEO`: the reference system of a lot.

use super::super::crs_of_file;
use super::super::error::ReadError;
use super::super::layer::DeclaredCrs;
use super::record::Member;

/// The system that a `.GEO` declares, an EPSG code where the name leaves no doubt.
pub(super) fn declared(member: &Member) -> Result<DeclaredCrs, ReadError> {
    let mut records = member.records();
    let mut declared = DeclaredCrs::None;
    while let Some(record) = records.next()? {
        if &record.kind != b"GEO" || declared != DeclaredCrs::None {
            continue;
        }
        let name = record.word(b"REL").filter(|name| !name.is_empty());
        let name = name.or_else(|| record.word(b"REN")).unwrap_or_default();
        let in_metres = record.word(b"UNH").is_none_or(|unit| unit.is_empty() || unit == "m");
        let is_projected = record.word(b"RET").is_none_or(|kind| kind == "MAP");
        declared = match epsg(&name) {
            Some(code) if in_metres && is_projected => DeclaredCrs::Epsg(code),
            _ if name.is_empty() => DeclaredCrs::None,
            _ => DeclaredCrs::Named(name),
        };
    }
    Ok(declared)
}

/// The names are those of IGN's register of reference systems.
fn epsg(name: &str) -> Option<u32> {
    let name = name.to_ascii_uppercase();
    Some(match name.as_str() {
        "LAMB93" => 2154,
        "LAMB1" => 27_561,
        "LAMB2" => 27_562,
        "LAMB3" => 27_563,
        "LAMB4" => 27_564,
        // The same with the number of the zone before the northing.
        "LAMB1C" => 27_571,
        "LAMB2C" | "LAMBE" => 27_572,
        "LAMB3C" => 27_573,
        "LAMB4C" => 27_574,
        "RRAF91UTM20" => 4559,
        "RGAF09UTM20" => 5490,
        "RGFG95UTM22" => 2972,
        "RGR92UTM40S" => 2975,
        "RGM04UTM38S" => 4471,
        "RGSPM06U21" => 4467,
        _ => match crs_of_file::of_name(&name) {
            DeclaredCrs::Epsg(code) => code,
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fields: &str) -> DeclaredCrs {
        let text = format!("RTYSA03:GEO\nRIDSA01:g\n{fields}EOMT 00:\n");
        declared(&Member::of_bytes(text.as_bytes())).unwrap()
    }

    #[test]
    fn names_of_ign() {
        for (name, code) in [
            ("LAMB93", 2154),
            ("LAMB3", 27_563),
            ("LAMB2C", 27_572),
            ("RGF93CC42", 3942),
            ("RGF93CC50", 3950),
            ("RGR92UTM40S", 2975),
        ] {
            let fields = format!("RETSA03:MAP\nRELSA{:02}:{name}\nUNHST01:m\n", name.len());
            assert_eq!(of(&fields), DeclaredCrs::Epsg(code), "{name}");
        }
    }

    #[test]
    fn doubt_stays_doubt() {
        let named = |name: &str| DeclaredCrs::Named(name.to_owned());
        assert_eq!(of("RETSA03:MAP\nRELSA09:RGF93CC51\n"), named("RGF93CC51"));
        assert_eq!(of("RETSA03:MAP\nRELSA06:LAMB93\nUNHST02:km\n"), named("LAMB93"));
        assert_eq!(of("RETSA03:GEO\nRELSA06:LAMB93\n"), named("LAMB93"));
        assert_eq!(of(""), DeclaredCrs::None);
    }
}
