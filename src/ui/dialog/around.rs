//! What every dialog is given in a frame, and what it comes to.
//!
//! In a file of its own so that no two dialogs need to know each other.

use crate::ui::{context::Ctx, settings::Settings, theme::Tokens, wish::Wish};

/// What a dialog may read. It is copied for each frame.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The window, for input, focus and time.
    pub egui: &'a egui::Context,
    /// The project and what is shown of it; `None` where no project is open.
    pub ctx: Option<&'a Ctx<'a>>,
    /// Colours and strokes of the theme in use.
    pub tokens: &'a Tokens,
    /// The settings as they are kept. A card that changes them works on a copy and wishes for it.
    pub settings: &'a Settings,
}

/// What a dialog comes to in a frame.
pub enum Outcome {
    /// Nothing was decided in this frame.
    Stay,
    /// The card closes and nothing comes of it.
    Leave,
    /// The card closes, and these are carried out in this order.
    Done(Vec<Wish>),
    /// Wishes for something and stays open.
    Wishes(Vec<Wish>),
}
