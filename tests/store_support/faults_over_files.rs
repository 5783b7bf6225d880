//! Every call that writes fails in turn, of what changes a project over several files or makes one: the first write of a
//! project of an older format, merging, going back, restoring and backups.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::Arc};

use pressmark::{
    diagnostic::Diagnostic,
    jobs::Progress,
    model::{
        edit::{Change, Kind, Transaction},
        *,
    },
    store,
};

use super::{
    faults::{article_removed, text_corrected},
    support::{Place, article_named, copy, name, read_all, small},
    trial::{
        Trial, WORST, carried_out, changing, check_each, check_in, made, opened, opened_with_files, sound, transaction,
    },
};

/// A change of Ana’s answers.
fn answered(project: &Project) -> Vec<Change> {
    let article = article_named(project, "Council backs toll");
    let before = Arc::new(ArticleAnswers::default());
    let after = Arc::new(ArticleAnswers { status: Status::InProgress, ..ArticleAnswers::default() });
    vec![Change::Answers { article, annotator: name("ana"), before, after }]
}

#[test]
fn a_project_of_the_first_format_is_kept_whole_before_its_first_write() {
    let prepare = |place: &Place| {
        made(place);
        let project = fs::read_to_string(place.path("p/project.ron")).unwrap();
        fs::write(place.path("p/project.ron"), project.replace("version: 2,", "version: 1,")).unwrap();
        fs::remove_file(place.path("p/.gitignore")).unwrap();
        let entry = "(id: \"0scv9fshe85fp\", at: \"2026-11-30T10:42:51.403Z\", did: \"Rename\", changes: [Name(before: \
                     \"A\", after: \"Toll\")])\n";
        fs::create_dir_all(place.path("p/history/_")).unwrap();
        fs::write(place.path("p/history/_/2026-11.ron"), entry).unwrap();
        copy(&place.path("p"), &place.path("first"));
        fs::remove_dir_all(place.path("first/.pressmark")).unwrap();
    };
    let state = |place: &Place| {
        let project = opened(place);
        let all = place.snapshot();
        let below = |folder: PathBuf| -> BTreeMap<PathBuf, &Vec<u8>> {
            let files = all.iter();
            files.filter_map(|(path, bytes)| Some((path.strip_prefix(&folder).ok()?.to_owned(), bytes))).collect()
        };
        let kept = fs::read_dir(place.path("p/backups")).into_iter().flatten().map(|entry| entry.unwrap().path());
        let kept: Vec<PathBuf> = kept.collect();
        let is_old = fs::read_to_string(place.path("p/project.ron")).unwrap().contains("version: 1,");
        assert!(is_old || !kept.is_empty(), "nothing is kept of the first format");
        kept.into_iter().for_each(|kept| assert_eq!(below(kept), below(place.path("first"))));
        project
    };
    check_in(&WORST, prepare, changing(answered), state);
}

/// What was recorded last is taken back, as after opening the project again.
fn taken_back(trial: &Trial<'_>, recorded: TransactionId) -> Result<(), Diagnostic> {
    let (folder, mut project, _) = store::open_on(&trial.disk, &trial.path("p")).unwrap();
    read_all(&folder, &mut project);
    folder.lock(&name("ana")).unwrap();
    let steps = folder.recorded(&[recorded]).unwrap();
    let step = store::retrace(&project, &steps).unwrap().remove(0);
    let undo = Transaction { kind: Kind::Undo(step.id), ..transaction(2, step.inverse()) };
    carried_out(trial, &folder, &mut project, &undo)
}

#[test]
fn a_correction_is_taken_back_with_everybodys_marks_or_not_at_all() {
    // Ana’s words are lost, Ben’s mark moves.
    let text = "“We have put this off,” Mayor Ines Calder said.\n\nNow, who would pay for The toll?\n";
    let prepare = |place: &Place| {
        made(place);
        changing(text_corrected(text))(&Trial::sound(place)).unwrap();
    };
    check_in(&WORST, prepare, |trial| taken_back(trial, transaction(1, vec![]).id), opened_with_files);
}

#[test]
fn a_removed_article_is_restored_with_its_layers_or_not_at_all() {
    let prepare = |place: &Place| {
        made(place);
        changing(article_removed)(&Trial::sound(place)).unwrap();
    };
    let restore = |trial: &Trial<'_>| {
        let (folder, mut project, _) = store::open_on(&trial.disk, &trial.path("p")).unwrap();
        read_all(&folder, &mut project);
        folder.lock(&name("ana")).unwrap();
        let step = folder.recorded(&[transaction(1, vec![]).id]).unwrap().remove(0);
        let restored = store::restored(&project, &step).unwrap();
        carried_out(trial, &folder, &mut project, &transaction(2, restored.changes))
    };
    check_in(&WORST, prepare, restore, opened_with_files);
}

#[test]
fn a_backup_is_restored_whole_or_not_at_all() {
    let prepare = |place: &Place| {
        let folder = store::create_on(&sound(), &place.path("from"), &small()).unwrap();
        assert_eq!(folder.back_up(&Progress::default()), Ok(true));
    };
    let day = |place: &Place| store::backups(&place.path("from")).unwrap().remove(0).day;
    let restore = |trial: &Trial<'_>| {
        let day = day(trial.place);
        trial.begin();
        store::restore_backup_on(&trial.disk, &trial.path("from"), &day, &trial.path("p"))
    };
    let state = |place: &Place| {
        let state = opened(place);
        // The next one that is restored clears away what was left of this one.
        store::restore_backup_on(&sound(), &place.path("from"), &day(place), &place.path("q")).unwrap();
        state
    };
    check_in(&WORST, prepare, restore, state);
}

#[test]
fn a_backup_is_made_whole_or_not_at_all_and_the_older_ones_stay() {
    let prepare = |place: &Place| {
        made(place);
        let folder = store::open_on(&sound(), &place.path("p")).unwrap().0;
        fs::create_dir(place.path("p/backups")).unwrap();
        folder.pack(&place.path("packed.ron"), &Progress::default()).unwrap();
        (1..8).for_each(|day| {
            fs::copy(place.path("packed.ron"), place.path(&format!("p/backups/2001-01-0{day}.ron"))).unwrap();
        });
    };
    let back_up = |trial: &Trial<'_>| {
        let folder = store::open_on(&trial.disk, &trial.path("p")).unwrap().0;
        trial.begin();
        folder.back_up(&Progress::default()).map(drop)
    };
    let state = |place: &Place| {
        let kept = store::backups(&place.path("p")).unwrap();
        let packed = fs::read(place.path("packed.ron")).unwrap();
        assert!(kept.len() >= 7 && kept.iter().all(|kept| fs::read(&kept.path).unwrap() == packed), "{kept:?}");
        drop(store::open_on(&sound(), &place.path("p")).unwrap());
        !kept[0].day.starts_with("2001")
    };
    check_in(&WORST, prepare, back_up, state);
}

/// A project with a layer in two versions, one of links and one of the project’s own file.
fn in_two_versions(place: &Place) {
    made(place);
    let root = place.path("p");
    let file = |below: &str| fs::read_to_string(root.join(below)).unwrap();
    let write = |below: &str, text: String| fs::write(root.join(below), text).unwrap();
    let project = file("project.ron");
    write("project (1).ron", project.replace("(id: \"ben\"", "(id: \"eva\", name: \"Eva\"),\n        (id: \"ben\""));
    let article = article_named(&small(), "Council backs toll");
    for (who, flag) in [("ana", "Flag"), ("ben", "Question")] {
        let layer = format!("layers/{who}/{article}.ron");
        let (ours, theirs) =
            (file(&layer), file(&layer).replace("label:", &format!("flag: {flag},\n            label:")));
        if who == "ana" {
            write(&layer, format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> home\n"));
        } else {
            write(&layer.replace(".ron", " (1).ron"), theirs);
        }
    }
}

/// Every file of the project, and what merging has kept.
fn files_and_kept(place: &Place) -> (BTreeMap<PathBuf, Vec<u8>>, Vec<Vec<u8>>) {
    let (files, mut kept) = (place.snapshot(), Vec::new());
    let mut folders = vec![place.path("p/.pressmark/merged")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                kept.push(fs::read(path).unwrap());
            }
        }
    }
    let files = files.into_iter().map(|(path, bytes)| (path.strip_prefix(place.path("p")).unwrap().to_owned(), bytes));
    (files.collect(), kept)
}

#[test]
fn two_versions_of_files_become_one_and_no_version_is_lost() {
    let merge = |trial: &Trial<'_>| {
        trial.begin();
        let done = store::merge_project_on(&trial.disk, &trial.path("p"))?;
        done.found.into_iter().find(Diagnostic::is_error).map_or(Ok(()), Err)
    };
    let place = Place::new();
    in_two_versions(&place);
    let old = files_and_kept(&place).0;
    assert_eq!(merge(&Trial::sound(&place)), Ok(()));
    let new = files_and_kept(&place).0;
    assert!(old.len() == new.len() + 2 && old != new);
    check_each(&WORST, in_two_versions, merge, |place, fault, done| {
        // Opening clears away what was left lying about, whatever the files say.
        let _ = store::open_on(&sound(), &place.path("p"));
        let (found, kept) = files_and_kept(place);
        for (path, bytes) in &old {
            assert!(
                found.get(path) == Some(bytes) || kept.contains(bytes) || new.get(path) == Some(bytes),
                "{path:?}, {fault}"
            );
        }
        assert!(found.iter().all(|file| old.get(file.0) == Some(file.1) || new.get(file.0) == Some(file.1)), "{fault}");
        assert!(done.is_err() || found == new, "acknowledged and not merged after {fault}");
        store::merge_project_on(&sound(), &place.path("p")).unwrap();
        assert_eq!(files_and_kept(place).0, new, "merged again after {fault}");
    });
}
