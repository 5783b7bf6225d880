//! Sets the quotation marks of `q` elements, which a browser would set by the page’s language.
//!
//! A page that writes its own marks into the element, for browsers of old, gets no second ones.

use dom_query::{Document, NodeId, NodeRef};

use super::parse::{Visit, Walk};
use crate::source::marks;

/// Puts marks into the page’s text; gives how many quotations got some.
///
/// The language is that of the nearest element which tells one, else the page’s.
pub(super) fn set(page: &Document, language: &str) -> usize {
    let mut quotes = Quotes { languages: vec![(page.root().id, language.to_owned())], open: Vec::new(), count: 0 };
    for step in Walk::new(page.root()) {
        match step {
            Visit::Enter(node) if node.is_element() => quotes.enter(&node),
            Visit::Enter(_) => {}
            Visit::Leave(node) => quotes.leave(&node),
        }
    }
    quotes.count
}

/// The quotations that are open, and the languages that hold.
struct Quotes {
    /// The elements around that tell a language.
    languages: Vec<(NodeId, String)>,
    /// The quotations around, each with the mark to close it.
    open: Vec<(NodeId, &'static str)>,
    /// How many elements got marks.
    count: usize,
}

impl Quotes {
    /// An element begins; a `q` without marks of its own gets an opening one.
    fn enter(&mut self, node: &NodeRef<'_>) {
        if let Some(language) = node.attr("lang").filter(|language| !language.is_empty()) {
            self.languages.push((node.id, language.to_string()));
        }
        if !node.has_name("q") {
            return;
        }
        let words = node.text();
        if words.trim().is_empty() || marks::begins_with_mark(&words) {
            return;
        }
        let language = self.languages.last().map_or("", |(_, language)| language);
        let (opening, closing) = marks::around(language, self.open.len());
        node.prepend_child(&node.tree.new_text(opening));
        self.open.push((node.id, closing));
        self.count += 1;
    }

    /// An element ends; a `q` gets its closing mark.
    fn leave(&mut self, node: &NodeRef<'_>) {
        self.languages.pop_if(|(id, _)| *id == node.id);
        if let Some((_, closing)) = self.open.pop_if(|(id, _)| *id == node.id) {
            node.append_child(&node.tree.new_text(closing));
        }
    }
}
