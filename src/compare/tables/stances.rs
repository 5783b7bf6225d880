//! Who is for or against what: the marks of stances by target, and what the articles as a whole are said to be. Sides are
//! counted apart and never netted, and so are implied ones.

use rustc_hash::FxHashMap;

use super::{
    reports::{MarkedAt, Report, Reports},
    sheet::{Cell, Sheet},
    sources::Sources,
    terms::{Side, StanceTerm},
};
use crate::{
    model::{Annotation, AnnotationId, Value},
    phrase,
    text::Phrase,
};

/// The stances of some reports.
#[derive(Clone, Debug, Default)]
pub struct Stances {
    /// The codebook’s, in its order, then others that were answered; the last may be empty, for stances without one.
    pub targets: Vec<String>,
    /// In the order of the reports, then of their texts.
    pub all: Vec<Stance>,
    /// What the annotator has answered of the articles.
    pub answers: Vec<Answer>,
    /// Why there is nothing; `None` where there is something.
    pub missing: Option<Phrase>,
}

/// A mark that is for or against something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stance {
    pub at: MarkedAt,
    pub words: String,
    /// By its place among the targets.
    pub target: usize,
    pub side: Side,
    pub is_implied: bool,
    /// Whose it is, by their places among the sources; empty where it is the article’s own.
    pub holders: Vec<usize>,
}

/// On which side an article as a whole is said to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub report: usize,
    pub target: usize,
    pub side: Side,
}

/// What the rows of a matrix are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StanceRows {
    #[default]
    Articles,
    Outlets,
    Sources,
}

/// A row of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StanceRow {
    pub name: Phrase,
    /// For each target.
    pub cells: Vec<StanceCell>,
}

/// What a row says of a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StanceCell {
    /// By side, in the order of [`Side::ALL`].
    pub counts: [Count; 4],
    /// By their places in [`Stances::all`].
    pub stances: Vec<usize>,
    /// What the articles of the row as a whole are said to be; none for rows of sources.
    pub answers: Vec<Side>,
}

/// Explicit and implied ones, apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub explicit: usize,
    pub implied: usize,
}

impl Stances {
    /// The stances of the reports; `sources` are those of the same reports.
    pub fn of(reports: &Reports<'_>, sources: &Sources) -> Self {
        let mut targets = Targets::new(&reports.project.codebook().targets);
        let mut all = Vec::new();
        for report in 0..reports.read.len() {
            all.extend(in_report(reports, sources, report, &mut targets));
        }
        let answers = answers(reports, &mut targets);
        let missing = match () {
            () if reports.terms.stances.is_empty() => {
                Some(phrase!("The codebook has no label that asks for a target, such as a stance"))
            }
            () if all.is_empty() && answers.is_empty() => Some(phrase!("No stance is marked in these articles yet")),
            () => None,
        };
        // An unnamed target comes last.
        let unnamed = targets.known.get("").copied();
        let last = targets.names.len() - usize::from(unnamed.is_some());
        let moved = |target: usize| match unnamed {
            Some(unnamed) if target == unnamed => last,
            Some(unnamed) if target > unnamed => target - 1,
            _ => target,
        };
        all.iter_mut().for_each(|stance: &mut Stance| stance.target = moved(stance.target));
        if let Some(unnamed) = unnamed {
            let name = targets.names.remove(unnamed);
            targets.names.push(name);
        }
        let answers = answers.into_iter().map(|answer| Answer { target: moved(answer.target), ..answer }).collect();
        Self { targets: targets.names, all, answers, missing }
    }

    /// A row for each article, outlet or source that has a stance, or an answer, in it. Rows of sources end with the
    /// reporters’ own words.
    pub fn matrix(&self, rows: StanceRows, reports: &impl AsRef<[Report]>, sources: &Sources) -> Vec<StanceRow> {
        match rows {
            StanceRows::Articles => {
                let rows = reports.as_ref().iter().map(|report| Phrase::verbatim(&report.title));
                self.filled(rows.collect(), |report| report, |stance| vec![stance.at.report])
            }
            StanceRows::Outlets => {
                let (names, row_of) = outlets(reports.as_ref());
                let rows = names.into_iter().map(Phrase::verbatim).collect();
                self.filled(rows, |report| row_of[report], |stance| vec![row_of[stance.at.report]])
            }
            StanceRows::Sources => {
                let count = sources.all.len();
                let name = |source: &super::Source| {
                    source.name.as_ref().map_or_else(|| phrase!("No source named"), Phrase::verbatim)
                };
                let rows = sources.all.iter().map(name).chain([phrase!("The article itself")]).collect();
                let holders = |stance: &Stance| match stance.holders.as_slice() {
                    [] => vec![count],
                    holders => holders.to_vec(),
                };
                let mut rows = self.filled(rows, |_| usize::MAX, holders);
                rows.retain(|row| row.cells.iter().any(|cell| !cell.stances.is_empty()));
                rows
            }
        }
    }

    /// One row for each row of a matrix and target that has anything.
    pub fn sheet(&self, rows: StanceRows, reports: &impl AsRef<[Report]>, sources: &Sources) -> Sheet {
        let what = match rows {
            StanceRows::Articles => phrase!("Article"),
            StanceRows::Outlets => phrase!("Outlet"),
            StanceRows::Sources => phrase!("Source"),
        };
        let mut header = vec![what, phrase!("Target")];
        for side in Side::ALL {
            let side = side.phrase();
            header.push(phrase!("{side}, explicit", side = side.clone()));
            header.push(phrase!("{side}, implied", side));
        }
        header.push(phrase!("The article as a whole"));
        let mut written = Vec::new();
        for row in self.matrix(rows, reports, sources) {
            let cells = row.cells.iter().zip(&self.targets);
            for (cell, target) in cells.filter(|(cell, _)| !cell.is_empty()) {
                let target = if target.is_empty() { Cell::Empty } else { Cell::Text(target.clone()) };
                let counts = cell.counts.iter().flat_map(|count| [count.explicit, count.implied]).map(Cell::Count);
                let answers = Phrase::list(cell.answers.iter().map(|side| side.phrase().into()));
                let first = [Cell::Said(row.name.clone()), target].into_iter();
                written.push(first.chain(counts).chain([answers.map_or(Cell::Empty, Cell::Said)]).collect());
            }
        }
        Sheet { header, rows: written }
    }

    fn filled(
        &self,
        names: Vec<Phrase>,
        row_of: impl Fn(usize) -> usize,
        rows_of: impl Fn(&Stance) -> Vec<usize>,
    ) -> Vec<StanceRow> {
        let row = |name| StanceRow { name, cells: vec![StanceCell::default(); self.targets.len()] };
        let mut rows: Vec<StanceRow> = names.into_iter().map(row).collect();
        for (at, stance) in self.all.iter().enumerate() {
            for row in rows_of(stance) {
                let Some(cell) = rows.get_mut(row).map(|row| &mut row.cells[stance.target]) else { continue };
                cell.stances.push(at);
                let count = &mut cell.counts[stance.side as usize];
                if stance.is_implied { count.implied += 1 } else { count.explicit += 1 }
            }
        }
        for answer in &self.answers {
            if let Some(row) = rows.get_mut(row_of(answer.report)) {
                row.cells[answer.target].answers.push(answer.side);
            }
        }
        rows
    }
}

impl StanceCell {
    pub fn is_empty(&self) -> bool {
        self.stances.is_empty() && self.answers.is_empty()
    }
}

impl Side {
    /// What it is called.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Favor => phrase!("Favor"),
            Self::Against => phrase!("Against"),
            Self::Neutral => phrase!("Neutral"),
            Self::Other => phrase!("Other"),
        }
    }
}

/// Targets by their words, in whichever case.
struct Targets {
    names: Vec<String>,
    known: FxHashMap<String, usize>,
}

impl Targets {
    fn new(names: &[String]) -> Self {
        let mut targets = Self { names: Vec::new(), known: FxHashMap::default() };
        for name in names {
            targets.at(name);
        }
        targets
    }

    fn at(&mut self, name: &str) -> usize {
        let at = *self.known.entry(name.trim().to_lowercase()).or_insert(self.names.len());
        if at == self.names.len() {
            self.names.push(name.trim().to_owned());
        }
        at
    }
}

fn in_report(reports: &Reports<'_>, sources: &Sources, report: usize, targets: &mut Targets) -> Vec<Stance> {
    let read = &reports.read[report];
    let (Some(layer), Some(text)) = (read.layer, read.text) else { return Vec::new() };
    let term = |mark: &Annotation| reports.terms.stances.iter().find(|term| term.label == mark.label);
    let mut found: Vec<Stance> = Vec::new();
    for (id, mark) in layer.annotations() {
        let Some(term) = term(mark) else { continue };
        let target = match mark.attributes.get(&term.target) {
            Some(Value::Text(target)) => targets.at(target),
            _ => targets.at(""),
        };
        let (side, is_implied) = side_of(term, mark);
        found.push(Stance {
            words: mark.fragments.words(text),
            at: MarkedAt { report, mark: id, place: mark.fragments.clone() },
            target,
            side,
            is_implied,
            holders: holders(reports, sources, report, read.speech_around(id)),
        });
    }
    found.sort_by(|one, other| one.at.place.cmp(&other.at.place).then(one.at.mark.cmp(&other.at.mark)));
    found
}

fn side_of(term: &StanceTerm, mark: &Annotation) -> (Side, bool) {
    let side = term.side.as_ref().and_then(|(attribute, sides)| {
        let answer = mark.attributes.get(attribute)?;
        sides.iter().find(|(value, _)| value == answer).map(|(_, side)| *side)
    });
    let implied = term.implied.as_ref().is_some_and(|(attribute, value)| mark.attributes.get(attribute) == Some(value));
    (side.unwrap_or(Side::Other), implied)
}

/// Who says the mark at which something is said, each once.
pub(super) fn holders(
    reports: &Reports<'_>,
    sources: &Sources,
    report: usize,
    speech: Option<AnnotationId>,
) -> Vec<usize> {
    let attributions = speech.into_iter().flat_map(|mark| reports.read[report].attributions_of(mark));
    let marks = attributions.flat_map(|attribution| attribution.sources.iter());
    let mut holders: Vec<usize> = marks.filter_map(|mark| sources.of_mark(report, *mark)).collect();
    holders.sort_unstable();
    holders.dedup();
    holders
}

fn answers(reports: &Reports<'_>, targets: &mut Targets) -> Vec<Answer> {
    let mut found = Vec::new();
    for (report, read) in reports.read.iter().enumerate() {
        let answers = read.layer.map(|layer| layer.article_answers().answers.as_slice()).unwrap_or_default();
        for answer in answers {
            let Some(term) = reports.terms.questions.iter().find(|term| term.question == answer.question) else {
                continue;
            };
            let Some(target) = &answer.target else { continue };
            let side =
                term.sides.iter().find(|(value, _)| *value == answer.value).map_or(Side::Other, |(_, side)| *side);
            found.push(Answer { report, target: targets.at(target), side });
        }
    }
    found
}

/// Outlets, each once, and which of them each report is of.
fn outlets(reports: &[Report]) -> (Vec<String>, Vec<usize>) {
    let mut names: Vec<String> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let row_of = reports.iter().map(|report| {
        *known.entry(report.outlet.to_lowercase()).or_insert_with(|| {
            names.push(report.outlet.clone());
            names.len() - 1
        })
    });
    let row_of = row_of.collect();
    (names, row_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::tables::testing::Invented;

    fn invented() -> Invented {
        Invented::new(&[
            "⟦source s|Ada Moor⟧ called it “⟦quote q|⟦stance a polarity=against target=the dam explicit=explicit|a folly⟧ of men⟧”. \
             The board ⟦stance b polarity=favor target=the dam explicit=implied|at last did its work⟧. \
             ⟦stance c polarity=against target=The Dam explicit=implied|It still leaks⟧.\n> q s\n! the dam against",
            "⟦source s|Ms Moor⟧ ⟦stance a polarity=favor target=the farmers|likes them⟧ and ⟦stance b polarity=neutral|shrugs⟧.\n> a s\n> b s",
        ])
    }

    fn told(rows: &[StanceRow]) -> Vec<String> {
        let count = |count: &Count| match count.implied {
            0 => count.explicit.to_string(),
            implied => format!("{}({implied})", count.explicit),
        };
        let cell = |cell: &StanceCell| match cell.stances.len() {
            0 => "–".to_owned(),
            _ => cell.counts[..3].iter().map(count).collect::<Vec<_>>().join("/"),
        };
        let row =
            |row: &StanceRow| format!("{}: {}", row.name, row.cells.iter().map(cell).collect::<Vec<_>>().join(" "));
        rows.iter().map(row).collect()
    }

    #[test]
    fn sides_are_counted_apart_and_implied_ones_too() {
        let invented = invented();
        let reports = invented.reports();
        let sources = Sources::of(&reports);
        let stances = Stances::of(&reports, &sources);
        // The codebook’s target first, the one that is not named last.
        assert_eq!(stances.targets, ["the dam", "the farmers", ""]);
        let rows = |by| told(&stances.matrix(by, &reports, &sources));
        assert_eq!(rows(StanceRows::Articles), ["Report 1: 0(1)/1(1)/0 – –", "Report 2: – 1/0/0 0/0/1"]);
        assert_eq!(rows(StanceRows::Outlets), ["Outlet 1: 0(1)/1(1)/0 – –", "Outlet 2: – 1/0/0 0/0/1"]);
        // What stands in somebody’s quote is theirs.
        let own = "The article itself: 0(1)/0(1)/0 – –";
        assert_eq!(rows(StanceRows::Sources), ["Ada Moor: 0/1/0 1/0/0 0/0/1", own]);
        let cell = &stances.matrix(StanceRows::Articles, &reports, &sources)[0].cells[0];
        assert_eq!(cell.answers, [Side::Against]);
        assert_eq!(stances.all[cell.stances[0]].words, "a folly");
        assert_eq!(stances.sheet(StanceRows::Articles, &reports, &sources).rows.len(), 3);
    }

    #[test]
    fn what_is_missing_is_said() {
        let invented = Invented::new(&["Nothing is marked here."]);
        let reports = invented.reports();
        let stances = Stances::of(&reports, &Sources::of(&reports));
        assert_eq!(stances.missing.unwrap().to_string(), "No stance is marked in these articles yet");
    }
}
