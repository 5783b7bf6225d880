//! Reads articles on a thread of its own, a few at a time: a search in many never makes a window wait for the disk.

use std::{
    collections::{BTreeSet, VecDeque},
    fmt,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
};

use rayon::prelude::*;

use super::{Wake, start};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, Project},
    store::Folder,
};

/// Articles that are read together.
const AT_ONCE: usize = 16;

/// The thread, and what it is asked for. Dropping it waits for the articles it is reading, and for no others.
#[derive(Debug)]
pub(super) struct Reader {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What became of an article that was asked for.
#[derive(Debug)]
pub(super) struct Answer {
    pub article: ArticleId,
    /// As it was when the reading began, with all of the article that could be read.
    pub project: Project,
    /// What was repaired, and what could not be read.
    pub found: Vec<Diagnostic>,
}

#[derive(Default)]
struct Shared {
    desk: Mutex<Desk>,
    changed: Condvar,
}

#[derive(Default)]
struct Desk {
    wanted: VecDeque<ArticleId>,
    /// As it was when something was last wanted.
    project: Option<Project>,
    reading: Vec<ArticleId>,
    read: VecDeque<Answer>,
    wake: Option<Wake>,
    is_over: bool,
}

impl Desk {
    fn is_on_its_way(&self, article: &ArticleId) -> bool {
        self.wanted.contains(article)
            || self.reading.contains(article)
            || self.read.iter().any(|answer| answer.article == *article)
    }
}

impl Reader {
    /// # Errors
    /// The system gives no thread.
    pub fn start(folder: Arc<Folder>) -> Result<Self, Diagnostic> {
        let shared = Arc::<Shared>::default();
        let own = Arc::clone(&shared);
        let thread = start("reader", "read", move || own.work(&folder))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Reads articles after those that are wanted already. One that is on its way is not read again: a search that was
    /// broken off may have asked for it.
    pub fn read(&self, project: &Project, articles: impl IntoIterator<Item = ArticleId>) {
        let mut desk = self.shared.desk();
        for article in articles {
            if !desk.is_on_its_way(&article) {
                desk.wanted.push_back(article);
            }
        }
        desk.project = Some(project.clone());
        self.shared.changed.notify_all();
    }

    /// Takes articles back that have not been read, and waits for those of them that just are; gives them.
    ///
    /// So none of them is read here and elsewhere at a time, and no file can change between the two.
    pub fn take_back(&self, articles: &BTreeSet<&ArticleId>) -> Vec<ArticleId> {
        let mut desk = self.shared.desk();
        let (back, wanted) = std::mem::take(&mut desk.wanted).into_iter().partition(|id| articles.contains(id));
        desk.wanted = wanted;
        while desk.reading.iter().any(|id| articles.contains(id)) {
            desk = self.shared.changed.wait(desk).unwrap_or_else(PoisonError::into_inner);
        }
        Vec::from(back)
    }

    /// What has been read since this was last asked, in order; at most so many.
    pub fn answers(&self, most: usize) -> Vec<Answer> {
        let mut desk = self.shared.desk();
        let most = most.min(desk.read.len());
        desk.read.drain(..most).collect()
    }

    /// Has a function called, on the reading thread, whenever there are answers.
    pub fn wake_with(&self, wake: Wake) {
        self.shared.desk().wake = Some(wake);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.shared.desk().is_over = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            // A thread that has panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, folder: &Folder) {
        while let Some((project, articles)) = self.next() {
            let busy = Busy(self);
            let read = articles.into_par_iter().map(|article| {
                let mut project = project.clone();
                let found = folder.read_article(&mut project, &article).unwrap_or_else(|diagnostic| vec![diagnostic]);
                Answer { article, project, found }
            });
            let read: Vec<Answer> = read.collect();
            self.desk().read.extend(read);
            drop(busy);
            let wake = self.desk().wake.clone();
            wake.iter().for_each(|wake| wake());
        }
    }

    /// Waits for something to read; nothing where it is over.
    fn next(&self) -> Option<(Project, Vec<ArticleId>)> {
        let mut desk = self.desk();
        loop {
            if desk.is_over {
                return None;
            }
            if let (Some(project), false) = (desk.project.clone(), desk.wanted.is_empty()) {
                let count = AT_ONCE.min(desk.wanted.len());
                desk.reading = desk.wanted.drain(..count).collect();
                return Some((project, desk.reading.clone()));
            }
            desk = self.changed.wait(desk).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// As long as it is there articles are being read; a thread that panics reads none any more.
struct Busy<'s>(&'s Shared);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.desk().reading.clear();
        self.0.changed.notify_all();
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let desk = self.desk();
        write!(f, "{} wanted, {} read", desk.wanted.len(), desk.read.len())
    }
}
