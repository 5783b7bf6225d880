//! What was done to a page, as it tells its caller: selections, picks, drags. What it means is the caller's.

use crate::text::ByteRange;

/// A selection in bytes of the text; a caret where both ends are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextSelection {
    /// Where it began.
    pub anchor: usize,
    /// Where it is being moved.
    pub head: usize,
}

impl TextSelection {
    /// No selection but a caret, in bytes.
    pub fn caret(offset: usize) -> Self {
        Self { anchor: offset, head: offset }
    }

    /// What is selected, half-open, whichever way it was dragged; empty for a caret.
    pub fn range(self) -> ByteRange {
        ByteRange::new(self.anchor, self.head)
    }

    /// Whether nothing is selected.
    pub fn is_caret(self) -> bool {
        self.anchor == self.head
    }
}

/// One of the two ends of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkEnd {
    /// Where the link starts: [`Link::from`](super::source::Link::from).
    From,
    /// Where it leads.
    To,
}

/// What the user did. All offsets are bytes on character boundaries.
#[derive(Clone, Debug, PartialEq)]
pub enum Gesture {
    /// The selection or the caret is now here.
    Select(TextSelection),
    /// A click that moved nothing: the marks under the pointer, innermost first; none where it fell beside all.
    Pick { offset: usize, stack: Vec<u64> },
    /// The pointer came over other marks than before, innermost first.
    Hover { stack: Vec<u64> },
    /// The end of a fragment is being dragged to `offset`.
    DragHandle { id: u64, fragment: usize, edge: Edge, offset: usize, phase: DragPhase },
    /// A secondary click; the selection is where it was.
    ContextMenu { offset: usize, stack: Vec<u64> },
    /// The chip of a link’s far end was clicked.
    FollowLink { link: usize, end: LinkEnd },
}

/// The first or the last end of a fragment, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    Start,
    End,
}

/// How far a drag of a mark’s end has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DragPhase {
    /// The button is down: to be shown, not yet to be done.
    Moving,
    /// The button came up: the end is to be moved there.
    Done,
}
