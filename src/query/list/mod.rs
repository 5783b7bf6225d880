//! The rows of lists: which of them pass a filter, and in what order they stand.
//!
//! A list that is shown follows the changes: it costs what has changed, not what there is. It knows nothing of how
//! rows look or are worded; what is said of a row is handed in.

mod filter;
mod history;
mod listing;
mod marks;
mod relations;
#[cfg(test)]
mod tests;

pub use filter::{Filter, Only};
pub use history::{HistoryList, HistorySource};
pub use listing::Listing;
pub use marks::{MarkList, MarkOrder, MarkSource};
pub use relations::{RelationList, RelationOrder, RelationSource};
