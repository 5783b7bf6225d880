//! Marking what is ticked: which label, and what lies in the way of it.

use egui::{Align, Layout, Ui};

use super::{super::find::says, Concordance, TableFocus};
use crate::{
    command::{
        Command, MarkRef, Scene,
        mark::Mark,
        occurrences::{Occurrence, Outlook, outlook},
    },
    model::LabelId,
    text::grouped,
    ui::{
        context::Ctx,
        kit::{
            button::{Chip, Chosen, chip, cross, quiet},
            words,
        },
        panel::{run, wording},
        theme::{size, space},
        wish::Wish,
        words::{tr, tr_with},
    },
};

/// A label that was chosen, and what it would meet with.
pub(super) struct Pending {
    pub label: LabelId,
    pub outlook: Outlook,
    /// Whether marks have changed since it was looked at.
    pub stale: bool,
}

impl Concordance {
    /// Whether there is something to mark.
    pub(super) fn is_marking(&self) -> bool {
        !self.ticked.is_empty()
    }

    /// What a label's key means while the table has the focus and something is ticked; gives whether it means that.
    pub fn take_label(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) -> bool {
        let takes = self.is_open() && self.focus == TableFocus::Yes && self.is_marking();
        if takes {
            self.choose(label, scene, out);
        }
        takes
    }

    /// Marks what is ticked, or shows first what lies in the way of it; chosen again, the label is meant.
    fn choose(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let is_meant = self.pending.as_ref().is_some_and(|pending| pending.label == *label);
        self.look_ahead(label, scene);
        if self.pending.as_ref().is_none_or(|p| p.outlook.is_clear() || is_meant && p.outlook.free > 0) {
            self.mark(label, out);
        }
    }

    /// Looks at what marks of the label would meet with.
    pub(super) fn look_ahead(&mut self, label: &LabelId, scene: &Scene<'_>) {
        let places: Vec<Occurrence> = self.ticked.iter().cloned().collect();
        let look = |annotator| outlook(scene.project, annotator, label, &places);
        let pending = |annotator| Pending { label: label.clone(), outlook: look(annotator), stale: false };
        self.pending = scene.annotator.map(pending);
    }

    fn mark(&mut self, label: &LabelId, out: &mut Vec<Wish>) {
        self.pending = None;
        let places = std::mem::take(&mut self.ticked).into_iter().collect();
        run(out, Command::Mark(Mark::Occurrences { label: label.clone(), places }, MarkRef::Picked));
    }

    fn untick_crossing(&mut self, scene: &Scene<'_>) {
        let Some(Pending { label, outlook, .. }) = self.pending.take() else { return };
        self.ticked.retain(|place| !outlook.crossing.contains(place));
        if self.is_marking() {
            self.look_ahead(&label, scene);
        }
    }
}

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
