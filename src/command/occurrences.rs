//! Marking many places at once, in as many articles as they lie in.
//!
//! The concordance ticks places and marks them by one command. Places are bytes of texts as they are now; a place
//! that has no words in its article is refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{known, layer, plan::Plan, scene::Scene};
use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, AnnotationId, AnnotatorId, ArticleId, LabelId, Mint, Project, edit::Change},
    phrase,
    query::search::{Marks, MarksFilter},
    text::{ByteRange, Fragments, grouped, segment},
};

/// Words of an article: a half-open range in bytes. A script may shorten the article’s id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occurrence {
    pub article: ArticleId,
    pub start: usize,
    pub end: usize,
}

impl Occurrence {
    pub fn new(article: ArticleId, range: ByteRange) -> Self {
        Self { article, start: range.start(), end: range.end() }
    }

    fn range(&self) -> ByteRange {
        ByteRange::new(self.start, self.end)
    }
}

/// What marking places with a label would meet with. Counts are of places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Would get a mark; those below `inside` and `crossing` among them.
    pub free: usize,
    /// Have this label on exactly these words already, and are left as they are.
    pub marked: usize,
    /// Lie inside another mark, or have another label on the same words.
    pub inside: usize,
    /// Begin inside a fragment of another mark and end outside it, or the other way about.
    pub crossing: BTreeSet<Occurrence>,
}

impl Outlook {
    /// Whether nothing lies in the way.
    pub fn is_clear(&self) -> bool {
        self.marked == 0 && self.inside == 0 && self.crossing.is_empty()
    }
}

/// Works out what marking would meet with. Only marks of this annotator count; the articles must have been read.
pub fn outlook(project: &Project, annotator: &AnnotatorId, label: &LabelId, places: &[Occurrence]) -> Outlook {
    let mut outlook = Outlook::default();
    for (article, places) in by_article(places) {
        let own = Own::of(project, article, annotator);
        for place in places {
            let range = place.range();
            if own.has(label, range) {
                outlook.marked += 1;
                continue;
            }
            outlook.free += 1;
            let crosses = |f: ByteRange| !f.contains_range(range) && !range.contains_range(f);
            if own.marks.over(range).any(|(f, _)| crosses(f)) {
                outlook.crossing.insert(place.clone());
            } else if own.marks.over(range).any(|(f, _)| f.contains_range(range)) {
                outlook.inside += 1;
            }
        }
    }
    outlook
}

/// One annotator’s marks in one article, by place.
struct Own<'a> {
    project: &'a Project,
    article: &'a ArticleId,
    annotator: &'a AnnotatorId,
    marks: Marks,
}

impl<'a> Own<'a> {
    fn of(project: &'a Project, article: &'a ArticleId, annotator: &'a AnnotatorId) -> Self {
        let filter = MarksFilter { annotator: Some(annotator.clone()), ..MarksFilter::default() };
        Self { project, article, annotator, marks: Marks::of(project, article, &filter) }
    }

    /// Whether a mark of one fragment has the label on exactly these words.
    fn has(&self, label: &LabelId, range: ByteRange) -> bool {
        let layer = self.project.layer(self.article, self.annotator);
        let is_it = |id| {
            let mark = layer.and_then(|layer| layer.annotation(id));
            mark.is_some_and(|a| a.label == *label && a.fragments.as_slice() == [range])
        };
        self.marks.over(range).any(|(fragment, id)| fragment == range && is_it(id))
    }
}

/// Places by article, each once, in the order of the text.
fn by_article(places: &[Occurrence]) -> BTreeMap<&ArticleId, BTreeSet<&Occurrence>> {
    let mut sorted: BTreeMap<&ArticleId, BTreeSet<&Occurrence>> = BTreeMap::new();
    for place in places {
        sorted.entry(&place.article).or_default().insert(place);
    }
    sorted
}

/// Marks every place that does not have the label already, in one transaction; articles that have not been read are
/// read first.
pub(super) fn plan(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    label: &LabelId,
    places: &[Occurrence],
) -> Result<Plan, Diagnostic> {
    let name = &known::label(scene.codebook(), label)?.name;
    let annotator = scene.annotator()?;
    let full = |place: &Occurrence| {
        let article = known::article(scene.project, &place.article)?.clone();
        Ok(Occurrence { article, ..place.clone() })
    };
    let places: Vec<Occurrence> = places.iter().map(full).collect::<Result<_, Diagnostic>>()?;
    let sorted = by_article(&places);
    let unread: Vec<ArticleId> =
        sorted.keys().filter(|id| !scene.project.is_read(id)).map(|id| (*id).clone()).collect();
    if !unread.is_empty() {
        return Ok(Plan::read_first(unread));
    }
    let (mut changes, mut count) = (Vec::new(), 0);
    for (id, places) in sorted {
        let own = Own::of(scene.project, id, annotator);
        let mut added = BTreeSet::new();
        for place in places {
            let range = words(scene.project, place)?;
            if own.has(label, range) || !added.insert(range) {
                continue;
            }
            let Some(fragments) = Fragments::one(range) else { continue };
            changes.push(Change::Annotation {
                article: id.clone(),
                annotator: annotator.clone(),
                id: AnnotationId(mint.uid()),
                before: None,
                after: Some(Arc::new(Annotation::new(label.clone(), fragments, scene.codebook().version))),
            });
        }
        count += added.len();
        if !added.is_empty() {
            changes.extend(layer::begun(scene, id)?);
        }
    }
    if count == 0 {
        return Err(Diagnostic::note(
            "marked-twice",
            phrase!("All of these words are already marked as {label}", label = name),
        )
        .hint("Choose another label, or tick other rows"));
    }
    Ok(Plan::change(phrase!("Mark occurrences as {what}", what = format!("{name} ({})", grouped(count))), changes))
}

/// The words of a place, without white space at the edges.
fn words(project: &Project, place: &Occurrence) -> Result<ByteRange, Diagnostic> {
    let text = project.text(&place.article).map_or("", |text| text.as_str());
    let fits = place.start < place.end && place.end <= text.len() && place.range().fits(text);
    let trimmed = fits.then(|| segment::trim(text, place.range())).filter(|range| !range.is_empty());
    trimmed.ok_or_else(|| {
        Diagnostic::error("outside-text", "One of the places has no words in its article")
            .about(phrase!(
                "{article}, bytes {start} to {end}",
                article = &place.article,
                start = &place.start,
                end = &place.end
            ))
            .hint("Search again: the article has changed")
    })
}
