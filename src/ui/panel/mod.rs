//! The parts of the window around the page: each reads, draws, and pushes commands.

pub mod articles;
pub mod bottom_bar;
pub mod inspector;
pub mod marks;
pub mod menus;
pub mod messages;
pub mod related;
pub mod relations;
pub mod top_bar;
pub mod wording;

use super::wish::Wish;
use crate::command::Command;

/// Wishes to run a command, as views push them.
pub fn run(out: &mut Vec<Wish>, command: Command) {
    out.push(Wish::Run(command));
}

/// What changed in the project since it was opened, counted, so that panels know when to read it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    /// The list of articles, their stories and what is known of them.
    pub articles: u64,
    /// The marks of the open article, or which one is open.
    pub marks: u64,
    /// Relations, and what they join.
    pub relations: u64,
}
