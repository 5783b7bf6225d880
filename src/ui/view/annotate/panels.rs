//! The panels beside the page: articles on the left, what is picked and all marks on the right.
//!
//! Which of them are shown at all is for `sides`. What a panel’s part asks of the view (its output) is carried out
//! here.

use egui::{Frame, Margin, Panel, PanelState, Ui, Vec2};

use super::{
    relating::Relating,
    sides,
    state::{Annotate, ChosenRelation, Listing},
};
use crate::ui::{
    context::Ctx,
    kit::segmented,
    panel::{
        Part, articles::articles_ui, conflicts::conflicts_ui, history::history_ui, inspector::inspector_ui,
        marks::marks_ui, relations::relations_ui, set_aside,
    },
    theme::space,
    wish::Wish,
    words::tr,
};

/// Name of the panel, under which egui remembers its width.
const ARTICLES: &str = "articles";
/// Name of the panel, under which egui remembers its width.
const INSPECTOR: &str = "inspector";

/// The panel with the list of articles, at the left edge.
pub fn left_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, out: &mut Vec<Wish>) {
    let panel = Panel::left(ARTICLES).frame(Frame::NONE.fill(ctx.tokens.panel));
    side_panel_ui(ui, panel, ARTICLES, view.shown.sides.widths(sides::Panel::Articles), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(space::S, 0.0);
        ui.take_available_width();
        Part::List.is_heard(ui);
        articles_ui(ui, ctx, &mut view.articles, view.stamps, out);
    });
}

/// The panel with the card of what is picked, and below it one of the lists.
pub fn right_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, out: &mut Vec<Wish>) {
    let frame = Frame::NONE.fill(ctx.tokens.panel).inner_margin(Margin { left: 14, right: 14, top: 14, bottom: 0 });
    let panel = Panel::right(INSPECTOR).frame(frame);
    side_panel_ui(ui, panel, INSPECTOR, view.shown.sides.widths(sides::Panel::Inspector), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(space::S, space::XS);
        ui.take_available_width();
        if ctx.session.focus().article.is_some() {
            Part::Inspector.begins(ui);
            card_ui(ui, ctx, view, out);
            ui.add_space(space::M);
        } else if view.shown.listing != Listing::History {
            return;
        }
        let counts = (set_aside::count(ctx), view.conflicts.count(ctx, view.stamps));
        switch_ui(ui, ctx, counts, &mut view.shown.listing);
        ui.add_space(space::XS);
        listing_ui(ui, ctx, view, out);
    });
}

/// A panel at a side of the window, with its least, usual and greatest width in points. A narrow window cuts its
/// width; as soon as there is room again, it has the width that the user gave it.
fn side_panel_ui(
    ui: &mut Ui,
    panel: Panel,
    name: &str,
    (least, usual, greatest): (f32, f32, f32),
    content: impl FnOnce(&mut Ui),
) {
    let id = ui.scope_id().with(name);
    let wanted = PanelState::load(ui, id).map_or(usual, |state| state.size().x);
    panel.default_size(usual).size_range(least..=greatest).show(ui, content);
    let shown = PanelState::load(ui, id).filter(|state| greatest < wanted && state.size().x > greatest - 1.0);
    if let Some(mut state) = shown {
        state.outer_rect.set_width(wanted);
        ui.data_mut(|data| data.insert_persisted(id, state));
    }
}

/// The inspector, and what it asks of the view: filling a role, going to a mark, showing a relation.
fn card_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, out: &mut Vec<Wish>) {
    let chosen = view.chosen.as_ref().map(|chosen| chosen.id);
    let asked = inspector_ui(ui, ctx, &mut view.inspector, (chosen, &view.shown.layers), out);
    let scene = ctx.session.scene();
    if let Some(from) = asked.relate {
        view.relating = Relating::begin_with(&scene, &from);
    }
    if let Some(target) = asked.go {
        view.go_to(&target, &scene, out);
    }
    if let Some(id) = asked.relation {
        view.chosen = scene.picked_target().map(|at| ChosenRelation { id, at });
    }
}

/// The switch between the marks, their relations, what was done, and what is set aside or to be decided on where
/// something is.
fn switch_ui(ui: &mut Ui, ctx: &Ctx<'_>, (set_aside, conflicts): (usize, usize), listing: &mut Listing) {
    let mut listings = vec![
        (Listing::Marks, tr("List of marks"), tr("Marks")),
        (Listing::Relations, tr("Table of relations"), tr("Relations")),
        (Listing::History, tr("History of the project"), tr("History")),
    ];
    if set_aside > 0 || *listing == Listing::SetAside {
        listings.push((Listing::SetAside, tr("List of what is set aside"), tr("Set aside")));
    }
    if conflicts > 0 || *listing == Listing::Conflicts {
        listings.push((Listing::Conflicts, tr("List of conflicts"), tr("Conflicts")));
    }
    if let Some(clicked) = segmented::one_of(ui, ctx.tokens, ui.scope_id().with("side"), *listing, &listings) {
        *listing = clicked;
    }
}

/// The list that is chosen, and what is done in it.
fn listing_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, out: &mut Vec<Wish>) {
    let scene = ctx.session.scene();
    match view.shown.listing {
        Listing::Marks => {
            let marks = marks_ui(ui, ctx, &mut view.marks, out);
            view.pointed = marks.hovered;
            if let Some(id) = marks.picked {
                view.choose(id, &scene, out);
            }
        }
        Listing::SetAside => {
            view.pointed = None;
            set_aside::set_aside_ui(ui, ctx, &mut view.set_aside, out);
        }
        Listing::Conflicts => {
            view.pointed = None;
            conflicts_ui(ui, ctx, &mut view.conflicts, out);
        }
        Listing::Relations => {
            view.pointed = None;
            let chosen = view.chosen.as_ref().map(|chosen| chosen.id);
            let table = relations_ui(ui, ctx, &mut view.relations, chosen, view.stamps);
            if let Some((id, member)) = table.clicked {
                view.choose_relation(id, member, &scene, out);
            }
        }
        Listing::History => {
            view.pointed = None;
            history_ui(ui, ctx, &mut view.history, out);
        }
    }
}
