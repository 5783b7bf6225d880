//! The command line from outside: the program itself, on a real disk.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[expect(dead_code, reason = "the tests of kills use the rest")]
mod cli_support;
#[path = "cli_support/comparing.rs"]
mod comparing;
#[path = "cli_support/exporting.rs"]
mod exporting;
#[path = "cli_support/finding.rs"]
mod finding;
#[path = "cli_support/integrating.rs"]
mod integrating;
#[path = "cli_support/merging.rs"]
mod merging;
#[path = "cli_support/past.rs"]
mod past;
#[path = "cli_support/printing.rs"]
mod printing;
#[path = "cli_support/rejecting.rs"]
mod rejecting;
#[path = "support/root.rs"]
mod root;

use std::{fs, io::BufRead};

use cli_support::{Place, program};
use serde_json::Value as Json;

#[test]
fn a_project_goes_all_the_way() {
    let place = Place::with_marked_project();
    place.write(
        "news/one.md",
        "---\ntitle: Drivers to pay\noutlet: The Post\n---\n\nDrivers **will** pay, the union said.\n",
    );
    place.write("news/deep/two.html", "<html><head><title>Rain</title></head><body><article><h1>Rain</h1><p>It will rain \
        all day in the valley, and the bridge will be closed to all traffic, the weather service said on Tuesday.</p>\
        <p>Nobody is to cross it before the wind has dropped, it said, and the ferries stay in port.</p></article></body></html>");
    place.write("news/picture.png", b"\x89PNG\r\n\x1a\n");
    let ran = place.run_with(&["add", "p", "news", "-", "--outlet", "The Gazette"], "A toll, at last 🌉.\n".as_bytes());
    assert_eq!((ran.code, ran.out.lines().count()), (0, 3), "{ran:?}");

    let listed: Json = serde_json::from_str(&place.ok(&["list", "p", "--json"])).unwrap();
    assert_eq!(listed["name"], "Toll");
    let articles = listed["articles"].as_array().unwrap();
    assert_eq!(articles.len(), 4);
    let marked = articles.iter().find(|a| a["outlet"] == "The Courier").unwrap();
    let layer = &marked["layers"][0];
    assert_eq!(
        (&layer["annotator"], &layer["name"], &layer["status"]),
        (&"ana".into(), &"Ana".into(), &"in-progress".into())
    );
    assert_eq!((&layer["annotations"], &layer["relations"], &layer["flags"]), (&5.into(), &1.into(), &1.into()));
    assert_eq!(layer["by_label"]["quote"], 1);
    let text = place.ok(&["list", "p"]);
    assert!(text.starts_with("Toll: 4 articles, 5 marks\n"), "{text}");
    assert!(text.contains("ana  in-progress  claim 1, cue 1, quote 1, source 1, stance 1, 1 relation"), "{text}");

    place.ok(&["check", "p"]);
    place.ok(&["export", "p", "--format", "jsonl", "--to", "out.jsonl"]);
    assert_eq!(place.ok(&["export", "p", "--to", "-"]), place.read("out.jsonl"));
    every_offset_slices_its_words(&place.read("out.jsonl"), 6);

    place.ok(&["pack", "p", "p.ron"]);
    place.ok(&["unpack", "p.ron", "q"]);
    let mut packed = place.snapshot("p");
    packed.retain(|path, _| !path.starts_with("history"));
    assert_eq!(place.snapshot("q"), packed);
    place.ok(&["pack", "q", "q.ron"]);
    assert_eq!(place.read("q.ron"), place.read("p.ron"));
    let again = place.run(&["list", "p.ron", "--json"]);
    assert_eq!(again.out, place.ok(&["list", "p", "--json"]), "a packed project is gone on with where it was unpacked");
    again.says(0, &["note: ", "beside the packed one", "(p)"]);
    fs::rename(place.path("p.ron"), place.path("r.ron")).unwrap();
    assert_eq!(place.ok(&["list", "r.ron", "--json"]), again.out);
    assert_eq!(place.snapshot("r"), packed);
}

fn every_offset_slices_its_words(jsonl: &str, fragments: usize) {
    let mut seen = 0;
    for line in jsonl.lines() {
        let article: Json = serde_json::from_str(line).unwrap();
        let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
        let layers = article["layers"].as_array().unwrap().iter();
        for mark in layers.flat_map(|layer| layer["annotations"].as_array().unwrap()) {
            for fragment in mark["fragments"].as_array().unwrap() {
                let place = |key: &str| usize::try_from(fragment[key].as_u64().unwrap()).unwrap();
                let words: String = text[place("start")..place("end")].iter().collect();
                assert_eq!(fragment["text"], words.as_str());
                seen += 1;
            }
        }
    }
    assert_eq!(seen, fragments);
}

/// `Whole` is the earlier name of `Layer`, by which older scripts still run; the help need not show it.
#[test]
fn the_script_of_the_help_runs_and_has_every_command() {
    let place = Place::new();
    let help = place.ok(&["run", "--help"]);
    let script = &help[help.find("\n[\n").unwrap() + 1..];
    place.write("script.ron", script);
    place.ok(&["new", "p"]);
    place.ok(&["run", "p", "script.ron", "--annotator", "Ana"]);
    place.write("earlier.ron", r#"[Article(Open("council")), Whole(Status(Done))]"#);
    place.ok(&["run", "p", "earlier.ron", "--annotator", "Ana"]);
    place.ok(&["check", "p"]);
    for (outer, kinds) in known_variants(&place, "Nonesuch")
        .iter()
        .filter(|outer| *outer != "Whole")
        .map(|outer| (outer, known_variants(&place, &format!("{outer}(Nonesuch)"))))
    {
        for kind in kinds {
            let written = [format!("{outer}({kind}("), format!("{outer}({kind})"), format!("{outer}({kind}, ")];
            assert!(written.iter().any(|w| script.contains(w)), "the help has no {outer}({kind})");
        }
    }
}

/// The names that may stand where the script has `Nonesuch`, as the error lists them.
fn known_variants(place: &Place, command: &str) -> Vec<String> {
    place.write("unknown.ron", format!("[{command}]"));
    let ran = place.run(&["run", "p", "unknown.ron", "--annotator", "Ana"]);
    let Some((_, names)) = ran.err.split_once("Use one of ") else { return Vec::new() };
    let names = names.trim().split(", ").map(str::to_owned);
    names.filter(|name| !["Ask", "History", "View"].contains(&name.as_str())).collect()
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    const KILLS: usize = 8;
    const MARKS_A_RUN: usize = 40;
    let place = Place::new();
    let words: Vec<String> = (0..KILLS * MARKS_A_RUN).map(|n| format!("word{n}.")).collect();
    place.write("a.txt", format!("A list of words\n\n{}\n", words.join(" ")));
    place.ok(&["new", "p"]);
    place.ok(&["add", "p", "a.txt"]);
    let mut acknowledged = 0;
    for (kill, words) in words.chunks(MARKS_A_RUN).enumerate() {
        let mark = |word: &String| format!("Select(Words(words: \"{word}\")), Mark(Label(\"claim\")),");
        place.write("script.ron", format!("[Article(Next), {}]", words.iter().map(mark).collect::<String>()));
        let mut run = program(&place.path(""), &["run", "p", "script.ron", "--annotator", "Ana", "--ack"]);
        // Each time a little later; two lines are one mark, after the one that opens the article.
        let lines = std::io::BufReader::new(run.stdout.take().unwrap()).lines();
        let last = lines.take(3 + kill * 7).last().unwrap().unwrap();
        run.kill().unwrap();
        run.wait().unwrap();
        acknowledged += (last.parse::<usize>().unwrap() - 1) / 2;
        place.ok(&["list", "p"]);
        place.ok(&["check", "p"]);
        let layer = fs::read_dir(place.path("p/layers/ana")).unwrap().next().unwrap().unwrap().path();
        let there = fs::read_to_string(layer).unwrap().matches("label: \"claim\"").count();
        assert!(there >= acknowledged, "{there} marks are there, and {acknowledged} were acknowledged");
    }
}

#[test]
fn a_script_that_fails_says_where_and_keeps_what_was_done() {
    let place = Place::with_marked_project();
    let before = place.snapshot("p");
    for (script, needles) in [
        (
            "[\n  Article(Next),\n  Mark(Lable(\"x\")),\n]",
            &["Command 2 can’t be understood", "“Lable”", "line 3, column", "Label"][..],
        ),
        ("[\n  Article(Next\n]", &["line 3, column 1"]),
        ("[Mark(Nudge(edge: End, to: WordBack))]", &["“to”", "line 1, column 24", "by"]),
        (
            "[Article(Open(\"council\")),\n\n /* at */ Mark(Label(\"claim\"))]",
            &["Command 2 failed", "line 3, column 11", "The 1 command before it stay"],
        ),
        (
            "[Article(Next), Select(Words(words: \"unfair\")), Mark(Label(\"claims\"))]",
            &["Command 3", "“claims”", "claim, quote"],
        ),
        ("[Article(Next), Select(Characters(start: 5, end: 5000))]", &["outside the text", "line 1, column 17"]),
        ("[Article(Next), Select(Words(words: \"nowhere\"))]", &["no occurrence 1 of “nowhere”"]),
        ("[View(Keys)]", &["Command 1 needs a window"]),
        (&format!("[Mark(Note({}))]", "(".repeat(5000)), &["too deep", "line 1"]),
    ] {
        place.write("bad.ron", script);
        let ran = place.run(&["run", "p", "bad.ron", "--annotator", "Ana"]);
        ran.says(2, &[needles, &["error: ", "bad.ron)"]].concat());
        assert_eq!(place.snapshot("p"), before, "{script}");
    }
    place.write(
        "half.ron",
        "[Article(Next), Select(Words(words: \"council\")), Mark(Label(\"source\")), Mark(Label(\"no\"))]",
    );
    place
        .run(&["run", "p", "half.ron", "--annotator", "Ana"])
        .says(2, &["Command 4 failed", "The 3 commands before it stay done"]);
    assert!(place.ok(&["list", "p"]).contains("source 2"));
    place.run(&["run", "p", "none.ron", "--annotator", "Ana"]).says(2, &["Can’t read the script", "none.ron"]);
    place.run(&["run", "p", "half.ron", "--annotator", " "]).says(2, &["needs a name"]);
}

#[test]
fn what_is_no_article_is_refused_and_nothing_changes() {
    let place = Place::with_marked_project();
    place.write("image.txt", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0; 100]].concat());
    place.write("archive.md", [b"PK\x03\x04".as_slice(), &[0; 100]].concat());
    place.write("empty.txt", "");
    place.write("blank.txt", " \n\n");
    place.write("nothing/picture.png", "");
    fs::File::create(place.path("huge.txt")).unwrap().set_len(200 << 20).unwrap();
    let before = place.snapshot("p");
    for (path, needles) in [
        ("none.txt", &["there is nothing here"][..]),
        ("image.txt", &["not text"]),
        ("archive.md", &["not text"]),
        ("empty.txt", &["no words"]),
        ("blank.txt", &["no words"]),
        ("huge.txt", &["200 MiB", "64"]),
        ("nothing", &["no articles in it"]),
    ] {
        let ran = place.run(&["add", "p", path]);
        ran.says(2, &[needles, &["error: ", &format!("({path})")]].concat());
        assert_eq!(place.snapshot("p"), before, "{path}");
    }
    place.run_with(&["add", "p", "-"], b"").says(2, &["no words", "standard input"]);
    let twin = place.run(&["add", "p", "toll.txt"]);
    assert_eq!((twin.code, twin.out.as_str()), (0, ""));
    assert!(twin.err.contains("in the project already"), "{}", twin.err);
    assert_eq!(place.snapshot("p"), before);
    place.write("good.txt", "Good words.");
    let ran = place.run(&["add", "p", "empty.txt", "good.txt"]);
    assert_eq!((ran.code, ran.out.lines().count()), (2, 1), "what can be added is: {ran:?}");
}

#[cfg(unix)]
#[test]
#[ignore = "needs a user whom permissions bind, not root: .ci/run runs it as one"]
fn an_unreadable_file_and_a_read_only_folder_are_reported() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_marked_project();
    let allow = |name: &str, mode| fs::set_permissions(place.path(name), fs::Permissions::from_mode(mode)).unwrap();
    place.write("secret.txt", "Words.");
    allow("secret.txt", 0o000);
    assert!(fs::read(place.path("secret.txt")).is_err(), "permissions do not bind this user");
    let before = place.snapshot("p");
    place.run(&["add", "p", "secret.txt"]).says(2, &["no permission", "secret.txt"]);
    allow("p/.pressmark", 0o555);
    allow("p/layers/ana", 0o555);
    allow("p", 0o555);
    let ran = place.run(&["run", "p", "marks.ron", "--annotator", "Ben"]);
    ran.says(2, &["can only be read", "p"]);
    ["p", "p/layers/ana", "p/.pressmark"].into_iter().for_each(|folder| allow(folder, 0o755));
    assert_eq!(place.snapshot("p"), before);
}

#[test]
fn a_file_in_place_of_a_folder_is_reported_and_nothing_is_lost() {
    let place = Place::with_marked_project();
    fs::remove_dir_all(place.path("p/layers")).unwrap();
    place.write("p/layers", "not a folder");
    place.write("more.ron", "[Article(Next), Whole(Status(Done))]");
    place
        .run(&["run", "p", "more.ron", "--annotator", "Ana"])
        .says(2, &["error: Can’t", "a part of the path is a file", "layers"]);
    assert_eq!(place.read("p/layers"), "not a folder");
    place.run(&["new", "toll.txt"]).says(2, &["something at this place already", "(toll.txt)"]);
    place.run(&["new", "toll.txt/p"]).says(2, &["a part of the path is a file"]);
    place.run(&["export", "p", "--to", "toll.txt/out.jsonl"]).says(2, &["a part of the path is a file"]);
}

#[test]
fn a_damaged_project_is_refused_with_the_place_and_left_alone() {
    let article = |place: &Place| place.only("p/articles");
    let layer = |place: &Place| place.only("p/layers/ana");
    let project = |_: &Place| "p/project.ron".to_owned();
    let codebook = |_: &Place| "p/codebook.ron".to_owned();
    type FileOf = fn(&Place) -> String;
    let cases: &[(FileOf, &str, &str, i32, &[&str])] = &[
        (project, "name:", "name", 2, &["line ", "column ", "project.ron"]),
        (project, "version: 2", "version: 99", 2, &["format 99", "newer Pressmark", "project.ron"]),
        (project, "name: ", "colour: 3, name: ", 2, &["“colour”", "line ", "project.ron"]),
        (project, "\"Toll\"", &"(".repeat(5000), 2, &["too deep", "line ", "project.ron"]),
        (codebook, "id: \"claim\"", "id: \"quote\"", 2, &["twice", "codebook.ron"]),
        (article, "title:", "titel:", 1, &["“titel”", "line ", "articles"]),
        (article, "bridge keeps", "ferry keeps", 1, &["text", "articles"]),
        (layer, "label: \"claim\"", "label: \"clam\"", 1, &["“clam”", "claim", "layers"]),
        (layer, "label: \"claim\"", "label: \"claim\", mood: 1", 1, &["“mood”", "line ", "layers"]),
        (layer, "end: 22", "end: 2200", 1, &["2200", "layers"]),
        (layer, "words: \"told\"", "words: \"sang\"", 1, &["“sang”", "layers"]),
        (layer, "words: \"Mayor Ines", "words: \"Mayor Innes", 1, &["Innes", "layers"]),
    ];
    for (file, from, to, code, needles) in cases {
        let place = Place::with_marked_project();
        let file = file(&place);
        let text = place.read(&file);
        assert!(text.contains(from), "{file} has no {from}: {text}");
        place.write(&file, text.replacen(from, to, 1));
        let before = place.snapshot("p");
        let ran = place.run(&["check", "p"]);
        ran.says(*code, needles);
        if *code == 2 {
            place.run(&["list", "p"]).says(2, needles);
        }
        place.run(&["export", "p", "--to", "out.jsonl"]);
        assert_eq!(place.snapshot("p"), before, "{from} → {to}");
    }
}

#[test]
fn what_is_not_there_is_said() {
    let place = Place::new();
    place.write("p/other.txt", "");
    place.run(&["list", "none"]).says(2, &["there is nothing here", "(none)"]);
    place.run(&["check", "p"]).says(2, &["no project.ron", "(p)"]);
    place.run(&["list", "p/other.txt"]).says(2, &["not a project", "other.txt"]);
    place.run(&["new", "p"]).says(2, &["something at this place already", "(p)"]);
    place.run(&["new", "q", "--codebook", "olds"]).says(2, &["no codebook “olds”", "news"]);
    place.run(&["unpack", "p/other.txt", "q"]).says(2, &["other.txt"]);
    assert!(!place.path("q").exists());
    place.ok(&["new", "q", "--codebook", "empty"]);
    place.run(&["export", "q", "--format", "xlsx", "--to", "x"]).says(2, &["no format “xlsx”", "jsonl"]);
    assert_eq!(place.run(&["add", "q"]).code, 2);
}

#[test]
fn file_names_stay_safe_and_distinct_whatever_the_titles_are() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    let titles = ["../../x", "CON", &"long ".repeat(60), "", "Equal", "Equal", "🌉", "..", "a/b\\c:d"];
    let article =
        |(n, title): (usize, &&str)| format!("Article(Add(metadata: (title: {title:?}), text: \"Text {n}.\")),");
    place.write("add.ron", format!("[{}]", titles.iter().enumerate().map(article).collect::<String>()));
    place.ok(&["run", "p", "add.ron", "--annotator", "../Ana"]);
    let files = place.snapshot("p");
    assert_eq!(files.keys().filter(|path| path.starts_with("articles")).count(), titles.len());
    for name in files.keys().map(|path| path.file_name().unwrap().to_str().unwrap()) {
        assert!(
            name.len() <= 100
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._".contains(&b)),
            "{name}"
        );
    }
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 2, "nothing lies outside the project");
    place.ok(&["check", "p"]);
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    place.write("long.txt", "Many words. ".repeat(50_000));
    place.ok(&["add", "p", "long.txt"]);
    let mut child = program(&place.path(""), &["export", "p", "--to", "-"]);
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn two_papers_with_the_same_report_have_an_article_each() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    place.write("report.txt", "The toll rises.\nNobody likes it.\n");
    place.ok(&["add", "p", "report.txt", "--outlet", "The Courier"]);
    let ran = place.run(&["add", "p", "report.txt", "--outlet", "The Post"]);
    assert_eq!(ran.out.lines().count(), 1, "{ran:?}");
    ran.says(0, &["note: The text is that of another article", "outlet, date or address differ"]);
    let again = place.run(&["add", "p", "report.txt", "--outlet", "The Post"]);
    again.says(0, &["in the project already", "--twins"]);
    assert_eq!(again.out, "");
    assert_eq!(place.ok(&["add", "p", "report.txt", "--outlet", "The Post", "--twins"]).lines().count(), 1);
    assert!(place.ok(&["list", "p"]).contains(": 3 articles"));
    place.ok(&["check", "p"]);
}

#[test]
fn the_folder_that_a_browser_saves_beside_a_page_is_passed_over() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    let page =
        |n: u32| format!("<html><body><p>The toll rises for the {n}th time, the council said.</p></body></html>");
    place.write("news/Toll rises.html", page(1));
    place.write("news/Toll rises_files/frame.html", page(2));
    place.write("news/Zoll-Dateien/lizenz.txt", "Permission is granted.");
    place.write("news/Zoll.htm", page(3));
    place.write("news/old_files/kept.txt", "No page stands beside this folder.");
    let ran = place.run(&["add", "p", "news"]);
    assert_eq!(ran.out.lines().count(), 3, "{ran:?}");
    ran.says(0, &["note: The folder belongs to the page “Toll rises.html”", "“Zoll.htm”", "Toll rises_files"]);
    assert_eq!(place.ok(&["add", "p", "news/Zoll-Dateien"]).lines().count(), 1, "a folder that is named is read");
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_refused_before_it_is_opened() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    fs::create_dir(place.path("news")).unwrap();
    for name in ["news/pipe.txt", "script.ron"] {
        let made = std::process::Command::new("mkfifo").arg(place.path(name)).status().unwrap();
        assert!(made.success());
    }
    place.run(&["add", "p", "news"]).says(2, &["neither a file nor a folder", "pipe.txt"]);
    place.run(&["add", "p", "/dev/zero"]).says(2, &["neither a file nor a folder", "/dev/zero"]);
    place.run(&["run", "p", "script.ron", "--annotator", "Ana"]).says(2, &["not a file", "script.ron"]);
}

#[test]
fn names_of_any_length_and_with_any_character_do_no_harm() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    place.write("long.html", format!("<title>{}</title><p>The toll rises.</p>", "word ".repeat(50_000)));
    place.write("odd.md", "---\ntitle: \"a\\u001b[2Jb\\u202ec\"\n---\n\nThe toll falls.\n");
    let out = place.ok(&["add", "p", "long.html", "odd.md"]);
    assert!(out.lines().all(|line| line.chars().count() < 600) && !out.contains(['\u{1b}', '\u{202e}']), "{out}");
    let json = place.ok(&["list", "p", "--json"]);
    assert!(!json.contains(['\u{1b}', '\u{202e}']), "{json}");
    let outlet = "o".repeat(501);
    place.write("more.txt", "The toll stays.\n");
    place.run(&["add", "p", "more.txt", "--outlet", &outlet]).says(2, &["The outlet of an article has more than 500"]);
    let article =
        place.snapshot("p").into_keys().find(|path| path.to_string_lossy().contains("articles/word")).unwrap();
    let article = format!("p/{}", article.display());
    place.write(&article, place.read(&article).replacen("title: \"", &format!("title: \"{outlet}"), 1));
    place.run(&["check", "p"]).says(1, &["At most 500 characters", "line ", "word"]);
}

#[test]
fn a_place_beyond_any_text_is_refused() {
    let place = Place::with_marked_project();
    let id = place.only("p/articles").replace("p/articles/", "").replace(".ron", "");
    let end = 1u64 << 32;
    let mark = format!("[Mark(Occurrences(label: \"claim\", places: [(article: {id:?}, start: 0, end: {end})]))]");
    place.write("far.ron", mark);
    place.run(&["run", "p", "far.ron", "--annotator", "Ana"]).says(2, &["has no words in its article"]);
}

#[test]
fn a_corrected_text_takes_its_marks_along() {
    let place = Place::with_marked_project();
    let id = place.only("p/articles").trim_start_matches("p/articles/").trim_end_matches(".ron").to_owned();
    let before = place.snapshot("p");
    let text = "Council backs toll 🌉\r\n\r\n“We have put this off,” Mayor Ines Calder told the council now, “and the bridge \
        keeps count.”\r\n\r\nIts cables 👩‍👩‍👧 will not last, engineers warned.\r\n";
    place.write("corrected.txt", text);
    let looked = place.run(&["retext", "p", &id[..6], "corrected.txt", "--dry-run"]);
    assert_eq!((looked.code, place.snapshot("p") == before), (0, true), "{looked:?}");
    assert!(looked.out.starts_with("lost  ana  "), "{looked:?}");
    assert!(looked.out.contains("stance  “unfair”\nsame  ana  "), "{looked:?}");
    assert!(looked.out.ends_with("changed 0, lost 1, moved 0, same 4\n"), "{looked:?}");
    let json: Json = serde_json::from_str(&place.ok(&["retext", "p", &id, "corrected.txt", "--json"])).unwrap();
    assert_eq!(
        (&json[0]["outcome"], &json[0]["before"], json.as_array().unwrap().len()),
        (&"lost".into(), &"unfair".into(), 5)
    );
    assert!(place.read(&format!("p/articles/{id}.ron")).contains("the council now"));
    place.run(&["check", "p"]).says(1, &["warning: ", "not in it any more", "“unfair”"]);
    let again = place.run(&["retext", "p", &id, "corrected.txt"]);
    assert!(again.code == 0 && again.err.contains("The text has not changed"), "{again:?}");
    place.run(&["retext", "p", &id, "nowhere.txt"]).says(2, &["error: ", "nowhere.txt"]);
    place.run(&["retext", "p", "zzz", "corrected.txt"]).says(2, &["The project has no article “zzz”"]);
    place.write("two/a.txt", "One.");
    place.write("two/b.txt", "Two.");
    place.run(&["retext", "p", &id, "two"]).says(2, &["There are 2 articles in it", "(two)"]);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_script_between_two_commands_and_what_was_done_is_told_and_kept() {
    for signal in ["TERM", "INT", "HUP"] {
        let place = Place::new();
        place.ok(&["new", "p"]);
        let commands: String = (1..=20_000).map(|n| format!("Project(Rename(\"Name {n}\")),\n")).collect();
        place.write("names.ron", format!("[{commands}]"));
        let mut child = program(&place.path(""), &["run", "p", "names.ron", "--annotator", "Ana", "--ack"]);
        let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        assert_eq!(first, "1\n");
        let id = child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        let is_number = |line: &String| assert!(line.parse::<usize>().is_ok(), "{line}");
        let done = 1 + out.lines().map(Result::unwrap).inspect(is_number).count();
        let ended = child.wait_with_output().unwrap();
        let told = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(2), "SIG{signal}: {told}");
        assert!(told.contains(&format!("ended before command {}", done + 1)), "SIG{signal}: {told}");
        let listed: Json = serde_json::from_str(&place.ok(&["list", "p", "--json"])).unwrap();
        assert_eq!(listed["name"], format!("Name {done}"), "SIG{signal}");
        place.ok(&["check", "p"]);
    }
}
