//! What a step has said not to be the same statement, or has taken back of that.

use serde::{Deserialize, Serialize};

use super::super::layer::RejectionRow;
use crate::model::RejectionId;

/// A rejection before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectionChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<RejectionRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<RejectionRow>,
}

impl RejectionChange {
    /// The rejection that it is of; `None` for a malformed line that says neither side.
    pub fn id(&self) -> Option<RejectionId> {
        self.is.as_ref().or(self.was.as_ref()).map(|row| row.id)
    }
}
