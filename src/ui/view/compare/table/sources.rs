//! The rows of *Sources*: each with its names and how it is heard in every report; below it its names, which are
//! proposed, confirmed or parted, and what it says.

use super::{
    line::{Cell, Grid, Head, Look, Row, Side, Sort, Under},
    tabulated::Tabulated,
};
use crate::{
    compare::tables::{Form, Heard, Saying, Source, Standing},
    ui::{
        panel::wording,
        words::{phrase, tr},
    },
};

pub fn grid(data: &Tabulated) -> Grid {
    let head = |title: String, share, side| Head { title, share, side };
    let mut heads = vec![head(tr("Source").into_owned(), 2.6, Side::Left)];
    heads.extend(data.reports.iter().map(|report| head(report.outlet.clone(), 1.1, Side::Right)));
    heads.push(head(tr("Together").into_owned(), 1.1, Side::Right));
    Grid { heads, rows: data.sources.all.iter().enumerate().map(|(at, source)| row(data, at, source)).collect() }
}

/// What a source is called on the screen.
pub fn name(source: &Source) -> String {
    source.name.clone().unwrap_or_else(|| tr("No source named").into_owned())
}

fn row(data: &Tabulated, at: usize, source: &Source) -> Row {
    let name = name(source);
    let others = source.forms.iter().map(|form| form.words.as_str()).filter(|words| *words != name);
    let standing = match source.standing {
        Standing::AsWritten => String::new(),
        Standing::Confirmed => tr("Confirmed").into_owned(),
        Standing::Proposed => tr("Proposed as one").into_owned(),
    };
    let look = if source.standing == Standing::Proposed { Look::Open } else { Look::Soft };
    let first = Cell::new(&name, Look::Name).with(others.collect::<Vec<_>>().join("; "), Look::Soft);
    let mut cells = vec![first.with(standing, look)];
    cells.extend(source.heard.iter().map(|heard| heard.map_or_else(not_heard, |heard| heard_cell(&heard))));
    cells.push(heard_cell(&source.total()));
    let forms = source.forms.iter().enumerate().map(|(form, own)| form_line(data, form, own));
    let said = source.said.iter().map(|saying| saying_line(data, saying));
    // A single name says nothing that the row does not.
    let forms: Vec<Under> = if source.forms.len() > 1 { forms.collect() } else { Vec::new() };
    Row { id: name, at, cells, under: forms.into_iter().chain(said).collect() }
}

fn not_heard() -> Cell {
    Cell::count(0).with(tr("not heard"), Look::Soft)
}

fn heard_cell(heard: &Heard) -> Cell {
    let words = heard.quoted_words + heard.reported_words;
    let counted = |n: usize, text: String| if n > 0 { text } else { String::new() };
    let quoted = counted(heard.quoted_words, tr!("{n} word quoted|{n} words quoted", n = heard.quoted_words));
    let told = counted(heard.reported_words, tr!("{n} word reported|{n} words reported", n = heard.reported_words));
    let cell = Cell { sort: Sort::Number(heard.times * 1_000_000 + words), ..Cell::default() };
    cell.with(tr!("{n} time|{n} times", n = heard.times), Look::Plain).with(quoted, Look::Soft).with(told, Look::Soft)
}

fn form_line(data: &Tabulated, at: usize, form: &Form) -> Under {
    let why = form.why.as_ref().map(phrase).unwrap_or_default();
    let said = if form.is_given { tr("Confirmed").into_owned() } else { why };
    let outlets = form.marks.iter().map(|mark| data.reports[mark.report].outlet.as_str());
    let mut outlets: Vec<&str> = outlets.collect();
    outlets.dedup();
    Under {
        column: None,
        lead: tr("Called").into_owned(),
        words: form.words.clone(),
        tail: wording::dotted([said.as_str(), &outlets.join(", ")]),
        at: form.marks.first().cloned(),
        form: Some(at),
    }
}

fn saying_line(data: &Tabulated, saying: &Saying) -> Under {
    let how = match (saying.quoted_words, saying.reported_words) {
        (_, 0) => tr("quoted"),
        (0, _) => tr("reported"),
        _ => tr("quoted in part"),
    };
    let words = tr!("{n} word|{n} words", n = saying.quoted_words + saying.reported_words);
    Under {
        column: None,
        lead: data.reports[saying.at.report].outlet.clone(),
        words: saying.words.clone(),
        tail: wording::dotted([saying.cue.as_str(), &how, &words]),
        at: Some(saying.at.clone()),
        form: None,
    }
}
