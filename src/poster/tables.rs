//! Who is heard in which article, and who is for or against what, as each annotator has marked it.

use super::{Poster, said};
use crate::{
    compare::tables::{Heard, Reports, Side, Source, Sources, StanceCell, StanceRow, StanceRows, Stances, Standing},
    phrase,
    text::{Phrase, markup::Markup, phrase::Value},
};

impl Poster<'_> {
    /// Writes the tables of every annotator who has marked something for them.
    pub(super) fn write_tables(&self, page: &mut Markup) {
        for who in &self.annotators {
            let reports = Reports::read(self.project, who, &self.ids);
            let sources = Sources::of(&reports);
            let stances = Stances::of(&reports, &sources);
            let name = self.project.annotator(who).map(|annotator| annotator.name.as_str());
            let name = name.filter(|_| self.annotators.len() > 1);
            if sources.missing.is_none() {
                write_heading(page, phrase!("Who is heard"), name);
                self.write_sources(page, &sources);
            }
            if stances.missing.is_none() {
                write_heading(page, phrase!("Who is for and against what"), name);
                let articles = stances.matrix(StanceRows::Articles, &reports, &sources);
                let names = (0..self.articles.len()).map(|column| Phrase::verbatim(self.name(column)));
                let rows = articles.into_iter().zip(names).map(|(row, name)| StanceRow { name, ..row });
                write_stances(page, &phrase!("Report"), &stances.targets, rows);
                let rows = stances.matrix(StanceRows::Sources, &reports, &sources);
                write_stances(page, &phrase!("Source"), &stances.targets, rows.into_iter());
            }
        }
    }

    /// A row for each source, a column for each article.
    fn write_sources(&self, page: &mut Markup, sources: &Sources) {
        page.raw("<table class=\"table\">\n<thead>\n<tr>");
        page.element("th", "scope=\"col\"", &said(&phrase!("Source")));
        for column in 0..self.articles.len() {
            page.foreign("th", "scope=\"col\"", "", self.name(column));
        }
        page.raw("</tr>\n</thead>\n<tbody>\n");
        for source in &sources.all {
            page.raw("<tr>").open("th", "scope=\"row\"");
            write_source(page, source);
            page.close("th");
            for heard in &source.heard {
                page.element("td", "", &said(&heard.map_or_else(|| phrase!("not heard"), told)));
            }
            page.raw("</tr>\n");
        }
        page.raw("</tbody>\n</table>\n");
    }
}

fn write_heading(page: &mut Markup, heading: Phrase, annotator: Option<&str>) {
    let heading = match annotator {
        Some(name) => phrase!("{heading}, as {name} has marked it", heading, name),
        None => heading,
    };
    page.foreign("h2", "class=\"part\"", "", &said(&heading)).line();
}

/// Its name, and under it the other names that it has.
fn write_source(page: &mut Markup, source: &Source) {
    match &source.name {
        Some(name) => page.foreign("bdi", "", "", name),
        None => page.element("i", "", &said(&phrase!("No source named"))),
    };
    let others = source.forms.iter().map(|form| form.words.as_str());
    let others: Vec<&str> = others.filter(|words| Some(*words) != source.name.as_deref()).collect();
    if source.name.is_none() || others.is_empty() {
        return;
    }
    let names = others.join("; ");
    let names = match source.standing {
        Standing::Proposed => phrase!("also, as proposed and not confirmed: {names}", names),
        Standing::AsWritten | Standing::Confirmed => phrase!("also: {names}", names),
    };
    page.raw("<br>").foreign("span", "class=\"note\"", "", &said(&names));
}

/// “3 times; 40 words quoted, 12 reported”.
fn told(heard: Heard) -> Phrase {
    let times = phrase!("{n} time|{n} times", n = heard.times);
    let quoted = phrase!("{n} word quoted|{n} words quoted", n = heard.quoted_words);
    let reported = phrase!("{n} word reported|{n} words reported", n = heard.reported_words);
    let words = [(heard.quoted_words, quoted), (heard.reported_words, reported)];
    match Phrase::list(words.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words.into())) {
        Some(words) => phrase!("{times}; {words}", times, words),
        None => times,
    }
}

/// A row for each report or source, a column for each target; nothing where no row has anything.
fn write_stances(page: &mut Markup, first: &Phrase, targets: &[String], rows: impl Iterator<Item = StanceRow>) {
    let mut rows = rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).peekable();
    if rows.peek().is_none() {
        return;
    }
    page.raw("<table class=\"table\">\n<thead>\n<tr>").element("th", "scope=\"col\"", &said(first));
    for target in targets {
        match target.as_str() {
            "" => page.element("th", "scope=\"col\"", &said(&phrase!("No target named"))),
            target => page.foreign("th", "scope=\"col\"", "", target),
        };
    }
    page.raw("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        page.raw("<tr>").foreign("th", "scope=\"row\"", "", &said(&row.name));
        for cell in &row.cells {
            page.element("td", "", &said(&sides(cell)));
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

/// “Favor 2, Against 1 (1 implied)”: every side counted apart, and what is implied apart from what is said.
fn sides(cell: &StanceCell) -> Phrase {
    let counts = Side::ALL.into_iter().zip(cell.counts).filter(|(_, count)| count.explicit + count.implied > 0);
    let counted = counts.map(|(side, count)| {
        let (side, n) = (side.phrase(), count.explicit + count.implied);
        match count.implied {
            0 => phrase!("{side} {n}", side, n),
            implied => phrase!("{side} {n} ({implied} implied)", side, n, implied),
        }
    });
    let answered = cell.answers.iter().map(|side| phrase!("as a whole: {side}", side = side.phrase()));
    Phrase::list(counted.chain(answered).map(Value::from)).unwrap_or_else(|| phrase!("none"))
}
