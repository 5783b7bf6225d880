//! Marking what is ticked: which label, and what lies in the way of it.

use egui::{Align, Layout, Ui};

use super::{
    super::pattern::says,
    state::{Concordance, Pending},
};
use crate::{
    command::occurrences::Outlook,
    text::grouped,
    ui::{
        context::Ctx,
        kit::{
            button::{Chip, Chosen, chip, cross, quiet},
            words,
        },
        panel::wording,
        theme::{size, space},
        wish::Wish,
        words::{tr, tr_with},
    },
};

/// A row over the width there is, below the table.
pub(super) fn marking_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance, out: &mut Vec<Wish>) {
    ui.painter().hline(ui.max_rect().x_range(), ui.max_rect().top(), (size::LINE, ctx.tokens.line));
    ui.spacing_mut().item_spacing.x = space::S;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.add_space(space::L);
        if view.pending.is_some() {
            pending_ui(ui, ctx, view, out);
            return;
        }
        says(
            ui,
            ctx.tokens.ink,
            &wording::count(view.ticked.len(), "Mark the ticked one as", "Mark the %{n} ticked as"),
        );
        labels_ui(ui, ctx, view, out);
        if quiet(ui, ctx.tokens, &tr("Untick all"), &tr("Untick all"), Chosen::No).clicked() {
            view.ticked.clear();
        }
    });
}

/// A badge and a key on a chip are at most so wide.
const WITH_KEY: f32 = 72.0;

fn labels_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance, out: &mut Vec<Wish>) {
    let wide = ui.available_width() > WITH_KEY * (ctx.codebook().labels.len() + 1) as f32;
    for label in &ctx.codebook().labels {
        let name = tr_with("Mark the ticked as %{what}", &[("what", &label.name)]);
        let badge = Some((label.initials.as_str(), ctx.tokens.label(label.color)));
        let key = label.key.filter(|_| wide).map(String::from).unwrap_or_default();
        let looks = Chip { name: &name, badge, text: "", key: &key, state: Chosen::No };
        if words::hint(chip(ui, ctx.tokens, &looks), &name).clicked() {
            view.choose(&label.id, &ctx.session.scene(), out);
        }
    }
}

fn pending_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance, out: &mut Vec<Wish>) {
    let Some(Pending { label, outlook, .. }) = &view.pending else { return };
    let known = ctx.codebook().label(label);
    let name = known.map_or(label.as_str(), |l| l.name.as_str());
    let badge = known.map(|l| (l.initials.as_str(), ctx.tokens.label(l.color)));
    says(ui, ctx.tokens.ink, &in_words(outlook));
    let pressed = |ui: &mut Ui, name: &str, badge| {
        chip(ui, ctx.tokens, &Chip { name, badge, text: name, key: "", state: Chosen::No }).clicked()
    };
    let all = tr_with("Mark %{n} as %{what}", &[("n", &grouped(outlook.free)), ("what", name)]);
    let without = wording::count(outlook.crossing.len(), "Untick the one that crosses", "Untick the %{n} that cross");
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
        (*free, "%{n} will be marked", "%{n} will be marked"),
        (*marked, "%{n} is marked already", "%{n} are marked already"),
        (*inside, "%{n} lies inside another mark", "%{n} lie inside another mark"),
        (crossing.len(), "%{n} crosses another mark", "%{n} cross another mark"),
    ];
    let there = parts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| wording::count(n, one, many));
    there.collect::<Vec<_>>().join(", ")
}
