//! What reader and writer call things.

/// The group of spans with the marks, and the key of what is kept beside a document.
pub const OWN: &str = "pressmark";
/// The stem of the file with the articles that nobody has marked. No annotator has an id with a `_`.
pub const UNMARKED: &str = "_unmarked";

/// Attributes of a token, as spaCy numbers them (`spacy/attrs.pxd`).
pub mod attribute {
    pub const ORTH: u64 = 65;
    pub const ENT_IOB: u64 = 77;
    pub const ENT_TYPE: u64 = 78;
    pub const SENT_START: u64 = 80;
}

/// What `ENT_IOB` says; 0 is that it is not known.
pub mod entity {
    pub const INSIDE: u64 = 1;
    pub const OUTSIDE: u64 = 2;
    pub const BEGIN: u64 = 3;
}
