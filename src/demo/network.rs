//! Roads, railways and rivers as lines of the real drawing, and the stations on them.

use geo_types::Coord;
use geo_types::LineString;

use super::commune_layout::Layout;
use super::places::Places;
use super::power_diagram::distance;
use super::records::RoadStretch;
use super::records::Station;
use super::records::Waterway;
use super::straight_lines::RoadClass;
use super::warp::Warp;

/// A straight stretch bent by the warp, with a point about every `step_m`.
pub(crate) fn bent(from: Coord<f64>, to: Coord<f64>, step_m: f64, warp: &Warp) -> LineString<f64> {
    let steps = (distance(from, to) / step_m).ceil().max(1.0) as usize;
    let mut line: Vec<Coord<f64>> = (0..=steps)
        .map(|step| {
            // The ends are taken as they are, so that stretches meet to the last bit.
            let at = if step == 0 {
                from
            } else if step == steps {
                to
            } else {
                from + (to - from) * (step as f64 / steps as f64)
            };
            warp.place(at)
        })
        .collect();
    line.dedup();
    LineString::new(line)
}

/// The roads of a commune, cut at their junctions.
pub(crate) fn roads(layout: &Layout, places: &Places, warp: &Warp) -> Vec<RoadStretch> {
    let number = |axis: Option<usize>| {
        axis.and_then(|axis| places.axes.get(axis))
            .map_or(String::new(), |axis| axis.detail.clone())
    };
    let mut roads = Vec::new();
    for (line, class, from, to) in layout.book.roads() {
        if distance(from, to) < 0.05 {
            continue;
        }
        let number = number(layout.spoke_axes.get(&line).copied());
        roads.push(RoadStretch { class, number, line: bent(from, to, 35.0, warp) });
    }
    for (class, axis, nodes) in &layout.through_roads {
        for pair in nodes.windows(2).filter(|pair| distance(pair[0], pair[1]) > 0.05) {
            let line = bent(pair[0], pair[1], 35.0, warp);
            let number = if *class == RoadClass::Ramp { String::new() } else { number(*axis) };
            roads.push(RoadStretch { class: *class, number, line });
        }
    }
    roads.retain(|road| road.line.0.len() >= 2);
    roads
}

/// A railway or river across one commune.
pub(crate) fn waterway(
    axis: usize,
    from: Coord<f64>,
    to: Coord<f64>,
    places: &Places,
    warp: &Warp,
) -> Waterway {
    let axis = &places.axes[axis];
    let code = if axis.kind == super::places::AxisKind::Railway {
        axis.detail.clone()
    } else {
        String::new()
    };
    Waterway { name: axis.name.clone(), code, line: bent(from, to, 20.0, warp) }
}

/// The stations, one of them twice under two codes, as in the real list.
pub(crate) fn stations(places: &Places, found: &[Option<Coord<f64>>]) -> Vec<Station> {
    let mut stations = Vec::new();
    for (rank, (commune, line_code, freight)) in places.stations.iter().enumerate() {
        let Some(at) = found.get(*commune).copied().flatten() else { continue };
        let station = Station {
            code_uic: format!("8799{:04}", 1000 + rank * 11),
            name: places.communes[*commune].name.clone(),
            line_code: line_code.clone(),
            freight: *freight,
            commune: *commune,
            at,
        };
        if rank == 4 {
            stations.push(Station { code_uic: "87990991".to_owned(), ..station.clone() });
        }
        stations.push(station);
    }
    stations
}
