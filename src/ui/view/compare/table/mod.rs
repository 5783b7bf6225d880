//! The tables of the view Compare: who is heard, who is for or against what, what is claimed, and in which order the
//! reports tell it. They stand in the place of the columns; what is chosen in them is gone to there.
//!
//! The readings are the room `compare`’s, worked out over a snapshot and on a thread of the outside (`tabulated`);
//! `sources`, `stances` and `claims` make rows of them for the screen, `grid` draws rows and `head` their titles,
//! `order` draws lines between the statements that are `ordered`. `faces` is the strip above: which table, its filter, copying and saving. Nothing here writes the project.

mod claims;
mod faces;
mod grid;
mod head;
mod keys;
mod line;
mod order;
mod ordered;
mod rows;
mod sorting;
mod sources;
mod stances;
mod state;
mod tabulated;

pub use faces::faces_ui;
pub(super) use keys::is_beside_letters;
pub use state::{Face, Tables};
pub use tabulated::{Tabulated, tabulated};

use egui::{CentralPanel, Frame, Pos2, Ui};

use super::state::Compare;
use crate::ui::{
    context::Ctx,
    kit::field,
    panel::{Part, bottom_bar::bar_with},
    view::annotate::Annotate,
    wish::Wish,
};

/// Draws the table that is shown over all the room there is, with its bar; gives the middle of its lower edge.
pub fn table_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut Compare,
    annotate: &mut Annotate,
    said: Option<&str>,
    out: &mut Vec<Wish>,
) -> Pos2 {
    bar_with(ui, ctx, said, out, |ui, ctx, out| keys::chips_ui(ui, ctx, view, annotate, out));
    let frame = Frame::NONE.fill(ctx.tokens.paper);
    CentralPanel::no_frame()
        .frame(frame)
        .show(ui, |ui| {
            let all = ui.available_rect_before_wrap();
            view.bring_rows_up_to_date(ctx);
            Part::List.begins(ui);
            if let Some(why) = view.tables.why_empty() {
                field::paint_empty(ui, ctx.tokens, all, &why);
                ui.advance_cursor_after_rect(all);
            } else if view.tables.face == Face::Order {
                order::order_ui(ui, ctx, view, annotate, out);
            } else {
                grid::grid_ui(ui, ctx, view, annotate, out);
            }
            all.center_bottom()
        })
        .inner
}

impl Compare {
    /// Has the marks of the columns read anew for a table, where they are not those that were read last.
    pub fn follow_marks(&mut self, ctx: &Ctx<'_>, annotate: &Annotate, out: &mut Vec<Wish>) {
        let (session, stamps) = (ctx.session, annotate.stamps);
        let articles = self.columns.articles(session);
        if articles.iter().all(|id| session.project().text(id).is_some()) {
            out.extend(self.tables.wants(&articles, session.annotator(), stamps).map(Wish::Tabulate));
        }
    }

    /// Takes what reading the marks has come to.
    pub fn take_tables(&mut self, data: Tabulated) {
        self.tables.take(data);
    }

    /// The table as CSV, as it is shown; `None` where there is none. A byte order mark comes first, without which
    /// spreadsheets do not take it for UTF-8.
    pub fn table_csv(&self) -> Option<String> {
        let sheet = self.tables.sheet()?;
        Some(format!("\u{feff}{}", sheet.csv(crate::ui::words::phrase)))
    }

    /// Puts the table that is shown on the clipboard.
    pub fn copy_table(&self, out: &mut Vec<Wish>) {
        out.extend(self.tables.sheet().map(|sheet| Wish::Copy(sheet.tabbed(crate::ui::words::phrase))));
    }

    /// Shows a table, or the statements.
    pub fn show_face(&mut self, face: Face) {
        self.tables.show(face);
    }
}
