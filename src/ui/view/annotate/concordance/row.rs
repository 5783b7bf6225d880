//! A row of the concordance's table: its box, and a hit in its line or the words of a group.
//!
//! Words before and after are read from the text in each frame, for the rows in view alone; the results hold only
//! places.

use egui::{Rect, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::state::Concordance;
use crate::{
    command::occurrences::Occurrence,
    model::{AnnotationId, ArticleId, Label},
    query::{
        concordance::{ConcordanceRow, Group, KeywordInContext},
        search::Hit,
    },
    text::segment::{next_word_start, previous_word_end},
    ui::{
        context::Ctx,
        kit::{
            badge,
            button::Chosen,
            check::check,
            line::Line,
            list::{self, Ground},
            words,
        },
        panel::wording,
        theme::{fonts, size, space},
        words::tr,
    },
};

/// Widths of the columns, in points: the box, the badge, the article.
const CHECK: f32 = 28.0;
const BADGE: f32 = 26.0;
const ARTICLE: f32 = 168.0;

/// Draws the row at `at`; gives the place to show on the page where the row was clicked. A click on the box ticks
/// only.
pub(super) fn row_ui(ui: &Ui, ctx: &Ctx<'_>, view: &mut Concordance, at: usize, rect: Rect) -> Option<Occurrence> {
    let row = *view.rows().get(at)?;
    let response = ui.interact(rect, ui.scope_id().with(("row", at)), Sense::CLICK);
    let is_current = view.cursor == at;
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_current, name(ctx, view, row)));
    if is_current {
        ui.painter().rect_filled(rect, 0.0, ctx.tokens.hover);
    }
    list::paint_ground(ui, ctx.tokens, rect, &response, Ground::Plain);
    let boxed = Rect::from_min_size(rect.min + Vec2::new(space::S, 0.0), Vec2::new(CHECK - space::S, rect.height()));
    let ticked = Chosen::from(view.is_ticked(at));
    let tick = check(ui, ctx.tokens, ui.scope_id().with(("tick", at)), boxed, ticked, || {
        tr!("Tick {what}", what = &name(ctx, view, row))
    });
    Painting { ui, ctx, rect }.row(view, row);
    if tick.clicked() {
        view.toggle(at);
    }
    if tick.clicked() || response.clicked() {
        view.cursor = at;
        if let Some(table) = view.table {
            ui.memory_mut(|m| m.request_focus(table));
        }
    }
    if response.clicked() { view.place_of(at) } else { None }
}

/// What the row is called to those who cannot see it: the hit with some words around it, and the title.
fn name(ctx: &Ctx<'_>, view: &Concordance, row: ConcordanceRow) -> String {
    let Some(results) = view.results() else { return String::new() };
    if let ConcordanceRow::Group(group) = row {
        return results.group(group).map(|group| in_words(ctx, group)).unwrap_or_default();
    }
    let Some((id, hit)) = results.hit(row) else { return String::new() };
    let project = ctx.session.project();
    let Some((text, article)) = project.text(id).zip(project.article(id)) else { return String::new() };
    let KeywordInContext { left, hit, right } = KeywordInContext::of(text, hit.range);
    format!("{}{hit}{} · {}", last(left), first(right), article.metadata.title)
}

/// At most so many characters on either side of a hit in its name.
const NAMED: usize = 24;

/// The end of what stands before a hit, at most [`NAMED`] characters, beginning with a whole word.
fn last(left: &str) -> &str {
    let Some((at, c)) = left.char_indices().rev().nth(NAMED) else { return left.trim_start() };
    let cut = at + c.len_utf8();
    let cut = if c.is_whitespace() { cut } else { next_word_start(left, cut) };
    left[cut..].trim_start()
}

/// The beginning of what stands after a hit, at most [`NAMED`] characters, ending with a whole word.
fn first(right: &str) -> &str {
    let Some((at, c)) = right.char_indices().nth(NAMED) else { return right.trim_end() };
    let cut = if c.is_whitespace() { at } else { previous_word_end(right, at) };
    right[..cut].trim_end()
}

/// “the council — Source ×12, unmarked ×3”.
fn in_words(ctx: &Ctx<'_>, group: &Group) -> String {
    let label = ctx.codebook().label(&group.label).map_or(group.label.as_str(), |label| label.name.as_str());
    tr!(
        "{words} — {label} ×{marked}, unmarked ×{unmarked}",
        words = &group.words,
        label,
        marked = group.marked,
        unmarked = group.unmarked
    )
}

/// Paints a row within its rectangle.
struct Painting<'a> {
    ui: &'a Ui,
    ctx: &'a Ctx<'a>,
    rect: Rect,
}

impl Painting<'_> {
    /// A row of either kind; nothing where the results have gone.
    fn row(&self, view: &Concordance, row: ConcordanceRow) {
        let Some(results) = view.results() else { return };
        match row {
            ConcordanceRow::Group(group) => results.group(group).into_iter().for_each(|group| self.group(group)),
            ConcordanceRow::Hit(..) => results.hit(row).into_iter().for_each(|(article, hit)| self.hit(article, hit)),
        }
    }

    /// A group of the audit, on one line.
    fn group(&self, group: &Group) {
        if let Some(label) = self.ctx.codebook().label(&group.label) {
            self.label(label);
        }
        let text = in_words(self.ctx, group);
        let (painter, left) = (self.ui.painter(), self.rect.left() + CHECK + BADGE);
        let (font, room) = (fonts::strong(size::TEXT), self.rect.right() - left);
        let words = words::elided(painter, &text, font, self.ctx.tokens.ink, room);
        words.paint_middle_left(painter, pos2(left, self.rect.center().y));
    }

    /// A label’s badge in the column for it.
    fn label(&self, label: &Label) {
        let center = pos2(self.rect.left() + CHECK + BADGE / 2.0, self.rect.center().y);
        badge::paint_badge(self.ui.painter(), center, &label.initials, self.ctx.tokens.label(label.color));
    }

    /// A hit: badge of its mark, article, and the line with the hit in the middle.
    fn hit(&self, id: &ArticleId, hit: Hit) {
        let (painter, tokens, rect) = (self.ui.painter(), self.ctx.tokens, self.rect);
        let project = self.ctx.session.project();
        let Some((text, article)) = project.text(id).zip(project.article(id)) else { return };
        let label = hit.mark.and_then(|mark| label_of(self.ctx, id, mark));
        if let Some(label) = label {
            self.label(label);
        }
        let left = rect.left() + CHECK + BADGE;
        let source = wording::dotted([article.metadata.outlet.as_str(), &article.metadata.title]);
        let source = words::elided(painter, &source, fonts::plain(size::SMALL), tokens.soft_ink, ARTICLE - space::M);
        source.paint_middle_left(painter, pos2(left, rect.center().y));

        let room = Rect::from_min_max(pos2(left + ARTICLE, rect.top()), rect.max - Vec2::new(space::M, 0.0));
        let paragraph = text.paragraph_range(text.paragraph_at(hit.range.start())).slice(text).unwrap_or_default();
        let context = KeywordInContext::of(text, hit.range);
        let line = Line {
            before: context.left,
            words: &context.hit,
            after: context.right,
            direction: words::direction_of(paragraph),
            tint: label.map(|label| tokens.label(label.color).tint),
        };
        line.paint(&painter.with_clip_rect(room.intersect(self.ui.clip_rect())), tokens, room);
    }
}

/// The label of a mark in this article, whoever made it; `None` where its layer is not read.
fn label_of<'a>(ctx: &Ctx<'a>, article: &ArticleId, mark: AnnotationId) -> Option<&'a Label> {
    let project = ctx.session.project();
    let mut layers = project.layers(article).filter_map(|(who, _)| project.layer(article, who));
    let annotation = layers.find_map(|layer| layer.annotation(mark))?;
    project.codebook().label(&annotation.label)
}
