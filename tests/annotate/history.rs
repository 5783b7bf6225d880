//! The history in the panel on the right: what was done, filtered; going back to a step and on again.

use egui::{Key, Modifiers, accesskit::Role as Part};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use pressmark::ui::app::App;

use crate::stage::{self, click, marked, press_with, usual};

/// The steps that are shown, from the top, as they are called to those who cannot see them.
fn steps(harness: &Harness<'_, App>) -> Vec<String> {
    let mut rows: Vec<_> = harness.get_all_by_role(Part::ListItem).collect();
    rows.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    let names = rows.iter().filter_map(|row| row.accesskit_node().label());
    names.filter(|name| name.contains("ana · ")).collect()
}

fn opened() -> Harness<'static, App> {
    let mut harness = usual(&marked());
    press_with(&mut harness, Modifiers::COMMAND, Key::H);
    harness
}

#[test]
fn every_step_says_what_where_by_whom_and_when() {
    let mut harness = opened();
    let names = steps(&harness);
    assert!(names[0].starts_with("Fill the role Cue, ana · Council backs toll to mend harbour bridge, "), "{names:?}");
    assert!(names.len() < 20, "only what is in view is drawn: {}", names.len());
    assert!(names.iter().any(|name| name.contains("“We have put this off for a generation,…”")), "{names:?}");
    stage::write(&mut harness, "Filter the history", "detour claim");
    let names = steps(&harness);
    assert!(names[0].starts_with("Mark as Claim, “a detour of forty minutes”, ana · Council backs toll"), "{names:?}");
    assert_eq!(names.len(), 1);
    stage::write(&mut harness, "Filter the history", "nobody wanted");
    assert_eq!(steps(&harness).len(), 1);
    click(&mut harness, "Articles of the history");
    click(&mut harness, "this article");
    assert_eq!(steps(&harness), [""; 0], "that was in another article");
    assert!(stage::painted(&harness).iter().any(|text| text == "No steps match"));
}

#[test]
fn moments_are_those_of_the_clock_on_the_wall() {
    let mut harness = opened();
    let minutes = |harness: &Harness<'_, App>| -> Vec<i32> {
        let times = steps(harness).into_iter().map(|name| name[name.len() - "14:03".len()..].to_owned());
        times.map(|time| time[..2].parse::<i32>().unwrap() * 60 + time[3..].parse::<i32>().unwrap()).collect()
    };
    let utc = minutes(&harness);
    harness.state_mut().zone = jiff::tz::TimeZone::posix("<+0530>-5:30").unwrap();
    harness.run();
    let later: Vec<i32> = utc.iter().map(|minute| (minute + 5 * 60 + 30) % (24 * 60)).collect();
    assert_eq!(minutes(&harness), later);
}

#[test]
fn one_goes_back_to_a_step_and_on_to_another() {
    let mut harness = opened();
    let count =
        |harness: &Harness<'_, App>| harness.state().session().unwrap().scene().layer().unwrap().annotation_count();
    let all = count(&harness);
    let choose = |harness: &mut Harness<'_, App>, words: &str| {
        stage::write(harness, "Filter the history", words);
        let name = steps(harness).remove(0);
        click(harness, &name);
    };
    choose(&mut harness, "a detour of forty");
    click(&mut harness, "Go back to here");
    assert_eq!(count(&harness), all);
    choose(&mut harness, "lost by two votes");
    click(&mut harness, "Go back to here");
    assert_eq!(count(&harness), all - 1);
    stage::write(&mut harness, "Filter the history", "undone detour");
    assert_eq!(steps(&harness), [""; 0], "the filter is for what was done");
    choose(&mut harness, "a detour of forty");
    assert!(steps(&harness)[0].starts_with("Undone: Mark as Claim, "));
    harness.get_by_label("Restore");
    click(&mut harness, "Redo up to here");
    assert_eq!(count(&harness), all);
    assert_eq!(harness.query_all_by_label("Restore").count(), 0, "nothing of it is gone");
}
