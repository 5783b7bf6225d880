//! Any project comes back from the disk as it was, and no bytes in any file make Pressmark panic.

use std::fs;

use pressmark::{
    jobs::Progress,
    model::{load::RawLayer, *},
    store,
    text::{ByteRange, Fragments, Text, hash},
};
use proptest::prelude::*;

use super::support::{Place, every_key, name, read_all, sample, uid};

/// Text with what is hard in it: quotation marks and hashes, line ends, wide, invisible and combined characters.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-z]{1,8}",
        prop::sample::select(vec![
            "\"",
            "\"#",
            "\"##",
            "\\",
            "\n",
            "\r\n",
            "\r",
            "\t",
            " ",
            "é",
            "e\u{301}",
            "😀",
            "👩\u{200d}👩\u{200d}👧",
            "界",
            "مرحبا",
            "\u{200b}",
            "\u{202e}",
            "\u{feff}",
            "\0",
            "\u{2028}",
            "'",
            "“x”",
            "//",
            "/*",
            "r#\"",
            "(",
            "]",
            ",",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 1..30).prop_map(|parts| parts.concat())
}

#[derive(Clone, Debug)]
struct Marked {
    title: String,
    text: String,
    marks: Vec<(usize, usize, usize, String)>,
    annotator: usize,
}

fn marked() -> impl Strategy<Value = Marked> {
    let marks = prop::collection::vec((any::<usize>(), any::<usize>(), 0..5usize, text()), 0..6);
    (text(), text(), marks, 0..2usize).prop_map(|(title, text, marks, annotator)| Marked {
        title,
        text,
        marks,
        annotator,
    })
}

const LABELS: [&str; 5] = ["claim", "quote", "stance", "source", "cue"];
const ANNOTATORS: [&str; 2] = ["ana", "ben"];

fn project(articles: &[Marked]) -> Project {
    let annotators = ANNOTATORS.map(|n| (name::<AnnotatorId>(n), Annotator { name: n.to_owned() }));
    let mut project = Project::load("Any".to_owned(), store::codebook("news").unwrap(), annotators, []).unwrap();
    for (n, marked) in articles.iter().enumerate() {
        let id = ArticleId::of(&marked.title, &marked.text);
        let metadata = Metadata { title: marked.title.clone(), byline: marked.text.clone(), ..Metadata::default() };
        let words = u32::try_from(Text::from(marked.text.as_str()).word_count()).unwrap();
        let fingerprint = hash::fingerprint(&marked.text);
        project.load_articles([(
            id.clone(),
            Article { metadata, loaded: vec![marked.title.clone()], fingerprint, words },
        )]);
        project.load_text(&id, Text::from(marked.text.as_str()));
        let annotations = marked.marks.iter().enumerate();
        let annotations: Vec<_> = annotations
            .filter_map(|(m, mark)| Some((AnnotationId(uid((n * 100 + m) as u64)), annotation(&marked.text, mark)?)))
            .collect();
        if annotations.is_empty() {
            continue;
        }
        let relation = Relation {
            note: marked.title.clone(),
            origin: Origin::Accepted(marked.title.clone()),
            ..Relation::new(name("attacks"), vec![])
        };
        let members = annotations.iter().filter(|(_, a)| matches!(a.label.as_str(), "claim" | "quote")).take(1);
        let members: Vec<Member> = members
            .map(|(a, _)| Member {
                role: name("from"),
                target: Target { article: id.clone(), item: Item::Annotation(*a) },
            })
            .collect();
        let relations =
            (!members.is_empty()).then_some((RelationId(uid(90_000 + n as u64)), Relation { members, ..relation }));
        let article_answers = ArticleAnswers { status: Status::InProgress, ..ArticleAnswers::default() };
        let raw = RawLayer {
            annotations,
            relations: relations.into_iter().collect(),
            article_answers,
            set_aside: Vec::new(),
        };
        project.load_layer(&id, &name(ANNOTATORS[marked.annotator]), raw).unwrap();
    }
    project
}

fn annotation(text: &str, (a, b, label, note): &(usize, usize, usize, String)) -> Option<Annotation> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (a, b) = (places[a % places.len()], places[b % places.len()]);
    let fragments = Fragments::one(ByteRange::new(a, b))?;
    let mut annotation = Annotation::new(name(LABELS[*label]), fragments, 1);
    annotation.note.clone_from(note);
    annotation.flag = [None, Some(Flag::Flag), Some(Flag::Question)][note.len() % 3];
    Some(annotation)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_project_comes_back_and_is_saved_without_a_change(articles in prop::collection::vec(marked(), 0..4)) {
        let place = Place::new();
        let project = project(&articles);
        let folder = store::create(&place.path("p"), &project).unwrap();
        folder.pack(&place.path("packed.ron"), &Progress::default()).unwrap();
        let before = place.snapshot();
        for root in [place.path("p"), place.path("packed.ron")] {
            let (folder, mut read, found) = store::open(&root).unwrap();
            prop_assert_eq!(found, vec![]);
            let listed = read.clone();
            prop_assert_eq!(read_all(&folder, &mut read), vec![]);
            prop_assert_eq!(&read, &project);
            for (article, _) in read.articles() {
                let summaries = |project: &Project| project.layers(article).map(|(_, l)| l.summary()).collect::<Vec<_>>();
                prop_assert_eq!(summaries(&listed), summaries(&read));
            }
            folder.save(&read, &every_key(&read)).unwrap();
        }
        let after = place.snapshot();
        prop_assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    }

    #[test]
    fn no_bytes_make_it_panic(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), cut in 0..9usize, put in prop::collection::vec(any::<u8>(), 0..9)) {
        let place = Place::new();
        store::create(&place.path("p"), &sample()).unwrap();
        let files: Vec<_> = place.snapshot().into_iter().collect();
        let (path, bytes) = which.get(&files);
        let mut bytes = bytes.clone();
        let start = at.index(bytes.len());
        let end = (start + cut).min(bytes.len());
        bytes.splice(start..end, put);
        fs::write(path, &bytes).unwrap();
        if let Ok((folder, mut project, _)) = store::open(&place.path("p")) {
            let ids: Vec<ArticleId> = project.articles().map(|(id, _)| id.clone()).collect();
            for id in ids {
                let _ = folder.read_article(&mut project, &id);
            }
        }
        let _ = store::check_project(&place.path("p"));
        prop_assert_eq!(&fs::read(path).unwrap(), &bytes);
    }
}
