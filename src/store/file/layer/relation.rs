//! Relations in a layer’s file, or among those across articles. Members in a layer do not name their article: it is
//! that of the layer.

use serde::{Deserialize, Serialize};

use super::super::shape::{Answers, usual};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, Item, KindId, Member, Origin, Relation, RelationId, RoleId, Target},
    phrase,
};

/// A relation; sorted by id in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationRow {
    pub id: RelationId,
    pub kind: KindId,
    pub members: Vec<MemberRow>,
    #[serde(default, skip_serializing_if = "usual")]
    pub attributes: Answers,
    #[serde(default, skip_serializing_if = "usual")]
    pub note: String,
    #[serde(default, skip_serializing_if = "usual")]
    pub origin: Origin,
}

/// Something in a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberRow {
    role: RoleId,
    /// The article it lies in; missing in a layer’s file.
    #[serde(default, skip_serializing_if = "usual")]
    article: Option<ArticleId>,
    item: Item,
}

/// Whether members name their article.
#[derive(Clone, Copy, Debug)]
pub enum MemberHome {
    /// They do not: it is that of the layer.
    Layer,
    /// They do.
    Links,
}

impl RelationRow {
    pub fn of(id: RelationId, relation: &Relation, home: MemberHome) -> Self {
        let article = |target: &Target| match home {
            MemberHome::Layer => None,
            MemberHome::Links => Some(target.article.clone()),
        };
        let members = relation.members.iter();
        let members =
            members.map(|m| MemberRow { role: m.role.clone(), article: article(&m.target), item: m.target.item });
        Self {
            id,
            kind: relation.kind.clone(),
            members: members.collect(),
            attributes: Answers(relation.attributes.clone()),
            note: relation.note.clone(),
            origin: relation.origin.clone(),
        }
    }

    /// The articles that its members name; none in a layer’s file.
    pub fn articles(&self) -> impl Iterator<Item = &ArticleId> {
        self.members.iter().filter_map(|member| member.article.as_ref())
    }

    /// Its members, without their roles.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.members.iter().map(|member| member.item)
    }

    /// The relation; members that name no article are in `home`. A member that lacks both is left out and reported.
    pub fn into_model(self, home: Option<&ArticleId>, wrong: &mut Vec<Diagnostic>) -> (RelationId, Relation) {
        let mut members = Vec::with_capacity(self.members.len());
        for member in self.members {
            let Some(article) = member.article.or_else(|| home.cloned()) else {
                wrong.push(
                    Diagnostic::error(
                        "missing-field",
                        phrase!("A member of the relation {id} names no article", id = &self.id),
                    )
                    .hint("Add the field “article” to each of its members"),
                );
                continue;
            };
            members.push(Member { role: member.role, target: Target { article, item: member.item } });
        }
        let Self { id, kind, attributes, note, origin, .. } = self;
        (id, Relation { kind, members, attributes: attributes.0, note, origin })
    }
}
