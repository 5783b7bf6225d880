//! Parses a page piece by piece, and stops as soon as it is too deep or too large.
//!
//! The parser's time grows with the square of the nesting, and formatting that is never closed is opened again in
//! every paragraph: parsed whole, a page of one megabyte could take hours.

use dom_query::{Document, NodeRef};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

/// Elements inside one another at most; pages of newspapers stay under a hundred.
const MAX_DEPTH: usize = 256;

/// Elements and texts in a page at most; large pages of newspapers have some ten thousand.
const MAX_NODES: usize = 300_000;

/// The tree of a page, or of a piece of one.
///
/// # Errors
/// If it has too many elements, or too many inside one another.
pub(super) fn parse(html: &str) -> Result<Document, Diagnostic> {
    const PIECE: usize = 1024;
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let (mut rest, mut looked_at) = (html, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        parser.process(StrTendril::from(piece));
        let page = &parser.tokenizer.sink.sink;
        let nodes = page.tree.len();
        if nodes > MAX_NODES {
            return Err(refused(
                "html-too-large",
                phrase!("The page has more than {most} elements and texts", most = MAX_NODES),
            ));
        }
        // Every so many new nodes, so that all looks together cost as little as the parsing.
        if nodes > looked_at + looked_at / 16 + 512 {
            looked_at = nodes;
            check_depth(page)?;
        }
    }
    let page = parser.finish();
    check_depth(&page)?;
    Ok(page)
}

/// Refuses a page that is nested too deeply.
fn check_depth(page: &Document) -> Result<(), Diagnostic> {
    let mut depth = 0usize;
    for step in Walk::new(page.root()) {
        match step {
            Visit::Enter(_) => depth += 1,
            Visit::Leave(_) => depth -= 1,
        }
        if depth > MAX_DEPTH {
            return Err(refused(
                "html-too-deep",
                phrase!("The page has more than {most} elements inside one another", most = MAX_DEPTH),
            ));
        }
    }
    Ok(())
}

/// Why a page is not read, with the way around it.
pub(super) fn refused(code: &'static str, message: Phrase) -> Diagnostic {
    Diagnostic::error(code, message).hint("Open the page in a browser, copy the article’s words and paste them here")
}

/// Every node under a root, on the way in and on the way out; by hand and not by recursion, so that no page can
/// overflow the stack.
pub(super) struct Walk<'d> {
    root: NodeRef<'d>,
    next: Option<Visit<'d>>,
}

/// A step of a walk through a tree.
#[derive(Clone)]
pub(super) enum Visit<'d> {
    /// A node begins, before its children.
    Enter(NodeRef<'d>),
    /// A node ends, after its children.
    Leave(NodeRef<'d>),
}

impl<'d> Walk<'d> {
    /// A walk through a node and everything in it, without recursion: pages may be deep.
    pub(super) fn new(root: NodeRef<'d>) -> Self {
        Self { root, next: Some(Visit::Enter(root)) }
    }

    /// Goes on behind a node that was just entered, without its children and without leaving it.
    pub(super) fn pass_over(&mut self, node: &NodeRef<'d>) {
        self.next = self.behind(node);
    }

    /// The step after a node: its next sibling, or the end of its parent.
    fn behind(&self, node: &NodeRef<'d>) -> Option<Visit<'d>> {
        if node.id == self.root.id {
            return None;
        }
        node.next_sibling().map(Visit::Enter).or_else(|| node.parent().map(Visit::Leave))
    }
}

impl<'d> Iterator for Walk<'d> {
    type Item = Visit<'d>;

    fn next(&mut self) -> Option<Visit<'d>> {
        let step = self.next.take()?;
        self.next = match &step {
            Visit::Enter(node) => Some(node.first_child().map_or_else(|| Visit::Leave(*node), Visit::Enter)),
            Visit::Leave(node) => self.behind(node),
        };
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(html: &str) -> Option<String> {
        parse(html).err().map(|error| error.code.into_owned())
    }

    #[test]
    fn deep_pages_are_refused_early() {
        assert_eq!(code(&"<div>".repeat(100_000)).as_deref(), Some("html-too-deep"));
        assert_eq!(code(&"<table><tr><td>".repeat(50_000)).as_deref(), Some("html-too-deep"));
        assert_eq!(code(&format!("<table>{}", "<i><div>".repeat(50_000))).as_deref(), Some("html-too-deep"));
        assert_eq!(code(&"<span><div></span>".repeat(50_000)).as_deref(), Some("html-too-deep"));
    }

    #[test]
    fn formatting_that_is_opened_again_and_again_is_refused() {
        let bomb: String = (0..50_000).map(|i| format!("<div><b id={i}></div>x")).collect();
        assert!(code(&bomb).is_some());
    }

    #[test]
    fn old_pages_with_few_ends_are_parsed() {
        assert_eq!(code(&"<p><font size=2>a<li>b<br>".repeat(1000)), None);
        assert_eq!(code(&"<table><tr><td><div>a</table>".repeat(1000)), None);
    }

    #[test]
    fn large_pages_are_refused() {
        assert_eq!(code(&"<br>".repeat(MAX_NODES + 1)).as_deref(), Some("html-too-large"));
    }
}
