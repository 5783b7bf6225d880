//! Correcting texts on a disk: what is in the files, what is found when they are opened again, and who may.

use std::fs;

use pressmark::{
    command::{
        Command,
        article::ArticleCommand,
        correct::CorrectText,
        project::ProjectCommand,
        select::Select,
        set_aside::{AsideRef, SetAsideCommand},
    },
    model::ArticleId,
    runner::Runner,
    session::Run,
};

use crate::stage::{begun, mark};

fn correct(article: &ArticleId, text: &str) -> Command {
    let (article, text) = (article.clone(), text.to_owned());
    Command::Article(ArticleCommand::Correct(CorrectText { article, text, loaded: None, prepared: None }))
}

fn open_article(runner: &Runner) -> ArticleId {
    runner.session().focus().article.clone().unwrap()
}

/// What articles and layers say.
fn files(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for below in ["articles", "layers/ana", "layers/ben"] {
        for entry in fs::read_dir(folder.join(below)).into_iter().flatten().flatten() {
            files.push((entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn what_is_lost_stays_so_until_somebody_decides_though_its_words_come_back() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    mark(&mut runner, "drivers").unwrap();
    runner.flush().unwrap();
    let (article, before) = (open_article(&runner), files(&folder));
    runner.run(&correct(&article, "The toll is unfair, many say.")).unwrap();
    runner.flush().unwrap();
    let corrected = files(&folder);
    runner.run(&Command::Undo).unwrap();
    runner.flush().unwrap();
    assert_eq!(files(&folder), before, "undo gives the former files");
    runner.run(&Command::Redo).unwrap();
    // Another correction brings a word back that looks like the lost one, among the same words.
    runner.run(&correct(&article, "The toll is unfair, drivers say!")).unwrap();
    runner.run(&Command::Undo).unwrap();
    runner.flush().unwrap();
    assert_eq!(files(&folder), corrected);
    drop(runner);

    let mut runner = begun(&folder, "Ana");
    assert_eq!(runner.diagnostics().iter().map(|d| &*d.code).collect::<Vec<_>>(), ["words-lost"]);
    assert_eq!(runner.session().scene().layer().unwrap().set_aside().len(), 1);
    // It can still be taken back, and done again.
    for (step, expected) in [(Command::Undo, &before), (Command::Redo, &corrected)] {
        runner.run(&step).unwrap();
        runner.flush().unwrap();
        assert_eq!(&files(&folder), expected, "{step:?} after a restart");
    }
    runner.run(&correct(&article, "The toll is unfair, drivers say!")).unwrap();
    runner.flush().unwrap();
    drop(runner);
    let mut runner = begun(&folder, "Ana");
    assert_eq!(runner.session().scene().layer().unwrap().set_aside().len(), 1, "nothing is guessed");
    runner.run(&Command::Select(Select::Words { words: "drivers say".to_owned(), occurrence: 1 })).unwrap();
    runner.run(&Command::SetAside(SetAsideCommand::Place(AsideRef::Words("drivers".to_owned())))).unwrap();
    runner.flush().unwrap();
    drop(runner);
    let mut runner = begun(&folder, "Ana");
    assert_eq!(runner.diagnostics(), []);
    assert_eq!(runner.session().scene().layer().unwrap().annotation_count(), 2);
    drop(runner);
    assert_eq!(pressmark::store::check_project(&folder).unwrap(), []);
}

/// What a project's journal says since some lines of it, without its word that the files have it.
fn unsaved(journal: &str, before: &str) -> String {
    let since = journal[before.len()..].lines().filter(|line| !line.starts_with("Saved("));
    format!("{before}{}", since.map(|line| format!("{line}\n")).collect::<String>())
}

#[test]
fn several_corrections_that_the_files_lack_are_carried_out_one_after_another() {
    let [alike, moved, lost, back, elsewhere] = [
        // The words that it begins with, at the same place among others of the same length.
        "The toll is unjust, drivers cry.",
        "Here the toll is unfair, drivers say.",
        "Here the toll of the bridge was called unfair by many.",
        // Its words stand there again, among others, and are not taken for it.
        "Once his toll is unfair, drivers cry.",
        "Here and now the toll of the bridge was called unfair by many.",
    ];
    let steps = |steps: &[&str]| steps.iter().map(|step| (*step).to_owned()).collect::<Vec<String>>();
    let rounds = [
        steps(&[moved, lost]),
        steps(&["mark", moved, lost]),
        steps(&[moved, "mark", lost]),
        steps(&[moved, lost, elsewhere]),
        steps(&[moved, lost, back, elsewhere]),
        steps(&["mark", moved, lost, back, elsewhere]),
        steps(&["mark", moved, lost, elsewhere, "undo", "undo"]),
        steps(&[lost, "undo", moved]),
        steps(&[lost, alike]),
        steps(&[lost, alike, "undo", moved]),
        steps(&[alike, lost]),
        steps(&[alike, lost, "undo", moved]),
        steps(&[alike, lost, "undo", "redo", moved]),
        steps(&[moved, lost, "undo", "undo", "redo", "redo"]),
    ];
    for round in rounds {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("p");
        let mut runner = begun(&folder, "Ana");
        mark(&mut runner, "drivers").unwrap();
        runner.flush().unwrap();
        let article = open_article(&runner);
        let before = files(&folder);
        let journal = fs::read_dir(folder.join("history/ana")).unwrap().flatten().map(|entry| entry.path());
        let journal = journal.filter(|path| path.extension().is_some_and(|end| end == "ron")).max().unwrap();
        let then = fs::read_to_string(&journal).unwrap();
        for step in &round {
            match &**step {
                "mark" => mark(&mut runner, "unfair").unwrap(),
                "undo" => _ = runner.run(&Command::Undo).unwrap(),
                "redo" => _ = runner.run(&Command::Redo).unwrap(),
                text => _ = runner.run(&correct(&article, text)).unwrap(),
            }
        }
        runner.flush().unwrap();
        let (after, now) = (files(&folder), fs::read_to_string(&journal).unwrap());
        // Another correction, so that the last text too is kept beside the articles.
        runner.run(&correct(&article, "Nothing of it stands.")).unwrap();
        runner.flush().unwrap();
        drop(runner);
        // As if the program had ended when the journal had everything and the files nothing of it.
        fs::write(&journal, unsaved(&now, &then)).unwrap();
        before.iter().for_each(|(path, content)| fs::write(path, content).unwrap());
        let found = Runner::open(&folder).unwrap().diagnostics().to_vec();
        let codes: Vec<_> = found.iter().map(|d| &*d.code).filter(|code| *code != "words-lost").collect();
        assert_eq!(codes, ["recovered"], "{round:?}: {found:?}");
        assert_eq!(files(&folder), after, "{round:?}");
        let found = pressmark::store::check_project(&folder).unwrap();
        assert!(found.iter().all(|d| d.code == "words-lost"), "{round:?}: {found:?}");
    }
}

#[test]
fn what_was_set_aside_and_removed_comes_back_with_all_its_words_after_a_restart() {
    let words = "The toll that the drivers of the valley are to pay from spring on is unfair";
    let breakages = [
        // A label that the codebook does not have, and words that the text does not have.
        ("label: \"claim\"", "label: \"unheard\""),
        ("from spring on is unfair", "from autumn on is unfair"),
    ];
    for (find, put) in breakages {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("p");
        let mut runner = begun(&folder, "Ana");
        let article = open_article(&runner);
        runner.run(&correct(&article, &format!("{words}, they say."))).unwrap();
        mark(&mut runner, words).unwrap();
        runner.flush().unwrap();
        drop(runner);
        let layer = folder.join(format!("layers/ana/{article}.ron"));
        let broken = fs::read_to_string(&layer).unwrap().replace(find, put);
        fs::write(&layer, &broken).unwrap();
        let mut runner = begun(&folder, "Ana");
        let aside = AsideRef::of(&runner.session().scene().layer().unwrap().set_aside()[0]);
        runner.run(&Command::SetAside(SetAsideCommand::Remove(aside))).unwrap();
        runner.flush().unwrap();
        assert!(!fs::read_to_string(&layer).unwrap().contains("drivers"));
        drop(runner);
        let mut runner = begun(&folder, "Ana");
        runner.run(&Command::Undo).unwrap();
        runner.flush().unwrap();
        assert_eq!(fs::read_to_string(&layer).unwrap(), broken);
    }
}

#[test]
fn a_text_stays_while_a_layer_can_not_be_read_or_somebody_else_works_on_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut ben = begun(&folder, "Ben");
    mark(&mut ben, "drivers").unwrap();
    ben.flush().unwrap();
    let mut ana = begun(&folder, "Ana");
    let article = open_article(&ana);
    let refused = ana.run(&correct(&article, "The toll is fair.")).unwrap_err();
    assert_eq!(refused.code, "in-use");
    assert!(refused.location.path.unwrap().ends_with(&format!("layers/ben/{article}.ron")));
    drop(ben);
    ana.run(&correct(&article, "The toll is not fair, drivers say.")).unwrap();
    ana.flush().unwrap();
    drop(ana);
    let layer = folder.join(format!("layers/ben/{article}.ron"));
    let text = fs::read_to_string(&layer).unwrap();
    fs::write(&layer, "<<<<<<< HEAD\n(").unwrap();
    let mut ana = begun(&folder, "Ana");
    let refused = ana.run(&correct(&article, "The toll is fair.")).unwrap_err();
    assert_eq!(refused.code, "not-all-read");
    assert!(refused.location.path.unwrap().ends_with(&format!("layers/ben/{article}.ron")));
    fs::write(&layer, text).unwrap();
    drop(ana);
    // Whoever is nobody yet may do it too.
    let mut runner = Runner::open(&folder).unwrap();
    runner.run(&correct(&article, "The toll is fair, drivers say.")).unwrap();
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ben".to_owned()))).unwrap();
    runner.flush().unwrap();
}
