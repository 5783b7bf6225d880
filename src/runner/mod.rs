//! A session at work on a disk: the one place where commands are run for the window and the command line alike, and
//! where what they ask of the disk is carried out.
//!
//! It shows nothing and asks nothing: what a window is to show it gives back, and what went wrong it hands over as
//! diagnostics.
//!
//! A command goes: plan (session, pure) → permission (read-only? another’s lock?) → transaction applied (session) →
//! effects carried out (here): read, save, undo. `saver` writes on its own threads, `reader` reads by a job,
//! `watching` looks for what others have changed; their results are brought in by [`Runner::bring_in`] between two
//! commands, so that nothing changes under a command’s feet.

mod add;
mod brought;
mod correct;
mod elsewhere;
mod import;
mod looking;
mod memory;
mod mint;
mod outside;
mod reader;
mod reading;
mod recall;
mod release;
mod saver;
mod since;
mod start;
mod waiting;
mod watching;

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

pub use add::{Added, Gathered, Planned as PlannedArticles, gather, gather_bytes};
pub use correct::{NewText, only_article};
pub use elsewhere::{Elsewhere, Left};
pub use import::{PlannedImport, ReadIn, read_in};
pub use looking::Notice;
pub use mint::SystemMint;
pub use saver::State;
pub use waiting::Waiting;

use looking::Looking;
use memory::Memory;
use reader::Reader;
use saver::Saver;
use since::Since;

use crate::{
    command::{Command, Effect, Plan, Show},
    diagnostic::Diagnostic,
    jobs::{Progress, Wake},
    model::{AnnotatorId, ArticleId, Codebook, Project},
    phrase,
    session::{Planned, Run, Session},
    store::{self, Disk, Folder},
};

/// A project being worked on, with its folder held open. Dropping it waits until everything has been saved.
#[derive(Debug)]
pub struct Runner {
    /// The project, the annotator, the history.
    session: Session,
    /// The project’s folder, shared with the threads.
    folder: Arc<Folder>,
    saver: Arc<Saver>,
    reader: Reader,
    /// The folder, for the reader's thread: it may become another one.
    read_from: Arc<Mutex<Arc<Folder>>>,
    since: Since,
    /// How long a command waits for what it needs of the disk; `None` is as long as it takes.
    patience: Option<Duration>,
    /// What was to be read and is not there yet.
    waiting: Vec<Waiting>,
    /// How many commands have waited so far: numbers the next one.
    waited: u64,
    /// Steps of before the session that were read, until a command takes them.
    recalled: brought::Steps,
    /// What came of taking the lock of whoever is to mark from now on, for the command that waits for it.
    locked: Option<(AnnotatorId, Result<(), Diagnostic>)>,
    memory: Memory,
    looking: Looking,
    /// What a window has not been given yet.
    to_show: Vec<Show>,
    mint: SystemMint,
    /// What is to be told and nobody has asked for yet.
    found: Vec<Diagnostic>,
    /// What reading has found so far: a file that can't be read is asked for by every search, and told of once.
    told: HashSet<Diagnostic>,
}

impl Run for Runner {
    fn session(&self) -> &Session {
        &self.session
    }

    /// Saving goes on behind it: see [`Runner::state`].
    fn run(&mut self, command: &Command) -> Result<Vec<Show>, Diagnostic> {
        self.run_after(command, &BTreeSet::new())?;
        if let Some(article) = self.session.focus().article.clone() {
            self.memory.note(self.session.project(), &article);
        }
        // No view needs anything where nobody looks on.
        if self.patience.is_none() && self.is_full() {
            self.make_room(&BTreeSet::new());
        }
        Ok(std::mem::take(&mut self.to_show))
    }
}

impl Runner {
    /// Opens a project by its folder or its `project.ron`, or a packed one, which is unpacked beside it the first time.
    ///
    /// What was repaired or left out is among the [`Runner::diagnostics`].
    ///
    /// # Errors
    /// It cannot be opened at all; then nothing was changed.
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        Self::open_in_steps(path, &Progress::default())
    }

    /// As [`Runner::open`]; a step of the progress is a file that is looked at.
    ///
    /// # Errors
    /// See [`Runner::open`].
    pub fn open_in_steps(path: &Path, progress: &Progress) -> Result<Self, Diagnostic> {
        let opened = store::open_in_steps(&Disk::default(), path, progress);
        let (folder, project, found) = opened.or_else(|why| open_unpacked(path, why, progress))?;
        Ok(Self { found, ..Self::over(folder, project)? })
    }

    /// Makes a project with nothing in it but a codebook that ships, or, where none is named, an empty one.
    ///
    /// Without a name it is called as its folder is.
    ///
    /// # Errors
    /// The codebook is not known, there is something at this place already, or it cannot be written.
    pub fn create(folder: &Path, name: &str, codebook: &str) -> Result<Self, Diagnostic> {
        let codebook = if codebook.is_empty() { Codebook::empty("Codebook") } else { store::codebook(codebook)? };
        let own = folder.file_name().map_or_else(|| "Project".to_owned(), |own| own.to_string_lossy().into_owned());
        let name = if name.trim().is_empty() { own } else { name.trim().to_owned() };
        let project = Project::new(name, codebook);
        Self::over(store::create(folder, &project)?, project)
    }

    /// A runner for a project that is open; starts its threads.
    fn over(folder: Folder, project: Project) -> Result<Self, Diagnostic> {
        let folder = Arc::new(folder);
        let saver = Arc::new(Saver::start(Arc::clone(&folder))?);
        let read_from = Arc::new(Mutex::new(Arc::clone(&folder)));
        let from = Arc::clone(&read_from);
        let reader = Reader::new(Arc::new(move |project, article| {
            let folder = Arc::clone(&from.lock().unwrap_or_else(PoisonError::into_inner));
            folder.read_article(project, article).unwrap_or_else(|diagnostic| vec![diagnostic])
        }));
        Ok(Self {
            session: Session::continued(project),
            folder,
            saver,
            reader,
            read_from,
            since: Since::default(),
            patience: None,
            waiting: Vec::new(),
            waited: 0,
            recalled: brought::Steps::new(),
            locked: None,
            memory: Memory::default(),
            looking: Looking::default(),
            to_show: Vec::new(),
            mint: SystemMint::default(),
            found: Vec::new(),
            told: HashSet::new(),
        })
    }

    /// Where the project is.
    pub fn root(&self) -> &Path {
        self.folder.root()
    }

    /// How far saving has come.
    pub fn state(&self) -> State {
        if self.folder.read_only().is_some() { State::ReadOnly } else { self.saver.state() }
    }

    /// How many changes would be lost if the program ended now.
    pub fn unsaved(&self) -> usize {
        self.saver.unsaved()
    }

    /// Why changes could not be saved the last time that it was tried; it is tried again by itself.
    pub fn trouble(&self) -> Option<Diagnostic> {
        self.saver.trouble()
    }

    /// Has a function called, on another thread, whenever the state may have changed or articles have been read.
    pub fn wake_with(&self, wake: impl Fn() + Send + Sync + 'static) {
        let wake: Wake = Arc::new(wake);
        self.saver.wake_with(Arc::clone(&wake));
        self.looking.wake_with(Arc::clone(&wake));
        self.reader.wake_with(wake);
    }

    /// Has commands wait for the disk no longer than this: what is read later is [brought in](Runner::bring_in) later.
    ///
    /// A window can’t wait; the command line, which is how it is without this, has nothing else to do.
    pub fn wait_at_most(&mut self, patience: Duration) {
        self.patience = Some(patience);
    }

    /// What was repaired or went wrong since this was last asked.
    pub fn diagnostics(&mut self) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut self.found);
        found.extend(self.saver.news());
        found
    }

    /// Waits until every change is on the disk, or has failed to get there.
    ///
    /// # Errors
    /// Why some are not; they are kept and tried again with the next change.
    pub fn flush(&mut self) -> Result<(), Diagnostic> {
        self.saver.flush()
    }

    /// Waits until every change is written down in the journal, and so can't be lost; its files may still follow.
    ///
    /// # Errors
    /// Why some are not; they are kept and tried again by themselves.
    pub fn record(&mut self) -> Result<(), Diagnostic> {
        self.saver.record()
    }

    /// How many changes have been written down since the project was opened.
    pub fn recorded(&self) -> u64 {
        self.saver.recorded()
    }

    /// Runs a command for which these articles have been read, as far as they can be.
    fn run_after(&mut self, command: &Command, read: &BTreeSet<ArticleId>) -> Result<(), Diagnostic> {
        let planned = self.session.plan(command, &mut self.mint)?;
        if let Some(annotator) = &planned.plan().annotator
            && self.locked.as_ref().is_none_or(|(locked, _)| locked != annotator)
        {
            return self.lock_first(annotator.clone(), command, read);
        }
        self.permit(planned.plan())?;
        let effects = self.session.carry_out(planned, &mut self.mint)?;
        self.carry_out(effects, Some(command), read)
    }

    /// Carries out what was planned beside, where nothing has happened that keeps it from being so.
    fn run_planned(&mut self, planned: Planned) -> Result<Vec<Show>, Diagnostic> {
        self.permit(planned.plan())?;
        let effects = self.session.carry_out(planned, &mut self.mint)?;
        self.carry_out(effects, None, &BTreeSet::new())?;
        Ok(std::mem::take(&mut self.to_show))
    }

    /// Carries out what a command asks for; one that is `None` never has to wait.
    fn carry_out(
        &mut self,
        effects: Vec<Effect>,
        command: Option<&Command>,
        read: &BTreeSet<ArticleId>,
    ) -> Result<(), Diagnostic> {
        for effect in effects {
            match effect {
                Effect::Read(articles) => self.read(articles, None, read)?,
                Effect::ReadAhead(articles) => self.reader.read_ahead(self.session.project(), articles),
                Effect::ReadFirst(articles) => self.read(articles, command.cloned(), read)?,
                Effect::Recall(what) => command.map_or(Ok(()), |command| self.recall(what, command, read))?,
                Effect::ReadLog => self.read_log()?,
                Effect::Undo(count) => {
                    (0..count).try_for_each(|_| self.run_after(&Command::Undo, read))?;
                    let said = phrase!("{n} step undone|{n} steps undone", n = count);
                    self.to_show.push(Show::Say(said));
                }
                Effect::Redo(count) => {
                    (0..count).try_for_each(|_| self.run_after(&Command::Redo, read))?;
                    let said = phrase!("{n} step redone|{n} steps redone", n = count);
                    self.to_show.push(Show::Say(said));
                }
                Effect::Save(transaction, project) => {
                    self.saver.save(&project, Arc::clone(&transaction));
                    self.since.note(&project, &transaction);
                    self.note_changed(&transaction);
                    self.to_show.push(Show::Changed(transaction));
                }
                Effect::Show(show) => self.to_show.push(show),
            }
        }
        Ok(())
    }

    /// Refuses every change where nothing can be saved, and goes on with the lock of whoever is to mark from now on.
    ///
    /// Whoever can't have it may look, and is told why.
    ///
    /// # Errors
    /// Why nothing may be changed.
    fn permit(&mut self, plan: &Plan) -> Result<(), Diagnostic> {
        let locked = plan.annotator.as_ref().and_then(|_| self.locked.take()).map(|(_, locked)| locked);
        let refused = locked.and_then(|locked| {
            self.folder.work_with(locked.clone());
            locked.err()
        });
        match self.folder.read_only() {
            Some(why) if plan.is_change() => {
                // Whoever marks goes on, and so does their lock.
                self.session.annotator().map(|annotator| self.folder.lock(annotator));
                Err(why)
            }
            _ => {
                self.found.extend(refused);
                self.permit_of_others(&plan.changes)
            }
        }
    }

    /// The same is told once.
    fn tell(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found.into_iter().filter(|diagnostic| self.told.insert(diagnostic.clone())));
    }
}

/// A packed project that was unpacked before is gone on with where it is.
fn open_unpacked(
    path: &Path,
    why: Diagnostic,
    progress: &Progress,
) -> Result<(Folder, Project, Vec<Diagnostic>), Diagnostic> {
    if why.code != "exists" || !store::is_packed(path) {
        return Err(why);
    }
    let unpacked = store::unpacked_folder(path);
    let opened = store::open_in_steps(&Disk::default(), &unpacked, progress);
    let Ok((folder, project, mut found)) = opened else { return Err(why) };
    found.push(
        Diagnostic::note(
            "unpacked-before",
            "There is a project of this name beside the packed one; this is the project",
        )
        .at_path(unpacked.display())
        .hint("Unpack the file to another place with `pressmark unpack` to see what is in it"),
    );
    Ok((folder, project, found))
}
