//! What fills the window, and what comes up over it: each reads, draws, and pushes commands.
//!
//! There is a view at a time: Annotate, Compare, the codebook’s editor, or the welcome view while no project is open. Dialogs,
//! which lie over all of them, have a room of their own.

pub mod annotate;
pub mod codebook;
pub mod compare;
pub mod welcome;

use super::page::Pattern;
use crate::model::LinePattern;

/// The line pattern of a label as the page draws it; two types, as the page knows no codebook.
fn drawn(pattern: LinePattern) -> Pattern {
    match pattern {
        LinePattern::Solid => Pattern::Solid,
        LinePattern::Dashed => Pattern::Dashed,
        LinePattern::Dotted => Pattern::Dotted,
        LinePattern::Double => Pattern::Double,
        LinePattern::Wavy => Pattern::Wavy,
    }
}
