//! Town halls, as points: where a town's centre is, by the rule of ADEME's Mutafriches.
//!
//! Layouts from documentation (DILA, IGN), not seen as whole files. The export of the DILA names elected people and
//! agents in columns of its own, which are not read.

use super::Column;
use super::FREE;
use super::Schema;
use super::TextShape;

/// Annuaire de l'administration (DILA) as CSV: `pivot` says which service a row is, `adresse` holds the place as JSON.
pub(super) const SERVICE_PUBLIC: Schema = Schema {
    id: "dila-annuaire",
    layer: "town_halls",
    source: "Annuaire de l'administration – DILA",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["id", "ancien_identifiant"] },
        Column { ours: "class", theirs: &["pivot", "ancien_code_pivot"] },
        Column { ours: "commune", theirs: &["code_insee_commune"] },
    ],
    required: &["id", "class"],
    names: &["~annuaire-administration", "~lannuaire", "~mairies"],
    signs: &["pivot", "code_insee_commune"],
    text_shapes: &[TextShape::Column(&["adresse"])],
    epsg: Some(4326),
    ..FREE
};

/// IGN BD TOPO, `ZONE_D_ACTIVITE_OU_D_INTERET`: the rows whose nature is `Mairie`.
pub(super) const BDTOPO: Schema = Schema {
    id: "bdtopo-mairie",
    layer: "town_halls",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "class", theirs: &["nature"] },
    ],
    required: &["id", "class"],
    names: &["zone_d_activite_ou_d_interet", "pai_administratif_militaire"],
    ..FREE
};

/// IGN ADMIN EXPRESS, `CHFLIEU_COMMUNE`: the town hall, or else the middle of the town.
pub(super) const CHEF_LIEU: Schema = Schema {
    id: "ign-chef-lieu",
    layer: "town_halls",
    source: "ADMIN EXPRESS – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column {
            ours: "commune",
            theirs: &["insee_com", "code_insee", "code_insee_de_la_commune", "insee"],
        },
    ],
    required: &["id"],
    names: &["~chflieu", "~chef_lieu"],
    named_only: true,
    ..FREE
};

/// Any points.
pub(super) const ANY: Schema = Schema {
    id: "mairies",
    layer: "town_halls",
    columns: &[Column {
        ours: "commune",
        theirs: &["code_insee", "insee_com", "insee", "commune"],
    }],
    names: &["~mairie", "~town_hall"],
    ..FREE
};

/// Whether a row of a file that lists other places too is a town hall: BD TOPO's nature, the DILA's `pivot`
/// (`[{"type_service_local": "mairie", …}]`); the town hall of a former commune (`mairie_com`) is none.
#[must_use]
pub(crate) fn is_town_hall(schema: &Schema, class: Option<&str>) -> bool {
    match schema.id {
        "bdtopo-mairie" => class.is_some_and(|nature| super::words::plain(nature) == "mairie"),
        "dila-annuaire" => class.is_some_and(|pivot| {
            let mut words =
                pivot.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
            words.any(|word| word == "mairie")
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_services_and_former_communes_are_no_town_halls() {
        let pivot = |kind| {
            format!("[{{\"type_service_local\": \"{kind}\", \"code_insee_commune\": [\"32013\"]}}]")
        };
        assert!(is_town_hall(&SERVICE_PUBLIC, Some(&pivot("mairie"))));
        assert!(!is_town_hall(&SERVICE_PUBLIC, Some(&pivot("mairie_com"))));
        assert!(!is_town_hall(&SERVICE_PUBLIC, Some(&pivot("epci"))));
        assert!(!is_town_hall(&SERVICE_PUBLIC, None));
        assert!(
            is_town_hall(&BDTOPO, Some("Mairie")) && !is_town_hall(&BDTOPO, Some("Préfecture"))
        );
        assert!(is_town_hall(&ANY, None));
    }
}
