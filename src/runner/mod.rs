//! A session at work on a disk: the one place where effects that touch the disk are carried out.
//!
//! The command line and the window both work through it. It shows nothing and asks nothing: what it cannot carry out
//! it gives back, and what went wrong it hands over as diagnostics.

mod add;
mod mint;
mod reader;
mod saver;

use std::{
    collections::{BTreeSet, HashSet},
    io::Write,
    path::Path,
    sync::Arc,
    thread::{self, JoinHandle},
};

pub use add::{Added, Gathered, gather, gather_bytes};
pub use mint::SystemMint;
pub use saver::State;

use reader::{Answer, Reader};
use saver::Saver;

use crate::{
    command::{self, Command, Effect, project::OfProject},
    diagnostic::Diagnostic,
    format::Format,
    model::{AnnotatorId, ArticleId, Codebook, Project, id::CountingMint},
    session::Session,
    store::{self, ExportError, Folder},
};

/// What wakes whoever waits for a thread; called on that thread.
type Wake = Arc<dyn Fn() + Send + Sync>;

/// Answers that are brought in at a time: a window does this between two frames.
const BROUGHT_IN: usize = 128;

/// A project's folder, held open for a session. Dropping it waits until everything has been saved.
#[derive(Debug)]
pub struct Runner {
    folder: Arc<Folder>,
    saver: Saver,
    reader: Reader,
    /// Articles that were asked for and read, or can't be, since this was last told.
    read: Vec<ArticleId>,
    mint: SystemMint,
    /// Why nothing may be changed.
    read_only: Option<Diagnostic>,
    found: Vec<Diagnostic>,
    /// What reading has found so far: a file that can't be read is asked for by every search, and told of once.
    told: HashSet<Diagnostic>,
}

impl Runner {
    /// Opens a project by its folder or its `project.ron`, or a packed one, which is unpacked beside it the first time.
    ///
    /// What was repaired or left out is among the [`Runner::diagnostics`].
    ///
    /// # Errors
    /// It cannot be opened at all; then nothing was changed.
    pub fn open(path: &Path) -> Result<(Self, Session), Diagnostic> {
        let (folder, project, found) = store::open(path).or_else(|why| open_beside(path, why))?;
        let mut runner = Self::over(folder)?;
        runner.found = found;
        Ok((runner, Session::new(project)))
    }

    /// Makes a project with nothing in it but a codebook that ships, or, where none is named, an empty one.
    ///
    /// Without a name it is called as its folder is.
    ///
    /// # Errors
    /// The codebook is not known, there is something at this place already, or it cannot be written.
    pub fn create(folder: &Path, name: &str, codebook: &str) -> Result<(Self, Session), Diagnostic> {
        let codebook = if codebook.is_empty() { Codebook::empty("Codebook") } else { store::codebook(codebook)? };
        let own = folder.file_name().map_or_else(|| "Project".to_owned(), |own| own.to_string_lossy().into_owned());
        let name = if name.trim().is_empty() { own } else { name.trim().to_owned() };
        let project = Project::new(name, codebook);
        let runner = Self::over(store::create(folder, &project)?)?;
        Ok((runner, Session::new(project)))
    }

    fn over(folder: Folder) -> Result<Self, Diagnostic> {
        let folder = Arc::new(folder);
        let saver = Saver::start(Arc::clone(&folder))?;
        let reader = Reader::start(Arc::clone(&folder))?;
        Ok(Self {
            folder,
            saver,
            reader,
            read: Vec::new(),
            mint: SystemMint::default(),
            read_only: None,
            found: Vec::new(),
            told: HashSet::new(),
        })
    }

    /// Where the project is.
    pub fn root(&self) -> &Path {
        self.folder.root()
    }

    /// Runs a command and carries out what it asks of the disk; gives what is left for a window to do.
    ///
    /// Saving goes on behind it: see [`Runner::state`].
    ///
    /// # Errors
    /// Why nothing was done, and what to do first; then everything is as it was.
    pub fn run(&mut self, session: &mut Session, command: &Command) -> Result<Vec<Effect>, Diagnostic> {
        self.permit(session, command)?;
        let effects = session.run(command, &mut self.mint)?;
        self.settle(session, effects)
    }

    /// Carries out what effects ask of the disk; gives what is left for a window to do, and why a command that had to
    /// wait for reading could not be run.
    pub fn carry_out(&mut self, session: &mut Session, effects: Vec<Effect>) -> (Vec<Effect>, Option<Diagnostic>) {
        match self.settle(session, effects) {
            Ok(left) => (left, None),
            Err(diagnostic) => (Vec::new(), Some(diagnostic)),
        }
    }

    /// How far saving has come.
    pub fn state(&self) -> State {
        if self.read_only.is_some() { State::ReadOnly } else { self.saver.state() }
    }

    /// Has a function called, on another thread, whenever the state may have changed or articles have been read.
    pub fn wake_with(&self, wake: impl Fn() + Send + Sync + 'static) {
        let wake: Wake = Arc::new(wake);
        self.saver.wake_with(Arc::clone(&wake));
        self.reader.wake_with(wake);
    }

    /// Brings in articles that were asked for and have been read; gives those, and those that can't be read.
    pub fn bring_in(&mut self, session: &mut Session) -> Vec<ArticleId> {
        self.take_answers(session, BROUGHT_IN);
        std::mem::take(&mut self.read)
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

    /// Writes the whole project in an exchange format into a file, which is made or replaced whole or not at all.
    ///
    /// Gives what was repaired on the way.
    ///
    /// # Errors
    /// Something of the project could not be read, or the file cannot be written; then it is as it was.
    pub fn export(
        &mut self,
        session: &Session,
        format: &Format,
        to: &Path,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        self.folder.export_file(session.project(), format, to)
    }

    /// As [`Runner::export`], to a writer; what was written before an error stays written.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub fn export_to(
        &mut self,
        session: &Session,
        format: &Format,
        out: &mut dyn Write,
    ) -> Result<Vec<Diagnostic>, ExportError> {
        self.folder.export(session.project(), format, out)
    }

    /// Writes the whole project, without its history, as one file to hand around.
    ///
    /// # Errors
    /// Not everything is saved, something cannot be read, or the file cannot be written.
    pub fn pack(&mut self, to: &Path) -> Result<(), Diagnostic> {
        self.flush()?;
        self.folder.pack(to)
    }

    /// Refuses changes where nothing can be saved, and makes sure of the place of whoever wants to mark.
    ///
    /// # Errors
    /// Why the command may not be run, or what its plan refuses.
    pub fn permit(&mut self, session: &Session, command: &Command) -> Result<(), Diagnostic> {
        let asks_who = matches!(command, Command::Project(OfProject::WorkAs(_)));
        if self.read_only.is_none() && !asks_who {
            return Ok(());
        }
        let plan = command::plan(command, &session.scene(), &mut CountingMint::default())?;
        let changes = !plan.changes.is_empty() || matches!(command, Command::Undo | Command::Redo);
        if let Some(annotator) = &plan.annotator {
            self.lock(annotator);
        }
        match &self.read_only {
            Some(why) if changes => Err(why.clone()),
            Some(why) if asks_who => {
                self.found.push(why.clone());
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn lock(&mut self, annotator: &AnnotatorId) {
        self.read_only = self.folder.lock(annotator).err();
    }

    fn settle(&mut self, session: &mut Session, effects: Vec<Effect>) -> Result<Vec<Effect>, Diagnostic> {
        let mut left = Vec::new();
        for effect in effects {
            match effect {
                Effect::Read(articles) => self.read_now(session, &articles),
                Effect::ReadAhead(articles) => self.reader.read(session.project(), articles),
                Effect::ReadAll(command) => left.extend(self.run_when_read(session, &command)?),
                Effect::Save(transaction) => self.saver.save(session.project(), transaction),
                other => left.push(other),
            }
        }
        Ok(left)
    }

    /// Reads articles here and now, those too that the reader was asked for.
    fn read_now(&mut self, session: &mut Session, articles: &[ArticleId]) {
        let back = self.reader.take_back(&articles.iter().collect());
        self.take_answers(session, usize::MAX);
        let folder = Arc::clone(&self.folder);
        let read = |project: &mut Project| -> Vec<Diagnostic> {
            let read = |id| folder.read_article(project, id).unwrap_or_else(|diagnostic| vec![diagnostic]);
            articles.iter().flat_map(read).collect()
        };
        let found = session.load(read);
        self.tell(found);
        self.read.extend(back);
    }

    fn take_answers(&mut self, session: &mut Session, most: usize) {
        let answers = self.reader.answers(most);
        if answers.is_empty() {
            return;
        }
        let again = session.load(|project| {
            let stale = answers.iter().filter(|answer| !project.load_from(&answer.project, &answer.article));
            stale.map(|answer| answer.article.clone()).collect::<BTreeSet<ArticleId>>()
        });
        for Answer { article, found, .. } in answers {
            if !again.contains(&article) {
                self.tell(found);
                self.read.push(article);
            }
        }
        self.reader.read(session.project(), again);
    }

    /// The same is told once.
    fn tell(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found.into_iter().filter(|diagnostic| self.told.insert(diagnostic.clone())));
    }

    fn run_when_read(&mut self, session: &mut Session, command: &Command) -> Result<Vec<Effect>, Diagnostic> {
        let project = session.project();
        let unread: Vec<ArticleId> =
            project.articles().filter(|(id, _)| !project.is_read(id)).map(|(id, _)| id.clone()).collect();
        self.read_now(session, &unread);
        let effects = session.run(command, &mut self.mint)?;
        if effects.iter().any(|effect| matches!(effect, Effect::ReadAll(_))) {
            return Err(Diagnostic::error(
                "not-all-read",
                "This touches marks that can’t be read, so nothing was done",
            )
            .hint("See what `pressmark check` says, mend the files and try again"));
        }
        self.settle(session, effects)
    }
}

/// Begins work on a thread of its own, whose name and doing are told where the system gives none.
///
/// # Errors
/// The system gives no thread.
fn start(name: &str, doing: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Diagnostic> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map_err(|error| {
        Diagnostic::error("no-thread", format!("Can’t begin to {doing}: {error}"))
            .hint("Close other programs and try again")
    })
}

/// A packed project that was unpacked before is gone on with where it is.
fn open_beside(path: &Path, why: Diagnostic) -> Result<(Folder, Project, Vec<Diagnostic>), Diagnostic> {
    if why.code != "exists" || !store::is_packed(path) {
        return Err(why);
    }
    let beside = store::unpacked_folder(path);
    let Ok((folder, project, mut found)) = store::open(&beside) else { return Err(why) };
    found.push(
        Diagnostic::note(
            "unpacked-before",
            "There is a project of this name beside the packed one; this is the project",
        )
        .at_path(beside.display())
        .hint("Unpack the file to another place with `pressmark unpack` to see what is in it"),
    );
    Ok((folder, project, found))
}
