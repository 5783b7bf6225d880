//! Marks in the journal: an added or a removed one whole, of one that stays the fields that differ.
//!
//! Offsets count code points and are half-open, as in layers’ files. Words are kept only to notice that the text is
//! another one, not to find them again: in the journal, what stands around them is left out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    super::{
        layer::{AnnotationRow, CommentRow},
        shape::{Answers, usual},
    },
    Pair, Side,
    place::{PlaceRow, words_of},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationContent, AnnotationId, AttributeId, Flag, FormerPlace, LabelId, Origin, Unplaced, Value,
    },
    phrase,
    text::{ByteRange, Fragments, Text},
};

/// What became of marks of one layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MarkChange<'t> {
    /// A mark that came, whole.
    #[serde(borrow)]
    Added(MarkRow<'t>),
    /// A mark that went, whole.
    #[serde(borrow)]
    Removed(MarkRow<'t>),
    /// Marks in which the same fields changed in the same way, such as fifty that were relabelled.
    #[serde(borrow)]
    Changed(ChangedMarks<'t>),
}

/// A mark as the journal has it: everything but what stands around its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkRow<'t> {
    pub id: AnnotationId,
    label: LabelId,
    /// Its fragments.
    #[serde(borrow)]
    at: Vec<PlaceRow<'t>>,
    #[serde(default, skip_serializing_if = "usual")]
    attributes: Answers,
    #[serde(default, skip_serializing_if = "usual")]
    note: String,
    #[serde(default, skip_serializing_if = "usual")]
    flag: Option<Flag>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<CommentRow>,
    /// Per cent, 0 to 100.
    #[serde(default, skip_serializing_if = "usual")]
    confidence: Option<u8>,
    #[serde(default, skip_serializing_if = "usual")]
    origin: Origin,
    codebook_version: u32,
    /// Whether it is set aside because a correction took its words away.
    #[serde(default, skip_serializing_if = "usual")]
    lost: bool,
}

/// The fields that changed, each before and after; what did not change is not named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedMarks<'t> {
    pub ids: Vec<AnnotationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<Pair<LabelId>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    at: Option<Pair<Vec<PlaceRow<'t>>>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<ChangedAttribute>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Pair<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flag: Option<Pair<Option<Flag>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comments: Option<Pair<Vec<CommentRow>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<Pair<Option<u8>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<Pair<Origin>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    codebook_version: Option<Pair<u32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lost: Option<Pair<bool>>,
}

/// An answer before and after; `None` is no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangedAttribute {
    id: AttributeId,
    #[serde(default, skip_serializing_if = "usual")]
    was: Option<Value>,
    #[serde(default, skip_serializing_if = "usual")]
    is: Option<Value>,
}

/// Calls a macro with every field that is changed as a whole, so that none is forgotten in one of several places.
macro_rules! each_field {
    ($do:ident) => {
        $do!(label, at, note, flag, comments, confidence, origin, codebook_version, lost)
    };
}

impl<'t> MarkRow<'t> {
    /// The row of what a mark says, with the places of its words.
    fn new(id: AnnotationId, at: Vec<PlaceRow<'t>>, content: AnnotationContent, lost: bool) -> Self {
        Self {
            id,
            label: content.label,
            at,
            attributes: Answers(content.attributes),
            note: content.note,
            flag: content.flag,
            comments: content.comments.iter().map(CommentRow::of).collect(),
            confidence: content.confidence,
            origin: content.origin,
            codebook_version: content.codebook_version,
            lost,
        }
    }

    /// What it says, without its places.
    fn into_content(self) -> AnnotationContent {
        AnnotationContent {
            label: self.label,
            attributes: self.attributes.0,
            note: self.note,
            comments: self.comments.into_iter().map(CommentRow::into_model).collect(),
            flag: self.flag,
            confidence: self.confidence,
            origin: self.origin,
            codebook_version: self.codebook_version,
        }
    }
}

impl MarkRow<'_> {
    /// The row of a mark in this text.
    pub fn of(id: AnnotationId, annotation: &Annotation, text: &Text) -> Self {
        let at = annotation.fragments.iter().map(|range| PlaceRow::of(range, text)).collect();
        Self::new(id, at, annotation.content(), false)
    }

    /// A mark that is set aside, with all that is known of its words: the text may not have them.
    pub fn of_unplaced(id: AnnotationId, unplaced: &Unplaced) -> MarkRow<'static> {
        let row = MarkRow::from(&AnnotationRow::of_unplaced(id, unplaced)).into_owned();
        MarkRow { at: unplaced.places.iter().map(PlaceRow::whole).collect(), ..row }
    }

    /// Whether a row of a layer’s file is of the same words at the same place.
    pub fn is_where(&self, row: &AnnotationRow<'_>) -> bool {
        MarkRow::from(row).at == self.at
    }

    /// Whether it is set aside because a correction took its words away.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// The same, borrowing nothing.
    pub fn into_owned(self) -> MarkRow<'static> {
        MarkRow { at: self.at.into_iter().map(PlaceRow::into_owned).collect(), ..self }
    }

    /// The mark in a text, where its words stand where it says.
    ///
    /// # Errors
    /// Its words are not where it says: the text is another one.
    pub fn into_model(self, text: &Text) -> Result<Annotation, Diagnostic> {
        let ranges: Option<Vec<ByteRange>> = self.at.iter().map(|place| place.find(text)).collect();
        let fragments = ranges.and_then(Fragments::new).filter(|fragments| fragments.count() == self.at.len());
        let fragments = fragments.ok_or_else(|| {
            let words = self.at.first().map_or("", |place| &*place.words);
            Diagnostic::error("words-disagree", "The mark’s words are not where the journal says")
                .about(phrase!("“{words}”", words))
                .hint("Restore the article’s text")
        })?;
        Ok(self.into_content().at(fragments))
    }

    /// What is set aside, where it has no place in the text or none in the codebook.
    pub fn into_unplaced(mut self) -> Unplaced {
        let (at, lost) = (std::mem::take(&mut self.at), self.lost);
        Unplaced { content: self.into_content(), places: at.into_iter().map(PlaceRow::into_former).collect(), lost }
    }

    /// The former places of an annotation with all of its words and what stood around them, if it is where this row
    /// says.
    pub fn places_of(&self, annotation: &Annotation, text: &Text) -> Option<Vec<FormerPlace>> {
        (MarkRow::of(self.id, annotation, text).at == self.at).then(|| Unplaced::of(annotation, text).places)
    }

    pub fn label(&self) -> &LabelId {
        &self.label
    }

    /// The words that it covers, or the first of them; fragments parted by “…”.
    pub fn words(&self) -> String {
        words_of(&self.at)
    }

    /// The row of a layer’s file that says the same. What the old row there says of words and surroundings is taken
    /// over where the place is the same; a mark that is being lost or found again has them of its own, or of the text.
    ///
    /// # Errors
    /// There is no old row for the words, they are not where this one says, and it was not set aside.
    pub fn into_layer_row<'t>(
        self,
        old: Option<&AnnotationRow<'t>>,
        text: &Text,
    ) -> Result<AnnotationRow<'t>, Diagnostic> {
        let (id, lost) = (self.id, self.lost);
        let is_whole = self.at.iter().all(PlaceRow::is_set_aside);
        if lost && is_whole {
            return Ok(AnnotationRow::of_unplaced(id, &self.into_unplaced()));
        }
        if let Some(old) = old.filter(|old| old.lost == lost && self.is_where(old)) {
            return Ok(AnnotationRow::new(id, old.fragments.clone(), self.into_content(), lost));
        }
        match self.clone().into_model(text) {
            Ok(mark) => Ok(AnnotationRow { lost, ..AnnotationRow::of(id, &mark, text) }),
            Err(_) if is_whole => Ok(AnnotationRow::of_unplaced(id, &self.into_unplaced())),
            Err(why) => Err(why),
        }
    }
}

impl<'t> From<&AnnotationRow<'t>> for MarkRow<'t> {
    fn from(row: &AnnotationRow<'t>) -> Self {
        let at = row.fragments.iter().map(PlaceRow::beginning_of).collect();
        Self::new(row.id, at, row.clone().into_content(), row.lost)
    }
}

impl<'t> MarkChange<'t> {
    /// What became of a mark; `None` where it neither was nor is.
    pub fn of(was: Option<MarkRow<'t>>, is: Option<MarkRow<'t>>) -> Option<Self> {
        match (was, is) {
            (Some(was), Some(is)) => Some(Self::between(&was, &is)),
            (Some(was), None) => Some(Self::Removed(was)),
            (None, Some(is)) => Some(Self::Added(is)),
            (None, None) => None,
        }
    }

    /// What became of a mark that was and is.
    pub fn between(was: &MarkRow<'t>, is: &MarkRow<'t>) -> Self {
        let mut changed = ChangedMarks {
            ids: vec![is.id],
            label: None,
            at: None,
            attributes: ChangedAttribute::between(&was.attributes, &is.attributes),
            note: None,
            flag: None,
            comments: None,
            confidence: None,
            origin: None,
            codebook_version: None,
            lost: None,
        };
        macro_rules! set {
            ($($field:ident),*) => {$( changed.$field = Pair::between(&was.$field, &is.$field); )*};
        }
        each_field!(set);
        // What stands around the words of a mark that is lost is in no text that comes after.
        if changed.lost.is_some() {
            changed.at = Some(Pair { was: was.at.clone(), is: is.at.clone() });
        }
        Self::Changed(changed)
    }

    /// Takes up another change of the same kind and content, so that many marks are one row; gives it back otherwise.
    pub fn join(&mut self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Changed(own), Self::Changed(mut other)) => {
                let ids = std::mem::replace(&mut other.ids, own.ids.clone());
                if *own == other {
                    own.ids.extend(ids);
                    return None;
                }
                other.ids = ids;
                Some(Self::Changed(other))
            }
            (_, other) => Some(other),
        }
    }

    pub fn ids(&self) -> &[AnnotationId] {
        match self {
            Self::Added(mark) | Self::Removed(mark) => std::slice::from_ref(&mark.id),
            Self::Changed(changed) => &changed.ids,
        }
    }

    /// The label and words that it speaks of, after the change, or before it where the mark went; `None` for what it
    /// does not speak of.
    pub fn said(&self) -> (Option<&LabelId>, Option<String>) {
        match self {
            Self::Added(mark) | Self::Removed(mark) => (Some(&mark.label), Some(mark.words())),
            Self::Changed(changed) => {
                (changed.label.as_ref().map(|label| &label.is), changed.at.as_ref().map(|at| words_of(&at.is)))
            }
        }
    }

    /// The label a mark had before, where it got another.
    pub fn label_before(&self) -> Option<&LabelId> {
        match self {
            Self::Changed(changed) => changed.label.as_ref().map(|label| &label.was),
            Self::Added(_) | Self::Removed(_) => None,
        }
    }

    /// The mark that exists on this side alone.
    pub fn only_at(&self, side: Side) -> Option<&MarkRow<'t>> {
        match (self, side) {
            (Self::Removed(mark), Side::Was) | (Self::Added(mark), Side::Is) => Some(mark),
            _ => None,
        }
    }

    /// Whether a mark is as the change says of a side.
    pub fn holds(&self, mark: Option<&MarkRow<'_>>, side: Side) -> bool {
        match (self, side) {
            (Self::Added(own), Side::Is) | (Self::Removed(own), Side::Was) => mark.is_some_and(|mark| mark == own),
            (Self::Added(_), Side::Was) | (Self::Removed(_), Side::Is) => mark.is_none(),
            (Self::Changed(changed), _) => mark.is_some_and(|mark| changed.holds(mark, side)),
        }
    }

    /// The mark on a side, from what it is on the other side.
    #[must_use]
    pub fn carried_to(&self, mark: Option<MarkRow<'t>>, side: Side) -> Option<MarkRow<'t>> {
        match (self, side) {
            (Self::Added(own), Side::Is) | (Self::Removed(own), Side::Was) => Some(own.clone()),
            (Self::Added(_), Side::Was) | (Self::Removed(_), Side::Is) => None,
            (Self::Changed(changed), _) => mark.map(|mut mark| {
                changed.put(&mut mark, side);
                mark
            }),
        }
    }
}

impl<'t> ChangedMarks<'t> {
    fn holds(&self, mark: &MarkRow<'_>, side: Side) -> bool {
        macro_rules! all_hold {
            ($($field:ident),*) => {
                $( self.$field.as_ref().is_none_or(|pair| *pair.at(side) == mark.$field) )&&*
            };
        }
        let attributes = self.attributes.iter().all(|change| mark.attributes.0.get(&change.id) == change.at(side));
        attributes && each_field!(all_hold)
    }

    fn put(&self, mark: &mut MarkRow<'t>, side: Side) {
        macro_rules! put {
            ($($field:ident),*) => {$(
                if let Some(pair) = &self.$field {
                    mark.$field = pair.at(side).clone();
                }
            )*};
        }
        each_field!(put);
        for change in &self.attributes {
            mark.attributes.0.set(change.id.clone(), change.at(side).cloned());
        }
    }
}

impl ChangedAttribute {
    fn between(was: &Answers, is: &Answers) -> Vec<Self> {
        let ids: BTreeSet<&AttributeId> = was.0.iter().chain(is.0.iter()).map(|(id, _)| id).collect();
        let both = ids.into_iter().map(|id| (id, was.0.get(id), is.0.get(id)));
        both.filter(|(_, was, is)| was != is)
            .map(|(id, was, is)| Self { id: id.clone(), was: was.cloned(), is: is.cloned() })
            .collect()
    }

    fn at(&self, side: Side) -> Option<&Value> {
        match side {
            Side::Was => self.was.as_ref(),
            Side::Is => self.is.as_ref(),
        }
    }
}
