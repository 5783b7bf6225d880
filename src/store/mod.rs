//! The project on the disk: the only room that reads and writes files.
//!
//! What is written replaces a file whole or not at all, and never a file that somebody else has changed since. What
//! cannot be read is reported and left alone. The rooms inside give and take values; none of them prints or asks.

mod check;
mod codebooks;
mod disk;
mod export;
pub mod file;
mod folder;
mod index;
mod journal;
mod key;
pub mod layout;
mod listing;
mod load;
mod lock;
mod migrate;
mod open;
mod pack;
mod plain;
pub mod read;
pub mod sample;
mod save;
mod set_aside;
mod sources;

pub use check::check_project;
pub use codebooks::{Shipped, codebook, codebooks};
pub use export::ExportError;
pub use folder::Folder;
pub use key::{FileKey, touched};
pub use migrate::VERSION;
pub use open::{create, is_project, open};
pub use pack::{folder_beside, is_packed, unpack};
pub use sources::{Found, read_paths};
