//! A concordance: words in many articles, each hit in a row with what stands around it, in one of several orders.
//!
//! It only reads. It keeps the rows and what is still to be done for them; how a row looks, and what becomes of it, is
//! for whoever shows them.

mod context;
mod results;
mod run;
mod sorting;

pub use context::KeywordInContext;
pub use results::{ConcordanceRow, Group, HitOrder, Results};
pub use run::{Budget, Run, Subject};
