//! What stands on a poster: the articles, and their statements in the order in which they are numbered.

use crate::{
    compare::{Attributions, Comparison, Likeness, Statement, Statements},
    model::{AnnotatorId, ArticleId, Metadata, Project},
    phrase,
    text::{Phrase, Text, phrase::Value},
};

/// Which statements are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// What somebody has accepted, and what was proposed.
    #[default]
    All,
    /// What somebody has accepted.
    Accepted,
}

/// What a poster shows of some articles of a project.
#[derive(Debug)]
pub struct Poster<'p> {
    /// From left to right.
    pub(super) articles: Vec<Column<'p>>,
    /// Those that several articles have, then those that stand in one alone.
    pub(super) entries: Vec<Entry>,
    /// How many statements were proposed and are not shown.
    pub(super) hidden: usize,
    /// The story that all articles belong to.
    story: Option<&'p str>,
    pub(super) project: &'p Project,
    /// The articles, and whose marks and relations are read.
    pub(super) ids: Vec<ArticleId>,
    pub(super) annotators: Vec<AnnotatorId>,
}

/// An article.
#[derive(Debug)]
pub(super) struct Column<'p> {
    pub metadata: &'p Metadata,
    pub text: &'p Text,
    pub attributions: Attributions,
}

/// A statement, with the number that it has in every column.
#[derive(Debug)]
pub(super) struct Entry {
    pub number: usize,
    pub statement: Statement,
    pub standing: Standing,
}

/// How sure it is that articles share a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Somebody has said so of all its wordings.
    Accepted,
    /// Somebody has said so of some of its wordings.
    AcceptedInPart,
    Proposed,
    /// One article alone has it.
    Alone,
}

impl<'p> Poster<'p> {
    /// Gathers what these articles share as a comparison has found it and as annotators have related it. Articles that
    /// are not read are left out.
    pub fn new(
        project: &'p Project,
        comparison: &Comparison,
        (articles, annotators): (&[ArticleId], &[AnnotatorId]),
        which: Which,
    ) -> Self {
        let read = articles.iter().filter(|id| project.article(id).is_some() && project.text(id).is_some());
        let ids: Vec<ArticleId> = read.cloned().collect();
        let column = |id: &ArticleId| {
            let metadata = &project.article(id)?.metadata;
            let attributions = Attributions::of(project, id, annotators);
            Some(Column { metadata, text: project.text(id)?, attributions })
        };
        let columns: Vec<Column<'p>> = ids.iter().filter_map(column).collect();
        let statements = Statements::of(comparison, &ids, project, annotators);
        let proposed = statements.all.iter().take(statements.shared).filter(|s| !has_accepted(s)).count();
        let hidden = if which == Which::Accepted { proposed } else { 0 };
        let shown = statements.all.into_iter().filter_map(|statement| match which {
            Which::All => Some(statement),
            Which::Accepted => accepted(statement),
        });
        let entry =
            |(statement, number): (Statement, usize)| Entry { number, standing: Standing::of(&statement), statement };
        let entries = shown.zip(1..).map(entry).collect();
        let stories: Vec<_> = columns.iter().map(|column| column.metadata.story.as_ref()).collect();
        let story = stories.first().copied().flatten().filter(|first| stories.iter().all(|own| *own == Some(*first)));
        let story = story.and_then(|id| project.story(id)).map(|story| story.name.as_str());
        Self { articles: columns, entries, hidden, story, project, ids, annotators: annotators.to_vec() }
    }

    /// “Harbour bridge: 3 reports compared”.
    pub(super) fn title(&self) -> Phrase {
        let reports = phrase!("{n} report compared|{n} reports compared", n = self.articles.len());
        match self.story {
            Some(story) => phrase!("{story}: {reports}", story, reports),
            None => reports,
        }
    }

    /// How many statements there are of which sort.
    pub(super) fn counts(&self) -> Phrase {
        let count = |is: fn(&Entry) -> bool| self.entries.iter().filter(|entry| is(entry)).count();
        let alone = count(Entry::is_alone);
        let shared = self.entries.len() - alone;
        let shared = match shared {
            0 => phrase!("These reports share no statement that is shown here"),
            n => phrase!("{n} statement in more than one report|{n} statements in more than one report", n),
        };
        let parts = [
            Some(shared),
            some(count(Entry::is_proposed), |n| phrase!("{n} of them not confirmed|{n} of them not confirmed", n)),
            some(alone, |n| phrase!("{n} quotation in one report alone|{n} quotations in one report alone", n)),
            some(self.hidden, |n| phrase!("{n} proposal is not shown|{n} proposals are not shown", n)),
        ];
        Phrase::list(parts.into_iter().flatten().map(Value::from)).unwrap_or_else(|| phrase!("Nothing is shown"))
    }

    /// What a column is called: its outlet, or the title of an article that says none.
    pub(super) fn name(&self, column: usize) -> &'p str {
        let metadata = self.articles[column].metadata;
        if metadata.outlet.is_empty() { &metadata.title } else { &metadata.outlet }
    }
}

impl Entry {
    pub fn is_alone(&self) -> bool {
        self.standing == Standing::Alone
    }

    /// Whether somebody has accepted it, in some wordings at least.
    pub fn is_accepted(&self) -> bool {
        matches!(self.standing, Standing::Accepted | Standing::AcceptedInPart)
    }

    /// Whether nobody has accepted it, in no wording.
    pub fn is_proposed(&self) -> bool {
        self.standing == Standing::Proposed
    }
}

impl Standing {
    fn of(statement: &Statement) -> Self {
        match statement {
            statement if statement.pairs.is_empty() => Self::Alone,
            statement if statement.is_accepted() => Self::Accepted,
            statement if has_accepted(statement) => Self::AcceptedInPart,
            _ => Self::Proposed,
        }
    }
}

/// A phrase for a number, unless it is none.
fn some(n: usize, phrase: impl Fn(usize) -> Phrase) -> Option<Phrase> {
    (n > 0).then(|| phrase(n))
}

fn has_accepted(statement: &Statement) -> bool {
    statement.pairs.iter().any(|pair| pair.relation.is_some())
}

/// What is accepted of a statement: the wordings that were related. What stands in one article alone stays.
fn accepted(mut statement: Statement) -> Option<Statement> {
    if statement.pairs.is_empty() {
        return Some(statement);
    }
    statement.pairs.retain(|pair| pair.relation.is_some());
    for (column, place) in statement.places.iter_mut().enumerate() {
        if !statement.pairs.iter().any(|pair| pair.of.contains(&column)) {
            *place = None;
        }
    }
    (!statement.pairs.is_empty()).then_some(statement)
}

/// English words for how a wording goes with the fullest one.
pub(super) fn form(likeness: Likeness) -> Phrase {
    Phrase::plain(likeness.text())
}
