//! A concordance on its way: the search or the audit, its hits brought into an order, and what changed marks do to it.
//!
//! The caller gives it a budget for each frame and gets back what to do next ([`Advance`]): go on, read articles,
//! wait, or nothing. It holds no project: that is lent for each step.

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
    /// Words or marks, each hit in a row.
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
    /// What is looked for.
    subject: Subject,
    /// In the order of the list.
    articles: Vec<ArticleId>,
    /// The order that is wished for; the rows have it once they are sorted.
    order: HitOrder,
    /// What is being done; `None` when all is done or it was stopped.
    work: Option<Work>,
    /// The audit that is through: it follows changed marks.
    audit: Option<Audit>,
    /// What was found so far.
    results: Results,
    /// How many articles could not be read.
    passed_over: usize,
    /// How far it had come when it was stopped, from 0 to 1.
    stopped_at: Option<f32>,
    /// Articles whose marks have changed since they were searched.
    stale: BTreeSet<ArticleId>,
}

/// What is still to be done.
#[derive(Debug)]
enum Work {
    /// Searching.
    Scan(Scan),
    /// Learning what is marked, and looking for it.
    Audit(Audit),
    /// Bringing hits into their order.
    Sort(Sorting),
}

impl Run {
    /// Nothing is done before [`advance`](Self::advance).
    pub fn new(subject: Subject, articles: Vec<ArticleId>, order: HitOrder) -> Self {
        let work = Some(Work::of(&subject, &articles));
        let (results, stale) = (Results::default(), BTreeSet::new());
        Self { subject, articles, order, work, audit: None, results, passed_over: 0, stopped_at: None, stale }
    }

    /// What was found so far.
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
        self.look_again(project)?;
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
            Some(Work::Audit(audit)) => {
                self.results.take_audit(audit.rows());
                self.audit = Some(audit);
            }
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

    /// Begins to sort, where the rows are in another order than wanted.
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
    fn look_again(&mut self, project: &Project) -> Result<(), Diagnostic> {
        if self.stale.is_empty() || self.work.is_some() {
            return Ok(());
        }
        let stale = std::mem::take(&mut self.stale);
        match &self.subject {
            Subject::Hits(query) => {
                let query = query.clone();
                self.search_again(project, &query, &stale);
            }
            Subject::Audit(_) => self.audit_again(project, &stale)?,
        }
        Ok(())
    }

    /// Looks again at articles whose marks have changed.
    fn search_again(&mut self, project: &Project, query: &Query, stale: &BTreeSet<ArticleId>) {
        let mut again = Again::SameRows;
        for id in stale {
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

    /// Looks again at the marks of these articles, and everywhere for words that were never marked before.
    fn audit_again(&mut self, project: &Project, stale: &BTreeSet<ArticleId>) -> Result<(), Diagnostic> {
        self.stopped_at = None;
        let Some(mut audit) = self.audit.take().filter(Audit::is_done) else {
            // It was stopped before all words were known: what was found so far stays until it is through.
            self.work = Some(Work::of(&self.subject, &self.articles));
            return Ok(());
        };
        audit.look_again(project, stale)?;
        self.results.take_audit(audit.rows());
        if audit.is_done() {
            self.audit = Some(audit);
        } else {
            self.work = Some(Work::Audit(audit));
        }
        Ok(())
    }
}

impl Work {
    /// The work that a subject begins with.
    fn of(subject: &Subject, articles: &[ArticleId]) -> Self {
        match subject {
            Subject::Hits(query) => Self::Scan(Scan::new(query.clone(), articles.to_vec())),
            Subject::Audit(filter) => Self::Audit(Audit::new(filter.clone(), articles.to_vec())),
        }
    }

    /// How far it has come, from 0 to 1.
    fn progress(&self) -> f32 {
        match self {
            Self::Scan(scan) => scan.progress(),
            Self::Audit(audit) => audit.progress(),
            Self::Sort(sorting) => sorting.progress(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        model::{
            Annotation, LabelId,
            edit::{Change, apply},
        },
        query::{
            search::{Marked, Matcher, Pattern},
            testing::{id, names, project},
        },
        text::{ByteRange, Fragments},
    };

    const BUDGET: Budget = Budget { bytes: 4, reads: 8, sorted: 1 };

    fn words(words: &str, marked: Marked) -> Subject {
        let matcher = Matcher::new(&Pattern { text: words.to_owned(), ..Pattern::default() }).unwrap();
        Subject::Hits(Query { matcher: Some(matcher), filter: MarksFilter::default(), marked })
    }

    fn run(subject: Subject, order: HitOrder) -> Run {
        Run::new(subject, vec![names().0], order)
    }

    /// Goes on to the end; the words of all rows.
    fn rows(run: &mut Run, project: &Project) -> Vec<String> {
        while run.advance(project, BUDGET).unwrap() != Advance::Done {}
        let results = run.results();
        let places = results.rows().iter().flat_map(|row| results.places(*row));
        places.map(|(article, range)| range.slice(project.text(article).unwrap()).unwrap().to_owned()).collect()
    }

    /// Takes the mark away that lies on the n-th word, or makes it.
    fn toggle_mark(project: &mut Project, n: usize) {
        let (article, annotator) = names();
        let before = project.layer(&article, &annotator).unwrap().annotation(id(n as u64)).cloned();
        let fragments = Fragments::one(ByteRange::new(4 * n - 4, 4 * n - 1)).unwrap();
        let mark = Annotation::new(LabelId::new("claim").unwrap(), fragments, 1);
        let after = before.is_none().then(|| Arc::new(mark));
        apply(project, &[Change::Annotation { article, annotator, id: id(n as u64), before, after }]).unwrap();
    }

    #[test]
    fn hits_are_sorted_once_all_are_found_and_stay_as_they_are_where_that_is_stopped() {
        let project = project();
        let mut by_words = run(words("o", Marked::Either), HitOrder::Right);
        assert_eq!(rows(&mut by_words, &project), ["o", "o"]);
        assert_eq!((by_words.results().order(), by_words.progress()), (HitOrder::Right, None));
        by_words.sort_by(HitOrder::Left);
        assert!(by_words.is_sorting());
        by_words.stop();
        assert_eq!((by_words.order(), by_words.stopped_at()), (HitOrder::Right, None));
    }

    #[test]
    fn a_search_that_is_stopped_keeps_its_rows_and_says_how_far_it_came() {
        let project = project();
        let mut search = run(words("two", Marked::Either), HitOrder::Place);
        search.stop();
        assert_eq!((rows(&mut search, &project), search.stopped_at()), (vec![], Some(0.0)));
    }

    #[test]
    fn the_rows_follow_changed_marks() {
        let mut project = project();
        let mut unmarked = run(words("o", Marked::No), HitOrder::Place);
        assert_eq!(rows(&mut unmarked, &project), [""; 0]);
        let mut all = run(words("o", Marked::Either), HitOrder::Place);
        assert_eq!(rows(&mut all, &project), ["o", "o"]);
        let gone = |project: &mut Project| {
            let (article, annotator) = names();
            let layer = project.layer(&article, &annotator).unwrap();
            let relations: Vec<_> = layer.relations().iter().map(|(id, r)| (id, r.clone())).collect();
            let changes = relations.into_iter().rev().map(|(id, relation)| Change::Relation {
                home: crate::model::edit::Home::Article(article.clone()),
                annotator: annotator.clone(),
                id,
                before: Some(relation),
                after: None,
            });
            apply(project, &changes.collect::<Vec<_>>()).unwrap();
            toggle_mark(project, 2);
        };
        gone(&mut project);
        for run in [&mut unmarked, &mut all] {
            run.marks_changed(&names().0);
        }
        assert_eq!(rows(&mut unmarked, &project), ["o"]);
        assert_eq!(rows(&mut all, &project), ["o", "o"]);
        assert_eq!(all.results().found()[0].hits[1].mark, None);
        toggle_mark(&mut project, 2);
        unmarked.marks_changed(&names().0);
        assert_eq!(rows(&mut unmarked, &project), [""; 0]);
    }
}
