//! Training splits: which articles go to train, to dev and to test, so that nothing that a model has learned from is asked
//! of it again.
//!
//! Articles that tell the same (of one story, from one source, or nearly the same words) stay together; what is together
//! goes where labels and articles are missing most, so that each part has of each label as much as it should; ties are
//! broken by a seed, so that the same articles are always parted in the same way. What a random split of the same articles
//! would have torn apart is counted beside it.
//!
//! Sources: iterative stratification after Sechidis, Tsoumakas, Vlahavas, “On the stratification of multi-label data”, 2011,
//! over groups instead of rows; near duplicates by the share of runs of words that both have (Broder, “On the resemblance
//! and containment of documents”, 1997), estimated from the hashes that a fixed number divides.

mod assign;
mod parts;
mod random;
mod sketch;

pub use assign::split;
pub use parts::{Leaks, Part, Shares, SplitOptions, SplitReport, Splits, Together};
pub use sketch::Sketch;
