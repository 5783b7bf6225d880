//! The concordance's table: which rows are in view, and the keys that go through them.
//!
//! The table is one widget to the keyboard: it has the focus as a whole, and `Concordance::cursor` says which row
//! keys act on. Rows have the same height and only those in view are drawn.

use egui::{EventFilter, Key, Modifiers, Sense, StrokeKind, Ui, WidgetInfo, accesskit::Role};

use super::{
    asked::Face,
    row::row_ui,
    state::{Concordance, TableFocus},
};
use crate::{
    command::occurrences::Occurrence,
    query::search::Kind,
    ui::{
        context::Ctx,
        kit::{field, list::moved_by_keys, rows::Rows},
        theme::size,
        words::{phrase, tr},
    },
};

/// Draws the table in all that `ui` has left; gives the place that is to be shown on the page.
pub(super) fn table_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance) -> Option<Occurrence> {
    let count = view.rows().len();
    let whole = ui.available_rect_before_wrap();
    if count == 0 {
        field::paint_empty(ui, ctx.tokens, whole, &nothing(view));
        (view.focus, view.table) = (TableFocus::No, None);
        return None;
    }
    let id = ui.scope_id().with("table");
    let table = ui.interact(whole, id, Sense::click());
    table.widget_info(|| WidgetInfo::labeled(Role::List, true, tr("Hits, one per line")));
    view.table = Some(id);
    view.focus = if table.has_focus() { TableFocus::Yes } else { TableFocus::No };
    let mut opened = None;
    if table.has_focus() {
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, arrows));
        opened = view.take_keys(ui);
    }
    let show = view.show.take();
    Rows::even("hits", count, size::ROW).show(ui, show, |ui, row| {
        opened = row_ui(ui, ctx, view, row.at, row.rect).or_else(|| opened.take());
        size::ROW
    });
    if table.has_focus() {
        ui.painter().rect_stroke(whole, 0.0, ctx.tokens.focus(), StrokeKind::Inside);
    }
    opened
}

/// What to say, or to do, where there are no rows.
fn nothing(view: &Concordance) -> String {
    if let Some(wrong) = &view.wrong {
        return wrong.hints.iter().map(phrase).collect::<Vec<_>>().join("\n");
    }
    let text = match (&view.run, view.asked.face) {
        (None, _) => "Type some words, or choose a label to see its marks",
        (Some(run), _) if run.progress().is_some() => "Searching…",
        (Some(run), _) if run.stopped_at().is_some() => "The search was stopped before anything was found",
        (Some(_), Face::Hits) if view.asked.pattern.kind != Kind::Words => {
            "Nothing matches this expression; it is compared character by character"
        }
        (Some(_), Face::Hits) => "These words do not occur here",
        (Some(_), Face::Audit) => "All marked words are marked wherever they occur",
    };
    tr(text).into_owned()
}

impl Concordance {
    /// Takes the keys while the table has the focus: arrows and page keys move, Space ticks, Ctrl+A ticks all, Enter
    /// gives the place to show.
    fn take_keys(&mut self, ui: &Ui) -> Option<Occurrence> {
        let last = self.rows().len().saturating_sub(1);
        let to = moved_by_keys(ui, self.cursor, last, Rows::page(ui, size::ROW));
        if to != self.cursor {
            (self.cursor, self.show) = (to, Some(to));
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::A)) {
            let all = self.rows().iter().flat_map(|row| self.places(*row)).collect();
            self.tick(all);
        }
        let pressed = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
        if pressed(Key::Space) % 2 == 1 {
            self.toggle(self.cursor);
        }
        if pressed(Key::Enter) > 0 { self.place_of(self.cursor) } else { None }
    }
}
