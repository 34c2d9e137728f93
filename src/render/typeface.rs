//! The embedded typeface: widths, line breaking, outlines. DejaVu Sans 2.37, so that pictures are the same on every
//! machine. plotters' own glyph painter drops side bearings and rounds the pen to whole pixels; here text is outlines.

use std::sync::OnceLock;

use ab_glyph::Font;
use ab_glyph::FontRef;
use ab_glyph::OutlineCurve;

use crate::render::error::RenderError;
use crate::render::map::Face;

/// What SVG readers are asked for; Arial is narrower, so measured widths stay an upper bound.
pub(super) const FONT_FAMILY: &str = "DejaVu Sans, Arial, sans-serif";

/// Height of capitals over the em, of DejaVu Sans.
pub(super) const CAP_HEIGHT_EM: f64 = 0.729;

/// Depth of letters like g and p under the baseline over the em.
pub(super) const DESCENT_EM: f64 = 0.236;

/// The three cuts in use.
pub(super) struct Typeface {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
    oblique: FontRef<'static>,
}

impl Typeface {
    /// The typeface, read once per process.
    ///
    /// # Errors
    /// [`RenderError::Font`] when the embedded bytes are not a font.
    pub(super) fn load() -> Result<&'static Self, RenderError> {
        static FACES: OnceLock<Option<Typeface>> = OnceLock::new();
        FACES
            .get_or_init(|| {
                let read = |bytes| FontRef::try_from_slice(bytes).ok();
                Some(Self {
                    regular: read(dejavu::sans::regular())?,
                    bold: read(dejavu::sans::bold())?,
                    oblique: read(dejavu::sans::oblique())?,
                })
            })
            .as_ref()
            .ok_or(RenderError::Font)
    }

    fn font(&self, face: Face) -> &FontRef<'static> {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Oblique => &self.oblique,
        }
    }

    /// Calls `visit` with each glyph and its pen position in em, and returns the total advance in em.
    fn walk(&self, text: &str, face: Face, mut visit: impl FnMut(ab_glyph::GlyphId, f32)) -> f64 {
        let font = self.font(face);
        let upem = font.units_per_em().unwrap_or(2048.0);
        let mut pen = 0.0f32;
        let mut previous = None;
        for character in text.chars().filter(|c| !c.is_control()) {
            let glyph = font.glyph_id(character);
            if let Some(before) = previous {
                pen += font.kern_unscaled(before, glyph) / upem;
            }
            visit(glyph, pen);
            pen += font.h_advance_unscaled(glyph) / upem;
            previous = Some(glyph);
        }
        f64::from(pen)
    }

    /// Width of one line of text, pixels, for an em of `em_px`.
    pub(super) fn width_px(&self, text: &str, face: Face, em_px: f64) -> f64 {
        self.walk(text, face, |_, _| {}) * em_px
    }

    /// Adds the outlines of `text` to `builder`, starting at (`x_px`, `baseline_px`).
    pub(super) fn outline(
        &self,
        text: &str,
        face: Face,
        em_px: f64,
        (x_px, baseline_px): (f64, f64),
        builder: &mut tiny_skia::PathBuilder,
    ) {
        let font = self.font(face);
        let upem = font.units_per_em().unwrap_or(2048.0);
        let (x0, y0, em) = (x_px as f32, baseline_px as f32, em_px as f32);
        self.walk(text, face, |glyph, pen_em| {
            let Some(outline) = font.outline(glyph) else { return };
            let place =
                |p: ab_glyph::Point| (x0 + (pen_em + p.x / upem) * em, y0 - p.y / upem * em);
            let mut last = None;
            for curve in outline.curves {
                let (start, end) = match curve {
                    OutlineCurve::Line(a, b) => (a, b),
                    OutlineCurve::Quad(a, _, b) => (a, b),
                    OutlineCurve::Cubic(a, _, _, b) => (a, b),
                };
                // ab_glyph gives the curves end to end, without saying where a contour stops.
                if last != Some(start) {
                    if last.is_some() {
                        builder.close();
                    }
                    let (x, y) = place(start);
                    builder.move_to(x, y);
                }
                let (x, y) = place(end);
                match curve {
                    OutlineCurve::Line(..) => builder.line_to(x, y),
                    OutlineCurve::Quad(_, c, _) => {
                        let (cx, cy) = place(c);
                        builder.quad_to(cx, cy, x, y);
                    }
                    OutlineCurve::Cubic(_, c, d, _) => {
                        let ((cx, cy), (dx, dy)) = (place(c), place(d));
                        builder.cubic_to(cx, cy, dx, dy, x, y);
                    }
                }
                last = Some(end);
            }
            if last.is_some() {
                builder.close();
            }
        });
    }

    /// `text` cut to `max_px` with an ellipsis, or unchanged if it fits.
    pub(super) fn ellipsis(&self, text: &str, face: Face, em_px: f64, max_px: f64) -> String {
        if self.width_px(text, face, em_px) <= max_px {
            return text.to_owned();
        }
        let mut kept = text.trim_end().to_owned();
        while kept.pop().is_some() {
            let cut = format!("{}…", kept.trim_end());
            if self.width_px(&cut, face, em_px) <= max_px {
                return cut;
            }
        }
        String::new()
    }

    /// `text` on lines of at most `max_px`: breaks at spaces and after hyphens and slashes, inside a word only if it
    /// is longer than a line; what does not fit in `max_lines` ends with an ellipsis. No-break spaces do not break.
    pub(super) fn wrap(
        &self,
        text: &str,
        face: Face,
        em_px: f64,
        max_px: f64,
        max_lines: usize,
    ) -> Vec<String> {
        let fits = |s: &str| self.width_px(s.trim_end(), face, em_px) <= max_px;
        let text = text.replace('\n', " ");
        let mut lines = vec![String::new()];
        for piece in text.split_inclusive([' ', '-', '/']) {
            let line = lines.last().cloned().unwrap_or_default();
            if fits(&format!("{line}{piece}")) {
                lines.pop();
                lines.push(line + piece);
            } else if fits(piece) {
                lines.push(piece.to_owned());
            } else {
                for character in piece.chars() {
                    let line = lines.last().cloned().unwrap_or_default();
                    if !line.is_empty() && !fits(&format!("{line}{character}")) {
                        lines.push(String::new());
                    }
                    if let Some(line) = lines.last_mut() {
                        line.push(character);
                    }
                }
            }
        }
        let mut lines: Vec<String> =
            lines.iter().map(|l| l.trim_end().to_owned()).filter(|l| !l.is_empty()).collect();
        let max_lines = max_lines.max(1);
        if lines.len() > max_lines {
            let rest = format!("{}…", lines[max_lines - 1]);
            lines.truncate(max_lines - 1);
            lines.push(if self.width_px(&rest, face, em_px) <= max_px {
                rest
            } else {
                self.ellipsis(&format!("{rest}…"), face, em_px, max_px)
            });
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_glyphs_exist() {
        let faces = Typeface::load().unwrap();
        for face in [Face::Regular, Face::Bold, Face::Oblique] {
            for character in "éèêëçœŒàâîïôûùÉÀ’«»²³€–—…°≤≥−×\u{202f}\u{a0}".chars()
            {
                assert_ne!(faces.font(face).glyph_id(character).0, 0, "{character:?} {face:?}");
            }
        }
    }

    #[test]
    fn wrapped_lines_fit_and_say_everything() {
        let faces = Typeface::load().unwrap();
        let text = "Zone d’activités intercommunale de Beaumont-de-Lomagne / Saint-Clar";
        let lines = faces.wrap(text, Face::Regular, 20.0, 240.0, 9);
        assert!(lines.len() > 1);
        for line in &lines {
            assert!(faces.width_px(line, Face::Regular, 20.0) <= 240.0, "{line}");
        }
        let joined: String = lines.concat().replace(' ', "");
        assert_eq!(joined, text.replace(' ', ""));
    }

    #[test]
    fn too_long_ends_with_an_ellipsis_that_fits() {
        let faces = Typeface::load().unwrap();
        let lines = faces.wrap(&"anticonstitutionnellement".repeat(9), Face::Bold, 20.0, 200.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
        assert!(lines.iter().all(|l| faces.width_px(l, Face::Bold, 20.0) <= 200.0));
        assert_eq!(faces.wrap("", Face::Bold, 20.0, 200.0, 2).len(), 0);
    }

    #[test]
    fn width_is_that_of_the_font_file() {
        // Advance widths of DejaVu Sans 2.37, from its hmtx table as ttx prints it: N 1532, space 651, of 2048.
        let faces = Typeface::load().unwrap();
        let width = faces.width_px("N N", Face::Regular, 2048.0);
        assert!((width - (1532.0 * 2.0 + 651.0)).abs() < 1.0, "{width}");
    }
}
