//! Reads articles by a job beside whoever works: what is looked at first, what a search will come to after it.

use std::{
    collections::{BTreeSet, VecDeque},
    fmt,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{
    diagnostic::Diagnostic,
    jobs::{self, Job, Outcome, Wake},
    model::{ArticleId, Project},
};

/// Articles that are read together; one that is wanted first waits for no more than these.
const AT_ONCE: usize = 16;

/// As the job is called.
const NAME: &str = "Reading articles";

/// Reads an article’s text and layers into a snapshot; gives what was repaired, and what can’t be read.
pub(super) type ReadOne = Arc<dyn Fn(&mut Project, &ArticleId) -> Vec<Diagnostic> + Send + Sync>;

/// The articles that are wanted, and the job that reads them as long as there are any. Dropping it waits for the
/// articles that are being read, and for no others.
pub(super) struct Reader {
    /// Reads one article into a snapshot; for tests, something slower.
    read_one: ReadOne,
    /// What job and runner share.
    shared: Arc<Shared>,
    /// The job that reads, while there is something to read.
    job: Option<Job<()>>,
}

/// What became of an article that was asked for.
#[derive(Debug)]
pub(super) struct ReadArticle {
    pub article: ArticleId,
    /// As it was when the reading began, with all of the article that could be read.
    pub project: Project,
    /// What was repaired, and what could not be read.
    pub found: Vec<Diagnostic>,
}

/// What the runner and the job share.
#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    /// Told of whenever articles have been read, and when the job has ended.
    changed: Condvar,
}

/// What is wanted, what is being read, and what has been.
#[derive(Default)]
struct Queue {
    /// Looked at, or waited for by a command.
    first: Line,
    /// A search will come to them. An article may stand in both.
    ahead: Line,
    /// What the job reads at the moment.
    reading: Vec<ArticleId>,
    /// What was read and not yet taken.
    answers: VecDeque<ReadArticle>,
    answered: FxHashSet<ArticleId>,
    /// As it was when something was last wanted.
    project: Option<Project>,
    wake: Option<Wake>,
    /// The job that reads, by its number.
    job: Option<u64>,
    /// How many jobs there have been: the last one’s number.
    jobs: u64,
    /// Whether the reader is being dropped: the job ends with what it is at.
    is_over: bool,
}

/// Articles in the order in which they were asked for, each once.
#[derive(Default)]
struct Line {
    order: VecDeque<ArticleId>,
    all: FxHashSet<ArticleId>,
}

impl Line {
    /// Appends an article that is not in the line.
    fn add(&mut self, article: &ArticleId) {
        if self.all.insert(article.clone()) {
            self.order.push_back(article.clone());
        }
    }

    /// Takes up to `most` articles from the front.
    fn take(&mut self, most: usize) -> Vec<ArticleId> {
        let mut taken = Vec::new();
        while taken.len() < most
            && let Some(article) = self.order.pop_front()
        {
            // One that is forgotten leaves its place.
            if self.all.remove(&article) {
                taken.push(article);
            }
        }
        taken
    }
}

impl Queue {
    /// Whether an article is in a line or being read.
    fn is_wanted(&self, article: &ArticleId) -> bool {
        self.first.all.contains(article) || self.ahead.all.contains(article) || self.reading.contains(article)
    }

    /// Whether anything waits to be read.
    fn has_work(&self) -> bool {
        !(self.first.all.is_empty() && self.ahead.all.is_empty())
    }

    /// The next articles to read; none where it is over, or nothing is wanted.
    fn next(&mut self) -> Option<(Project, Vec<ArticleId>)> {
        let project = self.project.clone().filter(|_| !self.is_over)?;
        let first = self.first.take(AT_ONCE);
        first.iter().for_each(|article| _ = self.ahead.all.remove(article));
        self.reading = if first.is_empty() { self.ahead.take(AT_ONCE) } else { first };
        (!self.reading.is_empty()).then(|| (project, self.reading.clone()))
    }

    /// Takes up what the job has read.
    fn answer(&mut self, answers: Vec<ReadArticle>) {
        self.reading.clear();
        self.answered.extend(answers.iter().map(|answer| answer.article.clone()));
        self.answers.extend(answers);
    }
}

impl Reader {
    /// A reader without work.
    pub fn new(read_one: ReadOne) -> Self {
        Self { read_one, shared: Arc::default(), job: None }
    }

    /// Reads articles after those that are wanted already. One that is on its way is not read again: a search that was
    /// broken off may have asked for it.
    pub fn read_ahead(&mut self, project: &Project, articles: impl IntoIterator<Item = ArticleId>) {
        self.want(project, articles, |queue| &mut queue.ahead);
    }

    /// Reads articles before all others.
    pub fn read_first(&mut self, project: &Project, articles: impl IntoIterator<Item = ArticleId>) {
        self.want(project, articles, |queue| &mut queue.first);
    }

    /// Puts articles into a line, and has a job begin where none is at work.
    fn want(
        &mut self,
        project: &Project,
        articles: impl IntoIterator<Item = ArticleId>,
        line: impl Fn(&mut Queue) -> &mut Line,
    ) {
        let mut queue = self.shared.queue();
        for article in articles {
            if !queue.reading.contains(&article) && !queue.answered.contains(&article) {
                line(&mut queue).add(&article);
            }
        }
        queue.project = Some(project.clone());
        drop(queue);
        self.work();
    }

    /// How many of these articles are still to come.
    pub fn awaited(&self, articles: &BTreeSet<ArticleId>) -> usize {
        let queue = self.shared.queue();
        articles.iter().filter(|&article| queue.is_wanted(article) || queue.answered.contains(article)).count()
    }

    /// Waits until these articles have been read, and gives whether they have, or can’t be: not where it is too late,
    /// even if they have.
    pub fn wait(&mut self, articles: &BTreeSet<ArticleId>, until: Option<Instant>) -> bool {
        let shared = Arc::clone(&self.shared);
        let mut queue = shared.queue();
        loop {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return false;
            }
            if !articles.iter().any(|article| queue.is_wanted(article)) {
                return true;
            }
            if queue.job.is_none() {
                drop(queue);
                self.give_up();
                return true;
            }
            queue = match left {
                Some(left) => shared.changed.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0,
                None => shared.changed.wait(queue).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// No longer reads these articles before others.
    pub fn forget(&self, articles: impl IntoIterator<Item = ArticleId>) {
        let mut queue = self.shared.queue();
        articles.into_iter().for_each(|article| _ = queue.first.all.remove(&article));
    }

    /// What has been read since this was last asked, in order; at most so many.
    pub fn answers(&mut self, most: usize) -> Vec<ReadArticle> {
        if self.has_failed() {
            self.give_up();
        }
        let mut queue = self.shared.queue();
        let most = most.min(queue.answers.len());
        let answers: Vec<ReadArticle> = queue.answers.drain(..most).collect();
        answers.iter().for_each(|answer| _ = queue.answered.remove(&answer.article));
        answers
    }

    /// Whether a job ended before its work was done, as by a panic.
    fn has_failed(&self) -> bool {
        let queue = self.shared.queue();
        queue.job.is_none() && (queue.has_work() || !queue.reading.is_empty())
    }

    /// Has a function called, on the reading thread, whenever there are answers.
    pub fn wake_with(&self, wake: Wake) {
        self.shared.queue().wake = Some(wake);
    }

    /// What is called then.
    pub fn wake(&self) -> Option<Wake> {
        self.shared.queue().wake.clone()
    }

    /// Sees that a job reads, where something is wanted.
    fn work(&mut self) {
        let mut queue = self.shared.queue();
        if queue.job.is_some() || !queue.has_work() {
            return;
        }
        queue.jobs += 1;
        let number = queue.jobs;
        queue.job = Some(number);
        let wake = queue.wake.clone();
        drop(queue);
        let working = Working { shared: Arc::clone(&self.shared), number };
        let read_one = Arc::clone(&self.read_one);
        self.job = Some(Job::start(NAME, wake, move |_| working.shared.work(&read_one)));
    }

    /// The job has failed before everything was read: says of the rest why it can’t be read.
    fn give_up(&mut self) {
        let found = self.job.take().and_then(|job| job.wait().err()).unwrap_or_default();
        let mut queue = self.shared.queue();
        let Some(project) = queue.project.clone() else { return };
        let mut left = std::mem::take(&mut queue.reading);
        left.extend(queue.first.take(usize::MAX));
        left.extend(queue.ahead.take(usize::MAX));
        let answer = |article| ReadArticle { article, project: project.clone(), found: found.clone() };
        queue.answer(left.into_iter().map(answer).collect());
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.shared.queue().is_over = true;
        // What came of the job is in the answers, which nobody takes any more.
        let _ = self.job.take().map(Job::wait);
    }
}

/// The job of this number: when this goes, it has ended, even by a panic or before it began.
struct Working {
    shared: Arc<Shared>,
    number: u64,
}

impl Drop for Working {
    fn drop(&mut self) {
        self.shared.queue().job.take_if(|number| *number == self.number);
        self.shared.changed.notify_all();
    }
}

impl Shared {
    /// The queue; held for moments only.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a job does: reads until nothing waits, several articles at a time.
    fn work(&self, read_one: &ReadOne) -> Outcome<()> {
        while let Some((project, articles)) = self.next() {
            let read = |article| read(read_one, &project, article);
            let answers: Vec<ReadArticle> = if articles.len() == 1 {
                articles.into_iter().map(read).collect()
            } else {
                jobs::spread(NAME, || Ok(articles.into_par_iter().map(read).collect()))?
            };
            let mut queue = self.queue();
            queue.answer(answers);
            let wake = queue.wake.clone();
            drop(queue);
            self.changed.notify_all();
            wake.iter().for_each(|wake| wake());
        }
        Ok(())
    }

    /// The next articles to read, with the project to read them into; `None` ends the job.
    fn next(&self) -> Option<(Project, Vec<ArticleId>)> {
        let mut queue = self.queue();
        let next = queue.next();
        if next.is_none() {
            // While the queue is held, so that nobody counts on a job that is about to end.
            queue.job = None;
        }
        next
    }
}

/// An article that breaks its reading can’t be read; the others can.
fn read(read_one: &ReadOne, project: &Project, article: ArticleId) -> ReadArticle {
    let mut project = project.clone();
    let about = |told: Diagnostic| told.about(article.to_string());
    let found = jobs::guarded(NAME, || read_one(&mut project, &article))
        .unwrap_or_else(|broken| broken.into_iter().map(about).collect());
    ReadArticle { article, project, found }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let queue = self.shared.queue();
        write!(f, "{} wanted, {} read", queue.first.all.len() + queue.ahead.all.len(), queue.answers.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Codebook;

    fn ids(count: usize) -> Vec<ArticleId> {
        (0..count).map(|n| format!("article-{n}").parse().unwrap()).collect()
    }

    /// Reads nothing, and panics where it comes to the article.
    fn breaking_at(broken: &ArticleId) -> Reader {
        let broken = broken.clone();
        Reader::new(Arc::new(move |_, article| {
            assert_ne!(*article, broken, "on purpose");
            Vec::new()
        }))
    }

    fn told(answers: &[ReadArticle]) -> Vec<(ArticleId, usize)> {
        answers.iter().map(|answer| (answer.article.clone(), answer.found.len())).collect()
    }

    #[test]
    fn an_article_that_breaks_its_reading_is_told_of_and_the_others_are_read() {
        let (ids, project) = (ids(40), Project::new("", Codebook::empty("")));
        let mut reader = breaking_at(&ids[20]);
        reader.read_ahead(&project, ids.clone());
        assert!(reader.wait(&ids.iter().cloned().collect(), None));
        let answers = reader.answers(usize::MAX);
        assert_eq!(told(&answers), ids.iter().map(|id| (id.clone(), usize::from(*id == ids[20]))).collect::<Vec<_>>());
        assert_eq!(answers[20].found[0].code, "broken");
        reader.read_first(&project, ids[..1].to_vec());
        assert!(reader.wait(&ids[..1].iter().cloned().collect(), None), "it goes on after it");
    }

    #[test]
    fn whoever_waits_for_a_job_that_has_ended_too_soon_is_told_why() {
        let (ids, project) = (ids(3), Project::new("", Codebook::empty("")));
        let mut reader = breaking_at(&ids[0]);
        reader.shared.queue().project = Some(project);
        ids.iter().for_each(|id| reader.shared.queue().ahead.add(id));
        let gone = Working { shared: Arc::clone(&reader.shared), number: 1 };
        reader.shared.queue().job = Some(1);
        reader.job = Some(Job::start(NAME, None, move |_| {
            let _gone = gone;
            panic!("on purpose")
        }));
        assert!(reader.wait(&ids.iter().cloned().collect(), None));
        let answers = reader.answers(usize::MAX);
        assert_eq!(told(&answers), ids.iter().map(|id| (id.clone(), 1)).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_looked_at_is_read_before_what_a_search_will_come_to() {
        let ids = ids(40);
        let mut queue = Queue { project: Some(Project::new("", Codebook::empty(""))), ..Queue::default() };
        ids.iter().for_each(|id| queue.ahead.add(id));
        queue.first.add(&ids[30]);
        queue.first.add(&ids[31]);
        queue.first.all.remove(&ids[31]);
        let mut next = || queue.next().map(|(_, articles)| articles);
        assert_eq!(next().unwrap(), ids[30..31], "what is forgotten comes in its turn");
        let rest: Vec<ArticleId> = std::iter::from_fn(next).flatten().collect();
        assert_eq!(rest, [&ids[..30], &ids[31..]].concat());
    }
}
