//! The files of an export of INCEpTION’s, or of Pressmark’s: which type system belongs to a CAS, and whose it is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::reader::{Sources, Take, extension_of, file_name, whole},
    type_system_xml,
    types::TypeSystem,
};

/// The sources that are read, by their names.
#[derive(Debug)]
pub struct Files {
    /// The names of those that hold a document each, sorted.
    pub documents: Vec<String>,
    /// Each type system, by the folder that it lies in.
    types: BTreeMap<String, TypeSystem>,
    /// The folders that are annotators’.
    annotators: BTreeSet<String>,
}

/// What a file’s place says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What its document is called, without an extension.
    pub document: String,
    pub annotator: Option<String>,
}

impl Files {
    /// Looks through the names for documents with an extension, and reads every type system.
    pub fn of(sources: &mut dyn Sources, extension: &str, take: &mut dyn Take) -> Self {
        let names = sources.names().to_vec();
        let documents: Vec<String> = names.iter().filter(|name| extension_of(name) == extension).cloned().collect();
        let mut types: BTreeMap<String, TypeSystem> = BTreeMap::new();
        for name in names.iter().filter(|name| is_type_system(name)) {
            match whole(sources, name).and_then(|xml| type_system_xml::read(&xml)) {
                Ok(own) => types.entry(folder_of(name).to_owned()).or_default().extend(own),
                Err(told) => take.tell(told.at_path(name)),
            }
        }
        let mut same: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for name in &documents {
            same.entry(file_name(name)).or_default().insert(folder_of(name));
        }
        let several = same.values().filter(|folders| folders.len() > 1).flatten().copied();
        let below_types = same.values().flatten().copied().filter(|folder| {
            !folder.is_empty() && !types.contains_key(*folder) && types.contains_key(folder_of(folder))
        });
        let annotators = several.chain(below_types).filter(|folder| !folder.is_empty()).map(str::to_owned).collect();
        Self { annotators, documents, types }
    }

    /// The type system of a document: that of its folder, or of the nearest one above. Where there is none on the way, the
    /// only one that there is.
    pub fn types(&self, name: &str) -> Option<&TypeSystem> {
        let mut folder = folder_of(name);
        loop {
            match self.types.get(folder) {
                Some(types) => return Some(types),
                None if folder.is_empty() => break,
                None => folder = folder_of(folder),
            }
        }
        self.types.values().next().filter(|_| self.types.len() == 1)
    }

    /// What the place of a document says: `annotation/toll.txt/ana.xmi` as INCEpTION has it, or `ana/toll.xmi`.
    pub fn place(&self, name: &str) -> Place {
        let (folder, own) = (folder_of(name), stem(file_name(name)));
        let above = file_name(folder_of(folder));
        if matches!(above, "annotation" | "annotation_ser" | "curation") && !self.annotators.contains(folder) {
            let annotator = Some(own).filter(|own| *own != "INITIAL_CAS").map(str::to_owned);
            return Place { document: stem(file_name(folder)).to_owned(), annotator };
        }
        let annotator = self.annotators.contains(folder).then(|| file_name(folder).to_owned());
        Place { document: own.to_owned(), annotator }
    }
}

/// Whether a source is a type system, by its name.
pub fn is_type_system(name: &str) -> bool {
    let name = file_name(name).to_ascii_lowercase();
    name.ends_with(".xml") && name.contains("typesystem")
}

/// The folder that a source lies in; empty for one that lies in none.
fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
