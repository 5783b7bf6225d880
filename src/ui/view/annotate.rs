//! The view Annotate: articles on the left, the page in the middle, what is picked and all marks on the right.
//!
//! This file arranges the parts; `state` is what is remembered, `commands` what keys and commands of views do to it.
//! The page stands in `article_page`, what lies over it in `find`, `relating`, `refusal`, `stack` and `notices`, the
//! dock below it in `concordance`. Nothing here writes the project: commands are pushed and run after the frame.

pub(super) mod article_page;
mod commands;
mod concordance;
mod find;
mod gestures;
mod guidelines;
mod hint;
mod links;
mod navigation;
mod notices;
pub(super) mod pages;
pub(super) mod panels;
mod pattern;
mod refusal;
mod relating;
pub mod sides;
mod source;
mod stack;
mod state;

use egui::{CentralPanel, Pos2, Ui, UiBuilder};

use article_page::{ArticlePage, PageLook, Showing, article_page_ui};
pub use commands::Left;
use concordance::concordance_ui;
use find::{PageHits, find_ui};
use guidelines::guidelines_ui;
use hint::hint_ui;
use panels::{left_ui, right_ui};
use refusal::refusal_ui;
use relating::{kinds_at_ui, strip_ui};
pub use sides::FocusMode;
pub use state::{Annotate, Guidelines, Shown};

use crate::{
    command::{Command, PaneId, View},
    ui::{
        context::Ctx,
        kit::focus,
        panel::{
            Part,
            bottom_bar::{bottom_bar_ui, said_ui},
        },
        wish::Wish,
    },
};

/// Draws the view over all the room there is, and gives the middle of the page’s lower edge, where messages stand.
///
/// In focus mode the page is alone: no panels, no bars, no dock. `said` is what was done last, shown for a moment.
pub fn annotate_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, said: Option<&str>, out: &mut Vec<Wish>) -> Pos2 {
    view.follow(&ctx.session.scene(), out);
    let alone = view.shown.focus == FocusMode::On;
    if !alone {
        bottom_bar_ui(ui, ctx, said, out);
    }
    // Before the articles: what was being written is done before another article opens.
    view.shown.sides.fit(ui.available_width());
    let sides = view.shown.sides;
    let reads = view.shown.guidelines == Guidelines::Shown;
    if sides.shows(sides::Panel::Inspector) && !alone && !(reads && sides.is_narrow()) {
        right_ui(ui, ctx, view, out);
    }
    if reads && !alone {
        guidelines_ui(ui, ctx, view, out);
    } else if sides.shows(sides::Panel::Articles) && !alone {
        left_ui(ui, ctx, view, out);
    }
    CentralPanel::no_frame().show(ui, |ui| middle_ui(ui, ctx, view, said, out)).inner
}

/// The page with everything that lies over it.
fn middle_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Annotate, said: Option<&str>, out: &mut Vec<Wish>) -> Pos2 {
    around_pages_ui(ui, ctx, view, said, out, |ui, view, out| {
        let pane = ctx.session.active_pane();
        view.hint(ctx.session, &[pane]);
        pane_ui(ui, ctx, view, (pane, PageLook::default()), out);
    })
}

/// What `pages` draws with everything that lies over it, and the dock of the concordance below it while that is open.
/// Gives the middle of its lower edge.
pub(super) fn around_pages_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut Annotate,
    said: Option<&str>,
    out: &mut Vec<Wish>,
    pages: impl FnOnce(&mut Ui, &mut Annotate, &mut Vec<Wish>),
) -> Pos2 {
    let alone = view.shown.focus == FocusMode::On;
    if !alone && let Some(words) = concordance_ui(ui, ctx, &mut view.concordance, view.stamps, out) {
        view.open_words(words, &ctx.session.scene(), out);
    }
    if !alone && !ctx.shown.contains(&View::Compare) {
        hint_ui(ui, ctx, out);
    }
    let all = ui.available_rect_before_wrap();
    pages(ui, view, out);
    if let Some((refusal, place)) = view.refusal.as_ref().zip(view.pages.active().and_then(ArticlePage::place)) {
        refusal_ui(ui, ctx.tokens, refusal, all, place);
    }
    let mut over = ui.new_child(UiBuilder::new().max_rect(all));
    let joined_at = view.joined_at;
    relating::go_on(&mut view.relating, out, |relating, out| match joined_at {
        Some(at) => kinds_at_ui(&over, ctx, relating, (at, all), out),
        None => strip_ui(&mut over, ctx, relating, out),
    });
    find_ui(&mut over, ctx, &mut view.find, out);
    if alone {
        said_ui(&over, ctx, said, all);
    }
    all.center_bottom()
}

/// The page of a pane: takes the focus where it is moved here, searches on for the find bar, and follows clicks on
/// links. Finding, and what the lists point at, is for the pane that is worked in alone; a member of a relation may be
/// chosen in any.
pub(super) fn pane_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut Annotate,
    (pane, look): (PaneId, PageLook<'_>),
    out: &mut Vec<Wish>,
) {
    let is_active = pane == ctx.session.active_pane();
    let page = view.pages.of(pane);
    if is_active {
        if focus::enters(ui, Part::Page.place(), ui.available_rect_before_wrap())
            && let Some(id) = page.id()
        {
            ui.memory_mut(|m| m.request_focus(id));
        }
        if let Some(place) = view.find.go_on(ui, &ctx.session.scene()) {
            page.reveal_found(place);
        }
    }
    let showing = Showing {
        relations: view.shown.drawn,
        layers: &view.shown.layers,
        pointed: view.pointed.filter(|_| is_active),
        chosen: view.chosen.as_ref().map(|chosen| chosen.id).filter(|_| is_active),
        stamps: view.stamps,
        focus: view.shown.focus,
        found: if is_active { view.find.hits() } else { PageHits::default() },
        look,
    };
    let before = out.len();
    article_page_ui(ui, ctx, page, &showing, &mut view.relating, out);
    // Whoever works on the page has the mark in mind, not the relation it was found by.
    let selects = |wish: &Wish| matches!(wish, Wish::Run(Command::Select(_)));
    view.chosen.take_if(|_| out[before..].iter().any(selects));
    if let Some(target) = page.take_followed() {
        view.go_to(&target, &ctx.session.scene(), out);
    }
}
