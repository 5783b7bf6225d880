//! One annotator’s work on two machines, put together on the command line and by git.

use std::{fs, process::Command};

use super::cli_support::{Place, copy};

/// A script that marks words.
fn marks(words: &[(&str, &str)]) -> String {
    let mark = |(words, label): &(&str, &str)| format!("Select(Words(words: \"{words}\")), Mark(Label(\"{label}\")),");
    format!("[Article(Next), {}]", words.iter().map(mark).collect::<String>())
}

/// The project `p` as Ana has gone on with it on one machine, `q`, the same, on another, and `b`, as both were before.
fn two_machines() -> Place {
    let place = Place::with_marked_project();
    copy(&place.path("p"), &place.path("q"));
    copy(&place.path("p"), &place.path("b"));
    place.write("here.ron", marks(&[("council", "source"), ("engineers", "source")]));
    place.write("there.ron", marks(&[("the bridge", "claim")]));
    place.ok(&["run", "p", "here.ron", "--annotator", "Ana"]);
    place.ok(&["run", "q", "there.ron", "--annotator", "Ana"]);
    place
}

/// Our text and theirs as version control leaves them: one conflict, from where they begin to differ to where they end.
fn conflict(ours: &str, theirs: &str) -> String {
    let (ours, theirs): (Vec<&str>, Vec<&str>) = (ours.lines().collect(), theirs.lines().collect());
    let start = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    let (our, their) = (&ours[start..], &theirs[start..]);
    let end = our.iter().rev().zip(their.iter().rev()).take_while(|(a, b)| a == b).count();
    let same = &our[our.len() - end..];
    let parts: [&[&str]; 7] = [
        &ours[..start],
        &["<<<<<<< HEAD"],
        &our[..our.len() - end],
        &["======="],
        &their[..their.len() - end],
        &[">>>>>>> home"],
        same,
    ];
    parts.concat().join("\n") + "\n"
}

/// The project `p` with changes of the same marks, relations and answers on two machines, as [`two_machines`]: what goes
/// together, and three marks of which it does not.
fn two_machines_that_disagree() -> Place {
    let place = two_machines();
    let script = |name: &str, project: &str, commands: &str| {
        place.write(name, format!("[Article(Next), {commands}]"));
        place.ok(&["run", project, name, "--annotator", "Ana"]);
    };
    script(
        "here.ron",
        "p",
        r#"Mark(Label("stance"), Words(words: "cables")), Mark(Note("Here"), Words(words: "Mayor Ines Calder")),
        Mark(Delete, Words(words: "unfair")), Layer(Status(Done))"#,
    );
    script(
        "there.ron",
        "q",
        r#"Mark(Label("source"), Words(words: "cables")), Mark(Note("There"), Words(words: "Mayor Ines Calder")),
        Mark(Note("There too"), Words(words: "unfair")), Mark(Flag(Question), Words(words: "told")), Layer(Status(ToDo)),
        Mark(Note("No"), Words(words: "told")), Undo"#,
    );
    place
}

/// What a check says of a merged project, where nothing is wrong but that these conflicts are to be decided.
fn is_whole_but_for(place: &Place, conflicts: &str) {
    let checked = place.run(&["check", "p"]);
    checked.says(1, &[conflicts]);
    assert_eq!(checked.err.matches("warning: ").count(), 1, "{checked:?}");
    assert!(!checked.err.contains("error: "), "{checked:?}");
    let history = place.ok(&["history", "p"]);
    assert_eq!(history.matches("Merge two versions: ").count(), 1, "{history}");
}

#[test]
fn after_a_merge_by_git_a_check_finds_nothing_but_what_is_to_be_decided() {
    let place = two_machines_that_disagree();
    for folder in ["layers/ana", "history/ana"] {
        let ours = place.only(&format!("p/{folder}"));
        let [base, theirs] = ["b", "q"].map(|project| ours.replacen('p', project, 1));
        place.run(&["merge", "--driver", &base, &ours, &theirs, ours.trim_start_matches("p/")]);
    }
    is_whole_but_for(&place, "3 conflicts are to be decided");
}

#[test]
fn what_is_decided_after_a_merge_is_in_the_history_and_a_check_finds_nothing() {
    for decided in ["KeepFirst", "KeepSecond", "KeepBoth"] {
        let place = two_machines_that_disagree();
        for folder in ["layers/ana", "history/ana"] {
            let ours = place.only(&format!("p/{folder}"));
            let [base, theirs] = ["b", "q"].map(|project| ours.replacen('p', project, 1));
            place.run(&["merge", "--driver", &base, &ours, &theirs, ours.trim_start_matches("p/")]);
        }
        let merged = place.read(&place.only("p/layers/ana"));
        let decide = format!("Conflict(Next), Conflict({decided}),");
        place.write("decide.ron", format!("[Article(Next), {}]", decide.repeat(3)));
        place.ok(&["run", "p", "decide.ron", "--annotator", "Ana"]);
        place.ok(&["check", "p"]);
        let layer = place.only("p/layers/ana");
        let after = place.read(&layer);
        // As if the program had ended before the layer had any of it, or some of it.
        let journal = place.only("p/history/ana");
        let lines = place.read(&journal);
        let unsaved = lines.lines().filter(|line| !line.starts_with("Saved("));
        place.write(&journal, unsaved.map(|line| format!("{line}\n")).collect::<String>());
        place.write(&layer, merged);
        place.write("nothing.ron", "[]");
        let ran = place.run(&["run", "p", "nothing.ron", "--annotator", "Ana"]);
        assert!(ran.err.contains("recovered from the history"), "{decided}: {ran:?}");
        assert!(!ran.err.contains("stays that way"), "{decided}: {ran:?}");
        assert_eq!(place.read(&layer), after, "{decided}");
        place.ok(&["check", "p"]);
    }
}

#[test]
fn after_conflict_markers_are_merged_a_check_finds_nothing_but_what_is_to_be_decided() {
    let place = two_machines_that_disagree();
    for folder in ["layers/ana", "history/ana"] {
        let file = place.only(&format!("p/{folder}"));
        let theirs = place.read(&file.replacen('p', "q", 1));
        place.write(&file, conflict(&place.read(&file), &theirs));
    }
    place.run(&["merge", "p"]);
    // Where nobody knows what both began with, what one side has removed comes back, and that is no conflict.
    is_whole_but_for(&place, "2 conflicts are to be decided");
}

#[test]
fn a_merge_that_left_conflict_markers_is_finished_mark_by_mark() {
    let place = two_machines();
    for folder in ["layers/ana", "history/ana"] {
        let file = place.only(&format!("p/{folder}"));
        let theirs = place.read(&file.replacen('p', "q", 1));
        place.write(&file, conflict(&place.read(&file), &theirs));
    }
    let layer = place.only("p/layers/ana");
    let ran = place.run(&["check", "p"]);
    ran.says(1, &["conflict markers between them", "`pressmark merge`", layer.trim_start_matches("p/")]);
    let merged = place.run(&["merge", "p"]);
    assert_eq!(merged.code, 0, "{merged:?}");
    assert_eq!(merged.out.lines().count(), 2, "{merged:?}");
    assert!(place.ok(&["list", "p"]).contains("claim 2, cue 1, quote 1, source 3, stance 1"));
    place.ok(&["check", "p"]);
    assert_eq!(place.ok(&["merge", "p"]), "");
}

#[test]
fn git_is_given_a_whole_layer_and_told_where_both_have_changed_the_same() {
    let place = two_machines();
    let layer = place.only("p/layers/ana");
    let path = layer.trim_start_matches("p/");
    place.write("base", "");
    place.write("ours", place.read(&layer));
    place.write("theirs", place.read(&layer.replacen('p', "q", 1)));
    assert_eq!(place.run(&["merge", "--driver", "base", "ours", "theirs", path]).code, 0);
    assert_eq!(place.read("ours").matches("label: ").count(), 8);
    let other = place.read(&layer).replace("note: \"One quote\"", "note: \"Two quotes\"");
    place.write("theirs", &other);
    place.run(&["merge", "--driver", "base", "ours", "theirs", path]).says(1, &["both versions are kept"]);
    assert!(place.read("ours").contains("One quote") && place.read("ours").contains("Two quotes"));
    // What can’t be merged has both sides in it, and git is told that it is a conflict.
    place.write("ours", "(nonsense");
    place.run(&["merge", "--driver", "base", "ours", "theirs", path]).says(1, &["error: "]);
    assert_eq!(place.read("ours"), format!("<<<<<<< ours\n(nonsense\n=======\n{other}>>>>>>> theirs\n"));
    // What can’t be read is no conflict but a failure.
    assert_eq!(place.run(&["merge", "--driver", "base", "none", "theirs", path]).code, 129);
    assert_eq!(place.run(&["merge"]).code, 2);
}

#[test]
#[ignore = "needs git: .ci/run has it"]
fn git_merges_the_work_of_one_annotator_on_two_machines() {
    let place = two_machines();
    let program = super::cli_support::path_of_program();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-C", "r"]).args(arguments);
        command.current_dir(place.path(""));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    fs::create_dir(place.path("r")).unwrap();
    git(&["init", "-q", "-b", "main"]);
    git(&["config", "merge.pressmark.driver", &format!("{} merge --driver %O %A %B %P", program.display())]);
    place.write("r/.gitattributes", "*.ron merge=pressmark\n");
    copy(&place.path("p"), &place.path("r"));
    git(&["add", "."]);
    git(&["commit", "-qm", "Begin"]);
    git(&["branch", "home"]);
    place.write("more.ron", marks(&[("keeps count", "claim"), ("call it", "cue")]));
    place.ok(&["run", "r", "more.ron", "--annotator", "Ana"]);
    git(&["commit", "-qam", "Go on here"]);
    git(&["checkout", "-q", "home"]);
    place.write("other.ron", marks(&[("owners", "source")]));
    place.ok(&["run", "r", "other.ron", "--annotator", "Ana"]);
    git(&["commit", "-qam", "Go on at home"]);
    git(&["merge", "-q", "-m", "Both", "main"]);
    let listed = place.ok(&["list", "r"]);
    assert!(listed.contains("claim 2, cue 2, quote 1, source 4, stance 1"), "{listed}");
    place.ok(&["check", "r"]);
}
