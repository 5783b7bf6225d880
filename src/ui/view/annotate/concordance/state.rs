//! What the dock of the concordance remembers: what is asked, what was found, and where one is in it.
//!
//! The search itself is `query::concordance::Run`, which is pure; this gives it some time in each frame, asks for the
//! articles it wants read, and begins it anew when something else is asked.

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

/// What is done of a search in one frame: bytes searched, articles asked for, hits sorted. Small enough that a frame
/// takes a few milliseconds.
const IN_A_FRAME: Budget = Budget { bytes: 2 << 20, reads: 256, sorted: 8_000 };

/// View state of the dock.
#[derive(Default)]
pub struct Concordance {
    /// Whether the dock is on the screen.
    pub(super) shown: Presence,
    /// What the controls say.
    pub(super) asked: Asked,
    /// What `run` was begun for: what was asked, of what, and the stamp of the articles then.
    sought: Option<(Asked, Scoped, u64)>,
    /// The search; `None` where nothing is asked, or what is asked can’t be searched for.
    pub(super) run: Option<Run>,
    /// Why it can’t be searched for, such as a regular expression that is none.
    pub(super) wrong: Option<Diagnostic>,
    /// The order that was chosen for the hits.
    pub(super) order: HitOrder,
    /// Places that are ticked: a group of the audit ticks all of its places.
    pub(super) ticked: BTreeSet<Occurrence>,
    /// A label that was chosen, while something lies in its way.
    pub(super) pending: Option<Pending>,
    /// Index of the row that keys act on; always one of the rows, where there are any.
    pub(super) cursor: usize,
    /// Index of the row to bring into view with the next frame.
    pub(super) show: Option<usize>,
    /// Id of the field for words, once it was drawn.
    pub(super) field: Option<Id>,
    /// Id of the table; `None` where it has no rows.
    pub(super) table: Option<Id>,
    /// Whether the table has the focus; a label’s key marks what is ticked only then.
    pub(super) focus: TableFocus,
}

/// A label that was chosen for what is ticked, and what its marks would meet with. It is shown before anything is
/// marked.
pub(super) struct Pending {
    pub label: LabelId,
    /// How many would be marked, are marked already, lie inside or across other marks.
    pub outlook: Outlook,
    /// Whether marks have changed since `outlook` was worked out; then it is worked out again.
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
    /// Shows the dock with the focus in its field; words that are selected, without a line break, become what is
    /// looked for. The filter is set to the annotator’s own marks.
    pub fn open(&mut self, scene: &Scene<'_>) {
        let selected = scene.selection().zip(scene.text().ok()).and_then(|(range, text)| range.slice(text));
        if let Some(words) = selected.filter(|words| !words.contains('\n')) {
            self.asked.pattern = Pattern { text: words.to_owned(), ..Pattern::default() };
        }
        self.asked.face = Face::Hits;
        self.asked.filter.annotator = scene.annotator.cloned();
        self.shown = Presence::Opening;
    }

    /// Whether the dock is to be drawn; in focus mode the view hides it all the same.
    pub fn is_open(&self) -> bool {
        self.shown != Presence::Hidden
    }

    /// Closes the dock and drops what was found; what was asked stays for the next opening.
    pub fn close(&mut self) {
        let asked = std::mem::take(&mut self.asked);
        *self = Self { asked, order: self.order, ..Self::default() };
    }

    /// The field for words, where it is shown.
    pub fn field(&self) -> Option<Id> {
        self.field.filter(|_| self.is_open())
    }

    /// Takes note of changed marks: hits in those articles are compared with the marks again.
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

    /// Takes note of articles that have been read, or can’t be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        if let Some(run) = &mut self.run {
            run.was_read(articles);
        }
    }

    /// The articles that hits were found in and those that are searched next: their texts are not to be released.
    pub fn needed(&self) -> impl Iterator<Item = &ArticleId> {
        self.run.iter().flat_map(Run::needed)
    }

    pub(super) fn results(&self) -> Option<&Results> {
        self.run.as_ref().map(Run::results)
    }

    pub(super) fn rows(&self) -> &[ConcordanceRow] {
        self.results().map_or(&[], Results::rows)
    }

    /// Searches on for a frame’s share of work, after beginning anew where something else is asked. Asks for articles
    /// that have to be read.
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

    /// Begins anew where something else is asked, or where other articles are meant than those of the run; drops what
    /// was ticked.
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

    /// Stops the search, or the sorting; the hits found so far stay, in the order they have.
    pub(super) fn stop(&mut self, ui: &Ui) {
        if let Some(run) = &mut self.run {
            run.stop();
            self.order = run.order();
            ui.request_repaint();
        }
    }

    /// Takes another order for the hits; they are sorted from the next frame on.
    pub(super) fn sort_by(&mut self, ui: &Ui, order: HitOrder) {
        self.order = order;
        if let Some(run) = &mut self.run {
            run.sort_by(order);
            ui.request_repaint();
        }
    }
}
