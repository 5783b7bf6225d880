//! What a page says of itself in JSON-LD (<https://schema.org/Article>): the first article in it.
//!
//! Many pages write what is not quite JSON, and search engines read it all the same: a line end or a tab in a string,
//! comments around the block or in it, a comma or a semicolon too many. [`mended`] puts just that right.

use dom_query::Document;
use serde_json::Value;

/// The first object in the page’s JSON-LD that is an article of any type.
pub(super) fn article(page: &Document) -> Option<Value> {
    page.select("script[type='application/ld+json']").nodes().iter().find_map(|script| {
        let text = script.text();
        let value = serde_json::from_str(&text).or_else(|_| serde_json::from_str(&mended(&text)));
        find_article(value.ok()?)
    })
}

/// The names of one or several people or organisations, joined by commas.
pub(super) fn names(value: &Value) -> String {
    match value {
        Value::String(name) => name.clone(),
        Value::Array(all) => all.iter().map(names).filter(|n| !n.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Object(_) => names(&value["name"]),
        _ => String::new(),
    }
}

/// A text of an object; empty where there is none.
pub(super) fn text_at(object: &Value, key: &str) -> String {
    object[key].as_str().unwrap_or_default().to_owned()
}

/// The first article in a value, by its type.
fn find_article(value: Value) -> Option<Value> {
    match value {
        Value::Array(items) => items.into_iter().find_map(find_article),
        Value::Object(_) if is_article(&value["@type"]) => Some(value),
        Value::Object(mut object) => ["@graph", "mainEntity"].iter().find_map(|key| find_article(object.remove(*key)?)),
        _ => None,
    }
}

/// Whether a type, or one of several, is that of an article.
fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(name) => name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report",
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

/// JSON from what is nearly JSON: control characters in strings escaped; comments, and commas and semicolons that
/// end nothing, left out. What stands in strings stays otherwise as it is.
fn mended(text: &str) -> String {
    const COMMENTS: &[(&str, &str)] =
        &[("/*", "*/"), ("//", "\n"), ("<!--", ""), ("-->", ""), ("<![CDATA[", ""), ("]]>", "")];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '"' {
            rest = take_string(rest, &mut out);
        } else if let Some((opening, closing)) = COMMENTS.iter().find(|(opening, _)| rest.starts_with(opening)) {
            let inside = &rest[opening.len()..];
            rest = inside.find(closing).map_or("", |end| &inside[end + closing.len()..]);
        } else {
            if matches!(c, '}' | ']') {
                let len = out.trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
                out.truncate(len);
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    let len = out.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).len();
    out.truncate(len);
    out
}

/// Copies the string that a text begins with; gives what follows it.
fn take_string<'t>(text: &'t str, out: &mut String) -> &'t str {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push(' '),
            c => out.push(c),
        }
        if c == '"' && !is_escaped && at > 0 {
            return &text[at + 1..];
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(json: &str) -> Option<String> {
        let page = Document::from(format!("<script type='application/ld+json'>{json}</script>"));
        article(&page).map(|told| text_at(&told, "headline"))
    }

    #[test]
    fn what_search_engines_read_is_read() {
        for json in [
            "{\"@type\": \"NewsArticle\", \"about\": \"the\r\n\ttoll\", \"headline\": \"Toll\"}",
            "/* <![CDATA[ */ {\"@type\": \"Article\", \"headline\": \"Toll\"}; /* ]]> */",
            "<!--\n{\"@type\": \"Article\", // a note, with \"marks\n \"headline\": \"Toll\",}\n-->",
            "[{\"@type\": \"Report\", \"url\": \"https://post.example/*\", \"x\": [1, ], \"headline\": \"Toll\"},],;",
        ] {
            assert_eq!(headline(json).as_deref(), Some("Toll"), "{json}");
        }
    }

    #[test]
    fn strings_stay_as_they_are() {
        let odd = r#"{"@type": "Article", "headline": "a, } // \"b\\", }"#;
        assert_eq!(headline(odd).as_deref(), Some("a, } // \"b\\"));
    }

    #[test]
    fn what_is_no_json_is_passed_over() {
        for json in ["", "{", "\"", "\"\\", "/*", "<!--", "{\"@type\": \"Article\"", "nonsense;;", "{}}"] {
            assert_eq!(headline(json), None, "{json}");
        }
    }
}
