//! The rules, each a function from a file to the places where it breaks the rule, and the tables they read.

use super::paths::{PathUse, Source, room_of};

/// Which room may use which. A room may always use itself; everyone may use `diagnostic` and `text`.
///
/// This is the picture in src/ARCHITECTURE.md, and nothing else decides it.
pub const ROOMS: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("text", &[]),
    ("jobs", &[]),
    ("model", &[]),
    ("query", &["model"]),
    ("compare", &["model"]),
    ("poster", &["model", "compare"]),
    ("format", &["model"]),
    ("source", &["model"]),
    ("store", &["jobs", "model", "query", "format", "source"]),
    ("command", &["model", "query", "compare"]),
    ("session", &["model", "query", "command"]),
    ("runner", &["jobs", "model", "query", "compare", "poster", "format", "source", "store", "command", "session"]),
    (
        "cli",
        &["jobs", "model", "query", "compare", "poster", "format", "source", "store", "command", "session", "runner"],
    ),
    ("ui/theme", &["model"]),
    ("ui/typeset", &["ui/theme"]),
    ("ui/kit", &["ui/theme", "ui/typeset"]),
    ("ui/page", &["ui/theme", "ui/typeset"]),
    ("ui", &["ui/theme", "model", "poster", "format", "command", "session"]),
    ("ui/panel", &["ui", "ui/theme", "ui/kit", "model", "query", "command"]),
    (
        "ui/view",
        &[
            "ui",
            "ui/theme",
            "ui/typeset",
            "ui/kit",
            "ui/page",
            "ui/panel",
            "model",
            "query",
            "compare",
            "command",
            "session",
        ],
    ),
    ("ui/dialog", &["ui", "ui/theme", "ui/kit", "model", "poster", "format", "source", "command", "session"]),
    (
        "ui/app",
        &["ui", "ui/theme", "ui/kit", "ui/panel", "ui/view", "ui/dialog", "model", "compare", "command", "session"],
    ),
    (
        "native",
        &[
            "jobs",
            "ui",
            "ui/theme",
            "ui/panel",
            "ui/view",
            "ui/dialog",
            "ui/app",
            "model",
            "query",
            "compare",
            "poster",
            "format",
            "source",
            "store",
            "command",
            "session",
            "runner",
        ],
    ),
    ("main", &["cli", "native"]),
    ("lib", &[]),
];

/// Rooms that all may use, the macros at the root, and where the tests find their files.
const FOR_EVERYONE: &[&str] = &["diagnostic", "text", "phrase", "tr", "root"];

/// Libraries, and the only rooms that know them. `ui` stands for its rooms too.
const LIBRARIES: &[(&[&str], &[&str])] = &[
    (
        &["eframe", "rfd", "directories", "notify", "winit", "x11_dl", "xkbcommon_dl", "wayland_sys", "zbus"],
        &["native"],
    ),
    (&["egui", "egui_extras", "epaint", "emath", "ecolor", "accesskit"], &["ui", "native"]),
    (&["parley", "swash"], &["ui/typeset"]),
    (&["fontique", "typst_assets"], &["ui/theme", "ui/typeset"]),
    (&["clap"], &["cli", "main"]),
    (&["dom_query", "dom_smoothie", "html5ever", "granit_parser", "encoding_rs", "chardetng", "infer"], &["source"]),
    (&["std::fs", "tempfile", "fs4"], &["store", "native", "cli", "main"]),
    (&["csv"], &["format"]),
    (&["flate2", "rmp", "rmpv"], &["format"]),
    (&["zip"], &["store"]),
    (&["std::net", "reqwest", "ureq"], &[]),
];

/// Rooms whose result depends on nothing but what they are given.
const PURE_ROOMS: &[&str] = &[
    "diagnostic",
    "text",
    "model",
    "query",
    "compare",
    "poster",
    "format",
    "source",
    "command",
    "session",
    "ui",
    "ui/theme",
    "ui/typeset",
    "ui/kit",
    "ui/page",
    "ui/panel",
    "ui/view",
    "ui/dialog",
    "ui/app",
];

/// What a pure room leaves alone, and what it is. A standard hash map is in a different order on every run.
const IMPURE: &[(&str, &str)] = &[
    ("std::env", "environment"),
    ("std::process", "process"),
    ("std::thread", "thread"),
    ("std::time::SystemTime", "clock"),
    ("std::time::Instant", "clock"),
    ("SystemTime::now", "clock"),
    ("Instant::now", "clock"),
    ("Timestamp::now", "clock"),
    ("Zoned::now", "clock"),
    ("jiff::Timestamp::now", "clock"),
    ("jiff::Zoned::now", "clock"),
    ("rand", "randomness"),
    ("fastrand", "randomness"),
    ("getrandom", "randomness"),
    ("std::hash::RandomState", "randomness"),
    ("std::collections::HashMap", "randomness (take rustc_hash::FxHashMap or BTreeMap)"),
    ("std::collections::HashSet", "randomness (take rustc_hash::FxHashSet or BTreeSet)"),
];

/// Rooms that talk to the user.
const PRINTING_ROOMS: &[&str] = &["cli", "native", "main"];

/// Files that may be longer than `MAX_LINES`, each with the reason, signed by whoever let it grow.
const LONG_FILES: &[(&str, &str)] = &[];
const MAX_LINES: usize = 500;
const MAX_MAIN_LINES: usize = 40;

/// Assets that people read and no code does.
const ASSETS_FOR_PEOPLE: &[&str] =
    &["assets/CHANGELOG.md", "assets/licenses/LICENSE-MIT", "assets/licenses/LICENSE-APACHE"];

/// Every path into another room that the table does not allow.
pub fn rooms(source: &Source) -> Vec<String> {
    let room = source.room();
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{}: the room `{room}` has no row in ROOMS", source.file)];
    };
    let may_use = |target: &str| target == room || allowed.contains(&target) || FOR_EVERYONE.contains(&target);
    let is_broken =
        |path: &&PathUse| path.names[0] == "crate" && target_of(path).is_some_and(|target| !may_use(&target));
    let paths = source.paths.iter().filter(is_broken);
    paths.map(|path| place(source, path, &format!("`{room}` must not use"))).collect()
}

/// The room a path from `crate` leads to. Macros and constants at the root belong to everyone.
fn target_of(path: &PathUse) -> Option<String> {
    let is_module = path.names.get(1)?.chars().all(|c| c.is_lowercase() || c.is_numeric() || c == '_');
    let is_generated = path.names[1].starts_with('_');
    if is_module && !is_generated { room_of(&path.names[1..]) } else { None }
}

/// Rooms that can be reached from themselves.
pub fn circles(table: &[(&str, &[&str])]) -> Vec<String> {
    let allowed = |room: &str| table.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, allowed)| *allowed);
    let mut broken = Vec::new();
    for (room, _) in table {
        let mut reached: Vec<&str> = allowed(room).to_vec();
        let mut next = 0;
        while let Some(&here) = reached.get(next) {
            reached.extend(allowed(here).iter().filter(|room| !reached.contains(room)).copied().collect::<Vec<_>>());
            next += 1;
        }
        if reached.contains(room) {
            broken.push(format!("ROOMS: `{room}` depends on itself"));
        }
    }
    broken
}

/// Every library outside its rooms. Unit tests may use the disk.
pub fn libraries(source: &Source) -> Vec<String> {
    let room = source.room();
    let whole = room.split('/').next().unwrap_or(&room);
    let is_owner = |rooms: &[&str]| rooms.contains(&room.as_str()) || rooms.contains(&whole);
    let mut broken = Vec::new();
    for (libraries, rooms) in LIBRARIES.iter().filter(|(_, rooms)| !is_owner(rooms)) {
        for path in before_tests(source).filter(|path| libraries.iter().any(|library| path.starts_with(library))) {
            let where_ = if rooms.is_empty() { "nowhere".to_owned() } else { format!("in {} alone", rooms.join(", ")) };
            broken.push(place(source, path, &format!("allowed {where_}:")));
        }
    }
    broken
}

/// Every use of the world outside in a pure room. Formats and sources know no path either.
pub fn purity(source: &Source) -> Vec<String> {
    let room = source.room();
    if !PURE_ROOMS.contains(&room.as_str()) {
        return Vec::new();
    }
    let pathless = [("std::path", "path")].into_iter().filter(|_| ["format", "source"].contains(&room.as_str()));
    let banned: Vec<(&str, &str)> = IMPURE.iter().copied().chain(pathless).collect();
    let broken = before_tests(source).filter_map(|path| {
        let (_, what) = banned.iter().find(|(banned, _)| path.starts_with(banned))?;
        Some(place(source, path, &format!("`{room}` is pure, no {what}:")))
    });
    broken.collect()
}

/// Every print outside the rooms that talk to the user.
pub fn prints(source: &Source) -> Vec<String> {
    if PRINTING_ROOMS.contains(&source.room().as_str()) {
        return Vec::new();
    }
    let is_print = |name: &str| ["print", "println", "eprint", "eprintln"].contains(&name);
    let prints = source.macros.iter().filter(|(line, name)| is_print(name) && *line < source.tests_from);
    let prints = prints.map(|(line, name)| format!("{}:{line}: {name}!", source.file));
    let standard = ["std::io::stdout", "std::io::stderr", "io::stdout", "io::stderr"];
    let handles = before_tests(source).filter(|path| standard.iter().any(|handle| path.starts_with(handle)));
    prints.chain(handles.map(|path| place(source, path, "prints:"))).collect()
}

/// Every colour written down in `ui` outside the theme. A colour made from values is data.
pub fn colors(source: &Source) -> Vec<String> {
    if source.module.first().is_none_or(|first| first != "ui") || source.room() == "ui/theme" {
        return Vec::new();
    }
    let is_made = |path: &&PathUse| {
        let mut pairs = path.names.windows(2);
        let is_color =
            |pair: &[String]| ["Color32", "Rgba"].contains(&pair[0].as_str()) && pair[1].starts_with("from_");
        path.takes_literal && pairs.any(is_color)
    };
    let made = before_tests(source).filter(is_made).map(|path| place(source, path, "colour outside the theme:"));
    let is_hex = |text: &str| {
        text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()))
    };
    let written = source.strings.iter().filter(|(line, text)| is_hex(text) && *line < source.tests_from);
    made.chain(written.map(|(line, text)| format!("{}:{line}: colour outside the theme: {text}", source.file)))
        .collect()
}

/// Every straight apostrophe or quotation mark between letters: one reads ’ and “”.
pub fn apostrophes(source: &Source) -> Vec<String> {
    let is_straight = |text: &str| {
        let text: Vec<char> = text.replace("\\\"", "\"").chars().collect();
        text.windows(3).any(|w| w[0].is_alphabetic() && matches!(w[1], '\'' | '"') && w[2].is_alphabetic())
    };
    let written = source.strings.iter().filter(|(line, text)| *line < source.tests_from && is_straight(text));
    written.map(|(line, text)| format!("{}:{line}: straight: {text}", source.file)).collect()
}

/// A file without its opening sentence, or too long.
pub fn shape(file: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    if !text.starts_with("//!") && !text.starts_with("#![doc") {
        broken.push(format!("{file}:1: does not open with `//!`"));
    }
    let lines = text.lines().count();
    let limit = if file == "src/main.rs" { MAX_MAIN_LINES } else { MAX_LINES };
    let is_signed = LONG_FILES.iter().any(|(signed, _)| *signed == file);
    if lines > limit && !is_signed {
        broken.push(format!("{file}: {lines} lines, at most {limit}"));
    }
    broken
}

/// Assets named nowhere in `users`, neither by their file's name nor by the folder they stand in.
pub fn orphans(assets: &[String], users: &str) -> Vec<String> {
    let is_named = |path: &str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        users.contains(name) || (folder != "assets" && users.contains(folder))
    };
    let orphans = assets.iter().filter(|path| !ASSETS_FOR_PEOPLE.contains(&path.as_str()) && !is_named(path));
    orphans.map(|path| format!("{path}: nothing uses it")).collect()
}

fn before_tests(source: &Source) -> impl Iterator<Item = &PathUse> {
    source.paths.iter().filter(|path| path.line < source.tests_from)
}

fn place(source: &Source, path: &PathUse, what: &str) -> String {
    format!("{}:{}: {what} {}", source.file, path.line, path.names.join("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a rule says about a file, one line for each place.
    fn check(rule: impl Fn(&Source) -> Vec<String>, file: &str, text: &str, expected: &str) {
        assert_eq!(rule(&Source::new(file, text)).join("\n"), expected, "{file}: {text}");
    }

    #[test]
    fn a_straight_apostrophe_is_found() {
        let at = "src/ui/x.rs:1: straight: ";
        check(apostrophes, "src/ui/x.rs", "tr(\"Nobody's\")", &format!("{at}Nobody's"));
        check(apostrophes, "src/ui/x.rs", r#"tr("a\"b")"#, &format!(r#"{at}a\"b"#));
        check(apostrophes, "src/ui/x.rs", "tr(\"Nobody’s '\") // isn't\n#[cfg(test)]\nmod tests {\n\"it's\"", "");
    }

    #[test]
    fn a_path_against_the_stream_is_found() {
        check(rooms, "src/query/x.rs", "use crate::model::Project;", "");
        check(
            rooms,
            "src/model/x.rs",
            "use crate::query::Index;",
            "src/model/x.rs:1: `model` must not use crate::query::Index",
        );
        check(rooms, "src/ui/kit/x.rs", "use crate::ui::theme::Tokens;", "");
        check(
            rooms,
            "src/ui/kit/x.rs",
            "use crate::{\n  ui::panel::Marks,\n  session::Session};",
            "src/ui/kit/x.rs:2: `ui/kit` must not use crate::ui::panel::Marks\n\
             src/ui/kit/x.rs:3: `ui/kit` must not use crate::session::Session",
        );
        check(
            rooms,
            "src/text/x.rs",
            "use super::super::store::save;",
            "src/text/x.rs:1: `text` must not use crate::store::save",
        );
        check(
            rooms,
            "src/ui/view.rs",
            "fn f() { crate::store::save() }",
            "src/ui/view.rs:1: `ui/view` must not use crate::store::save",
        );
        check(
            rooms,
            "src/main.rs",
            "fn main() { pressmark::store::open() }",
            "src/main.rs:1: `main` must not use crate::store::open",
        );
        check(rooms, "src/shed/mod.rs", "", "src/shed/mod.rs: the room `shed` has no row in ROOMS");
        check(
            rooms,
            "src/cli/mod.rs",
            "use crate::shed::Tool;",
            "src/cli/mod.rs:1: `cli` must not use crate::shed::Tool",
        );
    }

    #[test]
    fn a_circle_is_found() {
        let table: &[(&str, &[&str])] = &[("a", &["b"]), ("b", &["c"]), ("c", &["b"])];
        assert_eq!(circles(table), ["ROOMS: `b` depends on itself", "ROOMS: `c` depends on itself"]);
    }

    #[test]
    fn a_library_outside_its_room_is_found() {
        check(libraries, "src/ui/page/mod.rs", "use egui::Ui;", "");
        check(libraries, "src/ui/typeset/x.rs", "use parley::Layout;", "");
        check(
            libraries,
            "src/ui/page/mod.rs",
            "use parley::Layout;",
            "src/ui/page/mod.rs:1: allowed in ui/typeset alone: parley::Layout",
        );
        check(
            libraries,
            "src/ui/mod.rs",
            "use eframe::egui;",
            "src/ui/mod.rs:1: allowed in native alone: eframe::egui",
        );
        check(
            libraries,
            "src/session/mod.rs",
            "fn f(ui: &mut egui::Ui) {}",
            "src/session/mod.rs:1: allowed in ui, native alone: egui::Ui",
        );
        check(
            libraries,
            "src/format/x.rs",
            "use std::{fs, io};",
            "src/format/x.rs:1: allowed in store, native, cli, main alone: std::fs",
        );
        check(libraries, "src/format/x.rs", "\n#[cfg(test)]\nmod tests { use std::fs; }", "");
        check(libraries, "src/format/x/tests.rs", "use std::fs;", "");
        let early = "#[cfg(test)]\nmod tests;\nuse std::fs;";
        check(libraries, "src/text/x.rs", early, "src/text/x.rs:3: allowed in store, native, cli, main alone: std::fs");
        check(
            libraries,
            "src/store/x.rs",
            "use std::net::TcpStream;",
            "src/store/x.rs:1: allowed nowhere: std::net::TcpStream",
        );
    }

    #[test]
    fn an_impure_call_is_found() {
        let now = "src/model/x.rs:1: `model` is pure, no clock: jiff::Timestamp::now";
        check(purity, "src/model/x.rs", "fn f() { jiff::Timestamp::now(); }", now);
        check(purity, "src/store/x.rs", "fn f() { jiff::Timestamp::now(); }", "");
        check(purity, "src/text/x.rs", "use std::thread;", "src/text/x.rs:1: `text` is pure, no thread: std::thread");
        check(
            purity,
            "src/source/x.rs",
            "use std::path::Path;",
            "src/source/x.rs:1: `source` is pure, no path: std::path::Path",
        );
    }

    #[test]
    fn a_print_is_found() {
        check(prints, "src/store/x.rs", "fn f() {\n  eprintln!(\"x\") }", "src/store/x.rs:2: eprintln!");
        check(prints, "src/ui/x.rs", "fn f() { std::io::stdout(); }", "src/ui/x.rs:1: prints: std::io::stdout");
        check(prints, "src/cli/x.rs", "fn f() { println!(\"x\") }", "");
    }

    #[test]
    fn a_color_outside_the_theme_is_found() {
        let text = "const RED: Color32 = egui::Color32::from_rgb(1, 2, 3);\nconst HEX: &str = \"#ff0000\";";
        check(
            colors,
            "src/ui/kit/x.rs",
            text,
            "src/ui/kit/x.rs:1: colour outside the theme: egui::Color32::from_rgb\n\
             src/ui/kit/x.rs:2: colour outside the theme: #ff0000",
        );
        check(colors, "src/ui/theme/mod.rs", text, "");
        check(colors, "src/ui/kit/x.rs", "fn f(r: u8) { Color32::from_rgb(r, r, r) }", "");
        check(colors, "src/model/x.rs", "const HEX: &str = \"#ff0000\";", "");
    }

    #[test]
    fn a_file_without_a_sentence_or_without_end_is_found() {
        assert_eq!(shape("src/x.rs", "//! What it is.\n"), Vec::<String>::new());
        assert_eq!(shape("src/x.rs", "use std::fs;"), ["src/x.rs:1: does not open with `//!`"]);
        assert_eq!(shape("src/x.rs", &"//!\n".repeat(501)), ["src/x.rs: 501 lines, at most 500"]);
        assert_eq!(shape("src/main.rs", &"//!\n".repeat(41)), ["src/main.rs: 41 lines, at most 40"]);
    }

    #[test]
    fn an_orphaned_asset_is_found() {
        let assets = ["assets/codebooks/news.ron", "assets/locales/de.yml", "assets/CHANGELOG.md", "assets/old.png"];
        let users = "include_str!(\"../assets/codebooks/news.ron\") i18n!(\"assets/locales\")";
        assert_eq!(orphans(&assets.map(str::to_owned), users), ["assets/old.png: nothing uses it"]);
    }
}
