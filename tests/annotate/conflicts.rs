//! What was changed on two sides: listed, gone through, decided.

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use pressmark::{
    command::{Command, MarkRef, View, mark::Mark},
    model::{AnnotationId, Flag, Layer},
    session::Session,
    ui::app::App,
};

use crate::stage::{click, label, mark_of, marked, opening, painted, picked, press, run, select, usual};

const TWICE: &str = "engineers warned";
const REMOVED: &str = "Owen Pryce,";

fn layer(session: &Session) -> Layer {
    session.scene().layer().cloned().unwrap_or_default()
}

fn of(app: &App) -> Layer {
    layer(app.session().expect("a project is open"))
}

/// The commands that leave what a merge leaves in the open article: a mark in two versions, and one that one side has
/// removed. `run` carries each out, and gives the layer then.
pub fn leave(mut run: impl FnMut(Command) -> Layer) -> [AnnotationId; 2] {
    let newest = |layer: Layer| layer.annotations().last().map(|(id, _)| id).expect("a mark was made");
    run(select(TWICE));
    let first = newest(run(Command::Mark(Mark::Label(label("source")), MarkRef::Picked)));
    run(Command::Mark(Mark::Note("By name".into()), MarkRef::Id(first)));
    run(select("engineers warned that"));
    let second = newest(run(Command::Mark(Mark::Label(label("claim")), MarkRef::Picked)));
    let note = format!("Another version of {first}, which was changed on two sides");
    run(Command::Mark(Mark::Note(note), MarkRef::Id(second)));
    run(Command::Mark(Mark::Flag(Some(Flag::Flag)), MarkRef::Id(second)));
    let note = "A trader\nRemoved on one side, and changed or related on the other";
    run(Command::Mark(Mark::Note(note.into()), mark_of(REMOVED)));
    [first, second]
}

#[test]
fn conflicts_are_listed_gone_through_and_decided_each_in_one_step() {
    let mut harness = usual(&marked());
    let [first, second] = leave(|command| {
        run(&mut harness, &command);
        of(harness.state())
    });
    let before = of(harness.state());
    run(&mut harness, &Command::View(View::Conflicts));
    harness.get_by_label("Conflicts · 2");
    let shown = painted(&harness);
    for line in ["1 · Source · “engineers warned” · By name", "2 · Claim · “engineers warned that”"] {
        assert!(shown.iter().any(|text| text == line), "{line}: {shown:?}");
    }
    press(&mut harness, Key::F8);
    press(&mut harness, Key::F8);
    assert_eq!(harness.state().session().unwrap().focus().picked, Some(second));

    click(&mut harness, "Keep the second version of “engineers warned”");
    let after = of(harness.state());
    let kept = after.annotation(first).unwrap();
    assert_eq!((kept.label.as_str(), kept.note.as_str(), kept.flag), ("claim", "", None));
    assert!(after.annotation(second).is_none());
    run(&mut harness, &Command::Undo);
    assert_eq!(of(harness.state()), before);

    click(&mut harness, "Keep the first version of “engineers warned”");
    let after = of(harness.state());
    assert_eq!(after.annotation(first), before.annotation(first));
    assert!(after.annotation(second).is_none());
    run(&mut harness, &Command::Undo);

    click(&mut harness, "Keep both versions of “engineers warned”");
    let after = of(harness.state());
    assert_eq!(after.annotation(first), before.annotation(first));
    let other = after.annotation(second).unwrap();
    assert_eq!((other.label.as_str(), other.note.as_str(), other.flag), ("claim", "", None));

    harness.get_by_label("Conflicts · 1");
    click(&mut harness, "Remove “Owen Pryce”");
    assert_eq!(of(harness.state()).annotation_count(), before.annotation_count() - 1);
    assert!(painted(&harness).iter().any(|text| text == "Nothing was changed on two sides"));
    run(&mut harness, &Command::Undo);
    click(&mut harness, "Keep “Owen Pryce”");
    assert_eq!(of(harness.state()).annotation_count(), before.annotation_count());
    assert!(of(harness.state()).annotations().all(|(_, mark)| !mark.note.contains("Removed on one side")));
}

#[test]
fn enter_goes_to_the_place_and_other_articles_are_opened() {
    let mut harness = usual(&marked());
    leave(|command| {
        run(&mut harness, &command);
        of(harness.state())
    });
    run(&mut harness, &Command::View(View::Conflicts));
    let other = opening(harness.state().session().expect("a project is open"), "Bridge toll passes");
    run(&mut harness, &other);
    let row = "Council backs toll to mend harbour bridge. 2 conflicts in another article";
    harness.get_by_role_and_label(Role::ListItem, row).focus();
    harness.run();
    press(&mut harness, Key::Enter);
    let rows = harness.get_all_by_role(Role::ListItem);
    rows.filter(|row| row.accesskit_node().label().is_some_and(|label| label.starts_with("Owen Pryce")))
        .for_each(|row| row.focus());
    harness.run();
    press(&mut harness, Key::Enter);
    assert!(picked(&harness).contains("Owen Pryce"), "{}", picked(&harness));
}
