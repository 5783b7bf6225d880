//! What the tables remember: which one is shown, how it is sorted and filtered, what is open in it. None of it is the
//! project's.

use std::collections::BTreeMap;

use super::{line::Grid, ordered::Ordered, sorting::Sorting, tabulated::Tabulated};
use crate::{
    compare::tables::{Sheet, StanceRow, StanceRows},
    model::{AnnotatorId, ArticleId},
    ui::{
        kit::list::{Cursor, Offsets},
        panel::Stamps,
        words::{phrase, tr},
    },
};

/// What stands below the strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    #[default]
    Statements,
    Sources,
    Stances,
    Claims,
    Order,
}

impl Face {
    /// In the order of the strip.
    pub const ALL: [Self; 5] = [Self::Statements, Self::Sources, Self::Stances, Self::Claims, Self::Order];

    /// English, for the screen’s door.
    pub fn text(self) -> &'static str {
        match self {
            Self::Statements => "Statements",
            Self::Sources => "Sources",
            Self::Stances => "Stances",
            Self::Claims => "Claims",
            Self::Order => "Order",
        }
    }
}

/// View state of the tables.
#[derive(Default)]
pub struct Tables {
    pub(super) face: Face,
    /// What was worked out last, counted in `made`.
    pub(super) data: Option<Tabulated>,
    pub(super) made: u64,
    /// What it was last asked for.
    asked: Option<MadeFor>,
    pub(super) filter: String,
    pub(super) field: Option<egui::Id>,
    pub(super) sorting: BTreeMap<Face, Sorting>,
    /// What the rows of the stances are.
    pub(super) by: StanceRows,
    /// The rows that are open by their ids, each with the column that is open alone.
    pub(super) open: BTreeMap<String, Option<usize>>,
    pub(super) grid: Grid,
    /// What is shown of the grid, from top to bottom.
    pub(super) lines: Vec<Shown>,
    pub(super) rows_for: Option<RowsFor>,
    pub(super) offsets: Offsets,
    pub(super) cursor: Cursor,
    /// The line that keys act on.
    pub(super) at: usize,
    pub(super) wanted: Option<usize>,
    pub(super) naming: Option<Naming>,
    /// The order of the statements.
    pub(super) ordered: Ordered,
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Row(usize),
    /// A line below a row.
    Under(usize, usize),
}

/// What rows were made of.
#[derive(Clone, Debug, PartialEq)]
pub struct RowsFor {
    pub face: Face,
    pub made: u64,
    pub statements: (u64, usize),
    pub filter: String,
    pub sorting: Option<Sorting>,
    pub by: StanceRows,
    pub open: BTreeMap<String, Option<usize>>,
}

/// The name of a source while it is written.
pub struct Naming {
    /// By its place among the sources.
    pub source: usize,
    /// The one of its forms that is named, or all.
    pub form: Option<usize>,
    pub name: String,
    /// Whether the field has yet to get the focus.
    pub is_new: bool,
}

/// What the readings were asked for.
#[derive(Clone, Debug, PartialEq)]
struct MadeFor {
    articles: Vec<ArticleId>,
    annotator: Option<AnnotatorId>,
    stamps: Stamps,
}

impl Tables {
    /// Whether a table stands in the place of the columns.
    pub fn is_shown(&self) -> bool {
        self.face != Face::Statements
    }

    pub(super) fn show(&mut self, face: Face) {
        if self.face == face {
            return;
        }
        self.face = face;
        (self.at, self.naming) = (0, None);
        self.filter.clear();
        if self.is_shown() {
            self.cursor.enter(0);
        }
    }

    /// The articles to be read, where something else is to be shown than was read last.
    pub fn wants(
        &mut self,
        articles: &[&ArticleId],
        annotator: Option<&AnnotatorId>,
        stamps: Stamps,
    ) -> Option<Vec<ArticleId>> {
        if !self.is_shown() || annotator.is_none() {
            return None;
        }
        let articles: Vec<ArticleId> = articles.iter().map(|id| (*id).clone()).collect();
        let now = MadeFor { articles, annotator: annotator.cloned(), stamps };
        if self.asked.as_ref() == Some(&now) {
            return None;
        }
        // What was read of other articles says nothing of these.
        let is_of_these =
            self.asked.as_ref().is_some_and(|asked| asked.articles == now.articles && asked.annotator == now.annotator);
        if !is_of_these {
            self.data = None;
            self.open.clear();
        }
        let articles = now.articles.clone();
        self.asked = Some(now);
        Some(articles)
    }

    /// Takes what reading has come to, where it is still of these articles.
    pub fn take(&mut self, data: Tabulated) {
        let asked = self.asked.iter().flat_map(|asked| &asked.articles);
        if asked.eq(data.reports.iter().map(|report| &report.article)) {
            self.data = Some(data);
            self.made += 1;
        }
    }

    /// Why there are no rows; `None` where there are some.
    pub(super) fn why_empty(&self) -> Option<String> {
        if self.face == Face::Order {
            return self.ordered.why_empty().map(std::borrow::Cow::into_owned);
        }
        let Some(data) = &self.data else { return Some(tr("Reading the marks…").into_owned()) };
        let missing = match self.face {
            Face::Sources => &data.sources.missing,
            Face::Stances => &data.stances.missing,
            _ => &data.claims.missing,
        };
        let missing = missing.as_ref().map(phrase);
        missing.or_else(|| self.lines.is_empty().then(|| tr("Nothing here has these words").into_owned()))
    }

    /// The table that is shown, for those who copy it: all of it, sorted and filtered as it is on the screen.
    pub(super) fn sheet(&self) -> Option<Sheet> {
        let data = self.data.as_ref()?;
        let rows = self.lines.iter().filter_map(|line| match line {
            Shown::Row(at) => Some(self.grid.rows[*at].at),
            Shown::Under(..) => None,
        });
        let rows: Vec<usize> = rows.collect();
        let (sheet, sizes): (Sheet, Vec<usize>) = match self.face {
            Face::Statements => return None,
            Face::Order => {
                let (sheet, sizes) = self.ordered.sheet(&data.reports);
                return Some(picked(sheet, &sizes, self.ordered.shared()));
            }
            Face::Sources => (data.sources.sheet(&data.reports), vec![1; data.sources.all.len()]),
            Face::Stances => {
                let filled = |row: StanceRow| row.cells.iter().filter(|cell| !cell.is_empty()).count();
                let rows = data.stances.matrix(self.by, &data.reports, &data.sources);
                let sheet = data.stances.sheet(self.by, &data.reports, &data.sources);
                (sheet, rows.into_iter().map(filled).collect())
            }
            Face::Claims => {
                let sizes = data.claims.all.iter().map(|claim| claim.members.len()).collect();
                (data.claims.sheet(&data.reports, &data.sources), sizes)
            }
        };
        Some(picked(sheet, &sizes, &rows))
    }
}

/// The lines of some rows, in this order; `sizes` says how many lines of the sheet each row has.
fn picked(sheet: Sheet, sizes: &[usize], rows: &[usize]) -> Sheet {
    let mut left = sheet.rows.into_iter();
    let mut by_row: Vec<Vec<_>> = sizes.iter().map(|size| left.by_ref().take(*size).collect()).collect();
    let mut picked = Vec::new();
    for at in rows {
        picked.append(&mut by_row[*at]);
    }
    Sheet { header: sheet.header, rows: picked }
}
