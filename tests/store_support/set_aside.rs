//! Rows of a layer that can't stand in it: the rest is worked with, and they stay where they are.

use std::{collections::BTreeSet, fs};

use pressmark::{
    diagnostic::Severity,
    format::{ExportOptions, Format, Invalid},
    jobs::Progress,
    model::{
        AsideRow, Item, SetAside,
        edit::{self, Change},
    },
    store::{self, FileKey},
};

use super::support::{Place, article_named, every_key, name, read_all, sample};

/// A project on the disk, in one file of which words are replaced.
fn broken(file: &str, find: &str, put: &str) -> (Place, String) {
    let place = Place::new();
    store::create(&place.path("p"), &sample()).unwrap();
    let path = place.path("p").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(find).count(), 1, "{find:?} in {file}");
    let text = text.replace(find, put);
    fs::write(&path, &text).unwrap();
    (place, text)
}

const LAYER: &str = "layers/ana/council-backs-toll-6wdnr.ron";

#[test]
fn a_row_that_breaks_a_rule_takes_only_what_needs_it_along() {
    // The label of the quote, which is in a relation.
    let (place, text) = broken(LAYER, "label: \"quote\"", "label: \"quotation\"");
    let (folder, mut project, found) = store::open(&place.path("p")).unwrap();
    assert_eq!(found, []);
    let told = read_all(&folder, &mut project);
    let codes: Vec<&str> = told.iter().map(|d| &*d.code).collect();
    assert_eq!(codes, ["unknown-label", "wrong-filler"], "{told:?}");
    assert!(told.iter().all(|d| d.severity == Severity::Warning && d.location.line_column.is_some()), "{told:?}");

    let article = article_named(&project, "Council backs toll");
    let layer = project.layer(&article, &name("ana")).unwrap();
    assert_eq!((layer.annotation_count(), layer.relations().count()), (2, 0));
    let items: Vec<bool> = layer.set_aside().iter().map(|a| matches!(a.item(), Some(Item::Annotation(_)))).collect();
    assert_eq!(items, [true, false]);

    // The rest is exported, changed and saved; what was set aside is as it was.
    let jsonl = Format::named("jsonl").unwrap();
    let to = place.path("out.jsonl");
    let report = folder.export_file(&project, (jsonl, &ExportOptions::default()), &to, &Progress::default()).unwrap();
    assert_eq!((report.size.annotations, report.left_out.len()), (4, 2), "what is set aside is listed");
    fs::remove_file(&to).unwrap();
    let strict = ExportOptions { invalid: Invalid::Stop, ..ExportOptions::default() };
    assert_eq!(folder.export_file(&project, (jsonl, &strict), &to, &Progress::default()).unwrap_err().len(), 2);
    assert!(!to.exists());
    folder.save(&project, &every_key(&project)).unwrap();
    assert_eq!(fs::read_to_string(place.path("p").join(LAYER)).unwrap(), text);
    let (id, before) = layer.annotations().next().map(|(id, a)| (id, a.clone())).unwrap();
    let change =
        Change::Annotation { article: article.clone(), annotator: name("ana"), id, before: Some(before), after: None };
    edit::apply(&mut project, &[change]).unwrap();
    folder.save(&project, &BTreeSet::from([FileKey::Layer(article, name("ana"))])).unwrap();
    let text = fs::read_to_string(place.path("p").join(LAYER)).unwrap();
    assert!(text.contains("label: \"quotation\"") && text.contains("kind: \"attribution\""), "{text}");
    assert!(!text.contains("words: \"Mayor Ines Calder\""), "{text}");
}

#[test]
fn words_that_are_not_in_the_text_any_more_are_kept_until_somebody_decides() {
    let (place, _) = broken("articles/council-backs-toll-6wdnr.ron", "is unfair, he said", "is fair, she said");
    let (folder, mut project, _) = store::open(&place.path("p")).unwrap();
    let told = read_all(&folder, &mut project);
    assert_eq!(told.iter().map(|d| &*d.code).collect::<Vec<_>>(), ["words-disagree"], "{told:?}");
    let article = article_named(&project, "Council backs toll");
    let [SetAside { row: AsideRow::Annotation(_, lost), .. }] =
        project.layer(&article, &name("ana")).unwrap().set_aside()
    else {
        panic!("one mark is set aside")
    };
    assert_eq!((lost.words().as_str(), lost.content.label.as_str()), ("unfair, he said 😀", "claim"));
    assert_eq!((lost.places[0].start_chars, lost.places[0].end_chars), (77, 94));

    // It is removed like everything else that the layer says, and that can be taken back.
    let set = |rows: &[SetAside]| std::sync::Arc::new(rows.to_vec());
    let change = Change::SetAside {
        home: edit::Home::Article(article.clone()),
        annotator: name("ana"),
        before: set(project.layer(&article, &name("ana")).unwrap().set_aside()),
        after: set(&[]),
    };
    let before = project.clone();
    edit::apply(&mut project, std::slice::from_ref(&change)).unwrap();
    assert!(project.layer(&article, &name("ana")).unwrap().set_aside().is_empty());
    edit::apply(&mut project, &[change.inverse()]).unwrap();
    assert_eq!(project, before);
}

#[test]
fn a_relation_across_articles_lacks_no_mark_that_is_only_set_aside() {
    let (place, _) = broken("articles/council-backs-toll-6wdnr.ron", "is unfair, he said", "is fair, she said");
    let codes = |place: &Place| -> Vec<String> {
        store::check_project(&place.path("p")).unwrap().iter().map(|told| told.code.to_string()).collect()
    };
    let told = codes(&place);
    assert!(told.contains(&"words-disagree".to_owned()) && !told.contains(&"no-such-member".to_owned()), "{told:?}");
    // A mark that is nowhere is missed.
    let (place, _) = broken("layers/ana/links.ron", "0svkxb800000a", "0svkxb800000b");
    assert_eq!(codes(&place), ["no-such-member"]);
}

#[test]
fn the_codebook_loses_nothing_while_an_article_can_not_be_read() {
    let (place, _) = broken("articles/drivers-to-pay-rp71r.ron", "(\n    title", "<<<<<<< HEAD\n(\n    title");
    let (_, project, found) = store::open(&place.path("p")).unwrap();
    assert!(found.iter().any(|d| d.code == "bad-ron"), "{found:?}");
    let before = project.codebook().clone();
    let apply = |with: &dyn Fn(&mut pressmark::model::Codebook)| {
        let mut after = (*before).clone();
        with(&mut after);
        let change = Change::Codebook { before: before.clone(), after: std::sync::Arc::new(after) };
        edit::apply(&mut project.clone(), &[change]).map_err(|refusal| refusal.0.code.to_string())
    };
    assert_eq!(apply(&|codebook| codebook.labels.truncate(4)), Err("not-all-read".to_owned()));
    assert_eq!(apply(&|codebook| "Other".clone_into(&mut codebook.labels[0].name)), Ok(()));
}

#[test]
fn nothing_is_exported_onto_the_project_itself() {
    let place = Place::new();
    let folder = store::create(&place.path("p"), &sample()).unwrap();
    let before = place.snapshot();
    for own in ["project.ron", "codebook.ron", LAYER, "articles/new.ron", "history/out", "CODEBOOK.RON"] {
        let to = place.path("p").join(own);
        let refused = folder
            .export_file(
                &sample(),
                (Format::named("jsonl").unwrap(), &ExportOptions::default()),
                &to,
                &Progress::default(),
            )
            .unwrap_err();
        assert_eq!(refused[0].code, "own-file", "{own}");
    }
    assert_eq!(place.snapshot(), before);
    folder
        .export_file(
            &sample(),
            (Format::named("jsonl").unwrap(), &ExportOptions::default()),
            &place.path("p/articles.jsonl"),
            &Progress::default(),
        )
        .unwrap();
}
