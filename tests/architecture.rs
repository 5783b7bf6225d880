//! Guards the house rules that the compiler cannot: which room may use which, what pure rooms leave alone, how files look.
//!
//! It reads the source as words, not as a syntax tree: simple, fast, and wrong only where somebody hides a path in a macro.

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/paths.rs"]
mod paths;
#[path = "support/root.rs"]
mod root;
#[path = "architecture/rules.rs"]
mod rules;

use std::fs;
use std::sync::LazyLock;

use paths::Source;
use root::root;

/// Every Rust file of the library and the binary, taken apart once for all tests.
fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let files = files_under("src").into_iter().filter(|path| path.ends_with(".rs"));
        files.map(|path| Source::new(&path, &read(&path))).collect()
    });
    assert!(SOURCES.len() > 2, "the sources are found");
    &SOURCES
}

/// The paths of all files below a folder of the project, with forward slashes, sorted.
fn files_under(folder: &str) -> Vec<String> {
    let root = root();
    let mut folders = vec![root.join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("the project's folder can be read").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let path = path.strip_prefix(&root).expect("it lies in the project");
            files.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    files.sort();
    files
}

fn read(path: &str) -> String {
    let whole = root().join(path);
    fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Fails with one line for each place where a rule is broken, and what to do.
fn hold(broken: Vec<String>, what_to_do: &str) {
    assert!(broken.is_empty(), "\n{}\n\n{what_to_do}\n", broken.join("\n"));
}

fn hold_everywhere(rule: impl Fn(&Source) -> Vec<String>, what_to_do: &str) {
    hold(sources().iter().flat_map(rule).collect(), what_to_do);
}

#[test]
fn rooms_depend_one_way() {
    hold_everywhere(
        rules::rooms,
        "Move the code to the room it belongs to, or hand the value in from outside. ROOMS in tests/architecture/rules.rs \
         is the whole picture: a new dependency there is a change of the architecture and of src/ARCHITECTURE.md.",
    );
}

#[test]
fn the_room_table_has_no_circle() {
    hold(rules::circles(rules::ROOMS), "Dependencies point one way: let the lower room give a value, not call.");
}

#[test]
fn files_import_each_other_one_way() {
    hold(
        circles::circles(sources()),
        "Put what both use into a file of its own, or let one of them hand it to the other.",
    );
}

#[test]
fn libraries_stay_in_their_rooms() {
    hold_everywhere(
        rules::libraries,
        "Keep it behind the room that owns it (LIBRARIES in tests/architecture/rules.rs).",
    );
}

#[test]
fn pure_rooms_touch_nothing_outside() {
    hold_everywhere(
        rules::purity,
        "Hand the time, the id or the bytes in from outside, or return an effect or a diagnostic.",
    );
}

#[test]
fn only_the_command_line_and_the_window_print() {
    hold_everywhere(rules::prints, "Return a value and diagnostics; the command line and the window show them.");
}

#[test]
fn colors_live_in_the_theme() {
    hold_everywhere(rules::colors, "Give the colour a role in src/ui/theme and use that.");
}

#[test]
fn what_is_read_has_no_straight_apostrophe() {
    // Its words are looked for in articles as people type them.
    let says = sources().iter().filter(|source| source.file != "src/text/segment/sentence.rs");
    hold(says.flat_map(rules::apostrophes).collect(), "Write ’, and “ and ”.");
}

#[test]
fn files_open_with_what_they_are_and_stay_small() {
    let broken = |path: &String| rules::shape(path, &read(path));
    let files = ["src", "tests"].into_iter().flat_map(files_under).filter(|path| path.ends_with(".rs"));
    hold(
        files.flat_map(|path| broken(&path)).collect(),
        "Open with a `//!` sentence; split a long file by what it is about, or sign for it in LONG_FILES.",
    );
}

#[test]
fn every_asset_is_used() {
    let users = ["src", "tests", ".ci"].into_iter().flat_map(files_under);
    let users = users.chain(["Cargo.toml".to_owned(), "README.md".to_owned()]);
    let text: String =
        users.filter(|path| !path.starts_with("tests/architecture")).map(|path| read_lossy(&path)).collect();
    hold(rules::orphans(&files_under("assets"), &text), "Use the file, or delete it.");
}

fn read_lossy(path: &str) -> String {
    let bytes = fs::read(root().join(path)).expect("it was just listed");
    String::from_utf8_lossy(&bytes).into_owned()
}
