//! From a seed to the territory: what is drawn, in which order.

use geo_types::Coord;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use super::DemoError;
use super::Scale;
use super::activity_sites::sites;
use super::border_points::BothSides;
use super::border_points::OnBorder;
use super::brownfields::Ground;
use super::brownfields::brownfields;
use super::buildings::buildings;
use super::chance::Chance;
use super::chance::Purpose;
use super::commune_layout::layout;
use super::constraints;
use super::economic_records::Economy;
use super::economy;
use super::former_activity;
use super::frame::Frame;
use super::ground_risks;
use super::housing_market;
use super::housing_records::HousingMarket;
use super::inventories;
use super::inventories::Inventories;
use super::lambert93::Lambert93;
use super::network;
use super::parcelling;
use super::perimeters::hazards;
use super::places::AxisKind;
use super::places::Places;
use super::places::places;
use super::planted::plant;
use super::power_diagram::cells;
use super::power_diagram::distance;
use super::power_diagram::inner_centre;
use super::records::Brownfield;
use super::records::Demo;
use super::records::DemoCommune;
use super::records::EconomicSite;
use super::records::PlanningDocument;
use super::records::RoadStretch;
use super::records::Waterway;
use super::relief::relief;
use super::services;
use super::surroundings::Surroundings;
use super::vacancy::vacancy;
use super::warp::Warp;
use super::zoning;

/// EPCI whose fictive observatory publishes its brownfields in the CNIG form.
const OBSERVATORY_EPCI: &str = "200066652";

/// What is drawn inside one commune.
struct Drawn {
    commune: DemoCommune,
    roads: Vec<RoadStretch>,
    courses: Vec<(usize, Waterway)>,
    station: Option<Coord<f64>>,
    sites: Vec<EconomicSite>,
    brownfields: Vec<Brownfield>,
    /// Points of its zones on the border that the neighbours do not know.
    on_border: Vec<OnBorder>,
}

/// Makes the demonstration territory.
///
/// Communes are the cells of a power diagram around their real centres, with their real areas. Axes cross them in
/// straight stretches; each commune is then cut into town, zones, hamlets and fields, and these into parcels, all
/// in a drawing of straight lines; one smooth field bends the whole. Communes are drawn in parallel.
///
/// # Errors
/// [`DemoError`] when an embedded table does not read.
pub fn generate(seed: u64, scale: Scale) -> Result<Demo, DemoError> {
    let places = places()?;
    let projection = Lambert93::new()?;
    let warp = Warp::new(seed);
    let mut centres = Vec::with_capacity(places.communes.len());
    for commune in &places.communes {
        centres.push(warp.unplace(projection.to_plane(commune.lon_deg, commune.lat_deg)?));
    }
    let areas_m2: Vec<f64> = places.communes.iter().map(|commune| commune.area_km2 * 1e6).collect();
    let cells = cells(&centres, &areas_m2);
    let centres: Vec<Coord<f64>> =
        cells.iter().zip(&centres).map(|(cell, centre)| inner_centre(cell, *centre)).collect();
    let frame = Frame::new(&centres, cells, &places.axes);
    let drawn: Vec<Drawn> = (0..places.communes.len())
        .into_par_iter()
        .map(|commune| draw(seed, scale, &frame, commune, &places, &warp))
        .collect();
    Ok(gather(seed, places, drawn))
}

fn draw(
    seed: u64,
    scale: Scale,
    frame: &Frame,
    commune: usize,
    places: &Places,
    warp: &Warp,
) -> Drawn {
    let figures = &places.communes[commune];
    let stream = |purpose| Chance::new(seed, commune as u64, purpose);
    let mut layout = layout(seed, frame, commune, places);
    let mut parcel_chance = stream(Purpose::Parcels);
    let mut plots = parcelling::plots(&mut layout, scale, &mut parcel_chance);
    let mut zone_chance = stream(Purpose::Zoning);
    let (document, document_date) = zoning::document(figures, &mut zone_chance);
    let zone_pieces = zoning::zone_pieces(&mut layout, &mut zone_chance);
    // From here on all the points of all the lines are known.
    let parcels =
        parcelling::parcels(&figures.insee, &layout, &mut plots, warp, &mut parcel_chance);
    let buildings = buildings(&layout, &plots, warp, &mut parcel_chance);
    let (zones, on_border) = match document {
        PlanningDocument::None => (Vec::new(), Vec::new()),
        _ => zoning::zones(&layout, &zone_pieces, warp),
    };
    let station = layout.station.map(|at| warp.place(at));
    let mut site_chance = stream(Purpose::Brownfields);
    let sites = sites(commune, figures, &layout, &parcels, &buildings, warp, &mut site_chance);
    let ground = Ground {
        rank: commune,
        figures,
        parcels: &parcels,
        buildings: &buildings,
        document,
        station,
    };
    let brownfields = brownfields(&ground, &mut site_chance);
    let border: Vec<Coord<f64>> = frame.sides[commune]
        .iter()
        .flat_map(|(border, backwards)| {
            let mut points = frame.borders[*border].points();
            if *backwards {
                points.reverse();
            }
            points.pop();
            points
        })
        .collect();
    let polygon = parcelling::placed(&border, warp).unwrap_or_else(|| {
        geo_types::Polygon::new(geo_types::LineString::new(Vec::new()), Vec::new())
    });
    let courses = layout
        .water_and_rail
        .iter()
        .map(|(axis, from, to)| (*axis, network::waterway(*axis, *from, *to, places, warp)))
        .collect();
    Drawn {
        on_border,
        roads: network::roads(&layout, places, warp),
        courses,
        station,
        sites,
        brownfields,
        commune: DemoCommune {
            figures: figures.clone(),
            polygon,
            centre: warp.place(layout.centre),
            parcels,
            buildings,
            document,
            document_date,
            zones,
            vacancy: vacancy(figures, &mut stream(Purpose::Housing)),
        },
    }
}

fn gather(seed: u64, places: Places, drawn: Vec<Drawn>) -> Demo {
    let (mut communes, mut roads, mut sites, mut brownfields) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut courses, mut found) = (Vec::new(), Vec::new());
    let on_borders = drawn.iter().flat_map(|commune| commune.on_border.iter().copied());
    let both_sides = BothSides::new(on_borders);
    for mut commune in drawn {
        both_sides.teach(&mut commune.commune.polygon);
        for zone in &mut commune.commune.zones {
            both_sides.teach(&mut zone.polygon);
        }
        communes.push(commune.commune);
        roads.extend(commune.roads);
        sites.extend(commune.sites);
        brownfields.extend(commune.brownfields);
        courses.extend(commune.courses);
        found.push(commune.station);
    }
    let is_rail = |axis: usize| places.axes[axis].kind == AxisKind::Railway;
    let (railways, rivers): (Vec<_>, Vec<_>) =
        courses.into_iter().partition(|(axis, _)| is_rail(*axis));
    for site in &mut brownfields {
        site.rail_distance_m = railways
            .iter()
            .flat_map(|(_, railway)| railway.line.0.iter())
            .map(|at| distance(*at, site.at))
            .fold(f64::INFINITY, f64::min);
    }
    let axes: std::collections::BTreeSet<usize> = rivers.iter().map(|(axis, _)| *axis).collect();
    let river_points: Vec<(usize, Vec<Coord<f64>>)> = axes
        .into_iter()
        .map(|axis| {
            let stretches = rivers.iter().filter(|(other, _)| *other == axis);
            (axis, stretches.flat_map(|(_, river)| river.line.0.iter().copied()).collect())
        })
        .collect();
    let economic_centres: Vec<(usize, Coord<f64>)> = sites
        .iter()
        .filter_map(|site: &EconomicSite| {
            let shell = site.extent.0.first()?.exterior();
            let count = shell.0.len() as f64;
            let sum = shell.0.iter().fold(Coord { x: 0.0, y: 0.0 }, |sum, at| sum + *at);
            Some((site.commune, sum / count))
        })
        .collect();
    let hazards = hazards(seed, &places, &communes, &river_points, &economic_centres, &brownfields);
    let stations = network::stations(&places, &found);
    let axes = places.axes;
    let mut demo = Demo {
        seed,
        epcis: places.epcis,
        communes,
        plui_epcis: zoning::PLUI_EPCIS.iter().map(|siren| (*siren).to_owned()).collect(),
        roads,
        railways: railways.into_iter().map(|(_, line)| line).collect(),
        rivers: rivers.into_iter().map(|(_, line)| line).collect(),
        stations,
        hazards,
        sites,
        brownfields,
        economy: Economy::default(),
        housing: HousingMarket::default(),
        surroundings: Surroundings::default(),
        inventories: Inventories::default(),
        relief: Vec::new(),
        observatory_epci: OBSERVATORY_EPCI.to_owned(),
    };
    let mut economy = Economy::default();
    for rank in 0..demo.communes.len() {
        economy::of_commune(seed, rank, &demo, &mut economy);
    }
    constraints::draw(seed, &demo, &mut economy);
    demo.economy = economy;
    plant(&mut demo);
    // From here on nothing that was drawn before moves: these have streams of their own.
    inventories::draw(&mut demo);
    let mut surroundings = Surroundings::default();
    services::draw(&demo, &mut surroundings);
    ground_risks::draw(&demo, &mut surroundings);
    former_activity::draw(&mut demo, &mut surroundings);
    demo.surroundings = surroundings;
    demo.housing = housing_market::draw(&demo);
    demo.economy.owners.sort_by(|a, b| a.parcel.cmp(&b.parcel));
    demo.relief = relief(&demo, |river| {
        // Where the plain is flooded at its widest, it is flat.
        let axis = axes.iter().find(|axis| axis.name == river.name);
        axis.map_or(0.0, |axis| match axis.kind {
            AxisKind::River { plain_high_m, .. } => plain_high_m / 2.0,
            _ => 0.0,
        })
    });
    demo
}
