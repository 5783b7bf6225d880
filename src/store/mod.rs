//! The project on the disk: the only room that reads and writes files.
//!
//! What is written replaces a file whole or not at all, and never a file that somebody else has changed since. What
//! cannot be read is reported and left alone. The rooms inside give and take values; none of them prints or asks.

mod archive;
mod backup;
mod base;
mod check;
mod codebooks;
mod content;
mod copies;
mod copy;
mod disk;
mod elsewhere;
mod exchanged;
mod export;
pub mod file;
pub mod filesystem;
mod folder;
mod head;
mod held_lock;
mod ignore;
mod index;
mod journal;
mod key;
pub mod layout;
mod listing;
mod load;
mod lock;
mod merge;
mod merging;
mod migrate;
mod open;
mod outside;
mod pack;
mod plain;
pub mod read;
mod record;
mod recover;
pub mod sample;
mod save;
mod set_aside;
mod sources;
mod texts;
mod together;
mod upgrade;

pub use backup::{Backup, backups, restore_backup, restore_backup_on};
pub use check::check_project;
pub use codebooks::{Shipped, codebook, codebooks};
pub use disk::Disk;
pub use elsewhere::Unsaved;
pub use exchanged::Exchanged;
pub use export::{ExportError, ExportReport};
pub use folder::Folder;
pub use journal::{Recorded, Restored, restored, retrace};
pub use key::{FileKey, touched};
pub use merging::{MergedProject, merge_files, merge_project, merge_project_on};
pub use migrate::VERSION;
pub use open::{create, create_on, is_project, open, open_in_steps, open_on};
pub use outside::Outside;
pub use pack::{is_packed, unpack, unpack_on, unpacked_folder};
pub use save::NotSaved;
pub use sources::{SourceFile, read_paths};
