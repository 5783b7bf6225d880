//! The table of the open article's relations: by place or by kind, filtered by words; a click chooses one and goes
//! to a member.
//!
//! Rows are equally high and only those that are seen cost anything. Which there are, and in what order, is worked
//! out when relations change.

use egui::{Align2, Rect, Response, ScrollArea, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use rustc_hash::FxHashSet;

use super::{Part, Stamps, related, wording};
use crate::{
    model::{Relation, RelationId, Target},
    query::Relations,
    ui::{
        context::Ctx,
        kit::{
            badge,
            button::Chosen,
            field, focus, glyph,
            list::{self, Cursor, Ground},
            words,
        },
        theme::{fonts, size, space},
        words::{tr, tr_with},
    },
};

/// With more relations than this there is a field to filter them by.
const FILTER_FROM: usize = 8;
/// Members that a row shows; the others are counted.
const MOST_MEMBERS: usize = 4;

/// What the table is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Place,
    Kind,
}

/// View state of the table.
#[derive(Debug, Default)]
pub struct RelationsPanel {
    filter: String,
    order: Order,
    rows: Vec<RelationId>,
    /// Of all, whatever the filter says.
    count: usize,
    made_for: Option<(u64, String, Order)>,
    /// The relation and the mark that were brought into view, so that it is done once.
    shown: (Option<RelationId>, Option<Target>),
    cursor: Cursor,
}

/// What the user did to the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationsOutput {
    /// A relation, and which of its members was clicked.
    pub clicked: Option<(RelationId, Target)>,
}

pub fn relations_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut RelationsPanel,
    chosen: Option<RelationId>,
    stamps: Stamps,
) -> RelationsOutput {
    let mut output = RelationsOutput::default();
    let Some(relations) = ctx.session.scene().relations() else { return output };
    panel.prepare(ctx, relations, stamps.relations);
    header(ui, ctx, panel);
    if panel.count > FILTER_FROM {
        let name = tr("Filter the relations");
        let filter = field::line(ui, ui.scope_id().with("filter"), &mut panel.filter, &name, &tr("Words or kind"));
        panel.cursor.enter_from(ui, &filter, panel.rows.len());
        ui.add_space(space::XS);
    } else {
        panel.filter.clear();
    }
    let empty = match (panel.count, panel.rows.len()) {
        (0, _) => tr("Pick a mark and press r to relate it"),
        (_, 0) => tr("No relation has these words"),
        _ => {
            list_ui(ui, ctx, panel, (relations, chosen), &mut output);
            return output;
        }
    };
    field::paint_empty(ui, ctx.tokens, ui.available_rect_before_wrap(), &empty);
    output
}

fn header(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut RelationsPanel) {
    let title = tr_with("Relations · %{n}", &[("n", &wording::of_all(panel.rows.len(), panel.count))]);
    let (text, next) = match panel.order {
        Order::Place => (tr("by place"), Order::Kind),
        Order::Kind => (tr("by kind"), Order::Place),
    };
    if list::header_ui(ui, ctx.tokens, &title, (&tr("Order of the relations"), &text)).clicked() {
        panel.order = next;
    }
}

impl RelationsPanel {
    fn prepare(&mut self, ctx: &Ctx<'_>, relations: Relations<'_>, stamp: u64) {
        let made_for = Some((stamp, self.filter.clone(), self.order));
        if self.made_for == made_for {
            return;
        }
        self.made_for = made_for;
        let wanted = self.filter.trim().to_lowercase();
        let fits = |r: &Relation| wanted.is_empty() || related::line(ctx, r).to_lowercase().contains(&wanted);
        let all: Vec<_> = relations.all().collect();
        self.count = all.len();
        let layer = ctx.session.scene().layer();
        let place = |r: &Relation| Some(layer?.annotation(relations.lead(r)?)?.fragments.first().start());
        let kind = |r: &Relation| ctx.codebook().relations.iter().position(|k| k.id == r.kind);
        let found = all.into_iter().filter(|(_, r)| fits(r));
        let mut rows: Vec<_> = match self.order {
            Order::Place => found.map(|(id, r)| (None, place(r), id)).collect(),
            Order::Kind => found.map(|(id, r)| (Some(kind(r)), place(r), id)).collect(),
        };
        rows.sort_unstable();
        self.rows = rows.into_iter().map(|(_, _, id)| id).collect();
    }

    /// Where to scroll to, where another relation was chosen than the last time, or another mark picked.
    fn newly_shown(
        &mut self,
        ui: &Ui,
        relations: Relations<'_>,
        now: (Option<RelationId>, Option<Target>),
    ) -> Option<f32> {
        if self.shown == now {
            return None;
        }
        let wanted: FxHashSet<RelationId> = match &now {
            (Some(chosen), _) => std::iter::once(*chosen).collect(),
            (None, picked) => picked.iter().flat_map(|mark| relations.of(mark.item)).map(|(id, _)| id).collect(),
        };
        self.shown = now;
        let row = self.rows.iter().position(|id| wanted.contains(id))?;
        list::row_into_view(ui, "relations", row, size::RELATION_ROW)
    }

    /// Where to scroll to, where a key moves the focus to another row.
    fn moved(&mut self, ui: &Ui, chosen: Option<RelationId>) -> Option<f32> {
        if focus::enters(ui, Part::Marks.place(), ui.available_rect_before_wrap()) {
            let row = self.rows.iter().position(|id| Some(*id) == chosen);
            self.cursor.enter(row.unwrap_or_default());
        }
        let page = (ui.available_height() / size::RELATION_ROW) as usize;
        list::row_into_view(ui, "relations", self.cursor.step(ui, self.rows.len(), page)?, size::RELATION_ROW)
    }
}

fn list_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut RelationsPanel,
    (relations, chosen): (Relations<'_>, Option<RelationId>),
    output: &mut RelationsOutput,
) {
    let height = size::RELATION_ROW;
    let picked = ctx.session.scene().picked_target();
    let mut scroll = ScrollArea::vertical().id_salt("relations").auto_shrink(false);
    let moved = panel.moved(ui, chosen);
    if let Some(offset) = panel.newly_shown(ui, relations, (chosen, picked.clone())).or(moved) {
        scroll = scroll.vertical_scroll_offset(offset);
    }
    scroll.show_viewport(ui, |ui, view| {
        ui.set_height(panel.rows.len() as f32 * height + space::M);
        let origin = ui.min_rect().min;
        let width = ui.available_width();
        // One more above and below, for the focus to move on to.
        let first = ((view.top() / height).floor().max(0.0) as usize).saturating_sub(1);
        let end = ((view.bottom() / height).ceil().max(0.0) as usize + 1).min(panel.rows.len());
        for at in first..end {
            let id = panel.rows[at];
            let Some(relation) = relations.get(id) else { continue };
            let rect = Rect::from_min_size(origin + Vec2::new(0.0, at as f32 * height), Vec2::new(width, height));
            let row = Row {
                ctx,
                relations,
                id,
                relation,
                is_chosen: Chosen::from(chosen == Some(id)),
                picked: picked.as_ref(),
            };
            let sense = panel.cursor.sense(at, &(first..end));
            let response = ui.interact(rect, ui.scope_id().with(id.0.as_u64()), sense);
            panel.cursor.follow(ui, at, &response);
            if let Some(target) = row.ui(ui, rect, response) {
                output.clicked = Some((id, target));
            }
        }
    });
}

struct Row<'a> {
    ctx: &'a Ctx<'a>,
    relations: Relations<'a>,
    id: RelationId,
    relation: &'a Relation,
    is_chosen: Chosen,
    /// The picked mark stands out among the members.
    picked: Option<&'a Target>,
}

impl Row<'_> {
    /// The member that was clicked, or the first one by the keyboard.
    fn ui(&self, ui: &Ui, rect: Rect, response: Response) -> Option<Target> {
        let faults = related::faults(self.ctx, self.id, self.relation);
        let place = self.place();
        response.widget_info(|| {
            let mut name = format!("{}, {place}", related::line(self.ctx, self.relation));
            for fault in &faults {
                name = format!("{name}, {fault}");
            }
            WidgetInfo::selected(Role::ListItem, true, self.is_chosen == Chosen::Yes, name)
        });
        let ground = if self.is_chosen == Chosen::Yes { Ground::Raised } else { Ground::Plain };
        let card = rect.expand2(Vec2::new(space::XS, -1.0));
        list::paint_ground(ui, self.ctx.tokens, card, &response, ground);
        self.paint_heading(ui, rect, &place, &faults);
        let members = self.paint_members(ui, rect);
        let response = if faults.is_empty() { response } else { words::hint(response, &faults.join("\n")) };
        response.clicked().then(|| self.clicked(&response, &members)).flatten()
    }

    fn clicked(&self, response: &Response, members: &[Rect]) -> Option<Target> {
        let at = response.interact_pointer_pos();
        let nth = at.and_then(|at| members.iter().position(|rect| rect.x_range().contains(at.x)));
        self.relation.members.get(nth.unwrap_or(0)).map(|m| m.target.clone())
    }

    /// Where its first mark is: the paragraph.
    fn place(&self) -> String {
        let scene = self.ctx.session.scene();
        let start = self.relations.lead(self.relation).and_then(|id| scene.layer()?.annotation(id));
        let Some((annotation, text)) = start.zip(scene.text().ok()) else { return String::new() };
        let paragraph = text.paragraph_at(annotation.fragments.first().start());
        format!("¶{}", text.paragraph_number(paragraph).unwrap_or(paragraph + 1))
    }

    /// The kind, what is missing, and the place.
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
        galley.paint_beside(painter, pos2(left, middle));
        left += width + space::S;
        let Some(fault) = faults.first() else { return };
        glyph::paint_warning(painter, pos2(left + 6.0, middle), tokens.warning);
        left += space::L;
        let room = place.left() - left - space::S;
        let galley = words::elided(painter, fault, fonts::plain(size::SMALL), tokens.warning, room);
        galley.paint_beside(painter, pos2(left, middle));
    }

    /// Badge and words of each member, in equal shares; gives their places.
    fn paint_members(&self, ui: &Ui, rect: Rect) -> Vec<Rect> {
        let (painter, tokens) = (ui.painter(), self.ctx.tokens);
        let members = &self.relation.members;
        let count = members.len().min(MOST_MEMBERS);
        let more = members.len() - count;
        let line = rect.with_min_y(rect.top() + size::RELATION_ROW * 0.5);
        let middle = rect.top() + size::RELATION_ROW * 0.72;
        let mut right = line.right() - space::XS;
        if more > 0 {
            let text = format!("+{more}");
            let at = pos2(right, middle);
            right = painter.text(at, Align2::RIGHT_CENTER, text, fonts::plain(size::SMALL), tokens.soft_ink).left();
        }
        let shown: Vec<_> = members.iter().take(count).map(|m| related::shown(self.ctx, &m.target)).collect();
        let widths = shares(ui, &shown, &fonts::serif_strong(size::LIST_WORDS), right - line.left());
        let mut left = line.left();
        let mut places = Vec::new();
        for ((member, row), width) in shown.iter().zip(members).zip(widths) {
            let font = match Some(&row.target) == self.picked {
                true => fonts::serif_strong(size::LIST_WORDS),
                false => fonts::serif(size::LIST_WORDS),
            };
            let place = Rect::from_min_max(pos2(left, line.top()), pos2(left + width, line.bottom()));
            let mut x = left;
            if let Some(label) = member.label {
                let center = pos2(x + size::BADGE / 2.0, middle);
                badge::paint_badge(painter, center, &label.initials, tokens.label(label.color));
                x += size::BADGE + space::XS;
            }
            let galley = words::elided(painter, &member.text(), font, tokens.ink, place.right() - x - space::S);
            galley.paint_beside(painter, pos2(x, middle));
            left += width;
            places.push(place);
        }
        places
    }
}

/// Widths for the members: what they need, and where that is too much, what short ones leave goes to the long ones.
fn shares(ui: &Ui, shown: &[related::Shown<'_>], font: &egui::FontId, room: f32) -> Vec<f32> {
    let before = |s: &related::Shown<'_>| if s.label.is_some() { size::BADGE + space::XS } else { 0.0 };
    let needed: Vec<f32> = shown
        .iter()
        .map(|s| {
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
