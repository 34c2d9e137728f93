//! Planning documents: which communes have one, and the zones it draws.

use geo_types::Coord;

use super::border_points::BorderPoints;
use super::border_points::OnBorder;
use super::chance::Chance;
use super::commune_layout::LandUse;
use super::commune_layout::Layout;
use super::convex_piece::CutLine;
use super::convex_piece::Piece;
use super::dissolve::dissolve;
use super::places::CommuneFigures;
use super::records::PlanningDocument;
use super::records::Zone;
use super::warp::Warp;

/// EPCIs under a plan of the whole EPCI, in the demonstration.
pub(crate) const PLUI_EPCIS: [&str; 3] = ["200023620", "200034726", "200066322"];

/// A kind of zone: label, long label, type, dominant destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ZoneKind {
    pub(crate) label: &'static str,
    pub(crate) long_label: &'static str,
    pub(crate) zone_type: &'static str,
    pub(crate) destination: &'static str,
}

const fn kind(
    label: &'static str,
    long_label: &'static str,
    zone_type: &'static str,
    destination: &'static str,
) -> ZoneKind {
    ZoneKind { label, long_label, zone_type, destination }
}

const OLD_TOWN: ZoneKind = kind("UA", "Zone urbaine dense du centre ancien", "U", "01");
const TOWN: ZoneKind = kind("UB", "Zone urbaine mixte à dominante d'habitat", "U", "01");
pub(crate) const ACTIVITY: ZoneKind =
    kind("UX", "Zone urbaine à vocation d'activités économiques", "U", "02");
const OPEN: ZoneKind =
    kind("AUc", "Zone à urbaniser constructible, à vocation d'habitat", "AUc", "01");
const CLOSED: ZoneKind = kind("AU0", "Zone à urbaniser fermée, à long terme", "AUs", "01");
pub(crate) const ACTIVITY_OPEN: ZoneKind =
    kind("AUX", "Zone à urbaniser à vocation d'activités économiques", "AUc", "02");
pub(crate) const ACTIVITY_CLOSED: ZoneKind =
    kind("AUX0", "Zone à urbaniser fermée à vocation d'activités économiques", "AUs", "02");
const FIELDS: ZoneKind = kind("A", "Zone agricole", "A", "05");
const HAMLET: ZoneKind =
    kind("Ah", "Secteur de taille et de capacité d'accueil limitées en zone agricole", "A", "01");
const NATURE: ZoneKind = kind("N", "Zone naturelle et forestière", "N", "06");
const RIVER: ZoneKind = kind("Nr", "Secteur naturel de bord de cours d'eau", "N", "06");

/// The kind of zone of a use; `later` closes the extensions of economic zones.
pub(crate) fn zone_kind(land_use: LandUse, later: bool) -> ZoneKind {
    match land_use {
        LandUse::OldTown => OLD_TOWN,
        LandUse::Town | LandUse::Suburb => TOWN,
        LandUse::Activity(_) => ACTIVITY,
        LandUse::OpenExtension => OPEN,
        LandUse::ClosedExtension => CLOSED,
        LandUse::ActivityExtension if later => ACTIVITY_CLOSED,
        LandUse::ActivityExtension => ACTIVITY_OPEN,
        LandUse::Farmland => FIELDS,
        LandUse::Hamlet => HAMLET,
        LandUse::Wood => NATURE,
        LandUse::Riverside => RIVER,
    }
}

/// The document in force in a commune: a plan of the EPCI, of the commune, or none for one small commune in four.
pub(crate) fn document(
    commune: &CommuneFigures,
    chance: &mut Chance,
) -> (PlanningDocument, String) {
    if PLUI_EPCIS.contains(&commune.epci_siren.as_str()) {
        return (PlanningDocument::Plui, "20240314".to_owned());
    }
    let without = match commune.population {
        0..160 => 0.4,
        160..500 => 0.15,
        _ => 0.0,
    };
    if chance.happens(without) {
        return (PlanningDocument::None, String::new());
    }
    let date = format!(
        "{}{:02}{:02}",
        2008 + chance.index(17),
        1 + chance.index(12),
        1 + chance.index(28)
    );
    (PlanningDocument::Plu, date)
}

/// Blocks, and strips of blocks along rivers, with their kind. The strips cut through parcels, as real zones do.
pub(crate) fn zone_pieces(layout: &mut Layout, chance: &mut Chance) -> Vec<(ZoneKind, Piece)> {
    let mut pieces = Vec::with_capacity(layout.blocks.len());
    let later = chance.happens(0.4);
    for block in &layout.blocks {
        let kind = zone_kind(block.land_use, later);
        let strip = block.along_river && block.land_use == LandUse::Farmland;
        let cut = strip.then(|| {
            let river = block
                .gross
                .edges
                .iter()
                .enumerate()
                .max_by(|a, b| a.1.half_width_m.total_cmp(&b.1.half_width_m))
                .map_or(0, |(rank, _)| rank);
            let count = block.gross.corners.len();
            let along = block.gross.corners[(river + 1) % count] - block.gross.corners[river];
            let unit = along / along.x.hypot(along.y);
            let inward = Coord { x: -unit.y, y: unit.x };
            let depth = block.gross.edges[river].half_width_m + chance.between(25.0, 120.0);
            block.gross.cut(
                &mut layout.book,
                block.gross.corners[river] + inward * depth,
                unit,
                CutLine::plain(35.0),
            )
        });
        match cut.flatten() {
            Some((inner, bank)) => pieces.extend([(kind, inner), (RIVER, bank)]),
            None => pieces.push((kind, block.gross.clone())),
        }
    }
    pieces
}

/// The zones of one document: they share their points, and roads are of the zones beside them, so that they are a
/// partition of the commune. Beside them the points that they have on its border and the neighbour does not know.
pub(crate) fn zones(
    layout: &Layout,
    pieces: &[(ZoneKind, Piece)],
    warp: &Warp,
) -> (Vec<Zone>, Vec<OnBorder>) {
    let mut kinds: Vec<ZoneKind> = pieces.iter().map(|(kind, _)| *kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let border = BorderPoints::new(&layout.book, &layout.borders, warp);
    let mut zones = Vec::new();
    for kind in kinds {
        let rings: Vec<Vec<Coord<f64>>> = pieces
            .iter()
            .filter(|(other, _)| *other == kind)
            .map(|(_, piece)| {
                let ring = piece.ring(&layout.book);
                ring.iter().map(|at| border.place(*at, warp)).collect()
            })
            .collect();
        zones.extend(dissolve(&rings).into_iter().map(|polygon| Zone {
            label: kind.label.to_owned(),
            long_label: kind.long_label.to_owned(),
            zone_type: kind.zone_type,
            destination: kind.destination,
            polygon,
        }));
    }
    let mut outlines: Vec<_> = zones.iter_mut().map(|zone| &mut zone.polygon).collect();
    let on_border = border.straighten(&mut outlines);
    (zones, on_border)
}
