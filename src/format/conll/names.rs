//! What reader and writer share of how files are laid out.

/// The stem of the file with the articles that nobody has marked. No annotator has an id with a `_`.
pub const UNMARKED: &str = "_unmarked";
/// So many levels of marks are in a file.
pub const LEVELS: usize = 3;
