//! JSON lines written: each article is a line of its own, so several are made at a time.

use std::io;

use super::{
    super::{
        lines::on_lines,
        options::ExportOptions,
        sink::{Pieces, Sink},
        units::OffsetUnit,
        writer::{ExportedArticle, Writer},
    },
    made::line_of,
    rows::{ARTICLES, CODEBOOK, Line, RelationRow},
};
use crate::model::Project;

pub fn writer(options: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Jsonl { unit: options.offsets.unwrap_or_default(), seen: 0, rest: Vec::new(), is_spilled: false })
}

/// Lines behind those that are written first, until the end.
const REST: &str = "rest.jsonl";
/// So many bytes of them are kept in memory; more becomes a piece of its own.
const IN_MEMORY: usize = 4 << 20;

/// Programs find out the types of lists from the first lines, and an empty list has none. So an article that is the first
/// one with something in a list is written before all others: at most one for each list that may be empty.
struct Jsonl {
    unit: OffsetUnit,
    /// The lists, a bit each, that were not empty in an article so far.
    seen: u32,
    /// Lines that are in no piece yet.
    rest: Vec<u8>,
    /// Whether some of them are in a piece, which comes before those in memory.
    is_spilled: bool,
}

impl Writer for Jsonl {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        write_codebook(project, sink)?;
        // The piece is there even where there is no article.
        sink.write(ARTICLES, b"")
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let line = line_of(article, self.unit);
        out.note = lists(&line);
        // Strings, lists and numbers are written without fail.
        let line = serde_json::to_string(&line).unwrap_or_default();
        let piece = out.piece(ARTICLES);
        piece.extend_from_slice(on_lines(line).as_bytes());
        piece.push(b'\n');
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        let is_new = made.note & !self.seen != 0;
        self.seen |= made.note;
        let Some(line) = made.get(ARTICLES) else { return Ok(()) };
        if is_new {
            return sink.write(ARTICLES, line);
        }
        self.rest.extend_from_slice(line);
        if self.rest.len() > IN_MEMORY {
            sink.write(REST, &self.rest)?;
            self.is_spilled = true;
            self.rest.clear();
        }
        Ok(())
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if self.is_spilled {
            sink.join(REST, ARTICLES)?;
        }
        sink.write(ARTICLES, &self.rest)
    }
}

/// Writes the codebook beside the articles.
///
/// # Errors
/// Those of the sink.
pub fn write_codebook(project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
    let codebook = serde_json::to_string_pretty(&**project.codebook())?;
    sink.write(CODEBOOK, on_lines(codebook).as_bytes())?;
    sink.write(CODEBOOK, b"\n")
}

/// Which of the lists in a line that may be empty have something in them, a bit each.
fn lists(line: &Line<'_>) -> u32 {
    let of_relation = |relation: &RelationRow<'_>| !relation.attributes.is_empty();
    let mut has = [false; 9];
    has[0] = !line.layers.is_empty();
    for layer in &line.layers {
        has[1] |= !layer.annotations.is_empty();
        has[2] |= !layer.relations.is_empty();
        has[3] |= !layer.answers.is_empty();
        has[4] |= !layer.links.is_empty();
        has[5] |= layer.annotations.iter().any(|mark| !mark.attributes.is_empty());
        has[6] |= layer.annotations.iter().any(|mark| !mark.comments.is_empty());
        has[7] |= layer.relations.iter().any(of_relation);
        has[8] |= layer.links.iter().any(of_relation);
    }
    has.into_iter().enumerate().map(|(bit, has)| u32::from(has) << bit).sum()
}
