//! The tables of a data set and what their columns are.

use std::sync::Arc;

use parquet::{
    basic::{ConvertedType, LogicalType, Repetition, Type as Physical},
    errors::Result,
    schema::types::{GroupTypeBuilder, Type, TypePtr},
};

use super::super::splits::Part;

/// What a value of a table is. Nothing may be null.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Text,
    /// A whole number of 64 bits.
    Number,
    List(&'static Kind),
    Object(&'static [(&'static str, Kind)]),
}

use Kind::{List, Number, Object, Text};

/// A table: a folder of a file for each split, and a configuration of the data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    Data,
    Spans,
    Relations,
    Articles,
}

const ATTRIBUTES: Kind = List(&Object(&[("attribute", Text), ("values", List(&Text))]));
const ORIGIN: Kind = Object(&[("kind", Text), ("from", Text)]);
const RELATIONS: Kind = List(&Object(&[
    ("id", Text),
    ("kind", Text),
    ("kind_name", Text),
    ("members", List(&Object(&[("role", Text), ("article", Text), ("annotation", Text), ("relation", Text)]))),
    ("attributes", ATTRIBUTES),
    ("note", Text),
    ("origin", ORIGIN),
]));
const ANNOTATIONS: Kind = List(&Object(&[
    ("id", Text),
    ("label", Text),
    ("label_name", Text),
    ("fragments", List(&Object(&[("start", Number), ("end", Number), ("text", Text)]))),
    ("attributes", ATTRIBUTES),
    ("note", Text),
    ("flag", Text),
    ("confidence", Number),
    ("origin", ORIGIN),
    ("comments", List(&Object(&[("by", Text), ("at", Text), ("text", Text)]))),
    ("codebook_version", Number),
]));
const LAYERS: Kind = List(&Object(&[
    ("annotator", Text),
    ("annotator_name", Text),
    ("status", Text),
    ("annotations", ANNOTATIONS),
    ("relations", RELATIONS),
    ("answers", List(&Object(&[("question", Text), ("target", Text), ("values", List(&Text))]))),
    ("links", RELATIONS),
]));

/// The name of a part in data sets, which is not always the one of its folder in other formats.
pub fn split_name(part: Part) -> &'static str {
    match part {
        Part::Train => "train",
        Part::Dev => "validation",
        Part::Test => "test",
    }
}

impl Table {
    pub const ALL: [Self; 4] = [Self::Data, Self::Spans, Self::Relations, Self::Articles];

    /// The name of its folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Spans => "spans",
            Self::Relations => "relations",
            Self::Articles => "articles",
        }
    }

    /// The name of its configuration.
    pub fn config(self) -> &'static str {
        if self == Self::Data { "default" } else { self.folder() }
    }

    /// Its columns: of the data those of the rows of `jsonl`, in their order.
    pub fn columns(self) -> &'static [(&'static str, Kind)] {
        match self {
            Self::Data => &[
                ("pressmark", Number),
                ("id", Text),
                ("title", Text),
                ("outlet", Text),
                ("byline", Text),
                ("published", Text),
                ("language", Text),
                ("url", Text),
                ("story", Text),
                ("story_name", Text),
                ("offsets", Text),
                ("text", Text),
                ("layers", LAYERS),
            ],
            Self::Spans => &[
                ("article", Text),
                ("annotator", Text),
                ("annotator_name", Text),
                ("mark", Text),
                ("label", Text),
                ("label_name", Text),
                ("fragment", Number),
                ("fragments", Number),
                ("start", Number),
                ("end", Number),
                ("text", Text),
                ("attributes", ATTRIBUTES),
                ("note", Text),
                ("flag", Text),
                ("confidence", Number),
            ],
            Self::Relations => &[
                ("article", Text),
                ("annotator", Text),
                ("annotator_name", Text),
                ("relation", Text),
                ("kind", Text),
                ("kind_name", Text),
                ("role", Text),
                ("member_article", Text),
                ("member_mark", Text),
                ("member_relation", Text),
                ("attributes", ATTRIBUTES),
                ("note", Text),
            ],
            Self::Articles => &[
                ("article", Text),
                ("title", Text),
                ("outlet", Text),
                ("byline", Text),
                ("published", Text),
                ("language", Text),
                ("url", Text),
                ("story", Text),
                ("story_name", Text),
                ("text", Text),
            ],
        }
    }

    /// The schema of its files.
    ///
    /// # Errors
    /// None, as no two columns have one name.
    pub fn schema(self) -> Result<TypePtr> {
        let fields = self.columns().iter().map(|(name, kind)| kind.parquet(name)).collect::<Result<_>>()?;
        Ok(Arc::new(Type::group_type_builder(self.folder()).with_fields(fields).build()?))
    }
}

impl Kind {
    /// How many columns it is stored in.
    pub fn leaves(self) -> usize {
        match self {
            Text | Number => 1,
            List(element) => element.leaves(),
            Object(fields) => fields.iter().map(|(_, kind)| kind.leaves()).sum(),
        }
    }

    fn parquet(self, name: &str) -> Result<TypePtr> {
        Ok(Arc::new(match self {
            Text => Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::String))
                .with_converted_type(ConvertedType::UTF8)
                .build()?,
            Number => {
                Type::primitive_type_builder(name, Physical::INT64).with_repetition(Repetition::REQUIRED).build()?
            }
            List(element) => {
                let list = group("list", vec![element.parquet("element")?]).with_repetition(Repetition::REPEATED);
                group(name, vec![Arc::new(list.build()?)])
                    .with_repetition(Repetition::REQUIRED)
                    .with_logical_type(Some(LogicalType::List))
                    .with_converted_type(ConvertedType::LIST)
                    .build()?
            }
            Object(fields) => {
                let fields = fields.iter().map(|(name, kind)| kind.parquet(name)).collect::<Result<_>>()?;
                group(name, fields).with_repetition(Repetition::REQUIRED).build()?
            }
        }))
    }
}

fn group(name: &str, fields: Vec<TypePtr>) -> GroupTypeBuilder<'_> {
    Type::group_type_builder(name).with_fields(fields)
}
