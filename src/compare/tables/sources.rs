//! Who is heard: in which report, how often, with how many words, quoted or reported, and what they say.

use rustc_hash::FxHashMap;

use super::{
    naming::{Mention, voices},
    reports::{Attributed, DEEPEST, MarkedAt, Read, Report, Reports},
    sheet::{Cell, Sheet},
};
use crate::{
    compare::joined::joined,
    model::AnnotationId,
    phrase,
    text::{ByteRange, Fragments, Phrase, Text},
};

/// Who is heard in some reports, in the order in which they are first heard; what has no source comes last.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub all: Vec<Source>,
    /// Why there is nothing; `None` where there is something.
    pub missing: Option<Phrase>,
    /// Which of them the mark of a source is, by report.
    of_mark: FxHashMap<(usize, AnnotationId), usize>,
}

/// A source with all its names.
#[derive(Clone, Debug)]
pub struct Source {
    /// `None` for what no source is named for.
    pub name: Option<String>,
    pub standing: Standing,
    /// What it is called, each once, in the order of the reports.
    pub forms: Vec<Form>,
    /// For each report; `None` where it is not heard.
    pub heard: Vec<Option<Heard>>,
    /// In the order of the reports, then of their texts.
    pub said: Vec<Saying>,
}

/// Who has said that the forms of a source are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is one form, or all are written alike.
    AsWritten,
    /// Somebody has said of every mark who it is.
    Confirmed,
    /// A proposal.
    Proposed,
}

/// A name of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub words: String,
    pub marks: Vec<MarkedAt>,
    /// Whether somebody has said of all these marks who it is.
    pub is_given: bool,
    /// What speaks for it; `None` for the first form, and where somebody has said so.
    pub why: Option<Phrase>,
}

/// How a source is heard in a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// What stands within something else that it says counts no second time.
    pub times: usize,
    /// Words between quotation marks.
    pub quoted_words: usize,
    /// Other words.
    pub reported_words: usize,
}

/// Something that a source says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    pub at: MarkedAt,
    pub words: String,
    /// The words that tell that it is said; empty where none are marked.
    pub cue: String,
    pub quoted_words: usize,
    pub reported_words: usize,
}

impl Sources {
    /// Who is heard in the reports.
    pub fn of(reports: &Reports<'_>) -> Self {
        if let Some(missing) = missing(reports) {
            return Self { missing: Some(missing), ..Self::default() };
        }
        let (marks, mentions) = mentions(reports);
        let mut sources = Self::default();
        for voice in voices(&mentions) {
            let own = || voice.mentions.iter().map(|(at, _)| &marks[*at]);
            sources.of_mark.extend(own().map(|at| ((at.report, at.mark), sources.all.len())));
            let forms = forms(&voice.mentions, &marks, &mentions);
            let standing = match () {
                () if voice.is_given && forms.iter().all(|form| form.is_given) => Standing::Confirmed,
                () if forms.len() < 2 && !voice.is_given => Standing::AsWritten,
                () => Standing::Proposed,
            };
            let name = Some(voice.name.clone());
            sources.all.push(Source { name, standing, forms, heard: Vec::new(), said: Vec::new() });
        }
        sources.hear(reports);
        sources
    }

    /// Which source the mark of one is.
    pub fn of_mark(&self, report: usize, mark: AnnotationId) -> Option<usize> {
        self.of_mark.get(&(report, mark)).copied()
    }

    /// The names of sources, each once, for those who type one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().filter_map(|source| source.name.as_deref())
    }

    /// One row for each source.
    pub fn sheet(&self, reports: &impl AsRef<[Report]>) -> Sheet {
        let mut header = vec![phrase!("Source"), phrase!("Names")];
        for report in reports.as_ref() {
            let outlet = &report.outlet;
            header.push(phrase!("{outlet}: times", outlet));
            header.push(phrase!("{outlet}: words quoted", outlet));
            header.push(phrase!("{outlet}: words reported", outlet));
        }
        let row = |source: &Source| {
            let name = source.name.clone().map_or_else(|| Cell::Said(phrase!("No source named")), Cell::Text);
            let forms: Vec<&str> = source.forms.iter().map(|form| form.words.as_str()).collect();
            let heard = source.heard.iter().flat_map(|heard| {
                let heard = heard.unwrap_or_default();
                [heard.times, heard.quoted_words, heard.reported_words].map(Cell::Count)
            });
            [name, Cell::Text(forms.join("; "))].into_iter().chain(heard).collect()
        };
        Sheet { header, rows: self.all.iter().map(row).collect() }
    }

    /// Adds what each source says, and what no source is named for.
    fn hear(&mut self, reports: &Reports<'_>) {
        let mut nobody = Source::nobody();
        for (at, read) in reports.read.iter().enumerate() {
            let mut said: Vec<Vec<(AnnotationId, &Attributed)>> = vec![Vec::new(); self.all.len() + 1];
            for attribution in &read.attributions {
                let own = attribution.sources.iter().filter_map(|mark| self.of_mark(at, *mark));
                let mut own: Vec<usize> = own.collect();
                own.sort_unstable();
                own.dedup();
                if own.is_empty() {
                    own.push(self.all.len());
                }
                for source in own {
                    said[source].extend(attribution.said.iter().map(|mark| (*mark, attribution)));
                }
            }
            let sources = self.all.iter_mut().chain([&mut nobody]);
            for (source, marks) in sources.zip(said) {
                source.hear(at, read, marks);
            }
        }
        // Where a source is only told something, it is not heard.
        let keeps: Vec<bool> = self.all.iter().map(Source::is_heard).collect();
        let place = |source: usize| keeps[..source].iter().filter(|is_kept| **is_kept).count();
        self.of_mark.retain(|_, source| keeps[*source]);
        self.of_mark.values_mut().for_each(|source| *source = place(*source));
        self.all.retain(Source::is_heard);
        self.all.extend(Some(nobody).filter(Source::is_heard));
    }
}

impl Source {
    fn nobody() -> Self {
        let standing = Standing::AsWritten;
        Self { name: None, standing, forms: Vec::new(), heard: Vec::new(), said: Vec::new() }
    }

    fn is_heard(&self) -> bool {
        self.heard.iter().any(Option::is_some)
    }

    /// All that it is heard with.
    pub fn total(&self) -> Heard {
        self.heard.iter().flatten().fold(Heard::default(), |sum, heard| Heard {
            times: sum.times + heard.times,
            quoted_words: sum.quoted_words + heard.quoted_words,
            reported_words: sum.reported_words + heard.reported_words,
        })
    }

    /// Adds what it says in a report.
    fn hear(&mut self, report: usize, read: &Read<'_>, said: Vec<(AnnotationId, &Attributed)>) {
        let said = outermost(read, said);
        let words = read.count(joined(said.iter().flat_map(|(_, _, place)| place.iter()).collect()));
        let heard = Heard { times: said.len(), quoted_words: words.quoted, reported_words: words.reported };
        self.heard.push((!said.is_empty()).then_some(heard));
        self.said.extend(said.into_iter().filter_map(|(mark, attribution, place)| {
            let words = read.count(place.iter());
            Some(Saying {
                words: place.words(read.text?),
                cue: read.words_of(&attribution.cues),
                quoted_words: words.quoted,
                reported_words: words.reported,
                at: MarkedAt { report, mark, place },
            })
        }));
    }
}

/// What is said that lies in nothing else that is said, in the order of the text, each mark once.
fn outermost<'r>(
    read: &Read<'_>,
    said: Vec<(AnnotationId, &'r Attributed)>,
) -> Vec<(AnnotationId, &'r Attributed, Fragments)> {
    let place = |(mark, attribution)| Some((mark, attribution, read.annotation(mark)?.fragments.clone()));
    let mut said: Vec<(AnnotationId, &Attributed, Fragments)> = said.into_iter().filter_map(place).collect();
    said.sort_by_key(|(mark, _, place)| (place.first().start(), usize::MAX - place.last().end(), *mark));
    let mut kept: Vec<(AnnotationId, &Attributed, Fragments)> = Vec::new();
    for (mark, attribution, place) in said {
        let mut before = kept.iter().rev().take(DEEPEST);
        if !before.any(|(same, _, outer)| *same == mark || outer.contains_all(&place)) {
            kept.push((mark, attribution, place));
        }
    }
    kept
}

/// The marks of sources that are said to have said something, or are not said to be anything else.
fn mentions<'p>(reports: &Reports<'p>) -> (Vec<MarkedAt>, Vec<Mention<'p>>) {
    let (mut marks, mut mentions) = (Vec::new(), Vec::new());
    for (report, read) in reports.read.iter().enumerate() {
        let Some(text) = read.text else { continue };
        let mut own: Vec<AnnotationId> = read.attributions.iter().flat_map(|a| a.sources.iter().copied()).collect();
        own.sort_unstable();
        own.dedup();
        let mut own: Vec<MarkedAt> = own.into_iter().filter_map(|mark| reports.marked_at(report, mark)).collect();
        own.sort_by(|one, other| one.place.cmp(&other.place).then(one.mark.cmp(&other.mark)));
        for at in own {
            let Some(mark) = reports.annotation(report, at.mark) else { continue };
            let (before, after) = around(text, &at.place);
            let kind = reports.terms.source_kind(&mark.label, &mark.attributes);
            mentions.push(Mention {
                report,
                words: at.place.words(text),
                before,
                after,
                given: reports.terms.name_given(&mark.label, &mark.attributes),
                may_be_person: !kind.is_some_and(|kind| NO_PERSONS.contains(&kind)),
            });
            marks.push(at);
        }
    }
    (marks, mentions)
}

/// What a source may be said to be that is nobody.
const NO_PERSONS: &[&str] = &["organisation", "organization", "institution", "document", "group", "media", "outlet"];

/// What stands before and after a place in its paragraph.
fn around<'p>(text: &'p Text, place: &Fragments) -> (&'p str, &'p str) {
    let line = |byte| text.paragraph_range(text.paragraph_at(byte));
    let (first, last) = (place.first().start(), place.last().end());
    let before = ByteRange::new(line(first).start().min(first), first);
    let after = ByteRange::new(last, line(last).end().max(last));
    (before.slice(text).unwrap_or_default(), after.slice(text).unwrap_or_default())
}

/// The names of a voice, each once.
fn forms(own: &[(usize, Option<Phrase>)], marks: &[MarkedAt], mentions: &[Mention<'_>]) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, why) in own {
        let (words, is_given) = (mentions[*at].words.as_str(), mentions[*at].given.is_some());
        if let Some(form) = known.get(words).and_then(|form| forms.get_mut(*form)) {
            form.marks.push(marks[*at].clone());
            form.is_given &= is_given;
            continue;
        }
        known.insert(words, forms.len());
        let (words, marks, why) = (words.to_owned(), vec![marks[*at].clone()], why.clone());
        forms.push(Form { words, marks, is_given, why });
    }
    forms
}

/// What the codebook or the reports lack.
fn missing(reports: &Reports<'_>) -> Option<Phrase> {
    let has_any = reports.read.iter().any(|read| !read.attributions.is_empty());
    match () {
        () if reports.terms.attributions.is_empty() => {
            Some(phrase!("The codebook has no relation with a role for the source, such as an attribution"))
        }
        () if !has_any => Some(phrase!("Nothing is attributed to a source in these articles yet")),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::tables::testing::Invented;

    fn told(source: &Source) -> String {
        let heard = |heard: &Option<Heard>| {
            heard.map_or("–".to_owned(), |h| format!("{}×{}+{}", h.times, h.quoted_words, h.reported_words))
        };
        let heard: Vec<String> = source.heard.iter().map(heard).collect();
        format!("{}: {}", source.name.as_deref().unwrap_or("nobody"), heard.join(" "))
    }

    #[test]
    fn who_is_heard_is_counted_in_each_report() {
        let invented = Invented::new(&[
            "“⟦quote q|The dam will hold,⟧” ⟦cue c|said⟧ ⟦source s|Ada Moor, the head of the water board⟧. She added that ⟦claim r|no tap will run dry⟧.\n\
             “⟦quote n|It leaks⟧,” it ⟦cue d|was heard⟧.\n> q c s\n> r s\n> n d",
            "⟦source s|Ms Moor⟧ ⟦cue c|said⟧ “⟦quote q|the dam will ⟦claim in|hold⟧⟧”. ⟦source t|The farmers⟧ ⟦cue e|laughed⟧.\n> q c s\n> in s",
        ]);
        let reports = invented.reports();
        let sources = Sources::of(&reports);
        let all: Vec<String> = sources.all.iter().map(told).collect();
        // The claim in the quote counts no second time; the farmers are not said to have said anything.
        assert_eq!(all, ["Ada Moor: 2×4+5 1×4+0", "nobody: 1×2+0 –"]);
        let moor = &sources.all[0];
        assert_eq!(moor.standing, Standing::Proposed);
        assert_eq!(moor.forms[1].why.as_ref().unwrap().to_string(), "The surname of Ada Moor");
        assert_eq!((moor.said[0].words.as_str(), moor.said[0].cue.as_str()), ("The dam will hold,", "said"));
        assert_eq!(moor.said.iter().map(|said| said.at.report).collect::<Vec<_>>(), [0, 0, 1]);
        let rows = sources.sheet(&reports).rows;
        assert_eq!(rows[1].last(), Some(&Cell::Count(0)));
    }

    #[test]
    fn what_is_given_is_confirmed() {
        let invented = Invented::new(&[
            "“⟦quote q|Yes,⟧” said ⟦source s who=Ada Moor|Ms Moor⟧.\n> q s",
            "“⟦quote q|No,⟧” said ⟦source s who=Ada Moor|the head of the board⟧.\n> q s",
        ]);
        let sources = Sources::of(&invented.reports());
        assert_eq!(sources.all.len(), 1);
        assert_eq!(sources.all[0].standing, Standing::Confirmed);
    }

    #[test]
    fn what_is_missing_is_said() {
        let nothing = Invented::new(&["“⟦quote q|Yes,⟧” said somebody."]);
        let said = Sources::of(&nothing.reports()).missing.unwrap();
        assert_eq!(said.to_string(), "Nothing is attributed to a source in these articles yet");
        let bare = Invented::without_relations(&["“⟦quote q|Yes,⟧” said somebody."]);
        let said = Sources::of(&bare.reports()).missing.unwrap();
        assert!(said.to_string().starts_with("The codebook has no relation with a role for the source"));
    }
}
