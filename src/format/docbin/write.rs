//! DocBins written: a file for each annotator, kept in memory until it is full.

use std::{collections::BTreeMap, io};

use super::{
    super::{
        options::ExportOptions,
        sink::{Pieces, Sink},
        writer::{ExportedArticle, Writer},
    },
    bin::Bin,
    names::UNMARKED,
    parts::document,
};

/// So many tokens are in a file.
const MOST_TOKENS: usize = 1_000_000;

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(DocBin { open: BTreeMap::new() })
}

struct DocBin {
    /// For each annotator the file that is being filled, and how many were before.
    open: BTreeMap<String, (Bin, usize)>,
}

impl Writer for DocBin {
    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let layers: Vec<_> = layers.iter().filter_map(|own| Some((own.annotator.as_str(), own.layer?))).collect();
        if layers.is_empty() {
            give(&document(article, None), UNMARKED, out);
        }
        for (annotator, layer) in layers {
            give(&document(article, Some((annotator, layer))), annotator, out);
        }
    }

    fn put(&mut self, made: Pieces, sink: &mut dyn Sink) -> io::Result<()> {
        for (piece, bytes) in made.iter() {
            let Some((stem, part)) = piece.split_once('/') else { continue };
            if !self.open.contains_key(stem) {
                self.open.insert(stem.to_owned(), (Bin::default(), 0));
            }
            if let Some((bin, _)) = self.open.get_mut(stem) {
                take(bin, part, bytes);
            }
        }
        for (stem, (bin, files)) in &mut self.open {
            if bin.tokens() >= MOST_TOKENS {
                sink.write(&file_name(stem, *files), &std::mem::take(bin).into_file()?)?;
                *files += 1;
            }
        }
        Ok(())
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        for (stem, (bin, files)) in std::mem::take(&mut self.open) {
            if !bin.is_empty() {
                sink.write(&file_name(&stem, files), &bin.into_file()?)?;
            }
        }
        Ok(())
    }
}

fn file_name(stem: &str, files: usize) -> String {
    if files == 0 { format!("{stem}.spacy") } else { format!("{stem}.{}.spacy", files + 1) }
}

/// The parts of a document as pieces.
fn give(bin: &Bin, stem: &str, out: &mut Pieces) {
    let mut give = |part: &str, bytes: &[u8]| out.piece(&format!("{stem}/{part}")).extend_from_slice(bytes);
    give("tokens", &bin.tokens);
    give("spaces", &bin.spaces);
    give("cats", &bin.cats.0);
    give("span_groups", &bin.span_groups.0);
    give("user_data", &bin.user_data.0);
    for string in &bin.strings {
        give("strings", &u32::try_from(string.len()).unwrap_or(u32::MAX).to_le_bytes());
        give("strings", string.as_bytes());
    }
}

/// Takes up a part of a document.
fn take(bin: &mut Bin, part: &str, bytes: &[u8]) {
    match part {
        "tokens" => bin.tokens.extend_from_slice(bytes),
        "spaces" => {
            bin.spaces.extend_from_slice(bytes);
            bin.end_document(bytes.len());
        }
        "cats" => bin.cats.0.extend_from_slice(bytes),
        "span_groups" => bin.span_groups.0.extend_from_slice(bytes),
        "user_data" => bin.user_data.0.extend_from_slice(bytes),
        _ => strings(bytes, bin),
    }
}

fn strings(mut bytes: &[u8], bin: &mut Bin) {
    while let Some((len, rest)) = bytes.split_first_chunk::<4>() {
        let len = usize::try_from(u32::from_le_bytes(*len)).unwrap_or(usize::MAX);
        let (string, rest) = rest.split_at(len.min(rest.len()));
        if let Ok(string) = std::str::from_utf8(string)
            && !bin.strings.contains(string)
        {
            bin.strings.insert(string.to_owned());
        }
        bytes = rest;
    }
}
