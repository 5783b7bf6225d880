//! Data sets written: every table grows by row groups, a file for each split; the card comes last.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    io,
    sync::Arc,
};

use serde::Serialize;

use super::{
    super::{
        jsonl::{Line, line_of, write_codebook},
        options::ExportOptions,
        sink::{Pieces, Sink},
        splits::{Part, SplitOptions},
        units::OffsetUnit,
        writer::{ExportedArticle, Writer},
    },
    card::Card,
    columns::Columns,
    counts::Counts,
    flat::{article_row, relation_rows, span_rows},
    growing::Growing,
    shredded::shred,
    tables::{Table, split_name},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Codebook, Project},
    phrase,
};

pub fn writer(options: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Hf {
        unit: options.offsets.unwrap_or_default(),
        how: options.split.clone(),
        name: String::new(),
        codebook: Arc::new(Codebook::empty("")),
        files: BTreeMap::new(),
        splits: BTreeMap::new(),
    })
}

/// So many bytes of a table make a row group. Each file keeps no more in memory, and there are twelve at most.
const GROUP: usize = 16 << 20;
/// The part of an article’s pieces with what is counted.
const COUNTS: &str = "counts";

struct Hf {
    unit: OffsetUnit,
    how: Option<SplitOptions>,
    /// Of the project.
    name: String,
    codebook: Arc<Codebook>,
    files: BTreeMap<(Part, Table), Growing>,
    splits: BTreeMap<Part, Counts>,
}

impl Writer for Hf {
    fn parts_articles(&self) -> bool {
        true
    }

    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        project.name().clone_into(&mut self.name);
        self.codebook = Arc::clone(project.codebook());
        write_codebook(project, sink)
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let line = line_of(article, self.unit);
        let counts = serde_json::to_vec(&Counts::of(&line)).unwrap_or_default();
        *out.piece(COUNTS) = counts;
        out.note = article.part.unwrap_or(Part::Train) as u32;
        let made = Table::ALL.map(|table| (table, Columns::of(table)));
        let [mut data, mut spans, mut relations, mut articles] = made;
        let done = add(&mut data, [&line])
            .and_then(|()| add(&mut articles, [article_row(&line)]))
            .and_then(|()| flat(article, &line, (&mut spans, &mut relations)));
        if let Err(why) = done {
            let message = phrase!("The article can’t be written: {why}", why = &why);
            out.tell(Diagnostic::error("not-written", message).hint("Export it in another format"));
        }
        for (table, columns) in [data, spans, relations, articles] {
            columns.give(out.piece(table.folder()));
        }
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        let part = Part::ALL.into_iter().find(|part| *part as u32 == made.note).unwrap_or(Part::Train);
        let counts: Counts = serde_json::from_slice(made.get(COUNTS).unwrap_or_default())?;
        self.splits.entry(part).or_default().extend(counts);
        for table in Table::ALL {
            let file = self.file(part, table)?;
            file.take(made.get(table.folder()).unwrap_or_default());
            if file.size() > GROUP {
                let grown = file.grown()?;
                sink.write(&path(part, table), &grown)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if self.splits.is_empty() {
            self.splits.insert(Part::Train, Counts::default());
            self.file(Part::Train, Table::Data)?;
        }
        let mut files = BTreeSet::new();
        for ((part, table), file) in std::mem::take(&mut self.files) {
            // `datasets` refuses a configuration of which one split has no rows.
            if table == Table::Data || !file.is_empty() {
                sink.write(&path(part, table), &file.finish()?)?;
                files.insert((table, part));
            }
        }
        let card = Card {
            project: &self.name,
            codebook: &self.codebook,
            splits: &self.splits,
            files: &files,
            offsets: self.unit.name(),
            how: self.how.as_ref(),
        };
        sink.write("README.md", card.written().as_bytes())
    }
}

impl Hf {
    /// The file of a table in a part, which begins where there was none.
    fn file(&mut self, part: Part, table: Table) -> io::Result<&mut Growing> {
        Ok(match self.files.entry((part, table)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Growing::of(table)?),
        })
    }
}

fn path(part: Part, table: Table) -> String {
    format!("{}/{}.parquet", table.folder(), split_name(part))
}

/// Adds rows to the columns of a table.
fn add(
    (table, columns): &mut (Table, Columns),
    rows: impl IntoIterator<Item: Serialize>,
) -> Result<(), serde_json::Error> {
    rows.into_iter().try_for_each(|row| shred(&row, *table, columns))
}

/// Adds the rows of an article to the flat tables. A relation across articles is written with the first of them.
fn flat(
    article: &ExportedArticle<'_>,
    line: &Line<'_>,
    (spans, relations): (&mut (Table, Columns), &mut (Table, Columns)),
) -> Result<(), serde_json::Error> {
    for (exported, layer) in article.layers().iter().zip(&line.layers) {
        let marks = layer.annotations.iter();
        add(spans, marks.flat_map(|mark| span_rows(&line.id, layer, mark)))?;
        let links = exported.links.iter().zip(&layer.links).filter(|((_, link), _)| article.is_home_of(link));
        let rows = layer.relations.iter().chain(links.map(|(_, row)| row));
        add(relations, rows.flat_map(|row| relation_rows(&line.id, layer, row)))?;
    }
    Ok(())
}
