//! The colours of the window, by role, and how labels look in them.
//!
//! Every pair of ink and ground that stands on each other has the contrast that WCAG 2.2 wants; a test holds all of them
//! against it.

use egui::{Color32, Stroke};

use super::{contrast, mode::Mode, page::PageStyle, size};
use crate::model::{LabelColor, Rgb};

/// The colours of a theme, by role.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Which theme it is.
    pub mode: Mode,
    /// Under the article, and under what takes its place.
    pub paper: Color32,
    /// The panels beside the page.
    pub panel: Color32,
    /// The bars above and below, what drops down, and fields that are written in.
    pub bar: Color32,
    /// A card, or a field, on a panel.
    pub card: Color32,
    /// Text.
    pub ink: Color32,
    /// Text that is less important, and signs.
    pub soft_ink: Color32,
    /// Edges, and lines between things.
    pub line: Color32,
    /// Behind what the pointer is over.
    pub hover: Color32,
    /// What can be done next, and the focus.
    pub accent: Color32,
    /// Text on the accent colour.
    pub on_accent: Color32,
    /// Done, saved.
    pub good: Color32,
    /// Something to look at.
    pub warning: Color32,
    /// Something is wrong, or will be taken away.
    pub danger: Color32,
    /// Behind selected text of a field; translucent.
    pub selection: Color32,
    /// Over everything that a card waits in front of; translucent.
    pub veil: Color32,
    /// How the article page looks in it.
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
/// The same in high contrast.
const HIGH_CONTRAST_TINT: f32 = 0.24;

impl Tokens {
    /// The theme of a mode.
    pub fn of(mode: Mode) -> Self {
        match mode {
            Mode::Light => Self::light(),
            Mode::Dark => Self::dark(),
            Mode::HighContrastLight => Self::high_contrast_light(),
            Mode::HighContrastDark => Self::high_contrast_dark(),
        }
    }

    /// Warm paper and dark ink.
    fn light() -> Self {
        Self {
            mode: Mode::Light,
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
            veil: hex(0x3b2c17).gamma_multiply(0.26),
            page: PageStyle::light(),
        }
    }

    /// Warm black and light ink.
    fn dark() -> Self {
        Self {
            mode: Mode::Dark,
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
            veil: hex(0x0d0a06).gamma_multiply(0.55),
            page: PageStyle::dark(),
        }
    }

    /// Black on white.
    fn high_contrast_light() -> Self {
        Self {
            mode: Mode::HighContrastLight,
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
        }
    }

    /// White on black.
    fn high_contrast_dark() -> Self {
        Self {
            mode: Mode::HighContrastDark,
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

const fn hex(value: u32) -> Color32 {
    let [_, r, g, b] = value.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

#[cfg(test)]
mod tests {
    use super::{contrast::contrast, *};
    use crate::ui::theme::swatches::{SWATCH_NAMES, SWATCHES};

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
            let pointed_out = [
                ("words found", t.page.highlight),
                ("the words found now", t.page.highlight_current),
                ("words that two pages have", t.page.shared),
                ("words carried over", t.page.carried),
            ];
            for (name, fill) in pointed_out {
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
