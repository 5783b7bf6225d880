//! What the words of a source say of who it is: a full name, a surname, or a description such as “the chairman of the
//! traders”. It compares nothing; `naming` does.
//!
//! Names are told by capitals, titles and little words, in the languages that write so. In other scripts a source is
//! what its words are.

use deunicode::deunicode;

use crate::text::segment::is_reporting_verb;

/// What the words of a source say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub kind: NameKind,
    /// As it is shown: a person without titles and description, others as they are written.
    pub shown: String,
    pub gender: Option<Gender>,
    /// What the words around the name say the person is.
    pub descriptions: Vec<Description>,
}

/// What kind of name it is. Words are folded: case, accents and marks do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    Full(FullName),
    /// A surname alone, with or without a title or the initial of a first name.
    Surname {
        initial: Option<char>,
        last: String,
    },
    /// A definite description, such as “the mayor”.
    Described(Description),
    /// Somebody, such as “an official close to the mayor”: no two of them are one for their words alone.
    Indefinite,
    /// Another name, such as an organisation’s.
    Other(String),
}

/// A person’s name of several words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FullName {
    pub first: String,
    /// Names between, without initials.
    pub middle: Vec<String>,
    pub last: String,
    /// Such as `jr`, which tells father and son apart.
    pub generation: Option<String>,
}

/// What somebody is: the word that says it, and the words that say of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Description {
    pub head: String,
    pub about: Vec<String>,
    /// As it is written.
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

const DEFINITE: &[&str] =
    &["the", "der", "die", "das", "den", "dem", "le", "la", "les", "el", "los", "las", "il", "lo", "gli", "de", "het"];
const INDEFINITE: &[&str] = &[
    "a", "an", "one", "some", "several", "many", "most", "another", "other", "two", "three", "ein", "eine", "einer",
    "einem", "einen", "un", "une", "una", "uno", "um", "uma", "een", "its", "his", "her", "their", "my", "our", "your",
];
const BREAKS: &[&str] = &[
    "of", "for", "at", "in", "from", "to", "with", "by", "on", "who", "which", "whose", "whom", "that", "close",
    "near", "von", "vom", "für", "aus", "bei", "in", "im", "des", "du", "de", "del", "della", "di", "da", "do", "dos",
    "pour", "qui", "que", "quien", "van", "voor",
];
const JOINS: &[&str] = &["and", "or", "und", "oder", "et", "ou", "y", "e", "en"];
const PARTICLES: &[&str] = &[
    "de", "da", "di", "do", "dos", "du", "del", "della", "van", "von", "der", "den", "ter", "zu", "la", "le", "al",
    "el", "bin", "ibn", "y",
];
const MALE: &[&str] = &["mr", "herr", "monsieur", "señor", "senor", "signor", "sir", "lord"];
const FEMALE: &[&str] = &[
    "mrs",
    "ms",
    "miss",
    "frau",
    "madame",
    "mme",
    "mlle",
    "señora",
    "senora",
    "señorita",
    "signora",
    "dame",
    "lady",
    "baroness",
];
const HONORIFICS: &[&str] = &["dr", "prof", "professor", "rev", "reverend", "m", "don", "doña"];
/// Titles of office: before a name they say what somebody is.
const TITLES: &[&str] = &[
    "mayor",
    "president",
    "chancellor",
    "senator",
    "councillor",
    "councilor",
    "congressman",
    "congresswoman",
    "representative",
    "governor",
    "minister",
    "premier",
    "secretary",
    "ambassador",
    "commissioner",
    "judge",
    "justice",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "bishop",
    "archbishop",
    "cardinal",
    "general",
    "colonel",
    "captain",
    "major",
    "lieutenant",
    "sergeant",
    "inspector",
    "sheriff",
    "chairman",
    "chairwoman",
    "chair",
    "director",
    "spokesman",
    "spokeswoman",
    "bürgermeister",
    "bürgermeisterin",
    "oberbürgermeister",
    "oberbürgermeisterin",
    "präsident",
    "präsidentin",
    "ministerin",
    "kanzler",
    "kanzlerin",
    "président",
    "présidente",
    "ministre",
    "maire",
    "presidente",
    "presidenta",
    "ministro",
    "ministra",
    "alcalde",
    "alcaldesa",
];
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

impl Name {
    /// Reads the words of a mark, and what stands before and after them in its paragraph.
    pub fn of(words: &str, before: &str, after: &str) -> Self {
        let mut segments: Vec<&str> = words.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let Some(at) = segments.iter().position(|part| person(part).is_some()) else { return Self::other(words) };
        let Some(mut name) = person(segments.remove(at)) else { return Self::other(words) };
        let generation = segments.get(at).map(|part| fold(bare(part))).filter(|part| is_in(GENERATIONS, part));
        if let (Some(generation), NameKind::Full(full)) = (generation, &mut name.kind) {
            full.generation = Some(generation);
            segments.remove(at);
        }
        // Behind “who” or “which” stands what somebody does.
        name.descriptions.extend(segments.into_iter().filter_map(Description::of));
        name.descriptions.extend(apposition(after));
        name.descriptions.extend(title_before(before));
        name
    }

    /// The same words as an organisation’s or a document’s.
    pub fn of_no_person(words: &str) -> Self {
        Self::other(words)
    }

    fn other(words: &str) -> Self {
        let main = words.split(',').next().unwrap_or(words).trim();
        let all = tokens(main);
        let first = all.first().map(|token| fold(bare(token))).unwrap_or_default();
        let is_lower = main.chars().next().is_some_and(char::is_lowercase);
        let kind = match () {
            () if is_in(INDEFINITE, &first) => NameKind::Indefinite,
            () if is_in(DEFINITE, &first) => {
                Description::of(main).map_or_else(|| NameKind::Other(folded(&all)), NameKind::Described)
            }
            () if is_lower => NameKind::Indefinite,
            () => NameKind::Other(folded(&all)),
        };
        Self { kind, shown: main.to_owned(), gender: None, descriptions: Vec::new() }
    }
}

impl Description {
    /// Reads “the chairman of the traders” or “president of the guild”; `None` where it is none, or of several.
    pub fn of(words: &str) -> Option<Self> {
        let all: Vec<String> = tokens(words).into_iter().map(|token| fold(bare(token))).collect();
        let own: Vec<&str> = all.iter().map(String::as_str).filter(|token| !token.is_empty()).collect();
        let first = own.first()?;
        let is_clause = ["who", "which", "whose", "whom", "that", "qui", "que", "quien"].contains(first);
        if is_clause || is_reporting_verb(first) || own.iter().any(|token| is_in(JOINS, token)) {
            return None;
        }
        let start = usize::from(is_in(DEFINITE, first) || is_in(INDEFINITE, first));
        let end = own[start..].iter().position(|token| is_in(BREAKS, token)).map_or(own.len(), |at| start + at);
        let head = own[start..end].last()?;
        let is_about = |token: &&&str| {
            !is_in(DEFINITE, token) && !is_in(INDEFINITE, token) && !is_in(BREAKS, token) && *token != head
        };
        let about = own[start..].iter().filter(is_about).map(|token| (*token).to_owned()).collect();
        Some(Self { head: (*head).to_owned(), about, words: words.to_owned() })
    }

    /// Whether a fuller description says all that this one says.
    pub fn is_said_by(&self, fuller: &Self) -> bool {
        self.head == fuller.head && self.about.iter().all(|word| fuller.about.contains(word))
    }

    /// The same for the same words in any order.
    pub fn key(&self) -> String {
        let mut about = self.about.clone();
        about.sort_unstable();
        format!("{} {}", self.head, about.join(" "))
    }
}

impl FullName {
    /// Whether both may be one person’s: first names between agree where both say them.
    pub fn may_be(&self, other: &Self) -> bool {
        let own_middle_is_in = |one: &Self, other: &Self| one.middle.iter().all(|name| other.middle.contains(name));
        (&self.first, &self.last, &self.generation) == (&other.first, &other.last, &other.generation)
            && (own_middle_is_in(self, other) || own_middle_is_in(other, self))
    }
}

/// The name in a segment without commas; `None` where it names no person.
fn person(segment: &str) -> Option<Name> {
    let all = tokens(segment);
    let kind_of = |token: &str| fold(bare(token));
    let has_article = all.first().is_some_and(|t| is_in(DEFINITE, &kind_of(t)) || is_in(INDEFINITE, &kind_of(t)));
    let first = usize::from(has_article);
    let start = first + all[first..].iter().position(|token| is_capital(token) && !is_title(&kind_of(token)))?;
    let lead = &all[first..start];
    let lead_words: Vec<String> = lead.iter().map(|token| kind_of(token)).collect();
    let is_odd = |word: &String| is_in(BREAKS, word) || is_in(DEFINITE, word) || is_in(JOINS, word);
    if lead_words.iter().any(is_odd) || (has_article && lead.is_empty()) {
        return None;
    }
    let end = end_of_name(&all, start);
    let (run, rest) = (&all[start..end], &all[end..]);
    let begins_more = |token: &str| is_in(BREAKS, &kind_of(token)) || token.starts_with('(');
    let is_thing =
        run.iter().any(|token| token.ends_with(['’', '\'']) || token.ends_with("’s") || token.ends_with("'s"));
    if is_thing || !rest.first().is_none_or(|token| begins_more(token)) {
        return None;
    }
    let is_called = |list: &[&str]| lead_words.iter().any(|word| is_in(list, word));
    let has_title = lead_words.iter().any(|word| is_title(word));
    if has_article && run.len() < 2 && !has_title {
        return None;
    }
    let gender = match () {
        () if is_called(MALE) => Some(Gender::Male),
        () if is_called(FEMALE) => Some(Gender::Female),
        () => None,
    };
    let describing: Vec<&str> = lead.iter().copied().filter(|token| !is_honorific(&kind_of(token))).collect();
    let descriptions = Description::of(&describing.join(" ")).into_iter().collect();
    let kind = name_kind(run)?;
    // A surname alone is read with the title before it.
    let shown = if matches!(kind, NameKind::Surname { .. }) { &all[..end] } else { run };
    let shown = shown.iter().map(|token| token.trim_matches(['“', '”', '"', ';', ':'])).collect::<Vec<_>>().join(" ");
    Some(Name { kind, shown, gender, descriptions })
}

/// Where a run of capitalised words ends, particles between them included.
fn end_of_name(all: &[&str], start: usize) -> usize {
    let mut end = start + 1;
    while let Some(token) = all.get(end) {
        let is_generation = is_in(GENERATIONS, &fold(bare(token)));
        if is_capital(token) || is_generation {
            end += 1;
        } else if is_in(PARTICLES, token) {
            let after = all[end..].iter().take_while(|token| is_in(PARTICLES, token)).count();
            // “of the” and “de la” before a place look the same; a name goes on with a capital.
            if all.get(end + after).is_none_or(|token| !is_capital(token)) || after > 2 {
                break;
            }
            end += after;
        } else {
            break;
        }
    }
    end
}

fn name_kind(run: &[&str]) -> Option<NameKind> {
    let mut words: Vec<String> = run.iter().map(|token| fold(bare(token))).filter(|word| !word.is_empty()).collect();
    let generation = words.pop_if(|word| is_in(GENERATIONS, word));
    let last = words.pop()?;
    if words.is_empty() {
        return Some(NameKind::Surname { initial: None, last });
    }
    let is_initial = |word: &String| word.chars().count() == 1;
    let first = words.remove(0);
    if is_initial(&first) && words.iter().all(is_initial) {
        return Some(NameKind::Surname { initial: first.chars().next(), last });
    }
    let middle = words.into_iter().filter(|word| !is_initial(word)).collect();
    Some(NameKind::Full(FullName { first, middle, last, generation }))
}

/// What stands behind a name between commas: “, the chairman of the traders,”. In a row of several it is somebody else.
fn apposition(after: &str) -> Option<Description> {
    const LONGEST: usize = 100;
    let rest = after.strip_prefix(',')?;
    let end = rest.find(|c: char| ",.;:“”\"—–\n".contains(c)).filter(|end| *end <= LONGEST)?;
    let next = rest[end..].strip_prefix(',').and_then(|next| tokens(next).first().map(|token| fold(bare(token))));
    let is_row = |word: String| is_in(JOINS, &word) || is_in(DEFINITE, &word) || is_in(INDEFINITE, &word);
    if next.is_some_and(is_row) {
        return None;
    }
    let words = rest[..end].trim();
    let is_small = words.chars().next().is_some_and(char::is_lowercase);
    is_small.then(|| Description::of(words)).flatten()
}

/// A title of office right before a mark that leaves it out: “Mayor ⟦Ines Calder⟧”.
fn title_before(before: &str) -> Option<Description> {
    let word = before.strip_suffix(' ')?.rsplit([' ', '\n', '“', '(']).next()?;
    is_in(TITLES, &fold(word)).then(|| Description::of(word)).flatten()
}

fn tokens(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// A word without the marks around it and without a genitive’s ending.
fn bare(token: &str) -> &str {
    let token = token.trim_matches(|c: char| !c.is_alphanumeric());
    token.strip_suffix("’s").or_else(|| token.strip_suffix("'s")).unwrap_or(token)
}

/// A word in small letters, without accents where it is in Latin script.
pub(super) fn fold(word: &str) -> String {
    let is_latin = word.chars().all(|c| matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'));
    if is_latin { deunicode(word).to_lowercase() } else { word.to_lowercase() }
}

fn folded(all: &[&str]) -> String {
    all.iter().map(|token| fold(bare(token))).collect::<Vec<_>>().join(" ")
}

fn is_capital(token: &str) -> bool {
    token.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next().is_some_and(char::is_uppercase)
}

/// Whether a list has a folded word; the lists are written with accents.
fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|own| *own == word || (!own.is_ascii() && fold(own) == word))
}

fn is_honorific(word: &str) -> bool {
    [MALE, FEMALE, HONORIFICS].iter().any(|list| is_in(list, word))
}

fn is_title(word: &str) -> bool {
    is_honorific(word) || is_in(TITLES, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(words: &str) -> NameKind {
        Name::of(words, "", "").kind
    }

    fn told(words: &str) -> String {
        match kind(words) {
            NameKind::Full(name) => format!("full {} {}", name.first, name.last),
            NameKind::Surname { initial, last } => {
                format!("surname {}{last}", initial.map_or(String::new(), |i| format!("{i}. ")))
            }
            NameKind::Described(description) => format!("described {}", description.key()),
            NameKind::Indefinite => "indefinite".to_owned(),
            NameKind::Other(name) => format!("other {name}"),
        }
    }

    #[test]
    fn words_say_what_kind_of_name_they_are() {
        let cases = [
            ("Owen Pryce", "full owen pryce"),
            ("Mayor Ines Calder", "full ines calder"),
            ("councillor Owen J. Pryce", "full owen pryce"),
            ("its secretary, Ilse Brandt", "full ilse brandt"),
            ("Owen Pryce of the Harbour Traders’ Association", "full owen pryce"),
            ("Thu Nguyễn, the city’s chief bridge engineer", "full thu nguyen"),
            ("Ludwig van der Berg", "full ludwig berg"),
            ("the Rev. Sarah Poole", "full sarah poole"),
            ("Mr Pryce", "surname pryce"),
            ("O. Pryce", "surname o. pryce"),
            ("Bürgermeisterin Weiß", "surname weiss"),
            ("the chairman of the traders", "described chairman traders"),
            ("The engineers’ report, which the Gazette has read", "described report engineers"),
            ("the Valley Commuters’ Union", "described union commuters valley"),
            ("An official close to the mayor", "indefinite"),
            ("A report seen by the Courier", "indefinite"),
            ("one councillor from the mayor’s group", "indefinite"),
            ("engineers", "indefinite"),
            ("Harbour Traders’ Association", "other harbour traders association"),
            ("王小明", "other 王小明"),
        ];
        for (words, expected) in cases {
            assert_eq!(told(words), expected, "{words}");
        }
    }

    #[test]
    fn a_text_says_what_somebody_is_beside_the_name() {
        let head = |words, before, after| {
            let name = Name::of(words, before, after);
            name.descriptions.iter().map(Description::key).collect::<Vec<_>>()
        };
        assert_eq!(head("Owen Pryce, the chairman of the traders", "", ""), ["chairman traders"]);
        assert_eq!(
            head("Owen Pryce", "said ", ", chairman of the Harbour Traders’ Association, on"),
            ["chairman association harbour traders"]
        );
        assert_eq!(head("Ines Calder", "told Mayor ", " that"), ["mayor "]);
        assert_eq!(head("Owen Pryce", "", ", said the mayor."), [] as [&str; 0]);
        assert_eq!(head("Owen Pryce", "", ", the mayor, and the bishop"), [] as [&str; 0]);
        assert_eq!(head("Owen Pryce", "", ", the mayor and the bishop,"), [] as [&str; 0]);
        assert_eq!(head("Owen Pryce", "", ", who leads the harbour traders, called"), [] as [&str; 0]);
    }

    #[test]
    fn father_and_son_are_two() {
        let full = |words| match kind(words) {
            NameKind::Full(name) => name,
            other => panic!("{other:?}"),
        };
        assert!(!full("Owen Pryce Jr.").may_be(&full("Owen Pryce")));
        assert!(full("Owen Pryce, Jr.").may_be(&full("Owen Pryce jr")));
        assert!(full("Owen James Pryce").may_be(&full("Owen Pryce")));
        assert!(!full("Owen James Pryce").may_be(&full("Owen Luis Pryce")));
    }
}
