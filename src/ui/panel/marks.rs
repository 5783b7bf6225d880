//! The list of the open article's marks: by place, by label, or what is to be looked at again first; filtered by
//! what is said of them; a click picks.
//!
//! Rows are equally high and only those that are seen cost anything. A filter, or another order, is worked
//! out when the marks change.

use egui::{Align2, Rect, Response, ScrollArea, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::{Part, Stamps, wording};
use crate::{
    model::{Annotation, AnnotationId, Flag, Layer},
    query::SpanIndex,
    text::Text,
    ui::{
        context::Ctx,
        kit::{
            badge,
            button::Chosen,
            field, focus, glyph,
            list::{self, Cursor, Ground},
            words,
        },
        theme::{fonts, size, space},
        words::{tr, tr_with},
    },
};

/// With more marks than this there is a field to filter them by.
const FILTER_FROM: usize = 12;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Place,
    Label,
    /// Flags, then questions, then the others.
    Flags,
}

impl Order {
    fn text(self) -> &'static str {
        match self {
            Self::Place => "by place",
            Self::Label => "by label",
            Self::Flags => "flags first",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Place => Self::Label,
            Self::Label => Self::Flags,
            Self::Flags => Self::Place,
        }
    }
}

/// View state of the list.
#[derive(Debug, Default)]
pub struct MarksPanel {
    filter: String,
    order: Order,
    /// What is left by the filter, sorted; not used while all marks stand in their places.
    kept: Vec<AnnotationId>,
    made_for: Option<(u64, String, Order)>,
    /// The mark that was brought into view, so that it is done once.
    shown: Option<AnnotationId>,
    cursor: Cursor,
}

/// What the user did to the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarksOutput {
    pub picked: Option<AnnotationId>,
    pub hovered: Option<AnnotationId>,
}

/// What there is to list.
struct Marks<'a> {
    text: &'a Text,
    layer: &'a Layer,
    index: &'a SpanIndex,
}

pub fn marks_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut MarksPanel, stamps: Stamps) -> MarksOutput {
    let scene = ctx.session.scene();
    let Ok(text) = scene.text() else { return MarksOutput::default() };
    let there = scene.layer().zip(scene.index).filter(|(layer, _)| layer.annotation_count() > 0);
    let count = there.map_or(0, |(layer, _)| layer.annotation_count());
    header(ui, ctx, panel, count);
    let Some((layer, index)) = there else {
        let hint = tr("Select some words and press a label’s key");
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &hint);
        return MarksOutput::default();
    };
    let marks = Marks { text, layer, index };
    let filter = (count > FILTER_FROM).then(|| {
        let (name, hint) = (tr("Filter the marks"), tr("Words, label, answer, flag, note"));
        field::line(ui, ui.scope_id().with("filter"), &mut panel.filter, &name, &hint)
    });
    if filter.is_some() {
        ui.add_space(space::XS);
    } else {
        panel.filter.clear();
    }
    panel.prepare(ctx, &marks, stamps.marks);
    if let Some(filter) = filter {
        panel.cursor.enter_from(ui, &filter, panel.count(&marks));
    }
    list_ui(ui, ctx, panel, &marks)
}

fn header(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut MarksPanel, count: usize) {
    let shown = if panel.filter.trim().is_empty() { count } else { panel.kept.len() };
    let title = tr_with("Marks · %{n}", &[("n", &wording::of_all(shown, count))]);
    let next = tr_with("Then %{order}", &[("order", &tr(panel.order.next().text()))]);
    let order = (&*tr("Order of the marks"), &*tr(panel.order.text()));
    if list::header_ui(ui, ctx.tokens, &title, order).on_hover_text(next).clicked() {
        panel.order = panel.order.next();
    }
}

impl MarksPanel {
    fn is_as_indexed(&self) -> bool {
        self.order == Order::Place && self.filter.trim().is_empty()
    }

    fn prepare(&mut self, ctx: &Ctx<'_>, marks: &Marks<'_>, stamp: u64) {
        let made_for = Some((stamp, self.filter.clone(), self.order));
        if self.is_as_indexed() || self.made_for == made_for {
            return;
        }
        self.made_for = made_for;
        let wanted = self.filter.trim().to_lowercase();
        let codebook = ctx.codebook();
        let fits = |a: &Annotation| {
            let said = wording::said_of(codebook, marks.text, a).to_lowercase();
            wanted.split_whitespace().all(|word| said.contains(word))
        };
        let ids = marks.index.in_order().iter().map(|entry| entry.id);
        self.kept = ids.filter(|id| marks.layer.annotation(*id).is_some_and(|a| fits(a))).collect();
        let of = |id: &AnnotationId| marks.layer.annotation(*id);
        match self.order {
            Order::Place => {}
            Order::Label => self.kept.sort_by_cached_key(|id| {
                let label = of(id).map(|a| &a.label);
                codebook.labels.iter().position(|l| Some(&l.id) == label)
            }),
            Order::Flags => self.kept.sort_by_key(|id| match of(id).and_then(|a| a.flag) {
                Some(Flag::Flag) => 0,
                Some(Flag::Question) => 1,
                None => 2,
            }),
        }
    }

    fn count(&self, marks: &Marks<'_>) -> usize {
        if self.is_as_indexed() { marks.index.in_order().len() } else { self.kept.len() }
    }

    fn row(&self, marks: &Marks<'_>, at: usize) -> Option<AnnotationId> {
        if self.is_as_indexed() { marks.index.in_order().get(at).map(|e| e.id) } else { self.kept.get(at).copied() }
    }

    fn position(&self, marks: &Marks<'_>, id: AnnotationId) -> Option<usize> {
        if self.is_as_indexed() {
            marks.index.position(id, marks.layer.annotation(id)?)
        } else {
            self.kept.iter().position(|kept| *kept == id)
        }
    }

    /// Where to scroll to, where another mark was picked than the last time.
    fn newly_shown(&mut self, ui: &Ui, ctx: &Ctx<'_>, marks: &Marks<'_>) -> Option<f32> {
        let picked = ctx.session.focus().picked;
        if self.shown == picked {
            return None;
        }
        self.shown = picked;
        let row = self.position(marks, picked?)?;
        list::row_into_view(ui, "marks", row, size::ROW)
    }

    /// Where to scroll to, where a key moves the focus to another row.
    fn moved(&mut self, ui: &Ui, ctx: &Ctx<'_>, marks: &Marks<'_>, count: usize) -> Option<f32> {
        if focus::enters(ui, Part::Marks.place(), ui.available_rect_before_wrap()) {
            let picked = ctx.session.focus().picked.and_then(|id| self.position(marks, id));
            self.cursor.enter(picked.unwrap_or_default());
        }
        let row = self.cursor.step(ui, count, (ui.available_height() / size::ROW) as usize)?;
        list::row_into_view(ui, "marks", row, size::ROW)
    }
}

fn list_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut MarksPanel, marks: &Marks<'_>) -> MarksOutput {
    let mut output = MarksOutput::default();
    let count = panel.count(marks);
    if count == 0 {
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &tr("Nothing like it is said of a mark"));
        return output;
    }
    let mut scroll = ScrollArea::vertical().id_salt("marks").auto_shrink(false);
    let moved = panel.moved(ui, ctx, marks, count);
    if let Some(offset) = panel.newly_shown(ui, ctx, marks).or(moved) {
        scroll = scroll.vertical_scroll_offset(offset);
    }
    scroll.show_viewport(ui, |ui, view| {
        ui.set_height(count as f32 * size::ROW + space::M);
        let origin = ui.min_rect().min;
        let width = ui.available_width();
        let first = (view.top() / size::ROW).floor().max(0.0) as usize;
        let end = ((view.bottom() / size::ROW).ceil().max(0.0) as usize).min(count);
        for at in first..end {
            let Some(id) = panel.row(marks, at) else { continue };
            let Some(annotation) = marks.layer.annotation(id) else { continue };
            let place = origin + Vec2::new(0.0, at as f32 * size::ROW);
            let rect = Rect::from_min_size(place, Vec2::new(width, size::ROW));
            let sense = panel.cursor.sense(at, &(first..end));
            let response = row_ui(ui, ctx, marks, (id, annotation), (rect, sense), &mut output);
            panel.cursor.follow(ui, at, &response);
        }
    });
    output
}

fn row_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    marks: &Marks<'_>,
    (id, annotation): (AnnotationId, &Annotation),
    (rect, sense): (Rect, Sense),
    output: &mut MarksOutput,
) -> Response {
    let is_picked = ctx.session.focus().picked == Some(id);
    let response = ui.interact(rect, ui.scope_id().with(id.0.as_u64()), sense);
    let paragraph = marks.text.paragraph_at(annotation.fragments.first().start());
    let number = format!("¶{}", marks.text.paragraph_number(paragraph).unwrap_or(paragraph + 1));
    response.widget_info(|| {
        let name = wording::mark_name(ctx.codebook(), marks.text, annotation);
        WidgetInfo::selected(Role::ListItem, true, is_picked, format!("{name}, {number}"))
    });
    list::paint_ground(ui, ctx.tokens, rect.expand2(Vec2::new(space::XS, 0.0)), &response, Ground::Plain);
    paint_row(ui, ctx, marks, annotation, rect, is_picked.into(), number);
    if response.clicked() {
        output.picked = Some(id);
    }
    if response.hovered() {
        output.hovered = Some(id);
    }
    response
}

fn paint_row(
    ui: &Ui,
    ctx: &Ctx<'_>,
    marks: &Marks<'_>,
    annotation: &Annotation,
    rect: Rect,
    picked: Chosen,
    number: String,
) {
    let (painter, tokens, middle) = (ui.painter(), ctx.tokens, rect.center().y);
    if let Some(label) = ctx.codebook().label(&annotation.label) {
        let center = pos2(rect.left() + size::BADGE / 2.0, middle);
        badge::paint_badge(painter, center, &label.initials, tokens.label(label.color));
    }
    let place = pos2(rect.right() - space::XS, middle);
    let number = painter.text(place, Align2::RIGHT_CENTER, number, fonts::plain(size::SMALL), tokens.soft_ink);
    let mut right = number.left() - space::XS;
    match annotation.flag {
        Some(Flag::Flag) => {
            glyph::paint_flag(painter, pos2(right - 4.0, middle), tokens.warning);
            right -= space::L;
        }
        Some(Flag::Question) => {
            let font = fonts::strong(size::TEXT);
            painter.text(pos2(right, middle), Align2::RIGHT_CENTER, "?", font, tokens.warning);
            right -= space::M;
        }
        None => {}
    }
    let left = rect.left() + size::BADGE + space::M;
    let font = match picked {
        Chosen::Yes => fonts::serif_strong(size::LIST_WORDS),
        Chosen::No => fonts::serif(size::LIST_WORDS),
    };
    let words = wording::words_of(marks.text, annotation);
    let galley = words::elided(painter, &words, font, tokens.ink, right - left - space::S);
    galley.paint_beside(painter, pos2(left, middle));
}
