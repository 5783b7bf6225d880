//! The block of metadata at the top of a Markdown file, between `---` (YAML) or `+++` (TOML) lines.
//!
//! Read simply: one `key: value` or `key = value` a line. Nested values are not read.

use super::date::iso_date;
use super::{Source, language_tag, web_address};
use crate::model::Metadata;

/// Splits the block off and writes what it says into the source; gives back the text after it.
pub(super) fn take<'t>(text: &'t str, source: &mut Source) -> &'t str {
    let Some((block, rest, separator)) = split(text) else {
        return text;
    };
    for (key, value) in block.lines().filter_map(|line| line.split_once(separator)) {
        set(&mut source.metadata, key.trim(), &unquote(value));
    }
    source.notes.push("The block of metadata at the top was left out of the text".to_owned());
    rest
}

fn split(text: &str) -> Option<(&str, &str, char)> {
    for (fence, separator) in [("---", ':'), ("+++", '=')] {
        let Some(inside) =
            text.strip_prefix(fence).and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix('\n'))
        else {
            continue;
        };
        let mut at = 0;
        for line in inside.split_inclusive('\n') {
            if line.trim_end() == fence {
                return Some((&inside[..at], &inside[at + line.len()..], separator));
            }
            at += line.len();
        }
    }
    None
}

fn set(metadata: &mut Metadata, key: &str, value: &str) {
    match key.to_ascii_lowercase().as_str() {
        "title" | "headline" => value.clone_into(&mut metadata.title),
        "author" | "authors" | "byline" => value.clone_into(&mut metadata.byline),
        "date" | "published" => metadata.published = iso_date(value),
        "outlet" | "source" | "publisher" | "site" => value.clone_into(&mut metadata.outlet),
        "lang" | "language" => metadata.language = language_tag(value),
        "url" | "link" | "canonical" => metadata.url = web_address(value),
        _ => {}
    }
}

/// A value without its quotation marks; a list on one line becomes `A, B`.
fn unquote(value: &str) -> String {
    let value = value.trim();
    let bare = |part: &str| part.trim().trim_matches(['"', '\'']).trim().to_owned();
    match value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(list) => list.split(',').map(bare).collect::<Vec<_>>().join(", "),
        None => bare(value),
    }
}
