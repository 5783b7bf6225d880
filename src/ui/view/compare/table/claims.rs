//! The rows of *Claims*: what is asserted, denied and doubted, by whom, and on which day; below each its marks.

use super::{
    line::{Cell, Grid, Head, Look, Row, Side, Sort, Under},
    tabulated::Tabulated,
};
use crate::{
    compare::tables::{Claim, Manner, Member},
    ui::{
        panel::wording,
        words::{phrase, tr},
    },
};

/// The columns of manners, after that of the claim.
const MANNERS: [Manner; 4] = [Manner::Asserted, Manner::Supported, Manner::Denied, Manner::Doubted];

pub fn grid(data: &Tabulated) -> Grid {
    let head = |title: String, share| Head { title, share, side: Side::Left };
    let mut heads = vec![head(tr("Claim").into_owned(), 2.4)];
    heads.extend(MANNERS.iter().map(|manner| head(phrase(&manner.phrase()), 1.1)));
    let when = match data.claims.days() {
        Some((first, last)) if first < last => {
            let day = |date: jiff::civil::Date| wording::short_date(&date.to_string());
            format!("{} – {}", day(first), day(last))
        }
        Some((day, _)) => wording::short_date(&day.to_string()),
        None => tr("When").into_owned(),
    };
    heads.push(head(when, 1.2));
    Grid { heads, rows: data.claims.all.iter().enumerate().map(|(at, claim)| row(data, at, claim)).collect() }
}

fn row(data: &Tabulated, at: usize, claim: &Claim) -> Row {
    let mut cells = vec![Cell::new(&claim.words, Look::Serif)];
    cells.extend(MANNERS.iter().map(|manner| manner_cell(data, claim, *manner)));
    let mut dots: Vec<_> = claim.members.iter().filter_map(|member| Some((member.day?, member.manner))).collect();
    dots.sort_unstable();
    let first = dots.first().map(|(day, _)| day.to_string()).unwrap_or_default();
    cells.push(Cell { sort: Sort::Words(first), dots, ..Cell::default() });
    let under = claim.members.iter().map(|member| member_line(data, member)).collect();
    Row { id: format!("{at} {}", claim.words), at, cells, under }
}

fn manner_cell(data: &Tabulated, claim: &Claim, manner: Manner) -> Cell {
    let own = || claim.members.iter().filter(|member| member.manner == manner);
    let count = own().count();
    if count == 0 {
        return Cell::count(0).with("–", Look::Soft);
    }
    let mut by: Vec<String> = Vec::new();
    for member in own() {
        let told = wording::dotted([whose(data, member).as_str(), &data.reports[member.at.report].outlet]);
        if !by.contains(&told) {
            by.push(told);
        }
    }
    Cell::count(count).with(tr!("{n} time|{n} times", n = count), Look::Plain).with(by.join("; "), Look::Soft)
}

fn whose(data: &Tabulated, member: &Member) -> String {
    phrase(&member.by(&data.sources))
}

fn member_line(data: &Tabulated, member: &Member) -> Under {
    let report = &data.reports[member.at.report];
    Under {
        column: None,
        lead: wording::dotted([phrase(&member.manner.phrase()).as_str(), &whose(data, member)]),
        words: member.words.clone(),
        tail: wording::dotted([report.outlet.as_str(), &wording::short_date(&report.published)]),
        at: Some(member.at.clone()),
        form: None,
    }
}
