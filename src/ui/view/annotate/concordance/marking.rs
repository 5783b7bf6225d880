//! Marking what is ticked: which label, and what lies in the way of it.
//!
//! What a new mark would meet with is worked out by `command::occurrences::outlook` when a label is chosen; where
//! nothing lies in the way, marking is one click and one step of undo.

use egui::{Align, Layout, Ui};

use super::{
    super::pattern::says,
    state::{Concordance, Pending},
};
use crate::{
    command::occurrences::Outlook,
    ui::{
        context::Ctx,
        kit::{
            button::{Chip, Chosen, chip, cross, quiet},
            words,
        },
        theme::{size, space},
        wish::Wish,
        words::tr,
    },
};

/// The row below the table while something is ticked: the labels to mark with, or what lies in the way of the chosen
/// one.
pub(super) fn marking_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance, out: &mut Vec<Wish>) {
    ui.painter().hline(ui.max_rect().x_range(), ui.max_rect().top(), (size::LINE, ctx.tokens.line));
    ui.spacing_mut().item_spacing.x = space::S;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.add_space(space::L);
        if view.pending.is_some() {
            pending_ui(ui, ctx, view, out);
            return;
        }
        let said = tr!("Mark the ticked hit as|Mark the {n} ticked hits as", n = view.ticked.len());
        says(ui, ctx.tokens.ink, &said);
        labels_ui(ui, ctx, view, out);
        if quiet(ui, ctx.tokens, &tr("Untick all"), &tr("Untick all"), Chosen::No).clicked() {
            view.ticked.clear();
        }
    });
}

/// A label’s badge with its key on a chip takes at most this many points; with less room for each label the keys are
/// left out.
const WITH_KEY: f32 = 72.0;

/// The labels as badges, each with its key.
fn labels_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance, out: &mut Vec<Wish>) {
    let wide = ui.available_width() > WITH_KEY * (ctx.codebook().labels.len() + 1) as f32;
    for label in &ctx.codebook().labels {
        let name = tr!("Mark the ticked hits as {what}", what = &label.name);
        let badge = Some((label.initials.as_str(), ctx.tokens.label(label.color)));
        let key = label.key.filter(|_| wide).map(String::from).unwrap_or_default();
        let looks = Chip { name: &name, badge, text: "", key: &key, state: Chosen::No };
        if words::hint(chip(ui, ctx.tokens, &looks), &name).clicked() {
            view.choose(&label.id, &ctx.session.scene(), out);
        }
    }
}

/// What marking with the chosen label would do, and the next thing that can be done about it: mark what is free,
/// untick what crosses another mark, or choose another label.
fn pending_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance, out: &mut Vec<Wish>) {
    let Some(Pending { label, outlook, .. }) = &view.pending else { return };
    let known = ctx.codebook().label(label);
    let name = known.map_or(label.as_str(), |l| l.name.as_str());
    let badge = known.map(|l| (l.initials.as_str(), ctx.tokens.label(l.color)));
    says(ui, ctx.tokens.ink, &in_words(outlook));
    let pressed = |ui: &mut Ui, name: &str, badge| {
        chip(ui, ctx.tokens, &Chip { name, badge, text: name, key: "", state: Chosen::No }).clicked()
    };
    let all = tr!("Mark {n} as {what}", n = outlook.free, what = name);
    let without = tr!("Untick the one that crosses|Untick the {n} that cross", n = outlook.crossing.len());
    if outlook.free > 0 && pressed(ui, &all, badge) {
        let label = label.clone();
        view.mark(&label, out);
    } else if !outlook.crossing.is_empty() && pressed(ui, &without, None) {
        view.untick_crossing(&ctx.session.scene());
    } else if cross(ui, ctx.tokens, &tr("Choose another label")).clicked() {
        view.pending = None;
    }
}

/// “31 will be marked, 4 are marked already, 2 cross another mark”.
fn in_words(outlook: &Outlook) -> String {
    let Outlook { free, marked, inside, crossing } = outlook;
    let parts = [
        (*free, tr!("{n} will be marked", n = *free)),
        (*marked, tr!("{n} is marked already|{n} are marked already", n = *marked)),
        (*inside, tr!("{n} lies inside another mark|{n} lie inside another mark", n = *inside)),
        (crossing.len(), tr!("{n} crosses another mark|{n} cross another mark", n = crossing.len())),
    ];
    let there = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, said)| said);
    there.collect::<Vec<_>>().join(", ")
}
