//! What is asked of the concordance: words, where, whose marks; and how far the search has come.
//!
//! It only changes what is asked (`Asked`) and the order; the search follows it in the next frame (`state`). In a
//! narrow dock the controls wrap to more rows rather than being cut.

use egui::{Align, Id, Key, Layout, Modifiers, ProgressBar, Ui, UiBuilder, Vec2};

use super::{
    super::pattern::{Presence, before_end, chips_width, pattern_ui, says, search_field, take_focus},
    asked::{Asked, Face, Scope},
    state::Concordance,
};
use crate::{
    model::{AttributeId, AttributeKind, Codebook, Value},
    query::{
        concordance::{HitOrder, Results, Run},
        search::Marked,
    },
    ui::{
        context::Ctx,
        kit::{
            button::{Chosen, cross, quiet},
            picker::picker,
            segmented,
        },
        panel::wording,
        theme::{size, space},
        words::{phrase, tr},
    },
};

/// In a dock narrower than this, in points, the controls stand in more rows.
const NARROW: f32 = 720.0;
/// Widths of the switches between hits and the audit, places, and what is marked or not, in points.
const FACES: f32 = 120.0;
const SCOPES: f32 = 184.0;
const MARKED: f32 = 204.0;

/// How the controls are arranged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    /// Four rows, or five.
    Narrow,
    /// Three rows.
    Wide,
}

/// Draws the controls above the table; a change asks for another frame, in which the search begins anew.
pub(super) fn controls_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance) {
    let before = view.asked.clone();
    let width = if ui.available_width() < NARROW { Width::Narrow } else { Width::Wide };
    let narrow = width == Width::Narrow;
    bar(ui, |ui| first_row_ui(ui, ctx, view, width));
    if !view.is_open() {
        return;
    }
    let of_hits = view.asked.face == Face::Hits;
    if let Some(wrong) = &view.wrong {
        bar(ui, |ui| {
            ui.add_space(if of_hits { FACES + space::S } else { 0.0 });
            says(ui, ctx.tokens.danger, &phrase(&wrong.message));
        });
    }
    if narrow {
        narrow_rows_ui(ui, ctx, &mut view.asked);
    } else {
        bar(ui, |ui| {
            scope_ui(ui, ctx, &mut view.asked.scope);
            pickers_ui(ui, ctx, &mut view.asked, None);
            if of_hits {
                marked_ui(ui, ctx, &mut view.asked.marked);
            }
        });
    }
    bar(ui, |ui| last_row_ui(ui, ctx, view));
    if view.asked != before {
        ui.request_repaint();
    }
}

/// The switch of tables, the words and how they are compared, and the cross.
fn first_row_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance, width: Width) {
    let chips = view.asked.face == Face::Hits && width == Width::Wide;
    before_end(ui, ctx.tokens, chips, |ui| {
        face_ui(ui, ctx, &mut view.asked.face);
        if view.asked.face == Face::Hits {
            words_ui(ui, view);
        }
    });
    if chips {
        pattern_ui(ui, ctx.tokens, &mut view.asked.pattern);
    }
    if cross(ui, ctx.tokens, &tr("Close “Find in the project”")).clicked() {
        view.close();
    }
}

/// What a wide dock has on its first and second row: how words are compared and where, then whose marks, the pickers in
/// equal shares. Where the chips leave no room for the places, the pickers have a row of their own.
fn narrow_rows_ui(ui: &mut Ui, ctx: &Ctx<'_>, asked: &mut Asked) {
    let of_hits = asked.face == Face::Hits;
    let chips = if of_hits { chips_width(ui, ctx.tokens) } else { 0.0 };
    if chips + SCOPES <= ui.available_width() - 2.0 * space::L {
        bar(ui, |ui| {
            if of_hits {
                pattern_ui(ui, ctx.tokens, &mut asked.pattern);
            }
            scope_ui(ui, ctx, &mut asked.scope);
        });
        bar(ui, |ui| {
            shared_pickers_ui(ui, ctx, asked, if of_hits { MARKED + space::S } else { 0.0 });
            if of_hits {
                marked_ui(ui, ctx, &mut asked.marked);
            }
        });
        return;
    }
    if of_hits {
        bar(ui, |ui| _ = pattern_ui(ui, ctx.tokens, &mut asked.pattern));
    }
    bar(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        scope_ui(ui, ctx, &mut asked.scope);
        if of_hits {
            marked_ui(ui, ctx, &mut asked.marked);
        }
    });
    bar(ui, |ui| shared_pickers_ui(ui, ctx, asked, 0.0));
}

/// The pickers in equal shares of the row without so many points.
fn shared_pickers_ui(ui: &mut Ui, ctx: &Ctx<'_>, asked: &mut Asked, without: f32) {
    const PICKERS: f32 = 3.0;
    let share = (ui.available_width() - without - (PICKERS - 1.0) * space::S) / PICKERS;
    pickers_ui(ui, ctx, asked, Some(share));
}

/// How the search stands, and at the right end the order of the hits.
fn last_row_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance) {
    at_end(ui, |ui| {
        if view.asked.face == Face::Hits {
            order_ui(ui, view);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| standing_ui(ui, ctx, view));
    });
}

/// A row of controls over all the width there is.
fn bar(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let (whole, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::FIND), egui::Sense::hover());
    let inside = UiBuilder::new().max_rect(whole.shrink2(Vec2::new(space::L, 0.0)));
    let mut inner = ui.new_child(inside.layout(Layout::left_to_right(Align::Center)));
    inner.spacing_mut().item_spacing.x = space::S;
    content(&mut inner);
}

/// Lays its content out from the right end of a row.
fn at_end(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.with_layout(Layout::right_to_left(Align::Center), content);
}

/// A few choices as segments, in `width` points: each with its accessible name and its text, both English.
fn segments<T: Copy + PartialEq>(ui: &mut Ui, ctx: &Ctx<'_>, width: f32, now: &mut T, all: &[(T, &str, &str)]) {
    let id = ui.scope_id().with(all[0].1);
    let all: Vec<_> = all.iter().map(|(value, name, text)| (*value, tr(name), tr(text))).collect();
    let place = |ui: &mut Ui| segmented::one_of(ui, ctx.tokens, id, *now, &all);
    if let Some(value) = ui.allocate_ui(Vec2::new(width, size::FIELD), place).inner {
        *now = value;
    }
}

/// Hits or audit.
fn face_ui(ui: &mut Ui, ctx: &Ctx<'_>, face: &mut Face) {
    let all = [(Face::Hits, "Hits", "Hits"), (Face::Audit, "Audit", "Audit")];
    segments(ui, ctx, FACES, face, &all);
}

/// Article, story or project.
fn scope_ui(ui: &mut Ui, ctx: &Ctx<'_>, scope: &mut Scope) {
    let all = [
        (Scope::Article, "In the article", "Article"),
        (Scope::Story, "In the story", "Story"),
        (Scope::Project, "In the project", "Project"),
    ];
    segments(ui, ctx, SCOPES, scope, &all);
}

/// The field for words. Enter and Down lead from it to the table.
fn words_ui(ui: &mut Ui, view: &mut Concordance) {
    let id = ui.scope_id().with("words");
    view.field = Some(id);
    if let (true, Some(table)) = (goes_down(ui, id), view.table) {
        ui.memory_mut(|m| m.request_focus(table));
    }
    let width = ui.available_width();
    search_field(ui, id, &mut view.asked.pattern, &tr("Words to search for"), width);
    if view.shown == Presence::Opening {
        take_focus(ui, id, &view.asked.pattern.text);
        view.shown = Presence::Shown;
    }
}

/// Whether a key led from the field to the table in this frame.
fn goes_down(ui: &Ui, field: Id) -> bool {
    let down = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    ui.memory(|m| m.has_focus(field)) && (down(Key::Enter) || down(Key::ArrowDown))
}

/// Label, answer and annotator; the last only where the project has several. An answer that the chosen label is not
/// asked is dropped.
fn pickers_ui(ui: &mut Ui, ctx: &Ctx<'_>, asked: &mut Asked, share: Option<f32>) {
    let codebook = ctx.codebook();
    let filter = &mut asked.filter;
    let mut labels = vec![(None, tr("Any label").into_owned())];
    labels.extend(codebook.labels.iter().map(|label| (Some(label.id.clone()), label.name.clone())));
    named(ui, &tr("Label"), (96.0, share), &mut filter.label, labels);
    let mut answers = vec![(None, tr("Any answer").into_owned())];
    answers.extend(answers_of(codebook, asked).into_iter().map(|(id, value, text)| (Some((id, value)), text)));
    // Another label, or another codebook, may not ask it.
    if !answers.iter().any(|(answer, _)| *answer == asked.filter.attribute) {
        asked.filter.attribute = None;
    }
    named(ui, &tr("Attribute"), (112.0, share), &mut asked.filter.attribute, answers);
    let project = ctx.session.project();
    if project.annotators().len() > 1 {
        let mut names = vec![(None, tr("Everyone").into_owned())];
        names.extend(project.annotators().map(|(id, who)| (Some(id.clone()), who.name.clone())));
        named(ui, &tr("Marks by"), (96.0, share), &mut asked.filter.annotator, names);
    }
}

/// Marked, not marked, or either.
fn marked_ui(ui: &mut Ui, ctx: &Ctx<'_>, marked: &mut Marked) {
    let all = [
        (Marked::Either, "Marked or not", "All"),
        (Marked::Yes, "Marked", "Marked"),
        (Marked::No, "Not marked", "Not marked"),
    ];
    segments(ui, ctx, MARKED, marked, &all);
}

/// A picker with an accessible name, at least `least` points wide, or as wide as its `share`.
fn named<T: PartialEq>(
    ui: &mut Ui,
    name: &str,
    (least, share): (f32, Option<f32>),
    now: &mut T,
    all: Vec<(T, String)>,
) {
    ui.scope(|ui| {
        if let Some(share) = share {
            ui.set_max_width(share);
            ui.spacing_mut().button_padding.x = space::S;
        }
        picker(ui, name, share.unwrap_or(least), now, all).accessible_name(name);
    });
}

/// The answers that can be chosen: of every attribute with choices, or yes and no, that the chosen label, or any
/// label, is asked.
fn answers_of(codebook: &Codebook, asked: &Asked) -> Vec<(AttributeId, Value, String)> {
    let is_meant = |id| asked.filter.label.as_ref().is_none_or(|label| label == id);
    let mut answers: Vec<(AttributeId, Value, String)> = Vec::new();
    for attribute in codebook.labels.iter().filter(|label| is_meant(&label.id)).flat_map(|label| &label.attributes) {
        let values: Vec<(Value, String)> = match &attribute.kind {
            AttributeKind::YesNo => {
                vec![(Value::YesNo(true), tr("Yes").into()), (Value::YesNo(false), tr("No").into())]
            }
            _ => attribute.choices().iter().map(|c| (Value::Choice(c.id.clone()), c.name.clone())).collect(),
        };
        for (value, text) in values {
            if !answers.iter().any(|(id, known, _)| *id == attribute.id && *known == value) {
                answers.push((attribute.id.clone(), value, format!("{}: {text}", attribute.name)));
            }
        }
    }
    answers
}

/// How many were found, and while the search runs, how far it has come and a way to stop it.
fn standing_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Concordance) {
    let Some(run) = &view.run else { return };
    says(ui, ctx.tokens.soft_ink, &standing(view.asked.face, run));
    let Some(progress) = run.progress() else { return };
    let bar = ProgressBar::new(progress).desired_width(96.0).desired_height(space::XS);
    let (doing, cancel) =
        if run.is_sorting() { ("Sorting…", "Cancel sorting") } else { ("Searching…", "Cancel searching") };
    ui.add(bar).accessible_name(tr(doing));
    if quiet(ui, ctx.tokens, &tr(cancel), &tr("Cancel"), Chosen::No).clicked() {
        view.stop(ui);
    }
}

/// “412 hits in 37 articles · stopped at 80 % · 1 article can’t be read”.
fn standing(face: Face, run: &Run) -> String {
    let stopped = run.stopped_at().map(|part| {
        let percent = (part * 100.0).floor().to_string();
        tr!("stopped at {n} %", n = &percent)
    });
    let unread = match run.passed_over() {
        0 => String::new(),
        n => tr!("{n} article can’t be read|{n} articles can’t be read", n),
    };
    let parts = [found(face, run.results()), stopped.unwrap_or_default(), unread];
    wording::dotted(parts.iter().map(String::as_str))
}

/// “412 hits in 37 articles”.
fn found(face: Face, results: &Results) -> String {
    let articles = tr!("{n} article|{n} articles", n = results.article_count());
    let hits = match face {
        Face::Hits => tr!("{n} hit|{n} hits", n = results.hit_count()),
        Face::Audit => tr!("{n} unmarked", n = results.hit_count()),
    };
    tr!("{hits} in {articles}", hits = &hits, articles = &articles)
}

/// The order of the hits. Sorting is done in steps, like searching.
fn order_ui(ui: &mut Ui, view: &mut Concordance) {
    let mut order = view.order;
    let orders = [
        (HitOrder::Place, "By place"),
        (HitOrder::Left, "By the words before"),
        (HitOrder::Right, "By the words after"),
        (HitOrder::Outlet, "By outlet"),
    ];
    let orders = orders.map(|(order, text)| (order, tr(text).into_owned()));
    named(ui, &tr("Order of the hits"), (148.0, None), &mut order, orders.to_vec());
    if order != view.order {
        view.sort_by(ui, order);
    }
}
