//! What a quotation is. It finds none.

use crate::text::ByteRange;

/// Words that are given as said or written by somebody, inside one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotation {
    /// With its marks.
    pub outer: ByteRange,
    /// Without its marks and the spaces inside them; never empty.
    pub inner: ByteRange,
    /// In how many others it lies.
    pub depth: usize,
    /// `false` where no mark closes it before its paragraph ends, as in all but the last paragraph of a long
    /// quotation that opens anew in each.
    pub closed: bool,
    pub opened_by: OpenedBy,
}

/// How a quotation is told from the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OpenedBy {
    /// Quotation marks.
    Mark,
    /// A dash at the start of the paragraph: direct speech, of which each part is a quotation.
    Dash,
    /// `>` at the start of the line, as mail and Markdown set what they quote.
    Bracket,
}

impl Quotation {
    /// The character that opens it.
    pub(super) fn mark(&self, text: &str) -> Option<char> {
        text[self.outer.start()..].chars().next()
    }
}
