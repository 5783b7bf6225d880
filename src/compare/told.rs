//! What one article has between quotation marks and the other tells, and what both tell: sentences whose rare words are
//! the same. All of it is a guess, but for long runs of the same words.

use super::{
    align::align,
    closeness::{Bag, Closeness, closeness},
    found::{Confidence, Form, Kind, Match},
    greedy::{Candidate, take_strongest},
    pair::{Pair, Which},
    prepared::Prepared,
    prose::{Prose, fragments},
    quoted::passage,
    shared::{Passage, Shared},
    why::why,
};
use crate::text::Fragments;

/// Quotations of one article that the other one tells.
pub(super) fn reported(pair: &mut Pair<'_>, quoted_in: Which) -> Vec<Match> {
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    let (quotes, proses) = if quoted_in == Which::A { (a, b) } else { (b, a) };
    let told_in = if quoted_in == Which::A { Which::B } else { Which::A };
    let of_quotes = bags(pair, quoted_in, quotes.quotes.iter().map(|quote| (&quote.words[..], &quote.stems[..])));
    let of_proses = bags(pair, told_in, proses.proses.iter().map(|prose| (&prose.words[..], &prose.stems[..])));
    let is_near = |close: &Closeness| close.common >= 3 && close.containment >= NEAR;
    let wanted = match quoted_in {
        Which::A => closeness(pair, &of_quotes, &of_proses, is_near),
        Which::B => closeness(pair, &of_proses, &of_quotes, is_near),
    };
    let candidates = wanted.iter().map(|close| close.candidate).collect();
    let told = |prose: usize| Passage { words: &proses.proses[prose].words, seams: &[] };
    let passages = |candidate: Candidate| match quoted_in {
        Which::A => (passage(&a.quotes[candidate.a as usize]), told(candidate.b as usize)),
        Which::B => (told(candidate.a as usize), passage(&b.quotes[candidate.b as usize])),
    };
    let taken = take_strongest(pair, candidates, passages, |_, candidate, shared| {
        let close = wanted.iter().find(|close| close.candidate == candidate)?;
        let (quote, prose) = numbers(quoted_in, candidate);
        if proses.proses[prose].is_attribution || quotes.quotes[quote].size < 4.0 {
            return None;
        }
        reported_confidence(shared, close, quoted_in)
    });
    let matches = taken.iter().filter_map(|(candidate, shared, confidence)| {
        let (quote, prose) = numbers(quoted_in, *candidate);
        let quoted = quotes.quotes[quote].fragments.clone();
        let told = told_place(proses, &proses.proses[prose].words, shared, told_in)?;
        let (a, b) = if quoted_in == Which::A { (quoted, told) } else { (told, quoted) };
        let (form, kind) = (shared.form(), Kind::QuotationReported);
        Some(Match { a, b, form, kind, confidence: *confidence, why: why(shared) })
    });
    matches.collect()
}

fn numbers(quoted_in: Which, candidate: Candidate) -> (usize, usize) {
    let (a, b) = (candidate.a as usize, candidate.b as usize);
    if quoted_in == Which::A { (a, b) } else { (b, a) }
}

/// So much of the shorter passage has the other one, where they may be one statement.
const NEAR: f32 = 0.5;

/// Whether a quotation is told, and how sure that is. Names alone are no statement.
fn reported_confidence(shared: &Shared, close: &Closeness, quoted_in: Which) -> Option<Confidence> {
    let cover = shared.cover_of(quoted_in);
    let are_names = shared.telling <= shared.names + 1 && close.shared < 2.2;
    if are_names || close.shared < 1.0 {
        return None;
    }
    if cover >= 0.75 && shared.run >= 5.0 && shared.telling >= 4 {
        return Some(Confidence::Sure);
    }
    let is_likely = match () {
        () if shared.telling < 3 => false,
        () if cover >= 0.6 || shared.run >= 6.0 => true,
        () => shared.telling >= 4 && cover >= 0.25,
    };
    is_likely.then_some(Confidence::Maybe)
}

/// The words of a sentence from the first that is linked to the last.
fn told_place(article: &Prepared, words: &[u32], shared: &Shared, which: Which) -> Option<Fragments> {
    let (first, last) = shared.links.first().zip(shared.links.last())?;
    let (from, to) = match which {
        Which::A => (first.a, last.a + last.a_len),
        Which::B => (first.b, last.b + last.b_len),
    };
    fragments(&article.words, &words[from..to])
}

/// Sentences that both articles tell, one to one, the closest first.
pub(super) fn told(pair: &mut Pair<'_>) -> Vec<Match> {
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    let in_a = bags(pair, Which::A, a.proses.iter().map(own_words));
    let in_b = bags(pair, Which::B, b.proses.iter().map(own_words));
    let free = |candidate: Candidate| {
        let (one, other) = (&a.proses[candidate.a as usize], &b.proses[candidate.b as usize]);
        (free(pair, Which::A, &one.words), free(pair, Which::B, &other.words))
    };
    let mut scored: Vec<(f32, Candidate)> = Vec::new();
    for close in closeness(pair, &in_a, &in_b, |close| close.common >= 3 && likeness(close, LONGEST_RUN) >= LIKELY) {
        let (one, other) = free(close.candidate);
        let denies = [a.proses[close.candidate.a as usize].denies, b.proses[close.candidate.b as usize].denies];
        let score = likeness(&close, longest_run(a, &one, b, &other));
        let score = score - if denies[0] == denies[1] { 0.0 } else { OTHER_DENIAL };
        scored.extend(Some((score, close.candidate)).filter(|(score, _)| *score >= LIKELY));
    }
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let stems = pair.stems_in_a();
    let (mut taken_a, mut taken_b) = (vec![false; in_a.len()], vec![false; in_b.len()]);
    let mut matches = Vec::new();
    for (_, candidate) in scored {
        let (at_a, at_b) = (candidate.a as usize, candidate.b as usize);
        if taken_a[at_a] || taken_b[at_b] {
            continue;
        }
        (taken_a[at_a], taken_b[at_b]) = (true, true);
        let (one, other) = free(candidate);
        let alignment = align(&pair.tokens(Which::A, &one, &stems), &pair.tokens(Which::B, &other, &stems));
        let passage = |words| Passage { words, seams: &[] };
        let shared = Shared::of(pair, passage(&one), passage(&other), alignment);
        let places = fragments(&a.words, &one).zip(fragments(&b.words, &other));
        let Some((place_a, place_b)) = places else { continue };
        let form = prose_form(&shared, one.len(), other.len());
        let (kind, confidence) = (Kind::Prose, Confidence::Maybe);
        matches.push(Match { a: place_a, b: place_b, form, kind, confidence, why: why(&shared) });
    }
    matches
}

/// The words of what a sentence tells, and what they say; none where it only says who has said something.
fn own_words(prose: &Prose) -> (&[u32], &[u32]) {
    if prose.is_attribution { (&[], &[]) } else { (&prose.words, &prose.stems) }
}

/// How many words that follow each other both passages have, at most.
fn longest_run(a: &Prepared, one: &[u32], b: &Prepared, other: &[u32]) -> f32 {
    let sizes =
        |from: usize, count: usize| one[from..from + count].iter().map(|word| a.words[*word as usize].size).sum();
    let mut before = vec![0_usize; other.len() + 1];
    let (mut longest, mut end) = (0, 0);
    for (at, word) in one.iter().enumerate() {
        let reading = a.words[*word as usize].reading;
        // From the back, so that the row before is still there.
        for beside in (0..other.len()).rev() {
            let is_same = b.words[other[beside] as usize].reading == reading;
            before[beside + 1] = if is_same { before[beside] + 1 } else { 0 };
            if before[beside + 1] > longest {
                (longest, end) = (before[beside + 1], at + 1);
            }
        }
    }
    sizes(end - longest, longest)
}

/// From here on two sentences are taken for one statement.
const LIKELY: f32 = 0.41;
/// Longer runs say no more.
const LONGEST_RUN: f32 = 10.0;
/// Where one of two sentences denies and the other does not, they may well say the opposite.
const OTHER_DENIAL: f32 = 0.1;

/// How likely two sentences are one statement: by experience, with reports of one event.
fn likeness(close: &Closeness, run: f32) -> f32 {
    let run = run.min(LONGEST_RUN) / LONGEST_RUN;
    0.55 * close.cosine + 0.35 * close.containment + 0.2 * run + 0.02 * close.shared.min(6.0)
}

/// Whole sentences stand for each other here, so what is left over at their ends counts.
fn prose_form(shared: &Shared, size_a: usize, size_b: usize) -> Form {
    let form = shared.form();
    let is_whole = shared.links.len() == size_a && shared.links.len() == size_b;
    match form {
        Form::Verbatim if !is_whole && shared.cover() >= 0.6 => Form::Truncated,
        Form::Altered | Form::Verbatim | Form::Truncated if shared.cover() < 0.6 => Form::Paraphrased,
        form => form,
    }
}

/// What the passages of an article say with the words that no statement has yet.
fn bags<'p>(pair: &Pair<'p>, which: Which, passages: impl Iterator<Item = (&'p [u32], &'p [u32])>) -> Vec<Bag<'p>> {
    let is_used = |word: &u32| pair.is_used(which, *word);
    let left = |(words, stems): (&'p [u32], &'p [u32])| match words.iter().any(is_used) {
        false => Bag::Borrowed(stems),
        true => pair.article(which).bag(&free(pair, which, words)).into(),
    };
    passages.map(left).collect()
}

/// Words that no statement has yet.
fn free(pair: &Pair<'_>, which: Which, words: &[u32]) -> Vec<u32> {
    words.iter().copied().filter(|word| !pair.is_used(which, *word)).collect()
}
