//! Numbers of strings as spaCy has them: a symbol's place in its list, or else the hash of the string.

use std::{collections::BTreeMap, sync::LazyLock};

/// The number of a string: 0 for the empty one.
pub fn number(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    symbol(string).unwrap_or_else(|| murmur_64a(string.as_bytes(), 1))
}

/// The symbols that have names of their own (`spacy/symbols.pxd`), each run with the number of its first one.
const RUNS: [(u64, &str); 3] = [
    (
        1,
        "IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT IS_SPACE IS_TITLE IS_UPPER LIKE_URL LIKE_NUM LIKE_EMAIL IS_STOP \
         IS_OOV_DEPRECATED IS_BRACKET IS_QUOTE IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY",
    ),
    (
        64,
        "ID ORTH LOWER NORM SHAPE PREFIX SUFFIX LENGTH CLUSTER LEMMA POS TAG DEP ENT_IOB ENT_TYPE HEAD SENT_START SPACY \
         PROB LANG ADJ ADP ADV AUX CONJ CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X EOL SPACE",
    ),
    (
        380,
        "PERSON NORP FACILITY ORG GPE LOC PRODUCT EVENT WORK_OF_ART LANGUAGE LAW DATE TIME PERCENT MONEY QUANTITY \
         ORDINAL CARDINAL acomp advcl advmod agent amod appos attr aux auxpass cc ccomp complm conj cop csubj csubjpass \
         dep det dobj expl hmod hyph infmod intj iobj mark meta neg nmod nn npadvmod nsubj nsubjpass num number oprd obj \
         obl parataxis partmod pcomp pobj poss possessive preconj prep prt punct quantmod relcl rcmod root xcomp acl \
         ENT_KB_ID MORPH ENT_ID IDX _",
    ),
];

/// Symbols that are numbered: what stands before the number, how many digits it has at least, the first and the last one,
/// and what is added to it.
const NUMBERED: [(&str, usize, u64, u64, u64); 2] = [("FLAG", 2, 19, 63, 0), ("DEPRECATED", 3, 1, 276, 103)];

static SYMBOLS: LazyLock<BTreeMap<&'static str, u64>> = LazyLock::new(|| {
    let runs = RUNS.into_iter().flat_map(|(first, names)| names.split(' ').zip(first..));
    runs.collect()
});

fn symbol(string: &str) -> Option<u64> {
    let numbered = NUMBERED.into_iter().find_map(|(stem, width, first, last, more)| {
        let digits = string.strip_prefix(stem)?;
        let number = digits.parse::<u64>().ok().filter(|number| (first..=last).contains(number))?;
        (digits.len() == width && !digits.starts_with('+')).then_some(number + more)
    });
    numbered.or_else(|| SYMBOLS.get(string).copied())
}

/// The symbol of a number; `None` for the number of another string.
pub fn symbol_of(number: u64) -> Option<String> {
    if number == 0 {
        return Some(String::new());
    }
    let numbered = NUMBERED.into_iter().find_map(|(stem, width, first, last, more)| {
        let own = number.checked_sub(more).filter(|own| (first..=last).contains(own))?;
        Some(format!("{stem}{own:0width$}"))
    });
    numbered.or_else(|| SYMBOLS.iter().find(|(_, own)| **own == number).map(|(name, _)| (*name).to_owned()))
}

/// MurmurHash64A. Austin Appleby, MurmurHash2.cpp, <https://github.com/aappleby/smhasher>, in the public domain.
fn murmur_64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_numbers_of_spacy() {
        let known = [
            ("", 0),
            ("hello", 5_983_625_672_228_268_878),
            ("é", 16_256_712_947_286_012_828),
            ("a", 11_901_859_001_352_538_922),
            ("0123456789abcdef", 9_273_136_708_479_707_038),
            ("case", 8_110_129_090_154_140_942),
            ("FAC", 9_191_306_739_292_312_949),
            ("PERSON", 380),
            ("mark", 423),
            ("_", 456),
            ("ID", 64),
            ("SPACE", 103),
            ("FLAG20", 20),
            ("DEPRECATED012", 115),
            ("IS_CURRENCY", 18),
        ];
        for (string, expected) in known {
            assert_eq!(number(string), expected, "{string}");
            assert_eq!(symbol_of(expected).as_deref(), Some(string).filter(|_| expected < 1000), "{string}");
        }
        assert!(["FLAG7", "FLAG64", "FLAG020", "DEPRECATED12", "FLAG+9"].into_iter().all(|name| number(name) > 1000));
    }
}
