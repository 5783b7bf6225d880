//! Relations in formats whose relations join two marks: one from the first member to each of the others. What Pressmark
//! notes beside them (roles, and which of them are one) puts them together again when it reads them.

use std::collections::BTreeMap;

use super::seen::Seen;
use crate::model::{
    AnnotationId, ArticleId, Attributes, Codebook, CountedIds, Filler, IncomingLayer, Item, LabelId, Layer, Member,
    Origin, Relation, RelationId, RoleId, Target,
};

/// A relation of two marks, to be written.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'l> {
    /// The name of its kind.
    pub kind: &'l str,
    pub from: (AnnotationId, &'l RoleId),
    pub to: (AnnotationId, &'l RoleId),
    /// What it is a part of, where that has more than two members.
    pub part_of: Option<RelationId>,
}

/// The relations of a layer as pairs; one of relations, or of one member, has none.
pub fn pairs<'l>(layer: &'l Layer, codebook: &'l Codebook) -> impl Iterator<Item = Pair<'l>> {
    layer.relations().iter().flat_map(move |(id, relation)| {
        let kind = codebook.relation(&relation.kind).map_or(relation.kind.as_str(), |kind| &kind.name);
        let marks: Vec<_> = relation.members.iter().filter_map(mark).collect();
        let is_of_marks = marks.len() == relation.members.len();
        let part_of = (marks.len() > 2).then_some(id);
        let others = marks.clone().into_iter().skip(1).filter(move |_| is_of_marks);
        others.map(move |to| Pair { kind, from: marks[0], to, part_of })
    })
}

fn mark(member: &Member) -> Option<(AnnotationId, &RoleId)> {
    match member.target.item {
        Item::Annotation(id) => Some((id, &member.role)),
        Item::Relation(_) => None,
    }
}

/// A relation of two marks as it was read.
#[derive(Clone, Copy, Debug)]
pub struct ReadPair<'r> {
    pub kind: &'r str,
    pub from: &'r (AnnotationId, LabelId),
    pub to: &'r (AnnotationId, LabelId),
    /// Of the first and the second; *from* and *to* where nobody says.
    pub roles: [Option<&'r str>; 2],
    pub part_of: Option<&'r str>,
}

/// Takes up the relations of one layer.
#[derive(Debug)]
pub struct Pairing<'a> {
    article: &'a ArticleId,
    origin: Origin,
    /// Where in the layer the relations are that further pairs may be parts of, by what the file calls them.
    whole: BTreeMap<String, usize>,
}

impl<'a> Pairing<'a> {
    pub fn of(article: &'a ArticleId, origin: Origin) -> Self {
        Self { article, origin, whole: BTreeMap::new() }
    }

    /// Adds a pair to a layer: a relation, or a further member of one that it is a part of.
    pub fn add(&mut self, pair: &ReadPair<'_>, (seen, ids): (&mut Seen, &mut CountedIds), layer: &mut IncomingLayer) {
        let Some(kind) = seen.kind(if pair.kind.trim().is_empty() { "related" } else { pair.kind }, false) else {
            return;
        };
        let mut members = Vec::new();
        for ((id, label), role) in
            [(pair.from, pair.roles[0].unwrap_or("from")), (pair.to, pair.roles[1].unwrap_or("to"))]
        {
            let Some(role) = seen.role(&kind, role, Some(&Filler::Label(label.clone()))) else { continue };
            members.push(Member { role, target: Target { article: self.article.clone(), item: (*id).into() } });
        }
        let whole = pair.part_of.and_then(|of| self.whole.get(of));
        if let Some((_, relation)) = whole.and_then(|at| layer.relations.get_mut(*at)) {
            relation.members.extend(members.into_iter().nth(1));
            return;
        }
        let id = ids.relation();
        self.whole.extend(pair.part_of.map(|of| (of.to_owned(), layer.relations.len())));
        let (attributes, note, origin) = (Attributes::default(), String::new(), self.origin.clone());
        layer.relations.push((id, Relation { kind, members, attributes, note, origin }));
    }
}
