//! A concordance on its way: the search or the audit, its hits brought into an order, and what changed marks do to it.

use std::collections::BTreeSet;

use super::{HitOrder, Results, results::Again, sorting::Sorting};
use crate::{
    diagnostic::Diagnostic,
    model::{ArticleId, Project},
    query::search::{Advance, MarksFilter, Query, Scan, audit::Audit},
};

/// What is looked for.
#[derive(Clone, Debug)]
pub enum Subject {
    Hits(Query),
    /// Words that the marks let through by the filter have in one place and not in another.
    Audit(MarksFilter),
}

/// How much is done in one go, so that a window goes on answering.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Of text that is searched.
    pub bytes: usize,
    /// Articles that are being read ahead, at most: so many are read in vain where the search is stopped.
    pub reads: usize,
    /// Hits that are brought into an order.
    pub sorted: usize,
}

/// A concordance of some articles. Rows are there to be shown from the first hit on.
#[derive(Debug)]
pub struct Run {
    subject: Subject,
    /// In the order of the list.
    articles: Vec<ArticleId>,
    /// The order that is wished for; the rows have it once they are sorted.
    order: HitOrder,
    work: Option<Work>,
    results: Results,
    passed_over: usize,
    stopped_at: Option<f32>,
    /// Articles whose marks have changed since they were searched.
    stale: BTreeSet<ArticleId>,
}

/// What is still to be done.
#[derive(Debug)]
enum Work {
    Scan(Scan),
    Audit(Audit),
    Sort(Sorting),
}

impl Run {
    /// Nothing is done before [`advance`](Self::advance).
    pub fn new(subject: Subject, articles: Vec<ArticleId>, order: HitOrder) -> Self {
        let work = Some(Work::of(&subject, &articles));
        let (results, stale) = (Results::default(), BTreeSet::new());
        Self { subject, articles, order, work, results, passed_over: 0, stopped_at: None, stale }
    }

    pub fn results(&self) -> &Results {
        &self.results
    }

    /// The articles it goes through, in the order of the list.
    pub fn articles(&self) -> &[ArticleId] {
        &self.articles
    }

    /// The articles that it shows words of, and those that it has asked for and not yet gone through: their texts and
    /// layers are to stay.
    pub fn needed(&self) -> Box<dyn Iterator<Item = &ArticleId> + '_> {
        let found = self.results.found().iter().map(|found| &found.article);
        match &self.work {
            Some(Work::Scan(scan)) => Box::new(found.chain(scan.needed())),
            Some(Work::Audit(audit)) => Box::new(found.chain(audit.needed())),
            Some(Work::Sort(_)) | None => Box::new(found),
        }
    }

    /// The order that is wished for.
    pub fn order(&self) -> HitOrder {
        self.order
    }

    /// How far the work has come, from 0 to 1, while there is some.
    pub fn progress(&self) -> Option<f32> {
        self.work.as_ref().map(Work::progress)
    }

    /// Whether hits are being sorted, all of them found.
    pub fn is_sorting(&self) -> bool {
        matches!(self.work, Some(Work::Sort(_)))
    }

    /// How many articles could not be read.
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// How far the search had come when it was stopped, from 0 to 1; `None` where it was not.
    pub fn stopped_at(&self) -> Option<f32> {
        self.stopped_at
    }

    /// Goes on by what the budget allows; first it looks again at what has changed, once the search is through.
    ///
    /// # Errors
    /// There are too many words to look for. Nothing more is done then.
    pub fn advance(&mut self, project: &Project, budget: Budget) -> Result<Advance, Diagnostic> {
        self.look_again(project);
        let step = match &mut self.work {
            None => return Ok(Advance::Done),
            Some(Work::Scan(scan)) => {
                let step = self.results.append(|found| scan.advance(project, budget.bytes, budget.reads, found));
                self.passed_over = scan.passed_over();
                Ok(step)
            }
            Some(Work::Audit(audit)) => {
                let step = audit.advance(project, budget.bytes, budget.reads);
                self.passed_over = audit.passed_over();
                step
            }
            Some(Work::Sort(sorting)) => Ok(sorting.advance(&self.results, project, budget.sorted)),
        };
        match step {
            Ok(Advance::Done) => Ok(self.finish()),
            Ok(step) => Ok(step),
            Err(wrong) => {
                self.work = None;
                Err(wrong)
            }
        }
    }

    /// Takes over what was found, and begins to sort it where that is wished for.
    fn finish(&mut self) -> Advance {
        match self.work.take() {
            Some(Work::Audit(audit)) => self.results.take_audit(audit.into_rows()),
            Some(Work::Sort(sorting)) => {
                let (order, rows) = sorting.into_sorted();
                self.results.take_sorted(order, rows);
            }
            Some(Work::Scan(_)) | None => {}
        }
        self.sort();
        if self.work.is_some() { Advance::More } else { Advance::Done }
    }

    /// Wishes for another order of the hits. They are sorted once all are found; those of an audit stay in their groups.
    pub fn sort_by(&mut self, order: HitOrder) {
        self.order = order;
        if matches!(self.work, None | Some(Work::Sort(_))) {
            self.sort();
        }
    }

    fn sort(&mut self) {
        let is_so = self.results.order() == self.order || self.results.is_grouped();
        self.work = (!is_so).then(|| Work::Sort(Sorting::new(self.order)));
    }

    /// Ends the work where it is. What has been found is kept and still sorted, unless it is the sorting that ends:
    /// then the order that the rows have is the one wished for.
    pub fn stop(&mut self) {
        if self.is_sorting() {
            self.order = self.results.order();
            self.work = None;
            return;
        }
        self.stopped_at = self.progress();
        self.finish();
    }

    /// Takes note of an article whose marks have changed.
    pub fn marks_changed(&mut self, article: &ArticleId) {
        self.stale.insert(article.clone());
    }

    /// Takes note of articles that were asked for, and that have been read since or can't be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        match &mut self.work {
            Some(Work::Scan(scan)) => scan.was_read(articles),
            Some(Work::Audit(audit)) => audit.was_read(articles),
            Some(Work::Sort(_)) | None => {}
        }
    }

    /// Looks again at articles whose marks have changed, once the search is through.
    fn look_again(&mut self, project: &Project) {
        if self.stale.is_empty() || self.work.is_some() {
            return;
        }
        let stale = std::mem::take(&mut self.stale);
        let Subject::Hits(query) = &self.subject else {
            // What was marked or unmarked here may be the other everywhere. The rows stay until it is through.
            (self.work, self.stopped_at) = (Some(Work::of(&self.subject, &self.articles)), None);
            return;
        };
        let mut again = Again::SameRows;
        for id in &stale {
            if !self.results.has(id) && !self.articles.contains(id) {
                continue;
            }
            if self.results.look_again(id, query, project) == Again::OtherRows {
                again = Again::OtherRows;
            }
        }
        if again == Again::OtherRows {
            self.results.remake(&self.articles);
            self.sort();
        }
    }
}

impl Work {
    fn of(subject: &Subject, articles: &[ArticleId]) -> Self {
        match subject {
            Subject::Hits(query) => Self::Scan(Scan::new(query.clone(), articles.to_vec())),
            Subject::Audit(filter) => Self::Audit(Audit::new(filter.clone(), articles.to_vec())),
        }
    }

    fn progress(&self) -> f32 {
        match self {
            Self::Scan(scan) => scan.progress(),
            Self::Audit(audit) => audit.progress(),
            Self::Sort(sorting) => sorting.progress(),
        }
    }
}
