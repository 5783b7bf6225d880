//! Comparisons on a page to print.

use std::fs;

use dom_query::Document;
use html5ever::tendril::TendrilSink;

use crate::{
    cli_support::{Place, copy},
    root::root,
};

/// Two reports of a meeting about a mill, marked by Ana: she has accepted one statement. The second one is in Arabic
/// from its last paragraph on.
fn mill() -> Place {
    let place = Place::new();
    let reports = [
        (
            "Mill to close in autumn",
            "Upland Herald",
            "en",
            "The old mill at Harrow will close in October.\n\n“We have carried this mill for eleven years, and we can \
             carry it no longer,” said Edith Varga, who runs it.\n\nThe weavers’ guild called the closure a blow to the \
             valley.\n\n“Nobody asked the weavers,” Tobias Renner told the meeting.",
        ),
        (
            "Harrow loses its mill",
            "River Courier",
            "en-GB",
            "Harrow learned last night that its mill will go.\n\n“We have carried this mill for eleven years and we \
             cannot carry it any longer,” Ms Varga told a full hall.\n\n“Nobody asked the weavers,” said Tobias \
             Renner.\n\n“It is the end of a long day,” one of them said.\n\nالمطحنة القديمة ستغلق.",
        ),
    ];
    place.ok(&["new", "p"]);
    for (at, (title, outlet, language, text)) in reports.iter().enumerate() {
        let head = format!(
            "title: {title}\noutlet: {outlet}\ndate: 2026-10-0{}\nlanguage: {language}\nurl: https://example.org/{at}?a=1&b=2",
            at + 1
        );
        place.write(&format!("{at}.md"), format!("---\n{head}\n---\n\n{text}\n"));
        place.ok(&["add", "p", &format!("{at}.md"), "--story", "The mill"]);
    }
    let marked = |id: &str, said: &str, source: &str, cue: &str| {
        let label = |words: &str, label: &str| format!("Select(Words(words: {words:?})), Mark(Label({label:?})),");
        let role = |role: &str, words: &str| format!("({role:?}, Words(article: {id:?}, words: {words:?}))");
        format!(
            "Article(Open({id:?})), {}{}{}Relate(Make(kind: \"attribution\", members: [{}, {}, {}])),",
            label(said, "quote"),
            label(source, "source"),
            label(cue, "cue"),
            role("quote", said),
            role("source", source),
            role("cue", cue),
        )
    };
    let (one, other) = (id(&place, "mill-to"), id(&place, "harrow-loses"));
    let asked = "Nobody asked the weavers,";
    let joined = format!(
        "Relate(Make(kind: \"same-statement\", members: [(\"one\", Words(article: {one:?}, words: {asked:?})), \
         (\"other\", Words(article: {other:?}, words: {asked:?}))])), \
         Statement(Form(relations: [Of(kind: \"same-statement\", mark: Words(words: {asked:?}))], form: \"verbatim\")),"
    );
    let script = [marked(&one, asked, "Tobias Renner", "told"), marked(&other, asked, "Tobias", "said"), joined];
    place.write("ana.ron", format!("[{}]", script.concat()));
    place.ok(&["run", "p", "ana.ron", "--annotator", "Ana"]);
    place
}

/// The only article whose id begins so.
fn id(place: &Place, begin: &str) -> String {
    let listed = place.ok(&["list", "p", "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let ids = listed["articles"].as_array().unwrap().iter().map(|article| article["id"].as_str().unwrap());
    ids.into_iter().find(|id| id.starts_with(begin)).unwrap().to_owned()
}

fn page(place: &Place, arguments: &[&str]) -> String {
    place.ok(&[&["compare", "p", "--html", "page.html"], arguments].concat());
    place.read("page.html")
}

/// Holds that a page is as HTML is to be, and needs nothing besides itself.
fn check(page: &str) {
    let document = html5ever::parse_document(Document::default(), html5ever::ParseOpts::default()).one(page);
    assert_eq!(*document.errors.borrow(), [] as [&str; 0]);
    for outside in
        ["script", "link", "img", "iframe", "object", "embed", "a", "base", "form", "[src]", "[href]", "[style]"]
    {
        assert_eq!(document.select(outside).length(), 0, "{outside}");
    }
    assert_eq!(document.select("style").length(), 1);
    for word in ["@import", "url(", "@font-face"] {
        assert!(!document.select("style").text().contains(word), "{word}");
    }
    assert!(page.bytes().all(|byte| byte >= b' ' || byte == b'\n'), "there are no control characters");
}

#[test]
fn two_reports_stand_on_a_page() {
    let found = page(&mill(), &[]);
    check(&found);
    let path = root().join("tests/data/printing/mill.html");
    // How the page looks is for the eye; the style is left out.
    let (head, rest) = found.split_once("<style>").unwrap();
    let found = format!("{head}<style></style>{}", rest.split_once("</style>").unwrap().1);
    if std::env::var_os("PRESSMARK_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&path).unwrap());
}

#[test]
fn only_what_is_accepted_is_shown_where_that_is_asked_for() {
    let place = mill();
    let all = Document::from(page(&place, &[]));
    let accepted = page(&place, &["--accepted"]);
    check(&accepted);
    let accepted = Document::from(accepted);
    assert_eq!(all.select(".statement .about span").length(), 2);
    assert!(accepted.select(".counts").text().contains("1 proposal is not shown"));
    assert_eq!(accepted.select(".statement .about span").text().as_ref(), "Confirmed");
    assert_eq!(accepted.select(".proposed").length(), 0);
    // What was proposed stands in both, so that it is not said to stand in one alone.
    let alone = |page: &Document| page.select("td span.alone").text().to_string();
    assert_eq!(
        (alone(&accepted).as_str(), alone(&all).as_str()),
        ("It is the end of a long day,", "It is the end of a long day,")
    );
}

#[test]
fn the_sample_fits_on_a_page_and_numbers_are_the_same_in_every_column() {
    let place = Place::new();
    copy(&root().join("projects/harbour-bridge"), &place.path("p"));
    let page = page(&place, &["--story", "Harbour bridge"]);
    check(&page);
    let document = Document::from(page);
    assert_eq!(document.select(".articles thead th").length(), 3);
    let numbers = |inside: &str| {
        let found = document.select(inside);
        let mut numbers: Vec<usize> = found.iter().map(|number| number.text().parse().unwrap()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    let all = numbers(".statements .n");
    assert_eq!(all, (1..=all.len()).collect::<Vec<_>>());
    assert_eq!(numbers("td .n"), all);
    assert!(document.select(".table").length() > 0, "there are tables of what is marked in the sample");
}

#[test]
fn hostile_words_stay_words() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    let evil = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}\u{2066}&amp;\u{1}";
    for at in 0..2 {
        let text = format!("{evil} number {at}\n\n“We will never pay for {evil} on this bridge,” he said.\n");
        place.write(&format!("{at}.txt"), text);
        place.ok(&["add", "p", &format!("{at}.txt"), "--outlet", evil, "--story", evil, "--twins"]);
    }
    let page = page(&place, &[]);
    check(&page);
    let document = Document::from(page);
    assert!(document.select("td p").text().contains("<script>alert(1)</script><img src=x onerror=alert(1)>"));
    assert!(document.select("th bdi").iter().next().unwrap().text().contains("</style></title>"));
    assert_eq!(document.select("h1, td p, dd, bdi").iter().filter(|part| part.attr("dir").is_none()).count(), 1);
}

#[test]
fn what_cannot_be_compared_says_so_and_odd_articles_make_a_page() {
    let place = Place::new();
    place.ok(&["new", "p"]);
    place.run(&["compare", "p", "--html", "x.html"]).says(2, &["no article to compare"]);
    let add = |name: &str, text: &str, story: &str| {
        place.write(&format!("{name}.txt"), text);
        place.ok(&["add", "p", &format!("{name}.txt"), "--story", story, "--twins"]);
    };
    add("one", "The one\n\nNobody reads this.\n", "Alone");
    place.run(&["compare", "p", "--html", "x.html"]).says(2, &["only one article", "Move another report"]);
    for name in ["a", "b"] {
        add(name, "The same\n\nThe same words stand in both of these reports, and nothing else does.\n", "Same");
    }
    place.run(&["compare", "p", "--html", "x.html"]).says(2, &["2 stories", "--story"]);
    let same = page(&place, &["--story", "Same"]);
    check(&same);
    assert_eq!(Document::from(same).select(".statement").length(), 1);
    let nothing = page(&place, &["the-one", &id(&place, "the-same")]);
    check(&nothing);
    assert!(Document::from(nothing).select(".counts").text().contains("share no statement"));
    for name in ["c", "d"] {
        add(name, &format!("Number {name}\n\nA report more.\n"), "Same");
    }
    place.run(&["compare", "p", "--html", "x.html", "--story", "Same"]).says(2, &["room for 3 articles, not for 4"]);
}

#[test]
fn the_project_is_not_written_over() {
    let place = mill();
    let before = place.snapshot("p");
    place.run(&["compare", "p", "--html", "p/project.ron"]).says(2, &["project"]);
    place.run(&["compare", "p", "--html", "p/layers/ana/links.ron"]).says(2, &["project"]);
    assert_eq!(place.snapshot("p"), before);
    assert!(place.ok(&["compare", "p", "--html", "-"]).starts_with("<!DOCTYPE html>"));
}
