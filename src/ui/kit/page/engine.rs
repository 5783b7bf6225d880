//! What all pages of a window share: fonts, shaping memory and the glyph atlas.

use std::{borrow::Cow, ops::Range, sync::Arc};

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFeatures, FontStyle, FontWeight, Language, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

use super::{atlas::Atlas, script};

/// The family that comes with the program; only its faces are registered, so that starting stays quick.
const OWN_FAMILY_FACES: usize = 6;

/// Fonts, shaping memory and the glyph atlas. One for a window; it is no view state.
pub struct PageEngine {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    system_fonts: SystemFonts,
    pub(super) atlas: Atlas,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SystemFonts {
    /// Looking for them takes a while, so it waits for the first character that needs them.
    NotYet,
    Loaded,
}

/// How a piece of text is set, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    pub family: Arc<str>,
    pub size: f32,
    pub line_height: f32,
    pub weight: f32,
    pub slant: Slant,
    /// Chooses between the shapes that languages give to one character.
    pub language: Option<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slant {
    Upright,
    Italic,
}

impl Default for PageEngine {
    fn default() -> Self {
        Self::new()
    }
}

impl PageEngine {
    pub fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        for face in typst_assets::fonts().take(OWN_FAMILY_FACES) {
            collection.register_fonts(Blob::new(Arc::new(face)), None);
        }
        Self {
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            layouts: LayoutContext::new(),
            system_fonts: SystemFonts::NotYet,
            atlas: Atlas::default(),
        }
    }

    /// Shapes a text; it is yet to be broken into lines.
    pub(super) fn shape(&mut self, text: &str, setting: &Setting) -> Layout<()> {
        let family = self.family(text, setting);
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, true);
        builder.push_default(StyleProperty::FontSize(setting.size));
        builder.push_default(LineHeight::Absolute(setting.line_height));
        builder.push_default(FontFamily::Source(family));
        builder.push_default(FontWeight::new(setting.weight));
        builder.push_default(OverflowWrap::Anywhere);
        builder.push_default(StyleProperty::Locale(setting.language));
        if setting.slant == Slant::Italic {
            builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        for sign in before_quotation_marks(text) {
            builder.push(StyleProperty::FontFeatures(FontFeatures::Source("'kern' 0".into())), sign);
        }
        builder.build(text)
    }

    /// The families to look for characters in, in order. The system's fonts are looked for when a text needs them.
    fn family<'a>(&mut self, text: &str, setting: &'a Setting) -> Cow<'a, str> {
        let (first, others) = setting.family.split_once(',').unwrap_or((&setting.family, ""));
        let mut foreign = text.chars().filter(|c| !in_own_family(*c)).peekable();
        let at_hand = self.fonts.collection.family_id(first.trim().trim_matches(['"', '\''])).is_some();
        if self.system_fonts == SystemFonts::NotYet && (foreign.peek().is_some() || !at_hand) {
            self.fonts.collection.load_system_fonts();
            self.system_fonts = SystemFonts::Loaded;
        }
        let language = setting.language.as_ref().map(Language::as_str);
        match foreign.find_map(|c| script::companion(c, language)) {
            Some(companion) if !others.contains("sans-serif") => format!("{first}, {companion}, {others}").into(),
            _ => setting.family.as_ref().into(),
        }
    }
}

/// The commas and full stops before quotation marks. Fonts push them under the marks, where a mark that ends between
/// the two would not show whether it holds the sign.
fn before_quotation_marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let signs = text.match_indices([',', '.']).map(|(at, sign)| at..at + sign.len());
    signs.filter(|sign| text[sign.end..].starts_with(['”', '’', '"', '\'', '“', '‘']))
}

/// Breaks a shaped text into lines of a width, in pixels.
pub(super) fn break_lines(layout: &mut Layout<()>, width: f32) {
    layout.break_all_lines(Some(width));
    layout.align(Alignment::Start, AlignmentOptions::default());
}

/// Whether the family that comes with the program surely has the character.
fn in_own_family(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{17f}' | '\u{391}'..='\u{3c9}' | '\u{410}'..='\u{44f}' | '\u{2010}'..='\u{2027}' | '\u{202f}'
        | '\u{2030}'..='\u{203a}' | '\u{20ac}' | '\u{2122}' | '\u{2212}')
}
