//! The view Annotate, used by keys, by the mouse, and by the names of its controls.
#![cfg(feature = "gui")]

#[path = "annotate/attributing.rs"]
mod attributing;
#[path = "annotate/by_keys.rs"]
mod by_keys;
#[path = "annotate/choosing.rs"]
mod choosing;
#[path = "annotate/comfort.rs"]
mod comfort;
#[path = "annotate/compare.rs"]
mod compare;
#[path = "annotate/concordance.rs"]
mod concordance;
#[path = "annotate/conflicts.rs"]
mod conflicts;
#[path = "annotate/drafts.rs"]
mod drafts;
#[path = "annotate/far.rs"]
mod far;
#[path = "annotate/find.rs"]
mod find;
#[path = "annotate/first_minute.rs"]
mod first_minute;
#[path = "annotate/focus.rs"]
mod focus;
#[path = "annotate/history.rs"]
mod history;
#[path = "annotate/joining.rs"]
mod joining;
#[path = "annotate/pen.rs"]
mod pen;
#[path = "annotate/pictures.rs"]
mod pictures;
#[path = "support/pseudo.rs"]
mod pseudo;
#[path = "annotate/reader.rs"]
mod reader;
#[path = "annotate/relate.rs"]
mod relate;
#[path = "annotate/scripts.rs"]
mod scripts;
#[path = "annotate/set_aside.rs"]
mod set_aside;
#[path = "annotate/sizes.rs"]
mod sizes;
#[path = "annotate/stage.rs"]
mod stage;
mod support;
#[path = "annotate/tables.rs"]
mod tables;
#[path = "annotate/to_do.rs"]
mod to_do;
#[path = "annotate/told.rs"]
mod told;
#[path = "annotate/translated.rs"]
mod translated;
#[path = "annotate/typed.rs"]
mod typed;
#[path = "annotate/whole.rs"]
mod whole;
#[path = "annotate/working.rs"]
mod working;
