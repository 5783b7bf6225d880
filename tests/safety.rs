//! What others may do to a project, and strangers may put into one: several programs at once, links, pipes, files without
//! end, a folder that goes away. Nothing is lost without a word, and nothing outside the project is touched.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "safety/at_once.rs"]
mod at_once;
mod cli_support;
#[path = "safety/gone.rs"]
mod gone;
#[cfg(unix)]
#[path = "safety/strange.rs"]
mod strange;
