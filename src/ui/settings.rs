//! What the user chose for all projects: plain data, kept by whoever has a disk.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::theme::ThemeChoice;

/// The text sizes of the page, in percent.
pub const TEXT_PERCENT: std::ops::RangeInclusive<u16> = 75..=300;

/// Settings of one user on one machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: ThemeChoice,
    /// Of the page's text, in percent.
    pub text_percent: u16,
    /// Whether a selection with the mouse grows to whole words.
    pub snap_to_words: bool,
    pub reduced_motion: bool,
    /// Who marks, as they wrote it; empty until they said so.
    pub annotator: String,
    /// Projects opened lately, the last one first, as paths.
    pub recent: Vec<String>,
    /// Keys that were changed, by the id of the command's row.
    pub keys: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            text_percent: 100,
            snap_to_words: true,
            reduced_motion: false,
            annotator: String::new(),
            recent: Vec::new(),
            keys: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// A tenth more or less, within bounds.
    pub fn step_text(&mut self, by: i16) {
        let next = self.text_percent.saturating_add_signed(by * 10);
        self.text_percent = next.clamp(*TEXT_PERCENT.start(), *TEXT_PERCENT.end());
    }

    /// Puts a project first among the recent ones.
    pub fn remember(&mut self, path: &str) {
        self.recent.retain(|p| p != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(8);
    }
}
