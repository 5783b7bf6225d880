//! Which words of a quotation a statement is: all of it, or the parts that it shares where other statements have the
//! rest.

use super::{prepared::Prepared, quote::Quote};
use crate::text::{ByteRange, Fragments};

/// The fragments of a quotation that belong to the `at`th match. `linked` has the quotation of each match, by its
/// number, and the words that the match links.
///
/// A part with a linked word belongs to it. One without belongs to it too, where no other match has it and it stands in
/// a paragraph with a part that does.
pub(super) fn place(article: &Prepared, quote: &Quote, at: usize, linked: &[(u32, Vec<u32>)]) -> Fragments {
    let (number, own) = &linked[at];
    let has = |words: &[u32], part: ByteRange| {
        words.iter().any(|word| part.contains_range(article.words[*word as usize].range))
    };
    let rivals: Vec<&Vec<u32>> = linked
        .iter()
        .enumerate()
        .filter(|(other, (of, _))| *other != at && of == number)
        .map(|(_, (_, words))| words)
        .collect();
    let paragraph = |part: ByteRange| article.text.paragraph_at(part.start());
    let paragraphs: Vec<usize> = quote.fragments.iter().filter(|part| has(own, *part)).map(paragraph).collect();
    let belongs = |part: &ByteRange| has(own, *part) || rivals.is_empty() && paragraphs.contains(&paragraph(*part));
    Fragments::new(quote.fragments.iter().filter(belongs)).unwrap_or_else(|| quote.fragments.clone())
}
