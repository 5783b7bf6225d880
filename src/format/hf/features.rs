//! What `datasets` writes into a Parquet file about its columns, under the key `huggingface`: of it the names of classes,
//! which the columns have as numbers.

use serde_json::Value as Json;

/// The features of a file; null where it does not say.
#[derive(Clone, Debug, Default)]
pub struct Features(Json);

impl Features {
    /// Of what a file says about itself.
    pub fn of(said: Option<&str>) -> Self {
        let mut said: Json = said.and_then(|said| serde_json::from_str(said).ok()).unwrap_or_default();
        Self(said.pointer_mut("/info/features").map(Json::take).unwrap_or_default())
    }

    /// The feature of a field, in whatever lists it lies.
    pub fn field(&self, name: &str) -> Self {
        Self(inside(&self.0).get(name).cloned().unwrap_or_default())
    }

    /// The word for a value: a text itself, a number the name of its class, or the number where classes have no names.
    /// `None` for what is no class, such as −1.
    pub fn class(&self, value: &Json) -> Option<String> {
        match value {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => {
                let number = usize::try_from(number.as_i64()?).ok()?;
                let name = self.names().and_then(|names| names.get(number)?.as_str());
                Some(name.map_or_else(|| number.to_string(), str::to_owned))
            }
            _ => None,
        }
    }

    /// The names of the classes, in the order of their numbers.
    pub fn names(&self) -> Option<&Vec<Json>> {
        inside(&self.0).get("names")?.as_array()
    }
}

/// What lies in lists: `{"feature": …, "_type": "List"}`, or `[…]` as earlier versions have it.
fn inside(mut feature: &Json) -> &Json {
    for _ in 0..8 {
        let inner = match feature {
            Json::Array(list) => list.first(),
            Json::Object(object) if object.get("_type").is_some_and(Json::is_string) => object.get("feature"),
            _ => None,
        };
        let Some(inner) = inner else { return feature };
        feature = inner;
    }
    feature
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_the_names_of_the_features() {
        let said = r#"{"info": {"features": {
            "ner_tags": {"feature": {"names": ["O", "B-PER"], "_type": "ClassLabel"}, "_type": "List"},
            "spans": [{"label": {"names": ["who"], "_type": "ClassLabel"}}],
            "text": {"dtype": "string", "_type": "Value"}}}}"#;
        let features = Features::of(Some(said));
        assert_eq!(features.field("ner_tags").class(&1.into()).as_deref(), Some("B-PER"));
        assert_eq!(features.field("spans").field("label").class(&0.into()).as_deref(), Some("who"));
        assert_eq!(features.field("text").class(&"a".into()).as_deref(), Some("a"));
        assert_eq!(
            (features.field("none").class(&7.into()), features.field("none").class(&(-1).into())),
            (Some("7".to_owned()), None)
        );
        assert!(Features::of(Some("{")).names().is_none());
    }
}
