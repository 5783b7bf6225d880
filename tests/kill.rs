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
#[path = "support/random.rs"]
mod random;
#[path = "kill/tasks.rs"]
mod tasks;
#[path = "kill/work.rs"]
mod work;

use killing::Budget;
use tasks::Task;
use work::Round;

#[test]
fn every_edit_that_was_acknowledged_is_there() {
    work::check("edits", Budget { percent: 50, few: 16 }, Round { articles: 8, marks: 0, commands: 40, kills: 12 });
}

#[test]
fn nothing_is_lost_while_long_layers_are_written_behind() {
    work::check(
        "long layers",
        Budget { percent: 15, few: 4 },
        Round { articles: 2, marks: 600, commands: 30, kills: 8 },
    );
}

#[test]
fn a_label_is_removed_from_all_layers_or_from_none() {
    Task::run(&["run", "p", "remove-label.ron", "--annotator", "Ana"]).check(Budget { percent: 10, few: 3 });
}

#[test]
fn a_new_annotator_comes_with_their_name_or_not_at_all() {
    Task::run(&["run", "p", "begin.ron", "--annotator", "Eva"]).check(Budget { percent: 2, few: 2 });
}

#[test]
fn articles_are_added_together_or_not_at_all() {
    Task::run(&["add", "p", "news", "--story", "The ferry"]).check(Budget { percent: 8, few: 3 });
}

#[test]
fn a_project_is_made_whole_or_not_at_all() {
    Task::run(&["new", "q"]).check(Budget { percent: 4, few: 2 });
}

#[test]
fn a_project_is_packed_whole_or_not_at_all() {
    Task::run(&["pack", "p", "packed.ron"]).check(Budget { percent: 4, few: 2 });
}

#[test]
fn a_project_is_unpacked_whole_or_not_at_all() {
    Task::run(&["unpack", "whole.ron", "q"]).check(Budget { percent: 4, few: 2 });
}

#[test]
fn an_export_is_replaced_whole_or_not_at_all() {
    Task::run(&["export", "p", "--to", "all.jsonl"]).check(Budget { percent: 3, few: 2 });
}
