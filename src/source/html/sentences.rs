//! Keeps sentences whole: what stands inside one is words, whatever class the page gives it.
//!
//! Readability judges every element by its class and leaves out `comment`, `social`, `header` and the like. That is
//! right for the blocks of a page and wrong inside a sentence, where `<em class="community-name">` bears a word of it.
//! So such elements lose what they are judged by before they are judged, and so does a quotation between paragraphs
//! (`blockquote`), which is often somebody’s post. Bylines stay as they are, because they are found by it.

use dom_query::{Document, NodeId, NodeRef};

use super::{
    blocks::{is_block, is_unread},
    parse::{Visit, Walk},
};

/// What Readability judges an element by.
const JUDGED_BY: &[&str] = &["class", "id", "role", "rel", "itemprop"];

/// Takes from the inline elements of sentences what they could be left out for.
pub(super) fn protect(page: &Document) {
    let mut run = Run::default();
    let mut walk = Walk::new(page.root());
    while let Some(step) = walk.next() {
        match step {
            Visit::Enter(node) if node.is_text() => run.words(&node.text()),
            Visit::Enter(node) if is_unread(&node) => walk.pass_over(&node),
            Visit::Enter(node) => run.enter(node),
            Visit::Leave(node) => run.leave(&node),
        }
    }
    run.end();
}

/// Text and inline elements between two edges of blocks: what is set in one piece.
#[derive(Default)]
struct Run<'d> {
    /// The inline elements in it that could be left out.
    judged: Vec<NodeRef<'d>>,
    /// Those that the walk is in now.
    around: Vec<NodeId>,
    /// Whether a letter stands outside of all of them.
    has_bare_words: bool,
    characters: usize,
    last: Option<char>,
}

impl<'d> Run<'d> {
    /// Takes up words of the run.
    fn words(&mut self, text: &str) {
        self.characters += text.chars().count();
        self.has_bare_words |= self.around.is_empty() && text.contains(char::is_alphanumeric);
        self.last = text.trim_end().chars().next_back().or(self.last);
    }

    /// An element begins; a block ends the run.
    fn enter(&mut self, node: NodeRef<'d>) {
        let name = node.node_name().unwrap_or_default();
        if &*name == "blockquote" {
            node.remove_attrs(JUDGED_BY);
        }
        if is_block(&name) {
            self.end();
        } else if is_judged(&node) {
            self.around.push(node.id);
            self.judged.push(node);
        }
    }

    /// An element ends; a block ends the run.
    fn leave(&mut self, node: &NodeRef<'_>) {
        if is_block(&node.node_name().unwrap_or_default()) {
            self.end();
        }
        self.around.pop_if(|id| *id == node.id);
    }

    /// Ends a run: what is judged in it is protected, where it is a sentence.
    fn end(&mut self) {
        let is_closed = self.last.is_some_and(ends_sentence);
        let is_long = self.characters >= LONGEST_BYLINE;
        if self.has_bare_words || is_closed {
            let judged = self.judged.iter().filter(|node| is_closed || is_long || !is_byline(node));
            judged.for_each(|node| node.remove_attrs(JUDGED_BY));
        }
        *self = Self { around: std::mem::take(&mut self.around), ..Self::default() };
    }
}

/// Characters that a byline has at most, as Readability counts it.
const LONGEST_BYLINE: usize = 100;

/// Whether an element has anything that Readability judges it by.
fn is_judged(node: &NodeRef<'_>) -> bool {
    node.is_element() && JUDGED_BY.iter().any(|name| node.has_attr(name))
}

/// Whether an element is a byline by its class or role.
fn is_byline(node: &NodeRef<'_>) -> bool {
    let said: String = JUDGED_BY.iter().filter_map(|name| node.attr(name)).map(|value| value.to_lowercase()).collect();
    ["byline", "author", "dateline", "writtenby"].iter().any(|sign| said.contains(sign))
}

/// Whether a character ends a sentence, or may follow one that has ended.
fn ends_sentence(last: char) -> bool {
    matches!(last, '.' | '?' | '!' | '…' | ':' | ';' | '”' | '"' | '’' | '»' | '“' | ')' | '。' | '！' | '？' | '」')
        || matches!(last, '؟' | '۔' | '।')
}
