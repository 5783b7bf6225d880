//! The relation that an edit is about, and editing it.

use std::sync::Arc;

use crate::{
    command::{known, mark_ref::RelationRef, plan::Plan, scene::Scene},
    diagnostic::Diagnostic,
    model::{
        ArticleId, Member, Relation, RelationId, RelationKind,
        edit::{Change, Home},
    },
    text::Phrase,
};

/// A relation of the annotator’s own that exists now.
pub(super) struct Related {
    /// The article it is seen from: its own, or for one across articles any.
    pub article: ArticleId,
    /// Where it is kept.
    pub home: Home,
    pub id: RelationId,
    pub relation: Arc<Relation>,
}

impl Related {
    /// The relation that is named.
    pub fn named(scene: &Scene<'_>, relation: &RelationRef) -> Result<Self, Diagnostic> {
        let (article, id) = relation.resolve(scene)?;
        Self::of(scene, &article, id)
    }

    /// The relation of this id in the article or across articles.
    ///
    ///
    /// # Errors
    /// There is none, or nobody marks.
    pub fn of(scene: &Scene<'_>, article: &ArticleId, id: RelationId) -> Result<Self, Diagnostic> {
        let annotator = scene.annotator()?;
        let in_layer = scene.project.layer(article, annotator).and_then(|layer| layer.relations().get(id));
        let in_links = || scene.project.links(annotator).and_then(|set| set.get(id));
        let found = in_layer.map(|relation| (Home::Article(article.clone()), relation));
        let found = found.or_else(|| Some((Home::Links, in_links()?)));
        let (home, relation) = found.ok_or_else(|| {
            Diagnostic::error("no-such-relation", "This relation no longer exists").hint("Pick its mark again")
        })?;
        Ok(Self { article: article.clone(), home, id, relation: Arc::clone(relation) })
    }

    /// Changes the relation; `pattern` names the step, with `{what}` for its kind. An edit that changes nothing makes
    /// no transaction.
    pub fn edit(
        &self,
        scene: &Scene<'_>,
        pattern: &'static str,
        with: impl FnOnce(&mut Relation),
    ) -> Result<Plan, Diagnostic> {
        let name = known::kind(scene.codebook(), &self.relation.kind)?.name.clone();
        let mut after = (*self.relation).clone();
        with(&mut after);
        if after != *self.relation {
            after.origin = after.origin.changed();
        }
        let change = Change::Relation {
            home: self.home.clone(),
            annotator: scene.annotator()?.clone(),
            id: self.id,
            before: Some(Arc::clone(&self.relation)),
            after: Some(Arc::new(after)),
        };
        Ok(Plan::change_if(Phrase::with(pattern, name), change))
    }
}

/// Members in the codebook’s order of the roles, then as they came; none twice in a row.
pub(super) fn sorted(kind: &RelationKind, mut members: Vec<Member>) -> Vec<Member> {
    members.sort_by_key(|m| kind.roles.iter().position(|r| r.id == m.role));
    members.dedup();
    members
}

/// Why a mark does not fill two roles of one relation.
pub(in crate::command) fn own_member() -> Diagnostic {
    Diagnostic::error("own-member", "A mark can’t be related to itself").hint("Choose another mark")
}
