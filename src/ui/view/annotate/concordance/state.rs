//! What the dock of the concordance remembers: what is asked, what was found, and where one is in it.

use std::collections::BTreeSet;

use egui::{Id, Ui};

use super::{
    super::pattern::Presence,
    asked::{Asked, Face, Scoped},
};
use crate::{
    command::{
        Command, Scene,
        article::ArticleCommand,
        occurrences::{Occurrence, Outlook},
    },
    diagnostic::Diagnostic,
    model::{ArticleId, LabelId, edit::Change},
    query::{
        concordance::{Budget, ConcordanceRow, HitOrder, Results, Run},
        search::{Advance, Pattern},
    },
    ui::{
        context::Ctx,
        panel::{Stamps, run},
        wish::Wish,
    },
};

const IN_A_FRAME: Budget = Budget { bytes: 2 << 20, reads: 256, sorted: 8_000 };

/// View state of the dock.
#[derive(Default)]
pub struct Concordance {
    pub(super) shown: Presence,
    pub(super) asked: Asked,
    /// What was asked, of what, and the stamp of the articles then: `run` is of this.
    sought: Option<(Asked, Scoped, u64)>,
    /// None where nothing is asked, or it can't be searched for.
    pub(super) run: Option<Run>,
    pub(super) wrong: Option<Diagnostic>,
    pub(super) order: HitOrder,
    pub(super) ticked: BTreeSet<Occurrence>,
    pub(super) pending: Option<Pending>,
    /// The row that keys act on.
    pub(super) cursor: usize,
    /// The row to bring into view.
    pub(super) show: Option<usize>,
    pub(super) field: Option<Id>,
    pub(super) table: Option<Id>,
    pub(super) focus: TableFocus,
}

/// A label that was chosen for what is ticked, and what its marks would meet with.
pub(super) struct Pending {
    pub label: LabelId,
    pub outlook: Outlook,
    /// Whether marks have changed since it was looked at.
    pub stale: bool,
}

/// Whether keys are meant for the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TableFocus {
    #[default]
    No,
    Yes,
}

impl Concordance {
    /// Shows the dock and asks for words: those selected, if they are few.
    pub fn open(&mut self, scene: &Scene<'_>) {
        let selected = scene.selection().zip(scene.text().ok()).and_then(|(range, text)| range.slice(text));
        if let Some(words) = selected.filter(|words| !words.contains('\n')) {
            self.asked.pattern = Pattern { text: words.to_owned(), ..Pattern::default() };
        }
        self.asked.face = Face::Hits;
        self.asked.filter.annotator = scene.annotator.cloned();
        self.shown = Presence::Opening;
    }

    pub fn is_open(&self) -> bool {
        self.shown != Presence::Hidden
    }

    /// Gives the room back, and forgets what was found.
    pub fn close(&mut self) {
        let asked = std::mem::take(&mut self.asked);
        *self = Self { asked, order: self.order, ..Self::default() };
    }

    /// The field for words, where it is shown.
    pub fn field(&self) -> Option<Id> {
        self.field.filter(|_| self.is_open())
    }

    /// Takes note of changed marks.
    pub fn take_note(&mut self, changes: &[Change]) {
        let Some(run) = &mut self.run else { return };
        for change in changes {
            if let Change::Annotation { article, .. } = change {
                run.marks_changed(article);
                if let Some(pending) = &mut self.pending {
                    pending.stale = true;
                }
            }
        }
    }

    /// Takes note of articles that were asked for, and that have been read since or can't be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        if let Some(run) = &mut self.run {
            run.was_read(articles);
        }
    }

    /// The articles that words were found in, and those that are searched next.
    pub fn needed(&self) -> impl Iterator<Item = &ArticleId> {
        self.run.iter().flat_map(Run::needed)
    }

    pub(super) fn results(&self) -> Option<&Results> {
        self.run.as_ref().map(Run::results)
    }

    pub(super) fn rows(&self) -> &[ConcordanceRow] {
        self.results().map_or(&[], Results::rows)
    }

    /// Searches on, and looks again at what has changed.
    pub(super) fn go_on(&mut self, ui: &Ui, ctx: &Ctx<'_>, stamps: Stamps, out: &mut Vec<Wish>) {
        let scene = ctx.session.scene();
        self.follow(&scene, stamps.articles);
        let Some(run) = &mut self.run else { return };
        match run.advance(scene.project, IN_A_FRAME) {
            Ok(Advance::More) => ui.request_repaint(),
            Ok(Advance::Read(articles)) => {
                self::run(out, Command::Article(ArticleCommand::Read(articles)));
                ui.request_repaint();
            }
            // Whoever reads has a frame drawn when there is something.
            Ok(Advance::Wait | Advance::Done) => {}
            Err(wrong) => self.wrong = Some(wrong),
        }
        self.cursor = self.cursor.min(self.rows().len().saturating_sub(1));
    }

    /// Begins again where something else is asked for, or of other articles.
    fn follow(&mut self, scene: &Scene<'_>, stamp: u64) {
        let scoped = Scoped::of(self.asked.scope, scene);
        if let Some((asked, known, known_stamp)) = &mut self.sought
            && *asked == self.asked
            && *known == scoped
        {
            if *known_stamp == stamp {
                return;
            }
            *known_stamp = stamp;
            if self.run.as_ref().is_none_or(|run| run.articles() == scoped.articles(scene)) {
                return;
            }
        }
        self.sought = Some((self.asked.clone(), scoped.clone(), stamp));
        (self.run, self.wrong, self.pending) = (None, None, None);
        (self.cursor, self.show) = (0, Some(0));
        self.ticked.clear();
        if !self.asked.is_something() {
            return;
        }
        match self.asked.subject() {
            Ok(subject) => self.run = Some(Run::new(subject, scoped.articles(scene), self.order)),
            Err(wrong) => self.wrong = Some(wrong),
        }
    }

    /// Ends the search where it is, or the sorting; then the hits stay in the order they have.
    pub(super) fn stop(&mut self, ui: &Ui) {
        if let Some(run) = &mut self.run {
            run.stop();
            self.order = run.order();
            ui.request_repaint();
        }
    }

    pub(super) fn sort_by(&mut self, ui: &Ui, order: HitOrder) {
        self.order = order;
        if let Some(run) = &mut self.run {
            run.sort_by(order);
            ui.request_repaint();
        }
    }
}
