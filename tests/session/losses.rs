//! What a step takes away beside what was asked for is told, with a way back.

use pressmark::{
    command::{
        Command, Effect, MarkRef, Offer, Show, Told, View,
        article::{ArticleCommand, NewArticle},
        codebook::CodebookCommand,
        layer::LayerCommand,
        mark::Mark,
        project::ProjectCommand,
        relate::{Filling, Relate, Which},
        select::Select,
    },
    model::{id::CountingMint, *},
    session::Session,
    store,
};

use super::name;

const TEXT: &str = "“It will hold,” Ana Brook said. “It will not,” Ben Cole replied to the engineers.";

struct Stage {
    session: Session,
    mint: CountingMint,
}

fn mark(words: &str) -> MarkRef {
    MarkRef::Words { words: words.to_owned(), occurrence: 1, label: None, article: None }
}

impl Stage {
    /// Two articles; in the first Ana has marked a quote of direct form with its source and cue.
    fn new() -> Self {
        let session = Session::new(Project::new("Bridge", store::codebook("news").unwrap()));
        let mut stage = Self { session, mint: CountingMint::default() };
        stage.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned())));
        for (title, text) in [("One", TEXT), ("Two", "It will hold, they say.")] {
            let metadata = Metadata { title: title.to_owned(), ..Metadata::default() };
            let article = NewArticle { metadata, text: text.to_owned(), ..NewArticle::default() };
            stage.run(&Command::Article(ArticleCommand::Add(article)));
        }
        stage.run(&Command::Article(ArticleCommand::Next));
        for (label, words) in [("source", "Ana Brook"), ("cue", "said"), ("quote", "It will hold,")] {
            stage.mark(label, words);
        }
        let form = Value::Choice(ChoiceId::new("direct").unwrap());
        stage.run(&Command::Mark(Mark::Set { attribute: name("form"), value: Some(form) }, MarkRef::Picked));
        for (role, words) in [("source", "Ana Brook"), ("cue", "said")] {
            let (kind, role, with) = (name("attribution"), name(role), Filling::Mark(mark(words)));
            stage.run(&Command::Relate(Relate::Fill { of: MarkRef::Picked, kind, role, with, into: Which::First }));
        }
        stage
    }

    fn mark(&mut self, label: &str, words: &str) {
        self.run(&Command::Select(Select::Words { words: words.to_owned(), occurrence: 1 }));
        self.run(&Command::Mark(Mark::Label(name(label)), MarkRef::Picked));
    }

    /// Gives what is told.
    fn run(&mut self, command: &Command) -> Vec<Told> {
        let effects = self.session.run(command, &mut self.mint).unwrap();
        let told = effects.into_iter().filter_map(|effect| match effect {
            Effect::Show(Show::Tell(told)) => Some(told),
            _ => None,
        });
        told.collect()
    }

    #[track_caller]
    fn check(&mut self, command: &Command, expected: &[&str]) {
        let told = self.run(command);
        let said: Vec<String> = told.iter().map(|told| told.what.to_string()).collect();
        assert_eq!(said, expected, "{command:?}");
        assert!(told.iter().all(|told| told.offer == Offer::Undo));
    }
}

#[test]
fn deleting_tells_of_the_relations_that_go_too() {
    let mut stage = Stage::new();
    stage.check(&Command::Mark(Mark::Delete, mark("Ana Brook")), &["Deleted “Ana Brook” and 1 member of a relation"]);
    stage.check(&Command::Mark(Mark::Delete, mark("said")), &["Deleted “said” and 1 relation"]);
    stage.check(&Command::Mark(Mark::Delete, mark("It will hold,")), &[]);
}

#[test]
fn relabelling_tells_of_answers_and_roles_that_go() {
    let mut stage = Stage::new();
    let relabel = Command::Mark(Mark::Label(name("cue")), mark("It will hold,"));
    stage.check(&relabel, &["Relabel as Cue: this removed 1 member of a relation and 1 answer"]);
    stage.check(&Command::Undo, &[]);
    stage.check(
        &Command::Mark(Mark::Label(name("source")), mark("said")),
        &["Relabel as Source: this removed 1 member of a relation"],
    );
}

#[test]
fn removing_an_article_tells_whose_marks_went_and_opens_its_neighbour() {
    let mut stage = Stage::new();
    let [one, two] = [0, 1].map(|at| stage.session.project().articles().nth(at).unwrap().0.clone());
    stage.run(&Command::Project(ProjectCommand::WorkAs("Ben".to_owned())));
    stage.mark("claim", "the engineers");
    stage.check(
        &Command::Article(ArticleCommand::Remove(one.clone())),
        &["Removed “One” with 3 marks and 1 relation by Ana, 1 mark by Ben"],
    );
    assert_eq!(stage.session.focus().article.as_ref(), Some(&two));
    stage.check(&Command::Undo, &[]);
    assert_eq!(stage.session.focus().article.as_ref(), Some(&one));
    stage.check(&Command::Article(ArticleCommand::Remove(two)), &["Removed “Two”"]);
    assert_eq!(stage.session.focus().article.as_ref(), Some(&one), "another article stays open");
}

#[test]
fn nothing_is_related_to_itself_or_twice() {
    let mut stage = Stage::new();
    let mut make = |members: &[(&str, &str)]| {
        let members = members.iter().map(|(role, words)| (name(role), mark(words))).collect();
        let (kind, attributes, note) = (name("attribution"), Vec::new(), String::new());
        let made = Command::Relate(Relate::Make { kind, members, attributes, note });
        stage.session.run(&made, &mut stage.mint).map_err(|why| why.code.to_string())
    };
    let same = make(&[("quote", "It will hold,"), ("source", "Ana Brook"), ("cue", "said")]);
    assert_eq!(same.unwrap_err(), "related-twice");
    let itself = make(&[("quote", "It will hold,"), ("source", "It will hold,")]);
    assert_eq!(itself.unwrap_err(), "own-member");
    assert!(make(&[("quote", "It will hold,"), ("cue", "said")]).is_ok());
}

#[test]
fn one_person_has_one_layer_however_the_name_is_typed() {
    let mut stage = Stage::new();
    for name in ["Zoë O’Hara", "zoe\u{308} o'hara", "  Zoë  O‘Hara "] {
        stage.run(&Command::Project(ProjectCommand::WorkAs(name.to_owned())));
        assert_eq!(stage.session.project().annotators().len(), 2, "{name}");
    }
    stage.run(&Command::Project(ProjectCommand::WorkAs("Zoe O’Hara".to_owned())));
    assert_eq!(stage.session.project().annotators().len(), 3, "an accent tells people apart");
}

#[test]
fn of_several_choices_those_that_are_left_stay() {
    let mut stage = Stage::new();
    let choice = |id: &str| Choice { id: name(id), name: id.to_owned() };
    let put = |stage: &mut Stage, choices: &[&str]| {
        let mut cue = stage.session.project().codebook().label(&name("cue")).unwrap().clone();
        cue.attributes = vec![Attribute {
            id: name("tone"),
            name: "Tone".to_owned(),
            description: String::new(),
            kind: AttributeKind::Choices(choices.iter().map(|id| choice(id)).collect()),
            required: false,
            shown_when: None,
        }];
        stage.run(&Command::Codebook(CodebookCommand::PutLabel(Box::new(cue))))
    };
    put(&mut stage, &["calm", "loud"]);
    let both = Value::Choices(vec![name("calm"), name("loud")]);
    stage.run(&Command::Mark(Mark::Set { attribute: name("tone"), value: Some(both) }, mark("said")));
    let told = put(&mut stage, &["calm"]);
    assert_eq!(told[0].what.to_string(), "Change the label Cue: this removed 1 answer");
    let said = mark("said").resolve(&stage.session.scene()).unwrap();
    let layer = stage.session.scene().layer().unwrap();
    let Item::Annotation(id) = said.item else { panic!("it is a mark") };
    let answer = layer.annotation(id).unwrap().attributes.get(&name("tone"));
    assert_eq!(answer, Some(&Value::Choices(vec![name("calm")])));
}

#[test]
fn done_says_what_is_missing() {
    let mut stage = Stage::new();
    let done = Command::Layer(LayerCommand::Status(Status::Done), None);
    stage.mark("claim", "the engineers");
    let told = stage.run(&done);
    assert!(told[0].what.to_string().starts_with("1 mark lacks an answer"), "{told:?}");
    assert_eq!(told[0].offer, Offer::View(View::Incomplete));
}

#[test]
fn a_codebook_that_asks_less_tells_of_the_answers() {
    let mut stage = Stage::new();
    let mut quote = stage.session.project().codebook().label(&name("quote")).unwrap().clone();
    quote.attributes.clear();
    stage.check(
        &Command::Codebook(CodebookCommand::PutLabel(Box::new(quote))),
        &["Change the label Quote: this removed 1 answer"],
    );
    stage.check(
        &Command::Codebook(CodebookCommand::RemoveRelation(name("attribution"))),
        &["Remove the relation Attribution: this removed 1 relation"],
    );
}
