//! Tables: what is written can be read, formulas are guarded, damaged rows are told.

use pressmark::format::{Cells, ExportOptions, Pieces};
use proptest::prelude::*;

use super::{
    any_project,
    support::{format, imported_alone, name, piece, read, read_again, written},
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn articles_and_spans_are_read_and_written_again_the_same(
        articles in any_project::articles(),
        (which, cells) in prop::sample::select(vec![("csv", Cells::Plain), ("csv", Cells::SpreadsheetSafe), ("tsv", Cells::Plain)]),
    ) {
        let options = ExportOptions { cells, ..ExportOptions::default() };
        let pieces = written(&any_project::project(&articles), format(which), &options);
        let (again, summary) = read_again(&pieces, format(which));
        prop_assert_eq!(&summary.told, &[]);
        let again = written(&again, format(which), &options);
        for table in ["articles", "spans"] {
            prop_assert_eq!(rows(&again, table, which), rows(&pieces, table, which));
        }
    }
}

/// The rows of a table, without the ids of marks: those that are read have new ones.
fn rows(pieces: &Pieces, table: &str, which: &str) -> Vec<Vec<String>> {
    let text = piece(pieces, &format!("{table}.{which}"));
    let text = text.trim_start_matches('\u{feff}');
    let separator = if which == "csv" { b',' } else { b'\t' };
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(text.as_bytes());
    let row = |row: csv::StringRecord| {
        let cells = row.iter().enumerate().filter(|(at, _)| table == "articles" || *at != 2);
        // Every line end is one in an article that is read.
        let unified = |cell: &str| cell.replace(['\u{85}', '\u{2028}'], "\n");
        let cells = cells.map(|(_, cell)| unified(cell));
        cells.map(|cell| cell.strip_prefix("'\n").map_or(cell.clone(), |rest| format!("\n{rest}"))).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn tables_of_others_are_read_by_their_columns() {
    let articles = "doc_id,text\n1,\"Some words,\r\nand more\"\n";
    let spans = "Document,Begin,End,Type,Covered_Text\n1,0,4,Thing,Some\n1,x,4,Thing,Some\n1,90,94,Thing,nowhere\n\
        1,17,21,Thing,more\n2,0,1,Thing,S\n";
    let files = [("articles.csv", articles.as_bytes()), ("spans.csv", spans.as_bytes())];
    let (incoming, told, evidence) = read(format("csv"), files);
    let told: Vec<(u32, &str)> =
        told.iter().map(|told| (told.location.line_column.unwrap().0, told.code.as_ref())).collect();
    assert_eq!(told, [(3, "bad-offset"), (4, "words-lost"), (6, "no-text")]);
    assert_eq!(evidence.of, 3);
    let (project, summary) = imported_alone(incoming);
    assert_eq!((summary.added.len(), summary.marks), (1, 2));
    let (article, _) = project.articles().next().unwrap();
    let marks: Vec<String> = project
        .layer(article, &name("ana"))
        .unwrap()
        .annotations()
        .map(|(_, mark)| mark.fragments.words(project.text(article).unwrap()))
        .collect();
    assert_eq!(marks, ["Some", "more"]);
}

#[test]
fn formulas_are_guarded_where_that_is_asked_for() {
    let (project, _) = super::support::project("=1+1", "Some words", &["Thing"]);
    let options = |cells| ExportOptions { cells, ..ExportOptions::default() };
    let table = |cells| piece(&written(&project, format("csv"), &options(cells)), "articles.csv");
    assert!(table(Cells::Plain).starts_with("article,") && table(Cells::Plain).contains(",=1+1,"));
    assert!(table(Cells::SpreadsheetSafe).starts_with("\u{feff}article,"));
    assert!(table(Cells::SpreadsheetSafe).contains(",'=1+1,"));
}
