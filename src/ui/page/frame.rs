//! One frame of a page: what is shown, where on the screen, and how large.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::flow::Metrics;
use super::input::Page;
use super::style::PageStyle;
use crate::{
    text::Text,
    ui::typeset::{Direction, Language, Slant, TextStyle},
};

/// A column of so many ems of the title, or more, shows it in its full size.
const TITLE_EMS: f32 = 14.0;
/// Of its full size, however narrow the column is: it is then as large as the text.
const SMALLEST_TITLE: f32 = 0.6;

/// What everything that happens in a frame is judged by.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    /// What the caller gave for this frame.
    pub page: &'a Page<'a>,
    /// Where the page is, and how large everything on it.
    pub measures: Measures,
}

/// Where the page is, in points and pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    /// The page in the window, in points.
    pub rect: Rect,
    /// Its upper left in whole pixels.
    pub origin: Vec2,
    /// Pixels a point.
    pub scale: f32,
    /// Height of the view in pixels.
    pub view: f32,
    /// Left edge of the column in pixels, from the left edge of the page.
    pub column_x: f32,
    /// Width of the column in pixels; lines break at it.
    pub column: f32,
}

impl<'a> Frame<'a> {
    /// A frame of a page that takes `rect` of the window, in points; `scale` is the pixels a point has.
    pub fn new(page: &'a Page<'a>, rect: Rect, scale: f32) -> Self {
        Self { page, measures: Measures::new(rect, scale, page.style) }
    }

    /// The text that is shown.
    pub fn text(&self) -> &'a Text {
        self.page.source.text()
    }

    /// Sizes and distances of everything that is laid out, in pixels.
    pub fn metrics(&self) -> Metrics {
        self.measures.metrics(self.page.style, self.page.language)
    }
}

impl Measures {
    /// Of a page at a place of the window, in points; `scale` is the pixels a point has.
    pub fn new(rect: Rect, scale: f32, style: &PageStyle) -> Self {
        let size = rect.size() * scale;
        let margin = style.margin * scale;
        let widest = style.column_width * style.text_scale * scale;
        let column = widest.min(size.x - 2.0 * margin).max(8.0 * style.body_size * scale).round();
        Self {
            rect,
            origin: vec2((rect.min.x * scale).round(), (rect.min.y * scale).round()),
            scale,
            view: size.y.round(),
            column_x: ((size.x - column) / 2.0).max(margin.min(size.x - column)).max(0.0).round(),
            column,
        }
    }

    /// The styles of all text, with sizes in pixels. An unknown or malformed language tag counts as none.
    fn metrics(&self, style: &PageStyle, language: Option<&str>) -> Metrics {
        let text = self.scale * style.text_scale;
        let family: std::sync::Arc<str> = style.family.as_ref().into();
        let language = language.and_then(|tag| Language::parse(tag).ok());
        let text_style = |size: f32, line_height: f32, weight: f32, slant: Slant| TextStyle {
            family: family.clone(),
            size: size * text,
            line_height: (line_height * text).round(),
            weight,
            slant,
            language,
            direction: Direction::Auto,
            strong: None,
        };
        // A narrow column has a smaller title: a word of it is to fit on a line.
        let room = (self.column / (style.title_size * text * TITLE_EMS)).clamp(SMALLEST_TITLE, 1.0);
        Metrics {
            width: self.column,
            body: text_style(style.body_size, style.line_height, 400.0, Slant::Upright),
            title: text_style(
                style.title_size * room,
                style.title_line_height * room,
                style.title_weight,
                Slant::Upright,
            ),
            byline: text_style(style.byline_size, style.byline_line_height, 400.0, Slant::Italic),
            padding_top: (style.padding_top * self.scale).round(),
            padding_bottom: (style.padding_bottom * self.scale).round(),
            heading_gap: (style.heading_gap * text).round(),
            paragraph_gap: (style.paragraph_gap * text).round(),
        }
    }

    /// A point of the window in pixels from the upper left of the page.
    pub fn to_page(self, point: Pos2) -> Pos2 {
        pos2(point.x * self.scale, point.y * self.scale) - self.origin
    }

    /// The same the other way round.
    pub fn to_window(self, rect: Rect) -> Rect {
        rect.translate(self.origin) / self.scale
    }
}
