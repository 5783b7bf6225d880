//! The page: what stands before the articles, and a section for each.

use std::{fmt::Write as _, io};

use super::{
    lanes::shown,
    list::{Names, answer, class_of, write_line},
    marked::write_text,
};
use crate::{
    format::{
        options::ExportOptions,
        sink::{Pieces, Sink},
        writer::{ExportedArticle, ExportedLayer, Writer},
    },
    model::{Codebook, LinePattern, Metadata, Project, Status},
    phrase,
    text::{markup::Markup, moment::long_date},
};

/// The piece that the page is.
pub const PAGE: &str = "articles.html";

/// How the page looks, on the screen and on paper.
const STYLE: &str = include_str!("page.css");

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Html)
}

struct Html;

impl Writer for Html {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        let mut page = Markup::default();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.element("title", "", project.name()).line();
        page.raw("<style>\n").raw(STYLE).text(&colors(project.codebook())).raw("</style>\n</head>\n<body>\n");
        page.raw("<header class=\"head\">\n").foreign("h1", "", "", project.name()).line();
        let (articles, annotators) = (project.articles().len(), project.annotators().len());
        let articles = phrase!("{n} article|{n} articles", n = articles);
        let annotators = phrase!("{n} annotator|{n} annotators", n = annotators);
        page.element("p", "class=\"note\"", &format!("{articles}, {annotators}")).raw("\n</header>\n");
        write_legend(&mut page, project.codebook());
        write_contents(&mut page, project);
        page.raw("<main>\n");
        sink.write(PAGE, page.finish().as_bytes())
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let mut page = Markup::default();
        page.open_with("article", &[("id", &place(article.id.as_str()))]).line();
        write_head(&mut page, article);
        let layers = article.layers();
        if layers.is_empty() {
            page.raw("<p class=\"note\">Nobody has marked it.</p>\n");
            write_text(&mut page, &Names::of(article, None, &[]));
        }
        for layer in &layers {
            write_layer(&mut page, article, layer);
        }
        page.raw("</article>\n");
        out.piece(PAGE).extend_from_slice(page.finish().as_bytes());
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        sink.write(PAGE, b"</main>\n</body>\n</html>\n")
    }
}

/// The id of an article’s section.
fn place(article: &str) -> String {
    format!("a.{article}")
}

/// The colour and the pattern of each label, in light and in dark.
fn colors(codebook: &Codebook) -> String {
    let (mut light, mut dark) = (String::new(), String::new());
    for (at, label) in codebook.labels.iter().enumerate() {
        let pattern = match label.pattern {
            LinePattern::Solid => "solid",
            LinePattern::Dashed => "dashed",
            LinePattern::Dotted => "dotted",
            LinePattern::Double => "double",
            LinePattern::Wavy => "wavy",
        };
        let _ = writeln!(light, ".l{at} {{ --c: #{}; --line: {pattern}; }}", label.color.light);
        let _ = writeln!(dark, "  .l{at} {{ --c: #{}; }}", label.color.dark);
    }
    format!("{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n")
}

/// Every label as its marks look, with what it is for.
fn write_legend(page: &mut Markup, codebook: &Codebook) {
    if codebook.labels.is_empty() {
        return;
    }
    page.raw("<section class=\"legend\">\n<h2>Labels</h2>\n<ul>\n");
    for label in &codebook.labels {
        let class = class_of(codebook, &label.id);
        page.raw("<li>").open_with("b", &[("class", &format!("n {class}"))]).text(&label.initials).raw("</b> ");
        page.open_with("span", &[("class", &format!("m {class} d0"))]).foreign("bdi", "", "", &label.name);
        page.raw("</span></li>\n");
    }
    page.raw("</ul>\n</section>\n");
}

/// The table of contents, where there are several articles.
fn write_contents(page: &mut Markup, project: &Project) {
    if project.articles().len() < 2 {
        return;
    }
    page.raw("<nav>\n<h2>Articles</h2>\n<ol>\n");
    for (id, article) in project.articles() {
        let metadata = &article.metadata;
        page.raw("<li>").open_with("a", &[("href", &format!("#{}", place(id.as_str())))]);
        page.foreign("bdi", "", &metadata.language, &metadata.title).raw("</a>");
        let whence = [metadata.outlet.clone(), long_date(&metadata.published)];
        for words in whence.iter().filter(|words| !words.is_empty()) {
            page.raw(" <span class=\"note\">").foreign("bdi", "", "", words).raw("</span>");
        }
        page.raw("</li>\n");
    }
    page.raw("</ol>\n</nav>\n");
}

/// Headline, outlet and date, then what else is known.
fn write_head(page: &mut Markup, article: &ExportedArticle<'_>) {
    let Metadata { title, outlet, byline, published, language, url, story } = &article.article.metadata;
    let story = story.as_ref().and_then(|id| article.project.story(id)).map_or("", |story| &story.name);
    page.raw("<header>\n");
    page.foreign("h2", "", language, title).line();
    let known: Vec<String> = [outlet.clone(), long_date(published), byline.clone(), story.to_owned()]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    if !known.is_empty() {
        page.raw("<p class=\"whence\">");
        for (at, words) in known.iter().enumerate() {
            page.raw(if at > 0 { " · " } else { "" }).foreign("bdi", "", "", words);
        }
        page.raw("</p>\n");
    }
    if !url.is_empty() {
        page.foreign("p", "class=\"note\"", "", url).line();
    }
    page.raw("</header>\n");
}

/// What one annotator has said: the text as they have marked it, then their marks and relations.
fn write_layer(page: &mut Markup, article: &ExportedArticle<'_>, layer: &ExportedLayer<'_>) {
    let who = article.project.annotator(layer.annotator).map_or(layer.annotator.as_str(), |who| &who.name);
    let marks = layer.layer.map(shown).unwrap_or_default();
    let names = Names::of(article, Some(layer), &marks);
    page.raw("<section class=\"layer\">\n<h3>").foreign("bdi", "", "", who).raw(" <span class=\"note\">");
    let status = match layer.layer.map_or(Status::ToDo, crate::model::Layer::status) {
        Status::ToDo => "to do",
        Status::InProgress => "in progress",
        Status::Done => "done",
    };
    let counts = [
        phrase!("{n} mark|{n} marks", n = marks.len()),
        phrase!("{n} relation|{n} relations", n = names.relations.len()),
    ];
    page.text(&format!("{}, {}, {status}", counts[0], counts[1])).raw("</span></h3>\n");
    write_article_answers(page, article, layer);
    write_text(page, &names);
    names.write_marks(page);
    names.write_relations(page);
    page.raw("</section>\n");
}

/// Writes what is said of the article as a whole.
fn write_article_answers(page: &mut Markup, article: &ExportedArticle<'_>, layer: &ExportedLayer<'_>) {
    let answers = layer.layer.map_or(&[][..], |layer| &layer.article_answers().answers);
    if answers.is_empty() {
        return;
    }
    page.raw("<div class=\"answers\">\n");
    for given in answers {
        let question = article.codebook().question(&given.question).map(|question| &question.attribute);
        let name = question.map_or(given.question.as_str(), |question| &question.name);
        let what = given.target.as_ref().map_or_else(|| name.to_owned(), |target| format!("{name}, {target}"));
        write_line(page, &what, &answer(question, &given.value));
    }
    page.raw("</div>\n");
}
