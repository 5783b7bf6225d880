//! Which sources of several reports are one and the same. What somebody has said of it holds; the rest is a proposal.
//!
//! Names are put together where they agree in full, surnames and descriptions where they fit one person alone: in their
//! own report, else in all of them. Where they fit two, they stay apart: two people of one surname are never made one.

use rustc_hash::FxHashMap;

use super::name::{Description, FullName, Gender, Name, NameKind, fold};
use crate::{phrase, text::Phrase};

/// The mark of a source.
#[derive(Clone, Debug)]
pub(super) struct Mention<'t> {
    pub report: usize,
    pub words: String,
    /// What stands before and after it in its paragraph.
    pub before: &'t str,
    pub after: &'t str,
    /// Who it is, as somebody has said.
    pub given: Option<&'t str>,
    pub may_be_person: bool,
}

/// One source with all its mentions.
#[derive(Clone, Debug, Default)]
pub(super) struct Voice {
    pub name: String,
    /// Whether somebody has said who it is.
    pub is_given: bool,
    /// Its mentions, in their order, each with what speaks for it where nobody has said so.
    pub mentions: Vec<(usize, Option<Phrase>)>,
    gender: Option<Gender>,
    /// The reports in which it is named or described.
    known_in: Vec<usize>,
    fulls: Vec<FullName>,
}

/// Puts mentions together; each is in one voice. Voices are in the order of their first mentions.
pub(super) fn voices(mentions: &[Mention<'_>]) -> Vec<Voice> {
    let mut naming = Naming::default();
    let names: Vec<Name> = mentions.iter().map(name_of).collect();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.given.is_some()) {
        naming.given(at, mention, &names[at]);
    }
    let open = |at: &usize| mentions[*at].given.is_none();
    let rank = |at: &usize| match &names[*at].kind {
        NameKind::Full(_) => 0,
        NameKind::Surname { .. } if names[*at].gender.is_some() => 1,
        NameKind::Surname { .. } => 2,
        _ => 3,
    };
    let mut order: Vec<usize> = (0..mentions.len()).filter(open).collect();
    order.sort_by_key(rank);
    for at in order {
        naming.place(at, mentions[at].report, &names[at]);
    }
    let mut voices = naming.voices;
    for voice in &mut voices {
        voice.mentions.sort_by_key(|(at, _)| *at);
    }
    voices.sort_by_key(|voice| voice.mentions.first().map(|(at, _)| *at));
    voices
}

fn name_of(mention: &Mention<'_>) -> Name {
    match mention.may_be_person {
        true => Name::of(&mention.words, mention.before, mention.after),
        false => Name::of_no_person(&mention.words),
    }
}

/// Voices while they are made, and how they are found.
#[derive(Default)]
struct Naming {
    voices: Vec<Voice>,
    by_given: FxHashMap<String, usize>,
    by_full: FxHashMap<(String, String), Vec<usize>>,
    by_last: FxHashMap<String, Vec<usize>>,
    by_head: FxHashMap<String, Vec<(usize, Description)>>,
    /// Names and descriptions that fit nobody else, by their words.
    by_words: FxHashMap<String, usize>,
    surnames: FxHashMap<String, Vec<usize>>,
}

/// How many fit.
enum Fit {
    None,
    One(usize),
    Several,
}

impl Naming {
    /// A mention of which somebody has said who it is.
    fn given(&mut self, at: usize, mention: &Mention<'_>, name: &Name) {
        let Some(given) = mention.given else { return };
        let known = self.by_given.get(&fold(given)).copied();
        let voice = known.unwrap_or_else(|| {
            let voice = self.voice(given, mention.report);
            self.voices[voice].is_given = true;
            self.by_given.insert(fold(given), voice);
            // Titles of a name that was given say nothing of the text.
            let own = Name { descriptions: Vec::new(), ..Name::of(given, "", "") };
            self.learn(voice, mention.report, &own);
            voice
        });
        self.learn(voice, mention.report, name);
        self.voices[voice].mentions.push((at, None));
    }

    /// A mention by its words alone.
    fn place(&mut self, at: usize, report: usize, name: &Name) {
        let (voice, why) = match &name.kind {
            NameKind::Full(full) => self.full(full, report, name),
            NameKind::Surname { initial, last } => self.surname(*initial, last, report, name),
            NameKind::Described(description) => self.described(description, report, name),
            NameKind::Other(words) => self.by_words(words.clone(), report, name, || phrase!("The same words")),
            NameKind::Indefinite => (self.voice(&name.shown, report), None),
        };
        self.learn(voice, report, name);
        self.voices[voice].mentions.push((at, why));
    }

    fn full(&mut self, full: &FullName, report: usize, name: &Name) -> (usize, Option<Phrase>) {
        let same = self.by_full.get(&key(full)).into_iter().flatten().copied();
        let fits = |voice: &usize| {
            let voice = &self.voices[*voice];
            voice.agrees(name.gender) && voice.fulls.iter().all(|known| known.may_be(full))
        };
        let fits: Vec<usize> = same.filter(fits).collect();
        match self.only(&fits, report) {
            Fit::One(voice) => {
                if !self.voices[voice].is_given && name.shown.chars().count() > self.voices[voice].name.chars().count()
                {
                    self.voices[voice].name.clone_from(&name.shown);
                }
                (voice, Some(phrase!("The same name")))
            }
            Fit::None | Fit::Several => (self.voice(&name.shown, report), None),
        }
    }

    fn surname(&mut self, initial: Option<char>, last: &str, report: usize, name: &Name) -> (usize, Option<Phrase>) {
        let fits = |voice: &usize| {
            let voice = &self.voices[*voice];
            let starts = |full: &FullName| initial.is_none_or(|initial| full.first.starts_with(initial));
            voice.agrees(name.gender) && (voice.fulls.is_empty() || voice.fulls.iter().any(starts))
        };
        let fits: Vec<usize> = self.by_last.get(last).into_iter().flatten().copied().filter(fits).collect();
        match self.only(&fits, report) {
            Fit::One(voice) => (voice, Some(phrase!("The surname of {name}", name = &self.voices[voice].name))),
            Fit::Several => {
                self.by_words(format!("{report} {initial:?} {last}"), report, name, || phrase!("The same name"))
            }
            Fit::None => {
                let alike = |voice: &usize| self.voices[*voice].agrees(name.gender);
                let known: Vec<usize> = self.surnames.get(last).into_iter().flatten().copied().filter(alike).collect();
                if let (Fit::One(voice), None) = (self.only(&known, report), initial) {
                    return (voice, Some(phrase!("The same name")));
                }
                let voice = self.voice(&name.shown, report);
                self.surnames.entry(last.to_owned()).or_default().push(voice);
                (voice, None)
            }
        }
    }

    fn described(&mut self, description: &Description, report: usize, name: &Name) -> (usize, Option<Phrase>) {
        let known = self.by_head.get(&description.head).into_iter().flatten();
        let said: Vec<&(usize, Description)> = known.filter(|(_, fuller)| description.is_said_by(fuller)).collect();
        let mut fits: Vec<usize> = said.iter().map(|(voice, _)| *voice).collect();
        fits.sort_unstable();
        fits.dedup();
        match self.only(&fits, report) {
            Fit::One(voice) => {
                let words = said.iter().find(|(of, _)| *of == voice).map(|(_, fuller)| fuller.words.clone());
                let (name, words) = (&self.voices[voice].name, words.unwrap_or_default());
                (voice, Some(phrase!("{name} is called “{words}”", name, words)))
            }
            Fit::Several => {
                self.by_words(format!("{report} {}", description.key()), report, name, || phrase!("The same words"))
            }
            Fit::None => self.by_words(description.key(), report, name, || phrase!("The same words")),
        }
    }

    fn by_words(
        &mut self,
        words: String,
        report: usize,
        name: &Name,
        why: impl Fn() -> Phrase,
    ) -> (usize, Option<Phrase>) {
        if let Some(known) = self.by_words.get(&words) {
            return (*known, Some(why()));
        }
        let voice = self.voice(&name.shown, report);
        self.by_words.insert(words, voice);
        (voice, None)
    }

    /// The one of these that fits: in the report alone, else in all of them.
    fn only(&self, fits: &[usize], report: usize) -> Fit {
        let mut here = fits.iter().filter(|voice| self.voices[**voice].known_in.contains(&report));
        match (here.next(), here.next(), fits) {
            (Some(_), Some(_), _) => Fit::Several,
            (Some(voice), None, _) => Fit::One(*voice),
            (None, _, []) => Fit::None,
            (None, _, [voice]) => Fit::One(*voice),
            (None, ..) => Fit::Several,
        }
    }

    fn voice(&mut self, name: &str, report: usize) -> usize {
        self.voices.push(Voice { name: name.to_owned(), known_in: vec![report], ..Voice::default() });
        self.voices.len() - 1
    }

    /// Keeps what a mention says of a voice, so that others are found by it.
    fn learn(&mut self, voice: usize, report: usize, name: &Name) {
        let own = &mut self.voices[voice];
        own.gender = own.gender.or(name.gender);
        let last = match &name.kind {
            NameKind::Full(full) => {
                if !own.fulls.contains(full) {
                    own.fulls.push(full.clone());
                }
                add(self.by_full.entry(key(full)).or_default(), voice);
                Some(&full.last)
            }
            NameKind::Surname { last, .. } if own.is_given => Some(last),
            _ => None,
        };
        if own.known_in.last() != Some(&report) && !own.known_in.contains(&report) {
            own.known_in.push(report);
        }
        if let Some(last) = last {
            add(self.by_last.entry(last.clone()).or_default(), voice);
        }
        let own = (own.is_given, &name.kind);
        let given = match own {
            (true, NameKind::Described(description)) => Some(description),
            (true, NameKind::Other(words)) => {
                self.by_words.entry(words.clone()).or_insert(voice);
                None
            }
            _ => None,
        };
        for description in name.descriptions.iter().chain(given) {
            let known = self.by_head.entry(description.head.clone()).or_default();
            if !known.iter().any(|(of, words)| *of == voice && words.key() == description.key()) {
                known.push((voice, description.clone()));
            }
        }
    }
}

impl Voice {
    fn agrees(&self, gender: Option<Gender>) -> bool {
        self.gender.is_none() || gender.is_none() || self.gender == gender
    }
}

fn key(full: &FullName) -> (String, String) {
    (full.first.clone(), full.last.clone())
}

fn add(voices: &mut Vec<usize>, voice: usize) {
    if !voices.contains(&voice) {
        voices.push(voice);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(report: usize, words: &str) -> Mention<'static> {
        // “Mr Pryce = Owen Pryce” is a mention that somebody has named.
        let (words, given) = words.split_once(" = ").map_or((words, None), |(words, given)| (words, Some(given)));
        let given = given.map(|given| &*Box::leak(given.to_owned().into_boxed_str()));
        Mention { report, words: words.to_owned(), before: "", after: "", given, may_be_person: true }
    }

    /// Reports are parted by `|`, mentions by `;`; out comes each voice with its mentions.
    fn check(reports: &str, expected: &[&str]) {
        let all = reports.split('|').enumerate();
        let mentions: Vec<Mention<'_>> = all
            .flat_map(|(report, words)| words.split(';').map(move |words| mention(report, words.trim())))
            .filter(|mention| !mention.words.is_empty())
            .collect();
        let told = |voice: &Voice| {
            let words: Vec<String> = voice
                .mentions
                .iter()
                .map(|(at, _)| format!("{}{}", mentions[*at].report, mentions[*at].words))
                .collect();
            format!("{}: {}", voice.name, words.join("; "))
        };
        assert_eq!(voices(&mentions).iter().map(told).collect::<Vec<_>>(), expected, "{reports}");
    }

    #[test]
    fn name_forms_of_one_person_are_one() {
        check(
            "Owen Pryce, the chairman of the traders | Mr Pryce | the chairman of the traders",
            &["Owen Pryce: 0Owen Pryce, the chairman of the traders; 1Mr Pryce; 2the chairman of the traders"],
        );
        check("Mr Pryce | Owen Pryce", &["Owen Pryce: 0Mr Pryce; 1Owen Pryce"]);
        check("Mayor Ines Calder | the mayor; Ms Calder", &["Ines Calder: 0Mayor Ines Calder; 1the mayor; 1Ms Calder"]);
        check("Thu Nguyễn | Thu Nguyen", &["Thu Nguyễn: 0Thu Nguyễn; 1Thu Nguyen"]);
        check("Mr Hale | Hale", &["Mr Hale: 0Mr Hale; 1Hale"]);
        check(
            "The engineers’ guild | the engineers’ guild",
            &["The engineers’ guild: 0The engineers’ guild; 1the engineers’ guild"],
        );
    }

    #[test]
    fn two_people_of_one_surname_stay_two() {
        check(
            "Owen Pryce | Dele Pryce | Mr Pryce",
            &["Owen Pryce: 0Owen Pryce", "Dele Pryce: 1Dele Pryce", "Mr Pryce: 2Mr Pryce"],
        );
        // In a report that knows one of them alone, it is that one.
        check("Owen Pryce | Dele Pryce; Mr Pryce", &["Owen Pryce: 0Owen Pryce", "Dele Pryce: 1Dele Pryce; 1Mr Pryce"]);
        check("Mr Pryce | Mrs Pryce | Pryce", &["Mr Pryce: 0Mr Pryce", "Mrs Pryce: 1Mrs Pryce", "Pryce: 2Pryce"]);
        check("Mr Owen Pryce | Ms Pryce", &["Owen Pryce: 0Mr Owen Pryce", "Ms Pryce: 1Ms Pryce"]);
        check("Owen Pryce | Owen Pryce Jr.", &["Owen Pryce: 0Owen Pryce", "Owen Pryce Jr.: 1Owen Pryce Jr."]);
        check(
            "Olga Pryce | Owen Pryce | O. Pryce",
            &["Olga Pryce: 0Olga Pryce", "Owen Pryce: 1Owen Pryce", "O. Pryce: 2O. Pryce"],
        );
    }

    #[test]
    fn a_description_is_somebody_only_where_a_text_says_so() {
        check("Owen Pryce | the chairman", &["Owen Pryce: 0Owen Pryce", "the chairman: 1the chairman"]);
        check(
            "Owen Pryce, the mayor’s rival | the mayor",
            &["Owen Pryce: 0Owen Pryce, the mayor’s rival", "the mayor: 1the mayor"],
        );
        check(
            "Mayor Ines Calder; Mayor Jon Field | the mayor",
            &["Ines Calder: 0Mayor Ines Calder", "Jon Field: 0Mayor Jon Field", "the mayor: 1the mayor"],
        );
        check("an official; an official", &["an official: 0an official", "an official: 0an official"]);
    }

    #[test]
    fn what_somebody_has_said_holds() {
        check(
            "Mr Pryce = Dele Pryce; Owen Pryce | Pryce",
            &["Dele Pryce: 0Mr Pryce", "Owen Pryce: 0Owen Pryce", "Pryce: 1Pryce"],
        );
        check(
            "the chairman = Owen Pryce | the chairman | Owen Pryce",
            &["Owen Pryce: 0the chairman; 1the chairman; 2Owen Pryce"],
        );
        check(
            "Owen Pryce = A | Owen Pryce = B | Owen Pryce",
            &["A: 0Owen Pryce", "B: 1Owen Pryce", "Owen Pryce: 2Owen Pryce"],
        );
    }
}
