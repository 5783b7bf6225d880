//! The list of what was done, by everybody, the newest first; filtered by words and by the open article. The chosen
//! step shows what can be done with it: going back to it, restoring what it took away, opening its article.
//!
//! Only the rows that are in view cost anything. Which there are follows what is done. The log is read from the
//! journals only when this list is first shown, on a thread (`HistoryCommand::Read`); until then the session has
//! none. It shows steps and starts commands: what going back or restoring means is the command’s matter.

use egui::{Align, Layout, Rect, Response, Ui, UiBuilder, Vec2};

use super::{Part, history_row::StepRow, run, wording};
use crate::{
    command::{Command, article::ArticleCommand, history::HistoryCommand},
    model::{
        TransactionId,
        edit::{Entry, Standing},
    },
    query::list::{Filter, HistoryList, HistorySource},
    ui::{
        context::Ctx,
        kit::{
            button::{self, Chip, Chosen},
            drop, field, focus,
            list::{Cursor, Offsets},
            rows::Rows,
            words,
        },
        theme::{size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// View state of the list: filter, scope, which step is chosen.
#[derive(Debug, Default)]
pub struct HistoryPanel {
    /// What is written in the filter, as it is typed.
    filter: String,
    /// Whether steps of all articles are listed.
    scope: Scope,
    /// The entries that pass filter and scope, the newest first; follows the log by itself.
    list: HistoryList,
    /// Of the rows in `list`: the chosen one is higher, as its buttons stand in it.
    heights: Offsets,
    /// The step whose buttons are shown; a second click on it closes them.
    chosen: Option<TransactionId>,
    /// Which row the keys are at.
    cursor: Cursor,
    /// Whether reading was asked for once. It is asked for by itself only the first time; where the user cancelled
    /// it, a button asks again.
    has_asked: bool,
}

/// Which articles’ steps are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Scope {
    /// Every step, also those on the codebook and on the project.
    #[default]
    All,
    /// Steps that changed the open article; everything where none is open.
    Open,
}

/// Draws the list in all that `ui` has left; while the log is not read, what there is to say about that.
pub fn history_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut HistoryPanel, out: &mut Vec<Wish>) {
    let Some(log) = ctx.session.log() else { return panel.unread_ui(ui, ctx, out) };
    let said = |entry: &Entry| said_of(ctx, entry);
    let open = ctx.session.focus().article.as_ref();
    let source = HistorySource { log, article: open.filter(|_| panel.scope == Scope::Open), said: &said };
    if panel.list.follow(&source, &Filter::new(&panel.filter)) {
        panel.measure();
    }
    panel.header_ui(ui, ctx, log.entries().len());
    let (name, hint) = (tr("Filter the history"), tr("Words, label, article, person"));
    let filter = field::line(ui, ui.scope_id().with("filter"), &mut panel.filter, &name, &hint);
    panel.cursor.enter_from(ui, &filter, panel.list.rows().len());
    ui.add_space(space::XS);
    if panel.list.rows().is_empty() {
        let empty = if log.entries().is_empty() { tr("Nothing has been done yet") } else { tr("No steps match") };
        return field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &empty);
    }
    panel.list_ui(ui, ctx, out);
}

/// All words that a step can be found by: its name, the words of its mark, who did it, labels, and titles of
/// articles.
fn said_of(ctx: &Ctx<'_>, entry: &Entry) -> String {
    let project = ctx.session.project();
    let labels = entry.labels.iter().map(|id| project.codebook().label(id).map_or(id.as_str(), |label| &label.name));
    let articles = entry.articles.iter().map(|id| project.article(id).map_or(id.as_str(), |of| &of.metadata.title));
    let (label, by) = (phrase(&entry.label), wording::person(project, entry.by.as_ref()));
    wording::dotted([label.as_str(), &entry.words, &by].into_iter().chain(labels).chain(articles))
}

impl HistoryPanel {
    /// Asks for the log when the list is first shown; says that it is being read; offers to read it where that was
    /// cancelled.
    fn unread_ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
        if ctx.session.is_reading_log() {
            let text = tr("Reading the history");
            return field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &text);
        }
        let is_asked_for = !self.has_asked || {
            let text = tr("Read the history");
            chip(ui, ctx, &text).clicked()
        };
        if is_asked_for {
            self.has_asked = true;
            run(out, Command::History(HistoryCommand::Read));
        }
    }

    /// Works the heights out again, after `list` or `chosen` has changed.
    fn measure(&mut self) {
        let chosen = self.chosen;
        self.heights = Offsets::new(self.list.rows().iter().map(|entry| height(entry, chosen == Some(entry.id))));
    }

    /// How many steps are shown of all, and of which articles.
    fn header_ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, count: usize) {
        let title = crate::tr!("History · {n}", n = wording::of_all(self.list.rows().len(), count));
        let scopes = [(Scope::All, "all articles"), (Scope::Open, "this article")];
        let scopes = scopes.map(|(scope, text)| (scope, tr(text).into_owned()));
        let name = tr("Articles of the history");
        let chosen = drop::header_ui(ui, ctx.tokens, &title, &name, (self.scope, &scopes));
        self.scope = chosen.unwrap_or(self.scope);
    }

    /// The rows in view; the chosen one with its buttons in its lower part.
    fn list_ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
        let rows = self.list.rows();
        let count = rows.len();
        if focus::enters(ui, Part::Marks.place(), ui.available_rect_before_wrap()) {
            let chosen = self.chosen.and_then(|id| rows.iter().position(|entry| entry.id == id));
            self.cursor.enter(chosen.unwrap_or_default());
        }
        let show = self.cursor.step(ui, count, Rows::page(ui, 3.0 * size::STEP_LINE));
        let (chosen, mut clicked) = (self.chosen, None);
        let (list, cursor) = (&self.list, &mut self.cursor);
        Rows::uneven("history", &mut self.heights).called(tr("Steps")).with_room_below(space::M).show(
            ui,
            show,
            |ui, place| {
                let Some(entry) = list.rows().get(place.at) else { return size::STEP_LINE };
                let is_chosen = chosen == Some(entry.id);
                let row = StepRow { ctx, entry, is_chosen };
                let response = row.ui(ui, &place, cursor);
                cursor.follow(ui, place.at, &response);
                if response.clicked() {
                    clicked = Some((place.at, entry.id));
                }
                if is_chosen {
                    let top = place.rect.bottom() - size::STEP_BUTTONS;
                    buttons_ui(ui, ctx, entry, place.rect.with_min_y(top), out);
                }
                height(entry, is_chosen)
            },
        );
        if let Some((_, id)) = clicked {
            self.chosen = if self.chosen == Some(id) { None } else { Some(id) };
            self.measure();
        }
    }
}

/// The height of a step’s row, in points: two lines, a third for words of a mark, and the buttons where the step is
/// chosen.
fn height(entry: &Entry, is_chosen: bool) -> f32 {
    let lines = if entry.words.is_empty() { 2.0 } else { 3.0 };
    let buttons = if is_chosen { size::STEP_BUTTONS } else { 0.0 };
    lines * size::STEP_LINE + space::S + buttons
}

/// What can be done with the chosen step: go back to it (or redo up to it, where the annotator has undone it),
/// restore what it took away, open its article where that is another than the open one.
///
/// *Go back* stays visible where it is refused, with the reason as its tooltip.
fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>, entry: &Entry, rect: Rect, out: &mut Vec<Wish>) {
    let inside = rect.shrink2(Vec2::new(space::XS, space::XS));
    let layout = Layout::left_to_right(Align::Center);
    let ui = &mut ui.new_child(UiBuilder::new().id_salt(entry.id.0.as_u64()).max_rect(inside).layout(layout));
    ui.spacing_mut().item_spacing.x = space::XS + 2.0;
    let is_own = entry.by.as_ref() == ctx.session.annotator();
    let text = match entry.standing {
        Standing::Undone if is_own => tr("Redo up to here"),
        _ => tr("Go back to here"),
    };
    let go = Command::History(HistoryCommand::GoTo(entry.id));
    let why_not = ctx.available(&go).err();
    let response = ui.add_enabled_ui(why_not.is_none(), |ui| chip(ui, ctx, &text)).inner;
    if let Some(why) = why_not {
        words::hint(response, &phrase(&why.message));
    } else if response.clicked() {
        run(out, go);
    }
    if entry.is_restorable() && chip(ui, ctx, &tr("Restore")).clicked() {
        run(out, Command::History(HistoryCommand::Restore(entry.id)));
    }
    let there = entry.articles.iter().find(|id| ctx.session.project().article(id).is_some());
    if let Some(article) = there.filter(|id| ctx.session.focus().article.as_ref() != Some(*id))
        && chip(ui, ctx, &tr("Open")).clicked()
    {
        run(out, Command::Article(ArticleCommand::Open(article.clone())));
    }
}

fn chip(ui: &mut Ui, ctx: &Ctx<'_>, text: &str) -> Response {
    button::chip(ui, ctx.tokens, &Chip { name: text, badge: None, text, key: "", state: Chosen::No })
}
