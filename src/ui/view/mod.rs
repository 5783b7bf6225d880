//! What fills the window, and what comes up over it: each reads, draws, and pushes commands.

pub mod annotate;
pub mod codebook;
pub mod welcome;

use super::page::Pattern;
use crate::model::LinePattern;

/// How the page draws a label's line.
fn drawn(pattern: LinePattern) -> Pattern {
    match pattern {
        LinePattern::Solid => Pattern::Solid,
        LinePattern::Dashed => Pattern::Dashed,
        LinePattern::Dotted => Pattern::Dotted,
        LinePattern::Double => Pattern::Double,
        LinePattern::Wavy => Pattern::Wavy,
    }
}
