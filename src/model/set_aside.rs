//! What a layer's file says that can't stand in the layer: kept as it is until somebody decides.
//!
//! Marks whose words are not found in the text any more, and rows that break a rule of the codebook, are set aside
//! when they are read. They cover nothing, fill no role, count nowhere and are not exported; they are written back
//! with the layer, so that nothing of them is lost, and held against text and codebook anew at every reading.

use super::{
    annotation::{Annotation, AnnotationContent},
    answer::Answer,
    id::{AnnotationId, RelationId},
    relation::{Item, Relation},
};
use crate::{
    diagnostic::Diagnostic,
    text::{Anchor, ByteRange, Text, anchor},
};

/// A row of a file that can’t stand in the layer, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub row: AsideRow,
    /// The rule that it breaks, for the user. Follows from text and codebook and is not stored.
    pub why: Diagnostic,
}

/// A row as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsideRow {
    /// A mark: its words are gone, or the codebook refuses it.
    Annotation(AnnotationId, Box<Unplaced>),
    /// A relation that the codebook refuses, or that lacks a member.
    Relation(RelationId, Relation),
    /// An answer about the article that no question takes.
    Answer(Answer),
}

/// An annotation without a place in the text: what it says, and where its fragments were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    pub content: AnnotationContent,
    /// Where its fragments were, in the order of the file; never empty.
    pub places: Vec<FormerPlace>,
    /// Whether a correction of the text took its words away. Then they are not looked for again, since the same words
    /// elsewhere would be others.
    pub lost: bool,
}

/// Where a fragment was, in the text as it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerPlace {
    /// Code points before it.
    pub start_chars: usize,
    /// Code points up to its end, which is exclusive.
    pub end_chars: usize,
    /// Its words and what stood around them, by which it can be found again.
    pub anchor: Anchor,
}

/// Why a mark is set aside whose words a correction of the text took away.
pub fn lost_words() -> Diagnostic {
    Diagnostic::warning("words-lost", "The text was corrected, and the mark’s words are not in it any more")
        .hint("Place it on other words, or remove it")
}

/// Why a relation is set aside that lacks a member.
pub fn without_member() -> Diagnostic {
    Diagnostic::error("no-such-member", "A relation names something that is set aside or does not exist")
        .hint("Repair what it names, or choose another mark of the same annotator")
}

impl SetAside {
    /// The mark or relation that it is; `None` for an answer, which has no id.
    pub fn item(&self) -> Option<Item> {
        match &self.row {
            AsideRow::Annotation(id, _) => Some(Item::Annotation(*id)),
            AsideRow::Relation(id, _) => Some(Item::Relation(*id)),
            AsideRow::Answer(_) => None,
        }
    }
}

impl FormerPlace {
    /// A range of a text, in bytes; it must fit the text.
    pub fn of(range: ByteRange, text: &Text) -> Self {
        let (start_chars, end_chars) = text.range_to_chars(range);
        Self { start_chars, end_chars, anchor: Anchor::of(text.as_str(), range) }
    }

    /// Where its words are now, in bytes: where they were, or elsewhere among what stood around them.
    pub fn find(&self, text: &Text) -> Option<ByteRange> {
        let Anchor { exact, prefix, suffix } = &self.anchor;
        let is_here = |range: &ByteRange| {
            range.slice(text.as_str()) == Some(exact) && anchor::surroundings_agree(text, *range, prefix, suffix)
        };
        let here = text.range_from_chars(self.start_chars, self.end_chars).filter(is_here);
        let hint = || text.char_to_byte(self.start_chars).unwrap_or(text.len());
        here.or_else(|| anchor::find(text.as_str(), &self.anchor, hint()))
    }
}

impl Unplaced {
    /// An annotation taken out of a text, with its words.
    pub fn of(annotation: &Annotation, text: &Text) -> Self {
        let places = annotation.fragments.iter().map(|range| FormerPlace::of(range, text)).collect();
        Self { content: annotation.content(), places, lost: false }
    }

    /// The words that it had, fragments parted by “…”.
    pub fn words(&self) -> String {
        self.places.iter().map(|place| place.anchor.exact.as_str()).collect::<Vec<_>>().join(" … ")
    }
}
