//! What comparing articles comes to: the statements that some of them share, what stands in one alone, and what they
//! have word for word. It is worked out over a snapshot, by whoever has a thread for it; nothing here draws.

use super::{carried::carried, grouping::grouped};
use crate::{
    compare::{Confidence, Form, Kind, Match, Prepared, marks_of, statements},
    diagnostic::Diagnostic,
    model::{ArticleId, Project, RelationId},
    text::{ByteRange, Fragments, Phrase, Text},
};

/// Articles and what they share. Articles are named by their place in [`Comparison::articles`].
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    pub(super) articles: Vec<ArticleId>,
    pub(super) statements: Vec<Statement>,
    /// Of each article its quotations, without their marks, in order.
    pub(super) quotations: Vec<Vec<ByteRange>>,
    /// Of each article the words that it has from another one, or another one from it; sorted and disjoint.
    pub(super) carried: Vec<Vec<ByteRange>>,
}

/// A statement that several articles share.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Where each article has it; `None` where it has not.
    pub places: Vec<Option<Fragments>>,
    /// How the articles’ wordings go with each other, two by two.
    pub pairs: Vec<Pair>,
}

/// A statement in two articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The articles.
    pub of: [usize; 2],
    /// Its words in each.
    pub at: [Fragments; 2],
    pub likeness: Likeness,
    pub kind: Kind,
    pub confidence: Confidence,
    /// What speaks for it; `None` where somebody has related the marks by hand.
    pub why: Option<Phrase>,
    /// The relation that joins marks at these places.
    pub relation: Option<RelationId>,
}

/// How two wordings go with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    Verbatim,
    Truncated,
    Altered,
    Paraphrased,
    /// They cannot both be true.
    Contradicted,
}

impl Likeness {
    /// The forms of a same statement, in the order of their keys.
    pub const FORMS: [Self; 4] = [Self::Verbatim, Self::Truncated, Self::Altered, Self::Paraphrased];

    /// English, for the screen’s door.
    pub fn text(self) -> &'static str {
        match self {
            Self::Verbatim => "Verbatim",
            Self::Truncated => "Truncated",
            Self::Altered => "Altered",
            Self::Paraphrased => "Paraphrased",
            Self::Contradicted => "Contradicted",
        }
    }

    /// The word for it in a codebook.
    pub fn id(self) -> &'static str {
        match self {
            Self::Verbatim => Form::Verbatim.name(),
            Self::Truncated => Form::Truncated.name(),
            Self::Altered => Form::Altered.name(),
            Self::Paraphrased => Form::Paraphrased.name(),
            Self::Contradicted => "contradicts",
        }
    }
}

impl From<Form> for Likeness {
    fn from(form: Form) -> Self {
        match form {
            Form::Verbatim => Self::Verbatim,
            Form::Truncated => Self::Truncated,
            Form::Altered => Self::Altered,
            Form::Paraphrased => Self::Paraphrased,
        }
    }
}

impl Pair {
    pub(super) fn proposed(of: [usize; 2], found: Match) -> Self {
        Self {
            of,
            at: [found.a, found.b],
            likeness: found.form.into(),
            kind: found.kind,
            confidence: found.confidence,
            why: Some(found.why),
            relation: None,
        }
    }
}

/// Compares articles of a project two by two; articles that are not read have nothing. `step` is called before each part
/// of the work.
///
/// # Errors
/// What `step` says, such as that it was cancelled.
pub fn compared(
    project: &Project,
    articles: Vec<ArticleId>,
    mut step: impl FnMut() -> Result<(), Diagnostic>,
) -> Result<Comparison, Diagnostic> {
    let mut prepared: Vec<Option<Prepared>> = Vec::new();
    for id in &articles {
        step()?;
        prepared.push(project.text(id).map(|text| Prepared::new(text, marks_of(project, id))));
    }
    let mut pairs = Vec::new();
    for (b, other) in prepared.iter().enumerate() {
        for (a, one) in prepared[..b].iter().enumerate() {
            step()?;
            let (Some(one), Some(other)) = (one, other) else { continue };
            if articles[a] != articles[b] {
                pairs.extend(statements(one, other).into_iter().map(|found| Pair::proposed([a, b], found)));
            }
        }
    }
    step()?;
    let texts: Vec<Option<&Text>> = articles.iter().map(|id| project.text(id)).collect();
    let carried = carried(&texts);
    let inner = |text: &Text| text.quotations().iter().map(|quotation| quotation.inner).collect();
    let quotations = texts.iter().map(|text| text.map(inner).unwrap_or_default()).collect();
    let statements = grouped(pairs, articles.len());
    Ok(Comparison { articles, statements, quotations, carried })
}

/// How many steps comparing so many articles takes.
pub fn steps(articles: usize) -> usize {
    articles + articles * articles.saturating_sub(1) / 2 + 1
}
