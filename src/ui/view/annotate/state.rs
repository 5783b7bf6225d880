//! What the view Annotate remembers, and how its parts follow each other: a mark picked in the list is shown on the
//! page, a relation that is chosen stays so while its mark is picked.
//!
//! What commands do to it is for [`super::commands`]; nothing is drawn here.

use std::collections::BTreeSet;

use egui::Pos2;

use super::{
    article_page::ArticlePage,
    concordance::Concordance,
    find::FindBar,
    links::Drawn,
    navigation::Navigation,
    pages::Pages,
    refusal,
    relating::{self, Relating},
    sides::{self, FocusMode, Sides},
};
use crate::{
    command::{Command, MarkRef, PaneId, Scene, select::Select},
    diagnostic::Diagnostic,
    model::{AnnotationId, AnnotatorId, Item, RelationId, Target},
    session::Session,
    text::ByteRange,
    ui::{
        panel::{
            Stamps, articles::ArticlesPanel, conflicts::ConflictsPanel, history::HistoryPanel,
            inspector::InspectorPanel, marks::MarksPanel, relations::RelationsPanel, run, set_aside::SetAsidePanel,
        },
        wish::Wish,
    },
};

/// View state of Annotate. None of it is the project’s, and none of it is kept from one start of the program to the
/// next.
#[derive(Default)]
pub struct Annotate {
    pub articles: ArticlesPanel,
    /// The picked mark, relation or article, on the right.
    pub(super) inspector: InspectorPanel,
    /// The list of marks, below the inspector.
    pub(super) marks: MarksPanel,
    /// The article itself, in each pane.
    pub(in crate::ui::view) pages: Pages,
    /// The table of relations, in place of the marks.
    pub(super) relations: RelationsPanel,
    /// The steps that were done, in place of the marks.
    pub(super) history: HistoryPanel,
    /// What lost its place, in place of the marks.
    pub(super) set_aside: SetAsidePanel,
    pub(super) conflicts: ConflictsPanel,
    /// The relation whose members are being chosen; `None` while nobody is relating.
    pub(super) relating: Option<Relating>,
    /// Where a mark was let go on the one that it is being related to, in points of the window: the kinds are offered
    /// there.
    pub(super) joined_at: Option<Pos2>,
    /// The relation whose card is shown.
    pub(super) chosen: Option<ChosenRelation>,
    /// Where to go back to.
    pub(super) navigation: Navigation,
    /// The find bar.
    pub(super) find: FindBar,
    /// The dock below the page.
    pub(super) concordance: Concordance,
    /// The mark under the pointer in the list of marks; the page shows it more strongly.
    pub(super) pointed: Option<AnnotationId>,
    /// Why the last command on the page was refused, until the next command.
    pub(super) refusal: Option<Diagnostic>,
    /// A relation that was just made, to be shown when relating is done.
    pub(super) made: Option<RelationId>,
    /// Which parts are on the screen.
    pub shown: Shown,
    /// Counts of changes, set by the app before each frame.
    pub stamps: Stamps,
}

/// The relation whose card is shown. It stays chosen as long as the mark that was gone to with it stays picked.
#[derive(Clone, Debug)]
pub(super) struct ChosenRelation {
    pub id: RelationId,
    /// That mark.
    pub at: Target,
}

/// Which list stands below the inspector’s card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Listing {
    /// Marks of the open article.
    #[default]
    Marks,
    /// Relations of the open article.
    Relations,
    /// Steps of everybody.
    History,
    /// What is set aside of the annotator’s own layer.
    SetAside,
    /// What was changed on two sides.
    Conflicts,
}

/// Which parts of the view are shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The panels at the sides.
    pub sides: Sides,
    /// Whether the page is alone.
    pub focus: FocusMode,
    pub guidelines: Guidelines,
    /// Which relations are drawn on the page.
    pub(super) drawn: Drawn,
    /// The list below the card.
    pub(super) listing: Listing,
    /// Annotators whose marks are shown beside those of the one who marks.
    pub(super) layers: BTreeSet<AnnotatorId>,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            sides: Sides::default(),
            focus: FocusMode::Off,
            guidelines: Guidelines::Hidden,
            drawn: Drawn::OfMark,
            listing: Listing::Marks,
            layers: BTreeSet::new(),
        }
    }
}

impl Shown {
    /// Shows or hides a panel. In focus mode no panel is seen: then it ends focus mode and shows the panel.
    pub fn toggle(&mut self, panel: sides::Panel) {
        match std::mem::take(&mut self.focus) {
            FocusMode::On => self.sides.show(panel),
            FocusMode::Off => self.sides.toggle(panel),
        }
    }
}

/// Whether the codebook’s guidelines stand beside the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guidelines {
    #[default]
    Hidden,
    Shown,
}

impl Guidelines {
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Hidden => Self::Shown,
            Self::Shown => Self::Hidden,
        }
    }
}

impl Annotate {
    /// Forgets what belongs to the last project; which parts are shown stays.
    pub fn reset(&mut self) {
        let shown = Shown { layers: BTreeSet::new(), ..self.shown.clone() };
        *self = Self { shown, ..Self::default() };
    }

    /// Brings a range of the open article, in bytes of its text, into view with the next frame.
    pub fn reveal(&mut self, range: ByteRange) {
        self.pages.active_mut().reveal(range);
    }

    /// Takes note of the pane that the session works in: there ranges are brought into view.
    pub fn work_in(&mut self, pane: PaneId) {
        self.pages.work_in(pane);
    }

    /// Takes why a command was refused, to show it on the page beside the caret or the picked mark.
    ///
    /// # Errors
    /// The refusal, if it is for somebody else to tell.
    pub fn refuse(&mut self, command: &Command, why: Diagnostic) -> Result<(), Diagnostic> {
        if !refusal::is_of_page(command) || self.pages.active().and_then(ArticlePage::place).is_none() {
            return Err(why);
        }
        self.refusal = Some(why);
        Ok(())
    }

    /// Why the last command on the page was refused, as long as it is shown.
    pub fn refusal(&self) -> Option<&Diagnostic> {
        self.refusal.as_ref()
    }

    /// Takes the note about a refusal away; says whether there was one.
    pub fn dismiss_refusal(&mut self) -> bool {
        self.refusal.take().is_some()
    }

    /// The page's widget, once it was shown.
    pub fn page_id(&self) -> Option<egui::Id> {
        self.pages.active().and_then(ArticlePage::id)
    }

    /// Brings the view up to date with the session before a frame: ends relating and answering that were about
    /// another mark than the picked one, lets a relation go that is gone, arrives where one is going.
    pub(in crate::ui::view) fn follow(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        self.pages.work_in(scene.pane);
        self.navigation.follow_article(scene);
        self.arrive(scene, out);
        self.relating.take_if(|relating| !relating.holds(scene));
        self.joined_at.take_if(|_| self.relating.is_none());
        self.show_made(scene, out);
        let is_going = self.navigation.is_going() || !out.is_empty();
        self.chosen.take_if(|chosen| {
            let is_there = scene.relations().is_some_and(|relations| relations.get(chosen.id).is_some());
            let is_at = is_going || scene.picked_target().as_ref() == Some(&chosen.at);
            !is_there || !is_at
        });
        self.inspector.goes_on_answering(self.card(scene));
    }

    /// Takes note of a relation that was made here, which is worth looking at: it reaches into another article, or asks
    /// for an answer.
    pub fn note_made(&mut self, id: RelationId) {
        self.made = Some(id);
    }

    /// The card of a relation that was just made, with its mark in the open article picked; its answers are given by keys.
    fn show_made(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        if self.relating.is_some() || self.navigation.is_going() {
            return;
        }
        let Some((id, relations)) = self.made.take().zip(scene.relations()) else { return };
        let Some(relation) = relations.get(id) else { return };
        let here = relations.lead(relation).zip(scene.focus.article.clone());
        let Some((mark, article)) = here else { return };
        let own = scene.picked_target();
        let is_member = own.as_ref().is_some_and(|own| relation.has(own.item));
        let at = own.filter(|_| is_member).unwrap_or(Target { article, item: Item::Annotation(mark) });
        if scene.picked_target().as_ref() != Some(&at) {
            run(out, Command::Select(Select::Pick(MarkRef::Id(mark))));
        }
        self.chosen = Some(ChosenRelation { id, at });
        if relations.is_incomplete(relation) {
            self.show_inspector();
            self.inspector.answer(Some(Item::Relation(id)));
        }
    }

    /// Whether a mark is being related to another.
    pub(in crate::ui::view) fn is_relating(&self) -> bool {
        self.relating.is_some()
    }

    /// Gives what may be chosen while relating, and is seen in these panes, its letters.
    pub(in crate::ui::view) fn hint(&mut self, session: &Session, panes: &[PaneId]) {
        let Some(relating) = &mut self.relating else { return };
        let seen = |pane: &PaneId| Some((session.scene_of(*pane), self.pages.shown(*pane)?.visible()));
        relating.hint(&panes.iter().filter_map(seen).collect::<Vec<_>>());
    }

    /// Relates two marks of different articles: at once where one kind takes both, else the kinds are offered at a place
    /// of the window. `scene` is that of the pane of `origin`, in which one works from then on. Nothing where no kind does.
    pub(in crate::ui::view) fn join(
        &mut self,
        scene: &Scene<'_>,
        (origin, other): (AnnotationId, Target),
        at: Pos2,
        out: &mut Vec<Wish>,
    ) {
        let from = scene.focus.article.clone().map(|article| Target { article, item: Item::Annotation(origin) });
        let Some(relating) = from.and_then(|from| Relating::between(scene, from, &other)) else { return };
        run(out, Command::Select(Select::Pane(scene.pane)));
        run(out, Command::Select(Select::Pick(MarkRef::Id(origin))));
        let is_one = relating.offered_kinds(scene).len() == 1;
        (self.relating, self.joined_at) = (Some(relating), Some(at));
        if is_one {
            relating::go_on(&mut self.relating, out, |relating, out| relating.choose_kind(0, scene, out));
        }
    }

    /// A mark was chosen in the list: while relating it becomes the member that is asked for, otherwise it is picked.
    pub(super) fn choose(&mut self, id: AnnotationId, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let target = scene.focus.article.clone().map(|article| Target { article, item: Item::Annotation(id) });
        let Some(target) = target.filter(|_| self.relating.is_some()) else {
            self.chosen = None;
            run(out, Command::Select(Select::Pick(MarkRef::Id(id))));
            return;
        };
        relating::go_on(&mut self.relating, out, |relating, out| relating.choose(target, scene, out));
    }

    /// Goes to a mark, here or in another article. While relating, it is only brought into view, as picking it would
    /// end that.
    pub(super) fn go_to(&mut self, target: &Target, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let Some(relations) = scene.relations() else { return };
        let Some(mark) = relations.mark_for(target) else { return };
        if let (true, Some(annotation)) = (self.relating.is_some(), relations.annotation(&mark)) {
            if Some(&mark.article) == scene.focus.article.as_ref() {
                self.pages.active_mut().centre(annotation.fragments.first());
            }
            return;
        }
        match &mut self.chosen {
            Some(chosen) if relations.get(chosen.id).is_some_and(|r| relations.marks(r).contains(&mark)) => {
                chosen.at = mark;
            }
            _ => self.chosen = None,
        }
        self.navigation.go_to(target, scene, out);
        self.arrive(scene, out);
    }

    /// Arrives where one is going, where it can be shown by now.
    pub(super) fn arrive(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        if let Some(words) = self.navigation.arrive(scene, out) {
            self.pages.active_mut().centre(words);
        }
    }

    /// A relation was clicked in the table: while relating it fills the role that is asked for, otherwise its card is
    /// shown and its member gone to.
    pub(super) fn choose_relation(&mut self, id: RelationId, member: Target, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let Some(article) = scene.focus.article.clone() else { return };
        if self.relating.is_some() {
            let target = Target { article, item: Item::Relation(id) };
            relating::go_on(&mut self.relating, out, |relating, out| relating.choose(target, scene, out));
            return;
        }
        self.chosen = Some(ChosenRelation { id, at: member.clone() });
        self.go_to(&member, scene, out);
    }
}
