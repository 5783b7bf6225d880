//! Finding words in many articles, marking them at once, and looking for what was left unmarked: without a window.
#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

use pressmark::{
    command::{
        Command, Effect, MarkRef,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        occurrences::{self, Occurrence},
        project::ProjectCommand,
        select::Select,
    },
    model::{id::CountingMint, *},
    query::search::{
        Advance, ArticleHits, Edges, Kind, Marked, MarksFilter, Matcher, Pattern, Query, Scan,
        audit::{Audit, Inconsistent},
    },
    session::Session,
    store,
    text::ByteRange,
};

/// Marks as `⟦words⟧label`, in the texts of articles called A, B, C …
struct Corpus {
    session: Session,
    mint: CountingMint,
    ids: Vec<ArticleId>,
}

impl Corpus {
    fn new(texts: &[&str]) -> Self {
        let session = Session::new(Project::new("Corpus", store::codebook("news").unwrap()));
        let mut corpus = Self { session, mint: CountingMint::default(), ids: Vec::new() };
        corpus.run(&Command::Project(ProjectCommand::WorkAs("ana".to_owned())));
        for (at, text) in texts.iter().enumerate() {
            let title = char::from(b'A' + u8::try_from(at).unwrap()).to_string();
            let metadata = Metadata { title, ..Metadata::default() };
            let new = NewArticle { metadata, text: (*text).to_owned(), ..NewArticle::default() };
            corpus.run(&Command::Article(ArticleCommand::Add(new)));
        }
        let mut articles: Vec<_> = corpus.session.project().articles().collect();
        articles.sort_by_key(|(_, article)| article.metadata.title.clone());
        corpus.ids = articles.into_iter().map(|(id, _)| id.clone()).collect();
        corpus
    }

    fn run(&mut self, command: &Command) -> Vec<Effect> {
        self.session.run(command, &mut self.mint).unwrap()
    }

    fn mark(&mut self, article: usize, words: &str, label: &str) {
        self.run(&Command::Article(ArticleCommand::Open(self.ids[article].clone())));
        self.run(&Command::Select(Select::Words { words: words.to_owned(), occurrence: 1 }));
        self.run(&Command::Mark(Mark::Label(self::label(label)), MarkRef::Picked));
    }

    fn place(&self, article: usize, words: &str, occurrence: usize) -> Occurrence {
        let text = self.session.project().text(&self.ids[article]).unwrap();
        let (start, _) = text.match_indices(words).nth(occurrence - 1).unwrap();
        Occurrence { article: self.ids[article].clone(), start, end: start + words.len() }
    }

    fn marks(&self, article: usize) -> String {
        let (project, id) = (self.session.project(), &self.ids[article]);
        let text = project.text(id).unwrap();
        let layers = project.layers(id).filter_map(|(who, _)| project.layer(id, who));
        let mut marks: Vec<_> = layers.flat_map(Layer::annotations).map(|(_, a)| a).collect();
        marks.sort_by_key(|a| a.fragments.first());
        let shown = |a: &std::sync::Arc<Annotation>| format!("⟦{}⟧{}", a.fragments.words(text), a.label);
        marks.into_iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    fn search(&self, query: Query) -> String {
        let mut scan = Scan::new(query, self.ids.clone());
        let mut found = Vec::new();
        while scan.advance(self.session.project(), 1, 8, &mut found) != Advance::Done {}
        self.shown(&found)
    }

    /// Hits as `A: words, words!`, with a sign where they are marked.
    fn shown(&self, found: &[ArticleHits]) -> String {
        let project = self.session.project();
        let lines = found.iter().map(|found| {
            let text = project.text(&found.article).unwrap();
            let hit = |hit: &pressmark::query::search::Hit| {
                format!("{}{}", &text[hit.range.as_range()], if hit.mark.is_some() { "!" } else { "" })
            };
            let hits: Vec<String> = found.hits.iter().map(hit).collect();
            format!("{}: {}", project.article(&found.article).unwrap().metadata.title, hits.join(", "))
        });
        lines.collect::<Vec<_>>().join("; ")
    }

    fn audit(&self, filter: MarksFilter) -> Vec<Inconsistent> {
        let mut audit = Audit::new(filter, self.ids.clone());
        while audit.advance(self.session.project(), 1, 8).unwrap() != Advance::Done {}
        audit.rows()
    }
}

fn label(name: &str) -> LabelId {
    LabelId::new(name).unwrap()
}

fn words(text: &str) -> Option<Matcher> {
    Some(Matcher::new(&Pattern { text: text.to_owned(), ..Pattern::default() }).unwrap())
}

fn query(text: &str) -> Query {
    Query { matcher: words(text), filter: MarksFilter::default(), marked: Marked::Either }
}

#[test]
fn words_are_found_in_all_articles_in_their_order() {
    let mut corpus = Corpus::new(&["The council met.\nThe Council voted.", "Nobody came.", "A council of war"]);
    assert_eq!(corpus.search(query("council")), "A: council, Council; C: council");
    corpus.mark(0, "The council", "source");
    assert_eq!(corpus.search(query("council")), "A: council!, Council; C: council");
    assert_eq!(corpus.search(Query { marked: Marked::Yes, ..query("council") }), "A: council!");
    assert_eq!(corpus.search(Query { marked: Marked::No, ..query("council") }), "A: Council; C: council");
    assert_eq!(corpus.search(query("nowhere")), "");
}

#[test]
fn a_label_an_attribute_or_an_annotator_narrows_the_search() {
    let mut corpus = Corpus::new(&["The council said the council would.", "The council again"]);
    corpus.mark(0, "The council", "source");
    corpus.mark(1, "The council", "claim");
    let of = |filter: MarksFilter| Query { filter, ..query("council") };
    let source = MarksFilter { label: Some(label("source")), ..MarksFilter::default() };
    assert_eq!(corpus.search(of(source.clone())), "A: council!");
    assert_eq!(corpus.search(Query { marked: Marked::No, ..of(source.clone()) }), "A: council; B: council");
    let without_words = Query { matcher: None, ..of(source.clone()) };
    assert_eq!(corpus.search(without_words), "A: The council!", "every mark that counts");
    let somebody = MarksFilter { annotator: Some(AnnotatorId::new("ben").unwrap()), ..source };
    assert_eq!(corpus.search(of(somebody)), "");

    corpus.run(&Command::Article(ArticleCommand::Open(corpus.ids[0].clone())));
    let attributes = &corpus.session.project().codebook().label(&label("source")).unwrap().attributes;
    let choice = attributes.iter().find_map(|a| match &a.kind {
        AttributeKind::Choice(choices) => Some((a.id.clone(), Value::Choice(choices[0].id.clone()))),
        _ => None,
    });
    let (attribute, value) = choice.expect("sources are asked something");
    let answered = MarksFilter { attribute: Some((attribute.clone(), value.clone())), ..MarksFilter::default() };
    assert_eq!(corpus.search(of(answered.clone())), "");
    corpus.run(&Command::Select(Select::NextMark));
    corpus.run(&Command::Mark(Mark::Set { attribute, value: Some(value) }, MarkRef::Picked));
    assert_eq!(corpus.search(of(answered)), "A: council!");
}

/// The corpus's project as it is before anything of it was read.
fn unread(corpus: &Corpus) -> Project {
    let mut unread = Project::load("Unread".to_owned(), store::codebook("news").unwrap(), [], []).unwrap();
    let articles = corpus.session.project().articles().map(|(id, a)| (id.clone(), (**a).clone()));
    assert_eq!(unread.load_articles(articles), []);
    unread
}

#[test]
fn what_is_not_read_is_asked_for_ahead_and_waited_for() {
    let corpus = Corpus::new(&["One word", "Another word", "No word", "A word", "Last word"]);
    let (mut project, ids) = (unread(&corpus), &corpus.ids);
    let read = |project: &mut Project, at: usize| {
        project.load_text(&ids[at], corpus.session.project().text(&ids[at]).unwrap().clone());
    };
    read(&mut project, 2);
    let mut found = Vec::new();
    let mut scan = Scan::new(query("word"), ids.clone());
    let mut go = |scan: &mut Scan, project: &Project| scan.advance(project, 1000, 2, &mut found);
    assert_eq!(go(&mut scan, &project), Advance::Read(vec![ids[0].clone(), ids[1].clone()]));
    assert_eq!(go(&mut scan, &project), Advance::Wait);
    read(&mut project, 0);
    scan.was_read(&ids[..1]);
    assert_eq!(go(&mut scan, &project), Advance::Read(vec![ids[3].clone()]), "as many as were answered");
    assert_eq!(go(&mut scan, &project), Advance::Wait);
    read(&mut project, 3);
    scan.was_read(&[ids[3].clone(), ids[1].clone()]);
    assert_eq!(scan.passed_over(), 0);
    assert_eq!(go(&mut scan, &project), Advance::Read(vec![ids[4].clone()]));
    assert_eq!(go(&mut scan, &project), Advance::Wait, "what can’t be read stops nothing");
    assert_eq!(scan.passed_over(), 1);
    scan.was_read(&ids[4..]);
    assert_eq!(go(&mut scan, &project), Advance::Done);
    assert_eq!((scan.passed_over(), scan.progress()), (2, 1.0));
    assert_eq!(found.iter().map(|found| &found.article).collect::<Vec<_>>(), [&ids[0], &ids[2], &ids[3]]);
}

#[test]
fn an_audit_counts_what_it_could_not_read() {
    let corpus = Corpus::new(&["One word", "Another word"]);
    let mut project = unread(&corpus);
    let mut audit = Audit::new(MarksFilter::default(), corpus.ids.clone());
    assert_eq!(audit.advance(&project, 1000, 8).unwrap(), Advance::Read(corpus.ids.clone()));
    assert_eq!(audit.advance(&project, 1000, 8).unwrap(), Advance::Wait);
    project.load_text(&corpus.ids[1], corpus.session.project().text(&corpus.ids[1]).unwrap().clone());
    audit.was_read(&corpus.ids);
    while audit.advance(&project, 1000, 8).unwrap() != Advance::Done {}
    assert_eq!((audit.passed_over(), audit.rows()), (1, vec![]));
}

#[test]
fn a_search_and_an_audit_find_the_same_where_what_they_do_not_need_is_let_go_of() {
    let mut corpus = Corpus::new(&["The mayor came.", "A mayor went.", "Nobody.", "Mayor, o mayor!"]);
    corpus.mark(0, "mayor", "source");
    let whole = corpus.session.project();
    let release = |project: &mut Project, needed: Vec<ArticleId>| {
        corpus.ids.iter().filter(|id| !needed.contains(id)).for_each(|id| project.release(id));
    };
    let read = |project: &mut Project, wanted: &[ArticleId]| {
        wanted.iter().for_each(|id| assert!(project.load_from(whole, id)));
    };
    let (mut project, mut audit) = (whole.clone(), Audit::new(MarksFilter::default(), corpus.ids.clone()));
    loop {
        release(&mut project, audit.needed().cloned().collect());
        match audit.advance(&project, 1, 2).unwrap() {
            Advance::Read(wanted) => {
                read(&mut project, &wanted);
                audit.was_read(&wanted);
            }
            Advance::Done => break,
            Advance::More | Advance::Wait => {}
        }
    }
    assert_eq!((audit.passed_over(), audit.rows()), (0, corpus.audit(MarksFilter::default())));
    let (mut project, mut scan, mut found) = (whole.clone(), Scan::new(query("mayor"), corpus.ids.clone()), Vec::new());
    loop {
        release(&mut project, scan.needed().cloned().collect());
        match scan.advance(&project, 1, 2, &mut found) {
            Advance::Read(wanted) => {
                read(&mut project, &wanted);
                scan.was_read(&wanted);
            }
            Advance::Done => break,
            Advance::More | Advance::Wait => {}
        }
    }
    assert_eq!((scan.passed_over(), corpus.shown(&found)), (0, corpus.search(query("mayor"))));
}

#[test]
fn a_search_in_parts_finds_what_one_in_one_go_finds() {
    let text = "one two\n\nthree one\none\n".repeat(40);
    let corpus = Corpus::new(&[&text, "one"]);
    let all = Pattern {
        text: r"^\w+|one$".to_owned(),
        kind: Kind::Expression,
        edges: Edges::WholeWords,
        ..Pattern::default()
    };
    let query = Query { matcher: Some(Matcher::new(&all).unwrap()), ..query("x") };
    for bytes in [1, 7, 64, 100_000] {
        let mut scan = Scan::new(query.clone(), corpus.ids.clone());
        let (mut found, mut steps) = (Vec::new(), 0);
        while scan.advance(corpus.session.project(), bytes, 8, &mut found) == Advance::More {
            steps += 1;
        }
        assert_eq!(steps == 0, bytes == 100_000, "it stops on the way");
        assert_eq!(found.iter().map(|f| f.hits.len()).collect::<Vec<_>>(), [160, 1]);
        assert_eq!(found[0].hits, query.hits(corpus.session.project(), &corpus.ids[0]));
    }
}

#[test]
fn occurrences_are_marked_in_one_step_over_all_articles() {
    let mut corpus = Corpus::new(&["The council met. The council voted.", "The council left."]);
    corpus.mark(0, "The council", "source");
    let before = corpus.session.project().clone();
    let places = vec![
        corpus.place(0, "The council", 1),
        corpus.place(0, "The council", 2),
        corpus.place(1, "The council ", 1),
        corpus.place(1, "The council", 1),
    ];
    let mark = Command::Mark(Mark::Occurrences { label: label("source"), places }, MarkRef::Picked);
    let effects = corpus.run(&mark);
    assert_eq!(effects.len(), 1, "{effects:?}");
    assert_eq!(corpus.marks(0), "⟦The council⟧source ⟦The council⟧source");
    assert_eq!(corpus.marks(1), "⟦The council⟧source");
    let layer = corpus.session.project().layer(&corpus.ids[1], corpus.session.annotator().unwrap()).unwrap();
    assert_eq!(layer.status(), Status::InProgress);
    assert_eq!(corpus.session.history().to_undo().unwrap().label.to_string(), "Mark occurrences as Source (2)");
    let again = corpus.session.run(&mark, &mut corpus.mint).unwrap_err();
    assert_eq!(again.code, "marked-twice");
    corpus.run(&Command::Undo);
    assert_eq!(*corpus.session.project(), before);
}

#[test]
fn a_place_outside_the_text_marks_nothing() {
    let mut corpus = Corpus::new(&["Été", "Two words"]);
    let before = corpus.session.project().clone();
    for (start, end) in [(0, 99), (1, 3), (2, 2)] {
        let wrong = Occurrence { article: corpus.ids[0].clone(), start, end };
        let places = vec![corpus.place(1, "Two", 1), wrong];
        let mark = Command::Mark(Mark::Occurrences { label: label("source"), places }, MarkRef::Picked);
        assert_eq!(corpus.session.run(&mark, &mut corpus.mint).unwrap_err().code, "outside-text");
        assert_eq!(*corpus.session.project(), before);
    }
}

#[test]
fn what_lies_in_the_way_is_told_before() {
    let mut corpus = Corpus::new(&["one two three four five six seven"]);
    corpus.mark(0, "two three", "claim");
    corpus.mark(0, "six", "source");
    let places = ["one", "three four", "three", "six", "two three"].map(|words| corpus.place(0, words, 1));
    let project = corpus.session.project();
    let outlook = occurrences::outlook(project, corpus.session.annotator().unwrap(), &label("source"), &places);
    assert_eq!((outlook.free, outlook.marked, outlook.inside), (4, 1, 2));
    assert_eq!(outlook.crossing.into_iter().collect::<Vec<_>>(), [corpus.place(0, "three four", 1)]);
}

#[test]
fn the_audit_shows_what_is_marked_here_and_unmarked_there() {
    let mut corpus = Corpus::new(&[
        "The council met. Later the council voted, the councillors say.",
        "THE COUNCIL left; council after council.",
        "Été and the été",
    ]);
    corpus.mark(0, "The council", "source");
    corpus.mark(1, "council", "source");
    corpus.mark(2, "Été", "claim");
    let rows = corpus.audit(MarksFilter::default());
    let shown = |row: &Inconsistent| {
        format!(
            "{} {} ×{}, unmarked ×{} ({})",
            row.words,
            row.label,
            row.marked,
            row.unmarked_count(),
            corpus.shown(&row.unmarked)
        )
    };
    let mut shown: Vec<String> = rows.iter().map(shown).collect();
    shown.sort();
    assert_eq!(
        shown,
        [
            "The council source ×1, unmarked ×2 (A: the council; B: THE COUNCIL)",
            "council source ×1, unmarked ×3 (A: council; B: COUNCIL, council)",
            "Été claim ×1, unmarked ×1 (C: été)",
        ]
    );
    let claims = MarksFilter { label: Some(label("claim")), ..MarksFilter::default() };
    assert_eq!(corpus.audit(claims).len(), 1);
    assert_eq!(
        corpus.audit(MarksFilter { annotator: Some(AnnotatorId::new("ben").unwrap()), ..MarksFilter::default() }),
        []
    );
}

#[test]
fn an_audit_finds_words_as_they_are_read() {
    let mut corpus = Corpus::new(&[
        "The traders’ guild met in the café.",
        "A traders' guild, a traders’\u{a0}guild, a tra\u{ad}ders’ guild; a cafe\u{301} and the cafe",
        "The traders’\nguild, and the traders’\n\nguild",
    ]);
    corpus.mark(0, "traders’ guild", "source");
    corpus.mark(0, "café", "source");
    let rows = corpus.audit(MarksFilter::default());
    let shown: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.words, corpus.shown(&row.unmarked))).collect();
    assert_eq!(
        shown,
        [
            "café: B: cafe\u{301}",
            "traders’ guild: B: traders' guild, traders’\u{a0}guild, tra\u{ad}ders’ guild; C: traders’\nguild",
        ]
    );
}

#[test]
fn an_audit_follows_the_marks() {
    let mut corpus = Corpus::new(&["the mayor and the mayor, the toll", "the mayor, the toll, the toll"]);
    corpus.mark(0, "the mayor", "source");
    let mut audit = Audit::new(MarksFilter::default(), corpus.ids.clone());
    let go_on = |audit: &mut Audit, corpus: &Corpus| {
        while audit.advance(corpus.session.project(), 1, 8).unwrap() != Advance::Done {}
        let row = |row: &Inconsistent| format!("{} ×{}: {}", row.words, row.marked, corpus.shown(&row.unmarked));
        assert_eq!(audit.rows(), corpus.audit(MarksFilter::default()), "as an audit made anew");
        audit.rows().iter().map(row).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(go_on(&mut audit, &corpus), "the mayor ×1: A: the mayor; B: the mayor");
    corpus.mark(1, "the mayor", "source");
    audit.look_again(corpus.session.project(), &corpus.ids[1..]).unwrap();
    assert!(audit.is_done(), "no other article is looked at");
    assert_eq!(go_on(&mut audit, &corpus), "the mayor ×2: A: the mayor");
    corpus.mark(1, "the toll", "claim");
    audit.look_again(corpus.session.project(), &corpus.ids[1..]).unwrap();
    assert!(!audit.is_done(), "new words may stand everywhere");
    assert_eq!(go_on(&mut audit, &corpus), "the mayor ×2: A: the mayor | the toll ×1: A: the toll; B: the toll");
    corpus.run(&Command::Undo);
    corpus.run(&Command::Undo);
    audit.look_again(corpus.session.project(), &corpus.ids).unwrap();
    assert!(audit.is_done(), "words that were marked once are known");
    assert_eq!(go_on(&mut audit, &corpus), "the mayor ×1: A: the mayor; B: the mayor");
}

#[test]
fn words_are_found_as_they_are_read_and_marked_with_all_their_signs() {
    let corpus = Corpus::new(&["They won’t\u{a0}sail.\nNobody won't\nsail, they won’t\n\nsail"]);
    assert_eq!(corpus.search(query("won't sail")), "A: won’t\u{a0}sail, won't\nsail");
    let across_parts = corpus.search(Query { marked: Marked::No, ..query("sail. Nobody") });
    assert_eq!(across_parts, "A: sail.\nNobody", "a hit may begin in one part and end in the next one");
}

#[test]
fn an_audit_that_is_broken_off_gives_what_it_found_so_far() {
    let mut corpus = Corpus::new(&["the mayor and the mayor", "the mayor"]);
    corpus.mark(0, "the mayor", "source");
    let mut audit = Audit::new(MarksFilter::default(), corpus.ids.clone());
    // Half of it is to learn which words are marked.
    while audit.progress() <= 0.5 {
        assert_eq!(audit.advance(corpus.session.project(), 1, 8).unwrap(), Advance::More);
    }
    let rows = audit.rows();
    assert_eq!(rows.iter().map(|row| corpus.shown(&row.unmarked)).collect::<Vec<_>>(), ["A: the mayor"]);
}

#[test]
fn a_mark_of_another_label_on_just_these_words_counts_as_marked() {
    let mut corpus = Corpus::new(&["the mayor said, the mayor did, the mayor left"]);
    corpus.mark(0, "the mayor", "source");
    let second = corpus.place(0, "the mayor", 2);
    let range = ByteRange::new(second.start, second.end);
    corpus.run(&Command::Select(Select::To { anchor: range.start(), head: range.end() }));
    corpus.run(&Command::Mark(Mark::Label(label("claim")), MarkRef::Picked));
    let rows = corpus.audit(MarksFilter { label: Some(label("source")), ..MarksFilter::default() });
    assert_eq!(rows.iter().map(Inconsistent::unmarked_count).collect::<Vec<_>>(), [1]);
}
