//! The marks under the pointer, innermost first, on a small card that comes when the pointer rests and goes when
//! anything is done. It changes nothing, says nothing of the picked mark, which the inspector shows, and stands above the
//! line that is pointed at, so that it hides nothing that is read next.

use egui::{
    Align2, Area, CornerRadius, Event, Frame, Id, Margin, Order, Pos2, Rangef, Rect, RichText, Stroke, Ui,
    accesskit::Role, pos2, vec2,
};

use super::source::ArticleSource;
use crate::{
    model::{Annotation, AnnotationId, AttributeId, Uid, Value},
    text::grouped,
    ui::{
        context::Ctx,
        kit::{badge::badge, words},
        panel::wording,
        theme::{fonts, size, space},
        words::tr,
    },
};

/// Seconds that the pointer rests before the card comes.
const DELAY: f32 = 0.6;
/// Seconds after a key without a card: whoever works by keys lets the pointer lie.
const SILENCE: f64 = 0.8;
/// Seconds after which a resting pointer was forgotten: the text has moved under it.
const FORGOTTEN: f32 = 1.2;
/// At most so many marks are listed; the number of the others stands below.
const LISTED: usize = 6;
/// The card may stand above a line that has so much of the page above it, in points.
const ROOM_ABOVE: f32 = 160.0;

/// The marks under the pointer, and whether their card is shown. View state.
#[derive(Debug, Default)]
pub struct Hover {
    /// Ids of the page’s marks, innermost first.
    stack: Vec<u64>,
    /// Where the card came up, in points of the window; `None` while it is not shown.
    at: Option<Pos2>,
    /// When a key or a button was last down, in seconds of egui’s clock. A pointer that has rested since before then
    /// brings no card: the user is doing something else.
    acted: f64,
}

impl Hover {
    /// Takes the marks that the pointer has come over, or none; the card goes away.
    pub fn over(&mut self, stack: Vec<u64>) {
        *self = Self { stack, at: None, acted: self.acted };
    }

    /// Where the card is to be shown, if it is; asks for a frame when the pointer will have rested long enough.
    fn place(&mut self, ui: &Ui) -> Option<Pos2> {
        let is_key = |event: &Event| matches!(event, Event::Key { .. } | Event::Text(_));
        let acts = ui.input(|i| i.pointer.any_down() || !i.keys_down.is_empty() || i.events.iter().any(is_key));
        let now = ui.input(|i| i.time);
        if acts || egui::Popup::is_any_open(ui.ctx()) {
            *self = Self { acted: now, ..Self::default() };
        }
        if self.stack.is_empty() || self.at.is_some() {
            return self.at;
        }
        let (rested, at) = ui.input(|i| (i.pointer.time_since_last_movement(), i.pointer.latest_pos()));
        if rested < DELAY {
            ui.request_repaint_after(std::time::Duration::from_secs_f32(DELAY - rested));
        } else if rested < FORGOTTEN && now - f64::from(rested) > self.acted && now - self.acted > SILENCE {
            self.at = at;
        }
        self.at
    }
}

/// Shows the card once the pointer has rested: above the line that is pointed at, given by its top and bottom, or where
/// there is no room, below it. It takes no clicks.
pub fn stack_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    source: &ArticleSource<'_>,
    hover: &mut Hover,
    (page, line): (Rect, Option<Rangef>),
) {
    let (Some(at), Some(line)) = (hover.place(ui), line) else { return };
    let ids = hover.stack.iter().map(|id| AnnotationId(Uid::from_u64(*id)));
    let marks: Vec<_> = ids.filter(|id| source.picked != Some(*id)).filter_map(|id| source.find(id)).collect();
    if marks.is_empty() {
        return;
    }
    let frame = Frame::NONE
        .fill(ctx.tokens.bar)
        .stroke(Stroke::new(size::LINE, ctx.tokens.line))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(10, 8));
    let area = Area::new(Id::unique("marks under the pointer")).order(Order::Tooltip).interactable(false);
    let is_above = line.min - page.top() > ROOM_ABOVE;
    let (pivot, y) =
        if is_above { (Align2::LEFT_BOTTOM, line.min - space::XS) } else { (Align2::LEFT_TOP, line.max + space::S) };
    let place = area.pivot(pivot).fixed_pos(pos2(at.x - space::XL, y));
    place.constrain_to(page.shrink(space::S)).show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_max_width(size::NOTE);
            ui.spacing_mut().item_spacing = vec2(space::S, space::XS);
            for (whose, mark) in marks.iter().take(LISTED) {
                mark_ui(ui, ctx, source, *whose, mark);
            }
            if marks.len() > LISTED {
                let rest = grouped(marks.len() - LISTED);
                let more = tr!("{n} more", n = &rest);
                ui.label(RichText::new(more).font(fonts::plain(size::SMALL)).color(ctx.tokens.soft_ink));
            }
        });
    });
}

/// A mark on the card: badge, label and words, and below them who marked and what was answered.
fn mark_ui(ui: &mut Ui, ctx: &Ctx<'_>, source: &ArticleSource<'_>, whose: Option<&str>, mark: &Annotation) {
    let label = ctx.codebook().label(&mark.label);
    ui.horizontal(|ui| {
        if let Some(label) = label {
            badge(ui, &label.initials, ctx.tokens.label(label.color));
        }
        let name = label.map_or(mark.label.as_str(), |l| l.name.as_str());
        words::paragraph_ui(ui, name, fonts::strong(size::TEXT), ctx.tokens.ink);
        let words = wording::words_of(source.text, mark);
        words::line_ui(ui, Role::Label, &words, fonts::serif(size::LIST_WORDS), ctx.tokens.ink);
    });
    let answers = answers(ctx, mark);
    let answers = wording::dotted(whose.into_iter().chain([answers.as_str()]));
    if !answers.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(size::BADGE + space::S);
            words::line_ui(ui, Role::Label, &answers, fonts::plain(size::SMALL), ctx.tokens.soft_ink);
        });
    }
}

/// The mark’s answers and its note on one line.
fn answers(ctx: &Ctx<'_>, mark: &Annotation) -> String {
    let asked = ctx.codebook().label(&mark.label).map(|l| l.attributes.as_slice()).unwrap_or_default();
    let answer = |(id, value): (&AttributeId, &Value)| {
        let attribute = asked.iter().find(|a| a.id == *id);
        attribute.map_or_else(|| value.plain(), |attribute| wording::answer(attribute, value))
    };
    let answers: Vec<String> = mark.attributes.iter().map(answer).collect();
    wording::dotted(answers.iter().map(String::as_str).chain([mark.note.as_str()]))
}
