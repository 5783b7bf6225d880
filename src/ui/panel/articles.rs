//! The list of articles, by story: how far each has come, and how much was marked in it.
//!
//! Sorted and grouped when the articles change, and not before; laid out and painted only where it is seen.

use std::collections::BTreeMap;

use egui::{
    Align2, Color32, Frame, Margin, Rect, Response, ScrollArea, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2,
    vec2,
};

use super::{Part, Stamps, run, wording};
use crate::{
    command::{
        Command,
        article::{OfArticles, listed},
    },
    model::{Article, ArticleId, LayerSummary, Metadata, Project, Status},
    text::grouped,
    ui::{
        context::Ctx,
        kit::{
            field, focus,
            glyph::{self, Progress},
            list::{self, Cursor, Ground, Offsets},
            strip,
            words::{self, Words},
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::{tr, tr_with},
    },
};

/// With more articles than this there is a field to filter them by.
const FILTER_FROM: usize = 12;
const TITLE_LINES: usize = 3;
/// Of a title, and of what stands below it.
const LINE: f32 = 18.0;
const PAD: f32 = 9.0;
/// From the left edge of a card to its title.
const INDENT: f32 = 33.0;
/// For the number of marks.
const COUNT: f32 = 30.0;

/// View state of the list.
#[derive(Debug, Default)]
pub struct ArticlesPanel {
    filter: String,
    rows: Vec<Row>,
    offsets: Offsets,
    /// How high the cards were that have been seen: the list must not jump when it is made anew.
    heights: BTreeMap<ArticleId, f32>,
    /// Rows that are articles: the cursor counts these.
    places: Vec<usize>,
    cursor: Cursor,
    made_for: Option<(u64, String)>,
    /// The article that was brought into view, so that it is done once.
    shown: Option<ArticleId>,
}

#[derive(Clone, Debug)]
enum Row {
    Heading(String),
    Article(ArticleId),
}

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
    panel.prepare(project, stamps.articles);
    if let Some(filter) = filter {
        panel.cursor.enter_from(ui, &filter.inner, panel.places.len());
    }
    if panel.rows.is_empty() {
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &tr("No article is called so"));
        return;
    }
    let mut scroll = ScrollArea::vertical().id_salt("articles").auto_shrink(false);
    if focus::enters(ui, Part::List.place(), ui.max_rect()) {
        panel.cursor.enter(panel.open_place(ctx).unwrap_or_default());
    }
    let moved = panel.moved(ui);
    if let Some(offset) = panel.newly_shown(ui, ctx).or(moved) {
        scroll = scroll.vertical_scroll_offset(offset);
    }
    scroll.show_viewport(ui, |ui, view| rows_ui(ui, ctx, panel, view, out));
}

impl ArticlesPanel {
    fn prepare(&mut self, project: &Project, stamp: u64) {
        let made_for = Some((stamp, self.filter.clone()));
        if self.made_for == made_for {
            return;
        }
        self.made_for = made_for;
        let wanted = self.filter.trim().to_lowercase();
        self.rows = rows(project, &wanted);
        let height = |(at, row): (usize, &Row)| match row {
            Row::Heading(_) => heading_height(at),
            Row::Article(id) => self.heights.get(id).copied().unwrap_or(2.0 * PAD + 3.0 * LINE),
        };
        let is_article = |at: &usize| matches!(self.rows[*at], Row::Article(_));
        self.places = (0..self.rows.len()).filter(is_article).collect();
        self.offsets = Offsets::new(self.rows.iter().enumerate().map(height));
    }

    /// Where to scroll to, where another article was opened than the last time.
    fn newly_shown(&mut self, ui: &Ui, ctx: &Ctx<'_>) -> Option<f32> {
        let open = ctx.session.focus().article.as_ref();
        if self.shown.as_ref() == open {
            return None;
        }
        self.shown = open.cloned();
        let place = self.open_place(ctx)?;
        self.bring_into_view(ui, place)
    }

    /// Where to scroll to, where a key moves the focus to another article.
    fn moved(&mut self, ui: &Ui) -> Option<f32> {
        let page = (ui.available_height() / (2.0 * PAD + 3.0 * LINE)) as usize;
        let place = self.cursor.step(ui, self.places.len(), page)?;
        self.bring_into_view(ui, place)
    }

    /// The place of the open article among the articles.
    fn open_place(&self, ctx: &Ctx<'_>) -> Option<usize> {
        let open = ctx.session.focus().article.as_ref()?;
        self.places.iter().position(|at| matches!(&self.rows[*at], Row::Article(id) if id == open))
    }

    fn bring_into_view(&self, ui: &Ui, place: usize) -> Option<f32> {
        let row = *self.places.get(place)?;
        let id = ui.make_persistent_id("articles");
        let from = egui::scroll_area::State::load(ui.ctx(), id).map_or(0.0, |state| state.clamped_offset().y);
        let view = from..from + ui.available_height();
        list::scroll_to_show(self.offsets.top(row), self.offsets.height(row), view)
    }
}

/// Headings and articles in the order of the list; only what holds the wanted words.
fn rows(project: &Project, wanted: &str) -> Vec<Row> {
    let matches = |m: &Metadata| {
        wanted.is_empty() || [&m.title, &m.outlet, &m.published].iter().any(|t| t.to_lowercase().contains(wanted))
    };
    let all = listed(project);
    let mut rows = Vec::with_capacity(all.len() + 8);
    for group in all.chunk_by(|(_, a), (_, b)| a.metadata.story == b.metadata.story) {
        let kept: Vec<&ArticleId> = group.iter().filter(|(_, a)| matches(&a.metadata)).map(|(id, _)| *id).collect();
        if kept.is_empty() {
            continue;
        }
        let story = group[0].1.metadata.story.as_ref();
        let name = match story {
            Some(id) => project.story(id).map_or_else(|| id.to_string(), |s| s.name.clone()),
            None => tr("No story").into_owned(),
        };
        let articles = if group.len() == 1 { "%{n} article" } else { "%{n} articles" };
        let count = tr_with(articles, &[("n", &wording::of_all(kept.len(), group.len()))]);
        rows.push(Row::Heading(wording::dotted([name.as_str(), &count])));
        rows.extend(kept.into_iter().cloned().map(Row::Article));
    }
    rows
}

fn heading_height(row: usize) -> f32 {
    if row == 0 { 32.0 } else { 40.0 }
}

fn rows_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut ArticlesPanel, view: Rect, out: &mut Vec<Wish>) {
    ui.set_height(panel.offsets.total() + space::M);
    let origin = ui.min_rect().min;
    let width = ui.available_width();
    let rows = panel.offsets.seen(view.top(), view.bottom());
    let places = panel.places.partition_point(|at| *at < rows.start)..panel.places.partition_point(|at| *at < rows.end);
    for at in rows {
        let top = panel.offsets.top(at);
        match &panel.rows[at] {
            Row::Heading(text) => heading(ui, ctx, origin + vec2(0.0, top), heading_height(at), width, text),
            Row::Article(id) => {
                let Some(article) = ctx.session.project().article(id) else { continue };
                let nth = panel.places.partition_point(|place| *place < at);
                let place = Place {
                    at: origin + vec2(space::S, top),
                    width: width - 2.0 * space::S,
                    sense: panel.cursor.sense(nth, &places),
                };
                let (height, response) = article_ui(ui, ctx, id, article, &place, out);
                panel.cursor.follow(ui, nth, &response);
                if (height - panel.offsets.height(at)).abs() > 0.5 {
                    panel.offsets.set_height(at, height);
                    panel.heights.insert(id.clone(), height);
                    ui.request_repaint();
                }
            }
        }
    }
}

struct Place {
    at: egui::Pos2,
    width: f32,
    sense: Sense,
}

fn heading(ui: &Ui, ctx: &Ctx<'_>, at: egui::Pos2, height: f32, width: f32, text: &str) {
    let font = fonts::strong(size::TINY + 0.5);
    let words = words::elided(ui.painter(), text, font, ctx.tokens.soft_ink, width - 2.0 * space::L);
    let place = pos2(at.x + space::L, at.y + height - space::M - words.size().y / 2.0);
    let rect = Rect::from_min_size(place, words.size());
    let response = ui.interact(rect, ui.scope_id().with(("story", text)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    words.paint(ui.painter(), place);
}

/// Shows an article's card and gives its height.
fn article_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    id: &ArticleId,
    article: &Article,
    place: &Place,
    out: &mut Vec<Wish>,
) -> (f32, Response) {
    let summary = own_summary(ctx, id);
    let marks = summary.annotations();
    let title = title(ui, ctx, article, place.width - INDENT - COUNT);
    let below = if marks > 0 { 6.0 + size::STRIP } else { 0.0 };
    let height = 2.0 * PAD + title.rows() as f32 * LINE + meta_height(article) + below;
    let rect = Rect::from_min_size(place.at, Vec2::new(place.width, height));
    let response = ui.interact(rect, ui.scope_id().with(id.as_str()), place.sense);
    let is_open = ctx.session.focus().article.as_ref() == Some(id);
    response.widget_info(|| {
        let name = tr_with("Open “%{title}”", &[("title", &article.metadata.title)]);
        WidgetInfo::selected(Role::ListItem, true, is_open, name)
    });
    list::paint_ground(ui, ctx.tokens, rect, &response, if is_open { Ground::Raised } else { Ground::Plain });
    paint_article(ui, ctx, article, &summary, rect, title);
    if response.clicked() && !is_open {
        run(out, Command::Article(OfArticles::Open(id.clone())));
    }
    (height, response)
}

/// Outlet and date, as far as they are known.
fn meta(article: &Article) -> String {
    wording::dotted([article.metadata.outlet.as_str(), &wording::short_date(&article.metadata.published)])
}

fn meta_height(article: &Article) -> f32 {
    if meta(article).is_empty() { 0.0 } else { LINE }
}

fn title(ui: &Ui, ctx: &Ctx<'_>, article: &Article, width: f32) -> Words {
    let look = (fonts::serif_strong(size::LIST_TITLE), ctx.tokens.ink);
    words::wrapped(ui.painter(), &article.metadata.title, look, width, (TITLE_LINES, LINE))
}

fn paint_article(ui: &Ui, ctx: &Ctx<'_>, article: &Article, summary: &LayerSummary, rect: Rect, title: Words) {
    let (painter, tokens) = (ui.painter(), ctx.tokens);
    let progress = match summary.status {
        Status::ToDo => Progress::None,
        Status::InProgress => Progress::Half,
        Status::Done => Progress::Full,
    };
    let first = rect.top() + PAD + LINE / 2.0;
    glyph::paint_progress(painter, tokens, pos2(rect.left() + 14.0, first), progress);
    let marks = summary.annotations();
    let count = (rect.right() - 11.0, first);
    painter.text(
        count.into(),
        Align2::RIGHT_CENTER,
        grouped(marks as usize),
        fonts::plain(size::SMALL),
        tokens.soft_ink,
    );
    let left = rect.left() + INDENT;
    let meta_top = rect.top() + PAD + title.rows() as f32 * LINE;
    title.paint(painter, pos2(left, rect.top() + PAD));
    let room = rect.right() - 11.0 - left;
    let meta = words::elided(painter, &meta(article), fonts::plain(size::SMALL), tokens.soft_ink, room);
    meta.paint_beside(painter, pos2(left, meta_top + LINE / 2.0));
    if marks > 0 {
        let top = meta_top + meta_height(article) + 6.0;
        let whole = Rect::from_min_max(pos2(left, top), pos2(left + room, top + size::STRIP));
        strip::paint_strip(painter, whole, &shares(ctx, summary));
    }
}

/// How much was marked with each label, the labels as the codebook orders them.
fn shares(ctx: &Ctx<'_>, summary: &LayerSummary) -> Vec<(Color32, u32)> {
    let of = |id| summary.counts.iter().find(|(label, _)| label == id).map_or(0, |(_, n)| *n);
    ctx.codebook().labels.iter().map(|l| (ctx.tokens.label(l.color).line, of(&l.id))).collect()
}

fn own_summary(ctx: &Ctx<'_>, id: &ArticleId) -> LayerSummary {
    let who = ctx.session.annotator();
    let slot = who.and_then(|who| ctx.session.project().layer_slot(id, who));
    slot.map(crate::model::LayerSlot::summary).unwrap_or_default()
}
