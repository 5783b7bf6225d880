//! Backups of each day, and what of a project can't be listed.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use pressmark::{jobs::Progress, store};

use super::support::{Place, read_all, sample};

/// Makes every file of the project look as if it was last changed so many days ago.
fn age(folder: &Path, days: u64) {
    let then = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            age(&path, days);
        } else {
            fs::File::options().append(true).open(path).unwrap().set_modified(then).unwrap();
        }
    }
}

#[test]
fn the_last_state_of_each_day_is_kept_for_a_week_and_can_be_restored() {
    let place = Place::new();
    let folder = store::create(&place.path("p"), &sample()).unwrap();
    for days in (0..10).rev() {
        age(&place.path("p/layers"), days);
        age(&place.path("p/articles"), days);
        for name in ["project.ron", "codebook.ron"] {
            let then = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
            fs::File::options().append(true).open(place.path("p").join(name)).unwrap().set_modified(then).unwrap();
        }
        assert!(folder.back_up(&Progress::default()).unwrap(), "the project was changed {days} days ago");
        assert!(!folder.back_up(&Progress::default()).unwrap(), "nothing has changed since");
    }
    let kept = store::backups(&place.path("p")).unwrap();
    assert_eq!(kept.len(), 7, "{kept:?}");
    assert!(kept.is_sorted_by(|a, b| a.day > b.day), "{kept:?}");
    assert_eq!(store::restore_backup(&place.path("p"), "2001-01-01", &place.path("q")).unwrap_err().code, "no-backup");
    // It does not matter what has become of the project.
    fs::write(place.path("p/project.ron"), "(").unwrap();
    store::restore_backup(&place.path("p"), &kept[3].day, &place.path("q")).unwrap();
    let (folder, mut project, found) = store::open(&place.path("q")).unwrap();
    assert_eq!((found, read_all(&folder, &mut project)), (vec![], vec![]));
    assert_eq!(project, sample());
    assert_eq!(store::restore_backup(&place.path("p"), &kept[3].day, &place.path("q")).unwrap_err().code, "exists");
}

#[test]
fn version_control_passes_over_what_is_not_to_be_kept_and_a_list_of_ones_own_is_left_alone() {
    let place = Place::new();
    let folder = store::create(&place.path("p"), &sample()).unwrap();
    let ignored = fs::read_to_string(place.path("p/.gitignore")).unwrap();
    assert!([".pressmark/", ".pressmark-*", "/backups/"].iter().all(|line| ignored.contains(line)), "{ignored}");
    drop(folder);
    // A project that was made before there was one gets it with the first write.
    fs::remove_file(place.path("p/.gitignore")).unwrap();
    let (folder, project, _) = store::open(&place.path("p")).unwrap();
    assert!(!place.path("p/.gitignore").exists());
    folder.save(&project, &store::FileKey::all(&project)).unwrap();
    assert_eq!(fs::read_to_string(place.path("p/.gitignore")).unwrap(), ignored);
    fs::write(place.path("p/.gitignore"), "mine").unwrap();
    drop(folder);
    let (folder, project, _) = store::open(&place.path("p")).unwrap();
    folder.save(&project, &store::FileKey::all(&project)).unwrap();
    assert_eq!(fs::read_to_string(place.path("p/.gitignore")).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
#[ignore = "needs a user whom permissions bind, not root: .ci/run runs it as one"]
fn what_can_not_be_listed_is_missed_by_nobody() {
    use std::os::unix::fs::PermissionsExt;
    for below in ["p/layers/ben", "p/layers", "p/articles"] {
        let place = Place::new();
        store::create(&place.path("p"), &sample()).unwrap();
        let (folder, project, _) = store::open(&place.path("p")).unwrap();
        let allow = |mode| fs::set_permissions(place.path(below), fs::Permissions::from_mode(mode)).unwrap();
        allow(0o000);
        assert!(fs::read_dir(place.path(below)).is_err(), "permissions do not bind this user");
        let is_named = |told: &pressmark::diagnostic::Diagnostic| {
            let path = told.location.path.as_deref().unwrap_or_default();
            assert!(told.is_error() && path.ends_with(below), "{below}: {told}");
        };
        is_named(&folder.pack(&place.path("one.ron"), &Progress::default()).unwrap_err());
        assert!(!place.path("one.ron").exists());
        let format = pressmark::format::Format::named("jsonl").unwrap();
        let exported = folder.export_file(
            &project,
            (format, &pressmark::format::ExportOptions::default()),
            &place.path("all.jsonl"),
            &Progress::default(),
        );
        is_named(&exported.unwrap_err()[0]);
        assert!(!place.path("all.jsonl").exists());
        let found = store::check_project(&place.path("p")).unwrap();
        is_named(&found[0]);
        assert_eq!(found.iter().filter(|told| **told == found[0]).count(), 1);
        allow(0o755);
    }
}

#[test]
fn a_file_that_can_not_be_read_is_named_once() {
    let place = Place::new();
    super::support::copy(&super::root::root().join("tests/data/store/v2"), &place.path("p"));
    let layer = place.path("p/layers/ana");
    let path = fs::read_dir(layer).unwrap().map(|e| e.unwrap().path()).find(|p| !p.ends_with("links.ron")).unwrap();
    fs::write(&path, "(").unwrap();
    let found = store::check_project(&place.path("p")).unwrap();
    let path = path.display().to_string();
    let named = found.iter().filter(|told| told.is_error() && told.location.path.as_deref() == Some(&path));
    assert_eq!(named.count(), 1, "{found:#?}");
}

#[test]
fn packing_tells_what_it_leaves_out() {
    let place = Place::new();
    let folder = store::create(&place.path("p"), &sample()).unwrap();
    fs::write(place.path("p/articles/notes (conflicted copy).txt"), "mine").unwrap();
    let told = folder.pack(&place.path("one.ron"), &Progress::default()).unwrap();
    assert_eq!(
        told.iter().map(|told| (told.code.as_ref(), told.is_error())).collect::<Vec<_>>(),
        [("stray-file", false)]
    );
}
