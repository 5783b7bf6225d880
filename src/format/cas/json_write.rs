//! A CAS written as JSON CAS 0.4, a feature structure on each line.

use serde_json::{Map, Value as Json, json};

use super::{
    super::lines::on_lines,
    names::{FS_ARRAY, SOFA, STRING_ARRAY},
    structure::{Cas, Held, Structure},
    types::{Feature, Holds, Type, TypeSystem},
};

/// A file.
pub fn written(cas: &Cas, types: &TypeSystem) -> String {
    let own: Map<String, Json> = types.iter().map(|(name, own)| (name.to_owned(), type_of(name, own))).collect();
    let sofas = cas.sofas.iter().zip(1..).map(|(sofa, number)| {
        json!({ "%ID": sofa.id, "%TYPE": SOFA, "sofaNum": number, "sofaID": sofa.name, "mimeType": "text",
            "sofaString": sofa.text })
    });
    let mut structures: Vec<Json> = sofas.collect();
    let mut free = cas.iter().map(|own| own.id).max().unwrap_or(1) + 1;
    for own in cas.iter() {
        structure(own, types, (&mut free, &mut structures));
    }
    let view = |sofa: &super::structure::Sofa| {
        (sofa.name.clone(), json!({ "%SOFA": sofa.id, "%MEMBERS": cas.listed.iter().collect::<Vec<_>>() }))
    };
    let views: Map<String, Json> = cas.sofas.iter().map(view).collect();
    let structures: Vec<String> = structures.iter().map(Json::to_string).collect();
    let (types, views) = (Json::Object(own), Json::Object(views));
    let json = format!(
        "{{\"%TYPES\": {types},\n\"%FEATURE_STRUCTURES\": [\n{}\n],\n\"%VIEWS\": {views}}}\n",
        structures.join(",\n")
    );
    // Line ends between the structures are this file’s; those in words are escapes already.
    json.split('\n').map(|line| on_lines(line.to_owned())).collect::<Vec<_>>().join("\n")
}

fn type_of(name: &str, own: &Type) -> Json {
    let mut json =
        Map::from_iter([("%NAME".to_owned(), name.into()), ("%SUPER_TYPE".to_owned(), own.above.as_str().into())]);
    describe(&mut json, &own.description);
    json.extend(own.features.iter().map(|feature| (feature.name.clone(), feature_of(feature))));
    Json::Object(json)
}

fn feature_of(feature: &Feature) -> Json {
    let range = match (feature.range.as_str(), feature.element.as_str()) {
        (STRING_ARRAY, _) => "uima.cas.String[]".to_owned(),
        (FS_ARRAY, element) if !element.is_empty() => format!("{element}[]"),
        (range, _) => range.to_owned(),
    };
    let mut json =
        Map::from_iter([("%NAME".to_owned(), feature.name.as_str().into()), ("%RANGE".to_owned(), range.into())]);
    describe(&mut json, &feature.description);
    Json::Object(json)
}

fn describe(json: &mut Map<String, Json>, description: &str) {
    if !description.is_empty() {
        json.insert("%DESCRIPTION".to_owned(), description.into());
    }
}

/// Adds a structure, and the arrays that it refers to before it.
fn structure(own: &Structure, types: &TypeSystem, (free, structures): (&mut u32, &mut Vec<Json>)) {
    let mut json =
        Map::from_iter([("%ID".to_owned(), own.id.into()), ("%TYPE".to_owned(), own.type_name.as_str().into())]);
    for (name, held) in &own.features {
        let range = types.feature(&own.type_name, name).map(|feature| feature.range.as_str());
        let array = match held {
            Held::Text(text) => {
                let (key, value) = value(name, text, range.map(|range| types.holds(range)));
                json.insert(key, value);
                continue;
            }
            Held::References(ids) if range != Some(FS_ARRAY) => {
                json.insert(format!("@{name}"), ids.first().copied().into());
                continue;
            }
            Held::References(ids) => json!({ "%ID": *free, "%TYPE": FS_ARRAY, "%ELEMENTS": ids }),
            Held::Texts(texts) => json!({ "%ID": *free, "%TYPE": STRING_ARRAY, "%ELEMENTS": texts }),
        };
        structures.push(array);
        json.insert(format!("@{name}"), (*free).into());
        *free += 1;
    }
    structures.push(Json::Object(json));
}

/// A key with its value, as what the feature holds.
fn value(name: &str, text: &str, holds: Option<Holds>) -> (String, Json) {
    let holds = match name {
        "begin" | "end" => Some(Holds::Whole),
        _ => holds,
    };
    let as_json = |is: fn(&Json) -> bool| serde_json::from_str(text).ok().filter(is);
    match (name, holds) {
        ("sofa", _) => ("@sofa".to_owned(), as_json(Json::is_number).unwrap_or_default()),
        (_, Some(Holds::Whole | Holds::Fraction)) => {
            (name.to_owned(), as_json(Json::is_number).unwrap_or_else(|| text.into()))
        }
        (_, Some(Holds::Flag)) => (name.to_owned(), as_json(Json::is_boolean).unwrap_or_else(|| text.into())),
        _ => (name.to_owned(), text.into()),
    }
}
