//! The view Annotate, used by keys, by the mouse, and by the names of its controls.
#![cfg(feature = "gui")]

#[path = "annotate/pictures.rs"]
mod pictures;
#[path = "annotate/scripts.rs"]
mod scripts;
#[path = "annotate/stage.rs"]
mod stage;
mod support;
#[path = "annotate/working.rs"]
mod working;
