//! What was done before, on the command line: the history, and backups.

use serde_json::Value as Json;

use super::cli_support::Place;

#[test]
fn the_history_says_who_did_what_where_and_when_and_brings_back_what_is_gone() {
    let place = Place::with_marked_project();
    let script = |commands: &str| {
        place.write("more.ron", format!("[{commands}]"));
        place.ok(&["run", "p", "more.ron", "--annotator", "Ben"]);
    };
    script(
        r#"Article(Next), Select(Words(words: "cables")), Mark(Label("claim")), Mark(Note("Ben’s")), Mark(Delete), Undo, Undo"#,
    );
    script("Undo");
    let lines = place.ok(&["history", "p"]);
    let lines: Vec<&str> = lines.lines().collect();
    assert!(lines[0].contains("  Ben  ") && lines[0].contains("Delete"), "the newest first: {lines:?}");
    let undone = lines.iter().filter(|line| line.ends_with("(undone)")).count();
    assert_eq!(undone, 3, "a script undoes what one before has done: {lines:?}");
    assert!(lines.iter().any(|line| line.contains("  Ana  Mark as Source: “Mayor Ines Calder”  council-backs-toll")));
    let json = |arguments: &[&str]| -> Vec<Json> {
        serde_json::from_str(&place.ok(&[&["history", "p", "--json"], arguments].concat())).unwrap()
    };
    assert_eq!(json(&[]).len(), lines.len());
    assert_eq!(json(&["--by", "Ben", "--label", "Claim"]).len(), 3);
    assert_eq!(json(&["--article", "council", "--by", "ana", "--label", "stance"]).len(), 2);
    assert_eq!(json(&["--article", "nonesuch"]).len(), 0);
    let article = json(&[]).iter().find_map(|step| step["articles"][0].as_str().map(str::to_owned)).unwrap();
    let before = place.snapshot("p/layers");
    place.write("remove.ron", format!("[Article(Remove(\"{article}\"))]"));
    place.ok(&["run", "p", "remove.ron", "--annotator", "Ana"]);
    let removed = json(&[]).remove(0);
    assert_eq!((&removed["restorable"], &removed["undone"]), (&true.into(), &false.into()));
    let step = removed["step"].as_str().unwrap();
    let ran = place.run(&["history", "p", "--restore", step]);
    assert!(ran.code == 0 && ran.err.contains("Restore: Remove “Council backs toll"), "{ran:?}");
    assert_eq!(place.snapshot("p/layers"), before);
    place.run(&["history", "p", "--restore", step]).says(2, &["Nothing of this is missing"]);
    place.run(&["history", "p", "--restore", "nonesuch"]).says(2, &["no step “nonesuch”"]);
    let first = json(&["--by", "Ana"]).pop().unwrap();
    place.ok(&["history", "p", "--go-to", first["step"].as_str().unwrap()]);
    assert!(place.ok(&["list", "p"]).contains("no marks") || !place.ok(&["list", "p"]).contains("claim"));
    place.ok(&["check", "p"]);
}

#[test]
fn a_backup_is_listed_and_restored() {
    let place = Place::with_marked_project();
    let none = place.run(&["backups", "p"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.contains("no backup yet"), "{}", none.err);
    let packed = {
        place.ok(&["pack", "p", "packed.ron"]);
        place.read("packed.ron")
    };
    std::fs::create_dir(place.path("p/backups")).unwrap();
    place.write("p/backups/2026-11-28.ron", &packed);
    place.write("p/backups/2026-11-30.ron", &packed);
    place.write("p/backups/notes.ron", "()");
    assert_eq!(place.ok(&["backups", "p"]), "2026-11-30\n2026-11-28\n");
    place.ok(&["backups", "p", "--restore", "2026-11-28", "q"]);
    assert_eq!(place.ok(&["list", "q", "--json"]), place.ok(&["list", "p", "--json"]));
    place.run(&["backups", "p", "--restore", "2026-11-28", "q"]).says(2, &["something at this place already", "(q)"]);
    place.run(&["backups", "p", "--restore", "2026-11-29", "r"]).says(2, &["no backup of 2026-11-29", "2026-11-30"]);
    place.run(&["backups", "x"]).says(2, &["there is nothing here", "(x)"]);
}

#[test]
fn a_script_says_what_a_command_takes_away_and_check_what_is_missing_then() {
    let place = Place::with_marked_project();
    place.ok(&["check", "p"]);
    let quote = r#"Select(Pick(Words(words: "We have put this off,")))"#;
    place.write("relabel.ron", format!(r#"[Article(Next), {quote}, Mark(Label("cue"))]"#));
    let ran = place.run(&["run", "p", "relabel.ron", "--annotator", "Ana"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("Relabel as Cue: this removed 1 member of a relation and 1 answer"), "{ran:?}");
    place.run(&["check", "p"]).says(1, &["has no quote", "layers"]);
}
