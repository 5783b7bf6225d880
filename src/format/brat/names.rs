//! Words that reader and writer share.

/// The role of the mark that is an event’s trigger.
pub const TRIGGER: &str = "Trigger";
/// The role of all members of a `*`.
pub const MEMBER: &str = "Member";
/// The kind of note that is a note; others are attributes.
pub const NOTE: &str = "AnnotatorNotes";
pub const ANNOTATION_CONF: &str = "annotation.conf";
pub const VISUAL_CONF: &str = "visual.conf";
