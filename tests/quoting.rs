//! What a label's key marks: the words that are selected, or the quotation they lie in.
//!
//! Pictures in, pictures out: `⟪…⟫` is the selection, or `|` the caret; `⟦…⟧` is what is marked then.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "support/root.rs"]
mod root;

use pressmark::{
    command::{
        Command, MarkRef,
        article::{ArticleCommand, NewArticle},
        codebook::CodebookCommand,
        mark::Mark,
        project::ProjectCommand,
        select::Select,
    },
    diagnostic::Diagnostic,
    model::{AttributeId, ChoiceId, Extent, LabelId, Project, Value, id::CountingMint},
    session::Session,
    store,
    text::{
        ByteRange,
        quotation::passage_around,
        segment::{sentence_at, word_at},
    },
};

struct Stage {
    session: Session,
    mint: CountingMint,
}

impl Stage {
    /// An article of this text, and a label “quote” of this extent.
    fn new(extent: Extent, picture: &str) -> Self {
        let mut codebook = store::codebook("news").unwrap();
        let quote = codebook.labels.iter_mut().find(|l| l.id.as_str() == "quote").unwrap();
        quote.extent = extent;
        let mut stage = Self { session: Session::new(Project::new("Toll", codebook)), mint: CountingMint::default() };
        let text = picture.replace(['⟪', '⟫', '|'], "");
        stage.run(&Command::Project(ProjectCommand::WorkAs("ana".to_owned()))).unwrap();
        stage.run(&Command::Article(ArticleCommand::Add(NewArticle { text, ..NewArticle::default() }))).unwrap();
        stage.run(&Command::Article(ArticleCommand::Next)).unwrap();
        stage.select(picture);
        stage
    }

    fn run(&mut self, command: &Command) -> Result<(), Diagnostic> {
        self.session.run(command, &mut self.mint).map(drop)
    }

    fn select(&mut self, picture: &str) {
        let at = |mark: char| picture.find(mark);
        let select = match (at('⟪'), at('⟫'), at('|')) {
            (Some(anchor), Some(head), _) => Select::KeepMark { anchor, head: head - '⟪'.len_utf8(), mark: None },
            (_, _, Some(caret)) => Select::KeepMark { anchor: caret, head: caret, mark: None },
            _ => return,
        };
        self.run(&Command::Select(select)).unwrap();
    }

    fn press(&mut self, label: &str) -> Result<(), Diagnostic> {
        self.run(&Command::Mark(Mark::Label(LabelId::new(label).unwrap()), MarkRef::Picked))
    }

    /// The text with every mark in it, the fragments of each in `⟦…⟧`.
    fn picture(&self) -> String {
        let scene = self.session.scene();
        let mut picture = scene.text().unwrap().to_string();
        let marks = scene.layer().into_iter().flat_map(pressmark::model::Layer::annotations);
        let mut places: Vec<(usize, char)> = marks
            .flat_map(|(_, a)| a.fragments.iter().flat_map(|f| [(f.start(), '⟦'), (f.end(), '⟧')]).collect::<Vec<_>>())
            .collect();
        places.sort_unstable_by_key(|(at, _)| std::cmp::Reverse(*at));
        for (at, mark) in places {
            picture.insert(at, mark);
        }
        picture
    }
}

fn check(extent: Extent, before: &str, after: &str) {
    let mut stage = Stage::new(extent, before);
    stage.press("quote").unwrap_or_else(|refusal| panic!("{refusal}: {before}"));
    assert_eq!(stage.picture(), after);
    assert_eq!(stage.session.scene().layer().unwrap().annotations().count(), 1, "one gesture, one mark");
}

/// Of a label that reaches over the words between the marks.
fn grows(before: &str, after: &str) {
    check(Extent::Quotation, before, after);
}

#[test]
fn a_selection_inside_quotation_marks_grows_to_the_quotation() {
    grows("He said “we ⟪will⟫ go” and left.", "He said “⟦we will go⟧” and left.");
    grows("He said “⟪we⟫ will go” and left.", "He said “⟦we will go⟧” and left.");
    grows("He said \"we ⟪will ⟫go\" and left.", "He said \"⟦we will go⟧\" and left.");
    grows("Il a dit « nous ⟪irons⟫ » hier.", "Il a dit « ⟦nous irons⟧ » hier.");
    grows("Er sagte „wir ⟪gehen⟫“ und ging.", "Er sagte „⟦wir gehen⟧“ und ging.");
    grows("Er sagte »wir ⟪gehen⟫« und ging.", "Er sagte »⟦wir gehen⟧« und ging.");
    grows("Powiedział: „już ⟪idę⟫”.", "Powiedział: „⟦już idę⟧”.");
    grows("彼は「すぐ⟪行く⟫よ」と言った。", "彼は「⟦すぐ行くよ⟧」と言った。");
    grows("彼は『すぐ⟪行く⟫よ』と言った。", "彼は『⟦すぐ行くよ⟧』と言った。");
    grows("Il a dit ‹ nous ⟪irons⟫ › hier.", "Il a dit ‹ ⟦nous irons⟧ › hier.");
    grows("He said ‘we ⟪won’t⟫ go’ and left.", "He said ‘⟦we won’t go⟧’ and left.");
}

#[test]
fn a_label_may_reach_over_the_marks_too_or_over_the_words_alone() {
    check(Extent::QuotationWithMarks, "He said “we ⟪will⟫ go”.", "He said ⟦“we will go”⟧.");
    check(Extent::QuotationWithMarks, "He said “⟪we will go⟫”.", "He said ⟦“we will go”⟧.");
    check(Extent::QuotationWithMarks, "“We ⟪go⟫,” he said, “now.”", "⟦“We go,”⟧ he said, ⟦“now.”⟧");
    check(Extent::Words, "He said “we ⟪will⟫ go”.", "He said “we ⟦will⟧ go”.");
}

#[test]
fn an_interrupted_quotation_becomes_one_mark() {
    grows("“We will ⟪go⟫,” she said, “and win.”", "“⟦We will go,⟧” she said, “⟦and win.⟧”");
    grows("“We will go,” she said, “and ⟪win⟫.”", "“⟦We will go,⟧” she said, “⟦and win.⟧”");
    grows("“We ⟪will go,” she said, “and⟫ win.”", "“⟦We will go,⟧” she said, “⟦and win.⟧”");
    grows("“A ⟪b⟫,” she said, “c d,” and then, “e.”", "“⟦A b,⟧” she said, “⟦c d,⟧” and then, “⟦e.⟧”");
}

#[test]
fn a_speaker_who_goes_on_after_being_named_is_quoted_once() {
    let whole = "“⟦We will go,⟧” she said. “⟦We win.⟧”";
    grows("“We will ⟪go⟫,” she said. “We win.”", whole);
    grows("“We will go,” she said. “We ⟪win⟫.”", whole);
    grows("“We will go,” she said. “We w|in.”", whole);
    grows("“We ⟪go⟫,” she said. “We win,” he said.", "“⟦We go,⟧” she said. “We win,” he said.");
    grows("“We ⟪go⟫,” she said. The vote was lost. “We win.”", "“⟦We go,⟧” she said. The vote was lost. “We win.”");
    check(Extent::QuotationWithMarks, "“We ⟪go⟫,” she said. “Now.”", "⟦“We go,”⟧ she said. ⟦“Now.”⟧");
}

#[test]
fn speech_after_a_dash_becomes_one_mark() {
    grows("—El faro ⟪se queda⟫ —dijo Ruiz—. Punto.", "—⟦El faro se queda⟧ —dijo Ruiz—. ⟦Punto.⟧");
}

/// A dash opens speech only in languages that set it so; elsewhere it opens an item, or who has written the article.
#[test]
fn a_dash_is_no_quotation_mark_in_other_languages() {
    for text in [
        "— The mayor — said to be ⟪tired⟫ — resigned.",
        "- The council, said the ⟪mayor⟫, would vote.",
        "—Jane Moor ⟪contributed⟫ to this report from Brussels.",
        "– Der Rat, sagte die ⟪Bürgermeisterin⟫, stimme ab.",
    ] {
        grows(text, &text.replace('⟪', "⟦").replace('⟫', "⟧"));
    }
    grows("— Non, dit-⟪elle⟫.", "— Non, dit-⟦elle⟧.");
    grows("— ⟪Non⟫, dit-elle.", "— ⟦Non⟧, dit-elle.");
    grows("—⟪No⟫ lo sé.", "—⟦No lo sé.⟧");
}

#[test]
fn a_quotation_goes_on_over_lines_that_are_wrapped_by_hand() {
    grows(
        "The council said on Monday that the bridge would\nstay closed. “We can’t mend what we can’t\n⟪pay⟫ for,” said \
         Ada Moor, who leads the\ncouncil, “and we won’t try.”",
        "The council said on Monday that the bridge would\nstay closed. “⟦We can’t mend what we can’t\npay for,⟧” said \
         Ada Moor, who leads the\ncouncil, “⟦and we won’t try.⟧”",
    );
}

#[test]
fn a_sentence_goes_on_over_lines_that_are_wrapped_by_hand() {
    let text = "The council said on Monday that the bridge would\nstay closed until the end of May. Because the\nmoney \
                had not come in, nobody was paid.\nThe drivers’ union called it a scandal.";
    let sentence = |words: &str| sentence_at(text, text.find(words).unwrap()).slice(text).unwrap().replace('\n', "|");
    assert_eq!(
        sentence("bridge"),
        "The council said on Monday that the bridge would|stay closed until the end of May."
    );
    assert_eq!(sentence("paid"), "Because the|money had not come in, nobody was paid.");
}

#[test]
fn a_quotation_of_several_paragraphs_becomes_one_mark() {
    grows(
        "He began: “The first.\n\n“The ⟪second⟫.\n“The last,” he said.",
        "He began: “⟦The first.⟧\n\n“⟦The second.⟧\n“⟦The last,⟧” he said.",
    );
    grows("“One ⟪two.\n“Three⟫ four.”\n“Five.”", "“⟦One two.⟧\n“⟦Three four.⟧”\n“Five.”");
}

#[test]
fn of_quotations_in_each_other_the_innermost_that_holds_the_selection() {
    grows("“She said, ‘I ⟪do⟫ not,’ and left.”", "“She said, ‘⟦I do not,⟧’ and left.”");
    grows("“She ⟪said⟫, ‘I do not,’ and left.”", "“⟦She said, ‘I do not,’ and left.⟧”");
    grows("“She ⟪said, ‘I do⟫ not,’ and left.”", "“⟦She said, ‘I do not,’ and left.⟧”");
}

#[test]
fn what_covers_or_crosses_a_quotation_stays_as_selected() {
    grows("He said “⟪we will go⟫” and left.", "He said “⟦we will go⟧” and left.");
    grows("He said ⟪“we will go”⟫ and left.", "He said ⟦“we will go”⟧ and left.");
    grows("He ⟪said “we will⟫ go” and left.", "He ⟦said “we will⟧ go” and left.");
    grows("The leaders’ ⟪own⟫ workers’ rights.", "The leaders’ ⟦own⟧ workers’ rights.");
    grows("It’s ⟪said⟫ it isn’t.", "It’s ⟦said⟧ it isn’t.");
}

#[test]
fn a_caret_stands_for_the_quotation_around_it() {
    grows("He said “we w|ill go” and left.", "He said “⟦we will go⟧” and left.");
    grows("He said “we will go”| and left.", "He said “⟦we will go⟧” and left.");
    let mut stage = Stage::new(Extent::Quotation, "He s|aid “we will go”.");
    assert_eq!(stage.press("quote").unwrap_err().code, "nothing-selected");
}

#[test]
fn the_same_key_again_marks_the_selected_words_alone_and_grows_again() {
    let mut stage = Stage::new(Extent::Quotation, "He said “we ⟪will⟫ go”.");
    let (words, grown) = ("He said “we ⟦will⟧ go”.", "He said “⟦we will go⟧”.");
    for expected in [grown, words, grown, words] {
        stage.press("quote").unwrap();
        assert_eq!(stage.picture(), expected);
    }
    stage.run(&Command::Undo).unwrap();
    assert_eq!(stage.picture(), grown);
    stage.run(&Command::Redo).unwrap();
    assert_eq!(stage.picture(), words);
}

#[test]
fn the_same_key_again_takes_one_part_alone_and_then_the_words() {
    let whole = "“⟦We will go,⟧” she said. “⟦We win.⟧”";
    let (part, words) = ("“⟦We will go,⟧” she said. “We win.”", "“We ⟦will⟧ go,” she said. “We win.”");
    let mut stage = Stage::new(Extent::Quotation, "“We ⟪will⟫ go,” she said. “We win.”");
    for expected in [whole, part, words, whole, part, words] {
        stage.press("quote").unwrap();
        assert_eq!(stage.picture(), expected);
    }
    for expected in [part, whole, words, part, whole] {
        stage.run(&Command::Undo).unwrap();
        assert_eq!(stage.picture(), expected, "each is one step");
    }
    let mut stage = Stage::new(Extent::Quotation, "“We will go,” she said. “We w|in.”");
    let part = "“We will go,” she said. “⟦We win.⟧”";
    for expected in [whole, part, whole] {
        stage.press("quote").unwrap();
        assert_eq!(stage.picture(), expected, "a caret stands for the part it is in");
    }
    let mut stage = Stage::new(Extent::Quotation, "“⟪We will go,⟫” she said. “We win.”");
    let part = "“⟦We will go,⟧” she said. “We win.”";
    for expected in [whole, part, whole] {
        stage.press("quote").unwrap();
        assert_eq!(stage.picture(), expected, "the words are the part");
    }
}

#[test]
fn a_label_that_the_mark_has_already_is_refused() {
    let mut stage = Stage::new(Extent::Words, "He said “we ⟪will⟫ go”.");
    stage.press("quote").unwrap();
    assert_eq!(stage.press("quote").unwrap_err().code, "labelled-already");
    stage.select("He said “we ⟪will⟫ go”.");
    assert_eq!(stage.press("quote").unwrap_err().code, "marked-twice");
    stage.select("He said “we⟪ ⟫will go”.");
    assert_eq!(stage.press("quote").unwrap_err().code, "no-words");
    assert_eq!(stage.picture(), "He said “we ⟦will⟧ go”.");
}

#[test]
fn words_of_a_quotation_that_is_marked_can_be_marked_alone() {
    let mut stage = Stage::new(Extent::Quotation, "He said “we ⟪will⟫ go”.");
    stage.press("quote").unwrap();
    stage.select("He said “we will ⟪go⟫”.");
    stage.press("quote").unwrap();
    assert_eq!(stage.picture(), "He said “⟦we will ⟦go⟧⟧”.");
}

#[test]
fn the_extent_is_part_of_the_codebook() {
    let mut stage = Stage::new(Extent::Words, "He said “we ⟪will⟫ go”.");
    let mut quote = stage.session.scene().codebook().label(&LabelId::new("quote").unwrap()).unwrap().clone();
    quote.extent = Extent::QuotationWithMarks;
    stage.run(&Command::Codebook(CodebookCommand::PutLabel(Box::new(quote)))).unwrap();
    stage.press("quote").unwrap();
    assert_eq!(stage.picture(), "He said ⟦“we will go”⟧.");
}

#[test]
fn the_selection_grows_to_the_quotation_and_outwards() {
    let mut stage = Stage::new(Extent::Quotation, "“She said, ‘I d|o not,’ and left.” Then.");
    let words = |stage: &Stage| {
        let scene = stage.session.scene();
        scene.selection().unwrap().slice(scene.text().unwrap()).unwrap().to_owned()
    };
    for expected in ["I do not,", "‘I do not,’", "She said, ‘I do not,’ and left.", "“She said, ‘I do not,’ and left.”"]
    {
        stage.run(&Command::Select(Select::Quotation)).unwrap();
        assert_eq!(words(&stage), expected);
    }
    assert_eq!(stage.run(&Command::Select(Select::Quotation)).unwrap_err().code, "no-quotation");
}

/// What people have marked in the sample is what the key marks there, whether they took the last comma along or not.
#[test]
fn the_direct_quotes_of_the_sample_come_out_as_they_stand_there() {
    let (folder, mut project, _) = store::open(&root::root().join("projects/harbour-bridge")).unwrap();
    let articles: Vec<_> = project.articles().map(|(id, _)| id.clone()).collect();
    let (form, direct) = (AttributeId::new("form").unwrap(), Value::Choice(ChoiceId::new("direct").unwrap()));
    let mut count = 0;
    for article in articles {
        folder.read_article(&mut project, &article).unwrap();
        let text = project.text(&article).unwrap();
        let layers = project.layers(&article).filter_map(|(annotator, _)| project.layer(&article, annotator));
        let quotes = layers
            .flat_map(pressmark::model::Layer::annotations)
            .filter(|(_, mark)| mark.label.as_str() == "quote" && mark.attributes.get(&form) == Some(&direct));
        for (_, quote) in quotes {
            for fragment in quote.fragments.iter() {
                let word = word_at(text, fragment.start());
                let parts = passage_around(text, word).unwrap_or_default();
                let bare = |range: ByteRange| text[range.as_range()].trim_matches(|c: char| !c.is_alphanumeric());
                let found: Vec<_> = parts.iter().map(|part| bare(part.inner)).collect();
                assert_eq!(found, quote.fragments.iter().map(bare).collect::<Vec<_>>());
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count} fragments");
}
