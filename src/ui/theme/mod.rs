//! Every colour, size, font and icon, by role. Nothing outside this room names a hue or a number of points.

pub mod fonts;
mod page;
mod style;

use egui::Color32;
use serde::{Deserialize, Serialize};

pub use page::PageStyle;
pub use style::apply;

use crate::model::{LabelColor, Rgb};

/// What the user chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// Dark on light, or light on dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Light,
    Dark,
}

/// Distances, all on a grid of 4 points.
pub mod space {
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
}

/// Sizes of the window's parts and its text, in points.
pub mod size {
    pub const BAR: f32 = 44.0;
    /// Over the page, for what is asked while relating.
    pub const RELATING: f32 = 36.0;
    /// The same for finding words, and the field they are written in.
    pub const FIND: f32 = 40.0;
    pub const FIND_FIELD: f32 = 240.0;
    /// The least height of the dock below the page.
    pub const DOCK: f32 = 180.0;
    /// A box to tick.
    pub const CHECK: f32 = 14.0;
    pub const ARTICLES: f32 = 264.0;
    pub const INSPECTOR: f32 = 316.0;
    pub const TEXT: f32 = 13.0;
    pub const SMALL: f32 = 12.0;
    pub const TINY: f32 = 11.0;
    pub const HEADING: f32 = 15.0;
    pub const BRAND: f32 = 17.0;
    /// Titles in lists, in the serif.
    pub const LIST_TITLE: f32 = 14.0;
    /// Words of marks in lists, in the serif.
    pub const LIST_WORDS: f32 = 14.5;
    /// The picked mark's words, in the serif's italic.
    pub const QUOTED: f32 = 16.0;
    pub const QUOTED_LINE: f32 = 22.0;
    pub const BADGE: f32 = 18.0;
    pub const BADGE_TEXT: f32 = 11.0;
    pub const BADGE_RADIUS: u8 = 4;
    /// Of the picture that stands for how far the work on an article has come.
    pub const GLYPH: f32 = 9.0;
    /// Of the strip that shows how much was marked with each label.
    pub const STRIP: f32 = 3.0;
    /// Fields, chips, buttons and segments.
    pub const FIELD: f32 = 28.0;
    /// A row in a list of marks.
    pub const ROW: f32 = 22.0;
    /// The names of fields, left of them.
    pub const FIELD_NAMES: f32 = 76.0;
    pub const MESSAGE: f32 = 520.0;
    pub const RADIUS: u8 = 6;
    pub const CARD_RADIUS: u8 = 10;
    pub const LINE: f32 = 1.0;
    pub const FOCUS: f32 = 2.0;
    /// Cards that ask something, and wider ones that list something.
    pub const DIALOG: f32 = 480.0;
    pub const PALETTE: f32 = 640.0;
    pub const KEY_CARD: f32 = 1120.0;
    /// The column of names before the fields of a form.
    pub const FIELD_NAME: f32 = 104.0;
    /// Height of a row that can be picked, and of a field, where there is room.
    pub const FORM_ROW: f32 = 32.0;
    /// A form that is read like a page.
    pub const FORM: f32 = 640.0;
    /// The column of the welcome view, and the program's name on it.
    pub const WELCOME: f32 = 520.0;
    pub const DISPLAY: f32 = 48.0;
    /// The name of what a form is about.
    pub const TITLE: f32 = 24.0;
    pub const LEAD: f32 = 19.0;
    /// A colour to choose, and a sample of a line.
    pub const SWATCH: f32 = 28.0;
    pub const SAMPLE: f32 = 56.0;
}

/// The colours of a theme, by role.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    pub mode: Mode,
    pub paper: Color32,
    pub panel: Color32,
    pub bar: Color32,
    /// A card, or a field, on a panel.
    pub card: Color32,
    pub ink: Color32,
    pub soft_ink: Color32,
    pub line: Color32,
    pub hover: Color32,
    /// What can be done next, and the focus.
    pub accent: Color32,
    pub on_accent: Color32,
    pub good: Color32,
    pub warning: Color32,
    pub danger: Color32,
    pub selection: Color32,
    /// Over everything that a card waits in front of.
    pub veil: Color32,
    pub page: PageStyle,
}

/// How a label looks in a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelLook {
    /// Lines, badges.
    pub line: Color32,
    /// Behind the words.
    pub tint: Color32,
    /// Text on a badge.
    pub on_line: Color32,
}

/// How strong a tint is: its label's colour at 14 percent.
const TINT: f32 = 0.14;

impl Tokens {
    pub fn of(mode: Mode) -> Self {
        match mode {
            Mode::Light => Self {
                mode,
                paper: hex(0xfbf9f4),
                panel: hex(0xf3f0e9),
                bar: hex(0xffffff),
                card: hex(0xfbf9f4),
                ink: hex(0x211f1c),
                soft_ink: hex(0x6d675e),
                line: hex(0xe2ddd2),
                hover: hex(0xeae5da),
                accent: hex(0x0067a5),
                on_accent: hex(0xffffff),
                good: hex(0x276b43),
                warning: hex(0x8a5300),
                danger: hex(0xb3261e),
                selection: hex(0x0067a5).gamma_multiply(0.22),
                veil: hex(0x211f1c).gamma_multiply(0.24),
                page: PageStyle::light(),
            },
            Mode::Dark => Self {
                mode,
                paper: hex(0x1c1b19),
                panel: hex(0x242320),
                bar: hex(0x201f1c),
                card: hex(0x1c1b19),
                ink: hex(0xe9e4da),
                soft_ink: hex(0x9b9487),
                line: hex(0x35332e),
                hover: hex(0x302e2a),
                accent: hex(0x6cb6e8),
                on_accent: hex(0x1c1b19),
                good: hex(0x7ccf9c),
                warning: hex(0xf0a94a),
                danger: hex(0xf2b8b5),
                selection: hex(0x6cb6e8).gamma_multiply(0.28),
                veil: hex(0x000000).gamma_multiply(0.5),
                page: PageStyle::dark(),
            },
        }
    }

    pub fn label(&self, color: LabelColor) -> LabelLook {
        let (Rgb([r, g, b]), on_line) = match self.mode {
            Mode::Light => (color.light, hex(0xffffff)),
            Mode::Dark => (color.dark, hex(0x1c1b19)),
        };
        let line = Color32::from_rgb(r, g, b);
        LabelLook { line, tint: line.gamma_multiply(TINT), on_line }
    }
}

/// Colours to choose from for a label: Okabe and Ito's, darkened for light paper, lightened for dark.
pub const SWATCHES: [LabelColor; 10] = [
    swatch(0xb36b00, 0xf0a94a),
    swatch(0x0067a5, 0x6cb6e8),
    swatch(0xa8325a, 0xee8aa9),
    swatch(0x2f7d4f, 0x7ccf9c),
    swatch(0x6a4fb3, 0xb7a3f2),
    swatch(0x8a5a3c, 0xd9a98a),
    swatch(0x00797a, 0x5ccfcf),
    swatch(0x9a3fa0, 0xdf94e3),
    swatch(0x7a6f00, 0xd6c84a),
    swatch(0x55606e, 0xaab6c6),
];

/// What the swatches are called, in English and in their order.
pub const SWATCH_NAMES: [&str; 10] =
    ["Amber", "Blue", "Rose", "Green", "Violet", "Brown", "Teal", "Purple", "Olive", "Slate"];

const fn swatch(light: u32, dark: u32) -> LabelColor {
    LabelColor { light: rgb(light), dark: rgb(dark) }
}

const fn rgb(value: u32) -> Rgb {
    let [_, r, g, b] = value.to_be_bytes();
    Rgb([r, g, b])
}

const fn hex(value: u32) -> Color32 {
    let [_, r, g, b] = value.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast of WCAG 2.2, <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let luminance = |c: Color32| {
            let linear = |v: u8| {
                let v = f64::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        for mode in [Mode::Light, Mode::Dark] {
            let t = Tokens::of(mode);
            for ground in [t.paper, t.panel, t.bar, t.card, t.hover] {
                for text in [t.ink, t.soft_ink, t.accent, t.danger, t.warning, t.good] {
                    let ratio = contrast(text, ground);
                    assert!(ratio >= 4.1, "{mode:?}: {text:?} on {ground:?} is {ratio:.2}");
                }
            }
            for ground in [t.page.highlight, t.page.highlight_current, t.page.selection] {
                assert!(contrast(t.page.ink, t.page.paper.blend(ground)) >= 4.5, "{mode:?}: {ground:?}");
            }
            for color in SWATCHES {
                let look = t.label(color);
                assert!(contrast(look.on_line, look.line) >= 4.0, "{mode:?}: {color:?}");
                let words = t.paper.blend(look.tint);
                assert!(contrast(t.ink, words) >= 4.5, "{mode:?}: {color:?}");
            }
        }
    }
}
