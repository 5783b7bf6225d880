//! The program is killed at random moments: what it said is safe is there afterwards, and nothing else is.
//!
//! A few kills are a test like the others. `PRESSMARK_KILLS=10000 cargo test --test kill -- --nocapture` makes so many in
//! all, with seeds of their own, and says what it has seen. A failure names its seed: `PRESSMARK_SEED` begins with it again,
//! though not in the same moments.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "kill/author.rs"]
mod author;
#[expect(dead_code, reason = "the tests of the command line use the rest")]
mod cli_support;
#[path = "kill/content.rs"]
mod content;
#[path = "kill/killing.rs"]
mod killing;
#[path = "kill/places.rs"]
mod places;
#[path = "support/random.rs"]
mod random;
#[path = "support/root.rs"]
mod root;
#[path = "kill/tasks.rs"]
mod tasks;
#[path = "kill/work.rs"]
mod work;

use killing::Budget;
use places::{
    all_files, everything, in_two_versions, marked, migrated, of_first_format, only_project, steps,
    with_removed_article,
};
use tasks::Task;
use work::Round;

#[test]
fn every_edit_that_was_acknowledged_is_there() {
    work::check("edits", Budget { percent: 44, few: 16 }, Round { articles: 8, marks: 0, commands: 40, kills: 12 });
}

#[test]
fn nothing_is_lost_while_long_layers_are_written_behind() {
    work::check(
        "long layers",
        Budget { percent: 13, few: 4 },
        Round { articles: 2, marks: 600, commands: 30, kills: 8 },
    );
}

#[test]
fn edits_leave_no_relation_without_its_members() {
    for seed in [3, 40, 41] {
        work::check_edits(seed, 1_000);
    }
}

fn task(arguments: &[&str]) -> Task {
    Task::new(marked(), arguments, everything)
}

#[test]
fn a_label_is_removed_from_all_layers_or_from_none() {
    task(&["run", "p", "remove-label.ron", "--annotator", "Ana"]).check(Budget { percent: 8, few: 3 });
}

#[test]
fn a_new_annotator_comes_with_their_name_or_not_at_all() {
    task(&["run", "p", "begin.ron", "--annotator", "Eva"]).check(Budget { percent: 2, few: 2 });
}

#[test]
fn articles_are_added_together_or_not_at_all() {
    task(&["add", "p", "news", "--story", "The ferry"]).check(Budget { percent: 7, few: 3 });
}

#[test]
fn a_project_is_made_whole_or_not_at_all() {
    task(&["new", "q"]).check(Budget { percent: 2, few: 2 });
}

#[test]
fn a_project_is_packed_whole_or_not_at_all() {
    task(&["pack", "p", "packed.ron"]).check(Budget { percent: 3, few: 2 });
}

#[test]
fn a_project_is_unpacked_whole_or_not_at_all() {
    task(&["unpack", "whole.ron", "q"]).check(Budget { percent: 3, few: 2 });
}

#[test]
fn an_export_is_replaced_whole_or_not_at_all() {
    task(&["export", "p", "--to", "all.jsonl"]).check(Budget { percent: 3, few: 2 });
}

#[test]
fn a_text_is_corrected_with_everybodys_marks_or_not_at_all() {
    task(&["retext", "p", "report-7", "corrected.txt"]).check(Budget { percent: 5, few: 3 });
}

#[test]
fn a_project_of_an_older_format_is_kept_whole_before_anything_is_written() {
    let marking = ["run", "p", "mark.ron", "--annotator", "Ana"];
    let task = Task::new(of_first_format(), &marking, migrated).by_steps(Vec::new());
    task.check(Budget { percent: 3, few: 3 });
}

#[test]
fn two_versions_of_files_are_merged_file_by_file() {
    let task = Task::new(in_two_versions(), &["merge", "p"], all_files).by_parts();
    task.check(Budget { percent: 3, few: 3 });
}

#[test]
fn one_goes_back_step_by_step() {
    let place = marked();
    let steps = steps(&place, "Ana");
    let back_to = |step: &String| {
        let there = place.copied();
        there.ok(&["history", "p", "--go-to", step]);
        only_project(&there)
    };
    let halfway = steps[1..5].iter().map(back_to).collect();
    let task = Task::new(place, &["history", "p", "--go-to", &steps[5]], only_project).by_steps(halfway);
    task.check(Budget { percent: 2, few: 2 });
}

#[test]
fn what_a_step_took_away_is_restored_whole_or_not_at_all() {
    let place = with_removed_article();
    let removal = steps(&place, "Ana").remove(0);
    Task::new(place, &["history", "p", "--restore", &removal], only_project).check(Budget { percent: 2, few: 2 });
}
