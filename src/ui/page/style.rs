//! How the page behaves. How it looks is the theme's.

use super::source::FarEnds;
pub use crate::ui::theme::{Motion, PageStyle};

/// What a drag with the mouse selects; Alt held while dragging takes the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Snap {
    /// Whole words: nobody has to aim at the first letter.
    #[default]
    Words,
    /// What the pointer passed over, to the character.
    Characters,
}

/// Who acts on Tab while the page has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TabKey {
    /// The focus moves on to the next widget.
    #[default]
    LeavesPage,
    /// The key is left for the caller.
    StaysOnPage,
}

/// Whether a page that the keyboard has brought the focus to shows so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FocusRing {
    #[default]
    Shown,
    /// Where there is nothing else on the screen that could have it.
    Hidden,
}

/// Whether paragraphs have their numbers beside them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    #[default]
    Shown,
    /// Where the margin has no room for them.
    Hidden,
}

/// How the page behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageOptions {
    /// What a drag selects.
    pub snap: Snap,
    /// Whether the view glides to a place and the caret blinks.
    pub motion: Motion,
    /// Where Tab goes.
    pub tab: TabKey,
    pub ring: FocusRing,
    pub far_ends: FarEnds,
    pub numbers: Numbers,
}
