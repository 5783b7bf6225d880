//! The parts of the window around the page: each reads, draws, and pushes commands.

pub mod articles;
pub mod bottom_bar;
pub mod conflicts;
pub mod definition;
pub mod doing;
pub mod history;
mod history_row;
pub mod inspector;
pub mod marks;
pub mod menus;
pub mod messages;
pub mod related;
pub mod relations;
pub mod set_aside;
pub mod top_bar;
mod versions;
pub mod wording;

use egui::Ui;

use super::{kit::focus, wish::Wish};
use crate::command::Command;

/// Wishes to run a command, as views push them.
pub fn run(out: &mut Vec<Wish>, command: Command) {
    out.push(Wish::Run(command));
}

/// The parts of the window that the focus of the keyboard moves among, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Menus,
    /// The list on the left.
    List,
    Page,
    /// The dock below the page.
    Concordance,
    Inspector,
    Marks,
    Labels,
    Messages,
}

impl Part {
    /// As [`focus`] counts the parts.
    pub const fn place(self) -> u8 {
        self as u8
    }

    /// Says that the part is drawn here; its first widget takes the focus that is moved to it.
    pub fn begins(self, ui: &Ui) {
        focus::part(ui, self.place());
    }
}

/// What changed in the project since it was opened, counted, so that panels know when to read it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    /// The list of articles, their stories and what is known of them.
    pub articles: u64,
    /// What is said of articles as a whole, such as their status.
    pub answers: u64,
    /// The marks of the open article, or which one is open.
    pub marks: u64,
    /// Relations, and what they join.
    pub relations: u64,
}
