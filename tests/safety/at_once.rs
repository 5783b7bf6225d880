//! Several programs write at once, and what can be deleted at any time is.

use std::{fs, process::Output, thread, time::Duration};

use super::cli_support::{Place, program};

/// Starts all of them, then waits for each.
fn all_at_once(place: &Place, arguments: &[Vec<String>]) -> Vec<Output> {
    let start = |arguments: &Vec<String>| {
        let mut child = program(&place.path(""), &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        drop(child.stdin.take());
        child
    };
    let children: Vec<_> = arguments.iter().map(start).collect();
    children.into_iter().map(|child| child.wait_with_output().unwrap()).collect()
}

fn arguments<const N: usize>(arguments: [&str; N]) -> Vec<String> {
    arguments.map(str::to_owned).to_vec()
}

fn assert_all_well(ended: &[Output]) {
    for output in ended {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn six_who_add_at_once_lose_no_article_and_no_story() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    for (who, n) in (0..6).flat_map(|who| (0..5).map(move |n| (who, n))) {
        place.write(&format!("{who}/{n}.txt"), format!("Report {who} {n}. The toll is fair, the mayor said."));
    }
    let adders: Vec<_> =
        (0..6).map(|who| arguments(["add", "p", &who.to_string(), "--story", &format!("Story {who}")])).collect();
    assert_all_well(&all_at_once(&place, &adders));
    place.ok(&["check", "p"]);
    let file = place.read("p/project.ron");
    assert!((0..6).all(|who| file.contains(&format!("name: \"Story {who}\""))), "{file}");
    assert!(place.ok(&["list", "p"]).contains(": 30 articles"));
}

#[test]
fn forty_who_begin_to_mark_at_once_lose_no_name_and_no_mark() {
    const PEOPLE: usize = 40;
    let place = Place::new();
    place.ok(&["new", "p"]);
    place.write("a.txt", "The toll is fair, the mayor said.");
    place.ok(&["add", "p", "a.txt"]);
    place.write("mark.ron", "[Article(Next), Select(Words(words: \"fair\")), Mark(Label(\"claim\"))]");
    let people: Vec<_> =
        (0..PEOPLE).map(|n| arguments(["run", "p", "mark.ron", "--annotator", &format!("Person {n}")])).collect();
    assert_all_well(&all_at_once(&place, &people));
    place.ok(&["check", "p"]);
    let file = place.read("p/project.ron");
    assert!((0..PEOPLE).all(|n| file.contains(&format!("name: \"Person {n}\""))), "{file}");
    assert!(place.ok(&["list", "p"]).contains(&format!("{PEOPLE} marks")));
}

#[test]
fn one_annotator_twice_is_told_who_is_at_work_and_since_when() {
    let place = Place::with_marked_project();
    let marks: String = (0..200).map(|n| format!("Mark(Note(\"{n}\")),")).collect();
    place.write(
        "long.ron",
        format!("[Article(Next), Select(Words(words: \"bridge\")), Mark(Label(\"claim\")), {marks}]"),
    );
    let mut first = program(&place.path(""), &["run", "p", "long.ron", "--annotator", "Ana", "--ack"]);
    // Once something is acknowledged, the lock is held.
    let mut out = std::io::BufReader::new(first.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut out, &mut String::new()).unwrap();
    place.write("more.ron", "[Article(Next), Whole(Status(Done))]");
    let second = place.run(&["run", "p", "more.ron", "--annotator", "Ana"]);
    let process = first.id().to_string();
    first.kill().unwrap();
    first.wait().unwrap();
    second.says(2, &["Another Pressmark is open on this project as Ana (", "since 2", &process]);
    place.ok(&["run", "p", "more.ron", "--annotator", "Ana"]);
    place.ok(&["check", "p"]);
}

#[test]
fn what_can_be_deleted_at_any_time_can_be() {
    let place = Place::with_marked_project();
    let marks: String = (0..150).map(|n| format!("Mark(Note(\"{n}\")),")).collect();
    place.write(
        "long.ron",
        format!("[Article(Next), Select(Words(words: \"bridge\")), Mark(Label(\"claim\")), {marks}]"),
    );
    let deleting = thread::scope(|threads| {
        let run = threads.spawn(|| place.run(&["run", "p", "long.ron", "--annotator", "Ana"]));
        let mut deleted = 0;
        while !run.is_finished() {
            deleted += usize::from(fs::remove_dir_all(place.path("p/.pressmark")).is_ok());
            thread::sleep(Duration::from_millis(2));
        }
        let ran = run.join().unwrap();
        assert_eq!(ran.code, 0, "{}", ran.err);
        deleted
    });
    assert!(deleting > 0, "it was deleted meanwhile");
    place.ok(&["list", "p"]);
    place.ok(&["check", "p"]);
    assert!(place.read(&place.only("p/layers/ana")).contains("note: \"149\""));
}
