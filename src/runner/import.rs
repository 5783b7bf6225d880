//! Importing: files in an exchange format become articles and layers of the project, in one step.
//!
//! Reading the files and working out what they come to takes long, and is a job over a snapshot; only the transaction at
//! the end needs the session. Nothing has changed until then: what a job found can be shown first.

use std::{path::PathBuf, sync::Arc};

use super::{Runner, SystemMint};
use crate::{
    command::{
        Command, Show,
        import::{Import, ImportPlan, ImportSummary},
    },
    diagnostic::Diagnostic,
    format::{Evidence, Format, Head, OffsetUnit, Sources, Take},
    jobs::{Outcome, Progress},
    model::{Incoming, IncomingArticle, IncomingIds},
    session::Run,
    store::Exchanged,
    text::Phrase,
};

/// What was read of files; nothing of a project has changed yet.
#[derive(Clone, Debug)]
pub struct ReadIn {
    pub format: &'static Format,
    /// Whether the format was told by what is in the files.
    pub is_guessed: bool,
    pub incoming: Arc<Incoming>,
    /// How the offsets agreed with the words: “412 of 412 fit as UTF-16, 409 as code points”; `None` where there was
    /// nothing to compare.
    pub offsets: Option<Phrase>,
    /// What was damaged, moved, lost or guessed, with its file and line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads files, and those in folders, in a format; where none is named, in the one that they look like. On any thread; a
/// step of the progress is an article, and the steps to come are as many as there are files.
///
/// # Errors
/// There is no such file, the files look like no format, or it can’t be read; it was cancelled.
pub fn read_in(paths: &[PathBuf], format: Option<&'static Format>, progress: &Progress) -> Outcome<ReadIn> {
    let (mut files, told) = Exchanged::of(paths);
    if files.names().is_empty() {
        return Err(if told.is_empty() { vec![nothing_there()] } else { told });
    }
    let failed = |told| vec![told];
    let is_guessed = format.is_none();
    let format = match format {
        Some(format) => format,
        None => guess(&mut files).map_err(failed)?,
    };
    let Some(reader) = &format.read else {
        let message = crate::phrase!("“{name}” is written, not read", name = format.name);
        let hint = "See which formats can be read with `pressmark formats`";
        return Err(vec![Diagnostic::error("not-read-in", message).hint(hint)]);
    };
    progress.expect(files.names().len());
    let mut gathered = Gathered { progress, articles: Vec::new(), told, evidence: Evidence::default(), own: None };
    let codebook = (reader.read)(&mut files, &mut gathered).map_err(failed)?;
    let Gathered { articles, told, evidence, own, .. } = gathered;
    // Readers know names; people know paths.
    let placed = |mut told: Diagnostic| {
        told.location.path = told.location.path.map(|name| files.path(&name).display().to_string());
        told
    };
    let ids = if format.has_own_ids { IncomingIds::OfFiles } else { IncomingIds::Counted };
    Ok(ReadIn {
        format,
        is_guessed,
        incoming: Arc::new(Incoming { format: format.name, codebook, articles, ids }),
        offsets: own.filter(|_| evidence.of > 0).map(|own| evidence.told(own)),
        diagnostics: told.into_iter().map(placed).collect(),
    })
}

/// The format that files look like.
fn guess(files: &mut Exchanged) -> Result<&'static Format, Diagnostic> {
    let heads = files.heads()?;
    let heads: Vec<Head<'_>> = heads.iter().map(|(name, bytes)| Head { name, bytes }).collect();
    Format::guess(&heads).ok_or_else(|| {
        Diagnostic::error("unknown-format", "The files look like no format that is known")
            .hint("Name the format with --format; see them with `pressmark formats`")
    })
}

fn nothing_there() -> Diagnostic {
    Diagnostic::error("empty-folder", "There is nothing in it").hint("Name files, or a folder with files")
}

/// Takes what a reader finds.
struct Gathered<'p> {
    progress: &'p Progress,
    articles: Vec<IncomingArticle>,
    told: Vec<Diagnostic>,
    evidence: Evidence,
    /// The unit that the format has by its rules, once offsets were compared.
    own: Option<OffsetUnit>,
}

impl Take for Gathered<'_> {
    fn article(&mut self, article: IncomingArticle) -> Result<(), Diagnostic> {
        self.articles.push(article);
        self.progress.step()
    }

    fn tell(&mut self, told: Diagnostic) {
        self.told.push(told);
    }

    fn offsets(&mut self, own: OffsetUnit, evidence: Evidence) {
        self.own.get_or_insert(own);
        self.evidence.extend(evidence);
    }
}

/// What an import comes to in a project, planned over a snapshot of it; nothing has changed yet.
#[derive(Debug)]
pub struct PlannedImport {
    import: Import,
    plan: ImportPlan,
}

impl PlannedImport {
    /// What would be added, and what clashes.
    pub fn summary(&self) -> &ImportSummary {
        &self.plan.summary
    }
}

impl Runner {
    /// The work of finding out what an import comes to, over the project as it is now.
    ///
    /// It fails where the files do not say whose marks they are and nobody is named, or something of the project that it
    /// needs can’t be read.
    pub fn planning_import(&self, import: Import) -> impl FnOnce(&Progress) -> Outcome<PlannedImport> + Send + use<> {
        let (folder, mut project) = (Arc::clone(&self.folder), self.session().project().clone());
        let working = self.session().annotator().cloned();
        move |progress| {
            let failed = |told| vec![told];
            let mut outcome = || {
                let plan = import.outcome(&project, working.as_ref(), &mut SystemMint::default()).map_err(failed)?;
                for id in &plan.unread {
                    progress.step().map_err(failed)?;
                    let found = folder.read_article(&mut project, id).map_err(failed)?;
                    if !project.is_read(id) {
                        return Err(found);
                    }
                }
                Ok(plan)
            };
            let mut plan = outcome()?;
            if !plan.unread.is_empty() {
                plan = outcome()?;
            }
            Ok(PlannedImport { import, plan })
        }
    }

    /// Carries out an import as one step; gives what it came to, and what is to be shown. Where the project has changed so that it does not go as it was planned any more,
    /// it is planned anew.
    ///
    /// # Errors
    /// Why nothing was imported; then the project is as it was.
    pub fn import(&mut self, planned: PlannedImport) -> Result<(ImportSummary, Vec<Show>), Diagnostic> {
        let PlannedImport { import, plan } = planned;
        let summary = plan.summary.clone();
        let planned = self.session.planned(import.plan_of(plan));
        let shown = match self.run_planned(planned) {
            Ok(shown) => shown,
            Err(_) => self.run(&Command::Import(Box::new(import)))?,
        };
        Ok((summary, shown))
    }
}
