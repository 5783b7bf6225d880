//! Inputs that are nearly right: a valid one, of which a few parts are cut, doubled, moved, flipped or made anew.

use super::random::Rng;

/// One of a corpus with some changes, at most a few times as long as it was; tokens are what its format is made of.
pub fn mutated(rng: &mut Rng, corpus: &[Vec<u8>], tokens: &[&str]) -> Vec<u8> {
    const LONGEST: usize = 64 * 1024;
    let mut bytes = corpus[rng.below(corpus.len())].clone();
    for _ in 0..=rng.below(12) {
        change(rng, &mut bytes, corpus, tokens);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn change(rng: &mut Rng, bytes: &mut Vec<u8>, corpus: &[Vec<u8>], tokens: &[&str]) {
    let at = rng.below(bytes.len() + 1);
    // Mostly short, sometimes long.
    let longest = 1 << rng.below(12);
    let len = rng.below((bytes.len() - at).min(longest) + 1);
    let part = bytes[at..at + len].to_vec();
    match rng.below(7) {
        0 => drop(bytes.drain(at..at + len)),
        1 => drop(bytes.splice(at..at, part.repeat(1 + rng.below(20)))),
        2 => {
            let to = rng.below(bytes.len() + 1);
            bytes.splice(to..to, part);
        }
        3 if at < bytes.len() => bytes[at] = u8::try_from(rng.below(256)).unwrap(),
        4 => {
            let other = &corpus[rng.below(corpus.len())];
            let from = rng.below(other.len() + 1);
            let until = from + rng.below(other.len() - from + 1).min(2000);
            bytes.splice(at..at, other[from..until].to_vec());
        }
        5 => {
            let token = tokens[rng.below(tokens.len())];
            bytes.splice(at..at + len.min(8), token.repeat(1 << rng.below(10)).into_bytes());
        }
        _ => drop(bytes.splice(at..at, tokens[rng.below(tokens.len())].bytes())),
    }
}
