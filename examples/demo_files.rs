//! Writes the demonstration territory to a folder: `demo_files DIR [standard|full] [seed]`.

use std::path::PathBuf;
use std::time::Instant;

use gisement::demo::Scale;
use gisement::demo::generate;
use gisement::io::demo_files::write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let dir = arguments
        .get(1)
        .map(PathBuf::from)
        .ok_or("usage: demo_files DIR [standard|full] [seed]")?;
    let scale = if arguments.get(2).is_some_and(|word| word == "full") {
        Scale::Full
    } else {
        Scale::Standard
    };
    let seed = arguments.get(3).map_or(Ok(1), |word| word.parse())?;
    let start = Instant::now();
    let demo = generate(seed, scale)?;
    let drawn = start.elapsed();
    let layers = write(&dir, &demo)?;
    let parcels: usize = demo.communes.iter().map(|commune| commune.parcels.len()).sum();
    let buildings: usize = demo.communes.iter().map(|commune| commune.buildings.len()).sum();
    let line = format!(
        "{parcels} parcels, {buildings} buildings, {} roads, {} friches, {} sites, {} hazard areas, {} layers; \
         drawn in {drawn:.1?}, written in {:.1?}\n",
        demo.roads.len(),
        demo.brownfields.len(),
        demo.sites.len(),
        demo.hazards.len(),
        layers.len(),
        start.elapsed() - drawn,
    );
    std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes())?;
    Ok(())
}
