//! One, or several, of a few: segments of one bar where they fit, pills in rows where they don't.
//!
//! A bar of segments says that one of them holds; pills say that each stands for itself. What is too wide for the
//! room becomes pills, so that no word is cut.

use egui::{
    CornerRadius, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    accesskit::Role,
    pos2,
    text::{LayoutJob, TextFormat},
};

use super::{
    button::Chosen,
    focus,
    words::{self, Words},
};
use crate::ui::theme::{LabelLook, Tokens, fonts, size, space};

/// One of the choices.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// What it is called to those who cannot see it.
    pub name: &'a str,
    /// What is read on it, translated already.
    pub text: &'a str,
    /// Whether it holds now.
    pub state: Chosen,
    /// The key that chooses it, where keys are shown.
    pub key: Option<char>,
}

/// How a chosen one stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// As what the pointer is over, its words stronger: for switches and states.
    #[default]
    Quiet,
    /// In a label's own colour: for answers.
    Label(LabelLook),
}

/// How many may be chosen. Of several, a click on a chosen one takes it off; what becomes of the click is the caller’s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Exactly one, as with radio buttons: told so to those who cannot see it.
    One,
    /// Any number, none as well, as with boxes to tick.
    Several,
}

/// Shows the choices over the width there is, quietly; gives the index of the one that was clicked. Each has an id of its own
/// under `id`, and Tab stops at each.
pub fn choices_ui(ui: &mut Ui, tokens: &Tokens, id: Id, among: Among, choices: &[Choice<'_>]) -> Option<usize> {
    filled_choices_ui(ui, tokens, id, (among, Fill::Quiet), choices)
}

/// The same with chosen ones that stand out as they are told to.
pub fn filled_choices_ui(
    ui: &mut Ui,
    tokens: &Tokens,
    id: Id,
    (among, fill): (Among, Fill),
    choices: &[Choice<'_>],
) -> Option<usize> {
    let labels: Vec<_> = choices.iter().map(|c| text(ui, tokens, fill, c)).collect();
    let widths: Vec<f32> = labels.iter().map(|g| g.size().x + 2.0 * PAD).collect();
    let room = ui.available_width();
    let fits = among == Among::One && widths.iter().sum::<f32>() <= room;
    let places = if fits { segments(ui, &widths) } else { pills(ui, &widths) };
    if fits {
        paint_bar(ui, tokens, &places);
    }
    let (mut clicked, mut focused) = (None, None);
    for (at, ((choice, words), rect)) in choices.iter().zip(labels).zip(&places).enumerate() {
        let response = ui.interact(*rect, id.with(at), Sense::click());
        let chosen = choice.state == Chosen::Yes;
        let role = if among == Among::One { Role::RadioButton } else { Role::CheckBox };
        response.widget_info(|| WidgetInfo::selected(role, ui.is_enabled(), chosen, choice.name));
        paint_ground(ui, tokens, *rect, &response, (choice.state, fill), fits);
        let corner = rect.center() - words.size() / 2.0;
        words.paint(ui.painter(), corner);
        if response.clicked() {
            clicked = Some(at);
        }
        if response.has_focus() {
            focused = Some(*rect);
        }
    }
    if fits {
        let whole = places.iter().fold(Rect::NOTHING, |all, r| all.union(*r));
        let stroke = tokens.edge();
        ui.painter().rect_stroke(whole, CornerRadius::same(size::RADIUS), stroke, StrokeKind::Inside);
    }
    if let Some(rect) = focused {
        focus::paint_ring(ui, tokens, rect);
    }
    clicked
}

/// One of a few values, each as (value, name, text); gives the one that was clicked.
pub fn one_of<T: Copy + PartialEq>(
    ui: &mut Ui,
    tokens: &Tokens,
    id: Id,
    now: T,
    all: &[(T, impl AsRef<str>, impl AsRef<str>)],
) -> Option<T> {
    let mut choices = Vec::with_capacity(all.len());
    for (value, name, text) in all {
        let state = Chosen::from(*value == now);
        choices.push(Choice { name: name.as_ref(), text: text.as_ref(), state, key: None });
    }
    choices_ui(ui, tokens, id, Among::One, &choices).map(|at| all[at].0)
}

/// Left and right of a choice's text, in points.
const PAD: f32 = 7.0;

/// The text of a choice, the letter of its key underlined; a key that is no letter of it stands before it.
fn text(ui: &Ui, tokens: &Tokens, fill: Fill, choice: &Choice<'_>) -> Words {
    let (font, color) = match (choice.state, fill) {
        (Chosen::Yes, Fill::Quiet) => (fonts::strong(size::TEXT), tokens.ink),
        (Chosen::Yes, Fill::Label(look)) => (fonts::strong(size::TEXT), look.on_line),
        (Chosen::No, _) => (fonts::plain(size::TEXT), tokens.soft_ink),
    };
    if words::needs_engine(choice.text) {
        let spelled = choice.key.map_or_else(|| choice.text.to_owned(), |key| format!("{key} {}", choice.text));
        return words::whole(ui.painter(), &spelled, font, color);
    }
    let plain = TextFormat::simple(font, color);
    let marked = TextFormat { underline: Stroke::new(1.5 * size::LINE, color), ..plain.clone() };
    let mut job = LayoutJob::default();
    let place =
        choice.key.and_then(|k| choice.text.char_indices().find(|(_, c)| c.to_lowercase().eq(k.to_lowercase())));
    match (choice.key, place) {
        (None, _) => job.append(choice.text, 0.0, plain),
        (Some(_), Some((at, letter))) => {
            let end = at + letter.len_utf8();
            job.append(&choice.text[..at], 0.0, plain.clone());
            job.append(&choice.text[at..end], 0.0, marked);
            job.append(&choice.text[end..], 0.0, plain);
        }
        (Some(key), None) => {
            job.append(&key.to_string(), 0.0, marked);
            job.append(choice.text, space::XS, plain);
        }
    }
    Words::by_egui(ui.painter().layout_job(job), color)
}

/// Places side by side over the whole width, what is left over shared among them.
fn segments(ui: &mut Ui, widths: &[f32]) -> Vec<Rect> {
    let room = ui.available_width();
    let (whole, _) = ui.allocate_exact_size(Vec2::new(room, size::FIELD), Sense::hover());
    let spare = (room - widths.iter().sum::<f32>()) / widths.len().max(1) as f32;
    let mut x = whole.left();
    let place = |width: &f32| {
        let left = x;
        x += width + spare;
        Rect::from_min_max(pos2(left.round(), whole.top()), pos2(x.round(), whole.bottom()))
    };
    widths.iter().map(place).collect()
}

/// Places one after the other, in a new row where there is no more room.
fn pills(ui: &mut Ui, widths: &[f32]) -> Vec<Rect> {
    let room = ui.available_width();
    let (height, gap) = (size::FIELD - space::XS, space::XS);
    let origin = ui.cursor().min;
    // The first row stands in the middle of a field's height, beside its name.
    let (mut x, mut y) = (0.0, (size::FIELD - height) / 2.0);
    let mut places = Vec::new();
    for width in widths.iter().map(|w| w.min(room)) {
        if x > 0.0 && x + width > room {
            (x, y) = (0.0, y + height + gap);
        }
        places.push(Rect::from_min_size(origin + Vec2::new(x, y), Vec2::new(width, height)));
        x += width + gap;
    }
    ui.allocate_exact_size(Vec2::new(room, y + height), Sense::hover());
    places
}

/// The ground of the bar that segments stand on.
fn paint_bar(ui: &Ui, tokens: &Tokens, places: &[Rect]) {
    let whole = places.iter().fold(Rect::NOTHING, |all, r| all.union(*r));
    ui.painter().rect_filled(whole, CornerRadius::same(size::RADIUS), tokens.bar);
}

/// The ground of one choice. Segments (`joined`) show the bar where nothing is to be said; pills have an edge.
fn paint_ground(
    ui: &Ui,
    tokens: &Tokens,
    rect: Rect,
    response: &Response,
    (state, fill): (Chosen, Fill),
    joined: bool,
) {
    let radius = CornerRadius::same(size::RADIUS);
    let fill = match (state, fill) {
        (Chosen::Yes, Fill::Quiet) => tokens.hover,
        (Chosen::Yes, Fill::Label(look)) => look.line,
        (Chosen::No, _) if response.hovered() => tokens.hover,
        (Chosen::No, _) => tokens.bar,
    };
    if state == Chosen::Yes || response.hovered() || !joined {
        ui.painter().rect_filled(rect, radius, fill);
    }
    let stroke = if joined { Stroke::NONE } else { tokens.edge() };
    ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
}
