//! An article as rows of tokens, and its text: as the layout has it, or put together.

use super::columns::{Separator, Shape};
use crate::text::ByteRange;

/// Where tokens are in a layout.
pub const TOKEN: char = 'x';

/// A token with its tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub words: String,
    /// Of the columns of each layer, one after the other.
    pub tags: Vec<String>,
    pub line: u32,
    /// Whether a sentence begins with it.
    pub begins: bool,
}

/// What a line of another width than most became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    AsMost,
    Other(usize),
}

impl Row {
    /// The row of a line; `None` where it has no token.
    pub fn of(line: &str, shape: &Shape, (number, begins): (u32, bool)) -> Option<(Self, Width)> {
        let cells = shape.separator.split(line);
        let width = if cells.len() == shape.width { Width::AsMost } else { Width::Other(cells.len()) };
        // Where a token has blanks in it, the tags are counted from the end.
        let more = cells.len().saturating_sub(shape.width);
        let tag = |column: &usize| {
            let cell = if cells.len() < shape.width { None } else { cells.get(column + more) };
            cell.map_or_else(String::new, |cell| (*cell).to_owned())
        };
        let tags = shape.layers.iter().flat_map(|(_, columns)| columns).map(tag).collect();
        let parts = cells.get(shape.token..=(shape.token + more)).or(cells.get(..1))?;
        let words = parts.join(if shape.separator == Separator::Tab { "\t" } else { " " });
        (!words.trim().is_empty()).then_some((Self { words, tags, line: number, begins }, width))
    }
}

/// A text with the place of each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    pub text: String,
    pub places: Vec<ByteRange>,
}

impl Placed {
    fn add(&mut self, words: &str) {
        let start = self.text.len();
        self.text.push_str(words);
        self.places.push(ByteRange::new(start, self.text.len()));
    }

    /// A blank between tokens, and a line for each sentence.
    pub fn together(rows: &[Row]) -> Self {
        let mut placed = Self::default();
        for row in rows {
            if !placed.text.is_empty() {
                placed.text.push(if row.begins { '\n' } else { ' ' });
            }
            placed.add(&row.words);
        }
        placed
    }

    /// As a layout has it; `None` where that has more tokens, or less.
    pub fn laid_out(rows: &[Row], layout: &str) -> Option<Self> {
        let (mut placed, mut rest) = (Self::default(), rows.iter());
        for c in layout.chars() {
            match c {
                TOKEN => placed.add(&rest.next()?.words),
                blank => placed.text.push(blank),
            }
        }
        rest.next().is_none().then_some(placed)
    }
}
