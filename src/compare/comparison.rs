//! What comparing several articles of a project comes to: the statements that some of them share, what stands between
//! quotation marks, and what they have word for word. It is worked out over a snapshot, by whoever has a thread for it.

use super::{
    carried::carried,
    grouping::grouped,
    marked::marks_of,
    prepared::Prepared,
    rejected::Rejected,
    statement::{Statement, StatementPair},
    statements,
};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, Project},
    text::{ByteRange, Text},
};

/// Articles and what they share. Articles are named by their place in `articles`.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    pub articles: Vec<ArticleId>,
    /// The texts that were compared; `None` of an article that was not read.
    pub texts: Vec<Option<Text>>,
    /// Those that several articles share, in no order.
    pub statements: Vec<Statement>,
    /// Of each article its quotations, without their marks, in order.
    pub quotations: Vec<Vec<ByteRange>>,
    /// Of each article the words that it has from another one, or another one from it; sorted and disjoint.
    pub carried: Vec<Vec<ByteRange>>,
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
                pairs.extend(statements(one, other).into_iter().map(|found| StatementPair::proposed([a, b], found)));
            }
        }
    }
    step()?;
    let texts: Vec<Option<&Text>> = articles.iter().map(|id| project.text(id)).collect();
    let carried = carried(&texts);
    let inner = |text: &Text| text.quotations().iter().map(|quotation| quotation.inner).collect();
    let quotations = texts.iter().map(|text| text.map(inner).unwrap_or_default()).collect();
    let statements = grouped(pairs, articles.len());
    let texts = texts.into_iter().map(Option::<&Text>::cloned).collect();
    Ok(Comparison { articles, texts, statements, quotations, carried })
}

impl Comparison {
    /// The same without what is rejected: a statement keeps the articles that still belong together.
    #[must_use]
    pub fn without(&self, rejected: &Rejected) -> Self {
        let mut left = self.clone();
        for statement in &mut left.statements {
            let of = |pair: &StatementPair| pair.of.map(|article| &self.articles[article]);
            statement.pairs.retain(|pair| !rejected.has(of(pair), [&pair.at[0], &pair.at[1]]));
            for (article, place) in statement.places.iter_mut().enumerate() {
                place.take_if(|_| !statement.pairs.iter().any(|pair| pair.of.contains(&article)));
            }
        }
        left.statements.retain(|statement| !statement.pairs.is_empty());
        left
    }

    /// Whether one of its articles has another text than here.
    pub fn has_another_text(&self, texts: &[(ArticleId, Text)]) -> bool {
        let mut own = self.articles.iter().zip(&self.texts);
        let another = |(own, text): (&ArticleId, &Option<Text>)| {
            texts.iter().any(|(article, now)| article == own && text.as_ref() != Some(now))
        };
        own.any(another)
    }

    /// Whether it is of these articles with these texts, in their order.
    pub fn is_of(&self, texts: &[(ArticleId, Text)]) -> bool {
        let own = self.articles.iter().zip(self.texts.iter().map(Option::as_ref));
        own.eq(texts.iter().map(|(article, text)| (article, Some(text))))
    }
}

/// How many steps comparing so many articles takes.
pub fn steps(articles: usize) -> usize {
    articles + articles * articles.saturating_sub(1) / 2 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::project;

    #[test]
    fn every_two_articles_are_compared_in_as_many_steps_as_were_said() {
        let weavers = "“Nobody asked the weavers of this valley,” Renner said.";
        let (project, ids) = project(&[weavers, "Rain fell on the way home.", weavers]);
        let mut taken = 0;
        let found = compared(&project, ids.clone(), || {
            taken += 1;
            Ok(())
        });
        let found = found.unwrap();
        assert_eq!(taken, steps(3));
        assert_eq!(found.articles, ids);
        let places = |statement: &Statement| statement.places.iter().map(Option::is_some).collect::<Vec<_>>();
        assert_eq!(found.statements.iter().map(places).collect::<Vec<_>>(), [[true, false, true]]);
        assert_eq!(found.quotations.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 1]);
        assert_eq!(found.carried.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 1]);
    }

    #[test]
    fn it_can_be_cancelled_and_an_article_is_not_compared_with_itself() {
        let (project, ids) = project(&["One and the same text, which is compared with itself."]);
        let twice = vec![ids[0].clone(), ids[0].clone()];
        assert!(compared(&project, twice.clone(), || Ok(())).unwrap().statements.is_empty());
        let cancelled = compared(&project, twice, || Err(Diagnostic::note("cancelled", "Cancelled")));
        assert!(cancelled.is_err());
    }
}
