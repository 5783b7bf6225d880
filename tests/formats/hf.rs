//! Datasets in Parquet: what is written comes back, what others wrote is read, and what is damaged is told.

use std::fs;

use pressmark::{
    format::{ExportOptions, ExportedArticle, FORMATS, Format, Head, OffsetUnit, Part, Pieces},
    model::Project,
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{all_marks, codes, format, imported_alone, losses, piece, read, written},
};

/// A file that another program wrote.
fn of_others(name: &str) -> Vec<u8> {
    fs::read(format!("{}/tests/data/formats/hf/{name}.parquet", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// All of a project in a format, of which each article is in the part that follows the one before.
fn parted(project: &Project, format: &Format) -> Pieces {
    let (mut writer, mut pieces) = (format.write.unwrap()(&ExportOptions::default()), Pieces::default());
    assert!(writer.parts_articles());
    writer.begin(project, &mut pieces).unwrap();
    for ((id, _), part) in project.articles().zip(Part::ALL.into_iter().cycle()) {
        let article = ExportedArticle { part: Some(part), ..ExportedArticle::of(project, id).unwrap() };
        let mut made = Pieces::default();
        writer.article(&article, &mut made);
        assert_eq!(made.take_told(), []);
        writer.put(made, &mut pieces).unwrap();
    }
    writer.end(&mut pieces).unwrap();
    pieces
}

/// A project as JSON lines, which have everything.
fn as_lines(project: &Project, options: &ExportOptions) -> String {
    piece(&written(project, format("jsonl"), options), "articles.jsonl")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_written_is_read_again_the_same(
        articles in any_project::articles(),
        unit in prop::sample::select(OffsetUnit::ALL.to_vec()),
        is_parted in any::<bool>(),
    ) {
        let options = ExportOptions { offsets: Some(unit), ..ExportOptions::default() };
        let project = any_project::project(&articles);
        let pieces = if is_parted { parted(&project, format("hf")) } else { written(&project, format("hf"), &options) };
        let (incoming, told, _) = read(format("hf"), pieces.iter());
        prop_assert_eq!(told, []);
        let (again, summary) = imported_alone(incoming);
        prop_assert_eq!(&summary.set_aside, &[]);
        prop_assert_eq!(&summary.told, &[]);
        prop_assert_eq!(as_lines(&again, &options), as_lines(&project, &options));
        prop_assert!(losses(&project, format("hf")).is_empty());
    }

    #[test]
    fn whatever_is_in_a_file_is_told(
        which in prop::sample::select(vec!["spans-pyarrow", "tokens-datasets", "spans-polars", "lists-duckdb", "tags-plain"]),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = of_others(which);
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        imported_alone(read(format("parquet"), [("a.parquet", bytes.as_slice())]).0);
    }

    #[test]
    fn whatever_is_in_a_file_of_ours_is_told(
        articles in any_project::articles(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let pieces = written(&any_project::project(&articles), format("hf"), &ExportOptions::default());
        let mut bytes = pieces.get("data/train.parquet").unwrap().to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        imported_alone(read(format("hf"), [("data/train.parquet", bytes.as_slice())]).0);
    }
}

#[test]
fn a_split_is_one_data_set_with_a_card() {
    let (mut project, _) = super::support::project("Toll: “a|b”", "The toll rises.", &["Claim"]);
    for title in ["Ferry", "Bridge", "Tunnel"] {
        super::support::add_article(&mut project, title, &format!("The {title} opens."));
    }
    let pieces = parted(&project, format("hf"));
    let names: Vec<&str> = pieces.iter().map(|(name, _)| name).collect();
    // A table of which a split has no rows can’t be loaded: there are no marks here.
    let tables = ["articles", "data"];
    let files = tables.iter().flat_map(|table| ["test", "train", "validation"].map(|s| format!("{table}/{s}.parquet")));
    let mut expected: Vec<String> = files.chain(["README.md".to_owned(), "codebook.json".to_owned()]).collect();
    expected.sort();
    assert_eq!(names, expected);
    let card = piece(&pieces, "README.md");
    for line in [
        "pretty_name: \"Test\"",
        "- config_name: default",
        "  - split: validation\n    path: data/validation.parquet",
        "| train | 2 | 0 | 0 |",
        "### Claim (`claim`)",
        "This card does not state how far the annotators agree.",
        "# license: name the licence here, as the hub does",
    ] {
        assert!(card.contains(line), "{line}\n{card}");
    }
    assert_eq!(read(format("hf"), pieces.iter()).0.articles.len(), 4);
}

#[test]
fn a_project_without_articles_is_a_data_set_without_rows() {
    let pieces = written(
        &Project::new("Empty", pressmark::model::Codebook::empty("Empty")),
        format("hf"),
        &ExportOptions::default(),
    );
    let (incoming, told, _) = read(format("hf"), pieces.iter());
    assert_eq!((incoming.articles.len(), told), (0, Vec::new()));
    assert!(!piece(&pieces, "README.md").contains("path: spans/train.parquet"));
}

/// Checks what is read of a file of others: every mark, then the codes of what is told.
fn check(file: &str, marks: &[&str], told: &[&str]) -> Project {
    let bytes = of_others(file);
    let (incoming, found, _) = read(format("parquet"), [("train.parquet", bytes.as_slice())]);
    assert_eq!(codes(&found), told, "{file}: {found:?}");
    let (project, summary) = imported_alone(incoming);
    assert_eq!(summary.set_aside, [], "{file}");
    assert_eq!(all_marks(&project), marks, "{file}");
    project
}

#[test]
fn texts_with_spans_are_read_whoever_wrote_them() {
    let project = check("spans-pyarrow", &["ana: per Ann Bee", "ana: loc Oslo"], &["left-out"]);
    let mut titles: Vec<&str> = project.articles().map(|(_, article)| article.metadata.title.as_str()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Bridge", "Toll"]);
    check("spans-polars", &["ana: who Ann"], &["outside-text", "no-range", "empty-article"]);
    let project = check("lists-duckdb", &["ana: a Ann", "ana: b Bee"], &["left-out"]);
    assert_eq!(project.articles().next().unwrap().1.metadata.published, "2024-05-01");
}

#[test]
fn tokens_with_tags_are_read_with_the_names_of_the_classes() {
    let project = check("tokens-datasets", &["ana: per Ann Bee", "ana: loc Oslo"], &[]);
    let asked = &project.codebook().questions[0].attribute;
    assert_eq!(asked.choices().iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>(), ["dull", "good"]);
    check("tags-plain", &["ana: person Ann Bee"], &[]);
    check("tags-without-names", &[], &["tags-without-names"]);
}

#[test]
fn what_can_not_be_read_is_told() {
    check("no-text", &[], &["no-text"]);
    check("spans-polars-zstd", &[], &["bad-parquet"]);
    let told = |bytes: &[u8]| {
        let (_, told, _) = read(format("parquet"), [("a.parquet", bytes)]);
        told[0].hints.iter().map(ToString::to_string).chain([told[0].code.to_string()]).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        told(&of_others("spans-polars-zstd")),
        "Write it again packed with Snappy or gzip, or not packed bad-parquet"
    );
    assert_eq!(told(b"PAR1"), "Copy or write the file again bad-parquet");
    assert_eq!(told(b"PAR1\xff\xff\xff\x7fPAR1"), "Copy or write the file again bad-parquet");
    assert_eq!(told(b"PAR1PARE"), "Write it again without encryption encrypted");
    let (project, _) = super::support::project("Toll", "The toll rises.", &["Claim"]);
    let pieces = written(&project, format("hf"), &ExportOptions::default());
    let table = pieces.get("articles/train.parquet").unwrap();
    assert_eq!(codes(&read(format("hf"), [("articles.parquet", table)]).1), ["no-data"]);
}

#[test]
fn parquet_is_recognised_and_told_apart() {
    let guess = |names: &[&str]| {
        let heads: Vec<Head<'_>> = names
            .iter()
            .map(|name| Head { name, bytes: if name.ends_with("parquet") { b"PAR1\x15" } else { b"{" } })
            .collect();
        Format::guess(&heads).map(|format| format.name)
    };
    assert_eq!(guess(&["README.md", "codebook.json", "data/train.parquet"]), Some("hf"));
    assert_eq!(guess(&["README.md", "data/train-00000-of-00001.parquet"]), Some("parquet"));
    assert!(FORMATS.iter().any(|format| format.name == "parquet" && format.write.is_none()));
}
