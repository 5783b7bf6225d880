//! The chosen relation's card: its roles, its attributes, its note, and what is wrong with it.
//!
//! It stands in the card’s place while a relation is chosen in the table or by the dots of a role. What makes it
//! complete is `query::faults`’ matter; here it is only worded.

use std::sync::Arc;

use egui::{Align, Id, Layout, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2};

use super::{
    attributes::answers_ui,
    drafts::{Rows, Writing},
    roles::Group,
    state::{InspectorOutput, InspectorPanel, WholeRelation},
};
use crate::{
    command::{Command, RelationRef, relate::Relate},
    model::{ArticleId, Item, Relation, RelationId, RelationKind, Target},
    ui::{
        context::Ctx,
        kit::{
            button::cross,
            field::{self, Wanted},
            glyph,
            segmented::Fill,
            words,
        },
        panel::{related, run, wording},
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// Draws the card. Roles and answers are left out where the codebook does not know the kind: only the heading with
/// its cross and the faults are shown then.
pub fn relation_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    found: &(RelationId, Arc<Relation>),
    output: &mut InspectorOutput,
    out: &mut Vec<Wish>,
) {
    let (id, relation) = found;
    let kind = ctx.codebook().relation(&relation.kind);
    heading(ui, ctx, *id, relation, kind, out);
    faults_ui(ui, ctx, &related::faults(ctx, *id, relation));
    let (Some(kind), Some(first)) = (kind, relation.members.first()) else { return };
    output.whole = WholeRelation::Shown;
    let Some(article) = ctx.session.focus().article.clone() else { return };
    let target = Target { article, item: Item::Relation(*id) };
    let group = Group { kind, origin: &first.target, found: Some(found) };
    for role in &kind.roles {
        group.role_ui(ui, ctx, role, output, out);
    }
    answers_ui(ui, ctx, panel, &target, (&kind.attributes, &relation.attributes), Fill::Quiet, out);
    note(ui, ctx, panel, (*id, relation), &target.article, out);
    if let Some(origin) = wording::origin(&relation.origin) {
        words::paragraph_ui(ui, &origin, fonts::plain(size::SMALL), ctx.tokens.soft_ink);
    }
}

/// The name of the kind, its description as a tooltip, and the cross that removes the relation.
fn heading(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    id: RelationId,
    relation: &Relation,
    kind: Option<&RelationKind>,
    out: &mut Vec<Wish>,
) {
    let name = related::kind_name(ctx, relation);
    ui.horizontal(|ui| {
        ui.set_height(size::BADGE + space::XS);
        let response = words::line_ui(ui, Role::Heading, name, fonts::strong(size::HEADING), ctx.tokens.ink);
        if let Some(kind) = kind.filter(|kind| !kind.description.is_empty()) {
            words::hint(response, &wording::plain(&kind.description));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = tr!("Remove the relation {what}", what = name);
            if cross(ui, ctx.tokens, &name).clicked() {
                run(out, Command::Relate(Relate::Remove(id.into())));
            }
        });
    });
}

/// A line with a warning sign for each thing that is missing or breaks a rule; over at most three lines.
fn faults_ui(ui: &mut Ui, ctx: &Ctx<'_>, faults: &[String]) {
    for fault in faults {
        let left = size::BADGE + space::XS;
        let look = (fonts::plain(size::TEXT), ctx.tokens.warning);
        let galley = words::wrapped(ui.painter(), fault, look, ui.available_width() - left, (3, size::ROW - space::XS));
        let height = galley.size().y;
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, fault));
        let center = pos2(rect.left() + size::BADGE / 2.0, rect.top() + (size::ROW - space::XS) / 2.0);
        glyph::paint_warning(ui.painter(), center, ctx.tokens.warning);
        galley.paint(ui.painter(), pos2(rect.left() + left, rect.top()));
    }
}

/// The note on the relation, which the open article is named with, since a relation across articles is reached from
/// each of them.
fn note(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    (id, relation): (RelationId, &Relation),
    article: &ArticleId,
    out: &mut Vec<Wish>,
) {
    let (name, hint) = (tr("Note on the relation"), tr("Why the two belong together"));
    field::field_row(ui, ctx.tokens, (&tr("Note"), ""), Wanted::No, |ui| {
        let command = |text: &str| {
            let relation = RelationRef::In { article: article.clone(), relation: id };
            Command::Relate(Relate::Note { relation, note: text.to_owned() })
        };
        let writing = Writing {
            field: Id::unique(("relation note", id.0.as_u64())),
            name: &name,
            hint: &hint,
            rows: Rows::Several,
            now: &relation.note,
            command: &command,
        };
        panel.drafts.write_ui(ui, &writing, out);
    });
}
