//! What stands above each column: outlet, date and length, the title, and a menu for which article it is.

use egui::{Popup, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::{columns::MOST, state::Compare};
use crate::{
    command::PaneId,
    model::{Article, ArticleId},
    ui::{
        context::Ctx,
        kit::{glyph, words},
        panel::wording,
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// From the upper edge of the view to the line below the title.
pub const HEIGHT: f32 = 66.0;
/// From the edges of a column to its words; the page's margin is as wide.
pub const MARGIN: f32 = 24.0;
/// The height of the list of articles in the menu, before it scrolls.
const LIST: f32 = 320.0;

/// What a click in the menu asks for.
enum Asked {
    Show(ArticleId),
    Add(ArticleId),
    Shift(isize),
    Remove,
}

/// Draws the header of a column over `rect`; the one that is worked in stands out.
pub fn header_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, (pane, rect): (PaneId, Rect), out: &mut Vec<Wish>) {
    let scene = ctx.session.scene_of(pane);
    let is_active = ctx.session.active_pane() == pane;
    let inner = rect.shrink2(Vec2::new(MARGIN, 0.0));
    let id = scene.focus.article.as_ref();
    let article = id.and_then(|id| scene.project.article(id));
    let ui = ui.new_child(UiBuilder::new().id_salt(("column header", pane)).max_rect(inner));
    let response = ui.interact(rect, ui.scope_id().with("menu"), Sense::click());
    let title = article.map_or_else(String::new, |article| article.metadata.title.clone());
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, true, is_active, tr!("Column “{title}”", title = &title)));
    paint(&ui, ctx, article.map(AsRef::as_ref), inner, is_active);
    if response.hovered() || response.has_focus() || Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response))
    {
        let color = if response.has_focus() { ctx.tokens.accent } else { ctx.tokens.soft_ink };
        glyph::paint_more(ui.painter(), pos2(rect.right() - MARGIN / 2.0, inner.top() + 27.0), color);
    }
    let asked = Popup::menu(&response).show(|ui| menu_ui(ui, ctx, view, pane)).and_then(|shown| shown.inner);
    match asked {
        Some(Asked::Show(article)) => view.show_in(pane, &article, out),
        Some(Asked::Add(article)) => view.columns.add(ctx.session, &article, out),
        Some(Asked::Shift(by)) => view.columns.shift(pane, by),
        Some(Asked::Remove) => view.columns.remove(ctx.session, pane, out),
        None => {}
    }
}

fn paint(ui: &Ui, ctx: &Ctx<'_>, article: Option<&Article>, rect: Rect, is_active: bool) {
    let (painter, tokens) = (ui.painter(), ctx.tokens);
    let line = rect.bottom() - 1.0;
    if is_active {
        painter.hline(rect.x_range(), line, tokens.focus());
    } else {
        painter.hline(rect.x_range(), line, tokens.edge());
    }
    let Some(article) = article else { return };
    let metadata = &article.metadata;
    let count = tr!("{n} word|{n} words", n = article.words as usize);
    let color = if is_active { tokens.accent } else { tokens.soft_ink };
    let small = fonts::strong(size::TINY);
    let count = words::whole(painter, &count, small.clone(), tokens.soft_ink);
    let (first, second) = (rect.top() + 26.0, rect.top() + 47.0);
    let whence = wording::dotted([metadata.outlet.as_str(), &wording::short_date(&metadata.published)]);
    let whence = words::elided(painter, &whence, small, color, rect.width());
    // Where there is no room for both, it is more important whose report it is than how long.
    let right = rect.right() - count.size().x;
    if rect.left() + whence.size().x + space::M <= right {
        count.paint_middle_left(painter, pos2(right, first));
    }
    whence.paint_middle_left(painter, pos2(rect.left(), first));
    let font = fonts::serif_strong(size::LEAD - 2.0);
    let title = words::elided(painter, &metadata.title, font, tokens.ink, rect.width());
    title.paint_middle_left(painter, pos2(rect.left(), second));
}

/// Which article the column shows, and where it stands.
fn menu_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare, pane: PaneId) -> Option<Asked> {
    let mut asked = None;
    let at = view.columns.panes().iter().position(|own| *own == pane).unwrap_or_default();
    let count = view.columns.panes().len();
    let places = [
        (at > 0, tr("Move left"), Asked::Shift(-1)),
        (at + 1 < count, tr("Move right"), Asked::Shift(1)),
        (count > 2, tr("Close this column"), Asked::Remove),
    ];
    for (_, text, what) in places.into_iter().filter(|(is_possible, ..)| *is_possible) {
        if ui.button(text).clicked() {
            asked = Some(what);
        }
    }
    let others = view.columns.others(ctx.session);
    if others.is_empty() {
        return asked;
    }
    ui.separator();
    let list = |ui: &mut Ui, asked: &mut Option<Asked>, what: fn(ArticleId) -> Asked| {
        ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
            if let Some(article) = articles_ui(ui, &others) {
                *asked = Some(what(article));
            }
        });
    };
    ui.menu_button(tr("Show another article here"), |ui| list(ui, &mut asked, Asked::Show));
    if count < MOST {
        ui.menu_button(tr("Add a column"), |ui| list(ui, &mut asked, Asked::Add));
    }
    asked
}

/// The articles one can choose from, by outlet and title; gives the one that was clicked.
pub fn articles_ui(ui: &mut Ui, articles: &[(&ArticleId, &Article)]) -> Option<ArticleId> {
    let mut clicked = None;
    for (id, article) in articles {
        let text = wording::dotted([article.metadata.outlet.as_str(), &article.metadata.title]);
        if ui.button(text).clicked() {
            clicked = Some((*id).clone());
            ui.close();
        }
    }
    clicked
}
