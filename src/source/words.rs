//! Small readings of words that every kind of source needs: titles, tags, addresses, places.

/// A title made of the first words of a text, with `…` where there are more on their line.
pub(super) fn title_from(text: &str) -> String {
    const WORDS: usize = 8;
    // A language that writes no spaces has no words to count.
    const CHARACTERS: usize = 80;
    let is_blank = |line: &&str| line.trim().is_empty();
    let line = text.lines().find(|line| has_words(line)).or_else(|| text.lines().find(|line| !is_blank(line)));
    let line = line.unwrap_or_default().trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut title: String = words[..words.len().min(WORDS)].join(" ").chars().take(CHARACTERS).collect();
    if title.chars().count() < words.join(" ").chars().count() {
        title = format!("{}…", title.trim_end_matches([',', ';', ':', '.', ' ']));
    }
    title
}

/// Whether a line says something, rather than being drawn of dashes or stars.
pub(super) fn has_words(line: &str) -> bool {
    line.contains(char::is_alphanumeric)
}

/// A language tag in the form of BCP 47 (`en_US` becomes `en-US`), or empty where it is none.
pub(super) fn language_tag(tag: &str) -> String {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary =
        parts.next().is_some_and(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if primary && rest { tag } else { String::new() }
}

/// Words with one space between them, and no line end.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One-based line and column, in characters, of a byte offset on a character boundary.
pub(super) fn line_column(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// A web address as it is, or empty where it is none.
pub(super) fn web_address(url: &str) -> String {
    let url = url.trim();
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if is_web && !url.contains(char::is_whitespace) { url.to_owned() } else { String::new() }
}

/// Whether nothing is to be seen in a text: spaces, and characters of no width.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_made_of_the_first_words() {
        assert_eq!(title_from("\n  Rain again\nmore"), "Rain again");
        assert_eq!(
            title_from("one two three four five six seven eight, nine"),
            "one two three four five six seven eight…"
        );
        assert_eq!(title_from(&"雨".repeat(90)).chars().count(), 81);
        assert_eq!(title_from("---\n\n* * *\nRain again\n"), "Rain again");
        assert_eq!(title_from("---\n"), "---");
    }

    #[test]
    fn tags_and_addresses_are_checked() {
        assert_eq!(language_tag("en_US"), "en-US");
        assert_eq!(language_tag("e"), "");
        assert_eq!(web_address("javascript:alert(1)"), "");
    }
}
