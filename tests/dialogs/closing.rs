//! Leaving with work that is not saved, going on elsewhere, and restoring a backup: what each card wishes for.

use egui::{Key, vec2};
use egui_kittest::kittest::Queryable;
use pressmark::{
    command::Ask,
    diagnostic::Diagnostic,
    ui::{
        theme::Mode,
        wish::{Choice, Wish},
    },
};

use crate::stage::{Scenery, click, dialogs, press, show, usual, wishes, write};

fn full_disk() -> Diagnostic {
    Diagnostic::error("disk-full", "Can’t write it: the disk is full")
        .at_path("/media/stick/harbour-bridge/history/ana/2026-11.ron")
        .hint("Make room on the disk and save again")
}

fn asked(harness: &mut egui_kittest::Harness<'static, Scenery>, changes: usize) {
    harness.state_mut().dialogs.ask_unsaved(changes, Some(full_disk()));
    harness.run();
}

#[test]
fn unsaved_work_is_left_only_where_the_user_says_so() {
    let by_name =
        |name: &'static str| move |harness: &mut egui_kittest::Harness<'static, Scenery>| click(harness, name);
    let by_key = |key: Key| move |harness: &mut egui_kittest::Harness<'static, Scenery>| press(harness, key);
    type Act = Box<dyn Fn(&mut egui_kittest::Harness<'static, Scenery>)>;
    let cases: Vec<(Act, Wish, bool)> = vec![
        (Box::new(by_name("Try again")), Wish::SaveNow, true),
        (Box::new(by_key(Key::Enter)), Wish::SaveNow, true),
        (Box::new(by_name("Save elsewhere…")), Wish::Ask(Ask::SaveElsewhere), false),
        (Box::new(by_name("Leave without saving")), Wish::LeaveUnsaved, false),
        (Box::new(by_name("Cancel")), Wish::Stay, false),
        (Box::new(by_key(Key::Escape)), Wish::Stay, false),
    ];
    for (act, wish, stays) in cases {
        let mut harness = usual();
        asked(&mut harness, 3);
        harness.get_by_label("3 changes are only in this window");
        harness.get_by_label("Can’t write it: the disk is full");
        harness.get_by_label("Make room on the disk and save again");
        harness.get_by_label("/media/stick/harbour-bridge/history/ana/2026-11.ron");
        act(&mut harness);
        assert_eq!(wishes(&mut harness), std::slice::from_ref(&wish));
        assert_eq!(harness.state().dialogs.is_open(), stays, "{wish:?}");
    }
}

#[test]
fn the_card_goes_by_itself_when_everything_is_saved() {
    let mut harness = usual();
    asked(&mut harness, 1);
    harness.get_by_label("1 change is only in this window");
    asked(&mut harness, 2);
    harness.get_by_label("2 changes are only in this window");
    harness.state_mut().dialogs.stop_asking_unsaved();
    harness.run();
    assert!(!harness.state().dialogs.is_open());
    assert_eq!(wishes(&mut harness), []);
}

#[test]
fn it_is_saved_again_by_a_command() {
    let mut harness = usual();
    harness.state_mut().with(|dialogs, ctx, _, _| dialogs.open(&Ask::Save, ctx));
    harness.run();
    assert_eq!(wishes(&mut harness), [Wish::SaveNow]);
}

#[test]
fn everything_goes_to_a_new_folder() {
    let mut harness = usual();
    harness.state_mut().with(|dialogs, ctx, _, _| dialogs.open(&Ask::SaveElsewhere, ctx));
    harness.run();
    // What becomes of the unsaved changes is not asked again while this is.
    asked(&mut harness, 3);
    click(&mut harness, "Choose…");
    assert_eq!(wishes(&mut harness), [Wish::Choose(Choice::FolderForProject)]);
    harness.state_mut().dialogs.chosen(Choice::FolderForProject, vec!["/home/ana".to_owned()]);
    harness.run();
    harness.get_by_label("Creates the folder /home/ana/harbour-bridge");
    write(&mut harness, "Name", "Bridge 2");
    click(&mut harness, "Save there");
    assert_eq!(wishes(&mut harness), [Wish::SaveElsewhere { to: "/home/ana/bridge-2".to_owned() }]);
    assert!(!harness.state().dialogs.is_open());
}

#[test]
fn a_backup_is_restored_into_a_new_folder() {
    let mut harness = usual();
    harness.state_mut().with(|dialogs, ctx, _, _| dialogs.open(&Ask::RestoreBackup, ctx));
    harness.run();
    assert_eq!(wishes(&mut harness), [Wish::ListBackups]);
    let days = vec!["2026-11-30".to_owned(), "2026-11-28".to_owned()];
    harness.state_mut().with(|dialogs, ctx, _, _| dialogs.offer_backups(days, ctx));
    harness.run();
    write(&mut harness, "Folder", "/home/ana");
    harness.get_by_label("Creates the folder /home/ana/harbour-bridge-of-2026-11-30");
    click(&mut harness, "2026-11-28");
    click(&mut harness, "Restore");
    let to = "/home/ana/harbour-bridge-of-2026-11-28".to_owned();
    assert_eq!(wishes(&mut harness), [Wish::RestoreBackup { day: "2026-11-28".to_owned(), to }]);
}

#[test]
fn the_cards_can_be_looked_at() {
    for (mode, name) in [(Mode::Light, "light"), (Mode::Dark, "dark")] {
        let (mut harness, camera) = dialogs(mode, vec2(1280.0, 800.0));
        asked(&mut harness, 3);
        show(&harness, &camera, &format!("unsaved-{name}"));
        harness.state_mut().with(|dialogs, ctx, _, _| dialogs.open(&Ask::SaveElsewhere, ctx));
        harness.run();
        harness.run();
        show(&harness, &camera, &format!("save-elsewhere-{name}"));
        let days = (20..27).rev().map(|day| format!("2026-11-{day}")).collect();
        harness.state_mut().with(|dialogs, ctx, _, _| dialogs.offer_backups(days, ctx));
        harness.run();
        show(&harness, &camera, &format!("backups-{name}"));
    }
}
