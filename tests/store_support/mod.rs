//! What the tests of the store share: a place on the disk, and small projects.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use pressmark::{
    model::{load::RawLayer, *},
    store::{self, FileKey, Folder},
    text::{Fragments, Text, hash},
};

/// A folder that goes away with the test.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Every file with its bytes, without what can be deleted at any time.
    pub fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(self.0.path(), &mut files);
        files
    }
}

fn gather(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().unwrap() != ".pressmark" {
            gather(&path, files);
        } else if path.is_file() {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

pub const TEXT: &str =
    "“We have put this off,” Mayor Ines Calder said.\n\nThe toll – 214 million – is unfair, he said 😀.\n";

pub fn name<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

pub fn uid(n: u64) -> Uid {
    Uid::from_u64(Uid::from_parts(1_800_000_000_000, 0).as_u64() + n)
}

/// The article with this title.
pub fn article_named(project: &Project, title: &str) -> ArticleId {
    project.articles().find(|(_, a)| a.metadata.title == title).unwrap().0.clone()
}

pub fn article(title: &str, text: &str) -> (ArticleId, Article) {
    let metadata = Metadata { title: title.to_owned(), ..Metadata::default() };
    let words = u32::try_from(Text::from(text).word_count()).unwrap();
    (ArticleId::of(title, text), Article { metadata, loaded: vec![], fingerprint: hash::fingerprint(text), words })
}

/// An annotation of the first place where the words stand.
pub fn mark(label: &str, text: &str, words: &str) -> Annotation {
    let start = text.find(words).unwrap();
    let fragments = Fragments::one((start..start + words.len()).into()).unwrap();
    Annotation::new(name(label), fragments, 1)
}

pub fn target(article: &ArticleId, id: u64) -> Target {
    Target { article: article.clone(), item: Item::Annotation(AnnotationId(uid(id))) }
}

/// Two articles; `ana` has marked both and linked them, `ben` one.
pub fn sample() -> Project {
    let (one, first) = article("Council backs toll", TEXT);
    let (two, second) = article("Drivers to pay", "He said: 214 million.\n");
    let annotators = ["ana", "ben"].map(|n| (name::<AnnotatorId>(n), Annotator { name: n.to_uppercase() }));
    let story: StoryId = name("toll");
    let mut first = first;
    first.metadata.story = Some(story.clone());
    first.loaded = vec!["Read as windows-1252".to_owned()];
    let stories = [(story, Story { name: "The “toll”".to_owned() })];
    let mut codebook = store::codebook("news").unwrap();
    // The project of version 1 was written before labels had an extent, and sources a name for who they are.
    for label in &mut codebook.labels {
        label.extent = Extent::Words;
        label.attributes.retain(|attribute| attribute.id.as_str() != "who");
    }
    let mut project = Project::load("Toll".to_owned(), codebook, annotators, stories).unwrap();
    assert_eq!(project.load_articles([(one.clone(), first), (two.clone(), second)]), []);
    project.load_text(&one, Text::from(TEXT));
    project.load_text(&two, Text::from("He said: 214 million.\n"));
    let mut quote = mark("quote", TEXT, "We have put this off,");
    quote.attributes.set(name("form"), Some(Value::Choice(name("direct"))));
    quote.note = "Says \"who\"?\nAsk.".to_owned();
    quote.flag = Some(Flag::Question);
    quote.confidence = Some(70);
    quote.origin = Origin::Accepted("quotation marks".to_owned());
    quote.comments = vec![Comment { by: name("ben"), at_unix_ms: 1_800_000_000_123, text: "Yes".to_owned() }];
    let marks = [quote, mark("source", TEXT, "Mayor Ines Calder"), mark("claim", TEXT, "unfair, he said 😀")];
    let member = |role: &str, id| Member { role: name(role), target: target(&one, id) };
    let attribution = Relation::new(name("attribution"), vec![member("quote", 0), member("source", 1)]);
    let mut article_answers = ArticleAnswers { status: Status::Done, ..ArticleAnswers::default() };
    article_answers.set_answer(name("stance"), Some("the toll".to_owned()), Some(Value::Choice(name("against"))));
    let raw = RawLayer {
        annotations: ids(0, marks),
        relations: vec![(RelationId(uid(50)), attribution)],
        article_answers,
        set_aside: Vec::new(),
    };
    project.load_layer(&one, &name("ana"), raw).unwrap();
    let raw = |n, words| RawLayer {
        annotations: ids(n, [mark("claim", "He said: 214 million.\n", words)]),
        ..RawLayer::default()
    };
    project.load_layer(&two, &name("ana"), raw(10, "214 million")).unwrap();
    project.load_layer(&two, &name("ben"), raw(20, "He")).unwrap();
    let members = vec![
        Member { role: name("one"), target: target(&one, 2) },
        Member { role: name("other"), target: target(&two, 10) },
    ];
    let link = Relation { note: "Both".to_owned(), ..Relation::new(name("same-claim"), members) };
    assert_eq!(project.load_links(&name("ana"), vec![(RelationId(uid(60)), link)]), []);
    project
}

/// A small project with a small codebook: two articles, Ana has marked the first and Ben both.
pub fn small() -> Project {
    let mut codebook = Codebook::empty("Small");
    let label = |id: &str| {
        let shipped = store::codebook("news").unwrap();
        let label = shipped.label(&name(id)).unwrap().clone();
        Label { attributes: Vec::new(), description: String::new(), examples: Vec::new(), ..label }
    };
    codebook.labels = ["claim", "quote"].map(label).to_vec();
    let role = |id: &str| Role { id: name(id), name: id.to_owned(), fillers: vec![], least: 0, most: None };
    codebook.relations.push(RelationKind {
        id: name("same"),
        name: "Same".to_owned(),
        description: String::new(),
        roles: vec![role("one"), role("other")],
        across_articles: true,
        attributes: vec![],
    });
    let annotators = ["ana", "ben"].map(|n| (name::<AnnotatorId>(n), Annotator { name: n.to_uppercase() }));
    let mut project = Project::load("Toll".to_owned(), codebook, annotators, []).unwrap();
    let second = "He said: 214 million.\n";
    for (title, text) in [("Council backs toll", TEXT), ("Drivers to pay", second)] {
        let (id, article) = article(title, text);
        assert_eq!(project.load_articles([(id.clone(), article)]), []);
        project.load_text(&id, Text::from(text));
    }
    let layers = [
        ("ana", "Council backs toll", TEXT, 0, "unfair"),
        ("ben", "Council backs toll", TEXT, 10, "The toll"),
        ("ben", "Drivers to pay", second, 20, "He said"),
    ];
    for (who, title, text, id, words) in layers {
        let raw = RawLayer { annotations: ids(id, [mark("claim", text, words)]), ..RawLayer::default() };
        let article = article_named(&project, title);
        project.load_layer(&article, &name(who), raw).unwrap();
    }
    project
}

fn ids<const N: usize>(from: u64, marks: [Annotation; N]) -> Vec<(AnnotationId, Annotation)> {
    marks.into_iter().zip(from..).map(|(mark, n)| (AnnotationId(uid(n)), mark)).collect()
}

pub fn every_key(project: &Project) -> BTreeSet<FileKey> {
    FileKey::all(project)
}

/// Reads every article, and gives what was reported.
pub fn read_all(folder: &Folder, project: &mut Project) -> Vec<pressmark::diagnostic::Diagnostic> {
    let ids: Vec<ArticleId> = project.articles().map(|(id, _)| id.clone()).collect();
    ids.iter().flat_map(|id| folder.read_article(project, id).unwrap()).collect()
}
