//! Who is heard with what an article says, as annotators have marked it: the source and the cue of an attribution, in the
//! article’s own words. It knows no name of a person beyond these.

use super::{
    mark::shares_half,
    marked::{ATTRIBUTION, QUOTE, SOURCE, annotation},
};
use crate::{
    model::{AnnotatorId, ArticleId, Layer, Project, Relation},
    text::Fragments,
};

const CUE: &str = "cue";

/// Source and cue in the words of the article, several with commas between; empty where they are not marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    pub source: String,
    pub cue: String,
}

/// What is attributed in an article, read once to be asked for many places.
#[derive(Clone, Debug, Default)]
pub struct Attributions {
    /// What is said and by whom, by where it begins.
    said: Vec<(Fragments, Heard)>,
    /// From the beginning to the end of the longest, in bytes.
    longest: usize,
}

impl Attributions {
    /// What these annotators have attributed in an article, as far as their layers are read.
    pub fn of(project: &Project, article: &ArticleId, annotators: &[AnnotatorId]) -> Self {
        let Some(text) = project.text(article) else { return Self::default() };
        let layers = annotators.iter().filter_map(|who| project.layer(article, who));
        let mut said: Vec<(Fragments, Heard)> = layers.flat_map(|layer| attributed(layer, text)).collect();
        // The sort is stable: of two annotators who say something of the same words the first one is heard.
        said.sort_by(|(one, _), (other, _)| one.cmp(other));
        let longest = said.iter().map(|(place, _)| place.covering().len()).max().unwrap_or_default();
        Self { said, longest }
    }

    /// Who is heard with a statement at these words: with the first that shares at least half of the shorter one’s bytes.
    pub fn with(&self, place: &Fragments) -> Heard {
        let whole = place.covering();
        let from = self.said.partition_point(|(own, _)| own.first().start() + self.longest <= whole.start());
        let near = self.said[from..].iter().take_while(|(own, _)| own.first().start() < whole.end());
        let mut there = near.filter(|(own, _)| shares_half(own, place)).map(|(_, heard)| heard);
        there.next().cloned().unwrap_or_default()
    }
}

/// What a layer attributes, mark by mark.
fn attributed<'a>(layer: &'a Layer, text: &'a str) -> impl Iterator<Item = (Fragments, Heard)> + 'a {
    let attributions = layer.relations().iter().filter(|(_, relation)| relation.kind.as_str() == ATTRIBUTION);
    attributions.flat_map(move |(_, relation)| {
        let words = |role| in_role(layer, relation, role).map(|place| place.words(text)).collect::<Vec<_>>().join(", ");
        let heard = Heard { source: words(SOURCE), cue: words(CUE) };
        in_role(layer, relation, QUOTE).map(move |place| (place.clone(), heard.clone()))
    })
}

/// Where the marks in a role stand.
fn in_role<'a>(layer: &'a Layer, relation: &'a Relation, role: &'a str) -> impl Iterator<Item = &'a Fragments> + 'a {
    let members = relation.members.iter().filter(move |member| member.role.as_str() == role);
    members.filter_map(|member| Some(&layer.annotation(annotation(&member.target)?)?.fragments))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::testing::{ana, attribute, project},
        text::ByteRange,
    };

    #[test]
    fn source_and_cue_are_found_from_most_of_the_words() {
        let (mut project, ids) = project(&["⟦Nobody asked us⟧, ⟦Renner⟧ ⟦said⟧. It rained. ⟦Nobody will⟧."]);
        attribute(&mut project, &ids[0], &[("quote", 1), ("source", 2), ("cue", 3)]);
        let attributions = Attributions::of(&project, &ids[0], &[ana()]);
        let with = |start, end| attributions.with(&Fragments::one(ByteRange::new(start, end)).unwrap());
        let renner = Heard { source: "Renner".to_owned(), cue: "said".to_owned() };
        assert_eq!([with(0, 15), with(2, 30)], [renner.clone(), renner]);
        // Neither the words of the source itself nor other ones are what was said.
        assert_eq!([with(17, 23), with(40, 50), with(13, 60)], [Heard::default(), Heard::default(), Heard::default()]);
        assert_eq!(
            Attributions::of(&project, &ids[0], &[]).with(&Fragments::one(ByteRange::new(0, 15)).unwrap()),
            Heard::default()
        );
    }
}
