//! What other programs change in the folder while a project is open, and the folder itself going away.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use pressmark::{
    command::{
        Command, MarkRef, Show,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        project::ProjectCommand,
    },
    model::{ArticleId, Layer, LayerSlot},
    runner::{Gathered, Runner, State},
    session::Run,
};

use crate::stage::{begun, mark, on_disk};

/// Has the folder looked at, and brings in what was found; gives what was told of it.
fn look(runner: &mut Runner) -> Vec<String> {
    runner.flush().unwrap();
    runner.look_outside();
    for _ in 0..2_000 {
        if runner.bring_in().contains(&Show::WasChangedOutside) {
            return runner.diagnostics().iter().map(ToString::to_string).collect();
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("nothing was brought in: {:?}", runner.diagnostics());
}

/// The only layer of an annotator.
fn layer_of(folder: &Path, annotator: &str) -> PathBuf {
    let mut files = fs::read_dir(folder.join("layers").join(annotator)).unwrap();
    files.next().unwrap().unwrap().path()
}

fn rewrite(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

fn note(runner: &mut Runner, text: &str) {
    runner.run(&Command::Mark(Mark::Note(text.to_owned()), MarkRef::Picked)).unwrap();
}

/// What each mark of an annotator in the open article says: label, note, and `!` for a flag.
fn marks(runner: &Runner, annotator: &str) -> Vec<String> {
    let project = runner.session().project();
    let article = runner.session().focus().article.clone().unwrap();
    let layer = project.layer(&article, &annotator.parse().unwrap());
    let mut marks: Vec<String> = layer
        .into_iter()
        .flat_map(Layer::annotations)
        .map(|(_, mark)| {
            let note = mark.note.lines().next().unwrap_or_default();
            format!("{} {note}{}", mark.label, if mark.flag.is_some() { "!" } else { "" })
        })
        .collect();
    marks.sort();
    marks
}

#[test]
fn what_others_mark_and_add_and_remove_appears_while_the_project_is_open() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut ana = begun(&folder, "Ana");
    mark(&mut ana, "The toll").unwrap();
    ana.flush().unwrap();
    let mut ben = begun(&folder, "Ben");
    mark(&mut ben, "drivers").unwrap();
    let second = NewArticle { text: "Rain all day.".to_owned(), ..NewArticle::default() };
    let added: ArticleId = ben.add(Gathered { articles: vec![second], diagnostics: vec![] }).added[0].clone();
    ben.flush().unwrap();
    let told = look(&mut ana);
    assert_eq!(told, ["Ben’s marks in 1 article were read again", "1 article was added by another program"]);
    assert_eq!((marks(&ana, "ana"), marks(&ana, "ben")), (vec!["claim ".to_owned()], vec!["claim ".to_owned()]));
    assert!(ana.session().project().article(&added).is_some());
    ana.run(&Command::Article(ArticleCommand::Open(added.clone()))).unwrap();
    ben.run(&Command::Article(ArticleCommand::Remove(added.clone()))).unwrap();
    ben.flush().unwrap();
    assert_eq!(look(&mut ana), ["1 article was removed by another program"]);
    let project = ana.session().project();
    assert!(project.article(&added).is_none());
    assert_ne!(ana.session().focus().article, Some(added), "it is not looked at any more");
    // One can go on, and nothing of it is lost.
    ana.run(&Command::Article(ArticleCommand::Next)).unwrap();
    mark(&mut ana, "unfair").unwrap();
    ana.flush().unwrap();
    assert_eq!(&on_disk(&folder), ana.session().project());
}

#[test]
fn an_own_layer_that_was_changed_outside_has_both_changes_then() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.flush().unwrap();
    rewrite(&layer_of(&folder, "ana"), "label: \"claim\"", "label: \"quote\"");
    note(&mut runner, "mine");
    mark(&mut runner, "drivers").unwrap();
    runner.flush().unwrap();
    // Once or twice, as the writing of the two changes falls.
    let told = runner.diagnostics();
    assert!(!told.is_empty() && told.iter().all(|told| told.code == "merged"), "{told:?}");
    assert_eq!(look(&mut runner), ["Your marks in 1 article were changed by another program, and read again"]);
    assert_eq!(marks(&runner, "ana"), ["claim ", "quote mine"]);
    // Undo goes back over what was done here as far as it is so still, and says so where it is not.
    runner.run(&Command::Undo).unwrap();
    assert_eq!(runner.run(&Command::Undo).unwrap_err().code, "changed-since");
    runner.flush().unwrap();
    drop(runner);
    assert_eq!(marks(&begun(&folder, "Ana"), "ana"), ["quote mine"]);
}

#[test]
fn several_saves_before_a_look_lose_nothing_of_what_was_changed_outside() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.flush().unwrap();
    rewrite(&layer_of(&folder, "ana"), "label: \"claim\"", "label: \"quote\"");
    for text in ["one", "two", "three"] {
        note(&mut runner, text);
        runner.flush().unwrap();
    }
    look(&mut runner);
    assert_eq!(marks(&runner, "ana"), ["quote three"]);
}

#[test]
fn what_was_changed_differently_here_and_outside_is_kept_twice() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    note(&mut runner, "first");
    runner.flush().unwrap();
    rewrite(&layer_of(&folder, "ana"), "note: \"first\"", "note: \"theirs\"");
    note(&mut runner, "mine");
    runner.flush().unwrap();
    let told: Vec<String> = runner.diagnostics().iter().map(|told| told.code.to_string()).collect();
    assert_eq!(told, ["merged", "kept-twice"]);
    look(&mut runner);
    assert_eq!(marks(&runner, "ana"), ["claim mine", "claim theirs!"]);
    assert_eq!(&on_disk(&folder), runner.session().project());
}

#[test]
fn a_layer_in_two_versions_is_left_alone_and_said_to_be_that() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.flush().unwrap();
    let layer = layer_of(&folder, "ana");
    let label = "            label: \"claim\",\n";
    rewrite(&layer, label, &format!("<<<<<<< HEAD\n{label}=======\n            label: \"quote\",\n>>>>>>> home\n"));
    let both = fs::read(&layer).unwrap();
    let told = look(&mut runner);
    assert!(told[0].starts_with("Version control has left two versions in this file"), "{told:?}");
    assert!(told[0].contains("line 7"), "{told:?}");
    assert_eq!(mark(&mut runner, "drivers").unwrap_err().code, "not-read");
    drop(runner);
    assert_eq!(fs::read(&layer).unwrap(), both);
    let done = pressmark::store::merge_project(&folder).unwrap();
    assert_eq!((done.files.len(), done.found[0].code.as_ref()), (1, "kept-twice"));
    let labels: Vec<String> = marks(&begun(&folder, "Ana"), "ana").iter().map(|mark| mark[..5].to_owned()).collect();
    assert_eq!(labels, ["claim", "quote"]);
}

#[test]
fn a_codebook_from_outside_holds_from_then_on() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.flush().unwrap();
    rewrite(&folder.join("codebook.ron"), "name: \"Claim\"", "name: \"Assertion\"");
    assert_eq!(look(&mut runner), ["The codebook was changed by another program, and read again"]);
    let project = runner.session().project();
    assert_eq!(project.codebook().label(&"claim".parse().unwrap()).unwrap().name, "Assertion");
    assert_eq!(marks(&runner, "ana"), ["claim "]);
    mark(&mut runner, "drivers").unwrap();
    runner.flush().unwrap();
    assert_eq!(&on_disk(&folder), runner.session().project());
}

#[test]
fn what_was_written_here_is_nothing_new() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.flush().unwrap();
    let layer = layer_of(&folder, "ana");
    let own =
        [layer.clone(), folder.join("project.ron"), folder.join(".pressmark/lock-ana"), folder.join("history/ana")];
    let notice = runner.notice();
    assert!(!notice.changed(&own));
    rewrite(&layer, "claim", "quote");
    assert!(notice.changed(&own));
    // Version control may write the same bytes again.
    look(&mut runner);
    fs::write(&layer, fs::read(&layer).unwrap()).unwrap();
    runner.look_outside();
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(runner.bring_in(), []);
    assert_eq!(runner.diagnostics(), []);
}

#[test]
fn work_is_kept_while_the_folder_is_gone_and_saved_when_it_is_back() {
    let place = tempfile::tempdir().unwrap();
    let (folder, elsewhere) = (place.path().join("p"), place.path().join("elsewhere"));
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.flush().unwrap();
    fs::rename(&folder, &elsewhere).unwrap();
    mark(&mut runner, "drivers").unwrap();
    assert_eq!(runner.flush().unwrap_err().code, "folder-gone");
    runner.look_outside();
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(runner.bring_in(), [], "nothing is taken for removed");
    assert_eq!((runner.state(), marks(&runner, "ana").len(), folder.exists()), (State::Failed, 2, false));
    fs::rename(&elsewhere, &folder).unwrap();
    runner.flush().unwrap();
    assert_eq!(runner.state(), State::Saved);
    assert_eq!(&on_disk(&folder), runner.session().project());
}

#[test]
fn a_folder_that_was_deleted_is_not_made_again() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    runner.flush().unwrap();
    fs::remove_dir_all(&folder).unwrap();
    mark(&mut runner, "The toll").unwrap();
    assert_eq!(runner.flush().unwrap_err().code, "folder-gone");
    assert_eq!(marks(&runner, "ana").len(), 1);
    drop(runner);
    assert!(!folder.exists());
}

#[test]
fn a_layer_that_is_deleted_outside_is_gone_here_too() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("p");
    let mut runner = begun(&folder, "Ana");
    mark(&mut runner, "The toll").unwrap();
    runner.run(&Command::Project(ProjectCommand::WorkAs("Ben".to_owned()))).unwrap();
    mark(&mut runner, "drivers").unwrap();
    runner.flush().unwrap();
    fs::remove_file(layer_of(&folder, "ana")).unwrap();
    look(&mut runner);
    let article = runner.session().focus().article.clone().unwrap();
    let layers: Vec<_> = runner.session().project().layers(&article).collect();
    assert!(matches!(layers.as_slice(), [(by, LayerSlot::Read(_))] if by.as_str() == "ben"), "{layers:?}");
}
