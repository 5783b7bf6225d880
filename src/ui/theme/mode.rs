//! Which theme is shown: what the user chose, and what comes of it on this screen.

use serde::{Deserialize, Serialize};

/// What the user chose; `System` follows what the desktop says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the desktop is set, and light where it does not tell.
    #[default]
    System,
    Light,
    Dark,
}

/// What the desktop asks of every program, as far as it tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SystemLook {
    /// Whether programs are to be dark; `None` where that is left to them.
    pub is_dark: Option<bool>,
    pub has_high_contrast: bool,
    pub has_reduced_motion: bool,
}

/// Dark on light, or light on dark; in the usual colours, or in the strongest there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Light,
    Dark,
    /// The light one with stronger inks, thicker lines and a ring of its own colour.
    HighContrastLight,
    /// The same in the dark.
    HighContrastDark,
}

impl Mode {
    /// Every one there is, for tests and for what is drawn in each.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::HighContrastLight, Self::HighContrastDark];

    /// Whether the ink is lighter than the paper.
    pub fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::HighContrastDark)
    }

    /// Whether lines and letters are as strong as they can be.
    pub fn is_high_contrast(self) -> bool {
        matches!(self, Self::HighContrastLight | Self::HighContrastDark)
    }

    /// Of text and what it stands on: what WCAG 2.2 wants at level AA, and at level AAA in high contrast.
    pub(super) fn least_contrast(self) -> f32 {
        if self.is_high_contrast() { 7.0 } else { 4.5 }
    }

    /// The same ground in the strongest colours.
    #[must_use]
    pub fn in_high_contrast(self) -> Self {
        if self.is_dark() { Self::HighContrastDark } else { Self::HighContrastLight }
    }
}
