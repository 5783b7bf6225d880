//! Two panes in one window: what is done in one leaves the other as it is.

use super::*;

/// A session in the second of two panes, each with an article of its own open and the mark picked that is given.
fn in_two_panes(mint: &mut CountingMint) -> (Session, [Target; 2]) {
    let mut session = begun(mint);
    let articles: Vec<ArticleId> = session.project().articles().map(|(id, _)| id.clone()).collect();
    let picked = [0, 1].map(|pane: u8| {
        let open = Command::Article(ArticleCommand::Open(articles[usize::from(pane)].clone()));
        for command in [in_pane(pane), open, Command::Select(Select::NextMark)] {
            session.run(&command, mint).unwrap();
        }
        session.scene().picked_target().unwrap()
    });
    (session, picked)
}

fn in_pane(pane: u8) -> Command {
    Command::Select(Select::Pane(PaneId(pane)))
}

fn annotation<'s>(session: &'s Session, mark: &Target) -> &'s Annotation {
    let Item::Annotation(id) = mark.item else { panic!("a mark is named") };
    session.project().layer(&mark.article, session.annotator().unwrap()).unwrap().annotation(id).unwrap()
}

#[test]
fn two_panes_are_edited_without_disturbing_each_other() {
    let mut mint = CountingMint::default();
    let (mut session, [one, other]) = in_two_panes(&mut mint);
    let first = session.scene_of(PaneId(0)).focus.clone();
    let nudge = Mark::Nudge { edge: Edge::End, by: BoundaryMove::CharacterForward };
    for edit in [Mark::Note("here".to_owned()), nudge.clone()] {
        session.run(&Command::Mark(edit, MarkRef::Picked), &mut mint).unwrap();
    }
    let second = session.focus().clone();
    assert_eq!((annotation(&session, &one).note.as_str(), annotation(&session, &other).note.as_str()), ("", "here"));
    assert_eq!(session.scene_of(PaneId(0)).focus, &first);
    // From the first pane the second’s mark is edited by its name, and neither looks elsewhere.
    session.run(&in_pane(0), &mut mint).unwrap();
    session.run(&Command::Mark(Mark::Flag(Some(Flag::Flag)), other.clone().into()), &mut mint).unwrap();
    session.run(&Command::Mark(nudge, MarkRef::Picked), &mut mint).unwrap();
    assert_eq!((annotation(&session, &one).flag, annotation(&session, &other).flag), (None, Some(Flag::Flag)));
    assert_eq!((session.focus().picked, session.scene_of(PaneId(1)).focus), (first.picked, &second));
    assert_eq!(session.scene().picked_target(), Some(one));
    assert_eq!(session.scene_of(PaneId(1)).picked_target(), Some(other));
}

#[test]
fn undo_looks_where_the_change_was_made() {
    let mut mint = CountingMint::default();
    let (mut session, [one, other]) = in_two_panes(&mut mint);
    session.run(&Command::Mark(Mark::Delete, MarkRef::Picked), &mut mint).unwrap();
    assert_eq!(session.scene_of(PaneId(0)).picked_target(), Some(one.clone()));
    session.run(&in_pane(0), &mut mint).unwrap();
    session.run(&Command::Undo, &mut mint).unwrap();
    assert_eq!((session.active_pane(), session.scene().picked_target()), (PaneId(1), Some(other)));
    assert_eq!(session.scene_of(PaneId(0)).picked_target(), Some(one));
}

#[test]
fn an_article_that_is_removed_leaves_every_pane_it_was_open_in() {
    let mut mint = CountingMint::default();
    let (mut session, [one, other]) = in_two_panes(&mut mint);
    session.run(&Command::Article(ArticleCommand::Remove(one.article.clone())), &mut mint).unwrap();
    assert_eq!(session.scene_of(PaneId(0)).focus.article, None);
    assert_eq!(session.focus().article, Some(other.article.clone()));
    // Both panes may show the same article.
    for command in [in_pane(0), Command::Article(ArticleCommand::Open(other.article.clone()))] {
        session.run(&command, &mut mint).unwrap();
    }
    session.run(&Command::Mark(Mark::Delete, other.clone().into()), &mut mint).unwrap();
    assert!([0, 1].iter().all(|pane| session.scene_of(PaneId(*pane)).picked().is_err()));
}
