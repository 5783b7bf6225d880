//! The list of what was changed on two sides and is to be decided on: of the open article, then across articles, then
//! the other articles that have some. Each row says what differs, and decides with a button.

use egui::{Align, Layout, Rect, Response, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::{Part, Stamps, run, versions::Versions, wording};
use crate::{
    command::{
        Command, MarkRef,
        article::ArticleCommand,
        conflict::{self, ConflictCommand},
    },
    model::{ArticleId, Conflict, Item},
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
        words::tr,
    },
};

/// A row: words, what each of two versions says, what can be done.
const ROW: f32 = 92.0;

/// View state of the list.
#[derive(Debug, Default)]
pub struct ConflictsPanel {
    cursor: Cursor,
    /// How many there are in all articles, as of these stamps.
    counted: Option<(Stamps, usize)>,
}

impl ConflictsPanel {
    /// How many there are, in all articles; costs little where nothing has changed since it was last asked.
    pub fn count(&mut self, ctx: &Ctx<'_>, stamps: Stamps) -> usize {
        match self.counted {
            Some((then, count)) if then == stamps => count,
            _ => {
                let count = conflict::count(&ctx.session.scene());
                self.counted = Some((stamps, count));
                count
            }
        }
    }
}

pub fn conflicts_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut ConflictsPanel, out: &mut Vec<Wish>) {
    let scene = ctx.session.scene();
    let (here, elsewhere) = (conflict::listed(&scene), conflict::elsewhere(&scene));
    let others: u32 = elsewhere.iter().map(|(_, count)| count).sum();
    header_ui(ui, ctx, here.len() + usize::try_from(others).unwrap_or(usize::MAX), out);
    let count = here.len() + elsewhere.len();
    if count == 0 {
        let nothing = tr("Nothing was changed on two sides");
        field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &nothing);
        return;
    }
    if focus::enters(ui, Part::Marks.place(), ui.available_rect_before_wrap()) {
        panel.cursor.enter(0);
    }
    let show = panel.cursor.step(ui, count, Rows::page(ui, ROW));
    Rows::even("conflicts", count, ROW).called(tr("Conflicts")).with_room_below(space::M).show(
        ui,
        show,
        |ui, place| {
            let response = match here.get(place.at) {
                Some((item, conflict)) => ConflictRow::of(ctx, *item, *conflict).ui(ui, &place, &panel.cursor, out),
                None => {
                    let (article, count) = elsewhere[place.at - here.len()];
                    article_row_ui(ui, ctx, &place, &panel.cursor, (article, count), out)
                }
            };
            panel.cursor.follow(ui, place.at, &response);
            ROW
        },
    );
}

/// How many there are, and the way to the next and the previous.
fn header_ui(ui: &mut Ui, ctx: &Ctx<'_>, count: usize, out: &mut Vec<Wish>) {
    let title = tr!("Conflicts · {n}", n = count);
    words::line_ui(ui, Role::Label, &title, fonts::strong(size::TINY + 0.5), ctx.tokens.soft_ink);
    ui.horizontal(|ui| {
        for (name, text, command) in [
            (tr("Previous conflict"), tr("Previous"), ConflictCommand::Previous),
            (tr("Next conflict"), tr("Next"), ConflictCommand::Next),
        ] {
            let command = Command::Conflict(command, MarkRef::Picked);
            let is_there = ctx.available(&command).is_ok();
            let add = |ui: &mut Ui| button::quiet(ui, ctx.tokens, &name, &text, Chosen::No);
            if ui.add_enabled_ui(is_there, add).inner.clicked() {
                run(out, command);
            }
        }
    });
    ui.add_space(space::XS);
}

struct ConflictRow<'a> {
    ctx: &'a Ctx<'a>,
    item: Item,
    versions: Versions<'a>,
}

impl<'a> ConflictRow<'a> {
    fn of(ctx: &'a Ctx<'a>, item: Item, conflict: Conflict) -> Self {
        Self { ctx, item, versions: Versions::of(ctx, item, conflict) }
    }

    fn ui(&self, ui: &mut Ui, place: &RowPlace, cursor: &Cursor, out: &mut Vec<Wish>) -> Response {
        let sense = cursor.sense(place.at, &place.seen);
        let response = ui.interact(place.rect, ui.scope_id().with(("conflict", place.at)), sense);
        let (said, [first, second]) = (self.versions.words(), self.versions.lines());
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{said}. {first}. {second}")));
        let card = place.rect.expand2(Vec2::new(space::XS, -1.0));
        list::paint_ground(ui, self.ctx.tokens, card, &response, Ground::Plain);
        self.paint(ui, place.rect, &said, [&first, &second]);
        self.actions(ui, place.rect, &said, out);
        if response.clicked() {
            let which = MarkRef::from(self.versions.first().unwrap_or(self.item));
            run(out, Command::Conflict(ConflictCommand::Show, which));
        }
        words::hint(response, &wording::dotted([first.as_str(), &second]))
    }

    fn paint(&self, ui: &Ui, rect: Rect, said: &str, lines: [&str; 2]) {
        let (painter, tokens) = (ui.painter(), self.ctx.tokens);
        let mut left = rect.left();
        let first = rect.top() + 14.0;
        if let Some(label) = self.versions.label() {
            let center = pos2(left + size::BADGE / 2.0, first);
            badge::paint_badge(painter, center, &label.initials, tokens.label(label.color));
            left += size::BADGE + space::S;
        }
        words::elided(painter, said, fonts::serif(size::LIST_WORDS), tokens.ink, rect.right() - left)
            .paint_middle_left(painter, pos2(left, first));
        for (line, y) in lines.into_iter().zip([32.0, 48.0]) {
            words::elided(painter, line, fonts::plain(size::SMALL), tokens.soft_ink, rect.width())
                .paint_middle_left(painter, pos2(rect.left(), rect.top() + y));
        }
    }

    fn actions(&self, ui: &mut Ui, rect: Rect, said: &str, out: &mut Vec<Wish>) {
        let has_two = self.versions.first().is_some();
        // Words of a button that has no frame begin a little right of its edge.
        let left = if has_two { rect.left() } else { rect.left() - space::XS };
        let line = Rect::from_min_max(pos2(left, rect.top() + 60.0), rect.max);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(line).layout(Layout::left_to_right(Align::Min)));
        let two = [
            (tr!("Keep the first version of “{words}”", words = said), tr("First"), ConflictCommand::KeepFirst),
            (tr!("Keep the second version of “{words}”", words = said), tr("Second"), ConflictCommand::KeepSecond),
            (tr!("Keep both versions of “{words}”", words = said), tr("Both"), ConflictCommand::KeepBoth),
        ];
        let one = [
            (tr!("Keep “{words}”", words = said), tr("Keep"), ConflictCommand::KeepFirst),
            (tr!("Remove “{words}”", words = said), tr("Remove"), ConflictCommand::KeepSecond),
        ];
        if has_two {
            let font = fonts::plain(size::SMALL);
            words::line_ui(&mut ui, Role::Label, &tr("Keep:"), font, self.ctx.tokens.soft_ink);
        }
        let actions = if has_two { two.to_vec() } else { one.to_vec() };
        for (name, text, command) in actions {
            if button::quiet(&mut ui, self.ctx.tokens, &name, &text, Chosen::Yes).clicked() {
                run(out, Command::Conflict(command, MarkRef::from(self.item)));
            }
        }
    }
}

/// An article that has some, and is opened by a click.
fn article_row_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    place: &RowPlace,
    cursor: &Cursor,
    (id, count): (&ArticleId, u32),
    out: &mut Vec<Wish>,
) -> Response {
    let sense = cursor.sense(place.at, &place.seen);
    let response = ui.interact(place.rect, ui.scope_id().with(("conflict", place.at)), sense);
    let title = ctx.session.project().article(id).map_or(id.as_str(), |article| article.metadata.title.as_str());
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let said = tr!("{n} conflict in another article|{n} conflicts in another article", n = count);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{title}. {said}")));
    let (painter, tokens, rect) = (ui.painter(), ctx.tokens, place.rect);
    list::paint_ground(ui, tokens, rect.expand2(Vec2::new(space::XS, -1.0)), &response, Ground::Plain);
    words::elided(painter, title, fonts::serif(size::LIST_WORDS), tokens.ink, rect.width())
        .paint_middle_left(painter, pos2(rect.left(), rect.top() + 14.0));
    words::elided(painter, &said, fonts::plain(size::SMALL), tokens.soft_ink, rect.width())
        .paint_middle_left(painter, pos2(rect.left(), rect.top() + 32.0));
    if response.clicked() {
        run(out, Command::Article(ArticleCommand::Open(id.clone())));
    }
    words::hint(response, title)
}
