//! Everything the window shows, put together: the app, the dialogs over it, and what is dropped or pasted on it.
//!
//! It still opens nothing: what is left to do outside comes back as wishes.

use egui::{Event, Ui};

use super::{app::App, dialog::Dialogs, pace::Pace, wish::Wish};
use crate::{
    command::Ask,
    session::{InMemory, Run},
};

/// The window's contents.
pub struct Shell<R = InMemory> {
    /// The views, and what they remember.
    pub app: App<R>,
    /// The dialogs over them; at most one is open.
    pub dialogs: Dialogs,
    pace: Pace,
}

impl<R: Run> Shell<R> {
    /// Over an app, with no dialog open.
    pub fn new(app: App<R>) -> Self {
        Self { app, dialogs: Dialogs::default(), pace: Pace::default() }
    }

    /// Leaves of the window’s input what the next frame can tell apart, and nothing while a dialog is opening: what is
    /// typed after the key that opens it belongs to it. Gives whether more is waiting for a frame.
    pub fn pace(&mut self, events: &mut Vec<Event>) -> bool {
        if self.dialogs.is_opening() { self.pace.hold(events) } else { self.pace.take(events) }
    }

    /// Draws a frame, and hands out what only the outside can do, in order.
    pub fn frame(&mut self, ui: &mut Ui) -> Vec<Wish> {
        self.take_paste(ui);
        let mut wishes = dropped(ui);
        self.app.frame(ui);
        let tokens = self.app.tokens().clone();
        self.dialogs.ui(ui.ctx(), self.app.ctx().as_ref(), &tokens, &self.app.settings, &mut wishes);
        self.app.grant(wishes);
        let wishes = self.app.take_wishes();
        let was_open = self.dialogs.is_open();
        let left = wishes.into_iter().filter_map(|wish| self.show(wish)).collect();
        if self.dialogs.is_open() != was_open {
            ui.request_repaint();
        }
        left
    }

    /// Opens what is a dialog; gives back what is not.
    fn show(&mut self, wish: Wish) -> Option<Wish> {
        match wish {
            Wish::Ask(ask) => {
                self.dialogs.compared = self.app.compared();
                self.dialogs.open(&ask, self.app.ctx().as_ref());
            }
            Wish::Overlay(view) => {
                self.dialogs.keys_of = self.app.keys_of();
                self.dialogs.open_view(&view, self.app.ctx().as_ref(), &self.app.settings);
            }
            other => return Some(other),
        }
        None
    }

    /// Text pasted outside of a field is an article to add.
    fn take_paste(&mut self, ui: &Ui) {
        if self.dialogs.is_open() || ui.ctx().text_edit_focused() || self.app.session().is_none() {
            return;
        }
        let mut pasted = None;
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Paste(text) => {
                    pasted = Some(text.clone());
                    false
                }
                _ => true,
            });
        });
        if let Some(text) = pasted {
            self.dialogs.open_paste(text);
        }
    }

    /// Asks who marks, where nobody has said so yet.
    pub fn ask_annotator(&mut self) {
        self.dialogs.open(&Ask::Annotator, self.app.ctx().as_ref());
    }
}

/// Files and folders dropped on the window.
fn dropped(ui: &Ui) -> Vec<Wish> {
    let files = ui.input(|input| input.raw.dropped_files.clone());
    let paths: Vec<String> =
        files.iter().map(|file| file.path().to_string_lossy().into_owned()).filter(|path| !path.is_empty()).collect();
    if paths.is_empty() { Vec::new() } else { vec![Wish::AddPaths(paths)] }
}
