//! The view Compare: a story's articles side by side, each with its marks and the whole pen.
//!
//! This file arranges the parts; `columns` says which articles stand there (of many that were picked `choosing` asks
//! which, and `choices` keeps them), `header` names them. Pages, finding,
//! relating and the inspector are those of Annotate, for the column that is worked in. Nothing here writes the project.
//!
//! What the articles share is found by the room `compare`, over a snapshot and on a thread of the outside, and
//! `following` keeps it up to date. `rail` lists the statements, `ribbons` draws them between the columns, `going` goes
//! through them, and `rejected_list` shows those that are `rejected`. `card` shows the one in hand with the differences
//! of its wordings (`wordings`, `rows`), and `deciding` makes commands of what is said of it. With `dragging` a mark is
//! related to one in another column by hand. `table` has the tables that
//! can stand in the place of the columns.

mod bar;
mod card;
mod choices;
mod choosing;
mod columns;
mod deciding;
mod dragging;
mod drawn;
mod following;
mod going;
mod header;
mod rail;
mod rejected;
mod rejected_list;
mod ribbons;
mod rows;
mod sign;
mod state;
mod sure;
mod table;
mod wordings;

use egui::{CentralPanel, Frame, Pos2, Rect, Ui, UiBuilder, pos2, vec2};

pub use columns::MOST;
pub use drawn::Drawn;
pub use state::Compare;
pub use table::{Face, Tabulated, tabulated};

use crate::ui::{
    context::Ctx,
    kit::form,
    page::PageStyle,
    theme::{fonts, size, space},
    view::annotate::{
        Annotate, FocusMode, around_pages_ui,
        article_page::{PageLook, Surroundings},
        pane_ui,
        panels::right_ui,
        sides::Panel,
    },
    wish::Wish,
    words::tr,
};

/// Draws the view over all the room there is, and gives the middle of the columns’ lower edge, where messages stand.
pub fn compare_ui(ui: &mut Ui, ctx: &Ctx<'_>, mut drawn: Drawn<'_>, out: &mut Vec<Wish>) -> Pos2 {
    let before = out.len();
    let Drawn { view, annotate, said } = &mut drawn;
    if view.is_choosing() {
        return choosing::choosing_ui(ui, ctx, view, out);
    }
    annotate.follow(&ctx.session.scene(), out);
    view.follow_focus(ui.ctx(), ctx.session, annotate, out);
    view.follow(ctx.session, annotate.stamps.relations, out);
    view.follow_marks(ctx, annotate, out);
    let is_alone = annotate.shown.focus == FocusMode::On;
    if !is_alone || view.tables.is_shown() {
        table::faces_ui(ui, ctx, view, out);
    }
    if view.tables.is_shown() {
        return table::table_ui(ui, ctx, view, annotate, *said, out);
    }
    annotate.shown.sides.fit(ui.available_width());
    if !is_alone {
        around_ui(ui, ctx, &mut drawn, out);
    }
    let middle = CentralPanel::no_frame().frame(Frame::NONE.fill(ctx.tokens.paper));
    let bottom = middle
        .show(ui, |ui| {
            if drawn.view.columns.panes().len() < 2 {
                return alone_ui(ui, ctx, drawn.view, out);
            }
            if !is_alone {
                card::card_ui(ui, ctx, &mut drawn, out);
            }
            let Drawn { view, annotate, said } = &mut drawn;
            around_pages_ui(ui, ctx, annotate, *said, out, |ui, annotate, out| {
                columns_ui(ui, ctx, view, annotate, out);
            })
        })
        .inner;
    drawn.view.keep_to_columns(ctx.session, &mut out[before..]);
    bottom
}

/// What stands around the columns: the bar, the inspector and the list of statements.
fn around_ui(ui: &mut Ui, ctx: &Ctx<'_>, drawn: &mut Drawn<'_>, out: &mut Vec<Wish>) {
    bar::bar_ui(ui, ctx, drawn, out);
    let sides = &drawn.annotate.shown.sides;
    let (shows_rail, sizes) = (sides.shows(Panel::Articles), sides.widths(Panel::Articles));
    if sides.shows(Panel::Inspector) {
        right_ui(ui, ctx, drawn.annotate, out);
    }
    if shows_rail {
        let rail = egui::Panel::left("statements").frame(Frame::NONE.fill(ctx.tokens.panel));
        rail.default_size(sizes.1).size_range(sizes.0..=sizes.2).show(ui, |ui| {
            ui.take_available_width();
            rail::rail_ui(ui, ctx, drawn, out);
        });
    }
}

/// The columns side by side.
fn columns_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, annotate: &mut Annotate, out: &mut Vec<Wish>) {
    let all = ui.available_rect_before_wrap();
    ui.painter().rect_filled(all, 0.0, ctx.tokens.paper);
    let panes = view.columns.panes().to_vec();
    let style = style(ctx, all.width() / panes.len() as f32);
    annotate.hint(ctx.session, &panes);
    let looks = std::mem::take(&mut view.looks);
    let mut pages = Vec::new();
    for (at, pane) in panes.iter().enumerate() {
        let rect = column_rect(all, at, panes.len());
        let (above, below) = rect.split_top_bottom_at_y(rect.top() + header::HEIGHT);
        let mut child = ui.new_child(UiBuilder::new().id_salt(("column", pane)).max_rect(below));
        let look = PageLook {
            style: Some(&style),
            surroundings: Surroundings::TextAlone,
            shared: looks.get(at).map(Vec::as_slice).unwrap_or_default(),
        };
        pane_ui(&mut child, ctx, annotate, (*pane, look), out);
        // In a wide column the words stand in the middle, and so does what is above them.
        let words = annotate.pages.shown(*pane).and_then(|page| page.state().column());
        let above = words.map_or(above, |words| {
            Rect::from_x_y_ranges(words.expand2(vec2(header::MARGIN, 0.0)).x_range(), above.y_range()).intersect(above)
        });
        header::header_ui(ui, ctx, view, (*pane, above), out);
        pages.push(below);
    }
    view.looks = looks;
    if view.columns.panes() == panes {
        ribbons::ribbons_ui(ui, ctx, view, annotate, &pages);
        view.scroll_together(ui, ctx.session, annotate);
        dragging::dragging_ui(ui, ctx, (view, annotate), &pages, out);
    }
    ui.advance_cursor_after_rect(all);
}

/// The place of a column among so many, on whole points.
fn column_rect(all: Rect, at: usize, count: usize) -> Rect {
    let edge = |at: usize| (all.left() + all.width() * at as f32 / count as f32).round();
    Rect::from_min_max(pos2(edge(at), all.top()), pos2(edge(at + 1), all.bottom()))
}

/// The page's style in a column of a width: smaller letters where lines would hold too few words.
fn style(ctx: &Ctx<'_>, width: f32) -> PageStyle {
    const WIDE: f32 = 620.0;
    const SMALLEST: f32 = 0.86;
    let usual = ctx.settings.page_style(ctx.tokens);
    let share = (width / WIDE).clamp(SMALLEST, 1.0);
    PageStyle {
        body_size: usual.body_size * share,
        line_height: (usual.line_height * share * 0.96).round(),
        paragraph_gap: usual.paragraph_gap * 0.7,
        tint_above: usual.tint_above * share,
        tint_below: usual.tint_below * share,
        margin: header::MARGIN,
        padding_top: space::M,
        padding_bottom: 2.0 * space::XL,
        ..usual
    }
}

/// What is said where there is nothing to compare with, and the articles to choose from.
fn alone_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, out: &mut Vec<Wish>) -> Pos2 {
    let all = ui.available_rect_before_wrap();
    let others = view.columns.others(ctx.session);
    let is_open = ctx.session.focus().article.is_some();
    let text = match is_open {
        false => tr("Open an article first, to see it beside others"),
        true => tr("No other article is in the story of this one"),
    };
    ui.vertical_centered(|ui| {
        ui.add_space((all.height() / 2.0 - 4.0 * size::FORM_ROW).max(space::XL));
        ui.label(egui::RichText::new(text).font(fonts::serif(size::QUOTED)).color(ctx.tokens.ink));
        ui.add_space(space::S);
        let hint = tr("Move another report of the event to its story in the list of articles, or choose one here");
        ui.label(egui::RichText::new(hint).font(fonts::plain(size::TEXT)).color(ctx.tokens.soft_ink));
        ui.add_space(space::M);
        if !is_open || others.is_empty() {
            return;
        }
        let button = form::button(ui, &tr("Choose an article…"));
        let chosen = egui::Popup::menu(&button).show(|ui| {
            egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| header::articles_ui(ui, &others)).inner
        });
        if let Some(article) = chosen.and_then(|shown| shown.inner) {
            view.columns.add(ctx.session, &article, out);
        }
    });
    all.center_bottom()
}
