//! The concordance: words in all articles, each in its line, in a dock below the page; and an audit of words that
//! are marked here and not there. What is ticked is marked in one step.
//!
//! It changes nothing. A search goes on for a bounded number of bytes in a frame, so that the page stays at hand, and
//! asks for what has not been read; that is read elsewhere, and searched when it is there.

mod asked;
mod controls;
mod dock;
mod marking;
mod row;
mod state;
mod table;
mod ticked;

pub use dock::concordance_ui;
pub use state::Concordance;
