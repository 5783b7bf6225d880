//! Saying that words of several articles are one statement, or that they are not: what is not marked yet is marked in the
//! same step.
//!
//! Words and forms come from whoever compared the articles; here they become marks and relations of the annotator. Names
//! are those of the news codebook.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::{article_words::Words, rejection::NotSame};
use super::{
    cascade::Cascade, known, layer, mark_ref::RelationRef, plan::Plan, rejection, relate::own_member, scene::Scene,
};
use crate::{
    compare::shared_len,
    diagnostic::Diagnostic,
    model::{
        Annotation, AnnotationId, AnnotatorId, ArticleId, AttributeId, ChoiceId, Filler, Item, KindId, LabelId, Layer,
        LayerSlot, Member, Mint, Origin, Relation, RelationId, RelationKind, Target, Value,
        edit::{Change, Home},
    },
    phrase,
    query::Relations,
    text::{Fragments, Text, quotation::quotations},
};

/// The kind of relation that joins marks of one statement, and its attribute for how the wordings go with each other.
const SAME_STATEMENT: &str = "same-statement";
const FORM: &str = "form";
/// What words are marked as that are not marked yet: those between quotation marks, and others.
const QUOTE: &str = "quote";
const CLAIM: &str = "claim";

/// What is said of statements that articles share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum StatementCommand {
    /// These words are one statement, two by two: joins marks at them, which are made where there are none. What is
    /// joined already is passed over.
    Join(Vec<SameWords>),
    /// Takes back that they are: removes these relations across articles; marks stay.
    Part(Vec<RelationRef>),
    /// These words are not one statement, two by two: they are not proposed any more. The relations that join them are
    /// removed; marks stay.
    Reject {
        pairs: Vec<NotSame>,
        #[serde(default)]
        relations: Vec<RelationRef>,
    },
    /// Takes back that words are not one statement, so that they are proposed again.
    ProposeAgain(Vec<NotSame>),
    /// Says of relations how the wordings go with each other.
    Form { relations: Vec<RelationRef>, form: ChoiceId },
}

/// Words of two articles that are one statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SameWords {
    pub one: Words,
    pub other: Words,
    /// One of the forms that the codebook has for it.
    pub form: ChoiceId,
    /// What spoke for it; kept as the origin of the relation and of marks that are made.
    pub why: String,
}

impl StatementCommand {
    pub(super) fn plan(&self, scene: &Scene<'_>, mint: &mut dyn Mint) -> Result<Plan, Diagnostic> {
        match self {
            Self::Join(pairs) => Joining::new(scene, mint)?.plan(pairs),
            Self::Part(relations) => part(scene, relations),
            Self::Reject { pairs, relations } => reject(scene, mint, pairs, relations),
            Self::ProposeAgain(pairs) => rejection::propose_again(scene, pairs),
            Self::Form { relations, form } => set_form(scene, relations, form),
        }
    }
}

/// Marks and relations on their way into the project.
struct Joining<'a, 'm> {
    scene: &'a Scene<'a>,
    mint: &'m mut dyn Mint,
    annotator: AnnotatorId,
    kind: &'a RelationKind,
    changes: Vec<Change>,
    /// Marks that are made by this step.
    made: Vec<(ArticleId, AnnotationId, Arc<Annotation>)>,
    joined: usize,
}

impl<'a, 'm> Joining<'a, 'm> {
    fn new(scene: &'a Scene<'a>, mint: &'m mut dyn Mint) -> Result<Self, Diagnostic> {
        let (annotator, kind) = (scene.annotator()?.clone(), kind_of(scene)?);
        Ok(Self { scene, mint, annotator, kind, changes: Vec::new(), made: Vec::new(), joined: 0 })
    }

    fn plan(mut self, pairs: &[SameWords]) -> Result<Plan, Diagnostic> {
        let unread = self.unread(pairs)?;
        if !unread.is_empty() {
            return Ok(Plan::read_first(unread));
        }
        for pair in pairs {
            self.join(pair)?;
        }
        self.accept_rejected(pairs)?;
        if self.joined == 0 {
            return Err(Diagnostic::note("joined-already", "These are joined already"));
        }
        let mut begun: Vec<&ArticleId> = self.made.iter().map(|(article, ..)| article).collect();
        begun.sort();
        begun.dedup();
        for article in begun {
            self.changes.extend(layer::begun(self.scene, article)?);
        }
        let label =
            phrase!("Join {n} pair as the same statement|Join {n} pairs as the same statement", n = self.joined);
        Ok(Plan::change(label, self.changes))
    }

    /// The articles whose text or own layer is not in memory.
    fn unread(&self, pairs: &[SameWords]) -> Result<Vec<ArticleId>, Diagnostic> {
        let mut unread = Vec::new();
        for words in pairs.iter().flat_map(|pair| [&pair.one, &pair.other]) {
            let id = known::article(self.scene.project, &words.article)?;
            let slot = self.scene.project.layer_slot(id, &self.annotator);
            let is_read = self.scene.project.text(id).is_some() && !matches!(slot, Some(LayerSlot::Unread(_)));
            if !is_read && !unread.contains(id) {
                unread.push(id.clone());
            }
        }
        Ok(unread)
    }

    fn join(&mut self, pair: &SameWords) -> Result<(), Diagnostic> {
        let roles = match self.kind.roles.as_slice() {
            [one] => [one, one],
            [one, other, ..] => [one, other],
            [] => return Err(no_kind()),
        };
        let mut members = Vec::new();
        for (role, words) in roles.iter().zip([&pair.one, &pair.other]) {
            let target = self.mark(words, &pair.why)?;
            members.push(Member { role: role.id.clone(), target });
        }
        // Words of one article may be those of one mark.
        if members.iter().all(|member| member.target == members[0].target) {
            return Err(own_member());
        }
        let mut relation = Relation::new(self.kind.id.clone(), members);
        relation.origin = Origin::Accepted(pair.why.clone());
        if let Some(form) = form_of(self.kind, &pair.form) {
            relation.attributes.set(form.0, Some(form.1));
        }
        let article = known::article(self.scene.project, &pair.one.article)?;
        if Relations::new(self.scene.project, article, &self.annotator).twin(self.kind, &relation, None).is_some() {
            return Ok(());
        }
        self.joined += 1;
        self.changes.push(Change::Relation {
            home: Relations::home(self.kind, article),
            annotator: self.annotator.clone(),
            id: RelationId(self.mint.uid()),
            before: None,
            after: Some(Arc::new(relation)),
        });
        Ok(())
    }

    /// What is the same statement is rejected no longer.
    fn accept_rejected(&mut self, pairs: &[SameWords]) -> Result<(), Diagnostic> {
        let pairs: Vec<[&Words; 2]> = pairs.iter().map(|pair| [&pair.one, &pair.other]).collect();
        self.changes.extend(rejection::taken_back(self.scene, &pairs)?);
        Ok(())
    }

    /// The mark at these words that may be a member; it is made where there is none.
    fn mark(&mut self, words: &Words, why: &str) -> Result<Target, Diagnostic> {
        let (article, text, fragments) = words.resolve(self.scene)?;
        let target = |id: AnnotationId| Target { article: article.clone(), item: Item::Annotation(id) };
        if let Some(id) = self.marked(&article, &fragments) {
            return Ok(target(id));
        }
        let label = self.label(text, &fragments)?;
        let mut annotation = Annotation::new(label, fragments, self.scene.codebook().version);
        annotation.origin = Origin::Accepted(why.to_owned());
        let (id, annotation) = (AnnotationId(self.mint.uid()), Arc::new(annotation));
        self.changes.push(Change::Annotation {
            article: article.clone(),
            annotator: self.annotator.clone(),
            id,
            before: None,
            after: Some(Arc::clone(&annotation)),
        });
        self.made.push((article.clone(), id, annotation));
        Ok(target(id))
    }

    /// A mark of the annotator's own, or one that was just made, that [stands for](stands_for) the words and may be a
    /// member: a quote
    /// before others, then the one that is most alike in length.
    fn marked(&self, article: &ArticleId, fragments: &Fragments) -> Option<AnnotationId> {
        let own = self.scene.project.layer(article, &self.annotator);
        let own = own.into_iter().flat_map(Layer::annotations);
        let made = self.made.iter().filter(|(of, ..)| of == article).map(|(_, id, mark)| (*id, mark));
        let fits =
            |(_, mark): &(AnnotationId, &Arc<Annotation>)| self.may_be(&mark.label) && stands_for(mark, fragments);
        let best = own.chain(made).filter(fits).min_by_key(|(_, mark)| {
            let differs = mark.fragments.covered_len().abs_diff(fragments.covered_len());
            (mark.label.as_str() != QUOTE, differs)
        });
        best.map(|(id, _)| id)
    }

    fn may_be(&self, label: &LabelId) -> bool {
        let filler = Filler::Label(label.clone());
        self.kind.roles.iter().take(2).all(|role| role.may_be_filled_by(&filler))
    }

    /// What words are marked as: a quote between quotation marks, else a claim.
    fn label(&self, text: &Text, fragments: &Fragments) -> Result<LabelId, Diagnostic> {
        let order = if is_quoted(text, fragments) { [QUOTE, CLAIM] } else { [CLAIM, QUOTE] };
        let known =
            order.into_iter().filter_map(|id| self.scene.codebook().labels.iter().find(|l| l.id.as_str() == id));
        let label = known.map(|label| label.id.clone()).find(|label| self.may_be(label));
        label.ok_or_else(|| {
            Diagnostic::error("no-label", "The codebook has no label for these words")
                .hint("Mark them first, then relate the marks")
        })
    }
}

/// Whether a mark is taken for one of these words: it has most of them and little else, or it is the quote that they are
/// a part of.
fn stands_for(mark: &Annotation, words: &Fragments) -> bool {
    let shared = 2 * shared_len(&mark.fragments, words);
    shared >= words.covered_len() && (mark.label.as_str() == QUOTE || shared >= mark.fragments.covered_len())
}

/// Whether words stand between quotation marks, all of them.
pub fn is_quoted(text: &Text, fragments: &Fragments) -> bool {
    fragments.iter().all(|range| quotations(text, range).iter().any(|quotation| quotation.outer.contains_range(range)))
}

fn kind_of<'a>(scene: &Scene<'a>) -> Result<&'a RelationKind, Diagnostic> {
    let kind = KindId::new(SAME_STATEMENT).ok().and_then(|id| scene.codebook().relation(&id));
    kind.ok_or_else(no_kind)
}

fn no_kind() -> Diagnostic {
    Diagnostic::error("no-same-statement", "The codebook has no relation “same-statement”")
        .hint("Add one that crosses articles, with two roles and the attribute “form”")
}

/// The answer that says the form, where the kind asks for it and has this one.
fn form_of(kind: &RelationKind, form: &ChoiceId) -> Option<(AttributeId, Value)> {
    let attribute = kind.attributes.iter().find(|attribute| attribute.id.as_str() == FORM)?;
    let is_known = attribute.choices().iter().any(|choice| choice.id == *form);
    is_known.then(|| (attribute.id.clone(), Value::Choice(form.clone())))
}

fn part(scene: &Scene<'_>, relations: &[RelationRef]) -> Result<Plan, Diagnostic> {
    let changes = parted(scene, relations)?;
    let label = phrase!("Separate {n} pair of statements|Separate {n} pairs of statements", n = relations.len());
    Ok(Plan::change(label, changes))
}

/// The changes that remove relations.
fn parted(scene: &Scene<'_>, relations: &[RelationRef]) -> Result<Vec<Change>, Diagnostic> {
    if relations.is_empty() {
        return Ok(Vec::new());
    }
    let (article, annotator) = (scene.article()?, scene.annotator()?);
    let items = resolved(scene, relations)?.into_iter().map(Item::Relation);
    Ok(Cascade::in_article(scene, article, annotator, items).changes(scene, article, annotator))
}

fn reject(
    scene: &Scene<'_>,
    mint: &mut dyn Mint,
    pairs: &[NotSame],
    relations: &[RelationRef],
) -> Result<Plan, Diagnostic> {
    let unread = rejection::unread(scene, pairs)?;
    if !unread.is_empty() {
        return Ok(Plan::read_first(unread));
    }
    let (rejected, what) = rejection::rejected(scene, mint, pairs)?;
    if rejected.is_empty() && !relations.is_empty() {
        return part(scene, relations);
    }
    if rejected.is_empty() {
        return Err(Diagnostic::note("rejected-already", "These are rejected already"));
    }
    let changes = parted(scene, relations)?.into_iter().chain(rejected).collect();
    Ok(Plan::change(phrase!("Not the same statement: “{what}”", what), changes))
}

/// The ids of relations.
fn resolved(scene: &Scene<'_>, relations: &[RelationRef]) -> Result<Vec<RelationId>, Diagnostic> {
    relations.iter().map(|relation| Ok(relation.resolve(scene)?.1)).collect()
}

fn set_form(scene: &Scene<'_>, relations: &[RelationRef], form: &ChoiceId) -> Result<Plan, Diagnostic> {
    let annotator = scene.annotator()?;
    let kind = kind_of(scene)?;
    let (attribute, value) = form_of(kind, form).ok_or_else(|| {
        Diagnostic::error("no-form", phrase!("The codebook has no form “{form}”", form)).hint("Choose another one")
    })?;
    let known = |id: &RelationId| Some((*id, scene.project.links(annotator)?.get(*id)?));
    let relations = resolved(scene, relations)?;
    let changes = relations.iter().filter_map(known).map(|(id, before)| {
        let mut after = (**before).clone();
        after.attributes.set(attribute.clone(), Some(value.clone()));
        if after != **before {
            after.origin = after.origin.changed();
        }
        let (before, after) = (Some(Arc::clone(before)), Some(Arc::new(after)));
        Change::Relation { home: Home::Links, annotator: annotator.clone(), id, before, after }
    });
    let changes: Vec<Change> = changes.filter(|change| !change.is_idle()).collect();
    if changes.is_empty() {
        return Ok(Plan::default());
    }
    Ok(Plan::change(phrase!("Set the form of the statement"), changes))
}
