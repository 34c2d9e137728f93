//! What the range of coordinates tells about their reference system, for metropolitan France.

use geo::Coord;

use super::crs::LAMBERT_93;
use super::crs::WGS_84;
use super::crs::guess;

/// EPSG code of NTF / Lambert II étendu.
const LAMBERT_2_EXTENDED: u32 = 27_572;

/// Ranges of coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    x: (f64, f64),
    y: (f64, f64),
}

impl Window {
    /// Whether a place lies in it.
    #[must_use]
    pub fn holds(&self, at: Coord<f64>) -> bool {
        (self.x.0..=self.x.1).contains(&at.x) && (self.y.0..=self.y.1).contains(&at.y)
    }

    /// Whether a place lies in it once its two coordinates are exchanged, and not as it is.
    #[must_use]
    pub fn holds_swapped(&self, at: Coord<f64>) -> bool {
        !self.holds(at) && self.holds(Coord { x: at.y, y: at.x })
    }
}

/// Where metropolitan France lies in a reference system, for those that its open data come in. `None` for others.
#[must_use]
pub fn window_of(epsg: u32) -> Option<Window> {
    let window = |x, y| Some(Window { x, y });
    match epsg {
        4171 | 4258 | 4326 | 4965 | 4979 => window((-6.0, 11.0), (41.0, 52.0)),
        LAMBERT_93 | 9793 | 9794 => window((-50_000.0, 1_350_000.0), (5_950_000.0, 7_250_000.0)),
        3942..=3950 => {
            let origin = f64::from(epsg - 3941) * 1_000_000.0 + 200_000.0;
            window((900_000.0, 2_500_000.0), (origin - 250_000.0, origin + 250_000.0))
        }
        LAMBERT_2_EXTENDED => window((0.0, 1_250_000.0), (1_600_000.0, 2_750_000.0)),
        3857 => window((-700_000.0, 1_250_000.0), (5_000_000.0, 6_850_000.0)),
        _ => None,
    }
}

/// The system that the coordinates of most places come from, whichever way round they are written; `None` when they
/// are of none that is known here.
#[must_use]
pub fn recognise(places: &[Coord<f64>]) -> Option<u32> {
    let mut votes: Vec<(u32, usize)> = Vec::new();
    for at in places {
        let swapped = Coord { x: at.y, y: at.x };
        let found = of_one(*at).or_else(|| of_one(swapped));
        match votes.iter_mut().find(|(epsg, _)| Some(*epsg) == found) {
            Some((_, count)) => *count += 1,
            None => votes.extend(found.map(|epsg| (epsg, 1))),
        }
    }
    let (epsg, count) =
        votes.into_iter().max_by_key(|(epsg, count)| (*count, std::cmp::Reverse(*epsg)))?;
    (2 * count > places.len()).then_some(epsg)
}

fn of_one(at: Coord<f64>) -> Option<u32> {
    let extended = window_of(LAMBERT_2_EXTENDED).filter(|_| at.x < 900_000.0);
    guess(at).or_else(|| extended.filter(|window| window.holds(at)).map(|_| LAMBERT_2_EXTENDED))
}

/// Whether a system can be that of these places: most of them lie in France by it, either way round. A system whose
/// range is not known here can.
#[must_use]
pub fn is_plausible(epsg: u32, places: &[Coord<f64>]) -> bool {
    let Some(window) = window_of(epsg) else { return true };
    let fitting =
        places.iter().filter(|at| window.holds(**at) || window.holds_swapped(**at)).count();
    2 * fitting >= places.len()
}

/// The accuracy of the way to Lambert-93 in metres, where it is worse than a centimetre: NTF systems without their
/// grid. Source: IGN, accuracy of the three-parameter transformation NTF to RGF93.
#[must_use]
pub fn stated_accuracy_m(epsg: u32) -> Option<f64> {
    matches!(epsg, 4275 | 4807 | 27_561..=27_564 | 27_571..=27_574).then_some(3.0)
}

/// Longitude and latitude, in the order longitude, latitude: what GeoJSON without a word means.
pub const GEOJSON_DEFAULT: u32 = WGS_84;

#[cfg(test)]
mod tests {
    use super::*;

    const MONTAUBAN_WGS84: Coord<f64> = Coord { x: 1.355, y: 44.018 };
    const MONTAUBAN_93: Coord<f64> = Coord { x: 568_200.0, y: 6_325_000.0 };
    const MONTAUBAN_CC44: Coord<f64> = Coord { x: 1_568_000.0, y: 3_203_000.0 };
    const MONTAUBAN_2E: Coord<f64> = Coord { x: 520_600.0, y: 1_891_500.0 };

    #[test]
    fn systems_are_recognised_either_way_round() {
        for (at, epsg) in [
            (MONTAUBAN_WGS84, 4326),
            (MONTAUBAN_93, 2154),
            (MONTAUBAN_CC44, 3944),
            (MONTAUBAN_2E, 27_572),
        ] {
            assert_eq!(recognise(&[at]), Some(epsg));
            assert_eq!(recognise(&[Coord { x: at.y, y: at.x }]), Some(epsg), "swapped {epsg}");
            assert!(is_plausible(epsg, &[at]));
        }
        assert!(!is_plausible(4326, &[MONTAUBAN_93]));
        assert!(!is_plausible(2154, &[MONTAUBAN_WGS84]));
        assert!(is_plausible(2975, &[MONTAUBAN_WGS84]), "an unknown system is left alone");
        assert_eq!(recognise(&[Coord { x: 5.0, y: 5.0 }]), None);
        assert_eq!(recognise(&[]), None);
    }

    #[test]
    fn one_place_does_not_outvote_the_others() {
        let far = Coord { x: 0.0, y: 0.0 };
        assert_eq!(recognise(&[far, MONTAUBAN_93, MONTAUBAN_93]), Some(2154));
        assert_eq!(recognise(&[far, far, MONTAUBAN_93]), None);
    }

    #[test]
    fn latitude_first_is_seen() {
        let window = window_of(4326).unwrap();
        assert!(window.holds_swapped(Coord { x: 44.018, y: 1.355 }));
        assert!(!window.holds_swapped(MONTAUBAN_WGS84));
        assert!(!window.holds_swapped(Coord { x: 100.0, y: 0.0 }));
    }
}
