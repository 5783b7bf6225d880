//! The program without a window: a project, where one is in it, and what was done.
//!
//! The only place a command runs. It touches no disk and no screen: what only the outside can do comes
//! back as effects.

mod indexes;

use std::sync::Arc;

use indexes::Indexes;

use crate::{
    command::{self, Command, Effect, Plan, Scene},
    diagnostic::Diagnostic,
    model::{
        AnnotatorId, ArticleId, Mint, Project, TransactionId,
        edit::{self, Focus, History, Kind, Phrase, Transaction},
    },
    query::SpanIndex,
};

/// A project being worked on.
#[derive(Debug)]
pub struct Session {
    project: Project,
    annotator: Option<AnnotatorId>,
    focus: Focus,
    history: History,
    indexes: Indexes,
}

impl Session {
    pub fn new(project: Project) -> Self {
        Self {
            indexes: Indexes::of(&project),
            project,
            annotator: None,
            focus: Focus::default(),
            history: History::default(),
        }
    }

    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Who marks.
    pub fn annotator(&self) -> Option<&AnnotatorId> {
        self.annotator.as_ref()
    }

    pub fn focus(&self) -> &Focus {
        &self.focus
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// The marks of a layer that was read, by place.
    pub fn index(&self, article: &ArticleId, annotator: &AnnotatorId) -> Option<&SpanIndex> {
        self.indexes.get(article, annotator)
    }

    pub fn scene(&self) -> Scene<'_> {
        let index = self.focus.article.as_ref().zip(self.annotator.as_ref()).and_then(|(a, who)| self.index(a, who));
        Scene {
            project: &self.project,
            annotator: self.annotator.as_ref(),
            focus: &self.focus,
            index,
            history: &self.history,
        }
    }

    /// Brings in what was read from the disk; no edit, and not undoable.
    pub fn load<T>(&mut self, with: impl FnOnce(&mut Project) -> T) -> T {
        let before = self.project.clone();
        let result = with(&mut self.project);
        self.indexes.follow_reading(&before, &self.project);
        result
    }

    /// Runs a command: at most one transaction, then where to look, then effects for the caller to carry out.
    ///
    /// # Errors
    /// Why nothing was done, and what to do first; then everything is as it was.
    pub fn run(&mut self, command: &Command, mint: &mut dyn Mint) -> Result<Vec<Effect>, Diagnostic> {
        match command {
            Command::Undo => self.undo(mint),
            Command::Redo => self.redo(mint),
            _ => {
                let plan = command::plan(command, &self.scene(), mint)?;
                self.carry_out(plan, mint)
            }
        }
    }

    fn carry_out(&mut self, plan: Plan, mint: &mut dyn Mint) -> Result<Vec<Effect>, Diagnostic> {
        let Plan { changes, label, focus, annotator, mut effects } = plan;
        let focus_after = focus.unwrap_or_else(|| self.focus.clone());
        if !changes.is_empty() {
            let label = label.unwrap_or_else(|| Phrase::plain("Change the project"));
            let transaction = Transaction {
                id: TransactionId(mint.uid()),
                kind: Kind::Do,
                at_unix_ms: mint.unix_ms(),
                by: annotator.clone().or_else(|| self.annotator.clone()),
                label,
                changes,
                focus_before: self.focus.clone(),
                focus_after: focus_after.clone(),
            };
            self.apply(&transaction.changes)?;
            let transaction = Arc::new(transaction);
            effects.push(Effect::Save(Arc::clone(&transaction)));
            // Saying who one is is no work on the project, so undo does not take it back.
            if annotator.is_none() {
                self.history.push(transaction);
            }
        }
        if annotator.is_some() {
            self.annotator = annotator;
        }
        self.focus = focus_after;
        Ok(effects)
    }

    fn undo(&mut self, mint: &mut dyn Mint) -> Result<Vec<Effect>, Diagnostic> {
        let Some(transaction) = self.history.to_undo().cloned() else {
            return Err(Diagnostic::note("nothing-to-undo", "There is nothing to undo"));
        };
        self.apply(&transaction.inverse())?;
        self.history.step_back();
        let label = Phrase::with("Undone: %{what}", transaction.label.english());
        let kind = Kind::Undo(transaction.id);
        Ok(self.retrace(kind, label, &transaction, transaction.inverse(), transaction.focus_before.clone(), mint))
    }

    fn redo(&mut self, mint: &mut dyn Mint) -> Result<Vec<Effect>, Diagnostic> {
        let Some(transaction) = self.history.to_redo().cloned() else {
            return Err(Diagnostic::note("nothing-to-redo", "There is nothing to redo"));
        };
        self.apply(&transaction.changes)?;
        self.history.step_forward();
        let label = Phrase::with("Redone: %{what}", transaction.label.english());
        let (kind, changes) = (Kind::Redo(transaction.id), transaction.changes.clone());
        Ok(self.retrace(kind, label, &transaction, changes, transaction.focus_after.clone(), mint))
    }

    /// Undo and redo are saved, and journalled, as transactions of their own.
    fn retrace(
        &mut self,
        kind: Kind,
        label: Phrase,
        transaction: &Transaction,
        changes: Vec<edit::Change>,
        focus: Focus,
        mint: &mut dyn Mint,
    ) -> Vec<Effect> {
        let step = Transaction {
            id: TransactionId(mint.uid()),
            kind,
            at_unix_ms: mint.unix_ms(),
            by: transaction.by.clone(),
            label: label.clone(),
            changes,
            focus_before: self.focus.clone(),
            focus_after: focus.clone(),
        };
        self.focus = focus;
        let mut effects = vec![Effect::Save(Arc::new(step)), Effect::Say(label)];
        if let (Some((anchor, head)), None) = (self.focus.selection, self.focus.picked) {
            effects.push(Effect::Reveal(crate::text::ByteRange::new(anchor, head)));
        }
        if let Ok((_, annotation)) = self.scene().picked() {
            effects.push(Effect::Reveal(annotation.fragments.covering()));
        }
        effects
    }

    fn apply(&mut self, changes: &[edit::Change]) -> Result<(), Diagnostic> {
        edit::apply(&mut self.project, changes).map_err(|refusal| refusal.0)?;
        self.indexes.follow(changes);
        Ok(())
    }
}
