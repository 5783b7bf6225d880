//! The words that files have for the model’s own values, which stand in the shapes as they are: whoever gives a variant
//! another name in the model is to see here that files would have it too. A variant that is new must be added.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    model::{AnnotationId, Extent, Filler, Flag, Item, LinePattern, Number, Origin, RelationId, Status, Value},
    store::{layout, read},
};

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, word: &str) {
    assert_eq!(layout::line(value), word);
    assert_eq!(read::parse::<T>(word).as_ref(), Ok(value), "it was written so and must be read for ever");
}

/// Checks a value of each variant.
macro_rules! check_every {
    ($type:ident { $($variant:pat => $value:expr, $word:literal;)* }) => {{
        // A variant that is missing here does not compile.
        let _every = |value: $type| match value { $($variant => {})* };
        $( check::<$type>(&$value, $word); )*
    }};
}

#[test]
fn values_are_written_as_they_always_were() {
    check_every!(Status {
        Status::ToDo => Status::ToDo, "ToDo";
        Status::InProgress => Status::InProgress, "InProgress";
        Status::Done => Status::Done, "Done";
    });
    check_every!(Flag {
        Flag::Flag => Flag::Flag, "Flag";
        Flag::Question => Flag::Question, "Question";
    });
    check_every!(Origin {
        Origin::Hand => Origin::Hand, "Hand";
        Origin::Imported(_) => Origin::Imported("csv".to_owned()), "Imported(\"csv\")";
        Origin::Accepted(_) => Origin::Accepted("marks".to_owned()), "Accepted(\"marks\")";
        Origin::Changed(_) => Origin::Changed("marks".to_owned()), "Changed(\"marks\")";
        Origin::Adjudicated(_) => Origin::Adjudicated(vec!["ana".parse().unwrap()]), "Adjudicated([\"ana\"])";
    });
    check_every!(Value {
        Value::Choice(_) => Value::Choice("fact".parse().unwrap()), "Choice(\"fact\")";
        Value::Choices(_) => Value::Choices(vec!["fact".parse().unwrap()]), "Choices([\"fact\"])";
        Value::Text(_) => Value::Text("toll".to_owned()), "Text(\"toll\")";
        Value::Number(_) => Value::Number(Number::new(2.5).unwrap()), "Number(2.5)";
        Value::YesNo(_) => Value::YesNo(true), "YesNo(true)";
    });
    check_every!(Item {
        Item::Annotation(_) => Item::Annotation(AnnotationId("0svkxb8000000".parse().unwrap())), "Annotation(\"0svkxb8000000\")";
        Item::Relation(_) => Item::Relation(RelationId("0svkxb8000001".parse().unwrap())), "Relation(\"0svkxb8000001\")";
    });
}

#[test]
fn a_codebook_is_written_as_it_always_was() {
    check_every!(Extent {
        Extent::Words => Extent::Words, "Words";
        Extent::Quotation => Extent::Quotation, "Quotation";
        Extent::QuotationWithMarks => Extent::QuotationWithMarks, "QuotationWithMarks";
    });
    check_every!(LinePattern {
        LinePattern::Solid => LinePattern::Solid, "Solid";
        LinePattern::Dashed => LinePattern::Dashed, "Dashed";
        LinePattern::Dotted => LinePattern::Dotted, "Dotted";
        LinePattern::Double => LinePattern::Double, "Double";
        LinePattern::Wavy => LinePattern::Wavy, "Wavy";
    });
    check_every!(Filler {
        Filler::Label(_) => Filler::Label("claim".parse().unwrap()), "Label(\"claim\")";
        Filler::Relation(_) => Filler::Relation("supports".parse().unwrap()), "Relation(\"supports\")";
    });
}

#[test]
fn what_files_do_not_say_means_what_it_always_did() {
    assert_eq!(Status::default(), Status::ToDo);
    assert_eq!(Origin::default(), Origin::Hand);
    assert_eq!(Extent::default(), Extent::Words);
}
