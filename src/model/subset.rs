//! A part of a project, by annotator, status, story and label: what an export is asked for. It changes no project; it makes a
//! smaller one.

use std::{collections::BTreeSet, sync::Arc};

use imbl::OrdMap;

use super::{
    Annotation, AnnotationId, AnnotatorId, ArticleId, Item, LabelId, Layer, LayerSlot, Project, Relation, RelationId,
    RelationSet, Status, StoryId, Target, known::one_of,
};
use crate::{diagnostic::Diagnostic, phrase, text::as_read::as_read};

/// Which layers and articles are meant; an empty set stands for all of its kind, so the default is everything.
///
/// An annotator who has said nothing of an article has it to do. An article is meant where that is so of one of its
/// annotators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subset {
    pub annotators: BTreeSet<AnnotatorId>,
    /// Of an annotator’s layer; no status twice.
    pub statuses: Vec<Status>,
    pub stories: BTreeSet<StoryId>,
    /// Of marks; see [`Project::keep_labels`].
    pub labels: BTreeSet<LabelId>,
    /// Of those that are meant by all of this; `None` stands for all of them.
    pub articles: Option<Arc<BTreeSet<ArticleId>>>,
}

/// How much there is of a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub articles: usize,
    pub annotations: usize,
    /// Relations across articles.
    pub links: usize,
}

impl Subset {
    /// Adds an annotator by id or name; capitals and accents tell nobody apart.
    ///
    /// # Errors
    /// The project has none of this name.
    pub fn add_annotator(&mut self, project: &Project, wanted: &str) -> Result<(), Diagnostic> {
        let known = || project.annotators().map(|(id, annotator)| (id, annotator.name.as_str()));
        let id = named(known, AnnotatorId::as_str, wanted).ok_or_else(|| {
            let names = project.annotators().map(|(_, annotator)| annotator.name.as_str());
            Diagnostic::error("unknown-annotator", phrase!("The project has no annotator “{name}”", name = wanted))
                .hint(one_of(names))
        })?;
        self.annotators.insert(id.clone());
        Ok(())
    }

    /// Adds a story by id or name.
    ///
    /// # Errors
    /// The project has none of this name.
    pub fn add_story(&mut self, project: &Project, wanted: &str) -> Result<(), Diagnostic> {
        let known = || project.stories().map(|(id, story)| (id, story.name.as_str()));
        let id = named(known, StoryId::as_str, wanted).ok_or_else(|| {
            let names = project.stories().map(|(_, story)| story.name.as_str());
            Diagnostic::error("unknown-story", phrase!("The project has no story “{name}”", name = wanted))
                .hint(one_of(names))
        })?;
        self.stories.insert(id.clone());
        Ok(())
    }

    /// Adds a status by its word in files and exports: `to-do`, `in-progress`, `done`.
    ///
    /// # Errors
    /// There is no such status.
    pub fn add_status(&mut self, wanted: &str) -> Result<(), Diagnostic> {
        let status = Status::ALL.into_iter().find(|status| status.as_str() == wanted).ok_or_else(|| {
            Diagnostic::error("unknown-status", phrase!("There is no status “{name}”", name = wanted))
                .hint(one_of(Status::ALL.into_iter().map(Status::as_str)))
        })?;
        if !self.statuses.contains(&status) {
            self.statuses.push(status);
        }
        Ok(())
    }

    /// Adds a label by id or name.
    ///
    /// # Errors
    /// The codebook has none of this name.
    pub fn add_label(&mut self, project: &Project, wanted: &str) -> Result<(), Diagnostic> {
        let known = || project.codebook().labels.iter().map(|label| (&label.id, label.name.as_str()));
        let id = named(known, LabelId::as_str, wanted).ok_or_else(|| {
            let names = project.codebook().labels.iter().map(|label| label.name.as_str());
            Diagnostic::error("unknown-label", phrase!("The project has no label “{name}”", name = wanted))
                .hint(one_of(names))
        })?;
        self.labels.insert(id.clone());
        Ok(())
    }

    /// Whether an annotator’s layer of an article belongs to it, the article being of a story that does.
    fn has_layer(&self, project: &Project, article: &ArticleId, annotator: &AnnotatorId) -> bool {
        let status = project.layer_slot(article, annotator).map_or(Status::ToDo, LayerSlot::status);
        (self.annotators.is_empty() || self.annotators.contains(annotator)) && self.has_status(status)
    }

    fn has_status(&self, status: Status) -> bool {
        self.statuses.is_empty() || self.statuses.contains(&status)
    }

    fn has_article(&self, project: &Project, id: &ArticleId) -> bool {
        let story = project.article(id).and_then(|article| article.metadata.story.as_ref());
        let mut annotators = project.annotators().peekable();
        let nobody_has = annotators.peek().is_none() && self.has_status(Status::ToDo);
        self.articles.as_ref().is_none_or(|articles| articles.contains(id))
            && (self.stories.is_empty() || story.is_some_and(|story| self.stories.contains(story)))
            && (nobody_has || annotators.any(|(annotator, _)| self.has_layer(project, id, annotator)))
    }
}

/// The row of this id, or of this name as it is read.
fn named<'p, I: 'p, K: Iterator<Item = (&'p I, &'p str)>>(
    known: impl Fn() -> K,
    id: impl Fn(&I) -> &str,
    wanted: &str,
) -> Option<&'p I> {
    let folded = |name: &str| as_read(name.trim()).to_lowercase();
    let exact = known().find(|(row, name)| id(row) == wanted || *name == wanted);
    exact.or_else(|| known().find(|(_, name)| folded(name) == folded(wanted))).map(|(row, _)| row)
}

impl Project {
    /// The project with nothing but what belongs to a subset of it. What was not read stays unread.
    ///
    /// A relation across articles stays where all of its articles do, so that no member points to what is not there.
    pub fn narrowed(&self, to: &Subset) -> Self {
        let mut project = self.clone();
        if *to == Subset::default() {
            return project;
        }
        for id in self.articles.keys().filter(|id| !to.has_article(self, id)) {
            project.put_article(id, None);
            project.texts.remove(id);
            project.layers.remove(id);
        }
        let left: Vec<ArticleId> = project.layers.keys().cloned().collect();
        for id in left {
            let kept = self.layers(&id).filter(|(annotator, _)| to.has_layer(self, &id, annotator));
            let kept: OrdMap<_, _> = kept.map(|(annotator, slot)| (annotator.clone(), slot.clone())).collect();
            match kept.is_empty() {
                true => project.layers.remove(&id),
                false => project.layers.insert(id, kept),
            };
        }
        for (annotator, links) in &self.links {
            let stays =
                |article: &ArticleId| project.articles.contains_key(article) && to.has_layer(self, article, annotator);
            let mut kept = RelationSet::default();
            for (id, link) in links.iter().filter(|(_, link)| link.members.iter().all(|m| stays(&m.target.article))) {
                kept.put(id, Some(link.clone()));
            }
            match kept.count() {
                0 => project.links.remove(annotator),
                _ => project.links.insert(annotator.clone(), kept),
            };
        }
        project
    }

    /// How much there is of it, read or not.
    pub fn size(&self) -> Size {
        let slots = self.layers.values().flat_map(OrdMap::values);
        Size {
            articles: self.articles.len(),
            annotations: slots.map(|slot| slot.annotation_count() as usize).sum(),
            links: self.links.values().map(RelationSet::count).sum(),
        }
    }

    /// Takes marks of other labels than these out of the layers of an article that were read, and every relation that has
    /// one of them as a member, links of which the other articles were read among them. No label stands for all.
    pub fn keep_labels(&mut self, article: &ArticleId, labels: &BTreeSet<LabelId>) {
        if labels.is_empty() {
            return;
        }
        let layers: Vec<(AnnotatorId, Layer)> = self
            .layers(article)
            .filter_map(|(annotator, slot)| match slot {
                LayerSlot::Read(layer) => Some((annotator.clone(), layer.clone())),
                LayerSlot::Unread(_) => None,
            })
            .collect();
        for (annotator, mut layer) in layers {
            let goes = |(id, mark): (AnnotationId, &Arc<Annotation>)| (!labels.contains(&mark.label)).then_some(id);
            let gone: Vec<AnnotationId> = layer.annotations().filter_map(goes).collect();
            for id in &gone {
                layer.put_annotation(*id, None);
            }
            take_out(&mut layer.relations, gone.into_iter().map(Item::Annotation).collect());
            self.layers.entry(article.clone()).or_default().insert(annotator, LayerSlot::Read(layer));
        }
        let annotators: Vec<AnnotatorId> = self.links.keys().cloned().collect();
        for annotator in annotators {
            let links = self.links.get(&annotator).into_iter().flat_map(|links| links.reaching(article));
            let broken = |(_, link): &(RelationId, &Arc<Relation>)| {
                link.members.iter().any(|member| self.is_gone(&annotator, &member.target, labels))
            };
            let gone: Vec<RelationId> = links.filter(broken).map(|(id, _)| id).collect();
            let Some(links) = self.links.get_mut(&annotator) else { continue };
            gone.iter().for_each(|id| links.put(*id, None));
            take_out(links, gone.into_iter().map(Item::Relation).collect());
            if links.count() == 0 {
                self.links.remove(&annotator);
            }
        }
    }

    /// Whether a member is a mark, in a layer that was read, that is not there any more or has another label.
    fn is_gone(&self, annotator: &AnnotatorId, target: &Target, labels: &BTreeSet<LabelId>) -> bool {
        let (Some(layer), Item::Annotation(id)) = (self.layer(&target.article, annotator), target.item) else {
            return false;
        };
        layer.annotation(id).is_none_or(|mark| !labels.contains(&mark.label))
    }
}

/// Takes every relation out of a set that has one of these as a member, and those that have these as members.
fn take_out(set: &mut RelationSet, mut gone: Vec<Item>) {
    while let Some(item) = gone.pop() {
        for id in set.of(item).to_vec() {
            set.put(id, None);
            gone.push(Item::Relation(id));
        }
    }
}
