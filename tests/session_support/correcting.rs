//! Texts that are corrected: where marks go, what is set aside with what needs it, and back again.

use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        correct::{CorrectText, Corrected},
        mark::Mark,
        project::ProjectCommand,
        relate::Relate,
        select::Select,
        set_aside::{AsideRef, SetAsideCommand},
    },
    model::{id::CountingMint, *},
    session::Session,
    store,
    text::correction::Fate,
};

use super::name;

/// A session in which Ana has marked an article, whose text has `⟦…⟧` around the marked words.
struct Marked {
    session: Session,
    mint: CountingMint,
    article: ArticleId,
}

impl Marked {
    fn new(marked: &str) -> Self {
        let mut own = Self {
            session: Session::new(Project::new("Toll", store::codebook("news").unwrap())),
            mint: CountingMint::default(),
            article: name("none"),
        };
        let text = marked.replace(['⟦', '⟧'], "");
        own.run(Command::Project(ProjectCommand::WorkAs("Ana".to_owned())));
        own.run(Command::Article(ArticleCommand::Add(NewArticle { text, ..NewArticle::default() })));
        own.run(Command::Article(ArticleCommand::Next));
        own.article = own.session.focus().article.clone().unwrap();
        for (place, words) in spans(marked) {
            own.run(Command::Select(Select::To { anchor: place, head: place + words }));
            own.run(Command::Mark(Mark::Label(name("claim")), MarkRef::Picked));
        }
        own
    }

    fn run(&mut self, command: Command) {
        self.session.run(&command, &mut self.mint).unwrap_or_else(|why| panic!("{command:?}: {why}"));
    }

    fn correct(&mut self, text: &str) {
        let correct = self.correction(text);
        self.run(Command::Article(ArticleCommand::Correct(correct)));
    }

    fn correction(&self, text: &str) -> CorrectText {
        CorrectText { article: self.article.clone(), text: text.to_owned(), loaded: None, prepared: None }
    }

    fn layer(&self) -> Layer {
        self.session.project().layer(&self.article, &name("ana")).cloned().unwrap_or_default()
    }

    /// The text with `⟦…⟧` around what is marked.
    fn picture(&self) -> String {
        let mut text = self.session.project().text(&self.article).unwrap().as_str().to_owned();
        let mut places: Vec<_> =
            self.layer().annotations().flat_map(|(_, a)| a.fragments.clone().iter().collect::<Vec<_>>()).collect();
        places.sort();
        for place in places.into_iter().rev() {
            text.insert(place.end(), '⟧');
            text.insert(place.start(), '⟦');
        }
        text
    }

    /// The words that are set aside, in order.
    fn aside(&self) -> Vec<String> {
        let words = |aside: &SetAside| match &aside.row {
            AsideRow::Annotation(_, unplaced) => unplaced.words(),
            AsideRow::Relation(..) => "relation".to_owned(),
            AsideRow::Answer(_) => "answer".to_owned(),
        };
        self.layer().set_aside().iter().map(words).collect()
    }
}

fn spans(marked: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let (mut at, mut start) = (0, 0);
    for c in marked.chars() {
        match c {
            '⟦' => start = at,
            '⟧' => spans.push((start, at - start)),
            c => at += c.len_utf8(),
        }
    }
    spans
}

/// Corrects a text and holds it against the picture of it, and what was set aside; undo and redo lead there and back.
fn check(marked: &str, corrected: &str, aside: &[&str]) {
    let mut stage = Marked::new(marked);
    let before = stage.session.project().clone();
    stage.correct(&corrected.replace(['⟦', '⟧'], ""));
    assert_eq!(stage.picture(), corrected.replace("\r\n", "\n").replace('\r', "\n"));
    assert_eq!(stage.aside(), aside);
    let after = stage.session.project().clone();
    stage.run(Command::Undo);
    assert_eq!(stage.session.project(), &before);
    stage.run(Command::Redo);
    assert_eq!(stage.session.project(), &after);
}

#[test]
fn marks_go_where_their_words_are() {
    check(
        "Teh ⟦toll is unfair⟧, drivers say. It will be ⟦two pounds⟧ a day.",
        "The ⟦toll is unfair⟧, drivers say now. It will be ⟦two pounds⟧ a day.",
        &[],
    );
    check("It is said 👩‍👩‍👧 that ⟦e\u{301} will go 🌉⟧ in May.", "It is said that ⟦e\u{301} will go 🌉⟧ in May.", &[]);
    check("One line.\nThe ⟦other line⟧ is here.", "One line.\r\nAnd more.\rThe ⟦other line⟧ is here.", &[]);
}

#[test]
fn words_that_stand_among_others_are_no_place_for_a_mark() {
    check(
        "The harbour board said ⟦the night boat costs too much⟧.\nThe nurses’ union said the night boat costs too much.",
        "The nurses’ union said the night boat costs too much.",
        &["the night boat costs too much"],
    );
    check("Nobody met ⟦Ana⟧ at the harbour.", "Nobody met Ben at the harbour.", &["Ana"]);
}

/// What a relation joins may have become something else while it was set aside.
#[test]
fn a_relation_that_its_members_do_not_fit_any_more_stays_set_aside_for_that_reason() {
    let mut stage = Marked::new("⟦The ferry will go⟧, the ⟦company⟧ says. Nobody believes it.");
    let marks: Vec<AnnotationId> = stage.layer().annotations().map(|(id, _)| id).collect();
    let label = |to: &str, mark| Command::Mark(Mark::Label(name(to)), MarkRef::Id(mark));
    stage.run(label("quote", marks[0]));
    stage.run(label("source", marks[1]));
    let members = vec![(name("quote"), MarkRef::Id(marks[0])), (name("source"), MarkRef::Id(marks[1]))];
    stage.run(Command::Relate(Relate::Make {
        kind: name("attribution"),
        members,
        attributes: vec![],
        note: "why".into(),
    }));
    stage.correct("The ferry will go on for years. Nobody believes it.");
    assert_eq!(stage.aside(), ["company", "relation"]);
    stage.run(label("cue", marks[0]));
    stage.run(Command::Select(Select::To { anchor: 40, head: 48 }));
    stage.run(Command::SetAside(SetAsideCommand::Place(AsideRef::Words("company".to_owned()))));
    assert_eq!(stage.picture(), "⟦The ferry will go⟧ on for years. Nobody b⟦elieves ⟧it.");
    assert_eq!(stage.aside(), ["relation"]);
    assert_eq!(&*stage.layer().set_aside()[0].why.code, "wrong-filler");
}

#[test]
fn what_needs_a_lost_mark_is_set_aside_with_it_and_comes_back_with_it() {
    let mut stage = Marked::new("⟦The ferry will go⟧, the ⟦company⟧ says. Nobody believes it.");
    let marks: Vec<AnnotationId> = stage.layer().annotations().map(|(id, _)| id).collect();
    let members = vec![(name("from"), MarkRef::Id(marks[0])), (name("to"), MarkRef::Id(marks[1]))];
    stage.run(Command::Relate(Relate::Make {
        kind: name("supports"),
        members,
        attributes: vec![],
        note: "why".into(),
    }));
    let before = stage.session.project().clone();
    let relation = stage.layer().relations().iter().next().map(|(id, row)| (id, row.clone())).unwrap();
    stage.correct("The ferry will go on for years. Nobody believes it.");
    assert_eq!(stage.aside(), ["company", "relation"]);
    assert_eq!((stage.layer().annotation_count(), stage.layer().relations().count()), (1, 0));
    let corrected = stage.session.project().clone();

    // Placed again, it is the same mark, and the relation is there again.
    stage.run(Command::Select(Select::Words { words: "Nobody".to_owned(), occurrence: 1 }));
    stage.run(Command::SetAside(SetAsideCommand::Place(AsideRef::Words("company".to_owned()))));
    assert_eq!(stage.aside(), Vec::<String>::new());
    assert_eq!(
        stage.layer().annotation(marks[1]).unwrap().fragments.words("The ferry will go on for years. Nobody"),
        "Nobody"
    );
    assert_eq!(stage.layer().relations().get(relation.0), Some(&relation.1));
    stage.run(Command::Undo);
    assert_eq!(stage.session.project(), &corrected);

    stage.run(Command::SetAside(SetAsideCommand::Remove(AsideRef::Mark(marks[1]))));
    assert_eq!(stage.aside(), ["relation"]);
    stage.run(Command::SetAside(SetAsideCommand::Remove(AsideRef::Relation(relation.0))));
    assert!(stage.layer().set_aside().is_empty());
    for _ in 0..3 {
        stage.run(Command::Undo);
    }
    assert_eq!(stage.session.project(), &before);
}

#[test]
fn nothing_is_placed_without_words_and_nothing_but_a_mark() {
    let mut stage = Marked::new("The ⟦company⟧ says so. Nobody believes it.");
    stage.correct("It says so. Nobody believes it.");
    let place = Command::SetAside(SetAsideCommand::Place(AsideRef::Words("company".to_owned())));
    stage.run(Command::Select(Select::Nothing));
    let refused = |stage: &mut Marked, command: &Command| {
        stage.session.run(command, &mut stage.mint).unwrap_err().code.into_owned()
    };
    assert_eq!(refused(&mut stage, &place), "nothing-selected");
    let other = Command::SetAside(SetAsideCommand::Remove(AsideRef::Words("ferry".to_owned())));
    assert_eq!(refused(&mut stage, &other), "not-set-aside");
    let nothing = stage.correction(" \n");
    assert_eq!(refused(&mut stage, &Command::Article(ArticleCommand::Correct(nothing))), "empty-article");
}

#[test]
fn what_was_worked_out_before_is_done_unless_something_changed_since() {
    let mut stage = Marked::new("Teh ⟦toll⟧ is unfair, drivers say.");
    let correct = stage.correction("The toll is unfair, drivers say.");
    let corrected = Corrected::of(stage.session.project(), &correct).unwrap();
    let fates: Vec<_> = corrected.outcomes.iter().map(|o| o.placed.as_ref().map(|placed| placed.1)).collect();
    assert_eq!(fates, [Some(Fate::Same)]);
    let prepared = CorrectText { prepared: Some(corrected.into()), ..correct };
    // A mark that was made meanwhile comes along too.
    stage.run(Command::Select(Select::Words { words: "drivers".to_owned(), occurrence: 1 }));
    stage.run(Command::Mark(Mark::Label(name("claim")), MarkRef::Picked));
    stage.run(Command::Article(ArticleCommand::Correct(prepared)));
    assert_eq!(stage.picture(), "The ⟦toll⟧ is unfair, ⟦drivers⟧ say.");
}

#[test]
fn everybodys_marks_come_along_and_answers_stay() {
    let mut stage = Marked::new("A ⟦toll⟧ is unfair, drivers say.");
    stage.run(Command::Project(ProjectCommand::WorkAs("Ben".to_owned())));
    stage.run(Command::Select(Select::Words { words: "drivers".to_owned(), occurrence: 1 }));
    stage.run(Command::Mark(Mark::Label(name("claim")), MarkRef::Picked));
    stage.run(Command::Layer(pressmark::command::layer::LayerCommand::Status(Status::Done), None));
    stage.correct("Now a toll is unfair, drivers say.");
    let ben = stage.session.project().layer(&stage.article, &name("ben")).unwrap();
    let text = stage.session.project().text(&stage.article).unwrap();
    let words: Vec<String> = ben.annotations().map(|(_, mark)| mark.fragments.words(text)).collect();
    assert_eq!((words, ben.status()), (vec!["drivers".to_owned()], Status::Done));
    assert_eq!(stage.picture(), "Now a ⟦toll⟧ is unfair, drivers say.");
}
