//! Taking over what another reading of the same project's files says, after other programs have changed them.
//!
//! It is no edit and not undoable. What the other reading has not read is not read here either from then on.
//!
//! The caller has made sure that nothing here is unsaved in what it takes over, or it would be lost.

use std::sync::Arc;

use super::{AnnotatorId, ArticleId, Project};

impl Project {
    /// Takes over name, codebook, annotators and stories. The annotator who is at work stays, even where the files no
    /// longer know them.
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

    /// Takes over an article with its text and everybody’s layers, or that it is gone.
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

    /// Takes over one layer, or that it is gone; nothing where the article is not here.
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

    /// Takes over one annotator’s relations across articles, with what is set aside among them, and what they rejected.
    pub fn take_links(&mut self, read: &Self, annotator: &AnnotatorId) {
        match read.links.get(annotator) {
            Some(links) => self.links.insert(annotator.clone(), links.clone()),
            None => self.links.remove(annotator),
        };
        match read.rejections.get(annotator) {
            Some(rows) => self.rejections.insert(annotator.clone(), rows.clone()),
            None => self.rejections.remove(annotator),
        };
        match read.links_set_aside.get(annotator) {
            Some(rows) => self.links_set_aside.insert(annotator.clone(), Arc::clone(rows)),
            None => self.links_set_aside.remove(annotator),
        };
    }
}
