//! Reading for the commands that are run: what has been read is brought in, and what waited for it is run.

use std::{collections::BTreeSet, time::Instant};

use super::{
    Runner,
    brought::Brought,
    reader::ReadArticle,
    waiting::{Meant, Waiting},
};
use crate::{
    command::{Command, Show},
    diagnostic::Diagnostic,
    jobs::Job,
    model::ArticleId,
    phrase,
    text::Phrase,
};

/// Answers that are brought in at a time: a window does this between two frames.
const BROUGHT_IN: usize = 128;

impl Runner {
    /// Brings in articles that were asked for and have been read, and runs the commands that waited for them. Gives
    /// what a window is to show of it, in order.
    ///
    /// There may be more: call it until it gives nothing.
    pub fn bring_in(&mut self) -> Vec<Show> {
        self.take_answers(BROUGHT_IN);
        self.run_waiting();
        self.look();
        std::mem::take(&mut self.to_show)
    }

    /// What is being read for a command or to be looked at, with how much of it is there, from 0 to 1.
    pub fn waiting(&self) -> impl Iterator<Item = (&Waiting, Option<f32>)> {
        self.waiting.iter().map(|waiting| {
            if let Some(job) = &waiting.job {
                return (waiting, job.progress().share());
            }
            let (left, all) = (self.reader.awaited(&waiting.articles), waiting.articles.len().max(1));
            (waiting, Some(1.0 - left as f32 / all as f32))
        })
    }

    /// Gives up on what waits under this number, if it still does: nothing of it is done.
    pub fn cancel(&mut self, number: u64) {
        let Some(at) = self.waiting.iter().position(|waiting| waiting.number == number) else { return };
        let given_up = self.waiting.remove(at);
        let needed = |article: &ArticleId| self.waiting.iter().any(|waiting| waiting.articles.contains(article));
        let name = Phrase::plain(given_up.name());
        self.reader.forget(given_up.articles.into_iter().filter(|article| !needed(article)));
        if let Some(job) = given_up.job {
            job.progress().cancel();
            if given_up.then.is_none() {
                self.session.set_log(None);
            }
        }
        self.found.push(Diagnostic::note("cancelled", phrase!("{name}: cancelled; everything is as it was", name)));
    }

    /// Reads articles, waits for them as long as there is patience, then runs a command that needs them.
    ///
    /// # Errors
    /// What the command needs can’t be read, or why it can’t be run.
    pub(super) fn read(
        &mut self,
        articles: Vec<ArticleId>,
        then: Option<Command>,
        read: &BTreeSet<ArticleId>,
    ) -> Result<(), Diagnostic> {
        if then.is_some() && articles.iter().all(|article| read.contains(article)) {
            let first = articles.iter().find(|article| !self.session.project().is_read(article));
            let path = first.map(|article| self.root().join(self.unread_file(article).path()));
            return Err(path.map_or_else(unreadable, |path| unreadable().at_path(path.display())));
        }
        self.reader.read_first(self.session.project(), articles.iter().cloned());
        let until = self.patience.map(|patience| Instant::now() + patience);
        let waiting = self.waiting_for(articles.into_iter().collect(), then, read);
        while self.reader.awaited(&waiting.articles) > 0 {
            if !self.reader.wait(&waiting.articles, until) {
                self.waiting.push(waiting);
                return Ok(());
            }
            self.take_answers(usize::MAX);
        }
        self.run_ready(waiting)
    }

    /// A command that waits for articles, with what it was meant for.
    fn waiting_for(
        &mut self,
        articles: BTreeSet<ArticleId>,
        then: Option<Command>,
        read: &BTreeSet<ArticleId>,
    ) -> Waiting {
        self.waited += 1;
        Waiting {
            number: self.waited,
            since: Instant::now(),
            job: None,
            brought: None,
            read: read | &articles,
            articles,
            then: then
                .map(|command| (Meant::now(&self.session, &command), command))
                .map(|(meant, command)| (command, meant)),
        }
    }

    /// Waits for the history as long as there is patience, then runs a command that needs it.
    ///
    /// # Errors
    /// It can’t be read, or why the command can’t be run.
    pub(super) fn wait_for_history(
        &mut self,
        job: Job<Brought>,
        then: Option<Command>,
        read: &BTreeSet<ArticleId>,
    ) -> Result<(), Diagnostic> {
        let mut waiting = self.waiting_for(BTreeSet::new(), then, read);
        let ended = match self.patience {
            Some(patience) => job.wait_for(patience),
            None => Ok(job.wait()),
        };
        match ended {
            Ok(outcome) => {
                waiting.brought = Some(outcome);
                self.run_ready(waiting)
            }
            Err(job) => {
                waiting.job = Some(job);
                self.waiting.push(waiting);
                Ok(())
            }
        }
    }

    /// Runs the commands whose articles and history have been read.
    fn run_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let mut ready = Vec::new();
        for mut waiting in waiting {
            let is_ready = waiting.has_history() && self.reader.awaited(&waiting.articles) == 0;
            if is_ready { &mut ready } else { &mut self.waiting }.push(waiting);
        }
        for waiting in ready {
            if let Err(refused) = self.run_ready(waiting) {
                self.found.push(refused);
            }
        }
    }

    /// Runs one of them; refused where the scene is no longer what the command was meant for.
    fn run_ready(&mut self, waiting: Waiting) -> Result<(), Diagnostic> {
        let Waiting { then, read, brought, .. } = waiting;
        let is_meant = then.as_ref().is_none_or(|(command, meant)| Meant::now(&self.session, command) == *meant);
        brought.map_or(Ok(()), |brought| self.bring_history(brought))?;
        let Some((command, _)) = then else { return Ok(()) };
        if !is_meant {
            self.locked = None;
            return Err(Diagnostic::note("overtaken", "Something else was done while articles were read for this")
                .hint("Nothing was done; do it again"));
        }
        self.run_after(&command, &read)
    }

    /// Brings up to `most` articles that were read into the session; reads again what had changed meanwhile.
    fn take_answers(&mut self, most: usize) {
        let answers = self.reader.answers(most);
        if answers.is_empty() {
            return;
        }
        let again = self.session.load(|project| {
            let stale = answers.iter().filter(|answer| !project.load_from(&answer.project, &answer.article));
            stale.map(|answer| answer.article.clone()).collect::<BTreeSet<ArticleId>>()
        });
        let mut read = Vec::new();
        for ReadArticle { article, found, .. } in answers {
            if !again.contains(&article) {
                self.tell(found);
                read.push(article);
            }
        }
        self.reader.read_first(self.session.project(), again);
        read.iter().for_each(|article| self.memory.note(self.session.project(), article));
        if !read.is_empty() {
            self.to_show.push(Show::WasRead(read));
        }
    }
}

/// Why a command is given up: it needs articles that can’t be read.
fn unreadable() -> Diagnostic {
    Diagnostic::error("not-all-read", "This touches marks that can’t be read, so nothing was done")
        .hint("See what `pressmark check` says, repair the files and try again")
}
