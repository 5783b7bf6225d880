//! Finding words and expressions in texts, marked or not. It reads what it is handed and knows no clock: whoever
//! searches a lot says how many bytes to go on for, and calls again.

mod ahead;
pub mod audit;
mod marks;
mod matcher;
mod scan;

pub use marks::{Marked, Marks, MarksFilter};
pub use matcher::{Case, Edges, Hits, Kind, Matcher, Pattern, whole_paragraphs};
pub use scan::{Found, Hit, Query, Scan, Step};
