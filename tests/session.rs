//! The session without a disk: random runs of commands, taken back and brought again.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "session_support/correcting.rs"]
mod correcting;
#[path = "session/losses.rs"]
mod losses;
#[path = "session/panes.rs"]
mod panes;
#[path = "session/relating.rs"]
mod relating;

use pressmark::{
    command::{
        Command, Effect, MarkRef, PaneId, RelationRef,
        article::{ArticleCommand, NewArticle},
        codebook::{CodebookCommand, Fate},
        correct::CorrectText,
        layer::LayerCommand,
        mark::{BoundaryMove, Edge, Mark},
        project::ProjectCommand,
        relate::{Filling, Relate, Which},
        select::Select,
        set_aside::{AsideRef, SetAsideCommand},
    },
    model::{id::CountingMint, *},
    query::{SpanIndex, is_incomplete},
    session::Session,
    store,
};
use proptest::prelude::*;

/// What was counted is known on when its article is no longer in memory; under another codebook it is not.
#[test]
fn incomplete_marks_of_released_articles_are_known_until_the_codebook_changes() {
    let mut mint = CountingMint::default();
    let mut session = begun(&mut mint);
    let article = session.focus().article.clone().unwrap();
    session.run(&Command::Select(Select::To { anchor: 0, head: 4 }), &mut mint).unwrap();
    session.run(&Command::Mark(Mark::Label(LabelId::new("stance").unwrap()), MarkRef::Picked), &mut mint).unwrap();
    let known = session.incomplete(&article);
    assert!(known.is_some_and(|n| n > 0), "{known:?}");
    session.load(|project| project.release(&article));
    assert_eq!(session.incomplete(&article), known);
    let mut codebook = (**session.project().codebook()).clone();
    codebook.guidelines.push('!');
    session.run(&Command::Codebook(CodebookCommand::Guidelines(codebook.guidelines)), &mut mint).unwrap();
    assert_eq!(session.incomplete(&article), None);
}

const TEXTS: [&str; 3] = [
    "“We have put this off,” she said 👩‍👩‍👧, “and the bridge\ncounts.”\n\nIts cables e\u{301} will go.",
    "مكالمة: the toll — 橋の料金 is unfair.\n\nHe said so; 𝒻ive times.",
    "One two three four five six seven eight nine ten. Eleven twelve.",
];

/// What a random command is made of: which one, and three numbers that choose among what there is.
type Draw = (u8, usize, usize, usize);

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_retraces_every_state_and_redo_arrives_again(
        draws in prop::collection::vec((0u8..63, 0usize..1000, 0usize..1000, 0usize..1000), 1..80)
    ) {
        let mut mint = CountingMint::default();
        let mut session = begun(&mut mint);
        // Every state on the line of history, and where on it the session is.
        let mut line = vec![session.project().clone()];
        let mut here = 0;
        for draw in draws {
            let command = command(&session, draw);
            let before = session.project().clone();
            let done = session.history().done().len();
            match (session.run(&command, &mut mint), &command) {
                (Err(why), _) => {
                    prop_assert_eq!(session.project(), &before, "{:?} was refused", command);
                    // Whoever plans a change sees to what hangs on it.
                    prop_assert!(!["still-related", "wrong-filler", "no-such-member", "stale-change", "unknown-article"].contains(&&*why.code)
                        || matches!(command, Command::Relate(_)), "{:?}: {}", command, why);
                }
                (Ok(_), Command::Undo) => {
                    here -= 1;
                    prop_assert_eq!(session.project(), &line[here]);
                }
                (Ok(_), Command::Redo) => {
                    here += 1;
                    prop_assert_eq!(session.project(), &line[here]);
                }
                (Ok(effects), _) => {
                    let saved = effects.iter().any(|e| matches!(e, Effect::Save(..)));
                    prop_assert_eq!(saved, session.history().done().len() == done + 1, "{:?}", command);
                    if saved {
                        line.truncate(here + 1);
                        line.push(session.project().clone());
                        here += 1;
                    }
                    prop_assert_eq!(session.project(), &line[here], "{:?}", command);
                }
            }
            holds_together(&session)?;
        }
        while session.run(&Command::Undo, &mut mint).is_ok() {
            here -= 1;
            prop_assert_eq!(session.project(), &line[here]);
            holds_together(&session)?;
        }
        prop_assert_eq!(here, 0);
        while session.run(&Command::Redo, &mut mint).is_ok() {
            here += 1;
            prop_assert_eq!(session.project(), &line[here]);
            holds_together(&session)?;
        }
        prop_assert_eq!(here + 1, line.len());
    }
}

/// Two articles and two annotators; the news codebook, and a relation that takes relations; some of everything marked.
fn begun(mint: &mut CountingMint) -> Session {
    let mut codebook = store::codebook("news").unwrap();
    codebook.targets = vec!["the toll".to_owned()];
    codebook.relations.push(about(0));
    let mut session = Session::new(Project::new("Toll", codebook));
    let article = |text: &str| NewArticle { text: text.to_owned(), ..NewArticle::default() };
    let work_as = |who: &str| Command::Project(ProjectCommand::WorkAs(who.to_owned()));
    let all: Vec<NewArticle> = TEXTS[..2].iter().copied().map(article).collect();
    let start = [work_as("Ben"), work_as("Ana"), Command::Article(ArticleCommand::AddAll(all))];
    start.iter().for_each(|command| drop(session.run(command, mint).unwrap()));
    for _ in 0..2 {
        mark_some(&mut session, mint);
    }
    // Begin with nothing to undo.
    let (project, focus) = (session.project().clone(), session.focus().clone());
    let mut session = Session::new(project);
    session.run(&work_as("Ana"), mint).unwrap();
    session.run(&Command::Article(ArticleCommand::Open(focus.article.unwrap())), mint).unwrap();
    session
}

/// Opens the next article, marks some words, and relates the marks to each other and to the other article's.
fn mark_some(session: &mut Session, mint: &mut CountingMint) {
    let mut run = |session: &mut Session, command: Command| drop(session.run(&command, mint).unwrap());
    let other = session.focus().article.clone();
    run(session, Command::Article(ArticleCommand::Next));
    for (at, label) in ["quote", "source", "cue", "claim", "stance"].into_iter().enumerate() {
        run(session, Command::Select(Select::Characters { start: at * 6, end: at * 6 + 11 }));
        run(session, Command::Mark(Mark::Label(name(label)), MarkRef::Picked));
    }
    let annotator = session.annotator().unwrap().clone();
    let marks = |session: &Session, article: &ArticleId| -> Vec<AnnotationId> {
        session.project().layer(article, &annotator).unwrap().annotations().map(|(id, _)| id).collect()
    };
    let make = |kind: &str, members: Vec<(&str, MarkRef)>| {
        let members = members.into_iter().map(|(role, mark)| (name(role), mark)).collect();
        Command::Relate(Relate::Make { kind: name(kind), members, attributes: vec![], note: String::new() })
    };
    let here = session.focus().article.clone().unwrap();
    let ids = marks(session, &here);
    let mark = |n: usize| MarkRef::Id(ids[n]);
    run(session, make("attribution", vec![("quote", mark(0)), ("source", mark(1)), ("cue", mark(2))]));
    let attribution = MarkRef::RelationOf { kind: name("attribution"), mark: Box::new(mark(0)) };
    run(session, make("about", vec![("what", attribution), ("by", mark(3))]));
    run(session, make("supports", vec![("from", mark(3)), ("to", mark(4))]));
    if let Some(article) = other {
        let there = MarkRef::Elsewhere(Target { item: marks(session, &article)[3].into(), article });
        run(session, make("contradicts", vec![("one", mark(3)), ("other", there)]));
    }
}

/// A relation kind that takes an attribution, and that changes its shape with the number.
fn about(n: usize) -> RelationKind {
    let role = |id: &str, fillers: Vec<Filler>| Role {
        id: name(id),
        name: id.to_owned(),
        fillers,
        least: 0,
        most: (n % 3 == 1).then_some(1),
    };
    let mut roles = vec![
        role("what", vec![Filler::Relation(name("attribution"))]),
        role("by", vec![Filler::Label(name("claim")), Filler::Relation(name("supports"))]),
    ];
    roles.truncate(1 + usize::from(n % 4 != 2));
    RelationKind {
        id: name("about"),
        name: "About".to_owned(),
        description: String::new(),
        roles,
        across_articles: n % 5 == 4,
        attributes: vec![],
    }
}

fn name<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn of<T: Clone>(all: impl IntoIterator<Item = T>, n: usize) -> Option<T> {
    let all: Vec<T> = all.into_iter().collect();
    if all.is_empty() { None } else { Some(all[n % all.len()].clone()) }
}

/// A command that has a chance here, and now and then one that has none.
fn command(session: &Session, (which, a, b, c): Draw) -> Command {
    let chance = marking(session, (which, a, b, c)).or_else(|| relating(session, (which, a, b, c)));
    chance.or_else(|| codebook(session, (which, a, b, c))).unwrap_or(match which {
        40..45 => Command::Undo,
        45..48 => Command::Redo,
        _ => Command::Select(Select::NextMark),
    })
}

fn marking(session: &Session, (which, a, b, c): Draw) -> Option<Command> {
    let project = session.project();
    let edge = if a % 2 == 0 { Edge::Start } else { Edge::End };
    let which_mark = || if c % 3 == 0 { mark(session, b).unwrap_or_default() } else { MarkRef::Picked };
    let article = || of(project.articles().map(|(id, _)| id.clone()), b).filter(|_| c % 2 == 0);
    let step = [
        BoundaryMove::WordBack,
        BoundaryMove::WordForward,
        BoundaryMove::CharacterBack,
        BoundaryMove::CharacterForward,
    ][b % 4];
    Some(match which {
        0..6 => Command::Select(Select::Characters { start: a % 40, end: a % 40 + b % 20 }),
        6..12 => {
            Command::Mark(Mark::Label(of(project.codebook().labels.iter().map(|l| l.id.clone()), a)?), MarkRef::Picked)
        }
        12 => Command::Mark(Mark::Delete, which_mark()),
        13 => Command::Mark(Mark::Nudge { edge, by: step }, which_mark()),
        14 => Command::Mark(Mark::Drag { fragment: b % 3, edge, offset: c % 90 }, which_mark()),
        15 => Command::Mark(Mark::AddFragment, which_mark()),
        16 => Command::Mark(Mark::RemoveFragment, which_mark()),
        17 => Command::Mark(Mark::Note(["", "why", " why "][a % 3].to_owned()), which_mark()),
        18 => Command::Mark(Mark::Flag([None, Some(Flag::Flag), Some(Flag::Question)][a % 3]), which_mark()),
        19 => Command::Mark(Mark::Confidence(Some((a % 110) as u8)), which_mark()),
        20 | 21 => {
            let attributes = project.codebook().labels.iter().flat_map(|l| l.attributes.clone());
            let attribute = of(attributes, a)?;
            Command::Mark(Mark::Set { value: value(&attribute, b), attribute: attribute.id }, which_mark())
        }
        22 | 23 => Command::Select(Select::Pick(mark(session, a)?)),
        24 => {
            Command::Select([Select::NextInStack, Select::Sentence, Select::Paragraph, Select::Nothing][a % 4].clone())
        }
        25 => Command::Article(ArticleCommand::Open(of(project.articles().map(|(id, _)| id.clone()), a)?)),
        26 => Command::Layer(LayerCommand::Status([Status::ToDo, Status::InProgress, Status::Done][a % 3]), article()),
        27 => {
            let question = of(project.codebook().questions.clone(), a)?;
            let target = (b % 4 > 0).then(|| "the toll".to_owned());
            Command::Layer(
                LayerCommand::Answer { value: value(&question.attribute, c), question: question.attribute.id, target },
                article(),
            )
        }
        28 => {
            let text = TEXTS[a % TEXTS.len()].to_owned();
            let story = ["", "Toll", "toll"][b % 3].to_owned();
            Command::Article(ArticleCommand::Add(NewArticle { text, story, ..NewArticle::default() }))
        }
        60..63 => Command::Article(ArticleCommand::Correct(corrected(session, a, b)?)),
        59 => {
            let aside = of(asides(session), a)?;
            Command::SetAside(if b % 2 == 0 { SetAsideCommand::Place(aside) } else { SetAsideCommand::Remove(aside) })
        }
        29 if a % 4 == 0 => {
            Command::Article(ArticleCommand::Remove(of(project.articles().map(|(id, _)| id.clone()), b)?))
        }
        29 => Command::Article(ArticleCommand::Describe {
            article: of(project.articles().map(|(id, _)| id.clone()), b)?,
            metadata: Metadata { title: ["", "A", "B"][c % 3].to_owned(), ..Metadata::default() },
            story: Some(["", "Toll", "Rain"][a % 3].to_owned()),
        }),
        _ => return None,
    })
}

/// The text of an article with its sentences in another order, or with some of its words replaced.
fn corrected(session: &Session, a: usize, b: usize) -> Option<CorrectText> {
    let (article, text) =
        of(session.project().articles().filter_map(|(id, _)| Some((id.clone(), session.project().text(id)?))), b)?;
    let mut words: Vec<String> = text.split_inclusive(' ').map(str::to_owned).collect();
    let at = a % words.len();
    match a % 4 {
        0 => words.rotate_left(at),
        1 => words.truncate(at + 1),
        _ => words[at] = "other ".to_owned(),
    }
    Some(CorrectText { article, text: words.concat(), loaded: None, prepared: None })
}

/// What is set aside for the open article.
fn asides(session: &Session) -> Vec<AsideRef> {
    let Some((article, annotator)) = session.focus().article.as_ref().zip(session.annotator()) else { return vec![] };
    let layer = session.project().layer(article, annotator).map_or(&[][..], Layer::set_aside);
    layer.iter().chain(session.project().links_set_aside(annotator)).map(AsideRef::of).collect()
}

/// A mark of the open article, or a relation, or one of another article.
fn mark(session: &Session, n: usize) -> Option<MarkRef> {
    let (article, annotator) = (session.focus().article.as_ref()?, session.annotator()?);
    let layer = session.project().layer(article, annotator)?;
    let marks = layer.annotations().map(|(id, _)| MarkRef::Id(id));
    let relations = layer.relations().iter().map(|(id, _)| MarkRef::Relation(id));
    let elsewhere = session.project().articles().filter_map(|(other, _)| {
        let (id, _) = session.project().layer(other, annotator)?.annotations().next()?;
        Some(MarkRef::Elsewhere(Target { article: other.clone(), item: id.into() }))
    });
    of(marks.chain(relations).chain(elsewhere), n)
}

fn value(attribute: &Attribute, n: usize) -> Option<Value> {
    match n % 5 {
        0 => None,
        1 => Some(Value::Text("the toll".to_owned())),
        2 => Some(Value::YesNo(n.is_multiple_of(2))),
        _ => Some(Value::Choice(of(attribute.choices().iter().map(|c| c.id.clone()), n)?)),
    }
}

fn relating(session: &Session, (which, a, b, c): Draw) -> Option<Command> {
    let project = session.project();
    let kind = || of(project.codebook().relations.clone(), a);
    let role = |n| Some(of(kind()?.roles, n)?.id);
    let relation_id = || {
        let (article, annotator) = (session.focus().article.as_ref()?, session.annotator()?);
        let sets = [project.layer(article, annotator).map(Layer::relations), project.links(annotator)];
        let all = sets.into_iter().flatten().flat_map(|set| set.iter().map(|(id, _)| id));
        of(all, b)
    };
    let relation = || {
        let id = relation_id()?;
        let article = of(project.articles().map(|(id, _)| id.clone()), c)?;
        Some(if a % 3 == 0 { RelationRef::In { article, relation: id } } else { RelationRef::Id(id) })
    };
    let of_labels = |session: &Session, n| of(session.project().codebook().labels.clone(), n).map(|l| l.id);
    Some(Command::Relate(match which {
        30..34 => Relate::Make {
            kind: kind()?.id,
            members: [(b, c), (b + 1, c + 1), (b + 2, c / 3)]
                .into_iter()
                .filter_map(|(r, m)| Some((role(r)?, mark(session, m)?)))
                .collect(),
            attributes: vec![],
            note: String::new(),
        },
        34 | 35 => {
            let of = if a % 3 == 0 { mark(session, a)? } else { MarkRef::Picked };
            let into = [Which::First, Which::Last, Which::New, Which::This(relation_id()?)][c % 4];
            let with = match (which, b % 2) {
                (34, _) => Filling::Mark(mark(session, c)?),
                (_, 0) => Filling::Selection,
                _ => Filling::SelectionAs(of_labels(session, c)?),
            };
            Relate::Fill { of, kind: kind()?.id, role: role(b)?, with, into }
        }
        36 => Relate::Remove(relation()?),
        37 => Relate::Empty { relation: relation()?, role: role(c)?, item: mark(session, c)? },
        38 => Relate::Note { relation: relation()?, note: ["", "why"][c % 2].to_owned() },
        39 => {
            let attribute = of(kind()?.attributes, c)?;
            Relate::Set { relation: relation()?, value: value(&attribute, c), attribute: attribute.id }
        }
        _ => return None,
    }))
}

fn codebook(session: &Session, (which, a, b, c): Draw) -> Option<Command> {
    let codebook = session.project().codebook();
    let label = |n| of(codebook.labels.clone(), n);
    Some(Command::Codebook(match which {
        48 => {
            let mut changed = label(a)?;
            changed.attributes.truncate(b % 3);
            changed.key = Some(char::from(b'1' + (c % 9) as u8));
            CodebookCommand::PutLabel(Box::new(changed))
        }
        49 => {
            let id = ["irony", "rumour"][a % 2];
            let mut new = label(b)?;
            (new.id, new.name, new.key) = (name(id), id.to_owned(), None);
            CodebookCommand::PutLabel(Box::new(new))
        }
        50 => CodebookCommand::MoveLabel { label: label(a)?.id, to: b % 7 },
        51 => {
            let fate = if b % 2 == 0 { Fate::Remove } else { Fate::Relabel(label(c)?.id) };
            CodebookCommand::RemoveLabel { label: label(a)?.id, marks: fate }
        }
        52 => CodebookCommand::PutRelation(Box::new(about(a))),
        53 => {
            let mut changed = of(codebook.relations.clone(), a)?;
            changed.roles.truncate(1 + b % 3);
            changed.across_articles ^= c % 4 == 0;
            CodebookCommand::PutRelation(Box::new(changed))
        }
        54 => CodebookCommand::RemoveRelation(of(codebook.relations.clone(), a)?.id),
        55 => {
            let mut question = of(codebook.questions.clone(), a)?;
            question.for_each_target ^= b % 2 == 0;
            CodebookCommand::PutQuestion(Box::new(question))
        }
        56 => CodebookCommand::RemoveQuestion(of(codebook.questions.clone(), a)?.attribute.id),
        57 => CodebookCommand::Targets([vec![], vec!["the mayor".to_owned()]][a % 2].clone()),
        58 => CodebookCommand::Rename(["News", "Other"][a % 2].to_owned()),
        _ => return None,
    }))
}

#[test]
fn an_article_goes_with_all_that_was_said_of_it_and_comes_back_with_it() {
    let mut mint = CountingMint::default();
    let mut session = begun(&mut mint);
    let before = session.project().clone();
    let marked = session.focus().article.clone().unwrap();
    assert_eq!(session.scene().layer().unwrap().status(), Status::InProgress);
    session.run(&Command::Article(ArticleCommand::Remove(marked.clone())), &mut mint).unwrap();
    let project = session.project();
    assert_eq!((project.article(&marked), project.layers(&marked).count()), (None, 0));
    session.run(&Command::Undo, &mut mint).unwrap();
    assert_eq!(session.project(), &before);
}

#[test]
fn marks_are_found_by_place_as_soon_as_they_are_read_and_when_they_are_read_anew() {
    let mut mint = CountingMint::default();
    let mut session = begun(&mut mint);
    let here = session.focus().article.clone().unwrap();
    let ana = session.annotator().unwrap().clone();
    let to_and_fro = |session: &mut Session, mint: &mut CountingMint| {
        for step in [ArticleCommand::Previous, ArticleCommand::Next] {
            session.run(&Command::Article(step), mint).unwrap();
            holds_together(session).unwrap();
        }
    };
    to_and_fro(&mut session, &mut mint);
    session.run(&Command::Article(ArticleCommand::Previous), &mut mint).unwrap();
    let layer = session.project().layer(&here, &ana).unwrap();
    let (id, first) = layer.annotations().next().map(|(id, a)| (id, (**a).clone())).unwrap();
    let raw = load::RawLayer { annotations: vec![(id, first)], ..load::RawLayer::default() };
    session.load(|project| project.load_layer(&here, &ana, raw)).unwrap();
    session.run(&Command::Article(ArticleCommand::Next), &mut mint).unwrap();
    assert_eq!(session.index(&here, &ana).unwrap().in_order().len(), 1);
    to_and_fro(&mut session, &mut mint);
}

/// What must be so in every state: what is picked and selected is there, and the index says what the layer says.
fn holds_together(session: &Session) -> Result<(), TestCaseError> {
    let Some(article) = &session.focus().article else { return Ok(()) };
    let text = session.project().text(article);
    prop_assert!(text.is_some(), "the open article {} is gone", article);
    if let (Some((a, b)), Some(text)) = (session.focus().selection, text) {
        prop_assert!(text.is_char_boundary(a) && text.is_char_boundary(b));
    }
    let articles = session.project().articles().map(|(article, _)| article);
    for (article, (annotator, slot)) in articles.flat_map(|a| session.project().layers(a).map(move |slot| (a, slot))) {
        let LayerSlot::Read(layer) = slot else { continue };
        let (kept, fresh) = (session.index(article, annotator), SpanIndex::of(layer));
        prop_assert_eq!(kept.map(SpanIndex::in_order).unwrap_or_default(), fresh.in_order());
        if session.annotator() == Some(annotator) {
            let lacking = layer.annotations().filter(|(_, a)| is_incomplete(session.project().codebook(), a)).count();
            prop_assert_eq!(session.incomplete(article), Some(lacking));
        }
    }
    Ok(())
}
