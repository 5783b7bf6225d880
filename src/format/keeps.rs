//! What formats keep of a project, by kinds of data, so that an export can say beforehand what will be lost.

/// What an annotation project has that a format may keep or lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keeps {
    Text,
    Metadata,
    /// More than one fragment for a mark.
    Fragments,
    Overlaps,
    Attributes,
    Notes,
    Flags,
    Comments,
    Origin,
    Confidence,
    Relations,
    RelationsAcrossArticles,
    Answers,
    Status,
    Annotators,
}
