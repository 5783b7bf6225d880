//! WebAnno TSV read: rows become the annotations of a CAS, and these marks and relations.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    super::{
        cas::{
            codebook::CasCodebook,
            files::Files,
            names::{self, ANNOTATION, DEPENDENT, FIRST, GOVERNOR, NEXT, POS, SENTENCE, TARGET, TOKEN},
            read::Reading,
            structure::{Cas, Held, Structure},
        },
        lines::Lines,
        reader::{Head, Sources, Take},
        units::OffsetUnit,
    },
    escape::{parts, unescaped_value, with_link, with_number},
    header::{self, Column, Kind},
    rows::{Row, Rows, is_tsv},
};
use crate::{diagnostic::Diagnostic, model::Codebook, phrase};

/// Whether there is a WebAnno TSV of version 3 among the sources.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.extension() == "tsv" && is_tsv(head.bytes))
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let files = Files::of(sources, "tsv", take);
    let mut codebook = CasCodebook::new("WebAnno");
    for name in &files.documents {
        let rows = match sources.open(name).map(|source| Rows::of(Lines::of(source, name), name)) {
            Ok(rows) => rows,
            Err(told) => {
                take.tell(told);
                continue;
            }
        };
        let mut types = files.types(name).cloned().unwrap_or_default();
        types.extend(header::types(&rows.columns));
        let cas = cas_of(rows, name, take);
        Reading { codebook: &mut codebook, take, format: "webanno-tsv" }.articles(
            name,
            &files.place(name),
            (&cas, types),
        )?;
    }
    Ok(codebook.finish())
}

/// The CAS of a file; what is damaged is told.
fn cas_of(mut rows: Rows, name: &str, take: &mut dyn Take) -> Cas {
    rows.damaged.drain(..).for_each(|told| take.tell(told));
    if rows.is_empty() {
        return Cas::default();
    }
    let evidence = rows.evidence();
    let unit = evidence.unit(OffsetUnit::Utf16);
    take.offsets(OffsetUnit::Utf16, evidence);
    let (text, shifts) = rows.text(unit);
    if shifts.iter().any(|shift| *shift != 0) {
        let told =
            Diagnostic::warning("shifted", "Sentences are not where their tokens say; the tokens were moved to them");
        take.tell(told.at_path(name).hint("Look at some of the marks"));
    }
    for row in &mut rows.rows {
        let shift = shifts.get(row.sentence).copied().unwrap_or(0);
        row.begin = row.begin.saturating_add_signed(shift);
        row.end = row.end.saturating_add_signed(shift);
    }
    let mut making = Making::default();
    rows.rows.iter().for_each(|row| making.row(row, &rows.columns));
    making.finish();
    for (told, line) in making.told {
        take.tell(told.at_line(line, 1).at_path(name));
    }
    let mut cas = Cas::of_text(text, unit);
    for made in making.made {
        cas.add(made.structure());
    }
    cas
}

/// An annotation while it is being made: later rows may reach further.
#[derive(Debug)]
struct Made {
    id: u32,
    type_name: String,
    begin: usize,
    end: usize,
    features: Vec<(String, Held)>,
    line: u32,
    is_annotation: bool,
}

impl Made {
    fn structure(self) -> Structure {
        let own = Structure { id: self.id, line: self.line, ..Structure::new(&self.type_name) };
        let own = match self.is_annotation {
            true => own.with("sofa", 1).with("begin", self.begin).with("end", self.end),
            false => own,
        };
        Structure { features: own.features.into_iter().chain(self.features).collect(), ..own }
    }

    fn put(&mut self, feature: &str, held: Held) {
        // Each row of an annotation says the same of it.
        if self.features.iter().all(|(name, _)| name != feature) {
            self.features.push((feature.to_owned(), held));
        }
    }
}

/// A place that is named before what stands there is known.
#[derive(Debug)]
struct Named {
    /// What refers to it, by which feature.
    from: usize,
    feature: &'static str,
    /// Of what is referred to.
    type_name: String,
    unit: String,
    number: Option<usize>,
    line: u32,
}

#[derive(Debug, Default)]
struct Making {
    made: Vec<Made>,
    /// The annotations on each token or part of one, by their types, in the order of the stack.
    on: FxHashMap<String, BTreeMap<String, Vec<usize>>>,
    /// Those with a number.
    numbered: FxHashMap<(String, usize), usize>,
    chains: BTreeMap<(String, usize), BTreeMap<usize, usize>>,
    named: Vec<Named>,
    /// The tokens, by their ids.
    tokens: FxHashMap<String, usize>,
    told: Vec<(Diagnostic, u32)>,
}

impl Making {
    fn make(&mut self, type_name: &str, row: &Row) -> usize {
        let id = u32::try_from(self.made.len()).unwrap_or(u32::MAX - 2) + 2;
        let (begin, end, line) = (row.begin, row.end, row.line);
        let (type_name, features) = (type_name.to_owned(), Vec::new());
        self.made.push(Made { id, type_name, begin, end, features, line, is_annotation: true });
        self.made.len() - 1
    }

    fn row(&mut self, row: &Row, columns: &[Column]) {
        if !row.id.contains('.') {
            let token = self.make(TOKEN, row);
            self.tokens.insert(row.id.clone(), token);
        }
        let of_layer = |one: &(&Column, &String), next: &(&Column, &String)| one.0.type_name == next.0.type_name;
        let cells: Vec<(&Column, &String)> = columns.iter().zip(&row.cells).collect();
        for layer in cells.chunk_by(of_layer) {
            let is_relation = layer.iter().any(|(column, _)| column.kind.is_of_relation());
            for (column, cell) in layer.iter().filter(|(_, cell)| !matches!(cell.as_str(), "_" | "")) {
                for (at, value) in parts(cell, '|').into_iter().enumerate() {
                    match &column.kind {
                        Kind::ChainFeature(_) | Kind::ChainLink(_) => {}
                        _ => self.value(row, (column, is_relation), (at, value)),
                    }
                }
            }
            self.chain(row, layer);
        }
    }

    /// Takes what one column says of one annotation of a stack.
    fn value(&mut self, row: &Row, (column, is_relation): (&Column, bool), (at, whole): (usize, &str)) {
        let (value, number) = match column.kind {
            Kind::Targets { .. } => (whole, None),
            _ => with_number(whole),
        };
        let stack_number = number.filter(|_| !is_relation).and_then(|number| number.parse().ok());
        let own = self.stacked(row, &column.type_name, at, stack_number);
        match &column.kind {
            Kind::Feature(feature) if value != "*" => self.made[own].put(feature, Held::Text(unescaped_value(value))),
            Kind::Roles { slot, link } => self.roles(row, own, (slot, link), value),
            Kind::Targets { slot, target } => self.targets(row, own, (slot, target), value),
            Kind::Base(base) => self.ends(row, own, base, (value, number)),
            _ => {}
        }
    }

    /// The annotation of a type on a token: the one with this number, or the one at this place of the stack.
    fn stacked(&mut self, row: &Row, type_name: &str, at: usize, number: Option<usize>) -> usize {
        let stack = self.on.get(&row.id).and_then(|on| on.get(type_name));
        let known = match number {
            Some(number) => self.numbered.get(&(type_name.to_owned(), number)).copied(),
            None => stack.and_then(|stack| stack.get(at)).copied(),
        };
        let own = known.unwrap_or_else(|| self.make(type_name, row));
        self.made[own].end = self.made[own].end.max(row.end);
        let stack = self.on.entry(row.id.clone()).or_default().entry(type_name.to_owned()).or_default();
        if !stack.contains(&own) {
            stack.push(own);
        }
        if let Some(number) = number {
            self.numbered.insert((type_name.to_owned(), number), own);
        }
        own
    }

    fn roles(&mut self, row: &Row, own: usize, (slot, link): (&str, &str), value: &str) {
        if matches!(value, "_" | "") || self.made[own].features.iter().any(|(name, _)| name == slot) {
            return;
        }
        let mut ids = Vec::new();
        for role in parts(value, ';') {
            let new = self.make(link, row);
            self.made[new].is_annotation = false;
            if role != "*" {
                self.made[new].put(names::ROLE, Held::Text(unescaped_value(role)));
            }
            ids.push(self.made[new].id);
        }
        self.made[own].put(slot, Held::References(ids));
    }

    fn targets(&mut self, row: &Row, own: usize, (slot, target): (&str, &str), value: &str) {
        let links = self.made[own].features.iter().find(|(name, _)| name == slot);
        let Some((_, Held::References(links))) = links.cloned() else { return };
        for (link, value) in links.into_iter().zip(parts(value, ';')) {
            let (unit, number) = with_number(value);
            if matches!(unit, "*" | "_") {
                continue;
            }
            let number = number.and_then(|number| number.parse().ok());
            let from = link as usize - 2;
            let (type_name, unit) = (target.to_owned(), unit.to_owned());
            if self.named.iter().rev().take_while(|named| named.line == row.line).all(|named| named.from != from) {
                self.named.push(Named { from, feature: TARGET, type_name, unit, number, line: row.line });
            }
        }
    }

    /// Notes the ends of a relation: where it comes from is told, and it leads to this row.
    fn ends(&mut self, row: &Row, own: usize, base: &str, (value, numbers): (&str, Option<&str>)) {
        let (from, to) = numbers.and_then(|numbers| numbers.split_once('_')).unzip();
        let number = |number: Option<&str>| number.and_then(|number| number.parse().ok()).filter(|number| *number > 0);
        for (feature, unit, number) in [(GOVERNOR, value, number(from)), (DEPENDENT, row.id.as_str(), number(to))] {
            let (type_name, unit) = (base.to_owned(), unit.to_owned());
            self.named.push(Named { from: own, feature, type_name, unit, number, line: row.line });
        }
    }

    /// Takes the columns of a chain: which link a value is of is told in one of them, in the order of the stack.
    fn chain(&mut self, row: &Row, layer: &[(&Column, &String)]) {
        let link =
            layer.iter().find(|(column, cell)| matches!(column.kind, Kind::ChainLink(_)) && cell.as_str() != "_");
        let Some((column, cell)) = link else { return };
        let mut stack = Vec::new();
        for value in parts(cell, '|') {
            let Some((value, chain, link)) = with_link(value) else { continue };
            let key = (column.type_name.clone(), chain);
            let known = self.chains.get(&key).and_then(|links| links.get(&link)).copied();
            let own = known.unwrap_or_else(|| self.make(&column.type_name, row));
            self.made[own].end = self.made[own].end.max(row.end);
            self.chains.entry(key).or_default().insert(link, own);
            let on = self.on.entry(row.id.clone()).or_default();
            on.entry(column.type_name.clone()).or_default().push(own);
            if let (Kind::ChainLink(feature), true) = (&column.kind, value != "*") {
                self.made[own].put(feature, Held::Text(unescaped_value(value)));
            }
            stack.push(own);
        }
        for (column, cell) in layer {
            let Kind::ChainFeature(feature) = &column.kind else { continue };
            for (own, value) in stack.iter().zip(parts(cell, '|')) {
                let (value, _) = with_number(value);
                if !matches!(value, "*" | "_") {
                    self.made[*own].put(feature, Held::Text(unescaped_value(value)));
                }
            }
        }
    }

    /// Finds what is named, and joins the links of each chain.
    fn finish(&mut self) {
        for named in std::mem::take(&mut self.named) {
            let Some(found) = self.found(&named) else {
                let message = phrase!("It names {target}, where there is no such annotation", target = &named.unit);
                let told = Diagnostic::error("no-such-member", message).hint("Repair the line, or take it out");
                self.told.push((told, named.line));
                continue;
            };
            let id = self.made[found].id;
            self.made[named.from].put(named.feature, Held::References(vec![id]));
        }
        for ((type_name, _), links) in std::mem::take(&mut self.chains) {
            let links: Vec<usize> = links.into_values().collect();
            for pair in links.windows(2) {
                let next = self.made[pair[1]].id;
                self.made[pair[0]].put(NEXT, Held::References(vec![next]));
            }
            let stem = type_name.strip_suffix("Link").unwrap_or(&type_name);
            let Some(first) = links.first().map(|first| &self.made[*first]) else { continue };
            let features = vec![(FIRST.to_owned(), Held::References(vec![first.id]))];
            let (line, id) = (first.line, u32::try_from(self.made.len()).unwrap_or(u32::MAX - 2) + 2);
            let type_name = format!("{stem}Chain");
            self.made.push(Made { id, type_name, begin: 0, end: 0, features, line, is_annotation: false });
        }
    }

    /// The annotation that is named; where a token is, and has none of the type, the token.
    fn found(&self, named: &Named) -> Option<usize> {
        let is_any = named.type_name == ANNOTATION;
        let on = self.on.get(&named.unit).into_iter().flatten();
        let mut on = on.filter(|(type_name, _)| is_any || **type_name == named.type_name);
        if let Some(number) = named.number {
            return on.find_map(|(type_name, _)| self.numbered.get(&(type_name.clone(), number))).copied();
        }
        let first = on.find_map(|(_, stack)| stack.first()).copied();
        let is_token = is_any || matches!(named.type_name.as_str(), TOKEN | SENTENCE | POS);
        first.or_else(|| self.tokens.get(&named.unit).copied().filter(|_| is_token))
    }
}
