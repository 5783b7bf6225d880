//! The rows of the list: stories with what they hold, as far as they are unfolded, and their articles, as far as these
//! are to be shown.

use std::collections::BTreeSet;

use crate::{
    command::article_order::{listed_in, status_of},
    model::{ArticleId, Metadata, Status, StoryId},
    query::list::Filter,
    ui::{context::Ctx, words::tr},
};

/// Which articles the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArticlesShown {
    /// Every article; the default.
    #[default]
    All,
    /// To do, or in progress.
    NotDone,
    /// Those of one status.
    Only(Status),
    /// Those with marks that lack a required answer, as far as that is known.
    Incomplete,
}

impl ArticlesShown {
    /// In the order of the menu.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::NotDone,
        Self::Only(Status::ToDo),
        Self::Only(Status::InProgress),
        Self::Only(Status::Done),
        Self::Incomplete,
    ];

    /// Whether an article of this status and with so many incomplete marks is shown.
    fn passes(self, status: Status, incomplete: Option<usize>) -> bool {
        match self {
            Self::All => true,
            Self::NotDone => status != Status::Done,
            Self::Only(only) => status == only,
            Self::Incomplete => incomplete.is_some_and(|n| n > 0),
        }
    }
}

/// The stories that are folded; `None` stands for the articles without one.
pub type Folded = BTreeSet<Option<StoryId>>;

/// A row of the list, from top to bottom.
#[derive(Clone, Debug)]
pub enum ListRow {
    /// A story; its articles follow, unless it is folded.
    Heading(Heading),
    Article(ArticleId),
}

impl ListRow {
    /// The article; `None` of a heading.
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Heading(_) => None,
            Self::Article(id) => Some(id),
        }
    }
}

/// A story above its articles.
#[derive(Clone, Debug)]
pub struct Heading {
    /// `None` for the articles without one.
    pub story: Option<StoryId>,
    /// As it is shown.
    pub name: String,
    /// How many of its articles are done, or how many are shown.
    pub told: String,
    /// Whether its articles are hidden.
    pub is_folded: bool,
}

/// How many articles are done, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub done: usize,
    pub all: usize,
}

impl Done {
    pub fn text(self) -> String {
        let Self { done, all } = self;
        tr!("{done} of {n} done|{done} of {n} done", done, n = all)
    }
}

/// Headings and articles in the order of the list, and how much of all of them is done. The open article is shown
/// whatever is asked for: it must not vanish while one works on it.
pub fn rows(ctx: &Ctx<'_>, (filter, which): (&Filter, ArticlesShown), folded: &Folded) -> (Vec<ListRow>, Done) {
    let scene = ctx.session.scene();
    let project = scene.project;
    let said = |m: &Metadata| filter.passes(&[&*m.title, &m.outlet, &m.published].join("\n"));
    let all = listed_in(scene.order, project, scene.annotator);
    let mut rows = Vec::with_capacity(all.len() + 8);
    let mut total = Done { done: 0, all: all.len() };
    for group in all.chunk_by(|(_, a), (_, b)| a.metadata.story == b.metadata.story) {
        let mut own = Done { done: 0, all: group.len() };
        let mut kept: Vec<&ArticleId> = Vec::new();
        for (id, article) in group {
            let now = status_of(project, id, scene.annotator);
            own.done += usize::from(now == Status::Done);
            let is_open = scene.focus.article.as_ref() == Some(*id);
            if (which.passes(now, ctx.session.incomplete(id)) || is_open)
                && (filter.is_empty() || said(&article.metadata))
            {
                kept.push(id);
            }
        }
        total.done += own.done;
        if kept.is_empty() {
            continue;
        }
        let story = group[0].1.metadata.story.clone();
        let name = match &story {
            Some(id) => project.story(id).map_or_else(|| id.to_string(), |s| s.name.clone()),
            None => tr("No story").into_owned(),
        };
        let (n, shown) = (group.len(), kept.len());
        let told = match shown == n {
            true => own.text(),
            false => tr!("{shown} of {n} article|{shown} of {n} articles", n, shown),
        };
        let is_folded = folded.contains(&story);
        rows.push(ListRow::Heading(Heading { story, name, told, is_folded }));
        if !is_folded {
            rows.extend(kept.into_iter().cloned().map(ListRow::Article));
        }
    }
    (rows, total)
}
