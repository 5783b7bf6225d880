//! How relations are worded: what fills a role, where it is, what is missing and what is wrong.
//!
//! It asks `query` for what is there and makes sentences of it; it decides nothing. Used by the card, the table, and
//! the view’s choosing of members.

use egui::Ui;

use crate::{
    model::{Label, LayerSlot, Relation, RelationId, Role, Target},
    query::{Fault, Relations, list::Only},
    ui::{
        context::Ctx,
        kit::button::{Chosen, quiet},
        panel::wording,
        words::{isolated, phrase, tr},
    },
};

/// How a member of a relation is shown: label, words, and the article where it is another one.
#[derive(Default)]
pub struct Shown<'a> {
    /// Its label, whose badge stands before the words; `None` for a relation, and for what could not be read or is
    /// gone.
    pub label: Option<&'a Label>,
    /// The words of the mark; for a relation, its kind and the words of the mark it is for. Empty where its article
    /// is not read.
    pub words: String,
    /// The title of its article, where that is another than the open one.
    pub title: Option<String>,
}

impl Shown<'_> {
    /// Words and title, parted by a dot.
    pub fn text(&self) -> String {
        wording::dotted([self.words.as_str(), self.title.as_deref().unwrap_or_default()])
    }
}

/// How a member is shown, as seen from the open article.
pub fn shown<'a>(ctx: &Ctx<'a>, target: &Target) -> Shown<'a> {
    let project = ctx.session.project();
    let is_here = ctx.session.focus().article.as_ref() == Some(&target.article);
    let title = project.article(&target.article).map(|a| a.metadata.title.clone()).filter(|_| !is_here);
    let nothing = Shown { title: title.clone(), ..Shown::default() };
    let Some(relations) = relations(ctx, target) else { return nothing };
    if let Some(relation) = relations.relation(target) {
        let lead = relations.mark_for(target).map(|mark| shown(ctx, &mark).words).unwrap_or_default();
        return Shown { words: format!("{}: {}", kind_name(ctx, relation), isolated(&lead)), ..nothing };
    }
    match (relations.annotation(target), project.text(&target.article)) {
        (Some(a), Some(text)) => {
            Shown { label: ctx.codebook().label(&a.label), words: wording::words_of(text, a), title }
        }
        _ if is_gone(ctx, target) => Shown { words: tr("a mark that is gone").into_owned(), ..nothing },
        _ => nothing,
    }
}

/// Whether the mark is known to be gone, rather than in a layer that is not read yet.
fn is_gone(ctx: &Ctx<'_>, target: &Target) -> bool {
    let slot = ctx.session.annotator().and_then(|who| ctx.session.project().layer_slot(&target.article, who));
    !matches!(slot, Some(LayerSlot::Unread(_)))
}

/// The annotator’s own relations as seen from the target’s article; `None` while nobody marks.
fn relations<'a>(ctx: &Ctx<'a>, target: &'a Target) -> Option<Relations<'a>> {
    Some(Relations::new(ctx.session.project(), &target.article, ctx.session.annotator()?))
}

/// The name of a relation’s kind, or its id where the codebook does not know it.
pub fn kind_name<'a>(ctx: &Ctx<'a>, relation: &'a Relation) -> &'a str {
    ctx.codebook().relation(&relation.kind).map_or(relation.kind.as_str(), |kind| kind.name.as_str())
}

/// A relation in one line: “Supports: these words · those words”.
pub fn line(ctx: &Ctx<'_>, relation: &Relation) -> String {
    let says: Vec<String> = relation.members.iter().map(|m| shown(ctx, &m.target).text()).collect();
    format!("{}: {}", kind_name(ctx, relation), says.join(" · "))
}

/// What is wrong with a relation of the annotator’s own, a sentence each: what is missing, which rule it breaks.
/// Empty where nothing is.
pub fn faults(ctx: &Ctx<'_>, id: RelationId, relation: &Relation) -> Vec<String> {
    let Some(relations) = ctx.session.scene().relations() else { return Vec::new() };
    let missing = |name: &str| tr!("{what} is missing", what = name);
    let says = |fault| match fault {
        Fault::UnknownKind(kind) => tr!("The codebook has no relation “{what}”", what = kind.as_str()),
        Fault::MissingMember(role) => missing(&role.name),
        Fault::MissingAnswer(attribute) => missing(&attribute.name),
        Fault::OwnMember => tr("A mark is related to itself").into_owned(),
        Fault::Twin(_) => tr("The same relation is there twice").into_owned(),
        Fault::Broken(why) => phrase(&why.message),
    };
    relations.faults(id, relation).into_iter().map(says).collect()
}

/// A switch between everything and what is incomplete, where something is.
pub fn only_ui(ui: &mut Ui, ctx: &Ctx<'_>, incomplete: usize, only: &mut Only) {
    if incomplete == 0 && *only == Only::All {
        return;
    }
    let text = tr!("Incomplete · {n}", n = incomplete);
    let state = Chosen::from(*only == Only::Incomplete);
    if quiet(ui, ctx.tokens, &tr("Only what is incomplete"), &text, state).clicked() {
        *only = if *only == Only::All { Only::Incomplete } else { Only::All };
    }
}

/// What may fill a role, in words: “Source or Claim”; “any mark” where everything may.
pub fn fillers(ctx: &Ctx<'_>, role: &Role) -> String {
    let names: Vec<&str> = role.fillers.iter().map(|filler| ctx.codebook().filler_name(filler)).collect();
    match names.as_slice() {
        [] => tr("any mark").into_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => tr!("{most} or {last}", most = &most.join(", "), last),
    }
}
