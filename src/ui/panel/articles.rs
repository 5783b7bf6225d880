//! The list of articles, by story: how far each has come, and how much was marked in it.
//!
//! Filtered, sorted and grouped when something of that changes, and not before; laid out and painted only where it is
//! seen.

mod card;
mod picked;
mod rows;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use egui::{Frame, Margin, Rect, Response, Sense, Ui, WidgetInfo, accesskit::Role, pos2};

use self::{
    card::{Card, USUAL},
    picked::Picked,
    rows::{ArticlesShown, Done, Folded, Heading, ListRow, rows},
};
use super::{Part, Stamps, run, wording};
use crate::{
    command::{
        Command, Scene,
        article::ArticleCommand,
        article_order::{ArticleOrder, listed_in},
    },
    model::{AnnotatorId, ArticleId},
    query::list::Filter,
    ui::{
        context::Ctx,
        kit::{
            drop, field, focus,
            glyph::{self, Fold},
            list::{Cursor, Offsets},
            rows::{RowPlace, Rows},
            words,
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// With more articles than this there is a field to filter them by.
const FILTER_FROM: usize = 12;
/// So many articles are asked for at a time, where only those with incomplete marks are to be shown.
const READ_AHEAD: usize = 64;

/// View state of the list: what is written in its filter, and what was worked out for it. It holds nothing that could
/// not be made again from the project.
#[derive(Debug, Default)]
pub struct ArticlesPanel {
    /// What is written in the filter, as it is typed; empty where the field is not shown.
    filter: String,
    which: ArticlesShown,
    folded: Folded,
    /// Headings and articles as they stand in the list, made by `prepare`.
    rows: Vec<ListRow>,
    done: Done,
    /// The height of each row, and so where each begins.
    offsets: Offsets,
    /// How high the cards were that have been seen: the list must not jump when it is made anew.
    heights: BTreeMap<ArticleId, f32>,
    /// Indexes into `rows` of those that are articles. The cursor counts these: headings cannot have the focus.
    places: Vec<usize>,
    cursor: Cursor,
    /// Articles that are picked together, to be compared.
    picked: Picked,
    made_for: Option<MadeFor>,
    /// The articles that were asked for, to be looked at for incomplete marks; each once, as one may be unreadable.
    asked: BTreeSet<ArticleId>,
    /// The numbers of incomplete marks, and how many articles there were, when it was last asked.
    asked_at: Option<(u64, usize)>,
    /// The open article that was last scrolled into view. It is done once for each article, so that the user can
    /// scroll away from it.
    shown: Option<ArticleId>,
}

/// What the rows were made of.
#[derive(Clone, Debug, PartialEq)]
struct MadeFor {
    /// Of the articles, of what is said of them, and of marks where the order is by them.
    stamps: (u64, u64, u64),
    /// Of how many marks are incomplete, where that is asked for.
    incomplete: u64,
    order: ArticleOrder,
    filter: String,
    which: ArticlesShown,
    folded: Folded,
    annotator: Option<AnnotatorId>,
    /// Where some are not shown: the open article is, whatever it is.
    open: Option<ArticleId>,
}

/// Draws the list in all that `ui` has left, and pushes what a click or a key asks for.
///
/// The field for the filter comes only with more than `FILTER_FROM` articles; with fewer, what was written in it is
/// dropped.
pub fn articles_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut ArticlesPanel, stamps: Stamps, out: &mut Vec<Wish>) {
    let count = ctx.session.project().articles().len();
    if count == 0 {
        field::paint_empty(ui, ctx.tokens, ui.max_rect(), &tr("No articles yet"));
        return;
    }
    let filter = (count > FILTER_FROM).then(|| {
        ui.add_space(space::M);
        Frame::NONE.inner_margin(Margin::symmetric(space::S as i8, 0)).show(ui, |ui| {
            let (name, hint) = (tr("Filter the articles"), tr("Title, outlet, date"));
            field::line(ui, ui.scope_id().with("filter"), &mut panel.filter, &name, &hint)
        })
    });
    if filter.is_none() {
        panel.filter.clear();
    }
    panel.prepare(ctx, stamps);
    panel.ask_to_read(ctx, out);
    panel.header_ui(ui, ctx, out);
    if let Some(filter) = filter {
        panel.cursor.enter_from(ui, &filter.inner, panel.places.len());
    }
    if panel.rows.is_empty() {
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &tr("No articles match"));
        return;
    }
    let show = panel.row_to_show(ui, ctx);
    let ArticlesPanel { rows, offsets, heights, places, cursor, folded, picked, .. } = panel;
    let modifiers = ui.input(|i| i.modifiers);
    let list = Rows::uneven("articles", offsets).called_with(tr("Articles"), places.len()).with_room_below(space::M);
    list.show(ui, show, |ui, place| match &rows[place.at] {
        ListRow::Heading(heading) => {
            if heading_ui(ui, ctx, place.rect, heading).clicked() && !folded.remove(&heading.story) {
                folded.insert(heading.story.clone());
            }
            place.rect.height()
        }
        ListRow::Article(id) => {
            let Some(card) = Card::of(ctx, id) else { return place.rect.height() };
            let focus = RowFocus::of(&place, places);
            let (height, response) = card.ui(ui, place.rect, focus.sense(cursor), picked, out);
            if response.clicked() {
                let shown: Vec<&ArticleId> = rows.iter().filter_map(ListRow::article).collect();
                picked.click(id, modifiers, ctx.session.focus().article.as_ref(), &shown);
            }
            cursor.follow(ui, focus.nth, &response);
            if heights.get(id) != Some(&height) {
                heights.insert(id.clone(), height);
            }
            height
        }
    });
}

/// Translates from rows, as the list paints them, to articles, as the cursor counts them.
struct RowFocus {
    /// The article’s number among the articles that pass the filter, from 0.
    nth: usize,
    /// The numbers of the articles in view, half-open: Page Up and Page Down move by these.
    seen: Range<usize>,
}

impl RowFocus {
    /// `places` are the rows that are articles.
    fn of(place: &RowPlace, places: &[usize]) -> Self {
        let nth = |row: usize| places.partition_point(|at| *at < row);
        Self { nth: nth(place.at), seen: nth(place.seen.start)..nth(place.seen.end) }
    }

    fn sense(&self, cursor: &Cursor) -> Sense {
        cursor.sense(self.nth, &self.seen)
    }
}

impl ArticlesPanel {
    fn prepare(&mut self, ctx: &Ctx<'_>, stamps: Stamps) {
        let scene = ctx.session.scene();
        let by_marks = if scene.order == ArticleOrder::Marks { stamps.marks } else { 0 };
        let made_for = MadeFor {
            stamps: (stamps.articles, stamps.answers, by_marks),
            incomplete: if self.which == ArticlesShown::Incomplete { ctx.session.incomplete_stamp() } else { 0 },
            order: scene.order,
            filter: self.filter.clone(),
            which: self.which,
            folded: self.folded.clone(),
            annotator: scene.annotator.cloned(),
            open: scene.focus.article.clone().filter(|_| self.which != ArticlesShown::All),
        };
        if self.made_for.as_ref() == Some(&made_for) {
            return;
        }
        self.made_for = Some(made_for);
        (self.rows, self.done) = rows(ctx, (&Filter::new(&self.filter), self.which), &self.folded);
        let height = |(at, row): (usize, &ListRow)| match row {
            ListRow::Heading(_) => heading_height(at),
            ListRow::Article(id) => self.heights.get(id).copied().unwrap_or(USUAL),
        };
        let is_article = |at: &usize| matches!(self.rows[*at], ListRow::Article(_));
        self.places = (0..self.rows.len()).filter(is_article).collect();
        self.offsets = Offsets::new(self.rows.iter().enumerate().map(height));
    }

    /// The articles that are picked together, in the order of the list; those that are gone are passed over.
    pub fn picked(&self, scene: &Scene<'_>) -> Vec<ArticleId> {
        let all = listed_in(scene.order, scene.project, scene.annotator);
        all.into_iter().map(|(id, _)| id).filter(|id| self.picked.has(id)).cloned().collect()
    }

    /// Shows only articles with incomplete marks, or all again.
    pub fn toggle_incomplete(&mut self) {
        self.which = match self.which {
            ArticlesShown::Incomplete => ArticlesShown::All,
            _ => ArticlesShown::Incomplete,
        };
        self.asked.clear();
    }

    /// Asks for some more of the articles of which it is not known yet whether marks are incomplete, where only such are
    /// to be shown.
    fn ask_to_read(&mut self, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
        let now = (ctx.session.incomplete_stamp(), ctx.session.project().articles().len());
        if self.which != ArticlesShown::Incomplete || self.asked_at == Some(now) {
            return;
        }
        self.asked_at = Some(now);
        let is_unknown = |id: &&ArticleId| ctx.session.incomplete(id).is_none();
        let unknown = ctx.session.project().articles().map(|(id, _)| id).filter(is_unknown);
        let (waited_for, next): (Vec<_>, Vec<_>) = unknown.partition(|id| self.asked.contains(*id));
        let next = next.into_iter().take(READ_AHEAD.saturating_sub(waited_for.len()));
        let next: Vec<ArticleId> = next.cloned().collect();
        self.asked.extend(next.iter().cloned());
        if !next.is_empty() {
            run(out, Command::Article(ArticleCommand::Read(next)));
        }
    }

    /// How much of the project is done, which articles are shown, and their order.
    fn header_ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, out: &mut Vec<Wish>) {
        ui.add_space(space::S);
        let margin = Margin { left: space::L as i8, right: space::S as i8, top: 0, bottom: 0 };
        Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.horizontal(|ui| {
                words::line_ui(ui, Role::Label, &self.done.text(), fonts::strong(size::SMALL), ctx.tokens.ink);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let orders = ArticleOrder::ALL.map(|order| (order, tr(order_text(order)).into_owned()));
                    let now = ctx.session.scene().order;
                    if let Some(order) = drop::drop_ui(ui, ctx.tokens, &tr("Order of the articles"), now, &orders) {
                        run(out, Command::Article(ArticleCommand::Sort(order)));
                    }
                    let shown = ArticlesShown::ALL.map(|which| (which, tr(shown_text(which)).into_owned()));
                    let chosen = drop::drop_ui(ui, ctx.tokens, &tr("Articles to show"), self.which, &shown);
                    self.which = chosen.unwrap_or(self.which);
                });
            });
        });
    }

    /// Folds every story, or unfolds them where some are folded.
    pub fn fold_all(&mut self) {
        let stories = self.rows.iter().filter_map(|row| match row {
            ListRow::Heading(heading) => Some(heading.story.clone()),
            ListRow::Article(_) => None,
        });
        self.folded = if self.folded.is_empty() { stories.collect() } else { Folded::default() };
    }

    /// The row to bring into view: of the open article, where it is another than the last time, or the one that a key
    /// moves the focus to.
    fn row_to_show(&mut self, ui: &Ui, ctx: &Ctx<'_>) -> Option<usize> {
        if focus::enters(ui, Part::List.place(), ui.max_rect()) {
            self.cursor.enter(self.open_place(ctx).unwrap_or_default());
        }
        let moved = self.step(ui);
        let open = ctx.session.focus().article.as_ref();
        let is_new = self.shown.as_ref() != open;
        if is_new {
            self.shown = open.cloned();
        }
        let place = is_new.then(|| self.open_place(ctx)).flatten().or(moved)?;
        self.places.get(place).copied()
    }

    /// Moves the cursor by keys; with Shift all that it goes over is picked.
    fn step(&mut self, ui: &Ui) -> Option<usize> {
        let is_picking = ui.input(|i| i.modifiers.shift);
        let before = self.cursor.held();
        let moved = self.cursor.step(ui, self.places.len(), Rows::page(ui, USUAL));
        if let Some((from, to)) = before.zip(moved).filter(|(from, to)| from != to) {
            let shown: Vec<&ArticleId> = self.rows.iter().filter_map(ListRow::article).collect();
            match shown.get(to).filter(|_| is_picking) {
                Some(to) => self.picked.reach(to, shown.get(from).copied(), &shown),
                None => self.picked.begin_anew(),
            }
        }
        moved
    }

    /// The place of the open article among the articles.
    fn open_place(&self, ctx: &Ctx<'_>) -> Option<usize> {
        let open = ctx.session.focus().article.as_ref()?;
        self.places.iter().position(|at| matches!(&self.rows[*at], ListRow::Article(id) if id == open))
    }
}

fn order_text(order: ArticleOrder) -> &'static str {
    match order {
        ArticleOrder::Date => "by date",
        ArticleOrder::Outlet => "by outlet",
        ArticleOrder::Title => "by title",
        ArticleOrder::Length => "by length",
        ArticleOrder::Marks => "by marks",
    }
}

fn shown_text(which: ArticlesShown) -> &'static str {
    match which {
        ArticlesShown::All => "All",
        ArticlesShown::NotDone => "Not done",
        ArticlesShown::Only(status) => wording::status(status),
        ArticlesShown::Incomplete => "Incomplete marks",
    }
}

/// In points. The first heading stands closer to the upper edge than the others to the list above them.
fn heading_height(row: usize) -> f32 {
    if row == 0 { 32.0 } else { 40.0 }
}

/// A story’s name and how much of it is done; a click folds or unfolds it.
fn heading_ui(ui: &Ui, ctx: &Ctx<'_>, row: Rect, heading: &Heading) -> Response {
    let font = fonts::strong(size::TINY + 0.5);
    let text = wording::dotted([heading.name.as_str(), &heading.told]);
    let words = words::elided(ui.painter(), &text, font, ctx.tokens.soft_ink, row.width() - 3.0 * space::L);
    let middle = row.bottom() - space::M;
    let rect = Rect::from_x_y_ranges(row.left() + space::S..=row.right() - space::S, middle - 10.0..=middle + 10.0);
    // Not by Tab, which leads past the list: a command folds all.
    let response = ui.interact(rect, ui.scope_id().with(("story", heading.story.as_ref())), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, !heading.is_folded, &text));
    if response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, ctx.tokens.hover);
    }
    let (fold, hint) = match heading.is_folded {
        true => (Fold::Folded, tr("Show the story’s articles")),
        false => (Fold::Open, tr("Hide the story’s articles")),
    };
    glyph::paint_fold(ui.painter(), pos2(row.left() + 14.0, middle), fold, ctx.tokens.soft_ink);
    words.paint_middle_left(ui.painter(), pos2(row.left() + space::L + space::S, middle));
    response.on_hover_text(hint)
}
