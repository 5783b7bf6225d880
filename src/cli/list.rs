//! The list of articles: for a person, and as JSON for a program. The names of the JSON’s fields are part of the
//! command line: programs read them, so that they stay.

use std::{collections::BTreeMap, fmt::Write};

use serde::Serialize;

use super::out::plain;
use crate::{
    command::article::listed,
    format,
    model::{AnnotatorId, Article, ArticleId, LabelId, Project},
    phrase,
    text::grouped,
};

/// What is known of a project without reading its texts.
#[derive(Debug, Serialize)]
pub struct Listing<'p> {
    name: &'p str,
    articles: Vec<ArticleLine<'p>>,
}

/// An article with everybody’s layers of it.
#[derive(Debug, Serialize)]
struct ArticleLine<'p> {
    id: &'p ArticleId,
    title: &'p str,
    outlet: &'p str,
    byline: &'p str,
    published: &'p str,
    language: &'p str,
    url: &'p str,
    story: Option<&'p str>,
    words: u32,
    layers: Vec<LayerRow<'p>>,
}

/// One annotator’s layer in numbers.
#[derive(Debug, Serialize)]
struct LayerRow<'p> {
    annotator: &'p AnnotatorId,
    name: &'p str,
    /// `to-do`, `in-progress` or `done`.
    status: &'static str,
    annotations: u32,
    by_label: BTreeMap<LabelId, u32>,
    relations: u32,
    flags: u32,
}

impl<'p> Listing<'p> {
    /// The list of a project’s articles, in the order of the window’s list.
    pub fn of(project: &'p Project) -> Self {
        let articles = listed(project).into_iter().map(|(id, article)| row(project, id, article)).collect();
        Self { name: project.name(), articles }
    }

    /// The list as JSON, on lines of their own.
    pub fn json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("names and numbers can be written");
        json.push('\n');
        format::on_lines(json)
    }

    /// An article a line, and under it a line for each layer.
    pub fn text(&self) -> String {
        let marks: u32 = self.articles.iter().flat_map(|row| &row.layers).map(|layer| layer.annotations).sum();
        let marks = phrase!("{n} mark|{n} marks", n = marks as usize);
        let articles = phrase!("{n} article|{n} articles", n = self.articles.len());
        let mut text = format!("{}: {articles}, {marks}\n", plain(self.name));
        for row in &self.articles {
            // A string takes everything that is written to it.
            let _ = row.write(&mut text);
        }
        text
    }
}

impl ArticleLine<'_> {
    /// Writes the article’s line, and one for each layer.
    fn write(&self, out: &mut String) -> std::fmt::Result {
        let known = [self.title, self.outlet, self.published, self.story.unwrap_or_default()];
        let known: Vec<String> = known.into_iter().filter(|part| !part.is_empty()).map(plain).collect();
        writeln!(
            out,
            "{}  {}  {}",
            self.id,
            phrase!("{n} word|{n} words", n = self.words as usize),
            known.join(" · ")
        )?;
        for layer in &self.layers {
            let counts: Vec<String> =
                layer.by_label.iter().map(|(label, n)| format!("{label} {}", grouped(*n as usize))).collect();
            let relations = (layer.relations > 0)
                .then(|| phrase!("{n} relation|{n} relations", n = layer.relations as usize).to_string());
            let parts: Vec<String> = counts.into_iter().chain(relations).collect();
            let parts = if parts.is_empty() { "no marks".to_owned() } else { parts.join(", ") };
            writeln!(out, "    {}  {}  {parts}", layer.annotator, layer.status)?;
        }
        Ok(())
    }
}

/// The line of an article.
fn row<'p>(project: &'p Project, id: &'p ArticleId, article: &'p Article) -> ArticleLine<'p> {
    let metadata = &article.metadata;
    let layers = project.layers(id).map(|(annotator, slot)| {
        let summary = slot.summary();
        LayerRow {
            annotator,
            name: project.annotator(annotator).map_or("", |a| a.name.as_str()),
            status: summary.status.as_str(),
            annotations: summary.annotations(),
            relations: summary.relations,
            flags: summary.flags,
            by_label: summary.counts.into_iter().collect(),
        }
    });
    ArticleLine {
        id,
        title: &metadata.title,
        outlet: &metadata.outlet,
        byline: &metadata.byline,
        published: &metadata.published,
        language: &metadata.language,
        url: &metadata.url,
        story: metadata.story.as_ref().and_then(|id| project.story(id)).map(|story| story.name.as_str()),
        words: article.words,
        layers: layers.collect(),
    }
}
