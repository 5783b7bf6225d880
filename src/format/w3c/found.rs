//! The annotations of all sources, each with its place.

use super::{
    annotation::{Object, annotations, id, iri, list},
    names,
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        reader::{Sources, Take, extension_of},
        records::each_record,
    },
    phrase,
    text::Phrase,
};

/// An annotation with its place in the files.
pub struct Found {
    pub annotation: Object,
    /// The name of the source.
    pub source: String,
    /// In its source, from 1.
    number: usize,
}

impl Found {
    pub fn at(&self, told: Diagnostic) -> Diagnostic {
        let about = match id(&self.annotation) {
            Some(id) => Phrase::verbatim(id),
            None => phrase!("annotation {n}", n = &self.number.to_string()),
        };
        told.about(about).at_path(&self.source)
    }

    /// Whether it gives the text of an article and says nothing else.
    pub fn is_text(&self) -> bool {
        list(&self.annotation, "body").iter().filter_map(iri).any(|name| names::article_of(name).is_some())
    }
}

/// Every annotation of every source.
pub fn gathered(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Vec<Found>, Diagnostic> {
    let names = sources.names().to_vec();
    let mut found = Vec::new();
    for name in names.iter().filter(|name| matches!(extension_of(name).as_str(), "json" | "jsonld")) {
        let mut number = 0;
        match sources.open(name) {
            Ok(source) => each_record(source, name, take, &mut |record, json, take| {
                let mut own = Vec::new();
                annotations(json, &mut own);
                if own.is_empty() {
                    let message = phrase!("There is no annotation in record {n}", n = &record.to_string());
                    take.tell(Diagnostic::error("bad-record", message).at_path(name).hint("Leave it out"));
                }
                for annotation in own {
                    number += 1;
                    found.push(Found { annotation, source: name.clone(), number });
                }
                Ok(())
            })?,
            Err(told) => take.tell(told),
        }
    }
    Ok(found)
}
