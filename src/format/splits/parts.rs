//! What a split is asked for, and what it came to.

use std::{collections::BTreeMap, str::FromStr};

use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, LabelId},
    phrase,
    text::Phrase,
};

/// How articles are to be parted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitOptions {
    /// Of train, dev and test, in the order of [`Part::ALL`]; only what they are to each other counts.
    pub shares: [u32; 3],
    /// What stays together besides near duplicates, which always do.
    pub together: Vec<Together>,
    pub seed: u64,
}

/// What of an article is kept in one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    /// Articles of a story.
    Story,
    /// Articles of an outlet.
    Source,
}

/// A part of a split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Train,
    Dev,
    Test,
}

impl Part {
    pub const ALL: [Self; 3] = [Self::Train, Self::Dev, Self::Test];

    /// As folders and files are named.
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Dev => "dev",
            Self::Test => "test",
        }
    }
}

impl Together {
    /// The one of this name on the command line.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn named(name: &str) -> Result<Self, Diagnostic> {
        match name {
            "story" => Ok(Self::Story),
            "source" => Ok(Self::Source),
            _ => Err(Diagnostic::error("bad-split", phrase!("Articles can’t be kept together by “{name}”", name))
                .hint("Use story or source; near duplicates stay together always")),
        }
    }
}

/// Shares as `80/10/10` or `80/20`, which is train and test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares(pub [u32; 3]);

impl FromStr for Shares {
    type Err = Diagnostic;

    fn from_str(words: &str) -> Result<Self, Diagnostic> {
        let bad = || {
            Diagnostic::error(
                "bad-split",
                phrase!("“{words}” does not say how much goes to train, dev and test", words),
            )
            .hint("Write three numbers, such as 80/10/10, or two for train and test")
        };
        let parts: Vec<u32> =
            words.split('/').map(|n| n.trim().parse()).collect::<Result<_, _>>().map_err(|_why| bad())?;
        let shares = match parts.as_slice() {
            [train, dev, test] => [*train, *dev, *test],
            [train, test] => [*train, 0, *test],
            _ => return Err(bad()),
        };
        let is_usable = shares.iter().all(|share| *share <= 1_000_000) && shares.iter().any(|share| *share > 0);
        if is_usable { Ok(Self(shares)) } else { Err(bad()) }
    }
}

/// Where each article goes, and what that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Splits {
    pub parts: BTreeMap<ArticleId, Part>,
    pub report: SplitReport,
}

/// What a split came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SplitReport {
    /// In the order of [`Part::ALL`].
    pub parts: [PartReport; 3],
    /// Groups of articles that stay together, those of one article among them.
    pub groups: usize,
    /// Pairs of articles with nearly the same words.
    pub near_duplicates: usize,
    /// What a random split of the same articles, with the same shares and seed, would have torn apart.
    pub leaks: Leaks,
}

/// What is in a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartReport {
    pub articles: usize,
    /// Marks of each label.
    pub labels: BTreeMap<LabelId, usize>,
}

/// What lies on both sides of a split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leaks {
    /// Stories with articles in more than one part.
    pub stories: usize,
    /// Outlets with articles in more than one part.
    pub sources: usize,
    /// Pairs of near duplicates in two parts.
    pub near_duplicates: usize,
}

impl SplitReport {
    /// Its lines, for people.
    pub fn lines(&self) -> Vec<Phrase> {
        let total: usize = self.parts.iter().map(|part| part.articles).sum();
        let mut lines = Vec::new();
        for (part, found) in Part::ALL.into_iter().zip(&self.parts) {
            let (name, n) = (part.name(), found.articles);
            let percent = (n * 100 + total / 2).checked_div(total).unwrap_or_default();
            let labels: Vec<String> = found.labels.iter().map(|(label, n)| format!("{label} {n}")).collect();
            let labels = if labels.is_empty() { "–".to_owned() } else { labels.join(", ") };
            lines.push(phrase!(
                "{name}: {n} article ({percent} %); {labels}|{name}: {n} articles ({percent} %); {labels}",
                n,
                name,
                percent = percent.to_string(),
                labels
            ));
        }
        lines.push(phrase!(
            "{n} group stays together, with {pairs} near-duplicate pairs|\
             {n} groups stay together, with {pairs} near-duplicate pairs",
            n = self.groups,
            pairs = self.near_duplicates.to_string()
        ));
        let Leaks { stories, sources, near_duplicates } = self.leaks;
        lines.push(phrase!(
            "A random split would have torn apart stories: {stories}, sources: {sources}, near-duplicate pairs: {pairs}",
            stories = stories.to_string(),
            sources = sources.to_string(),
            pairs = near_duplicates.to_string()
        ));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_people_write_them() {
        assert_eq!("80/10/10".parse(), Ok(Shares([80, 10, 10])));
        assert_eq!("4/1".parse(), Ok(Shares([4, 0, 1])));
        for bad in ["", "80", "80/10/5/5", "a/b", "0/0/0", "-1/2/3", "99999999999/1/1"] {
            assert!(bad.parse::<Shares>().is_err(), "{bad}");
        }
    }
}
