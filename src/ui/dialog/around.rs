//! What every dialog is given in a frame, and what it comes to.

use crate::ui::{context::Ctx, settings::Settings, theme::Tokens, wish::Wish};

/// What a dialog reads.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub egui: &'a egui::Context,
    pub ctx: Option<&'a Ctx<'a>>,
    pub tokens: &'a Tokens,
    pub settings: &'a Settings,
}

/// What a dialog comes to in a frame.
pub enum Outcome {
    Stay,
    Leave,
    Done(Vec<Wish>),
    /// Wishes for something and stays open.
    Wishes(Vec<Wish>),
}
