//! Invented parcels in the cadastre's proportions: 8 to 16 positions, seven decimals, 13 000 to a commune.

use geo::Coord;
use geo::LineString;
use geo::Polygon;

/// One parcel, in degrees.
pub struct Parcel {
    pub section: String,
    pub number: u64,
    pub contenance: u64,
    /// Counter-clockwise, as Etalab has it.
    pub outline: Polygon<f64>,
}

/// Degrees between two parcels: about 45 m.
const STEP: f64 = 5e-4;
/// Parcels in a row.
const ACROSS: u64 = 120;

/// A number that looks drawn at random and is the same on every machine.
fn drawn(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x1234_5678);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Between 0 and 1.
fn share(seed: u64) -> f64 {
    (drawn(seed) >> 11) as f64 / (1_u64 << 53) as f64
}

/// The parcels of the commune of this rank.
pub fn of_commune(rank: u64, count: u64) -> Vec<Parcel> {
    (0..count).map(|index| parcel(rank, index)).collect()
}

fn parcel(commune: u64, index: u64) -> Parcel {
    let seed = (commune * 1_000_003 + index) * 64;
    let centre = Coord {
        x: 0.7 + (commune % 8) as f64 * 0.07 + (index % ACROSS) as f64 * STEP,
        y: 43.7 + (commune / 8) as f64 * 0.06 + (index / ACROSS) as f64 * STEP,
    };
    let corners = 7 + drawn(seed) % 9;
    let mut ring: Vec<Coord<f64>> = (0..corners)
        .map(|corner| {
            let wobble = 0.6 * share(seed + 1 + corner);
            let angle = (corner as f64 + wobble) / corners as f64 * std::f64::consts::TAU;
            let reach = STEP * (0.25 + 0.2 * share(seed + 30 + corner));
            rounded(centre.x + reach * angle.cos(), centre.y + reach * angle.sin(), 1e7)
        })
        .collect();
    ring.push(ring[0]);
    Parcel {
        section: ["A", "B", "ZA", "AB", "AC"][(index / 2_700) as usize % 5].to_owned(),
        number: 1 + index % 2_700,
        contenance: 80 + drawn(seed + 63) % 4_000,
        outline: Polygon::new(LineString(ring), Vec::new()),
    }
}

/// Coordinates with as many decimals as a file keeps.
pub fn rounded(x: f64, y: f64, per_unit: f64) -> Coord<f64> {
    Coord { x: (x * per_unit).round() / per_unit, y: (y * per_unit).round() / per_unit }
}
