//! The statements as a list at the left: those that several reports carry, in the order of the first, each with a sign for
//! every report, then what stands in one alone.

use egui::{Rect, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{drawn::Drawn, rejected_list, sign, state::Compare, sure};
use crate::{
    compare::beginning,
    model::Article,
    ui::{
        context::Ctx,
        kit::{
            list::{self, Ground, Offsets},
            rows::{RowPlace, Rows},
            words,
        },
        panel::Part,
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// Lines of a statement's words at most, and the height of each.
const LINES: usize = 2;
const LINE: f32 = 19.0;
/// From the edge of a row to what is on it.
const PAD: f32 = 8.0;
/// Of a statement’s words so many bytes are enough for its lines.
const LONGEST: usize = 400;
/// The height of a row that has not been seen.
const USUAL: f32 = 2.0 * PAD + 2.0 * LINE + sign::HEIGHT + 12.0;

/// Draws the list over all the room there is.
pub fn rail_ui(ui: &mut Ui, ctx: &Ctx<'_>, drawn: &mut Drawn<'_>, out: &mut Vec<Wish>) {
    let Drawn { view, annotate, .. } = drawn;
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    heading_ui(ui, ctx, view);
    sure::sure_ui(ui, ctx, view, out);
    rejected_list::rejected_ui(ui, ctx, view, out);
    let count = view.statements.all.len();
    if count == 0 {
        return empty_ui(ui, ctx, view);
    }
    if view.offsets.count() != count {
        view.offsets = Offsets::new((0..count).map(|_| USUAL));
    }
    Part::List.begins(ui);
    let outlets = outlets(ctx, view);
    let page = Rows::page(ui, USUAL);
    let mut cursor = view.cursor;
    let wanted = cursor.step(ui, count, page).or(view.wanted.take());
    let mut offsets = std::mem::take(&mut view.offsets);
    let mut clicked = None;
    Rows::uneven("statements", &mut offsets).called(tr("Statements")).keeping(cursor.held()).show(
        ui,
        wanted,
        |ui, place| {
            let sense = cursor.sense(place.at, &place.seen);
            let (height, response) = row_ui(ui, ctx, view, &outlets, &place, sense);
            cursor.follow(ui, place.at, &response);
            if response.clicked() {
                clicked = Some(place.at);
            }
            height
        },
    );
    (view.offsets, view.cursor) = (offsets, cursor);
    if let Some(at) = clicked {
        view.go_to(at, ctx.session, annotate, out);
    }
}

/// The story, and how much of it several reports carry.
fn heading_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare) {
    let scene = ctx.session.scene();
    let article = scene.focus.article.as_ref().and_then(|id| scene.project.article(id));
    let story = article.and_then(|article| scene.project.story(article.metadata.story.as_ref()?));
    let (all, shared) = (view.statements.all.len(), view.statements.shared);
    let count = tr!("{n} statement|{n} statements", n = all);
    let several = tr!("{n} in more than one report|{n} in more than one report", n = shared);
    let parts = [story.map_or("", |story| story.name.as_str()), &count, &several];
    let told = crate::ui::panel::wording::dotted(parts);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    let look = (fonts::strong(size::TINY + 0.5), ctx.tokens.soft_ink);
    let words = words::wrapped(ui.painter(), &told, look, rect.width() - 2.0 * space::L, (2, 15.0));
    let top = rect.top() + if words.rows() > 1 { 10.0 } else { 18.0 };
    words.paint(ui.painter(), pos2(rect.left() + space::L, top));
}

/// Why there is nothing in the list.
fn empty_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &Compare) {
    let text = if view.is_waiting() { tr("Comparing the articles…") } else { tr("These reports share no statement") };
    ui.horizontal_top(|ui| {
        ui.add_space(space::L);
        words::paragraph_ui(ui, &text, fonts::plain(size::TEXT), ctx.tokens.soft_ink);
    });
}

/// What each column's outlet is called where there is little room: by its last word, unless two end alike.
pub fn outlets(ctx: &Ctx<'_>, view: &Compare) -> Vec<String> {
    let names: Vec<String> = view
        .columns
        .panes()
        .iter()
        .map(|pane| {
            let scene = ctx.session.scene_of(*pane);
            scene.focus.article.as_ref().and_then(|id| scene.project.article(id)).map(|a| name(a)).unwrap_or_default()
        })
        .collect();
    let last = |name: &String| name.split_whitespace().next_back().unwrap_or(name).to_owned();
    let short: Vec<String> = names.iter().map(last).collect();
    let differ = (1..short.len()).all(|at| !short[..at].contains(&short[at]));
    if differ { short } else { names }
}

/// The outlet, or the title of an article that says none.
pub fn name(article: &Article) -> String {
    let outlet = &article.metadata.outlet;
    if outlet.is_empty() { article.metadata.title.clone() } else { outlet.clone() }
}

/// A statement; gives the height that it took.
fn row_ui(
    ui: &Ui,
    ctx: &Ctx<'_>,
    view: &Compare,
    outlets: &[String],
    place: &RowPlace,
    sense: Sense,
) -> (f32, egui::Response) {
    let tokens = ctx.tokens;
    let statement = &view.statements.all[place.at];
    let column = statement.fullest();
    let text = view.columns.panes().get(column).and_then(|pane| ctx.session.scene_of(*pane).text().ok());
    let said = statement.places[column]
        .as_ref()
        .zip(text)
        .map(|(place, text)| beginning(place, text, LONGEST))
        .unwrap_or_default();
    let rect = place.rect.shrink2(vec2(space::S, 0.0));
    let inner = rect.width() - 2.0 * PAD;
    let look = (fonts::serif(size::LIST_WORDS), tokens.ink);
    let words = words::wrapped(ui.painter(), &said, look, inner, (LINES, LINE));
    let words_height = words.rows() as f32 * LINE;
    let is_in_hand = view.at == Some(place.at);
    let pills =
        Rect::from_min_size(pos2(rect.left() + PAD, rect.top() + PAD + words_height + 6.0), vec2(inner, sign::HEIGHT));
    let height = place.rect.height();
    let card = Rect::from_min_size(rect.min, vec2(rect.width(), height - 2.0));
    let response = ui.interact(card, ui.scope_id().with(("statement", place.at)), sense);
    response.widget_info(|| {
        let told = sign::told(statement, outlets);
        WidgetInfo::selected(Role::ListItem, true, is_in_hand, tr!("{said}: {told}", said = &said, told = &told))
    });
    let ground = if is_in_hand { Ground::Raised } else { Ground::Plain };
    list::paint_ground(ui, tokens, card, &response, ground);
    words.paint(ui.painter(), pos2(rect.left() + PAD, rect.top() + PAD));
    let pills_height = sign::pills(ui, tokens, statement, outlets, pills);
    if statement.is_accepted() {
        let at = pos2(card.right() - PAD - 4.0, pills.bottom() - sign::HEIGHT / 2.0);
        crate::ui::kit::glyph::paint_tick(ui.painter(), at, tokens.good);
    }
    (PAD + words_height + 6.0 + pills_height + PAD + 2.0, response)
}
