//! Telling what was set aside of a layer's file: which row, where it stands, and what is wrong with it.

use rustc_hash::FxHashMap;

use crate::{
    diagnostic::{Diagnostic, Severity},
    model::{AsideRow, Item, SetAside},
    phrase,
};

/// A warning for each row, with its line in `file` where it is found there. No errors: the rows stay in the file, and
/// nothing fails for them.
pub fn told(rows: &[SetAside], file: &str) -> Vec<Diagnostic> {
    if rows.is_empty() {
        return Vec::new();
    }
    let lines = lines_of_ids(file);
    rows.iter().map(|aside| tell(aside, &lines)).collect()
}

fn tell(aside: &SetAside, lines: &FxHashMap<&str, u32>) -> Diagnostic {
    let id = aside.item().map(|item| match item {
        Item::Annotation(id) => id.to_string(),
        Item::Relation(id) => id.to_string(),
    });
    let what = match &aside.row {
        AsideRow::Annotation(id, unplaced) => phrase!("“{words}”, {id}", words = unplaced.words(), id),
        AsideRow::Relation(id, _) => phrase!("relation {id}", id),
        AsideRow::Answer(answer) => phrase!("answer to “{question}”", question = &answer.question),
    };
    let why = Diagnostic { severity: Severity::Warning, ..aside.why.clone() };
    let why = why.about(what).hint("It is set aside, and stays in the file as it is until you repair it");
    match id.and_then(|id| lines.get(id.as_str())) {
        Some(line) => why.at_line(*line, 1),
        None => why,
    }
}

/// The number of the line, from 1, of every `id: "…"` in a file.
fn lines_of_ids(file: &str) -> FxHashMap<&str, u32> {
    let id = |line: &'_ str| -> Option<(usize, usize)> {
        let start = line.find("id: \"")? + "id: \"".len();
        Some((start, start + line[start..].find('"')?))
    };
    let rows = (1..).zip(file.lines());
    rows.filter_map(|(number, line)| id(line).map(|(start, end)| (&line[start..end], number))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_with_their_lines() {
        let lines = lines_of_ids(
            "(\n  annotations: [\n    (\n      id: \"0sa\",\n    ),\n    (id: \"0sb\", label: \"claim\"),\n",
        );
        assert_eq!((lines["0sa"], lines["0sb"]), (4, 6));
    }
}
