//! What an export would lose: everything that a project has and a format does not keep, counted, with places.
//!
//! Pure: it looks at what was read, and writes nothing. An export counts the same while it writes, so that its report
//! repeats the list.

use std::collections::BTreeMap;

use super::{
    keeps::Keeps,
    writer::{ExportedArticle, ExportedLayer},
};
use crate::{
    model::{
        Annotation, AnnotationId, AnnotatorId, ArticleId, Item, Layer, Origin, Project, Relation, RelationId, Status,
    },
    phrase,
    text::Phrase,
};

/// So many places are kept of each kind of loss; all are counted.
pub const MAX_PLACES: usize = 100;

/// What an export loses, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<Keeps, Loss>);

/// What is lost of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    pub count: usize,
    /// The first [`MAX_PLACES`] of them, in the order of the articles.
    pub places: Vec<LossPlace>,
}

/// Where something is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossPlace {
    /// `None` for what belongs to no single article.
    pub article: Option<ArticleId>,
    /// Whose it is; `None` for what is of the article itself.
    pub annotator: Option<AnnotatorId>,
    /// The mark or relation; `None` for what is of the article or the layer.
    pub item: Option<Item>,
}

impl Losses {
    /// What is lost of what belongs to no single article: relations across articles and what was rejected.
    pub fn of_project(project: &Project, keeps: &[Keeps]) -> Self {
        let mut losses = Counter::new(keeps);
        for (annotator, links) in project.all_links() {
            for (id, _) in links.iter() {
                losses.add(Keeps::RelationsAcrossArticles, place(None, annotator, Some(id.into())));
            }
        }
        for (annotator, rejections) in project.all_rejections() {
            (0..rejections.len()).for_each(|_| losses.add(Keeps::Rejections, place(None, annotator, None)));
        }
        losses.losses
    }

    /// What is lost of an article, in the layers that were read.
    pub fn of(article: &ExportedArticle<'_>, keeps: &[Keeps]) -> Self {
        let mut losses = Counter::new(keeps);
        let here = LossPlace { article: Some(article.id.clone()), annotator: None, item: None };
        losses.add(Keeps::Text, here.clone());
        if has_metadata(article) {
            losses.add(Keeps::Metadata, here);
        }
        article.layers().iter().for_each(|layer| losses.add_layer(article.id, layer));
        losses.losses
    }

    /// Takes up what is lost elsewhere, after this.
    pub fn extend(&mut self, other: Self) {
        for (keeps, loss) in other.0 {
            let own = self.0.entry(keeps).or_default();
            own.count += loss.count;
            let room = MAX_PLACES.saturating_sub(own.places.len());
            own.places.extend(loss.places.into_iter().take(room));
        }
    }

    /// Each kind of which something is lost, in the order of [`Keeps::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Keeps, &Loss)> {
        self.0.iter().map(|(keeps, loss)| (*keeps, loss))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Loss {
    /// The first places in words, `most` at most: “toll-1k3f 0svkxb8000000”; `None` where there are none.
    pub fn places_in_words(&self, most: usize) -> Option<Phrase> {
        let words: Vec<String> = self.places.iter().take(most).map(LossPlace::to_string).collect();
        let (places, more) = (words.join(", "), self.count - words.len());
        match (words.is_empty(), more) {
            (true, _) => None,
            (_, 0) => Some(Phrase::verbatim(places)),
            _ => Some(phrase!("{places} and {more} more", places, more)),
        }
    }
}

/// Article, then annotator where no item tells whose it is, then item.
impl std::fmt::Display for LossPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let item = self.item.map(|item| match item {
            Item::Annotation(id) => id.to_string(),
            Item::Relation(id) => id.to_string(),
        });
        let annotator = self.annotator.as_ref().filter(|_| item.is_none()).map(ToString::to_string);
        let parts = [self.article.as_ref().map(ToString::to_string), annotator, item];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

/// Counts what is not kept.
struct Counter<'k> {
    keeps: &'k [Keeps],
    losses: Losses,
}

impl<'k> Counter<'k> {
    fn new(keeps: &'k [Keeps]) -> Self {
        Self { keeps, losses: Losses::default() }
    }

    fn add(&mut self, what: Keeps, place: LossPlace) {
        if self.keeps.contains(&what) {
            return;
        }
        let loss = self.losses.0.entry(what).or_default();
        loss.count += 1;
        if loss.places.len() < MAX_PLACES {
            loss.places.push(place);
        }
    }

    fn add_layer(&mut self, article: &ArticleId, exported: &ExportedLayer<'_>) {
        let annotator = exported.annotator;
        let here = || place(Some(article), annotator, None);
        let Some(layer) = exported.layer else { return };
        self.add(Keeps::Annotators, here());
        if layer.status() != Status::ToDo {
            self.add(Keeps::Status, here());
        }
        layer.article_answers().answers.iter().for_each(|_| self.add(Keeps::Answers, here()));
        for (id, mark) in layer.annotations() {
            self.add_mark(|| place(Some(article), annotator, Some(id.into())), mark);
        }
        for id in overlapping(layer, self.keeps) {
            self.add(Keeps::Overlaps, place(Some(article), annotator, Some(id.into())));
        }
        for (id, relation) in layer.relations().iter() {
            self.add_relation(place(Some(article), annotator, Some(RelationId::into(id))), relation);
        }
    }

    fn add_mark(&mut self, place: impl Fn() -> LossPlace, mark: &Annotation) {
        let has = [
            (Keeps::Fragments, mark.fragments.count() > 1),
            (Keeps::Attributes, !mark.attributes.is_empty()),
            (Keeps::Notes, !mark.note.is_empty()),
            (Keeps::Flags, mark.flag.is_some()),
            (Keeps::Comments, !mark.comments.is_empty()),
            (Keeps::Origin, mark.origin != Origin::Hand),
            (Keeps::Confidence, mark.confidence.is_some()),
        ];
        for (what, _) in has.into_iter().filter(|(_, has)| *has) {
            self.add(what, place());
        }
    }

    fn add_relation(&mut self, place: LossPlace, relation: &Relation) {
        let of_relation = relation.members.iter().any(|m| matches!(m.target.item, Item::Relation(_)));
        self.add(Keeps::Relations, place.clone());
        if !self.keeps.contains(&Keeps::Relations) {
            return;
        }
        let has = [
            (Keeps::ManyMembers, relation.members.len() != 2),
            (Keeps::RelationsOfRelations, of_relation),
            (Keeps::RelationAttributes, !relation.attributes.is_empty()),
            (Keeps::Notes, !relation.note.is_empty()),
            (Keeps::Origin, relation.origin != Origin::Hand),
        ];
        for (what, _) in has.into_iter().filter(|(_, has)| *has) {
            self.add(what, place.clone());
        }
    }
}

fn place(article: Option<&ArticleId>, annotator: &AnnotatorId, item: Option<Item>) -> LossPlace {
    LossPlace { article: article.cloned(), annotator: Some(annotator.clone()), item }
}

fn has_metadata(article: &ExportedArticle<'_>) -> bool {
    let own = &article.article.metadata;
    let words = [&own.outlet, &own.byline, &own.published, &own.language, &own.url];
    own.story.is_some() || words.iter().any(|words| !words.is_empty())
}

/// The marks that share a character with another mark of the layer; none where nobody asks.
fn overlapping(layer: &Layer, keeps: &[Keeps]) -> Vec<AnnotationId> {
    if keeps.contains(&Keeps::Overlaps) {
        return Vec::new();
    }
    let ranges = layer.annotations().flat_map(|(id, mark)| mark.fragments.iter().map(move |range| (range, id)));
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_unstable_by_key(|(range, id)| (range.start(), range.end(), *id));
    let mut found = std::collections::BTreeSet::new();
    // The range that reaches furthest of those that began before.
    let mut furthest = ranges.first().copied();
    for (range, id) in ranges.into_iter().skip(1) {
        let Some((before, other)) = furthest else { break };
        if range.start() < before.end() && id != other {
            found.extend([id, other]);
        }
        if range.end() > before.end() {
            furthest = Some((range, id));
        }
    }
    found.into_iter().collect()
}
