//! Exchange formats: what is written is read again, what others wrote is read, and what is damaged is told and passed over.

#![expect(clippy::unwrap_used, reason = "what the tests share is not inside a test function")]

#[path = "formats/aif.rs"]
mod aif;
#[path = "formats/any_project.rs"]
mod any_project;
#[path = "formats/brat.rs"]
mod brat;
#[path = "formats/cas.rs"]
mod cas;
#[path = "formats/conll.rs"]
mod conll;
#[path = "formats/damaged.rs"]
mod damaged;
#[path = "formats/docbin.rs"]
mod docbin;
#[path = "formats/doccano.rs"]
mod doccano;
#[path = "formats/hf.rs"]
mod hf;
#[path = "formats/html.rs"]
mod html;
#[path = "formats/jsonl.rs"]
mod jsonl;
#[path = "formats/label_studio.rs"]
mod label_studio;
#[path = "formats/merging.rs"]
mod merging;
#[path = "formats/refi.rs"]
mod refi;
#[path = "formats/spacy_jsonl.rs"]
mod spacy_jsonl;
#[path = "formats/splits.rs"]
mod splits;
#[path = "formats/support.rs"]
mod support;
#[path = "formats/tables.rs"]
mod tables;
#[path = "formats/tei.rs"]
mod tei;
#[path = "formats/w3c.rs"]
mod w3c;
#[path = "formats/webanno_tsv.rs"]
mod webanno_tsv;
