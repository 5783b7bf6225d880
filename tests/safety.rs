//! What others may do to a project, and strangers may put into one: several programs at once, links, pipes, files without
//! end, a folder that goes away. Nothing is lost without a word, and nothing outside the project is touched.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "safety/at_once.rs"]
mod at_once;
mod cli_support;
#[cfg(target_os = "linux")]
#[path = "kill/content.rs"]
mod content;
#[cfg(target_os = "linux")]
#[path = "safety/full_disk.rs"]
mod full_disk;
#[path = "safety/gone.rs"]
mod gone;
#[cfg(target_os = "linux")]
#[path = "kill/places.rs"]
#[expect(dead_code, reason = "the tests that kill the program use the rest")]
mod places;
#[cfg(target_os = "linux")]
#[path = "support/root.rs"]
mod root;
#[cfg(unix)]
#[path = "safety/strange.rs"]
mod strange;
