//! What every view is given to read: the session, the theme, and how the saving stands.

use super::{settings::Settings, theme::Tokens};
use crate::{model::Codebook, session::Session};

/// How the saving stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is on the disk.
    #[default]
    Saved,
    Saving,
    /// A file could not be written; the messages say which and why.
    Failed,
    /// The project can't be written here, or somebody else has it open.
    ReadOnly,
}

/// What a view reads. It changes nothing: it pushes commands.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    pub session: &'a Session,
    pub tokens: &'a Tokens,
    pub settings: &'a Settings,
    pub save: SaveState,
}

impl<'a> Ctx<'a> {
    pub fn codebook(&self) -> &'a Codebook {
        self.session.project().codebook()
    }
}
