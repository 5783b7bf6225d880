//! How many marks land right in corrected texts, held against a plain search for their words.
//!
//! The texts are those of the sample project, edited at random, always in the same way; where each word went is known.

use std::fs;

use pressmark::text::{ByteRange, Correction};

use crate::root::root;

/// Numbers that are the same at each run (Knuth's linear congruential generator).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// The texts of the sample project, in paragraphs of words.
fn texts() -> Vec<Vec<Vec<String>>> {
    let mut paths: Vec<_> = fs::read_dir(root().join("projects/harbour-bridge/articles")).unwrap().flatten().collect();
    paths.sort_by_key(fs::DirEntry::path);
    let text = |entry: fs::DirEntry| {
        let file = fs::read_to_string(entry.path()).unwrap();
        let start = file.find("text: r").unwrap();
        file[start..].split_once('"').unwrap().1.rsplit_once('"').unwrap().0.to_owned()
    };
    let paragraphs = |text: String| -> Vec<Vec<String>> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
    };
    paths.into_iter().map(text).map(paragraphs).collect()
}

/// A word on its way into the corrected text.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// Its place among the words of the old text, as long as it is that word.
    was: Option<usize>,
}

/// Words as a text, with where each of them stands.
fn laid_out(paragraphs: &[Vec<Word>]) -> (String, Vec<(Option<usize>, ByteRange)>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for paragraph in paragraphs {
        for word in paragraph {
            let start = text.len();
            text.push_str(&word.text);
            places.push((word.was, ByteRange::new(start, text.len())));
            text.push(' ');
        }
        text.pop();
        text.push('\n');
    }
    (text, places)
}

/// Replaces, corrects, takes out and adds so many words in a hundred.
fn edited(paragraphs: &[Vec<Word>], percent: usize, random: &mut Random) -> Vec<Vec<Word>> {
    let all: Vec<String> = paragraphs.iter().flatten().map(|word| word.text.clone()).collect();
    let mut edited = Vec::new();
    for paragraph in paragraphs {
        let mut words = Vec::new();
        for word in paragraph {
            if random.below(100) >= percent {
                words.push(word.clone());
                continue;
            }
            let other = Word { text: all[random.below(all.len())].clone(), was: None };
            match random.below(4) {
                0 => words.push(other),
                1 => words.push(Word { text: misspelled(&word.text), was: word.was }),
                2 => {}
                _ => words.extend([word.clone(), other]),
            }
        }
        edited.push(words);
    }
    edited
}

/// The word with two of its letters in the other order.
fn misspelled(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 3 {
        letters.swap(1, 2);
    }
    letters.into_iter().collect()
}

/// Of how many marks, and how many of them landed right: by the correction, and by a search.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    marks: usize,
    right: usize,
    searched: usize,
}

impl Score {
    fn percent(self, right: usize) -> f64 {
        100.0 * right as f64 / self.marks as f64
    }
}

/// Marks of one to twelve words all over the text.
fn measure(old: &[Vec<Word>], new: &[Vec<Word>], score: &mut Score) {
    let ((old_text, old_places), (new_text, new_places)) = (laid_out(old), laid_out(new));
    let correction = Correction::between(&old_text, &new_text);
    let mut first = 0;
    for length in (1..=12).cycle() {
        let Some(words) = old_places.get(first..first + length) else { break };
        let range = ByteRange::new(words[0].1.start(), words[length - 1].1.end());
        first += 3;
        let left: Vec<ByteRange> = new_places
            .iter()
            .filter(|(was, _)| was.is_some_and(|was| (first - 3..first - 3 + length).contains(&was)))
            .map(|(_, place)| *place)
            .collect();
        // What is half gone may be found or lost.
        if left.len() * 2 <= length && !left.is_empty() {
            continue;
        }
        let truth = left.first().zip(left.last()).map(|(first, last)| ByteRange::new(first.start(), last.end()));
        let is_right = |found: Option<ByteRange>| match (truth, found) {
            (None, None) => true,
            (Some(truth), Some(found)) => {
                let inside = |place: &ByteRange| place.start() >= found.start() && place.end() <= found.end();
                let others = new_places.iter().filter(|(was, place)| was.is_some() && inside(place)).count();
                inside(&truth) && others == left.len() || found == truth
            }
            _ => false,
        };
        score.marks += 1;
        score.right += usize::from(is_right(correction.place(range).map(|placed| placed.range)));
        let words = range.slice(&old_text).unwrap();
        let nearest = new_text.match_indices(words).min_by_key(|(at, _)| at.abs_diff(range.start()));
        score.searched += usize::from(is_right(nearest.map(|(at, _)| ByteRange::new(at, at + words.len()))));
    }
}

/// Measures what a change of the sample's texts does to marks; at least so many of a hundred are to land right.
fn check(name: &str, least: f64, change: impl Fn(&[Vec<Word>], &mut Random) -> Vec<Vec<Word>>) {
    let mut score = Score::default();
    for (number, text) in texts().into_iter().enumerate() {
        for round in 0..4 {
            let mut count = 0;
            let mut word = |text: &String| {
                count += 1;
                Word { text: text.clone(), was: Some(count - 1) }
            };
            let old: Vec<Vec<Word>> = text.iter().map(|words| words.iter().map(&mut word).collect()).collect();
            let mut random = Random(number as u64 * 100 + round);
            measure(&old, &change(&old, &mut random), &mut score);
        }
    }
    let (right, searched) = (score.percent(score.right), score.percent(score.searched));
    println!("{name}: {right:.1} % of {} marks, by a search {searched:.1} %", score.marks);
    assert!(score.marks > 500 && right >= least, "{name}: {right:.1} %, wanted {least} %");
    assert!(right > searched, "{name}: {right:.1} %, by a search {searched:.1} %");
}

#[test]
fn marks_land_right_in_edited_texts() {
    for (percent, least) in [(1, 98.0), (5, 97.0), (20, 92.0)] {
        check(&format!("{percent} % of the words edited"), least, |old, random| edited(old, percent, random));
    }
}

#[test]
fn marks_land_right_where_paragraphs_were_moved() {
    // Some marks reach over the end of a paragraph whose other half went elsewhere.
    check("paragraphs moved", 95.0, |old, random| {
        let mut new = old.to_vec();
        for _ in 0..2 {
            let paragraph = new.remove(random.below(new.len()));
            new.insert(random.below(new.len() + 1), paragraph);
        }
        edited(&new, 1, random)
    });
}

#[test]
fn marks_land_right_in_an_updated_article() {
    check("an updated article", 96.0, |old, random| {
        let mut new = edited(old, 3, random);
        new.remove(random.below(new.len()));
        let news = "Update at noon: the council now meets a day earlier than it had said before".split(' ');
        new.insert(0, news.map(|text| Word { text: text.to_owned(), was: None }).collect());
        new
    });
}
