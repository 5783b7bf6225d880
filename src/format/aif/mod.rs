//! AIF: an argument map for each annotator, in the JSON of AIFdb that argument-mapping tools exchange. It is written, not
//! read.
//!
//! Sources: Chesñevar and others, “Towards an Argument Interchange Format” (2006); Reed and Budzynska, “Inference Anchoring
//! Theory” (2011); the node sets that AIFdb and OVA give out.
//!
//! ```json
//! {"nodes": [{"nodeID": "i.toll.0svkxb8000000", "text": "…", "type": "I", "timestamp": "2027-01-15 08:00:00"}, …],
//!  "edges": [{"edgeID": "i.toll.…>r.…", "fromID": "i.toll.…", "toID": "r.…", "formEdgeID": null}, …],
//!  "locutions": [{"nodeID": "l.…", "personID": "…", "timestamp": "…", "start": null, "end": null, "source": null}, …],
//!  "participants": [{"participantID": "…", "firstname": "Ines", "surname": "Calder"}, …],
//!  "schemefulfillments": [], "descriptorfulfillments": [], "cqdescriptorfulfillments": []}
//! ```
//!
//! A mark is a statement (an I-node) where its label may be a side of an argument, or what somebody has said. What
//! supports is an inference (RA), what disputes a conflict (CA) in one direction, what contradicts one in each, and what is
//! the same a rephrase (MA). An attribution with a source gives a locution (L) by a participant, and the assertion (YA)
//! that leads from it to what was said. Kinds are told apart by their roles and names (`model::meaning`).
//!
//! Such a map has no text and no places in one: of a mark it has the words. What is no part of an argument (cues, and
//! relations of other kinds) is left out, and told with its number.
//!
//! `write` writes, `graph` makes the nodes and edges of a layer.

mod graph;
mod write;

use super::{keeps::Keeps, row::Format};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "aif",
    title: "AIF argument maps, JSON",
    extension: "json",
    main: None,
    keeps: &[
        Keeps::Overlaps,
        Keeps::Relations,
        Keeps::ManyMembers,
        Keeps::RelationsOfRelations,
        Keeps::RelationsAcrossArticles,
        Keeps::Annotators,
    ],
    units: &[],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: None,
};
