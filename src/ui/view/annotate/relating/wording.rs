//! What relating says: what a role wants, how to choose it, and why a choice was refused. It makes sentences of
//! `command::relating`’s refusals and decides nothing.

use std::borrow::Cow;

use egui::Color32;

use crate::{
    command::{
        relating::{Eligible, Refusal, Relating},
        table,
    },
    model::Filler,
    ui::{context::Ctx, panel::related, words::tr},
};

/// Why the last choice did not count; `None` where there was none or it did.
pub fn why_refused(ctx: &Ctx<'_>, relating: &Relating) -> Option<String> {
    let eligible = relating.eligible(&ctx.session.scene())?;
    let name = eligible.role.name.as_str();
    Some(match relating.refusal(&eligible)? {
        Refusal::Itself => tr("This is the mark you are relating").into_owned(),
        Refusal::Elsewhere => tr!("{kind} relates marks of one article", kind = &eligible.kind.name),
        Refusal::Filler(None) => tr("Only your own marks can be related").into_owned(),
        Refusal::Filler(Some(filler)) => {
            let fillers = related::fillers(ctx, eligible.role);
            let what = ctx.codebook().filler_name(&filler);
            tr!("{what} can’t fill the role {role}; {fillers} can", what, role = name, fillers = &fillers)
        }
        Refusal::There(role) => tr!("This already fills the role {role}", role),
        Refusal::Related => tr!("The two are already related by {what}", what = &eligible.kind.name),
        Refusal::Full(most) => {
            tr!("The role {role} takes no more than {n}", role = name, n = &most.to_string())
        }
    })
}

/// How to choose, or the first letter of a hint of two that was typed. Empty while words are selected, as the button
/// says it then.
pub fn how(ctx: &Ctx<'_>, eligible: &Eligible<'_>, typed: &str) -> String {
    let fillers = &eligible.role.fillers;
    let takes_marks = fillers.is_empty() || fillers.iter().any(|f| matches!(f, Filler::Label(_)));
    match () {
        () if !typed.is_empty() => format!("{typed}…"),
        () if ctx.session.scene().selection().is_some() => String::new(),
        () if takes_marks => with_other_articles(ctx, eligible, tr("click a mark, type its letter, or select words")),
        () => with_other_articles(ctx, eligible, tr("click its mark or type its letter")),
    }
}

/// How to choose, and for a kind across articles which keys lead to the other ones.
fn with_other_articles(ctx: &Ctx<'_>, eligible: &Eligible<'_>, how: Cow<'_, str>) -> String {
    let keys = |id| table::row(id).map(|row| ctx.settings.keys_of(row)).filter(|keys| !keys.is_empty());
    match keys("next-article").zip(keys("previous-article")).filter(|_| eligible.kind.across_articles) {
        Some((next, previous)) => tr!("{how}; {next} or {previous} opens another article", how = &how, next, previous),
        None => how.into_owned(),
    }
}

/// What the role holds already, or that it is missing; with the colour to say it in.
pub fn state_of(ctx: &Ctx<'_>, eligible: &Eligible<'_>) -> (String, Color32) {
    let held: Vec<String> = eligible.held().map(|target| related::shown(ctx, target).text()).collect();
    if held.is_empty() {
        let missing = eligible.role.least > 0;
        return (if missing { tr("missing").into_owned() } else { String::new() }, ctx.tokens.warning);
    }
    let what = held.join(" · ");
    let text = if eligible.role.most == Some(1) { tr!("replaces {what}", what) } else { tr!("has {what}", what) };
    (text, ctx.tokens.soft_ink)
}
