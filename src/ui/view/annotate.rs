//! The view Annotate: articles on the left, the page in the middle, what is picked and all marks on the right.

mod acting;
mod article_page;
mod concordance;
mod find;
mod links;
mod places;
mod refusal;
mod relating;
pub mod sides;
mod source;
mod stack;

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, Margin, Panel, PanelState, Pos2, Ui, UiBuilder, Vec2};

use article_page::{ArticlePage, Showing, article_page_ui};
use concordance::{Concordance, concordance_ui};
use find::{FindBar, find_ui};
use links::Drawn;
use places::Places;
use relating::{Next, Relating};
use sides::Sides;

use super::super::kit::focus;
use crate::{
    command::{Command, MarkRef, Scene, select::Select},
    diagnostic::Diagnostic,
    model::{AnnotationId, AnnotatorId, Item, RelationId, Target},
    text::ByteRange,
    ui::{
        context::Ctx,
        kit::segmented,
        panel::{
            Part, Stamps,
            articles::{ArticlesPanel, articles_ui},
            bottom_bar::{bottom_bar_ui, said_ui},
            inspector::{InspectorPanel, inspector_ui},
            marks::{MarksPanel, marks_ui},
            relations::{RelationsPanel, relations_ui},
            run,
        },
        theme::space,
        wish::Wish,
        words::tr,
    },
};

/// View state: nothing in it needs to be kept, and nothing in it is the project's.
#[derive(Default)]
pub struct Annotate {
    articles: ArticlesPanel,
    inspector: InspectorPanel,
    marks: MarksPanel,
    page: ArticlePage,
    relations: RelationsPanel,
    relating: Option<Relating>,
    chosen: Option<ChosenRelation>,
    places: Places,
    find: FindBar,
    concordance: Concordance,
    /// A mark pointed at in the list of marks.
    pointed: Option<AnnotationId>,
    /// Why the last command on the page was refused.
    refusal: Option<Diagnostic>,
    pub shown: Shown,
    pub stamps: Stamps,
}

/// The relation whose card is shown, as long as the mark that was gone to with it stays picked.
#[derive(Clone, Debug)]
struct ChosenRelation {
    id: RelationId,
    at: Target,
}

/// What is listed below the card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Side {
    #[default]
    Marks,
    Relations,
}

/// Which parts of the view are shown.
#[derive(Clone, Debug)]
pub struct Shown {
    pub sides: Sides,
    pub focus: FocusMode,
    drawn: Drawn,
    side: Side,
    /// Annotators besides the one who marks.
    layers: BTreeSet<AnnotatorId>,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            sides: Sides::default(),
            focus: FocusMode::Off,
            drawn: Drawn::OfMark,
            side: Side::Marks,
            layers: BTreeSet::new(),
        }
    }
}

impl Shown {
    /// Shows or hides a panel. In focus mode none is seen, so that it is shown.
    pub fn toggle(&mut self, panel: sides::Panel) {
        match std::mem::take(&mut self.focus) {
            FocusMode::On => self.sides.show(panel),
            FocusMode::Off => self.sides.toggle(panel),
        }
    }
}

/// Whether the page is alone on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FocusMode {
    #[default]
    Off,
    On,
}

/// Draws the view over all the room there is; gives the middle of the page's lower edge, for messages.
pub fn annotate_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, said: Option<&str>, out: &mut Vec<Wish>) -> Pos2 {
    view.follow(&ctx.session.scene(), out);
    let alone = view.shown.focus == FocusMode::On;
    if !alone {
        bottom_bar_ui(ui, ctx, said, out);
    }
    // Before the articles: what was being written is done before another article opens.
    view.shown.sides.fit(ui.available_width());
    let sides = view.shown.sides;
    if sides.shows(sides::Panel::Inspector) && !alone {
        right_ui(ui, ctx, view, out);
    }
    if sides.shows(sides::Panel::Articles) && !alone {
        left_ui(ui, ctx, view, out);
    }
    let mut bottom = ui.max_rect().center_bottom();
    CentralPanel::no_frame().show(ui, |ui| {
        if !alone && let Some(words) = concordance_ui(ui, ctx, &mut view.concordance, view.stamps, out) {
            view.open_words(words, &ctx.session.scene(), out);
        }
        let all = ui.available_rect_before_wrap();
        bottom = all.center_bottom();
        if focus::enters(ui, Part::Page.place(), all)
            && let Some(page) = view.page.id()
        {
            ui.memory_mut(|m| m.request_focus(page));
        }
        if let Some(place) = view.find.go_on(ui, &ctx.session.scene()) {
            view.page.reveal_found(place);
        }
        let showing = Showing {
            relations: view.shown.drawn,
            layers: &view.shown.layers,
            pointed: view.pointed,
            chosen: view.chosen.as_ref().map(|chosen| chosen.id),
            stamps: view.stamps,
            found: view.find.hits(),
        };
        let before = out.len();
        article_page_ui(ui, ctx, &mut view.page, &showing, &mut view.relating, out);
        // Whoever works on the page has the mark in mind, not the relation it was found by.
        let selects = |wish: &Wish| matches!(wish, Wish::Run(Command::Select(_)));
        view.chosen.take_if(|_| out[before..].iter().any(selects));
        if let Some(target) = view.page.take_followed() {
            view.go_to(&target, &ctx.session.scene(), out);
        }
        if let Some((refusal, place)) = view.refusal.as_ref().zip(view.page.place()) {
            refusal::refusal_ui(ui, ctx.tokens, refusal, all, place);
        }
        let mut over = ui.new_child(UiBuilder::new().max_rect(all));
        if let Some(relating) = &mut view.relating
            && relating::strip_ui(&mut over, ctx, relating, out) == Next::Done
        {
            view.relating = None;
        }
        find_ui(&mut over, ctx, &mut view.find, out);
        if alone {
            said_ui(&over, ctx, said, all);
        }
    });
    bottom
}

const ARTICLES: &str = "articles";
const INSPECTOR: &str = "inspector";

/// A panel beside the page. Where a narrow window cuts its width, it has it again as soon as there is room.
fn beside_ui(
    ui: &mut Ui,
    panel: Panel,
    name: &str,
    (least, usual, greatest): (f32, f32, f32),
    content: impl FnOnce(&mut Ui),
) {
    let id = ui.scope_id().with(name);
    let wanted = PanelState::load(ui, id).map_or(usual, |state| state.size().x);
    panel.default_size(usual).size_range(least..=greatest).show(ui, content);
    let shown = PanelState::load(ui, id).filter(|state| greatest < wanted && state.size().x > greatest - 1.0);
    if let Some(mut state) = shown {
        state.outer_rect.set_width(wanted);
        ui.data_mut(|data| data.insert_persisted(id, state));
    }
}

fn left_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, out: &mut Vec<Wish>) {
    let panel = Panel::left(ARTICLES).frame(Frame::NONE.fill(ctx.tokens.panel));
    beside_ui(ui, panel, ARTICLES, view.shown.sides.widths(sides::Panel::Articles), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(space::S, 0.0);
        ui.take_available_width();
        articles_ui(ui, ctx, &mut view.articles, view.stamps, out);
    });
}

fn right_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, out: &mut Vec<Wish>) {
    let frame = Frame::NONE.fill(ctx.tokens.panel).inner_margin(Margin { left: 14, right: 14, top: 14, bottom: 0 });
    let panel = Panel::right(INSPECTOR).frame(frame);
    beside_ui(ui, panel, INSPECTOR, view.shown.sides.widths(sides::Panel::Inspector), |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(space::S, space::XS);
        ui.take_available_width();
        if ctx.session.focus().article.is_none() {
            return;
        }
        Part::Inspector.begins(ui);
        let chosen = view.chosen.as_ref().map(|chosen| chosen.id);
        let asked = inspector_ui(ui, ctx, &mut view.inspector, (chosen, &view.shown.layers), out);
        let scene = ctx.session.scene();
        if let Some(from) = asked.relate {
            view.relating = Relating::begin_with(&scene, &from);
        }
        if let Some(target) = asked.go {
            view.go_to(&target, &scene, out);
        }
        if let Some(id) = asked.relation {
            view.chosen = scene.picked_target().map(|at| ChosenRelation { id, at });
        }
        ui.add_space(space::M);
        side_ui(ui, ctx, &mut view.shown.side);
        ui.add_space(space::XS);
        match view.shown.side {
            Side::Marks => {
                let marks = marks_ui(ui, ctx, &mut view.marks);
                view.pointed = marks.hovered;
                if let Some(id) = marks.picked {
                    view.choose(id, &scene, out);
                }
            }
            Side::Relations => {
                view.pointed = None;
                let table = relations_ui(ui, ctx, &mut view.relations, chosen, view.stamps);
                if let Some((id, member)) = table.clicked {
                    view.choose_relation(id, member, &scene, out);
                }
            }
        }
    });
}

/// The switch between the marks and their relations.
fn side_ui(ui: &mut Ui, ctx: &Ctx<'_>, side: &mut Side) {
    let sides =
        [(Side::Marks, tr("List of marks"), tr("Marks")), (Side::Relations, tr("Table of relations"), tr("Relations"))];
    if let Some(clicked) = segmented::one_of(ui, ctx.tokens, ui.scope_id().with("side"), *side, &sides) {
        *side = clicked;
    }
}

impl Annotate {
    /// Another project: what was remembered of the last one is of no use.
    pub fn reset(&mut self) {
        let shown = Shown { layers: BTreeSet::new(), ..self.shown.clone() };
        *self = Self { shown, ..Self::default() };
    }

    pub fn reveal(&mut self, range: ByteRange) {
        self.page.reveal(range);
    }

    /// Takes why a command was refused, to say it on the page; gives it back where nobody would see it there.
    ///
    /// # Errors
    /// The refusal, if it is for somebody else to tell.
    pub fn refuse(&mut self, command: &Command, why: Diagnostic) -> Result<(), Diagnostic> {
        if !refusal::is_of_page(command) || self.page.place().is_none() {
            return Err(why);
        }
        self.refusal = Some(why);
        Ok(())
    }

    /// Why the last command on the page was refused, as long as it is shown.
    pub fn refusal(&self) -> Option<&Diagnostic> {
        self.refusal.as_ref()
    }

    /// Takes the note away; gives whether there was one.
    pub fn dismiss_refusal(&mut self) -> bool {
        self.refusal.take().is_some()
    }

    /// The page's widget, once it was shown.
    pub fn page_id(&self) -> Option<egui::Id> {
        self.page.id()
    }

    /// Ends what is about another mark than the picked one, and arrives where one is going.
    fn follow(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        self.places.follow_article(scene);
        self.arrive(scene, out);
        self.relating.take_if(|relating| !relating.holds(scene));
        let is_going = self.places.is_going() || !out.is_empty();
        self.chosen.take_if(|chosen| {
            let is_there = scene.relations().is_some_and(|relations| relations.get(chosen.id).is_some());
            let is_at = is_going || scene.picked_target().as_ref() == Some(&chosen.at);
            !is_there || !is_at
        });
        self.inspector.goes_on_answering(self.card(scene));
    }

    fn choose(&mut self, id: AnnotationId, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let target = scene.focus.article.clone().map(|article| Target { article, item: Item::Annotation(id) });
        let (Some(relating), Some(target)) = (&mut self.relating, target) else {
            self.chosen = None;
            run(out, Command::Select(Select::Pick(MarkRef::Id(id))));
            return;
        };
        if relating.choose(target, scene, out) == Next::Done {
            self.relating = None;
        }
    }

    /// Goes to a mark, here or in another article; while one is relating, it is only looked at.
    fn go_to(&mut self, target: &Target, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let Some(relations) = scene.relations() else { return };
        let Some(mark) = relations.mark_for(target) else { return };
        if let (true, Some(annotation)) = (self.relating.is_some(), relations.annotation(&mark)) {
            if Some(&mark.article) == scene.focus.article.as_ref() {
                self.page.centre(annotation.fragments.first());
            }
            return;
        }
        match &mut self.chosen {
            Some(chosen) if relations.get(chosen.id).is_some_and(|r| relations.marks(r).contains(&mark)) => {
                chosen.at = mark;
            }
            _ => self.chosen = None,
        }
        self.places.go_to(target, scene, out);
        self.arrive(scene, out);
    }

    /// Comes to where one is going, if it can be shown by now.
    fn arrive(&mut self, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        if let Some(words) = self.places.arrive(scene, out) {
            self.page.centre(words);
        }
    }

    /// A row of the table was clicked: it fills the role that is asked for, or is shown.
    fn choose_relation(&mut self, id: RelationId, member: Target, scene: &Scene<'_>, out: &mut Vec<Wish>) {
        let Some(article) = scene.focus.article.clone() else { return };
        if let Some(relating) = &mut self.relating {
            if relating.choose(Target { article, item: Item::Relation(id) }, scene, out) == Next::Done {
                self.relating = None;
            }
            return;
        }
        self.chosen = Some(ChosenRelation { id, at: member.clone() });
        self.go_to(&member, scene, out);
    }
}
