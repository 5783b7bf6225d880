//! Relations: how annotations, and relations, belong together, role by role.

use serde::{Deserialize, Serialize};

use super::{
    attribute::Attributes,
    id::{AnnotationId, ArticleId, KindId, RelationId, RoleId},
};

/// An n-ary relation. Members are sorted by role as the codebook orders them, then as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    pub kind: KindId,
    pub members: Vec<Member>,
    pub attributes: Attributes,
    /// Empty where there is none.
    pub note: String,
}

/// Something in a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub role: RoleId,
    pub target: Target,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub article: ArticleId,
    pub item: Item,
}

/// An annotation or another relation.
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
    pub fn in_role(&self, role: &RoleId) -> impl Iterator<Item = &Target> {
        self.members.iter().filter(move |m| m.role == *role).map(|m| &m.target)
    }

    pub fn has(&self, item: Item) -> bool {
        self.members.iter().any(|m| m.target.item == item)
    }
}
