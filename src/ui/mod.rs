//! What is drawn: it knows egui, and never eframe or the disk.

pub mod kit;
