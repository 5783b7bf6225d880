//! HTML pages: the article is taken and the page around it left out.
//!
//! What is the article is judged by `dom_smoothie` (Mozilla’s Readability); what the page says of itself is read in
//! [`metadata`]; paragraphs become lines in [`blocks`]. No script runs and nothing is fetched.
//!
//! Readability goes by classes and guesses. So that no guess costs a word of a sentence, [`sentences`] hides from it
//! what it could leave out there, and what it left out between the paragraphs that it kept is counted in a note.

pub(super) mod blocks;
mod json_ld;
mod metadata;
mod parse;
mod quotes;
mod sentences;
mod tags;

use std::{collections::BTreeMap, sync::LazyLock};

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use regex::bytes::Regex;

use super::{
    encoding,
    outcome::{Outcome, Source, SourceKind},
    words::{language_tag, one_line, title_from},
};
use crate::{diagnostic::Diagnostic, model::Metadata};

/// Whether bytes begin as a page does, in ASCII or UTF-16.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    const STARTS: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<article"];
    // Without zero bytes UTF-16 can be looked at like ASCII.
    let start: Vec<u8> = bytes.iter().copied().take(1024).filter(|b| *b != 0).collect();
    let start = String::from_utf8_lossy(&start).to_lowercase();
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    STARTS.iter().any(|tag| start.starts_with(tag)) || (start.starts_with("<?xml") && start.contains("<html"))
}

/// The article of a page.
pub(super) fn read(bytes: &[u8]) -> Outcome {
    let decoded = encoding::decode(bytes, declared_encoding(bytes).as_deref())?;
    let mut diagnostics = decoded.diagnostics();
    let (html, endless) = tags::checked(&decoded.text)?;
    let page = parse::parse(&html)?;
    let mut source = Source::new(SourceKind::Html);
    source.notes = decoded.notes();
    if !endless.is_empty() {
        source
            .notes
            .push(format!("Elements that never end were opened, so that they hide no words: {}", endless.join(", ")));
    }
    source.metadata = metadata::read(&page);
    let quotations = quotes::set(&page, &source.metadata.language);
    if quotations > 0 {
        source.notes.push(format!("Quotation marks were set that the page leaves to the browser: {quotations} pairs"));
    }
    sentences::protect(&page);
    let (whole_page, page_title) = (blocks::of(&page), metadata::page_title(&page));

    let config = Config { disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).ok().and_then(|mut r| r.parse().ok());
    let mut lines = article.as_ref().map_or_else(Vec::new, |a| blocks::of(&Document::from(a.content.clone())));
    if lines.is_empty() {
        lines.clone_from(&whole_page);
        diagnostics.push(
            Diagnostic::warning(
                "html-no-article",
                "The article could not be told from the page; all of the page’s words were taken",
            )
            .hint("Check the text, or copy the article from a browser and paste it"),
        );
    }
    if let Some(article) = article {
        fill(&mut source.metadata.title, article.title);
        fill(&mut source.metadata.byline, metadata::without_by(&article.byline.unwrap_or_default()).to_owned());
        fill(&mut source.metadata.outlet, article.site_name.unwrap_or_default());
        fill(&mut source.metadata.language, language_tag(&article.lang.unwrap_or_default()));
    }
    fill(&mut source.metadata.title, page_title);
    finish(&mut source, lines, &whole_page);
    Ok((source, diagnostics))
}

/// Takes the headline out of the text, joins the lines and notes what was left out.
fn finish(source: &mut Source, mut lines: Vec<String>, whole_page: &[String]) {
    let Metadata { title, outlet, .. } = &mut source.metadata;
    *title = metadata::without_outlet(title, outlet).to_owned();
    if lines.len() > 1 && lines[0] == *title {
        lines.remove(0);
        source.notes.push("The headline became the title and was left out of the text".to_owned());
    }
    let (taken, all) = (count_words(&lines), count_words(whole_page));
    if taken < all {
        source.notes.push(format!("{taken} of the page’s {all} words are the article; the others were left out"));
    }
    let between = left_out_between(&lines, whole_page);
    if between > 0 {
        source.notes.push(format!("Blocks left out between paragraphs of the article: {between}"));
    }
    source.text = lines.join("\n");
    let fixed_spaces = source.text.matches('\u{a0}').count();
    if fixed_spaces > 0 {
        source.notes.push(format!("{fixed_spaces} no-break spaces were kept"));
    }
    if source.metadata.title.is_empty() {
        source.metadata.title = title_from(&source.text);
    }
}

/// Fills a field of the metadata that is still empty.
fn fill(field: &mut String, found: String) {
    if field.is_empty() {
        *field = one_line(&found);
    }
}

/// How many of the page’s lines lie between lines that were kept, and were not kept.
///
/// Lines that stand on the page several times are taken to be those that lie closest together.
fn left_out_between(kept: &[String], whole_page: &[String]) -> usize {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, line) in whole_page.iter().enumerate() {
        places.entry(line).or_default().push(place);
    }
    let places: Vec<&[usize]> = kept.iter().filter_map(|line| places.get(line.as_str()).map(Vec::as_slice)).collect();
    let (mut found, mut end) = (0, 0);
    for places in &places {
        if let Some(place) = places.get(places.partition_point(|place| *place < end)) {
            (found, end) = (found + 1, place + 1);
        }
    }
    let mut start = whole_page.len();
    for places in places.iter().rev() {
        start = places[..places.partition_point(|place| *place < start)].last().copied().unwrap_or(start);
    }
    end.saturating_sub(start).saturating_sub(found)
}

/// Words of lines, parted by white space.
fn count_words(lines: &[String]) -> usize {
    lines.iter().map(|line| line.split_whitespace().count()).sum()
}

/// The label of the encoding that a page declares in its first four kilobytes.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)<(?:meta[^>]*\bcharset|\?xml[^>]*\bencoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)"#)
            .expect("the pattern is well-formed")
    });
    let start = &bytes[..bytes.len().min(4096)];
    let label = CHARSET.captures(start)?.get(1)?;
    Some(String::from_utf8_lossy(label.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_encodings_are_read() {
        let declared = |html: &str| declared_encoding(html.as_bytes());
        assert_eq!(declared("<meta charset=utf-8>").as_deref(), Some("utf-8"));
        let old = r#"<META http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">"#;
        assert_eq!(declared(old).as_deref(), Some("ISO-8859-2"));
        assert_eq!(declared("<p>charset=x</p>"), None);
    }

    #[test]
    fn a_hundred_thousand_levels_are_refused() {
        let deep = format!("<html><body>{}words", "<div>".repeat(100_000));
        assert_eq!(read(deep.as_bytes()).unwrap_err().code, "html-too-deep");
    }

    #[test]
    fn a_page_without_an_article_gives_all_its_words() {
        let (source, diagnostics) = read(b"<title>T</title><div style='display: none'>Home</div>").unwrap();
        assert_eq!((source.metadata.title.as_str(), source.text.as_str()), ("T", "Home"));
        assert_eq!(diagnostics[0].code, "html-no-article");
    }
}
