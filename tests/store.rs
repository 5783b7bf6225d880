//! The project folder, from outside: made, opened, changed, broken and mended on a real disk.

#[path = "store_support/cases.rs"]
mod cases;
#[path = "store_support/keeping.rs"]
mod keeping;
#[path = "store_support/packing.rs"]
mod packing;
#[path = "store_support/properties.rs"]
mod properties;
#[path = "store_support/reading.rs"]
mod reading;
#[path = "store_support/mod.rs"]
mod support;
