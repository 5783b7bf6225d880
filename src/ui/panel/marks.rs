//! The list of the open article's marks: by place, by label, or what is to be looked at again first; filtered by
//! what is said of them; a click picks.
//!
//! Rows are equally high and only those that are in view cost anything. Which there are follows the changes.
//!
//! `query::list` decides which marks are shown and in what order; this paints them. Where others’ layers are shown,
//! their marks are on the page but not in this list.

use egui::{Align2, Rect, Response, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::{Part, menus, related, wording};
use crate::{
    model::{Annotation, AnnotationId, Attribute, Flag, unanswered},
    query::list::{Filter, MarkList, MarkOrder, MarkSource, Only},
    text::Text,
    ui::{
        context::Ctx,
        kit::{
            badge, drop, field, focus, glyph,
            list::{self, Cursor, Ground},
            rows::{RowPlace, Rows},
            words,
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// With more marks than this there is a field to filter them by.
const FILTER_FROM: usize = 12;

/// View state of the list: filter, order, and what was worked out for them.
#[derive(Debug, Default)]
pub struct MarksPanel {
    /// What is written in the filter, as it is typed; empty where the field is not shown.
    filter: String,
    order: MarkOrder,
    only: Only,
    /// The ids that pass the filter, in order; follows the layer by itself.
    list: MarkList,
    /// The mark that was brought into view, and the height of the list then in points, so that it is done once.
    shown: (Option<AnnotationId>, f32),
    cursor: Cursor,
}

/// What the user did to the list in this frame. The view picks and highlights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarksOutput {
    /// The mark that was clicked or entered.
    pub picked: Option<AnnotationId>,
    /// The mark under the pointer, which the page shows more strongly.
    pub hovered: Option<AnnotationId>,
}

/// What a row is drawn from.
struct MarkListRow<'a> {
    ctx: &'a Ctx<'a>,
    text: &'a Text,
    id: AnnotationId,
    annotation: &'a Annotation,
}

pub fn marks_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut MarksPanel, out: &mut Vec<Wish>) -> MarksOutput {
    let scene = ctx.session.scene();
    let Some((text, article)) = scene.text().ok().zip(scene.focus.article.as_ref()) else {
        return MarksOutput::default();
    };
    let there = scene.layer().zip(scene.index).filter(|(layer, _)| layer.annotation_count() > 0);
    let Some((layer, index)) = there else {
        header_ui(ui, ctx, &mut panel.order, (0, 0));
        let hint = tr("Select some words and press a label’s key");
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &hint);
        return MarksOutput::default();
    };
    let count = layer.annotation_count();
    if count <= FILTER_FROM {
        panel.filter.clear();
    }
    let codebook = scene.project.codebook();
    let said = |annotation: &Annotation| wording::said_of(codebook, text, annotation);
    let source = MarkSource { article, codebook, layer, index, said: &said };
    related::only_ui(ui, ctx, ctx.session.incomplete(article).unwrap_or_default(), &mut panel.only);
    panel.follow(&source);
    header_ui(ui, ctx, &mut panel.order, (panel.list.len(&source), count));
    if count > FILTER_FROM {
        let (name, hint) = (tr("Filter the marks"), tr("Words, label, answer, flag, note"));
        let filter = field::line(ui, ui.scope_id().with("filter"), &mut panel.filter, &name, &hint);
        ui.add_space(space::XS);
        panel.follow(&source);
        panel.cursor.enter_from(ui, &filter, panel.list.len(&source));
    }
    list_ui(ui, ctx, panel, (&source, text), out)
}

/// “Marks · 5 of 64” and the order.
fn header_ui(ui: &mut Ui, ctx: &Ctx<'_>, order: &mut MarkOrder, (shown, count): (usize, usize)) {
    let title = tr!("Marks · {n}", n = &wording::of_all(shown, count));
    let orders = MarkOrder::ALL.map(|order| (order, tr(order_text(order)).into_owned()));
    let chosen = drop::header_ui(ui, ctx.tokens, &title, &tr("Order of the marks"), (*order, &orders));
    *order = chosen.unwrap_or(*order);
}

/// English, for the screen’s door.
fn order_text(order: MarkOrder) -> &'static str {
    match order {
        MarkOrder::Place => "by place",
        MarkOrder::Label => "by label",
        MarkOrder::Newest => "newest first",
        MarkOrder::Flags => "flags first",
    }
}

impl MarksPanel {
    /// Lists from now on only what lacks an answer, or everything.
    pub fn list_only(&mut self, only: Only) {
        self.only = only;
        self.filter.clear();
    }

    fn follow(&mut self, source: &MarkSource<'_>) {
        self.list.follow(source, &Filter::new(&self.filter).of(self.only), self.order);
    }

    /// The row to scroll to: that of the picked mark, where another is picked than the last time; otherwise the one
    /// that a key moves the focus to.
    fn row_to_show(&mut self, ui: &Ui, picked: Option<AnnotationId>, source: &MarkSource<'_>) -> Option<usize> {
        let position = |id| self.list.position(source, id);
        if focus::enters(ui, Part::Marks.place(), ui.available_rect_before_wrap()) {
            self.cursor.enter(picked.and_then(position).unwrap_or_default());
        }
        let moved = self.cursor.step(ui, self.list.len(source), Rows::page(ui, size::ROW));
        // The card above the list grows with what is said of the mark, and leaves it less room.
        let now = (picked, ui.available_height());
        let is_new = std::mem::replace(&mut self.shown, now) != now;
        picked.filter(|_| is_new).and_then(position).or(moved)
    }
}

/// The rows in view.
fn list_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut MarksPanel,
    (source, text): (&MarkSource<'_>, &Text),
    out: &mut Vec<Wish>,
) -> MarksOutput {
    let mut output = MarksOutput::default();
    let count = panel.list.len(source);
    if count == 0 {
        let text = if panel.only == Only::All { tr("No marks match") } else { tr("No mark lacks an answer") };
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &text);
        return output;
    }
    let picked = ctx.session.focus().picked;
    let held = panel.cursor.held();
    let show = panel.row_to_show(ui, picked, source);
    let rows =
        Rows::even("marks", count, size::ROW).called(tr("Marks")).with_room_below(space::M).keeping(show.or(held));
    rows.show(ui, show, |ui, place| {
        let mark = panel.list.get(source, place.at).and_then(|id| Some((id, source.layer.annotation(id)?)));
        if let Some((id, annotation)) = mark {
            let response = MarkListRow { ctx, text, id, annotation }.ui(ui, &place, &panel.cursor);
            panel.cursor.follow(ui, place.at, &response);
            // What the menu does is done to what one points at.
            let is_meant = response.clicked() || response.secondary_clicked();
            output.picked = output.picked.or(is_meant.then_some(id));
            response.context_menu(|ui| menus::mark_menu_ui(ui, ctx, out));
            output.hovered = output.hovered.or(response.hovered().then_some(id));
        }
        size::ROW
    });
    output
}

impl MarkListRow<'_> {
    /// Draws a row: badge, words on one line, flag, number of the paragraph.
    fn ui(&self, ui: &Ui, place: &RowPlace, cursor: &Cursor) -> Response {
        let is_picked = self.ctx.session.focus().picked == Some(self.id);
        let sense = cursor.sense(place.at, &place.seen);
        let response = ui.interact(place.rect, ui.scope_id().with(self.id.0.as_u64()), sense);
        let number = self.number();
        response.widget_info(|| {
            let name = wording::mark_name(self.ctx.codebook(), self.text, self.annotation);
            WidgetInfo::selected(Role::ListItem, true, is_picked, format!("{name}, {number}"))
        });
        let is_complete = self.missing().next().is_none();
        if !is_complete {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(self.missing_words()));
        }
        // The words are put together for those who are told them: every row on the screen comes by here in every frame.
        let response = match !is_complete && response.hovered() {
            true => words::hint(response, &self.missing_words()),
            false => response,
        };
        let ground = place.rect.expand2(Vec2::new(space::XS, 0.0));
        list::paint_ground(ui, self.ctx.tokens, ground, &response, Ground::Plain);
        let right = self.paint_end(ui, place.rect, number);
        let left = self.paint_badge(ui, place.rect);
        let font = if is_picked { fonts::serif_strong(size::LIST_WORDS) } else { fonts::serif(size::LIST_WORDS) };
        let said = wording::words_of(self.text, self.annotation);
        let galley = words::elided(ui.painter(), &said, font, self.ctx.tokens.ink, right - left - space::S);
        galley.paint_middle_left(ui.painter(), pos2(left, place.rect.center().y));
        response
    }

    /// The number of the paragraph that the mark begins in, as the page’s gutter counts, with “¶” before it.
    fn number(&self) -> String {
        let paragraph = self.text.paragraph_at(self.annotation.fragments.first().start());
        format!("¶{}", self.text.paragraph_number(paragraph).unwrap_or(paragraph + 1))
    }

    fn missing(&self) -> impl Iterator<Item = &Attribute> {
        let label = self.ctx.codebook().label(&self.annotation.label);
        label.into_iter().flat_map(|label| unanswered(&label.attributes, &self.annotation.attributes))
    }

    /// A line for each answer that is missing.
    fn missing_words(&self) -> String {
        let missing = self.missing().map(|a| tr!("{what} is missing", what = &a.name));
        missing.collect::<Vec<_>>().join("\n")
    }

    /// Paints the label’s initials; gives the left edge of the words, in points.
    fn paint_badge(&self, ui: &Ui, rect: Rect) -> f32 {
        if let Some(label) = self.ctx.codebook().label(&self.annotation.label) {
            let center = pos2(rect.left() + size::BADGE / 2.0, rect.center().y);
            badge::paint_badge(ui.painter(), center, &label.initials, self.ctx.tokens.label(label.color));
        }
        rect.left() + size::BADGE + space::M
    }

    /// Paints the paragraph’s number and, before it, the flag or the question mark; gives the right edge of the room
    /// for the words.
    fn paint_end(&self, ui: &Ui, rect: Rect, number: String) -> f32 {
        let (painter, tokens, middle) = (ui.painter(), self.ctx.tokens, rect.center().y);
        let place = pos2(rect.right() - space::XS, middle);
        let number = painter.text(place, Align2::RIGHT_CENTER, number, fonts::plain(size::SMALL), tokens.soft_ink);
        let mut right = number.left() - space::XS;
        if self.missing().next().is_some() {
            glyph::paint_warning(painter, pos2(right - 6.0, middle), tokens.warning);
            right -= space::L;
        }
        match self.annotation.flag {
            Some(Flag::Flag) => {
                glyph::paint_flag(painter, pos2(right - 4.0, middle), tokens.warning);
                right - space::L
            }
            Some(Flag::Question) => {
                let font = fonts::strong(size::TEXT);
                painter.text(pos2(right, middle), Align2::RIGHT_CENTER, "?", font, tokens.warning);
                right - space::M
            }
            None => right,
        }
    }
}
