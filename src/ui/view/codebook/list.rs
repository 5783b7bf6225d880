//! The left side of the codebook: everything it has, by kind, and fields to add more.
//!
//! It reads the codebook as it is, not the draft, so that a name appears here once its field is left.

use egui::{RichText, ScrollArea, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

use super::{
    parts::{Pending, free_id},
    relation::new_relation,
};
use crate::{
    command::{codebook::CodebookCommand, codebook_row::RowId},
    model::{AttributeId, Codebook, Label, Question},
    ui::{
        kit::{
            badge::paint_badge,
            form::{self, Form},
            keycap::Keycap,
            list::{Ground, paint_ground},
            words::{elided, paragraph_ui},
        },
        theme::{Tokens, fonts, size, space},
        words::tr,
    },
};

/// What was done in the list in this frame.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// The row that was clicked, or has just been added.
    pub picked: Option<RowId>,
    /// The command that adds a row.
    pub command: Option<CodebookCommand>,
}

/// Draws the list; `picked` is the row whose form is shown.
pub(super) fn list_ui(
    ui: &mut Ui,
    tokens: &Tokens,
    codebook: &Codebook,
    pending: &mut Pending,
    picked: &RowId,
) -> Listed {
    paragraph_ui(ui, &codebook.name, fonts::serif_strong(size::LEAD), tokens.ink);
    let version = tr!("Version {n}", n = &codebook.version.to_string());
    ui.label(RichText::new(version).font(fonts::plain(size::SMALL)).color(tokens.soft_ink));
    let rows = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut list = List { tokens, picked, pending, listed: Listed::default() };
        list.labels_ui(ui, codebook);
        list.relations_ui(ui, codebook);
        list.questions_ui(ui, codebook);
        ui.add_space(space::L);
        list.row_ui(ui, Line { name: &tr("Targets"), label: None }, RowId::Targets);
        list.row_ui(ui, Line { name: &tr("Name and guidelines"), label: None }, RowId::About);
        list.listed
    };
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, rows).inner
}

/// The list while it is drawn.
struct List<'l> {
    tokens: &'l Tokens,
    picked: &'l RowId,
    pending: &'l mut Pending,
    listed: Listed,
}

impl List<'_> {
    /// The labels, in the codebook’s order, which is that of their chips.
    fn labels_ui(&mut self, ui: &mut Ui, codebook: &Codebook) {
        group(ui, self.tokens, "Labels", codebook.labels.len());
        for label in &codebook.labels {
            self.row_ui(ui, Line { name: &label.name, label: Some(label) }, RowId::Label(label.id.clone()));
        }
        let name = self.adder_ui(ui, "Add a label…", "Name of a new label");
        if let Some(label) = name.and_then(|name| codebook.new_label(&name)) {
            self.add(RowId::Label(label.id.clone()), CodebookCommand::PutLabel(Box::new(label)));
        }
    }

    /// The kinds of relation.
    fn relations_ui(&mut self, ui: &mut Ui, codebook: &Codebook) {
        group(ui, self.tokens, "Relations", codebook.relations.len());
        for kind in &codebook.relations {
            self.row_ui(ui, Line { name: &kind.name, label: None }, RowId::Relation(kind.id.clone()));
        }
        let name = self.adder_ui(ui, "Add a relation…", "Name of a new relation");
        if let Some(kind) = name.and_then(|name| new_relation(codebook, &name)) {
            self.add(RowId::Relation(kind.id.clone()), CodebookCommand::PutRelation(Box::new(kind)));
        }
    }

    /// The questions asked of an article.
    fn questions_ui(&mut self, ui: &mut Ui, codebook: &Codebook) {
        group(ui, self.tokens, "Questions about the article", codebook.questions.len());
        for question in &codebook.questions {
            let attribute = &question.attribute;
            self.row_ui(ui, Line { name: &attribute.name, label: None }, RowId::Question(attribute.id.clone()));
        }
        let name = self.adder_ui(ui, "Add a question…", "Name of a new question");
        if let Some(question) = name.and_then(|name| new_question(codebook, name)) {
            self.add(RowId::Question(question.attribute.id.clone()), CodebookCommand::PutQuestion(Box::new(question)));
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, line: Line<'_>, is: RowId) {
        if row_ui(ui, self.tokens, line, *self.picked == is).clicked() {
            self.listed.picked = Some(is);
        }
    }

    /// A field to add something; gives its name once it is confirmed.
    fn adder_ui(&mut self, ui: &mut Ui, text: &str, name: &'static str) -> Option<String> {
        self.pending.folded_adder(ui, &Form::standing(self.tokens), text, name)
    }

    /// What was added is picked.
    fn add(&mut self, row: RowId, command: CodebookCommand) {
        self.listed = Listed { picked: Some(row), command: Some(command) };
    }
}

/// A question of this name; `None` where no id is left for it.
fn new_question(codebook: &Codebook, name: String) -> Option<Question> {
    let id = free_id(&name, AttributeId::new, |id| codebook.question(id).is_some())?;
    Some(Question { attribute: super::attribute::new_attribute(id, name), for_each_target: false })
}

/// A heading with the number of rows below it.
fn group(ui: &mut Ui, tokens: &Tokens, name: &str, count: usize) {
    ui.add_space(space::L);
    form::caption(ui, tokens, &format!("{} · {count}", tr(name)));
}

/// What a row shows.
#[derive(Clone, Copy)]
struct Line<'l> {
    name: &'l str,
    /// Whose badge and key are shown, for rows of labels.
    label: Option<&'l Label>,
}

fn row_ui(ui: &mut Ui, tokens: &Tokens, line: Line<'_>, is_picked: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::FORM_ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_picked, line.name));
    paint_ground(ui, tokens, rect, &response, if is_picked { Ground::Raised } else { Ground::Plain });
    let mut left = rect.left() + space::S;
    let mut right = rect.right() - space::S;
    if let Some(label) = line.label {
        let center = pos2(left + size::BADGE / 2.0, rect.center().y);
        paint_badge(ui.painter(), center, &label.initials, tokens.label(label.color));
        left += size::BADGE + space::S;
        if let Some(key) = label.key {
            let cap = Keycap::new(ui.painter(), tokens, &key.to_string());
            right -= cap.size().x;
            cap.paint(ui.painter(), tokens, pos2(right, rect.center().y));
        }
    }
    let font = if is_picked { fonts::strong(size::TEXT) } else { fonts::plain(size::TEXT) };
    let name = elided(ui.painter(), line.name, font, tokens.ink, right - left - space::S);
    name.paint_middle_left(ui.painter(), pos2(left, rect.center().y));
    response
}
