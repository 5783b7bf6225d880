//! What all pages of a window share: fonts, shaping memory and the glyph atlas.

use std::{borrow::Cow, ops::Range, sync::Arc};

use egui::{Context, FullOutput, Plugin, Ui, mutex::Mutex};
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFeatures, FontStyle, FontWeight, Language, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

use super::{
    atlas::Atlas,
    script,
    words::{Beside, Direction},
};

/// The family that comes with the program; only its faces are registered, so that starting stays quick.
const OWN_FAMILY_FACES: usize = 6;

/// Fonts, shaping memory and the glyph atlas. One for a window; it is no view state.
pub struct PageEngine {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    system_fonts: SystemFonts,
    pub atlas: Atlas,
    pub beside: Beside,
}

/// The engine of a window, as egui keeps it: whoever draws finds it there.
#[derive(Default)]
struct OfWindow(Arc<Mutex<PageEngine>>);

impl Plugin for OfWindow {
    fn debug_name(&self) -> &'static str {
        "page engine"
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        self.0.lock().begin_frame(ui.input(|i| i.max_texture_side));
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        self.0.lock().atlas.finish_frame(&mut output.shapes);
    }
}

/// The engine of a window. It is held only while something is laid out or painted with it, and never twice.
pub fn engine_of(ctx: &Context) -> Arc<Mutex<PageEngine>> {
    Arc::clone(&ctx.plugin_or_default::<OfWindow>().lock().0)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SystemFonts {
    /// Looking for them takes a while, so it waits for the first character that needs them.
    NotYet,
    Loaded,
}

/// How a piece of text is set, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub family: Arc<str>,
    pub size: f32,
    pub line_height: f32,
    pub weight: f32,
    pub slant: Slant,
    /// Chooses between the shapes that languages give to one character.
    pub language: Option<Language>,
    pub direction: Direction,
    /// A part that stands out by another weight.
    pub strong: Option<(Range<usize>, f32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slant {
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
            beside: Beside::default(),
        }
    }

    /// To be called before anything of a frame is laid out. `longest` is the most pixels a texture's side may have.
    pub fn begin_frame(&mut self, longest: usize) {
        self.atlas.begin_frame(longest);
        self.beside.begin_frame();
    }

    /// Shapes a text; it is yet to be broken into lines.
    pub fn shape(&mut self, text: &str, setting: &Setting) -> Layout<()> {
        let family = self.family(text, setting);
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, true);
        builder.set_base_direction(setting.direction);
        builder.push_default(StyleProperty::FontSize(setting.size));
        builder.push_default(LineHeight::Absolute(setting.line_height));
        builder.push_default(FontFamily::Source(family));
        builder.push_default(FontWeight::new(setting.weight));
        builder.push_default(OverflowWrap::Anywhere);
        builder.push_default(StyleProperty::Locale(setting.language));
        if setting.slant == Slant::Italic {
            builder.push_default(StyleProperty::FontStyle(FontStyle::Italic));
        }
        if let Some((range, weight)) = &setting.strong {
            // Where the text was cut, `…` may stand in the place of their end.
            let [start, end] = [range.start, range.end].map(|at| text.floor_char_boundary(at));
            builder.push(FontWeight::new(*weight), start..end);
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
