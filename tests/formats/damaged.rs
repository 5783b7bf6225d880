//! Files that are nearly right: no reader panics, the codebook can be used, and whatever was read can be brought in.

use pressmark::{
    command::import::{Clash, ImportOptions},
    format::{ExportOptions, FORMATS},
    model::Project,
    store,
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{imported, read, written},
};

/// What stands instead of some bytes: what the formats are made of.
const TOKENS: [&str; 16] = [
    "",
    "\n",
    "\t",
    " ",
    "\"",
    ",",
    "{",
    "[]",
    "null",
    "T1",
    "E1:T1",
    "0 5;3",
    "-1",
    "99999999999999999999",
    "é",
    "\r",
];

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, &'static str)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..4usize, prop::sample::select(TOKENS.to_vec())), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_damaged_is_passed_over(
        articles in any_project::articles(),
        edits in edits(),
        merges in any::<bool>(),
    ) {
        let project = any_project::project(&articles);
        for format in FORMATS.iter().filter(|format| format.read.is_some() && format.write.is_some()) {
            let pieces = written(&project, format, &ExportOptions::default());
            let mut files: Vec<(&str, Vec<u8>)> = pieces.iter().map(|(name, bytes)| (name, bytes.to_vec())).collect();
            for (at, length, token) in &edits {
                let file = at.index(files.len());
                let bytes = &mut files[file].1;
                let start = at.index(bytes.len() + 1);
                let end = (start + length).min(bytes.len());
                bytes.splice(start..end, token.bytes());
            }
            let (incoming, _, _) = read(format, files.iter().map(|(name, bytes)| (*name, bytes.as_slice())));
            let clash = if merges { Clash::Merge } else { Clash::Apart };
            let options = ImportOptions { annotator: Some("Ana".to_owned()), clash, ..ImportOptions::default() };
            let news = Project::new("New", store::codebook("news").unwrap());
            let (after, _) = imported(&news, incoming, options);
            prop_assert_eq!(after.codebook().check(), []);
        }
    }
}
