//! Elements to lines: a paragraph, heading, list item, quotation or table row is one line each.
//!
//! ASCII whitespace is collapsed as a browser does it; no-break spaces and every other character are kept.

use dom_query::{Document, NodeRef};

use super::{
    parse::{Visit, Walk, parse},
    quotes, tags,
};
use crate::diagnostic::Diagnostic;

/// The lines of some HTML in a language, without those of what is never read; quotations get their marks.
///
/// # Errors
/// If it is too large or nested too deeply.
pub(in crate::source) fn of_html(html: &str, language: &str) -> Result<Vec<String>, Diagnostic> {
    let page = parse(&tags::checked(html)?.0)?;
    quotes::set(&page, language);
    Ok(of(&page))
}

/// The lines of a page, none of them blank.
pub(super) fn of(page: &Document) -> Vec<String> {
    let mut lines = Lines::default();
    let mut walk = Walk::new(page.root());
    while let Some(step) = walk.next() {
        match step {
            Visit::Enter(node) if node.is_text() => lines.words(&node.text()),
            Visit::Enter(node) if is_unread(&node) => walk.pass_over(&node),
            Visit::Enter(node) => lines.enter(&node),
            Visit::Leave(node) => lines.leave(&node),
        }
    }
    lines.end_line();
    lines.done
}

/// The lines so far, and the one that is being written.
#[derive(Default)]
struct Lines {
    /// Lines that are complete; none is blank.
    done: Vec<String>,
    line: String,
    /// Levels of `pre` around: there, line breaks count.
    preformatted: usize,
}

impl Lines {
    /// An element begins: a block ends the line before it.
    fn enter(&mut self, node: &NodeRef<'_>) {
        let name = node.node_name().unwrap_or_default();
        if is_block(&name) {
            self.end_line();
        } else if matches!(&*name, "td" | "th") && !self.line.trim().is_empty() {
            self.line.push_str(" | ");
        }
        self.preformatted += usize::from(&*name == "pre");
    }

    /// An element ends: a block ends its line.
    fn leave(&mut self, node: &NodeRef<'_>) {
        let name = node.node_name().unwrap_or_default();
        if is_block(&name) {
            self.end_line();
        }
        self.preformatted -= usize::from(&*name == "pre");
    }

    /// Adds words, with white space collapsed unless they are preformatted.
    fn words(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.end_line(),
                ' ' | '\t' if self.preformatted > 0 => self.line.push(c),
                c if c.is_ascii_whitespace() => {
                    if !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                c => self.line.push(c),
            }
        }
    }

    /// Ends the line; a blank one is dropped.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        let line = if self.preformatted > 0 { line.trim_end() } else { line.trim_matches(' ') };
        self.done.push(line.to_owned());
    }
}

/// Whether an element stands on lines of its own.
pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ];
    BLOCKS.contains(&name)
}

/// What a browser does not show as words, or shows for other ends than reading.
pub(super) fn is_unread(node: &NodeRef<'_>) -> bool {
    const UNREAD: &[&str] = &[
        "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "math", "noscript", "object", "script",
        "select", "style", "svg", "template", "textarea", "title", "video",
    ];
    node.node_name().is_some_and(|name| UNREAD.contains(&&*name)) || node.has_attr("hidden")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, lines: &[&str]) {
        assert_eq!(of_html(html, "en").unwrap(), lines, "{html}");
    }

    #[test]
    fn blocks_are_lines() {
        check("<h2>A</h2>b<p> c <b>d</b>e\n f</p>g<br>h", &["A", "b", "c de f", "g", "h"]);
        check("<ul><li>a<ul><li>b</ul><li><p>c</p></ul>", &["a", "b", "c"]);
        check("<blockquote>a<p>b</blockquote>", &["a", "b"]);
        check("<table><tr><th>a<th>b<tr><td>1<td>2</table>", &["a | b", "1 | 2"]);
        check("a<pre>x\n  y\n</pre>z", &["a", "x", "  y", "z"]);
    }

    #[test]
    fn no_break_spaces_stay_and_blank_paragraphs_go() {
        check("<p>«&nbsp;Oui&nbsp;»</p><p>&nbsp;</p><p>&amp;&#8217;</p>", &["«\u{a0}Oui\u{a0}»", "&’"]);
    }

    #[test]
    fn what_is_not_read_is_left_out() {
        check("a<script>b</script><p hidden>c</p><button>d</button>e", &["ae"]);
    }
}
