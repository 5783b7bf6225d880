//! Maps written: the rows of all articles gathered in parts, which are put together at the end.

use std::{collections::BTreeSet, io};

use super::graph::{Graph, Terms};
use crate::{
    diagnostic::Diagnostic,
    format::{
        options::ExportOptions,
        sink::{Pieces, Sink},
        writer::{ExportedArticle, Writer},
    },
    model::Project,
    phrase,
};

/// The lists of a map, each with its part’s ending.
pub const LISTS: [&str; 4] = ["nodes", "edges", "locutions", "participants"];

/// The lists that are always empty, and the end.
const REST: &str = "\"schemefulfillments\":[],\"descriptorfulfillments\":[],\"cqdescriptorfulfillments\":[]}\n";

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Aif::default())
}

#[derive(Default)]
struct Aif {
    terms: Terms,
    annotators: Vec<String>,
    /// Parts that have begun.
    begun: BTreeSet<String>,
    /// The participants that stand in a part already, with it.
    participants: BTreeSet<(String, String)>,
}

impl Writer for Aif {
    fn begin(&mut self, project: &Project, _: &mut dyn Sink) -> io::Result<()> {
        self.terms = Terms::of(project.codebook());
        self.annotators = project.annotators().map(|(id, _)| id.to_string()).collect();
        Ok(())
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        for layer in article.layers() {
            let graph = Graph::of(&self.terms, article, &layer);
            for (list, rows) in
                LISTS.into_iter().zip([&graph.nodes, &graph.edges, &graph.locutions, &graph.participants])
            {
                let part = out.piece(&part(layer.annotator.as_str(), list));
                rows.iter().for_each(|row| part.extend_from_slice(format!("{row}\n").as_bytes()));
            }
            tell(&graph, &format!("{} {}", article.id, layer.annotator), out);
        }
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        for (part, rows) in made.iter() {
            // Rows are JSON in a line each.
            let rows = String::from_utf8_lossy(rows);
            let is_new = |row: &&str| {
                !part.ends_with(LISTS[3]) || self.participants.insert((part.to_owned(), (*row).to_owned()))
            };
            let rows: Vec<&str> = rows.lines().filter(is_new).collect();
            if rows.is_empty() {
                continue;
            }
            let before = if self.begun.insert(part.to_owned()) { "\n" } else { ",\n" };
            sink.write(part, format!("{before}{}", rows.join(",\n")).as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        for annotator in &self.annotators {
            let map = format!("{annotator}.json");
            for (at, list) in LISTS.into_iter().enumerate() {
                sink.write(&map, format!("{}\"{list}\":[", if at == 0 { "{" } else { "" }).as_bytes())?;
                let part = part(annotator, list);
                if self.begun.contains(&part) {
                    sink.join(&part, &map)?;
                }
                sink.write(&map, b"],\n")?;
            }
            sink.write(&map, REST.as_bytes())?;
        }
        Ok(())
    }
}

/// The piece where a list of an annotator’s map is gathered.
fn part(annotator: &str, list: &str) -> String {
    format!("{annotator}.{list}")
}

/// Says what of a layer is no part of an argument.
fn tell(graph: &Graph, whose: &str, out: &mut Pieces) {
    let hint = "Use a format that keeps every mark, such as jsonl";
    if graph.other_marks > 0 {
        let message = phrase!(
            "{n} mark is no part of an argument, and is not written|\
             {n} marks are no part of an argument, and are not written",
            n = graph.other_marks
        );
        out.tell(Diagnostic::warning("no-argument-mark", message).about(whose).hint(hint));
    }
    if graph.other_relations > 0 {
        let message = phrase!(
            "{n} relation is no part of an argument, and is not written|\
             {n} relations are no part of an argument, and are not written",
            n = graph.other_relations
        );
        out.tell(Diagnostic::warning("no-argument-relation", message).about(whose).hint(hint));
    }
}
