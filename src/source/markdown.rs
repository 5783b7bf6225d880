//! Markdown: the text as it is read, one paragraph a line, without its signs.
//!
//! Emphasis and links leave their words, images their description, table rows become `a | b`, code is kept.
//! Where a link leads is not kept.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html::blocks;
use super::{
    encoding, front_matter, marks,
    outcome::{Outcome, Source, SourceKind},
    plain,
    words::title_from,
};
use crate::diagnostic::Diagnostic;

/// Markdown looks like plain text: only its extension tells.
pub(super) fn sniff(_bytes: &[u8]) -> bool {
    false
}

/// The article of a Markdown file.
pub(super) fn read(bytes: &[u8]) -> Outcome {
    let decoded = encoding::decode(bytes, None)?;
    let mut diagnostics = decoded.diagnostics();
    let mut source = Source::new(SourceKind::Markdown);
    source.notes = decoded.notes();
    let text = plain::unify_line_ends(&decoded.text, &mut source.notes);
    let body = match front_matter::split(&text) {
        Ok(Some((metadata, body))) => {
            source.metadata = metadata;
            source.notes.push("The block of metadata at the top was left out of the text".to_owned());
            body
        }
        Ok(None) => &text,
        Err(unread) => {
            diagnostics.push(unread);
            &text
        }
    };

    let mut page = Page { language: source.metadata.language.clone(), ..Page::default() };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(body, options) {
        page.take(event, &mut diagnostics);
    }
    page.end_line();
    if let Some(heading) =
        page.heading.take_if(|heading| source.metadata.title.is_empty() || source.metadata.title == *heading)
    {
        source.metadata.title = heading;
        page.lines.remove(page.heading_line);
        source.notes.push("The first heading became the title and was left out of the text".to_owned());
    }
    source.text = page.lines.join("\n");
    source.notes.push("Signs of Markdown were left out of the text".to_owned());
    if source.metadata.title.is_empty() {
        source.metadata.title = title_from(&source.text);
    }
    Ok((source, diagnostics))
}

/// The lines read so far.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    line: String,
    /// HTML between the Markdown, gathered until its block ends.
    html: String,
    /// As the metadata at the top says.
    language: String,
    /// The marks that close the quotations around, of HTML’s `q` in a line.
    quotes: Vec<&'static str>,
    /// The first heading of the first level, and the line it stands on.
    heading: Option<String>,
    heading_line: usize,
}

impl Page {
    /// Takes the parser’s next event.
    fn take(&mut self, event: Event<'_>, diagnostics: &mut Vec<Diagnostic>) {
        match event {
            Event::Text(words) | Event::Code(words) => self.words(&words),
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.end_line(),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(tag) => self.inline_html(&tag.to_ascii_lowercase()),
            Event::Start(Tag::TableCell) if !self.line.is_empty() => self.line.push_str(" | "),
            Event::End(TagEnd::HtmlBlock) => self.end_html(diagnostics),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => self.end_heading(),
            Event::Start(tag) if is_block(&tag.to_end()) => self.end_block(),
            Event::End(tag) if is_block(&tag) => self.end_block(),
            _ => {}
        }
    }

    /// A tag in the text: line breaks and quotations have a meaning, others have none.
    fn inline_html(&mut self, tag: &str) {
        if tag.starts_with("<br") {
            self.end_line();
        } else if tag == "<q>" || tag.starts_with("<q ") {
            let (opening, closing) = marks::around(&self.language, self.quotes.len());
            self.line.push_str(opening);
            self.quotes.push(closing);
        } else if tag.starts_with("</q") {
            self.line.push_str(self.quotes.pop().unwrap_or_default());
        }
    }

    /// Words with the line breaks of a block of code among them.
    fn words(&mut self, words: &str) {
        let mut parts = words.split('\n');
        self.line.push_str(parts.next().unwrap_or_default());
        for part in parts {
            self.end_line();
            self.line.push_str(part);
        }
    }

    /// Ends a block, with the quotations that are open in it.
    fn end_block(&mut self) {
        // A browser closes a quotation where its paragraph ends.
        while let Some(closing) = self.quotes.pop() {
            self.line.push_str(closing);
        }
        self.end_line();
    }

    /// Ends the line; a blank one is dropped.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.lines.push(line.trim_end().to_owned());
        }
    }

    /// Ends a heading; the first one may be the title.
    fn end_heading(&mut self) {
        let before = self.lines.len();
        self.end_line();
        if self.heading.is_none() && self.lines.len() == before + 1 {
            self.heading = self.lines.last().cloned();
            self.heading_line = before;
        }
    }

    /// Ends a block of HTML, whose words are taken.
    fn end_html(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        match blocks::of_html(&std::mem::take(&mut self.html), &self.language) {
            Ok(lines) => self.lines.extend(lines),
            Err(error) => diagnostics.push(error),
        }
    }
}

/// Whether a tag ends a line.
fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image | TagEnd::TableCell
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, title: &str, text: &str) {
        let (source, diagnostics) = read(markdown.as_bytes()).unwrap();
        assert_eq!((source.metadata.title.as_str(), source.text.as_str()), (title, text));
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn signs_go_and_words_stay() {
        check(
            "# Rain\n\nIt *rains*, [they](http://x.example) say\nagain.\n\n> “Wet,” she said\\\nand left.\n",
            "Rain",
            "It rains, they say again.\n“Wet,” she said\nand left.",
        );
        check("- one\n- two\n  1. three\n", "one", "one\ntwo\nthree");
        check("| a | b |\n|---|---|\n| 1 | `2` |\n", "a | b", "a | b\n1 | 2");
        check("Look: ![a bridge](b.png)\n\n```\nx = 1\ny = 2\n```\n", "Look: a bridge", "Look: a bridge\nx = 1\ny = 2");
        check("one\n\n<div><p>two</p>three</div>\n\nfour<br>five\n", "one", "one\ntwo\nthree\nfour\nfive");
    }

    #[test]
    fn quotations_of_html_get_their_marks() {
        check(
            "He said <q>no, <q>never</q></q>.\n\n<p>And <q lang=de>nein</q>.</p>\n\nOr <q>open\n\nend",
            "He said “no, ‘never’”.",
            "He said “no, ‘never’”.\nAnd „nein“.\nOr “open”\nend",
        );
        check("---\ntitle: Non\nlang: fr\n---\nIl a dit <q>non</q>.\n", "Non", "Il a dit «\u{a0}non\u{a0}».");
    }

    #[test]
    fn metadata_that_cannot_be_read_stays_in_the_text() {
        let (source, diagnostics) = read(b"---\ntitle: Toll: it rises\n---\n\nWet.\n").unwrap();
        assert_eq!(source.text, "title: Toll: it rises\nWet.");
        assert_eq!(diagnostics[0].code, "front-matter");
    }

    #[test]
    fn the_title_in_front_matter_wins_and_its_heading_is_not_said_twice() {
        check("---\ntitle: \"Rain\"\n---\n# Rain\n\nWet.\n", "Rain", "Wet.");
        check("+++\ntitle = 'Rain'\n+++\n# Weather\n\nWet.\n", "Rain", "Weather\nWet.");
        check("---\nnot closed\n", "not closed", "not closed");
    }
}
