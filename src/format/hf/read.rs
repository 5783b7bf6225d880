//! Data sets read: of Pressmark’s own the table `data`, whose rows are those of `jsonl`; of others whatever has texts.

use std::io::Read as _;

use serde::Deserialize as _;
use serde_json::Value as Json;

use super::{
    super::{
        json::Place,
        jsonl::{Line, Reading, read_codebooks},
        reader::{Head, Sources, Take, extension_of, file_name},
    },
    features::Features,
    foreign::{Foreign, has_texts},
    growing::OWN,
    stored::{Ended, Stored},
    tables::Table,
};
use crate::{diagnostic::Diagnostic, model::Codebook, phrase};

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 2 << 30;
/// What a Parquet file begins with, and ends with.
const MAGIC: &[u8] = b"PAR1";
/// What it ends with where its footer is encrypted.
const ENCRYPTED: &[u8] = b"PARE";

/// Whether sources are a data set that Pressmark has written: they are named so.
pub fn is_of_pressmark(heads: &[Head<'_>]) -> bool {
    let has_codebook = heads.iter().any(|head| file_name(head.name) == "codebook.json");
    let folder = format!("{}/", Table::Data.folder());
    has_codebook && heads.iter().any(|head| head.extension() == "parquet" && head.name.contains(&folder))
}

/// Whether a source is Parquet.
pub fn is_parquet(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.bytes.starts_with(MAGIC) || (head.bytes.is_empty() && head.extension() == "parquet"))
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let mut own = Reading::over(read_codebooks(sources, take));
    let (mut foreign, mut has_own, mut has_foreign) = (Foreign::new(), false, false);
    let mut alone = Vec::new();
    for name in names.iter().filter(|name| extension_of(name) == "parquet") {
        let file = match opened(sources, name) {
            Ok(file) => file,
            Err(told) => {
                take.tell(told);
                continue;
            }
        };
        match file.said(OWN) {
            Some(table) if table == Table::Data.folder() => {
                has_own = true;
                each(&file, name, take, &mut |row, place, take| own_row(&mut own, row, place, take))?;
            }
            Some(_) => alone.push(name),
            None => {
                has_foreign = true;
                foreign_file(&mut foreign, &file, name, take)?;
            }
        }
    }
    if !has_own {
        for name in alone {
            let told = Diagnostic::error("no-data", "This table has only a part of the dataset, and is not read");
            take.tell(told.at_path(name).hint("Import the whole folder, in which the files of “data” have everything"));
        }
    }
    let codebook = own.finish();
    if !has_foreign {
        return Ok(codebook);
    }
    Ok(joined(codebook, foreign.finish()))
}

/// A file.
///
/// # Errors
/// It can’t be read, or is no Parquet.
fn opened(sources: &mut dyn Sources, name: &str) -> Result<Stored, Diagnostic> {
    let mut bytes = Vec::new();
    let read = sources.open(name)?.take(MAX_FILE + 1).read_to_end(&mut bytes);
    let at = |told: Diagnostic| told.at_path(name);
    read.map_err(|why| at(Diagnostic::error("io", phrase!("Can’t read it: {why}", why = &why)).hint("Try again")))?;
    if bytes.len() as u64 > MAX_FILE {
        let told = Diagnostic::error("too-large", "The file is larger than 2 GiB");
        return Err(at(told.hint("Divide it into several files")));
    }
    if bytes.ends_with(ENCRYPTED) {
        let told = Diagnostic::error("encrypted", "The file is encrypted");
        return Err(at(told.hint("Write it again without encryption")));
    }
    if !bytes.starts_with(MAGIC) || !bytes.ends_with(MAGIC) {
        let told = Diagnostic::error("bad-parquet", "It is no Parquet, or a part of it is missing");
        return Err(at(told.hint("Copy or write the file again")));
    }
    Stored::of(bytes).map_err(|why| at(damaged(&why)))
}

fn damaged(why: &str) -> Diagnostic {
    let told = Diagnostic::error("bad-parquet", phrase!("The file can’t be understood: {why}", why));
    // What the library says names the way of packing that it was built without.
    let hint = match why.contains("Disabled feature") || why.contains("not implemented") {
        true => "Write it again packed with Snappy or gzip, or not packed",
        false => "Copy or write the file again",
    };
    told.hint(hint)
}

/// Takes a row with its place, and whoever is told of what is wrong with it.
type EachRow<'e> = dyn FnMut(Json, Place<'_>, &mut dyn Take) -> Result<(), Diagnostic> + 'e;

/// Gives each row of a file; where it is damaged, that is told, and what is behind is left.
fn each(file: &Stored, name: &str, take: &mut dyn Take, each: &mut EachRow<'_>) -> Result<(), Diagnostic> {
    let mut number = 0u32;
    let ended = file.each(&mut |row| {
        number = number.saturating_add(1);
        each(row, Place::record(name, number), take)
    });
    match ended {
        Ok(()) => Ok(()),
        Err(Ended::Stopped(told)) => Err(told),
        Err(Ended::Damaged(why)) => {
            let n = usize::try_from(number).unwrap_or(usize::MAX);
            take.tell(damaged(&why).about(phrase!("after {n} row|after {n} rows", n)).at_path(name));
            Ok(())
        }
    }
}

fn own_row(own: &mut Reading, row: Json, place: Place<'_>, take: &mut dyn Take) -> Result<(), Diagnostic> {
    match Line::deserialize(&row) {
        Ok(line) => own.line(line, place, take),
        Err(why) => {
            let told = Diagnostic::error("bad-row", phrase!("The row can’t be understood: {why}", why = &why));
            take.tell(place.at(told.hint("Leave it out")));
            Ok(())
        }
    }
}

fn foreign_file(foreign: &mut Foreign, file: &Stored, name: &str, take: &mut dyn Take) -> Result<(), Diagnostic> {
    let columns = file.columns();
    if !has_texts(&columns) {
        let message = phrase!("No column has texts: there are {columns}", columns = columns.join(", "));
        let told = Diagnostic::error("no-text", message).at_path(name);
        take.tell(told.hint("Call the column with the texts text, or the one with their tokens tokens"));
        return Ok(());
    }
    let features = Features::of(file.said("huggingface"));
    each(file, name, take, &mut |row, place, take| match row.as_object() {
        Some(row) => foreign.row(row, &features, place, take),
        None => Ok(()),
    })?;
    foreign.tell(name, take);
    Ok(())
}

/// One codebook of those of two kinds of files; where both have something of one id, the first one’s is taken.
fn joined(mut own: Codebook, foreign: Codebook) -> Codebook {
    let labels: Vec<_> = foreign.labels.into_iter().filter(|label| own.label(&label.id).is_none()).collect();
    let asked = foreign.questions.into_iter().filter(|asked| own.question(&asked.attribute.id).is_none());
    let asked: Vec<_> = asked.collect();
    own.labels.extend(labels);
    own.questions.extend(asked);
    own
}
