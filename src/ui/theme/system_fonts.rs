//! The fonts of the system: its interface font, and a font for each character that the window's own ones lack.
//!
//! It installs nothing by itself, and reads no font file before a character of it is shown.

use std::sync::{Arc, LazyLock};

use egui::{
    Context, FontData, FontFamily,
    epaint::text::{FallbackRequest, FontInsert, FontPriority, FontProvider, InsertFontFamily},
    mutex::Mutex,
};
use fontique::{
    Attributes, Collection, CollectionOptions, FallbackKey, FontWeight, GenericFamily, Language, Query, QueryFamily,
    QueryFont, QueryStatus, Script, SourceCache,
};
use icu_properties::{CodePointMapData, PropertyNamesShort, props};

use super::fonts::{self, SystemFaces};

/// The system's fonts, listed.
pub struct SystemFonts {
    /// The interface font; `None` where the system names none.
    faces: Option<SystemFaces>,
    /// Finds a font for a character that the others lack.
    fallback: Arc<Fallback>,
}

impl SystemFonts {
    /// Lists them; takes some tens of milliseconds, so not while starting.
    pub fn find() -> Self {
        let mut listed = Listed {
            collection: Collection::new(CollectionOptions { shared: false, system_fonts: true }),
            cache: SourceCache::default(),
        };
        let faces = listed.interface_face(400.0).zip(listed.interface_face(600.0));
        let faces = faces.map(|(plain, strong)| SystemFaces { plain, strong });
        Self { faces, fallback: Arc::new(Fallback(Mutex::new(listed))) }
    }

    /// Sets the window in them from its next frame on.
    pub fn install(&self, ctx: &Context) {
        ctx.set_fonts(fonts::definitions(self.faces.as_ref()));
        ctx.set_font_providers(vec![Arc::clone(&self.fallback) as Arc<dyn FontProvider>]);
    }
}

/// The fonts that the system lists, and the files of them that were read.
struct Listed {
    collection: Collection,
    cache: SourceCache,
}

impl Listed {
    /// The interface font in a weight on the scale of CSS.
    fn interface_face(&mut self, weight: f32) -> Option<FontData> {
        let mut query = self.collection.query(&mut self.cache);
        query.set_families(
            [GenericFamily::SystemUi, GenericFamily::UiSansSerif, GenericFamily::SansSerif].map(QueryFamily::Generic),
        );
        query.set_attributes(Attributes { weight: FontWeight::new(weight), ..Attributes::default() });
        first_that(&mut query, |_| true).map(data)
    }

    /// A font that has the character, of the system's choice for its script.
    fn font_with(&mut self, c: char, generic: GenericFamily) -> Option<QueryFont> {
        let has = |font: &QueryFont| font.charmap().and_then(|map| map.map(c)).is_some_and(|glyph| glyph != 0);
        let Some(script) = script_of(c) else {
            // Signs belong to no script, so nothing is chosen for them.
            let others = [GenericFamily::SystemUi, GenericFamily::Emoji, GenericFamily::Math, GenericFamily::Serif];
            let mut query = self.collection.query(&mut self.cache);
            query.set_families([generic].into_iter().chain(others).map(QueryFamily::Generic));
            return first_that(&mut query, has);
        };
        locales(script).find_map(|locale| {
            let mut query = self.collection.query(&mut self.cache);
            query.set_families([QueryFamily::Generic(generic)]);
            query.set_fallbacks(FallbackKey::new(script, locale));
            first_that(&mut query, has)
        })
    }
}

/// Finds a font for what no font of the window has.
struct Fallback(Mutex<Listed>);

impl FontProvider for Fallback {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let generic = match request.family {
            FontFamily::Monospace => GenericFamily::Monospace,
            FontFamily::Proportional | FontFamily::Name(_) => GenericFamily::SansSerif,
        };
        let font = self.0.lock().font_with(request.cluster.chars().next()?, generic)?;
        let family = InsertFontFamily { family: request.family.clone(), priority: FontPriority::Lowest };
        let name = format!("system {}.{}", font.blob.id(), font.index);
        Some(FontInsert { name, data: data(font), families: vec![family] })
    }
}

/// The first font of a query that fits; those after it are not looked at.
fn first_that(query: &mut Query<'_>, fits: impl Fn(&QueryFont) -> bool) -> Option<QueryFont> {
    let mut found = None;
    query.matches_with(|font| {
        if !fits(font) {
            return QueryStatus::Continue;
        }
        found = Some(font.clone());
        QueryStatus::Stop
    });
    found
}

/// The font as egui takes it, without a copy of its bytes.
fn data(font: QueryFont) -> FontData {
    let (blob, _) = font.blob.into_raw_parts();
    FontData::from_blob(blob, font.index)
}

/// The script of a character; `None` where it belongs to none, as signs do.
fn script_of(c: char) -> Option<Script> {
    let script = CodePointMapData::<props::Script>::new().get(c);
    if [props::Script::Common, props::Script::Inherited, props::Script::Unknown].contains(&script) {
        return None;
    }
    Script::parse(PropertyNamesShort::<props::Script>::new().get(script)?).ok()
}

/// The locales to ask for a script: the user's own, and for Han the others too, since each of their fonts lacks
/// characters of the others. `zh-SG` is simplified Chinese: with `zh-CN` fontique answers as for the user's own.
fn locales(script: Script) -> impl Iterator<Item = Option<&'static Language>> {
    static HAN: LazyLock<Vec<Language>> =
        LazyLock::new(|| ["zh-SG", "zh-TW", "ja", "ko"].iter().filter_map(|tag| Language::parse(tag).ok()).collect());
    let others: &[Language] = if script == Script::from_bytes(*b"Hani") { &HAN } else { &[] };
    std::iter::once(None).chain(others.iter().map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_scripts_and_signs_have_none() {
        let scripts = ['a', '日', 'ع', '1', '⌥', '\u{301}'].map(|c| script_of(c).map(|script| script.to_string()));
        let [latin, han, arabic] = ["Latn", "Hani", "Arab"].map(|name| Some(name.to_owned()));
        assert_eq!(scripts, [latin, han, arabic, None, None, None]);
    }

    #[test]
    fn every_character_of_a_text_field_is_looked_for_among_the_systems_fonts() {
        let system = SystemFonts::find();
        let installed = ['ع', 'ש', 'ก', 'क', 'Ж'].map(|c| {
            let font = system.fallback.0.lock().font_with(c, GenericFamily::SansSerif);
            font.map(|font| (font.charmap().and_then(|map| map.map(c)), c))
        });
        // Which fonts are installed differs, but each that is found has the character.
        assert!(installed.iter().flatten().all(|(glyph, _)| glyph.is_some_and(|glyph| glyph != 0)), "{installed:?}");
        let ctx = Context::default();
        system.install(&ctx);
        let found = installed.iter().flatten().map(|(_, c)| *c).collect::<Vec<_>>();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let lacking = |c: &&char| ui.fonts_mut(|set| !set.has_glyph(&fonts::plain(14.0), **c));
            assert_eq!(found.iter().filter(lacking).count(), 0, "of {found:?}");
        });
        output.textures_delta.clear();
    }
}
