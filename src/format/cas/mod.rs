//! UIMA CAS, as INCEpTION, WebAnno and DKPro have it: XMI with `TypeSystem.xml` beside, and JSON CAS 0.4 with the types
//! inside. <https://uima.apache.org/d/uimaj-current/references.html>
//!
//! - Offsets count UTF-16 units. Tokens and sentences are written as INCEpTION needs them; when they are read they are no
//!   marks.
//! - A label is a layer `webanno.custom.Label`, and each of its attributes a feature. Where a name is none that Java takes,
//!   the description of the type or the feature begins with it. Choices are written by their ids, and listed in a tagset
//!   that is called as the feature. Notes, flags and confidence are features called `pressmark…`.
//! - An annotation of UIMA has one fragment: of a mark with several each is an annotation, and `pressmarkMark` is the same in
//!   all of them.
//! - A relation of two ends has `Governor` and `Dependent`. Any other is an annotation with links to its members, each with
//!   a role (`relationMembers`); it covers the words of its first member, and is no mark when it is read.
//! - A chain that is read is a relation of all its links; another slot is one of the mark that has it and all that it links
//!   to; a token that is related is the part of speech on it, or else a mark.
//! - Who annotated, and what is known of an article, is written as INCEpTION and DKPro write it (`CASMetadata`,
//!   `DocumentMetaData`, `MetaDataStringField`).
//!
//! `structure` and `types` are a CAS in memory, whatever file it stood in; `xmi_…`, `json_…` and `type_system_xml` are the
//! files. `layers`, `codebook` and `document` make articles of it, `schema` and `from_layer` the other way round.

pub mod codebook;
mod document;
pub mod files;
pub mod from_layer;
mod json_read;
mod json_write;
mod layers;
pub mod names;
pub mod read;
pub mod schema;
pub mod segments;
pub mod structure;
pub mod type_system_xml;
pub mod types;
mod write;
mod xmi_read;
mod xmi_write;

use super::{keeps::Keeps, reader::Reader, row::Format, units::OffsetUnit};

/// What both keep.
const KEEPS: &[Keeps] = &[
    Keeps::Text,
    Keeps::Metadata,
    Keeps::Fragments,
    Keeps::Overlaps,
    Keeps::Attributes,
    Keeps::Notes,
    Keeps::Flags,
    Keeps::Confidence,
    Keeps::Relations,
    Keeps::ManyMembers,
    Keeps::RelationsOfRelations,
    Keeps::RelationAttributes,
    Keeps::Status,
    Keeps::Annotators,
];

/// The row of XMI in the table.
pub const XMI: Format = Format {
    name: "xmi",
    title: "UIMA CAS as XMI with its type system, for INCEpTION",
    extension: "xmi",
    main: None,
    keeps: KEEPS,
    units: &[OffsetUnit::Utf16],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::xmi),
    read: Some(Reader { read: read::read_xmi, recognises: read::recognises_xmi }),
};

/// The row of JSON CAS in the table.
pub const JSON: Format = Format {
    name: "json-cas",
    title: "UIMA CAS as JSON",
    extension: "json",
    main: None,
    keeps: KEEPS,
    units: &[OffsetUnit::Utf16],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::json),
    read: Some(Reader { read: read::read_json, recognises: read::recognises_json }),
};
