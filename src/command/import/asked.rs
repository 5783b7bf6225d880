//! What an import is asked for, and what came of it as plain values, for the window and the command line to show before
//! anything happens and after.

use std::sync::Arc;

use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, Incoming},
    phrase,
    text::Phrase,
};

/// What was read, and how it is to be taken in. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub incoming: Arc<Incoming>,
    pub options: ImportOptions,
}

/// How what was read is to be taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Whose marks they are where the files do not say, by name or id.
    pub annotator: Option<String>,
    /// Labels that become others: the name or id in the files, and the name or id in the project, where it is made if there
    /// is none.
    pub labels: Vec<(String, String)>,
    pub clash: Clash,
}

/// What becomes of a label or kind of relation that the project has too, and that does not take what was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clash {
    /// Another one is made beside it.
    #[default]
    Apart,
    /// The project’s own is extended by the attributes, choices and roles that it lacks.
    Merge,
}

/// What an import comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// Articles that are added.
    pub added: Vec<ArticleId>,
    /// Articles that the project has already, to which layers are added.
    pub known: usize,
    /// Names of those whose marks they are.
    pub annotators: Vec<String>,
    pub marks: usize,
    pub relations: usize,
    pub answers: usize,
    /// Marks and relations that the project has already.
    pub repeated: usize,
    /// Of each label with marks or in the schema.
    pub labels: Vec<Becomes>,
    pub kinds: Vec<Becomes>,
    /// What breaks a rule of the codebook: it is set aside, and stays in the files until it is repaired.
    pub set_aside: Vec<Diagnostic>,
    /// What does not fit and is left out, and what was decided.
    pub told: Vec<Diagnostic>,
}

/// What becomes of a label or a kind of relation of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Becomes {
    /// Its name in the files.
    pub from: String,
    /// Its id in the project.
    pub to: String,
    pub how: How,
}

/// How a label or a kind comes into the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The project has it, and it takes everything.
    Same,
    /// It is new.
    Added,
    /// The project has it, and it is extended.
    Merged,
    /// The project has one of this name that does not take everything; this is another one.
    Apart,
    /// It becomes the one that was asked for.
    Mapped,
}

impl ImportSummary {
    /// How much it is: “3 articles, 12 marks and 4 relations; 2 articles were there already”.
    pub fn said(&self) -> Phrase {
        let articles = phrase!("{n} article|{n} articles", n = self.added.len());
        let marks = phrase!("{n} mark|{n} marks", n = self.marks);
        let relations = phrase!("{n} relation|{n} relations", n = self.relations);
        let mut said = phrase!("{articles}, {marks} and {relations}", articles, marks, relations);
        if self.known > 0 {
            let n = self.known;
            said = phrase!("{said}; {n} article was there already|{said}; {n} articles were there already", n, said);
        }
        match self.repeated {
            0 => said,
            n => phrase!(
                "{said}; {n} mark or relation was there already|{said}; {n} marks and relations were there already",
                n,
                said
            ),
        }
    }
}

impl How {
    /// In a word or two.
    pub fn name(self) -> Phrase {
        Phrase::plain(match self {
            Self::Same => "as it is",
            Self::Added => "added",
            Self::Merged => "extended",
            Self::Apart => "kept apart",
            Self::Mapped => "as asked",
        })
    }
}
