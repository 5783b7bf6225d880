//! The block of metadata at the top of a Markdown file, between `---` (YAML) or `+++` (TOML) lines.
//!
//! Web clippers and site generators write it under many names; [`read`] knows the usual ones. It takes nothing from a
//! block that it can't read: that stays in the text, so that no word is lost.

mod toml;
mod value;
mod yaml;

use super::{
    date::iso_date,
    words::{language_tag, line_column, one_line, web_address},
};
use crate::{diagnostic::Diagnostic, model::Metadata, phrase, text::Phrase};
use value::{Fault, Table, Value};

/// The longest block that is read, in bytes. Those of real files have a few hundred.
const MAX_BYTES: usize = 64 * 1024;

/// Splits the metadata off a text; gives both, or `None` where the text begins with no such block.
///
/// # Errors
/// A block that is too long or not what it begins as. Its place is that in the text.
pub(super) fn split(text: &str) -> Result<Option<(Metadata, &str)>, Diagnostic> {
    let Some(Block { inside, rest, format }) = find(text) else { return Ok(None) };
    if inside.len() > MAX_BYTES {
        let message = phrase!("The metadata at the top has more than {most} KiB", most = MAX_BYTES / 1024);
        return Err(unread(message, text, 0));
    }
    let start = inside.as_ptr().addr() - text.as_ptr().addr();
    let value = match format {
        Format::Yaml => yaml::read(inside),
        Format::Toml => toml::read(inside),
    };
    match value {
        Ok(Value::Table(table)) => Ok(Some((read(&table), rest))),
        // A paragraph between two rules of dashes.
        Ok(_) => Ok(None),
        Err(Fault { at, why }) => {
            let name = if matches!(format, Format::Yaml) { "YAML" } else { "TOML" };
            let message = phrase!("The metadata at the top is not valid {name}: {why}", name, why = one_line(&why));
            Err(unread(message, text, start + at))
        }
    }
}

/// A warning about a block that can’t be read; it stays in the text.
fn unread(message: Phrase, text: &str, at: usize) -> Diagnostic {
    let (line, column) = line_column(text, text.floor_char_boundary(at));
    Diagnostic::warning("front-matter", message)
        .at_line(line, column)
        .hint("It was left in the text; correct it and add the file again")
}

/// The block, and the text after it.
struct Block<'t> {
    /// Between its two lines.
    inside: &'t str,
    rest: &'t str,
    format: Format,
}

/// The language of the block, told by its lines.
#[derive(Clone, Copy)]
enum Format {
    Yaml,
    Toml,
}

/// The block at the top of a text, if there is one.
fn find(text: &str) -> Option<Block<'_>> {
    // As pandoc has it, dots may close YAML too.
    let formats: [(&str, &[&str], Format); 2] =
        [("---", &["---", "..."], Format::Yaml), ("+++", &["+++"], Format::Toml)];
    formats.into_iter().find_map(|(opening, closing, format)| {
        let after = text.strip_prefix(opening)?.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
        let mut at = 0;
        let end = after.split_inclusive('\n').find(|line| {
            at += line.len();
            closing.contains(&line.trim_end())
        })?;
        Some(Block { inside: &after[..at - end.len()], rest: &after[at..], format })
    })
}

/// What a block says of an article. Of several names for one thing the first here that says something counts.
fn read(table: &Table) -> Metadata {
    // `published_time`, `publishedTime` and `Published time` are one name.
    let plain = |key: &str| key.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let table: Vec<(String, String)> = table.iter().map(|(key, value)| (plain(key), value.words())).collect();
    let first = |names: &[&str], understand: &dyn Fn(&str) -> String| {
        let told = names.iter().filter_map(|name| table.iter().find(|(key, _)| key == name));
        told.map(|(_, words)| understand(words)).find(|words| !words.is_empty()).unwrap_or_default()
    };
    let as_it_is = |words: &str| words.to_owned();
    // Web clippers call the page’s address its source.
    let no_address = |words: &str| if web_address(words).is_empty() { words.to_owned() } else { String::new() };
    Metadata {
        title: first(&["title", "headline"], &as_it_is),
        byline: first(&["author", "authors", "byline", "creator"], &as_it_is),
        published: iso_date(&first(
            &["published", "datepublished", "publishdate", "publishedtime", "pubdate", "date"],
            &as_it_is,
        )),
        outlet: first(&["outlet", "publisher", "publication", "sitename", "site", "source"], &no_address),
        language: first(&["language", "lang", "locale"], &language_tag),
        url: first(&["url", "canonical", "canonicalurl", "link", "sourceurl", "source"], &web_address),
        story: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(text: &str) -> Metadata {
        split(text).unwrap().unwrap().0
    }

    #[test]
    fn a_clipped_page_says_where_it_is_from() {
        let found = metadata(
            "---\ntitle: \"Toll rises: “Enough”\"\nsource: https://post.example/toll\nauthor:\n  - \"[[Ada Moor]]\"\n  \
             - \"[[people/jo|Jo Lind]]\"\npublished: 2024-05-01\ncreated: 2024-06-02\ntags: [clippings]\n---\nWet.\n",
        );
        assert_eq!((found.title.as_str(), found.byline.as_str()), ("Toll rises: “Enough”", "Ada Moor, Jo Lind"));
        assert_eq!((found.published.as_str(), found.url.as_str()), ("2024-05-01", "https://post.example/toll"));
        assert_eq!(found.outlet, "");
    }

    #[test]
    fn yaml_is_read_as_it_is_meant() {
        let found = metadata(
            "---\ntitle: >-\n  Toll\n  rises\nsummary: |\n  Much.\n  title: no\nseo: {title: nor this}\n\
             Author: &a Ada Moor # staff\nouter: *a\nsite_name: 'The ''Post'''\nlang: en_GB\nbyline: ~\n---\nWet.\n",
        );
        assert_eq!((found.title.as_str(), found.byline.as_str()), ("Toll rises", "Ada Moor"));
        assert_eq!((found.outlet.as_str(), found.language.as_str()), ("The 'Post'", "en-GB"));
        assert_eq!(metadata("---\nauthor: {name: Ada, url: x}\n...\nWet.").byline, "Ada");
        assert_eq!(metadata("---\na: &a Ada\nauthor: [*a, Jo, ~]\n---\n").byline, "Ada, Jo");
    }

    #[test]
    fn toml_is_read_as_it_is_meant() {
        let found = metadata(
            "+++\ntitle = \"\"\"\nToll \\\n  rises\"\"\"\nauthors = ['Ada', \"Jo \\\"Skip\\\" Lind\"]\n\
             date = 2024-05-01T08:00:00Z\n[[extra]]\ntitle = \"no\"\n[params.author]\nname = 'no'\n+++\nWet.\n",
        );
        assert_eq!((found.title.as_str(), found.byline.as_str()), ("Toll rises", "Ada, Jo \"Skip\" Lind"));
        assert_eq!(found.published, "2024-05-01");
    }

    #[test]
    fn what_is_no_metadata_stays_in_the_text() {
        for text in ["---\nJust words.\n---\n", "---\ntitle: open\n", "--- x\ntitle: a\n---\n", "+++\n- a\n", "", "---"]
        {
            assert!(split(text).ok().flatten().is_none(), "{text}");
        }
        assert_eq!(split("---\n\n---\nWet.").unwrap(), None);
    }

    #[test]
    fn a_block_that_cannot_be_read_is_reported_with_its_place() {
        let place = |text: &str| split(text).unwrap_err().location.line_column;
        assert_eq!(place("---\ntitle: Toll: it rises\n---\n").map(|(line, _)| line), Some(2));
        assert_eq!(place("---\na: 1\nauthor: [Ada\n---\n").map(|(line, _)| line), Some(3));
        assert_eq!(place("+++\na = 1\ntitle = Toll\n+++\n"), Some((3, 9)));
        let long = format!("---\ntitle: a\nx: {}\n---\n", "y".repeat(MAX_BYTES));
        assert_eq!(split(&long).unwrap_err().message, "The metadata at the top has more than 64 KiB");
    }

    #[test]
    fn brackets_in_brackets_end_in_a_limit() {
        for (opening, closing) in [("---\na: ", "\n---\n"), ("+++\na = ", "\n+++\n")] {
            let deep = format!("{opening}{}{}{closing}", "[".repeat(30_000), "]".repeat(30_000));
            assert_eq!(split(&deep).unwrap_err().code, "front-matter");
        }
    }
}
