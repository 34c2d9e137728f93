//! The page as plotters sees it: a drawing backend over any [`Surface`], and the sheet on which the room draws.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::drawing::IntoDrawingArea;
use plotters::element::Drawable;
use plotters::element::PointCollection;
use plotters_backend::BackendColor;
use plotters_backend::BackendCoord;
use plotters_backend::BackendStyle;
use plotters_backend::BackendTextStyle;
use plotters_backend::DrawingBackend;
use plotters_backend::DrawingErrorKind;
use plotters_backend::FontStyle;
use plotters_backend::text_anchor::HPos;
use plotters_backend::text_anchor::VPos;

use crate::render::error::RenderError;
use crate::render::map::Face;
use crate::render::surface::Anchor;
use crate::render::surface::Paint;
use crate::render::surface::Path;
use crate::render::surface::PxRect;
use crate::render::surface::Surface;
use crate::render::surface::Text;
use crate::render::symbol::Rgba;
use crate::render::typeface::CAP_HEIGHT_EM;
use crate::render::typeface::Typeface;

/// plotters' font size over the em, as its own SVG backend has it.
const PLOTTERS_SIZE_PER_EM: f64 = 1.24;

/// A plotters backend that draws on a surface.
pub(super) struct Backend<'s, S: Surface> {
    surface: &'s mut S,
    faces: &'static Typeface,
}

type Drawn = Result<(), DrawingErrorKind<RenderError>>;

impl<S: Surface> Backend<'_, S> {
    fn shape(&mut self, path: &Path, paint: &Paint) -> Drawn {
        self.surface.shape(path, paint).map_err(DrawingErrorKind::DrawingError)
    }

    fn styled<B: BackendStyle>(&mut self, path: &Path, style: &B, fill: bool) -> Drawn {
        let color = rgba(style.color());
        let paint = if fill {
            Paint::fill(color)
        } else {
            Paint::stroke(color, f64::from(style.stroke_width()))
        };
        self.shape(path, &paint)
    }
}

fn rgba(color: BackendColor) -> Rgba {
    let (red, green, blue) = color.rgb;
    Rgba { red, green, blue, alpha: (color.alpha.clamp(0.0, 1.0) * 255.0).round() as u8 }
}

/// The middle of a pixel: where a line one pixel wide is sharp.
fn middle((x, y): BackendCoord) -> (f64, f64) {
    (f64::from(x) + 0.5, f64::from(y) + 0.5)
}

fn face(style: FontStyle) -> Face {
    match style {
        FontStyle::Bold => Face::Bold,
        FontStyle::Oblique | FontStyle::Italic => Face::Oblique,
        FontStyle::Normal => Face::Regular,
    }
}

impl<S: Surface> DrawingBackend for Backend<'_, S> {
    type ErrorType = RenderError;

    fn get_size(&self) -> (u32, u32) {
        self.surface.size()
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let mut path = Path::default();
        path.rect(&PxRect { left: f64::from(x), top: f64::from(y), width: 1.0, height: 1.0 });
        self.shape(&path, &Paint::fill(rgba(color)))
    }

    fn draw_line<B: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &B,
    ) -> Drawn {
        let mut path = Path::default();
        path.line(&[middle(from), middle(to)]);
        self.styled(&path, style, false)
    }

    fn draw_rect<B: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &B,
        fill: bool,
    ) -> Drawn {
        let inset = if fill { 0.0 } else { 0.5 };
        let mut path = Path::default();
        path.rect(&PxRect {
            left: f64::from(left) + inset,
            top: f64::from(top) + inset,
            width: f64::from(right - left),
            height: f64::from(bottom - top),
        });
        self.styled(&path, style, fill)
    }

    fn draw_path<B: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &B,
    ) -> Drawn {
        let mut path = Path::default();
        path.start(false);
        for (x, y) in points.into_iter().map(middle) {
            path.push(x, y);
        }
        self.styled(&path, style, false)
    }

    fn draw_circle<B: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &B,
        fill: bool,
    ) -> Drawn {
        let mut path = Path::default();
        let (x, y) = middle(center);
        path.disc(x, y, f64::from(radius));
        self.styled(&path, style, fill)
    }

    fn fill_polygon<B: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &B,
    ) -> Drawn {
        let mut path = Path::default();
        path.start(true);
        for (x, y) in points {
            path.push(f64::from(x), f64::from(y));
        }
        self.styled(&path, style, true)
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        (x, y): BackendCoord,
    ) -> Drawn {
        let em_px = style.size() / PLOTTERS_SIZE_PER_EM;
        let drop = match style.anchor().v_pos {
            VPos::Top => CAP_HEIGHT_EM,
            VPos::Center => CAP_HEIGHT_EM / 2.0,
            VPos::Bottom => 0.0,
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        self.surface
            .text(&Text {
                text,
                at: (f64::from(x), f64::from(y) + drop * em_px),
                em_px,
                face: face(style.style()),
                color: rgba(style.color()),
                anchor,
                halo: None,
            })
            .map_err(DrawingErrorKind::DrawingError)
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<RenderError>> {
        let em_px = style.size() / PLOTTERS_SIZE_PER_EM;
        let width = self.faces.width_px(text, face(style.style()), em_px);
        Ok((width.ceil() as u32, em_px.ceil() as u32))
    }
}

/// What the surface does beyond plotters' backend trait, as a plotters element.
enum Mark<'a> {
    Shape(&'a Path, &'a Paint),
    Text(&'a Text<'a>),
    OpenGroup(&'a str, &'a str),
    CloseGroup,
    OpenPanel(&'a PxRect),
    ClosePanel,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Mark<'_> {
    type Point = BackendCoord;
    type IntoIter = std::iter::Empty<BackendCoord>;

    /// None: marks carry fractions of a pixel, which plotters' points cannot.
    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl<S: Surface> Drawable<Backend<'_, S>> for Mark<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _points: I,
        backend: &mut Backend<'_, S>,
        _size: (u32, u32),
    ) -> Drawn {
        let surface = &mut *backend.surface;
        match self {
            Mark::Shape(path, paint) => surface.shape(path, paint),
            Mark::Text(text) => surface.text(text),
            Mark::OpenPanel(rect) => surface.open_panel(rect),
            Mark::ClosePanel => surface.close_panel(),
            Mark::OpenGroup(id, title) => {
                surface.open_group(id, title);
                Ok(())
            }
            Mark::CloseGroup => {
                surface.close_group();
                Ok(())
            }
        }
        .map_err(DrawingErrorKind::DrawingError)
    }
}

/// A page being drawn.
pub(super) struct Sheet<'s, S: Surface> {
    /// The plotters area of the whole page, for plotters' own charts and elements.
    pub(super) area: DrawingArea<Backend<'s, S>, Shift>,
    /// Widths and line breaks.
    pub(super) faces: &'static Typeface,
    /// Pixels to the millimetre of an A4 page.
    pub(super) px_per_mm: f64,
}

impl<'s, S: Surface> Sheet<'s, S> {
    pub(super) fn new(surface: &'s mut S, px_per_mm: f64) -> Result<Self, RenderError> {
        let faces = Typeface::load()?;
        Ok(Self { area: Backend { surface, faces }.into_drawing_area(), faces, px_per_mm })
    }

    /// Pixels for a length in millimetres.
    pub(super) fn mm(&self, millimetres: f64) -> f64 {
        millimetres * self.px_per_mm
    }

    /// Pixels for a type size in points. Never under 7 px, where letters stop being letters.
    pub(super) fn pt(&self, points: f64) -> f64 {
        (points * 25.4 / 72.0 * self.px_per_mm).max(7.0)
    }

    fn mark(&self, mark: &Mark<'_>) -> Result<(), RenderError> {
        self.area.draw(mark).map_err(drawing_error)
    }

    pub(super) fn shape(&self, path: &Path, paint: &Paint) -> Result<(), RenderError> {
        self.mark(&Mark::Shape(path, paint))
    }

    pub(super) fn rect(&self, rect: &PxRect, paint: &Paint) -> Result<(), RenderError> {
        let mut path = Path::default();
        path.rect(rect);
        self.shape(&path, paint)
    }

    pub(super) fn text(&self, text: &Text<'_>) -> Result<(), RenderError> {
        self.mark(&Mark::Text(text))
    }

    /// Draws what `inside` draws in a group called `id`, with a title for the pointer.
    pub(super) fn group(
        &self,
        id: &str,
        title: &str,
        inside: impl FnOnce() -> Result<(), RenderError>,
    ) -> Result<(), RenderError> {
        self.mark(&Mark::OpenGroup(id, title))?;
        inside()?;
        self.mark(&Mark::CloseGroup)
    }

    /// Draws what `inside` draws, kept inside `rect`.
    pub(super) fn panel(
        &self,
        rect: &PxRect,
        inside: impl FnOnce() -> Result<(), RenderError>,
    ) -> Result<(), RenderError> {
        self.mark(&Mark::OpenPanel(rect))?;
        inside()?;
        self.mark(&Mark::ClosePanel)
    }
}

/// The room's error inside plotters' error.
pub(super) fn drawing_error(error: DrawingAreaErrorKind<RenderError>) -> RenderError {
    match error {
        DrawingAreaErrorKind::BackendError(DrawingErrorKind::DrawingError(inner)) => inner,
        other => RenderError::Drawing { reason: other.to_string() },
    }
}
