//! The picked mark's relations: a row for each role, and the others it is in.

use std::sync::Arc;

use egui::{Align, CornerRadius, Layout, Rect, Sense, Ui, Vec2, WidgetInfo, accesskit::Role as Part, pos2};

use super::{InspectorOutput, RelateFrom};
use crate::{
    command::{
        Command, MarkRef,
        article::OfArticles,
        relate::{Relate, relation_of},
        select::Select,
    },
    model::{
        Annotation, AnnotationId, Filler, Item, Label, Relation, RelationId, RelationKind, RelationSet, Role, Target,
    },
    ui::{
        context::Ctx,
        kit::{
            badge,
            button::{Chosen, Sign, cross, quiet, sign_on},
            field::{self, Wanted},
            keycap::Keycap,
            words,
        },
        panel::{run, wording},
        theme::{fonts, size, space},
        wish::Wish,
        words::{tr, tr_with},
    },
};

type Found = Option<(RelationId, Arc<Relation>)>;

/// The rows of every kind in which the mark may stand first, then the other relations it is in.
pub fn roles_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    (id, annotation): (AnnotationId, &Annotation),
    output: &mut InspectorOutput,
    out: &mut Vec<Wish>,
) {
    let mut shown = Vec::new();
    for (at, kind) in led_by(ctx, annotation).into_iter().enumerate() {
        let found = relation_of(&ctx.session.scene(), kind, id).filter(|(_, r)| leads(kind, r, id));
        // The first kind is what a mark of this label is for; the others show once they are there.
        if at > 0 && found.is_none() {
            continue;
        }
        shown.extend(found.as_ref().map(|(id, _)| *id));
        for role in kind.roles.iter().skip(1) {
            role_ui(ui, ctx, kind, role, &found, output, out);
        }
    }
    others_ui(ui, ctx, id, &shown, out);
}

/// The kinds whose first role a mark of this label may fill; those across articles only where it does.
fn led_by<'a>(ctx: &Ctx<'a>, annotation: &Annotation) -> Vec<&'a RelationKind> {
    let own = Filler::Label(annotation.label.clone());
    let leads = |kind: &&RelationKind| kind.roles.first().is_some_and(|role| role.may_be_filled_by(&own));
    ctx.codebook().relations.iter().filter(leads).filter(|kind| !kind.across_articles).collect()
}

fn leads(kind: &RelationKind, relation: &Relation, id: AnnotationId) -> bool {
    kind.roles.first().is_some_and(|role| relation.in_role(&role.id).any(|t| t.item == Item::Annotation(id)))
}

fn role_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    kind: &RelationKind,
    role: &Role,
    found: &Found,
    output: &mut InspectorOutput,
    out: &mut Vec<Wish>,
) {
    let members: Vec<(RelationId, &Target)> =
        found.iter().flat_map(|(id, relation)| relation.in_role(&role.id).map(|t| (*id, t))).collect();
    let missing = role.least as usize > members.len();
    let wanted = if missing { Wanted::Missing } else { Wanted::No };
    field::field_row(ui, ctx.tokens, (&role.name, &kind.name), wanted, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let is_full = role.most.is_some_and(|most| members.len() >= most as usize);
        for (relation, target) in &members {
            if member_ui(ui, ctx, *relation, role, target, is_full, out) == Asks::Another {
                output.relate = Some(RelateFrom { kind: kind.id.clone(), role: role.id.clone() });
            }
        }
        if members.is_empty() {
            none_ui(ui, ctx, kind, role, output);
        }
    });
}

/// What is asked of a role.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Nothing,
    Another,
}

/// What fills the role: a click goes there, the cross empties it, the plus adds another.
fn member_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    relation: RelationId,
    role: &Role,
    target: &Target,
    is_full: bool,
    out: &mut Vec<Wish>,
) -> Asks {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::FIELD), Sense::click());
    let (label, text) = wording_of(ctx, target);
    response.widget_info(|| WidgetInfo::labeled(Part::Button, true, format!("{}: {text}", role.name)));
    let corner = CornerRadius::same(size::RADIUS);
    let fill = if response.hovered() { ctx.tokens.hover } else { ctx.tokens.panel };
    ui.painter().rect_filled(rect, corner, fill);
    let mut left = rect.left() + space::S;
    if let Some(label) = label {
        let center = pos2(left + size::BADGE / 2.0, rect.center().y);
        badge::paint_badge(ui.painter(), center, &label.initials, ctx.tokens.label(label.color));
        left += size::BADGE + space::XS + 2.0;
    }
    let room = rect.right() - left - if response.contains_pointer() { 2.0 * space::XL } else { space::S };
    let galley = words::elided(ui.painter(), &text, fonts::plain(size::TEXT), ctx.tokens.ink, room);
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, ctx.tokens.ink);
    let place = |n: f32| {
        let center = pos2(rect.right() - space::M - n * (size::BADGE + 2.0), rect.center().y);
        Rect::from_center_size(center, Vec2::splat(size::BADGE))
    };
    let name = tr_with("Empty the role %{what}", &[("what", &role.name)]);
    if sign_on(ui, ctx.tokens, &response, place(0.0), Sign::Cross, &name).clicked() {
        run(
            out,
            Command::Relate(Relate::Empty {
                relation: relation.into(),
                role: role.id.clone(),
                item: target.item.into(),
            }),
        );
        return Asks::Nothing;
    }
    let name = tr_with("Add to the role %{what}", &[("what", &role.name)]);
    if !is_full && sign_on(ui, ctx.tokens, &response, place(1.0), Sign::Plus, &name).clicked() {
        return Asks::Another;
    }
    if response.clicked() {
        go_to(ctx, target, out);
    }
    Asks::Nothing
}

fn none_ui(ui: &mut Ui, ctx: &Ctx<'_>, kind: &RelationKind, role: &Role, output: &mut InspectorOutput) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), size::FIELD), Sense::click());
    let text = tr("none");
    response.widget_info(|| WidgetInfo::labeled(Part::Button, true, format!("{}: {text}", role.name)));
    field::paint_value(ui, ctx.tokens, rect, &text, rect.left() + space::S);
    if response.hovered() || response.has_focus() {
        let stroke = egui::Stroke::new(size::LINE, ctx.tokens.accent);
        let corner = CornerRadius::same(size::RADIUS);
        ui.painter().rect_stroke(rect, corner, stroke, egui::StrokeKind::Inside);
    }
    let cap = Keycap::new(ui.painter(), ctx.tokens, "r");
    cap.paint(ui.painter(), ctx.tokens, rect.right_center() - Vec2::new(cap.size().x + space::S, 0.0));
    if response.clicked() {
        output.relate = Some(RelateFrom { kind: kind.id.clone(), role: role.id.clone() });
    }
}

/// Relations in which the mark does not stand first, one line each: the kind and the words of the others.
fn others_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: AnnotationId, shown: &[RelationId], out: &mut Vec<Wish>) {
    let scene = ctx.session.scene();
    let item = Item::Annotation(id);
    let sets: [Option<&RelationSet>; 2] = [
        scene.layer().map(crate::model::Layer::relations),
        scene.annotator.and_then(|who| ctx.session.project().links(who)),
    ];
    for set in sets.into_iter().flatten() {
        for relation_id in set.of(item).iter().filter(|id| !shown.contains(id)) {
            let Some(relation) = set.get(*relation_id) else { continue };
            other_ui(ui, ctx, *relation_id, relation, item, out);
        }
    }
}

fn other_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: RelationId, relation: &Relation, own: Item, out: &mut Vec<Wish>) {
    let kind = ctx.codebook().relation(&relation.kind);
    let name = kind.map_or(relation.kind.as_str(), |k| k.name.as_str());
    let others: Vec<&Target> = relation.members.iter().filter(|m| m.target.item != own).map(|m| &m.target).collect();
    let Some(first) = others.first() else { return };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let says: Vec<String> = others.iter().map(|t| wording_of(ctx, t).1).collect();
        let text = format!("{name}: {}", says.join(" · "));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = tr_with("Remove the relation %{what}", &[("what", name)]);
            if cross(ui, ctx.tokens, &name).clicked() {
                run(out, Command::Relate(Relate::Remove(id.into())));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if quiet(ui, ctx.tokens, &text, &text, Chosen::No).on_hover_text(&text).clicked() {
                    go_to(ctx, first, out);
                }
            });
        });
    });
}

/// The label and the words of what fills a role.
fn wording_of<'a>(ctx: &Ctx<'a>, target: &Target) -> (Option<&'a Label>, String) {
    let project = ctx.session.project();
    let title = || project.article(&target.article).map_or_else(String::new, |a| a.metadata.title.clone());
    let Some(layer) = ctx.session.annotator().and_then(|who| project.layer(&target.article, who)) else {
        return (None, title());
    };
    match target.item {
        Item::Annotation(id) => match (layer.annotation(id), project.text(&target.article)) {
            (Some(a), Some(text)) => (ctx.codebook().label(&a.label), wording::words_of(text, a)),
            _ => (None, title()),
        },
        Item::Relation(id) => {
            let kind = layer.relations().get(id).and_then(|r| ctx.codebook().relation(&r.kind));
            (None, kind.map_or_else(String::new, |k| k.name.clone()))
        }
    }
}

fn go_to(ctx: &Ctx<'_>, target: &Target, out: &mut Vec<Wish>) {
    let Item::Annotation(id) = target.item else { return };
    if ctx.session.focus().article.as_ref() != Some(&target.article) {
        run(out, Command::Article(OfArticles::Open(target.article.clone())));
    }
    run(out, Command::Select(Select::Pick(MarkRef::Id(id))));
}
