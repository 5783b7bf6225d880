//! The order in which articles are listed and gone through.
//!
//! Stories always come in one order, articles without one last; what can be chosen is the order inside of a story.
//! *Next*
//! and *previous article* go the same way as the list.

use std::{cmp::Reverse, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::model::{AnnotatorId, Article, ArticleId, LayerSlot, Metadata, Project, Status};

/// What the articles of a story are sorted by; those that are alike by date, then by title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArticleOrder {
    /// As published, the oldest first; the default.
    #[default]
    Date,
    /// By the outlet’s name.
    Outlet,
    /// By the title.
    Title,
    /// The shortest first.
    Length,
    /// The annotator's own: those with the most first.
    Marks,
}

impl ArticleOrder {
    /// In the order of the menu.
    pub const ALL: [Self; 5] = [Self::Date, Self::Outlet, Self::Title, Self::Length, Self::Marks];
}

/// By story (those without one last), then by date, then by title.
pub fn listed(project: &Project) -> Vec<(&ArticleId, &Arc<Article>)> {
    listed_in(ArticleOrder::Date, project, None)
}

/// By story (those without one last), then in an order as this annotator sees it.
pub fn listed_in<'p>(
    order: ArticleOrder,
    project: &'p Project,
    annotator: Option<&AnnotatorId>,
) -> Vec<(&'p ArticleId, &'p Arc<Article>)> {
    let key = |id: &ArticleId, article: &'p Article| match order {
        ArticleOrder::Date => Key::default(),
        ArticleOrder::Outlet => Key { text: article.metadata.outlet.as_str(), ..Key::default() },
        ArticleOrder::Title => Key { text: article.metadata.title.as_str(), ..Key::default() },
        ArticleOrder::Length => Key { words: article.words, ..Key::default() },
        ArticleOrder::Marks => Key { marks: Reverse(marks_of(project, id, annotator)), ..Key::default() },
    };
    let mut articles: Vec<_> = project.articles().map(|(id, article)| (key(id, article), id, article)).collect();
    articles.sort_by(|(a_key, a_id, a), (b_key, b_id, b)| {
        let story = |m: &'p Metadata| (m.story.is_none(), m.story.as_ref());
        let (a_meta, b_meta) = (&a.metadata, &b.metadata);
        story(a_meta)
            .cmp(&story(b_meta))
            .then_with(|| a_key.cmp(b_key))
            .then_with(|| a_meta.published.cmp(&b_meta.published))
            .then_with(|| a_meta.title.cmp(&b_meta.title))
            .then_with(|| a_id.cmp(b_id))
    });
    articles.into_iter().map(|(_, id, article)| (id, article)).collect()
}

/// Of an order's parts only its own is not the same for all.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'p> {
    /// Outlet or title; compared by code points.
    text: &'p str,
    words: u32,
    marks: Reverse<u32>,
}

/// How many marks an annotator has in an article, whether it was read or not.
fn marks_of(project: &Project, article: &ArticleId, annotator: Option<&AnnotatorId>) -> u32 {
    let slot = annotator.and_then(|who| project.layer_slot(article, who));
    slot.map_or(0, LayerSlot::annotation_count)
}

/// How far an annotator has said to be with an article, whether it was read or not.
pub fn status_of(project: &Project, article: &ArticleId, annotator: Option<&AnnotatorId>) -> Status {
    let slot = annotator.and_then(|who| project.layer_slot(article, who));
    slot.map_or(Status::ToDo, LayerSlot::status)
}
