//! The picked mark's relations: a row for each role, and the others it is in.
//!
//! A kind is *led* by the marks that may fill its first role: on a quote’s card stand the roles of its attribution,
//! filled or not. Relations that the mark is only a member of come below, without empty roles.

use std::sync::Arc;

use egui::{CornerRadius, Rect, Sense, Ui, Vec2, WidgetInfo, accesskit::Role as Part, pos2};

use super::{
    attributes::answers_ui,
    state::{InspectorOutput, InspectorPanel, WholeRelation},
};
use crate::{
    command::{
        Command,
        relate::{Relate, relation_of},
        relating::RelateFrom,
    },
    model::{Annotation, Filler, Item, Member, Relation, RelationId, RelationKind, Role, Target},
    ui::{
        context::Ctx,
        kit::{
            badge,
            button::{Chosen, Sign, quiet, sign_on},
            field::{self, Wanted},
            keycap::Keycap,
            segmented::Fill,
            words,
        },
        panel::{related, run, wording},
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// At most so many relations are listed below the roles; the table of relations has them all.
const MOST_OTHERS: usize = 12;

/// Draws a row for each role of the kind that the mark leads (its first role is the mark itself), what is asked of
/// that relation, then the other relations the mark is in.
pub fn roles_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    (origin, annotation): (&Target, &Annotation),
    output: &mut InspectorOutput,
    out: &mut Vec<Wish>,
) {
    let led = led_by(ctx, annotation);
    let of_kind = |kind| relation_of(&ctx.session.scene(), kind, origin).filter(|(_, r)| leads(kind, r, origin.item));
    let found = led.and_then(of_kind);
    if let Some(kind) = led {
        let group = Group { kind, origin, found: found.as_ref() };
        for role in kind.roles.iter().skip(1) {
            group.role_ui(ui, ctx, role, output, out);
        }
        if let Some((id, relation)) = &found {
            let target = Target { article: origin.article.clone(), item: Item::Relation(*id) };
            let look = ctx.codebook().label(&annotation.label).map(|label| ctx.tokens.label(label.color));
            let fill = look.map_or(Fill::Quiet, Fill::Label);
            answers_ui(ui, ctx, panel, &target, (&kind.attributes, &relation.attributes), fill, out);
        }
    }
    others_ui(ui, ctx, origin, found.map(|(id, _)| id), output, out);
}

/// The kind of relation that marks of this label lead: the first in the codebook, within one article, whose first
/// role they may fill.
fn led_by<'a>(ctx: &Ctx<'a>, annotation: &Annotation) -> Option<&'a RelationKind> {
    let own = Filler::Label(annotation.label.clone());
    let leads = |kind: &&RelationKind| kind.roles.first().is_some_and(|role| role.may_be_filled_by(&own));
    ctx.codebook().relations.iter().filter(|kind| !kind.across_articles).find(leads)
}

/// Whether an item fills the first role of a relation.
fn leads(kind: &RelationKind, relation: &Relation, item: Item) -> bool {
    kind.roles.first().is_some_and(|role| relation.in_role(&role.id).any(|t| t.item == item))
}

/// What a click in a role’s row asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Nothing that the view has to do.
    Nothing,
    /// To choose something more for the role.
    Another,
}

/// The roles of one kind, as seen from one of its members.
pub struct Group<'a> {
    /// The kind, from the codebook.
    pub kind: &'a RelationKind,
    /// What the card is of: a new relation begins with it.
    pub origin: &'a Target,
    /// The relation of that kind, once there is one; until then every role is empty.
    pub found: Option<&'a (RelationId, Arc<Relation>)>,
}

impl Group<'_> {
    /// A role and what fills it, a row each. A role with fewer members than it needs (`Role::least`) is shown as
    /// missing; one with as many as it may have (`Role::most`) offers no plus.
    pub fn role_ui(&self, ui: &mut Ui, ctx: &Ctx<'_>, role: &Role, output: &mut InspectorOutput, out: &mut Vec<Wish>) {
        let found = self.found.iter();
        let members: Vec<(RelationId, &Target)> =
            found.flat_map(|(id, relation)| relation.in_role(&role.id).map(|t| (*id, t))).collect();
        let wanted = if role.least as usize > members.len() { Wanted::Missing } else { Wanted::No };
        let from = RelateFrom {
            origin: self.origin.clone(),
            relation: self.found.map(|(id, _)| *id),
            kind: self.kind.id.clone(),
            role: role.id.clone(),
        };
        field::field_row(ui, ctx.tokens, (&role.name, &self.kind.name), wanted, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            let is_full = role.most.is_some_and(|most| members.len() >= most as usize);
            for (relation, target) in &members {
                let row = RoleRow { name: &role.name, relation: *relation, target };
                if row.member_ui(ui, ctx, role, is_full, output, out) == Asks::Another {
                    output.relate = Some(from.clone());
                }
            }
            if members.is_empty() && none_ui(ui, ctx, role, wanted) {
                output.relate = Some(from);
            }
        });
    }
}

/// A row for one member of a role.
struct RoleRow<'a> {
    /// The role’s name, as screen readers hear it before the words.
    name: &'a str,
    /// The relation whose member it is.
    relation: RelationId,
    /// The member: a mark or a relation, possibly in another article.
    target: &'a Target,
}

impl RoleRow<'_> {
    /// Draws the row and does what is clicked: on the words it goes there; the cross empties the role, the plus asks
    /// for another member, the dots show the whole relation (not where that is shown already).
    fn member_ui(
        &self,
        ui: &mut Ui,
        ctx: &Ctx<'_>,
        role: &Role,
        is_full: bool,
        output: &mut InspectorOutput,
        out: &mut Vec<Wish>,
    ) -> Asks {
        let (rect, response) = self.words_ui(ui, ctx);
        let name = tr!("Clear the role {what}", what = &role.name);
        if sign_on(ui, ctx.tokens, &response, place(rect, 0.0), Sign::Cross, &name).clicked() {
            let (relation, role, item) = (self.relation.into(), role.id.clone(), self.target.item.into());
            run(out, Command::Relate(Relate::Empty { relation, role, item }));
            return Asks::Nothing;
        }
        let name = tr!("Add to the role {what}", what = &role.name);
        if !is_full && sign_on(ui, ctx.tokens, &response, place(rect, 1.0), Sign::Plus, &name).clicked() {
            return Asks::Another;
        }
        if output.whole == WholeRelation::Offered {
            let name = tr!("Show the relation with the {what}", what = &role.name);
            if sign_on(ui, ctx.tokens, &response, place(rect, 2.0), Sign::More, &name).clicked() {
                output.relation = Some(self.relation);
                return Asks::Nothing;
            }
        }
        if response.clicked() {
            output.go = Some(self.target.clone());
        }
        Asks::Nothing
    }

    /// Badge and words of the member, with room at the right for the signs while the pointer is over the row. Gives
    /// the row’s rectangle and the response to it.
    fn words_ui(&self, ui: &mut Ui, ctx: &Ctx<'_>) -> (Rect, egui::Response) {
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::FIELD), Sense::click());
        let shown = related::shown(ctx, self.target);
        let text = shown.text();
        response.widget_info(|| WidgetInfo::labeled(Part::Button, true, format!("{}: {}", self.name, text)));
        let fill = if response.hovered() { ctx.tokens.hover } else { ctx.tokens.panel };
        ui.painter().rect_filled(rect, CornerRadius::same(size::RADIUS), fill);
        let mut left = rect.left() + space::S;
        if let Some(label) = shown.label {
            let center = pos2(left + size::BADGE / 2.0, rect.center().y);
            badge::paint_badge(ui.painter(), center, &label.initials, ctx.tokens.label(label.color));
            left += size::BADGE + space::XS + 2.0;
        }
        let signs = if response.contains_pointer() { rect.right() - place(rect, 2.0).left() } else { space::S };
        let room = rect.right() - left - signs;
        let galley = words::elided(ui.painter(), &text, fonts::plain(size::TEXT), ctx.tokens.ink, room);
        let response = if galley.is_cut() { words::hint(response, &text) } else { response };
        galley.paint_middle_left(ui.painter(), pos2(left, rect.center().y));
        if response.has_focus() {
            let stroke = egui::Stroke::new(size::FOCUS, ctx.tokens.accent);
            let corner = CornerRadius::same(size::RADIUS);
            ui.painter().rect_stroke(rect, corner, stroke, egui::StrokeKind::Inside);
        }
        (rect, response)
    }
}

/// Where a small button stands on a row: `nth` from the right, from 0.
fn place(rect: Rect, nth: f32) -> Rect {
    let center = pos2(rect.right() - space::M - nth * (size::BADGE + 2.0), rect.center().y);
    Rect::from_center_size(center, Vec2::splat(size::BADGE))
}

/// The row of a role without members; true where it was clicked, so that the role is filled next.
fn none_ui(ui: &mut Ui, ctx: &Ctx<'_>, role: &Role, wanted: Wanted) -> bool {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::FIELD), Sense::click());
    let text = if wanted == Wanted::Missing { tr("missing") } else { tr("none") };
    response.widget_info(|| WidgetInfo::labeled(Part::Button, true, format!("{}: {text}", role.name)));
    field::paint_value(ui, ctx.tokens, rect, &text, rect.left() + space::S);
    if response.hovered() || response.has_focus() {
        let stroke = egui::Stroke::new(size::LINE, ctx.tokens.accent);
        let corner = CornerRadius::same(size::RADIUS);
        ui.painter().rect_stroke(rect, corner, stroke, egui::StrokeKind::Inside);
    }
    let cap = Keycap::new(ui.painter(), ctx.tokens, "r");
    cap.paint(ui.painter(), ctx.tokens, rect.right_center() - Vec2::new(cap.size().x + space::S, 0.0));
    response.clicked()
}

/// The other relations of the mark: for each its kind, what is wrong with it, and the other members. Beyond
/// [`MOST_OTHERS`] a button leads to the table.
fn others_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    origin: &Target,
    shown: Option<RelationId>,
    output: &mut InspectorOutput,
    out: &mut Vec<Wish>,
) {
    let Some(relations) = ctx.session.scene().relations() else { return };
    let others = relations.of(origin.item).filter(|(id, _)| Some(*id) != shown);
    for (id, relation) in others.take(MOST_OTHERS) {
        other_ui(ui, ctx, (id, relation), origin.item, output, out);
    }
    let more = relations.count_of(origin.item).saturating_sub(MOST_OTHERS + usize::from(shown.is_some()));
    if more > 0 {
        let text = tr!("{n} more in the table of relations", n = more);
        if quiet(ui, ctx.tokens, &text, &text, Chosen::No).clicked() {
            run(out, Command::View(crate::command::View::Relations));
        }
    }
}

/// A relation with what else stands in it: of one with two roles the kind's name tells enough, of others each role is
/// named under it.
fn other_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    (id, relation): (RelationId, &Relation),
    own: Item,
    output: &mut InspectorOutput,
    out: &mut Vec<Wish>,
) {
    let name = related::kind_name(ctx, relation);
    let faults = related::faults(ctx, id, relation);
    let wanted = if faults.is_empty() { Wanted::No } else { Wanted::Missing };
    let hint = faults.join("\n");
    let others: Vec<&Member> = relation.members.iter().filter(|m| m.target.item != own).collect();
    let kind = ctx.codebook().relation(&relation.kind);
    let role_of = |member: &Member| kind.and_then(|k| k.role(&member.role)).map_or("", |role| role.name.as_str());
    if kind.is_some_and(|kind| kind.roles.len() > 2) {
        words::paragraph_ui(ui, name, fonts::strong(size::SMALL), ctx.tokens.soft_ink);
        for member in others {
            let row = OtherRow { name: role_of(member), hint: &hint, wanted, relation: id, kind: name };
            row.ui(ui, ctx, &[member], output, out);
        }
        return;
    }
    // Where the mark does not stand first, the role of the one that does tells which way the relation goes.
    let before = others
        .first()
        .filter(|m| relation.members.first() == Some(**m) && !kind.is_some_and(RelationKind::is_symmetric));
    let heading = wording::dotted([name, before.map_or("", |member| role_of(member))]);
    let row = OtherRow { name: &heading, hint: &hint, wanted, relation: id, kind: name };
    row.ui(ui, ctx, &others, output, out);
}

/// Members of a relation that the mark is in besides the one it is for.
struct OtherRow<'a> {
    name: &'a str,
    hint: &'a str,
    wanted: Wanted,
    relation: RelationId,
    kind: &'a str,
}

impl OtherRow<'_> {
    /// A click goes to the member, the cross removes the relation, the dots show it as a whole.
    fn ui(&self, ui: &mut Ui, ctx: &Ctx<'_>, members: &[&Member], output: &mut InspectorOutput, out: &mut Vec<Wish>) {
        field::field_row(ui, ctx.tokens, (self.name, self.hint), self.wanted, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for member in members {
                let row = RoleRow { name: self.name, relation: self.relation, target: &member.target };
                let (rect, response) = row.words_ui(ui, ctx);
                let remove = tr!("Remove the relation {what}", what = self.kind);
                if sign_on(ui, ctx.tokens, &response, place(rect, 0.0), Sign::Cross, &remove).clicked() {
                    run(out, Command::Relate(Relate::Remove(self.relation.into())));
                }
                let whole = tr!("Show the relation {what}", what = self.kind);
                if sign_on(ui, ctx.tokens, &response, place(rect, 1.0), Sign::More, &whole).clicked() {
                    output.relation = Some(self.relation);
                } else if response.clicked() {
                    output.go = Some(member.target.clone());
                }
            }
        });
    }
}
