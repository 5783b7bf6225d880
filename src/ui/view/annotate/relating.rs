//! Relating as one sees it: the strip over the page, the kinds beside a mark that another was dragged to, and keys and
//! clicks handed on to [`Relating`].
//!
//! The steps themselves (kind, role by role, what may fill it) are `command::relating`, which knows no window.

mod kinds;
mod strip;
mod wording;

use egui::{Key, Modifiers};

pub use crate::command::relating::{Eligible, Next, Relating};
pub use kinds::kinds_at_ui;
pub use strip::strip_ui;

use crate::{
    command::{Command, relating::RelatingKey},
    ui::{keys::Press, panel::run, wish::Wish},
};

/// Hands something on to relating where it is going on; runs the commands that come of it, and ends it where it is
/// done.
pub fn go_on(
    relating: &mut Option<Relating>,
    out: &mut Vec<Wish>,
    with: impl FnOnce(&mut Relating, &mut Vec<Command>) -> Next,
) {
    let mut commands = Vec::new();
    relating.take_if(|relating| with(relating, &mut commands) == Next::Done);
    commands.into_iter().for_each(|command| run(out, command));
}

/// The key as relating knows it; `None` for one that means nothing to it.
pub fn key_of(Press { key, modifiers }: Press) -> Option<RelatingKey> {
    match key {
        Key::Enter if modifiers == Modifiers::SHIFT => Some(RelatingKey::ShiftEnter),
        _ if modifiers != Modifiers::NONE => None,
        Key::Enter => Some(RelatingKey::Enter),
        Key::Backspace => Some(RelatingKey::Backspace),
        Key::Delete => Some(RelatingKey::Delete),
        _ => {
            let name = key.name().to_lowercase();
            let letter = name.chars().next().filter(|c| name.len() == 1 && c.is_ascii_alphanumeric());
            letter.map(RelatingKey::Letter)
        }
    }
}
