//! SVG text: even-odd paths, escaped text, named groups that an editor shows as layers.

use std::fmt::Write;

use crate::render::error::RenderError;
use crate::render::map::Face;
use crate::render::surface::Anchor;
use crate::render::surface::HatchPx;
use crate::render::surface::Paint;
use crate::render::surface::Path;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::symbol::Rgba;
use crate::render::typeface::FONT_FAMILY;

/// A picture as SVG text.
pub(super) struct SvgSurface {
    size: (u32, u32),
    out: String,
    /// Hatches defined so far; their rank is their name.
    hatches: Vec<HatchPx>,
}

impl SvgSurface {
    /// A white page named `title`, `px_per_mm` pixels to the millimetre so that A4 prints as A4.
    pub(super) fn new(width: u32, height: u32, px_per_mm: f64, title: &str) -> Self {
        let mut surface = Self { size: (width, height), out: String::new(), hatches: Vec::new() };
        surface.put(format_args!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}mm\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"{FONT_FAMILY}\">\n\
             <title>{}</title>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
            Short(f64::from(width) / px_per_mm),
            Short(f64::from(height) / px_per_mm),
            Escaped(title),
        ));
        surface
    }

    /// The picture, closed.
    pub(super) fn into_text(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }

    fn put(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(arguments);
    }

    /// Name of a hatch, defined on first use.
    fn hatch(&mut self, hatch: HatchPx) -> usize {
        if let Some(known) = self.hatches.iter().position(|h| *h == hatch) {
            return known;
        }
        let name = self.hatches.len();
        self.hatches.push(hatch);
        let tile = hatch.tile;
        self.put(format_args!(
            "<defs><pattern id=\"hatch-{name}\" width=\"{tile}\" height=\"{tile}\" \
             patternUnits=\"userSpaceOnUse\"><path d=\""
        ));
        for [(x0, y0), (x1, y1)] in hatch.lines() {
            self.put(format_args!("M{} {}L{} {}", Short(x0), Short(y0), Short(x1), Short(y1)));
        }
        self.put(format_args!(
            "\" stroke=\"{}\"{} stroke-width=\"{}\"/></pattern></defs>\n",
            hatch.color.to_hex(),
            Opacity("stroke-opacity", hatch.color),
            Short(hatch.width),
        ));
        name
    }

    fn path_data(&mut self, path: &Path) {
        self.out.push_str(" d=\"");
        for (points, closed) in path.parts() {
            for (rank, (x, y)) in points.iter().enumerate() {
                let order = if rank == 0 { 'M' } else { 'L' };
                self.put(format_args!("{order}{} {}", Short(*x), Short(*y)));
            }
            if closed {
                self.out.push('Z');
            }
        }
        for (x, y, radius) in path.discs() {
            let (r, d) = (Short(*radius), Short(radius * 2.0));
            self.put(format_args!(
                "M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z",
                Short(x - radius),
                Short(*y)
            ));
        }
        self.out.push('"');
    }

    fn line_of_text(&mut self, text: &Text<'_>, paint: std::fmt::Arguments<'_>) {
        let anchor = match text.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let face = match text.face {
            Face::Regular => "",
            Face::Bold => " font-weight=\"bold\"",
            Face::Oblique => " font-style=\"oblique\"",
        };
        self.put(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}{face} {paint}>{}</text>\n",
            Short(text.at.0),
            Short(text.at.1),
            Short(text.em_px),
            Escaped(text.text),
        ));
    }
}

impl Surface for SvgSurface {
    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn shape(&mut self, path: &Path, paint: &Paint) -> Result<(), RenderError> {
        if path.is_empty() {
            return Ok(());
        }
        let hatch = paint.hatch.map(|h| self.hatch(h));
        self.out.push_str("<path");
        match paint.fill {
            Some(c) => self.put(format_args!(
                " fill=\"{}\"{} fill-rule=\"evenodd\"",
                c.to_hex(),
                Opacity("fill-opacity", c)
            )),
            None => self.out.push_str(" fill=\"none\""),
        }
        let over =
            hatch.map(|name| format!("<path fill=\"url(#hatch-{name})\" fill-rule=\"evenodd\""));
        // The edge goes over the hatch, so a hatched shape is written twice.
        if over.is_none() {
            self.edge(paint);
        }
        self.path_data(path);
        self.out.push_str("/>\n");
        if let Some(over) = over {
            self.out.push_str(&over);
            self.edge(paint);
            self.path_data(path);
            self.out.push_str("/>\n");
        }
        Ok(())
    }

    fn text(&mut self, text: &Text<'_>) -> Result<(), RenderError> {
        if text.text.is_empty() {
            return Ok(());
        }
        // Two elements rather than `paint-order`, which office programs ignore.
        if let Some((color, beyond)) = text.halo {
            self.line_of_text(
                text,
                format_args!(
                    "fill=\"none\" stroke=\"{}\"{} stroke-width=\"{}\" stroke-linejoin=\"round\"",
                    color.to_hex(),
                    Opacity("stroke-opacity", color),
                    Short(beyond * 2.0)
                ),
            );
        }
        let opacity = Opacity("fill-opacity", text.color);
        self.line_of_text(text, format_args!("fill=\"{}\"{opacity}", text.color.to_hex()));
        Ok(())
    }

    fn open_group(&mut self, id: &str, title: &str) {
        self.put(format_args!("<g id=\"{}\">\n", Escaped(id)));
        if !title.is_empty() {
            self.put(format_args!("<title>{}</title>\n", Escaped(title)));
        }
    }

    fn close_group(&mut self) {
        self.out.push_str("</g>\n");
    }

    fn open_panel(&mut self, rect: &PxRect) -> Result<(), RenderError> {
        self.put(format_args!(
            "<defs><clipPath id=\"panel\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath></defs>\n\
             <g id=\"map\" clip-path=\"url(#panel)\">\n",
            Short(rect.left),
            Short(rect.top),
            Short(rect.width),
            Short(rect.height)
        ));
        Ok(())
    }

    fn close_panel(&mut self) -> Result<(), RenderError> {
        self.out.push_str("</g>\n");
        Ok(())
    }
}

impl SvgSurface {
    fn edge(&mut self, paint: &Paint) {
        let Some(stroke) = paint.stroke.filter(|s| s.width > 0.0) else { return };
        self.put(format_args!(
            " stroke=\"{}\"{} stroke-width=\"{}\" stroke-linejoin=\"round\"",
            stroke.color.to_hex(),
            Opacity("stroke-opacity", stroke.color),
            Short(stroke.width)
        ));
        match stroke.dash {
            Some((on, off)) => {
                self.put(format_args!(" stroke-dasharray=\"{} {}\"", Short(on), Short(off)));
            }
            None => self.out.push_str(" stroke-linecap=\"round\""),
        }
    }
}

/// A length with at most two decimals and no idle zeros.
#[derive(Clone, Copy)]
struct Short(f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            r if r % 10 == 0 => write!(f, "{sign}{whole}.{}", r / 10),
            r => write!(f, "{sign}{whole}.{r:02}"),
        }
    }
}

/// An opacity attribute, absent when opaque.
struct Opacity(&'static str, Rgba);

impl std::fmt::Display for Opacity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.1.alpha == 255 {
            return Ok(());
        }
        write!(f, " {}=\"{}\"", self.0, Short(self.1.opacity()))
    }
}

/// Text that XML will read back as it was; control characters, which XML forbids, are dropped.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\u{fffe}' | '\u{ffff}' => {}
                c if c.is_control() => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        let cases = [(0.0, "0"), (-0.001, "0"), (1.5, "1.5"), (-2.05, "-2.05"), (1e6, "1000000")];
        for (value, expected) in cases {
            assert_eq!(Short(value).to_string(), expected);
        }
    }

    #[test]
    fn text_is_escaped() {
        let text = Escaped("A & B <œuvre> « 5 € » l’\"été\"\u{1}").to_string();
        assert_eq!(text, "A &amp; B &lt;œuvre&gt; « 5 € » l’&quot;été&quot;");
    }
}
