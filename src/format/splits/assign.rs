//! Which group goes to which part.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    parts::{Leaks, Part, PartReport, SplitOptions, SplitReport, Splits, Together},
    random::Random,
    sketch::{Sketch, near_duplicates},
};
use crate::model::LabelId;

/// Parts articles; the same sketches in any order and the same options give the same parts.
pub fn split(mut sketches: Vec<Sketch>, options: &SplitOptions) -> Splits {
    sketches.sort_by(|a, b| a.id.cmp(&b.id));
    let pairs = near_duplicates(&sketches);
    let groups = groups(&sketches, &pairs, &options.together);
    let mut random = Random(options.seed);
    let parts = assign(&sketches, &groups, options, &mut random);
    let by_chance = by_chance(sketches.len(), options, &mut random);
    let mut report = SplitReport {
        groups: groups.len(),
        near_duplicates: pairs.len(),
        leaks: leaks(&sketches, &pairs, &by_chance),
        ..SplitReport::default()
    };
    for (sketch, part) in sketches.iter().zip(&parts) {
        let PartReport { articles, labels } = &mut report.parts[*part as usize];
        *articles += 1;
        sketch.labels.iter().for_each(|(label, n)| *labels.entry(label.clone()).or_default() += n);
    }
    Splits { parts: sketches.into_iter().map(|sketch| sketch.id).zip(parts).collect(), report }
}

/// Articles that stay together, by their indexes: the connected ones of “same story”, “same outlet”, “nearly the same words”.
fn groups(sketches: &[Sketch], pairs: &[(usize, usize)], together: &[Together]) -> Vec<Vec<usize>> {
    let mut above: Vec<usize> = (0..sketches.len()).collect();
    for (one, other) in pairs {
        join(&mut above, *one, *other);
    }
    for together in together {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, name) in sketches.iter().map(|sketch| named(sketch, *together)).enumerate() {
            if !name.is_empty() {
                let first = *first.entry(name).or_insert(at);
                join(&mut above, first, at);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..sketches.len() {
        groups.entry(top(&mut above, at)).or_default().push(at);
    }
    groups.into_values().collect()
}

fn named(sketch: &Sketch, together: Together) -> &str {
    match together {
        Together::Story => &sketch.story,
        Together::Source => &sketch.source,
    }
}

/// The one that stands for the set that this is in.
fn top(above: &mut [usize], mut at: usize) -> usize {
    while above[at] != at {
        above[at] = above[above[at]];
        at = above[at];
    }
    at
}

fn join(above: &mut [usize], one: usize, other: usize) {
    let (one, other) = (top(above, one), top(above, other));
    above[one.max(other)] = one.min(other);
}

/// How much a group has: articles, and marks of each label.
#[derive(Clone, Default)]
struct Weight<'s> {
    articles: usize,
    labels: BTreeMap<&'s LabelId, usize>,
}

impl<'s> Weight<'s> {
    fn add(&mut self, sketch: &'s Sketch) {
        self.articles += 1;
        sketch.labels.iter().for_each(|(label, n)| *self.labels.entry(label).or_default() += n);
    }

    fn add_all(&mut self, other: &Self) {
        self.articles += other.articles;
        other.labels.iter().for_each(|(label, n)| *self.labels.entry(label).or_default() += n);
    }

    fn of(&self, label: &LabelId) -> usize {
        self.labels.get(label).copied().unwrap_or_default()
    }
}

/// Gives each group, the heaviest first, to the part that comes nearest to its shares by it.
fn assign(sketches: &[Sketch], groups: &[Vec<usize>], options: &SplitOptions, random: &mut Random) -> Vec<Part> {
    let sum: u32 = options.shares.iter().sum();
    let shares = options.shares.map(|share| f64::from(share) / f64::from(sum.max(1)));
    let mut total = Weight::default();
    sketches.iter().for_each(|sketch| total.add(sketch));
    let mut order: Vec<(usize, u64, usize, Weight<'_>)> = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        let mut weight = Weight::default();
        group.iter().for_each(|article| weight.add(&sketches[*article]));
        let marks: usize = weight.labels.values().sum();
        order.push((group.len() + marks, random.next(), at, weight));
    }
    order.sort_by_key(|(weight, tie, ..)| (std::cmp::Reverse(*weight), *tie));
    let mut have: [Weight<'_>; 3] = Default::default();
    let mut parts = vec![Part::Train; sketches.len()];
    for (_, _, at, weight) in &order {
        // How much the squared distance from what each part should have grows, over articles and labels alike; small parts
        // count as much as large ones, so that all of them fill up side by side.
        let growth = |part: &Part| {
            let (own, share) = (&have[*part as usize], shares[*part as usize]);
            let grows = |had: usize, more: usize, all: usize| {
                let (before, after) = (had as f64 / all as f64 - share, (had + more) as f64 / all as f64 - share);
                (after * after - before * before) / share
            };
            let articles = grows(own.articles, weight.articles, total.articles);
            let labels = weight.labels.iter().map(|(label, n)| grows(own.of(label), *n, total.of(label)));
            articles + labels.sum::<f64>()
        };
        let open = Part::ALL.into_iter().filter(|part| options.shares[*part as usize] > 0);
        let Some(part) = open.min_by(|a, b| growth(a).total_cmp(&growth(b))) else { continue };
        have[part as usize].add_all(weight);
        groups[*at].iter().for_each(|article| parts[*article] = part);
    }
    parts
}

/// A random split of so many articles.
fn by_chance(count: usize, options: &SplitOptions, random: &mut Random) -> Vec<Part> {
    let mut order: Vec<(u64, usize)> = (0..count).map(|at| (random.next(), at)).collect();
    order.sort_unstable();
    let sum: u64 = options.shares.iter().map(|share| u64::from(*share)).sum();
    let mut parts = vec![Part::Train; count];
    let mut before = 0;
    let mut upto = 0;
    for part in Part::ALL {
        upto += u64::from(options.shares[part as usize]);
        let end = (count as u64 * upto / sum.max(1)) as usize;
        order[before..end].iter().for_each(|(_, at)| parts[*at] = part);
        before = end;
    }
    parts
}

/// What lies on both sides.
fn leaks(sketches: &[Sketch], pairs: &[(usize, usize)], parts: &[Part]) -> Leaks {
    let torn = |together| {
        let mut seen: BTreeMap<&str, BTreeSet<Part>> = BTreeMap::new();
        for (sketch, part) in sketches.iter().zip(parts) {
            seen.entry(named(sketch, together)).or_default().insert(*part);
        }
        seen.iter().filter(|(name, parts)| !name.is_empty() && parts.len() > 1).count()
    };
    Leaks {
        stories: torn(Together::Story),
        sources: torn(Together::Source),
        near_duplicates: pairs.iter().filter(|(one, other)| parts[*one] != parts[*other]).count(),
    }
}
