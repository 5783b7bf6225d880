//! Choosing which of many articles that were picked together stand side by side, in the place of the columns. It opens
//! nothing itself; the articles are shown once the choice is made.

use egui::{
    Align, Align2, CentralPanel, Frame, Id, Key, Layout, Modifiers, Pos2, Rect, ScrollArea, Sense, Ui, Vec2,
    WidgetInfo, accesskit::Role, pos2, vec2,
};

use super::{
    choices::{Choices, FEWEST},
    columns::MOST,
    state::Compare,
};
use crate::{
    model::ArticleId,
    session::Session,
    ui::{
        context::Ctx,
        keys::Press,
        kit::{
            button::Chosen,
            check::check,
            form,
            list::{self, Ground},
            words,
        },
        panel::{inspector::Taken, wording},
        theme::{fonts, size, space},
        view::annotate::Annotate,
        wish::Wish,
        words::tr,
    },
};

/// Width of the list, and height of a row, in points.
const WIDTH: f32 = 520.0;
const ROW: f32 = 44.0;
/// Room above the list, and for the button below it.
const ABOVE: f32 = 92.0;
const BELOW: f32 = 72.0;
/// Draws the articles over all the room there is, and shows those side by side that are chosen. Gives the middle of its
/// lower edge.
pub fn choosing_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut Compare, out: &mut Vec<Wish>) -> Pos2 {
    let Some(mut choosing) = view.choosing.take() else { return ui.max_rect().center_bottom() };
    let has_focus = choosing.cursor.held().is_some();
    let is_entered = has_focus && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
    let middle = CentralPanel::no_frame().frame(Frame::NONE.fill(ctx.tokens.paper));
    let (is_pressed, bottom) = middle
        .show(ui, |ui| {
            let all = ui.available_rect_before_wrap();
            let height = (ABOVE + choosing.articles.len() as f32 * ROW + BELOW).min(all.height() - space::L);
            let card =
                Align2::CENTER_CENTER.align_size_within_rect(vec2(WIDTH.min(all.width() - space::XL), height), all);
            heading_ui(ui, ctx, &choosing, card);
            let list = card.with_min_y(card.top() + ABOVE).with_max_y(card.bottom() - BELOW);
            list_ui(&mut ui.new_child(egui::UiBuilder::new().max_rect(list)), ctx, &mut choosing);
            let top = card.bottom() - BELOW + space::L;
            let below = card.with_min_y(top).with_max_y(top + size::FORM_ROW);
            let layout = Layout::left_to_right(Align::Center);
            let mut row = ui.new_child(egui::UiBuilder::new().max_rect(below).layout(layout));
            let enough = choosing.chosen.len() >= FEWEST;
            let button = row.add_enabled_ui(enough, |ui| form::primary_button(ui, ctx.tokens, &tr("Compare them")));
            let keys = tr("Space chooses, Enter compares, Esc goes back");
            let line = below.with_min_x(button.response.rect.right() + space::M);
            let keys = words::elided(ui.painter(), &keys, fonts::plain(size::SMALL), ctx.tokens.soft_ink, line.width());
            keys.paint_middle_left(ui.painter(), line.left_center());
            (button.inner.clicked(), all.center_bottom())
        })
        .inner;
    view.choosing = Some(choosing);
    if is_entered || is_pressed {
        view.choose(ctx.session, out);
    }
    bottom
}

/// What is asked, and how many are chosen.
fn heading_ui(ui: &Ui, ctx: &Ctx<'_>, choosing: &Choices, card: Rect) {
    let tokens = ctx.tokens;
    let asked = tr("Which reports should stand side by side?");
    let (n, all) = (choosing.chosen.len().to_string(), choosing.articles.len().to_string());
    let told = match choosing.chosen.len() < MOST {
        true => tr!("{n} of {all} chosen; two or three fit side by side", n, all),
        false => tr!("{n} of {all} chosen; take one away to choose another", n, all),
    };
    let lines = [
        (asked.as_ref(), fonts::serif(size::QUOTED), tokens.ink, 22.0),
        (&*told, fonts::plain(size::TEXT), tokens.soft_ink, 56.0),
    ];
    for (text, font, color, down) in lines {
        let words = words::elided(ui.painter(), text, font, color, card.width());
        let rect = Rect::from_center_size(pos2(card.center().x, card.top() + down), vec2(card.width(), 24.0));
        let response = ui.interact(rect, Id::unique(("choosing", text)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        words.paint_middle_left(ui.painter(), pos2(card.left(), card.top() + down));
    }
}

/// The articles, each with a box.
fn list_ui(ui: &mut Ui, ctx: &Ctx<'_>, choosing: &mut Choices) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let count = choosing.articles.len();
    let wanted = choosing.cursor.step(ui, count, (ui.available_height() / ROW) as usize);
    let mut clicked = None;
    ScrollArea::vertical().id_salt("choosing").auto_shrink(false).show(ui, |ui| {
        for at in 0..count {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            if row_ui(ui, ctx, choosing, at, rect.shrink2(vec2(0.0, 2.0))) {
                clicked = Some(at);
            }
            if wanted == Some(at) {
                ui.scroll_to_rect(rect, None);
            }
        }
    });
    clicked.into_iter().for_each(|at| choosing.toggle(at));
}

/// An article that can be chosen; whether it was clicked.
fn row_ui(ui: &Ui, ctx: &Ctx<'_>, choosing: &mut Choices, at: usize, rect: Rect) -> bool {
    let id = &choosing.articles[at];
    let Some(article) = ctx.session.project().article(id) else { return false };
    let is_chosen = choosing.chosen.contains(id);
    let has_room = is_chosen || choosing.chosen.len() < MOST;
    let metadata = &article.metadata;
    let sense = choosing.cursor.sense(at, &(0..choosing.articles.len()));
    let row = ui.interact(rect, Id::unique(("article to choose", id.as_str())), sense);
    row.widget_info(|| WidgetInfo::selected(Role::CheckBox, has_room, is_chosen, &metadata.title));
    choosing.cursor.follow(ui, at, &row);
    list::paint_ground(ui, ctx.tokens, rect, &row, if is_chosen { Ground::Raised } else { Ground::Plain });
    let id = row.id.with("box");
    let place = rect.with_max_x(rect.left() + 2.0 * space::L);
    let name = || metadata.title.clone();
    let ticked = check(ui, ctx.tokens, id, place, Chosen::from(is_chosen), name);
    let (left, width) = (place.right() + space::XS, rect.right() - place.right() - space::M);
    let ink = if has_room { ctx.tokens.ink } else { ctx.tokens.soft_ink };
    let title = words::elided(ui.painter(), &metadata.title, fonts::serif_strong(size::LIST_TITLE), ink, width);
    let whence = wording::dotted([metadata.outlet.as_str(), &wording::short_date(&metadata.published)]);
    let middle = if whence.is_empty() { rect.center().y } else { rect.top() + 13.0 };
    title.paint_middle_left(ui.painter(), pos2(left, middle));
    let whence = words::elided(ui.painter(), &whence, fonts::plain(size::SMALL), ctx.tokens.soft_ink, width);
    whence.paint_middle_left(ui.painter(), pos2(left, rect.bottom() - 12.0));
    row.clicked() || ticked.clicked()
}

impl Compare {
    /// Asks which of the picked articles stand side by side.
    pub fn open_choosing(&mut self, picked: Vec<ArticleId>, annotate: &mut Annotate) {
        self.choosing = Some(Choices::of(picked));
        self.switch(annotate);
    }

    /// Whether it is being chosen what stands side by side: no page is seen then.
    pub fn is_choosing(&self) -> bool {
        self.choosing.is_some()
    }

    /// Whether the pages are seen, or would be if it were shown: neither a table stands in their place, nor is it being
    /// chosen which they are.
    pub fn shows_pages(&self) -> bool {
        !self.is_shown() || self.choosing.is_none() && !self.tables.is_shown()
    }

    /// Shows those that are chosen, where they are enough.
    fn choose(&mut self, session: &Session, out: &mut Vec<Wish>) {
        if let Some(choosing) = self.choosing.take_if(|choosing| choosing.chosen.len() >= FEWEST) {
            self.columns.show_all(session, &choosing.chosen(), out);
        }
    }

    /// What a key means meanwhile: digits choose, Enter shows them, Esc leaves. Nothing is left to the pen.
    pub(super) fn take_choosing_key(
        &mut self,
        press: Press,
        session: &Session,
        annotate: &mut Annotate,
        out: &mut Vec<Wish>,
    ) -> Taken {
        let Some(choosing) = &mut self.choosing else { return Taken::No };
        let digit = press.key.name().parse::<usize>().ok().and_then(|nth| nth.checked_sub(1));
        match press.key {
            Key::Escape => self.close(annotate),
            Key::Enter => self.choose(session, out),
            key if super::table::is_beside_letters(key) => return Taken::No,
            _ => digit.into_iter().for_each(|at| choosing.toggle(at)),
        }
        Taken::Yes
    }
}
