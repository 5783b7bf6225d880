//! A session at work on a disk: the one place where commands are run for the window and the command line alike, and
//! where what they ask of the disk is carried out.
//!
//! It shows nothing and asks nothing: what a window is to show it gives back, and what went wrong it hands over as
//! diagnostics.

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
    command::{Command, Effect, Plan, Show},
    diagnostic::Diagnostic,
    format::Format,
    model::{ArticleId, Codebook, Project},
    session::{Run, Session},
    store::{self, ExportError, Folder},
};

/// What wakes whoever waits for a thread; called on that thread.
type Wake = Arc<dyn Fn() + Send + Sync>;

/// Answers that are brought in at a time: a window does this between two frames.
const BROUGHT_IN: usize = 128;

/// A project being worked on, with its folder held open. Dropping it waits until everything has been saved.
#[derive(Debug)]
pub struct Runner {
    session: Session,
    folder: Arc<Folder>,
    saver: Saver,
    reader: Reader,
    mint: SystemMint,
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
        self.run_after(command, &[])
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
        let (folder, project, found) = store::open(path).or_else(|why| open_beside(path, why))?;
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

    fn over(folder: Folder, project: Project) -> Result<Self, Diagnostic> {
        let folder = Arc::new(folder);
        let saver = Saver::start(Arc::clone(&folder))?;
        let reader = Reader::start(Arc::clone(&folder))?;
        Ok(Self {
            session: Session::new(project),
            folder,
            saver,
            reader,
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

    /// Has a function called, on another thread, whenever the state may have changed or articles have been read.
    pub fn wake_with(&self, wake: impl Fn() + Send + Sync + 'static) {
        let wake: Wake = Arc::new(wake);
        self.saver.wake_with(Arc::clone(&wake));
        self.reader.wake_with(wake);
    }

    /// Brings in articles that were asked for and have been read, and says which they are.
    pub fn bring_in(&mut self) -> Vec<Show> {
        let read = self.take_answers(BROUGHT_IN);
        if read.is_empty() { Vec::new() } else { vec![Show::WasRead(read)] }
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

    /// Writes the whole project in an exchange format into a file, which is made or replaced whole or not at all.
    ///
    /// Gives what was repaired on the way.
    ///
    /// # Errors
    /// Something of the project could not be read, or the file cannot be written; then it is as it was.
    pub fn export(&self, format: &Format, to: &Path) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        self.folder.export_file(self.session.project(), format, to)
    }

    /// As [`Runner::export`], to a writer; what was written before an error stays written.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub fn export_to(&self, format: &Format, out: &mut dyn Write) -> Result<Vec<Diagnostic>, ExportError> {
        self.folder.export(self.session.project(), format, out)
    }

    /// Writes the whole project, without its history, as one file to hand around.
    ///
    /// # Errors
    /// Not everything is saved, something cannot be read, or the file cannot be written.
    pub fn pack(&mut self, to: &Path) -> Result<(), Diagnostic> {
        self.flush()?;
        self.folder.pack(to)
    }

    /// Runs a command for which these articles have been read, as far as they can be.
    fn run_after(&mut self, command: &Command, read: &[ArticleId]) -> Result<Vec<Show>, Diagnostic> {
        let planned = self.session.plan(command, &mut self.mint)?;
        self.permit(planned.plan())?;
        let mut shown = Vec::new();
        for effect in self.session.carry_out(planned, &mut self.mint)? {
            match effect {
                Effect::Read(articles) => shown.push(Show::WasRead(self.read_now(&articles))),
                Effect::ReadAhead(articles) => self.reader.read(self.session.project(), articles),
                Effect::ReadFirst(articles) if articles.iter().any(|id| read.contains(id)) => {
                    return Err(unreadable());
                }
                Effect::ReadFirst(articles) => {
                    shown.push(Show::WasRead(self.read_now(&articles)));
                    shown.extend(self.run_after(command, &articles)?);
                }
                Effect::Save(transaction, project) => {
                    self.saver.save(&project, Arc::clone(&transaction));
                    shown.push(Show::Changed(transaction));
                }
                Effect::Show(show) => shown.push(show),
            }
        }
        Ok(shown)
    }

    /// Refuses every change where nothing can be saved, and takes the lock of whoever is to mark from now on.
    ///
    /// Whoever can't have it may look, and is told why.
    ///
    /// # Errors
    /// Why nothing may be changed.
    fn permit(&mut self, plan: &Plan) -> Result<(), Diagnostic> {
        let refused = plan.annotator.as_ref().and_then(|annotator| self.folder.lock(annotator).err());
        match self.folder.read_only() {
            Some(why) if plan.is_change() => {
                // Whoever marks goes on, and so does their lock.
                self.session.annotator().map(|annotator| self.folder.lock(annotator));
                Err(why)
            }
            _ => {
                self.found.extend(refused);
                Ok(())
            }
        }
    }

    /// Reads articles here and now, those too that the reader was asked for; gives what can be told of by then.
    fn read_now(&mut self, articles: &[ArticleId]) -> Vec<ArticleId> {
        self.reader.take_back(&articles.iter().collect());
        let mut read = self.take_answers(usize::MAX);
        let folder = Arc::clone(&self.folder);
        let found = self.session.load(|project| -> Vec<Diagnostic> {
            let read = |id| folder.read_article(project, id).unwrap_or_else(|diagnostic| vec![diagnostic]);
            articles.iter().flat_map(read).collect()
        });
        self.tell(found);
        read.extend(articles.iter().cloned());
        read
    }

    fn take_answers(&mut self, most: usize) -> Vec<ArticleId> {
        let answers = self.reader.answers(most);
        if answers.is_empty() {
            return Vec::new();
        }
        let again = self.session.load(|project| {
            let stale = answers.iter().filter(|answer| !project.load_from(&answer.project, &answer.article));
            stale.map(|answer| answer.article.clone()).collect::<BTreeSet<ArticleId>>()
        });
        let mut read = Vec::new();
        for Answer { article, found, .. } in answers {
            if !again.contains(&article) {
                self.tell(found);
                read.push(article);
            }
        }
        self.reader.read(self.session.project(), again);
        read
    }

    /// The same is told once.
    fn tell(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found.into_iter().filter(|diagnostic| self.told.insert(diagnostic.clone())));
    }
}

fn unreadable() -> Diagnostic {
    Diagnostic::error("not-all-read", "This touches marks that can’t be read, so nothing was done")
        .hint("See what `pressmark check` says, mend the files and try again")
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
