//! What formats keep of a project, by kinds of data: what the table of formats, the list of losses, the dialog and the
//! documentation are made from.

use crate::text::Phrase;

/// What an annotation project has that a format may keep or lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keeps {
    /// The article’s text.
    Text,
    /// Outlet, byline, date, language, address and story.
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
    /// Relations with more or fewer than two members.
    ManyMembers,
    /// Relations that have a relation as a member.
    RelationsOfRelations,
    /// Answers to what kinds of relation ask.
    RelationAttributes,
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

impl Keeps {
    /// In the order of tables and lists.
    pub const ALL: [Self; 19] = [
        Self::Text,
        Self::Metadata,
        Self::Fragments,
        Self::Overlaps,
        Self::Attributes,
        Self::Notes,
        Self::Flags,
        Self::Comments,
        Self::Origin,
        Self::Confidence,
        Self::Relations,
        Self::ManyMembers,
        Self::RelationsOfRelations,
        Self::RelationAttributes,
        Self::RelationsAcrossArticles,
        Self::Rejections,
        Self::Answers,
        Self::Status,
        Self::Annotators,
    ];

    /// All but rejections, which are of proposals and say nothing of an article.
    pub const DATA: [Self; 18] = [
        Self::Text,
        Self::Metadata,
        Self::Fragments,
        Self::Overlaps,
        Self::Attributes,
        Self::Notes,
        Self::Flags,
        Self::Comments,
        Self::Origin,
        Self::Confidence,
        Self::Relations,
        Self::ManyMembers,
        Self::RelationsOfRelations,
        Self::RelationAttributes,
        Self::RelationsAcrossArticles,
        Self::Answers,
        Self::Status,
        Self::Annotators,
    ];

    /// Its stable name, in kebab case, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Metadata => "metadata",
            Self::Fragments => "fragments",
            Self::Overlaps => "overlaps",
            Self::Attributes => "attributes",
            Self::Notes => "notes",
            Self::Flags => "flags",
            Self::Comments => "comments",
            Self::Origin => "origin",
            Self::Confidence => "confidence",
            Self::Relations => "relations",
            Self::ManyMembers => "many-members",
            Self::RelationsOfRelations => "relations-of-relations",
            Self::RelationAttributes => "relation-attributes",
            Self::RelationsAcrossArticles => "relations-across-articles",
            Self::Rejections => "rejections",
            Self::Answers => "answers",
            Self::Status => "status",
            Self::Annotators => "annotators",
        }
    }

    /// So many of them, for a list of what is lost: “3 marks with a note”.
    pub fn counted(self, n: usize) -> Phrase {
        let pattern = match self {
            Self::Text => "the text of {n} article|the text of {n} articles",
            Self::Metadata => {
                "outlet, byline, date, address or story of {n} article|\
                               outlet, byline, date, address or story of {n} articles"
            }
            Self::Fragments => "{n} mark in several fragments|{n} marks in several fragments",
            Self::Overlaps => "{n} mark that overlaps another|{n} marks that overlap another",
            Self::Attributes => "attributes of {n} mark|attributes of {n} marks",
            Self::Notes => "{n} note on a mark or relation|{n} notes on marks or relations",
            Self::Flags => "{n} flag or question|{n} flags or questions",
            Self::Comments => "the comments on {n} mark|the comments on {n} marks",
            Self::Origin => "the origin of {n} mark or relation|the origin of {n} marks or relations",
            Self::Confidence => "the confidence of {n} mark|the confidence of {n} marks",
            Self::Relations => "{n} relation|{n} relations",
            Self::ManyMembers => "{n} relation without exactly two members|{n} relations without exactly two members",
            Self::RelationsOfRelations => {
                "{n} relation with a relation as a member|{n} relations with a relation as a member"
            }
            Self::RelationAttributes => "attributes of {n} relation|attributes of {n} relations",
            Self::RelationsAcrossArticles => "{n} relation across articles|{n} relations across articles",
            Self::Rejections => "{n} rejected proposal|{n} rejected proposals",
            Self::Answers => "{n} answer about an article|{n} answers about articles",
            Self::Status => "the status of {n} layer|the status of {n} layers",
            Self::Annotators => "who marked, in {n} layer|who marked, in {n} layers",
        };
        Phrase::new(pattern, [("n", n.into())])
    }
}
