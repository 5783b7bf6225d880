//! `layers/<annotator>/<article>.ron` and `layers/<annotator>/links.ron`: what one annotator has said.
//!
//! Offsets count Unicode code points and the end is exclusive. Each fragment says its words and a little of what
//! stands around them, so that it is found again where the text was changed from outside.
//!
//! Unknown fields are refused, so that a file of a newer version is never written back with something missing. What a
//! row means (does the label exist, does it fit its role?) is the model’s to say.

mod links;
mod rejection;
mod relation;
mod rows;
mod summary;

use std::borrow::Cow;

pub use links::{LinksFile, LinksRows};
pub use rejection::RejectionRow;
pub use relation::{MemberHome, RelationRow};
pub use rows::LayerRows;
pub use summary::SummaryFile;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::shape::{Answers, Moment, Offsets, usual};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationContent, AnnotationId, AnnotatorId, Answer, ArticleAnswers, ArticleId, AsideRow,
        AttributeId, Comment, Flag, FormerPlace, Item, LabelId, Layer, Origin, SetAside, Status, Uid, Unplaced, Value,
        load::RawLayer, repeated, set_aside::lost_words,
    },
    phrase,
    text::{Anchor, ByteRange, Fragments, Text, anchor},
};

/// With fewer annotations than this, another thread costs more than it saves.
const ROWS_A_TASK: usize = 512;

/// What one annotator has said of one article.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerFile<'t> {
    /// How the file counts; there is one way so far, and it says it.
    offsets: Offsets,
    #[serde(default, skip_serializing_if = "usual")]
    status: Status,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    answers: Vec<AnswerRow>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    annotations: Vec<AnnotationRow<'t>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationRow>,
}

/// An answer about the article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerRow {
    pub question: AttributeId,
    #[serde(default, skip_serializing_if = "usual")]
    pub target: Option<String>,
    pub value: Value,
}

/// An annotation; sorted by id in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnotationRow<'t> {
    pub id: AnnotationId,
    pub label: LabelId,
    #[serde(borrow)]
    pub fragments: Vec<FragmentRow<'t>>,
    #[serde(default, skip_serializing_if = "usual")]
    pub attributes: Answers,
    #[serde(default, skip_serializing_if = "usual")]
    pub note: String,
    #[serde(default, skip_serializing_if = "usual")]
    pub flag: Option<Flag>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<CommentRow>,
    /// Per cent, 0 to 100.
    #[serde(default, skip_serializing_if = "usual")]
    pub confidence: Option<u8>,
    #[serde(default, skip_serializing_if = "usual")]
    pub origin: Origin,
    pub codebook_version: u32,
    /// Whether a correction of the text took its words away: then they are not looked for.
    #[serde(default, skip_serializing_if = "usual")]
    pub lost: bool,
}

/// A fragment, with what it takes to find it again (W3C Web Annotation’s text quote: exact, prefix, suffix).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FragmentRow<'t> {
    /// Code points before it.
    pub start: usize,
    /// Code points up to its end, exclusive.
    pub end: usize,
    /// The words that it covers.
    #[serde(borrow)]
    pub words: Cow<'t, str>,
    /// What stands right before it; see `text::anchor` for how much.
    #[serde(borrow, default, skip_serializing_if = "usual")]
    before: Cow<'t, str>,
    /// What stands right after it.
    #[serde(borrow, default, skip_serializing_if = "usual")]
    after: Cow<'t, str>,
}

/// A remark on an annotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentRow {
    by: AnnotatorId,
    at: Moment,
    text: String,
}

/// A fragment that was found elsewhere than its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub words: String,
    /// Where the file said, in code points, half-open.
    pub old: (usize, usize),
    /// Where it is.
    pub new: (usize, usize),
}

impl LayerFile<'_> {
    /// The file of a layer, with what is set aside in it.
    pub fn of(layer: &Layer, text: &Text) -> Self {
        let whole = layer.article_answers();
        Self {
            offsets: Offsets,
            status: whole.status,
            answers: whole.answers.iter().map(AnswerRow::of).collect(),
            annotations: layer.annotations().map(|(id, a)| AnnotationRow::of(id, a, text)).collect(),
            relations: layer.relations().iter().map(|(id, r)| RelationRow::of(id, r, MemberHome::Layer)).collect(),
        }
        .with(layer.set_aside())
    }

    /// The file with what is set aside among the rest, in the order that rows always have.
    fn with(mut self, set_aside: &[SetAside]) -> Self {
        for SetAside { row, .. } in set_aside {
            match row {
                AsideRow::Annotation(id, unplaced) => self.annotations.push(AnnotationRow::of_unplaced(*id, unplaced)),
                AsideRow::Relation(id, relation) => {
                    self.relations.push(RelationRow::of(*id, relation, MemberHome::Layer));
                }
                AsideRow::Answer(answer) => self.answers.push(AnswerRow::of(answer)),
            }
        }
        if !set_aside.is_empty() {
            self.annotations.sort_by_key(|row| row.id);
            self.relations.sort_by_key(|row| row.id);
            self.answers.sort_by(|a, b| (&a.question, &a.target).cmp(&(&b.question, &b.target)));
        }
        self
    }

    /// What the file says, for the model to check, and the fragments that had to be found again.
    ///
    /// # Errors
    /// Every row that cannot be understood without guessing.
    pub fn into_raw(self, article: &ArticleId, text: &Text) -> Result<(RawLayer, Vec<Moved>), Vec<Diagnostic>> {
        let mut raw = RawLayer::default();
        let (mut moved, mut wrong) = (Vec::new(), Vec::new());
        let rows = self.annotations.into_par_iter().with_min_len(ROWS_A_TASK).map(|row| row.into_model(text));
        for row in rows.collect::<Vec<_>>() {
            match row {
                Ok((id, annotation, places)) => {
                    raw.annotations.push((id, annotation));
                    moved.extend(places);
                }
                Err(aside) => raw.set_aside.push(*aside),
            }
        }
        raw.relations = self.relations.into_iter().map(|r| r.into_model(Some(article), &mut wrong)).collect();
        let aside = raw.set_aside.iter().filter_map(SetAside::item);
        let aside = aside.filter_map(|item| if let Item::Annotation(id) = item { Some(id.0) } else { None });
        wrong.extend(
            repeated(raw.annotations.iter().map(|(id, _)| id.0).chain(aside)).into_iter().map(annotation_twice),
        );
        wrong.extend(repeated(raw.relations.iter().map(|(id, _)| id.0)).into_iter().map(relation_twice));
        let answers: Vec<Answer> = self.answers.into_iter().map(AnswerRow::into_model).collect();
        raw.article_answers = ArticleAnswers { status: self.status, ..ArticleAnswers::default() };
        for answer in answers {
            if raw.article_answers.answer(&answer.question, answer.target.as_deref()).is_some() {
                wrong.push(
                    Diagnostic::error(
                        "twice",
                        phrase!("The question “{question}” is answered twice", question = &answer.question),
                    )
                    .hint("Take one of the answers away"),
                );
            }
            raw.article_answers.set_answer(answer.question, answer.target, Some(answer.value));
        }
        if wrong.is_empty() { Ok((raw, moved)) } else { Err(wrong) }
    }
}

/// Two rows of a file have the same id.
fn annotation_twice(id: Uid) -> Diagnostic {
    Diagnostic::error("twice", phrase!("The annotation {id} is there twice", id = &id))
        .hint("Take one away, or give it another id")
}

/// As [`annotation_twice`].
fn relation_twice(id: Uid) -> Diagnostic {
    Diagnostic::error("twice", phrase!("The relation {id} is there twice", id = &id))
        .hint("Take one away, or give it another id")
}

impl AnswerRow {
    pub fn of(answer: &Answer) -> Self {
        Self { question: answer.question.clone(), target: answer.target.clone(), value: answer.value.clone() }
    }

    pub fn into_model(self) -> Answer {
        Answer { question: self.question, target: self.target, value: self.value }
    }
}

impl<'t> AnnotationRow<'t> {
    /// The row of what an annotation says, with the places of its words.
    pub fn new(id: AnnotationId, fragments: Vec<FragmentRow<'t>>, content: AnnotationContent, lost: bool) -> Self {
        Self {
            id,
            label: content.label,
            fragments,
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
    pub fn into_content(self) -> AnnotationContent {
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

impl AnnotationRow<'_> {
    /// The row of an annotation in this text.
    pub fn of(id: AnnotationId, annotation: &Annotation, text: &Text) -> Self {
        let fragments = annotation.fragments.iter().map(|range| FragmentRow::of(range, text)).collect();
        Self::new(id, fragments, annotation.content(), false)
    }

    /// The row of an annotation that is set aside, as its file had it.
    pub fn of_unplaced(id: AnnotationId, unplaced: &Unplaced) -> Self {
        let fragments = unplaced.places.iter().map(FragmentRow::of_place).collect();
        Self::new(id, fragments, unplaced.content.clone(), unplaced.lost)
    }

    /// The same row with what stands around its words in the corrected text, where the words are still at the same
    /// offsets; `None` where they are not.
    pub fn in_corrected(&self, old: &Text, new: &Text) -> Option<Self> {
        let stays = |fragment: &FragmentRow<'_>| {
            let (range, moved) = fragment.find(old)?;
            let here = new.range_from_chars(fragment.start, fragment.end)?;
            let is_same = moved.is_none() && here.slice(new.as_str()) == range.slice(old.as_str());
            is_same.then(|| FragmentRow::of(here, new))
        };
        let fragments: Option<Vec<FragmentRow<'_>>> = self.fragments.iter().map(stays).collect();
        Some(Self { fragments: fragments.filter(|_| !self.lost)?, ..self.clone() })
    }

    /// The annotation, with the fragments that had to be found again. Otherwise what is set aside: an annotation
    /// whose words are not in the text, or whose fragments are empty or overlap.
    pub fn into_model(mut self, text: &Text) -> Result<(AnnotationId, Annotation, Vec<Moved>), Box<SetAside>> {
        let (id, lost) = (self.id, self.lost);
        let found = self.find(text);
        let fragments = std::mem::take(&mut self.fragments);
        let content = self.into_content();
        match found {
            // Words that are found are the text's own: a copy of them for each mark would cost most of the reading.
            Ok((ranges, moved)) => Ok((id, content.at(ranges), moved)),
            Err(why) => {
                let places = fragments.into_iter().map(FragmentRow::into_place).collect();
                let row = AsideRow::Annotation(id, Box::new(Unplaced { content, places, lost }));
                Err(Box::new(SetAside { row, why }))
            }
        }
    }

    /// The words that it covers, as the file has them, fragments parted by “…”.
    pub fn words(&self) -> String {
        self.fragments.iter().map(|fragment| &*fragment.words).collect::<Vec<_>>().join(" … ")
    }

    /// All fragments in the text; the first that can’t be found says why.
    fn find(&self, text: &Text) -> Result<(Fragments, Vec<Moved>), Diagnostic> {
        if self.lost {
            return Err(lost_words());
        }
        let (mut ranges, mut moved) = (Vec::new(), Vec::new());
        for fragment in &self.fragments {
            let (range, place) = fragment.find(text).ok_or_else(|| fragment.lost(text))?;
            ranges.push(range);
            moved.extend(place);
        }
        let given = ranges.len();
        let fragments = Fragments::new(ranges).filter(|f| f.count() == given).ok_or_else(|| {
            Diagnostic::error("bad-fragments", phrase!("The fragments of {id} are empty or overlap", id = &self.id))
                .hint("Give each fragment at least one character, and no character to two of them")
        })?;
        Ok((fragments, moved))
    }
}

impl FragmentRow<'_> {
    fn of(range: ByteRange, text: &Text) -> Self {
        let (start, end) = text.range_to_chars(range);
        let Anchor { exact, prefix, suffix } = Anchor::of(text.as_str(), range);
        Self { start, end, words: exact.into(), before: prefix.into(), after: suffix.into() }
    }

    fn of_place(place: &FormerPlace) -> Self {
        let Anchor { exact, prefix, suffix } = place.anchor.clone();
        Self {
            start: place.start_chars,
            end: place.end_chars,
            words: exact.into(),
            before: prefix.into(),
            after: suffix.into(),
        }
    }

    fn into_place(self) -> FormerPlace {
        let [exact, prefix, suffix] = [self.words, self.before, self.after].map(Cow::into_owned);
        FormerPlace { start_chars: self.start, end_chars: self.end, anchor: Anchor { exact, prefix, suffix } }
    }

    /// The range in bytes, with how it moved where the words are not where the file says, or stand among others.
    fn find(&self, text: &Text) -> Option<(ByteRange, Option<Moved>)> {
        if let Some(range) = text.range_from_chars(self.start, self.end)
            && range.slice(text.as_str()) == Some(&*self.words)
            && anchor::surroundings_agree(text.as_str(), range, &self.before, &self.after)
        {
            return Some((range, None));
        }
        let [exact, prefix, suffix] = [&self.words, &self.before, &self.after].map(ToString::to_string);
        let anchor = Anchor { exact, prefix, suffix };
        let hint = text.char_to_byte(self.start).unwrap_or(text.as_str().len());
        let range = anchor::find(text.as_str(), &anchor, hint)?;
        let moved =
            Moved { words: self.words.to_string(), old: (self.start, self.end), new: text.range_to_chars(range) };
        Some((range, Some(moved)))
    }

    /// Why it can’t be found: what stands there instead.
    fn lost(&self, text: &Text) -> Diagnostic {
        let found = text.range_from_chars(self.start, self.end).and_then(|r| r.slice(text.as_str()));
        // Offsets are shown as the file has them, without marks between thousands.
        let (start, end, count) = (&self.start, &self.end, &text.char_count());
        let diagnostic = match found {
            Some(found) if found == self.words => Diagnostic::error(
                "words-disagree",
                phrase!(
                    "At {start} to {end} these words stand among other words than before, and the mark’s own are nowhere",
                    start,
                    end
                ),
            ),
            Some(found) => Diagnostic::error(
                "words-disagree",
                phrase!(
                    "At {start} to {end} the text says “{found}”, and the mark’s words are nowhere else",
                    start,
                    end,
                    found
                ),
            ),
            None => Diagnostic::error(
                "past-the-end",
                phrase!(
                    "The mark’s offsets {start} to {end} are not in the text of {count} characters",
                    start,
                    end,
                    count
                ),
            ),
        };
        diagnostic
            .about(phrase!("“{words}”", words = self.words.as_ref()))
            .hint("Correct the offsets and words, or restore the text")
    }
}

impl CommentRow {
    pub fn of(comment: &Comment) -> Self {
        Self { by: comment.by.clone(), at: Moment::from_unix_ms(comment.at_unix_ms), text: comment.text.clone() }
    }

    pub fn unix_ms(&self) -> i64 {
        self.at.unix_ms()
    }

    pub fn into_model(self) -> Comment {
        Comment { by: self.by, at_unix_ms: self.at.unix_ms(), text: self.text }
    }
}
