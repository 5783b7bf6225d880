//! The page of marked articles: marks that overlap, lists, and that nothing of an article becomes markup.

use pressmark::{
    format::{ExportOptions, Keeps},
    model::{load::RawLayer, *},
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{format, losses, mark, name, piece, project, written},
};

fn page(project: &Project) -> String {
    piece(&written(project, format("html"), &ExportOptions::default()), "articles.html")
}

/// A project with one article in which Ana has marked these.
fn marked(text: &str, marks: Vec<Annotation>) -> Project {
    let (mut project, article) = project("Toll <b>", text, &["Claim", "Quote"]);
    let annotations = (1..).zip(marks).map(|(n, mark)| (AnnotationId(Uid::from_u64(n)), mark)).collect();
    let raw = RawLayer { annotations, ..RawLayer::default() };
    assert_eq!(project.load_layer(&article, &name("ana"), raw).unwrap(), []);
    project
}

/// The paragraphs, without ids and numbers.
fn paragraphs(page: &str) -> Vec<String> {
    let text = page.split("<div class=\"text\"").nth(1).unwrap().split("</div>").next().unwrap();
    let mut plain = String::new();
    for (at, part) in text.split("<a ").enumerate() {
        plain.push_str(if at == 0 { part } else { part.split_once("&#8288;").unwrap().1 });
    }
    plain.lines().filter(|line| line.starts_with("<p")).map(str::to_owned).collect()
}

#[test]
fn marks_that_overlap_are_parted_and_have_a_line_each() {
    let text = "One two three four\n\nfive & six";
    let marks = vec![
        mark("claim", text, &["two three"]),
        mark("quote", text, &["three four\n\nfive"]),
        mark("claim", text, &["One", "six"]),
    ];
    let shown = paragraphs(&page(&marked(text, marks)));
    let (one, two, three) = ("<span class=\"m l0 d0\">", "<span class=\"m l0 d1\">", "<span class=\"m l1 d2\">");
    assert_eq!(
        shown,
        [
            format!(
                "<p dir=\"auto\">{one}One</span> {two}two </span>{two}{three}three</span></span>{three} four</span></p>"
            ),
            format!("<p dir=\"auto\">{three}five</span> &amp; {one}six</span></p>"),
        ]
    );
}

#[test]
fn below_the_text_stands_what_is_said_of_the_marks() {
    let text = "One two three";
    let mut claim = mark("claim", text, &["two", "three"]);
    claim.note = "Is it <i>so</i>?".to_owned();
    claim.flag = Some(Flag::Question);
    claim.confidence = Some(70);
    let page = page(&marked(text, vec![claim]));
    for part in [
        "<title>Test</title>",
        "<h2 dir=\"auto\">Toll &lt;b&gt;</h2>",
        "<td class=\"words\" dir=\"auto\">two … three</td>",
        "<bdi dir=\"auto\">70 %</bdi>",
        "question about the codebook",
        "Is it &lt;i&gt;so&lt;/i&gt;?",
        "1 mark, 0 relations, to do",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    assert!(!page.contains("<script") && !page.contains("http"), "it needs nothing besides itself");
}

#[test]
fn numbers_do_not_turn_right_to_left_text_round() {
    let text = "قالت رئيسة البلدية";
    let page = page(&marked(text, vec![mark("claim", text, &["قالت"])]));
    assert!(page.contains("<p dir=\"auto\"><a class=\"n l0\" dir=\"ltr\" href="), "{page}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_link_leads_somewhere_and_every_element_is_closed(articles in any_project::articles()) {
        let project = any_project::project(&articles);
        let page = page(&project);
        let values = |name: &str| -> Vec<String> {
            page.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let ids = values("id");
        let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
        prop_assert_eq!(unique.len(), ids.len());
        for href in values("href") {
            prop_assert!(unique.contains(&href[1..].to_owned()), "{} leads nowhere", href);
        }
        for element in ["span", "p", "table", "tr", "td", "div", "a", "section", "article", "bdi"] {
            let count = |what: String| page.matches(&what).count();
            let opened = count(format!("<{element}>")) + count(format!("<{element} "));
            prop_assert_eq!(opened, count(format!("</{element}>")), "{}", element);
        }
        let lost = losses(&project, format("html"));
        prop_assert!(lost.iter().all(|(keeps, _)| keeps == Keeps::Rejections), "{:?}", lost);
    }
}
