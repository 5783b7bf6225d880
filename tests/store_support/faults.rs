//! Every call that writes, of everything that writes, fails in turn: afterwards there is the old state or the new one,
//! what was acknowledged is there, and nothing is left lying about.

use std::{fs, sync::Arc};

use pressmark::{
    command::{Command, article::ArticleCommand, correct::CorrectText},
    format::{ExportOptions, Format},
    jobs::Progress,
    model::{
        edit::{Change, Home},
        id::CountingMint,
        *,
    },
    session::Session,
    store,
    text::{ByteRange, Fragments, Text, hash},
};

use super::{
    support::{Place, article_named, name, small, uid},
    trial::{Trial, changing, check, made, opened, opened_with_files, sound},
};

/// A mark of Ana's in the article in which she has none yet.
fn new_mark(project: &Project) -> Vec<Change> {
    let article = article_named(project, "Drivers to pay");
    let text = project.text(&article).unwrap().as_str().to_owned();
    let mark = super::support::mark("claim", &text, "214 million");
    vec![Change::Annotation {
        article,
        annotator: name("ana"),
        id: AnnotationId(uid(900)),
        before: None,
        after: Some(Arc::new(mark)),
    }]
}

/// Takes the label of every mark away, with the marks.
fn label_removed(project: &Project) -> Vec<Change> {
    let mut after = (**project.codebook()).clone();
    after.labels.retain(|label| label.id.as_str() != "claim");
    after.version += 1;
    let mut changes = vec![Change::Codebook { before: project.codebook().clone(), after: Arc::new(after) }];
    for (article, _) in project.articles() {
        for (annotator, slot) in project.layers(article) {
            let LayerSlot::Read(layer) = slot else { panic!("everything is read") };
            for (id, mark) in layer.annotations() {
                changes.push(Change::Annotation {
                    article: article.clone(),
                    annotator: annotator.clone(),
                    id,
                    before: Some(mark.clone()),
                    after: None,
                });
            }
        }
    }
    changes
}

fn article_added(_: &Project) -> Vec<Change> {
    let text = Text::from("A new one.\n");
    let id = ArticleId::of("New", text.as_str());
    let story: StoryId = name("ferry");
    let metadata = Metadata { title: "New".to_owned(), story: Some(story.clone()), ..Metadata::default() };
    let article = Article { metadata, loaded: vec![], fingerprint: hash::fingerprint(text.as_str()), words: 3 };
    vec![
        Change::Story { id: story, before: None, after: Some(Arc::new(Story { name: "Ferry".to_owned() })) },
        Change::Article { id, before: None, after: Some(Arc::new(article)), text: Some(text) },
    ]
}

pub fn article_removed(project: &Project) -> Vec<Change> {
    let id = article_named(project, "Council backs toll");
    let mut changes = Vec::new();
    for (annotator, slot) in project.layers(&id) {
        let LayerSlot::Read(layer) = slot else { panic!("everything is read") };
        changes.extend(layer.annotations().map(|(mark, annotation)| Change::Annotation {
            article: id.clone(),
            annotator: annotator.clone(),
            id: mark,
            before: Some(annotation.clone()),
            after: None,
        }));
    }
    let (before, text) = (project.article(&id).cloned(), project.text(&id).cloned());
    changes.push(Change::Article { id, before, after: None, text });
    changes
}

fn link_added(project: &Project) -> Vec<Change> {
    let (one, two) = (article_named(project, "Council backs toll"), article_named(project, "Drivers to pay"));
    let mut changes = new_mark(project);
    let member = |role: &str, article: &ArticleId, id| Member {
        role: name(role),
        target: Target { article: article.clone(), item: Item::Annotation(AnnotationId(uid(id))) },
    };
    let relation = Relation::new(name("same"), vec![member("one", &one, 0), member("other", &two, 900)]);
    changes.push(Change::Relation {
        home: Home::Links,
        annotator: name("ana"),
        id: RelationId(uid(901)),
        before: None,
        after: Some(Arc::new(relation)),
    });
    changes
}

/// Says of words of both articles that they are not the same statement.
fn rejected(project: &Project) -> Vec<Change> {
    let side = |title: &str, words: &str| {
        let article = article_named(project, title);
        let text = project.text(&article).unwrap();
        let start = text.find(words).unwrap();
        let place = Fragments::one(ByteRange::new(start, start + words.len())).unwrap();
        FormerWords::of(article, &place, text)
    };
    let rejection = Rejection { one: side("Council backs toll", "214"), other: side("Drivers to pay", "214") };
    let (id, after) = (RejectionId(uid(902)), Some(Arc::new(rejection)));
    vec![Change::Rejection { annotator: name("ana"), id, before: None, after }]
}

/// Corrects the text of the article that both have marked, as the program does.
pub fn text_corrected(text: &'static str) -> impl Fn(&Project) -> Vec<Change> {
    move |project| {
        let article = article_named(project, "Council backs toll");
        let correct = CorrectText { article, text: text.to_owned(), loaded: None, prepared: None };
        let session = Session::new(project.clone());
        let planned = session.plan(&Command::Article(ArticleCommand::Correct(correct)), &mut CountingMint::default());
        planned.unwrap().plan().changes.clone()
    }
}

#[test]
fn a_text_is_corrected_with_everybodys_marks_or_not_at_all() {
    // Ben’s mark moves, Ana’s stands where it stood among other words.
    let text = "“We have put this off,” Mayor Ines Calder said.\n\nNow a toll – 214 millio – is unfair.\n";
    check(made, changing(text_corrected(text)), opened_with_files);
}

#[test]
fn what_a_correction_loses_is_set_aside_with_it_or_not_at_all() {
    let text = "“We have put this off,” Mayor Ines Calder said.\n\nWho would pay for it, nobody knew.\n";
    check(made, changing(text_corrected(text)), opened_with_files);
}

#[test]
fn a_mark_is_there_or_not() {
    check(made, changing(new_mark), opened);
}

#[test]
fn what_is_rejected_is_there_or_not() {
    check(made, changing(rejected), opened);
}

#[test]
fn a_label_is_removed_from_every_layer_or_from_none() {
    check(made, changing(label_removed), opened);
}

#[test]
fn an_article_comes_with_its_story_or_not_at_all() {
    check(made, changing(article_added), opened);
}

#[test]
fn an_article_goes_with_its_layers_or_not_at_all() {
    check(made, changing(article_removed), opened);
}

#[test]
fn a_relation_across_articles_comes_with_its_mark_or_not_at_all() {
    check(made, changing(link_added), opened);
}

#[test]
fn a_project_is_made_whole_or_not_at_all() {
    let make = |trial: &Trial<'_>| {
        trial.begin();
        store::create_on(&trial.disk, &trial.path("p"), &small()).map(drop)
    };
    let state = |place: &Place| {
        let state = opened(place);
        if state.is_none() {
            // Whatever is left of it is in nobody's way.
            made(place);
        }
        // The next project that is made beside it clears away what was left of this one.
        store::create_on(&sound(), &place.path("q"), &small()).unwrap();
        state
    };
    check(|_| (), make, state);
}

#[test]
fn a_packed_project_is_there_whole_or_not_at_all() {
    let pack = |trial: &Trial<'_>| {
        let folder = store::open_on(&trial.disk, &trial.path("p")).unwrap().0;
        trial.begin();
        folder.pack(&trial.path("one.ron"), &Progress::default()).map(drop)
    };
    let state = |place: &Place| {
        // The next packing clears away what was left of this one.
        store::open_on(&sound(), &place.path("p"))
            .unwrap()
            .0
            .pack(&place.path("other.ron"), &Progress::default())
            .unwrap();
        fs::read_to_string(place.path("one.ron")).ok()
    };
    check(made, pack, state);
}

#[test]
fn a_project_is_unpacked_whole_or_not_at_all() {
    let prepare = |place: &Place| {
        store::create_on(&sound(), &place.path("q"), &small())
            .unwrap()
            .pack(&place.path("one.ron"), &Progress::default())
            .unwrap();
    };
    let unpack = |trial: &Trial<'_>| {
        trial.begin();
        store::unpack_on(&trial.disk, &trial.path("one.ron"), &trial.path("p"))
    };
    let state = |place: &Place| {
        let state = opened(place);
        // The next unpacking clears away what was left of this one.
        store::unpack_on(&sound(), &place.path("one.ron"), &place.path("r")).unwrap();
        state
    };
    check(prepare, unpack, state);
}

#[test]
fn an_export_is_there_whole_or_not_at_all() {
    let format = Format::named("jsonl").unwrap();
    let export = |trial: &Trial<'_>| {
        let (folder, project, _) = store::open_on(&trial.disk, &trial.path("p")).unwrap();
        trial.begin();
        folder
            .export_file(&project, (format, &ExportOptions::default()), &trial.path("all.jsonl"), &Progress::default())
            .map(drop)
            .map_err(|mut why| why.remove(0))
    };
    let state = |place: &Place| {
        let (folder, project, _) = store::open_on(&sound(), &place.path("p")).unwrap();
        folder
            .export_file(
                &project,
                (format, &ExportOptions::default()),
                &place.path("other.jsonl"),
                &Progress::default(),
            )
            .unwrap();
        fs::read_to_string(place.path("all.jsonl")).ok()
    };
    check(made, export, state);
}
