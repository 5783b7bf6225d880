//! What a codebook asks: a row for each attribute, with what answers it.
//!
//! It shows and asks; whether an answer is allowed is judged by the command. The same rows serve marks, relations and
//! the questions asked of an article: [`Asked::set`] makes the command that differs.

use egui::{Id, Key, Ui, Vec2};

use super::{
    drafts::{Drafts, Rows, Writing},
    state::InspectorPanel,
};
use crate::{
    command::{
        Command, RelationRef,
        answer_keys::{AnswerKeys, chosen},
        mark::Mark,
        relate::Relate,
    },
    model::{Attribute, AttributeId, AttributeKind, Attributes, Item, Number, Target, Value},
    ui::{
        context::Ctx,
        kit::{
            button::{Chosen, quiet},
            field::{self, Wanted},
            keycap::Keycap,
            segmented::{self, Among, Choice, Fill},
        },
        panel::{run, wording},
        theme::{size, space},
        wish::Wish,
        words::{phrase, tr},
    },
};

/// A row: an attribute, its answer so far, and how another answer becomes a command.
pub struct Asked<'a> {
    /// What stands at the left of the row: the attribute’s own name, or the target it is asked about.
    pub name: &'a str,
    /// The question.
    pub attribute: &'a Attribute,
    /// The answer so far; `None` where none was given, which the row shows as missing where the attribute is
    /// required.
    pub value: Option<&'a Value>,
    /// The id of the row’s control, the same from frame to frame: focus and what is being written hang on it.
    pub field: Id,
    /// How a chosen answer stands out: in the colour of the label that is asked about.
    pub fill: Fill,
    /// The single key that gives a choice, counted from 0; `None` while answers are not given by keys. For a text
    /// field, 0 stands for the field.
    pub key: &'a dyn Fn(usize) -> Option<char>,
    /// The command that gives this answer, or takes the answer away with `None`. It names what it is an answer about,
    /// so that it stays right whatever is picked by the time it runs.
    pub set: &'a dyn Fn(Option<Value>) -> Command,
}

/// The rows for a mark or a relation: what its label or kind asks, without those whose condition does not hold
/// (`Attribute::is_shown`).
///
/// Keys of the choices are shown only while the answers to this very item are given by keys.
pub(super) fn answers_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut InspectorPanel,
    target: &Target,
    (asked, answers): (&[Attribute], &Attributes),
    fill: Fill,
    out: &mut Vec<Wish>,
) {
    let keys =
        if panel.answering == Some(target.item) { AnswerKeys::of(asked, answers) } else { AnswerKeys::default() };
    for (at, attribute) in asked.iter().enumerate().filter(|(_, a)| a.is_shown(answers)) {
        let asked = Asked {
            name: &attribute.name,
            attribute,
            value: answers.get(&attribute.id),
            field: field_of(target.item, &attribute.id),
            fill,
            key: &|choice| keys.of_choice(at, choice),
            set: &|value| set(target, &attribute.id, value),
        };
        attribute_ui(ui, ctx, &mut panel.drafts, &asked, out);
    }
}

/// The id of the control for an attribute of a mark or relation; `take_key` uses it to bring the focus there.
pub(super) fn field_of(item: Item, attribute: &AttributeId) -> Id {
    Id::unique(("attribute", item, attribute.as_str()))
}

/// The command that answers an attribute of a mark or relation.
pub(super) fn set(target: &Target, attribute: &AttributeId, value: Option<Value>) -> Command {
    let attribute = attribute.clone();
    match target.item {
        Item::Annotation(_) => Command::Mark(Mark::Set { attribute, value }, target.clone().into()),
        Item::Relation(relation) => {
            let relation = RelationRef::In { article: target.article.clone(), relation };
            Command::Relate(Relate::Set { relation, attribute, value })
        }
    }
}

/// One row. A required attribute without an answer is marked by a star, by colour, and by “Missing” in its tooltip.
pub fn attribute_ui(ui: &mut Ui, ctx: &Ctx<'_>, drafts: &mut Drafts, asked: &Asked<'_>, out: &mut Vec<Wish>) {
    let missing = asked.attribute.required && asked.value.is_none();
    let wanted = if missing { Wanted::Missing } else { Wanted::No };
    let name = if missing { format!("{} *", asked.name) } else { asked.name.to_owned() };
    let description = wording::plain(&asked.attribute.description);
    let hint = if missing { format!("{}\n{description}", tr("Missing")) } else { description };
    field::field_row(ui, ctx.tokens, (&name, hint.trim()), wanted, |ui| answer_ui(ui, ctx, drafts, asked, out));
}

/// The control that fits the kind of attribute: segments for choices, a field for text, numbers and targets.
fn answer_ui(ui: &mut Ui, ctx: &Ctx<'_>, drafts: &mut Drafts, asked: &Asked<'_>, out: &mut Vec<Wish>) {
    match &asked.attribute.kind {
        AttributeKind::Choice(choices) => {
            let names: Vec<&str> = choices.iter().map(|c| c.name.as_str()).collect();
            let held = |at: usize| matches!(asked.value, Some(Value::Choice(id)) if *id == choices[at].id);
            choose(ui, ctx, asked, Among::One, &names, &held, out);
        }
        AttributeKind::Choices(choices) => {
            let names: Vec<&str> = choices.iter().map(|c| c.name.as_str()).collect();
            let held = |at: usize| matches!(asked.value, Some(Value::Choices(ids)) if ids.contains(&choices[at].id));
            choose(ui, ctx, asked, Among::Several, &names, &held, out);
        }
        AttributeKind::YesNo => {
            let (yes, no) = (tr("Yes"), tr("No"));
            let held = |at: usize| asked.value == Some(&Value::YesNo(at == 0));
            choose(ui, ctx, asked, Among::One, &[&yes, &no], &held, out);
        }
        AttributeKind::Number { .. } => write(ui, ctx, drafts, asked, &number, out),
        AttributeKind::Text => write(ui, ctx, drafts, asked, &|text| Value::Text(text.to_owned()), out),
        AttributeKind::Target => target(ui, ctx, drafts, asked, out),
    }
}

/// Choices as segments. A click on the chosen one of `Among::One` takes the answer away (`command::chosen`).
fn choose(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    asked: &Asked<'_>,
    among: Among,
    names: &[&str],
    held: &dyn Fn(usize) -> bool,
    out: &mut Vec<Wish>,
) {
    let whole: Vec<String> = names.iter().map(|n| format!("{}: {n}", asked.name)).collect();
    let choices: Vec<Choice<'_>> = (0..names.len())
        .map(|at| Choice { name: &whole[at], text: names[at], state: Chosen::from(held(at)), key: (asked.key)(at) })
        .collect();
    let clicked = segmented::filled_choices_ui(ui, ctx.tokens, asked.field, (among, asked.fill), &choices);
    if let Some(value) = clicked.and_then(|at| chosen(asked.attribute, asked.value, at)) {
        run(out, (asked.set)(value));
    }
}

/// Reads a number, with a comma or a point before the decimals. Anything else stays a text, so that the command
/// refuses it and says what is expected.
fn number(text: &str) -> Value {
    let read = text.replace(',', ".").parse().ok().and_then(Number::new);
    read.map_or_else(|| Value::Text(text.to_owned()), Value::Number)
}

/// A field of one line, committed when it is left. An empty field means no answer.
fn write(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    drafts: &mut Drafts,
    asked: &Asked<'_>,
    value: &dyn Fn(&str) -> Value,
    out: &mut Vec<Wish>,
) {
    let now = asked.value.map(Value::plain).unwrap_or_default();
    let command = |text: &str| (asked.set)((!text.is_empty()).then(|| value(text)));
    let hint = match asked.attribute.kind {
        AttributeKind::Number { .. } => phrase(&asked.attribute.expects()),
        _ => String::new(),
    };
    let writing =
        Writing { field: asked.field, name: asked.name, hint: &hint, rows: Rows::One, now: &now, command: &command };
    let response = drafts.write_ui(ui, &writing, out);
    if let (Some(key), false) = ((asked.key)(0), response.has_focus()) {
        let cap = Keycap::new(ui.painter(), ctx.tokens, &key.to_string());
        let left = response.rect.right_center() - Vec2::new(cap.size().x + space::XS, 0.0);
        cap.paint(ui.painter(), ctx.tokens, left);
    }
}

/// At most so many targets are offered below the field.
const COMPLETIONS: usize = 5;

/// A text with completions from the codebook’s targets below it while it is written. Down puts the next one into the
/// field, a click takes one at once; other texts are allowed too.
fn target(ui: &mut Ui, ctx: &Ctx<'_>, drafts: &mut Drafts, asked: &Asked<'_>, out: &mut Vec<Wish>) {
    let set = |text: &str| (asked.set)((!text.is_empty()).then(|| Value::Text(text.to_owned())));
    let is_writing = ui.memory(|m| m.has_focus(asked.field));
    let next = is_writing && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, Key::ArrowDown));
    let written = drafts.text_of(asked.field).unwrap_or_default().to_owned();
    let offered = completions(&ctx.codebook().targets, &written);
    if let (true, Some(text)) = (next, after(&offered, &written)) {
        drafts.replace(text, set(text));
    }
    write(ui, ctx, drafts, asked, &|text| Value::Text(text.to_owned()), out);
    if !is_writing || offered.is_empty() {
        return;
    }
    let top = ui.cursor().min;
    for text in offered.iter().take(COMPLETIONS) {
        let response = quiet(ui, ctx.tokens, text, text, Chosen::from(*text == written));
        let pressed = ui.input(|i| i.pointer.any_pressed()) && response.contains_pointer();
        if pressed || response.clicked() {
            drafts.forget();
            ui.memory_mut(|m| m.surrender_focus(asked.field));
            run(out, set(text));
            return;
        }
    }
    let (_, end) = ui.allocate_space(Vec2::new(0.0, 0.0));
    drafts.spare(Some(egui::Rect::from_min_max(top, egui::pos2(top.x + size::INSPECTOR, end.bottom()))));
}

/// Targets that hold what is written, in any case, those that begin with it first; all of them where one is written
/// out, so that Down goes on to the next.
fn completions<'a>(targets: &'a [String], written: &str) -> Vec<&'a str> {
    let wanted = written.trim().to_lowercase();
    let all = targets.iter().map(String::as_str);
    if targets.iter().any(|t| t.to_lowercase() == wanted) {
        return all.collect();
    }
    let mut found: Vec<&str> = all.filter(|t| t.to_lowercase().contains(&wanted)).collect();
    found.sort_by_key(|t| !t.to_lowercase().starts_with(&wanted));
    found
}

/// The target that Down leads to: the one after what is written, or the first.
fn after<'a>(offered: &[&'a str], written: &str) -> Option<&'a str> {
    let here = offered.iter().position(|t| *t == written);
    offered.get(here.map_or(0, |at| (at + 1) % offered.len())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_completed_from_their_beginning_first() {
        let targets = ["the harbour toll".to_owned(), "toll cameras".to_owned(), "the mayor".to_owned()];
        assert_eq!(completions(&targets, "toll"), ["toll cameras", "the harbour toll"]);
        assert_eq!(completions(&targets, "The mayor").len(), 3);
        assert_eq!(after(&["a", "b"], "a"), Some("b"));
        assert_eq!(after(&["a", "b"], "x"), Some("a"));
        assert_eq!(after(&[], "x"), None);
    }

    #[test]
    fn a_number_is_read_with_either_point() {
        assert_eq!(number("2,5"), Value::Number(Number::new(2.5).unwrap()));
        assert_eq!(number("two"), Value::Text("two".to_owned()));
    }
}
