//! The table of the open article's relations: by place or by kind, filtered by words; a click chooses one and goes
//! to a member.
//!
//! Rows are equally high and only those that are in view cost anything. Which there are, and in what order, follows
//! the changes.
//!
//! Relations that cross articles are listed in each article in which they have a member.

use egui::{Align2, Rect, Response, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::{Part, Stamps, related, wording};
use crate::{
    model::{Relation, RelationId, Target},
    query::{
        Relations,
        list::{Filter, Only, RelationList, RelationOrder, RelationSource},
    },
    ui::{
        context::Ctx,
        kit::{
            badge, drop, field, focus, glyph,
            list::{self, Cursor, Ground},
            rows::{RowPlace, Rows},
            words,
        },
        theme::{fonts, size, space},
        words::tr,
    },
};

/// With more relations than this there is a field to filter them by.
const FILTER_FROM: usize = 8;
/// A row shows at most so many members; the number of the others stands at its end.
const MOST_MEMBERS: usize = 4;

/// View state of the table: filter, order, and what was worked out for them.
#[derive(Debug, Default)]
pub struct RelationsPanel {
    /// What is written in the filter, as it is typed; empty where the field is not shown.
    filter: String,
    order: RelationOrder,
    only: Only,
    /// How many relations of the article are incomplete.
    incomplete: usize,
    /// The ids that pass the filter, in order.
    list: RelationList,
    /// What the list was last made to follow: the stamp of the relations, the filter, the order and which rows.
    followed: Option<(u64, String, RelationOrder, Only)>,
    /// What was last scrolled into view. It is done once, so that the user can scroll away from it.
    shown: Wanted,
    cursor: Cursor,
}

/// What is to be in view: the chosen relation, or else one of the picked mark’s.
type Wanted = (Option<RelationId>, Option<Target>);

/// What the user did to the table in this frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationsOutput {
    /// The relation that was clicked, and which of its members: the view chooses the one and goes to the other.
    pub clicked: Option<(RelationId, Target)>,
}

/// Draws the table; `chosen` is the relation whose card is shown. Nothing while nobody marks.
pub fn relations_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut RelationsPanel,
    chosen: Option<RelationId>,
    stamps: Stamps,
) -> RelationsOutput {
    let Some(relations) = ctx.session.scene().relations() else { return RelationsOutput::default() };
    panel.follow(ctx, relations, stamps.relations);
    let count = relations.count();
    related::only_ui(ui, ctx, panel.incomplete, &mut panel.only);
    panel.follow(ctx, relations, stamps.relations);
    panel.header_ui(ui, ctx, count);
    if count > FILTER_FROM {
        let name = tr("Filter the relations");
        let filter = field::line(ui, ui.scope_id().with("filter"), &mut panel.filter, &name, &tr("Words or kind"));
        panel.cursor.enter_from(ui, &filter, panel.list.len());
        ui.add_space(space::XS);
    } else {
        panel.filter.clear();
    }
    let empty = match (count, panel.list.len()) {
        (0, _) => tr("Pick a mark and press r to relate it"),
        (_, 0) if panel.only == Only::Incomplete => tr("No relation is incomplete"),
        (_, 0) => tr("No relations match"),
        _ => return panel.list_ui(ui, ctx, relations, chosen),
    };
    field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &empty);
    RelationsOutput::default()
}

impl RelationsPanel {
    /// Lists from now on only what is incomplete, or everything.
    pub fn list_only(&mut self, only: Only) {
        self.only = only;
        self.filter.clear();
    }

    /// Brings the list up to date where relations, filter or order have changed.
    fn follow(&mut self, ctx: &Ctx<'_>, relations: Relations<'_>, stamp: u64) {
        let now = Some((stamp, self.filter.clone(), self.order, self.only));
        if self.followed != now {
            if self.followed.as_ref().is_none_or(|followed| followed.0 != stamp) {
                self.incomplete = relations.all().filter(|(_, relation)| relations.is_incomplete(relation)).count();
            }
            self.followed = now;
            let source = RelationSource { relations, said: &|relation| related::line(ctx, relation) };
            self.list.follow(source, &Filter::new(&self.filter).of(self.only), self.order);
        }
    }

    /// “Relations · 5 of 64” and the order.
    fn header_ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, count: usize) {
        let title = tr!("Relations · {n}", n = &wording::of_all(self.list.len(), count));
        let orders = [(RelationOrder::Place, "by place"), (RelationOrder::Kind, "by kind")];
        let orders = orders.map(|(order, text)| (order, tr(text).into_owned()));
        let chosen = drop::header_ui(ui, ctx.tokens, &title, &tr("Order of the relations"), (self.order, &orders));
        self.order = chosen.unwrap_or(self.order);
    }

    /// The row to scroll to: that of the chosen relation, or else the first of the picked mark, where either is
    /// another than the last time; otherwise the one that a key moves the focus to.
    fn row_to_show(&mut self, ui: &Ui, relations: Relations<'_>, wanted: Wanted) -> Option<usize> {
        let position = |id| self.list.position(id);
        if focus::enters(ui, Part::Marks.place(), ui.available_rect_before_wrap()) {
            self.cursor.enter(wanted.0.and_then(position).unwrap_or_default());
        }
        let moved = self.cursor.step(ui, self.list.len(), Rows::page(ui, size::RELATION_ROW));
        if self.shown == wanted {
            return moved;
        }
        let shown = match &wanted {
            (Some(chosen), _) => position(*chosen),
            (None, Some(mark)) => relations.of(mark.item).filter_map(|(id, _)| position(id)).min(),
            (None, None) => None,
        };
        self.shown = wanted;
        shown.or(moved)
    }

    /// The rows in view.
    fn list_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &Ctx<'_>,
        relations: Relations<'_>,
        chosen: Option<RelationId>,
    ) -> RelationsOutput {
        let mut output = RelationsOutput::default();
        let picked = ctx.session.scene().picked_target();
        let show = self.row_to_show(ui, relations, (chosen, picked.clone()));
        let rows = Rows::even("relations", self.list.len(), size::RELATION_ROW)
            .called(tr("Relations"))
            .with_room_below(space::M);
        rows.show(ui, show, |ui, place| {
            let found = self.list.get(place.at).and_then(|id| Some((id, relations.get(id)?)));
            if let Some((id, relation)) = found {
                let (is_chosen, picked) = (chosen == Some(id), picked.as_ref());
                let row = RelationRow { ctx, relations, id, relation, is_chosen, picked };
                let response = row.response(ui, &place, &self.cursor);
                self.cursor.follow(ui, place.at, &response);
                if let Some(target) = row.ui(ui, place.rect, response) {
                    output.clicked = Some((id, target));
                }
            }
            size::RELATION_ROW
        });
        output
    }
}

/// What a row is drawn from.
struct RelationRow<'a> {
    ctx: &'a Ctx<'a>,
    /// All of the open article, to find the first mark of this one.
    relations: Relations<'a>,
    id: RelationId,
    relation: &'a Relation,
    /// Whether its card is shown.
    is_chosen: bool,
    /// The picked mark, which is set in bold among the members.
    picked: Option<&'a Target>,
}

impl RelationRow<'_> {
    /// The row as a control; apart from its painting, as the cursor of the list has to follow it first.
    fn response(&self, ui: &Ui, place: &RowPlace, cursor: &Cursor) -> Response {
        let sense = cursor.sense(place.at, &place.seen);
        ui.interact(place.rect, ui.scope_id().with(self.id.0.as_u64()), sense)
    }

    /// Paints the row; gives the member that was clicked, or the first one where Enter was pressed.
    fn ui(&self, ui: &Ui, rect: Rect, response: Response) -> Option<Target> {
        let faults = related::faults(self.ctx, self.id, self.relation);
        let place = self.place();
        response.widget_info(|| {
            let mut name = format!("{}, {place}", related::line(self.ctx, self.relation));
            for fault in &faults {
                name = format!("{name}, {fault}");
            }
            WidgetInfo::selected(Role::ListItem, true, self.is_chosen, name)
        });
        let ground = if self.is_chosen { Ground::Raised } else { Ground::Plain };
        let card = rect.expand2(Vec2::new(space::XS, -1.0));
        list::paint_ground(ui, self.ctx.tokens, card, &response, ground);
        self.paint_heading(ui, rect, &place, &faults);
        let members = self.paint_members(ui, rect);
        let response = if faults.is_empty() { response } else { words::hint(response, &faults.join("\n")) };
        response.clicked().then(|| self.clicked(&response, &members)).flatten()
    }

    /// The member under the pointer, by the places at which they were painted.
    fn clicked(&self, response: &Response, members: &[Rect]) -> Option<Target> {
        let at = response.interact_pointer_pos();
        let nth = at.and_then(|at| members.iter().position(|rect| rect.x_range().contains(at.x)));
        self.relation.members.get(nth.unwrap_or(0)).map(|m| m.target.clone())
    }

    /// The paragraph of its first mark in this article, as “¶12”; empty where there is none.
    fn place(&self) -> String {
        let scene = self.ctx.session.scene();
        let start = self.relations.lead(self.relation).and_then(|id| scene.layer()?.annotation(id));
        let Some((annotation, text)) = start.zip(scene.text().ok()) else { return String::new() };
        let paragraph = text.paragraph_at(annotation.fragments.first().start());
        format!("¶{}", text.paragraph_number(paragraph).unwrap_or(paragraph + 1))
    }

    /// The upper half: the kind, the first thing that is wrong with it, and the paragraph.
    fn paint_heading(&self, ui: &Ui, rect: Rect, place: &str, faults: &[String]) {
        let (painter, tokens) = (ui.painter(), self.ctx.tokens);
        let middle = rect.top() + size::RELATION_ROW * 0.28;
        let place = painter.text(
            pos2(rect.right() - space::XS, middle),
            Align2::RIGHT_CENTER,
            place,
            fonts::plain(size::SMALL),
            tokens.soft_ink,
        );
        let name = related::kind_name(self.ctx, self.relation);
        let font = fonts::strong(size::SMALL);
        let mut left = rect.left();
        let room = place.left() - left - space::S;
        let galley = words::elided(painter, name, font, tokens.soft_ink, room);
        let width = galley.size().x;
        galley.paint_middle_left(painter, pos2(left, middle));
        left += width + space::S;
        let Some(fault) = faults.first() else { return };
        glyph::paint_warning(painter, pos2(left + 6.0, middle), tokens.warning);
        left += space::L;
        let room = place.left() - left - space::S;
        let galley = words::elided(painter, fault, fonts::plain(size::SMALL), tokens.warning, room);
        galley.paint_middle_left(painter, pos2(left, middle));
    }

    /// The lower half: badge and words of each member. Gives their rectangles, from left to right.
    fn paint_members(&self, ui: &Ui, rect: Rect) -> Vec<Rect> {
        let line = rect.with_min_y(rect.top() + size::RELATION_ROW * 0.5);
        let line = line.with_max_x(self.paint_more(ui, line));
        let members = self.relation.members.iter().take(MOST_MEMBERS);
        let shown: Vec<_> = members.map(|m| (&m.target, related::shown(self.ctx, &m.target))).collect();
        let widths = shares(ui, &shown, &fonts::serif_strong(size::LIST_WORDS), line.width());
        let mut left = line.left();
        let places = shown.iter().zip(widths).map(|((target, member), width)| {
            let place = line.with_min_x(left).with_max_x(left + width);
            self.paint_member(ui, place, target, member);
            left += width;
            place
        });
        places.collect()
    }

    /// The number of members that are not shown, as “+3”; gives the right edge of the room for the others.
    fn paint_more(&self, ui: &Ui, line: Rect) -> f32 {
        let (right, more) = (line.right() - space::XS, self.relation.members.len().saturating_sub(MOST_MEMBERS));
        if more == 0 {
            return right;
        }
        let (font, color) = (fonts::plain(size::SMALL), self.ctx.tokens.soft_ink);
        ui.painter().text(pos2(right, middle_of(line)), Align2::RIGHT_CENTER, format!("+{more}"), font, color).left()
    }

    /// Badge and words of a member, the words cut where they have no room.
    fn paint_member(&self, ui: &Ui, place: Rect, target: &Target, member: &related::Shown<'_>) {
        let (painter, tokens, middle) = (ui.painter(), self.ctx.tokens, middle_of(place));
        let is_picked = Some(target) == self.picked;
        let font = if is_picked { fonts::serif_strong(size::LIST_WORDS) } else { fonts::serif(size::LIST_WORDS) };
        let mut left = place.left();
        if let Some(label) = member.label {
            let center = pos2(left + size::BADGE / 2.0, middle);
            badge::paint_badge(painter, center, &label.initials, tokens.label(label.color));
            left += size::BADGE + space::XS;
        }
        let galley = words::elided(painter, &member.text(), font, tokens.ink, place.right() - left - space::S);
        galley.paint_middle_left(painter, pos2(left, middle));
    }
}

/// The height of the middle of the members’ line.
fn middle_of(line: Rect) -> f32 {
    line.top() + size::RELATION_ROW * 0.22
}

/// Widths of the members, in points: each gets what it needs, as long as there is room; what short ones leave is
/// shared among the long ones.
fn shares(ui: &Ui, shown: &[(&Target, related::Shown<'_>)], font: &egui::FontId, room: f32) -> Vec<f32> {
    let before = |s: &related::Shown<'_>| if s.label.is_some() { size::BADGE + space::XS } else { 0.0 };
    let needed: Vec<f32> = shown
        .iter()
        .map(|(_, s)| {
            let galley = words::elided(ui.painter(), &s.text(), font.clone(), egui::Color32::PLACEHOLDER, room);
            before(s) + galley.size().x + space::S + 1.0
        })
        .collect();
    let mut order: Vec<usize> = (0..needed.len()).collect();
    order.sort_by(|a, b| needed[*a].total_cmp(&needed[*b]));
    let mut widths = vec![0.0; needed.len()];
    let mut left = room;
    for (nth, at) in order.iter().enumerate() {
        widths[*at] = needed[*at].min(left / (needed.len() - nth) as f32);
        left -= widths[*at];
    }
    widths
}
