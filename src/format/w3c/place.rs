//! Where a target is in a text: by its position, by its quotation, or by both.

use super::annotation::{Object, is_a, list, number, text, words};
use crate::{
    format::units::Claimed,
    text::{Anchor, ByteRange, Text, anchor},
};

/// So deep do selectors refine each other at most.
const MAX_DEPTH: usize = 16;

/// A part of a text as selectors say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selected {
    /// From here to there, with its words where they are said.
    At(Claimed),
    /// Where these words stand.
    Quoted(Anchor),
    /// From where the one begins to where the other begins.
    Between(Box<[Self; 2]>),
    /// By something that plain text does not have: the name of the selector.
    Unknown(String),
}

/// The parts that a target selects; empty where it is of the whole.
pub fn selected(target: &Object) -> Vec<Selected> {
    of_list(target, "selector", 0)
}

fn of_list(object: &Object, key: &str, depth: usize) -> Vec<Selected> {
    let (mut positions, mut quotes, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for selector in list(object, key) {
        let found = selector.as_object().map_or_else(|| unknown("address"), |selector| of(selector, depth));
        for found in found {
            match found {
                Selected::At(claimed) => positions.push(claimed),
                Selected::Quoted(anchor) => quotes.push(anchor),
                other => others.push(other),
            }
        }
    }
    // Selectors beside each other select the same: a quotation says the words of the position.
    match (positions.len(), quotes.len()) {
        (0, 0) => {
            // What plain text does not have is of no use beside what it has.
            let known = others.iter().position(|other| matches!(other, Selected::Between(_)));
            known.map_or(others.clone(), |at| vec![others.swap_remove(at)])
        }
        (0, _) => quotes.into_iter().map(Selected::Quoted).collect(),
        _ => {
            let mut quotes = quotes.into_iter().map(|anchor| anchor.exact);
            let with = |claimed: Claimed| Claimed { words: claimed.words.or_else(|| quotes.next()), ..claimed };
            positions.into_iter().map(with).map(Selected::At).collect()
        }
    }
}

fn unknown(name: &str) -> Vec<Selected> {
    vec![Selected::Unknown(name.to_owned())]
}

fn of(selector: &Object, depth: usize) -> Vec<Selected> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    if is_a(selector, "TextQuoteSelector") && !selector.contains_key("refinedBy") {
        let part = |key: &str| text(selector, key).unwrap_or_default().to_owned();
        return vec![Selected::Quoted(Anchor { exact: part("exact"), prefix: part("prefix"), suffix: part("suffix") })];
    }
    if is_a(selector, "TextPositionSelector") && !selector.contains_key("refinedBy") {
        return at(number(selector, "start"), number(selector, "end"));
    }
    if is_a(selector, "RangeSelector") {
        let end = |key: &str| of_list(selector, key, depth + 1).into_iter().next();
        return match (end("startSelector"), end("endSelector")) {
            (Some(Selected::Unknown(name)), _) | (_, Some(Selected::Unknown(name))) => unknown(&name),
            (Some(start), Some(end)) => vec![Selected::Between(Box::new([start, end]))],
            _ => unknown("RangeSelector"),
        };
    }
    if selector.contains_key("refinedBy") {
        // A quotation can be looked for in the whole text; a position inside of something unknown can't.
        let inner = of_list(selector, "refinedBy", depth + 1);
        let quotes: Vec<Selected> = inner.into_iter().filter(|inner| matches!(inner, Selected::Quoted(_))).collect();
        if !quotes.is_empty() {
            return quotes;
        }
    } else if is_a(selector, "FragmentSelector")
        && let Some((start, end)) = text(selector, "value").and_then(characters)
    {
        return at(Some(start), end);
    }
    unknown(&words(selector, "type").unwrap_or_else(|| "selector".to_owned()))
}

fn at(start: Option<usize>, end: Option<usize>) -> Vec<Selected> {
    match (start, end) {
        (Some(start), Some(end)) => vec![Selected::At(Claimed { start, end, words: None })],
        _ => unknown("TextPositionSelector"),
    }
}

/// `char=10,20` of RFC 5147, which counts characters; without an end it is a place and selects nothing.
fn characters(fragment: &str) -> Option<(usize, Option<usize>)> {
    let range = fragment.strip_prefix("char=")?.split(';').next()?;
    let (start, end) = range.split_once(',').map_or((range, None), |(start, end)| (start, Some(end)));
    let start = if start.is_empty() { 0 } else { start.parse().ok()? };
    Some((start, end.and_then(|end| end.parse().ok())))
}

impl Selected {
    /// The ranges with offsets in it, to find out what they count.
    pub fn claimed(&self) -> Vec<&Claimed> {
        match self {
            Self::At(claimed) => vec![claimed],
            Self::Between(ends) => ends.iter().flat_map(Self::claimed).collect(),
            Self::Quoted(_) | Self::Unknown(_) => Vec::new(),
        }
    }
}

/// Where quoted words stand, and whether there is no other place that would do as well.
///
/// Those with exactly what is said to be around them come first, then those that stand there once, then those around which
/// enough agrees.
pub fn quoted(text: &Text, quote: &Anchor) -> Option<(ByteRange, bool)> {
    if quote.exact.is_empty() {
        return None;
    }
    let first = |words: &str| {
        let mut places = memchr::memmem::find_iter(text.as_bytes(), words);
        places.next().map(|start| (start, places.next().is_none()))
    };
    let place = |start: usize| ByteRange::new(start, start + quote.exact.len());
    let whole = [quote.prefix.as_str(), &quote.exact, &quote.suffix].concat();
    if let Some((start, is_only)) = first(&whole) {
        return Some((place(start + quote.prefix.len()), is_only));
    }
    let only = first(&quote.exact).filter(|(_, is_only)| *is_only).map(|(start, _)| place(start));
    only.or_else(|| anchor::find(text, quote, 0)).map(|range| (range, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(target: serde_json::Value) -> Vec<Selected> {
        selected(target.as_object().unwrap())
    }

    #[test]
    fn a_position_takes_its_words_from_the_quotation_beside_it() {
        let found = parts(serde_json::json!({ "selector": [
            { "type": "TextPositionSelector", "start": 4, "end": "7" }, { "type": "TextQuoteSelector", "exact": "two" },
            { "type": "XPathSelector", "value": "/p" } ] }));
        assert_eq!(found, [Selected::At(Claimed { start: 4, end: 7, words: Some("two".to_owned()) })]);
        assert_eq!(parts(serde_json::json!({ "source": "a" })), []);
    }

    #[test]
    fn fragments_of_plain_text_are_positions() {
        let of = |value: &str| parts(serde_json::json!({ "selector": { "type": "FragmentSelector", "value": value } }));
        assert_eq!(of("char=3,9"), [Selected::At(Claimed { start: 3, end: 9, words: None })]);
        assert_eq!(of("para5"), [Selected::Unknown("FragmentSelector".to_owned())]);
    }

    #[test]
    fn a_quotation_is_found_by_what_is_around_it() {
        let text = Text::from("one two, one three");
        let find = |exact: &str, prefix: &str, suffix: &str| {
            let [exact, prefix, suffix] = [exact, prefix, suffix].map(str::to_owned);
            quoted(&text, &Anchor { exact, prefix, suffix })
        };
        assert_eq!(find("one", "two, ", " three"), Some((ByteRange::new(9, 12), true)));
        assert_eq!(find("one", "", ""), Some((ByteRange::new(0, 3), false)));
        assert_eq!(
            find("three", "nothing of it ", ""),
            Some((ByteRange::new(13, 18), true)),
            "the only place there is"
        );
        assert_eq!(find("four", "", ""), None);
    }
}
