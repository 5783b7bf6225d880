//! The concordance: words in all articles, each in its line, in a dock below the page; and an audit of words that
//! are marked here and not there. What is ticked is marked in one step.
//!
//! It changes nothing. A search goes on for a bounded number of bytes in a frame, so that the page stays at hand, and
//! asks for what has not been read; that is read elsewhere, and searched when it is there.

mod controls;
mod marking;
mod results;
mod sorting;
mod table;

use std::collections::BTreeSet;

use egui::{Frame, Id, Panel, Ui, UiBuilder};

use self::{
    marking::Pending,
    results::{Again, Order, Results},
    sorting::Sorting,
};
use super::find::Presence;
use crate::{
    command::{
        Command, Scene,
        article::{OfArticles, listed},
        mark::Mark,
        occurrences::{Occurrence, outlook},
    },
    diagnostic::Diagnostic,
    model::{ArticleId, LabelId, StoryId, edit::Change},
    query::search::{Marked, MarksFilter, Matcher, Pattern, Query, Scan, Step, audit::Audit},
    ui::{
        context::Ctx,
        kit::focus,
        panel::{Part, Stamps, run},
        theme::size,
        wish::Wish,
    },
};

/// Bytes of text that are searched in a frame.
const IN_A_FRAME: usize = 2 << 20;
/// Articles that are being read ahead of the search, at most: so many are read in vain where it is broken off.
const AHEAD: usize = 256;
/// Hits that are brought into an order in a frame.
const SORT_IN_A_FRAME: usize = 8_000;

/// View state of the dock.
#[derive(Default)]
pub struct Concordance {
    shown: Presence,
    asked: Asked,
    /// What is searched, and what was asked of it: the results are of this.
    sought: Option<(Asked, Scoped, u64)>,
    articles: Vec<ArticleId>,
    work: Option<Work>,
    query: Option<Query>,
    wrong: Option<Diagnostic>,
    results: Results,
    order: Order,
    /// How many articles could not be read.
    passed_over: usize,
    /// How far a search had come that was broken off, from 0 to 1.
    broken_off: Option<f32>,
    ticked: BTreeSet<Occurrence>,
    pending: Option<Pending>,
    /// The row that keys act on.
    cursor: usize,
    /// The row to bring into view.
    show: Option<usize>,
    /// Articles whose marks have changed.
    stale: BTreeSet<ArticleId>,
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

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Asked {
    face: Face,
    pattern: Pattern,
    scope: Scope,
    filter: MarksFilter,
    marked: Marked,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Face {
    #[default]
    Hits,
    Audit,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Scope {
    Article,
    Story,
    #[default]
    Project,
}

/// What a scope means where one is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Scoped {
    Article(Option<ArticleId>),
    Story(StoryId),
    Project,
}

/// A search on its way, or its hits on theirs into an order.
enum Work {
    Scan(Scan),
    Audit(Audit),
    Sort(Sorting),
}

impl Work {
    fn progress(&self) -> f32 {
        match self {
            Self::Scan(scan) => scan.progress(),
            Self::Audit(audit) => audit.progress(),
            Self::Sort(sorting) => sorting.progress(),
        }
    }
}

impl Asked {
    /// Whether there is something to look for: opening the dock alone reads nothing.
    fn is_something(&self) -> bool {
        let of_marks = self.marked == Marked::Yes || self.filter.is_narrow();
        self.face == Face::Audit || !self.pattern.text.is_empty() || of_marks && self.marked != Marked::No
    }
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
        if self.is_open() {
            self.stale.extend(changes.iter().filter_map(|change| match change {
                Change::Annotation { article, .. } => Some(article.clone()),
                _ => None,
            }));
        }
    }

    /// What a label's key means while the table has the focus and something is ticked.
    pub fn take_label(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) -> bool {
        let takes = self.is_open() && self.focus == TableFocus::Yes && !self.ticked.is_empty();
        if takes {
            self.choose(label, scene, out);
        }
        takes
    }

    /// Marks what is ticked, or shows first what lies in the way of it; chosen again, the label is meant.
    fn choose(&mut self, label: &LabelId, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let is_meant = self.pending.as_ref().is_some_and(|pending| pending.label == *label);
        self.look_ahead(label, scene);
        if self.pending.as_ref().is_none_or(|p| p.outlook.is_clear() || is_meant && p.outlook.free > 0) {
            self.mark(label, out);
        }
    }

    fn look_ahead(&mut self, label: &LabelId, scene: &Scene<'_>) {
        let places: Vec<Occurrence> = self.ticked.iter().cloned().collect();
        let look = |annotator| outlook(scene.project, annotator, label, &places);
        self.pending = scene.annotator.map(|annotator| Pending { label: label.clone(), outlook: look(annotator) });
    }

    fn mark(&mut self, label: &LabelId, out: &mut Vec<Wish>) {
        self.pending = None;
        let places = std::mem::take(&mut self.ticked).into_iter().collect();
        run(out, Command::Mark(Mark::Occurrences { label: label.clone(), places }));
    }

    /// Takes note of articles that were asked for, and that have been read since or can't be.
    pub fn was_read(&mut self, articles: &[ArticleId]) {
        match &mut self.work {
            Some(Work::Scan(scan)) => scan.was_read(articles),
            Some(Work::Audit(audit)) => audit.was_read(articles),
            Some(Work::Sort(_)) | None => {}
        }
    }

    /// The articles that words were found in; as long as it is searched, all that are.
    pub fn needed(&self) -> impl Iterator<Item = &ArticleId> {
        let searched = matches!(self.work, Some(Work::Scan(_) | Work::Audit(_)));
        let all = if searched { self.articles.as_slice() } else { &[] };
        self.results.found.iter().map(|found| &found.article).chain(all)
    }

    /// Searches on, and looks again at what has changed.
    fn go_on(&mut self, ui: &Ui, ctx: &Ctx<'_>, stamps: Stamps, out: &mut Vec<Wish>) {
        self.follow(&ctx.session.scene(), stamps.articles);
        let project = ctx.session.project();
        self.look_again(ctx);
        let step = match &mut self.work {
            None => return,
            Some(Work::Scan(scan)) => {
                let known = self.results.found.len();
                let step = scan.advance(project, IN_A_FRAME, AHEAD, &mut self.results.found);
                self.results.follow(known);
                self.passed_over = scan.passed_over();
                Ok(step)
            }
            Some(Work::Audit(audit)) => {
                let step = audit.advance(project, IN_A_FRAME, AHEAD);
                self.passed_over = audit.passed_over();
                step
            }
            Some(Work::Sort(sorting)) => {
                let done = sorting.advance(&self.results, project, SORT_IN_A_FRAME);
                Ok(if done { Step::Done } else { Step::More })
            }
        };
        match step {
            Ok(Step::More) => ui.request_repaint(),
            Ok(Step::Read(articles)) => {
                run(out, Command::Article(OfArticles::Read(articles)));
                ui.request_repaint();
            }
            // Whoever reads has a frame drawn when there is something.
            Ok(Step::Wait) => {}
            Ok(Step::Done) => self.finish(ui),
            Err(wrong) => (self.work, self.wrong) = (None, Some(wrong)),
        }
    }

    fn finish(&mut self, ui: &Ui) {
        match self.work.take() {
            Some(Work::Audit(audit)) => {
                self.results.take_audit(audit.into_rows());
                self.cursor = self.cursor.min(self.results.rows.len().saturating_sub(1));
            }
            Some(Work::Sort(sorting)) => self.results.take_sorted(sorting),
            Some(Work::Scan(_)) | None => {}
        }
        self.sort(ui);
    }

    /// Begins to put the hits into the order that is wished for, unless they are still being looked for.
    fn sort(&mut self, ui: &Ui) {
        if matches!(self.work, None | Some(Work::Sort(_))) {
            self.work = self.results.sorting(self.order).map(Work::Sort);
            ui.request_repaint();
        }
    }

    /// Begins again where something else is asked for, or of other articles.
    fn follow(&mut self, scene: &Scene<'_>, stamp: u64) {
        let scoped = scoped(scene, self.asked.scope);
        if let Some((asked, known, known_stamp)) = &mut self.sought
            && *asked == self.asked
            && *known == scoped
        {
            if *known_stamp == stamp {
                return;
            }
            *known_stamp = stamp;
            if !self.asked.is_something() || articles_of(scene, &scoped) == self.articles {
                return;
            }
        }
        self.sought = Some((self.asked.clone(), scoped.clone(), stamp));
        self.results = Results::begin(Order::Place);
        (self.work, self.query, self.wrong, self.pending) = (None, None, None, None);
        (self.cursor, self.show, self.passed_over, self.broken_off) = (0, Some(0), 0, None);
        self.ticked.clear();
        self.stale.clear();
        if !self.asked.is_something() {
            return;
        }
        self.articles = articles_of(scene, &scoped);
        match self.begin() {
            Ok(work) => self.work = Some(work),
            Err(wrong) => self.wrong = Some(wrong),
        }
    }

    fn begin(&mut self) -> Result<Work, Diagnostic> {
        let Asked { face, pattern, filter, marked, .. } = &self.asked;
        if *face == Face::Audit {
            return Ok(Work::Audit(Audit::new(filter.clone(), self.articles.clone())));
        }
        let matcher = if pattern.text.is_empty() { None } else { Some(Matcher::new(pattern)?) };
        let query = Query { matcher, filter: filter.clone(), marked: *marked };
        self.query = Some(query.clone());
        Ok(Work::Scan(Scan::new(query, self.articles.clone())))
    }

    /// Looks again at articles whose marks have changed, once the search is through.
    fn look_again(&mut self, ctx: &Ctx<'_>) {
        if self.stale.is_empty() || self.work.is_some() {
            return;
        }
        let (stale, project) = (std::mem::take(&mut self.stale), ctx.session.project());
        if let Some(pending) = self.pending.take() {
            self.look_ahead(&pending.label, &ctx.session.scene());
        }
        let Some(query) = &self.query else {
            // What was marked or unmarked here may be the other everywhere. The rows stay until it is through.
            (self.work, self.broken_off) = (self.begin().ok(), None);
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
            self.work = self.results.sorting(self.order).map(Work::Sort);
            self.cursor = self.cursor.min(self.results.rows.len().saturating_sub(1));
        }
    }

    /// Ends the search where it is; what has been found is kept, and still put into its order, unless it is that which
    /// ends.
    fn stop(&mut self, ui: &Ui) {
        if let Some(Work::Sort(_)) = &self.work {
            self.order = self.results.order();
            self.work = None;
            return;
        }
        self.broken_off = self.work.as_ref().map(Work::progress);
        self.finish(ui);
    }
}

fn scoped(scene: &Scene<'_>, scope: Scope) -> Scoped {
    let open = scene.focus.article.as_ref();
    let story = open.and_then(|id| scene.project.article(id)).and_then(|a| a.metadata.story.clone());
    match (scope, story) {
        (Scope::Project, _) => Scoped::Project,
        (Scope::Story, Some(story)) => Scoped::Story(story),
        (Scope::Story | Scope::Article, _) => Scoped::Article(open.cloned()),
    }
}

/// In the order of the list.
fn articles_of(scene: &Scene<'_>, scoped: &Scoped) -> Vec<ArticleId> {
    let listed = || listed(scene.project).into_iter();
    match scoped {
        Scoped::Article(id) => id.iter().cloned().collect(),
        Scoped::Story(story) => {
            let of_story = listed().filter(|(_, article)| article.metadata.story.as_ref() == Some(story));
            of_story.map(|(id, _)| id.clone()).collect()
        }
        Scoped::Project => listed().map(|(id, _)| id.clone()).collect(),
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
