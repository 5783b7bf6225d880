//! Shaping: which glyphs a text becomes, from which fonts, in which direction. It breaks lines, and draws nothing.

use std::{borrow::Cow, ops::Range, sync::Arc};

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFeatures, FontStyle, FontWeight, Language, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

use super::script::{self, Direction};
use crate::ui::theme::fonts;

/// The fonts at hand, and the memory that shaping works in. One for a window: to begin with it knows the fonts that come
/// with the program, and all of the system's from the first text on that needs one.
pub struct Shaper {
    /// The collection of fonts, and the files read of it so far.
    fonts: FontContext,
    /// Memory of the shaper, kept to be used again.
    layouts: LayoutContext<()>,
    /// Whether the system’s fonts are in the collection.
    system_fonts: SystemFonts,
}

/// Whether the system’s fonts were looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SystemFonts {
    /// Looking for them takes a while, so it waits for the first character that needs them.
    NotYet,
    /// They are in the collection.
    Loaded,
}

/// How a piece of text is set. Lengths are pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// Families in order of preference, written as in CSS.
    pub family: Arc<str>,
    /// Of an em.
    pub size: f32,
    /// From one baseline to the next, whatever fonts stand on the line.
    pub line_height: f32,
    /// On the scale of CSS: 400 is regular, 600 semibold.
    pub weight: f32,
    /// Upright or italic.
    pub slant: Slant,
    /// Chooses between the shapes that languages give to one character, as Han characters have them.
    pub language: Option<Language>,
    /// As given, or [`Direction::Auto`] for that of the first letter.
    pub direction: Direction,
    /// A part that stands out by another weight; in bytes.
    pub strong: Option<(Range<usize>, f32)>,
}

/// Whether letters lean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slant {
    /// As most text.
    Upright,
    /// The family’s italic, or slanted letters where it has none.
    Italic,
}

impl Default for Shaper {
    fn default() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        for face in fonts::own_faces() {
            collection.register_fonts(Blob::new(Arc::new(face)), None);
        }
        Self {
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            layouts: LayoutContext::new(),
            system_fonts: SystemFonts::NotYet,
        }
    }
}

impl Shaper {
    /// Shapes a text; it is yet to be broken into lines.
    pub fn shape(&mut self, text: &str, style: &TextStyle) -> Layout<()> {
        let family = self.family(text, style);
        let shown = as_shown(text);
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &shown, 1.0, true);
        builder.set_base_direction(style.direction);
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(LineHeight::Absolute(style.line_height));
        builder.push_default(FontFamily::Source(family));
        builder.push_default(FontWeight::new(style.weight));
        builder.push_default(OverflowWrap::Anywhere);
        builder.push_default(StyleProperty::Locale(style.language));
        if style.slant == Slant::Italic {
            builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        if let Some((range, weight)) = &style.strong {
            // Where the text was cut, `…` may stand in the place of their end.
            let [start, end] = [range.start, range.end].map(|at| text.floor_char_boundary(at));
            builder.push(FontWeight::new(*weight), start..end);
        }
        for sign in before_quotation_marks(text) {
            builder.push(StyleProperty::FontFeatures(FontFeatures::Source("'kern' 0".into())), sign);
        }
        for (tab, _) in text.match_indices('\t') {
            builder.push(StyleProperty::WordSpacing(style.size * TAB), tab..tab + 1);
        }
        builder.build(&shown)
    }

    /// The families to look for characters in, in order. The system's fonts are looked for when a text needs them.
    fn family<'a>(&mut self, text: &str, style: &'a TextStyle) -> Cow<'a, str> {
        let (first, others) = style.family.split_once(',').unwrap_or((&style.family, ""));
        let mut foreign = text.chars().filter(|c| !in_own_family(*c)).peekable();
        let at_hand = self.fonts.collection.family_id(first.trim().trim_matches(['"', '\''])).is_some();
        if self.system_fonts == SystemFonts::NotYet && (foreign.peek().is_some() || !at_hand) {
            self.fonts.collection.load_system_fonts();
            self.system_fonts = SystemFonts::Loaded;
        }
        let language = style.language.as_ref().map(Language::as_str);
        match foreign.find_map(|c| script::companion(c, language)) {
            Some(companion) if !others.contains("sans-serif") => format!("{first}, {companion}, {others}").into(),
            _ => style.family.as_ref().into(),
        }
    }
}

/// What a tab has beyond the width of a space, in ems: four spaces in all.
const TAB: f32 = 0.75;

/// The text with blanks in the place of those control characters that part words, lines or pages, for which no font has a
/// picture; every character keeps its place in bytes. Others are no part of a text, and are seen as the box they are.
fn as_shown(text: &str) -> Cow<'_, str> {
    if !text.contains(['\t', '\u{b}', '\u{c}', '\u{85}']) {
        return text.into();
    }
    text.replace(['\t', '\u{b}', '\u{c}'], " ").replace('\u{85}', "\u{a0}").into()
}

/// Where commas and full stops stand before quotation marks. Fonts push them under the marks, where a mark that ends between
/// the two would not show whether it holds the sign.
fn before_quotation_marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let signs = text.match_indices([',', '.']).map(|(at, sign)| at..at + sign.len());
    signs.filter(|sign| text[sign.end..].starts_with(['”', '’', '"', '\'', '“', '‘']))
}

/// Breaks a shaped text into lines of a width, in pixels.
pub fn break_lines(layout: &mut Layout<()>, width: f32) {
    layout.break_all_lines(Some(width));
    layout.align(Alignment::Start, AlignmentOptions::default());
}

/// Whether the family that comes with the program surely has the character.
fn in_own_family(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{17f}' | '\u{391}'..='\u{3c9}' | '\u{410}'..='\u{44f}' | '\u{2010}'..='\u{2027}' | '\u{202f}'
        | '\u{2030}'..='\u{203a}' | '\u{20ac}' | '\u{2122}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_that_part_words_are_blanks_in_the_same_places() {
        let text = "a\tb\u{c}c\u{85}d\u{b}é";
        let shown = as_shown(text);
        assert_eq!(shown, "a b c\u{a0}d é");
        let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        assert_eq!(places(&shown), places(text));
        assert!(matches!(as_shown("no tab"), Cow::Borrowed(_)));
    }
}
