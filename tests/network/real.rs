use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use gisement::io::config::Config;
use gisement::io::load;
use gisement::spatial::network::Cost;
use gisement::spatial::network::RoadNetwork;
use gisement::spatial::network::Toward;

/// The folder of real files, or a line that says that there is none.
fn real_files() -> Option<PathBuf> {
    let folder = std::env::var_os("GISEMENT_REAL_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let file = folder.join("elsewhere/bdtopo/v2/ROUTE.shp");
    if file.is_file() {
        println!("real files used: {}", file.display());
        return folder.canonicalize().ok();
    }
    println!("left out: no real files");
    None
}

fn node_at(network: &RoadNetwork, x: &str, y: &str) -> u32 {
    let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
    let at = network
        .nodes()
        .iter()
        .position(|node| (node.x - x).abs() < 1e-6 && (node.y - y).abs() < 1e-6)
        .unwrap_or_else(|| panic!("no node at {x} {y}"));
    u32::try_from(at).unwrap()
}

/// Equal to a millionth.
fn assert_close(what: &str, ours: f64, theirs: f64) {
    let off = (ours - theirs).abs() / theirs.abs().max(1.0);
    assert!(off <= 1e-6, "{what}: {ours} here, {theirs} by networkx, off by {off:e}");
}

#[test]
fn shortest_and_quickest_ways_are_those_of_networkx() {
    let Some(folder) = real_files() else { return };
    let toml = "[territory]\nname = \"Olemps\"\ncommunes = [\"12174\"]\n\
         [layers.communes]\npath = \"elsewhere/bdtopo/v2/COMMUNE.shp\"\ncolumns = { insee = \"code_insee\" }\n\
         [layers.roads]\npath = \"elsewhere/bdtopo/v2/ROUTE.shp\"\n";
    let config = Config::from_toml(toml, &folder, &folder.join("gisement.toml"))
        .unwrap_or_else(|error| panic!("{error}"));
    let territory = load::load(&config).unwrap_or_else(|error| panic!("{error}"));
    let network = territory.road_network().unwrap();

    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/network.tsv");
    let table = fs::read_to_string(table).unwrap();
    let counts: Vec<&str> = table
        .lines()
        .find(|line| line.starts_with("# lines"))
        .unwrap()
        .split(' ')
        .skip(1)
        .collect();
    let count = |name: &str| -> f64 {
        let at = counts.iter().position(|word| *word == name).unwrap();
        counts[at + 1].parse().unwrap()
    };
    let report = network.report();
    println!("{report:?}");
    assert_eq!(report.nodes as f64, count("nodes"));
    assert_eq!(report.edges as f64, count("edges"));
    assert_eq!(report.components as f64, count("components"));
    assert_eq!(report.t_junctions as f64, count("t_junctions"));
    assert_close("length", report.length_m, count("length_m"));

    let mut by_start: BTreeMap<(&str, &str), Vec<Vec<&str>>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with(['#', 'f'])) {
        let cells: Vec<&str> = line.split('\t').collect();
        by_start.entry((cells[0], cells[1])).or_default().push(cells);
    }
    let (mut n_pairs, mut n_without) = (0, 0);
    for ((x, y), rows) in by_start {
        let start = node_at(network, x, y);
        for (column, cost) in [(4, Cost::Meters), (5, Cost::Minutes)] {
            let field = network.field(
                &[network.at_node(start).unwrap()],
                Toward::Nodes,
                cost,
                f64::INFINITY,
            );
            for row in &rows {
                let end = node_at(network, row[2], row[3]);
                let ours = field.of_node(end);
                // The same way, searched from its end.
                let back = network
                    .field(&[network.at_node(end).unwrap()], Toward::Places, cost, f64::INFINITY)
                    .of_node(start);
                n_pairs += 1;
                if row[column].is_empty() {
                    assert_eq!((ours, back), (None, None), "{row:?}");
                    n_without += 1;
                } else {
                    let theirs: f64 = row[column].parse().unwrap();
                    assert_close("from", ours.unwrap(), theirs);
                    assert_close("back", back.unwrap(), theirs);
                }
            }
        }
    }
    println!("{n_pairs} ways compared, {n_without} of them that do not exist");
    assert_eq!(n_pairs, 2_000);
}
