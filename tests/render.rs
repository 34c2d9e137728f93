//! Maps and charts seen from outside: pixels and XML of what a council would receive.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its picture has failed")]
#[path = "render/world.rs"]
mod world;

use geo::Coord;
use geo::LineString;
use geo::Point;
use geo::Polygon;
use gisement::render::Label;
use gisement::render::Map;
use gisement::render::MapLayer;
use gisement::render::Paper;
use gisement::render::RenderError;
use gisement::render::Rgba;
use gisement::render::Stroke;
use gisement::render::Symbol;
use gisement::render::chart;
use gisement::render::png;
use gisement::render::svg;
use world::World;
use world::bars;
use world::layer;
use world::words;

const RED: Rgba = Rgba::hex(0xff_00_00);

fn map<'a>(layers: Vec<MapLayer<'a>>) -> Map<'a> {
    Map {
        size_px: (1000, 707),
        paper: Paper::A4,
        frame: geo::Rect::new((0.0, 0.0), (1000.0, 1000.0)),
        title: "Essai".into(),
        subtitle: None,
        layers,
        labels: vec![],
        notice: None,
        sources: vec![],
        date: None,
        legend_title: String::new(),
        words: words(),
    }
}

fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
    LineString::from(vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)])
}

struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Picture {
    fn read(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgb).unwrap();
        assert_eq!(info.color_type, png::ColorType::Rgb);
        Self { width: info.width, height: info.height, rgb }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let from = ((y * self.width + x) * 3) as usize;
        [self.rgb[from], self.rgb[from + 1], self.rgb[from + 2]]
    }

    /// First and last column and row whose pixel is exactly `color`.
    fn bounds(&self, color: [u8; 3]) -> Option<(u32, u32, u32, u32)> {
        let mut found: Option<(u32, u32, u32, u32)> = None;
        for y in 0..self.height {
            for x in 0..self.width {
                if self.at(x, y) == color {
                    let (a, b, c, d) = found.unwrap_or((x, x, y, y));
                    found = Some((a.min(x), b.max(x), c.min(y), d.max(y)));
                }
            }
        }
        found
    }

    fn count(&self, wanted: impl Fn([u8; 3]) -> bool) -> usize {
        self.rgb.chunks_exact(3).filter(|p| wanted([p[0], p[1], p[2]])).count()
    }
}

#[test]
fn a_hole_shows_what_is_below() {
    let ring =
        [Polygon::new(square(200.0, 200.0, 600.0), vec![square(400.0, 400.0, 200.0)]).into()];
    let with_hole = map(vec![layer(Symbol::area(RED, None), &ring)]);
    let picture = Picture::read(&png(&with_hole).unwrap());
    let (left, right, top, bottom) = picture.bounds([255, 0, 0]).unwrap();
    let (x, y) = ((left + right) / 2, (top + bottom) / 2);
    assert_eq!(picture.at(x, y), [0xf6, 0xf4, 0xef], "the hole shows the ground");
    assert_eq!(picture.at(left + 5, y), [255, 0, 0]);
    // 1 - 1/9 of the square is red.
    let side = f64::from(right - left + 1);
    let red = picture.count(|p| p == [255, 0, 0]) as f64;
    assert!((red / (side * side) - 8.0 / 9.0).abs() < 0.01, "{red} of {side}²");
    assert!(svg(&with_hole).unwrap().contains("fill-rule=\"evenodd\""));
}

#[test]
fn edges_are_anti_aliased() {
    let slanted = [Polygon::new(
        LineString::from(vec![(100.0, 100.0), (900.0, 230.0), (500.0, 900.0), (100.0, 100.0)]),
        vec![],
    )
    .into()];
    let picture =
        Picture::read(&png(&map(vec![layer(Symbol::area(RED, None), &slanted)])).unwrap());
    let between = picture.count(|[r, g, b]| r > 0xf6 && g > 10 && g < 0xe0 && b < 0xe0);
    assert!(between > 300, "{between} pixels between red and the ground");
}

#[test]
fn a_speck_is_marked_if_asked() {
    let speck = [Polygon::new(square(500.0, 500.0, 0.1), vec![]).into()];
    let mut faint = layer(Symbol::area(RED, None), &speck);
    assert_eq!(Picture::read(&png(&map(vec![faint.clone()])).unwrap()).bounds([255, 0, 0]), None);
    faint.classes[0].min_mm = 1.5;
    let picture = Picture::read(&png(&map(vec![faint])).unwrap());
    let (left, right, ..) = picture.bounds([255, 0, 0]).unwrap();
    let side = f64::from(right - left + 1);
    assert!((side - 1.5 * 1000.0 / 297.0).abs() < 1.5, "{side}");
}

#[test]
fn what_leaves_the_frame_stays_in_the_panel() {
    let wide = [
        Polygon::new(square(-1e7, -1e7, 2e7), vec![]).into(),
        LineString::from(vec![(-1e9, 500.0), (1e9, 501.0)]).into(),
        Point::new(5e6, 5e6).into(),
    ];
    let edge = Some(Stroke::solid(Rgba::BLACK, 0.5));
    let wide_map = map(vec![layer(Symbol::area(RED, edge), &wide)]);
    let picture = Picture::read(&png(&wide_map).unwrap());
    let (left, right, top, bottom) = picture.bounds([255, 0, 0]).unwrap();
    assert!(left > 20 && right < 780 && top > 20 && bottom < 690);
    // Only the line and the frame are black: the far edge of the square does not show.
    assert!(picture.count(|p| p == [0, 0, 0]) < 2000);
}

#[test]
fn svg_is_well_formed_and_says_what_was_written() {
    let mut spoken = map(vec![]);
    spoken.title = "Friches & « terrains » <à requalifier> : l’œuvre d’été, 5 € le m²".into();
    spoken.notice = Some("DONNÉES SYNTHÉTIQUES – démonstration".into());
    spoken.sources = vec!["Cadastre \"Etalab\", 2026".into()];
    let text = svg(&spoken).unwrap();
    let mut reader = quick_xml::Reader::from_str(&text);
    reader.config_mut().check_end_names = true;
    let (mut said, mut depth) = (String::new(), 0i32);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Text(t) => said.push_str(&t.xml10_content()),
            quick_xml::events::Event::GeneralRef(r) => said.push_str(match &*r.xml10_content() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("entity {other}"),
            }),
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    for words in [&spoken.title, spoken.notice.as_ref().unwrap(), &spoken.sources[0]] {
        assert!(said.contains(words.as_str()), "{words} in {said}");
    }
    assert!(text.contains("font-family=\"DejaVu Sans, Arial, sans-serif\""));
}

#[test]
fn an_empty_layer_and_an_empty_map_are_drawn() {
    assert!(png(&map(vec![])).is_ok());
    assert!(png(&map(vec![layer(Symbol::area(RED, None), &[])])).is_ok());
    let none = MapLayer { title: String::new(), in_legend: true, classes: vec![], items: vec![] };
    assert!(svg(&map(vec![none])).is_ok());
}

#[test]
fn impossible_maps_are_refused_by_name() {
    let mut flat = map(vec![]);
    flat.frame = geo::Rect::new((5.0, 5.0), (5.0, 9.0));
    assert!(matches!(png(&flat), Err(RenderError::EmptyFrame { .. })));
    flat.frame = geo::Rect::new((0.0, 0.0), (f64::INFINITY, 9.0));
    assert!(matches!(svg(&flat), Err(RenderError::FrameNotFinite { .. })));
    let mut small = map(vec![]);
    for size_px in [(0, 0), (300, 200), (30_000, 20_000), (u32::MAX, u32::MAX)] {
        small.size_px = size_px;
        assert!(matches!(png(&small), Err(RenderError::PageSize { .. })), "{size_px:?}");
    }
    let here = [Point::new(1.0, 1.0).into()];
    let mut lost = layer(Symbol::area(RED, None), &here);
    lost.items[0].class = 3;
    let error = png(&map(vec![lost])).unwrap_err();
    assert!(error.to_string().contains("couche"), "{error}");
}

#[test]
fn the_scale_bar_measures_the_drawing() {
    // A square of 500 m in a frame of 1 000 m: the bar and the square are measured on the pixels.
    let known = [Polygon::new(square(250.0, 250.0, 500.0), vec![]).into()];
    let mut large = map(vec![layer(Symbol::area(RED, None), &known)]);
    large.size_px = (2480, 1754);
    let picture = Picture::read(&png(&large).unwrap());
    let (left, right, ..) = picture.bounds([255, 0, 0]).unwrap();
    let px_per_m = f64::from(right - left + 1) / 500.0;
    // The bar is the widest run of ink and white in the right column, in the SVG the first rectangle of its group.
    let text = svg(&large).unwrap();
    let group = text.split("id=\"scale-bar\"").nth(1).unwrap();
    let path = group.split(" d=\"M").nth(1).unwrap().split('Z').next().unwrap();
    let xs: Vec<f64> =
        path.split('L').map(|point| point.split(' ').next().unwrap().parse().unwrap()).collect();
    let bar_px = xs.iter().copied().fold(0.0, f64::max) - xs[0];
    let said: Vec<&str> = group
        .split("</g>")
        .next()
        .unwrap()
        .split("</text>")
        .filter_map(|t| t.rsplit('>').next())
        .filter(|t| t.contains('\u{a0}'))
        .collect();
    let length_m: f64 = said[0].strip_suffix("\u{a0}m").unwrap().parse().unwrap();
    assert!((bar_px / px_per_m / length_m - 1.0).abs() < 0.01, "{bar_px} px for {length_m} m");
}

#[test]
fn labels_never_overlap_and_the_first_wins() {
    let mut named = map(vec![]);
    for rank in 0..60 {
        let at =
            Coord { x: 480.0 + f64::from(rank % 8) * 6.0, y: 480.0 + f64::from(rank / 8) * 6.0 };
        let mut label = Label::new(at, format!("Lieu-dit n° {rank}"));
        label.priority = if rank == 37 { 9 } else { 0 };
        named.labels.push(label);
    }
    let text = svg(&named).unwrap();
    let group = text.split("id=\"labels\"").nth(1).unwrap().split("</g>").next().unwrap();
    let shown: Vec<&str> = group.split("Lieu-dit").skip(1).collect();
    assert!(shown.len() >= 4 && shown.len() < 30, "{}", shown.len());
    assert!(group.contains("n° 37<"));
}

#[test]
fn the_same_map_is_the_same_bytes() {
    let world = World::new();
    let drawn = world.map((1000, 707));
    assert_eq!(png(&drawn).unwrap(), png(&drawn).unwrap());
    assert_eq!(svg(&drawn).unwrap(), svg(&drawn).unwrap());
    let seen = std::thread::scope(|s| s.spawn(|| png(&drawn).unwrap()).join().unwrap());
    assert_eq!(seen, png(&drawn).unwrap());
}

#[test]
fn a_png_prints_at_a4() {
    let bytes = png(&map(vec![])).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let dims = reader.info().pixel_dims.unwrap();
    let width_mm = 1000.0 / f64::from(dims.xppu) * 1000.0;
    assert!((width_mm - 297.0).abs() < 0.5, "{width_mm} mm");
}

#[test]
fn a_page_to_look_at() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let world = World::new();
    for (name, size_px) in
        [("large", (2480, 1754)), ("small", (1600, 1131)), ("upright", (1240, 1754))]
    {
        let page = world.map(size_px);
        std::fs::write(folder.join(format!("map-{name}.png")), png(&page).unwrap()).unwrap();
        std::fs::write(folder.join(format!("map-{name}.svg")), svg(&page).unwrap()).unwrap();
    }
    std::fs::write(folder.join("chart.png"), chart::png(&bars()).unwrap()).unwrap();
    std::fs::write(folder.join("chart.svg"), chart::svg(&bars()).unwrap()).unwrap();
}

#[test]
fn a_chart_shows_its_bars_and_refuses_what_is_not_a_number() {
    let mut chart = bars();
    let picture = Picture::read(&chart::png(&chart).unwrap());
    let [r, g, b] = [0x21, 0x91, 0x8c];
    // Half the largest value is half as long.
    chart.rows = vec![
        chart::Bar { label: "a".into(), value: Some(50.0), bounds: None },
        chart::Bar { label: "b".into(), value: Some(100.0), bounds: None },
    ];
    assert!(picture.count(|p| p == [r, g, b]) > 50_000);
    let two = Picture::read(&chart::png(&chart).unwrap());
    let length = |y: u32| (0..two.width).filter(|x| two.at(*x, y) == [r, g, b]).count() as f64;
    let (_, _, top, bottom) = two.bounds([r, g, b]).unwrap();
    assert!((length(top + 20) / length(bottom - 20) - 0.5).abs() < 0.01);
    chart.rows[0].value = Some(f64::NAN);
    assert!(matches!(chart::png(&chart), Err(RenderError::ValueNotFinite { .. })));
}
