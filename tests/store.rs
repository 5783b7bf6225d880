//! The project folder, from outside: made, opened, changed, broken and mended on a real disk.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "store_support/backups.rs"]
mod backups;
#[path = "store_support/beside.rs"]
mod beside;
#[path = "store_support/cases.rs"]
mod cases;
#[path = "store_support/exporting.rs"]
mod exporting;
#[path = "store_support/faults.rs"]
mod faults;
#[path = "store_support/faults_over_files.rs"]
mod faults_over_files;
#[path = "store_support/faulty.rs"]
mod faulty;
#[path = "store_support/interleaved.rs"]
mod interleaved;
#[path = "store_support/keeping.rs"]
mod keeping;
#[path = "store_support/merging.rs"]
mod merging;
#[path = "store_support/packing.rs"]
mod packing;
#[path = "store_support/properties.rs"]
mod properties;
#[path = "support/random.rs"]
mod random;
#[path = "store_support/reading.rs"]
mod reading;
#[path = "support/root.rs"]
mod root;
#[path = "store_support/set_aside.rs"]
mod set_aside;
#[path = "store_support/mod.rs"]
mod support;
#[path = "store_support/trial.rs"]
mod trial;
#[path = "store_support/versions.rs"]
mod versions;
