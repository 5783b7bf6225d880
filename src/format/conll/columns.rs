//! What the columns of a file are: how they are parted, which has the tokens, and which have tags.

use std::collections::{BTreeMap, BTreeSet};

use super::tag::Tag;

/// What stands before an article.
pub const DOCSTART: &str = "-DOCSTART-";
/// So many columns are looked at.
const MOST: usize = 64;
/// So many labels of a column are kept to compare it with another.
const MOST_LABELS: usize = 1000;

/// What parts the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    Tab,
    Blank,
}

impl Separator {
    pub fn split(self, line: &str) -> Vec<&str> {
        match self {
            Self::Tab => line.split('\t').map(str::trim).collect(),
            Self::Blank => line.split([' ', '\t']).filter(|cell| !cell.is_empty()).collect(),
        }
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'l> {
    /// A sentence ends.
    Blank,
    /// An article begins.
    Start,
    /// Something that others say of what follows.
    Comment,
    Token(&'l str),
}

impl<'l> Line<'l> {
    pub fn of(line: &'l str) -> Self {
        match line.trim_matches([' ', '\t']) {
            "" => Self::Blank,
            start if start.starts_with(DOCSTART) || start.starts_with("# newdoc") => Self::Start,
            // A token that is a number sign has a tag beside it.
            comment if comment.starts_with("# ") && comment.contains([':', '=']) => Self::Comment,
            _ => Self::Token(line.trim_end_matches([' ', '\t'])),
        }
    }
}

/// What was counted of a column.
#[derive(Clone, Debug, Default)]
struct Column {
    cells: usize,
    tags: usize,
    inside: usize,
    /// How many of those inside have the label that the last column has.
    same: usize,
    /// How many are numbers.
    numbers: usize,
    labels: BTreeSet<String>,
}

impl Column {
    /// Whether nearly all cells are tags; some may stand on damaged lines.
    fn has_tags(&self) -> bool {
        self.inside > 0 && self.tags * 50 >= self.cells * 49
    }
}

/// What was counted of lines that are parted in a way.
#[derive(Clone, Debug, Default)]
struct Table {
    /// How many lines have so many columns.
    widths: BTreeMap<usize, usize>,
    columns: Vec<Column>,
}

impl Table {
    fn add(&mut self, cells: &[&str]) {
        *self.widths.entry(cells.len()).or_default() += 1;
        let last = cells.last().and_then(|cell| Tag::of(cell));
        for (at, cell) in cells.iter().take(MOST).enumerate() {
            if self.columns.len() == at {
                self.columns.push(Column::default());
            }
            let column = &mut self.columns[at];
            column.cells += 1;
            column.numbers += usize::from(cell.bytes().all(|byte| byte.is_ascii_digit()));
            let Some(tag) = Tag::of(cell) else { continue };
            column.tags += 1;
            if let Tag::Of(_, label) = tag {
                column.inside += 1;
                column.same += usize::from(matches!(last, Some(Tag::Of(_, other)) if other == label));
                if column.labels.len() < MOST_LABELS && !column.labels.contains(label) {
                    column.labels.insert(label.to_owned());
                }
            }
        }
    }
}

/// What is found out of a file before it is read.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    tabs: Table,
    blanks: Table,
    /// Lines with a tab.
    tabbed: usize,
    lines: usize,
    /// Articles that begin with a line of their own.
    pub starts: usize,
    /// Comments and the like.
    pub comments: usize,
}

/// What the columns of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    pub separator: Separator,
    /// How many columns most lines have.
    pub width: usize,
    /// The column of the tokens, from 0.
    pub token: usize,
    /// Columns of tags, each list with those of one annotator; its name where there are several.
    pub layers: Vec<(Option<String>, Vec<usize>)>,
    /// Columns of tags that have no label in common with the last one, which are not read.
    pub left_out: Vec<usize>,
}

impl Survey {
    pub fn add(&mut self, line: &str) {
        match Line::of(line) {
            Line::Blank => {}
            Line::Start => self.starts += 1,
            Line::Comment => self.comments += 1,
            Line::Token(line) => {
                self.lines += 1;
                self.tabbed += usize::from(line.contains('\t'));
                self.tabs.add(&Separator::Tab.split(line));
                self.blanks.add(&Separator::Blank.split(line));
            }
        }
    }

    /// What the columns are; `None` where none has tags.
    pub fn shape(&self) -> Option<Shape> {
        let is_tabbed = self.tabbed * 2 > self.lines;
        let (separator, table) =
            if is_tabbed { (Separator::Tab, &self.tabs) } else { (Separator::Blank, &self.blanks) };
        let (width, _) = table.widths.iter().max_by_key(|(_, lines)| **lines)?;
        let columns = &table.columns[..(*width).min(table.columns.len())];
        let mut tagged: Vec<usize> = (1..columns.len()).filter(|at| columns[*at].has_tags()).collect();
        let last = tagged.pop()?;
        // In some files the tokens are numbered.
        let is_numbered = tagged.first().copied().unwrap_or(last) > 1 && columns[0].numbers == columns[0].cells;
        let mut layers = vec![(None, vec![last])];
        let mut left_out = Vec::new();
        for at in tagged.into_iter().rev() {
            let column = &columns[at];
            if last + 1 == *width && column.same * 2 > column.inside {
                layers.push((Some(format!("column {}", at + 1)), vec![at]));
            } else if column.labels.is_disjoint(&columns[last].labels) {
                left_out.push(at);
            } else {
                layers[0].1.push(at);
            }
        }
        if layers.len() > 1 {
            layers[0].0 = Some(format!("column {}", last + 1));
        }
        Some(Shape { separator, width: *width, token: usize::from(is_numbered), layers, left_out })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Option<Shape> {
        let mut survey = Survey::default();
        text.lines().for_each(|line| survey.add(line));
        survey.shape()
    }

    #[test]
    fn columns_are_found_out() {
        let layers = |text| shape(text).map(|shape| (shape.token, shape.layers, shape.left_out));
        assert_eq!(layers("a\tB-X\nb c\tO\n"), Some((0, vec![(None, vec![1])], vec![])));
        assert_eq!(layers("a NN B-NP B-X\nb NN I-NP O\n"), Some((0, vec![(None, vec![3])], vec![2])));
        let levels = "# a: b\n1 a B-X O\n2 b I-X B-Y\n3 c O B-X\n";
        assert_eq!(layers(levels), Some((1, vec![(None, vec![3, 2])], vec![])));
        let twice = "a B-X B-X\nb I-X O\nc B-X B-X\n";
        let both = [("column 3", 2), ("column 2", 1)].map(|(name, at)| (Some(name.to_owned()), vec![at]));
        assert_eq!(layers(twice), Some((0, both.to_vec(), vec![])));
        assert_eq!(shape("Some words\nand more words\n"), None);
        assert_eq!(shape(""), None);
    }
}
