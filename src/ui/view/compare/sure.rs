//! Joining all sure statements at once, with a look at them before: it is one step to undo.

use egui::{Popup, PopupCloseBehavior, ScrollArea, Ui, accesskit::Role};

use super::state::Compare;
use crate::{
    compare::{Confidence, Statement, beginning},
    ui::{
        context::Ctx,
        kit::{button::quiet_of_more, form, words},
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// Width and height of the list, in points.
const WIDTH: f32 = 380.0;
const HEIGHT: f32 = 280.0;
/// Of a statement’s words so many bytes are enough for its line.
const LONGEST: usize = 200;

/// Shows how many proposals are sure, where some are; a click lists them with the button that joins all.
pub fn sure_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, out: &mut Vec<Wish>) {
    let count = view.sure().count();
    if count == 0 {
        return;
    }
    let response = ui.horizontal(|ui| {
        ui.add_space(space::M);
        let text = tr!("{n} of them is sure|{n} of them are sure", n = count);
        quiet_of_more(ui, ctx.tokens, &tr("Sure statements"), &text)
    });
    ui.add_space(space::XS);
    let popup = Popup::menu(&response.inner).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let accepts = popup.show(|ui| {
        ui.set_max_width(WIDTH);
        ui.spacing_mut().item_spacing.y = space::XS;
        ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
            for statement in view.sure() {
                let said = said(ctx, view, statement);
                words::line_ui(ui, Role::Label, &said, fonts::serif(size::LIST_WORDS), ctx.tokens.ink);
            }
        });
        ui.add_space(space::XS);
        let text = tr!("Join it as the same statement|Join all {n} as the same statement", n = count);
        let clicked = form::primary_button(ui, ctx.tokens, &text).clicked();
        if clicked {
            ui.close();
        }
        clicked
    });
    if accepts.is_some_and(|shown| shown.inner) {
        view.accept_sure(ctx.session, out);
    }
}

/// The fullest wording.
fn said(ctx: &Ctx<'_>, view: &Compare, statement: &Statement) -> String {
    let column = statement.fullest();
    let text = view.columns.panes().get(column).and_then(|pane| ctx.session.scene_of(*pane).text().ok());
    statement.places[column].as_ref().zip(text).map(|(place, text)| beginning(place, text, LONGEST)).unwrap_or_default()
}

impl Compare {
    /// Statements that are proposed, and sure in every pair of reports.
    pub(super) fn sure(&self) -> impl Iterator<Item = &Statement> {
        let is_sure = |statement: &&Statement| {
            let mut left = statement.pairs.iter().filter(|pair| pair.relation.is_none()).peekable();
            left.peek().is_some() && left.all(|pair| pair.confidence == Confidence::Sure)
        };
        self.statements.all.iter().filter(is_sure)
    }
}
