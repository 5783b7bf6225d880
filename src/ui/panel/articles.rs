//! The list of articles, by story: how far each has come, and how much was marked in it.
//!
//! Sorted and grouped when the articles change, and not before; laid out and painted only where it is seen.
//!
//! Neighbours: `query::list::listed` gives the order, [`LayerSlot::summary`] the counts, so that no layer has to be
//! read for the list. A click runs `ArticleCommand::Open`; nothing else is changed from here.

use std::{collections::BTreeMap, ops::Range};

use egui::{Align2, Color32, Frame, Margin, Rect, Response, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{Part, Stamps, run, wording};
use crate::{
    command::{
        Command,
        article::{ArticleCommand, listed},
    },
    model::{Article, ArticleId, LayerSlot, LayerSummary, Metadata, Project, Status},
    query::list::Filter,
    text::grouped,
    ui::{
        context::Ctx,
        kit::{
            field, focus,
            glyph::{self, Progress},
            list::{self, Cursor, Ground, Offsets},
            rows::{RowPlace, Rows},
            strip,
            words::{self, Words},
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// With more articles than this there is a field to filter them by.
const FILTER_FROM: usize = 12;
/// A longer title ends in “…”.
const TITLE_LINES: usize = 3;
/// Height of a line of a title, and of the line of outlet and date below it, in points (as all sizes below).
const LINE: f32 = 18.0;
/// Room above the title and below the last line of a card.
const PAD: f32 = 9.0;
/// From the left edge of a card to its title.
const INDENT: f32 = 33.0;
/// Width kept free at the right of the title for the number of marks.
const COUNT: f32 = 30.0;
/// From the number of marks to the right edge of a card.
const END: f32 = 11.0;
/// From a card's words to the strip below them.
const ABOVE_STRIP: f32 = 6.0;
/// The height a card is taken to have until it has been laid out once: one with two lines of title and a line of
/// metadata.
const USUAL: f32 = 2.0 * PAD + 3.0 * LINE;

/// View state of the list: what is written in its filter, and what was worked out for it. It holds nothing that could
/// not be made again from the project.
#[derive(Debug, Default)]
pub struct ArticlesPanel {
    /// What is written in the filter, as it is typed; empty where the field is not shown.
    filter: String,
    /// Headings and articles as they stand in the list, made by `prepare`.
    rows: Vec<ListRow>,
    /// The height of each row, and so where each begins.
    offsets: Offsets,
    /// How high the cards were that have been seen: the list must not jump when it is made anew.
    heights: BTreeMap<ArticleId, f32>,
    /// Indexes into `rows` of those that are articles. The cursor counts these: headings cannot have the focus.
    places: Vec<usize>,
    cursor: Cursor,
    /// The stamp of the articles and the filter that `rows` was made for; another pair means making it anew.
    made_for: Option<(u64, String)>,
    /// The open article that was last scrolled into view. It is done once for each article, so that the user can
    /// scroll away from it.
    shown: Option<ArticleId>,
}

/// A row of the list: not every row can be chosen.
#[derive(Clone, Debug)]
enum ListRow {
    /// The name of a story with the number of its articles, already in the language of the screen.
    Heading(String),
    Article(ArticleId),
}

/// Draws the list in all that `ui` has left, and pushes what a click or a key asks for.
///
/// The field for the filter comes only with more than [`FILTER_FROM`] articles; with fewer, what was written in it is
/// dropped.
pub fn articles_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut ArticlesPanel, stamps: Stamps, out: &mut Vec<Wish>) {
    let project = ctx.session.project();
    let count = project.articles().len();
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
    panel.prepare(project, stamps.articles);
    if let Some(filter) = filter {
        panel.cursor.enter_from(ui, &filter.inner, panel.places.len());
    }
    if panel.rows.is_empty() {
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &tr("No articles match"));
        return;
    }
    let show = panel.row_to_show(ui, ctx);
    let ArticlesPanel { rows, offsets, heights, places, cursor, .. } = panel;
    Rows::uneven("articles", offsets).with_room_below(space::M).show(ui, show, |ui, place| match &rows[place.at] {
        ListRow::Heading(text) => {
            heading_ui(ui, ctx, place.rect, text);
            place.rect.height()
        }
        ListRow::Article(id) => {
            let Some(card) = Card::of(ctx, id) else { return place.rect.height() };
            let focus = RowFocus::of(&place, places);
            let (height, response) = card.ui(ui, place.rect, focus.sense(cursor), out);
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
    /// Makes the rows again where the articles (`stamp`) or the filter have changed since. Heights that are known are
    /// kept, so that the list does not jump.
    fn prepare(&mut self, project: &Project, stamp: u64) {
        let made_for = Some((stamp, self.filter.clone()));
        if self.made_for == made_for {
            return;
        }
        self.made_for = made_for;
        self.rows = rows(project, &Filter::new(&self.filter));
        let height = |(at, row): (usize, &ListRow)| match row {
            ListRow::Heading(_) => heading_height(at),
            ListRow::Article(id) => self.heights.get(id).copied().unwrap_or(USUAL),
        };
        let is_article = |at: &usize| matches!(self.rows[*at], ListRow::Article(_));
        self.places = (0..self.rows.len()).filter(is_article).collect();
        self.offsets = Offsets::new(self.rows.iter().enumerate().map(height));
    }

    /// The row to bring into view: of the open article, where it is another than the last time, or the one that a key
    /// moves the focus to.
    fn row_to_show(&mut self, ui: &Ui, ctx: &Ctx<'_>) -> Option<usize> {
        if focus::enters(ui, Part::List.place(), ui.max_rect()) {
            self.cursor.enter(self.open_place(ctx).unwrap_or_default());
        }
        let moved = self.cursor.step(ui, self.places.len(), Rows::page(ui, USUAL));
        let open = ctx.session.focus().article.as_ref();
        let is_new = self.shown.as_ref() != open;
        if is_new {
            self.shown = open.cloned();
        }
        let place = is_new.then(|| self.open_place(ctx)).flatten().or(moved)?;
        self.places.get(place).copied()
    }

    /// The place of the open article among the articles.
    fn open_place(&self, ctx: &Ctx<'_>) -> Option<usize> {
        let open = ctx.session.focus().article.as_ref()?;
        self.places.iter().position(|at| matches!(&self.rows[*at], ListRow::Article(id) if id == open))
    }
}

/// Headings and articles in the order of the list; only what passes the filter.
fn rows(project: &Project, filter: &Filter) -> Vec<ListRow> {
    let passes = |m: &Metadata| filter.is_empty() || filter.passes(&[&*m.title, &m.outlet, &m.published].join("\n"));
    let all = listed(project);
    let mut rows = Vec::with_capacity(all.len() + 8);
    for group in all.chunk_by(|(_, a), (_, b)| a.metadata.story == b.metadata.story) {
        let kept: Vec<&ArticleId> = group.iter().filter(|(_, a)| passes(&a.metadata)).map(|(id, _)| *id).collect();
        if kept.is_empty() {
            continue;
        }
        let story = group[0].1.metadata.story.as_ref();
        let name = match story {
            Some(id) => project.story(id).map_or_else(|| id.to_string(), |s| s.name.clone()),
            None => tr("No story").into_owned(),
        };
        let (n, shown) = (group.len(), kept.len());
        let count = if shown == n {
            tr!("{n} article|{n} articles", n)
        } else {
            tr!("{shown} of {n} article|{shown} of {n} articles", n, shown)
        };
        rows.push(ListRow::Heading(wording::dotted([name.as_str(), &count])));
        rows.extend(kept.into_iter().cloned().map(ListRow::Article));
    }
    rows
}

/// In points. The first heading stands closer to the upper edge than the others to the list above them.
fn heading_height(row: usize) -> f32 {
    if row == 0 { 32.0 } else { 40.0 }
}

/// Paints a heading, and tells screen readers of it.
fn heading_ui(ui: &Ui, ctx: &Ctx<'_>, rect: Rect, text: &str) {
    let font = fonts::strong(size::TINY + 0.5);
    let words = words::elided(ui.painter(), text, font, ctx.tokens.soft_ink, rect.width() - 2.0 * space::L);
    let place = pos2(rect.left() + space::L, rect.bottom() - space::M - words.size().y / 2.0);
    let rect = Rect::from_min_size(place, words.size());
    let response = ui.interact(rect, ui.scope_id().with(("story", text)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    words.paint(ui.painter(), place);
}

/// An article as the list shows it: how far it has come, title, outlet and date, and how much is marked.
struct Card<'a> {
    ctx: &'a Ctx<'a>,
    id: &'a ArticleId,
    article: &'a Article,
    /// Counts and status of the annotator’s own layer; those of others are not shown here.
    summary: LayerSummary,
    /// Outlet and short date, parted by a dot; empty where neither is known.
    meta: String,
}

impl<'a> Card<'a> {
    /// `None` where the article has gone since the rows were made.
    fn of(ctx: &'a Ctx<'a>, id: &'a ArticleId) -> Option<Self> {
        let project = ctx.session.project();
        let article = project.article(id)?;
        let slot = ctx.session.annotator().and_then(|who| project.layer_slot(id, who));
        let summary = slot.map(LayerSlot::summary).unwrap_or_default();
        let meta = [article.metadata.outlet.as_str(), &wording::short_date(&article.metadata.published)];
        Some(Self { ctx, id, article, summary, meta: wording::dotted(meta) })
    }

    /// Shows the card from the upper edge of a row on; gives its height.
    fn ui(&self, ui: &Ui, row: Rect, sense: Sense, out: &mut Vec<Wish>) -> (f32, Response) {
        let width = row.width() - 2.0 * space::S;
        let title = self.title(ui, width - INDENT - COUNT);
        let strip = if self.summary.annotations() > 0 { ABOVE_STRIP + size::STRIP } else { 0.0 };
        let height = 2.0 * PAD + title.rows() as f32 * LINE + self.meta_height() + strip;
        let rect = Rect::from_min_size(row.min + vec2(space::S, 0.0), Vec2::new(width, height));
        let response = ui.interact(rect, ui.scope_id().with(self.id.as_str()), sense);
        let is_open = self.ctx.session.focus().article.as_ref() == Some(self.id);
        response.widget_info(|| {
            let name = tr!("Open “{title}”", title = &self.article.metadata.title);
            WidgetInfo::selected(Role::ListItem, true, is_open, name)
        });
        let ground = if is_open { Ground::Raised } else { Ground::Plain };
        list::paint_ground(ui, self.ctx.tokens, rect, &response, ground);
        self.paint(ui, rect, title);
        if response.clicked() && !is_open {
            run(out, Command::Article(ArticleCommand::Open(self.id.clone())));
        }
        (height, response)
    }

    /// The title in at most [`TITLE_LINES`] lines of this width.
    fn title(&self, ui: &Ui, width: f32) -> Words {
        let look = (fonts::serif_strong(size::LIST_TITLE), self.ctx.tokens.ink);
        words::wrapped(ui.painter(), &self.article.metadata.title, look, width, (TITLE_LINES, LINE))
    }

    /// No line is kept for what is not known.
    fn meta_height(&self) -> f32 {
        if self.meta.is_empty() { 0.0 } else { LINE }
    }

    /// From the left: progress, title with metadata below it, number of marks; at the bottom the strip of labels.
    fn paint(&self, ui: &Ui, rect: Rect, title: Words) {
        let (painter, tokens) = (ui.painter(), self.ctx.tokens);
        let (small, soft) = (fonts::plain(size::SMALL), tokens.soft_ink);
        let first = rect.top() + PAD + LINE / 2.0;
        glyph::paint_progress(painter, tokens, pos2(rect.left() + 14.0, first), self.progress());
        let marks = self.summary.annotations();
        let (left, right) = (rect.left() + INDENT, rect.right() - END);
        painter.text(pos2(right, first), Align2::RIGHT_CENTER, grouped(marks as usize), small.clone(), soft);
        let below_title = rect.top() + PAD + title.rows() as f32 * LINE;
        title.paint(painter, pos2(left, rect.top() + PAD));
        let meta = words::elided(painter, &self.meta, small, soft, right - left);
        meta.paint_middle_left(painter, pos2(left, below_title + LINE / 2.0));
        if marks > 0 {
            let top = below_title + self.meta_height() + ABOVE_STRIP;
            let strip = Rect::from_min_max(pos2(left, top), pos2(right, top + size::STRIP));
            strip::paint_strip(painter, strip, &self.shares());
        }
    }

    /// The status as a circle that is empty, half or full.
    fn progress(&self) -> Progress {
        match self.summary.status {
            Status::ToDo => Progress::None,
            Status::InProgress => Progress::Half,
            Status::Done => Progress::Full,
        }
    }

    /// A colour and a number of marks for each label, in the order of the codebook, which is the order of the strip.
    fn shares(&self) -> Vec<(Color32, u32)> {
        let of = |id| self.summary.counts.iter().find(|(label, _)| label == id).map_or(0, |(_, n)| *n);
        self.ctx.codebook().labels.iter().map(|l| (self.ctx.tokens.label(l.color).line, of(&l.id))).collect()
    }
}
