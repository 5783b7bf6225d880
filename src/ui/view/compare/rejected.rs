//! What was said not to be the same statement in the articles that stand side by side. It draws nothing.

use crate::{
    command::{
        Command,
        statement::{NotSame, StatementCommand, Words},
    },
    compare::{Rejected, beginning},
    model::{ArticleId, Project},
    text::Fragments,
};

/// Of a statement’s words so many bytes are enough for a line.
const LONGEST: usize = 120;

/// What was rejected of one statement: the pairs that have a place in common.
#[derive(Clone, Debug, Default)]
pub struct RejectedStatement {
    /// The articles of each pair, with the words.
    pairs: Vec<[(ArticleId, Fragments); 2]>,
}

impl RejectedStatement {
    /// What is rejected of these articles, put together to statements.
    pub fn all(rejected: &Rejected, articles: &[ArticleId]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for pair in rejected.among(articles) {
            match all.iter_mut().find(|own| own.has_a_place_of(&pair)) {
                Some(own) => own.pairs.push(pair),
                None => all.push(Self { pairs: vec![pair] }),
            }
        }
        all
    }

    fn has_a_place_of(&self, pair: &[(ArticleId, Fragments); 2]) -> bool {
        self.pairs.iter().flatten().any(|place| pair.contains(place))
    }

    /// The command that lets it be proposed again.
    pub fn proposed_again(&self) -> Command {
        let words = |(article, place): &(ArticleId, Fragments)| Words::new(article.clone(), place);
        let pairs = self.pairs.iter().map(|[one, other]| NotSame { one: words(one), other: words(other) });
        Command::Statement(StatementCommand::ProposeAgain(pairs.collect()))
    }

    /// The wording of the first article.
    pub fn said(&self, project: &Project) -> String {
        let first = self.pairs.first().map(|pair| &pair[0]);
        let said = first.and_then(|(article, place)| Some(beginning(place, project.text(article)?, LONGEST)));
        said.unwrap_or_default()
    }
}
