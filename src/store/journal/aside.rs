//! What is set aside in files, while a step of a journal is completed: the journal tells of it as of all other rows.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    model::{
        Annotation, AnnotationId, AnnotatorId, AsideRow, Codebook, Item, Layer, Project, Relation, RelationId,
        SetAside, Unplaced,
        edit::{Change, Home},
        known,
        set_aside::{lost_words, without_member},
    },
    store::file::journal::MarkRow,
    text::Text,
};

/// What is set aside in each file that a step touches, as it is on the other side of the step.
pub struct Asides<'p> {
    /// As it is on this side.
    project: &'p Project,
    /// The codebook on the other side, which decides what can stand in a layer there.
    codebook: Arc<Codebook>,
    /// Lists that differ from those of the project.
    changed: BTreeMap<(Home, AnnotatorId), Vec<SetAside>>,
}

impl<'p> Asides<'p> {
    /// `codebook` is that of the other side of the step.
    pub fn new(project: &'p Project, codebook: Arc<Codebook>) -> Self {
        Self { project, codebook, changed: BTreeMap::new() }
    }

    fn now(&self, home: &Home, annotator: &AnnotatorId) -> &'p [SetAside] {
        match home {
            Home::Article(article) => self.project.layer(article, annotator).map_or(&[], Layer::set_aside),
            Home::Links => self.project.links_set_aside(annotator),
        }
    }

    /// A mark that is set aside now, as the journal would say it.
    pub fn mark(&self, home: &Home, annotator: &AnnotatorId, id: AnnotationId) -> Option<MarkRow<'static>> {
        self.now(home, annotator).iter().find_map(|aside| match &aside.row {
            AsideRow::Annotation(of, unplaced) if *of == id => Some(MarkRow::of_unplaced(id, unplaced)),
            _ => None,
        })
    }

    /// A relation that is set aside now.
    pub fn relation(&self, home: &Home, annotator: &AnnotatorId, id: RelationId) -> Option<Relation> {
        self.now(home, annotator).iter().find_map(|aside| match &aside.row {
            AsideRow::Relation(of, relation) if *of == id => Some(relation.clone()),
            _ => None,
        })
    }

    fn other_side(&mut self, home: &Home, annotator: &AnnotatorId) -> &mut Vec<SetAside> {
        let now = self.now(home, annotator);
        self.changed.entry((home.clone(), annotator.clone())).or_insert_with(|| now.to_vec())
    }

    /// Says that on the other side something is not set aside.
    pub fn take(&mut self, home: &Home, annotator: &AnnotatorId, item: Item) {
        self.other_side(home, annotator).retain(|aside| aside.item() != Some(item));
    }

    /// The mark in the text of the other side; set aside there, and `None`, where it has no place in that text or no
    /// label in that codebook.
    pub fn place(
        &mut self,
        home: &Home,
        annotator: &AnnotatorId,
        (mark, now): (MarkRow<'_>, Option<(&Annotation, &Text)>),
        text: &Text,
    ) -> Option<Annotation> {
        let id = mark.id;
        let placed = known::label(&self.codebook, mark.label()).and_then(|_| match mark.is_lost() {
            true => Err(lost_words()),
            false => mark.clone().into_model(text),
        });
        placed
            .map_err(|why| {
                let in_text = || Some(Unplaced::of(&mark.clone().into_model(text).ok()?, text).places);
                let places = now.and_then(|(now, text)| mark.places_of(now, text)).or_else(in_text);
                let mut unplaced = mark.into_unplaced();
                if let Some(places) = places {
                    unplaced.places = places;
                }
                let row = AsideRow::Annotation(id, Box::new(unplaced));
                self.other_side(home, annotator).push(SetAside { row, why });
            })
            .ok()
    }

    /// The relation on the other side; set aside there, and `None`, where its kind is unknown or a member is set
    /// aside.
    pub fn fit(
        &mut self,
        home: &Home,
        annotator: &AnnotatorId,
        id: RelationId,
        relation: Relation,
    ) -> Option<Relation> {
        let is_known = self.codebook.relation(&relation.kind).is_some();
        let is_aside = |item| self.changed.values().flatten().any(|aside| aside.item() == Some(item));
        if is_known && !relation.members.iter().any(|member| is_aside(member.target.item)) {
            return Some(relation);
        }
        let why = without_member();
        self.other_side(home, annotator).push(SetAside { row: AsideRow::Relation(id, relation), why });
        None
    }

    /// The changes of the lists, from the other side to this one.
    pub fn into_changes(self) -> Vec<Change> {
        let now: BTreeMap<_, _> =
            self.changed.keys().map(|key| (key.clone(), self.now(&key.0, &key.1).to_vec())).collect();
        let change = |((home, annotator), before): ((Home, AnnotatorId), Vec<SetAside>)| {
            let after = now.get(&(home.clone(), annotator.clone())).cloned().unwrap_or_default();
            Change::SetAside { home, annotator, before: Arc::new(before), after: Arc::new(after) }
        };
        self.changed.into_iter().map(change).filter(|change| !change.is_idle()).collect()
    }
}
