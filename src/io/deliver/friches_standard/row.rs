//! One friche as a row of the standard.

use geo::Geometry;

use super::Work;
use super::shapes::Shapes;
use crate::domain::CodeInsee;
use crate::domain::Entity;
use crate::domain::Friche;
use crate::domain::LayerView;
use crate::domain::ParcelToday;
use crate::domain::TypeZone;
use crate::domain::ZoneUrba;
use crate::io::schema::UNKNOWN;
use crate::io::schema::friches_standard::FIELDS;
use crate::io::schema::friches_standard::FricheField;
use crate::io::schema::friches_standard::FricheForm;
use crate::io::schema::friches_standard::Held;
use crate::io::schema::friches_standard::take;
use crate::land::main_zone;
use crate::spatial::shape;
use crate::units::SquareMeters;

/// A row: one value per field of the standard, in its order.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteRow {
    /// Values as the CSV has them; `None` for an empty cell.
    pub values: Vec<Option<String>>,
    /// A point of the site, in EPSG:2154 metres.
    pub point: Geometry<f64>,
    /// Its outline, when it has one.
    pub outline: Option<Geometry<f64>>,
}

impl SiteRow {
    /// The value of a field, by our name of it.
    #[must_use]
    pub fn value(&self, ours: &str) -> Option<&str> {
        let at = FIELDS.iter().position(|field| field.ours == ours)?;
        self.values.get(at)?.as_deref()
    }
}

/// What is computed of a friche for several fields.
struct Found<'a> {
    friche: &'a Friche,
    commune: Option<CodeInsee>,
    zone: Option<&'a ZoneUrba>,
    shapes: &'a Shapes,
}

impl Work<'_> {
    /// The row of a friche; `None` when its shape has no longitude and latitude.
    pub(super) fn row(&self, friche: &Friche) -> Option<SiteRow> {
        let shapes = self.shapes(&friche.geometry)?;
        let found = Found {
            friche,
            commune: friche.commune.or_else(|| self.commune_at(&shapes.point)),
            zone: main_zone(self.territory, &friche.geometry).map(|(zone, _)| zone),
            shapes: &shapes,
        };
        let values = FIELDS.iter().map(|field| self.value(field, &found)).collect();
        Some(SiteRow { values, point: shapes.point, outline: shapes.outline })
    }

    fn commune_at(&self, point: &Geometry<f64>) -> Option<CodeInsee> {
        let communes = &self.territory.communes;
        let at = shape::representative_point(point)?;
        let under = communes.index().at_point(at, |commune| communes.geometry(commune));
        communes.entities.get(*under.first()? as usize).map(|commune| commune.insee)
    }

    fn value(&self, field: &FricheField, found: &Found<'_>) -> Option<String> {
        let value = self.known(field, found);
        // A required cell that no word is known for: only lists and names have one for "unknown".
        let needs_word = field.required
            && matches!(
                field.form,
                FricheForm::Word | FricheForm::Made | FricheForm::Commune | FricheForm::Source
            );
        value.or_else(|| needs_word.then(|| UNKNOWN.to_owned()))
    }

    fn known(&self, field: &FricheField, found: &Found<'_>) -> Option<String> {
        let friche = found.friche;
        let said = match field.held {
            Held::Described => friche.said(field.ours),
            _ => None,
        };
        // What a record says that came another way than by a file of friches is looked at once more.
        let of_list = |text: Option<&str>| {
            text.and_then(|text| take(field, text).ok().flatten()).map(|taken| taken.value)
        };
        match field.ours {
            "id" => Some(friche.id.to_string()),
            "name" => Some(self.name(found)),
            "site_type" => of_list(friche.site_type.as_deref()),
            "identified_on" | "updated_on" => of_list(said).or_else(|| self.vintage(field)),
            "statut" => friche.statut.map(|statut| statut.as_str().to_owned()),
            "commune_name" => self.commune_name(found).map(str::to_owned),
            "commune" => found.commune.map(|code| code.to_string()),
            "building_state" => of_list(friche.building_state.as_deref()),
            "owner_kind" => of_list(friche.owner_kind.as_deref()),
            "pollution" => of_list(friche.pollution.as_deref()),
            "land_area_m2" => {
                self.land_area(found).map(|area| format!("{:.0}", area.get().round()))
            }
            "parcels" => {
                let parcels: Vec<&str> = friche.parcels.iter().map(|idu| idu.as_str()).collect();
                Some(parcels.join("|")).filter(|list| !list.is_empty())
            }
            "zone_type" => of_list(friche.declared_zone_type.as_deref())
                .or_else(|| found.zone.and_then(|zone| type_of(zone.typezone)).map(str::to_owned)),
            "zone_label" => {
                of_list(said).or_else(|| found.zone.and_then(|zone| of_list(Some(&zone.label))))
            }
            "document_type" => {
                of_list(said).or_else(|| of_list(self.document_kind(found).as_deref()))
            }
            "source" => {
                let origin = self.territory.friches.as_ref().map(|layer| &layer.provenance.source);
                let origin = origin.map(String::as_str).filter(|source| !source.is_empty());
                friche.source.as_deref().or(origin).map(str::to_owned)
            }
            // Whoever gets a row of invented data can see it in the row.
            "source_producer" => self.synthetic.map(str::to_owned),
            "point" => Some(found.shapes.point_wkt.clone()),
            "outline" => found.shapes.outline_wkt.clone(),
            _ => of_list(said),
        }
    }

    /// `Friche industrielle à Beaumont-de-Lomagne (82013_1234)`.
    fn name(&self, found: &Found<'_>) -> String {
        let kind = found.friche.site_type.as_deref().unwrap_or_default();
        let general = self.french.say("friches_standard.kind");
        let kind = match kind.strip_prefix("friche") {
            Some(rest) => format!("{general}{rest}"),
            None if kind.starts_with("mixte") => {
                self.french.say("friches_standard.mixed").to_owned()
            }
            None => general.to_owned(),
        };
        let id = &*found.friche.id;
        let name = match self.commune_name(found) {
            Some(commune) => {
                let place = at_place(commune);
                let values = [("kind", kind.as_str()), ("place", &place), ("id", id)];
                self.french.fill("friches_standard.name", &values)
            }
            None => self.french.fill("friches_standard.name_alone", &[("kind", &kind), ("id", id)]),
        };
        match self.synthetic {
            Some(remark) => format!("{name} – {remark}"),
            None => name,
        }
    }

    fn commune_name(&self, found: &Found<'_>) -> Option<&str> {
        let commune = self.territory.commune(found.commune?)?;
        Some(commune.name.as_str()).filter(|name| !name.is_empty())
    }

    /// The layer's vintage, where it is a day.
    fn vintage(&self, field: &FricheField) -> Option<String> {
        let vintage = self.territory.friches.as_ref()?.provenance.vintage.as_deref()?;
        take(field, vintage).ok().flatten().map(|taken| taken.value)
    }

    /// The declared area, else that of the outline, else that of the parcels listed when all are in the cadastre.
    fn land_area(&self, found: &Found<'_>) -> Option<SquareMeters> {
        let friche = found.friche;
        let of_parcels = || {
            let parcels = self.territory.parcels.as_ref()?;
            let listed = self.territory.parcels_of(friche);
            let areas = listed.iter().map(|listed| match listed.today {
                ParcelToday::Found(at) => parcels.entities.get(at)?.area().map(SquareMeters::get),
                _ => None,
            });
            let sum: f64 = areas.sum::<Option<f64>>().filter(|_| !listed.is_empty())?;
            SquareMeters::new(sum)
        };
        friche.declared_area.or_else(|| friche.area()).or_else(of_parcels)
    }

    /// The kind of the planning document: that of the zone's document, else the only one in force in the commune.
    fn document_kind(&self, found: &Found<'_>) -> Option<String> {
        let in_force = || self.territory.documents.iter().filter(|document| !document.is_ended());
        if let Some(id) = found.zone.and_then(|zone| zone.document.as_deref()) {
            let given = in_force().find(|document| document.id.eq_ignore_ascii_case(id));
            let of_id = || id.split('_').nth(1).map(str::to_owned);
            return given
                .and_then(|document| document.kind.as_deref().map(str::to_owned))
                .or_else(of_id);
        }
        let commune = found.commune?;
        let mut here = in_force().filter(|document| document.communes.contains(&commune));
        let only = here.next()?;
        here.next().is_none().then(|| only.kind.as_deref().map(str::to_owned))?
    }
}

/// The standard's spelling of the type of a zone.
fn type_of(typezone: TypeZone) -> Option<&'static str> {
    match typezone {
        TypeZone::Unknown => None,
        TypeZone::SectorOpen => Some("Zc"),
        other => Some(other.as_str()),
    }
}

/// `à Auch`, `au Causé`, `aux Barthes`.
fn at_place(commune: &str) -> String {
    match (commune.strip_prefix("Le "), commune.strip_prefix("Les ")) {
        (Some(rest), _) => format!("au {rest}"),
        (_, Some(rest)) => format!("aux {rest}"),
        _ => format!("à {commune}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_communes_are_contracted() {
        assert_eq!(at_place("Le Causé"), "au Causé");
        assert_eq!(at_place("Les Barthes"), "aux Barthes");
        assert_eq!(at_place("L'Isle-Jourdain"), "à L'Isle-Jourdain");
        assert_eq!(at_place("Lectoure"), "à Lectoure");
    }

    #[test]
    fn zones_are_spelled_as_the_standard_of_friches_spells_them() {
        let field = FricheField::of("zone_type").unwrap();
        for typezone in [
            TypeZone::U,
            TypeZone::AUc,
            TypeZone::AUs,
            TypeZone::A,
            TypeZone::N,
            TypeZone::SectorOpen,
            TypeZone::SectorActivity,
            TypeZone::SectorClosed,
        ] {
            assert!(field.list.contains(&type_of(typezone).unwrap()), "{typezone:?}");
        }
        assert_eq!(type_of(TypeZone::Unknown), None);
    }
}
