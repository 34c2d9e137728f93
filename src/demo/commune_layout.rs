//! The layout of one commune in the straight drawing: roads, rivers, town, zones, hamlets and fields.

mod land_uses;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo_types::Coord;

use super::chance::Chance;
use super::chance::Purpose;
use super::convex_piece::CutLine;
use super::convex_piece::Edge;
use super::convex_piece::Piece;
use super::frame::Frame;
use super::places::AxisKind;
use super::places::Places;
use super::places::ZoneAnchor;
use super::power_diagram::distance;
use super::straight_lines::LineBook;
use super::straight_lines::LineId;
use super::straight_lines::RoadClass;

/// What a block of land is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LandUse {
    /// Old centre of a town or village.
    OldTown,
    /// Houses around the centre.
    Town,
    /// Housing estates.
    Suburb,
    /// Land to be built on, served by networks.
    OpenExtension,
    /// Land to be built on after a revision of the plan.
    ClosedExtension,
    /// Hamlet in the countryside.
    Hamlet,
    /// Economic zone, by rank in its commune.
    Activity(u8),
    /// Extension of an economic zone.
    ActivityExtension,
    /// Fields.
    Farmland,
    /// Woods.
    Wood,
    /// Meadows and trees along a river.
    Riverside,
}

/// A block: what lies between roads, of one use.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) gross: Piece,
    pub(crate) land_use: LandUse,
    /// Sector of the commune, from which the cadastral section comes.
    pub(crate) sector: usize,
    /// True when a river runs along one of its edges.
    pub(crate) along_river: bool,
}

/// The straight drawing of one commune.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) book: LineBook,
    pub(crate) blocks: Vec<Block>,
    /// Lines of the border, each with the points that the neighbours know too.
    pub(crate) borders: Vec<(LineId, Vec<Coord<f64>>)>,
    pub(crate) centre: Coord<f64>,
    /// Roads that are not lines of the book: class, axis, places in order with a junction at each.
    pub(crate) through_roads: Vec<(RoadClass, Option<usize>, Vec<Coord<f64>>)>,
    /// Lines of the book that follow a numbered road.
    pub(crate) spoke_axes: BTreeMap<LineId, usize>,
    /// Rivers and railways: axis, from, to.
    pub(crate) water_and_rail: Vec<(usize, Coord<f64>, Coord<f64>)>,
    /// Where the railway passes nearest to the centre.
    pub(crate) station: Option<Coord<f64>>,
}

struct Draft<'a> {
    book: LineBook,
    borders: Vec<(LineId, Vec<Coord<f64>>)>,
    chance: Chance,
    centre: Coord<f64>,
    spokes: Vec<(LineId, Coord<f64>, RoadClass)>,
    spoke_axes: BTreeMap<LineId, usize>,
    /// Pieces not yet used, with their sector.
    pool: Vec<(Piece, usize)>,
    blocks: Vec<Block>,
    rivers: BTreeSet<LineId>,
    through_roads: Vec<(RoadClass, Option<usize>, Vec<Coord<f64>>)>,
    water_and_rail: Vec<(usize, Coord<f64>, Coord<f64>)>,
    junction: Option<Coord<f64>>,
    station: Option<Coord<f64>>,
    places: &'a Places,
}

/// Draws one commune.
pub(crate) fn layout(seed: u64, frame: &Frame, commune: usize, places: &Places) -> Layout {
    let mut draft = Draft {
        book: LineBook::default(),
        borders: Vec::new(),
        chance: Chance::new(seed, commune as u64, Purpose::Layout),
        centre: frame.centres[commune],
        spokes: Vec::new(),
        spoke_axes: BTreeMap::new(),
        pool: Vec::new(),
        blocks: Vec::new(),
        rivers: BTreeSet::new(),
        through_roads: Vec::new(),
        water_and_rail: Vec::new(),
        junction: None,
        station: None,
        places,
    };
    draft.wedges(frame, commune);
    draft.axes(frame, commune);
    draft.town(f64::from(places.communes[commune].population));
    draft.economic_zones(commune);
    draft.extensions(f64::from(places.communes[commune].population));
    draft.countryside(places.communes[commune].area_km2);
    let Draft { book, borders, blocks, centre, through_roads, .. } = draft;
    let Draft { spoke_axes, water_and_rail, station, .. } = draft;
    Layout { book, blocks, borders, centre, through_roads, spoke_axes, water_and_rail, station }
}

fn half_width_m(class: RoadClass) -> f64 {
    match class {
        RoadClass::Motorway => 20.0,
        RoadClass::Expressway => 12.0,
        RoadClass::Ramp | RoadClass::National => 7.0,
        RoadClass::Departmental => 6.0,
        RoadClass::Local => 4.0,
        RoadClass::Street => 3.5,
        RoadClass::Lane => 2.5,
    }
}

/// Where two segments cross.
fn meeting(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>, d: Coord<f64>) -> Option<Coord<f64>> {
    let (u, v) = (b - a, d - c);
    let denominator = u.x * v.y - u.y * v.x;
    if denominator.abs() < 1e-9 {
        return None;
    }
    let w = c - a;
    let t = (w.x * v.y - w.y * v.x) / denominator;
    let s = (w.x * u.y - w.y * u.x) / denominator;
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&s)).then(|| a + u * t)
}

fn nearest(a: Coord<f64>, b: Coord<f64>, from: Coord<f64>) -> Coord<f64> {
    let along = b - a;
    let to = from - a;
    let t = (to.x * along.x + to.y * along.y) / (along.x * along.x + along.y * along.y);
    a + along * t.clamp(0.02, 0.98)
}

impl Draft<'_> {
    /// Roads from the centre cut the cell into wedges narrower than a half-plane.
    fn wedges(&mut self, frame: &Frame, commune: usize) {
        let cell = &frame.cells[commune];
        let sides = &frame.sides[commune];
        let border_lines: Vec<LineId> = sides
            .iter()
            .map(|(border, backwards)| {
                let mut points = frame.borders[*border].points();
                if *backwards {
                    points.reverse();
                }
                let line = self.book.add_with_points(&points);
                self.borders.push((line, points));
                line
            })
            .collect();
        // (place on the border, edge of the cell, class)
        let mut ends: Vec<(Coord<f64>, usize, Option<RoadClass>)> = Vec::new();
        for (edge, (border, _)) in sides.iter().enumerate() {
            if let Some((class, place)) = frame.borders[*border].road {
                ends.push((place, edge, Some(class)));
            }
        }
        let angle = |p: Coord<f64>| (p - self.centre).y.atan2((p - self.centre).x);
        ends.sort_by(|a, b| angle(a.0).total_cmp(&angle(b.0)));
        let tau = std::f64::consts::TAU;
        let mut angles: Vec<f64> = ends.iter().map(|end| angle(end.0)).collect();
        if angles.is_empty() {
            angles.push(0.3);
        }
        let mut lanes = Vec::new();
        for k in 0..angles.len() {
            let next = if k + 1 < angles.len() { angles[k + 1] } else { angles[0] + tau };
            let gap = next - angles[k];
            let count = (gap / 2.1).floor() as usize;
            lanes.extend((1..=count).map(|n| angles[k] + gap * n as f64 / (count + 1) as f64));
        }
        if ends.is_empty() {
            lanes.push(0.3);
        }
        let corners = cell.corners.len();
        for lane in lanes {
            let far = self.centre + Coord { x: lane.cos(), y: lane.sin() } * 60_000.0;
            for (edge, line) in border_lines.iter().enumerate().take(corners) {
                let (a, b) = (cell.corners[edge], cell.corners[(edge + 1) % corners]);
                if let Some(place) = meeting(self.centre, far, a, b) {
                    let place = self.book.snap(*line, place);
                    ends.push((place, edge, None));
                    break;
                }
            }
        }
        ends.sort_by(|a, b| angle(a.0).total_cmp(&angle(b.0)));
        ends.dedup_by(|a, b| distance(a.0, b.0) < 1.0);
        let spokes: Vec<(LineId, f64)> = ends
            .iter()
            .map(|(place, edge, class)| {
                let axis = class.and_then(|_| frame.borders[sides[*edge].0].axis());
                let class = class.unwrap_or(RoadClass::Lane);
                let line = self.book.add(self.centre, *place, 40.0, Some(class));
                self.spokes.push((line, *place, class));
                self.spoke_axes.extend(axis.map(|axis| (line, axis)));
                (line, half_width_m(class))
            })
            .collect();
        for k in 0..ends.len() {
            let (from, to) = (k, (k + 1) % ends.len());
            let mut piece = Piece { corners: vec![self.centre], edges: Vec::new() };
            piece.edges.push(Edge { line: spokes[from].0, half_width_m: spokes[from].1 });
            piece.corners.push(ends[from].0);
            let mut edge = ends[from].1;
            for _ in 0..corners {
                piece.edges.push(Edge { line: border_lines[edge], half_width_m: 0.0 });
                if edge == ends[to].1 {
                    break;
                }
                edge = (edge + 1) % corners;
                if piece.corners.last() == Some(&cell.corners[edge]) {
                    piece.edges.pop();
                } else {
                    piece.corners.push(cell.corners[edge]);
                }
            }
            if piece.corners.last() == Some(&ends[to].0) {
                piece.edges.pop();
            } else {
                piece.corners.push(ends[to].0);
            }
            piece.edges.push(Edge { line: spokes[to].0, half_width_m: spokes[to].1 });
            self.pool.push((piece, k));
        }
    }

    /// Cuts every piece that a stretch of axis crosses.
    fn cut_pool(&mut self, from: Coord<f64>, to: Coord<f64>, half_width_m: f64, river: bool) {
        let length = distance(from, to);
        let unit = (to - from) / length;
        let line = CutLine { half_width_m, road: None, spacing_m: 40.0 };
        let mut pieces = Vec::new();
        for (piece, sector) in std::mem::take(&mut self.pool) {
            // The part of the line inside the piece must lie on the stretch, not on its prolongation.
            let (mut enter, mut leave) = (f64::NEG_INFINITY, f64::INFINITY);
            let count = piece.corners.len();
            for k in 0..count {
                let edge = piece.corners[(k + 1) % count] - piece.corners[k];
                let start = from - piece.corners[k];
                let (here, change) =
                    (edge.x * start.y - edge.y * start.x, edge.x * unit.y - edge.y * unit.x);
                if change > 1e-9 {
                    enter = enter.max(-here / change);
                } else if change < -1e-9 {
                    leave = leave.min(-here / change);
                }
            }
            let middle = f64::midpoint(enter, leave);
            let crossed = leave - enter > 1.0 && middle > 0.0 && middle < length;
            match crossed.then(|| piece.cut(&mut self.book, from, unit, line)).flatten() {
                Some((left, right)) => {
                    // Both sides share pieces of the lines they were cut on; the new line is the latest of the book.
                    let shared = left.edges.iter().map(|edge| edge.line).max();
                    self.rivers.extend(shared.filter(|_| river));
                    pieces.push((left, sector));
                    pieces.push((right, sector));
                }
                None => pieces.push((piece, sector)),
            }
        }
        self.pool = pieces;
    }

    fn axes(&mut self, frame: &Frame, commune: usize) {
        let junction_wanted =
            matches!(self.places.economic_zones.get(&commune), Some((ZoneAnchor::Junction, _)));
        for chord in &frame.chords[commune] {
            let axis = &self.places.axes[chord.axis];
            let (from, to) = (chord.from, chord.to);
            match axis.kind {
                AxisKind::River { plain_high_m, .. } => {
                    let half_width_m = (plain_high_m / 40.0).clamp(6.0, 70.0);
                    self.cut_pool(from, to, half_width_m, true);
                    self.water_and_rail.push((chord.axis, from, to));
                }
                AxisKind::Railway => {
                    self.cut_pool(from, to, 7.0, false);
                    self.water_and_rail.push((chord.axis, from, to));
                    self.station = Some(nearest(from, to, self.centre));
                }
                AxisKind::Motorway => {
                    self.cut_pool(from, to, half_width_m(RoadClass::Motorway), false);
                    let mut nodes = vec![from];
                    if junction_wanted {
                        nodes.extend(self.ramp(from, to));
                    }
                    nodes.push(to);
                    self.through_roads.push((RoadClass::Motorway, Some(chord.axis), nodes));
                }
                AxisKind::Expressway | AxisKind::National | AxisKind::Departmental => {
                    self.cut_pool(from, to, half_width_m(RoadClass::Expressway), false);
                    let unit = to - from;
                    let mut nodes = Vec::new();
                    for (line, end, class) in &self.spokes {
                        if *class != RoadClass::Lane
                            && let Some(place) = meeting(self.centre, *end, from, to)
                        {
                            let place = self.book.snap(*line, place);
                            self.book.join(*line, place);
                            nodes.push(place);
                        }
                    }
                    let along = |p: &Coord<f64>| (p.x - from.x) * unit.x + (p.y - from.y) * unit.y;
                    nodes.sort_by(|a, b| along(a).total_cmp(&along(b)));
                    self.junction = nodes.first().copied().or(self.junction);
                    nodes.insert(0, from);
                    nodes.push(to);
                    self.through_roads.push((RoadClass::Expressway, Some(chord.axis), nodes));
                }
            }
        }
    }

    /// A slip road from the motorway to the road it passes over; returns where it leaves the motorway.
    fn ramp(&mut self, from: Coord<f64>, to: Coord<f64>) -> Option<Coord<f64>> {
        let unit = (to - from) / distance(from, to);
        let (line, end, over) = self
            .spokes
            .iter()
            .filter_map(|(line, end, class)| {
                let over = meeting(self.centre, *end, from, to)?;
                (*class != RoadClass::Lane).then_some((
                    *class,
                    distance(over, self.centre),
                    *line,
                    *end,
                    over,
                ))
            })
            .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)))
            .map(|(_, _, line, end, over)| (line, end, over))
            .or_else(|| {
                let (line, end, _) =
                    self.spokes.iter().filter(|spoke| spoke.2 != RoadClass::Lane).min_by(
                        |a, b| {
                            let gap = |p: Coord<f64>| distance(nearest(from, to, p), p);
                            gap(a.1).total_cmp(&gap(b.1))
                        },
                    )?;
                Some((*line, *end, nearest(from, to, *end)))
            })?;
        let ahead = if distance(over, to) > 400.0 { 220.0 } else { -220.0 };
        let leave = over + unit * ahead;
        let reach = self.centre
            + (end - self.centre)
                * 0.5_f64.max(
                    (distance(self.centre, over) - 260.0) / distance(self.centre, end).max(1.0),
                );
        let reach = self.book.snap(line, reach);
        self.book.join(line, reach);
        self.cut_pool(leave, reach, half_width_m(RoadClass::Ramp), false);
        self.through_roads.push((RoadClass::Ramp, None, vec![leave, reach]));
        self.junction = Some(over);
        Some(leave)
    }
}
