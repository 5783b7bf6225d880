//! Quotations by their marks, in the styles of the world's newspapers. It reads marks and the words that say who speaks,
//! not meaning: scare quotes and titles are quotations too.

mod attribution;
mod dialogue;
mod found;
mod mark;
mod pairs;
mod paragraph;
mod passage;

pub use found::{OpenedBy, Quotation};
pub use paragraph::quotations;
pub use passage::passage_around;
