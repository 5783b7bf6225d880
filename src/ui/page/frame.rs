//! The measures of one frame, shared by everything that happens in it.

use egui::{Pos2, Rect, Vec2, pos2, vec2};
use parley::Language;

use super::flow::Metrics;
use super::state::PageState;
use super::style::PageStyle;
use crate::ui::typeset::{Direction, Place, Side, Slant, TextStyle};

/// A column of so many ems of the title, or more, shows it in its full size.
const TITLE_EMS: f32 = 14.0;
/// Of its full size, however narrow the column is: it is then as large as the text.
const SMALLEST_TITLE: f32 = 0.6;

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
    /// Left edge and width of the column in pixels, from the left edge of the page.
    pub column_x: f32,
    pub column: f32,
}

impl Measures {
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

    pub fn metrics(&self, style: &PageStyle, language: Option<&str>) -> Metrics {
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

impl PageState {
    /// The caret place nearest to a point of the page, as an offset of the text with its side.
    pub(super) fn place_at(&self, measures: &Measures, point: Pos2) -> Place {
        let below = self.rows.iter().find(|row| point.y < row.top + row.height);
        let Some(row) = below.or(self.rows.last()) else { return Place::new(0) };
        let first = self.flow.blocks().get(row.row.max(1) - 1).range();
        let Some(shaped) = self.flow.laid_out(row.row) else { return Place::new(first.start()) };
        let line = shaped.line_at(point.y - row.top.round());
        let place = shaped.place_at(line, point.x - measures.column_x);
        Place { offset: place.offset + first.start(), side: place.side }
    }

    /// The character under a point of the page.
    pub(super) fn character_at(&self, measures: &Measures, point: Pos2) -> Option<usize> {
        let row = self.rows.iter().find(|row| row.top <= point.y && point.y < row.top + row.height)?;
        let shaped = self.flow.laid_out(row.row)?;
        let inside = shaped.character_at(pos2(point.x - measures.column_x, point.y - row.top.round()))?;
        Some(inside + self.flow.blocks().get(row.row - 1).range().start())
    }

    /// Where a caret stands on the page, if its row is in view.
    pub(super) fn caret_line(&self, measures: &Measures, place: Place) -> Option<CaretLine> {
        let row = match place.side {
            // The end of a piece of a long paragraph is the beginning of the next one.
            Side::Before => self.flow.row_of(place.offset.saturating_sub(1)),
            Side::After => self.flow.row_of(place.offset),
        };
        let seen = self.rows.iter().find(|seen| seen.row == row)?;
        let shaped = self.flow.laid_out(row)?;
        let range = self.flow.blocks().get(row - 1).range();
        let offset = place.offset.clamp(range.start(), range.end()) - range.start();
        let inside = Place { offset, side: place.side };
        let line = shaped.lines.get(shaped.line_of(inside))?;
        let top = seen.top.round();
        Some(CaretLine {
            x: (measures.column_x + shaped.x_of(inside)).round(),
            top: top + line.top,
            bottom: top + line.bottom,
            baseline: top + line.baseline,
        })
    }
}

/// Where a caret stands: its line's edges and baseline, on the page in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CaretLine {
    pub x: f32,
    pub top: f32,
    pub bottom: f32,
    pub baseline: f32,
}
