//! Properties that hold for any text: conversions equal a naive reference, ranges fit, snapping settles.

use proptest::prelude::*;
use proptest::sample::select;

use super::anchor::{self, Anchor};
use super::quotation::{passage_around, quotations};
use super::segment::*;
use super::slug::slug;
use super::{ByteRange, Text};

const PIECES: &[&str] = &[
    "a",
    "B",
    "word",
    "don’t",
    "Biden",
    "U.S.",
    "Mr.",
    "3.5",
    "No. 5",
    "J. R.",
    "said",
    "she said. ",
    "> ",
    "''",
    ",,",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    ". ",
    "? ",
    "! ",
    "…",
    ", ",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    "„",
    "「",
    "」",
    "—",
    "é",
    "e\u{301}",
    "\u{301}",
    "😀",
    "👩‍👩‍👧",
    "🇲🇽",
    "🇺",
    "👍🏽",
    "\u{200d}",
    "\u{200b}",
    "\u{feff}",
    "\u{200f}",
    "我们",
    "会。",
    "日本語",
    "ひらがな",
    "。",
    "한국어",
    "مرحبا",
    "؟ ",
    "שלום",
    "ภาษาไทย",
    "ကမြန်မာ",
    "हिन्दी",
    "। ",
    "𝔘",
    "\0",
];

fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat());
    let long = (pieces.clone(), 1..24_usize).prop_map(|(text, times)| text.repeat(times));
    prop_oneof![4 => pieces, 1 => long]
}

fn text_and_range() -> impl Strategy<Value = (String, ByteRange)> {
    any_text().prop_flat_map(|text| {
        let end = text.len() + 3;
        (Just(text), 0..=end, 0..=end).prop_map(|(text, a, b)| (text, ByteRange::new(a, b)))
    })
}

/// A range with both ends on character boundaries and something in it.
fn text_and_words() -> impl Strategy<Value = (String, ByteRange)> {
    text_and_range().prop_filter_map("nothing covered", |(text, range)| {
        let (start, end) = (text.floor_char_boundary(range.start()), text.ceil_char_boundary(range.end()));
        (start < end).then(|| (text, ByteRange::new(start, end)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn conversions_equal_a_naive_reference(source in any_text()) {
        let text = Text::new(source.clone());
        prop_assert_eq!(text.char_count(), source.chars().count());
        prop_assert_eq!(text.utf16_count(), source.encode_utf16().count());
        for byte in 0..source.len() + 2 {
            let before = source.get(..byte);
            prop_assert_eq!(text.byte_to_char(byte), before.map(|s| s.chars().count()));
            prop_assert_eq!(text.byte_to_utf16(byte), before.map(|s| s.encode_utf16().count()));
            let Some(char) = text.byte_to_char(byte) else { continue };
            prop_assert_eq!(text.char_to_byte(char), Some(byte));
            prop_assert_eq!(text.byte_to_utf16(byte).and_then(|utf16| text.utf16_to_byte(utf16)), Some(byte));
        }
        prop_assert_eq!(text.char_to_byte(text.char_count() + 1), None);
        prop_assert_eq!(text.utf16_to_byte(text.utf16_count() + 1), None);
    }

    #[test]
    fn ranges_survive_the_trip_to_other_units((source, range) in text_and_words()) {
        let text = Text::new(source);
        let (start, end) = text.range_to_chars(range);
        prop_assert_eq!(text.range_from_chars(start, end), Some(range));
        let (start, end) = text.range_to_utf16(range);
        prop_assert_eq!(text.range_from_utf16(start, end), Some(range));
    }

    #[test]
    fn lines_are_those_of_the_text(source in any_text()) {
        let text = Text::new(source.clone());
        let lines: Vec<&str> = source.split('\n').collect();
        prop_assert_eq!(text.paragraph_count(), lines.len());
        let mut number = 0;
        for (index, line) in lines.iter().enumerate() {
            let range = text.paragraph_range(index);
            let is_last = index + 1 == lines.len();
            prop_assert_eq!(&text[range.as_range()], if is_last { line } else { line.strip_suffix('\r').unwrap_or(line) });
            prop_assert_eq!(text.paragraph_at(range.start()), index);
            prop_assert_eq!(text.paragraph_at(range.end()), index);
            let is_blank = line.trim().is_empty();
            number += usize::from(!is_blank);
            prop_assert_eq!(text.paragraph_number(index), (!is_blank).then_some(number));
            if !is_blank {
                prop_assert_eq!(text.paragraph_numbered(number), Some(index));
            }
        }
    }

    #[test]
    fn segments_fit_the_text((text, range) in text_and_range()) {
        let byte = range.start();
        for found in [word_at(&text, byte), sentence_at(&text, byte), trim(&text, range), snap_to_words(&text, range)] {
            prop_assert!(found.fits(&text), "{found:?}");
        }
        let (sentence, paragraph) = (sentence_at(&text, byte), paragraph_at(&text, byte));
        prop_assert!(paragraph.contains_range(sentence), "{sentence:?} in {paragraph:?}");
        prop_assert!(!sentence.slice(&text).unwrap().contains("\n\n"));
        for found in quotations(&text, range) {
            prop_assert!(found.outer.fits(&text) && found.inner.fits(&text));
            prop_assert!(found.outer.contains_range(found.inner) && !found.inner.is_empty());
        }
        if let Some(parts) = passage_around(&text, range) {
            prop_assert!(parts.windows(2).all(|two| two[0].outer.end() < two[1].outer.start()));
            let covered = parts[0].outer.cover(parts[parts.len() - 1].outer);
            prop_assert!(covered.start() <= range.start());
            prop_assert!(text.floor_char_boundary(range.end()) <= covered.end());
            for part in &parts {
                let again = passage_around(&text, part.outer);
                prop_assert_eq!(again.as_ref(), Some(&parts));
            }
        }
    }

    #[test]
    fn steps_go_on_until_the_end((text, range) in text_and_range()) {
        let byte = text.floor_char_boundary(range.start());
        let forwards = [next_grapheme, next_word_start, next_word_end, next_sentence_start, next_paragraph_start];
        for (index, step) in forwards.iter().enumerate() {
            let next = step(&text, byte);
            prop_assert!(text.is_char_boundary(next) && (next > byte || byte == text.len()), "{index}: {byte} → {next}");
        }
        let backwards = [
            previous_grapheme, previous_word_start, previous_word_end, previous_sentence_start, previous_paragraph_start,
        ];
        for (index, step) in backwards.iter().enumerate() {
            let previous = step(&text, byte);
            prop_assert!(text.is_char_boundary(previous) && (previous < byte || byte == 0), "{index}: {byte} → {previous}");
        }
    }

    #[test]
    fn steps_back_visit_the_places_of_steps_forth(text in any_text()) {
        for (next, previous) in [
            (next_grapheme as fn(&str, usize) -> usize, previous_grapheme as fn(&str, usize) -> usize),
            (next_word_start, previous_word_start),
            (next_word_end, previous_word_end),
            (next_sentence_start, previous_sentence_start),
            (next_paragraph_start, previous_paragraph_start),
        ] {
            let places = |step: fn(&str, usize) -> usize, from: usize, end: usize| -> Vec<usize> {
                std::iter::successors(Some(from), |at| (*at != end).then(|| step(&text, *at))).collect()
            };
            let inner = |mut found: Vec<usize>| {
                found.retain(|at| *at != 0 && *at != text.len());
                found.sort_unstable();
                found
            };
            prop_assert_eq!(inner(places(next, 0, text.len())), inner(places(previous, text.len(), 0)));
        }
    }

    #[test]
    fn every_byte_of_a_segment_gives_the_same_segment((text, range) in text_and_words()) {
        for at in [word_at as fn(&str, usize) -> ByteRange, sentence_at] {
            let found = at(&text, range.start());
            for byte in found.as_range() {
                prop_assert_eq!(at(&text, byte), found);
            }
        }
    }

    #[test]
    fn snapping_settles((text, range) in text_and_range()) {
        let snapped = snap_to_words(&text, range);
        prop_assert_eq!(snap_to_words(&text, snapped), snapped);
        let words = snapped.slice(&text).unwrap();
        prop_assert_eq!(words.trim(), words);
        let wanted = trim(&text, range);
        let [start, end] = [snapped.start(), snapped.end()].map(|at| at.clamp(wanted.start(), wanted.end()));
        let left_out = [&text[wanted.start()..start], &text[end..wanted.end()]];
        prop_assert!(!left_out.concat().contains(char::is_alphanumeric), "{:?}", left_out);
    }

    #[test]
    fn an_anchor_is_found_after_insertions_before_it((text, range) in text_and_words(), inserted in any_text()) {
        let anchor = Anchor::of(&text, range);
        let moved = ByteRange::new(range.start() + inserted.len(), range.end() + inserted.len());
        prop_assert_eq!(anchor::find(&format!("{inserted}{text}"), &anchor, moved.start()), Some(moved));
        prop_assert_eq!(anchor::find(&text, &anchor, range.start()), Some(range));
    }

    #[test]
    fn an_anchor_never_panics((text, range) in text_and_range(), other in any_text()) {
        if let Some(found) = anchor::find(&other, &Anchor::of(&text, range), range.start()) {
            prop_assert!(found.fits(&other));
        }
    }

    #[test]
    fn a_slug_is_a_safe_name(title in any_text(), max in 0..80_usize) {
        let stem = slug(&title, max);
        prop_assert!(!stem.is_empty() && stem.len() <= max.max(16));
        prop_assert!(stem.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')), "{}", stem);
    }
}
