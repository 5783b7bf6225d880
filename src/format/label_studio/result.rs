//! What stands in a task's JSON: its text, who annotated, and what each result says, whatever form it has.

use serde_json::{Map, Value as Json};

use super::super::units::Claimed;
use crate::model::{Attribute, AttributeKind, ChoiceId, Label, Number, Value};

/// A text as the offsets of its regions are of it.
pub struct Body {
    pub text: String,
    /// Of a dialogue, where the words of each turn begin, in UTF-16 units.
    pub turns: Vec<usize>,
}

/// A line for each turn: who speaks, and the words.
pub fn dialogue(turns: &[Json]) -> Body {
    let mut body = Body { text: String::new(), turns: Vec::new() };
    for turn in turns {
        let field = |name: &str| turn.get(name).and_then(Json::as_str).unwrap_or_default();
        let author = field("author").trim_end_matches(':');
        if !author.is_empty() {
            body.text.push_str(&format!("{author}: "));
        }
        body.turns.push(body.text.encode_utf16().count());
        body.text.push_str(field("text"));
        body.text.push('\n');
    }
    body
}

pub fn listed<'m>(object: &'m Map<String, Json>, key: &str) -> impl Iterator<Item = &'m Map<String, Json>> {
    list(object, key).iter().filter_map(Json::as_object)
}

pub fn list<'m>(object: &'m Map<String, Json>, key: &str) -> &'m [Json] {
    object.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

pub fn string(object: &Map<String, Json>, key: &str) -> Option<String> {
    match object.get(key)? {
        Json::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Who annotated: the name that Pressmark writes, else whoever completed it, or the model of a prediction.
pub fn annotator(annotation: &Map<String, Json>, is_guessed: bool) -> Option<String> {
    if is_guessed {
        return Some(string(annotation, "model_version").unwrap_or_else(|| "model".to_owned()));
    }
    let own = string(annotation, "annotator").or_else(|| string(annotation, "completed_by"));
    own.or_else(|| {
        let who = annotation.get("completed_by")?.as_object()?;
        let names = [string(who, "first_name"), string(who, "last_name")].into_iter().flatten().collect::<Vec<_>>();
        (!names.is_empty()).then(|| names.join(" ")).or_else(|| string(who, "email")).or_else(|| string(who, "id"))
    })
}

/// The results of JSON-MIN: each control is a key with the values of its regions.
pub fn flat(task: &Map<String, Json>) -> Vec<Json> {
    let mut rows = Vec::new();
    for (control, values) in task {
        for value in values.as_array().into_iter().flatten().filter_map(Json::as_object) {
            let kind = value.keys().find(|key| value[*key].is_array()).cloned();
            if let (Some(kind), true) = (kind, value.contains_key("start")) {
                let id = format!("{control} {}", rows.len());
                rows.push(serde_json::json!({ "id": id, "from_name": control, "type": kind, "value": value }));
            }
        }
    }
    rows
}

/// The range of a region; `None` for what is no region.
pub fn claimed(row: &Json, turns: &[usize]) -> Option<Claimed> {
    let value = row.get("value")?;
    let number = |key: &str| {
        let value = value.get(key)?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok()).and_then(|n| usize::try_from(n).ok())
    };
    let (start, end) = (number("start")?, number("end")?);
    let words = value.get("text").and_then(Json::as_str).map(str::to_owned);
    match turns {
        [] => Some(Claimed { start, end, words }),
        _ => {
            let at = |turn: usize, offset: &str| Some(turns.get(turn)? + number(offset)?);
            Some(Claimed { start: at(start, "startOffset")?, end: at(end, "endOffset")?, words: None })
        }
    }
}

/// What a result says of each of its labels or choices.
pub fn values(row: &Json) -> Vec<String> {
    let kind = row.get("type").and_then(Json::as_str).unwrap_or_default();
    let given = row.get("value").and_then(|value| value.get(if kind == "textarea" { "text" } else { kind }));
    let word = |value: &Json| match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        // A place in a taxonomy is the way to it.
        Json::Array(way) => Some(way.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(" / ")),
        _ => None,
    };
    match given {
        Some(Json::Array(all)) => all.iter().filter_map(word).collect(),
        Some(one) => word(one).into_iter().collect(),
        None => Vec::new(),
    }
}

pub fn field<'r>(row: &'r Json, key: &str) -> &'r str {
    row.get(key).and_then(Json::as_str).unwrap_or_default()
}

pub fn is_labels(row: &Json) -> bool {
    field(row, "type").ends_with("labels")
}

pub fn part_of(row: &Json) -> Option<&str> {
    row.get("meta")?.get("part_of")?.as_str()
}

pub fn list_of<'r>(row: &'r Json, key: &str) -> Vec<&'r str> {
    row.get(key).and_then(Json::as_array).map(|all| all.iter().filter_map(Json::as_str).collect()).unwrap_or_default()
}

pub fn asked<'l>(label: &'l Label, name: &str) -> Option<&'l Attribute> {
    label.attributes.iter().find(|attribute| attribute.name == name || attribute.id.as_str() == name)
}

/// What a control says, as the attribute takes it where it is known.
pub fn value(row: &Json, asked: Option<&Attribute>) -> Option<Value> {
    let words = values(row);
    if matches!(field(row, "type"), "number" | "rating") {
        return Number::new(words.first()?.parse().ok()?).map(Value::Number);
    }
    match (words.as_slice(), asked.map(|asked| &asked.kind)) {
        ([], _) => None,
        ([one], None | Some(AttributeKind::Choice(_) | AttributeKind::Text)) => Some(Value::Text(one.clone())),
        (several, Some(AttributeKind::Choices(choices))) => {
            let id = |word: &String| {
                let known = choices.iter().find(|choice| choice.name == *word).map(|choice| choice.id.clone());
                known.or_else(|| ChoiceId::new(word).ok())
            };
            several.iter().map(id).collect::<Option<Vec<_>>>().map(Value::Choices)
        }
        (several, _) => Some(Value::Text(several.join(if field(row, "type") == "textarea" { "\n" } else { ", " }))),
    }
}
