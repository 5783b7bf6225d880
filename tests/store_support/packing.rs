//! One file to hand around, and files that may be articles.

use std::fs;

use pressmark::{jobs::Progress, store};

use super::support::{Place, read_all, sample};

fn packed() -> Place {
    let place = Place::new();
    let folder = store::create(&place.path("p"), &sample()).unwrap();
    folder.pack(&place.path("one.ron"), &Progress::default()).unwrap();
    place
}

#[test]
fn a_packed_project_unpacks_to_the_same_bytes() {
    let place = packed();
    assert!(store::is_packed(&place.path("one.ron")));
    store::unpack(&place.path("one.ron"), &place.path("q")).unwrap();
    let all = place.snapshot();
    let under = |name: &str| {
        let root = place.path(name);
        all.iter().filter_map(|(p, b)| Some((p.strip_prefix(&root).ok()?.to_owned(), b))).collect::<Vec<_>>()
    };
    assert_eq!(under("p"), under("q"));
    assert!(under("q").len() > 5);
}

#[test]
fn opening_a_packed_project_unpacks_it_beside_it() {
    let place = packed();
    let (folder, mut project, found) = store::open(&place.path("one.ron")).unwrap();
    assert_eq!(found, []);
    read_all(&folder, &mut project);
    assert_eq!((folder.root(), project), (place.path("one").as_path(), sample()));
    assert_eq!(store::open(&place.path("one.ron")).unwrap_err().code, "exists");
}

#[test]
fn packing_replaces_a_packed_project_and_nothing_else() {
    let place = packed();
    let (folder, _, _) = store::open(&place.path("p")).unwrap();
    folder.pack(&place.path("one.ron"), &Progress::default()).unwrap();
    fs::write(place.path("notes.txt"), "mine").unwrap();
    assert_eq!(folder.pack(&place.path("notes.txt"), &Progress::default()).unwrap_err().code, "exists");
    assert_eq!(fs::read_to_string(place.path("notes.txt")).unwrap(), "mine");
}

#[test]
fn a_broken_or_hostile_packed_project_makes_no_folder() {
    let place = packed();
    let text = fs::read_to_string(place.path("one.ron")).unwrap();
    let cases = [
        (text.replace("id: \"council", "id: \"../council"), "bad-value"),
        (text.replacen("version: 2", "version: 9", 1), "newer-version"),
        (text.replace("stories:", "storys:"), "unknown-field"),
        (text[..text.len() / 2].to_owned(), "bad-ron"),
    ];
    for (text, code) in cases {
        fs::write(place.path("bad.ron"), text).unwrap();
        let before = place.snapshot();
        let diagnostic = store::open(&place.path("bad.ron")).unwrap_err();
        assert_eq!(diagnostic.code, code, "{diagnostic}");
        assert!(!place.path("bad").exists());
        assert_eq!(place.snapshot(), before);
    }
}

#[test]
fn sources_are_found_in_files_and_folders() {
    let place = Place::new();
    let folder = place.path("news");
    fs::create_dir_all(folder.join("deep/.hidden")).unwrap();
    store::create(&folder.join("project"), &sample()).unwrap();
    for name in ["b.txt", "a.HTML", "c.png", "deep/d.md", "deep/.hidden/e.txt", ".f.txt", "project/g.txt"] {
        fs::write(folder.join(name), name).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(&folder, folder.join("deep/loop")).unwrap();
    fs::create_dir(place.path("empty")).unwrap();
    let big = fs::File::create(place.path("big.txt")).unwrap();
    big.set_len(200 << 20).unwrap();
    let named = ["news", "news/c.png", "missing.txt", "empty", "big.txt"].map(|n| place.path(n));
    let found: Vec<String> = store::read_paths(&named)
        .map(|found| match found {
            Ok(found) => {
                assert!(found.path.ends_with(String::from_utf8(found.bytes).unwrap()));
                found.name
            }
            Err(diagnostic) => {
                assert!(diagnostic.location.path.is_some() && !diagnostic.hints.is_empty());
                diagnostic.code.into_owned()
            }
        })
        .collect();
    assert_eq!(found, ["a.HTML", "b.txt", "d.md", "c.png", "not-found", "empty-folder", "source-too-large"]);
}
