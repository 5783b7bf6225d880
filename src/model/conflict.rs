//! What was changed on two sides and does not go together: it is kept until somebody decides.
//!
//! A line of its note says so of a mark or a relation, so that it goes along in every file and export, whoever reads
//! it. Nothing here changes a row.

use super::id::Uid;

const BEFORE: &str = "Another version of ";
const AFTER: &str = ", which was changed on two sides";
const REMOVED: &str = "Removed on one side, and changed or related on the other";

/// Why a row is to be decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// It is a second version of the row with this id: both sides have changed the same differently.
    VersionOf(Uid),
    /// One side has removed it, and the other has changed it or related it to something.
    Removed,
}

impl Conflict {
    /// What a note says; of several lines the last one counts.
    pub fn of(note: &str) -> Option<Self> {
        note.lines().rev().find_map(Self::of_line)
    }

    /// Whether a note says anything of the kind.
    pub fn is_in(note: &str) -> bool {
        Self::of(note).is_some()
    }

    fn of_line(line: &str) -> Option<Self> {
        if line == REMOVED {
            return Some(Self::Removed);
        }
        line.strip_prefix(BEFORE)?.strip_suffix(AFTER)?.parse().ok().map(Self::VersionOf)
    }

    /// A note that says it too.
    pub fn noted(self, note: &str) -> String {
        let line_end = if note.is_empty() { "" } else { "\n" };
        match self {
            Self::VersionOf(id) => format!("{note}{line_end}{BEFORE}{id}{AFTER}"),
            Self::Removed => format!("{note}{line_end}{REMOVED}"),
        }
    }

    /// A note without every such line.
    pub fn without(note: &str) -> String {
        let lines: Vec<&str> = note.split('\n').filter(|line| Self::of_line(line).is_none()).collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_it_and_forgets_it_again() {
        let id = Uid::from_parts(1_800_000_000_000, 7);
        for note in ["", "One", "One\n\ntwo\n"] {
            for conflict in [Conflict::VersionOf(id), Conflict::Removed] {
                let noted = conflict.noted(note);
                assert_eq!(Conflict::of(&noted), Some(conflict), "{noted}");
                assert_eq!(Conflict::of(&format!("{noted}\nand a line of somebody")), Some(conflict));
                assert_eq!(Conflict::without(&noted), note);
            }
            assert_eq!(Conflict::of(note), None);
        }
        assert_eq!(Conflict::of("Another version of nothing, which was changed on two sides"), None);
    }
}
