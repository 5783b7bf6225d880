//! What fills the window, and what comes up over it: each reads, draws, and pushes commands.

pub mod annotate;
pub mod codebook;
pub mod welcome;
