//! Every colour, size, font and icon, by role. Nothing outside this room names a hue or a number of points.

mod contrast;
pub mod fonts;
mod page;
mod style;

use egui::{Color32, Stroke};
use serde::{Deserialize, Serialize};

pub use page::{PageStyle, ReadingFont};
pub use style::{Motion, apply};

use crate::model::{LabelColor, Rgb};

/// What the user chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// Dark on light, or light on dark; in the usual colours, or in the strongest there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Light,
    Dark,
    HighContrastLight,
    HighContrastDark,
}

impl Mode {
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::HighContrastLight, Self::HighContrastDark];

    pub fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::HighContrastDark)
    }

    pub fn is_high_contrast(self) -> bool {
        matches!(self, Self::HighContrastLight | Self::HighContrastDark)
    }

    /// Of text and what it stands on: what WCAG 2.2 wants at level AA, and at level AAA in high contrast.
    fn least_contrast(self) -> f32 {
        if self.is_high_contrast() { 7.0 } else { 4.5 }
    }

    /// The same ground in the strongest colours.
    #[must_use]
    pub fn in_high_contrast(self) -> Self {
        if self.is_dark() { Self::HighContrastDark } else { Self::HighContrastLight }
    }
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
    /// A small square button.
    pub const SIGN: f32 = BADGE + 2.0;
    pub const BADGE_RADIUS: u8 = 4;
    /// Of the picture that stands for how far the work on an article has come.
    pub const GLYPH: f32 = 9.0;
    /// Of the strip that shows how much was marked with each label.
    pub const STRIP: f32 = 3.0;
    /// Fields, chips, buttons and segments.
    pub const FIELD: f32 = 28.0;
    /// A row in a list of marks.
    pub const ROW: f32 = 22.0;
    /// A row in the table of relations: two lines.
    pub const RELATION_ROW: f32 = 48.0;
    /// The names of fields, left of them.
    pub const FIELD_NAMES: f32 = 76.0;
    pub const MESSAGE: f32 = 520.0;
    /// The bar of what takes long.
    pub const PROGRESS: f32 = 120.0;
    /// The widest note or card that lies over the page.
    pub const NOTE: f32 = 320.0;
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
    /// Least width of what drops down in a form.
    pub const PICKER: f32 = 144.0;
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

/// How strong a tint is: the share of its label's colour in it.
const TINT: f32 = 0.14;
const HIGH_CONTRAST_TINT: f32 = 0.24;

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
                soft_ink: hex(0x6b655c),
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
            Mode::HighContrastLight => Self {
                mode,
                paper: hex(0xffffff),
                panel: hex(0xffffff),
                bar: hex(0xffffff),
                card: hex(0xffffff),
                ink: hex(0x000000),
                soft_ink: hex(0x2e2e2e),
                line: hex(0x4a4a4a),
                hover: hex(0xdedede),
                accent: hex(0x003a75),
                on_accent: hex(0xffffff),
                good: hex(0x00461d),
                warning: hex(0x5a3200),
                danger: hex(0x8a0000),
                selection: hex(0x003a75).gamma_multiply(0.3),
                veil: hex(0x000000).gamma_multiply(0.5),
                page: PageStyle::high_contrast_light(),
            },
            Mode::HighContrastDark => Self {
                mode,
                paper: hex(0x000000),
                panel: hex(0x000000),
                bar: hex(0x000000),
                card: hex(0x000000),
                ink: hex(0xffffff),
                soft_ink: hex(0xd8d8d8),
                line: hex(0xb0b0b0),
                hover: hex(0x303030),
                accent: hex(0x9ad4ff),
                on_accent: hex(0x000000),
                good: hex(0x90f0b4),
                warning: hex(0xffcf70),
                danger: hex(0xffb8b0),
                selection: hex(0x9ad4ff).gamma_multiply(0.4),
                veil: hex(0x000000).gamma_multiply(0.7),
                page: PageStyle::high_contrast_dark(),
            },
        }
    }

    /// The edge of a card, a field or a button.
    pub fn edge(&self) -> Stroke {
        let width = if self.mode.is_high_contrast() { 2.0 * size::LINE } else { size::LINE };
        Stroke::new(width, self.line)
    }

    /// Around what has the focus.
    pub fn focus(&self) -> Stroke {
        let width = if self.mode.is_high_contrast() { 1.5 * size::FOCUS } else { size::FOCUS };
        Stroke::new(width, self.accent)
    }

    /// How a label looks: its colour, stronger where its initials could not be read on it.
    pub fn label(&self, color: LabelColor) -> LabelLook {
        let (Rgb([r, g, b]), on_line) = match self.mode {
            Mode::Light | Mode::HighContrastLight => (color.light, hex(0xffffff)),
            Mode::Dark => (color.dark, hex(0x1c1b19)),
            Mode::HighContrastDark => (color.dark, hex(0x000000)),
        };
        let chosen = Color32::from_rgb(r, g, b);
        let line = contrast::strengthened(chosen, on_line, self.mode.least_contrast());
        let tint = if self.mode.is_high_contrast() { HIGH_CONTRAST_TINT } else { TINT };
        LabelLook { line, tint: chosen.gamma_multiply(tint), on_line }
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
    use super::{contrast::contrast, *};

    fn check(mode: Mode, what: &str, text: Color32, ground: Color32, least: f32) {
        let ratio = contrast(text, ground);
        assert!(ratio >= least, "{mode:?}: {what}: {text:?} on {ground:?} is {ratio:.2}, not {least}");
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        for mode in Mode::ALL {
            let t = Tokens::of(mode);
            let texts = [
                ("ink", t.ink),
                ("soft ink", t.soft_ink),
                ("accent", t.accent),
                ("danger", t.danger),
                ("warning", t.warning),
                ("good", t.good),
            ];
            let grounds =
                [("paper", t.paper), ("panel", t.panel), ("bar", t.bar), ("card", t.card), ("hover", t.hover)];
            for ((text, ink), (ground, fill)) in texts.into_iter().flat_map(|t| grounds.map(|g| (t, g))) {
                check(mode, &format!("{text} on {ground}"), ink, fill, mode.least_contrast());
            }
            check(mode, "on accent", t.on_accent, t.accent, mode.least_contrast());
            check(mode, "selected words", t.page.ink, t.paper.blend(t.page.selection), mode.least_contrast());
            for (name, fill) in [("words found", t.page.highlight), ("the words found now", t.page.highlight_current)] {
                check(mode, name, t.page.ink, t.page.paper.blend(fill), mode.least_contrast());
            }
            check(mode, "selected text of a field", t.ink, t.bar.blend(t.selection), mode.least_contrast());
            check(mode, "page", t.page.ink, t.page.paper, mode.least_contrast());
            check(mode, "page numbers", t.page.soft_ink, t.page.paper, mode.least_contrast());
            check(mode, "hint letters", t.page.badge_ink, t.page.badge_fill, mode.least_contrast());
        }
    }

    #[test]
    fn labels_can_be_read_and_told_from_the_paper() {
        for mode in Mode::ALL {
            let t = Tokens::of(mode);
            for (color, name) in SWATCHES.into_iter().zip(SWATCH_NAMES) {
                let look = t.label(color);
                check(mode, &format!("initials on {name}"), look.on_line, look.line, mode.least_contrast());
                check(mode, &format!("words on {name}"), t.ink, t.paper.blend(look.tint), mode.least_contrast());
                check(mode, &format!("line of {name}"), look.line, t.paper, 3.0);
            }
        }
    }

    #[test]
    fn what_has_the_focus_and_edges_in_high_contrast_are_seen() {
        for mode in Mode::ALL {
            let t = Tokens::of(mode);
            for ground in [t.paper, t.panel, t.bar, t.card, t.hover] {
                check(mode, "focus", t.focus().color, ground, 3.0);
                if mode.is_high_contrast() {
                    check(mode, "edge", t.edge().color, ground, 4.5);
                }
            }
            assert!(t.focus().width >= 2.0);
        }
    }
}
