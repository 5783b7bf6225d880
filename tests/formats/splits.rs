//! Training splits: what belongs together stays together, each part has of every label what it should, and the same seed
//! gives the same parts.

use std::collections::{BTreeMap, BTreeSet};

use pressmark::{
    format::{ExportedArticle, Part, Sketch, SplitOptions, Splits, Together, split},
    model::{load::RawLayer, *},
};

use super::support::{add_article, mark, name, project};

/// A text of so many words that has nothing in common with one of another number.
fn text(number: usize, words: usize) -> String {
    (0..words).map(|word| format!("word{number}x{word} ")).collect()
}

/// Articles of these stories, outlets and texts, with so many claims and quotes each.
fn sketches(rows: &[(&str, &str, String, usize, usize)]) -> Vec<Sketch> {
    let (mut all, _) = project("First", "First.", &["Claim", "Quote"]);
    let mut found = Vec::new();
    for (n, (story, outlet, text, claims, quotes)) in rows.iter().enumerate() {
        let id = add_article(&mut all, &format!("Article {n}"), text);
        let mut raw = RawLayer::default();
        let labels = std::iter::repeat_n("claim", *claims).chain(std::iter::repeat_n("quote", *quotes));
        for (at, label) in labels.enumerate() {
            let id = AnnotationId(Uid::from_parts(1_800_000_000_000, u32::try_from(at).unwrap() + 1));
            raw.annotations.push((id, mark(label, text, &["word"])));
        }
        assert_eq!(all.load_layer(&id, &name("ana"), raw).unwrap(), []);
        let mut sketch = Sketch::of(&ExportedArticle::of(&all, &id).unwrap());
        (sketch.story, sketch.source) = ((*story).to_owned(), (*outlet).to_owned());
        found.push(sketch);
    }
    found
}

fn options(together: &[Together]) -> SplitOptions {
    SplitOptions { shares: [80, 10, 10], together: together.to_vec(), seed: 1 }
}

/// In which parts the articles of these indexes are.
fn parts_of(splits: &Splits, sketches: &[Sketch], of: impl Fn(&Sketch) -> bool) -> BTreeSet<Part> {
    sketches.iter().filter(|sketch| of(sketch)).map(|sketch| splits.parts[&sketch.id]).collect()
}

#[test]
fn a_story_a_source_and_near_duplicates_stay_in_one_part() {
    let mut rows = Vec::new();
    for n in 0..60 {
        let (story, outlet) = (format!("story-{}", n / 3), format!("outlet-{}", n % 7));
        rows.push((story, outlet, text(n, 120)));
    }
    // The wire report of the first article under another story, with an added beginning; and short notices that are no
    // duplicates of each other.
    rows.push(("wire".to_owned(), String::new(), format!("word By our reporter {}", text(0, 120))));
    rows.push((String::new(), String::new(), "A short word.".to_owned()));
    rows.push((String::new(), String::new(), "Another short word.".to_owned()));
    let rows: Vec<_> = rows.iter().map(|(s, o, text)| (s.as_str(), o.as_str(), text.clone(), 2, 1)).collect();
    let sketches = sketches(&rows);
    let by_story = split(sketches.clone(), &options(&[Together::Story]));
    assert_eq!(by_story.report.near_duplicates, 1);
    for n in 0..20 {
        let story = format!("story-{n}");
        assert_eq!(parts_of(&by_story, &sketches, |sketch| sketch.story == story).len(), 1, "{story}");
    }
    assert_eq!(by_story.parts[&sketches[0].id], by_story.parts[&sketches[60].id], "the wire report");
    assert_eq!(by_story.report.groups, 22);
    assert!(by_story.report.leaks.stories > 5, "{:?}", by_story.report.leaks);
    let by_source = split(sketches.clone(), &options(&[Together::Source]));
    for n in 0..7 {
        let outlet = format!("outlet-{n}");
        assert_eq!(parts_of(&by_source, &sketches, |sketch| sketch.source == outlet).len(), 1, "{outlet}");
    }
    let neither = split(sketches.clone(), &options(&[]));
    assert_eq!(neither.report.groups, 62);
    let both = split(sketches, &options(&[Together::Story, Together::Source]));
    assert!(both.report.groups < 10, "stories and outlets hang together: {}", both.report.groups);
}

#[test]
fn every_label_is_parted_as_the_articles_are() {
    // A rare label in few articles, which a random split may give to train alone.
    let rows: Vec<_> = (0..200).map(|n| ("", "", text(n, 30), 1 + n % 5, if n % 20 == 0 { 3 } else { 0 })).collect();
    let splits = split(sketches(&rows), &options(&[Together::Story]));
    let total: BTreeMap<&str, usize> = [("claim", 600), ("quote", 30)].into();
    for (part, share) in splits.report.parts.iter().zip([0.8, 0.1, 0.1]) {
        assert!((part.articles as f64 / 200.0 - share).abs() < 0.02, "{:?}", splits.report.parts);
        for (label, total) in &total {
            let own = part.labels[&name::<LabelId>(label)] as f64 / *total as f64;
            assert!((own - share).abs() < 0.04, "{label} {:?}", splits.report.parts);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_parts_in_any_order() {
    let rows: Vec<_> = (0..50).map(|n| ("", "", text(n, 20), 1, 0)).collect();
    let sketches = sketches(&rows);
    let one = split(sketches.clone(), &options(&[]));
    let reversed: Vec<_> = sketches.iter().rev().cloned().collect();
    assert_eq!(split(reversed, &options(&[])), one);
    let other = split(sketches, &SplitOptions { seed: 2, ..options(&[]) });
    assert_ne!(other.parts, one.parts);
    assert_eq!(other.report.parts.clone().map(|part| part.articles), [40, 5, 5]);
}

#[test]
fn a_part_without_a_share_stays_empty_and_nothing_is_parted_into_nothing() {
    let rows: Vec<_> = (0..10).map(|n| ("", "", text(n, 20), 0, 0)).collect();
    let splits = split(sketches(&rows), &SplitOptions { shares: [4, 0, 1], together: Vec::new(), seed: 0 });
    assert_eq!(splits.report.parts.clone().map(|part| part.articles), [8, 0, 2]);
    assert_eq!(split(Vec::new(), &options(&[])), Splits::default());
}
