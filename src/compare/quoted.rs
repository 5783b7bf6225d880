//! Quotations that both articles have between quotation marks.

use rustc_hash::FxHashMap;

use super::{
    found::{Confidence, Form, Kind, Match},
    greedy::{Candidate, take_strongest},
    pair::{NONE, Pair, Which},
    place::place,
    prepared::Prepared,
    quote::Quote,
    sentence::sentences_at,
    shared::{Passage, Shared},
    why::why,
    word::Class,
};

/// The quotations of both articles that are the same one.
pub(super) fn quoted(pair: &mut Pair<'_>) -> Vec<Match> {
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    let passages =
        |candidate: Candidate| (passage(&a.quotes[candidate.a as usize]), passage(&b.quotes[candidate.b as usize]));
    let taken = take_strongest(pair, candidates(pair), passages, |pair, candidate, shared| {
        confidence(pair, &a.quotes[candidate.a as usize], &b.quotes[candidate.b as usize], shared)
    });
    let linked = |which: Which| -> Vec<(u32, Vec<u32>)> {
        taken
            .iter()
            .map(|(candidate, shared, _)| linked_words(which, *candidate, shared, pair.article(which)))
            .collect()
    };
    let (in_a, in_b) = (linked(Which::A), linked(Which::B));
    let matches = taken.iter().enumerate().map(|(at, (candidate, shared, confidence))| Match {
        a: place(a, &a.quotes[candidate.a as usize], at, &in_a),
        b: place(b, &b.quotes[candidate.b as usize], at, &in_b),
        form: shared.form(),
        kind: Kind::Quotation,
        confidence: *confidence,
        why: why(shared),
    });
    matches.collect()
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

/// Pairs of quotations that share a run of three words, or enough rare ones.
fn candidates(pair: &Pair<'_>) -> Vec<Candidate> {
    const ENOUGH: f32 = 0.3;
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
    let is_enough = |candidate: &Candidate, weight: f32| {
        let size = a.quotes[candidate.a as usize].size.min(b.quotes[candidate.b as usize].size);
        weight >= ENOUGH * size.sqrt()
    };
    let mut found: Vec<Candidate> =
        evidence.into_iter().filter(|(candidate, weight)| is_enough(candidate, *weight)).map(|(one, _)| one).collect();
    found.sort_unstable();
    found
}

/// Whether two quotations are one, and how sure that is.
fn confidence(pair: &Pair<'_>, one: &Quote, other: &Quote, shared: &Shared) -> Option<Confidence> {
    const SHORT: f32 = 4.0;
    const LONG: f32 = 8.0;
    let is_other_speaker = one.speaker.is_other_than(&other.speaker);
    let cover = shared.cover();
    if shared.telling == 0 {
        return None;
    }
    if shared.kept < SHORT || shared.telling < 2 {
        return short(pair, one, other, shared);
    }
    let form = shared.form();
    let is_whole = shared.diverging == 0 && matches!(form, Form::Verbatim | Form::Truncated);
    let sure = match () {
        () if is_other_speaker => None,
        () if is_whole && (shared.kept >= 5.0 && shared.telling >= 3) => Some(Confidence::Sure),
        () if shared.kept >= LONG && shared.telling >= 4 && cover >= 0.75 => Some(Confidence::Sure),
        () if shared.kept >= LONG && shared.run >= LONG && shared.telling >= 4 && shared.diverging < 4 => {
            Some(Confidence::Sure)
        }
        () => None,
    };
    if sure.is_some() {
        return sure;
    }
    let is_likely = match () {
        () if is_other_speaker => shared.kept >= LONG && shared.telling >= 4 && (cover >= 0.8 || shared.run >= LONG),
        () if is_whole => true,
        () if cover >= 0.6 => shared.telling >= 3 && shared.run >= 3.0,
        () => shared.kept >= LONG && shared.run >= 5.0 && shared.telling >= 4,
    };
    is_likely.then_some(Confidence::Maybe)
}

/// A few words between quotation marks are often a name for something, or what everybody says: they are one quotation
/// where all of them are the same, and the same is told around them or the same one says them.
fn short(pair: &Pair<'_>, one: &Quote, other: &Quote, shared: &Shared) -> Option<Confidence> {
    const ENOUGH: f32 = 0.9;
    const SHARED_AROUND: f32 = 1.5;
    if shared.cover() < ENOUGH || one.speaker.is_other_than(&other.speaker) {
        return None;
    }
    let is_same_speaker = one.speaker.shares_name(&other.speaker);
    let around = shared_around(pair, one, other);
    let wanted = if is_same_speaker { 0.8 } else { SHARED_AROUND };
    (around >= wanted).then_some(Confidence::Maybe)
}

/// How much the sentences around two quotations share, beside the quotations themselves.
fn shared_around(pair: &Pair<'_>, one: &Quote, other: &Quote) -> f32 {
    let around = |which: Which, quote: &Quote| -> Vec<u32> {
        let article = pair.article(which);
        let sentences = quote.fragments.iter().flat_map(|part| sentences_at(&article.sentences, part));
        let words = sentences.flat_map(|sentence| sentence.words());
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
