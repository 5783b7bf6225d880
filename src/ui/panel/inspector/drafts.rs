//! What is being written in a field and is not yet a command: one command when the writing ends.
//!
//! The command is made as the field is drawn, and names what the field is of. So whatever is shown by the time the
//! writing ends, it changes that and nothing else.

use egui::{Id, Key, Rect, Response, Ui};

use crate::{
    command::Command,
    ui::{kit::field, panel::run, wish::Wish},
};

/// The text of the one field that has the focus. View state.
#[derive(Debug, Default)]
pub struct Drafts {
    open: Option<Draft>,
    /// A press here does not end the writing: completions stand there.
    spare: Option<Rect>,
}

#[derive(Debug)]
struct Draft {
    field: Id,
    text: String,
    /// What would be done if the writing ended now.
    command: Option<Command>,
}

/// A field to write in.
pub struct Writing<'a> {
    pub field: Id,
    pub name: &'a str,
    pub hint: &'a str,
    pub rows: Rows,
    /// What stands there until something else is written.
    pub now: &'a str,
    pub command: &'a dyn Fn(&str) -> Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    One,
    /// Enter begins a new line; Ctrl+Enter ends the writing.
    Several,
}

impl Drafts {
    /// Shows the field, and runs its command when the writing ends: the focus leaves, or Enter, or the focus had left
    /// while the field was not shown. Escape takes back what was written.
    pub fn write_ui(&mut self, ui: &mut Ui, writing: &Writing<'_>, out: &mut Vec<Wish>) -> Response {
        let id = writing.field;
        let kept = self.open.take_if(|draft| draft.field == id);
        let was_open = kept.is_some();
        let mut text = kept.map_or_else(|| writing.now.to_owned(), |draft| draft.text);
        let ends_by_key = writing.rows == Rows::Several
            && ui.memory(|m| m.has_focus(id))
            && ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, Key::Enter));
        let response = match writing.rows {
            Rows::One => field::line(ui, id, &mut text, writing.name, writing.hint),
            Rows::Several => field::lines(ui, id, &mut text, writing.name, writing.hint),
        };
        let given_up = ui.input(|i| i.key_pressed(Key::Escape));
        if ends_by_key {
            response.surrender_focus();
        }
        let is_left = response.lost_focus() || was_open && !response.has_focus();
        let ended = is_left || ends_by_key || response.has_focus() && self.pressed_beside(ui, &response);
        let command = (text.trim() != writing.now).then(|| (writing.command)(text.trim()));
        if ended {
            if let (Some(command), false) = (command, given_up) {
                run(out, command);
            }
        } else if response.has_focus() {
            self.open = Some(Draft { field: id, text, command });
        }
        response
    }

    fn pressed_beside(&self, ui: &Ui, response: &Response) -> bool {
        let pressed = ui.input(|i| i.pointer.any_pressed().then(|| i.pointer.interact_pos()).flatten());
        pressed.is_some_and(|at| !response.rect.contains(at) && !self.spare.is_some_and(|spare| spare.contains(at)))
    }

    /// What is written in a field, while it is being written in.
    pub fn text_of(&self, field: Id) -> Option<&str> {
        self.open.as_ref().filter(|draft| draft.field == field).map(|draft| draft.text.as_str())
    }

    /// Puts another text into the field that is being written in.
    pub fn replace(&mut self, text: &str, command: Command) {
        if let Some(draft) = &mut self.open {
            text.clone_into(&mut draft.text);
            draft.command = Some(command);
        }
    }

    pub fn spare(&mut self, rect: Option<Rect>) {
        self.spare = rect;
    }

    pub fn forget(&mut self) {
        self.open = None;
        self.spare = None;
    }

    /// Ends the writing from outside, as when the window closes.
    pub fn end(&mut self) -> Option<Command> {
        self.open.take()?.command
    }
}
