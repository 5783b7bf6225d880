//! The parts of the window around the page: each reads, draws, and pushes commands.
//!
//! A panel is a function of the session, the tokens and its own view state. It never changes the project: it pushes
//! `Wish`es, or gives an output where the view has to act. Panels know `query` and `kit`, not each other, but for
//! `related` and `wording`, which say things in words.

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
pub mod spoken;
pub mod top_bar;
mod versions;
pub mod wording;

use egui::Ui;

use super::{
    kit::{access, focus},
    wish::Wish,
    words::tr,
};
use crate::command::Command;

/// Pushes the wish that a command be run.
pub fn run(out: &mut Vec<Wish>, command: Command) {
    out.push(Wish::Run(command));
}

/// The parts of the window among which F6 and Shift+F6 move the focus, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The menus at the top.
    Menus,
    /// The list of articles on the left.
    List,
    /// The text of the article.
    Page,
    /// The dock below the page, where the concordance stands while it is open, and the statement in hand below columns.
    Concordance,
    /// The card of what is picked.
    Inspector,
    /// The list below the card: marks, relations, history or what is set aside.
    Marks,
    /// The chips in the bottom bar.
    Labels,
    /// The messages over the page, where there are any.
    Messages,
}

impl Part {
    /// The part’s number, as [`focus`] counts.
    pub const fn place(self) -> u8 {
        self as u8
    }

    /// Says that the part begins here: the next widget takes the focus when it is moved to this part.
    pub fn begins(self, ui: &Ui) {
        self.is_heard(ui);
        focus::part(ui, self.place());
    }

    /// Gives the part its name for those who hear it, where it takes the focus itself.
    pub fn is_heard(self, ui: &Ui) {
        access::name_part(ui, &tr(self.name()));
    }

    /// What the part is called for those who hear it; English.
    const fn name(self) -> &'static str {
        match self {
            Self::Menus => "Menus",
            Self::List => "Articles",
            Self::Page => "Page",
            Self::Concordance => "Below the page",
            Self::Inspector => "Inspector",
            Self::Marks => "Marks and relations",
            Self::Labels => "Labels",
            Self::Messages => "Messages",
        }
    }
}

/// Counts changes since the project was opened, so that a panel knows when what it has worked out is out of date.
/// Numbers are only compared for being equal.
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
