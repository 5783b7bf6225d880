//! Bringing in what was read from files: no edit, not undoable, and checked like one.

use std::sync::Arc;

use super::{
    Annotation, AnnotationId, Annotator, AnnotatorId, Article, ArticleId, Codebook, Layer, LayerSlot, LayerSummary,
    Project, Relation, RelationId, RelationSet, Story, StoryId, Whole, edit::Home, valid,
};
use crate::{diagnostic::Diagnostic, text::Text};

/// What a layer's file says.
#[derive(Clone, Debug, Default)]
pub struct RawLayer {
    pub annotations: Vec<(AnnotationId, Annotation)>,
    pub relations: Vec<(RelationId, Relation)>,
    pub whole: Whole,
}

impl Project {
    /// A project as its files tell it, without texts and layers.
    ///
    /// # Errors
    /// What is wrong with the codebook; every article of an unknown story.
    pub fn load(
        name: String,
        codebook: Codebook,
        annotators: impl IntoIterator<Item = (AnnotatorId, Annotator)>,
        stories: impl IntoIterator<Item = (StoryId, Story)>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let wrong = codebook.check();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut project = Self::new(name, codebook);
        project.annotators = annotators.into_iter().map(|(id, a)| (id, Arc::new(a))).collect();
        project.stories = stories.into_iter().map(|(id, s)| (id, Arc::new(s))).collect();
        Ok(project)
    }

    /// Brings in articles; one that names an unknown story is brought in without it, and reported.
    pub fn load_articles(&mut self, articles: impl IntoIterator<Item = (ArticleId, Article)>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (id, mut article) in articles {
            if let Some(story) = article.metadata.story.take_if(|s| !self.stories.contains_key(s)) {
                found.push(
                    Diagnostic::warning("unknown-story", format!("The story “{story}” is not in the project"))
                        .about(article.metadata.title.clone())
                        .hint("Add the story to project.ron, or give the article another one"),
                );
            }
            self.put_article(&id, Some(Arc::new(article)));
        }
        found
    }

    /// Brings in an article's text.
    pub fn load_text(&mut self, id: &ArticleId, text: Text) {
        if self.articles.contains_key(id) {
            self.texts.insert(id.clone(), text);
        }
    }

    /// Says what is known of a layer that is not read yet.
    pub fn load_summary(&mut self, article: &ArticleId, annotator: &AnnotatorId, summary: LayerSummary) {
        let slots = self.layers.entry(article.clone()).or_default();
        slots.insert(annotator.clone(), LayerSlot::Unread(Arc::new(summary)));
    }

    /// Brings in a layer. The article's text must have been loaded.
    ///
    /// # Errors
    /// Every row that is not valid; then the layer stays unread, so that nothing of it can be lost.
    pub fn load_layer(
        &mut self,
        article: &ArticleId,
        annotator: &AnnotatorId,
        raw: RawLayer,
    ) -> Result<(), Vec<Diagnostic>> {
        let text = self.texts.get(article).cloned().ok_or_else(|| {
            vec![Diagnostic::error("not-read", "The article’s text has not been read").hint("Open the article first")]
        })?;
        let mut layer = Layer { whole: Arc::new(raw.whole), ..Layer::default() };
        for (id, annotation) in raw.annotations {
            layer.put_annotation(id, Some(Arc::new(annotation)));
        }
        for (id, relation) in raw.relations {
            layer.relations.put(id, Some(Arc::new(relation)));
        }
        let mut with_layer = self.clone();
        let slots = with_layer.layers.entry(article.clone()).or_default();
        slots.insert(annotator.clone(), LayerSlot::Read(layer.clone()));
        let found = valid::layer_findings(&with_layer, article, annotator, &layer, &text);
        if found.is_empty() {
            *self = with_layer;
            return Ok(());
        }
        let words = |id: AnnotationId| layer.annotation(id).map(|a| a.fragments.words(text.as_str()));
        Err(found
            .into_iter()
            .map(|(id, d)| match id.and_then(words).filter(|w| !w.is_empty()) {
                Some(words) => d.about(format!("“{words}”")),
                None => d,
            })
            .collect())
    }

    /// Brings in what another state of this project has read of an article and this one has not; gives whether that
    /// could be done. It can't where the codebook or the text has become another one: then nothing is brought in.
    #[must_use]
    pub fn load_from(&mut self, read: &Self, article: &ArticleId) -> bool {
        let (Some(text), true) = (read.texts.get(article), self.articles.contains_key(article)) else { return true };
        if !Arc::ptr_eq(&self.codebook, &read.codebook) || self.text(article).is_some_and(|own| own != text) {
            return false;
        }
        if self.text(article).is_none() {
            self.load_text(article, text.clone());
        }
        if self.is_read(article) {
            return true;
        }
        let Some(slots) = self.layers.get_mut(article) else { return true };
        for (annotator, slot) in read.layers(article).filter(|(_, slot)| matches!(slot, LayerSlot::Read(_))) {
            if let Some(own @ LayerSlot::Unread(_)) = slots.get_mut(annotator) {
                *own = slot.clone();
            }
        }
        true
    }

    /// Lets go of an article’s text and of all its layers, of which the summaries stay: as if they had not been read.
    ///
    /// What they say is to be found elsewhere, or lost.
    pub fn release(&mut self, article: &ArticleId) {
        self.texts.remove(article);
        let Some(slots) = self.layers.get_mut(article) else { return };
        let read: Vec<_> = slots.iter().filter(|(_, slot)| matches!(slot, LayerSlot::Read(_))).collect();
        let unread: Vec<_> =
            read.into_iter().map(|(who, slot)| (who.clone(), LayerSlot::Unread(Arc::new(slot.summary())))).collect();
        for (who, slot) in unread {
            slots.insert(who, slot);
        }
    }

    /// Brings in one annotator's relations across articles. Members in layers not read are taken on trust.
    ///
    /// # Errors
    /// Every relation that does not fit the codebook; then none is brought in.
    pub fn load_links(
        &mut self,
        annotator: &AnnotatorId,
        links: Vec<(RelationId, Relation)>,
    ) -> Result<(), Vec<Diagnostic>> {
        let found: Vec<Diagnostic> =
            links.iter().filter_map(|(_, r)| valid::relation_shape(&self.codebook, &Home::Links, r).err()).collect();
        if !found.is_empty() {
            return Err(found);
        }
        let mut set = RelationSet::default();
        for (id, relation) in links {
            set.put(id, Some(Arc::new(relation)));
        }
        if set.count() > 0 {
            self.links.insert(annotator.clone(), set);
        }
        Ok(())
    }
}
