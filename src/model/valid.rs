//! What a valid project is: the rules that every changed row must keep.
//!
//! A rule costs what the change touches; only a new codebook is held against every layer.
//!
//! The rules are held against rows that a change touched (`apply`) and against rows that were read (`load`). A rule
//! that no single row can keep (a codebook with all layers) is checked where the codebook changes. What was not read
//! is taken on trust and checked when it is read.

use std::sync::Arc;

use super::{
    Annotation, AnnotatorId, ArticleId, Codebook, Item, Layer, LayerSlot, Project, Rejection, Relation, RelationKind,
    Story, StoryId,
    attribute::{self, Misfit},
    codebook::Filler,
    edit::{Change, Home},
    known,
    layer::ArticleAnswers,
    relation::Target,
};
use crate::{
    diagnostic::Diagnostic,
    phrase,
    text::{Phrase, Text, phrase::Value},
};

/// Whether the row that a change has touched is valid, in the project as it is after *all* changes of the
/// transaction.
///
/// # Errors
/// The first rule that is broken, in the user's words.
pub(super) fn check(project: &Project, change: &Change) -> Result<(), Diagnostic> {
    match change {
        Change::Annotation { article, annotator, id, after, .. } => {
            known_annotator(project, annotator)?;
            match after {
                Some(after) => {
                    let text = known_text(project, article)?;
                    annotation(&project.codebook, text, after)?;
                    still_fills(project, article, annotator, Item::Annotation(*id))
                }
                None => not_a_member(project, article, annotator, Item::Annotation(*id)),
            }
        }
        Change::Relation { home, annotator, id, after, .. } => {
            known_annotator(project, annotator)?;
            match after {
                Some(after) => relation(project, home, annotator, *id, after),
                None => relation_removed(project, home, annotator, *id),
            }
        }
        Change::Rejection { annotator, after, .. } => {
            known_annotator(project, annotator)?;
            after.as_ref().map_or(Ok(()), |after| rejection(project, after))
        }
        Change::Answers { article, annotator, after, .. } => {
            known_annotator(project, annotator)?;
            // Nothing is said of an article that is gone.
            if **after != ArticleAnswers::default() {
                known_text(project, article)?;
            }
            after.answers.iter().try_for_each(|a| answer(&project.codebook, a))
        }
        Change::SetAside { annotator, .. } => known_annotator(project, annotator),
        Change::Article { id, after, .. } => article(project, id, after.is_some()),
        Change::Text { id, after, .. } => {
            article(project, id, true)?;
            all_fit(project, id, &after.text)
        }
        Change::Story { id, after, .. } => story(project, id, after.as_deref()),
        Change::Annotator { id, after: None, .. } => annotator_removed(project, id),
        Change::Annotator { .. } => Ok(()),
        Change::Codebook { before, after } => {
            all_readable(project, before, after)?;
            codebook(project, after)
        }
        Change::Name { after, .. } => refuse_if(after.trim().is_empty(), || {
            Diagnostic::error("no-name", "A project needs a name").hint("Write a name for it")
        }),
    }
}

/// Whether an annotation may stand in a text under a codebook: known label, fragments inside the text on character
/// boundaries, answers that the label takes.
pub(super) fn annotation(codebook: &Codebook, text: &Text, annotation: &Annotation) -> Result<(), Diagnostic> {
    let label = known::label(codebook, &annotation.label)?;
    refuse_if(!annotation.fragments.fits(text.as_str()), || {
        Diagnostic::error("outside-text", "A fragment lies outside the text or inside a character")
            .hint("Give offsets within the article, on character boundaries")
    })?;
    refuse_if(annotation.confidence.is_some_and(|c| c > 100), || {
        Diagnostic::error("bad-confidence", "The confidence is above 100 percent").hint("Give a number from 0 to 100")
    })?;
    attribute::check(&annotation.attributes, &label.attributes).map_err(|misfit| misfit.of(&label.name))
}

/// The annotator is one of the project’s.
fn known_annotator(project: &Project, id: &AnnotatorId) -> Result<(), Diagnostic> {
    refuse_if(!project.annotators.contains_key(id), || {
        Diagnostic::error("unknown-annotator", phrase!("The project has no annotator “{id}”", id))
            .hint("Add the annotator to the project first")
    })
}

/// The article’s text, which must have been read.
fn known_text<'p>(project: &'p Project, id: &ArticleId) -> Result<&'p Text, Diagnostic> {
    project.text(id).ok_or_else(|| match project.article(id) {
        None => known::unknown_article(id.as_str()),
        Some(_) => {
            Diagnostic::error("not-read", "The article’s text has not been read yet").hint("Open the article first")
        }
    })
}

/// Whether an answer about the article is to a question, and one that it takes.
fn answer(codebook: &Codebook, answer: &super::Answer) -> Result<(), Diagnostic> {
    let question = known::question(codebook, &answer.question)?;
    refuse_if(answer.target.is_some() != question.for_each_target, || {
        let message =
            phrase!("“{question}” is answered once for each target or not at all", question = &answer.question);
        Diagnostic::error("bad-answer", message).hint("Name a target exactly where the codebook asks for each target")
    })?;
    refuse_if(!question.attribute.takes(&answer.value), || {
        Misfit::BadValue {
            attribute: question.attribute.id.clone(),
            value: answer.value.plain(),
            expects: question.attribute.expects(),
        }
        .of(phrase!("the article"))
    })
}

/// Whether an article may be there, or, where it is gone, nothing is left of it.
fn article(project: &Project, id: &ArticleId, stays: bool) -> Result<(), Diagnostic> {
    if !stays {
        return refuse_if(project.layers.contains_key(id), || {
            Diagnostic::error("article-in-use", "The article still has marks").hint("Remove its layers first")
        });
    }
    if let Some(article) = project.article(id) {
        article.metadata.check()?;
    }
    let story = project.article(id).and_then(|a| a.metadata.story.clone());
    refuse_if(story.as_ref().is_some_and(|s| !project.stories.contains_key(s)), || {
        Diagnostic::error("unknown-story", "The article belongs to a story that the project does not have")
            .hint("Add the story first")
    })
}

/// Whether what is rejected is of two articles that are there. Where their words are now is asked by nobody.
fn rejection(project: &Project, rejection: &Rejection) -> Result<(), Diagnostic> {
    rejection.check()?;
    let unknown = rejection.sides().into_iter().find(|side| project.article(&side.article).is_none());
    unknown.map_or(Ok(()), |side| Err(known::unknown_article(side.article.as_str())))
}

/// Whether a story has a name, or, where it is gone, no article.
fn story(project: &Project, id: &StoryId, after: Option<&Story>) -> Result<(), Diagnostic> {
    let Some(story) = after else {
        let used = project.articles.values().any(|a| a.metadata.story.as_ref() == Some(id));
        return refuse_if(used, || {
            Diagnostic::error("story-in-use", phrase!("The story {id} still has articles", id))
                .hint("Move its articles to another story first")
        });
    };
    refuse_if(story.name.trim().is_empty(), || {
        Diagnostic::error("no-name", "A story needs a name").hint("Write a name for it")
    })
}

/// Whether an annotator may go: nothing is left of what they said.
fn annotator_removed(project: &Project, id: &AnnotatorId) -> Result<(), Diagnostic> {
    let has_links = project.links.contains_key(id) || project.rejections.contains_key(id);
    let used = has_links || project.layers.values().any(|slots| slots.contains_key(id));
    refuse_if(used, || {
        Diagnostic::error("annotator-in-use", phrase!("The annotator {id} still has marks", id))
            .hint("Remove the annotator’s layers first")
    })
}

/// Whether every mark of the article fits this text.
fn all_fit(project: &Project, id: &ArticleId, text: &Text) -> Result<(), Diagnostic> {
    for (_, slot) in project.layers(id) {
        let LayerSlot::Read(layer) = slot else {
            return Err(Diagnostic::error("not-read", "A layer of the article has not been read, so its text stays")
                .hint("Open the article first"));
        };
        layer.annotations().try_for_each(|(_, mark)| annotation(&project.codebook, text, mark))?;
    }
    Ok(())
}

/// Whether no relation has this as a member, so that it may go.
fn not_a_member(project: &Project, article: &ArticleId, annotator: &AnnotatorId, item: Item) -> Result<(), Diagnostic> {
    let in_layer = project.layer(article, annotator).is_some_and(|l| !l.relations.of(item).is_empty());
    let in_links = project.links.get(annotator).is_some_and(|l| !l.of(item).is_empty());
    refuse_if(in_layer || in_links, || {
        Diagnostic::error("still-related", "A relation still has this as a member")
            .hint("Remove it from the relation first")
    })
}

/// Whether something may still fill every role that it is in, after it has changed.
fn still_fills(project: &Project, article: &ArticleId, annotator: &AnnotatorId, item: Item) -> Result<(), Diagnostic> {
    let in_layer = project.layer(article, annotator).map(|l| (Home::Article(article.clone()), &l.relations));
    let in_links = project.links.get(annotator).map(|links| (Home::Links, links));
    for (home, set) in in_layer.into_iter().chain(in_links) {
        let mut rows = set.of(item).iter().filter_map(|id| Some((*id, set.get(*id)?)));
        rows.try_for_each(|(id, row)| relation(project, &home, annotator, id, row))?;
    }
    Ok(())
}

/// Whether a relation may go: none other has it as a member.
fn relation_removed(
    project: &Project,
    home: &Home,
    annotator: &AnnotatorId,
    id: super::RelationId,
) -> Result<(), Diagnostic> {
    let item = Item::Relation(id);
    match home {
        Home::Article(article) => not_a_member(project, article, annotator, item),
        Home::Links => {
            let used = project.links.get(annotator).is_some_and(|l| !l.of(item).is_empty());
            refuse_if(used, || {
                Diagnostic::error("still-related", "A relation still has this as a member")
                    .hint("Remove it from the relation first")
            })
        }
    }
}

impl Project {
    /// Whether a layer that was read is valid under another codebook too. Costs nothing where that is the project’s
    /// own.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check_layer_under(
        &self,
        codebook: &Arc<Codebook>,
        article: &ArticleId,
        annotator: &AnnotatorId,
    ) -> Result<(), Diagnostic> {
        let Some(layer) = self.layer(article, annotator) else { return Ok(()) };
        if Arc::ptr_eq(codebook, &self.codebook) || *codebook == self.codebook {
            return Ok(());
        }
        let mut under = self.clone();
        under.codebook = Arc::clone(codebook);
        layer_under(&under, codebook, article, annotator, layer)
    }

    /// Whether a relation of the project keeps every rule. Members in layers that were not read are taken on trust.
    ///
    /// # Errors
    /// The first rule that it breaks, in the user's words.
    pub fn check_relation(
        &self,
        home: &Home,
        annotator: &AnnotatorId,
        id: super::RelationId,
        row: &Relation,
    ) -> Result<(), Diagnostic> {
        relation(self, home, annotator, id, row)
    }
}

/// Whether a relation keeps every rule, its members among them.
fn relation(
    project: &Project,
    home: &Home,
    annotator: &AnnotatorId,
    id: super::RelationId,
    relation: &Relation,
) -> Result<(), Diagnostic> {
    let kind = relation_shape(&project.codebook, home, relation)?;
    for member in &relation.members {
        refuse_if(member.target.item == Item::Relation(id), || {
            Diagnostic::error("own-member", "A relation can’t be a member of itself").hint("Choose something else")
        })?;
        fills(project, annotator, kind, member)?;
    }
    Ok(())
}

/// Whether a relation keeps the rules that can be checked without looking at its members: its kind, its home, how
/// many fill each role, its answers. Gives the kind.
pub(super) fn relation_shape<'c>(
    codebook: &'c Codebook,
    home: &Home,
    relation: &Relation,
) -> Result<&'c RelationKind, Diagnostic> {
    let kind = known::kind(codebook, &relation.kind)?;
    refuse_if(relation.members.is_empty(), || {
        Diagnostic::error("no-members", phrase!("A relation “{name}” has no members", name = &kind.name))
            .hint("Give it a member")
    })?;
    refuse_if((*home == Home::Links) != kind.across_articles, || {
        Diagnostic::error("wrong-home", phrase!("A relation “{name}” is kept in the wrong file", name = &kind.name))
            .hint("Relations across articles are kept in links.ron, the others with their article")
    })?;
    if let Home::Article(article) = home {
        refuse_if(relation.members.iter().any(|m| m.target.article != *article), || {
            Diagnostic::error(
                "crosses-articles",
                phrase!("A relation “{name}” can’t cross articles", name = &kind.name),
            )
            .hint("Choose members in one article, or allow it in the codebook")
        })?;
    }
    for role in &kind.roles {
        let count = relation.in_role(&role.id).count();
        refuse_if(role.most.is_some_and(|most| count > most as usize), || {
            Diagnostic::error(
                "role-full",
                phrase!("“{role}” takes at most {most}", role = &role.name, most = &role.most.unwrap_or(0)),
            )
            .hint("Take another member out of the role first")
        })?;
    }
    for member in &relation.members {
        known::role(kind, &member.role)?;
    }
    attribute::check(&relation.attributes, &kind.attributes).map_err(|misfit| misfit.of(&kind.name))?;
    Ok(kind)
}

/// Whether a member exists and may fill its role. What was not read, or can’t be, is taken on trust.
fn fills(
    project: &Project,
    annotator: &AnnotatorId,
    kind: &RelationKind,
    member: &super::Member,
) -> Result<(), Diagnostic> {
    let Target { article, item } = &member.target;
    if project.unreadable.contains_key(article) {
        return Ok(());
    }
    known::article(project, article)?;
    let in_links = project.links.get(annotator);
    let found = match project.layer_slot(article, annotator) {
        Some(LayerSlot::Unread(_)) => return Ok(()),
        Some(LayerSlot::Read(layer)) => filler_of(layer, *item),
        None => None,
    };
    let found = found.or_else(|| match item {
        Item::Relation(id) => in_links?.get(*id).map(|r| Filler::Relation(r.kind.clone())),
        Item::Annotation(_) => None,
    });
    let Some(found) = found else {
        return Err(Diagnostic::error("no-such-member", "A relation names a mark that does not exist")
            .hint("Choose a mark of the same annotator"));
    };
    let Some(role) = kind.roles.iter().find(|r| r.id == member.role) else { return Ok(()) };
    refuse_if(!role.may_be_filled_by(&found), || {
        let what = found.id();
        let message = phrase!("A “{what}” can’t be the {role} of “{name}”", what, role = &role.name, name = &kind.name);
        Diagnostic::error("wrong-filler", message).hint(phrase!("It takes {what}", what = fillers(role)))
    })
}

/// What may fill a role, for a hint.
fn fillers(role: &super::Role) -> Phrase {
    if role.fillers.is_empty() {
        return phrase!("any mark");
    }
    let names: Vec<&str> = role.fillers.iter().map(Filler::id).collect();
    Phrase::verbatim(names.join(", "))
}

/// The label or kind of an item of a layer.
fn filler_of(layer: &Layer, item: Item) -> Option<Filler> {
    match item {
        Item::Annotation(id) => layer.annotation(id).map(|a| Filler::Label(a.label.clone())),
        Item::Relation(id) => layer.relations().get(id).map(|r| Filler::Relation(r.kind.clone())),
    }
}

/// Refuses to change the codebook so that it takes less, while articles can’t be read: their marks might break it.
fn all_readable(project: &Project, before: &Codebook, after: &Codebook) -> Result<(), Diagnostic> {
    let Some(first) = project.unreadable.values().next() else { return Ok(()) };
    refuse_if(!after.takes_all_of(before), || {
        Diagnostic::error("not-all-read", "An article can’t be read, and its marks may use what would change")
            .hint("Repair its file, open the project again and repeat the change")
            .at_path(first)
    })
}

/// Holds every layer that was read, and the summaries of the others, against a codebook.
fn codebook(project: &Project, codebook: &Codebook) -> Result<(), Diagnostic> {
    if let Some(first) = codebook.check().into_iter().next() {
        return Err(first);
    }
    for (article, slots) in &project.layers {
        for (annotator, slot) in slots {
            match slot {
                LayerSlot::Read(layer) => layer_under(project, codebook, article, annotator, layer)?,
                LayerSlot::Unread(summary) => {
                    for (label, _) in &summary.counts {
                        known::label(codebook, label)?;
                    }
                }
            }
        }
    }
    project.links.iter().try_for_each(|(annotator, set)| {
        set.iter().try_for_each(|(id, r)| relation(project, &Home::Links, annotator, id, r))
    })
}

/// Holds a layer against a codebook.
fn layer_under(
    project: &Project,
    codebook: &Codebook,
    article: &ArticleId,
    annotator: &AnnotatorId,
    layer: &Layer,
) -> Result<(), Diagnostic> {
    let Some(text) = project.text(article) else { return Ok(()) };
    for (_, a) in layer.annotations() {
        annotation(codebook, text, a)?;
    }
    let home = Home::Article(article.clone());
    for (id, r) in layer.relations.iter() {
        relation(project, &home, annotator, id, r)?;
    }
    layer.article_answers.answers.iter().try_for_each(|a| answer(codebook, a))
}

/// A row of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LayerItem {
    Item(Item),
    /// An answer, by its index among those of the layer.
    Answer(usize),
}

/// Every row of a layer that breaks a rule, with the first that it breaks; answers last, by index.
pub(super) fn layer_findings(
    project: &Project,
    article: &ArticleId,
    annotator: &AnnotatorId,
    layer: &Layer,
    text: &Text,
) -> Vec<(LayerItem, Diagnostic)> {
    let codebook = &project.codebook;
    let mut found = Vec::new();
    for (id, a) in layer.annotations() {
        if let Err(d) = annotation(codebook, text, a) {
            found.push((LayerItem::Item(Item::Annotation(id)), d));
        }
    }
    let home = Home::Article(article.clone());
    for (id, r) in layer.relations.iter() {
        if let Err(d) = relation(project, &home, annotator, id, r) {
            found.push((LayerItem::Item(Item::Relation(id)), d));
        }
    }
    let answers = layer.article_answers.answers.iter().enumerate();
    found.extend(answers.filter_map(|(at, a)| answer(codebook, a).err().map(|d| (LayerItem::Answer(at), d))));
    found
}

impl Misfit {
    /// The misfit in the user’s words; `owner` is the label, the kind, or “the article”.
    fn of(self, owner: impl Into<Value>) -> Diagnostic {
        let owner: Value = owner.into();
        match self {
            Self::UnknownAttribute { attribute } => Diagnostic::error(
                "unknown-attribute",
                phrase!("“{owner}” has no attribute “{attribute}”", owner, attribute = &attribute),
            )
            .hint("Add the attribute to the codebook, or take the value away"),
            Self::BadValue { attribute, value, expects } => Diagnostic::error(
                "bad-value",
                phrase!("“{attribute}” of “{owner}” can’t be “{value}”", attribute = &attribute, owner, value),
            )
            .hint(phrase!("It takes {what}", what = expects)),
        }
    }
}

fn refuse_if(broken: bool, diagnostic: impl FnOnce() -> Diagnostic) -> Result<(), Diagnostic> {
    if broken { Err(diagnostic()) } else { Ok(()) }
}
