//! A session at work on a disk: what is saved, what waits, what is read, and who may write.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "runner_support/beside.rs"]
mod beside;
#[path = "runner_support/correcting.rs"]
mod correcting;
#[path = "runner_support/elsewhere.rs"]
mod elsewhere;
#[path = "runner_support/history.rs"]
mod history;
#[path = "runner_support/outside.rs"]
mod outside;
#[path = "runner_support/reading.rs"]
mod reading;
#[path = "runner_support/route.rs"]
mod route;
#[path = "runner_support/stage.rs"]
mod stage;
