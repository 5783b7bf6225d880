//! The project folder, from outside: made, opened, changed, broken and mended on a real disk.

mod store_support;

use std::fs;

use pressmark::store::{self, FileKey};
use store_support::*;

#[test]
fn a_project_comes_back_as_it_was_and_saving_it_changes_no_byte() {
    let place = Place::new();
    let project = sample();
    let made = store::create(&place.path("p"), &project).unwrap();
    drop(made);
    let (folder, mut read, found) = store::open(&place.path("p")).unwrap();
    assert_eq!(found, []);
    read_all(&folder, &mut read);
    assert_eq!(read, project);
    let before = place.snapshot();
    folder.save(&read, &every_key(&read)).unwrap();
    assert_eq!(place.snapshot(), before);
}

#[test]
fn a_project_opens_by_its_folder_or_its_file() {
    let place = Place::new();
    store::create(&place.path("p"), &sample()).unwrap();
    for path in ["p", "p/project.ron"] {
        let (_, project, _) = store::open(&place.path(path)).unwrap();
        assert_eq!(project.name(), "Toll");
    }
}
