//! How the article page looks: every colour, font and size of it, as plain values.

use std::borrow::Cow;

use egui::{Color32, FontId};
use serde::{Deserialize, Serialize};

/// The family that articles are set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadingFont {
    /// The serif that comes with the program.
    #[default]
    Serif,
    /// The system's own.
    Sans,
}

/// Width of a character as books reckon it, a little under half the size of the type, in points.
const CHARACTER: f32 = 640.0 / 72.0;

/// How the page looks. Lengths are points at a text scale of 1; the page multiplies those of the text by
/// [`PageStyle::text_scale`].
#[derive(Clone, Debug, PartialEq)]
pub struct PageStyle {
    /// Behind everything.
    pub paper: Color32,
    /// Title and text.
    pub ink: Color32,
    /// Byline, paragraph numbers.
    pub soft_ink: Color32,
    /// Fill behind selected words, translucent.
    pub selection: Color32,
    /// Fill behind words that are pointed out, and behind the one of them that is looked at; translucent.
    pub highlight: Color32,
    pub highlight_current: Color32,
    /// Fill behind words that stand on another page too, and behind those that it has word for word; translucent.
    pub shared: Color32,
    pub carried: Color32,
    /// The stroke where the keyboard works.
    pub caret: Color32,
    /// Around the page when the keyboard brought the focus there.
    pub focus_ring: Color32,
    /// The thumb at rest.
    pub scrollbar: Color32,
    /// The thumb under the pointer, or dragged.
    pub scrollbar_active: Color32,
    /// Background and text of hint letters and of the cards that stand for the far end of a link.
    pub badge_fill: Color32,
    pub badge_ink: Color32,
    /// Families in order of preference, written as in CSS; the system's own follow where a script is missing.
    pub family: Cow<'static, str>,
    /// Of an em of the text.
    pub body_size: f32,
    /// From one baseline of the text to the next.
    pub line_height: f32,
    /// Of an em of the title in a wide column; narrow ones have it smaller.
    pub title_size: f32,
    pub title_line_height: f32,
    /// On the scale of CSS: 400 is regular, 600 semibold.
    pub title_weight: f32,
    pub byline_size: f32,
    pub byline_line_height: f32,
    /// Widest column; a page that is narrower than this and its margins has a narrower column.
    pub column_width: f32,
    /// Least distance between the column and the edges of the page: the paragraph numbers stand in it.
    pub margin: f32,
    /// Above the title.
    pub padding_top: f32,
    /// Between byline and text.
    pub heading_gap: f32,
    /// Below the last line.
    pub padding_bottom: f32,
    /// Between two paragraphs, beyond the height of their lines.
    pub paragraph_gap: f32,
    /// Of the paragraphs’ numbers; it grows with the text, within bounds.
    pub number_font: FontId,
    /// Between a paragraph's number and the column.
    pub number_gap: f32,
    /// Of the letters that marks are chosen by.
    pub badge_font: FontId,
    /// Of the initials above marks, and of how many more lie there.
    pub initials_font: FontId,
    /// Of the cards at the edges of the view; its size does not follow the text’s.
    pub card_font: FontId,
    /// How far a mark's tint reaches above and below the baseline.
    pub tint_above: f32,
    pub tint_below: f32,
    /// From one lane of lines to the next.
    pub lane_step: f32,
    /// Thickness of the line below marked words.
    pub line_width: f32,
    /// Thickness, distance and corner radius of the outline of a picked mark.
    pub outline_width: f32,
    pub outline_gap: f32,
    pub outline_radius: f32,
    /// Of the grips at the ends of a picked mark.
    pub handle_radius: f32,
    pub caret_width: f32,
    pub scrollbar_width: f32,
    /// How strongly a mark that is dimmed, or is somebody else's, is drawn (1 is as any other).
    pub dimmed: f32,
    /// How strong the tint is of a mark that belongs with the picked one: the share of its label's colour in it.
    pub member: f32,
    /// 0.5 to 3, in points that are larger already where the interface is.
    pub text_scale: f32,
}

impl PageStyle {
    /// Dark ink on light paper.
    pub fn light() -> Self {
        Self {
            paper: Color32::from_rgb(0xfb, 0xf9, 0xf4),
            ink: Color32::from_rgb(0x21, 0x1f, 0x1c),
            soft_ink: Color32::from_rgb(0x6b, 0x65, 0x5c),
            selection: Color32::from_rgba_unmultiplied_const(0x2b, 0x7b, 0xd6, 0x48),
            highlight: Color32::from_rgba_unmultiplied_const(0xff, 0xd4, 0x3b, 0x70),
            highlight_current: Color32::from_rgba_unmultiplied_const(0xff, 0xb0, 0x20, 0xd0),
            shared: Color32::from_rgba_unmultiplied_const(0x00, 0x67, 0xa5, 0x20),
            carried: Color32::from_rgba_unmultiplied_const(0x40, 0x3c, 0x36, 0x26),
            caret: Color32::from_rgb(0x21, 0x1f, 0x1c),
            focus_ring: Color32::from_rgb(0x00, 0x67, 0xa5),
            scrollbar: Color32::from_rgb(0xd6, 0xd0, 0xc3),
            scrollbar_active: Color32::from_rgb(0xa8, 0xa1, 0x94),
            badge_fill: Color32::from_rgb(0x21, 0x1f, 0x1c),
            badge_ink: Color32::from_rgb(0xfb, 0xf9, 0xf4),
            family: Cow::Borrowed("Libertinus Serif, serif"),
            body_size: 18.5,
            line_height: 30.0,
            title_size: 30.0,
            title_line_height: 38.0,
            title_weight: 600.0,
            byline_size: 17.0,
            byline_line_height: 30.0,
            column_width: 640.0,
            margin: 48.0,
            padding_top: 34.0,
            heading_gap: 16.0,
            padding_bottom: 96.0,
            paragraph_gap: 13.0,
            number_font: FontId::proportional(11.5),
            number_gap: 16.0,
            badge_font: FontId::monospace(11.0),
            // In this one nobody takes “Cl” for “CI”.
            initials_font: FontId::monospace(8.0),
            card_font: FontId::proportional(13.0),
            tint_above: 19.0,
            tint_below: 6.0,
            lane_step: 3.0,
            line_width: 2.0,
            outline_width: 2.0,
            outline_gap: 3.0,
            outline_radius: 5.0,
            handle_radius: 4.0,
            caret_width: 2.0,
            scrollbar_width: 10.0,
            dimmed: 0.35,
            member: 0.24,
            text_scale: 1.0,
        }
    }

    /// Light ink on dark paper.
    pub fn dark() -> Self {
        Self {
            paper: Color32::from_rgb(0x1c, 0x1b, 0x19),
            ink: Color32::from_rgb(0xe9, 0xe4, 0xda),
            soft_ink: Color32::from_rgb(0x9b, 0x94, 0x87),
            selection: Color32::from_rgba_unmultiplied_const(0x5a, 0xa6, 0xf0, 0x50),
            highlight: Color32::from_rgba_unmultiplied_const(0xe8, 0xb8, 0x30, 0x48),
            highlight_current: Color32::from_rgba_unmultiplied_const(0xd8, 0x90, 0x10, 0x84),
            shared: Color32::from_rgba_unmultiplied_const(0x6c, 0xb6, 0xe8, 0x22),
            carried: Color32::from_rgba_unmultiplied_const(0xc8, 0xc2, 0xb6, 0x30),
            caret: Color32::from_rgb(0xe9, 0xe4, 0xda),
            focus_ring: Color32::from_rgb(0x6c, 0xb6, 0xe8),
            scrollbar: Color32::from_rgb(0x45, 0x42, 0x3c),
            scrollbar_active: Color32::from_rgb(0x75, 0x70, 0x66),
            badge_fill: Color32::from_rgb(0xe9, 0xe4, 0xda),
            badge_ink: Color32::from_rgb(0x1c, 0x1b, 0x19),
            ..Self::light()
        }
    }

    /// Black on white, with stronger lines.
    pub fn high_contrast_light() -> Self {
        Self {
            paper: Color32::WHITE,
            ink: Color32::BLACK,
            soft_ink: Color32::from_gray(0x2e),
            selection: Color32::from_rgba_unmultiplied_const(0x00, 0x5f, 0xc2, 0x58),
            caret: Color32::BLACK,
            shared: Color32::from_rgba_unmultiplied_const(0x00, 0x3a, 0x75, 0x2c),
            carried: Color32::from_rgba_unmultiplied_const(0x00, 0x00, 0x00, 0x38),
            focus_ring: Color32::from_rgb(0x00, 0x3a, 0x75),
            scrollbar: Color32::from_gray(0x80),
            scrollbar_active: Color32::BLACK,
            badge_fill: Color32::BLACK,
            badge_ink: Color32::WHITE,
            ..Self::strong_lines()
        }
    }

    /// White on black, with stronger lines.
    pub fn high_contrast_dark() -> Self {
        Self {
            paper: Color32::BLACK,
            ink: Color32::WHITE,
            soft_ink: Color32::from_gray(0xd8),
            selection: Color32::from_rgba_unmultiplied_const(0x5a, 0xa6, 0xf0, 0x68),
            highlight: Color32::from_rgba_unmultiplied_const(0x90, 0x68, 0x00, 0x98),
            highlight_current: Color32::from_rgba_unmultiplied_const(0xa0, 0x50, 0x00, 0xb8),
            caret: Color32::WHITE,
            shared: Color32::from_rgba_unmultiplied_const(0x9a, 0xd4, 0xff, 0x40),
            carried: Color32::from_rgba_unmultiplied_const(0xff, 0xff, 0xff, 0x48),
            focus_ring: Color32::from_rgb(0x9a, 0xd4, 0xff),
            scrollbar: Color32::from_gray(0x80),
            scrollbar_active: Color32::WHITE,
            badge_fill: Color32::WHITE,
            badge_ink: Color32::BLACK,
            ..Self::strong_lines()
        }
    }

    /// The page for one reader: the family, the widest line in characters, and the size of the text (1 is as usual).
    #[must_use]
    pub fn for_reader(&self, font: ReadingFont, line_characters: u16, text_scale: f32) -> Self {
        let family = match font {
            ReadingFont::Serif => self.family.clone(),
            ReadingFont::Sans => Cow::Borrowed("system-ui, sans-serif"),
        };
        Self { family, column_width: f32::from(line_characters) * CHARACTER, text_scale, ..self.clone() }
    }

    fn strong_lines() -> Self {
        Self {
            line_width: 3.0,
            lane_step: 4.0,
            outline_width: 3.0,
            caret_width: 3.0,
            handle_radius: 5.0,
            dimmed: 0.6,
            member: 0.4,
            ..Self::light()
        }
    }
}
