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

use super::theme::{Mode, Motion, PageStyle, ReadingFont, SystemLook, ThemeChoice, Tokens};
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
    /// What the desktop asks for at the moment; never kept.
    #[serde(skip)]
    pub system: SystemLook,
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
            system: SystemLook::default(),
        }
    }
}

impl Settings {
    /// Light or dark, as chosen or as the system is: as the desktop asks, else as `window` was told of it.
    pub fn mode(&self, window: Option<egui::Theme>) -> Mode {
        let system = self.system.is_dark.or(window.map(|theme| theme == egui::Theme::Dark));
        let mode = match self.theme {
            ThemeChoice::Dark => Mode::Dark,
            ThemeChoice::System if system == Some(true) => Mode::Dark,
            ThemeChoice::System | ThemeChoice::Light => Mode::Light,
        };
        if self.is_high_contrast() { mode.in_high_contrast() } else { mode }
    }

    /// Whether the colours are the strongest: as chosen, or as the desktop asks while its theme is followed.
    pub fn is_high_contrast(&self) -> bool {
        self.high_contrast || self.theme == ThemeChoice::System && self.system.has_high_contrast
    }

    /// Changes to the strongest colours or back; where the desktop asks for them, its theme is no longer followed then.
    pub fn toggle_high_contrast(&mut self) {
        let mode = self.mode(None);
        self.high_contrast = !mode.is_high_contrast();
        if self.is_high_contrast() == mode.is_high_contrast() {
            self.theme = if mode.is_dark() { ThemeChoice::Dark } else { ThemeChoice::Light };
        }
    }

    /// How things move, for views and for egui: less where the user or the desktop asks for it.
    pub fn motion(&self) -> Motion {
        if self.reduced_motion || self.system.has_reduced_motion { Motion::Reduced } else { Motion::Full }
    }

    /// Whether marks on the page begin with their label's initials.
    pub fn shows_initials(&self) -> bool {
        self.initials.unwrap_or(self.is_high_contrast())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktop_is_followed_while_its_theme_is_chosen() {
        let look = |is_dark, has_high_contrast| SystemLook { is_dark, has_high_contrast, has_reduced_motion: false };
        let (dark, light) = (Some(egui::Theme::Dark), Some(egui::Theme::Light));
        for (theme, high_contrast, system, window, wanted) in [
            (ThemeChoice::System, false, look(None, false), None, Mode::Light),
            (ThemeChoice::System, false, look(None, false), dark, Mode::Dark),
            (ThemeChoice::System, false, look(Some(true), false), None, Mode::Dark),
            (ThemeChoice::System, false, look(Some(false), false), dark, Mode::Light),
            (ThemeChoice::System, false, look(Some(true), true), light, Mode::HighContrastDark),
            (ThemeChoice::System, true, look(Some(false), false), None, Mode::HighContrastLight),
            (ThemeChoice::Light, false, look(Some(true), true), dark, Mode::Light),
            (ThemeChoice::Dark, false, look(Some(false), true), light, Mode::Dark),
            (ThemeChoice::Dark, true, look(Some(false), false), light, Mode::HighContrastDark),
        ] {
            let settings = Settings { theme, high_contrast, system, ..Settings::default() };
            assert_eq!(settings.mode(window), wanted, "{theme:?}, {system:?}, {window:?}");
            let mut other = settings.clone();
            other.toggle_high_contrast();
            assert_eq!(other.is_high_contrast(), !settings.is_high_contrast(), "{theme:?}, {system:?}");
            assert_eq!(other.mode(None).is_dark(), settings.mode(None).is_dark(), "{theme:?}, {system:?}");
        }
    }

    #[test]
    fn things_move_less_where_anybody_asks_for_it() {
        for (reduced_motion, has_reduced_motion, wanted) in
            [(false, false, Motion::Full), (true, false, Motion::Reduced), (false, true, Motion::Reduced)]
        {
            let system = SystemLook { has_reduced_motion, ..SystemLook::default() };
            let settings = Settings { theme: ThemeChoice::Dark, reduced_motion, system, ..Settings::default() };
            assert_eq!(settings.motion(), wanted);
        }
    }

    #[test]
    fn what_the_desktop_asks_for_is_not_kept() {
        let system = SystemLook { is_dark: Some(true), has_high_contrast: true, has_reduced_motion: true };
        let kept = ron::to_string(&Settings { system, ..Settings::default() }).unwrap();
        let read: Settings = ron::from_str(&kept).unwrap();
        assert_eq!(read, Settings::default(), "{kept}");
    }
}
