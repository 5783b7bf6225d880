//! What an annotator has marked in several reports, put in order once for all tables. It counts and judges nothing.

use rustc_hash::FxHashMap;

use super::terms::Terms;
use crate::{
    model::{Annotation, AnnotationId, AnnotatorId, ArticleId, Item, Layer, Project, Relation, RoleId},
    text::{ByteRange, Fragments, Text, segment::word_count},
};

/// A report, as a column or a row is headed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub article: ArticleId,
    /// Who published it; the title where that is not known.
    pub outlet: String,
    pub title: String,
    /// ISO 8601, or as it was written; empty where unknown.
    pub published: String,
}

/// A mark of one of the reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedAt {
    /// By its place among the reports.
    pub report: usize,
    pub mark: AnnotationId,
    pub place: Fragments,
}

/// What an annotator has marked in several reports.
pub struct Reports<'p> {
    pub(super) project: &'p Project,
    pub(super) annotator: &'p AnnotatorId,
    pub(super) terms: Terms,
    pub(super) all: Vec<Report>,
    pub(super) read: Vec<Read<'p>>,
}

/// A report that is read; without marks where its text or its layer is not.
#[derive(Default)]
pub(super) struct Read<'p> {
    pub text: Option<&'p Text>,
    pub layer: Option<&'p Layer>,
    pub attributions: Vec<Attributed>,
    /// Words between quotation marks; sorted and disjoint.
    quoted: Vec<ByteRange>,
    /// The attributions in which something is said.
    said_in: FxHashMap<AnnotationId, Vec<usize>>,
    /// For marks that lie in something that is said, or are that, what it is.
    speech: FxHashMap<AnnotationId, AnnotationId>,
}

/// Who said what, by which words.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributed {
    pub said: Vec<AnnotationId>,
    pub sources: Vec<AnnotationId>,
    pub cues: Vec<AnnotationId>,
}

/// How many words of some places stand between quotation marks, and how many do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub quoted: usize,
    pub reported: usize,
}

impl<'p> Reports<'p> {
    /// Reads the annotator’s layers of these articles. Those that are not in memory have no marks.
    pub fn read(project: &'p Project, annotator: &'p AnnotatorId, articles: &[ArticleId]) -> Self {
        let terms = Terms::of(project.codebook());
        let read = articles.iter().map(|id| Read::of(project, annotator, id, &terms)).collect();
        let all = Self::named(project, articles);
        Self { project, annotator, terms, all, read }
    }

    /// What articles are called in tables, without anybody’s marks.
    pub fn named(project: &Project, articles: &[ArticleId]) -> Vec<Report> {
        articles.iter().map(|id| Report::of(project, id)).collect()
    }

    /// The reports, in their order.
    pub fn all(&self) -> &[Report] {
        &self.all
    }

    /// What the codebook means.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    pub(super) fn annotation(&self, report: usize, mark: AnnotationId) -> Option<&'p Annotation> {
        self.read[report].annotation(mark)
    }

    pub(super) fn marked_at(&self, report: usize, mark: AnnotationId) -> Option<MarkedAt> {
        let place = self.annotation(report, mark)?.fragments.clone();
        Some(MarkedAt { report, mark, place })
    }
}

impl AsRef<[Report]> for Reports<'_> {
    fn as_ref(&self) -> &[Report] {
        &self.all
    }
}

impl Report {
    fn of(project: &Project, article: &ArticleId) -> Self {
        let metadata = project.article(article).map(|article| article.metadata.clone()).unwrap_or_default();
        let outlet = if metadata.outlet.is_empty() { metadata.title.clone() } else { metadata.outlet };
        Self { article: article.clone(), outlet, title: metadata.title, published: metadata.published }
    }
}

impl<'p> Read<'p> {
    fn of(project: &'p Project, annotator: &AnnotatorId, article: &ArticleId, terms: &Terms) -> Self {
        let (Some(text), Some(layer)) = (project.text(article), project.layer(article, annotator)) else {
            return Self { text: project.text(article), ..Self::default() };
        };
        let outermost = text.quotations().into_iter().filter(|quotation| quotation.depth == 0);
        let quoted = outermost.map(|quotation| quotation.inner).collect();
        let relations = layer.relations().iter();
        let attributions: Vec<Attributed> = relations.filter_map(|(_, relation)| attributed(terms, relation)).collect();
        let mut said_in: FxHashMap<AnnotationId, Vec<usize>> = FxHashMap::default();
        for (at, attribution) in attributions.iter().enumerate() {
            attribution.said.iter().for_each(|mark| said_in.entry(*mark).or_default().push(at));
        }
        let speech = speech(layer, &said_in);
        Self { text: Some(text), layer: Some(layer), attributions, quoted, said_in, speech }
    }

    pub fn annotation(&self, mark: AnnotationId) -> Option<&'p Annotation> {
        self.layer?.annotation(mark).map(AsRef::as_ref)
    }

    pub fn attributions_of(&self, mark: AnnotationId) -> impl Iterator<Item = &Attributed> {
        self.said_in.get(&mark).into_iter().flatten().map(|at| &self.attributions[*at])
    }

    /// The words of marks, one after the other.
    pub fn words_of(&self, marks: &[AnnotationId]) -> String {
        let words = |mark: &AnnotationId| Some(self.annotation(*mark)?.fragments.words(self.text?));
        marks.iter().filter_map(words).collect::<Vec<_>>().join(", ")
    }

    /// Counts the words of ranges that do not overlap.
    pub fn count(&self, ranges: impl IntoIterator<Item = ByteRange>) -> Words {
        let Some(text) = self.text else { return Words::default() };
        let mut words = Words::default();
        for range in ranges {
            let all = range.slice(text).map_or(0, word_count);
            let first = self.quoted.partition_point(|quoted| quoted.end() <= range.start());
            let touched = self.quoted[first..].iter().take_while(|quoted| quoted.start() < range.end());
            let inside = touched.filter_map(|quoted| quoted.intersection(range)?.slice(text)).map(word_count);
            let quoted = inside.sum::<usize>().min(all);
            words.quoted += quoted;
            words.reported += all - quoted;
        }
        words
    }

    /// The narrowest mark that is said to be somebody’s and holds all of this one; itself where it is one.
    pub fn speech_around(&self, mark: AnnotationId) -> Option<AnnotationId> {
        self.speech.get(&mark).copied()
    }
}

fn speech(layer: &Layer, said_in: &FxHashMap<AnnotationId, Vec<usize>>) -> FxHashMap<AnnotationId, AnnotationId> {
    let is_said = |mark: &AnnotationId| said_in.contains_key(mark);
    let mut marks: Vec<(AnnotationId, &Fragments)> =
        layer.annotations().map(|(id, mark)| (id, &mark.fragments)).collect();
    marks.sort_by_key(|(id, place)| (place.first().start(), usize::MAX - place.last().end(), !is_said(id), *id));
    let mut open: Vec<(AnnotationId, &Fragments)> = Vec::new();
    let mut speech = FxHashMap::default();
    for (id, place) in marks {
        while open.last().is_some_and(|(_, outer)| outer.last().end() <= place.first().start()) {
            open.pop();
        }
        if is_said(&id) {
            speech.insert(id, id);
            open.push((id, place));
            continue;
        }
        let holder = open.iter().rev().take(DEEPEST).find(|(_, outer)| outer.contains_all(place));
        speech.extend(holder.map(|(outer, _)| (id, *outer)));
    }
    speech
}

/// So many marks before one are looked through for one that holds it. By experience marks lie three deep.
pub(super) const DEEPEST: usize = 16;

fn attributed(terms: &Terms, relation: &Relation) -> Option<Attributed> {
    let term = terms.attributions.iter().find(|term| term.kind == relation.kind)?;
    let in_role = |role: &RoleId| relation.in_role(role).filter_map(|target| annotation(target.item)).collect();
    let cues = term.cue.as_ref().map(in_role).unwrap_or_default();
    Some(Attributed { said: in_role(&term.said), sources: in_role(&term.source), cues })
}

pub(super) fn annotation(item: Item) -> Option<AnnotationId> {
    match item {
        Item::Annotation(id) => Some(id),
        Item::Relation(_) => None,
    }
}
