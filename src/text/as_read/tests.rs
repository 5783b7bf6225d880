//! What texts read as, and the way back.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use proptest::prelude::*;

use super::{super::ByteRange, *};

#[test]
fn what_looks_the_same_reads_the_same() {
    for (written, reads) in [
        ("They won’t ‘sail’.", "They won't 'sail'."),
        ("„Nein“, «non», \u{201d}nej\u{201d}", "\"Nein\", \"non\", \"nej\""),
        ("10\u{a0}000 crowns, 5\u{202f}%", "10 000 crowns, 5 %"),
        ("Fähr\u{ad}gesell\u{ad}schaft", "Fährgesellschaft"),
        ("cafe\u{301} A\u{30a}rhus, \u{212b}", "café Århus, Å"),
        ("e\u{323}\u{302}, e\u{302}\u{323}", "ệ, ệ"),
        ("x\u{302} has no sign of its own", "x\u{302} has no sign of its own"),
        ("Press\u{200b}mark\u{feff}, co\u{2011}operation, \u{2212}3", "Pressmark, co-operation, -3"),
        ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", "한글"),
        ("two  spaces,\ttab, \u{2000}\u{200b} three", "two spaces, tab, three"),
        ("line \n end\r\nand\n\nparagraph\n \n\u{a0}\n more\n", "line\nend\nand\n\nparagraph\n\nmore\n"),
        ("Capitals STAY, so do – dashes", "Capitals STAY, so do – dashes"),
        ("", ""),
    ] {
        assert_eq!(as_read(written), reads, "{written:?}");
    }
    assert_eq!(fold("It reads\nas it\n\nis written"), Folded::default(), "nothing is kept of such a text");
}

#[test]
fn a_long_plain_text_is_told_from_one_with_a_single_sign() {
    let plain = "One line of it.\nTwo lines, and a gap:\n\n".repeat(20);
    assert_eq!(fold(&plain), Folded::default());
    for (sign, reads) in [("’", "'"), ("  ", " "), (" \n", "\n"), ("\t", " "), ("\n\n\n", "\n\n"), ("\u{ad}", "")] {
        for at in [0, 1, 2, 3, 257, 258, 259, plain.len()] {
            let text = format!("{}x{sign}x{}", &plain[..at], &plain[at..]);
            assert_eq!(as_read(&text), text.replace(sign, reads), "{sign:?} at {at}");
        }
    }
}

/// Where words that are read stand, as `⟦words⟧` in what is written.
fn written(source: &str, reads: &str) -> String {
    let folded = fold(source);
    let folded = folded.of_source(source);
    let start = folded.as_str().find(reads).unwrap();
    let range = folded.source_of(ByteRange::new(start, start + reads.len()));
    format!("{}⟦{}⟧{}", &source[..range.start()], &source[range.as_range()], &source[range.end()..])
}

#[test]
fn the_way_back_covers_all_signs_and_none_around() {
    assert_eq!(written("a\u{ad}\u{200b}won’t\u{ad} b", "won't"), "a\u{ad}\u{200b}⟦won’t⟧\u{ad} b");
    assert_eq!(written("ab\u{ad}\u{ad}cd\u{ad}", "bc"), "a⟦b\u{ad}\u{ad}c⟧d\u{ad}");
    assert_eq!(written("so  \u{a0} much", "o m"), "s⟦o  \u{a0} m⟧uch");
    assert_eq!(written("cafe\u{301}s’", "é"), "caf⟦e\u{301}⟧s’");
    assert_eq!(written("cafe\u{301}s’", "s'"), "cafe\u{301}⟦s’⟧");
    assert_eq!(written("“a”", "\"a\""), "⟦“a”⟧");
}

#[test]
fn an_offset_within_what_is_read_as_one_counts_as_after_it() {
    let source = "a’b\u{ad}  c";
    let folded = fold(source);
    let read = folded.of_source(source);
    assert_eq!(read.as_str(), "a'b c");
    let offsets: Vec<usize> = (0..=source.len()).map(|at| read.offset_of(at)).collect();
    assert_eq!(offsets, [0, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5]);
}

fn any_text() -> impl Strategy<Value = String> {
    const SIGNS: &[&str] = &[
        "a", "é", "e\u{301}", "ệ", "\u{323}", "\u{ad}", "\u{200d}", "’", "'", "«", " ", "\u{a0}", "\n", "한",
        "\u{11ab}", "के", "👩", "\u{2126}", "\u{2000}",
    ];
    prop::collection::vec(prop::sample::select(SIGNS), 0..24).prop_map(|signs| signs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn how_accents_are_written_does_not_matter(text in any_text()) {
        let reads = as_read(&text);
        prop_assert_eq!(&as_read(&DecomposingNormalizerBorrowed::new_nfd().normalize(&text)), &reads);
        prop_assert_eq!(&as_read(&ComposingNormalizerBorrowed::new_nfc().normalize(&text)), &reads);
    }

    #[test]
    fn every_part_of_what_is_read_is_written_somewhere(text in any_text()) {
        let folded = fold(&text);
        let read = folded.of_source(&text);
        let mut at = 0;
        for (start, c) in read.as_str().char_indices() {
            let range = read.source_of(ByteRange::new(start, start + c.len_utf8()));
            prop_assert!(range.fits(&text) && !range.is_empty() && range.end() >= at, "{:?}", range);
            prop_assert!(read.offset_of(range.start()) <= start);
            prop_assert!(as_read(&text[range.as_range()]).contains(c));
            at = range.end();
        }
    }
}
