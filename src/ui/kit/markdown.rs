//! Markdown as it reads, for guidelines and the handbook: headings, paragraphs, lists, quotations and code, with emphasis.
//!
//! Links keep their words and lead nowhere, pictures keep their description, and HTML is shown as it is written.
//!
//! Markdown is CommonMark with strikethrough, read by `pulldown-cmark`.

use egui::{FontId, Ui};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::words::mixed_paragraph_ui;
use crate::ui::theme::{Tokens, fonts, size, space};

/// Draws a Markdown text over the width there is.
pub fn markdown_ui(ui: &mut Ui, tokens: &Tokens, markdown: &str) {
    ui.add_space(space::XS);
    for block in blocks(markdown) {
        let parts: Vec<_> = block.parts.iter().map(|part| (part.words.as_str(), block.font(part.style))).collect();
        ui.horizontal_top(|ui| {
            ui.add_space(space::L * block.depth as f32);
            mixed_paragraph_ui(ui, &parts, tokens.ink);
        });
    }
}

/// How words of a block look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Emphasis,
    Strong,
    Code,
}

/// Words in one look.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    style: Style,
    words: String,
}

/// A paragraph, a heading, or an item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Block {
    is_heading: bool,
    /// How many lists and quotations it lies in, beyond the first list; each indents it.
    depth: usize,
    /// In order; two neighbours never have the same look.
    parts: Vec<Part>,
}

impl Block {
    /// Adds words, to the last part where that looks the same.
    fn push(&mut self, style: Style, words: &str) {
        match self.parts.last_mut().filter(|last| last.style == style) {
            Some(last) => last.words.push_str(words),
            None => self.parts.push(Part { style, words: words.to_owned() }),
        }
    }

    /// Its words without their looks.
    fn text(&self) -> String {
        self.parts.iter().map(|part| part.words.as_str()).collect()
    }

    /// The font of a look; a heading has one for all of it.
    fn font(&self, style: Style) -> FontId {
        match style {
            _ if self.is_heading => fonts::serif_strong(size::LEAD),
            Style::Plain => fonts::serif(size::QUOTED),
            Style::Emphasis => fonts::serif_italic(size::QUOTED),
            Style::Strong => fonts::serif_strong(size::QUOTED),
            Style::Code => fonts::monospace(size::TEXT),
        }
    }
}

/// The blocks of a Markdown text, in order; none is empty.
fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
        reader.take(event);
    }
    reader.end_block();
    reader.blocks
}

/// Makes blocks of the parser’s events.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    block: Block,
    /// The lists that are open, each with the number of its next item where its items are counted.
    lists: Vec<Option<u64>>,
    /// How many quotations are open.
    quotations: usize,
    /// How many emphases are open; they may be nested.
    emphasis: usize,
    /// How many strong emphases are open.
    strong: usize,
    /// Whether a block of code is open.
    is_code: bool,
}

impl Reader {
    /// Takes the next event; what has no words is passed over.
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Code(words) => self.block.push(Style::Code, &words),
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => self.block.push(self.style(), &words),
            Event::SoftBreak => self.block.push(self.style(), " "),
            Event::HardBreak => self.block.push(self.style(), "\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough => {}
            Tag::Paragraph if self.is_new_item() => {}
            _ => self.end_block(),
        }
        match tag {
            Tag::Heading { .. } => self.block.is_heading = true,
            Tag::BlockQuote(_) => self.quotations += 1,
            Tag::List(first) => self.lists.push(*first),
            Tag::Item => self.start_item(),
            Tag::CodeBlock(_) => self.is_code = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link | TagEnd::Image | TagEnd::Strikethrough => {}
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotations = self.quotations.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::CodeBlock => {
                self.end_block();
                self.is_code = false;
            }
            _ => self.end_block(),
        }
    }

    /// Begins an item with its sign: a bullet, or its number.
    fn start_item(&mut self) {
        let sign = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "• ".to_owned(),
        };
        self.block.push(Style::Plain, &sign);
    }

    /// Whether an item has nothing but its sign yet: its first paragraph then goes on beside the sign.
    fn is_new_item(&self) -> bool {
        let sign = self.block.text();
        !self.lists.is_empty() && (sign == "• " || sign.trim_end_matches(". ").parse::<u64>().is_ok())
    }

    fn style(&self) -> Style {
        match (self.strong, self.emphasis) {
            _ if self.is_code => Style::Code,
            (0, 0) => Style::Plain,
            (0, _) => Style::Emphasis,
            _ => Style::Strong,
        }
    }

    /// Ends the block that is being read; drops it where it has no words.
    fn end_block(&mut self) {
        let depth = self.lists.len().saturating_sub(1) + self.quotations;
        let mut block = Block { depth, ..std::mem::take(&mut self.block) };
        if let Some(last) = block.parts.last_mut() {
            last.words.truncate(last.words.trim_end().len());
        }
        if !block.text().trim().is_empty() {
            self.blocks.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each block on a line: indented, a heading after `#`, and its parts in brackets by their look.
    fn check(markdown: &str, expected: &str) {
        let drawn = blocks(markdown).into_iter().map(|block| {
            let parts = block.parts.iter().map(|part| match part.style {
                Style::Plain => part.words.clone(),
                Style::Emphasis => format!("<i {}>", part.words),
                Style::Strong => format!("<b {}>", part.words),
                Style::Code => format!("<c {}>", part.words),
            });
            let heading = if block.is_heading { "# " } else { "" };
            format!("{}{heading}{}\n", "  ".repeat(block.depth), parts.collect::<String>())
        });
        assert_eq!(drawn.collect::<String>(), expected, "{markdown}");
    }

    #[test]
    fn markdown_reads_as_it_is_meant() {
        check(
            "Setext\n======\n\n## Quotes ##\nMark *all* of\n**each** quote.",
            "# Setext\n# Quotes\nMark <i all> of <b each> quote.\n",
        );
        check("1. One\n2. Two\n   - inner\n\nAfter", "1. One\n2. Two\n  • inner\nAfter\n");
        check("- One\n\n- Two, `code`\n\n  more", "• One\n• Two, <c code>\nmore\n");
        check("> Said\n> [so](https://example.org) &amp; ![a picture](x.png)", "  Said so & a picture\n");
        check("    let x;\n\n```\na\nb\n```\n\n<b>raw</b> \\*", "<c let x;>\n<c a\nb>\n<b>raw</b> *\n");
        check("", "");
    }
}
