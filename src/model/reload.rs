//! Taking over what another reading of the same project's files says, after other programs have changed them.
//!
//! It is no edit and not undoable. What the other reading has not read is not read here either from then on.

use std::sync::Arc;

use super::{AnnotatorId, ArticleId, Project};

impl Project {
    /// The name, the codebook, the annotators and the stories. Whoever is at work stays an annotator.
    pub fn take_whole(&mut self, read: &Self, at_work: Option<&AnnotatorId>) {
        self.name.clone_from(&read.name);
        self.stories.clone_from(&read.stories);
        self.unreadable = Arc::clone(&read.unreadable);
        let at_work = at_work.and_then(|id| Some((id.clone(), self.annotators.get(id)?.clone())));
        self.annotators.clone_from(&read.annotators);
        if let Some((id, annotator)) = at_work {
            self.annotators.entry(id).or_insert(annotator);
        }
        // Others know the codebook by its place in memory.
        if self.codebook != read.codebook {
            self.codebook = Arc::clone(&read.codebook);
        }
    }

    /// An article with its text and all of its layers, or that there is none.
    pub fn take_article(&mut self, read: &Self, id: &ArticleId) {
        self.put_article(id, read.articles.get(id).cloned());
        match read.texts.get(id) {
            Some(text) => self.texts.insert(id.clone(), text.clone()),
            None => self.texts.remove(id),
        };
        match read.layers.get(id) {
            Some(layers) => self.layers.insert(id.clone(), layers.clone()),
            None => self.layers.remove(id),
        };
    }

    /// A layer, or that there is none.
    pub fn take_layer(&mut self, read: &Self, article: &ArticleId, annotator: &AnnotatorId) {
        if !self.articles.contains_key(article) {
            return;
        }
        let slots = self.layers.entry(article.clone()).or_default();
        match read.layer_slot(article, annotator) {
            Some(slot) => slots.insert(annotator.clone(), slot.clone()),
            None => slots.remove(annotator),
        };
        if slots.is_empty() {
            self.layers.remove(article);
        }
    }

    /// One annotator's relations across articles.
    pub fn take_links(&mut self, read: &Self, annotator: &AnnotatorId) {
        match read.links.get(annotator) {
            Some(links) => self.links.insert(annotator.clone(), links.clone()),
            None => self.links.remove(annotator),
        };
        match read.links_set_aside.get(annotator) {
            Some(rows) => self.links_set_aside.insert(annotator.clone(), Arc::clone(rows)),
            None => self.links_set_aside.remove(annotator),
        };
    }
}
