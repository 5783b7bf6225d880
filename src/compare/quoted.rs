//! Quotations that both articles have between quotation marks.

use rustc_hash::FxHashMap;

use super::{
    found::{Confidence, Form, Kind, Match},
    greedy::{Candidate, take_strongest},
    pair::{NONE, Pair, Which},
    place::place,
    prepared::Prepared,
    quote::Quote,
    sentence::{Sentence, sentences_at},
    shared::{Passage, Shared},
    speaker::Speakers,
    why::why,
    word::{Class, Reading},
};

/// The quotations of both articles that are the same one.
pub(super) fn quoted(pair: &mut Pair<'_>) -> Vec<Match> {
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    let quotes = |candidate: Candidate| (&a.quotes[candidate.a as usize], &b.quotes[candidate.b as usize]);
    let passages = |candidate: Candidate| (passage(quotes(candidate).0), passage(quotes(candidate).1));
    let candidates = candidates(pair);
    let mut taken = take_strongest(pair, candidates.clone(), passages, |pair, candidate, shared| {
        let (one, other) = quotes(candidate);
        confidence(pair, one, other, shared)
    });
    taken.extend(repeated(pair, candidates, &taken));
    let linked = |which: Which| -> Vec<(u32, Vec<u32>)> {
        taken
            .iter()
            .map(|(candidate, shared, _)| linked_words(which, *candidate, shared, pair.article(which)))
            .collect()
    };
    let (in_a, in_b) = (linked(Which::A), linked(Which::B));
    let matches = taken.iter().enumerate().map(|(at, (candidate, shared, confidence))| Match {
        a: place(a, quotes(*candidate).0, at, &in_a),
        b: place(b, quotes(*candidate).1, at, &in_b),
        form: shared.form(),
        kind: Kind::Quotation,
        confidence: *confidence,
        why: why(shared),
    });
    matches.collect()
}

type Taken = (Candidate, Shared, Confidence);

/// Quotations that repeat a part of one that has its partner already, as a first paragraph does with a few words of what
/// is quoted whole further below: all of their words stand there in the same order.
fn repeated(pair: &mut Pair<'_>, mut candidates: Vec<Candidate>, taken: &[Taken]) -> Vec<Taken> {
    const FEWEST: f32 = 3.0;
    const ENOUGH_OF_LONG: f32 = 0.7;
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    let quotes = |candidate: Candidate| (&a.quotes[candidate.a as usize], &b.quotes[candidate.b as usize]);
    let has_a = |number: u32| taken.iter().any(|(candidate, _, _)| candidate.a == number);
    let has_b = |number: u32| taken.iter().any(|(candidate, _, _)| candidate.b == number);
    candidates.retain(|candidate| has_a(candidate.a) != has_b(candidate.b));
    let used = pair.free_all();
    let passages = |candidate: Candidate| (passage(quotes(candidate).0), passage(quotes(candidate).1));
    let repeated = take_strongest(pair, candidates, passages, |pair, candidate, shared| {
        let (one, other) = quotes(candidate);
        let repeats = if has_a(candidate.a) { other } else { one };
        let is_whole = shared.kept >= repeats.size && shared.changed == 0.0;
        let is_long = shared.kept >= LONG && shared.telling >= 4 && shared.kept >= ENOUGH_OF_LONG * repeats.size;
        let tells = shared.telling >= 2 && shared.kept >= FEWEST && !is_title(pair, one, other, shared);
        let is_other = matches!(one.speaker.beside(&other.speaker), Speakers::Other | Speakers::SeemOther);
        ((is_long || is_whole && tells) && !is_other).then_some(Confidence::Maybe)
    });
    pair.use_also(used);
    repeated
}

pub(super) fn passage(quote: &Quote) -> Passage<'_> {
    Passage { words: &quote.words, seams: &quote.seams }
}

/// Which quotation of an article a match is of, and which of its words are linked.
fn linked_words(which: Which, candidate: Candidate, shared: &Shared, article: &Prepared) -> (u32, Vec<u32>) {
    let number = if which == Which::A { candidate.a } else { candidate.b };
    let words = &article.quotes[number as usize].words;
    let places = shared.links.iter().flat_map(|link| match which {
        Which::A => link.a..link.a + link.a_len,
        Which::B => link.b..link.b + link.b_len,
    });
    (number, places.map(|at| words[at]).collect())
}

/// Pairs of quotations that share a run of three words, or half of what the shorter one says.
fn candidates(pair: &Pair<'_>) -> Vec<Candidate> {
    const ENOUGH: f32 = 0.5;
    /// What comes so often in both articles says nothing.
    const MOST: usize = 1 << 10;
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    let mut evidence: FxHashMap<Candidate, f32> = FxHashMap::default();
    let groups = |numbers: &[(u64, u32)], others: &[(u64, u32)], each: &mut dyn FnMut(Candidate)| {
        let mut from = 0;
        for group in numbers.chunk_by(|one, two| one.0 == two.0) {
            from += others[from..].partition_point(|other| other.0 < group[0].0);
            let same = &others[from..][..others[from..].partition_point(|other| other.0 == group[0].0)];
            if group.len() * same.len() <= MOST {
                for (one, other) in group.iter().flat_map(|one| same.iter().map(move |other| (one, other))) {
                    each(Candidate { a: one.1, b: other.1 });
                }
            }
        }
    };
    groups(&a.runs, &b.runs, &mut |candidate| *evidence.entry(candidate).or_default() += f32::INFINITY);
    for group in a.quoted.chunk_by(|one, two| one.0 == two.0) {
        let stem = pair.twin[group[0].0 as usize];
        if stem == NONE {
            continue;
        }
        let same = &b.quoted[b.quoted.partition_point(|other| other.0 < stem)..];
        let same = &same[..same.partition_point(|other| other.0 == stem)];
        if group.len() * same.len() > MOST {
            continue;
        }
        for (one, other) in group.iter().flat_map(|one| same.iter().map(move |other| (one, other))) {
            *evidence.entry(Candidate { a: one.1, b: other.1 }).or_default() += pair.weight(Which::A, group[0].0);
        }
    }
    let says = |which: Which, quote: &Quote| quote.stems.iter().map(|stem| pair.weight(which, *stem)).sum::<f32>();
    let says_a: Vec<f32> = a.quotes.iter().map(|quote| says(Which::A, quote)).collect();
    let says_b: Vec<f32> = b.quotes.iter().map(|quote| says(Which::B, quote)).collect();
    let is_enough = |candidate: &Candidate, weight: f32| {
        weight >= ENOUGH * says_a[candidate.a as usize].min(says_b[candidate.b as usize])
    };
    let mut found: Vec<Candidate> =
        evidence.into_iter().filter(|(candidate, weight)| is_enough(candidate, *weight)).map(|(one, _)| one).collect();
    found.sort_unstable();
    found
}

/// From so many words on it hardly matters who speaks.
const LONG: f32 = 8.0;

/// Whether two quotations are one, and how sure that is.
fn confidence(pair: &Pair<'_>, one: &Quote, other: &Quote, shared: &Shared) -> Option<Confidence> {
    const SHORT: f32 = 4.0;
    if shared.kept < SHORT || shared.telling < 2 {
        return short(pair, one, other, shared);
    }
    if is_title(pair, one, other, shared) {
        return None;
    }
    let speakers = one.speaker.beside(&other.speaker);
    let is_other = matches!(speakers, Speakers::Other | Speakers::SeemOther);
    let is_whole = shared.diverging == 0 && matches!(shared.form(), Form::Verbatim | Form::Truncated);
    let cover = shared.cover();
    let is_sure = match () {
        () if is_whole => shared.telling >= 3 && shared.kept >= if is_other { LONG } else { 5.0 },
        () if is_other || shared.kept < LONG || shared.telling < 4 => false,
        () => cover >= 0.75 || shared.run >= LONG && shared.diverging < 4,
    };
    let is_likely = match () {
        () if speakers == Speakers::Other && shared.kept < LONG => false,
        () if is_whole => !is_other || shared.telling >= 3 || shared.kept >= 6.0,
        () if is_other => shared.kept >= LONG && shared.telling >= 4 && (cover >= 0.8 || shared.run >= LONG),
        () if shared.denies[0] != shared.denies[1] && shared.kept < LONG => false,
        () if cover >= 0.6 => shared.telling >= 3 && shared.run >= 3.0,
        () => shared.kept >= LONG && shared.run >= 5.0 && shared.telling >= 4,
    };
    match (is_sure, is_likely) {
        (true, _) => Some(Confidence::Sure),
        (false, true) => Some(Confidence::Maybe),
        (false, false) => None,
    }
}

/// A few words between quotation marks are often a name for something, or what everybody says: they are one quotation
/// where all of them are the same, nobody uses them without the marks, and the same is told around them or the same one
/// says them.
fn short(pair: &Pair<'_>, one: &Quote, other: &Quote, shared: &Shared) -> Option<Confidence> {
    const ENOUGH: f32 = 0.9;
    const COMMON_WORDS: f32 = 6.0;
    if shared.kept < ENOUGH * one.size.min(other.size) || is_title(pair, one, other, shared) {
        return None;
    }
    let speakers = one.speaker.beside(&other.speaker);
    if shared.telling <= 1 && shared.kept >= COMMON_WORDS {
        let is_other = matches!(speakers, Speakers::Other | Speakers::SeemOther);
        return (!is_other).then_some(Confidence::Maybe);
    }
    let wanted = match (shared.telling, speakers) {
        (0, _) | (_, Speakers::Other) => return None,
        // A single word in a long quotation says nothing.
        (1, _) if one.size.max(other.size) > 4.0 => return None,
        (1, Speakers::Same) => 0.8,
        (1, Speakers::Unknown) => 1.5,
        (1, Speakers::SeemOther) => return None,
        (_, Speakers::Same) => 0.0,
        (_, Speakers::Unknown) => 0.4,
        (_, Speakers::SeemOther) => 1.5,
    };
    let is_said = shared_around(pair, one, other) >= wanted && !is_term(pair, one, shared);
    is_said.then_some(Confidence::Maybe)
}

/// Whether one of the articles has the words without quotation marks: then they are a term.
fn is_term(pair: &Pair<'_>, one: &Quote, shared: &Shared) -> bool {
    let article = pair.article(Which::A);
    let term: Vec<Reading> = shared.links.iter().map(|link| article.words[one.words[link.a] as usize].stem).collect();
    [Which::A, Which::B].into_iter().any(|which| {
        let article = pair.article(which);
        let is_bare = |at: usize| !article.quotes.iter().any(|quote| quote.fragments.overlaps(article.words[at].range));
        let places = article.words.windows(term.len()).enumerate();
        let mut same = places.filter(|(_, words)| words.iter().zip(&term).all(|(word, stem)| word.stem == *stem));
        same.any(|(at, _)| is_bare(at))
    })
}

/// Whether what they share is the name of something: a few words, each with a capital letter, and all of one of them.
fn is_title(pair: &Pair<'_>, one: &Quote, other: &Quote, shared: &Shared) -> bool {
    const LONGEST: usize = 6;
    let is_name = |which: Which, words: &mut dyn Iterator<Item = u32>| {
        let all = &pair.article(which).words;
        let mut telling = words.map(|word| &all[word as usize]).filter(|word| word.class != Class::Common);
        telling.all(|word| word.is_capital)
    };
    one.words.len().min(other.words.len()) <= LONGEST
        && is_name(Which::A, &mut shared.links.iter().map(|link| one.words[link.a]))
        && is_name(Which::B, &mut shared.links.iter().map(|link| other.words[link.b]))
}

/// How much the sentences around two quotations share, beside the quotations themselves.
fn shared_around(pair: &Pair<'_>, one: &Quote, other: &Quote) -> f32 {
    let around = |which: Which, quote: &Quote| -> Vec<u32> {
        let article = pair.article(which);
        let sentences = quote.fragments.iter().flat_map(|part| sentences_at(&article.sentences, part));
        let words = sentences.flat_map(Sentence::words);
        let telling = words.filter(|word| article.words[*word].class != Class::Common);
        let beside = telling.filter(|word| !quote.fragments.overlaps(article.words[*word].range));
        let mut stems: Vec<u32> = beside.map(|word| article.stem_of[word]).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    let in_b = around(Which::B, other);
    let in_a = around(Which::A, one);
    let shared = in_a.iter().filter(|stem| in_b.binary_search(&pair.twin[**stem as usize]).is_ok());
    shared.map(|stem| pair.weight(Which::A, *stem)).sum()
}
