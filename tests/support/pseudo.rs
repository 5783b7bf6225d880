//! A pseudo-language: English that can be read and told from English, longer by two fifths, as German is; and an eye for
//! what is painted without it.
//!
//! Every vowel of a translated text wears an accent, and every word is drawn out, so that a word with a bare vowel was
//! never translated, or is no text of the program but of a project.

use std::{collections::BTreeSet, rc::Rc};

use egui::{
    Rect, Shape,
    epaint::ClippedShape,
    text::{LayoutJob, LayoutSection},
};
use pressmark::ui::words::{self, Language};

/// Shows whatever is drawn on this thread from now on in the pseudo-language.
pub fn speak() {
    let pseudo = Language::new("de", |english: &str| Some(translated(english).into()));
    words::speak(Some(Rc::new(pseudo.expect("it is a language"))));
}

/// A pattern in the pseudo-language; what stands in braces is left alone.
pub fn translated(english: &str) -> String {
    let mut text = String::new();
    let mut word = 0;
    let mut in_braces = false;
    for c in english.chars().chain(['\0']) {
        in_braces = (in_braces || c == '{') && c != '}';
        if c.is_alphabetic() && !in_braces {
            word += 1;
            text.push(accented(c));
            continue;
        }
        text.extend(std::iter::repeat_n(DRAWN_OUT, (word * 2usize).div_ceil(5)));
        word = 0;
        if c != '\0' {
            text.push(c);
        }
    }
    text
}

const DRAWN_OUT: char = '¬';
const BARE: &str = "aeiouyAEIOUY";
const ACCENTED: &str = "áéíóúýÁÉÍÓÚÝ";

fn accented(c: char) -> char {
    BARE.chars().position(|bare| bare == c).and_then(|at| ACCENTED.chars().nth(at)).unwrap_or(c)
}

/// A text as it was before it was translated.
pub fn english(text: &str) -> String {
    let bare = |c: char| ACCENTED.chars().position(|a| a == c).and_then(|at| BARE.chars().nth(at)).unwrap_or(c);
    text.chars().filter(|c| *c != DRAWN_OUT).map(bare).collect()
}

/// The words of a text that were never translated.
pub fn untranslated(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphabetic() && c != DRAWN_OUT && !matches!(c, '\'' | '’'));
    words.filter(|word| !word.contains(DRAWN_OUT) && word.contains(|c| BARE.contains(c)))
}

/// A text that egui has painted.
#[derive(Clone, Debug)]
pub struct Painted {
    pub text: String,
    /// Whether `…` stands for a part of it, or its room ends within it.
    pub is_cut: bool,
}

/// All texts in a frame's shapes.
pub fn painted(shapes: &[ClippedShape]) -> Vec<Painted> {
    let mut found = Vec::new();
    for shape in shapes {
        gather(&shape.shape, shape.clip_rect, &mut found);
    }
    found
}

fn gather(shape: &Shape, clip: Rect, found: &mut Vec<Painted>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| gather(shape, clip, found)),
        Shape::Text(text) => {
            let rect = text.galley.mesh_bounds.translate(text.pos.to_vec2());
            // What is scrolled out of view is cut from above or below, and whole lines of it.
            let is_seen = rect.intersects(clip) && !text.galley.job.text.trim().is_empty();
            let is_clipped = rect.left() < clip.left() - 1.0 || rect.right() > clip.right() + 1.0;
            if is_seen {
                found.push(Painted { text: text_of(&text.galley.job), is_cut: text.galley.elided || is_clipped });
            }
        }
        _ => {}
    }
}

/// What is said, with a blank where parts of it stand apart without one.
fn text_of(job: &LayoutJob) -> String {
    let apart = |section: &LayoutSection| if section.leading_space > 0.0 { " " } else { "" };
    job.sections.iter().flat_map(|s| [apart(s), &job.text[s.byte_range.start.0..s.byte_range.end.0]]).collect()
}

/// The words of a project and of keyboards, which are the same in every language.
pub fn words_of(texts: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let split = |text: String| untranslated(&text).map(str::to_owned).collect::<Vec<_>>();
    texts.into_iter().flat_map(split).collect()
}
