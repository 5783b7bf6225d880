//! The project: everything that is worked on together. Cheap to clone, so that a snapshot is free. Its fields are
//! private to the room, so that every way of changing it is in this room too.

use std::{collections::BTreeMap, sync::Arc};

use imbl::{OrdMap, OrdSet, ordmap::DiffItem};

use super::{
    article::{Article, Story},
    codebook::Codebook,
    id::{AnnotatorId, ArticleId, StoryId},
    layer::{Layer, LayerSummary, RelationSet, Status},
    rejection::Rejections,
    set_aside::SetAside,
};
use crate::text::Text;

/// Somebody who marks. They are known by an `AnnotatorId`, which names their folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotator {
    /// Their name, as they write it; it may change, the id does not.
    pub name: String,
}

/// A project. Read it here; change it through [`super::edit`], or bring in files through [`super::load`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    pub(super) name: String,
    pub(super) codebook: Arc<Codebook>,
    pub(super) annotators: OrdMap<AnnotatorId, Arc<Annotator>>,
    pub(super) stories: OrdMap<StoryId, Arc<Story>>,
    pub(super) articles: OrdMap<ArticleId, Arc<Article>>,
    /// Of those articles that have been read.
    pub(super) texts: OrdMap<ArticleId, Text>,
    /// By article, then annotator; no inner map is empty.
    pub(super) layers: OrdMap<ArticleId, OrdMap<AnnotatorId, LayerSlot>>,
    /// Relations across articles, by annotator; no set is empty.
    pub(super) links: OrdMap<AnnotatorId, RelationSet>,
    /// What is not the same statement, by annotator; no map is empty.
    pub(super) rejections: OrdMap<AnnotatorId, Rejections>,
    /// What the files of relations across articles say that can’t stand among them; no list is empty.
    pub(super) links_set_aside: OrdMap<AnnotatorId, Arc<Vec<SetAside>>>,
    /// Articles that could not be read, each with its file; nothing is known of their marks.
    pub(super) unreadable: Arc<BTreeMap<ArticleId, String>>,
    /// Ids by fingerprint of the text, so that a twin is found without looking at every article.
    pub(super) twins: OrdMap<u64, OrdSet<ArticleId>>,
}

/// A layer that was read, or what is known of one that was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerSlot {
    /// Only its summary is in memory; nothing may be changed in it.
    Unread(Arc<LayerSummary>),
    /// All of it is in memory.
    Read(Layer),
}

impl LayerSlot {
    /// What lists show of it, read or not.
    pub fn summary(&self) -> LayerSummary {
        match self {
            Self::Unread(summary) => (**summary).clone(),
            Self::Read(layer) => layer.summary(),
        }
    }

    /// How far its annotator has said to be.
    pub fn status(&self) -> Status {
        match self {
            Self::Unread(summary) => summary.status,
            Self::Read(layer) => layer.status(),
        }
    }

    pub fn annotation_count(&self) -> u32 {
        match self {
            Self::Unread(summary) => summary.annotations(),
            Self::Read(layer) => u32::try_from(layer.annotation_count()).unwrap_or(u32::MAX),
        }
    }
}

impl Project {
    /// A project with a codebook and nothing else.
    pub fn new(name: impl Into<String>, codebook: Codebook) -> Self {
        Self {
            name: name.into(),
            codebook: Arc::new(codebook),
            annotators: OrdMap::new(),
            stories: OrdMap::new(),
            articles: OrdMap::new(),
            texts: OrdMap::new(),
            layers: OrdMap::new(),
            links: OrdMap::new(),
            rejections: OrdMap::new(),
            links_set_aside: OrdMap::new(),
            unreadable: Arc::default(),
            twins: OrdMap::new(),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }

    pub fn annotator(&self, id: &AnnotatorId) -> Option<&Arc<Annotator>> {
        self.annotators.get(id)
    }

    pub fn annotators(&self) -> impl ExactSizeIterator<Item = (&AnnotatorId, &Arc<Annotator>)> {
        self.annotators.iter()
    }

    pub fn story(&self, id: &StoryId) -> Option<&Arc<Story>> {
        self.stories.get(id)
    }

    pub fn stories(&self) -> impl ExactSizeIterator<Item = (&StoryId, &Arc<Story>)> {
        self.stories.iter()
    }

    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.articles.get(id)
    }

    /// All articles without their texts, sorted by id.
    pub fn articles(&self) -> impl ExactSizeIterator<Item = (&ArticleId, &Arc<Article>)> {
        self.articles.iter()
    }

    /// The articles whose text has this fingerprint, sorted by id: nearly always none or one.
    pub fn articles_like(&self, fingerprint: u64) -> impl Iterator<Item = (&ArticleId, &Arc<Article>)> {
        let ids = self.twins.get(&fingerprint).into_iter().flatten();
        ids.filter_map(|id| Some((id, self.articles.get(id)?)))
    }

    /// The article’s text; `None` where it has not been read.
    pub fn text(&self, id: &ArticleId) -> Option<&Text> {
        self.texts.get(id)
    }

    /// The layers of an article, read or not, sorted by annotator.
    pub fn layers(&self, article: &ArticleId) -> impl Iterator<Item = (&AnnotatorId, &LayerSlot)> {
        self.layers.get(article).into_iter().flat_map(|slots| slots.iter())
    }

    pub fn layer_slot(&self, article: &ArticleId, annotator: &AnnotatorId) -> Option<&LayerSlot> {
        self.layers.get(article)?.get(annotator)
    }

    /// Ids of the articles whose layers differ from those of an earlier state; costs what differs.
    pub fn articles_with_other_layers<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = &'a ArticleId> {
        before.layers.diff(&self.layers).map(|difference| match difference {
            DiffItem::Add(article, _) | DiffItem::Remove(article, _) | DiffItem::Update { new: (article, _), .. } => {
                article
            }
        })
    }

    /// A layer that has been read; `None` also where there is none.
    pub fn layer(&self, article: &ArticleId, annotator: &AnnotatorId) -> Option<&Layer> {
        match self.layer_slot(article, annotator)? {
            LayerSlot::Read(layer) => Some(layer),
            LayerSlot::Unread(_) => None,
        }
    }

    /// One annotator’s relations across articles; `None` where there are none.
    pub fn links(&self, annotator: &AnnotatorId) -> Option<&RelationSet> {
        self.links.get(annotator)
    }

    /// Everybody’s relations across articles, sorted by annotator.
    pub fn all_links(&self) -> impl Iterator<Item = (&AnnotatorId, &RelationSet)> {
        self.links.iter()
    }

    /// What one annotator has said not to be the same statement; `None` where there is nothing.
    pub fn rejections(&self, annotator: &AnnotatorId) -> Option<&Rejections> {
        self.rejections.get(annotator)
    }

    /// Everybody’s rejections, sorted by annotator.
    pub fn all_rejections(&self) -> impl Iterator<Item = (&AnnotatorId, &Rejections)> {
        self.rejections.iter()
    }

    /// What an annotator's file of relations across articles says that can't stand among them.
    pub fn links_set_aside(&self, annotator: &AnnotatorId) -> &[SetAside] {
        self.links_set_aside.get(annotator).map_or(&[], |rows| rows.as_slice())
    }

    /// Puts or removes an article, and keeps `twins` true.
    pub(super) fn put_article(&mut self, id: &ArticleId, after: Option<Arc<Article>>) {
        if let Some(after) = &after {
            self.twins.entry(after.fingerprint).or_default().insert(id.clone());
        }
        let fingerprint = after.as_ref().map(|a| a.fingerprint);
        let before = match after {
            Some(after) => self.articles.insert(id.clone(), after),
            None => self.articles.remove(id),
        };
        let Some(before) = before.filter(|b| Some(b.fingerprint) != fingerprint) else { return };
        let Some(ids) = self.twins.get_mut(&before.fingerprint) else { return };
        ids.remove(id);
        if ids.is_empty() {
            self.twins.remove(&before.fingerprint);
        }
    }

    /// Whether the article’s text and everybody’s layers of it have been read.
    pub fn is_read(&self, article: &ArticleId) -> bool {
        self.texts.contains_key(article) && self.layers(article).all(|(_, slot)| matches!(slot, LayerSlot::Read(_)))
    }
}
