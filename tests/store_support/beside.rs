//! Others at work beside this program: annotators who take turns, and an editor that writes while something is saved.

use std::{fs, path::PathBuf, sync::Arc};

use pressmark::{
    model::{
        edit::{Change, apply},
        *,
    },
    store::{self, Disk},
};

use super::{
    faulty::Faulty,
    support::{Place, article_named, name, read_all, small},
};

#[test]
fn one_can_work_as_somebody_else_for_a_while_and_go_on_as_oneself() {
    let place = Place::new();
    store::create(&place.path("p"), &small()).unwrap();
    let open = || store::open(&place.path("p")).unwrap().0;
    let (here, there) = (open(), open());
    let [ana, ben]: [AnnotatorId; 2] = ["ana", "ben"].map(name);
    there.lock(&ben).unwrap();
    here.lock(&ana).unwrap();
    // Ben is at work elsewhere, so here nothing may be written as long as one wants to be Ben, and then again.
    let refused = here.lock(&ben).unwrap_err();
    assert_eq!(refused.code, "in-use");
    assert_eq!(here.may_write(Some(&ana)), Err(refused));
    here.lock(&ana).unwrap();
    assert_eq!(here.may_write(Some(&ana)), Ok(()));
    assert_eq!(there.may_write(Some(&ben)), Ok(()));
    assert_eq!(there.lock(&ana).unwrap_err().code, "in-use");
    there.lock(&ben).unwrap();
    drop(there);
    here.lock(&ben).unwrap();
    here.lock(&ana).unwrap();
    assert_eq!(here.may_write(Some(&ana)), Ok(()));
}

/// A change of a layer, of the codebook and of the project’s name, and the file that each is in.
fn changes(project: &Project) -> Vec<(PathBuf, Change)> {
    let article = article_named(project, "Drivers to pay");
    let ben: AnnotatorId = name("ben");
    let (id, before) = project.layer(&article, &ben).unwrap().annotations().next().unwrap();
    let mut after = (**before).clone();
    after.note = "Mine".to_owned();
    let path = PathBuf::from(format!("layers/ben/{article}.ron"));
    let (before, after) = (Some(before.clone()), Some(Arc::new(after)));
    let mark = Change::Annotation { article, annotator: ben, id, before, after };
    let mut codebook = (**project.codebook()).clone();
    codebook.guidelines = "Mine".to_owned();
    let codebook = Change::Codebook { before: project.codebook().clone(), after: Arc::new(codebook) };
    vec![(path, mark), ("codebook.ron".into(), codebook)]
}

#[test]
fn what_an_editor_writes_while_a_file_is_saved_is_never_replaced() {
    let mut calls = 1;
    for file in 0..2 {
        for call in 0.. {
            if call >= calls {
                break;
            }
            let (place, faulty) = (Place::new(), Faulty::default());
            let disk = Disk::over(Arc::new(faulty.clone()));
            store::create_on(&disk, &place.path("p"), &small()).unwrap();
            let (folder, mut project, _) = store::open_on(&disk, &place.path("p")).unwrap();
            read_all(&folder, &mut project);
            folder.lock(&name("ben")).unwrap();
            let (below, change) = changes(&project).swap_remove(file);
            let path = place.path("p").join(below);
            let old = fs::read_to_string(&path).unwrap();
            // Of the same length: the time and the inode tell.
            let theirs = old.replacen("claim", "quote", 1);
            assert!(theirs != old && theirs.len() == old.len());
            let (editor, bytes, before) = (path.clone(), theirs.clone(), fs::metadata(&path).unwrap());
            let is_there = Arc::new(std::sync::atomic::AtomicBool::new(false));
            let is_renamed = Arc::clone(&is_there);
            faulty.meanwhile(call, move || {
                // What was saved already is theirs to replace.
                is_renamed.store(fs::read_to_string(&editor).unwrap() != old, std::sync::atomic::Ordering::Relaxed);
                let new = editor.with_extension("new");
                fs::write(&new, &bytes).unwrap();
                fs::File::options().write(true).open(&new).unwrap().set_modified(before.modified().unwrap()).unwrap();
                fs::rename(&new, &editor).unwrap();
            });
            apply(&mut project, std::slice::from_ref(&change)).unwrap();
            let failed = folder.save_each(&project, &store::touched(std::slice::from_ref(&change)));
            calls = faulty.disarm();
            let found = fs::read_to_string(&path).unwrap();
            let has_theirs = ["claim", "quote"].iter().all(|w| found.matches(w).count() == theirs.matches(w).count());
            assert!(has_theirs, "at call {call} of {calls}: {found}");
            // Both are in the file, or what is here was refused, or was there before they came.
            let was_refused = failed.iter().any(|(_, why)| why.code == "changed-outside");
            let was_first = is_there.load(std::sync::atomic::Ordering::Relaxed);
            assert!(found.contains("Mine") || was_refused || was_first, "at call {call}: {failed:?}");
        }
    }
}
