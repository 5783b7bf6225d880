//! Words in the window, outside the page: cut or wrapped to the room there is for them, each script in its own
//! direction and shape. All lengths are points.
//!
//! What is plainly read from left to right is set by egui, everything else by the window's [`super::Engine`], which is
//! borrowed for as long as each call takes: nothing here is to be called by whoever has it. Wherever they come from,
//! words stand at the left of their room, next to the badge or above the words that they belong to, because the
//! window is read from the left. Lines of words that are read from the right are flush on their right, and `…` stands
//! on the side where they would go on.

use std::{borrow::Cow, ops::Range, sync::Arc};

use egui::{
    Color32, FontId, Galley, Painter, Pos2, Rangef, Vec2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    engine::with_engine,
    fitted::{ENDLESS, FittedText, TextRequest},
    script::{Direction, needs_engine},
};
use crate::ui::theme::fonts;

/// As many bytes of a text are looked at: enough for the few lines that anything but the page shows, and no more work for
/// a long article than for its title.
const ENOUGH: usize = 480;

/// Words that are laid out, to be measured and then painted in the same frame.
#[derive(Clone, Debug)]
pub struct Words {
    /// The layout.
    set: Set,
    /// The ink.
    color: Color32,
}

/// Who has laid them out.
#[derive(Clone, Debug)]
enum Set {
    /// Left to right, in scripts that need no shaping.
    ByEgui(Arc<Galley>),
    /// The heights of a line, and from its top to its baseline, are those of Latin words in the same font: words of
    /// different scripts next to each other stand on one line.
    ByEngine {
        text: FittedText,
        /// Pixels a point, as the engine works in pixels.
        scale: f32,
        line_height: f32,
        baseline: f32,
    },
}

/// How words look.
#[derive(Clone, Debug)]
struct Look {
    /// Family, and size in points.
    font: FontId,
    /// The ink.
    color: Color32,
    /// From one baseline to the next, in points; `None` for the font’s own.
    line_height: Option<f32>,
}

/// One line, ended with `…` where it is wider than the room.
pub fn elided(painter: &Painter, text: &str, font: FontId, color: Color32, width: f32) -> Words {
    let look = Look { font, color, line_height: None };
    set(painter, &on_one_line(text), &look, width, 1)
}

/// The end of a line, as much as a width has room for, after `…` where there is more before it: cut between whole
/// characters. Of words that egui does not set, all of them.
pub fn end_of(painter: &Painter, text: &str, font: FontId, color: Color32, width: f32) -> Words {
    let all = whole(painter, text, font.clone(), color);
    let Set::ByEgui(galley) = &all.set else { return all };
    let over = galley.size().x - width;
    let Some(row) = galley.rows.first().filter(|_| over > 0.0) else { return all };
    let from = over + whole(painter, "…", font.clone(), color).size().x;
    let passed = row.glyphs.iter().take_while(|glyph| glyph.pos.x < from).count();
    let left: String = on_one_line(text).chars().skip(passed).collect();
    whole(painter, &format!("…{}", left.trim_start()), font, color)
}

/// One line, however long.
pub fn whole(painter: &Painter, text: &str, font: FontId, color: Color32) -> Words {
    elided(painter, text, font, color, f32::INFINITY)
}

/// At most so many lines of a height, the last one ended with `…` where there is more. Line ends of the text are blanks.
pub fn wrapped(
    painter: &Painter,
    text: &str,
    (font, color): (FontId, Color32),
    width: f32,
    (max_rows, line_height): (usize, f32),
) -> Words {
    let look = Look { font, color, line_height: Some(line_height) };
    set(painter, &on_one_line(text), &look, width, max_rows)
}

/// As many lines as they need, line ends of the text kept.
pub fn paragraph(painter: &Painter, text: &str, font: FontId, color: Color32, width: f32) -> Words {
    let look = Look { font, color, line_height: None };
    set(painter, text, &look, width, usize::MAX)
}

/// A line of a text with words on it that stand out in a font of their own; `width` is the room from these on. Gives
/// where these stand on the line, from left to right.
pub fn line(
    painter: &Painter,
    text: &str,
    hit: Range<usize>,
    [font, strong]: [FontId; 2],
    width: f32,
    direction: Direction,
) -> (Words, Vec<Rangef>) {
    let look = Look { font, color: Color32::PLACEHOLDER, line_height: None };
    let text = on_one_line(text);
    let (_, weight) = fonts::as_css(&strong.family);
    let scale = painter.pixels_per_point();
    let request = TextRequest { direction, ..request(painter, &text, &look, width, 1) };
    let (line, mut hits) = with_engine(painter.ctx(), |engine| engine.fit_around(&request, hit, weight));
    hits.iter_mut().for_each(|x| *x = *x / scale);
    (by_engine(painter, line, &look), hits)
}

impl Words {
    /// Words that egui has set.
    pub fn by_egui(galley: Arc<Galley>, color: Color32) -> Self {
        Self { set: Set::ByEgui(galley), color }
    }

    /// In points.
    pub fn size(&self) -> Vec2 {
        match &self.set {
            Set::ByEgui(galley) => galley.size(),
            Set::ByEngine { text, scale, line_height, .. } => vec2(text.width / scale, line_height * text.rows as f32),
        }
    }

    /// How many lines they take.
    pub fn rows(&self) -> usize {
        match &self.set {
            Set::ByEgui(galley) => galley.rows.len(),
            Set::ByEngine { text, .. } => text.rows,
        }
    }

    /// Whether `…` stands for the rest of them.
    pub fn is_cut(&self) -> bool {
        match &self.set {
            Set::ByEgui(galley) => galley.elided,
            Set::ByEngine { text, .. } => text.is_cut,
        }
    }

    /// The same in another colour.
    #[must_use]
    pub fn colored(self, color: Color32) -> Self {
        Self { color, ..self }
    }

    /// The same with each line at the right edge of the widest one, where egui has set them.
    #[must_use]
    pub fn flush_right(self) -> Self {
        let Set::ByEgui(galley) = self.set else { return self };
        let mut galley = Arc::unwrap_or_clone(galley);
        let right = galley.rect.right();
        for row in &mut galley.rows {
            row.pos.x = right - row.size.x;
        }
        Self::by_egui(Arc::new(galley), self.color)
    }

    /// Paints them, their upper left corner at a point.
    pub fn paint(self, painter: &Painter, at: Pos2) {
        match self.set {
            Set::ByEgui(galley) => {
                painter.galley(at, galley, self.color);
            }
            Set::ByEngine { text, scale, line_height, baseline } => {
                let heights = (line_height * scale, baseline * scale);
                with_engine(painter.ctx(), |engine| engine.paint(painter, text, at, heights, self.color));
            }
        }
    }

    /// Paints them, the middle of their left edge at a point.
    pub fn paint_middle_left(self, painter: &Painter, at: Pos2) {
        let up = self.size().y / 2.0;
        self.paint(painter, at - vec2(0.0, up));
    }
}

/// Lays words out with whichever of the two can.
fn set(painter: &Painter, text: &str, look: &Look, width: f32, max_rows: usize) -> Words {
    match needs_engine(text) {
        true => set_by_engine(painter, text, look, width, max_rows),
        false => set_by_egui(painter, text, look, width, max_rows),
    }
}

/// A single line is cut anywhere, several are wrapped at words.
fn set_by_egui(painter: &Painter, text: &str, look: &Look, width: f32, max_rows: usize) -> Words {
    let mut job = LayoutJob::single_section(text.to_owned(), format(look));
    let break_anywhere = max_rows == 1;
    job.wrap = TextWrapping { max_rows, break_anywhere, ..TextWrapping::wrap_at_width(width.max(0.0)) };
    Words::by_egui(painter.layout_job(job), look.color)
}

/// How egui is told the look.
fn format(look: &Look) -> TextFormat {
    TextFormat { line_height: look.line_height, ..TextFormat::simple(look.font.clone(), look.color) }
}

/// Asks the engine for what fits; lengths go to it in pixels.
fn set_by_engine(painter: &Painter, text: &str, look: &Look, width: f32, max_rows: usize) -> Words {
    let request = request(painter, text, look, width, max_rows);
    let text = with_engine(painter.ctx(), |engine| engine.fit(&request));
    by_engine(painter, text, look)
}

/// The same wish, as the engine takes it: in pixels, with families as in CSS.
fn request<'a>(painter: &Painter, text: &'a str, look: &Look, width: f32, rows: usize) -> TextRequest<'a> {
    let scale = painter.pixels_per_point();
    let (families, weight) = fonts::as_css(&look.font.family);
    TextRequest {
        text,
        families,
        weight,
        size: look.font.size * scale,
        line_height: latin(painter, look).0 * scale,
        width: (width * scale).clamp(0.0, ENDLESS),
        rows,
        direction: Direction::Auto,
        language: None,
    }
}

/// What the engine has set, with the heights that Latin words in that font have.
fn by_engine(painter: &Painter, text: FittedText, look: &Look) -> Words {
    let (line_height, baseline) = latin(painter, look);
    let scale = painter.pixels_per_point();
    Words { set: Set::ByEngine { text, scale, line_height, baseline }, color: look.color }
}

/// The height of a line of Latin words, and how far below its top their baseline stands: where that of others does.
fn latin(painter: &Painter, look: &Look) -> (f32, f32) {
    let galley = painter.layout_job(LayoutJob::single_section("x".to_owned(), format(look)));
    let line_height = galley.size().y;
    let baseline = galley.rows.first().and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y));
    (line_height, baseline.unwrap_or(line_height * 0.8))
}

/// The beginning of a text, with blanks for line ends.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    let cut = if text.len() > ENOUGH { whole_characters(&text[..text.floor_char_boundary(ENOUGH)]) } else { text };
    if cut.contains(['\n', '\r', '\t']) { cut.replace(['\n', '\r', '\t'], " ").into() } else { cut.into() }
}

/// A text that was cut somewhere, without its last character: it may not be whole.
fn whole_characters(cut: &str) -> &str {
    cut.grapheme_indices(true).next_back().map_or(cut, |(last, _)| &cut[..last])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let long = "é".repeat(1000);
        assert_eq!(on_one_line(&long).len(), ENOUGH - 2);
        let odd = format!("a{long}");
        assert_eq!(on_one_line(&odd).len(), ENOUGH - 3);
        assert_eq!(on_one_line("two\nlines"), "two lines");
        // Four letters of Devanagari that are one to a reader.
        assert_eq!(on_one_line(&"स्त्री".repeat(40)).len() % "स्त्री".len(), 0);
    }
}
