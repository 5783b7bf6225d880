//! What the page asks of its caller: text, and the marks over the part of it that is seen.

use std::sync::Arc;

use egui::Color32;

use crate::{
    text::{self, ByteRange, Fragments, Text},
    ui::typeset::Pattern,
};

/// The text of a page and what is marked in it. Asked only for what is visible.
pub trait PageSource {
    /// A paragraph is a line of it that is not blank; white space at its end is not shown.
    fn text(&self) -> &Text;

    /// Any number that differs when the text does. The page forgets its layout when it changes.
    fn text_version(&self) -> u64;

    /// Pushes every mark that has a fragment in `range`, in any order.
    fn marks_in(&self, range: ByteRange, out: &mut Vec<Mark>);

    /// Pushes the words to be pointed out in `range`, as a search does, in any order.
    fn highlights_in(&self, _range: ByteRange, _out: &mut Vec<Highlight>) {}

    /// The accessible name of a mark, such as “Quote: we have put this off”. Asked only when somebody listens.
    fn mark_name(&self, id: u64) -> String;

    /// The same without its words, such as “Quote”: said when the caret comes into it.
    fn mark_label(&self, id: u64) -> String;

    /// The word that holds the character at `offset`; empty where there is none.
    fn word_at(&self, offset: usize) -> ByteRange {
        text::segment::word_at(self.text(), offset)
    }

    /// The sentence that holds the character at `offset`, without the spaces after it.
    fn sentence_at(&self, offset: usize) -> ByteRange {
        text::segment::sentence_at(self.text(), offset)
    }
}

/// A styled range of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The caller's own; gestures name marks by it.
    pub id: u64,
    /// What it covers: one or more half-open ranges of bytes.
    pub fragments: Fragments,
    /// Fill behind the words, translucent.
    pub tint: Color32,
    /// The line below the words, and the outline when the mark is picked.
    pub line: Color32,
    /// How the line is drawn, so that labels are told apart without colour.
    pub pattern: Pattern,
    /// How much it stands out just now.
    pub emphasis: Emphasis,
    /// Whether it is the user’s own.
    pub owner: Owner,
    /// Whether the ends can be dragged.
    pub handles: Handles,
    /// A letter or two shown on the mark, to choose it by.
    pub hint: Option<Arc<str>>,
    /// A letter or two, shown small above the mark's first words where there is room, to know it by.
    pub initials: Option<Arc<str>>,
}

impl Mark {
    /// A mark as most are: one's own, neither picked nor dimmed.
    pub fn plain(id: u64, fragments: Fragments, tint: Color32, line: Color32, pattern: Pattern) -> Self {
        Self {
            id,
            fragments,
            tint,
            line,
            pattern,
            emphasis: Emphasis::Plain,
            owner: Owner::Own,
            handles: Handles::None,
            hint: None,
            initials: None,
        }
    }
}

/// Words that are pointed out behind everything else: no mark, and nothing to click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// What is pointed out; half-open, in bytes.
    pub range: ByteRange,
    /// Whether it is the one that is looked at.
    pub strength: Strength,
}

/// How strongly words are pointed out, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// One of many that were looked for.
    Usual,
    /// The one that is looked at: stronger, and outlined.
    Current,
    /// They stand on another page too: a quiet ground.
    Shared,
    /// They stand on other pages too, and are what is looked at on all of them: outlined as one.
    InHand,
    /// They are on another page word for word: grey.
    Carried,
}

/// How much a mark stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Emphasis {
    /// As most marks: tint and line, no outline.
    #[default]
    Plain,
    /// It belongs with one that is picked or pointed at: a deeper tint.
    Member,
    /// Under the pointer, or pointed at elsewhere in the window: a thin outline.
    Hovered,
    /// A thick outline.
    Picked,
    /// Not eligible just now.
    Dimmed,
}

/// Whose mark it is. Another's is drawn hollow: the line without the tint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The user’s own.
    #[default]
    Own,
    /// Another annotator’s.
    Foreign,
}

/// Whether grips are drawn at the ends of a mark’s fragments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Handles {
    /// The ends stay where they are.
    #[default]
    None,
    /// Each end can be dragged.
    Shown,
}

/// A relation to draw, from a place of the text to another, or to one that this page does not show.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The place it starts from; half-open, in bytes.
    pub from: ByteRange,
    /// Where it leads.
    pub to: LinkTo,
    /// Of the curve and of the chip’s arrow.
    pub colour: Color32,
    /// What the end is to the other, such as “source”.
    pub label: Arc<str>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkTo {
    /// Elsewhere in this text; half-open, in bytes.
    Place(ByteRange),
    /// In another text: what its chip says.
    Elsewhere(Arc<str>),
}

/// How the ends of links are shown that are out of view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FarEnds {
    /// A chip each, up to a few at each edge of the view.
    #[default]
    Chips,
    /// How many there are, at each edge; the chips come on a click.
    Counted,
}
