//! What is being written in a field and is not yet a command: one command when the writing ends.
//!
//! The command is made as the field is drawn, and names what the field is of. So whatever is shown by the time the
//! writing ends, it changes that and nothing else.
//!
//! Only one field has the focus, so that there is at most one draft. A view that goes away while something is being
//! written takes the command by [`Drafts::end`]: nothing that was typed is lost.

use egui::{Id, Key, Rect, Response, Ui};

use crate::{
    command::Command,
    ui::{kit::field, panel::run, wish::Wish},
};

/// The text of the one field that has the focus, and what becomes of it. View state.
#[derive(Debug, Default)]
pub struct Drafts {
    /// `None` while no field has the focus.
    open: Option<Draft>,
    /// A press of the pointer in here does not end the writing: the completions of a target stand there. In points of
    /// the screen.
    spare: Option<Rect>,
}

/// A text that is being written and is not in the project yet.
#[derive(Debug)]
struct Draft {
    field: Id,
    text: String,
    /// What would be done if the writing ended now; `None` while the text is what it was.
    command: Option<Command>,
}

/// A field to write in, as the card describes it in each frame.
pub struct Writing<'a> {
    /// Which field it is, the same from frame to frame.
    pub field: Id,
    /// What screen readers, and tests, call the field.
    pub name: &'a str,
    /// Shown in soft ink while the field is empty.
    pub hint: &'a str,
    pub rows: Rows,
    /// What stands there until something else is written.
    pub now: &'a str,
    /// Makes the command from the text without white space at its ends; called in every frame while the text differs
    /// from `now`.
    pub command: &'a dyn Fn(&str) -> Command,
}

/// How many lines a field has, and with it what Enter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Enter ends the writing.
    One,
    /// Enter begins a new line; Ctrl+Enter ends the writing.
    Several,
}

impl Drafts {
    /// Shows the field, and runs its command when the writing ends: by Enter, when the focus leaves, on a press
    /// elsewhere, or when the field comes back after having been away without its focus.
    ///
    /// Escape takes back what was written. A text that is what it was makes no command, and so no step of undo.
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

    /// Whether the pointer was pressed outside the field and outside what belongs to it. Egui would notice one frame
    /// later, when what was pressed has already changed what is picked.
    fn pressed_beside(&self, ui: &Ui, response: &Response) -> bool {
        let pressed = ui.input(|i| i.pointer.any_pressed().then(|| i.pointer.interact_pos()).flatten());
        pressed.is_some_and(|at| !response.rect.contains(at) && !self.spare.is_some_and(|spare| spare.contains(at)))
    }

    /// What is written in a field so far; `None` where that field is not being written in.
    pub fn text_of(&self, field: Id) -> Option<&str> {
        self.open.as_ref().filter(|draft| draft.field == field).map(|draft| draft.text.as_str())
    }

    /// Puts another text into the field that is being written in, with the command for it; does nothing where no
    /// field is.
    pub fn replace(&mut self, text: &str, command: Command) {
        if let Some(draft) = &mut self.open {
            text.clone_into(&mut draft.text);
            draft.command = Some(command);
        }
    }

    /// Says where a press belongs to the field, such as on its completions; `None` where nothing is shown beside it.
    pub fn spare(&mut self, rect: Option<Rect>) {
        self.spare = rect;
    }

    /// Drops what is being written without doing it, as when a completion was taken instead.
    pub fn forget(&mut self) {
        self.open = None;
        self.spare = None;
    }

    /// Ends the writing from outside, as when the window closes or the view changes; gives what is still to be done.
    pub fn end(&mut self) -> Option<Command> {
        self.open.take()?.command
    }
}
