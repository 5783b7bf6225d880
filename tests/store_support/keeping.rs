//! Saving: whole or not at all, never over somebody else's change, each annotator in files of their own.

use std::{collections::BTreeSet, fs, sync::Arc};

use pressmark::{
    jobs::Progress,
    model::{
        edit::{Change, Focus, Kind, Transaction, apply},
        *,
    },
    store::{self, FileKey, Folder},
    text::Phrase,
};

use super::support::{Place, article_named, every_key, mark, name, read_all, sample, uid};

fn opened(place: &Place) -> (Folder, Project) {
    let (folder, mut project, _) = store::open(&place.path("p")).unwrap();
    read_all(&folder, &mut project);
    (folder, project)
}

fn made() -> Place {
    let place = Place::new();
    store::create(&place.path("p"), &sample()).unwrap();
    place
}

/// Changes the note of the annotator's first mark in the article.
fn note(project: &Project, article: &ArticleId, annotator: &str, text: &str) -> Change {
    let annotator: AnnotatorId = name(annotator);
    let (id, before) = project.layer(article, &annotator).unwrap().annotations().next().unwrap();
    let mut after = (**before).clone();
    after.note = text.to_owned();
    let (before, after) = (Some(before.clone()), Some(Arc::new(after)));
    Change::Annotation { article: article.clone(), annotator, id, before, after }
}

fn changed(project: &mut Project, changes: &[Change]) -> BTreeSet<FileKey> {
    apply(project, changes).unwrap();
    store::touched(changes)
}

#[test]
fn a_project_comes_back_as_it_was_and_saving_it_changes_no_byte() {
    let place = made();
    let (folder, project) = opened(&place);
    assert_eq!(project, sample());
    let before = place.snapshot();
    folder.save(&project, &every_key(&project)).unwrap();
    assert_eq!(place.snapshot(), before);
}

#[test]
fn only_what_changed_is_written_and_two_annotators_never_write_the_same_file() {
    let place = made();
    let (folder, mut project) = opened(&place);
    let two = article_named(&project, "Drivers to pay");
    for annotator in ["ana", "ben"] {
        let before = place.snapshot();
        let change = note(&project, &two, annotator, "Changed");
        let keys = changed(&mut project, &[change]);
        folder.save(&project, &keys).unwrap();
        let after = place.snapshot();
        let touched: Vec<_> = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).collect();
        assert_eq!(touched.len(), 1);
        assert!(touched[0].0.ends_with(format!("layers/{annotator}/{two}.ron")));
    }
    assert_eq!(opened(&place).1, project);
}

#[test]
fn a_blank_layer_and_a_removed_article_leave_no_file() {
    let place = made();
    let (folder, mut project) = opened(&place);
    let two = article_named(&project, "Drivers to pay");
    let ben: AnnotatorId = name("ben");
    let (id, mark) = project.layer(&two, &ben).unwrap().annotations().next().map(|(id, a)| (id, a.clone())).unwrap();
    let removal = Change::Annotation { article: two.clone(), annotator: ben, id, before: Some(mark), after: None };
    let keys = changed(&mut project, std::slice::from_ref(&removal));
    folder.save(&project, &keys).unwrap();
    assert!(!place.path("p/layers/ben").exists());
    let keys = changed(&mut project, &[removal.inverse()]);
    folder.save(&project, &keys).unwrap();
    assert_eq!(opened(&place).1, sample());
}

#[test]
fn layers_that_become_blank_together_leave_no_folder() {
    let place = made();
    let (folder, mut project) = opened(&place);
    let eva = Change::Annotator {
        id: name("eva"),
        before: None,
        after: Some(Arc::new(Annotator { name: "Eva".to_owned() })),
    };
    changed(&mut project, &[eva]);
    let marks = ["Council backs toll", "Drivers to pay"].map(|title| Change::Annotation {
        article: article_named(&project, title),
        annotator: name("eva"),
        id: AnnotationId(uid(90)),
        before: None,
        after: Some(Arc::new(mark("cue", "said", "said"))),
    });
    let keys = changed(&mut project, &marks);
    folder.save(&project, &keys).unwrap();
    let keys = changed(&mut project, &marks.map(Change::inverse));
    folder.save(&project, &keys).unwrap();
    assert!(!place.path("p/layers/eva").exists());
}

#[test]
fn metadata_can_be_saved_before_the_text_was_read() {
    let place = made();
    let (folder, mut project, _) = store::open(&place.path("p")).unwrap();
    let one = article_named(&project, "Council backs toll");
    let before = project.article(&one).unwrap().clone();
    let mut after = (*before).clone();
    after.metadata.outlet = "Courier".to_owned();
    let change = Change::Article { id: one.clone(), before: Some(before), after: Some(Arc::new(after)), text: None };
    let keys = changed(&mut project, &[change]);
    folder.save(&project, &keys).unwrap();
    let (_, read) = opened(&place);
    assert_eq!(read.article(&one).unwrap().metadata.outlet, "Courier");
    assert_eq!(read.text(&one), sample().text(&one));
}

#[test]
fn a_layer_that_was_not_read_is_not_written() {
    let place = made();
    let before = place.snapshot();
    let (folder, project, _) = store::open(&place.path("p")).unwrap();
    folder.save(&project, &every_key(&project)).unwrap();
    assert_eq!(place.snapshot(), before);
}

#[test]
fn a_file_that_another_program_changed_has_both_changes_or_is_not_replaced() {
    let place = made();
    let (folder, mut project) = opened(&place);
    let two = article_named(&project, "Drivers to pay");
    let path = place.path("p/layers/ana").join(format!("{two}.ron"));
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("claim", "quote")).unwrap();
    let article = place.path("p/articles").join(format!("{two}.ron"));
    let text = fs::read_to_string(&article).unwrap();
    let theirs = text.replace("to pay\",", "to pay\",\n    outlet: \"Post\",");
    fs::write(&article, &theirs).unwrap();
    let before = project.article(&two).unwrap().clone();
    let mut after = (*before).clone();
    after.metadata.outlet = "Courier".to_owned();
    let outlet = Change::Article { id: two.clone(), before: Some(before), after: Some(Arc::new(after)), text: None };
    let [ana, ben] = ["ana", "ben"].map(|annotator| note(&project, &two, annotator, "Mine"));
    let keys = changed(&mut project, &[ana, ben, outlet]);
    let diagnostic = folder.save(&project, &keys).unwrap_err();
    assert_eq!(diagnostic.code, "changed-outside");
    assert_eq!(fs::read_to_string(&article).unwrap(), theirs);
    let merged = fs::read_to_string(&path).unwrap();
    assert!(merged.contains("label: \"quote\"") && merged.contains("note: \"Mine\""), "{merged}");
    assert_eq!(folder.take_merged().iter().map(|told| told.code.as_ref()).collect::<Vec<_>>(), ["merged"]);
    let other = fs::read_to_string(place.path("p/layers/ben").join(format!("{two}.ron"))).unwrap();
    assert!(other.contains("Mine"), "the other files are saved all the same");
    fs::write(&article, text.replace("Drivers to pay", "All drivers to pay")).unwrap();
    folder.save(&project, &keys).unwrap();
    let (_, read) = opened(&place);
    let metadata = &read.article(&two).unwrap().metadata;
    assert_eq!((metadata.title.as_str(), metadata.outlet.as_str()), ("All drivers to pay", "Courier"));
}

#[test]
fn a_file_written_again_with_the_same_bytes_is_still_ours() {
    let place = made();
    let (folder, mut project) = opened(&place);
    let two = article_named(&project, "Drivers to pay");
    let path = place.path("p/layers/ana").join(format!("{two}.ron"));
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    let change = note(&project, &two, "ana", "Mine");
    let keys = changed(&mut project, &[change]);
    folder.save(&project, &keys).unwrap();
}

#[test]
fn what_a_crash_leaves_behind_harms_nothing() {
    let place = made();
    // A temporary file that was never renamed, and a half line of history.
    fs::write(place.path("p/layers/ana/.pressmark-x1.tmp"), "(offsets: \"uni").unwrap();
    fs::create_dir_all(place.path("p/history/ana")).unwrap();
    fs::write(place.path("p/history/ana/2027-01.ron"), "(id: \"0svk").unwrap();
    let (folder, mut project, found) = store::open(&place.path("p")).unwrap();
    assert_eq!(found.iter().map(|d| d.code.as_ref()).collect::<Vec<_>>(), ["torn-line"]);
    assert_eq!(read_all(&folder, &mut project), []);
    assert_eq!(project, sample());
    let done = transaction(&mut project, "ana");
    folder.save(&project, &folder.record(&project, &done).unwrap()).unwrap();
    assert_eq!(history(&place, Some("ana")), [done]);
    assert_eq!(fs::read_to_string(place.path("p/history/ana/2027-01.torn")).unwrap(), "(id: \"0svk\n");
    assert_eq!(store::check_project(&place.path("p")).unwrap(), []);
}

/// What can be undone, without where one was looking.
fn history(place: &Place, annotator: Option<&str>) -> Vec<Transaction> {
    let (folder, project) = opened(place);
    let past = folder.past(annotator.map(name).as_ref()).unwrap();
    let ids: Vec<TransactionId> = past.done.iter().rev().map(|step| step.id).collect();
    let steps = folder.recorded(&ids).unwrap();
    let plain = |transaction: Transaction| Transaction {
        focus_before: Focus::default(),
        focus_after: Focus::default(),
        ..transaction
    };
    let mut transactions = store::retrace(&project, &steps).unwrap();
    transactions.reverse();
    transactions.into_iter().map(plain).collect()
}

/// Changes a mark, and says so as the session would.
fn transaction(project: &mut Project, annotator: &str) -> Transaction {
    let two = article_named(project, "Drivers to pay");
    let changes = vec![note(project, &two, annotator, "A note\nof two “lines”")];
    apply(project, &changes).unwrap();
    Transaction {
        id: TransactionId(uid(99)),
        kind: Kind::Do,
        at_unix_ms: 1_800_000_000_000,
        by: Some(name(annotator)),
        label: Phrase::with("Mark as {what}", "Claim"),
        changes,
        focus_before: Focus::default(),
        focus_after: Focus::default(),
    }
}

#[test]
fn the_journal_gives_every_transaction_back() {
    let place = made();
    let (folder, mut project) = opened(&place);
    let mut done = vec![transaction(&mut project, "ana"), transaction(&mut project, "ben")];
    done[1].by = None;
    done[1].id = TransactionId(uid(100));
    for transaction in &done {
        folder.record(&project, transaction).unwrap();
    }
    let lines = fs::read_to_string(place.path("p/history/ana/2027-01.ron")).unwrap();
    assert_eq!(lines.lines().count(), 1);
    drop(folder);
    assert_eq!(store::check_project(&place.path("p")).unwrap().len(), 1, "the files do not have it yet");
    let (_, _, found) = store::open(&place.path("p")).unwrap();
    assert_eq!(found[0].message, "2 changes recovered from the history");
    assert_eq!(history(&place, Some("ana")), done[..1]);
    assert_eq!(history(&place, None).len(), 1);
    assert_eq!(store::check_project(&place.path("p")).unwrap(), []);
    assert_eq!(opened(&place).1, project);
}

#[test]
fn one_can_export_while_files_are_saved() {
    let place = made();
    let (folder, unread, _) = store::open(&place.path("p")).unwrap();
    let format = pressmark::format::Format::named("jsonl").unwrap();
    std::thread::scope(|threads| {
        threads.spawn(|| {
            let mut project = unread.clone();
            for round in 0..30 {
                let mut codebook = (**project.codebook()).clone();
                codebook.guidelines = format!("Round {round}");
                let changes = [
                    Change::Name { before: project.name().to_owned(), after: format!("Round {round}") },
                    Change::Codebook { before: Arc::clone(project.codebook()), after: Arc::new(codebook) },
                ];
                let keys = changed(&mut project, &changes);
                folder.save(&project, &keys).unwrap();
            }
        });
        for _ in 0..30 {
            folder
                .export(
                    &unread,
                    (format, &pressmark::format::ExportOptions::default()),
                    &mut std::io::sink(),
                    &Progress::default(),
                )
                .unwrap();
        }
    });
}

/// An article that comes, and the id that it has.
fn coming() -> (ArticleId, Change) {
    let text = pressmark::text::Text::from("Gone \"#soon\".\n");
    let id = ArticleId::of("Gone", text.as_str());
    let fingerprint = pressmark::text::hash::fingerprint(text.as_str());
    let article = Arc::new(Article { metadata: Metadata::default(), loaded: vec![], fingerprint, words: 2 });
    (id.clone(), Change::Article { id, before: None, after: Some(article), text: Some(text) })
}

/// Makes a change, and says so as the session would.
fn step(project: &mut Project, n: u64, by: Option<&str>, change: &Change) -> Transaction {
    changed(project, std::slice::from_ref(change));
    Transaction {
        id: TransactionId(uid(200 + n)),
        kind: Kind::Do,
        at_unix_ms: 1_800_000_000_000,
        by: by.map(name),
        label: Phrase::plain("Change"),
        changes: vec![change.clone()],
        focus_before: Focus::default(),
        focus_after: Focus::default(),
    }
}

#[test]
fn an_older_snapshot_that_is_saved_late_takes_nothing_away_for_good() {
    let place = made();
    let (folder, mut project) = opened(&place);
    let (id, add) = coming();
    let path = place.path("p/articles").join(format!("{id}.ron"));
    let added = step(&mut project, 0, None, &add);
    folder.save(&project, &folder.record(&project, &added).unwrap()).unwrap();
    let removed = step(&mut project, 1, Some("ana"), &add.clone().inverse());
    let behind = folder.record(&project, &removed).unwrap();
    let late = project.clone();
    let back = step(&mut project, 2, Some("ana"), &add);
    let newest = folder.record(&project, &back).unwrap();
    // Files follow the journal on a thread of their own, so that this snapshot may be looked at only now.
    folder.save(&late, &behind).unwrap();
    folder.save(&project, &newest).unwrap();
    assert!(path.exists());
    drop(folder);
    assert_eq!(store::check_project(&place.path("p")).unwrap(), []);
    assert_eq!(opened(&place).1, project);
}

#[test]
fn a_removed_article_is_kept_by_the_journal() {
    let place = made();
    let (folder, mut project) = opened(&place);
    let (id, add) = coming();
    let path = place.path("p/articles").join(format!("{id}.ron"));
    let mut done = Vec::new();
    for (n, change) in [add.clone(), add.inverse()].into_iter().enumerate() {
        // Whoever removes it need not be who added it.
        let transaction = step(&mut project, n as u64, [None, Some("ana")][n], &change);
        let behind = folder.record(&project, &transaction).unwrap();
        folder.save(&project, &behind).unwrap();
        assert_eq!(path.exists(), n == 0);
        done.push(transaction);
    }
    assert_eq!(history(&place, Some("ana")), done[1..]);
    assert_eq!(store::check_project(&place.path("p")).unwrap(), []);
    let back = Transaction { id: TransactionId(uid(202)), kind: Kind::Undo(done[1].id), ..done[1].clone() };
    let back = Transaction { changes: done[1].inverse(), ..back };
    changed(&mut project, &back.changes);
    folder.record(&project, &back).unwrap();
    assert!(path.exists());
    assert_eq!(opened(&place).1, project);
}

#[test]
fn a_second_pressmark_of_the_same_annotator_only_reads() {
    let place = made();
    let (first, project) = opened(&place);
    let (second, _) = opened(&place);
    first.lock(&name("ana")).unwrap();
    first.lock(&name("ana")).unwrap();
    second.lock(&name("ben")).unwrap();
    let diagnostic = second.lock(&name("ana")).unwrap_err();
    assert_eq!(diagnostic.code, "in-use");
    assert_eq!(second.read_only(), Some(diagnostic.clone()));
    assert_eq!(second.save(&project, &every_key(&project)), Err(diagnostic));
    drop(first);
    second.lock(&name("ana")).unwrap();
    second.save(&project, &every_key(&project)).unwrap();
}

#[test]
fn a_folder_is_never_made_where_something_is() {
    let place = made();
    let before = place.snapshot();
    assert_eq!(store::create(&place.path("p"), &sample()).unwrap_err().code, "exists");
    assert_eq!(store::create(&place.path("p/project.ron"), &sample()).unwrap_err().code, "exists");
    assert_eq!(place.snapshot(), before);
    let under_a_file = store::create(&place.path("p/project.ron/deeper"), &sample()).unwrap_err();
    assert!(!under_a_file.hints.is_empty());
    assert_eq!(place.snapshot(), before);
}

#[cfg(unix)]
#[test]
#[ignore = "needs a user whom permissions bind, not root: .ci/run runs it as one"]
fn a_read_only_folder_is_read_and_not_changed() {
    use std::os::unix::fs::PermissionsExt;
    let place = made();
    let folders = ["p/layers/ana", "p/layers/ben", "p/layers", "p/articles", "p/.pressmark", "p"];
    let set = |mode| {
        folders.iter().for_each(|f| fs::set_permissions(place.path(f), PermissionsExt::from_mode(mode)).unwrap());
    };
    set(0o555);
    assert!(fs::write(place.path("p/probe"), "").is_err(), "permissions do not bind this user");
    let before = place.snapshot();
    let (folder, mut project) = opened(&place);
    let two = article_named(&project, "Drivers to pay");
    let change = note(&project, &two, "ana", "Mine");
    let keys = changed(&mut project, &[change]);
    assert_eq!(folder.save(&project, &keys).unwrap_err().code, "no-permission");
    assert_eq!(folder.lock(&name("ana")).unwrap_err().code, "read-only");
    assert_eq!(folder.save(&project, &keys).unwrap_err().code, "read-only");
    assert_eq!(place.snapshot(), before);
    set(0o755);
}
