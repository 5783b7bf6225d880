//! Bringing in what was read from files: no edit, not undoable, and checked like one.
//!
//! Files may say anything, the model may not: what breaks a rule is set aside and reported, never repaired by
//! guessing. Who reads files is `store`; this room knows none.

use std::{collections::VecDeque, sync::Arc};

use super::{
    Annotation, AnnotationId, Annotator, AnnotatorId, Article, ArticleAnswers, ArticleId, AsideRow, Codebook, Item,
    Layer, LayerSlot, LayerSummary, Project, Rejections, Relation, RelationId, RelationSet, SetAside, Story, StoryId,
    Unplaced, edit::Home, set_aside::without_member, valid,
};
use crate::{diagnostic::Diagnostic, phrase, text::Text};

/// What a layer’s file says, in the model’s types and not yet checked against text and codebook.
#[derive(Clone, Debug, Default)]
pub struct RawLayer {
    pub annotations: Vec<(AnnotationId, Annotation)>,
    pub relations: Vec<(RelationId, Relation)>,
    pub article_answers: ArticleAnswers,
    /// What could not be understood without guessing, such as marks whose words are not in the text.
    pub set_aside: Vec<SetAside>,
}

impl Project {
    /// A project as its files tell it, without articles, texts and layers.
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

    /// Brings in articles without their texts. One of an unknown story is brought in without a story, and reported.
    pub fn load_articles(&mut self, articles: impl IntoIterator<Item = (ArticleId, Article)>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (id, mut article) in articles {
            if let Some(story) = article.metadata.story.take_if(|s| !self.stories.contains_key(s)) {
                found.push(
                    Diagnostic::warning(
                        "unknown-story",
                        phrase!("The story “{story}” is not in the project", story = &story),
                    )
                    .about(article.metadata.title.clone())
                    .hint("Add the story to project.ron, or give the article another one"),
                );
            }
            self.put_article(&id, Some(Arc::new(article)));
        }
        found
    }

    /// Brings in the text of an article; ignored where there is no such article.
    pub fn load_text(&mut self, id: &ArticleId, text: Text) {
        if self.articles.contains_key(id) {
            self.texts.insert(id.clone(), text);
        }
    }

    /// Says what lists show of a layer that has not been read.
    pub fn load_summary(&mut self, article: &ArticleId, annotator: &AnnotatorId, summary: LayerSummary) {
        let slots = self.layers.entry(article.clone()).or_default();
        slots.insert(annotator.clone(), LayerSlot::Unread(Arc::new(summary)));
    }

    /// Says which articles could not be read, each with its file. Nothing is known of their marks, which may use the
    /// codebook and be members of relations: so neither may change in a way that would break them.
    pub fn load_unreadable(&mut self, articles: impl IntoIterator<Item = (ArticleId, String)>) {
        self.unreadable = Arc::new(articles.into_iter().collect());
    }

    /// Brings in a layer, and gives what was set aside in it: rows that break a rule, and relations that would lack a
    /// member. The article’s text must have been loaded.
    ///
    /// # Errors
    /// The text has not been loaded; then the layer stays unread, so that nothing of it can be lost.
    pub fn load_layer(
        &mut self,
        article: &ArticleId,
        annotator: &AnnotatorId,
        raw: RawLayer,
    ) -> Result<Vec<SetAside>, Vec<Diagnostic>> {
        let text = self.texts.get(article).cloned().ok_or_else(|| {
            vec![Diagnostic::error("not-read", "The article’s text has not been read").hint("Open the article first")]
        })?;
        let mut layer = Layer { article_answers: Arc::new(raw.article_answers), ..Layer::default() };
        for (id, annotation) in raw.annotations {
            layer.put_annotation(id, Some(Arc::new(annotation)));
        }
        for (id, relation) in raw.relations {
            layer.relations.put(id, Some(Arc::new(relation)));
        }
        self.put_layer(article, annotator, layer.clone());
        let found = valid::layer_findings(self, article, annotator, &layer, &text);
        let mut aside = raw.set_aside;
        if !found.is_empty() {
            take_out(&mut layer, found, &text, &mut aside);
        }
        if !aside.is_empty() {
            layer.set_aside = Arc::new(aside.clone());
            self.put_layer(article, annotator, layer);
            self.set_links_aside(annotator, &aside);
        }
        Ok(aside)
    }

    /// Sets aside the relations across articles that name something which is set aside in a layer, and those that
    /// name these.
    fn set_links_aside(&mut self, annotator: &AnnotatorId, aside: &[SetAside]) {
        let Some(links) = self.links.get_mut(annotator) else { return };
        let mut rows = Vec::new();
        let mut left: VecDeque<Item> = aside.iter().filter_map(SetAside::item).collect();
        while let Some(item) = left.pop_front() {
            for id in links.of(item).to_vec() {
                if let Some(relation) = links.get(id).cloned() {
                    links.put(id, None);
                    left.push_back(Item::Relation(id));
                    let row = AsideRow::Relation(id, Arc::unwrap_or_clone(relation));
                    rows.push(SetAside { row, why: without_member() });
                }
            }
        }
        if links.count() == 0 {
            self.links.remove(annotator);
        }
        if !rows.is_empty() {
            let all = self.links_set_aside(annotator).iter().cloned().chain(rows).collect();
            self.links_set_aside.insert(annotator.clone(), Arc::new(all));
        }
    }

    fn put_layer(&mut self, article: &ArticleId, annotator: &AnnotatorId, layer: Layer) {
        let slots = self.layers.entry(article.clone()).or_default();
        slots.insert(annotator.clone(), LayerSlot::Read(layer));
    }

    /// Brings in what another state of this project has read of an article and this one has not; true where that is
    /// done or there was nothing to do. False where codebook or text are no longer the same: then nothing is brought
    /// in, and the article must be read again.
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
        let mut aside = Vec::new();
        for (annotator, slot) in read.layers(article) {
            let (LayerSlot::Read(layer), Some(own @ LayerSlot::Unread(_))) = (slot, slots.get_mut(annotator)) else {
                continue;
            };
            *own = slot.clone();
            aside.push((annotator, &layer.set_aside));
        }
        aside.into_iter().for_each(|(annotator, rows)| self.set_links_aside(annotator, rows));
        true
    }

    /// Lets go of an article’s text and layers, of which the summaries stay: as if they had never been read.
    ///
    /// Only for what is saved: whatever the layers say is in their files, or lost.
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

    /// Brings in one annotator’s relations across articles, and gives what was set aside: relations that do not fit
    /// the codebook. Members in layers that are not read are taken on trust.
    pub fn load_links(&mut self, annotator: &AnnotatorId, links: Vec<(RelationId, Relation)>) -> Vec<SetAside> {
        let mut set = RelationSet::default();
        let mut aside = Vec::new();
        for (id, relation) in links {
            match valid::relation_shape(&self.codebook, &Home::Links, &relation) {
                Ok(_) => set.put(id, Some(Arc::new(relation))),
                Err(why) => aside.push(SetAside { row: AsideRow::Relation(id, relation), why }),
            }
        }
        if set.count() > 0 {
            self.links.insert(annotator.clone(), set);
        }
        if !aside.is_empty() {
            self.links_set_aside.insert(annotator.clone(), Arc::new(aside.clone()));
        }
        aside
    }

    /// Brings in what one annotator has said not to be the same statement. Of an article that is not in the project it is
    /// of nothing, and stays.
    pub fn load_rejections(&mut self, annotator: &AnnotatorId, rejections: Rejections) {
        if !rejections.is_empty() {
            self.rejections.insert(annotator.clone(), rejections);
        }
    }
}

/// Takes rows out of a layer and sets them aside, with every relation that has one of them as a member.
fn take_out(layer: &mut Layer, found: Vec<(valid::LayerItem, Diagnostic)>, text: &Text, aside: &mut Vec<SetAside>) {
    let mut left = VecDeque::new();
    let mut answers = Vec::new();
    for (row, why) in found {
        match row {
            valid::LayerItem::Item(item) => left.push_back((item, why)),
            valid::LayerItem::Answer(at) => answers.push((at, why)),
        }
    }
    // Each row goes once, however many of its members went; so the cost follows what goes.
    while let Some((item, why)) = left.pop_front() {
        for id in layer.relations.of(item) {
            left.push_back((Item::Relation(*id), without_member()));
        }
        let row = match item {
            Item::Annotation(id) => layer.annotation(id).cloned().map(|annotation| {
                layer.put_annotation(id, None);
                AsideRow::Annotation(id, Box::new(Unplaced::of(&annotation, text)))
            }),
            Item::Relation(id) => layer.relations.get(id).cloned().map(|relation| {
                layer.relations.put(id, None);
                AsideRow::Relation(id, Arc::unwrap_or_clone(relation))
            }),
        };
        aside.extend(row.map(|row| SetAside { row, why }));
    }
    let mut left = ArticleAnswers::clone(&layer.article_answers);
    for (at, why) in answers.into_iter().rev() {
        aside.push(SetAside { row: AsideRow::Answer(left.answers.remove(at)), why });
    }
    layer.article_answers = Arc::new(left);
}
