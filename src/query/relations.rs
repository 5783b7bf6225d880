//! What one annotator has related, seen from an article: its own relations and those across articles.

use std::sync::Arc;

use crate::model::{
    Annotation, AnnotationId, AnnotatorId, ArticleId, Filler, Item, Layer, Project, Relation, RelationId, RelationKind,
    RelationSet, Target, edit::Home,
};

/// The relations of an annotator in an article and across articles.
#[derive(Clone, Copy, Debug)]
pub struct Relations<'a> {
    project: &'a Project,
    article: &'a ArticleId,
    annotator: &'a AnnotatorId,
}

impl<'a> Relations<'a> {
    pub fn new(project: &'a Project, article: &'a ArticleId, annotator: &'a AnnotatorId) -> Self {
        Self { project, article, annotator }
    }

    fn in_article(&self, article: &ArticleId) -> Option<&'a RelationSet> {
        self.project.layer(article, self.annotator).map(Layer::relations)
    }

    fn sets(&self) -> impl Iterator<Item = &'a RelationSet> + use<'a> {
        self.in_article(self.article).into_iter().chain(self.project.links(self.annotator))
    }

    /// A relation of this article, or one across articles.
    pub fn get(&self, id: RelationId) -> Option<&'a Arc<Relation>> {
        self.sets().find_map(|set| set.get(id))
    }

    /// What a member is, where its layer has been read.
    pub fn relation(&self, target: &Target) -> Option<&'a Arc<Relation>> {
        let Item::Relation(id) = target.item else { return None };
        self.in_article(&target.article).and_then(|set| set.get(id)).or_else(|| self.get(id))
    }

    pub fn annotation(&self, target: &Target) -> Option<&'a Arc<Annotation>> {
        let Item::Annotation(id) = target.item else { return None };
        self.project.layer(&target.article, self.annotator)?.annotation(id)
    }

    /// What something is in the codebook, where its layer has been read.
    pub fn filler(&self, target: &Target) -> Option<Filler> {
        match target.item {
            Item::Annotation(_) => self.annotation(target).map(|a| Filler::Label(a.label.clone())),
            Item::Relation(_) => self.relation(target).map(|r| Filler::Relation(r.kind.clone())),
        }
    }

    /// The relations that something is a member of: those of the article first, each sorted by when they were made.
    pub fn of(&self, item: Item) -> impl Iterator<Item = (RelationId, &'a Arc<Relation>)> + use<'a> {
        self.sets().flat_map(move |set| set.of(item).iter().filter_map(move |id| Some((*id, set.get(*id)?))))
    }

    /// How many relations something is a member of.
    pub fn count_of(&self, item: Item) -> usize {
        self.sets().map(|set| set.of(item).len()).sum()
    }

    /// The relations that something is in, and those that these are in; each once.
    pub fn around(&self, item: Item) -> Vec<(RelationId, &'a Arc<Relation>)> {
        let mut found: Vec<_> = self.of(item).collect();
        let mut next = 0;
        while let Some((id, _)) = found.get(next) {
            let outer: Vec<_> = self.of(Item::Relation(*id)).collect();
            let known = |id: RelationId, found: &[(RelationId, _)]| found.iter().any(|(other, _)| *other == id);
            for (id, relation) in outer {
                if !known(id, &found) {
                    found.push((id, relation));
                }
            }
            next += 1;
        }
        found
    }

    /// Every relation of the article, and those across articles that have a member in it.
    pub fn all(&self) -> impl Iterator<Item = (RelationId, &'a Arc<Relation>)> + use<'a> {
        let article = self.article;
        self.sets().flat_map(move |set| set.reaching(article))
    }

    /// The marks that a relation joins, in its order, those of the relations in it included; each once.
    pub fn marks(&self, relation: &Relation) -> Vec<Target> {
        let mut left: Vec<Target> = relation.members.iter().rev().map(|m| m.target.clone()).collect();
        let (mut marks, mut seen) = (Vec::new(), Vec::new());
        while let Some(target) = left.pop() {
            if seen.contains(&target) {
                continue;
            }
            if let Some(inner) = self.relation(&target) {
                left.extend(inner.members.iter().rev().map(|m| m.target.clone()));
            } else if matches!(target.item, Item::Annotation(_)) {
                marks.push(target.clone());
            }
            seen.push(target);
        }
        marks
    }

    /// The mark that stands for something: itself, or the first mark that a relation joins.
    pub fn mark_for(&self, target: &Target) -> Option<Target> {
        match target.item {
            Item::Annotation(_) => Some(target.clone()),
            Item::Relation(_) => self.marks(self.relation(target)?).into_iter().next(),
        }
    }

    /// The first mark in this article that a relation joins.
    pub fn lead(&self, relation: &Relation) -> Option<AnnotationId> {
        self.marks(relation).into_iter().find_map(|target| match target.item {
            Item::Annotation(id) if target.article == *self.article => Some(id),
            _ => None,
        })
    }

    /// A relation of the same kind with the same members; where nothing tells the roles of the kind apart, in any
    /// order.
    pub fn twin(&self, kind: &RelationKind, relation: &Relation, not: Option<RelationId>) -> Option<RelationId> {
        let same = |other: &Relation| {
            let found = |target: &Target, role| {
                let is_same = |m: &crate::model::Member| m.target.item == target.item;
                other.members.iter().any(|m| is_same(m) && (m.role == role || kind.is_symmetric()))
            };
            other.kind == relation.kind
                && other.members.len() == relation.members.len()
                && relation.members.iter().all(|m| found(&m.target, m.role.clone()))
        };
        // One of many things that a mark is related to is mostly related to little else.
        let rarest = relation.members.iter().map(|m| m.target.item).min_by_key(|item| self.count_of(*item))?;
        self.of(rarest).find(|(id, other)| Some(*id) != not && same(other)).map(|(id, _)| id)
    }

    /// Where a relation of the kind is kept whose first member lies in an article.
    pub fn home(kind: &RelationKind, article: &ArticleId) -> Home {
        if kind.across_articles { Home::Links } else { Home::Article(article.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{
            Annotator, Article, Attributes, Codebook, Extent, KindId, Label, LabelColor, LabelId, LinePattern, Member,
            Metadata, Rgb, Role, RoleId, Uid, load::RawLayer,
        },
        text::{ByteRange, Fragments, Text},
    };

    fn id(n: u64) -> AnnotationId {
        AnnotationId(Uid::from_u64(n))
    }

    fn relation_id(n: u64) -> RelationId {
        RelationId(Uid::from_u64(n))
    }

    fn names() -> (ArticleId, AnnotatorId) {
        (ArticleId::new("toll").unwrap(), AnnotatorId::new("ana").unwrap())
    }

    fn relation(kind: &str, items: &[Item]) -> Relation {
        let target = |item: &Item| Target { article: names().0, item: *item };
        let member = |(role, item): (&str, &Item)| Member { role: RoleId::new(role).unwrap(), target: target(item) };
        let members = ["one", "other", "third"].into_iter().zip(items).map(member).collect();
        Relation { kind: KindId::new(kind).unwrap(), members, attributes: Attributes::default(), note: String::new() }
    }

    fn kind(name: &str, most: [Option<u32>; 3]) -> RelationKind {
        let fillers = [Filler::Label(LabelId::new("claim").unwrap()), Filler::Relation(KindId::new("pair").unwrap())];
        let roles = ["one", "other", "third"].into_iter().zip(most);
        let roles = roles.map(|(role, most)| Role {
            id: RoleId::new(role).unwrap(),
            name: role.to_owned(),
            fillers: fillers.to_vec(),
            least: 0,
            most,
        });
        RelationKind {
            id: KindId::new(name).unwrap(),
            name: name.to_owned(),
            description: String::new(),
            roles: roles.take(2).collect(),
            across_articles: false,
            attributes: Vec::new(),
        }
    }

    /// Marks 1 to 3; the first pair joins 1 and 2, the second the first pair and 3.
    fn project() -> Project {
        let mut codebook = Codebook::empty("Test");
        let color = LabelColor { light: Rgb([0; 3]), dark: Rgb([0; 3]) };
        codebook.labels.push(Label {
            id: LabelId::new("claim").unwrap(),
            name: "Claim".to_owned(),
            description: String::new(),
            examples: Vec::new(),
            initials: "Cl".to_owned(),
            color,
            pattern: LinePattern::Solid,
            key: None,
            extent: Extent::default(),
            attributes: Vec::new(),
        });
        codebook.relations.push(kind("pair", [None; 3]));
        let (article, annotator) = names();
        let someone = Annotator { name: "Ana".to_owned() };
        let mut project = Project::load("P".to_owned(), codebook, [(annotator.clone(), someone)], []).unwrap();
        let row = Article { metadata: Metadata::default(), loaded: Vec::new(), fingerprint: 0, words: 3 };
        project.load_articles([(article.clone(), row)]);
        project.load_text(&article, Text::from("one two six"));
        let mark = |n: u64| {
            let fragments = Fragments::new([ByteRange::new(4 * n as usize - 4, 4 * n as usize - 1)]).unwrap();
            (id(n), Annotation::new(LabelId::new("claim").unwrap(), fragments, 1))
        };
        let relations = vec![
            (relation_id(8), relation("pair", &[id(1).into(), id(2).into()])),
            (relation_id(9), relation("pair", &[relation_id(8).into(), id(3).into()])),
        ];
        let raw = RawLayer { annotations: (1..4).map(mark).collect(), relations, ..RawLayer::default() };
        project.load_layer(&article, &annotator, raw).unwrap();
        project
    }

    #[test]
    fn a_mark_belongs_with_all_that_its_relations_are_in() {
        let (project, (article, annotator)) = (project(), names());
        let relations = Relations::new(&project, &article, &annotator);
        let ids = |item: Item| relations.around(item).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(ids(id(1).into()), [relation_id(8), relation_id(9)]);
        assert_eq!(ids(id(3).into()), [relation_id(9)]);
        let marks: Vec<Item> =
            relations.marks(relations.get(relation_id(9)).unwrap()).into_iter().map(|t| t.item).collect();
        assert_eq!(marks, [id(1).into(), id(2).into(), id(3).into()] as [Item; 3]);
        assert_eq!(relations.lead(relations.get(relation_id(9)).unwrap()), Some(id(1)));
    }

    #[test]
    fn the_same_said_twice_is_noticed_and_the_other_way_round_only_where_the_roles_are_alike() {
        let (project, (article, annotator)) = (project(), names());
        let relations = Relations::new(&project, &article, &annotator);
        let twin = |most, items: &[Item]| {
            let kind = kind("pair", most);
            relations.twin(&kind, &relation("pair", items), None)
        };
        let (alike, unlike) = ([Some(1), Some(1), None], [None, Some(1), None]);
        assert_eq!(twin(unlike, &[id(1).into(), id(2).into()]), Some(relation_id(8)));
        assert_eq!(twin(unlike, &[id(2).into(), id(1).into()]), None);
        assert_eq!(twin(alike, &[id(2).into(), id(1).into()]), Some(relation_id(8)));
        assert_eq!(twin(alike, &[id(2).into(), id(3).into()]), None);
    }
}
