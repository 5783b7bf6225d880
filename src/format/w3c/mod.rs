//! Web Annotation as JSON-LD: one collection with the annotations of all articles, and the texts among them. Read whoever
//! has written it, as far as there is a text to stand on.
//!
//! Sources: “Web Annotation Data Model” and “Web Annotation Vocabulary”, W3C Recommendations of 23 February 2017; RFC 5147
//! for `char=` in a fragment. A position counts code points by the Recommendation, and UTF-16 units in what many browsers
//! write: which, the quotation beside it tells.
//!
//! ```json
//! {"@context": ["http://www.w3.org/ns/anno.jsonld", {"pressmark": "urn:pressmark:"}], "type": "AnnotationCollection",
//!  "label": "…", "first": {"type": "AnnotationPage", "startIndex": 0, "items": [
//!   {"id": "urn:pressmark:about/toll", "type": "Annotation", "motivation": "describing", "target": "https://…",
//!    "body": {"id": "urn:pressmark:article/toll", "type": "TextualBody", "value": "…", "dcterms:title": "…"}},
//!   {"id": "urn:pressmark:mark/toll/ana/…", "type": "Annotation", "motivation": "tagging", "created": "…",
//!    "creator": {"id": "urn:pressmark:annotator/ana", "type": "Person", "name": "Ana"},
//!    "body": [{"type": "TextualBody", "purpose": "tagging", "value": "Quote"},
//!             {"type": "TextualBody", "purpose": "classifying", "label": "Form", "value": "Direct"},
//!             {"type": "TextualBody", "purpose": "commenting", "value": "a note"}],
//!    "target": {"type": "SpecificResource", "source": "urn:pressmark:article/toll", "selector": [
//!             {"type": "TextPositionSelector", "start": 1, "end": 22},
//!             {"type": "TextQuoteSelector", "exact": "…", "prefix": "…", "suffix": "…"}]}},
//!   {"type": "Annotation", "motivation": "linking", "body": [{"type": "TextualBody", "purpose": "tagging", "value": "Attribution"}],
//!    "target": [{"type": "SpecificResource", "source": "urn:pressmark:mark/…", "pressmark:role": "quote"}]}]}}
//! ```
//!
//! A mark of several fragments has a target for each: selectors of one target select the same. What the vocabulary has no
//! term for (roles, confidence, origin, status, the target of an answer) has one below `pressmark:`; other readers pass it
//! over. An answer about an article is an annotation of its whole text. Comments are bodies that reply.
//!
//! `write` writes; `found` gathers the annotations of all sources and `read` the texts, `annotation` and `body` see what they say, `place` where
//! they stand, and `layers` makes the layers.

mod annotation;
mod body;
mod found;
mod layers;
mod names;
mod place;
mod read;
mod write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "w3c",
    title: "W3C Web Annotation, JSON-LD",
    extension: "jsonld",
    main: Some(names::ANNOTATIONS),
    keeps: &Keeps::DATA,
    units: &[OffsetUnit::CodePoints, OffsetUnit::Utf16],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: Some(Reader { read: read::read, recognises: read::recognises }),
};
