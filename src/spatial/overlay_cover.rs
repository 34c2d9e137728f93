//! Area covered by the union of several areas, and length of a line inside an area.

use geo::Coord;
use geo::Geometry;

use crate::spatial::overlay_area::Position;
use crate::spatial::overlay_area::PreparedArea;
use crate::spatial::overlay_area::Step;
use crate::spatial::overlay_area::common_area;
use crate::spatial::segment::Extent;
use crate::spatial::segment::segments_meet;
use crate::spatial::segment::turn;

/// Edges in a window above which it is cut in two, rather than swept.
pub(crate) const SWEPT_EDGES: usize = 96;
/// Cuts of the window before sweeping whatever is left (many edges through one point).
pub(crate) const MAX_CUTS: u32 = 40;

/// Area of `subject` covered by the union of `covers`, each prepared.
pub(crate) fn covered_by(subject: &PreparedArea, covers: &[&PreparedArea]) -> f64 {
    let window = subject.tree.extent();
    if !(window.width() > 0.0 && window.height() > 0.0) {
        return 0.0;
    }
    covered_in(subject, covers, window, MAX_CUTS)
}

fn covered_in(subject: &PreparedArea, covers: &[&PreparedArea], window: Extent, cuts: u32) -> f64 {
    let mine = subject.steps(&window);
    if mine.is_empty() {
        return 0.0;
    }
    let mut near: Vec<&PreparedArea> = Vec::with_capacity(covers.len());
    let mut theirs: Vec<Vec<Step>> = Vec::with_capacity(covers.len());
    for cover in covers.iter().filter(|cover| cover.tree.extent().overlaps(&window)) {
        let steps = cover.steps(&window);
        if let [only] = steps.as_slice()
            && only.slope == 0.0
            && only.x2 >= window.width()
            && only.y1 >= window.height()
            && only.gain > 0.0
        {
            // This one covers the whole window: the others change nothing.
            return common_area(&mine, &steps, window.width());
        }
        if !steps.is_empty() {
            near.push(cover);
            theirs.push(steps);
        }
    }
    let extents: Vec<Extent> = near.iter().map(|cover| cover.tree.extent().meet(&window)).collect();
    let apart = extents
        .iter()
        .enumerate()
        .all(|(i, extent)| extents[i + 1..].iter().all(|other| !extent.overlaps(other)));
    if apart {
        return theirs.iter().map(|steps| common_area(&mine, steps, window.width())).sum();
    }
    let edges = mine.len() + theirs.iter().map(Vec::len).sum::<usize>();
    if edges > SWEPT_EDGES && cuts > 0 {
        return cut(&window).map(|half| covered_in(subject, &near, half, cuts - 1)).iter().sum();
    }
    swept_cover(&mine, &theirs, window.height())
}

/// The two halves of a window, across its longer side.
pub(crate) fn cut(window: &Extent) -> [Extent; 2] {
    let (mut first, mut second) = (*window, *window);
    if window.width() >= window.height() {
        let middle = window.min_x + window.width() / 2.0;
        (first.max_x, second.min_x) = (middle, middle);
    } else {
        let middle = window.min_y + window.height() / 2.0;
        (first.max_y, second.min_y) = (middle, middle);
    }
    [first, second]
}

/// [`swept_area`] of what is under the subject and under at least one cover.
pub(crate) fn swept_cover(mine: &[Step], theirs: &[Vec<Step>], height: f64) -> f64 {
    let mut edges: Vec<(usize, Step)> = mine.iter().map(|step| (0, *step)).collect();
    for (i, steps) in theirs.iter().enumerate() {
        edges.extend(steps.iter().map(|step| (i + 1, *step)));
    }
    let covered = |counts: &[f64]| counts[0] > 0.5 && counts[1..].iter().any(|count| *count > 0.5);
    swept_area(edges, theirs.len() + 1, height, covered)
}

/// Area of the places that are `covered`, told from how often the edges of each owner wind round
/// them. Sweeps a window from left to right: between two consecutive abscissas of vertices and
/// crossings no edge crosses another, so each column is a pile of trapezes whose windings are
/// known by counting edges from the top.
pub(crate) fn swept_area(
    mut edges: Vec<(usize, Step)>,
    owners: usize,
    height: f64,
    covered: impl Fn(&[f64]) -> bool,
) -> f64 {
    edges.sort_by(|a, b| a.1.x1.total_cmp(&b.1.x1));
    let mut stops: Vec<f64> = Vec::with_capacity(edges.len() * 3);
    for (i, (_, a)) in edges.iter().enumerate() {
        stops.push(a.x1);
        stops.push(a.x2);
        for (_, b) in edges[i + 1..].iter().take_while(|(_, b)| b.x1 < a.x2) {
            let (x1, x2) = (a.x1.max(b.x1), a.x2.min(b.x2));
            let (left, right) = (a.at(x1) - b.at(x1), a.at(x2) - b.at(x2));
            if left * right < 0.0 {
                stops.push(x1 + (x2 - x1) * (left / (left - right)));
            }
        }
    }
    stops.sort_by(f64::total_cmp);
    stops.dedup();

    let mut area = 0.0;
    let mut pile: Vec<(f64, usize, f64)> = Vec::new();
    let mut counts = vec![0.0_f64; owners];
    for pair in stops.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let middle = from + (to - from) / 2.0;
        pile.clear();
        for (owner, step) in edges.iter().take_while(|(_, step)| step.x1 <= from) {
            if step.x2 >= to {
                pile.push((step.at(middle).clamp(0.0, height), *owner, step.gain));
            }
        }
        pile.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        counts.fill(0.0);
        let (mut top, mut covered_height) = (height, 0.0);
        for (y, owner, gain) in &pile {
            if *y < top && covered(&counts) {
                covered_height += top - y;
            }
            top = *y;
            counts[*owner] += gain;
        }
        if covered(&counts) {
            covered_height += top;
        }
        area += covered_height * (to - from);
    }
    area
}

/// Length of the lines of `line` inside `area`, its boundary included; see
/// [`crate::spatial::overlay::length_within`].
pub(crate) fn length_inside(line: &Geometry, area: &PreparedArea) -> f64 {
    let lines: &[geo::LineString] = match line {
        Geometry::LineString(one) => std::slice::from_ref(one),
        Geometry::MultiLineString(many) => &many.0,
        _ => &[],
    };
    let mut length = 0.0;
    for one in lines {
        for pair in one.0.windows(2) {
            let (dx, dy) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
            length += dx.hypot(dy) * share_inside(pair[0], pair[1], area);
        }
    }
    length
}

/// Share (0 to 1) of the segment `ab` inside `area`.
fn share_inside(a: Coord, b: Coord, area: &PreparedArea) -> f64 {
    let extent = Extent::of_segment(a, b);
    if !extent.touches(&area.tree.extent()) || a == b {
        return 0.0;
    }
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let along =
        |p: Coord| (((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    let mut stops = vec![0.0, 1.0];
    let mut on_edge: Vec<(f64, f64)> = Vec::new();
    area.tree.visit_edges(&extent, &mut |p, q| {
        if segments_meet(a, b, p, q) {
            let (left, right) = (turn(a, b, p), turn(a, b, q));
            if left == 0 && right == 0 {
                let (from, to) = (along(p), along(q));
                on_edge.push((from.min(to), from.max(to)));
                stops.extend([from, to]);
            } else if left == 0 {
                stops.push(along(p));
            } else if right == 0 {
                stops.push(along(q));
            } else {
                let from_p = dx * (p.y - a.y) - dy * (p.x - a.x);
                let from_q = dx * (q.y - a.y) - dy * (q.x - a.x);
                let share = from_p / (from_p - from_q);
                stops.push(along(Coord {
                    x: p.x + share * (q.x - p.x),
                    y: p.y + share * (q.y - p.y),
                }));
            }
        }
        true
    });
    stops.sort_by(f64::total_cmp);
    let mut inside = 0.0;
    for pair in stops.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if to <= from {
            continue;
        }
        let middle = (from + to) / 2.0;
        let point = Coord { x: a.x + dx * middle, y: a.y + dy * middle };
        if on_edge.iter().any(|(start, end)| *start <= middle && middle <= *end)
            || area.position(point) != Position::Outside
        {
            inside += to - from;
        }
    }
    inside
}
