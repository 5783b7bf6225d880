//! What every view is given to read: the session, the theme, how the saving stands, and what can be done.
//!
//! It is made anew in each frame and read only; a view that wants something changed pushes a
//! [`Wish`](super::wish::Wish).

use jiff::tz::TimeZone;

use super::{
    settings::Settings,
    theme::{ThemeChoice, Tokens},
};
use crate::{
    command::{
        Command, View,
        article_order::status_of,
        layer::LayerCommand,
        table::{self, CommandRow},
    },
    diagnostic::Diagnostic,
    model::Codebook,
    session::Session,
};

/// How the saving stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is on the disk.
    #[default]
    Saved,
    /// Something is being written just now.
    Saving,
    /// A file could not be written; the messages say which and why.
    Failed,
    /// The project can't be written here, or somebody else has it open.
    ReadOnly,
}

/// What a view reads. It changes nothing: it pushes commands.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    /// Project, open article, selection and picked mark.
    pub session: &'a Session,
    /// The theme’s colours.
    pub tokens: &'a Tokens,
    /// What the user chose.
    pub settings: &'a Settings,
    /// Shown in the top bar.
    pub save: SaveState,
    /// Whether one went somewhere from where one was.
    pub way_back: WayBack,
    /// Where the user’s clock is, for moments that are shown.
    pub zone: &'a TimeZone,
    /// The switches of the view that are on.
    pub shown: &'a [View],
}

/// Whether there is somewhere to go back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WayBack {
    /// Nothing was left by a jump, or one is back already.
    #[default]
    Nowhere,
    /// One came here by a jump.
    There,
}

impl<'a> Ctx<'a> {
    /// Whether a command can be carried out now.
    ///
    /// # Errors
    /// Why not; shown as its tooltip.
    pub fn available(&self, command: &Command) -> Result<(), Diagnostic> {
        match (command, self.way_back) {
            (Command::View(View::GoBack), WayBack::Nowhere) => Err(nowhere_back()),
            _ => table::available(command, &self.session.scene()),
        }
    }

    /// Whether what a command chooses, or turns on, holds just now.
    pub fn holds(&self, row: &CommandRow) -> bool {
        let settings = self.settings;
        let scene = self.session.scene();
        match (row.command)(&scene) {
            Command::Layer(LayerCommand::Status(status), None) => {
                let open = scene.focus.article.as_ref();
                open.is_some_and(|id| status_of(scene.project, id, scene.annotator) == status)
            }
            Command::View(view) => match view {
                View::LightTheme => settings.theme == ThemeChoice::Light,
                View::DarkTheme => settings.theme == ThemeChoice::Dark,
                View::SystemTheme => settings.theme == ThemeChoice::System,
                View::HighContrast => settings.is_high_contrast(),
                View::Initials => settings.shows_initials(),
                View::Snapping => settings.snap_to_words,
                other => self.shown.contains(&other),
            },
            _ => false,
        }
    }

    /// The open project’s codebook.
    pub fn codebook(&self) -> &'a Codebook {
        self.session.project().codebook()
    }
}

/// Why one can't go back.
pub fn nowhere_back() -> Diagnostic {
    Diagnostic::note("nowhere-back", "There is nowhere to go back to")
        .hint("First press g on a mark to go to its other end, or open a hit in “Find in the project”")
}
