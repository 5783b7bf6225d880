//! What is picked or chosen and what is said of it; the article's own card where nothing is.
//!
//! One card is shown, the first of: the chosen relation, the picked mark, the open article. `drafts` holds what is
//! being written, `attributes` the rows of answers that all three have. The card runs commands; where it wants
//! something of the view around it (go to a mark, fill a role), it says so in [`InspectorOutput`].

mod article;
mod attributes;
mod drafts;
mod mark;
mod relation;
mod roles;
mod state;

use std::{collections::BTreeSet, sync::Arc};

use egui::{CornerRadius, Frame, Margin, ScrollArea, Ui, Vec2};

pub use state::{InspectorOutput, InspectorPanel};

use super::run;
use crate::{
    command::{
        Command, Scene,
        answer_keys::{AnswerKeys, chosen},
    },
    model::{AnnotatorId, Attribute, Attributes, Item, RelationId, Target},
    ui::{
        context::Ctx,
        theme::{size, space},
        wish::Wish,
    },
};

/// The card takes at most so much of the height; the list of marks below it has the rest.
const SHARE: f32 = 0.5;
/// What the list below always keeps: its heads, and eight rows. In points.
const BELOW: f32 = 8.0 * size::ROW + 128.0;
/// Of the card, however low the window is, in points.
const LEAST: f32 = 120.0;

/// Draws the card, and gives what it asks of the view.
///
/// `chosen` is the relation whose card is wanted, from the annotator’s own layer; `shown` are the annotators whose
/// marks the page shows.
pub fn inspector_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    (chosen, shown): (Option<RelationId>, &BTreeSet<AnnotatorId>),
    out: &mut Vec<Wish>,
) -> InspectorOutput {
    let mut output = InspectorOutput::default();
    let scene = ctx.session.scene();
    let all = ui.available_height();
    let height = (all * SHARE).min(all - BELOW).max(LEAST);
    let frame = Frame::NONE
        .fill(ctx.tokens.card)
        .stroke(ctx.tokens.edge())
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::same(14));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        // What the card does not show at once is not to be missed: its bar is seen without the pointer.
        ui.spacing_mut().scroll.dormant_handle_opacity = 0.6;
        ui.spacing_mut().scroll.floating_allocated_width = space::S;
        let scroll = ScrollArea::vertical().id_salt("card").max_height(height).auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(space::S);
            let chosen = chosen.and_then(|id| Some((id, Arc::clone(scene.relations()?.get(id)?))));
            if let Some(found) = &chosen {
                relation::relation_ui(ui, ctx, panel, found, &mut output, out);
                return;
            }
            match (scene.picked(), scene.focus.article.as_ref()) {
                (Ok((id, annotation)), _) => mark::mark_ui(ui, ctx, panel, (id, annotation), &mut output, out),
                (Err(_), Some(id)) => {
                    if let Some(article) = scene.project.article(id) {
                        article::article_ui(ui, ctx, panel, shown, (id, article), out);
                    }
                }
                (Err(_), None) => {}
            }
        });
    });
    if let Some(field) = panel.wanted.take() {
        ui.memory_mut(|m| m.request_focus(field));
        ui.request_repaint();
    }
    output
}

impl InspectorPanel {
    /// From now on single keys answer what is asked of this mark or relation; with `None` no longer.
    pub fn answer(&mut self, item: Option<Item>) {
        self.answering = item;
    }

    /// Keys mean again what they mean on the page.
    pub fn stop_answering(&mut self) {
        self.answering = None;
    }

    /// Ends the answering where the card has come to be of another item than the one it was for. Says whether answers
    /// are still given by keys.
    pub fn goes_on_answering(&mut self, card: Option<Item>) -> bool {
        self.answering.take_if(|item| Some(*item) != card);
        self.answering.is_some()
    }

    /// Gives the answer a key stands for; for a text or number, brings the focus to its field in the next frame.
    /// [`Taken::No`] for a key that means nothing here, which is then free for the page.
    pub fn take_key(&mut self, key: char, scene: &Scene<'_>, out: &mut Vec<Wish>) -> Taken {
        let item = self.answering.zip(scene.focus.article.clone());
        let target = item.map(|(item, article)| Target { article, item });
        let asked = target.and_then(|target| Some((asked_of(target.item, scene)?, target)));
        let Some(((asked, answers), target)) = asked else { return Taken::No };
        let Some((attribute, choice)) = AnswerKeys::of(asked, answers).meaning(key) else { return Taken::No };
        let attribute = &asked[attribute];
        match chosen(attribute, answers.get(&attribute.id), choice) {
            Some(value) => run(out, attributes::set(&target, &attribute.id, value)),
            None => self.wanted = Some(attributes::field_of(target.item, &attribute.id)),
        }
        Taken::Yes
    }

    /// Brings the focus to the picked mark’s note in the next frame; does nothing where no mark is picked.
    pub fn write_note(&mut self, scene: &Scene<'_>) {
        self.wanted = scene.picked().ok().map(|(id, _)| mark::note_field(id));
    }

    /// The command for what is being written, as when the window closes; `None` where nothing is.
    pub fn end_writing(&mut self) -> Option<Command> {
        self.drafts.end()
    }
}

/// What the codebook asks of a mark or a relation, and what has been answered; `None` where the item or its label is
/// gone.
fn asked_of<'a>(item: Item, scene: &Scene<'a>) -> Option<(&'a [Attribute], &'a Attributes)> {
    match item {
        Item::Annotation(id) => {
            let annotation = scene.layer()?.annotation(id)?;
            Some((&scene.codebook().label(&annotation.label)?.attributes, &annotation.attributes))
        }
        Item::Relation(id) => {
            let relation = scene.relations()?.get(id)?;
            Some((&scene.codebook().relation(&relation.kind)?.attributes, &relation.attributes))
        }
    }
}

/// Whether a key meant something here, so that nobody else takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    No,
    Yes,
}
