//! Brownfields in the two forms users meet: Cartofriches GeoJSON and the CNIG CSV (schema v1.0.6) of an observatory.

use std::fs;
use std::path::Path;

use geo_types::Coord;
use geo_types::MultiPolygon;

use super::DemoFilesError;
use super::geojson_text::Collection;
use super::geojson_text::quoted;
use super::geojson_text::seven_decimals;
use super::unwritten;
use crate::demo::Brownfield;
use crate::demo::Demo;
use crate::demo::DemoError;
use crate::demo::Lambert93;
use crate::demo::PlanningDocument;

/// source_nom, nature, source_r, flag set, checked; in the order of `Brownfield::source` less one.
const SOURCES: [(&str, &str, &str, &str, bool); 5] = [
    ("Friche étude Ademe 2021", "MTE", "Ademe", "is_ademe", true),
    (
        "Site Basias ou Basol non vérifié par le Cerema",
        "MTE non vérifié",
        "MTE",
        "is_mte_non_expertise",
        false,
    ),
    ("Appel à projet Fonds Friches", "fond friche", "AAP", "is_aap", true),
    (
        "Friche étude Ademe 2021, intéressante pour du PV au sol",
        "Ademe",
        "MTE PV",
        "is_mte_pv",
        true,
    ),
    ("Région Occitanie", "observatoire local", "Occitanie", "is_observatoire", true),
];

/// Writes every brownfield outside the EPCI of the observatory, as Cartofriches does.
pub(super) fn cartofriches(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let mut collection = Collection::new("cartofriches")?;
    let sites = demo.brownfields.iter().filter(|site| !in_observatory(demo, site));
    for site in sites {
        let properties = properties(demo, site);
        collection.feature(None, &properties);
        if site.is_planted() {
            // As in the layer of areas: a friche may cover a part of a parcel.
            collection.multi_polygon(&site.extent)?;
        } else {
            collection.point(site.at)?;
        }
    }
    fs::write(path, collection.finish()).map_err(unwritten(path))
}

fn in_observatory(demo: &Demo, site: &Brownfield) -> bool {
    demo.communes[site.commune].figures.epci_siren == demo.observatory_epci
}

fn document(site: &Brownfield) -> Option<&'static str> {
    match site.document {
        PlanningDocument::None => None,
        PlanningDocument::Plu => Some("PLU"),
        PlanningDocument::Plui => Some("PLUI"),
    }
}

fn properties(demo: &Demo, site: &Brownfield) -> String {
    let commune = &demo.communes[site.commune].figures;
    let json = |value: Option<&str>| value.map_or("null".to_owned(), quoted);
    let array = |items: &[String]| quoted(&format!("{{{}}}", items.join(",")));
    let source = SOURCES[site.source.clamp(1, SOURCES.len()) - 1];
    let project = site.status == "friche avec projet";
    let observatory = source.3 == "is_observatory" || source.3 == "is_observatoire";
    let (kind, activity) = match source.3 {
        "is_observatoire" | "is_aap" => (site.kind, site.activity),
        "is_mte_non_expertise" => ("inconnu", site.activity),
        _ => ("inconnu", None),
    };
    let (person, owner) = match site.owner {
        Some(owner) => ("personne morale", format!("{{\"{owner}\"}}")),
        None => ("personne physique", "{_X_}".to_owned()),
    };
    let destination = site.zone_type.map(|zone| if zone == "U" { "01" } else { "05" });
    let mut fields: Vec<(&str, String)> = vec![
        ("pk", site.number.to_string()),
        ("site_id", quoted(&format!("{}_{}", commune.insee, site.number))),
        ("site_nom", quoted(&site.name)),
        ("site_type", quoted(kind)),
        ("site_adresse", json(None)),
        ("site_identif_date", quoted(if observatory { "2021-05-01" } else { "2022-10-10" })),
        ("site_actu_date", quoted(if project { "2024-02-13" } else { "2022-10-10" })),
        ("site_occupation", quoted("inconnu")),
        ("site_url", json(None)),
        ("site_securite", quoted("inconnu")),
        ("site_statut", quoted(site.status)),
        ("site_surface", format!("{:.2}", site.area_m2 * 1.03)),
        ("site_reconv_type", json(project.then_some("mixte"))),
        ("activite_libelle", json(activity)),
        ("activite_fin_annee", json(None)),
        ("comm_nom", quoted(&commune.name.to_uppercase())),
        ("comm_insee", quoted(&commune.insee)),
        ("dep", quoted(&commune.department)),
        ("bati_type", quoted("inconnu")),
        ("bati_nombre", site.buildings.to_string()),
        ("bati_surface", json(None)),
        (
            "bati_pollution",
            quoted(if site.number.is_multiple_of(10) { "amiante" } else { "inconnu" }),
        ),
        ("bati_vacance", quoted("inconnu")),
        ("bati_patrimoine", quoted("inconnu")),
        ("bati_etat", quoted("inconnu")),
        ("proprio_type", quoted(if site.owner.is_some() { "{P5a}" } else { "{X1a}" })),
        ("proprio_personne", quoted(person)),
        ("proprio_nom", quoted(&owner)),
        ("sol_pollution_existe", quoted(site.soil_pollution)),
        ("sol_pollution_origine", quoted("inconnu")),
        ("l_idtup", array(&site.parcel_ids)),
        ("unite_fonciere_surface", format!("{:.2}", site.area_m2)),
        ("l_idpar", array(&site.parcel_ids)),
        ("urba_zone_type", json(site.zone_type)),
        ("urba_zone_lib", json(site.zone_label.as_deref())),
        ("urba_zone_formdomi", json(destination)),
        ("urba_doc_type", json(document(site))),
        ("desserte_distance_route", json(None)),
        ("desserte_distance_ferroviaire", format!("{:.0}", site.rail_distance_m)),
        ("source_nom", quoted(source.0)),
        ("source_producteur", quoted(source.0)),
        ("nature", quoted(source.1)),
        ("date_creation", quoted("2021-01-01")),
        ("source_contact", json(None)),
        ("source_url", json(None)),
        ("commentaire", json((!source.4).then_some("sites basias ou basol non verifiés"))),
        ("nom_prodcartofriches", quoted(source.0)),
        ("source_r", quoted(source.2)),
    ];
    for flag in [
        "is_observatoire",
        "is_user",
        "is_mte_pv",
        "is_aap",
        "is_ademe",
        "is_mte",
        "is_mte_non_expertise",
    ] {
        fields.push((flag, (flag == source.3).to_string()));
    }
    fields.push(("checked", source.4.to_string()));
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", pairs.join(","))
}

const CNIG_COLUMNS: [&str; 51] = [
    "site_id",
    "site_nom",
    "site_type",
    "site_adresse",
    "site_identif_date",
    "site_actu_date",
    "site_url",
    "site_ademe_url",
    "site_securite",
    "site_occupation",
    "site_statut",
    "site_projet_url",
    "site_reconv_annee",
    "site_reconv_type",
    "activite_libelle",
    "activite_code",
    "activite_fin_annee",
    "comm_nom",
    "comm_insee",
    "bati_type",
    "bati_nombre",
    "bati_surface",
    "bati_pollution",
    "bati_vacance",
    "bati_patrimoine",
    "bati_etat",
    "local_ancien_annee",
    "local_recent_annee",
    "proprio_type",
    "proprio_personne",
    "proprio_nom",
    "sol_pollution_annee",
    "sol_pollution_existe",
    "sol_pollution_origine",
    "sol_pollution_commentaire",
    "sol_depollution_fiche",
    "unite_fonciere_surface",
    "unite_fonciere_refcad",
    "urba_zone_type",
    "urba_zone_lib",
    "urba_zone_formdomi",
    "urba_zaer",
    "urba_doc_type",
    "desserte_distance",
    "desserte_commentaire",
    "source_nom",
    "source_url",
    "source_producteur",
    "source_contact",
    "geompoint",
    "geomsurf",
];

/// Writes the brownfields of the observatory's EPCI.
pub(super) fn cnig(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let sites = demo.brownfields.iter().filter(|site| in_observatory(demo, site));
    cnig_of(path, demo, sites, "Observatoire local des friches (fictif)")
}

/// Writes the second inventory, whose records are partly those of Cartofriches again.
pub(super) fn second(path: &Path, demo: &Demo) -> Result<(), DemoFilesError> {
    let sites = demo.inventories.second.iter().map(|record| &record.friche);
    cnig_of(path, demo, sites, "Observatoire de la communauté de communes (fictif)")
}

/// Writes friches as the CNIG has them. WKT runs longitude first, in WGS 84.
fn cnig_of<'a>(
    path: &Path,
    demo: &Demo,
    sites: impl Iterator<Item = &'a Brownfield>,
    source: &str,
) -> Result<(), DemoFilesError> {
    let projection = Lambert93::new()?;
    let unwritable = |error: csv::Error| DemoFilesError::Format {
        path: path.to_path_buf(),
        what: error.to_string(),
    };
    let mut writer = csv::Writer::from_path(path).map_err(unwritable)?;
    writer.write_record(CNIG_COLUMNS).map_err(unwritable)?;
    for site in sites {
        let commune = &demo.communes[site.commune].figures;
        let point = format!("POINT({})", wkt_position(&projection, site.at)?);
        let extent = wkt(&projection, &site.extent)?;
        let record: Vec<String> = CNIG_COLUMNS
            .iter()
            .map(|column| match *column {
                "site_id" => format!("{}_{}", commune.insee, site.number),
                "site_nom" => site.name.clone(),
                "site_type" => site.kind.to_owned(),
                "site_identif_date" => "2023-11-06".to_owned(),
                "site_actu_date" => "2026-04-20".to_owned(),
                "site_occupation" => "totalement inoccupé".to_owned(),
                "site_statut" => site.status.to_owned(),
                "activite_libelle" => site.activity.unwrap_or_default().to_owned(),
                "comm_nom" => commune.name.to_uppercase(),
                "comm_insee" => commune.insee.clone(),
                "bati_type" => {
                    (if site.buildings > 1 { "industriel|autre" } else { "inconnu" }).to_owned()
                }
                "bati_nombre" => site.buildings.to_string(),
                "bati_surface" => format!("{:.0}", site.built_m2),
                "bati_vacance" => {
                    (if site.buildings > 0 { "vacant" } else { "sans objet" }).to_owned()
                }
                "bati_pollution" | "bati_patrimoine" | "bati_etat" | "sol_pollution_origine" => {
                    "inconnu".to_owned()
                }
                "proprio_type" => (if site.owner.is_some() { "P5a" } else { "X1a" }).to_owned(),
                "proprio_personne" => {
                    (if site.owner.is_some() { "personne morale" } else { "personne physique" })
                        .to_owned()
                }
                "proprio_nom" => site.owner.unwrap_or_default().to_owned(),
                "sol_pollution_existe" => site.soil_pollution.to_owned(),
                "unite_fonciere_surface" => format!("{:.0}", site.area_m2),
                "unite_fonciere_refcad" => site.parcel_ids.join("|"),
                "urba_zone_type" => site.zone_type.unwrap_or("inconnu").to_owned(),
                "urba_zone_lib" => site.zone_label.clone().unwrap_or_default(),
                "urba_zaer" => "inconnu".to_owned(),
                "urba_doc_type" => document(site).unwrap_or("RNU").to_owned(),
                "source_nom" | "source_producteur" => source.to_owned(),
                "geompoint" => point.clone(),
                "geomsurf" => extent.clone(),
                _ => String::new(),
            })
            .collect();
        writer.write_record(&record).map_err(unwritable)?;
    }
    writer.flush().map_err(unwritten(path))
}

fn wkt_position(projection: &Lambert93, at: Coord<f64>) -> Result<String, DemoError> {
    let degrees = projection.to_degrees(at)?;
    let mut bytes = Vec::new();
    seven_decimals(degrees.x, &mut bytes);
    bytes.push(b' ');
    seven_decimals(degrees.y, &mut bytes);
    Ok(bytes.into_iter().map(char::from).collect())
}

fn wkt(projection: &Lambert93, extent: &MultiPolygon<f64>) -> Result<String, DemoError> {
    let mut parts = Vec::new();
    for polygon in &extent.0 {
        let mut rings = Vec::new();
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            let places: Result<Vec<String>, DemoError> =
                ring.0.iter().map(|at| wkt_position(projection, *at)).collect();
            rings.push(format!("({})", places?.join(",")));
        }
        parts.push(format!("({})", rings.join(",")));
    }
    Ok(match parts.as_slice() {
        [one] => format!("POLYGON{one}"),
        _ => format!("MULTIPOLYGON({})", parts.join(",")),
    })
}

#[cfg(test)]
mod tests {
    use super::CNIG_COLUMNS;

    #[test]
    fn columns_are_those_of_the_schema() {
        assert_eq!(CNIG_COLUMNS.len(), 51);
        assert_eq!(
            (CNIG_COLUMNS[0], CNIG_COLUMNS[41], CNIG_COLUMNS[50]),
            ("site_id", "urba_zaer", "geomsurf")
        );
    }
}
