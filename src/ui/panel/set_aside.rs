//! The list of what is set aside of the annotator's own layer: marks that are lost, and rows that break a rule, each
//! with the reason. A lost mark can be placed on the selected words; everything can be removed.
//!
//! What “set aside” means is `model::set_aside`’s matter: such a row stays in its file, covers nothing, and waits for
//! a decision. Only the open article’s rows, and those across articles, are listed.

use egui::{Align, Layout, Rect, Response, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::{Part, related, wording};
use crate::{
    command::{
        Command,
        set_aside::{AsideRef, SetAsideCommand},
    },
    model::{AsideRow, SetAside},
    query::list::Filter,
    ui::{
        context::Ctx,
        kit::{
            badge,
            button::{self, Chosen},
            field, focus,
            list::{self, Cursor, Ground},
            rows::{RowPlace, Rows},
            words,
        },
        theme::{fonts, size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// Height of a row, in points: a line of words, one with the reason, one of buttons.
const ROW: f32 = 76.0;
/// With more rows than this there is a field to filter them by.
const FILTER_FROM: usize = 8;

/// View state of the list.
#[derive(Debug, Default)]
pub struct SetAsidePanel {
    /// As it is typed.
    filter: String,
    cursor: Cursor,
}

/// How many rows there are to decide on; the button that leads here shows it.
pub fn count(ctx: &Ctx<'_>) -> usize {
    rows(ctx).count()
}

/// What is set aside in the open article, then what is set aside of relations across articles.
fn rows<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = &'a SetAside> {
    let scene = ctx.session.scene();
    let layer = scene.layer().map_or(&[][..], |layer| layer.set_aside());
    let links = scene.annotator.map_or(&[][..], |who| ctx.session.project().links_set_aside(who));
    layer.iter().chain(links)
}

/// Draws the list in the place of the marks.
pub fn set_aside_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut SetAsidePanel, out: &mut Vec<Wish>) {
    let mut all: Vec<&SetAside> = rows(ctx).collect();
    let count = all.len();
    if count <= FILTER_FROM {
        panel.filter.clear();
    }
    let filter = Filter::new(&panel.filter);
    all.retain(|aside| filter.is_empty() || filter.passes(&SetAsideRow { ctx, aside }.everything()));
    let title = tr!("Set aside · {n}", n = &wording::of_all(all.len(), count));
    words::line_ui(ui, Role::Label, &title, fonts::strong(size::TINY + 0.5), ctx.tokens.soft_ink);
    ui.add_space(space::XS);
    if count > FILTER_FROM {
        let (name, hint) = (tr("Filter what is set aside"), tr("Words, reason, note"));
        let field = field::line(ui, ui.scope_id().with("filter"), &mut panel.filter, &name, &hint);
        panel.cursor.enter_from(ui, &field, all.len());
        ui.add_space(space::XS);
    }
    if all.is_empty() {
        let nothing = match count {
            0 => tr("Nothing is set aside in this article"),
            _ => tr("Nothing that is set aside has these words"),
        };
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &nothing);
        return;
    }
    if focus::enters(ui, Part::Marks.place(), ui.available_rect_before_wrap()) {
        panel.cursor.enter(0);
    }
    let show = panel.cursor.step(ui, all.len(), Rows::page(ui, ROW));
    let rows = Rows::even("set aside", all.len(), ROW).called(tr("Set aside")).with_room_below(space::M);
    rows.show(ui, show, |ui, place| {
        let row = SetAsideRow { ctx, aside: all[place.at] };
        let response = row.ui(ui, &place, &panel.cursor, out);
        panel.cursor.follow(ui, place.at, &response);
        ROW
    });
}

/// One row, ready to be drawn.
struct SetAsideRow<'a> {
    ctx: &'a Ctx<'a>,
    aside: &'a SetAside,
}

impl SetAsideRow<'_> {
    /// Draws the row and its buttons.
    fn ui(&self, ui: &mut Ui, place: &RowPlace, cursor: &Cursor, out: &mut Vec<Wish>) -> Response {
        let sense = cursor.sense(place.at, &place.seen);
        let response = ui.interact(place.rect, ui.scope_id().with(("aside", place.at)), sense);
        let (said, why) = (self.said(), self.why());
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{said}, {why}")));
        let card = place.rect.expand2(Vec2::new(space::XS, -1.0));
        list::paint_ground(ui, self.ctx.tokens, card, &response, Ground::Plain);
        self.paint(ui, place.rect, &said, &why);
        self.actions(ui, place.rect, &said, out);
        words::hint(response, &wording::dotted([why.as_str(), self.note()]))
    }

    /// What it says: the beginning of a mark’s words, a relation in a line, or the question of an answer.
    fn said(&self) -> String {
        match &self.aside.row {
            AsideRow::Annotation(_, unplaced) => wording::beginning(&unplaced.words()).to_owned(),
            AsideRow::Relation(_, relation) => related::line(self.ctx, relation),
            AsideRow::Answer(answer) => {
                let question = self.ctx.codebook().question(&answer.question);
                question.map_or(answer.question.as_str(), |q| q.attribute.name.as_str()).to_owned()
            }
        }
    }

    /// All that is said of it, to find it by.
    fn everything(&self) -> String {
        wording::dotted([self.said().as_str(), &self.why(), self.note()])
    }

    /// Why it is set aside.
    fn why(&self) -> String {
        phrase(&self.aside.why.message)
    }

    /// The note that was written on it, which often tells what to do; empty where there is none.
    fn note(&self) -> &str {
        match &self.aside.row {
            AsideRow::Annotation(_, unplaced) => &unplaced.content.note,
            AsideRow::Relation(_, relation) => &relation.note,
            AsideRow::Answer(_) => "",
        }
    }

    /// Badge and words on the first line, note and reason on the second.
    fn paint(&self, ui: &Ui, rect: Rect, said: &str, why: &str) {
        let (painter, tokens) = (ui.painter(), self.ctx.tokens);
        let mut left = rect.left();
        let first = rect.top() + 16.0;
        if let AsideRow::Annotation(_, unplaced) = &self.aside.row
            && let Some(label) = self.ctx.codebook().label(&unplaced.content.label)
        {
            let center = pos2(left + size::BADGE / 2.0, first);
            badge::paint_badge(painter, center, &label.initials, tokens.label(label.color));
            left += size::BADGE + space::S;
        }
        let room = rect.right() - left;
        words::elided(painter, said, fonts::serif(size::LIST_WORDS), tokens.ink, room)
            .paint_middle_left(painter, pos2(left, first));
        let reason = match self.note() {
            "" => why.to_owned(),
            note => wording::dotted([note, why]),
        };
        let second = pos2(rect.left(), rect.top() + 36.0);
        words::elided(painter, &reason, fonts::plain(size::SMALL), tokens.soft_ink, rect.width())
            .paint_middle_left(painter, second);
    }

    /// *Place on the selection*, for marks only, and *Remove*. Placing stays visible where it is refused, with the
    /// reason as its tooltip.
    fn actions(&self, ui: &mut Ui, rect: Rect, said: &str, out: &mut Vec<Wish>) {
        let line = Rect::from_min_max(pos2(rect.left() - space::XS, rect.top() + 46.0), rect.max);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(line).layout(Layout::left_to_right(Align::Min)));
        let which = || AsideRef::of(self.aside);
        if matches!(self.aside.row, AsideRow::Annotation(..)) {
            let place = Command::SetAside(SetAsideCommand::Place(which()));
            let refused = self.ctx.available(&place).err();
            let name = tr!("Place “{words}” on the selection", words = said);
            let add =
                |ui: &mut Ui| button::quiet(ui, self.ctx.tokens, &name, &tr("Place on the selection"), Chosen::Yes);
            let response = ui.add_enabled_ui(refused.is_none(), add).inner;
            let clicked = response.clicked();
            if let Some(why) = refused {
                response.on_disabled_hover_text(phrase(&why.message));
            }
            if clicked {
                out.push(Wish::Run(place));
            }
        }
        let name = tr!("Remove “{words}”", words = said);
        if button::quiet(&mut ui, self.ctx.tokens, &name, &tr("Remove"), Chosen::No).clicked() {
            out.push(Wish::Run(Command::SetAside(SetAsideCommand::Remove(which()))));
        }
    }
}
