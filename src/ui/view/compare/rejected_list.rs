//! The statements that are rejected: one line in the list of statements, and a look at them with a way back.

use egui::{Popup, PopupCloseBehavior, ScrollArea, Ui, accesskit::Role};

use super::state::Compare;
use crate::ui::{
    context::Ctx,
    kit::{
        button::{Chosen, quiet, quiet_of_more},
        words,
    },
    panel::run,
    theme::{fonts, size, space},
    wish::Wish,
    words::tr,
};

/// Width and height of the list, in points.
const WIDTH: f32 = 420.0;
const HEIGHT: f32 = 280.0;

/// Shows how many statements are rejected, where some are; a click lists them, each with a way back.
pub fn rejected_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare, out: &mut Vec<Wish>) {
    let count = view.rejected.len();
    if count == 0 {
        return;
    }
    let response = ui.horizontal(|ui| {
        ui.add_space(space::M);
        let text = tr!("{n} rejected|{n} rejected", n = count);
        quiet_of_more(ui, ctx.tokens, &tr("Rejected statements"), &text)
    });
    ui.add_space(space::XS);
    let popup = Popup::menu(&response.inner).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        ui.set_max_width(WIDTH);
        ui.spacing_mut().item_spacing.y = space::XS;
        ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
            for statement in &view.rejected {
                let said = statement.said(ctx.session.project());
                words::line_ui(ui, Role::Label, &said, fonts::serif(size::LIST_WORDS), ctx.tokens.ink);
                let name = tr!("Propose again: {said}", said = &said);
                if quiet(ui, ctx.tokens, &name, &tr("Propose again"), Chosen::No).clicked() {
                    run(out, statement.proposed_again());
                }
                ui.add_space(space::S);
            }
        });
    });
}
