//! The concordance: words in all articles, each in its line, in a dock below the page; and an audit of words that
//! are marked here and not there. What is ticked is marked in one step.
//!
//! It changes nothing. A search goes on for a bounded number of bytes in a frame, so that the page stays at hand, and
//! asks for what has not been read; that is read elsewhere, and searched when it is there.

mod asked;
mod controls;
mod marking;
mod row;
mod table;

use std::collections::BTreeSet;

use egui::{Frame, Id, Panel, Ui, UiBuilder};

use self::{
    asked::{Asked, Face, Scoped},
    marking::Pending,
};
use super::find::Presence;
use crate::{
    command::{Command, Scene, article::OfArticles, occurrences::Occurrence},
    diagnostic::Diagnostic,
    model::{ArticleId, edit::Change},
    query::{
        concordance::{Budget, HitOrder, Results, Row, Run},
        search::{Advance, Pattern},
    },
    ui::{
        context::Ctx,
        kit::focus,
        panel::{Part, Stamps, run},
        theme::size,
        wish::Wish,
    },
};

const IN_A_FRAME: Budget = Budget { bytes: 2 << 20, reads: 256, sorted: 8_000 };

/// View state of the dock.
#[derive(Default)]
pub struct Concordance {
    shown: Presence,
    asked: Asked,
    /// What was asked, of what, and the stamp of the articles then: `run` is of this.
    sought: Option<(Asked, Scoped, u64)>,
    /// None where nothing is asked, or it can't be searched for.
    run: Option<Run>,
    wrong: Option<Diagnostic>,
    order: HitOrder,
    ticked: BTreeSet<Occurrence>,
    pending: Option<Pending>,
    /// The row that keys act on.
    cursor: usize,
    /// The row to bring into view.
    show: Option<usize>,
    field: Option<Id>,
    table: Option<Id>,
    focus: TableFocus,
}

/// Whether keys are meant for the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum TableFocus {
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

    fn results(&self) -> Option<&Results> {
        self.run.as_ref().map(Run::results)
    }

    fn rows(&self) -> &[Row] {
        self.results().map_or(&[], Results::rows)
    }

    /// Searches on, and looks again at what has changed.
    fn go_on(&mut self, ui: &Ui, ctx: &Ctx<'_>, stamps: Stamps, out: &mut Vec<Wish>) {
        let scene = ctx.session.scene();
        self.follow(&scene, stamps.articles);
        if let Some(pending) = self.pending.take_if(|pending| pending.stale) {
            self.look_ahead(&pending.label, &scene);
        }
        let Some(run) = &mut self.run else { return };
        match run.advance(scene.project, IN_A_FRAME) {
            Ok(Advance::More) => ui.request_repaint(),
            Ok(Advance::Read(articles)) => {
                self::run(out, Command::Article(OfArticles::Read(articles)));
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
    fn stop(&mut self, ui: &Ui) {
        if let Some(run) = &mut self.run {
            run.stop();
            self.order = run.order();
            ui.request_repaint();
        }
    }

    fn sort_by(&mut self, ui: &Ui, order: HitOrder) {
        self.order = order;
        if let Some(run) = &mut self.run {
            run.sort_by(order);
            ui.request_repaint();
        }
    }
}

/// Shows the dock at the lower edge of the room there is; gives the place that is to be opened above it.
pub fn concordance_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut Concordance,
    stamps: Stamps,
    out: &mut Vec<Wish>,
) -> Option<Occurrence> {
    if !view.is_open() {
        return None;
    }
    view.go_on(ui, ctx, stamps, out);
    let room = ui.max_rect().height();
    let frame = Frame::NONE.fill(ctx.tokens.panel);
    let panel =
        Panel::bottom("concordance").default_size(room * 0.44).size_range(size::DOCK..=room * 0.75).frame(frame);
    let shown = panel.resizable(true).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.take_available_space();
        let enters = focus::enters(ui, Part::Concordance.place(), ui.max_rect());
        if let (true, Some(id)) = (enters, view.table.or(view.field)) {
            ui.memory_mut(|m| m.request_focus(id));
        }
        controls::controls_ui(ui, ctx, view);
        if !view.is_open() {
            return None;
        }
        let whole = ui.available_rect_before_wrap();
        let marking = if view.is_marking() { size::FIND } else { 0.0 };
        let (above, below) = whole.split_top_bottom_at_y(whole.bottom() - marking);
        let opened = table::table_ui(&mut ui.new_child(UiBuilder::new().max_rect(above)), ctx, view);
        if marking > 0.0 {
            marking::marking_ui(&mut ui.new_child(UiBuilder::new().max_rect(below)), ctx, view, out);
        }
        opened
    });
    shown.inner
}
