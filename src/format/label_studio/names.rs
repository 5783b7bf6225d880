//! What pieces, controls and tags are called in what Pressmark writes.

/// The piece with the tasks, and the one with the labeling config.
pub const TASKS: &str = "tasks.json";
pub const CONFIG: &str = "config.xml";
/// The control with the labels, and the tag with the text.
pub const LABELS: &str = "label";
pub const TEXT: &str = "text";
