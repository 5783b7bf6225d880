//! The card that every dialog is: a heading, the fields, and two buttons, of which the second confirms.
//!
//! Esc leaves, and so does a click beside the card, as long as nothing is written in it: then the click does nothing, and
//! Esc asks whether it is to be discarded. Enter confirms, except in a field of several lines, where it breaks the line
//! and Ctrl+Enter (Cmd+Enter on a Mac) confirms.

use egui::{Context, CornerRadius, FontId, Id, Key, Margin, Modal, Modifiers, RichText, Ui};

use crate::ui::{
    kit::{
        form::{self, Form, FormState},
        words,
    },
    theme::{Tokens, fonts, size, space},
    words::tr,
};

/// What a card is about, and what its button says.
pub(super) struct Card<'c> {
    /// English; the card translates it.
    pub heading: &'c str,
    /// What the button says that confirms; English, and a verb with its object rather than “OK”.
    pub confirm: &'c str,
    /// Of what is inside the card, in points; less where the window is narrower.
    pub width: f32,
}

/// What was answered in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CardAnswer {
    /// Neither: the card is shown again in the next frame.
    Stay,
    /// Cancel, or Esc or a click beside the card with nothing written. Nothing that was written is kept.
    Leave,
    /// The card does not know whether the fields are good: the dialog that has them decides whether to stay.
    Confirm,
}

impl<'c> Card<'c> {
    /// A card that asks; both texts are English.
    pub fn new(heading: &'c str, confirm: &'c str) -> Self {
        Self { heading, confirm, width: size::DIALOG }
    }

    /// Shows the card with its fields over everything else.
    ///
    /// Confirming marks the form as tried, so that fields show what is wrong with them from then on and not before.
    pub fn show(
        &self,
        egui: &Context,
        tokens: &Tokens,
        state: &mut FormState,
        fields: impl FnOnce(&mut Ui, &mut Form<'_>),
    ) -> CardAnswer {
        let had_focus = egui.memory(egui::Memory::focused).is_some();
        let entered_at_choice = form::take_enter(egui);
        let asks = state.is_leaving();
        let (pressed, left) = shown(egui, tokens, (self.heading, CardPosition::Middle), self.width, |ui| {
            ui.label(RichText::new(tr(self.heading)).font(fonts::strong(size::HEADING)));
            ui.add_space(space::S);
            let mut form = Form::asking(tokens, state);
            fields(ui, &mut form);
            ui.add_space(space::M);
            if asks {
                return discard_ui(ui, tokens);
            }
            let pressed = buttons(ui, tokens, self.confirm);
            let bare = !had_focus && ui.input(|i| i.key_pressed(Key::Enter));
            // The modifiers of the key itself: those of the frame may be let go of again.
            let held = ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
            let entered = form.was_entered() || entered_at_choice || bare || held;
            if pressed == Pressed::Nothing && entered { Pressed::Confirm } else { pressed }
        });
        match (pressed, left) {
            (Pressed::Leave, _) => CardAnswer::Leave,
            (_, Some(_)) if !state.is_written() => CardAnswer::Leave,
            (Pressed::KeepWriting, _) | (_, Some(Left::ByEscape)) => {
                state.set_leaving(!asks);
                CardAnswer::Stay
            }
            (Pressed::Confirm, None) => {
                state.try_it();
                CardAnswer::Confirm
            }
            (Pressed::Confirm | Pressed::Nothing, _) => CardAnswer::Stay,
        }
    }
}

/// Which of a card’s buttons was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pressed {
    Nothing,
    Leave,
    Confirm,
    KeepWriting,
}

/// The buttons that confirm and leave.
fn buttons(ui: &mut Ui, tokens: &Tokens, confirm: &str) -> Pressed {
    let (cancel, confirm) = (tr("Cancel"), tr(confirm));
    at_right(ui, tokens, (&cancel, &confirm), |ui| {
        let left = form::button(ui, &cancel).clicked();
        let confirmed = form::primary_button(ui, tokens, &confirm).clicked();
        match (confirmed, left) {
            (true, _) => Pressed::Confirm,
            (_, true) => Pressed::Leave,
            _ => Pressed::Nothing,
        }
    })
}

/// Asks whether what was written goes.
fn discard_ui(ui: &mut Ui, tokens: &Tokens) -> Pressed {
    let (discard, keep) = (tr("Discard"), tr("Keep writing"));
    words::paragraph_ui(ui, &tr("Discard what you have written?"), fonts::strong(size::TEXT), tokens.ink);
    at_right(ui, tokens, (&discard, &keep), |ui| {
        let discarded = form::danger_button(ui, tokens, &discard).clicked();
        let kept = form::primary_button(ui, tokens, &keep);
        if ui.memory(|m| m.focused().is_none()) {
            kept.request_focus();
        }
        match (kept.clicked(), discarded) {
            (true, _) => Pressed::KeepWriting,
            (_, true) => Pressed::Leave,
            _ => Pressed::Nothing,
        }
    })
}

/// Two buttons at the right edge of the card, the second in bold; how wide they are is measured first, as Tab goes to them
/// as they stand, so that they are laid out from left to right.
fn at_right<R>(ui: &mut Ui, tokens: &Tokens, texts: (&str, &str), content: impl FnOnce(&mut Ui) -> R) -> R {
    form::line(ui, |ui| {
        let texts = [(texts.0, fonts::plain(size::TEXT)), (texts.1, fonts::strong(size::TEXT))];
        let width = |(text, font): (&str, FontId)| {
            let text = ui.painter().layout_no_wrap(text.to_owned(), font, tokens.ink);
            text.size().x + 2.0 * ui.spacing().button_padding.x
        };
        let both = texts.map(width).iter().sum::<f32>() + ui.spacing().item_spacing.x;
        ui.add_space(ui.available_width() - both);
        content(ui)
    })
}

/// What a card without fields is called, and the way out of it; true where it was taken. The heading is English.
pub(super) fn heading_ui(ui: &mut Ui, heading: &str) -> bool {
    ui.horizontal(|ui| {
        ui.label(RichText::new(tr(heading)).font(fonts::strong(size::HEADING)));
        let at_right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(at_right, |ui| form::button(ui, &tr("Close")).clicked()).inner
    })
    .inner
}

/// Where on the screen a card comes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CardPosition {
    /// Centred; what grows, grows to both sides.
    Middle,
    /// Its upper edge stays where it is while it grows and shrinks.
    Top,
}

/// How a card is left without any of its buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    ByEscape,
    Beside,
}

/// Draws `content` on a card over everything else, with the rest of the window dimmed. `width` is that of the
/// content, in points.
///
/// `None` where it was left with Esc or a click beside it. `name` tells the cards apart and must be the same from
/// frame to frame.
pub(super) fn over<R>(
    egui: &Context,
    tokens: &Tokens,
    place: (&str, CardPosition),
    width: f32,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let (inner, left) = shown(egui, tokens, place, width, content);
    left.is_none().then_some(inner)
}

fn shown<R>(
    egui: &Context,
    tokens: &Tokens,
    (name, place): (&str, CardPosition),
    width: f32,
    content: impl FnOnce(&mut Ui) -> R,
) -> (R, Option<Left>) {
    let id = Id::unique(("dialog", name));
    let area = match place {
        CardPosition::Middle => Modal::default_area(id),
        CardPosition::Top => Modal::default_area(id).anchor(egui::Align2::CENTER_TOP, egui::vec2(0.0, 4.0 * space::XL)),
    };
    let area = area.accessible_name(tr(name));
    let frame = egui::Frame::new()
        .fill(tokens.card)
        .stroke(tokens.edge())
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .shadow(egui.global_style().visuals.window_shadow)
        .inner_margin(Margin::same(20));
    let room = egui.content_rect().size() - egui::Vec2::splat(2.0 * space::XL);
    let shown = Modal::new(id).area(area).backdrop_color(tokens.veil).frame(frame).show(egui, |ui| {
        ui.set_width(width.min(room.x));
        ui.set_max_height(room.y);
        content(ui)
    });
    let is_beside = shown.backdrop_response.clicked();
    let left = shown.should_close().then_some(if is_beside { Left::Beside } else { Left::ByEscape });
    (shown.inner, left)
}
