//! A DocBin taken apart: its documents, as tokens with what is said of them. It knows nothing of articles.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use rmpv::ValueRef;

use super::{
    names::{attribute, entity},
    packed::{at, bytes, fields, list, text, value},
    strings::{number, symbol_of},
};

/// What a file has, one behind the other.
#[derive(Debug)]
pub struct File<'v> {
    attrs: Vec<u64>,
    tokens: &'v [u8],
    spaces: &'v [u8],
    lengths: Vec<usize>,
    strings: BTreeMap<u64, &'v str>,
    cats: &'v [ValueRef<'v>],
    flags: &'v [ValueRef<'v>],
    span_groups: &'v [ValueRef<'v>],
    user_data: &'v [ValueRef<'v>],
}

/// A document.
#[derive(Debug, Default)]
pub struct Document {
    /// The tokens, each with its blank, one behind the other.
    pub text: String,
    /// Where each token lies in the text, without its blank.
    pub places: Vec<Range<usize>>,
    pub spans: Vec<Span>,
    /// The names of the groups that have spans.
    pub groups: Vec<String>,
}

/// Some tokens with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub tokens: Range<usize>,
    /// In code points of the text; `None` for an entity.
    pub chars: Option<(usize, usize)>,
    pub label: String,
    /// Empty where it has none.
    pub id: String,
    /// The group that it is of; empty for an entity.
    pub group: String,
}

impl<'v> File<'v> {
    /// What a packed value has.
    ///
    /// # Errors
    /// A key is missing, or what is there does not go together: its name.
    pub fn of(value: &'v ValueRef<'v>) -> Result<Self, &'static str> {
        let column = |key: &'static str| at(value, key).and_then(bytes).ok_or(key);
        let attrs: Vec<u64> = list(at(value, "attrs")).iter().map_while(ValueRef::as_u64).collect();
        let lengths = column("lengths")?.as_chunks::<4>().0.iter();
        let lengths = lengths.map(|len| usize::try_from(i32::from_le_bytes(*len)).ok());
        let lengths: Vec<usize> = lengths.collect::<Option<_>>().ok_or("lengths")?;
        let (tokens, spaces) = (column("tokens")?, column("spaces")?);
        let strings = list(at(value, "strings")).iter().filter_map(text);
        let count: usize = lengths.iter().sum();
        if !attrs.contains(&attribute::ORTH) {
            return Err("attrs");
        }
        if count.checked_mul(attrs.len() * 8) != Some(tokens.len()) {
            return Err("tokens");
        }
        if spaces.len() != count {
            return Err("spaces");
        }
        Ok(Self {
            attrs,
            tokens,
            spaces,
            lengths,
            strings: strings.map(|string| (number(string), string)).collect(),
            cats: list(at(value, "cats")),
            flags: list(at(value, "flags")),
            span_groups: list(at(value, "span_groups")),
            user_data: list(at(value, "user_data")),
        })
    }

    /// How many documents there are.
    pub fn count(&self) -> usize {
        self.lengths.len()
    }

    /// How many tokens a document has.
    pub fn tokens_of(&self, document: usize) -> usize {
        self.lengths.get(document).copied().unwrap_or_default()
    }

    /// The categories of a document.
    pub fn cats(&self, document: usize) -> Vec<(&'v str, f64)> {
        let cats = fields(self.cats.get(document));
        let value = |value: &ValueRef<'_>| match value {
            ValueRef::Boolean(yes) => Some(f64::from(u8::from(*yes))),
            ValueRef::F32(number) => Some(f64::from(*number)),
            ValueRef::F64(number) => Some(*number),
            ValueRef::Integer(number) => number.as_f64(),
            _ => None,
        };
        cats.iter().filter_map(|(name, given)| Some((text(name)?, value(given)?))).collect()
    }

    /// What was kept beside a document, unpacked.
    pub fn user_data(&self, document: usize) -> Option<ValueRef<'v>> {
        self.user_data.get(document).and_then(bytes).and_then(value)
    }

    /// The string of a number.
    fn string(&self, number: u64) -> Option<Cow<'v, str>> {
        let known = self.strings.get(&number).map(|string| Cow::Borrowed(*string));
        known.or_else(|| symbol_of(number).map(Cow::Owned))
    }

    /// A document; `first` is the number of its first token in the file.
    ///
    /// # Errors
    /// The number of a token whose string is not there.
    pub fn document(&self, document: usize, first: usize) -> Result<Document, usize> {
        let count = self.tokens_of(document);
        let flag = self.flags.get(document).and_then(|flags| at(flags, "has_unknown_spaces"));
        let is_unspaced = matches!(flag, Some(ValueRef::Boolean(true)));
        let orth = self.attrs.iter().position(|own| *own == attribute::ORTH).unwrap_or_default();
        let mut read = Document::default();
        for token in 0..count {
            let word = self.cell(first + token, orth).and_then(|number| self.string(number)).ok_or(token)?;
            let start = read.text.len();
            read.text.push_str(&word);
            read.places.push(start..read.text.len());
            if is_unspaced || self.spaces.get(first + token).is_some_and(|space| *space != 0) {
                read.text.push(' ');
            }
        }
        if let Some(groups) = self.span_groups.get(document).and_then(bytes).and_then(value) {
            self.groups(&groups, &mut read);
        }
        self.entities(first, &mut read);
        Ok(read)
    }

    /// A cell of the tokens.
    fn cell(&self, token: usize, column: usize) -> Option<u64> {
        let start = (token * self.attrs.len() + column) * 8;
        self.tokens.get(start..)?.first_chunk::<8>().map(|cell| u64::from_le_bytes(*cell))
    }

    /// Adds the spans of all groups: packed as a list of groups, or as a map from groups to what they are called.
    fn groups(&self, groups: &ValueRef<'_>, read: &mut Document) {
        let groups: Vec<(&[u8], Option<&str>)> = match groups {
            ValueRef::Array(groups) => groups.iter().filter_map(bytes).map(|group| (group, None)).collect(),
            ValueRef::Map(groups) => {
                let groups = groups.iter();
                groups
                    .filter_map(|(group, names)| Some((bytes(group)?, list(Some(names)).first().and_then(text))))
                    .collect()
            }
            _ => Vec::new(),
        };
        for (packed, name) in groups {
            let Some(group) = value(packed) else { continue };
            let name = name.or_else(|| at(&group, "name").and_then(text)).unwrap_or_default();
            let spans = list(at(&group, "spans")).iter().filter_map(bytes);
            let spans: Vec<Span> = spans.filter_map(|span| self.span(span, name)).collect();
            if !spans.is_empty() && !read.groups.iter().any(|own| own == name) {
                read.groups.push(name.to_owned());
            }
            read.spans.extend(spans);
        }
    }

    /// A span: of version 3.0 without an id.
    fn span(&self, span: &[u8], group: &str) -> Option<Span> {
        let (numbers, offsets) = span.split_at_checked(span.len().checked_sub(16)?)?;
        let (numbers, offsets) = (numbers.as_chunks::<8>().0, offsets.as_chunks::<4>().0);
        let offset = |at: usize| usize::try_from(i32::from_be_bytes(*offsets.get(at)?)).ok();
        let number = |back: usize| Some(u64::from_be_bytes(*numbers.get(numbers.len().checked_sub(back)?)?));
        let id = number(3).and_then(|id| self.string(id)).unwrap_or_default().into_owned();
        let label = self.string(number(1)?)?.into_owned();
        let (tokens, chars) = (offset(0)?..offset(1)?, Some((offset(2)?, offset(3)?)));
        Some(Span { tokens, chars, label, id, group: group.to_owned() })
    }

    /// Adds the entities that are no spans of a group.
    fn entities(&self, first: usize, read: &mut Document) {
        let column = |own: u64| self.attrs.iter().position(|attribute| *attribute == own);
        let (Some(iob), Some(label)) = (column(attribute::ENT_IOB), column(attribute::ENT_TYPE)) else { return };
        let mut open: Option<(usize, u64)> = None;
        let mut found: Vec<(Range<usize>, u64)> = Vec::new();
        for token in 0..=read.places.len() {
            let is_behind = token == read.places.len();
            let said = self.cell(first + token, iob).zip(self.cell(first + token, label)).filter(|_| !is_behind);
            let (iob, label) = said.unwrap_or((entity::OUTSIDE, 0));
            let goes_on = iob == entity::INSIDE && open.is_some_and(|(_, own)| own == label);
            if goes_on {
                continue;
            }
            found.extend(open.take().map(|(start, label)| (start..token, label)));
            open = matches!(iob, entity::BEGIN | entity::INSIDE).then_some((token, label));
        }
        for (tokens, label) in found {
            let Some(label) = self.string(label).filter(|label| !label.is_empty()) else { continue };
            if !read.spans.iter().any(|span| span.tokens == tokens && span.label == *label) {
                let (label, id, group) = (label.into_owned(), String::new(), String::new());
                read.spans.push(Span { tokens, chars: None, label, id, group });
            }
        }
    }
}
