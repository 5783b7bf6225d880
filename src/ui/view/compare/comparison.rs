//! What comparing articles comes to: the statements that some of them share, what stands in one alone, and what they
//! have word for word. It is worked out over a snapshot, by whoever has a thread for it; nothing here draws.

use super::{
    carried::carried,
    grouping::grouped,
    statement::{Pair, Statement},
};
use crate::{
    compare::{Prepared, marks_of, statements},
    diagnostic::Diagnostic,
    model::{ArticleId, Project},
    text::{ByteRange, Text},
};

/// Articles and what they share. Articles are named by their place in `articles`.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    pub(super) articles: Vec<ArticleId>,
    pub(super) statements: Vec<Statement>,
    /// Of each article its quotations, without their marks, in order.
    pub(super) quotations: Vec<Vec<ByteRange>>,
    /// Of each article the words that it has from another one, or another one from it; sorted and disjoint.
    pub(super) carried: Vec<Vec<ByteRange>>,
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
