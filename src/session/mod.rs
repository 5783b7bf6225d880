//! The program without a window: a project, where one is in it, and what was done.
//!
//! The only place a command runs. It touches no disk and no screen: what only the outside can do comes
//! back as effects, for whoever [runs commands](Run).
//!
//! Planning reads ([`Session::plan`]) and carrying out writes ([`Session::carry_out`]): in between, the runner can
//! ask whether it may be. A plan that does not fit the project any more is refused as a whole.

mod in_memory;
mod incomplete;
mod indexes;
mod logged;
mod panes;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

pub use in_memory::InMemory;

use incomplete::Incomplete;
use indexes::Indexes;
use logged::Logged;
use panes::Panes;

use crate::{
    command::{Command, Effect, PaneId, Plan, Recall, Scene, Show, article_order::ArticleOrder, telling},
    diagnostic::Diagnostic,
    model::{
        AnnotatorId, ArticleId, LayerSlot, Mint, Project, TransactionId,
        edit::{self, Change, Focus, History, Home, Kind, Log, Next, Past, Transaction},
    },
    query::SpanIndex,
    text::{ByteRange, Phrase},
};

/// Whoever runs commands on a session and carries out their effects: with a disk, or [without](InMemory).
///
/// The one route for a change: the window, the command line, scripts and whatever is dropped all take it.
pub trait Run {
    fn session(&self) -> &Session;

    /// Runs a command, and gives what a window is to show of it, in order.
    ///
    /// A command that needs articles which have not been read may be run later, when they have: then what is to be
    /// shown of it comes later too.
    ///
    /// # Errors
    /// Why nothing was done, and what to do first; then everything is as it was.
    fn run(&mut self, command: &Command) -> Result<Vec<Show>, Diagnostic>;
}

/// A project being worked on.
#[derive(Debug)]
pub struct Session {
    project: Project,
    annotator: Option<AnnotatorId>,
    panes: Panes,
    history: History,
    /// What the annotators who worked here before can undo: nobody takes back the work of another.
    others: BTreeMap<AnnotatorId, History>,
    /// Whether annotators may have worked here before.
    is_continued: bool,
    logged: Logged,
    indexes: Indexes,
    incomplete: Incomplete,
    /// What the list of articles is sorted by.
    order: ArticleOrder,
}

/// What a command is about to do, in the state of the session that it was planned in.
#[derive(Debug)]
pub struct Planned {
    /// What the command would do.
    plan: Plan,
    /// What becomes of the history by it.
    step: HistoryMove,
}

/// How a plan’s changes stand to the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HistoryMove {
    /// They are a new transaction.
    On,
    /// They take back the last transaction that was done.
    Undo,
    /// They bring back the last transaction that was undone.
    Redo,
}

/// Why steps can’t be retraced, now at least.
#[derive(Debug)]
pub enum Unable {
    /// These articles have to be read first.
    Unread(Vec<ArticleId>),
    /// A row is no longer what the step left.
    Refused(Diagnostic),
}

impl Planned {
    /// What would be done, to be asked for permission.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl Session {
    /// A session of somebody who has never worked in the project: there is no history to read.
    pub fn new(project: Project) -> Self {
        Self {
            indexes: Indexes::of(&project),
            incomplete: Incomplete::of(&project),
            project,
            annotator: None,
            panes: Panes::default(),
            history: History::default(),
            others: BTreeMap::new(),
            is_continued: false,
            logged: Logged::No,
            order: ArticleOrder::default(),
        }
    }

    /// Of a project in which somebody has worked before: what they did can be undone, once it has been read.
    pub fn continued(project: Project) -> Self {
        Self { history: History::continued(), is_continued: true, ..Self::new(project) }
    }

    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Who marks.
    pub fn annotator(&self) -> Option<&AnnotatorId> {
        self.annotator.as_ref()
    }

    /// The pane that commands act in: the one that was worked in last.
    pub fn active_pane(&self) -> PaneId {
        self.panes.active()
    }

    /// Where one is in the active pane.
    pub fn focus(&self) -> &Focus {
        self.panes.focus(self.active_pane())
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// What everybody has done, where it has been read.
    pub fn log(&self) -> Option<&Log> {
        match &self.logged {
            Logged::Yes(log) => Some(log),
            Logged::No | Logged::Reading(_) => None,
        }
    }

    /// Whether what everybody has done is being read.
    pub fn is_reading_log(&self) -> bool {
        matches!(self.logged, Logged::Reading(_))
    }

    /// Takes note that what everybody has done is about to be read.
    pub fn begin_log(&mut self) {
        self.logged.begin();
    }

    /// Takes up what everybody has done; without it, nobody knows.
    pub fn set_log(&mut self, log: Option<Log>) {
        match log {
            Some(log) => self.logged.finish(log),
            None => self.logged = Logged::No,
        }
    }

    /// Takes up what an annotator had done before the session.
    pub fn set_past(&mut self, by: Option<&AnnotatorId>, past: Past) {
        if self.annotator.as_ref() == by {
            self.history.set_past(past);
        } else if let Some(history) = by.and_then(|by| self.others.get_mut(by)) {
            history.set_past(past);
        }
    }

    /// Takes up the next steps of before the session as transactions, the next one first.
    pub fn recall(&mut self, transactions: impl IntoIterator<Item = Transaction>) {
        transactions.into_iter().for_each(|transaction| self.history.recall(Arc::new(transaction)));
    }

    /// The marks of a layer that was read, by place.
    pub fn index(&self, article: &ArticleId, annotator: &AnnotatorId) -> Option<&SpanIndex> {
        self.indexes.get(article, annotator)
    }

    /// How many of the annotator’s marks in an article lack a required answer; `None` where that is not known yet, as
    /// the article has not been read.
    pub fn incomplete(&self, article: &ArticleId) -> Option<usize> {
        self.annotator.as_ref().map_or(Some(0), |who| self.incomplete.get(&self.project, article, who))
    }

    /// Another number whenever one of [`Session::incomplete`] has changed.
    pub fn incomplete_stamp(&self) -> u64 {
        self.incomplete.stamp
    }

    /// What a command sees that is run now: the scene of the active pane.
    pub fn scene(&self) -> Scene<'_> {
        self.scene_of(self.active_pane())
    }

    /// What is seen from a pane; nothing is open in one that has shown nothing yet.
    pub fn scene_of(&self, pane: PaneId) -> Scene<'_> {
        let focus = self.panes.focus(pane);
        let index = focus.article.as_ref().zip(self.annotator.as_ref()).and_then(|(a, who)| self.index(a, who));
        let (project, annotator, history) = (&self.project, self.annotator.as_ref(), &self.history);
        let let_go = self.panes.let_go(pane);
        Scene { project, annotator, pane, focus, let_go, order: self.order, index, history }
    }

    /// Brings in what was read from the disk, or releases it; no edit, and not undoable.
    pub fn load<T>(&mut self, with: impl FnOnce(&mut Project) -> T) -> T {
        let before = self.project.clone();
        let result = with(&mut self.project);
        self.indexes.follow_reading(&before, &self.project);
        self.incomplete.follow_reading(&before, &self.project);
        self.panes.follow(&self.project);
        result
    }

    /// Plans a command and carries the plan out.
    ///
    /// # Errors
    /// As of [`Session::plan`] and [`Session::carry_out`].
    pub fn run(&mut self, command: &Command, mint: &mut dyn Mint) -> Result<Vec<Effect>, Diagnostic> {
        let planned = self.plan(command, mint)?;
        self.carry_out(planned, mint)
    }

    /// What a command is about to do, undo and redo too; whoever runs it may still refuse it.
    ///
    /// # Errors
    /// Why it can’t be done now, and what to do first.
    pub fn plan(&self, command: &Command, mint: &mut dyn Mint) -> Result<Planned, Diagnostic> {
        match command {
            Command::Undo => self.plan_undo(),
            Command::Redo => self.plan_redo(),
            _ => {
                let plan = telling::plan_and_tell(command, &self.scene(), mint)?;
                Ok(self.planned(self.tried(plan)?))
            }
        }
    }

    /// A plan that somebody else has made for this session.
    pub fn planned(&self, plan: Plan) -> Planned {
        Planned { plan, step: HistoryMove::On }
    }

    /// Where several steps are to be retraced, all of them can be: else nothing is begun.
    fn tried(&self, plan: Plan) -> Result<Plan, Diagnostic> {
        let tried = match plan.effects.first() {
            Some(Effect::Undo(count)) => self.without(*count),
            Some(Effect::Redo(count)) => self.with_undone(*count),
            _ => return Ok(plan),
        };
        match tried {
            Ok(_) => Ok(plan),
            Err(Unable::Unread(articles)) => Ok(Plan::read_first(articles)),
            Err(Unable::Refused(why)) => Err(why),
        }
    }

    /// The project as it would be with so many of the last transactions taken back.
    ///
    /// # Errors
    /// Some of it is not in memory, or can’t be taken back any more.
    pub fn without(&self, count: usize) -> Result<Project, Unable> {
        let last = self.history.done().iter().rev().take(count);
        self.after(last.map(|transaction| (transaction.inverse(), HistoryMove::Undo, &transaction.label)))
    }

    /// The project as it would be with so many of the transactions that were undone brought back.
    ///
    /// # Errors
    /// Some of it is not in memory, or can’t be done again.
    pub fn with_undone(&self, count: usize) -> Result<Project, Unable> {
        let next = self.history.undone().iter().rev().take(count);
        self.after(next.map(|transaction| (transaction.changes.clone(), HistoryMove::Redo, &transaction.label)))
    }

    /// The project after these steps, on a snapshot.
    fn after<'h>(
        &self,
        steps: impl Iterator<Item = (Vec<Change>, HistoryMove, &'h Phrase)>,
    ) -> Result<Project, Unable> {
        let mut project = self.project.clone();
        for (changes, step, label) in steps {
            let unread = unread(&project, &changes);
            if !unread.is_empty() {
                return Err(Unable::Unread(unread));
            }
            edit::apply(&mut project, &changes).map_err(|why| Unable::Refused(step.refusal(label, why.0)))?;
        }
        Ok(project)
    }

    /// The plan that takes the last transaction back; where that is of before the session, the plan to read it first.
    fn plan_undo(&self) -> Result<Planned, Diagnostic> {
        let nothing = || Diagnostic::note("nothing-to-undo", "There is nothing to undo");
        let back = match self.history.next_to_undo() {
            Next::Nothing => return Err(nothing()),
            Next::Unread => return Ok(self.planned(recall(Recall::Past))),
            Next::Step(step) => return Ok(self.planned(recall(Recall::Steps(vec![step.id])))),
            Next::Transaction(transaction) => transaction,
        };
        let label = Phrase::with("Undone: {what}", back.label.clone());
        let plan = self.retrace(label, back.inverse(), &back.focus_before);
        Ok(Planned { plan, step: HistoryMove::Undo })
    }

    /// The plan that does the last undone transaction again; where that is of before the session, the plan to read it
    /// first.
    fn plan_redo(&self) -> Result<Planned, Diagnostic> {
        let nothing = || Diagnostic::note("nothing-to-redo", "There is nothing to redo");
        let again = match self.history.next_to_redo() {
            Next::Nothing => return Err(nothing()),
            Next::Unread => return Ok(self.planned(recall(Recall::Past))),
            Next::Step(step) => return Ok(self.planned(recall(Recall::Steps(vec![step.id])))),
            Next::Transaction(transaction) => transaction,
        };
        let label = Phrase::with("Redone: {what}", again.label.clone());
        let plan = self.retrace(label, again.changes.clone(), &again.focus_after);
        Ok(Planned { plan, step: HistoryMove::Redo })
    }

    /// Changes that were made before, in one direction or the other. What of their articles is not in memory any more
    /// is read first: the changes are held against it.
    fn retrace(&self, label: Phrase, changes: Vec<Change>, focus: &Focus) -> Plan {
        let unread = unread(&self.project, &changes);
        if !unread.is_empty() {
            return Plan::read_first(unread);
        }
        let shown = focus.article.clone().filter(|id| !self.project.is_read(id));
        let pane = self.panes.showing(focus.article.as_ref());
        let plan = Plan::change(label.clone(), changes).in_pane(pane).and_look(focus.clone()).and(Show::Say(label));
        shown.into_iter().fold(plan, |plan, article| plan.and(Effect::Read(vec![article])))
    }

    /// Carries out what was planned: at most one transaction, then where to look. Gives the effects, of which the
    /// transaction’s [`Effect::Save`] is the first.
    ///
    /// # Errors
    /// Why nothing was done; then everything is as it was. The project must be as it was when this was planned.
    pub fn carry_out(&mut self, planned: Planned, mint: &mut dyn Mint) -> Result<Vec<Effect>, Diagnostic> {
        let Planned { plan: Plan { changes, label, pane, focus, order, annotator, mut effects }, step } = planned;
        let pane = pane.unwrap_or(self.active_pane());
        let focus_before = self.panes.focus(pane).clone();
        let focus_after = focus.unwrap_or_else(|| focus_before.clone());
        if !changes.is_empty() {
            let retraced = match step {
                HistoryMove::On => None,
                HistoryMove::Undo => self.history.to_undo(),
                HistoryMove::Redo => self.history.to_redo(),
            };
            let kind = match (step, retraced) {
                (HistoryMove::Undo, Some(of)) => Kind::Undo(of.id),
                (HistoryMove::Redo, Some(of)) => Kind::Redo(of.id),
                _ => Kind::Do,
            };
            let transaction = Arc::new(Transaction {
                id: TransactionId(mint.uid()),
                kind,
                at_unix_ms: mint.unix_ms(),
                by: retraced.map_or_else(|| annotator.clone().or_else(|| self.annotator.clone()), |of| of.by.clone()),
                label: label.unwrap_or_else(|| Phrase::plain("Change the project")),
                changes,
                focus_before,
                focus_after: focus_after.clone(),
            });
            let applied = edit::apply(&mut self.project, &transaction.changes);
            applied.map_err(|refusal| match retraced {
                Some(of) => step.refusal(&of.label, refusal.0),
                None => refusal.0,
            })?;
            self.logged.follow(&transaction, &self.project);
            self.indexes.follow(&transaction.changes);
            self.incomplete.follow(&transaction.changes, &self.project);
            self.panes.follow(&self.project);
            effects.insert(0, Effect::Save(Arc::clone(&transaction), self.project.clone()));
            match step {
                // Switching annotator is not undoable.
                HistoryMove::On if annotator.is_some() => {}
                HistoryMove::On => self.history.push(transaction),
                HistoryMove::Undo => self.history.step_back(),
                HistoryMove::Redo => self.history.step_forward(),
            }
        }
        if let Some(annotator) = annotator {
            self.switch_to(annotator);
        }
        self.order = order.unwrap_or(self.order);
        self.panes.look(pane, focus_after, &self.project);
        if step != HistoryMove::On {
            effects.extend(self.looked_at().map(|range| Show::Reveal(range).into()));
        }
        Ok(effects)
    }

    /// Everybody has a history of their own. What was done before anybody had said who they are belongs to whoever does.
    fn switch_to(&mut self, annotator: AnnotatorId) {
        let new = || if self.is_continued { History::continued() } else { History::default() };
        match self.annotator.replace(annotator.clone()) {
            Some(before) if before == annotator => {}
            Some(before) => {
                let own = self.others.remove(&annotator).unwrap_or_else(new);
                self.others.insert(before, std::mem::replace(&mut self.history, own));
            }
            None if self.is_continued => self.history.continue_with_another(),
            None => {}
        }
    }

    /// The picked mark, else the selection or the caret.
    fn looked_at(&self) -> Option<ByteRange> {
        let focus = self.focus();
        let selected = || focus.selection.map(|(anchor, head)| ByteRange::new(anchor, head));
        match focus.picked {
            Some(_) => self.scene().picked().ok().map(|(_, annotation)| annotation.fragments.covering()),
            None => selected(),
        }
    }
}

/// A plan that has something of the history read.
fn recall(what: Recall) -> Plan {
    Plan::effect(Effect::Recall(what))
}

impl HistoryMove {
    /// Why a step that was done can’t be retraced.
    fn refusal(self, label: &Phrase, why: Diagnostic) -> Diagnostic {
        match self {
            Self::On => why,
            Self::Undo => edit::no_way_back(label, why),
            Self::Redo => edit::no_way_on(label, why),
        }
    }
}

/// The articles of which changes touch something that is not in memory.
fn unread(project: &Project, changes: &[Change]) -> Vec<ArticleId> {
    let is_layer_read = |article: &ArticleId, annotator: &AnnotatorId| {
        let is_unread = matches!(project.layer_slot(article, annotator), Some(LayerSlot::Unread(_)));
        !is_unread && project.text(article).is_some()
    };
    let unread = changes.iter().filter_map(|change| match change {
        Change::Annotation { article, annotator, .. }
        | Change::Answers { article, annotator, .. }
        | Change::Relation { home: Home::Article(article), annotator, .. }
        | Change::SetAside { home: Home::Article(article), annotator, .. } => {
            (!is_layer_read(article, annotator)).then_some(article)
        }
        // An article that goes takes its text with it.
        Change::Article { id, after: None, .. } => project.text(id).is_none().then_some(id),
        // Everybody’s marks have to fit the text.
        Change::Text { id, .. } => (!project.is_read(id)).then_some(id),
        _ => None,
    });
    // One that is not in the project comes with the changes.
    let unread = unread.filter(|id| project.article(id).is_some());
    unread.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}
