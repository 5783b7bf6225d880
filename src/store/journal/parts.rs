//! The files of a journal: one a month, and the next where a month's has become long. A new file is begun by month
//! and by length, so that version control and synchronising programs move little.

use std::path::{Path, PathBuf};

use super::NOBODY;
use crate::{
    diagnostic::Diagnostic,
    model::AnnotatorId,
    store::{
        Folder,
        key::{EXTENSION, HISTORY},
    },
};

/// A file that has reached so many bytes is not appended to any more. A single entry may make it longer.
pub const LONG: u64 = 8 << 20;

/// A file of a journal. Its order is that in which the files were written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// Such as `2026-11`; empty for a file that is called otherwise.
    month: String,
    /// Counted from 1 within the month.
    number: u32,
    /// The path below the project’s folder.
    pub path: PathBuf,
}

/// The folder of an annotator’s journal, or of that of nobody by name, below the project’s folder.
pub fn journal_of(by: Option<&AnnotatorId>) -> PathBuf {
    Path::new(HISTORY).join(by.map_or(NOBODY, AnnotatorId::as_str))
}

impl Part {
    fn at(path: PathBuf) -> Self {
        let stem = path.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
        let (month, rest) = stem.split_at_checked(7).unwrap_or(("", ""));
        let number = match rest {
            "" => Some(1),
            rest => rest.strip_prefix('-').and_then(|number| number.parse().ok()),
        };
        let is_month = month.bytes().enumerate().all(|(at, b)| if at == 4 { b == b'-' } else { b.is_ascii_digit() });
        match number {
            Some(number) if is_month && !month.is_empty() => Self { month: month.to_owned(), number, path },
            _ => Self { month: String::new(), number: 0, path },
        }
    }

    /// The file for an entry of a month, after `last` with its length in bytes. A clock that goes back does not begin
    /// an earlier file: entries stay in the order in which they were written.
    pub fn after(last: Option<(&Self, u64)>, by: Option<&AnnotatorId>, month: &str) -> Self {
        let (month, number) = match last {
            Some((last, len)) if last.month.as_str() >= month => {
                (last.month.as_str(), last.number + u32::from(len >= LONG))
            }
            _ => (month, 1),
        };
        let suffix = if number > 1 { format!("-{number}") } else { String::new() };
        let path = journal_of(by).join(format!("{month}{suffix}.{EXTENSION}"));
        Self { month: month.to_owned(), number, path }
    }
}

impl Folder {
    /// The files of a journal, oldest first; none where there is no journal.
    ///
    /// # Errors
    /// They cannot be listed.
    pub(super) fn parts(&self, by: Option<&AnnotatorId>) -> Result<Vec<Part>, Diagnostic> {
        let below = journal_of(by);
        let paths = self.disk.list(&self.inside(&below)?)?;
        let is_part = |path: &PathBuf| path.extension().is_some_and(|extension| extension == EXTENSION);
        let names = paths.into_iter().filter(is_part).filter_map(|path| path.file_name().map(|name| below.join(name)));
        let mut parts: Vec<Part> = names.map(Part::at).collect();
        parts.sort_unstable();
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str) -> Part {
        Part::at(Path::new("history/_").join(name))
    }

    #[test]
    fn parts_sort_as_they_were_written() {
        let names = ["copy of 2026-10.ron", "2026-09.ron", "2026-10.ron", "2026-10-2.ron", "2026-10-11.ron"];
        let mut parts: Vec<Part> = names.iter().rev().map(|name| part(name)).collect();
        parts.sort_unstable();
        assert_eq!(parts, names.map(part));
    }

    #[test]
    fn a_month_goes_on_in_the_next_file_and_never_in_an_earlier_one() {
        let next = |last: Option<(&str, u64)>, month: &str| {
            let last = last.map(|(name, len)| (part(name), len));
            let next = Part::after(last.as_ref().map(|(part, len)| (part, *len)), None, month);
            next.path.file_name().unwrap().to_string_lossy().into_owned()
        };
        assert_eq!(next(None, "2026-11"), "2026-11.ron");
        assert_eq!(next(Some(("2026-11.ron", LONG - 1)), "2026-11"), "2026-11.ron");
        assert_eq!(next(Some(("2026-11.ron", LONG)), "2026-11"), "2026-11-2.ron");
        assert_eq!(next(Some(("2026-11-9.ron", LONG)), "2026-11"), "2026-11-10.ron");
        assert_eq!(next(Some(("2026-11-2.ron", 1)), "2026-12"), "2026-12.ron");
        assert_eq!(next(Some(("2026-11-2.ron", 1)), "2026-10"), "2026-11-2.ron");
        assert_eq!(next(Some(("notes.ron", 1)), "2026-10"), "2026-10.ron");
    }
}
