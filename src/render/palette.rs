//! Colours that stay apart on paper and for colour-blind readers; the tests measure it. Zones and hazards carry a
//! hatch where colour alone would be thin.

use crate::render::symbol::Hatch;
use crate::render::symbol::HatchDirection;
use crate::render::symbol::Rgba;
use crate::render::symbol::Stroke;
use crate::render::symbol::Symbol;

/// From little (light) to much (dark): viridis, reversed for white paper (van der Walt and Smith, 2015).
pub const SEQUENTIAL: [Rgba; 5] = [
    Rgba::hex(0xfd_e7_25),
    Rgba::hex(0x5e_c9_62),
    Rgba::hex(0x21_91_8c),
    Rgba::hex(0x3b_52_8b),
    Rgba::hex(0x44_01_54),
];

/// From one side (orange) through the middle (near white) to the other (purple): ColorBrewer PuOr, 5 classes.
pub const DIVERGING: [Rgba; 5] = [
    Rgba::hex(0xe6_61_01),
    Rgba::hex(0xfd_b8_63),
    Rgba::hex(0xf7_f7_f7),
    Rgba::hex(0xb2_ab_d2),
    Rgba::hex(0x5e_3c_99),
];

/// From slack (pale sand) to tight (dark red): one hue, so that the eye goes to where it is tight, in grey as in colour.
pub const TENSION: [Rgba; 5] = [
    Rgba::hex(0xff_e3_c2),
    Rgba::hex(0xf6_c3_8b),
    Rgba::hex(0xe2_85_4f),
    Rgba::hex(0xb6_3a_2c),
    Rgba::hex(0x67_0a_14),
];

/// What is not known: never a colour of a class.
pub const UNKNOWN: Rgba = Rgba::hex(0xdd_dd_dd);

/// Water.
pub const WATER: Rgba = Rgba::hex(0x5b_a3_d0);

/// Limits of communes and EPCI.
pub const LIMIT: Rgba = Rgba::hex(0x6b_6b_73);

/// Roads.
pub const ROAD: Rgba = Rgba::hex(0xd9_6c_3f);

/// The sequential palette for `classes` classes: its own colours at 5, interpolated otherwise. 1 class is the middle.
#[must_use]
pub fn sequential(classes: usize) -> Vec<Rgba> {
    spread(&SEQUENTIAL, classes)
}

/// The palette of tension for `classes` classes, as [`sequential`].
#[must_use]
pub fn tension(classes: usize) -> Vec<Rgba> {
    spread(&TENSION, classes)
}

/// The diverging palette for `classes` classes; an odd number keeps a neutral middle.
#[must_use]
pub fn diverging(classes: usize) -> Vec<Rgba> {
    spread(&DIVERGING, classes)
}

/// A class for values that are not known: grey, hatched.
#[must_use]
pub fn unknown_symbol() -> Symbol {
    Symbol::Area {
        fill: Some(UNKNOWN),
        hatch: Some(hatch(0x99_99_99, HatchDirection::Rising)),
        outline: Some(Stroke::solid(Rgba::hex(0x99_99_99), 0.1)),
    }
}

fn spread(colors: &[Rgba; 5], classes: usize) -> Vec<Rgba> {
    (0..classes)
        .map(|rank| {
            let at = if classes < 2 { 2.0 } else { 4.0 * rank as f64 / (classes - 1) as f64 };
            let low = (at.floor() as usize).min(3);
            mix(colors[low], colors[low + 1], at - low as f64)
        })
        .collect()
}

fn mix(a: Rgba, b: Rgba, share: f64) -> Rgba {
    let channel = |x: u8, y: u8| {
        (f64::from(x) + (f64::from(y) - f64::from(x)) * share).round().clamp(0.0, 255.0) as u8
    };
    Rgba {
        red: channel(a.red, b.red),
        green: channel(a.green, b.green),
        blue: channel(a.blue, b.blue),
        alpha: channel(a.alpha, b.alpha),
    }
}

/// What a zone of a plan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ZoneKind {
    /// Built-up, mainly dwellings.
    Housing,
    /// Built-up, business.
    Activity,
    /// Public facilities.
    Facility,
    /// Built-up, several uses.
    Mixed,
    /// To be built (AU).
    ToUrbanise,
    /// Farmland (A).
    Farmland,
    /// Natural and forest (N).
    Natural,
}

impl ZoneKind {
    /// All kinds, in the order of a legend.
    pub const ALL: [Self; 7] = [
        Self::Activity,
        Self::Mixed,
        Self::Housing,
        Self::Facility,
        Self::ToUrbanise,
        Self::Farmland,
        Self::Natural,
    ];

    /// Its colour: near the custom of French plans (reds built, violet business, yellow farms, green nature).
    #[must_use]
    pub const fn color(self) -> Rgba {
        match self {
            Self::Housing => Rgba::hex(0xe8_a0_a8),
            Self::Activity => Rgba::hex(0x7b_3f_98),
            Self::Facility => Rgba::hex(0x3b_7f_c4),
            Self::Mixed => Rgba::hex(0xc9_76_2b),
            Self::ToUrbanise => Rgba::hex(0xf7_c6_e6),
            Self::Farmland => Rgba::hex(0xff_f1_a8),
            Self::Natural => Rgba::hex(0x6f_ae_6b),
        }
    }

    /// Its symbol; land to be built is hatched, so that it never passes for land already built.
    #[must_use]
    pub fn symbol(self) -> Symbol {
        let hatch = (self == Self::ToUrbanise).then(|| hatch(0xb0_3a_8a, HatchDirection::Rising));
        Symbol::Area {
            fill: Some(self.color()),
            hatch,
            outline: Some(Stroke::solid(Rgba::WHITE, 0.1)),
        }
    }
}

/// What may happen to a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hazard {
    /// Floods.
    Flood,
    /// Shrinking and swelling of clay.
    Clay,
    /// Landslides, cavities.
    GroundMovement,
    /// Plants at risk, pipelines, dangerous goods.
    Technological,
    /// Polluted soil.
    Pollution,
    /// Forest fire.
    Fire,
    /// Anything else.
    Other,
}

impl Hazard {
    /// All hazards, in the order of a legend.
    pub const ALL: [Self; 7] = [
        Self::Flood,
        Self::Clay,
        Self::GroundMovement,
        Self::Fire,
        Self::Technological,
        Self::Pollution,
        Self::Other,
    ];

    /// Its colour.
    #[must_use]
    pub const fn color(self) -> Rgba {
        match self {
            Self::Flood => Rgba::hex(0x2b_7b_ba),
            Self::Clay => Rgba::hex(0xc0_8a_3e),
            Self::GroundMovement => Rgba::hex(0x7a_4a_21),
            Self::Technological => Rgba::hex(0xd3_36_6c),
            Self::Pollution => Rgba::hex(0x6b_2d_8f),
            Self::Fire => Rgba::hex(0xf2_8e_1c),
            Self::Other => Rgba::hex(0x8a_8f_96),
        }
    }

    /// Its symbol: a light tint under a hatch of its own direction, to be laid over other layers.
    #[must_use]
    pub fn symbol(self) -> Symbol {
        let direction = match self {
            Self::Flood => HatchDirection::Horizontal,
            Self::Clay | Self::Other => HatchDirection::Falling,
            Self::GroundMovement | Self::Fire => HatchDirection::Vertical,
            Self::Technological => HatchDirection::Rising,
            Self::Pollution => HatchDirection::Crossed,
        };
        let color = self.color();
        let hatch = Hatch { color, width_mm: 0.22, spacing_mm: 1.3, direction };
        Symbol::Area {
            fill: Some(color.with_alpha(45)),
            hatch: Some(hatch),
            outline: Some(Stroke::solid(color, 0.2)),
        }
    }
}

fn hatch(rgb: u32, direction: HatchDirection) -> Hatch {
    Hatch { color: Rgba::hex(rgb), width_mm: 0.18, spacing_mm: 1.1, direction }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Matrix = [[f64; 3]; 3];

    /// Sight without one kind of cone, in linear RGB (Machado, Oliveira and Fernandes, 2009, severity 1).
    const SIGHTS: [(&str, Matrix); 4] = [
        ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
    ];

    fn times(m: &Matrix, v: [f64; 3]) -> [f64; 3] {
        m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
    }

    fn linear(c: Rgba) -> [f64; 3] {
        [c.red, c.green, c.blue].map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// CIE L*a*b*, D65, as seen with a given sight.
    fn lab(c: Rgba, sight: &Matrix) -> [f64; 3] {
        const XYZ: Matrix = [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ];
        let [x, y, z] = times(&XYZ, times(sight, linear(c)).map(|v| v.clamp(0.0, 1.0)));
        let f = |t: f64| {
            if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 }
        };
        let (fx, fy, fz) = (f(x / 0.95047), f(y), f(z / 1.08883));
        [116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz)]
    }

    fn delta_e(a: Rgba, b: Rgba, sight: &Matrix) -> f64 {
        let (a, b) = (lab(a, sight), lab(b, sight));
        ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)).sqrt()
    }

    /// 2.3 is just seen; 10 is told at a glance; 12 leaves room for a poor printer.
    fn assert_apart(name: &str, colors: &[Rgba]) {
        for (sight, matrix) in &SIGHTS {
            for (rank, a) in colors.iter().enumerate() {
                for b in &colors[rank + 1..] {
                    let apart = delta_e(*a, *b, matrix);
                    assert!(
                        apart >= 12.0,
                        "{name}, {sight}: {} {} {apart:.1}",
                        a.to_hex(),
                        b.to_hex()
                    );
                }
            }
        }
    }

    #[test]
    fn lab_of_known_colors() {
        // Pure red is L* 53.24, a* 80.09, b* 67.20 under D65 (Lindbloom).
        let red = lab(Rgba::hex(0xff_00_00), &SIGHTS[0].1);
        for (found, expected) in red.iter().zip([53.24, 80.09, 67.20]) {
            assert!((found - expected).abs() < 0.02, "{red:?}");
        }
    }

    #[test]
    fn every_reader_tells_the_classes_apart() {
        assert_apart("sequential", &SEQUENTIAL);
        assert_apart("tension", &TENSION);
        assert_apart("tension and the unknown", &[&tension(4)[..], &[UNKNOWN]].concat());
        assert_apart("diverging", &DIVERGING);
        assert_apart("zones", &ZoneKind::ALL.map(ZoneKind::color));
        assert_apart("hazards", &Hazard::ALL.map(Hazard::color));
    }

    #[test]
    fn sequential_darkens_for_every_reader() {
        for (sight, matrix) in &SIGHTS {
            for classes in 2..8 {
                for palette in [sequential(classes), tension(classes)] {
                    let light: Vec<f64> = palette.iter().map(|c| lab(*c, matrix)[0]).collect();
                    assert!(light.windows(2).all(|w| w[0] > w[1]), "{sight} {classes}: {light:?}");
                }
            }
        }
    }

    #[test]
    fn palettes_have_the_length_asked() {
        assert_eq!(sequential(5), SEQUENTIAL);
        assert_eq!(sequential(0), []);
        assert_eq!(sequential(1), [SEQUENTIAL[2]]);
        assert_eq!(diverging(3), [DIVERGING[0], DIVERGING[2], DIVERGING[4]]);
    }
}
