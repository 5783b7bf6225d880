//! Leaving with work that is not saved: it is tried again, goes to another folder, or is left because the user says so.
//! Nothing is lost by Enter or Esc.
//!
//! The card comes up when the window is to close, or another project to be opened, and the saver has not written
//! everything. What undo could bring back would be gone, so that this is one of the few questions that are asked at
//! all.

use egui::{RichText, Ui};

use super::{
    around::{Around, Outcome},
    card::{CardPosition, over},
};
use crate::{
    diagnostic::Diagnostic,
    ui::{
        kit::{form, words},
        theme::{Tokens, fonts, size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// The card, which is brought up to date while it is open.
pub(super) struct Unsaved {
    /// How many changes are in memory alone.
    changes: usize,
    /// Why they could not be saved; `None` while it is still being tried.
    why: Option<Diagnostic>,
    /// Whether the card has been drawn: in its first frame the safest button takes the focus.
    began: bool,
}

/// Width of the card, in points: four buttons stand side by side.
const WIDTH: f32 = 560.0;

impl Unsaved {
    /// For so many unsaved changes; `why` is what kept them from being saved, `None` while they are being saved.
    pub fn of(changes: usize, why: Option<Diagnostic>) -> Self {
        Self { changes, why, began: false }
    }

    /// Takes over how it stands now, without closing the card.
    pub fn update(&mut self, changes: usize, why: Option<Diagnostic>) {
        (self.changes, self.why) = (changes, why);
    }

    /// Draws the card. Esc and a click beside it cancel the closing; *Try again* keeps the card until it is known
    /// what came of it.
    pub fn ui(&mut self, around: Around<'_>) -> Outcome {
        let heading = "Not everything is saved";
        let wish = over(around.egui, around.tokens, (heading, CardPosition::Middle), WIDTH, |ui| {
            ui.label(RichText::new(tr(heading)).font(fonts::strong(size::HEADING)));
            ui.add_space(space::S);
            self.reason(ui, around.tokens);
            ui.add_space(space::L);
            self.buttons(ui, around.tokens)
        });
        match wish {
            // Esc, or a click beside it.
            None => Outcome::Done(vec![Wish::Stay]),
            // The card stays until it is known what came of it.
            Some(Some(Wish::SaveNow)) => Outcome::Wishes(vec![Wish::SaveNow]),
            Some(Some(wish)) => Outcome::Done(vec![wish]),
            Some(None) => Outcome::Stay,
        }
    }

    /// How many changes are at stake, and why they are not saved.
    fn reason(&self, ui: &mut Ui, tokens: &Tokens) {
        let count = tr!("{n} change is only in this window|{n} changes are only in this window", n = self.changes);
        words::paragraph_ui(ui, &count, fonts::plain(size::TEXT), tokens.ink);
        ui.add_space(space::S);
        let Some(why) = &self.why else {
            words::paragraph_ui(
                ui,
                &tr("They are being saved; the disk is slow"),
                fonts::plain(size::TEXT),
                tokens.ink,
            );
            return;
        };
        words::paragraph_ui(ui, &phrase(&why.message), fonts::strong(size::TEXT), tokens.danger);
        for hint in &why.hints {
            words::paragraph_ui(ui, &phrase(hint), fonts::plain(size::TEXT), tokens.soft_ink);
        }
        if let Some(place) = why.location.phrase() {
            words::paragraph_ui(ui, &phrase(&place), fonts::plain(size::SMALL), tokens.soft_ink);
        }
    }

    /// *Leave without saving* stands apart on the left; *Try again* has the focus, so that Enter keeps everything.
    fn buttons(&mut self, ui: &mut Ui, tokens: &Tokens) -> Option<Wish> {
        let mut wish = None;
        form::line(ui, |ui| {
            if form::danger_button(ui, tokens, &tr("Leave without saving")).clicked() {
                wish = Some(Wish::LeaveUnsaved);
            }
            let texts = [
                (tr("Cancel"), fonts::plain(size::TEXT)),
                (tr("Save elsewhere…"), fonts::plain(size::TEXT)),
                (tr("Try again"), fonts::strong(size::TEXT)),
            ];
            // Tab goes to them as they stand, so that they are laid out from left to right.
            let width = |(text, font): &(std::borrow::Cow<'_, str>, egui::FontId)| {
                let text = ui.painter().layout_no_wrap(text.to_string(), font.clone(), tokens.ink);
                text.size().x + 2.0 * ui.spacing().button_padding.x
            };
            let all = texts.iter().map(width).sum::<f32>() + 2.0 * ui.spacing().item_spacing.x;
            ui.add_space(ui.available_width() - all);
            if form::button(ui, &texts[0].0).clicked() {
                wish = Some(Wish::Stay);
            }
            if form::button(ui, &texts[1].0).clicked() {
                wish = Some(Wish::Ask(crate::command::Ask::SaveElsewhere));
            }
            let again = form::primary_button(ui, tokens, &texts[2].0);
            if !std::mem::replace(&mut self.began, true) {
                again.request_focus();
            }
            if again.clicked() {
                wish = Some(Wish::SaveNow);
            }
        });
        wish
    }
}
