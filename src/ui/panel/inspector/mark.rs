//! The picked mark's card: what it says, and everything that is said of it.
//!
//! From top to bottom: label, words, answers, relations, note, flags, origin. Every command names the mark by its id,
//! so that it cannot land on another one that is picked meanwhile.

use egui::{Id, Sense, Ui, Vec2, WidgetInfo, accesskit::Role};

use super::{
    attributes::answers_ui,
    drafts::{Rows, Writing},
    roles,
    state::{Definition, InspectorOutput, InspectorPanel},
};
use crate::{
    command::{Command, mark::Mark},
    model::{Annotation, AnnotationId, Flag, Label, Target},
    text::Text,
    ui::{
        context::Ctx,
        kit::{
            badge,
            button::{Chosen, quiet},
            field::{self, Wanted},
            keycap::Keycap,
            segmented::{self, Among, Choice, Fill},
            words,
        },
        panel::{definition::definition_ui, run, wording},
        theme::{fonts, size, space},
        wish::Wish,
        words::tr,
    },
};

/// At most so many lines of the mark’s words; more end in “…”.
const LINES: usize = 3;

/// The id of a mark’s note field, by which the command *Note* brings the focus there.
pub fn note_field(id: AnnotationId) -> Id {
    Id::unique(("note", id.0.as_u64()))
}

/// Draws the card. Nothing without the article’s text, which is read when the article is opened.
pub fn mark_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    (id, annotation): (AnnotationId, &Annotation),
    output: &mut InspectorOutput,
    out: &mut Vec<Wish>,
) {
    let Some((text, target)) = ctx.session.scene().text().ok().zip(ctx.session.scene().picked_target()) else { return };
    let label = ctx.codebook().label(&annotation.label);
    heading(ui, ctx, annotation, label);
    quoted(ui, ctx, text, annotation);
    if let Some(label) = label {
        let fill = Fill::Label(ctx.tokens.label(label.color));
        answers_ui(ui, ctx, panel, &target, (&label.attributes, &annotation.attributes), fill, out);
    }
    roles::roles_ui(ui, ctx, panel, (&target, annotation), output, out);
    note(ui, ctx, panel, (id, annotation), &target, out);
    flags(ui, ctx, (id, annotation), &target, out);
    origin(ui, ctx, annotation);
    if let Some(label) = label.filter(|label| is_defined(label)) {
        defined(ui, ctx, panel, label);
    }
}

fn is_defined(label: &Label) -> bool {
    !label.description.is_empty() || !label.examples.is_empty()
}

/// What the label means, where one wants to see it.
fn defined(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut InspectorPanel, label: &Label) {
    let (name, text) = (tr("Definition"), tr!("What does {label} mean?", label = &label.name));
    if quiet(ui, ctx.tokens, &name, &text, Chosen::from(panel.defines == Definition::Shown)).clicked() {
        panel.defines = panel.defines.other();
    }
    if panel.defines == Definition::Shown {
        definition_ui(ui, ctx.tokens, label);
    }
}

fn heading(ui: &mut Ui, ctx: &Ctx<'_>, annotation: &Annotation, label: Option<&Label>) {
    ui.horizontal(|ui| {
        ui.set_height(size::BADGE + space::XS);
        if let Some(label) = label {
            badge::badge(ui, &label.initials, ctx.tokens.label(label.color));
        }
        let name = label.map_or(annotation.label.as_str(), |l| l.name.as_str());
        let response = words::line_ui(ui, Role::Heading, name, fonts::strong(size::HEADING), ctx.tokens.ink);
        let middle = response.rect.center().y;
        if let Some(label) = label.filter(|label| is_defined(label)) {
            response.on_hover_ui(|ui| {
                ui.set_max_width(size::INSPECTOR);
                definition_ui(ui, ctx.tokens, label);
            });
        }
        let fragments = annotation.fragments.count();
        if fragments > 1 {
            let text = tr!("{n} fragment|{n} fragments", n = fragments);
            let cap = Keycap::new(ui.painter(), ctx.tokens, &text);
            let left = ui.max_rect().right() - cap.size().x;
            cap.paint(ui.painter(), ctx.tokens, egui::pos2(left, middle));
        }
    });
}

/// The words of the mark, fragments parted by “…”.
fn quoted(ui: &mut Ui, ctx: &Ctx<'_>, text: &Text, annotation: &Annotation) {
    let shown = wording::words_of(text, annotation);
    let look = (fonts::serif_italic(size::QUOTED), ctx.tokens.ink);
    let galley = words::wrapped(ui.painter(), &shown, look, ui.available_width(), (LINES, size::QUOTED_LINE));
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), galley.size().y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &shown));
    galley.paint(ui.painter(), rect.min);
}

/// The note, in a field of several lines; Ctrl+Enter, or leaving it, writes it down.
fn note(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    (id, annotation): (AnnotationId, &Annotation),
    target: &Target,
    out: &mut Vec<Wish>,
) {
    let (name, hint) = (tr("Note"), tr("Press m to write one"));
    field::field_row(ui, ctx.tokens, (&name, ""), Wanted::No, |ui| {
        let command = |text: &str| Command::Mark(Mark::Note(text.to_owned()), target.clone().into());
        let writing = Writing {
            field: note_field(id),
            name: &name,
            hint: &hint,
            rows: Rows::Several,
            now: &annotation.note,
            command: &command,
        };
        panel.drafts.write_ui(ui, &writing, out);
    });
}

/// *Flag* and *Question*, of which a mark has at most one; a click on the one that is set takes it away.
fn flags(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    (id, annotation): (AnnotationId, &Annotation),
    target: &Target,
    out: &mut Vec<Wish>,
) {
    let name = tr("Review");
    field::field_row(ui, ctx.tokens, (&name, ""), Wanted::No, |ui| {
        let (flag, question) = (tr("Flag"), tr("Question"));
        let held = |f: Flag| Chosen::from(annotation.flag == Some(f));
        let choices = [
            Choice { name: &flag, text: &flag, state: held(Flag::Flag), key: None },
            Choice { name: &question, text: &question, state: held(Flag::Question), key: None },
        ];
        let field = Id::unique(("flag", id.0.as_u64()));
        let clicked = segmented::choices_ui(ui, ctx.tokens, field, Among::One, &choices);
        if let Some(at) = clicked {
            let flag = if at == 0 { Flag::Flag } else { Flag::Question };
            let flag = (annotation.flag != Some(flag)).then_some(flag);
            run(out, Command::Mark(Mark::Flag(flag), target.clone().into()));
        }
    });
}

/// Where the mark comes from (import, suggestion, adjudication) and how sure its annotator is, in per cent; nothing
/// for a mark made by hand without such a number.
fn origin(ui: &mut Ui, ctx: &Ctx<'_>, annotation: &Annotation) {
    let origin = wording::origin(&annotation.origin);
    let confidence = annotation.confidence.map(|n| tr!("{n} % sure", n = &n.to_string()));
    let says = wording::dotted([origin.as_deref().unwrap_or_default(), confidence.as_deref().unwrap_or_default()]);
    if !says.is_empty() {
        words::paragraph_ui(ui, &says, fonts::plain(size::SMALL), ctx.tokens.soft_ink);
    }
}
