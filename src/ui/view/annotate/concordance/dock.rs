//! The dock below the page: the controls, the table, and what becomes of that which is ticked.

use egui::{Frame, Panel, Ui, UiBuilder};

use super::{controls::controls_ui, marking::marking_ui, state::Concordance, table::table_ui};
use crate::{
    command::occurrences::Occurrence,
    ui::{
        context::Ctx,
        kit::focus,
        panel::{Part, Stamps},
        theme::size,
        wish::Wish,
    },
};

/// At first the dock is at least so high, where the page can spare it: room for all controls of a narrow one, and some rows.
const USUAL: f32 = 332.0;

/// Shows the dock at the lower edge of the room there is, while it is open; gives the words that are to be shown on
/// the page.
///
/// The user may drag its upper edge, up to three quarters of the room. A part of the search is done before it is
/// drawn.
pub fn concordance_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut Concordance,
    stamps: Stamps,
    out: &mut Vec<Wish>,
) -> Option<Occurrence> {
    if !view.is_open() {
        return None;
    }
    view.go_on(ui, ctx, stamps, out);
    view.look_ahead_again(&ctx.session.scene());
    let room = ui.max_rect().height();
    let frame = Frame::NONE.fill(ctx.tokens.panel);
    let most = (room * 0.75).min(room - size::LEAST_PAGE).max(size::DOCK);
    let usual = (room * 0.44).max(USUAL).min(most);
    let panel = Panel::bottom("concordance").default_size(usual).size_range(size::DOCK..=most).frame(frame);
    let shown = panel.resizable(true).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.take_available_space();
        let enters = focus::enters(ui, Part::Concordance.place(), ui.max_rect());
        if let (true, Some(id)) = (enters, view.table.or(view.field)) {
            ui.memory_mut(|m| m.request_focus(id));
        }
        controls_ui(ui, ctx, view);
        if !view.is_open() {
            return None;
        }
        let whole = ui.available_rect_before_wrap();
        let marking = if view.is_marking() { size::FIND } else { 0.0 };
        let (above, below) = whole.split_top_bottom_at_y(whole.bottom() - marking);
        let opened = table_ui(&mut ui.new_child(UiBuilder::new().max_rect(above)), ctx, view);
        if marking > 0.0 {
            marking_ui(&mut ui.new_child(UiBuilder::new().max_rect(below)), ctx, view, out);
        }
        opened
    });
    shown.inner
}
