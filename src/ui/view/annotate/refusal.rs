//! Why a command was refused, said on the page right where it would have acted. It lies over the page and goes away
//! with the next command. It is not interactive and moves nothing; refusals of other commands are shown as messages.

use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, Rect, Stroke, Ui, accesskit::Role, vec2};

use crate::{
    command::{Command, View},
    diagnostic::Diagnostic,
    ui::{
        panel::messages::message_ui,
        theme::{Tokens, size, space},
    },
};

/// Room that a note takes below a line, in points: with less of it the note stands above the line.
const ROOM: f32 = 96.0;

/// Whether a command acts on what is seen on the page, so that the user looks there for its effect.
pub fn is_of_page(command: &Command) -> bool {
    let of_mark =
        |view: &View| matches!(view, View::Attributes | View::Note | View::RelateMark | View::OtherEnd | View::GoBack);
    match command {
        Command::Mark(..) | Command::Select(_) | Command::Relate(_) => true,
        Command::View(view) => of_mark(view),
        _ => false,
    }
}

/// Shows the note below `place`, or above it where there is no room below; `page` and `place` are in points of the
/// window. A screen reader says it at once (role Alert).
pub fn refusal_ui(ui: &Ui, tokens: &Tokens, refusal: &Diagnostic, page: Rect, place: Rect) {
    let is_below = place.bottom() + ROOM < page.bottom();
    let (pivot, at) = if is_below {
        (Align2::LEFT_TOP, place.left_bottom() + vec2(-space::M, space::S))
    } else {
        (Align2::LEFT_BOTTOM, place.left_top() - vec2(space::M, space::S))
    };
    let frame = Frame::NONE
        .fill(tokens.bar)
        .stroke(Stroke::new(size::LINE, tokens.warning))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(12, 8));
    let area = Area::new(Id::unique("refusal")).order(Order::Foreground).interactable(false);
    area.fixed_pos(at).pivot(pivot).constrain_to(page.shrink(space::S)).show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_max_width(size::NOTE);
            ui.spacing_mut().item_spacing.y = space::XS;
            let message = message_ui(ui, tokens, refusal);
            ui.ctx().accesskit_node_builder(message.id, |node| node.set_role(Role::Alert));
        });
    });
}
