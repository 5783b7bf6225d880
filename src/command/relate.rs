//! Relating marks, role by role.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{MarkRef, Plan, RelationRef, Scene, extent, mark};
use crate::{
    diagnostic::Diagnostic,
    model::{
        AnnotationId, AnnotatorId, ArticleId, Attribute, AttributeId, Attributes, Codebook, Filler, Item, KindId,
        LabelId, Layer, Member, Mint, Relation, RelationId, RelationKind, RelationSet, Role, RoleId, Target, Value,
        edit::{Change, Home, Phrase},
    },
};

/// What is done to relations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Relate {
    /// A new relation.
    Make {
        kind: KindId,
        members: Vec<(RoleId, MarkRef)>,
        #[serde(default)]
        attributes: Vec<(AttributeId, Value)>,
        #[serde(default)]
        note: String,
    },
    /// Puts something into a role of the picked mark's relation of this kind, which is made where there is none.
    Fill {
        kind: KindId,
        role: RoleId,
        with: Filling,
    },
    /// Takes a member out of a role; a relation with fewer than two members left is removed.
    Empty {
        relation: RelationRef,
        role: RoleId,
        item: MarkRef,
    },
    Remove(RelationRef),
    /// Answers an attribute of a relation.
    Set {
        relation: RelationRef,
        attribute: AttributeId,
        value: Option<Value>,
    },
    Note {
        relation: RelationRef,
        note: String,
    },
}

/// What is put into a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filling {
    Mark(MarkRef),
    /// The selected words, marked with the first label that may fill the role.
    Selection,
}

impl Relate {
    pub(super) fn plan(&self, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
        match self {
            Self::Make { kind, members, attributes, note } => {
                let resolved: Result<Vec<Member>, Diagnostic> = members
                    .iter()
                    .map(|(role, mark)| Ok(Member { role: role.clone(), target: mark.resolve(scene)? }))
                    .collect();
                let relation = Relation {
                    kind: kind.clone(),
                    members: resolved?,
                    attributes: attributes.iter().cloned().collect(),
                    note: note.trim().to_owned(),
                };
                make(scene, mint, relation)
            }
            Self::Fill { kind, role, with } => fill(scene, mint, kind, role, with),
            Self::Empty { relation, role, item } => {
                empty(scene, relation.resolve(scene)?, role, item.resolve(scene)?.item)
            }
            Self::Remove(relation) => remove(scene, relation.resolve(scene)?),
            Self::Set { relation, attribute, value } => {
                edit(scene, relation.resolve(scene)?, "Set an attribute of the %{what}", |r| {
                    r.attributes.set(attribute.clone(), value.clone());
                })
            }
            Self::Note { relation, note } => {
                edit(scene, relation.resolve(scene)?, "Write a note on the %{what}", |r| {
                    note.trim().clone_into(&mut r.note);
                })
            }
        }
    }
}

/// # Errors
/// Where the codebook has no such kind.
pub(super) fn kind_of<'c>(codebook: &'c Codebook, id: &KindId) -> Result<&'c RelationKind, Diagnostic> {
    codebook.relation(id).ok_or_else(|| {
        let known: Vec<&str> = codebook.relations.iter().map(|k| k.id.as_str()).collect();
        Diagnostic::error("unknown-relation", format!("The codebook has no relation “{id}”"))
            .hint(format!("Use one of {}", known.join(", ")))
    })
}

fn role_of<'c>(kind: &'c RelationKind, id: &RoleId) -> Result<&'c Role, Diagnostic> {
    kind.roles.iter().find(|r| r.id == *id).ok_or_else(|| {
        let known: Vec<&str> = kind.roles.iter().map(|r| r.id.as_str()).collect();
        Diagnostic::error("unknown-role", format!("“{}” has no role “{id}”", kind.name))
            .hint(format!("Use one of {}", known.join(", ")))
    })
}

/// Members sorted as the codebook orders the roles.
fn sorted(kind: &RelationKind, mut members: Vec<Member>) -> Vec<Member> {
    members.sort_by_key(|m| kind.roles.iter().position(|r| r.id == m.role));
    members.dedup();
    members
}

fn home(kind: &RelationKind, article: &ArticleId) -> Home {
    if kind.across_articles { Home::Links } else { Home::Article(article.clone()) }
}

fn make(scene: &Scene<'_>, mint: &mut dyn Mint, mut relation: Relation) -> Result<Plan, Diagnostic> {
    let kind = kind_of(scene.codebook(), &relation.kind)?;
    relation.members = sorted(kind, relation.members);
    if relation.members.len() < 2 && kind.roles.len() > 1 {
        let most_are_needed = kind.roles.iter().filter(|r| r.least > 0).count() > 1;
        if relation.members.is_empty() || most_are_needed {
            return Err(Diagnostic::error("too-few-members", format!("“{}” needs at least two members", kind.name))
                .hint("Name what fills its roles"));
        }
    }
    let change = Change::Relation {
        home: home(kind, scene.article()?),
        annotator: scene.annotator()?.clone(),
        id: RelationId(mint.uid()),
        before: None,
        after: Some(Arc::new(relation)),
    };
    Ok(Plan::change(Phrase::with("Relate by %{what}", kind.name.clone()), vec![change]))
}

/// The relation of this kind in which the item fills the kind's first role, or any.
pub fn relation_of(
    scene: &Scene<'_>,
    kind: &RelationKind,
    item: impl Into<Item>,
) -> Option<(RelationId, Arc<Relation>)> {
    let item = item.into();
    let annotator = scene.annotator?;
    let set = if kind.across_articles { scene.project.links(annotator)? } else { scene.layer()?.relations() };
    let of_kind = set.of(item).iter().filter_map(|id| Some((*id, set.get(*id)?))).filter(|(_, r)| r.kind == kind.id);
    let first = kind.roles.first()?;
    of_kind
        .min_by_key(|(_, r)| !r.in_role(&first.id).any(|t| t.item == item))
        .map(|(id, relation)| (id, Arc::clone(relation)))
}

fn fill(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    kind: &KindId,
    role: &RoleId,
    with: &Filling,
) -> Result<Plan, Diagnostic> {
    let kind = kind_of(scene.codebook(), kind)?;
    let role = role_of(kind, role)?;
    let (picked, annotation) = scene.picked()?;
    let mut changes = Vec::new();
    let target = match with {
        Filling::Mark(mark) => mark.resolve(scene)?,
        Filling::Selection => {
            let (target, change) = mark_filler(scene, mint, role)?;
            changes.push(change);
            target
        }
    };
    if target.item == Item::Annotation(picked) {
        return Err(Diagnostic::error("own-member", "A mark can't be related to itself").hint("Choose another mark"));
    }
    let (id, before) = match relation_of(scene, kind, picked) {
        Some((id, relation)) => (id, Some(relation)),
        None => (RelationId(mint.uid()), None),
    };
    let mut after = match &before {
        Some(relation) => (**relation).clone(),
        None => Relation {
            kind: kind.id.clone(),
            members: vec![Member { role: own_role(kind, role, annotation)?, target: here(scene, picked)? }],
            attributes: Attributes::default(),
            note: String::new(),
        },
    };
    // A role that takes one is replaced; any other grows.
    if role.most == Some(1) {
        after.members.retain(|m| m.role != role.id);
    }
    after.members.push(Member { role: role.id.clone(), target });
    after.members = sorted(kind, after.members);
    let annotator = scene.annotator()?.clone();
    changes.push(Change::Relation {
        home: home(kind, scene.article()?),
        annotator,
        id,
        before,
        after: Some(Arc::new(after)),
    });
    let focus = scene.pick(picked, annotation);
    Ok(Plan::change(Phrase::with("Set the %{what}", role.name.to_lowercase()), changes).and_look(focus))
}

fn here(scene: &Scene<'_>, id: AnnotationId) -> Result<Target, Diagnostic> {
    Ok(Target { article: scene.article()?.clone(), item: Item::Annotation(id) })
}

/// The first role, other than the one to fill, that the picked mark may fill.
fn own_role(kind: &RelationKind, filled: &Role, picked: &crate::model::Annotation) -> Result<RoleId, Diagnostic> {
    let own = Filler::Label(picked.label.clone());
    let mut others = kind.roles.iter().filter(|r| r.id != filled.id);
    others.find(|r| r.may_be_filled_by(&own)).map(|r| r.id.clone()).ok_or_else(|| {
        Diagnostic::error("no-role", format!("A {} has no role in “{}”", picked.label, kind.name))
            .hint("Pick a mark that may have one, such as a quote")
    })
}

fn mark_filler(scene: &Scene<'_>, mint: &mut dyn Mint, role: &Role) -> Result<(Target, Change), Diagnostic> {
    let range = scene.selection().ok_or_else(|| {
        Diagnostic::error("nothing-selected", "No words are selected").hint("Select the words that fill the role")
    })?;
    let first_label: Option<&LabelId> = role.fillers.iter().find_map(|f| match f {
        Filler::Label(label) => Some(label),
        Filler::Relation(_) => None,
    });
    let label = first_label.or_else(|| scene.codebook().labels.first().map(|l| &l.id)).ok_or_else(|| {
        Diagnostic::error("no-label", "No label may fill this role").hint("Allow one in the codebook")
    })?;
    let fragments = extent::grown_words(scene, label, range)?;
    let (id, _, change) = mark::addition(scene, mint, label, fragments)?;
    Ok((here(scene, id)?, change))
}

/// A relation of the annotator's own, in the open article or across articles.
fn own_relation(scene: &Scene<'_>, id: RelationId) -> Result<(Home, Arc<Relation>), Diagnostic> {
    let in_layer = scene.layer().and_then(|l| l.relations().get(id));
    if let Some(relation) = in_layer {
        return Ok((Home::Article(scene.article()?.clone()), Arc::clone(relation)));
    }
    let in_links = scene.annotator.and_then(|who| scene.project.links(who)).and_then(|set| set.get(id));
    in_links.map(|relation| (Home::Links, Arc::clone(relation))).ok_or_else(|| {
        Diagnostic::error("no-such-relation", "This relation no longer exists").hint("Pick its mark again")
    })
}

fn edit(
    scene: &Scene<'_>,
    id: RelationId,
    pattern: &'static str,
    with: impl FnOnce(&mut Relation),
) -> Result<Plan, Diagnostic> {
    let (home, before) = own_relation(scene, id)?;
    let name = kind_of(scene.codebook(), &before.kind)?.name.to_lowercase();
    let mut after = (*before).clone();
    with(&mut after);
    if after == *before {
        return Ok(Plan::default());
    }
    let annotator = scene.annotator()?.clone();
    let change = Change::Relation { home, annotator, id, before: Some(before), after: Some(Arc::new(after)) };
    Ok(Plan::change(Phrase::with(pattern, name), vec![change]))
}

fn empty(scene: &Scene<'_>, id: RelationId, role: &RoleId, item: Item) -> Result<Plan, Diagnostic> {
    let (_, before) = own_relation(scene, id)?;
    let left = before.members.iter().filter(|m| !(m.role == *role && m.target.item == item)).count();
    if left == before.members.len() {
        return Err(Diagnostic::error("not-a-member", format!("Nothing of this kind fills the role “{role}”"))
            .hint("Name a member and its role"));
    }
    if left < 2 {
        return remove(scene, id);
    }
    edit(scene, id, "Take a member out of the %{what}", |r| {
        r.members.retain(|m| !(m.role == *role && m.target.item == item));
    })
}

fn remove(scene: &Scene<'_>, id: RelationId) -> Result<Plan, Diagnostic> {
    let (_, relation) = own_relation(scene, id)?;
    let name = kind_of(scene.codebook(), &relation.kind)?.name.to_lowercase();
    let changes =
        Gone::of(scene, scene.annotator()?, [Item::Relation(id)]).changes(scene, scene.article()?, scene.annotator()?);
    Ok(Plan::change(Phrase::with("Remove the %{what}", name), changes))
}

/// The changes that take annotations, which will be removed, out of every relation they are in.
pub(super) fn without(
    scene: &Scene<'_>,
    article: &ArticleId,
    annotator: &AnnotatorId,
    removed: &[AnnotationId],
) -> Vec<Change> {
    let items = removed.iter().map(|id| Item::Annotation(*id));
    Gone::in_article(scene, article, annotator, items).changes(scene, article, annotator)
}

/// The changes that take a mark out of the roles that its new label may not fill.
pub(super) fn relabelled(scene: &Scene<'_>, id: AnnotationId, label: &LabelId) -> Result<Vec<Change>, Diagnostic> {
    let (article, annotator) = (scene.article()?, scene.annotator()?);
    let (item, filler) = (Item::Annotation(id), Filler::Label(label.clone()));
    let fits =
        |kind: &RelationKind, role: &RoleId| kind.roles.iter().any(|r| r.id == *role && r.may_be_filled_by(&filler));
    let mut gone = Gone { after: BTreeMap::new() };
    let mut left = Vec::new();
    for set in Gone::sets(scene, article, annotator) {
        for (id, before) in set.of(item).iter().filter_map(|id| Some((*id, set.get(*id)?))) {
            let Some(kind) = scene.codebook().relation(&before.kind) else { continue };
            let mut after = (**before).clone();
            after.members.retain(|m| m.target.item != item || fits(kind, &m.role));
            if after != **before {
                gone.put(id, after, &mut left);
            }
        }
    }
    gone.follow(scene, article, annotator, left);
    Ok(gone.changes(scene, article, annotator))
}

/// The changes that remove everything one annotator has said of an article.
pub(super) fn remove_layer(
    scene: &Scene<'_>,
    article: &ArticleId,
    annotator: &AnnotatorId,
    layer: &Layer,
) -> Vec<Change> {
    let marks = layer.annotations().map(|(id, _)| Item::Annotation(id));
    let relations = layer.relations().iter().map(|(id, _)| Item::Relation(id));
    let gone = Gone::in_article(scene, article, annotator, marks.chain(relations));
    let mut changes = gone.changes(scene, article, annotator);
    changes.extend(layer.annotations().map(|(id, before)| Change::Annotation {
        article: article.clone(),
        annotator: annotator.clone(),
        id,
        before: Some(Arc::clone(before)),
        after: None,
    }));
    changes.push(Change::Whole {
        article: article.clone(),
        annotator: annotator.clone(),
        before: Arc::new(layer.whole().clone()),
        after: Arc::default(),
    });
    changes.retain(|c| !c.is_idle());
    changes
}

/// What remains of relations when some of their members are gone: a relation with fewer than two members
/// goes too, and so on.
struct Gone {
    after: BTreeMap<RelationId, Option<Relation>>,
}

impl Gone {
    fn of(scene: &Scene<'_>, annotator: &AnnotatorId, items: impl IntoIterator<Item = Item>) -> Self {
        match scene.focus.article.as_ref() {
            Some(article) => Self::in_article(scene, article, annotator, items),
            None => Self { after: BTreeMap::new() },
        }
    }

    fn in_article(
        scene: &Scene<'_>,
        article: &ArticleId,
        annotator: &AnnotatorId,
        items: impl IntoIterator<Item = Item>,
    ) -> Self {
        let mut gone = Self { after: BTreeMap::new() };
        let left: Vec<Item> = items.into_iter().collect();
        for item in &left {
            if let Item::Relation(id) = item {
                gone.after.insert(*id, None);
            }
        }
        gone.follow(scene, article, annotator, left);
        gone
    }

    fn sets<'a>(
        scene: &Scene<'a>,
        article: &ArticleId,
        annotator: &AnnotatorId,
    ) -> impl Iterator<Item = &'a RelationSet> + use<'a> {
        let layer = scene.project.layer(article, annotator).map(Layer::relations);
        [layer, scene.project.links(annotator)].into_iter().flatten()
    }

    /// Takes what is gone out of every relation it is in.
    fn follow(&mut self, scene: &Scene<'_>, article: &ArticleId, annotator: &AnnotatorId, mut left: Vec<Item>) {
        while let Some(item) = left.pop() {
            for set in Self::sets(scene, article, annotator) {
                for id in set.of(item) {
                    let current = self.after.get(id).cloned().unwrap_or_else(|| set.get(*id).map(|r| (**r).clone()));
                    let Some(mut relation) = current else { continue };
                    relation.members.retain(|m| m.target.item != item);
                    self.put(*id, relation, &mut left);
                }
            }
        }
    }

    /// What a relation becomes; with fewer than two members it is gone too.
    fn put(&mut self, id: RelationId, after: Relation, left: &mut Vec<Item>) {
        let stays = after.members.len() >= 2;
        if !stays {
            left.push(Item::Relation(id));
        }
        self.after.insert(id, stays.then_some(after));
    }

    fn changes(self, scene: &Scene<'_>, article: &ArticleId, annotator: &AnnotatorId) -> Vec<Change> {
        let layer = scene.project.layer(article, annotator).map(Layer::relations);
        let links = scene.project.links(annotator);
        self.after
            .into_iter()
            .filter_map(|(id, after)| {
                let in_layer = layer.and_then(|set| set.get(id)).map(|r| (Home::Article(article.clone()), r));
                let found = in_layer.or_else(|| links.and_then(|set| set.get(id)).map(|r| (Home::Links, r)));
                let (home, before) = found?;
                Some(Change::Relation {
                    home,
                    annotator: annotator.clone(),
                    id,
                    before: Some(Arc::clone(before)),
                    after: after.map(Arc::new),
                })
            })
            .collect()
    }
}

/// The answers that these questions still take.
pub(super) fn fitting(answers: &Attributes, questions: &[Attribute]) -> Attributes {
    answers
        .iter()
        .filter(|(id, value)| questions.iter().any(|q| q.id == **id && q.takes(value)))
        .map(|(id, value)| (id.clone(), value.clone()))
        .collect()
}
