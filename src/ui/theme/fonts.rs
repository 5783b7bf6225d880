//! Fonts of the window: the system's own for the interface, the reading serif for titles and words.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

/// Names under which egui knows the families that it has no name for itself.
const STRONG: &str = "strong";
const SERIF: &str = "serif";
const SERIF_STRONG: &str = "serif strong";
const SERIF_ITALIC: &str = "serif italic";

/// The interface's own, at a size in points.
pub fn plain(size: f32) -> FontId {
    FontId::proportional(size)
}

/// The interface's own, semibold.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(STRONG.into()))
}

/// The reading serif.
pub fn serif(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF.into()))
}

/// The reading serif, semibold.
pub fn serif_strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF_STRONG.into()))
}

/// The reading serif, italic.
pub fn serif_italic(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF_ITALIC.into()))
}

/// For keys and for code; `size` is points.
pub fn monospace(size: f32) -> FontId {
    FontId::monospace(size)
}

/// A family of the window for whoever knows no egui: names as in CSS, and the weight on its scale.
pub fn as_css(family: &FontFamily) -> (&'static str, f32) {
    const SANS: &str = "system-ui, sans-serif";
    const READING: &str = "Libertinus Serif, serif";
    match family {
        FontFamily::Proportional => (SANS, 400.0),
        FontFamily::Monospace => ("monospace", 400.0),
        FontFamily::Name(name) => match name.as_ref() {
            STRONG => (SANS, 600.0),
            SERIF_STRONG => (READING, 600.0),
            _ => (READING, 400.0),
        },
    }
}

/// The faces of the system's own interface font.
#[derive(Clone)]
pub struct SystemFaces {
    /// The interface font in its regular weight.
    pub(super) plain: FontData,
    /// The same in a semibold one.
    pub(super) strong: FontData,
}

/// All fonts of the window. Without the system's own, the one that comes with egui takes its place.
pub fn definitions(system: Option<&SystemFaces>) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let mut fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    // It has signs that interface fonts lack, such as the brackets around marked words in guidelines.
    if let Some(regular) = libertinus("Regular") {
        fonts.font_data.insert(SERIF.to_owned(), Arc::new(regular));
        fallback.push(SERIF.to_owned());
    }
    let mut family = |family: FontFamily, name: &str, data: Option<FontData>| {
        let mut faces = Vec::new();
        if let Some(data) = data {
            fonts.font_data.insert(name.to_owned(), Arc::new(data));
            faces.push(name.to_owned());
        }
        faces.extend(fallback.iter().cloned());
        fonts.families.insert(family, faces);
    };
    family(FontFamily::Proportional, "system", system.map(|s| s.plain.clone()));
    family(FontFamily::Name(STRONG.into()), "system strong", system.map(|s| s.strong.clone()));
    family(FontFamily::Name(SERIF.into()), SERIF, libertinus("Regular"));
    family(FontFamily::Name(SERIF_STRONG.into()), SERIF_STRONG, libertinus("Semibold"));
    family(FontFamily::Name(SERIF_ITALIC.into()), SERIF_ITALIC, libertinus("Italic"));
    // The serif has signs that fonts for interfaces lack, such as the brackets of examples: ⟦ and ⟧.
    for faces in fonts.families.values_mut() {
        if !faces.iter().any(|face| face == SERIF) {
            faces.push(SERIF.to_owned());
        }
    }
    fonts
}

/// A face of Libertinus Serif by the name of its style.
fn libertinus(style: &str) -> Option<FontData> {
    let at = match style {
        "Regular" => 0,
        "Semibold" => 4,
        _ => 2,
    };
    own_faces().get(at).copied().map(FontData::from_static)
}

/// The faces of Libertinus Serif, which come inside the program: regular, bold, italic, bold italic, semibold and
/// semibold italic.
///
/// Whoever wants a face asks here: each place that calls `typst_assets::fonts` puts the files into the program again.
#[inline(never)]
pub fn own_faces() -> [&'static [u8]; 6] {
    let mut faces = typst_assets::fonts();
    std::array::from_fn(|_| faces.next().unwrap_or_default())
}
