//! What comparing articles comes to: the statements that some of them share, what stands in one alone, and what they
//! have word for word. It is worked out over a snapshot, by whoever has a thread for it; nothing here draws.

use super::{
    carried::carried,
    grouping::grouped,
    statement::{Pair, Statement},
};
use crate::{
    compare::{Prepared, Rejected, marks_of, statements},
    diagnostic::Diagnostic,
    model::{ArticleId, Project},
    text::{ByteRange, Text},
};

/// Articles and what they share. Articles are named by their place in `articles`.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    pub(super) articles: Vec<ArticleId>,
    /// The texts that were compared; `None` of an article that was not read.
    pub(super) texts: Vec<Option<Text>>,
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
    let texts = texts.into_iter().map(|text| text.cloned()).collect();
    Ok(Comparison { articles, texts, statements, quotations, carried })
}

impl Comparison {
    /// The same without what is rejected: a statement keeps the articles that still belong together.
    pub(super) fn without(&self, rejected: &Rejected) -> Self {
        let mut left = self.clone();
        for statement in &mut left.statements {
            let of = |pair: &Pair| pair.of.map(|article| &self.articles[article]);
            statement.pairs.retain(|pair| !rejected.has(of(pair), [&pair.at[0], &pair.at[1]]));
            for (article, place) in statement.places.iter_mut().enumerate() {
                place.take_if(|_| !statement.pairs.iter().any(|pair| pair.of.contains(&article)));
            }
        }
        left.statements.retain(|statement| !statement.pairs.is_empty());
        left
    }

    /// Whether one of its articles has another text than here.
    pub(super) fn has_another_text(&self, texts: &[(ArticleId, Text)]) -> bool {
        let own = self.articles.iter().zip(&self.texts);
        let another = |(own, text): (&ArticleId, &Option<Text>)| {
            texts.iter().any(|(article, now)| article == own && text.as_ref() != Some(now))
        };
        own.into_iter().any(another)
    }

    /// Whether it is of these texts: the very same in memory, or the same words.
    pub(super) fn is_of(&self, texts: &[(ArticleId, Text)]) -> bool {
        let own = self.articles.iter().zip(self.texts.iter().map(Option::as_ref));
        own.eq(texts.iter().map(|(article, text)| (article, Some(text))))
    }
}

/// How many steps comparing so many articles takes.
pub fn steps(articles: usize) -> usize {
    articles + articles * articles.saturating_sub(1) / 2 + 1
}
