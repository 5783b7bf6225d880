//! The rows of *Stances*: articles, outlets or sources against targets. Sides stand below each other in a cell, implied
//! ones apart; nothing is netted.

use super::{
    line::{Cell, Grid, Head, Look, Opens, Row, Side, Sort, Under},
    tabulated::Tabulated,
};
use crate::{
    compare::tables::{Side as Stand, Stance, StanceCell, StanceRow, StanceRows},
    ui::{
        panel::wording,
        words::{phrase, tr},
    },
};

pub fn grid(data: &Tabulated, by: StanceRows) -> Grid {
    let first = match by {
        StanceRows::Articles => tr("Article"),
        StanceRows::Outlets => tr("Outlet"),
        StanceRows::Sources => tr("Source"),
    };
    let mut heads = vec![Head { title: first.into_owned(), share: 1.4, side: Side::Left }];
    heads.extend(data.stances.targets.iter().map(|target| Head {
        title: target_name(target),
        share: 1.0,
        side: Side::Left,
    }));
    let rows = data.stances.matrix(by, &data.reports, &data.sources);
    Grid { heads, rows: rows.iter().enumerate().map(|(at, own)| row(data, at, own)).collect() }
}

fn target_name(target: &str) -> String {
    if target.is_empty() { tr("No target").into_owned() } else { target.to_owned() }
}

fn row(data: &Tabulated, at: usize, row: &StanceRow) -> Row {
    let name = phrase(&row.name);
    let mut cells = vec![Cell::new(&name, Look::Name)];
    cells.extend(row.cells.iter().map(cell));
    let under = row.cells.iter().enumerate().flat_map(|(target, cell)| {
        cell.stances.iter().map(move |stance| stance_line(data, target + 1, &data.stances.all[*stance]))
    });
    Row { id: name, at, cells, under: under.collect() }
}

fn cell(own: &StanceCell) -> Cell {
    let mut cell = Cell { sort: Sort::Number(own.stances.len()), opens: Opens::Cell, ..Cell::default() };
    for (side, count) in Stand::ALL.into_iter().zip(own.counts) {
        let side = phrase(&side.phrase());
        if count.explicit > 0 {
            cell = cell.with(tr!("{n} × {side}", n = count.explicit, side = &side), Look::Plain);
        }
        if count.implied > 0 {
            cell = cell.with(tr!("{n} × {side}, implied", n = count.implied, side = &side), Look::Soft);
        }
    }
    if own.stances.is_empty() {
        cell = cell.with("–", Look::Soft);
    }
    for side in &own.answers {
        cell = cell.with(tr!("As a whole: {side}", side = side.phrase()), Look::Answer);
    }
    cell
}

fn stance_line(data: &Tabulated, column: usize, stance: &Stance) -> Under {
    let side = phrase(&stance.side.phrase());
    let implied = if stance.is_implied { tr("implied") } else { "".into() };
    let holders = stance.holders.iter().map(|holder| super::sources::name(&data.sources.all[*holder]));
    let holders = holders.collect::<Vec<_>>().join(", ");
    let whose = if holders.is_empty() { tr("The article itself").into_owned() } else { holders };
    Under {
        column: Some(column),
        lead: wording::dotted([&target_name(&data.stances.targets[stance.target]), side.as_str(), &implied]),
        words: stance.words.clone(),
        tail: wording::dotted([whose.as_str(), &data.reports[stance.at.report].outlet]),
        at: Some(stance.at.clone()),
        form: None,
    }
}
