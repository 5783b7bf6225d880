//! The header of a document: what is known of the article, who has worked on it, and the codebook.

use std::collections::BTreeMap;

use super::{ids, markup::Markup};
use crate::{
    format::writer::{ExportedArticle, ExportedLayer},
    model::{AnnotatorId, Attribute, Codebook, Layer, Metadata},
};

/// Writes the header. The language is one of BCP 47, or empty.
pub fn write(xml: &mut Markup, article: &ExportedArticle<'_>, layers: &[ExportedLayer<'_>], language: &str) {
    xml.open("teiHeader", &[]).lines(1).open("fileDesc", &[]).lines(1);
    xml.open("titleStmt", &[]).element("title", &[], &article.article.metadata.title).lines(1);
    for (id, (name, what)) in people(article, layers) {
        xml.open("respStmt", &[("xml:id", &ids::annotator(id))]).element("resp", &[], what);
        xml.element("name", &[], name).close().lines(1);
    }
    xml.close().lines(1).raw("<publicationStmt><p>Written by Pressmark</p></publicationStmt>\n");
    write_source(xml, &article.article.metadata);
    xml.close().lines(1);
    write_encoding(xml, article);
    write_profile(xml, article, language);
    xml.close().lines(1);
}

/// Everybody whose marks or comments are in the document, with name and what they have done.
fn people<'a>(
    article: &ExportedArticle<'a>,
    layers: &[ExportedLayer<'a>],
) -> BTreeMap<&'a AnnotatorId, (&'a str, &'static str)> {
    let mut people = BTreeMap::new();
    let name = |id: &'a AnnotatorId| article.project.annotator(id).map_or(id.as_str(), |who| &who.name);
    for layer in layers {
        people.insert(layer.annotator, (name(layer.annotator), "annotator"));
    }
    let marks = layers.iter().flat_map(|own| own.layer).flat_map(Layer::annotations);
    for comment in marks.flat_map(|(_, mark)| &mark.comments) {
        people.entry(&comment.by).or_insert((name(&comment.by), "commentator"));
    }
    people
}

fn write_source(xml: &mut Markup, metadata: &Metadata) {
    let Metadata { title, outlet, byline, published, url, .. } = metadata;
    xml.open("sourceDesc", &[]).open("bibl", &[]).element("title", &[("level", "a")], title);
    xml.unless_empty("author", &[], byline).unless_empty("publisher", &[], outlet);
    let is_day = published.len() == 10 && published.parse::<jiff::civil::Date>().is_ok();
    xml.unless_empty("date", &[("when", if is_day { published } else { "" })], published);
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    let is_address = is_address && !url.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c));
    xml.unless_empty("ref", &[("target", if is_address { url } else { "" })], url);
    xml.close().close().lines(1);
}

/// The project, its guidelines and its codebook.
fn write_encoding(xml: &mut Markup, article: &ExportedArticle<'_>) {
    let codebook = article.codebook();
    xml.open("encodingDesc", &[]).lines(1);
    xml.open("projectDesc", &[]).element("p", &[], article.project.name()).close().lines(1);
    if !codebook.guidelines.is_empty() {
        xml.open("editorialDecl", &[]).open("interpretation", &[]).element("p", &[], &codebook.guidelines);
        xml.close().close().lines(1);
    }
    let Codebook { labels, relations, questions, .. } = codebook;
    if !(labels.is_empty() && relations.is_empty() && questions.is_empty()) {
        xml.open("classDecl", &[]).lines(1);
        write_taxonomies(xml, codebook);
        xml.close().lines(1);
    }
    let version = env!("CARGO_PKG_VERSION");
    xml.open("appInfo", &[]).open("application", &[("ident", "Pressmark"), ("version", version)]);
    xml.element("label", &[], "Pressmark").close().close().lines(1).close().lines(1);
}

fn write_taxonomies(xml: &mut Markup, codebook: &Codebook) {
    if !codebook.labels.is_empty() {
        xml.open("taxonomy", &[("xml:id", "labels")]).lines(1);
        for label in &codebook.labels {
            let id = ids::label(&label.id);
            begin_category(xml, &id, &label.name, &label.description);
            label.attributes.iter().for_each(|asked| write_attribute(xml, &ids::attribute(&id, &asked.id), asked));
            xml.close().lines(1);
        }
        xml.close().lines(1);
    }
    if !codebook.relations.is_empty() {
        xml.open("taxonomy", &[("xml:id", "relations")]).lines(1);
        for kind in &codebook.relations {
            let id = ids::kind(&kind.id);
            begin_category(xml, &id, &kind.name, &kind.description);
            for role in &kind.roles {
                begin_category(xml, &ids::role(&kind.id, &role.id), &role.name, "");
                xml.close();
            }
            kind.attributes.iter().for_each(|asked| write_attribute(xml, &ids::attribute(&id, &asked.id), asked));
            xml.close().lines(1);
        }
        xml.close().lines(1);
    }
    if !codebook.questions.is_empty() {
        xml.open("taxonomy", &[("xml:id", "questions")]).lines(1);
        for question in &codebook.questions {
            write_attribute(xml, &ids::question(&question.attribute.id), &question.attribute);
            xml.lines(1);
        }
        xml.close().lines(1);
    }
}

fn begin_category(xml: &mut Markup, id: &str, name: &str, description: &str) {
    xml.open("category", &[("xml:id", id)]).element("gloss", &[], name).unless_empty("desc", &[], description);
}

fn write_attribute(xml: &mut Markup, id: &str, asked: &Attribute) {
    begin_category(xml, id, &asked.name, &asked.description);
    for choice in asked.choices() {
        begin_category(xml, &ids::choice(id, &choice.id), &choice.name, "");
        xml.close();
    }
    xml.close();
}

/// Language and story.
fn write_profile(xml: &mut Markup, article: &ExportedArticle<'_>, language: &str) {
    let metadata = &article.article.metadata;
    let story = metadata.story.as_ref().and_then(|id| article.project.story(id)).map_or("", |story| &story.name);
    let of = &metadata.language;
    if of.is_empty() && story.is_empty() {
        return;
    }
    xml.open("profileDesc", &[]).lines(1);
    if !of.is_empty() {
        // What is no tag of a language stands there as words.
        let ident = if language.is_empty() { "und" } else { language };
        xml.open("langUsage", &[]).element("language", &[("ident", ident)], of).close().lines(1);
    }
    if !story.is_empty() {
        xml.open("textClass", &[]).open("keywords", &[]).element("term", &[("type", "story")], story);
        xml.close().close().lines(1);
    }
    xml.close().lines(1);
}
