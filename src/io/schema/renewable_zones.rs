//! Zones of the law of 10 March 2023 (APER): acceleration of renewable energy, and where it is excluded.

use super::Column;
use super::FREE;
use super::Schema;
use super::words::plain;

/// `zaer:zaer` of the Géoplateforme, and the layer of the OFB with the exclusions (`zonage`). The name of a zone, which
/// a commune chooses freely, is not read. From documentation, not seen as a whole file.
pub(super) const ZAER: Schema = Schema {
    id: "gpu-zaer",
    layer: "renewable_zones",
    source: "Zones d'accélération des énergies renouvelables – Géoplateforme",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["id_zaer", "id", "gid"] },
        Column { ours: "class", theirs: &["filiere"] },
        Column {
            ours: "detail",
            theirs: &["detail_filiere1", "detail_filiere_1", "detail_filiere"],
        },
        Column { ours: "detail_2", theirs: &["detail_filiere2", "detail_filiere_2"] },
        Column { ours: "detail_3", theirs: &["detail_filiere3", "detail_filiere_3"] },
        Column { ours: "zoning", theirs: &["zonage"] },
    ],
    required: &["class"],
    names: &["~zaer"],
    signs: &["filiere", "detail_filiere"],
    epsg: Some(4326),
    ..FREE
};

/// Exclusions (OFB): only `zonage` says what is excluded.
pub(super) const EXCLUSIONS: Schema = Schema {
    id: "ofb-exclusions-zaer",
    source: "Zones exclues des aires d'accélération – OFB",
    required: &["zoning"],
    names: &["~zones_exclues", "~interdiction"],
    signs: &[],
    named_only: true,
    ..ZAER
};

/// What a zone is for the ground: `exclusion` (all energies but on roofs), `wind_exclusion` (wind alone), `solar_roof`
/// (solar over parking: a detail says *ombrière*), `acceleration` (any other).
#[must_use]
pub(crate) fn renewable_kind_of(zoning: Option<&str>, details: [Option<&str>; 3]) -> &'static str {
    let zoning = zoning.map(plain).unwrap_or_default();
    if zoning.contains("interdiction") || zoning.contains("exclu") {
        return if zoning.contains("eolien") && !zoning.contains("toiture") {
            "wind_exclusion"
        } else {
            "exclusion"
        };
    }
    let says_roof = |detail: &str| plain(detail).contains("ombriere");
    if details.into_iter().flatten().any(says_roof) { "solar_roof" } else { "acceleration" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excludes_goes_before_what_accelerates() {
        for (zoning, detail, kind) in [
            (Some("Interdiction ZAER (loi APER) toutes ENR sauf toiture"), None, "exclusion"),
            (Some("Interdiction ZAER (loi APER) éolien uniquement"), None, "wind_exclusion"),
            (None, Some("SOLPV.OMBRIERE"), "solar_roof"),
            (None, Some("Ombrières de parking"), "solar_roof"),
            (None, Some("SOLPV.SOL"), "acceleration"),
            (None, None, "acceleration"),
        ] {
            assert_eq!(
                renewable_kind_of(zoning, [None, detail, None]),
                kind,
                "{zoning:?} {detail:?}"
            );
        }
    }
}
