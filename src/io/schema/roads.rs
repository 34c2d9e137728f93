//! Roads and railways.

use std::collections::BTreeMap;

use super::Column;
use super::FREE;
use super::Schema;
use super::words::plain;

/// IGN BD TOPO v3 (`TRONCON_DE_ROUTE`) and v2 (`ROUTE`).
pub(super) const BDTOPO: Schema = Schema {
    id: "bdtopo-route",
    layer: "roads",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "class", theirs: &["nature"] },
        Column { ours: "importance", theirs: &["importance"] },
        Column { ours: "direction", theirs: &["sens_de_circulation", "sens_circu", "sens"] },
        Column { ours: "speed_kmh", theirs: &["vitesse_moyenne_vl", "vit_moy_vl"] },
        Column { ours: "number", theirs: &["cpx_numero", "numero"] },
        Column { ours: "level", theirs: &["position_par_rapport_au_sol", "pos_sol"] },
        Column { ours: "state", theirs: &["etat_de_l_objet", "etat"] },
        Column { ours: "restriction", theirs: &["acces_vehicule_leger", "acces_vl"] },
    ],
    required: &["class", "importance"],
    names: &["troncon_de_route", "route", "route_primaire", "route_secondaire"],
    signs: &["nature", "importance", "largeur", "nb_voies"],
    ..FREE
};

/// Any lines; `class` and `importance` from the configuration.
pub(super) const ANY: Schema = Schema {
    id: "routes",
    layer: "roads",
    names: &["~troncon_de_route", "routes", "roads"],
    ..FREE
};

/// IGN BD TOPO v3 (`TRONCON_DE_VOIE_FERREE`) and v2 (`TRONCON_VOIE_FERREE`).
pub(super) const RAILWAYS: Schema = Schema {
    id: "bdtopo-voie-ferree",
    layer: "railways",
    source: "BD TOPO – IGN",
    licence: "Licence Ouverte 2.0",
    columns: &[
        Column { ours: "id", theirs: &["cleabs", "id"] },
        Column { ours: "class", theirs: &["nature"] },
        Column { ours: "use", theirs: &["usage"] },
        Column { ours: "state", theirs: &["etat", "etat_de_l_objet"] },
        Column { ours: "electrified", theirs: &["electrifie"] },
        Column { ours: "tracks", theirs: &["nb_voies", "nombre_de_voies"] },
    ],
    required: &["class", "electrified"],
    names: &["troncon_de_voie_ferree", "troncon_voie_ferree"],
    signs: &["nature", "electrifie", "nb_voies"],
    ..FREE
};

/// Any lines of railway.
pub(super) const ANY_RAILWAYS: Schema =
    Schema { id: "voies-ferrees", layer: "railways", names: &["~voie_ferree", "~railway"], ..FREE };

/// Usual speeds of cars, km/h, by nature of the road in BD TOPO v2 and v3. None for what no car drives on, or only by
/// boat.
///
/// Where BD TOPO v3 gives its own mean speed of light vehicles, that wins over these; a speed of the territory's own wins over
/// both. Our judgement, set against the legal limits
/// (130 and 110 km/h on separate carriageways, 80 on the open road, 50 in town: code de la route, R413-2 and R413-3),
/// less what bends, junctions and lorries take away.
const SPEEDS_BY_NATURE: &[(&str, Option<f64>)] = &[
    ("type autoroutier", Some(120.0)),
    ("autoroute", Some(120.0)),
    ("quasi-autoroute", Some(105.0)),
    ("route a 2 chaussees", Some(85.0)),
    ("bretelle", Some(45.0)),
    ("rond-point", Some(30.0)),
    ("route empierree", Some(25.0)),
    ("chemin", None),
    ("sentier", None),
    ("escalier", None),
    ("piste cyclable", None),
    ("voie de bus", None),
    ("bac ou liaison maritime", None),
    ("bac auto", None),
    ("bac pieton", None),
];

/// The same for roads of one carriageway, by importance: 1 and 2 join regions and prefectures, 3 towns, 4 villages, 5
/// serves what lies along it, 6 is hardly a road. Our judgement, as above.
const SPEEDS_BY_IMPORTANCE: &[(&str, f64)] =
    &[("1", 75.0), ("2", 75.0), ("3", 65.0), ("4", 55.0), ("5", 40.0), ("6", 25.0)];

/// Speed of a line of which neither nature nor importance is said, km/h: that of a street.
const SPEED_UNSAID_KMH: f64 = 40.0;

/// What a usual speed (one of these, or of the territory's own) is multiplied by in a zone of dwellings; a speed that the
/// producer gives is left as it is: crossings, parked cars,
/// 30 km/h zones. Our judgement: 40 km/h becomes 28, 65 becomes 45.
pub(crate) const TOWN_FACTOR: f64 = 0.7;

/// Natures that nothing beside them opens to.
const CLOSED_NATURES: &[&str] = &["type autoroutier", "autoroute", "quasi-autoroute", "bretelle"];

/// States in which a road cannot be driven yet, or no longer.
const NOT_IN_USE: &[&str] = &["en construction", "en projet", "en ruine", "non exploite"];

/// What keeps the public out, in BD TOPO v3.
const RESTRICTIONS: &[&str] = &["physiquement impossible", "restreint aux ayants droit"];

/// Which way a line may be driven, in our words: `both`, `forward`, `backward`. None for a word of no list.
///
/// BD TOPO v3 (`Double sens`, `Sens direct`, `Sens inverse`, `Sans objet`), v2 (`Double`, `Direct`, `Inverse`, `NC`),
/// and the usual words of OpenStreetMap extracts (`oneway`).
#[must_use]
pub fn direction_of(word: &str) -> Option<&'static str> {
    match plain(word).as_str() {
        "double sens" | "double" | "sans objet" | "nc" | "both" | "no" | "b" | "0" => Some("both"),
        "sens direct" | "direct" | "forward" | "yes" | "f" | "1" => Some("forward"),
        "sens inverse" | "inverse" | "backward" | "-1" | "t" => Some("backward"),
        _ => None,
    }
}

/// Words of the column; see [`super::repeated`].
pub(crate) const DIRECTION_WORDS: &[&str] = &[
    "double sens",
    "sans objet",
    "both",
    "sens direct",
    "forward",
    "yes",
    "sens inverse",
    "backward",
];

/// The usual speed of cars on a road, km/h, from what its producer says of it. None where no car of the public drives.
/// `configured` are speeds by nature or importance of the territory's own, which win; 0 is none.
#[must_use]
pub fn usual_speed_of(
    nature: Option<&str>,
    importance: Option<&str>,
    state: Option<&str>,
    restriction: Option<&str>,
    configured: &BTreeMap<String, f64>,
) -> Option<f64> {
    let is_of = |word: Option<&str>, list: &[&str]| {
        word.is_some_and(|word| list.contains(&plain(word).as_str()))
    };
    if is_of(state, NOT_IN_USE) || is_of(restriction, RESTRICTIONS) {
        return None;
    }
    if let Some(speed) = own_speed_of(nature, importance, configured) {
        return (speed > 0.0).then_some(speed);
    }
    let by_nature = nature.map(plain).and_then(|nature| {
        SPEEDS_BY_NATURE.iter().find(|(known, _)| *known == nature).map(|(_, speed)| *speed)
    });
    if let Some(speed) = by_nature {
        return speed;
    }
    let importance = importance.map(plain);
    let by_importance = SPEEDS_BY_IMPORTANCE
        .iter()
        .find(|(known, _)| importance.as_deref() == Some(known))
        .map(|(_, speed)| *speed);
    Some(by_importance.unwrap_or(SPEED_UNSAID_KMH))
}

/// The speed of the territory's own for a road, by its nature, else by its importance; 0 is that no car drives.
#[must_use]
pub fn own_speed_of(
    nature: Option<&str>,
    importance: Option<&str>,
    configured: &BTreeMap<String, f64>,
) -> Option<f64> {
    let of = |word: Option<&str>| {
        let word = plain(word.filter(|_| !configured.is_empty())?);
        configured.iter().find(|(known, _)| plain(known) == word).map(|(_, speed)| *speed)
    };
    of(nature).or_else(|| of(importance))
}

/// Whether what lies beside a road can get on it.
#[must_use]
pub fn opens_to_plots(nature: Option<&str>) -> bool {
    !nature.is_some_and(|nature| CLOSED_NATURES.contains(&plain(nature).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_of_both_editions() {
        for (word, ours) in [
            ("Sens direct", "forward"),
            ("Sens inverse", "backward"),
            ("Double sens", "both"),
            ("Sans objet", "both"),
            ("Direct", "forward"),
            ("Inverse", "backward"),
            ("Double", "both"),
            ("NC", "both"),
        ] {
            assert_eq!(direction_of(word), Some(ours), "{word}");
        }
        assert_eq!(direction_of("Sens unique"), None);
    }

    #[test]
    fn a_territory_has_speeds_of_its_own() {
        let own = [("Départementale", 75.0), ("chemin", 15.0), ("5", 35.0), ("Bretelle", 0.0)];
        let own: BTreeMap<String, f64> = own.map(|(class, speed)| (class.to_owned(), speed)).into();
        let speed = |nature, importance| usual_speed_of(nature, importance, None, None, &own);
        assert_eq!(speed(Some("departementale"), Some("5")), Some(75.0));
        assert_eq!(speed(Some("Chemin"), None), Some(15.0));
        assert_eq!(speed(Some("Route à 1 chaussée"), Some("5")), Some(35.0));
        assert_eq!(speed(Some("Route à 1 chaussée"), Some("4")), Some(55.0));
        assert_eq!(speed(Some("Bretelle"), Some("5")), None);
        let built = usual_speed_of(Some("Chemin"), None, Some("En projet"), None, &own);
        assert_eq!(built, None);
    }

    #[test]
    fn nature_decides_before_importance_and_paths_are_no_roads() {
        let speed = |nature, importance| {
            usual_speed_of(Some(nature), Some(importance), None, None, &BTreeMap::new())
        };
        assert_eq!(speed("Type autoroutier", "1"), Some(120.0));
        assert_eq!(speed("Route à 2 chaussées", "2"), Some(85.0));
        assert_eq!(speed("Route à 1 chaussée", "3"), Some(65.0));
        assert_eq!(speed("Route à 1 chaussée", "5"), Some(40.0));
        for path in ["Chemin", "Sentier", "Escalier", "Piste cyclable", "Bac ou liaison maritime"] {
            assert_eq!(speed(path, "5"), None, "{path}");
        }
        let none = &BTreeMap::new();
        assert_eq!(usual_speed_of(None, None, None, None, none), Some(40.0));
        let built =
            usual_speed_of(Some("Bretelle"), Some("2"), Some("En construction"), None, none);
        assert_eq!(built, None);
        let closed = usual_speed_of(None, Some("4"), None, Some("Physiquement impossible"), none);
        assert_eq!(closed, None);
        assert!(!opens_to_plots(Some("Bretelle")) && opens_to_plots(Some("Rond-point")));
    }
}
