//! Icons: glyphs that the fonts of the window have, by role.

pub const TO_DO: &str = "○";
pub const IN_PROGRESS: &str = "◐";
pub const DONE: &str = "●";
pub const FLAG: &str = "⚑";
pub const QUESTION: &str = "?";
pub const SAVED: &str = "✔";
pub const CLOSE: &str = "✖";
pub const MENU: &str = "⏷";
