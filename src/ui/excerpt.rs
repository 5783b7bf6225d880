//! As much of a mark’s words as lists and cards show.
//!
//! Lists ask for it in every frame, so that it looks at no more of a long mark than a row has room for.

use crate::{model::Annotation, text::Text};

/// Enough of a mark's words for the lines that lists and cards show, in bytes.
const ENOUGH: usize = 480;

/// The words a mark covers, cut to what a few lines show; where it is broken stands `…`.
pub fn words_of(text: &Text, annotation: &Annotation) -> String {
    let mut words = String::new();
    for fragment in annotation.fragments.iter() {
        if !words.is_empty() {
            words.push_str(" … ");
        }
        words.push_str(beginning(fragment.slice(text).unwrap_or_default()));
        if words.len() > ENOUGH {
            break;
        }
    }
    words
}

/// As much of words as a few lines show.
pub fn beginning(words: &str) -> &str {
    let mut end = words.len().min(ENOUGH);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    &words[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::LabelId,
        text::{ByteRange, Fragments},
    };

    #[test]
    fn the_words_of_a_broken_mark_show_where_it_is_broken() {
        let text = Text::from("One, she said, two.");
        let fragments = Fragments::new([ByteRange::new(0, 4), ByteRange::new(15, 19)]).unwrap();
        let annotation = Annotation::new(LabelId::new("quote").unwrap(), fragments, 1);
        assert_eq!(words_of(&text, &annotation), "One, … two.");
    }
}
