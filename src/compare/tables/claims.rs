//! What is claimed: marks that relations join, by whom each is asserted, denied or doubted, in which report and when.
//!
//! Marks that say the same or contradict each other are one row. What speaks for or against one of them stands in its
//! row too, and joins no rows: arguments hang together over a whole article.

use std::collections::VecDeque;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    reports::{MarkedAt, Report, Reports, annotation},
    sheet::{Cell, Sheet},
    sources::Sources,
    stances::holders,
};
use crate::{
    model::{AnnotationId, ArticleId, Relation, Target, meaning::Tie},
    phrase,
    text::{Fragments, Phrase},
};

/// Claims that several marks make, in the order of the reports.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    pub all: Vec<Claim>,
    /// Why there is nothing; `None` where there is something.
    pub missing: Option<Phrase>,
}

/// A claim with all that is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The fullest wording of what is asserted.
    pub words: String,
    /// In the order of the reports, then of their texts.
    pub members: Vec<Member>,
}

/// A mark that says something of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub at: MarkedAt,
    pub words: String,
    pub manner: Manner,
    /// Who says it, by their places among the sources; empty where the article says it itself.
    pub by: Vec<usize>,
    /// The day of the report, where that is known.
    pub day: Option<Date>,
}

/// How a mark stands to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    Asserted,
    /// It is given as a reason for it.
    Supported,
    /// It cannot be true together with it.
    Denied,
    /// It is given as a reason against it, or its attribute says that it is in doubt.
    Doubted,
}

impl Claims {
    /// What relations of the annotator join in the reports; `sources` are those of the same reports.
    pub fn of(reports: &Reports<'_>, sources: &Sources) -> Self {
        let graph = Graph::of(reports);
        let mut all: Vec<Claim> = graph.groups().iter().map(|group| claim(reports, sources, &graph, group)).collect();
        all.retain(|claim| claim.members.len() > 1);
        all.sort_by_cached_key(|claim| claim.members.first().map(|first| (first.at.report, first.at.place.clone())));
        let missing = match () {
            () if !all.is_empty() => None,
            () if !reports.terms.has_ties() => Some(phrase!(
                "The codebook has no relation that joins what belongs together, such as “same claim” or “contradicts”"
            )),
            () => Some(phrase!("No claims of these articles are related to each other yet")),
        };
        Self { all, missing }
    }

    /// Of each claim where each report first makes it; `None` where it does not.
    pub fn places(&self, reports: usize) -> Vec<Vec<Option<Fragments>>> {
        let of = |claim: &Claim| {
            let mut places = vec![None; reports];
            for member in claim.members.iter().filter(|member| member.manner == Manner::Asserted) {
                places[member.at.report].get_or_insert_with(|| member.at.place.clone());
            }
            places
        };
        self.all.iter().map(of).collect()
    }

    /// The first and the last day of all; `None` where none is known.
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = || self.all.iter().flat_map(|claim| &claim.members).filter_map(|member| member.day);
        days().min().zip(days().max())
    }

    /// A row for each mark of each claim.
    pub fn sheet(&self, reports: &impl AsRef<[Report]>, sources: &Sources) -> Sheet {
        let header = vec![
            phrase!("Claim"),
            phrase!("Manner"),
            phrase!("By"),
            phrase!("Outlet"),
            phrase!("Date"),
            phrase!("Words"),
        ];
        let row = |claim: &Claim, member: &Member| {
            let report = &reports.as_ref()[member.at.report];
            vec![
                Cell::Text(claim.words.clone()),
                Cell::Said(member.manner.phrase()),
                Cell::Said(member.by(sources)),
                Cell::Text(report.outlet.clone()),
                Cell::Text(report.published.clone()),
                Cell::Text(member.words.clone()),
            ]
        };
        let rows = self.all.iter().flat_map(|claim| claim.members.iter().map(|member| row(claim, member)));
        Sheet { header, rows: rows.collect() }
    }
}

impl Claim {
    /// How many marks of it stand in this manner.
    pub fn count(&self, manner: Manner) -> usize {
        self.members.iter().filter(|member| member.manner == manner).count()
    }
}

impl Member {
    /// Who says it.
    pub fn by(&self, sources: &Sources) -> Phrase {
        let names = self.by.iter().filter_map(|at| sources.all[*at].name.clone());
        Phrase::list(names.map(Into::into)).unwrap_or_else(|| phrase!("The article itself"))
    }
}

impl Manner {
    pub const ALL: [Self; 4] = [Self::Asserted, Self::Supported, Self::Denied, Self::Doubted];

    /// What it is called.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Asserted => phrase!("Asserted"),
            Self::Supported => phrase!("Supported"),
            Self::Denied => phrase!("Denied"),
            Self::Doubted => phrase!("Doubted"),
        }
    }
}

/// Marks and what joins them.
#[derive(Default)]
struct Graph {
    marks: Vec<(usize, AnnotationId)>,
    known: FxHashMap<(usize, AnnotationId), usize>,
    /// Of each mark those that say the same, and those that say the opposite.
    same: Vec<Vec<usize>>,
    contrary: Vec<Vec<usize>>,
    /// Of each mark those that speak for or against it.
    arguments: Vec<Vec<(usize, Manner)>>,
}

/// Marks of one claim, each with how it stands to the claim.
type Group = Vec<(usize, Manner)>;

impl Graph {
    fn of(reports: &Reports<'_>) -> Self {
        let mut graph = Self::default();
        let columns: FxHashMap<&ArticleId, usize> =
            reports.all.iter().enumerate().map(|(at, report)| (&report.article, at)).collect();
        let own = reports.read.iter().filter_map(|read| read.layer).flat_map(|layer| layer.relations().iter());
        own.for_each(|(_, relation)| graph.add(reports, &columns, relation));
        let Some(links) = reports.project.links(reports.annotator) else { return graph };
        let mut seen = FxHashSet::default();
        for (id, relation) in reports.all.iter().flat_map(|report| links.reaching(&report.article)) {
            if seen.insert(id) {
                graph.add(reports, &columns, relation);
            }
        }
        graph
    }

    fn add(&mut self, reports: &Reports<'_>, columns: &FxHashMap<&ArticleId, usize>, relation: &Relation) {
        let Some(term) = reports.terms.tie(&relation.kind) else { return };
        let at = |target: &Target| {
            let (report, mark) = (*columns.get(&target.article)?, annotation(target.item)?);
            reports.annotation(report, mark).map(|_| (report, mark))
        };
        let [from, to] = &term.roles;
        for from in relation.in_role(from).filter_map(at) {
            for to in relation.in_role(to).filter_map(at) {
                let (from, to) = (self.mark(from), self.mark(to));
                match term.tie {
                    Tie::Same => self.join(from, to, |graph| &mut graph.same),
                    Tie::Contradicts => self.join(from, to, |graph| &mut graph.contrary),
                    Tie::Supports => self.arguments[to].push((from, Manner::Supported)),
                    Tie::Disputes => self.arguments[to].push((from, Manner::Doubted)),
                }
            }
        }
    }

    fn mark(&mut self, at: (usize, AnnotationId)) -> usize {
        let next = self.marks.len();
        let mark = *self.known.entry(at).or_insert(next);
        if mark == next {
            self.marks.push(at);
            self.same.push(Vec::new());
            self.contrary.push(Vec::new());
            self.arguments.push(Vec::new());
        }
        mark
    }

    fn join(&mut self, one: usize, other: usize, list: impl Fn(&mut Self) -> &mut Vec<Vec<usize>>) {
        list(self)[one].push(other);
        list(self)[other].push(one);
    }

    /// The marks of each claim; those that only speak for or against others are no claim of their own.
    fn groups(&self) -> Vec<Group> {
        let mut seen = vec![false; self.marks.len()];
        let mut groups = Vec::new();
        for start in 0..self.marks.len() {
            let is_alone = self.same[start].is_empty() && self.contrary[start].is_empty();
            if seen[start] || (is_alone && self.arguments[start].is_empty()) {
                continue;
            }
            groups.push(self.group(start, &mut seen));
        }
        groups
    }

    /// All that is reached from a mark by what says the same or the opposite, and the arguments for it.
    fn group(&self, start: usize, seen: &mut [bool]) -> Group {
        let mut sided: Vec<(usize, bool)> = Vec::new();
        let mut next = VecDeque::from([(start, true)]);
        seen[start] = true;
        while let Some((mark, side)) = next.pop_front() {
            sided.push((mark, side));
            // What says the same comes first: it is the surer way to a side.
            let same = self.same[mark].iter().map(|other| (*other, side));
            let contrary = self.contrary[mark].iter().map(|other| (*other, !side));
            for (other, side) in same {
                if !std::mem::replace(&mut seen[other], true) {
                    next.push_front((other, side));
                }
            }
            for (other, side) in contrary {
                if !std::mem::replace(&mut seen[other], true) {
                    next.push_back((other, side));
                }
            }
        }
        let (ours, theirs): (Vec<_>, Vec<_>) = sided.iter().partition(|(_, side)| *side);
        let first = |side: &[(usize, bool)]| side.iter().map(|(mark, _)| self.marks[*mark]).min();
        let is_ours =
            (ours.len(), std::cmp::Reverse(first(&ours))) >= (theirs.len(), std::cmp::Reverse(first(&theirs)));
        let manner = |side: bool| if side == is_ours { Manner::Asserted } else { Manner::Denied };
        let mut group: Group = sided.iter().map(|(mark, side)| (*mark, manner(*side))).collect();
        let mut known: FxHashSet<usize> = group.iter().map(|(mark, _)| *mark).collect();
        for (mark, side) in sided {
            for (argument, manner) in self.arguments[mark].iter().filter(|(argument, _)| known.insert(*argument)) {
                // What speaks for the opposite speaks against the claim.
                group.push((*argument, if side == is_ours { *manner } else { manner.opposite() }));
            }
        }
        group
    }
}

impl Manner {
    fn opposite(self) -> Self {
        match self {
            Self::Supported => Self::Doubted,
            Self::Doubted => Self::Supported,
            Self::Asserted => Self::Denied,
            Self::Denied => Self::Asserted,
        }
    }
}

fn claim(reports: &Reports<'_>, sources: &Sources, graph: &Graph, group: &Group) -> Claim {
    let mut members: Vec<Member> = Vec::new();
    for (mark, manner) in group {
        let (report, mark) = graph.marks[*mark];
        let (Some(at), Some(text)) = (reports.marked_at(report, mark), reports.read[report].text) else { continue };
        members.push(Member {
            words: at.place.words(text),
            manner: said_manner(reports, &at).unwrap_or(*manner),
            by: holders(reports, sources, report, reports.read[report].speech_around(mark)),
            day: day(&reports.all[report].published),
            at,
        });
    }
    members.sort_by(|one, other| (one.at.report, &one.at.place).cmp(&(other.at.report, &other.at.place)));
    let asserted = members.iter().filter(|member| member.manner == Manner::Asserted);
    let fullest = asserted.rev().max_by_key(|member| member.at.place.covered_len()).or(members.first());
    Claim { words: fullest.map(|member| member.words.clone()).unwrap_or_default(), members }
}

/// What the codebook’s own attribute says of it.
fn said_manner(reports: &Reports<'_>, at: &MarkedAt) -> Option<Manner> {
    let mark = reports.annotation(at.report, at.mark)?;
    reports.terms.manners.iter().filter(|term| term.label == mark.label).find_map(|term| {
        let answer = mark.attributes.get(&term.attribute)?;
        let lists =
            [(&term.asserted, Manner::Asserted), (&term.denied, Manner::Denied), (&term.doubted, Manner::Doubted)];
        lists.into_iter().find(|(values, _)| values.contains(answer)).map(|(_, manner)| manner)
    })
}

/// The day of a date as it is kept of an article; `None` where it says no day.
fn day(published: &str) -> Option<Date> {
    published.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::tables::testing::Invented;

    fn told(claims: &Claims, sources: &Sources) -> Vec<String> {
        let member = |member: &Member| format!("{} {:?} {}", member.at.report + 1, member.manner, member.by(sources));
        let claim = |claim: &Claim| {
            format!("{}: {}", claim.words, claim.members.iter().map(member).collect::<Vec<_>>().join(", "))
        };
        claims.all.iter().map(claim).collect()
    }

    #[test]
    fn what_belongs_together_is_one_row() {
        let invented = Invented::new(&[
            "⟦source s|Ada Moor⟧ said ⟦claim a|the dam will hold for ten years⟧. ⟦claim b|It was built to last⟧.\n> a s",
            "“⟦quote q|⟦claim a|The dam will hold⟧, you will see⟧,” said ⟦source s|Ms Moor⟧.\n> q s",
            "⟦claim a|The dam will break⟧, says ⟦source s|Tom Reed⟧. ⟦claim b|It has cracks⟧.\n> a s",
        ]);
        let invented =
            invented.relate(&["same-claim 1.a 2.a", "contradicts 2.a 3.a", "supports 1.b 1.a", "supports 3.b 3.a"]);
        let reports = invented.reports();
        let sources = Sources::of(&reports);
        let claims = Claims::of(&reports, &sources);
        let row = "the dam will hold for ten years: 1 Asserted Ada Moor, 1 Supported The article itself, \
                   2 Asserted Ada Moor, 3 Denied Tom Reed, 3 Doubted The article itself";
        assert_eq!(told(&claims, &sources), [row]);
        let days = claims.days().unwrap();
        assert_eq!((days.0.to_string(), days.1.to_string()), ("2026-03-01".to_owned(), "2026-03-03".to_owned()));
        assert_eq!(claims.sheet(&reports, &sources).rows.len(), 5);
        let places = claims.places(3);
        assert!(places[0][0].is_some() && places[0][2].is_none());
    }

    #[test]
    fn arguments_join_no_rows() {
        let invented = Invented::new(&["⟦claim a|one⟧ ⟦claim b|two⟧ ⟦claim c|three⟧", "⟦claim a|one⟧ ⟦claim b|two⟧"]);
        let invented =
            invented.relate(&["same-claim 1.a 2.a", "same-claim 1.b 2.b", "supports 1.a 1.b", "attacks 1.c 1.a"]);
        let reports = invented.reports();
        let sources = Sources::default();
        let rows = told(&Claims::of(&reports, &sources), &sources);
        let itself = "The article itself";
        assert_eq!(
            rows,
            [
                format!("one: 1 Asserted {itself}, 1 Doubted {itself}, 2 Asserted {itself}"),
                format!("two: 1 Supported {itself}, 1 Asserted {itself}, 2 Asserted {itself}"),
            ]
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        let missing = |invented: &Invented| {
            let reports = invented.reports();
            Claims::of(&reports, &Sources::default()).missing.unwrap().to_string()
        };
        assert_eq!(
            missing(&Invented::new(&["⟦claim a|one⟧"])),
            "No claims of these articles are related to each other yet"
        );
        assert!(missing(&Invented::without_relations(&["⟦claim a|one⟧"])).starts_with("The codebook has no relation"));
    }
}
