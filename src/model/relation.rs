//! Relations: how annotations, and relations, belong together, role by role.
//!
//! A relation says nothing of words itself: its members are marks, or other relations. Which roles there are and what
//! may fill them is the codebook’s ([`RelationKind`](super::RelationKind)).

use serde::{Deserialize, Serialize};

use super::{
    annotation::Origin,
    attribute::Attributes,
    id::{AnnotationId, ArticleId, KindId, RelationId, RoleId},
};

/// A relation of any number of members. These are sorted by role as the codebook orders them, then as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// A kind of the project’s codebook.
    pub kind: KindId,
    /// At least one; each role has at most as many as it takes.
    pub members: Vec<Member>,
    /// Answers to what the kind asks.
    pub attributes: Attributes,
    /// The annotator’s remark; empty where there is none.
    pub note: String,
    pub origin: Origin,
}

/// Something in a role of a relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub role: RoleId,
    pub target: Target,
}

/// What fills a role: a mark or a relation of the same annotator, with its article. For a relation across articles,
/// the article is any of those it is seen from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub article: ArticleId,
    pub item: Item,
}

/// What a target is, without its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Item {
    Annotation(AnnotationId),
    Relation(RelationId),
}

impl From<AnnotationId> for Item {
    fn from(id: AnnotationId) -> Self {
        Self::Annotation(id)
    }
}

impl From<RelationId> for Item {
    fn from(id: RelationId) -> Self {
        Self::Relation(id)
    }
}

impl Relation {
    /// A relation made by hand, of which nothing else is said.
    pub fn new(kind: KindId, members: Vec<Member>) -> Self {
        Self { kind, members, attributes: Attributes::default(), note: String::new(), origin: Origin::Hand }
    }

    /// The members in a role, in their order.
    pub fn in_role(&self, role: &RoleId) -> impl Iterator<Item = &Target> {
        self.members.iter().filter(move |m| m.role == *role).map(|m| &m.target)
    }

    /// Whether something is a member, in whichever role.
    pub fn has(&self, item: Item) -> bool {
        self.members.iter().any(|m| m.target.item == item)
    }
}
