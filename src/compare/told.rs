//! What one article has between quotation marks and the other tells, and what both tell: sentences whose rare words are
//! the same. All of it is a guess, but for long runs of the same words.

use super::{
    found::{Confidence, Form, Kind, Match},
    greedy::{Candidate, take_strongest},
    pair::{NONE, Pair, Which},
    prepared::Prepared,
    prose::fragments,
    quoted::passage,
    shared::{Passage, Shared},
    why::why,
};
use crate::text::Fragments;

/// How close two passages are, from the rare words that both have.
#[derive(Clone, Copy, Debug)]
struct Closeness {
    candidate: Candidate,
    /// The cosine of the angle between their words.
    cosine: f32,
    /// How much of the shorter one the other has.
    containment: f32,
    /// How many words that say something both have.
    common: u32,
    /// How much they say together.
    shared: f32,
}

/// Quotations of one article that the other one tells.
pub(super) fn reported(pair: &mut Pair<'_>, quoted_in: Which) -> Vec<Match> {
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    let (quotes, proses) = if quoted_in == Which::A { (a, b) } else { (b, a) };
    let quote_lists: Vec<Vec<u32>> = quotes.quotes.iter().map(|quote| free(pair, quoted_in, &quote.words)).collect();
    let told_in = if quoted_in == Which::A { Which::B } else { Which::A };
    let prose_lists: Vec<Vec<u32>> = proses.proses.iter().map(|prose| free(pair, told_in, &prose.words)).collect();
    let close = match quoted_in {
        Which::A => closeness(pair, &quote_lists, &prose_lists),
        Which::B => closeness(pair, &prose_lists, &quote_lists),
    };
    let wanted: Vec<Closeness> =
        close.into_iter().filter(|close| close.common >= 3 && close.containment >= 0.35).collect();
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

/// Whether a quotation is told, and how sure that is. Names alone are no statement.
fn reported_confidence(shared: &Shared, close: &Closeness, quoted_in: Which) -> Option<Confidence> {
    let cover = shared.cover_of(quoted_in);
    let are_names = shared.telling <= shared.names + 1 && close.shared < 2.2;
    if are_names || close.shared < 1.0 || close.containment < 0.5 {
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

/// Sentences that both articles tell, one to one.
pub(super) fn told(pair: &mut Pair<'_>) -> Vec<Match> {
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    let lists = |which: Which, article: &Prepared| -> Vec<Vec<u32>> {
        let own = |words: &[u32]| free(pair, which, words);
        article.proses.iter().map(|prose| if prose.is_attribution { Vec::new() } else { own(&prose.words) }).collect()
    };
    let (in_a, in_b) = (lists(Which::A, a), lists(Which::B, b));
    let stems = pair.stems_in_a();
    let mut scored: Vec<(f32, Candidate, Shared)> = Vec::new();
    for close in closeness(pair, &in_a, &in_b) {
        if close.common < 3 || close.cosine < 0.2 {
            continue;
        }
        let (one, other) = (&in_a[close.candidate.a as usize], &in_b[close.candidate.b as usize]);
        let alignment = super::align::align(&pair.tokens(Which::A, one, &stems), &pair.tokens(Which::B, other, &stems));
        let passage = |words| Passage { words, seams: &[] };
        let shared = Shared::of(pair, passage(one), passage(other), alignment);
        let denies = [a.proses[close.candidate.a as usize].denies, b.proses[close.candidate.b as usize].denies];
        let score = likeness(&close, &shared) - if denies[0] == denies[1] { 0.0 } else { 0.1 };
        scored.push((score, close.candidate, shared));
    }
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let (mut taken_a, mut taken_b) = (vec![false; in_a.len()], vec![false; in_b.len()]);
    let mut matches = Vec::new();
    for (score, candidate, shared) in scored {
        let (at_a, at_b) = (candidate.a as usize, candidate.b as usize);
        if score < LIKELY || taken_a[at_a] || taken_b[at_b] {
            continue;
        }
        (taken_a[at_a], taken_b[at_b]) = (true, true);
        let places = fragments(&a.words, &in_a[at_a]).zip(fragments(&b.words, &in_b[at_b]));
        let Some((place_a, place_b)) = places else { continue };
        let form = prose_form(&shared, in_a[at_a].len(), in_b[at_b].len());
        let (kind, confidence) = (Kind::Prose, Confidence::Maybe);
        matches.push(Match { a: place_a, b: place_b, form, kind, confidence, why: why(&shared) });
    }
    matches
}

/// From here on two sentences are taken for one statement.
const POWER: f32 = 2.0;
const LIKELY: f32 = 0.41;

fn likeness(close: &Closeness, shared: &Shared) -> f32 {
    let run = shared.run.min(10.0) / 10.0;
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

/// Words that no statement has yet.
fn free(pair: &Pair<'_>, which: Which, words: &[u32]) -> Vec<u32> {
    words.iter().copied().filter(|word| !pair.is_used(which, *word)).collect()
}

/// How close passages of the first article are to those of the second one, for all that share a rare word; in order.
fn closeness(pair: &Pair<'_>, in_a: &[Vec<u32>], in_b: &[Vec<u32>]) -> Vec<Closeness> {
    let (a, b) = (pair.article(Which::A), pair.article(Which::B));
    // What is in so many passages tells none from the others.
    let most = 50.max(in_b.len() / 20);
    let mut posted: Vec<Vec<u32>> = vec![Vec::new(); b.stems.len()];
    let stems = |article: &Prepared, words: &[u32]| -> Vec<u32> {
        let telling = words.iter().filter(|word| article.words[**word as usize].class != super::word::Class::Common);
        let mut stems: Vec<u32> = telling.map(|word| article.stem_of[*word as usize]).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    };
    let (mut squares_b, mut sums_b) = (vec![0.0_f32; in_b.len()], vec![0.0_f32; in_b.len()]);
    for (at, words) in in_b.iter().enumerate() {
        for stem in stems(b, words) {
            let weight = pair.weight(Which::B, stem).powf(POWER);
            squares_b[at] += weight * weight;
            sums_b[at] += weight;
            posted[stem as usize].push(u32::try_from(at).unwrap_or(NONE));
        }
    }
    let mut found = Vec::new();
    let mut row = vec![(0.0_f32, 0.0_f32, 0_u32); in_b.len()];
    for (at, words) in in_a.iter().enumerate() {
        let (mut square, mut sum) = (0.0, 0.0);
        let mut touched: Vec<u32> = Vec::new();
        for stem in stems(a, words) {
            let weight = pair.weight(Which::A, stem).powf(POWER);
            square += weight * weight;
            sum += weight;
            let Some(others) = posted.get(pair.twin[stem as usize] as usize).filter(|list| list.len() <= most) else {
                continue;
            };
            for other in others {
                let cell = &mut row[*other as usize];
                if cell.2 == 0 {
                    touched.push(*other);
                }
                *cell = (cell.0 + weight * weight, cell.1 + weight, cell.2 + 1);
            }
        }
        touched.sort_unstable();
        for other in touched {
            let (dot, shared, common) = std::mem::take(&mut row[other as usize]);
            let at_b = other as usize;
            let candidate = Candidate { a: u32::try_from(at).unwrap_or(NONE), b: other };
            let cosine = dot / (square * squares_b[at_b]).sqrt();
            found.push(Closeness { candidate, cosine, containment: shared / sum.min(sums_b[at_b]), common, shared });
        }
    }
    found
}
