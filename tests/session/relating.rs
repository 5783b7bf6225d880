//! Relating step by step: which command each key and click stands for, and where it ends.

use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        project::ProjectCommand,
        relate::{Filling, Relate, Which},
        relating::{Next, Refusal, RelateFrom, Relating, RelatingKey},
        select::Select,
    },
    model::{id::CountingMint, *},
    session::Session,
    store,
    text::ByteRange,
};

use super::name;

const TEXT: &str = "“It will hold,” Ana Brook said. “It will not,” Ben Cole replied to the engineers.";

const MARKS: [(&str, &str); 6] = [
    ("quote", "It will hold,"),
    ("source", "Ana Brook"),
    ("cue", "said"),
    ("quote", "It will not,"),
    ("source", "Ben Cole"),
    ("cue", "replied"),
];

struct Stage {
    session: Session,
    mint: CountingMint,
}

impl Stage {
    /// An article with two quotes, their sources and cues, none of them related; the first quote is picked.
    fn new() -> Self {
        let session = Session::new(Project::new("Bridge", store::codebook("news").unwrap()));
        let mut stage = Self { session, mint: CountingMint::default() };
        let article = NewArticle { text: TEXT.to_owned(), ..NewArticle::default() };
        stage.run(&Command::Project(ProjectCommand::WorkAs("Ana".to_owned())));
        stage.run(&Command::Article(ArticleCommand::Add(article)));
        stage.run(&Command::Article(ArticleCommand::Next));
        for (label, words) in MARKS {
            stage.select(words);
            stage.run(&Command::Mark(Mark::Label(name(label)), MarkRef::Picked));
        }
        let first = stage.target(MARKS[0].1);
        stage.run(&Command::Select(Select::Pick(first.into())));
        stage
    }

    fn run(&mut self, command: &Command) {
        self.session.run(command, &mut self.mint).unwrap();
    }

    /// Selects words and keeps the picked mark.
    fn select(&mut self, words: &str) {
        let start = TEXT.find(words).unwrap();
        self.run(&Command::Select(Select::KeepMark { anchor: start, head: start + words.len(), mark: None }));
    }

    fn target(&self, words: &str) -> Target {
        let mark = MarkRef::Words { words: words.to_owned(), occurrence: 1, label: None, article: None };
        mark.resolve(&self.session.scene()).unwrap()
    }

    fn begin(&self) -> Relating {
        let scene = self.session.scene();
        let mut relating = Relating::begin(&scene, scene.picked_target().unwrap()).unwrap();
        relating.hint(&[(scene, ByteRange::new(0, TEXT.len()))]);
        relating
    }

    /// What keys come to in one frame: letters, `⏎` and `⌫`.
    fn press(&self, relating: &mut Relating, keys: &str) -> (Vec<Command>, Option<Next>) {
        let (mut commands, mut next) = (Vec::new(), None);
        for key in keys.chars() {
            let key = match key {
                '⏎' => RelatingKey::Enter,
                '⌫' => RelatingKey::Backspace,
                letter => RelatingKey::Letter(letter),
            };
            next = relating.take_key(key, &self.session.scene(), &mut commands);
        }
        (commands, next)
    }

    /// The name of the role that is asked for.
    fn asked(&self, relating: &Relating) -> String {
        relating.eligible(&self.session.scene()).map(|e| e.role.name.clone()).unwrap_or_default()
    }

    /// The letter that stands on the mark of these words.
    fn letter_on(&self, relating: &Relating, words: &str) -> String {
        let Item::Annotation(id) = self.target(words).item else { panic!("it is a mark") };
        relating.eligible(&self.session.scene()).unwrap().hints.get(&id).map(ToString::to_string).unwrap_or_default()
    }

    fn refusal(&self, relating: &Relating) -> String {
        let scene = self.session.scene();
        let eligible = relating.eligible(&scene).unwrap();
        relating.refusal(&eligible).map(|refusal| format!("{refusal:?}")).unwrap_or_default()
    }
}

fn fills(command: &Command) -> (&str, &Filling, Which) {
    let Command::Relate(Relate::Fill { role, with, into, .. }) = command else { panic!("{command:?}") };
    (role.as_str(), with, *into)
}

#[test]
fn a_kind_is_offered_only_where_the_mark_has_a_role() {
    let mut stage = Stage::new();
    let offered = |relating: &Relating, stage: &Stage| -> Vec<String> {
        relating.offered_kinds(&stage.session.scene()).iter().map(|(kind, _)| kind.id.to_string()).collect()
    };
    let relating = stage.begin();
    assert!(relating.asks_for_kind());
    let kinds = offered(&relating, &stage);
    assert_eq!(kinds, ["attribution", "supports", "attacks", "same-statement", "same-claim", "contradicts"]);
    let keys: Vec<_> = relating.offered_kinds(&stage.session.scene()).into_iter().map(|(_, key)| key).collect();
    assert_eq!(keys, ["a", "s", "t", "m", "e", "c"].map(|k| k.chars().next()));
    // A cue has a role in one kind alone, so that nothing is asked.
    let cue = stage.target("said");
    stage.run(&Command::Select(Select::Pick(cue.into())));
    let relating = stage.begin();
    assert_eq!((relating.asks_for_kind(), stage.asked(&relating).as_str()), (false, "Quote"));
}

#[test]
fn letters_choose_and_enter_goes_on_to_the_next_role() {
    let mut stage = Stage::new();
    let mut relating = stage.begin();
    assert_eq!(stage.press(&mut relating, "⏎"), (vec![], Some(Next::On)));
    relating.hint(&[(stage.session.scene(), ByteRange::new(0, TEXT.len()))]);
    assert_eq!(stage.asked(&relating), "Source");
    assert_eq!(["It will not,", "Ana Brook", "Ben Cole"].map(|w| stage.letter_on(&relating, w)), ["", "a", "s"]);
    // Both in one frame, so that the second command finds the relation that the first one makes.
    let (commands, next) = stage.press(&mut relating, "as");
    let (ana, ben) = (stage.target("Ana Brook"), stage.target("Ben Cole"));
    let filling = |target: &Target| Filling::Mark(target.clone().into());
    assert_eq!(
        commands.iter().map(fills).collect::<Vec<_>>(),
        [("source", &filling(&ana), Which::New), ("source", &filling(&ben), Which::Last)]
    );
    assert_eq!(next, Some(Next::On), "a role that takes several stays");
    commands.iter().for_each(|command| stage.run(command));
    relating.hint(&[(stage.session.scene(), ByteRange::new(0, TEXT.len()))]);
    assert_eq!(relating.eligible(&stage.session.scene()).unwrap().held().collect::<Vec<_>>(), [&ana, &ben]);
    assert!(relating.holds(&stage.session.scene()));
    assert_eq!(stage.press(&mut relating, "⏎").1, Some(Next::On));
    assert_eq!(stage.asked(&relating), "Cue");
    assert_eq!(stage.press(&mut relating, "⏎⏎").1, Some(Next::Done), "the addressee was the last role");
    assert_eq!(stage.session.scene().layer().unwrap().relations().count(), 1);
}

#[test]
fn backspace_goes_to_the_role_before_and_to_the_kinds() {
    let stage = Stage::new();
    let mut relating = stage.begin();
    stage.press(&mut relating, "⏎⏎");
    assert_eq!((stage.asked(&relating).as_str(), relating.can_go_back()), ("Cue", true));
    stage.press(&mut relating, "⌫");
    assert_eq!(stage.asked(&relating), "Source");
    stage.press(&mut relating, "⌫");
    assert!(relating.asks_for_kind() && !relating.can_go_back());
}

#[test]
fn the_key_of_a_label_takes_the_selected_words_for_the_role_that_takes_it() {
    let mut stage = Stage::new();
    stage.select("the engineers");
    let mut relating = stage.begin();
    // With words selected the keys of labels hold: 5 is the cue’s, which has a role in attributions alone.
    let (commands, next) = stage.press(&mut relating, "5");
    assert_eq!(
        commands.iter().map(fills).collect::<Vec<_>>(),
        [("cue", &Filling::SelectionAs(name("cue")), Which::New)]
    );
    assert_eq!((next, stage.asked(&relating).as_str()), (Some(Next::On), "Cue"));
    assert_eq!(stage.press(&mut relating, "1"), (vec![], Some(Next::On)), "no role from here on takes a claim");
    assert_eq!(stage.refusal(&relating), format!("{:?}", Refusal::Filler(Some(Filler::Label(name("claim"))))));
}

#[test]
fn what_can_not_fill_the_role_is_refused_with_the_reason() {
    let stage = Stage::new();
    let scene = stage.session.scene();
    let origin = stage.target("It will hold,");
    let from = RelateFrom { origin: origin.clone(), relation: None, kind: name("attribution"), role: name("source") };
    let mut relating = Relating::begin_with(&scene, &from).unwrap();
    let mut commands = Vec::new();
    for (chosen, reason) in [
        (origin, "Itself".to_owned()),
        (stage.target("said"), format!("{:?}", Refusal::Filler(Some(Filler::Label(name("cue")))))),
    ] {
        assert_eq!(relating.choose(chosen, &scene, &mut commands), Next::On);
        assert_eq!(stage.refusal(&relating), reason);
    }
    relating.refuse_foreign();
    assert_eq!(stage.refusal(&relating), "Filler(None)");
    assert_eq!(commands, []);
    // Of several marks on each other the first that fits is taken, whatever lies on it.
    let ids = ["said", "Ana Brook"].map(|words| match stage.target(words).item {
        Item::Annotation(id) => id,
        Item::Relation(_) => panic!("it is a mark"),
    });
    assert_eq!(relating.choose_of(&ids, &scene, &mut commands), Next::On);
    assert_eq!(fills(&commands[0]).1, &Filling::Mark(stage.target("Ana Brook").into()));
    assert_eq!(stage.refusal(&relating), "");
}

#[test]
fn relating_ends_where_another_mark_is_picked() {
    let mut stage = Stage::new();
    let mut relating = stage.begin();
    stage.press(&mut relating, "⏎");
    assert!(relating.holds(&stage.session.scene()));
    stage.run(&Command::Select(Select::NextMark));
    assert!(!relating.holds(&stage.session.scene()));
    // A kind across articles holds, for one may go to the other article meanwhile.
    let picked = stage.target(MARKS[0].1);
    stage.run(&Command::Select(Select::Pick(picked.into())));
    let mut relating = stage.begin();
    stage.press(&mut relating, "m");
    stage.run(&Command::Select(Select::NextMark));
    assert!(relating.holds(&stage.session.scene()));
}
