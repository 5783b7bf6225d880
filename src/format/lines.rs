//! JSON in lines: what keeps a value on one line for every reader.

/// JSON whose strings hold no character that ends a line, or that would act on a terminal: they become escapes.
///
/// Besides what JSON asks for, these are the other control characters of Unicode, the line and the paragraph separator
/// (UAX #14), and the embeddings, overrides and isolates that turn the direction of writing (UAX #9).
pub fn on_lines(json: String) -> String {
    let acts = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !json.contains(acts) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if acts(c) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_json_is_one_line_for_every_reader() {
        let text = "a\u{85}b\u{2028}c\u{2029}d\u{9b}e\u{202e}f é 雨";
        let json = on_lines(serde_json::to_string(text).unwrap());
        assert_eq!(json, r#""a\u0085b\u2028c\u2029d\u009be\u202ef é 雨""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
