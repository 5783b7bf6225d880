//! What rows of a table are made of, before anything is drawn: cells with lines of words, what they are sorted by, and
//! what comes out below a row that is opened.

use jiff::civil::Date;

use crate::compare::tables::{Manner, MarkedAt};

/// A table: its columns and all its rows, unsorted.
#[derive(Default)]
pub struct Grid {
    pub heads: Vec<Head>,
    pub rows: Vec<Row>,
}

/// A column.
pub struct Head {
    pub title: String,
    /// Its share of the width.
    pub share: f32,
    pub side: Side,
}

/// At which edge of a column its words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

/// A row with what is below it.
pub struct Row {
    /// Tells it from others when the table is made anew.
    pub id: String,
    /// By its place among the rows of the reading.
    pub at: usize,
    pub cells: Vec<Cell>,
    pub under: Vec<Under>,
}

/// A cell of a row.
#[derive(Default)]
pub struct Cell {
    pub lines: Vec<(String, Look)>,
    pub sort: Sort,
    /// Drawn in place of words: a timeline.
    pub dots: Vec<(Date, Manner)>,
    /// Whether it opens its own part of what is below the row.
    pub opens: Opens,
}

/// What a click on a cell shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opens {
    #[default]
    Row,
    Cell,
}

/// How a line of a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Name,
    Serif,
    Plain,
    Soft,
    /// A proposal that waits for somebody.
    Open,
    /// What is said of something as a whole.
    Answer,
}

/// What a cell is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Number(usize),
    Words(String),
}

/// A line below an opened row.
pub struct Under {
    /// Of which column, where that can be opened alone.
    pub column: Option<usize>,
    pub lead: String,
    pub words: String,
    pub tail: String,
    /// Where it is gone to.
    pub at: Option<MarkedAt>,
    /// The marks that are named by it, where it is a name of a source.
    pub form: Option<usize>,
}

impl Default for Sort {
    fn default() -> Self {
        Self::Number(0)
    }
}

impl Cell {
    pub fn new(words: impl Into<String>, look: Look) -> Self {
        let words = words.into();
        Self { sort: Sort::Words(words.to_lowercase()), ..Self::default() }.with(words, look)
    }

    pub fn count(count: usize) -> Self {
        Self { sort: Sort::Number(count), ..Self::default() }
    }

    /// With another line, where that has words.
    pub fn with(mut self, words: impl Into<String>, look: Look) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.lines.push((words, look));
        }
        self
    }

    /// All that is read in it.
    pub fn told(&self) -> String {
        self.lines.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl Row {
    /// Whether some words, in small letters, are found in it or below it.
    pub fn has(&self, sought: &str) -> bool {
        let is_in = |words: &str| words.to_lowercase().contains(sought);
        self.cells.iter().flat_map(|cell| &cell.lines).any(|(words, _)| is_in(words))
            || self.under.iter().any(|under| is_in(&under.words) || is_in(&under.lead) || is_in(&under.tail))
    }
}
