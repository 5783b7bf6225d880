//! The card that every dialog is: a heading, the fields, and two buttons, of which the second confirms.
//!
//! Esc or a click beside the card leaves. Enter confirms, except in a field of several lines, where it breaks the line
//! and Ctrl+Enter (Cmd+Enter on a Mac) confirms.

use std::borrow::Cow;

use egui::{Context, CornerRadius, FontId, Id, Key, Margin, Modal, Modifiers, RichText, Ui};

use crate::ui::{
    kit::form::{self, Form, FormState},
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
    /// Cancel, Esc, or a click beside the card. Nothing that was written is kept.
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
        let answer = over(egui, tokens, (self.heading, CardPosition::Middle), self.width, |ui| {
            ui.label(RichText::new(tr(self.heading)).font(fonts::strong(size::HEADING)));
            ui.add_space(space::S);
            let mut form = Form::asking(tokens, state);
            fields(ui, &mut form);
            ui.add_space(space::M);
            let answer = buttons(ui, tokens, self.confirm);
            let bare = !had_focus && ui.input(|i| i.key_pressed(Key::Enter));
            // The modifiers of the key itself: those of the frame may be let go of again.
            let held = ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
            let entered = form.was_entered() || entered_at_choice || bare || held;
            if answer == CardAnswer::Stay && entered { CardAnswer::Confirm } else { answer }
        })
        .unwrap_or(CardAnswer::Leave);
        if answer == CardAnswer::Confirm {
            state.try_it();
        }
        answer
    }
}

/// Cancel, and the one that confirms, at the right edge of the card. Their width is measured first, as Tab goes
/// through them in the order in which they are drawn.
fn buttons(ui: &mut Ui, tokens: &Tokens, confirm: &str) -> CardAnswer {
    let (cancel, confirm) = (tr("Cancel"), tr(confirm));
    form::line(ui, |ui| {
        // Tab goes to them as they stand, so that they are laid out from left to right.
        let texts = [(&cancel, fonts::plain(size::TEXT)), (&confirm, fonts::strong(size::TEXT))];
        let width = |(text, font): (&Cow<'_, str>, FontId)| {
            let text = ui.painter().layout_no_wrap(text.to_string(), font, tokens.ink);
            text.size().x + 2.0 * ui.spacing().button_padding.x
        };
        let both = texts.map(width).iter().sum::<f32>() + ui.spacing().item_spacing.x;
        ui.add_space(ui.available_width() - both);
        let left = form::button(ui, &cancel).clicked();
        let confirmed = form::primary_button(ui, tokens, &confirm).clicked();
        match (confirmed, left) {
            (true, _) => CardAnswer::Confirm,
            (_, true) => CardAnswer::Leave,
            _ => CardAnswer::Stay,
        }
    })
}

/// Where on the screen a card comes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CardPosition {
    /// Centred; what grows, grows to both sides.
    Middle,
    /// Its upper edge stays where it is while it grows and shrinks.
    Top,
}

/// Draws `content` on a card over everything else, with the rest of the window dimmed. `width` is that of the
/// content, in points.
///
/// `None` where it was left with Esc or a click beside it. `name` tells the cards apart and must be the same from
/// frame to frame.
pub(super) fn over<R>(
    egui: &Context,
    tokens: &Tokens,
    (name, place): (&str, CardPosition),
    width: f32,
    content: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let id = Id::unique(("dialog", name));
    let area = match place {
        CardPosition::Middle => Modal::default_area(id),
        CardPosition::Top => Modal::default_area(id).anchor(egui::Align2::CENTER_TOP, egui::vec2(0.0, 4.0 * space::XL)),
    };
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
    (!shown.should_close()).then_some(shown.inner)
}
