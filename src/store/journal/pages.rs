//! Reading a journal: all of it, or only its end.
//!
//! Lines are borrowed from the text that was read, as a journal can have hundreds of thousands. Opening needs only
//! its end, which is found by reading files from behind.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{line::Line, merged::without_markers, parts::journal_of};
use crate::{
    diagnostic::{Diagnostic, Severity},
    model::{AnnotatorId, TransactionId},
    store::{
        Folder,
        disk::folder_of,
        file::journal::{ChangeRow, EntryRow, KindRow, Side},
        key::HISTORY,
        merge::markers,
        read,
    },
};

/// So many bytes of a file’s end are read first, where only the end of a journal is wanted.
const END: u64 = 64 << 10;

/// Lines of one annotator’s journal, from which entries borrow.
#[derive(Debug)]
pub struct Pages {
    /// Whose journal; `None` is that of nobody by name.
    pub by: Option<AnnotatorId>,
    /// By file, oldest first.
    pages: Vec<Page>,
    /// Whether the last line has no end: it was never acknowledged.
    is_torn: bool,
    /// The last entry before these lines, where only the end was read and there is one.
    pub last_before: Option<TransactionId>,
}

/// Lines of one file.
#[derive(Debug)]
struct Page {
    path: PathBuf,
    /// The number, from 1, of its first line in the file; `None` where only an end of the file was read.
    first: Option<u32>,
    /// The number of the line with the first conflict marker; `None` where there is none.
    conflict: Option<u32>,
    text: String,
}

/// What a line did: it brought what these changes touch from the other side of them to this one.
#[derive(Clone, Copy, Debug)]
pub struct JournalStep<'e, 't> {
    pub entry: &'e EntryRow<'t>,
    pub changes: &'e [ChangeRow<'t>],
    pub side: Side,
}

impl Folder {
    /// Annotators with a journal; `None` among them is the journal of nobody by name.
    ///
    /// # Errors
    /// It cannot be listed.
    pub(in crate::store) fn journals(&self) -> Result<Vec<Option<AnnotatorId>>, Diagnostic> {
        let folders = self.disk.list(&self.inside(Path::new(HISTORY))?)?;
        let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let by = |name: String| if name == super::NOBODY { Some(None) } else { AnnotatorId::new(&name).ok().map(Some) };
        Ok(folders.iter().filter_map(name).filter_map(by).collect())
    }

    /// A whole journal, and what of it could not be read.
    pub(in crate::store) fn journal(&self, by: Option<&AnnotatorId>) -> (Pages, Vec<Diagnostic>) {
        let (mut pages, mut found) = (Vec::new(), Vec::new());
        let parts = self.parts(by).unwrap_or_else(|diagnostic| {
            found.push(diagnostic);
            Vec::new()
        });
        for part in parts {
            match self.page(&part.path) {
                Ok(page) => {
                    let told = page.conflict.map(|line| markers::told(line).at_path(page.path.display()));
                    found.extend(told.map(|told| Diagnostic { severity: Severity::Warning, ..told }));
                    pages.push(page);
                }
                Err(diagnostic) => found.push(diagnostic),
            }
        }
        let is_torn = pages.last().is_some_and(Page::is_torn);
        (Pages { by: by.cloned(), pages, is_torn, last_before: None }, found)
    }

    /// The lines after the last one which says that the files hold everything before it. Entries of version 1 were
    /// written after their files, so the end begins after the last of these too.
    ///
    /// # Errors
    /// It cannot be read.
    pub(in crate::store) fn end_of_journal(&self, by: Option<&AnnotatorId>) -> Result<Pages, Diagnostic> {
        let mut pages: Vec<Page> = Vec::new();
        let (mut is_torn, mut last_before) = (false, None);
        for part in self.parts(by)?.into_iter().rev() {
            let mut page = self.last_page(&part.path)?;
            is_torn |= pages.is_empty() && page.is_torn();
            let is_whole = page.first.is_some();
            let mut start = start_of_end(&page.text);
            if start.is_none() && !is_whole {
                page = self.page(&part.path)?;
                start = start_of_end(&page.text);
            }
            if let Some(start) = start {
                last_before = last_entry(&page.text[..start]);
                if last_before.is_none() && page.first.is_none() {
                    last_before = last_entry(&self.page(&part.path)?.text);
                }
                page.first = page.first.map(|first| first + lines_in(&page.text[..start]));
                page.text.drain(..start);
            }
            pages.push(page);
            if start.is_some() {
                break;
            }
        }
        pages.reverse();
        Ok(Pages { by: by.cloned(), pages, is_torn, last_before })
    }

    /// Reads a file of a journal whole; of one with conflict markers, the lines of both sides.
    fn page(&self, below: &Path) -> Result<Page, Diagnostic> {
        let path = self.inside(below)?;
        let (bytes, _) = self.disk.read(&path)?;
        let text = read::utf8(bytes).map_err(|d| d.at_path(path.display()))?;
        // What version control has left in two versions is every line of both.
        let conflict = markers::line_of_first(&text);
        let text = if conflict.is_some() { without_markers(&text).unwrap_or(text) } else { text };
        Ok(Page { path, first: Some(1), conflict, text })
    }

    /// The last lines of a file, at least [`END`] bytes of them where it is long.
    fn last_page(&self, below: &Path) -> Result<Page, Diagnostic> {
        let path = self.inside(below)?;
        let len = self.disk.stamp(&path)?.map_or(0, |stamp| stamp.len);
        if len <= END {
            return self.page(below);
        }
        let failed = |error| crate::store::disk::trouble("read", &path, &error);
        let (bytes, _) = self.disk.files().read(&path, len - END, END).map_err(failed)?;
        let start = memchr::memchr(b'\n', &bytes).map_or(bytes.len(), |end| end + 1);
        let text = read::utf8(bytes[start..].to_vec()).map_err(|d| d.at_path(path.display()))?;
        if text.lines().any(markers::is_marker) {
            return self.page(below);
        }
        Ok(Page { path, first: None, conflict: None, text })
    }
}

/// The byte at which the end of a journal begins in a text of it; `None` where it begins earlier.
fn start_of_end(text: &str) -> Option<usize> {
    let mut end = text.len();
    loop {
        let line_end = text[..end].strip_suffix('\n').map_or(end, str::len);
        let start = text[..line_end].rfind('\n').map_or(0, |at| at + 1);
        let line = &text[start..line_end];
        if Line::is_saved(line) || Line::is_old(line) {
            return Some(end);
        }
        if start == 0 {
            return None;
        }
        end = start;
    }
}

/// The last line of a text that is an entry, if any.
fn last_entry(text: &str) -> Option<TransactionId> {
    text.lines().rev().find_map(|line| match Line::read(line) {
        Ok(Line::Entry(entry)) => Some(entry.id),
        _ => None,
    })
}

fn lines_in(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

impl Pages {
    /// The journal's folder, for messages.
    pub fn folder(&self) -> PathBuf {
        self.pages.first().map_or_else(|| journal_of(self.by.as_ref()), |page| folder_of(&page.path).to_owned())
    }

    pub fn is_empty(&self) -> bool {
        self.pages.iter().all(|page| page.text.trim().is_empty())
    }

    /// Whether the journal’s last line has no end.
    pub fn is_torn(&self) -> bool {
        self.is_torn
    }

    /// The lines, in the order in which they were written.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().flat_map(|page| page.text.lines())
    }

    /// The entries in the order in which they were written, each once, and a warning for each line that can’t be
    /// read.
    pub fn entries(&self) -> (Vec<EntryRow<'_>>, Vec<Diagnostic>) {
        let (mut entries, mut found) = (Vec::new(), Vec::new());
        let mut seen: FxHashSet<TransactionId> = FxHashSet::default();
        for page in &self.pages {
            for (at, line) in (0..).zip(page.text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
                match Line::read(line) {
                    Ok(Line::Entry(entry)) => entries.extend(seen.insert(entry.id).then_some(*entry)),
                    Ok(Line::Saved) => {}
                    Err(diagnostic) => found.push(page.unreadable(at, diagnostic)),
                }
            }
        }
        (entries, found)
    }
}

impl Page {
    fn is_torn(&self) -> bool {
        !self.text.is_empty() && !self.text.ends_with('\n')
    }

    /// A warning about the line at `at`, counted from 0 in this page.
    fn unreadable(&self, at: u32, why: Diagnostic) -> Diagnostic {
        let column = why.location.line_column.map_or(1, |(_, column)| column);
        let why = Diagnostic { severity: Severity::Warning, ..why }.at_path(self.path.display());
        match self.first {
            Some(first) => why.at_line(first + at, column),
            None => why,
        }
    }
}

/// What each entry did, and the entries that take back or repeat one which is not among these.
pub fn steps<'e, 't>(entries: &'e [EntryRow<'t>]) -> (Vec<JournalStep<'e, 't>>, Vec<&'e EntryRow<'t>>) {
    let by_id: FxHashMap<TransactionId, &EntryRow<'t>> = entries.iter().map(|entry| (entry.id, entry)).collect();
    let (mut steps, mut lone) = (Vec::new(), Vec::new());
    for entry in entries {
        let (of, side) = match entry.kind {
            KindRow::Do => (Some(entry), Side::Is),
            KindRow::Undo(of) => (by_id.get(&of).copied(), Side::Was),
            KindRow::Redo(of) => (by_id.get(&of).copied(), Side::Is),
        };
        match of {
            Some(of) => steps.push(JournalStep { entry, changes: &of.changes, side }),
            None => lone.push(entry),
        }
    }
    (steps, lone)
}
