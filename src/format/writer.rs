//! What a format is written by, and what it is given of each article.

use std::{io, sync::Arc};

use super::{
    sink::{Pieces, Sink},
    splits::Part,
};
use crate::{
    model::{AnnotatorId, Article, ArticleId, Codebook, Layer, Project, Relation, RelationId},
    text::Text,
};

/// Writes a project in a format, an article at a time. It knows no path and keeps no article.
///
/// `begin` is called once, before all else; then, for each article in the order of the ids, `article` and later `put`;
/// then `end`, unless something has failed before.
pub trait Writer: Send + Sync {
    /// Whether it puts the parts of a split where they belong itself: then each article has its part. Otherwise each part
    /// is an export of its own, in a folder.
    fn parts_articles(&self) -> bool {
        false
    }

    /// What stands before all articles. No text and no layer of the project can be relied on to have been read.
    ///
    /// # Errors
    /// Those of the sink.
    fn begin(&mut self, _project: &Project, _sink: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }

    /// Makes the pieces of an article. Several are made at a time, on several threads, so nothing of one may depend on
    /// another.
    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces);

    /// Gives what was made of the next article, in order, to the sink. A format with something between its articles, or
    /// that gathers several of them, does that here.
    ///
    /// # Errors
    /// Those of the sink.
    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        made.iter().try_for_each(|(piece, bytes)| sink.write(piece, bytes))
    }

    /// What stands after all articles.
    ///
    /// # Errors
    /// Those of the sink.
    fn end(&mut self, _sink: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }
}

/// An article that is being exported, with everything that was read of it.
#[derive(Clone, Copy, Debug)]
pub struct ExportedArticle<'a> {
    pub project: &'a Project,
    pub id: &'a ArticleId,
    pub article: &'a Article,
    pub text: &'a Text,
    /// The part of a split that it is in, for a writer that [parts articles](Writer::parts_articles) itself.
    pub part: Option<Part>,
}

/// What one annotator has said of an exported article.
#[derive(Clone, Debug)]
pub struct ExportedLayer<'a> {
    pub annotator: &'a AnnotatorId,
    /// `None` where the annotator has relations across articles alone.
    pub layer: Option<&'a Layer>,
    /// The relations across articles that have a member in this one.
    pub links: Vec<(RelationId, &'a Arc<Relation>)>,
}

impl<'a> ExportedArticle<'a> {
    /// An article of a project; `None` where its text has not been read. A layer that has not been read is left out.
    pub fn of(project: &'a Project, id: &'a ArticleId) -> Option<Self> {
        let (article, text) = (project.article(id)?, project.text(id)?);
        Some(Self { project, id, article, text, part: None })
    }

    pub fn codebook(&self) -> &'a Codebook {
        self.project.codebook()
    }

    /// Whether a relation across articles is written with this one, where it is to be written once: the first of its
    /// articles that is exported at all.
    pub fn is_home_of(&self, link: &Relation) -> bool {
        let articles = link.members.iter().map(|member| &member.target.article);
        articles.filter(|id| self.project.article(id).is_some()).min() == Some(self.id)
    }

    /// Everybody who has said something of it, sorted by id.
    pub fn layers(&self) -> Vec<ExportedLayer<'a>> {
        let (project, id) = (self.project, self.id);
        let layers = project.annotators().filter_map(|(annotator, _)| {
            let layer = project.layer(id, annotator).filter(|layer| !layer.is_blank());
            let links: Vec<_> = project.links(annotator).into_iter().flat_map(|links| links.reaching(id)).collect();
            (layer.is_some() || !links.is_empty()).then_some(ExportedLayer { annotator, layer, links })
        });
        layers.collect()
    }
}
