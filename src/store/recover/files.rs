//! Holds the rows of each file against a plan, and writes the file anew where rows are behind.
//!
//! Each file is read once, all of its rows are brought on, and it is written once. What other programs changed
//! meanwhile is found by its stamp, and the file left alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    chain::{Chains, Link, Outcome, RowChange, WholeRow, follow, is_of_two_lines},
    plan::{ArticleChange, ArticleRow, LayerPlan, LinksPlan, Plan, ProjectPlan},
    standing::{Held, Mode},
    texts::{self, Texts, is_removed},
};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, Conflict, RelationId},
    phrase,
    store::{
        FileKey, Folder,
        disk::{self, Durability, Stamp},
        file::{
            ArticleFile, CodebookFile, ProjectFile,
            journal::{CodebookChange, MarkRow, Side},
            layer::{LayerFile, LayerRows, LinksFile, LinksRows, RelationRow},
            project::{AnnotatorRow, StoryRow},
        },
        layout,
    },
    text::{Phrase, phrase::Value},
};

/// At most so many rows of a file are named in a message.
const NAMED: usize = 3;

/// The files of a project while they are held against a plan.
pub struct Files<'f> {
    folder: &'f Folder,
    mode: Mode,
    /// Steps of which something was missing in the files.
    lacking: BTreeSet<usize>,
    /// Rows that are not as the last step left them, by file; only where files are compared.
    differing: BTreeMap<FileKey, Vec<Value>>,
    found: Vec<Diagnostic>,
    /// Whether no file was left behind.
    is_complete: bool,
}

/// A file’s text and stamp; `None` where there is no file.
type Read = Option<(String, Stamp)>;

impl<'f> Files<'f> {
    pub fn new(folder: &'f Folder, mode: Mode) -> Self {
        Self {
            folder,
            mode,
            lacking: BTreeSet::new(),
            differing: BTreeMap::new(),
            found: Vec::new(),
            is_complete: true,
        }
    }

    /// Goes through all files of a plan: what others refer to first, what is removed last.
    pub fn bring(&mut self, plan: &Plan<'_, '_>) {
        let (gone, there): (Vec<_>, Vec<_>) = plan.articles.iter().partition(|(_, chain)| is_removed(chain));
        let bring = |files: &mut Self, articles: Vec<(&ArticleId, &Vec<Link<ArticleChange>>)>| {
            for (id, chain) in articles {
                files.try_with(FileKey::Article(id.clone()), |files, key| files.article(key, id, chain));
            }
        };
        bring(self, there);
        if !plan.codebook.is_empty() {
            self.try_with(FileKey::Codebook, |files, key| files.codebook(key, &plan.codebook));
        }
        if !plan.project.is_empty() {
            self.try_with(FileKey::Project, |files, key| files.project(key, &plan.project));
        }
        for ((article, annotator), layer) in &plan.layers {
            let key = FileKey::Layer(article.clone(), annotator.clone());
            self.try_with(key, |files, key| files.layer(key, article, layer));
        }
        for (annotator, links) in &plan.links {
            self.try_with(FileKey::Links(annotator.clone()), |files, key| files.links(key, links));
        }
        bring(self, gone);
    }

    /// What came of it, with a message for the user.
    pub fn into_held(mut self) -> Held {
        let count = self.lacking.len();
        if count > 0 {
            let told = match self.mode {
                Mode::CarryOut => Diagnostic::warning("recovered", phrase!("{count} change recovered from the history|{count} changes recovered from the history", count))
                    .hint("The files did not have them yet when the program ended; now they do"),
                Mode::Look | Mode::Compare => {
                    Diagnostic::warning("not-in-files", phrase!("{count} change of the history is not in the files yet|{count} changes of the history are not in the files yet", count))
                        .hint("Open the project where it can be written, and they are carried out")
                }
            };
            self.found.insert(0, told.at_path(self.folder.root().display()));
        }
        for (key, rows) in std::mem::take(&mut self.differing) {
            let more = (rows.len() > NAMED).then(|| Value::Text("…".to_owned()));
            let Some(what) = Phrase::list(rows.into_iter().take(NAMED).chain(more)) else { continue };
            let message = phrase!("What the file says is not what the history says last, of {what}", what);
            self.found.push(
                Diagnostic::warning("not-as-in-history", message)
                    .at_path(self.folder.path(&key).display())
                    .hint("Another program has changed it, or a Pressmark that saved the file first and was ended")
                    .hint("Nothing needs to be done: the next change of it goes on from what the file says"),
            );
        }
        Held { found: self.found, is_complete: self.is_complete && self.mode == Mode::CarryOut }
    }

    /// Brings one file on; one that can’t be keeps no other from it.
    fn try_with(&mut self, key: FileKey, bring: impl FnOnce(&mut Self, &FileKey) -> Result<(), Diagnostic>) {
        if let Err(why) = bring(self, &key) {
            self.leave_behind(&key, why);
        }
    }

    /// Tells why something of a file lacks what the history has.
    fn leave_behind(&mut self, key: &FileKey, why: Diagnostic) {
        self.is_complete = false;
        let why = if why.location.path.is_some() { why } else { why.at_path(self.folder.path(key).display()) };
        self.found.push(why.hint("Then open the project again: the history still has what the file lacks"));
    }

    fn article(&mut self, key: &FileKey, id: &ArticleId, chain: &[Link<ArticleChange>]) -> Result<(), Diagnostic> {
        let read = self.read(key)?;
        let now = read.as_ref().map(|(file, _)| ArticleRow::of(self.folder, key, file, chain)).transpose()?;
        let Some(row) = self.outcome(key, phrase!("the article"), self.follow(chain, now.clone())) else {
            return Ok(());
        };
        if self.mode != Mode::CarryOut {
            return Ok(());
        }
        let Some(row) = row else { return self.folder.take_away(id) };
        let is_same_text = now.as_ref().is_some_and(|now| now.text == row.text);
        let text = match row.text.filter(|_| !is_same_text) {
            Some(hash) => texts::text_of(self.folder, id, hash, chain),
            None if now.is_some() => Some(self.folder.read_file::<ArticleFile>(key)?.0.into_parts().1.0),
            None => None,
        };
        let text = text.ok_or_else(|| texts::lost_text(id))?;
        let content = layout::file(&ArticleFile::of(&row.head.into_parts().0, &text));
        let stamp = read.as_ref().map(|(_, stamp)| *stamp);
        let unchanged = || self.folder.is_unchanged(key, stamp);
        if stamp.is_some() {
            self.folder.keep_old_text(id, &text)?;
        }
        if self.folder.bring_back(id, &text, &content, unchanged)?.is_some() {
            return self.folder.flush_folder_of(key);
        }
        self.write(key, stamp, &content)
    }

    fn codebook(&mut self, key: &FileKey, chain: &[Link<&CodebookChange>]) -> Result<(), Diagnostic> {
        let Some((text, stamp)) = self.read(key)? else { return Err(gone()) };
        let now: CodebookFile = self.folder.parse(key, &text)?;
        match self.outcome(key, phrase!("the codebook"), self.follow(chain, Some(now))) {
            Some(Some(codebook)) => self.write(key, Some(stamp), &layout::file(&codebook)),
            _ => Ok(()),
        }
    }

    fn project(&mut self, key: &FileKey, plan: &ProjectPlan) -> Result<(), Diagnostic> {
        let Some((text, stamp)) = self.read(key)? else { return Err(gone()) };
        let mut file: ProjectFile = self.folder.parse(key, &text)?;
        let was = file.clone();
        if !plan.name.is_empty()
            && let Some(Some(name)) =
                self.outcome(key, phrase!("the name of the project"), self.follow(&plan.name, Some(file.name.clone())))
        {
            file.name = name;
        }
        for (id, chain) in &plan.annotators {
            let now = file.annotators.iter().find(|row| row.id == *id).map(|row| row.name.clone());
            let Some(row) = self.outcome(key, id, self.follow(chain, now)) else { continue };
            file.annotators.retain(|row| row.id != *id);
            file.annotators.extend(row.map(|name| AnnotatorRow { id: id.clone(), name }));
        }
        for (id, chain) in &plan.stories {
            let now = file.stories.iter().find(|row| row.id == *id).map(|row| row.name.clone());
            let Some(row) = self.outcome(key, id, self.follow(chain, now)) else { continue };
            file.stories.retain(|row| row.id != *id);
            file.stories.extend(row.map(|name| StoryRow { id: id.clone(), name }));
        }
        if file == was {
            return Ok(());
        }
        file.annotators.sort_by(|a, b| a.id.cmp(&b.id));
        file.stories.sort_by(|a, b| a.id.cmp(&b.id));
        self.write(key, Some(stamp), &layout::file(&file))
    }

    /// Brings the rows of a layer on.
    fn layer(&mut self, key: &FileKey, article: &ArticleId, plan: &LayerPlan<'_, '_>) -> Result<(), Diagnostic> {
        let read = self.read(key)?;
        let file = read.as_ref().map(|(text, _)| self.folder.parse::<LayerFile<'_>>(key, text)).transpose()?;
        let mut rows = LayerRows::of(file.unwrap_or_default())?;
        let mut texts = Texts::of(self.folder, article, &plan.old_texts);
        let mut is_changed = self.mode == Mode::CarryOut && texts.bring_into_corrected(&mut rows);
        for (id, chain) in &plan.marks {
            let old = rows.annotations.get(id);
            if self.is_passed_over(old.map(|row| row.note.as_str())) {
                continue;
            }
            let Some(mark) = self.outcome(key, id, self.follow(chain, old.map(MarkRow::from))) else { continue };
            match mark.map(|mark| texts.row_of(mark, old)).transpose() {
                Ok(Some(row)) => _ = rows.annotations.insert(*id, row),
                Ok(None) => _ = rows.annotations.remove(id),
                // One that can’t be brought on keeps no other from it.
                Err(why) => {
                    self.leave_behind(key, why);
                    continue;
                }
            }
            is_changed = true;
        }
        is_changed |= self.relations(key, &plan.relations, &mut rows.relations);
        if !plan.answers.is_empty()
            && let Some(Some(answers)) =
                self.outcome(key, "answers", self.follow(&plan.answers, Some(rows.article_answers.clone())))
        {
            rows.article_answers = answers;
            is_changed = true;
        }
        if !is_changed {
            return Ok(());
        }
        let stamp = read.as_ref().map(|(_, stamp)| *stamp);
        if rows.is_blank() { self.remove(key, stamp) } else { self.write(key, stamp, &layout::file(&rows.into_file())) }
    }

    fn links(&mut self, key: &FileKey, plan: &LinksPlan) -> Result<(), Diagnostic> {
        let read = self.read(key)?;
        let file = read.as_ref().map(|(text, _)| self.folder.parse::<LinksFile>(key, text)).transpose()?;
        let mut rows = LinksRows::of(file.unwrap_or_default())?;
        let mut is_changed = self.relations(key, &plan.relations, &mut rows.relations);
        for (id, chain) in &plan.rejections {
            let now = rows.rejections.get(id).cloned();
            let Some(row) = self.outcome(key, id, self.follow(chain, now)) else { continue };
            is_changed = true;
            match row {
                Some(row) => _ = rows.rejections.insert(*id, row),
                None => _ = rows.rejections.remove(id),
            }
        }
        if !is_changed {
            return Ok(());
        }
        let stamp = read.map(|(_, stamp)| stamp);
        if rows.is_blank() { self.remove(key, stamp) } else { self.write(key, stamp, &layout::file(&rows.into_file())) }
    }

    /// Brings relations on; says whether any was changed.
    fn relations(
        &mut self,
        key: &FileKey,
        plan: &Chains<RelationId, WholeRow<RelationRow>>,
        rows: &mut BTreeMap<RelationId, RelationRow>,
    ) -> bool {
        let mut is_changed = false;
        for (id, chain) in plan {
            if self.is_passed_over(rows.get(id).map(|row| row.note.as_str())) {
                continue;
            }
            let Some(row) = self.outcome(key, id, self.follow(chain, rows.get(id).cloned())) else { continue };
            is_changed = true;
            match row {
                Some(row) => _ = rows.insert(*id, row),
                None => _ = rows.remove(id),
            }
        }
        is_changed
    }

    /// Whether a row is to be decided on, because it was changed on two sides: only a check passes it over, which tells
    /// of it otherwise.
    fn is_passed_over(&self, note: Option<&str>) -> bool {
        self.mode == Mode::Compare && note.is_some_and(Conflict::is_in)
    }

    /// Holds a row against its changes. For a check it is also as it should be where it was merged.
    fn follow<V: Clone, C: RowChange<V>>(&self, chain: &[Link<C>], row: Option<V>) -> Outcome<V> {
        match follow(chain, row.clone()) {
            Outcome::Foreign if self.mode == Mode::Compare && is_of_two_lines(chain, row.as_ref()) => Outcome::Done,
            outcome => outcome,
        }
    }

    /// What a row becomes; `None` where it stays as it is.
    fn outcome<V>(&mut self, key: &FileKey, what: impl Into<Value>, outcome: Outcome<V>) -> Option<Option<V>> {
        let what: Value = what.into();
        match outcome {
            Outcome::Done | Outcome::OfOthers => None,
            _ if self.mode == Mode::Compare => {
                self.differing.entry(key.clone()).or_default().push(what);
                None
            }
            Outcome::Carried(row, steps) => {
                self.lacking.extend(steps);
                Some(row)
            }
            Outcome::Foreign => {
                self.found.push(
                    Diagnostic::warning(
                        "changed-outside",
                        phrase!("No change in the history left {what} as it is, so it stays that way", what),
                    )
                    .at_path(self.folder.path(key).display())
                    .hint("Another program has changed the file; look whether it says what it should"),
                );
                None
            }
        }
    }

    fn read(&self, key: &FileKey) -> Result<Read, Diagnostic> {
        if self.folder.disk.info(&self.folder.inside(&key.path())?)?.is_none() {
            return Ok(None);
        }
        self.folder.read_newest(key).map(Some)
    }

    /// Replaces a file, if it is still as it was read.
    fn write(&self, key: &FileKey, then: Option<Stamp>, content: &str) -> Result<(), Diagnostic> {
        if self.mode != Mode::CarryOut {
            return Ok(());
        }
        let unchanged = || self.folder.is_unchanged(key, then);
        self.folder.replace(&key.path(), content.as_bytes(), Durability::Flushed, unchanged)?;
        self.folder.flush_folder_of(key)
    }

    /// Removes a file, if it is still as it was read, and its annotator’s folder with the last one.
    fn remove(&self, key: &FileKey, then: Option<Stamp>) -> Result<(), Diagnostic> {
        if self.mode != Mode::CarryOut || then.is_none() {
            return Ok(());
        }
        self.folder.is_unchanged(key, then)?;
        let path = self.folder.inside(&key.path())?;
        self.folder.disk.remove(&path)?;
        // An annotator's folder goes with their last layer; one that is not empty stays.
        if self.folder.disk.files().remove_folder(disk::folder_of(&path)).is_ok() {
            return Ok(());
        }
        self.folder.flush_folder_of(key)
    }
}

impl Folder {
    fn flush_folder_of(&self, key: &FileKey) -> Result<(), Diagnostic> {
        self.disk.flush_folder(disk::folder_of(&self.path(key)))
    }
}

impl RowChange<CodebookFile> for &CodebookChange {
    fn holds(&self, row: Option<&CodebookFile>, side: Side) -> bool {
        row.is_some_and(|codebook| CodebookChange::holds(self, codebook, side))
    }

    fn says_all(&self) -> bool {
        false
    }

    fn carried(&self, row: Option<CodebookFile>, side: Side) -> Option<CodebookFile> {
        row.map(|mut codebook| {
            self.put(&mut codebook, side);
            codebook
        })
    }

    fn forks_from(&self, side: Side, before: &Self, to: Side) -> bool {
        self.version_at(side.other()).zip(before.version_at(to)).is_some_and(|(own, before)| own != before)
    }
}

fn gone() -> Diagnostic {
    Diagnostic::error("not-found", "The file is gone").hint("Restore it from a copy")
}
