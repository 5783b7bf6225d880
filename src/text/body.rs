//! stub
use std::sync::Arc;
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Arc<str>);
impl Text {
    pub fn new(s: String) -> Self {
        Self(s.into())
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
