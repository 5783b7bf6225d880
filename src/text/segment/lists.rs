//! Words that tell where sentences end and who speaks, by language: one file a language in `assets/languages`, one row
//! here.
//!
//! Nobody says which language a text has, and many are in two, so the lists of all languages are one. It judges nothing:
//! what a list is for is decided where sentences are.
//!
//! In a file each line is a list's name, a colon and words; a list may have several lines, and `#` begins a comment. The
//! lists `common`, `negation` and `number` (`seven=7`) are those of [`super::language`].

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::language::{FILES, is_own_list};

/// Words of one kind, as they are written. `*str` in a file stands for every word that ends so.
#[derive(Debug, Default)]
pub struct Words {
    /// Words as they are.
    whole: FxHashSet<&'static str>,
    /// Endings of words, written `-ending` in the file.
    endings: Vec<&'static str>,
}

impl Words {
    fn add(&mut self, words: &'static str) {
        for word in words.split_whitespace() {
            match word.strip_prefix('*') {
                Some(ending) => self.endings.push(ending),
                None => _ = self.whole.insert(word),
            }
        }
    }

    /// Whether a word is in the list, or ends as one of its endings.
    pub fn has(&self, word: &str) -> bool {
        self.whole.contains(word) || self.endings.iter().any(|ending| word.ends_with(ending))
    }
}

/// The lists of all languages. Abbreviations stand without their last full stop.
#[derive(Debug, Default)]
pub struct Lists {
    /// Abbreviations before a name or in the middle of a phrase: no sentence ends with them.
    pub before_name: Words,
    /// Abbreviations before a number: a sentence ends with them only where no digit follows.
    pub before_number: Words,
    /// Abbreviations in a phrase or at its end: a sentence ends only where one of `begins_sentence` follows.
    pub anywhere: Words,
    /// Words, with a capital, that begin a sentence far more often than they continue a name.
    pub begins_sentence: Words,
    /// Months, as they follow a day that is an ordinal.
    pub month: Words,
    /// Words, in small letters, that only a language has which sets a full stop after an ordinal number.
    pub ordinals: Words,
    /// Verb forms that say that somebody said something; of all there are, those that news live on.
    pub reports: Words,
    /// Those of them in languages that open speech with a dash.
    pub dialogue: Words,
    /// Small words of languages that do not, and of no other.
    pub undashed: Words,
    /// Words that introduce what was said, right after such a verb: `said that`.
    pub content: Words,
    /// Words, other than verbs, that begin the naming of who said what stands before them: `according to`.
    pub source: Words,
    /// Conjunctions that begin a clause of its own, and in no other language the naming of a speaker.
    pub conjunction: Words,
    /// Verb forms before the speaker, with the verb of saying behind: `a déclaré le maire`.
    pub auxiliary: Words,
}

impl Lists {
    /// The list of this name.
    fn list(&mut self, name: &str) -> Option<&mut Words> {
        Some(match name {
            "before-name" => &mut self.before_name,
            "before-number" => &mut self.before_number,
            "anywhere" => &mut self.anywhere,
            "begins-sentence" => &mut self.begins_sentence,
            "month" => &mut self.month,
            "ordinals" => &mut self.ordinals,
            "reports" => &mut self.reports,
            "undashed" => &mut self.undashed,
            "content" => &mut self.content,
            "source" => &mut self.source,
            "conjunction" => &mut self.conjunction,
            "auxiliary" => &mut self.auxiliary,
            _ => return None,
        })
    }

    /// Adds what a file says; gives its first line that is not understood.
    fn add(&mut self, file: &'static str) -> Result<(), &'static str> {
        let lines = || file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let has_dashes = !lines().any(|line| line.starts_with("undashed: "));
        for line in lines() {
            let (name, words) = line.split_once(": ").ok_or(line)?;
            if is_own_list(name) {
                continue;
            }
            self.list(name).ok_or(line)?.add(words);
            if name == "reports" && has_dashes {
                self.dialogue.add(words);
            }
        }
        Ok(())
    }
}

/// Whether the word says that somebody said something.
pub fn is_reporting_verb(word: &str) -> bool {
    lists().reports.has(word)
}

/// Whether the word is such a verb in a language that opens speech with a dash.
pub fn reports_in_dialogue(word: &str) -> bool {
    lists().dialogue.has(word)
}

/// Whether the word is a small one of a language that does not.
pub fn is_of_undashed(word: &str) -> bool {
    lists().undashed.has(word)
}

/// Whether the word, right after a verb of saying, introduces what was said.
pub fn introduces_content(word: &str) -> bool {
    lists().content.has(word)
}

/// Whether the word begins the naming of who said what stands before it.
pub fn begins_source(word: &str) -> bool {
    lists().source.has(word)
}

/// Whether the word, as the first one, begins a clause of its own.
pub fn is_conjunction(word: &str) -> bool {
    lists().conjunction.has(word)
}

/// Whether a verb of saying may stand behind the word, in a clause in which the verb comes before the speaker.
pub fn is_auxiliary(word: &str) -> bool {
    lists().auxiliary.has(word)
}

/// The lists of all languages, read once.
pub fn lists() -> &'static Lists {
    static ALL: LazyLock<Lists> = LazyLock::new(|| {
        let mut all = Lists::default();
        // A test reads every line of every file, so there is nothing to be told here.
        FILES.iter().for_each(|file| _ = all.add(file));
        all
    });
    &ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_language_is_understood() {
        let mut all = Lists::default();
        for file in FILES {
            assert_eq!(all.add(file), Ok(()));
        }
        assert_eq!(all.add("before-nmae: Mr"), Err("before-nmae: Mr"));
    }

    #[test]
    fn a_word_is_known_whole_or_by_its_ending() {
        let mut all = Lists::default();
        all.add("# Streets.\nanywhere: Co *str\n").unwrap();
        let known = ["Co", "Hauptstr", "Cos", "Hauptstraße", "str"].map(|word| all.anywhere.has(word));
        assert_eq!(known, [true, true, false, false, true]);
    }
}
