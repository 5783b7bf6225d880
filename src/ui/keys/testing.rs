//! What tests of keys share.

use crate::model::{Extent, Label, LabelColor, LabelId, LinePattern, Rgb};

/// A label of this id, and of the same name, with a key.
pub fn label(id: &str, key: char) -> Label {
    Label {
        extent: Extent::default(),
        id: LabelId::new(id).unwrap(),
        name: id.to_owned(),
        description: String::new(),
        examples: Vec::new(),
        initials: "La".to_owned(),
        color: LabelColor { light: Rgb([0; 3]), dark: Rgb([9; 3]) },
        pattern: LinePattern::ALL[0],
        key: Some(key),
        attributes: Vec::new(),
    }
}
