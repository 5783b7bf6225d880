//! What the user chose for all projects: plain data, kept by whoever has a disk.
//!
//! Values read from a file may be out of bounds, as files can be edited by hand: [`Settings::within_bounds`] brings
//! them back. Fields that an older program did not know take their defaults; unknown ones are refused rather than
//! lost.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};

use serde::{Deserialize, Serialize};

use super::theme::{Mode, Motion, PageStyle, ReadingFont, ThemeChoice, Tokens};
use crate::{
    command::table::{CommandRow, Roles},
    model::AnnotatorId,
};

/// The text sizes of the page, in percent.
pub const TEXT_PERCENT: RangeInclusive<u16> = 75..=300;
/// The interface grows with the text no further than this, so that the page keeps its room (1 is the usual size).
const LARGEST_INTERFACE: f32 = 1.5;
/// The widest lines of the page, in characters.
pub const LINE_CHARACTERS: RangeInclusive<u16> = 50..=90;

/// Of the shape that settings are kept in.
pub const VERSION: u32 = 1;

/// Settings of one user on one machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Of the shape they were kept in.
    pub version: u32,
    /// Light, dark, or as the system; the default.
    pub theme: ThemeChoice,
    /// Whether the theme is in its strongest colours.
    pub high_contrast: bool,
    /// What articles are set in.
    pub reading_font: ReadingFont,
    /// Of the page's text, in percent.
    pub text_percent: u16,
    /// The widest line of the page, in characters.
    pub line_characters: u16,
    /// Whether a selection with the mouse grows to whole words.
    pub snap_to_words: bool,
    /// Whether words that are marked beside a picked mark fill a role in its relation, where one alone is meant.
    pub fill_roles: bool,
    /// Whether nothing glides, fades or blinks.
    pub reduced_motion: bool,
    /// Whether marks on the page begin with their label's initials; as long as nobody said so, in high contrast.
    pub initials: Option<bool>,
    /// Who marks, as they wrote it; empty until they said so.
    pub annotator: String,
    /// Projects opened lately, the last one first, as paths.
    pub recent: Vec<String>,
    /// Where one was last in these projects, by their paths.
    pub places: BTreeMap<String, LastPlace>,
    /// Of recent projects by their paths: whose marks are shown besides one’s own.
    pub layers: BTreeMap<String, BTreeSet<AnnotatorId>>,
    /// Whether the first hint below the page was put away.
    pub knows_first_hint: bool,
    /// Keys that were changed, by the id of the command's row.
    pub keys: BTreeMap<String, String>,
}

/// Where one was last in a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LastPlace {
    pub article: String,
    /// Where the caret stood, in bytes of the text.
    pub caret: usize,
    /// The articles that stood side by side, from left to right; empty where none did.
    pub columns: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            theme: ThemeChoice::default(),
            high_contrast: false,
            reading_font: ReadingFont::default(),
            text_percent: 100,
            line_characters: 72,
            snap_to_words: true,
            fill_roles: true,
            reduced_motion: false,
            initials: None,
            annotator: String::new(),
            recent: Vec::new(),
            places: BTreeMap::new(),
            layers: BTreeMap::new(),
            knows_first_hint: false,
            keys: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Light or dark, as chosen or as the system is, where it can tell.
    pub fn mode(&self, system: Option<egui::Theme>) -> Mode {
        let mode = match (self.theme, system) {
            (ThemeChoice::Dark, _) | (ThemeChoice::System, Some(egui::Theme::Dark)) => Mode::Dark,
            _ => Mode::Light,
        };
        if self.high_contrast { mode.in_high_contrast() } else { mode }
    }

    /// How things move, for views and for egui.
    pub fn motion(&self) -> Motion {
        if self.reduced_motion { Motion::Reduced } else { Motion::Full }
    }

    /// Whether marks on the page begin with their label's initials.
    pub fn shows_initials(&self) -> bool {
        self.initials.unwrap_or(self.high_contrast)
    }

    /// What labels' keys do with words beside a picked mark.
    pub fn roles(&self) -> Roles {
        if self.fill_roles { Roles::Filled } else { Roles::Left }
    }

    /// How the page looks to this reader.
    pub fn page_style(&self, tokens: &Tokens) -> PageStyle {
        let text_scale = f32::from(self.text_percent) / 100.0 / self.interface_zoom();
        tokens.page.for_reader(self.reading_font, self.line_characters, text_scale)
    }

    /// How much larger than usual the whole interface is (1 is as usual): it grows with the article's text, up to a half.
    pub fn interface_zoom(&self) -> f32 {
        (f32::from(self.text_percent) / 100.0).clamp(1.0, LARGEST_INTERFACE)
    }

    /// The keys of a command, as its row or the user has them; several are parted by a blank.
    pub fn keys_of(&self, row: &CommandRow) -> &str {
        self.keys.get(row.id).map_or(row.keys, String::as_str)
    }

    /// The same with every number within its bounds, as after a file was edited by hand.
    #[must_use]
    pub fn within_bounds(mut self) -> Self {
        self.text_percent = self.text_percent.clamp(*TEXT_PERCENT.start(), *TEXT_PERCENT.end());
        self.line_characters = self.line_characters.clamp(*LINE_CHARACTERS.start(), *LINE_CHARACTERS.end());
        self
    }

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
        self.places.retain(|path, _| self.recent.contains(path));
        self.layers.retain(|path, _| self.recent.contains(path));
    }
}
