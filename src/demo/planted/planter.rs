//! The hand that draws on a ground: parcels, buildings, constraints, and the truth about them.

use geo::Area;
use geo_types::Coord;
use geo_types::LineString;
use geo_types::MultiPolygon;
use geo_types::Polygon;

use super::ground::Found;
use super::ground::HEIGHT_M;
use super::ground::WIDTH_M;
use super::ground::carve;
use super::ground::clear;
use super::ground::rectangle;
use crate::demo::commune_layout::LandUse;
use crate::demo::economic_records::EconomicLand;
use crate::demo::economic_records::Establishment;
use crate::demo::economic_records::ParcelOwner;
use crate::demo::economic_records::PlantedTerrain;
use crate::demo::economic_records::Prescription;
use crate::demo::power_diagram::distance;
use crate::demo::records::Brownfield;
use crate::demo::records::Building;
use crate::demo::records::Demo;
use crate::demo::records::EconomicSite;
use crate::demo::records::HazardArea;
use crate::demo::records::Parcel;
use crate::demo::records::RoadStretch;
use crate::demo::records::Zone;
use crate::demo::straight_lines::RoadClass;
use crate::demo::zoning::ZoneKind;

/// Section of planted parcels: no other is called so.
pub(in crate::demo) const SECTION: &str = "YA";
/// Rank of the economic zone of a ground among those of its commune.
const SITE_RANK: u8 = 8;
/// A rectangle on the ground: west, south, width, height, in metres from its corner.
pub(super) type Figure = (f64, f64, f64, f64);

/// Draws on one ground.
pub(super) struct Planter<'a> {
    pub(super) demo: &'a mut Demo,
    commune: usize,
    corner: Coord<f64>,
    site_id: String,
    block: usize,
    /// Number of the last parcel.
    number: u32,
    /// The zone of the document that the ground was cut out of.
    zoned: bool,
}

impl<'a> Planter<'a> {
    /// Clears the ground, cuts it out of its fields and zone, and makes it an economic zone.
    pub(super) fn open(demo: &'a mut Demo, found: &Found) -> Self {
        let outline = rectangle(found.corner, WIDTH_M, HEIGHT_M);
        let commune = &mut demo.communes[found.commune];
        carve(commune, |parcel| parcel.block == found.block, std::slice::from_ref(&outline), 1.0);
        clear(commune, std::slice::from_ref(&outline));
        let mut hole = outline.exterior().clone();
        hole.0.reverse();
        commune.zones[found.zone].polygon.interiors_push(hole);
        let block = commune.parcels.iter().map(|parcel| parcel.block).max().unwrap_or(0) + 1;
        let figures = commune.figures.clone();
        let site_id = format!("{}_SITE-ECO_{:05}", figures.epci_siren, found.commune * 10 + 9);
        demo.sites.push(EconomicSite {
            id: site_id.clone(),
            name: format!("Terrains témoins de {} (fictif)", figures.name),
            commune: found.commune,
            vocation: "industrielle",
            state: "existant et actif",
            created_year: 2015,
            parcels: 0,
            vacant_parcels: 0,
            extent: MultiPolygon::new(vec![outline]),
        });
        let (commune, corner) = (found.commune, found.corner);
        Self { demo, commune, corner, site_id, block, number: 0, zoned: false }
    }

    /// Zones the ground as a whole, unless the story did, lays its streets and counts its parcels.
    pub(super) fn close(mut self) {
        if !self.zoned {
            let whole = [(0.0, 0.0), (WIDTH_M, 0.0), (WIDTH_M, HEIGHT_M), (0.0, HEIGHT_M)];
            self.zone(crate::demo::zoning::ACTIVITY, &whole);
        }
        self.streets();
        let commune = &self.demo.communes[self.commune];
        let planted = || commune.parcels.iter().filter(|parcel| parcel.block == self.block);
        let built = |parcel: &&Parcel| {
            let corner = |building: &Building| building.polygon.exterior().0[0];
            commune.buildings.iter().any(|building| {
                geo::Intersects::intersects(
                    &parcel.polygon,
                    &geo_types::Point::from(corner(building)),
                )
            })
        };
        let (all, with_building) = (planted().count(), planted().filter(built).count());
        if let Some(site) = self.demo.sites.iter_mut().find(|site| site.id == self.site_id) {
            site.parcels = all;
            site.vacant_parcels = all - with_building;
        }
    }

    fn at(&self, x: f64, y: f64) -> Coord<f64> {
        self.corner + Coord { x, y }
    }

    fn outline(&self, (x, y, width, height): Figure) -> Polygon<f64> {
        rectangle(self.at(x, y), width, height)
    }

    /// A zone of the planning document, by its corners counter-clockwise.
    pub(super) fn zone(&mut self, kind: ZoneKind, corners: &[(f64, f64)]) {
        let ring = corners.iter().map(|(x, y)| self.at(*x, *y)).collect();
        let mut ring = LineString::new(ring);
        ring.close();
        self.demo.communes[self.commune].zones.push(zone_of(kind, Polygon::new(ring, Vec::new())));
        self.zoned = true;
    }

    /// A parcel with an owner of its own; returns its identifier.
    pub(super) fn parcel(&mut self, figure: Figure) -> String {
        let outline = self.outline(figure);
        self.parcel_of(outline)
    }

    /// A parcel around another.
    pub(super) fn parcel_around(&mut self, figure: Figure, hole: Figure) -> String {
        let (shell, mut hole) = (self.outline(figure), self.outline(hole).into_inner().0);
        hole.0.reverse();
        self.parcel_of(Polygon::new(shell.into_inner().0, vec![hole]))
    }

    fn parcel_of(&mut self, polygon: Polygon<f64>) -> String {
        self.number += 1;
        let land_use = LandUse::Activity(SITE_RANK);
        let commune = &mut self.demo.communes[self.commune];
        let parcel = parcel(&commune.figures.insee, self.number, land_use, self.block, polygon);
        let id = parcel.id.clone();
        commune.parcels.push(parcel);
        let account = format!("{}P{:05}", &id[..5], self.number);
        self.demo.economy.owners.push(ParcelOwner { parcel: id.clone(), class: "G1a", account });
        id
    }

    /// Gives parcels one owner.
    pub(super) fn owned_by_one(&mut self, ids: &[&String], class: &'static str) {
        let Some(first) = ids.first() else { return };
        let account = format!("{}U{}", &first[..5], &first[10..]);
        for owner in &mut self.demo.economy.owners {
            if ids.iter().any(|id| **id == owner.parcel) {
                (owner.class, owner.account) = (class, account.clone());
            }
        }
    }

    /// A building of masonry, with a firm in it where one is said.
    pub(super) fn building(&mut self, figure: Figure, has_firm: bool) {
        let polygon = self.outline(figure);
        let created = "2008-05-06".to_owned();
        let commune = &mut self.demo.communes[self.commune];
        commune.buildings.push(Building { hard: true, created, polygon });
        if has_firm {
            let at = self.at(figure.0 + figure.2 / 2.0, figure.1 + figure.3 / 2.0);
            let rank = self.demo.economy.establishments.len();
            self.demo.economy.establishments.push(Establishment {
                siret: format!("9{:08}00019", 90_000_000 - rank),
                commune: self.commune,
                legal_form: "5710",
                name: format!("Entreprise fictive {}", rank + 1),
                active: true,
                created: "2009-01-05".to_owned(),
                since: "2009-01-05".to_owned(),
                activity: "25.62B",
                staff: "12",
                at,
            });
        }
    }

    /// A friche over part or all of parcels.
    pub(super) fn friche(&mut self, figure: Figure, parcels: &[&String], status: &'static str) {
        let polygon = self.outline(figure);
        let commune = &self.demo.communes[self.commune];
        let (name, document) = (commune.figures.name.clone(), commune.document);
        let number = Brownfield::FIRST_PLANTED + self.demo.brownfields.len() as u32;
        let at = self.at(figure.0 + figure.2 / 2.0, figure.1 + figure.3 / 2.0);
        let from_rail = |at: Coord<f64>| {
            let points = self.demo.railways.iter().flat_map(|railway| railway.line.0.iter());
            points.map(|point| distance(*point, at)).fold(f64::INFINITY, f64::min)
        };
        let rail_distance_m = from_rail(at);
        self.demo.brownfields.push(Brownfield {
            commune: self.commune,
            number,
            name: format!("Friche témoin n° {number} de {name} (fictif)"),
            kind: "friche industrielle",
            status,
            source: 3,
            parcel_ids: parcels.iter().map(|id| (*id).clone()).collect(),
            area_m2: polygon.unsigned_area(),
            buildings: 0,
            built_m2: 0.0,
            zone_type: Some("U"),
            zone_label: Some("UX - Zone urbaine à vocation d'activités économiques".to_owned()),
            document,
            rail_distance_m,
            owner: Some("SOCIETE FICTIVE DE STOCKAGE"),
            soil_pollution: "inconnu",
            activity: None,
            at,
            extent: MultiPolygon::new(vec![polygon]),
        });
    }

    /// What the EPCI says of parcels in its inventory: works, sale, occupation.
    pub(super) fn land(&mut self, figure: Figure, parcels: &[&String], said: [&'static str; 3]) {
        let [works, sale, occupation] = said;
        let extent = self.outline(figure);
        self.demo.economy.lands.push(EconomicLand {
            site_id: self.site_id.clone(),
            commune: self.commune,
            parcels: parcels.iter().map(|id| (*id).clone()).collect(),
            works,
            sale,
            occupation,
            ownership: "EPCI, structure intercommunale",
            extent,
        });
    }

    /// A prescription of the planning document.
    pub(super) fn prescription(
        &mut self,
        figure: Figure,
        code: (&'static str, &'static str),
        label: &str,
    ) {
        let (commune, label) = (self.commune, label.to_owned());
        let polygon = self.outline(figure);
        self.demo.economy.prescriptions.push(Prescription { commune, code, label, polygon });
    }

    /// A flood zone.
    pub(super) fn flood(&mut self, figure: Figure, class: &str) {
        let polygon = self.outline(figure);
        self.demo.hazards.push(HazardArea {
            category: "PPRI",
            class: class.to_owned(),
            name: "PPRI témoin (fictif)".to_owned(),
            polygon,
        });
    }

    /// Writes down what is true of parcels.
    pub(super) fn truth(
        &mut self,
        story: &str,
        parcels: &[&String],
        availability: &'static str,
        areas_m2: (f64, Option<f64>),
    ) {
        self.demo.economy.planted.push(PlantedTerrain {
            story: story.to_owned(),
            parcels: parcels.iter().map(|id| (*id).clone()).collect(),
            availability,
            gross_m2: areas_m2.0,
            net_m2: areas_m2.1,
            order: None,
            note: "",
        });
    }

    /// Adds to what was written last.
    pub(super) fn noting(&mut self, order: Option<(&'static str, u32)>, note: &'static str) {
        if let Some(last) = self.demo.economy.planted.last_mut() {
            (last.order, last.note) = (order, note);
        }
    }

    /// The ways between the plots, and a road to the nearest junction.
    fn streets(&mut self) {
        let nodes: Vec<Coord<f64>> =
            [0.0, 85.5, 170.5, 255.5, WIDTH_M].iter().map(|x| self.at(*x, 120.5)).collect();
        let street = |from: Coord<f64>, to: Coord<f64>| RoadStretch {
            class: RoadClass::Street,
            number: String::new(),
            line: LineString::new(vec![from, to]),
        };
        let mut ways: Vec<RoadStretch> =
            nodes.windows(2).map(|pair| street(pair[0], pair[1])).collect();
        for node in &nodes[1..4] {
            let side = Coord { x: 0.0, y: 120.5 };
            ways.push(street(*node, *node - side));
            ways.push(street(*node, *node + side));
        }
        let ends = self.demo.roads.iter().filter(|road| road.class != RoadClass::Motorway);
        let junctions = ends.flat_map(|road| [road.line.0.first(), road.line.0.last()]).flatten();
        let way = junctions
            .flat_map(|junction| [(nodes[0], *junction), (nodes[4], *junction)])
            .min_by(|a, b| distance(a.0, a.1).total_cmp(&distance(b.0, b.1)));
        ways.extend(way.map(|(from, to)| street(from, to)));
        self.demo.roads.extend(ways);
    }
}

/// A zone of a kind.
pub(super) fn zone_of(kind: ZoneKind, polygon: Polygon<f64>) -> Zone {
    Zone {
        label: kind.label.to_owned(),
        long_label: kind.long_label.to_owned(),
        zone_type: kind.zone_type,
        destination: kind.destination,
        polygon,
    }
}

/// A planted parcel.
pub(super) fn parcel(
    insee: &str,
    number: u32,
    land_use: LandUse,
    block: usize,
    polygon: Polygon<f64>,
) -> Parcel {
    Parcel {
        id: format!("{insee}000{SECTION}{number:04}"),
        section: SECTION.to_owned(),
        number,
        contenance_m2: polygon.unsigned_area().round() as u32,
        surveyed: true,
        created: "2016-02-03".to_owned(),
        land_use,
        block,
        polygon,
    }
}
