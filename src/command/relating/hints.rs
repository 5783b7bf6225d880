//! Letters by which what is in view is chosen.

use std::{cmp::Reverse, sync::Arc};

use rustc_hash::FxHashMap;

use super::eligible::Eligible;
use crate::{
    command::scene::Scene,
    model::{AnnotationId, ArticleId, Filler, Item, RelationId, Target},
    text::ByteRange,
};

/// The letters in the order in which they are given, those under the fingers first. `n` and `p` are left out: they go
/// to another article, where the other end may lie.
const LETTERS: &str = "asdfghjklqwertyuiozxcvbm";

/// The letters on everything in view that may be chosen. Worked out in each frame.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// What stands on a mark: its own letter, then those of the relations it leads, with their kinds.
    pub on_marks: FxHashMap<AnnotationId, Arc<str>>,
    /// Letters, and what they choose.
    chosen_by: Vec<(String, Target)>,
}

/// Something in view that may be chosen.
pub struct Choice {
    /// The mark that its letter stands on.
    mark: AnnotationId,
    target: Target,
    /// Of a relation the name of its kind.
    kind: Option<String>,
    /// How many bytes lie between it and what is being related; `None` in another article.
    distance: Option<usize>,
}

/// What typed letters choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This.
    One(Target),
    /// Nothing yet, but more letters may follow.
    Beginning,
    /// Nothing, whatever follows.
    Nothing,
}

impl Hints {
    /// Gives each choice a letter, or two where there are many; what is nearest to what is being related comes first,
    /// those of other articles come last, in the order in which they are given.
    pub fn of(choices: Vec<Choice>) -> Self {
        let mut by_distance: Vec<usize> = (0..choices.len()).collect();
        // Letters of two begin with the nearest too; of marks as near, the one that stands first.
        by_distance.sort_by_key(|at| (choices[*at].distance.is_none(), choices[*at].distance));
        let mut letter_of = vec![String::new(); choices.len()];
        by_distance.into_iter().zip(letters(choices.len())).for_each(|(at, letter)| letter_of[at] = letter);
        let mut hints = Self::default();
        let mut on_marks: FxHashMap<AnnotationId, String> = FxHashMap::default();
        for (letter, choice) in letter_of.into_iter().zip(choices) {
            let text = on_marks.entry(choice.mark).or_default();
            if !text.is_empty() {
                text.push_str("  ");
            }
            text.push_str(&letter);
            if let Some(kind) = choice.kind {
                text.push(' ');
                text.push_str(&kind);
            }
            hints.chosen_by.push((letter, choice.target));
        }
        hints.on_marks = on_marks.into_iter().map(|(mark, text)| (mark, text.into())).collect();
        hints
    }

    /// What has been typed, in lower case.
    pub fn meaning(&self, typed: &str) -> Meaning {
        if let Some((_, target)) = self.chosen_by.iter().find(|(letters, _)| letters == typed) {
            return Meaning::One(target.clone());
        }
        let begins = self.chosen_by.iter().any(|(letters, _)| letters.starts_with(typed));
        if begins { Meaning::Beginning } else { Meaning::Nothing }
    }

    /// The relations that may be chosen and that a mark leads.
    pub fn led_by<'h>(&'h self, eligible: &'h Eligible<'_>, mark: AnnotationId) -> impl Iterator<Item = &'h Target> {
        let leads = move |target: &&Target| {
            eligible.relations.relation(target).and_then(|r| eligible.relations.lead(r)) == Some(mark)
        };
        self.chosen_by.iter().map(|(_, target)| target).filter(leads)
    }
}

/// Everything that may be chosen of an article’s bytes in view: outer marks first, as their letters stand side by side on
/// the page.
pub fn choices(scene: &Scene<'_>, eligible: &Eligible<'_>, visible: ByteRange) -> Vec<Choice> {
    let (Some((index, layer)), Some(article)) = (scene.index.zip(scene.layer()), &scene.focus.article) else {
        return Vec::new();
    };
    let found = index.in_range(visible).into_iter();
    let mut marks: Vec<_> = found.filter_map(|id| Some((layer.annotation(id)?.fragments.first(), id))).collect();
    marks.sort_unstable_by_key(|(first, id)| (first.start(), Reverse(first.end()), *id));
    let origin = place_of(eligible, article);
    let mut choices = Vec::new();
    for (first, mark) in marks {
        let led = relations_led_by(eligible, mark).into_iter().map(Item::Relation);
        let items = std::iter::once(Item::Annotation(mark)).chain(led);
        let targets = items.map(|item| Target { article: article.clone(), item });
        choices.extend(targets.filter(|target| eligible.refusal(target).is_none()).map(|target| {
            let kind = eligible.relations.relation(&target).and_then(|r| scene.codebook().relation(&r.kind));
            let distance = origin.map(|origin| gap(origin, first));
            Choice { mark, target, kind: kind.map(|kind| kind.name.clone()), distance }
        }));
    }
    choices
}

/// Where what is being related stands in the article; a relation stands where the mark does that leads it.
fn place_of(eligible: &Eligible<'_>, article: &ArticleId) -> Option<ByteRange> {
    let mark = eligible.relations.mark_for(eligible.origin).filter(|mark| mark.article == *article)?;
    Some(eligible.relations.annotation(&mark)?.fragments.covering())
}

/// How many bytes lie between two places.
fn gap(one: ByteRange, other: ByteRange) -> usize {
    one.start().saturating_sub(other.end()).max(other.start().saturating_sub(one.end()))
}

/// The relations of which a mark is the first in the article; none where the role takes no relations.
fn relations_led_by(eligible: &Eligible<'_>, mark: AnnotationId) -> Vec<RelationId> {
    let takes = eligible.role.fillers.iter().any(|f| matches!(f, Filler::Relation(_)));
    if !takes {
        return Vec::new();
    }
    let around = eligible.relations.around(Item::Annotation(mark)).into_iter();
    around.filter(|(_, r)| eligible.relations.lead(r) == Some(mark)).map(|(id, _)| id).collect()
}

/// `count` different hints of the same length. More than two letters’ worth get none.
fn letters(count: usize) -> Vec<String> {
    if count <= LETTERS.len() {
        return LETTERS.chars().take(count).map(String::from).collect();
    }
    LETTERS.chars().flat_map(|a| LETTERS.chars().map(move |b| format!("{a}{b}"))).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_short_and_never_the_same() {
        assert_eq!(letters(2), ["a", "s"]);
        let many = letters(100);
        assert!(many.iter().all(|hint| hint.len() == 2), "one letter would be the beginning of two");
        let mut sorted = many.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), many.len());
    }
}
