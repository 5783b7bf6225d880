//! Finding words and expressions in texts, marked or not. It reads what it is handed and knows no clock: whoever
//! searches a lot says how many bytes to go on for, and calls again.

pub mod audit;
mod find;
mod marks;
mod matcher;
mod scan;
mod walk;

pub use find::Finder;
pub use marks::{Marked, Marks, MarksFilter};
pub use matcher::{Case, Edges, Kind, Matcher, Pattern};
pub use scan::{ArticleHits, Hit, Query, Scan};
pub use walk::Advance;
