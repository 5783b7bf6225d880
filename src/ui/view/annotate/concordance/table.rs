//! The table: a row for each hit, its words in the middle and what stands around them on either side. Only the rows
//! that are seen cost anything.

use egui::{
    EventFilter, Key, Modifiers, Rect, ScrollArea, Sense, StrokeKind, Ui, Vec2, WidgetInfo, accesskit::Role, pos2,
};

use super::{
    Concordance, Face, TableFocus,
    results::{Context, Group, Row},
};
use crate::{
    command::occurrences::Occurrence,
    model::{AnnotationId, ArticleId, Label},
    query::search::Hit,
    text::grouped,
    ui::{
        context::Ctx,
        kit::{
            badge,
            button::Chosen,
            check::check,
            field,
            line::Line,
            list::{self, Ground},
            words,
        },
        panel::wording,
        theme::{fonts, size, space},
        words::{phrase, tr, tr_with},
    },
};

/// Widths of the columns before the words: the box, the badge, the article.
const CHECK: f32 = 28.0;
const BADGE: f32 = 26.0;
const ARTICLE: f32 = 168.0;

/// Gives the place that is to be shown on the page.
pub(super) fn table_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance) -> Option<Occurrence> {
    let count = view.results.rows.len();
    let whole = ui.available_rect_before_wrap();
    if count == 0 {
        field::paint_empty(ui, ctx.tokens, whole, &nothing(view));
        (view.focus, view.table) = (TableFocus::No, None);
        return None;
    }
    let id = ui.scope_id().with("table");
    let table = ui.interact(whole, id, Sense::click());
    table.widget_info(|| WidgetInfo::labeled(Role::List, true, tr("Hits")));
    view.table = Some(id);
    view.focus = if table.has_focus() { TableFocus::Yes } else { TableFocus::No };
    let mut opened = None;
    if table.has_focus() {
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, arrows));
        opened = view.take_keys(ui);
    }
    let mut scroll = ScrollArea::vertical().id_salt("hits").auto_shrink(false);
    if let Some(row) = view.show.take() {
        let state = egui::scroll_area::State::load(ui.ctx(), ui.make_persistent_id("hits"));
        let from = state.map_or(0.0, |state| state.clamped_offset().y);
        let seen = from..from + whole.height();
        if let Some(offset) = list::scroll_to_show(row as f32 * size::ROW, size::ROW, seen) {
            scroll = scroll.vertical_scroll_offset(offset);
        }
    }
    scroll.show_viewport(ui, |ui, seen| {
        ui.set_height(count as f32 * size::ROW);
        let origin = ui.min_rect().min;
        let width = ui.available_width();
        let first = (seen.top() / size::ROW).floor().max(0.0) as usize;
        let end = ((seen.bottom() / size::ROW).ceil().max(0.0) as usize).min(count);
        for at in first..end {
            let place = origin + Vec2::new(0.0, at as f32 * size::ROW);
            let rect = Rect::from_min_size(place, Vec2::new(width, size::ROW));
            if let Some(place) = row_ui(ui, ctx, view, at, rect) {
                opened = Some(place);
            }
        }
    });
    if table.has_focus() {
        ui.painter().rect_stroke(whole, 0.0, ctx.tokens.focus(), StrokeKind::Inside);
    }
    opened
}

/// What to do where there is nothing to show.
fn nothing(view: &Concordance) -> String {
    let text = match (&view.wrong, &view.work, view.asked.face) {
        (Some(wrong), ..) => return wrong.hints.iter().map(phrase).collect::<Vec<_>>().join("\n"),
        (None, Some(_), _) => "Searching…",
        (None, None, _) if !view.asked.is_something() => "Type some words, or choose a label to see its marks",
        (None, None, _) if view.broken_off.is_some() => "The search was stopped before anything was found",
        (None, None, Face::Hits) => "These words are nowhere here",
        (None, None, Face::Audit) => "All words that are marked are marked wherever they stand",
    };
    tr(text).into_owned()
}

impl Concordance {
    /// Keys while the table has the focus: arrows move, Space ticks, Enter opens, Ctrl+A ticks all.
    fn take_keys(&mut self, ui: &Ui) -> Option<Occurrence> {
        let last = self.results.rows.len().saturating_sub(1);
        let page = (ui.available_height() / size::ROW).floor().max(1.0) as usize;
        let pressed = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
        let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
        let (page_up, page_down) = (pressed(Key::PageUp) * page, pressed(Key::PageDown) * page);
        let mut to = (self.cursor + down + page_down).saturating_sub(up + page_up).min(last);
        if pressed(Key::Home) > 0 {
            to = 0;
        }
        if pressed(Key::End) > 0 {
            to = last;
        }
        if to != self.cursor {
            (self.cursor, self.show) = (to, Some(to));
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::A)) {
            let all: Vec<Occurrence> = self.results.rows.iter().flat_map(|row| self.results.places(*row)).collect();
            self.tick(all);
        }
        if pressed(Key::Space) % 2 == 1 {
            self.toggle(self.cursor);
        }
        if pressed(Key::Enter) > 0 { self.place_of(self.cursor) } else { None }
    }

    fn tick(&mut self, places: Vec<Occurrence>) {
        self.ticked.extend(places);
        self.pending = None;
    }

    /// Ticks a row, or unticks it where all of it is ticked.
    fn toggle(&mut self, at: usize) {
        let Some(row) = self.results.rows.get(at) else { return };
        let places: Vec<Occurrence> = self.results.places(*row).collect();
        if places.iter().all(|place| self.ticked.contains(place)) {
            places.iter().for_each(|place| {
                self.ticked.remove(place);
            });
            self.pending = None;
        } else {
            self.tick(places);
        }
    }

    fn is_ticked(&self, at: usize) -> bool {
        let Some(row) = self.results.rows.get(at) else { return false };
        let mut places = self.results.places(*row).peekable();
        places.peek().is_some() && places.all(|place| self.ticked.contains(&place))
    }

    /// What the row stands for, or the first of it.
    fn place_of(&self, at: usize) -> Option<Occurrence> {
        self.results.places(*self.results.rows.get(at)?).next()
    }
}

fn row_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance, at: usize, rect: Rect) -> Option<Occurrence> {
    let row = *view.results.rows.get(at)?;
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
        tr_with("Tick %{what}", &[("what", &name(ctx, view, row))])
    });
    match row {
        Row::Group(group) => paint_group(ui, ctx, &view.results.groups[group], rect),
        Row::Hit(..) => {
            if let Some((article, hit)) = view.results.hit(row) {
                paint_hit(ui, ctx, article, hit, rect);
            }
        }
    }
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

/// What the row is called to those who cannot see it.
fn name(ctx: &Ctx<'_>, view: &Concordance, row: Row) -> String {
    if let Row::Group(group) = row {
        return in_words(ctx, &view.results.groups[group]);
    }
    let Some((id, hit)) = view.results.hit(row) else { return String::new() };
    let project = ctx.session.project();
    let Some((text, article)) = project.text(id).zip(project.article(id)) else { return String::new() };
    let Context { left, hit, right } = Context::of(text, hit.range);
    format!("{}{hit}{} · {}", last(left), first(right), article.metadata.title)
}

/// Characters on either side of a hit in its name.
const NAMED: usize = 24;

fn last(left: &str) -> &str {
    let cut = left.char_indices().rev().nth(NAMED).map_or(0, |(at, c)| at + c.len_utf8());
    left[cut..].trim_start()
}

fn first(right: &str) -> &str {
    right.char_indices().nth(NAMED).map_or(right, |(at, _)| &right[..at]).trim_end()
}

/// “the council — Source ×12, unmarked ×3”.
fn in_words(ctx: &Ctx<'_>, group: &Group) -> String {
    let label = ctx.codebook().label(&group.label).map_or(group.label.as_str(), |label| label.name.as_str());
    let values = [
        ("words", group.words.as_str()),
        ("label", label),
        ("marked", &grouped(group.marked)),
        ("unmarked", &grouped(group.unmarked)),
    ];
    tr_with("%{words} — %{label} ×%{marked}, unmarked ×%{unmarked}", &values)
}

fn paint_group(ui: &Ui, ctx: &Ctx<'_>, group: &Group, rect: Rect) {
    let (painter, middle) = (ui.painter(), rect.center().y);
    if let Some(label) = ctx.codebook().label(&group.label) {
        paint_label(ui, ctx, label, rect);
    }
    let text = in_words(ctx, group);
    let left = rect.left() + CHECK + BADGE;
    let galley = words::elided(painter, &text, fonts::strong(size::TEXT), ctx.tokens.ink, rect.right() - left);
    galley.paint_beside(painter, pos2(left, middle));
}

fn paint_label(ui: &Ui, ctx: &Ctx<'_>, label: &Label, rect: Rect) {
    let center = pos2(rect.left() + CHECK + BADGE / 2.0, rect.center().y);
    badge::paint_badge(ui.painter(), center, &label.initials, ctx.tokens.label(label.color));
}

/// The label of a mark, whoever made it.
fn label_of<'a>(ctx: &Ctx<'a>, article: &ArticleId, mark: AnnotationId) -> Option<&'a Label> {
    let project = ctx.session.project();
    let mut layers = project.layers(article).filter_map(|(who, _)| project.layer(article, who));
    let annotation = layers.find_map(|layer| layer.annotation(mark))?;
    project.codebook().label(&annotation.label)
}

fn paint_hit(ui: &Ui, ctx: &Ctx<'_>, id: &ArticleId, hit: Hit, rect: Rect) {
    let (painter, tokens, middle) = (ui.painter(), ctx.tokens, rect.center().y);
    let project = ctx.session.project();
    let Some((text, article)) = project.text(id).zip(project.article(id)) else { return };
    let label = hit.mark.and_then(|mark| label_of(ctx, id, mark));
    if let Some(label) = label {
        paint_label(ui, ctx, label, rect);
    }
    let left = rect.left() + CHECK + BADGE;
    let source = wording::dotted([article.metadata.outlet.as_str(), &article.metadata.title]);
    let source = words::elided(painter, &source, fonts::plain(size::SMALL), tokens.soft_ink, ARTICLE - space::M);
    source.paint_beside(painter, pos2(left, middle));

    let room = Rect::from_min_max(pos2(left + ARTICLE, rect.top()), rect.max - Vec2::new(space::M, 0.0));
    let paragraph = text.paragraph_range(text.paragraph_at(hit.range.start())).slice(text).unwrap_or_default();
    let Context { left: before, hit: words, right: after } = Context::of(text, hit.range);
    let line = Line {
        before,
        words,
        after,
        direction: words::direction_of(paragraph),
        tint: label.map(|label| tokens.label(label.color).tint),
    };
    line.paint(&painter.with_clip_rect(room.intersect(ui.clip_rect())), tokens, room);
}
