//! What two versions of a mark or a relation say differently, in words.

use super::{related, wording};
use crate::{
    command::conflict,
    model::{Annotation, Conflict, Flag, Item, Label, Layer, Relation, RelationId},
    ui::{context::Ctx, words::tr},
};

/// A mark or a relation that is to be decided on, and the first version of it, where that is there.
pub struct Versions<'a> {
    ctx: &'a Ctx<'a>,
    item: Item,
    first: Option<Item>,
}

impl<'a> Versions<'a> {
    pub fn of(ctx: &'a Ctx<'a>, item: Item, conflict: Conflict) -> Self {
        let all = Self { ctx, item, first: None };
        let first = conflict::first(conflict, item).filter(|first| all.is_there(*first));
        Self { first, ..all }
    }

    /// The first version, where there are two.
    pub fn first(&self) -> Option<Item> {
        self.first
    }

    /// The words of the mark, or the relation in a line.
    pub fn words(&self) -> String {
        match self.first.unwrap_or(self.item) {
            Item::Annotation(id) => {
                self.mark(Item::Annotation(id)).map_or_else(String::new, |mark| self.words_of(mark))
            }
            Item::Relation(id) => {
                self.relation(id).map_or_else(String::new, |relation| related::line(self.ctx, relation))
            }
        }
    }

    /// The label of the mark.
    pub fn label(&self) -> Option<&'a Label> {
        let mark = self.mark(self.first.unwrap_or(self.item))?;
        self.ctx.codebook().label(&mark.label)
    }

    /// What each version says, of what they say differently; or why there is but one.
    pub fn lines(&self) -> [String; 2] {
        let Some(first) = self.first else {
            return [tr("Removed on one side").into_owned(), self.note_of(self.item)];
        };
        let (one, other) = (self.says(first), self.says(self.item));
        let differing = |own: &[String], other: &[String]| {
            let parts: Vec<&str> =
                own.iter().zip(other).filter(|(own, other)| own != other).map(|(own, _)| own.as_str()).collect();
            match wording::dotted(parts) {
                nothing if nothing.is_empty() => tr("nothing").into_owned(),
                parts => parts,
            }
        };
        let [one, other] = [differing(&one, &other), differing(&other, &one)];
        [wording::dotted(["1", &one]), wording::dotted(["2", &other])]
    }

    fn is_there(&self, item: Item) -> bool {
        match item {
            Item::Annotation(_) => self.mark(item).is_some(),
            Item::Relation(id) => self.relation(id).is_some(),
        }
    }

    fn mark(&self, item: Item) -> Option<&'a Annotation> {
        let Item::Annotation(id) = item else { return None };
        self.ctx.session.scene().layer()?.annotation(id).map(|mark| &**mark)
    }

    fn relation(&self, id: RelationId) -> Option<&'a Relation> {
        let scene = self.ctx.session.scene();
        let links = scene.annotator.and_then(|who| scene.project.links(who));
        let sets = scene.layer().map(Layer::relations).into_iter().chain(links);
        sets.filter_map(|set| set.get(id)).next().map(|relation| &**relation)
    }

    fn words_of(&self, mark: &Annotation) -> String {
        self.ctx.session.scene().text().map_or_else(|_| String::new(), |text| wording::words_of(text, mark))
    }

    /// The note, without what says that it is to be decided on.
    fn note_of(&self, item: Item) -> String {
        let note = match item {
            Item::Annotation(_) => self.mark(item).map(|mark| mark.note.as_str()),
            Item::Relation(id) => self.relation(id).map(|relation| relation.note.as_str()),
        };
        Conflict::without(note.unwrap_or_default())
    }

    /// Everything that a version says, each version the same parts.
    fn says(&self, item: Item) -> Vec<String> {
        let note = self.note_of(item);
        match item {
            Item::Annotation(_) => self.mark(item).map_or_else(Vec::new, |mark| self.says_of_mark(mark, note)),
            Item::Relation(id) => {
                self.relation(id).map_or_else(Vec::new, |relation| self.says_of_relation(relation, note))
            }
        }
    }

    fn says_of_mark(&self, mark: &Annotation, note: String) -> Vec<String> {
        let codebook = self.ctx.codebook();
        let label = codebook.label(&mark.label).map_or(mark.label.as_str(), |label| label.name.as_str());
        let mut says = vec![label.to_owned(), tr!("“{words}”", words = self.words_of(mark)), note];
        says.push(if mark.flag == Some(Flag::Question) { tr("Question").into_owned() } else { String::new() });
        let attributes = codebook.labels.iter().flat_map(|label| &label.attributes);
        says.extend(
            attributes.map(|a| mark.attributes.get(&a.id).map_or_else(String::new, |value| wording::answer(a, value))),
        );
        says
    }

    fn says_of_relation(&self, relation: &Relation, note: String) -> Vec<String> {
        let attributes = self.ctx.codebook().relations.iter().flat_map(|kind| &kind.attributes);
        let answers = attributes
            .map(|a| relation.attributes.get(&a.id).map_or_else(String::new, |value| wording::answer(a, value)));
        [related::line(self.ctx, relation), note].into_iter().chain(answers).collect()
    }
}
