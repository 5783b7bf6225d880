//! What formats keep of a project, by kinds of data, so that an export can say beforehand what will be lost.

/// What an annotation project has that a format may keep or lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keeps {
    /// The article’s text.
    Text,
    /// Title, outlet, byline, date, language, address.
    Metadata,
    /// More than one fragment for a mark.
    Fragments,
    /// Marks that lie inside or across each other.
    Overlaps,
    /// Answers to what labels ask.
    Attributes,
    /// Notes on marks and relations.
    Notes,
    /// Flags and questions.
    Flags,
    /// What others have remarked.
    Comments,
    /// How a mark or a relation came to be.
    Origin,
    /// How sure its annotator is.
    Confidence,
    /// Relations within an article.
    Relations,
    /// Relations that join several articles.
    RelationsAcrossArticles,
    /// What was said not to be the same statement.
    Rejections,
    /// Answers about the article as a whole.
    Answers,
    /// How far the work has come.
    Status,
    /// Who said what.
    Annotators,
}
