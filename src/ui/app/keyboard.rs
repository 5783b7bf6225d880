//! What the keys of a frame mean. They mean nothing while a dialog or a menu is open, and to a text field that has the
//! focus only those are not left that open something.
//!
//! There are four places for the keys to mean something: a text field (functions keys and the search’s own), the
//! codebook’s editor, the welcome view (nothing that marks), and the page (everything). What is not taken here stays
//! in egui’s events, for widgets.

use egui::{Event, FocusDirection, Key, Modifiers, Popup, Ui};

use super::App;
use crate::{
    command::{Ask, Command, Scene, View},
    model::{Codebook, Project},
    session::{Run, Session},
    ui::{
        keys::{self, Chord, Keymap, Press},
        kit::focus,
        panel::{Part, inspector::Taken, run},
        wish::Wish,
    },
};

impl<R: Run> App<R> {
    /// Takes the keys that mean something out of the frame's events.
    pub(super) fn take_keys(&mut self, ui: &Ui) -> Vec<Wish> {
        self.follow_settings();
        let mut out = Vec::new();
        if is_covered(ui.ctx()) {
            return out;
        }
        if ui.ctx().text_edit_focused() {
            self.take_keys_of_a_field(ui, &mut out);
        } else if let Some(session) = self.session().filter(|_| self.codebook.is_some()) {
            // In the codebook's editor nobody sees the mark that a bare key would act on.
            self.keymap.take_beside_the_page(ui, &session.scene(), &mut out);
        } else if self.session().is_some() {
            self.take_keys_of_the_page(ui, &mut out);
        } else if ui.input(|i| i.events.iter().any(is_of_window)) {
            let nothing = Session::new(Project::new("", Codebook::empty("")));
            self.keymap.take_beside_the_page(ui, &nothing.scene(), &mut out);
        }
        out
    }

    /// Takes over keys that were changed in the settings.
    fn follow_settings(&mut self) {
        if self.mapped.as_ref() != Some(&self.settings.keys) {
            self.keymap = Keymap::new(&self.settings.keys);
            self.mapped = Some(self.settings.keys.clone());
        }
        self.keymap.roles = self.settings.roles();
    }

    /// While a text field has the focus: all keys are the field's but those that lead out of it.
    fn take_keys_of_a_field(&self, ui: &Ui, out: &mut Vec<Wish>) {
        let Some(session) = self.session() else { return };
        let searching = self.annotate.is_search_field(ui.memory(egui::Memory::focused));
        let held = |event: &Event, command: &Command| {
            is_function(event) || searching && is_search(command) || is_of_window(event) && leaves_fields(command)
        };
        self.keymap.take_beside(ui, &session.scene(), held, out);
    }

    /// While one reads and marks: keys are for what is being done on the page, then for commands.
    fn take_keys_of_the_page(&mut self, ui: &Ui, out: &mut Vec<Wish>) {
        let Some(session) = self.runner.as_ref().map(R::session) else { return };
        let (scene, ctx) = (session.scene(), ui.ctx());
        let focused = ctx.memory(egui::Memory::focused);
        let page = self.annotate.page_id().filter(|_| self.compare.shows_pages());
        let mut events = ui.input_mut(|i| std::mem::take(&mut i.events));
        // No text field has the focus, so that what was typed is for nobody else; it must not fall into a field
        // that one of the keys brings the focus to.
        events.retain(|event| !matches!(event, Event::Text(_)));
        self.keymap.read_digits(&mut events, Some(scene.codebook()));
        let was_on_widget = self.held.is_some() && self.held != page && !self.annotate.is_of_search(ctx, self.held);
        if let (Some(page), true) = (page, was_on_widget && focused.is_none()) {
            leave_for_the_page(ui, page, &mut events);
        }
        let on_widget = focused.is_some() && focused != page;
        let (kept, mut free): (Vec<Event>, Vec<Event>) =
            events.into_iter().partition(|event| on_widget && is_of_widgets(event));
        let before = free.len();
        free.retain(|event| match Press::of(event) {
            Some(press) => {
                // What is done in an article waits while it is chosen which ones are seen.
                let is_seen = !self.compare.is_choosing();
                let taken = is_seen && self.annotate.take_key(press, &scene, out) == Taken::Yes;
                !taken && self.compare.take_key(press, session, &mut self.annotate, out) == Taken::No
            }
            None => true,
        });
        self.keymap.take(&mut free, &scene).into_iter().for_each(|command| run(out, command));
        let moves_caret = focused.is_none() && free.iter().any(is_arrow);
        if let (true, Some(page)) = (moves_caret, page) {
            ui.memory_mut(|m| m.request_focus(page));
        }
        if moves_caret || free.len() < before {
            // Egui would move the focus from widget to widget with the same keys.
            ui.memory_mut(|m| m.move_focus(FocusDirection::None));
        }
        ui.input_mut(|i| i.events = kept.into_iter().chain(free).collect());
    }
}

impl<R: Run> App<R> {
    /// Gives the focus back where a dialog, a menu or a list has gone that had it, or the widget itself: to what had
    /// it before, if that is still there, else to the page.
    pub(super) fn give_back_focus(&mut self, ctx: &egui::Context) {
        let was_covered = std::mem::replace(&mut self.covered, is_covered(ctx));
        if self.covered {
            return;
        }
        if let Some(focused) = ctx.memory(egui::Memory::focused) {
            let is_menu = focus::part_of(ctx, focused) == Some(Part::Menus.place());
            self.place = if is_menu { self.place } else { Some(focused) };
            return;
        }
        // Whoever clicks beside a widget means to leave it.
        let is_left = ctx.input(|i| i.pointer.any_pressed() || i.pointer.any_down());
        let is_there = |id: &egui::Id| ctx.read_response(*id).is_some();
        let before = self.place.take().filter(|id| was_covered && is_there(id));
        let page = || self.annotate.page_id().filter(is_there);
        if let (true, Some(id)) = (was_covered || self.held.is_some() && !is_left, before.or_else(page)) {
            ctx.memory_mut(|m| m.request_focus(id));
        }
    }
}

impl<R: Run> App<R> {
    /// The page takes the focus when another article has opened and nothing else has it: who hears the window would be
    /// on its frame. To be called when the views are drawn.
    pub(super) fn begin_on_page(&mut self, ctx: &egui::Context) {
        let open = self.session().and_then(|session| session.focus().article.clone());
        if self.begun == open || is_covered(ctx) {
            return;
        }
        let is_free = ctx.memory(egui::Memory::focused).is_none();
        let page = self.annotate.page_id().filter(|id| ctx.read_response(*id).is_some());
        let Some(page) = page.filter(|_| self.codebook.is_none()) else { return };
        self.begun = open;
        if is_free {
            ctx.memory_mut(|m| m.request_focus(page));
            ctx.request_repaint();
        }
    }
}

/// Whether a dialog or a menu is open.
fn is_covered(ctx: &egui::Context) -> bool {
    ctx.memory(|m| m.top_modal_layer().is_some()) || Popup::is_any_open(ctx)
}

impl Keymap {
    /// Takes the keys of some commands, and leaves all others to the field that has the focus.
    fn take_beside(&self, ui: &Ui, scene: &Scene<'_>, wanted: impl Fn(&Event, &Command) -> bool, out: &mut Vec<Wish>) {
        let events = ui.input_mut(|i| std::mem::take(&mut i.events));
        let mut rest = Vec::with_capacity(events.len());
        for event in events {
            match self.take(&mut vec![event.clone()], scene).pop().filter(|command| wanted(&event, command)) {
                Some(command) => run(out, command),
                None => rest.push(event),
            }
        }
        ui.input_mut(|i| i.events = rest);
    }

    /// The keys that hold while the page is not there to be seen: nothing is marked by them.
    fn take_beside_the_page(&self, ui: &Ui, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let events = ui.input_mut(|i| std::mem::take(&mut i.events));
        let (mut held, mut rest): (Vec<Event>, Vec<Event>) = events.into_iter().partition(is_of_window);
        for command in self.take(&mut held, scene) {
            if keys::holds_beside_the_page(&command) {
                run(out, command);
            }
        }
        rest.extend(held);
        ui.input_mut(|i| i.events = rest);
    }
}

/// Whether a command is one of those that the search field leaves to the window.
fn is_search(command: &Command) -> bool {
    matches!(command, Command::View(View::Find | View::FindNext | View::FindPrevious | View::Concordance))
}

/// What opens beside a field or over it, and edits no text.
fn leaves_fields(command: &Command) -> bool {
    match command {
        Command::Ask(ask) => !matches!(ask, Ask::PasteArticle | Ask::Codebook | Ask::Extent),
        Command::View(view) => matches!(view, View::Commands | View::Find | View::Concordance),
        _ => false,
    }
}

/// F1 and its like write nothing, so that they hold in fields of text too.
fn is_function(event: &Event) -> bool {
    matches!(event, Event::Key { .. }) && Chord::of(event).is_some_and(|chord| chord.is_function())
}

/// Whether a key is one with Ctrl or a function key, which no text field types with.
fn is_of_window(event: &Event) -> bool {
    matches!(event, Event::Key { .. }) && Chord::of(event).is_some_and(|chord| chord.is_of_window())
}

/// Keys by which one moves among widgets, presses them and, in a list, takes all of it.
fn is_of_widgets(event: &Event) -> bool {
    let Event::Key { key, modifiers, .. } = event else { return false };
    if *key == Key::A && modifiers.command {
        return true;
    }
    let plain = !modifiers.command && !modifiers.alt;
    plain && (matches!(key, Key::Tab | Key::Enter | Key::Space) || is_arrow(event))
}

/// Escape takes the focus from a widget; the next thing to work on is the page, and nothing else is let go of.
fn leave_for_the_page(ui: &Ui, page: egui::Id, events: &mut Vec<Event>) {
    let before = events.len();
    events.retain(|event| bare_key(event) != Some(Key::Escape));
    if events.len() < before {
        ui.memory_mut(|m| m.request_focus(page));
    }
}

/// Whether a key moves a caret or a view, held with whatever else.
fn is_arrow(event: &Event) -> bool {
    let arrows = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown];
    let pages = [Key::PageUp, Key::PageDown, Key::Home, Key::End];
    matches!(event, Event::Key { key, pressed: true, .. } if arrows.contains(key) || pages.contains(key))
}

/// The key of an event, if it was pressed with no modifier.
fn bare_key(event: &Event) -> Option<Key> {
    Press::of(event).filter(|press| press.modifiers == Modifiers::NONE).map(|press| press.key)
}
