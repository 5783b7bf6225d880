//! How one wording differs from another, word by word. Case, punctuation and the marks around words do not count. It
//! draws nothing.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::ByteRange;

/// What became of words of one wording in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Kept,
    /// Only the first wording has them.
    Cut,
    /// Only the second one has them.
    Added,
}

/// Words of a wording, as they are written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub words: String,
    pub change: Change,
}

/// How two wordings differ: the second one with what it lacks of the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    pub pieces: Vec<Piece>,
    pub kept: usize,
    /// Words that stand in the place of others.
    pub changed: usize,
    pub cut: usize,
    pub added: usize,
}

/// Wordings of more words than this, one times the other, are not compared word by word.
const MOST: usize = 1 << 18;

/// Compares two wordings; `None` where they are too long for that.
pub fn differences(first: &str, second: &str) -> Option<Differences> {
    let (a, b) = (words(first), words(second));
    if a.len().saturating_mul(b.len()) > MOST {
        return None;
    }
    let mut found = Differences::default();
    let (mut at_a, mut at_b, mut end) = (0, 0, 0);
    for (next_a, next_b) in together(common(&a, &b), &a, &b).into_iter().chain([(a.len(), b.len())]) {
        let (cut, added) = (next_a - at_a, next_b - at_b);
        let changed = cut.min(added);
        found.changed += changed;
        found.cut += cut - changed;
        found.added += added - changed;
        if cut > 0 {
            let from = a[at_a].0.start();
            found.add(&first[from..a[next_a - 1].0.end()], Change::Cut);
        }
        if added > 0 {
            found.add(&second[b[at_b].0.start()..b[next_b - 1].0.end()], Change::Added);
            end = b[next_b - 1].0.end();
        }
        let Some((range, _)) = b.get(next_b) else { break };
        // Marks before a word that is kept belong to it, those after it to the text up to the next one.
        let upto = b.get(next_b + 1).map_or(second.len(), |(next, _)| next.start());
        let from = if added == 0 && found.pieces.is_empty() { end } else { range.start() };
        found.add(second[from..upto].trim_end(), Change::Kept);
        found.kept += 1;
        end = upto;
        (at_a, at_b) = (next_a + 1, next_b + 1);
    }
    Some(found)
}

impl Differences {
    /// Adds words; those of the same kind as the last ones go on with them.
    fn add(&mut self, words: &str, change: Change) {
        match self.pieces.last_mut() {
            Some(last) if last.change == change => {
                last.words.push(' ');
                last.words.push_str(words);
            }
            _ => self.pieces.push(Piece { words: words.to_owned(), change }),
        }
    }

    /// Whether the wordings have the same words.
    pub fn is_same(&self) -> bool {
        self.changed + self.cut + self.added == 0
    }
}

/// The words of a wording with their letters as they are compared.
fn words(text: &str) -> Vec<(ByteRange, String)> {
    let word = |(start, word): (usize, &str)| {
        let letters = word.chars().filter(|c| !matches!(c, '\'' | '’' | '.')).flat_map(char::to_lowercase);
        (ByteRange::new(start, start + word.len()), letters.collect())
    };
    text.unicode_word_indices().map(word).collect()
}

/// The longest row of words that both have in the same order, by their numbers.
fn common(a: &[(ByteRange, String)], b: &[(ByteRange, String)]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i].1 == b[j].1 {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut row = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i].1 == b[j].1 {
            row.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    row
}

/// The same row, where a word that is kept alone between words that differ stands at the end of what differs, if the same
/// word is there too: so that what differs stays together.
fn together(mut row: Vec<(usize, usize)>, a: &[(ByteRange, String)], b: &[(ByteRange, String)]) -> Vec<(usize, usize)> {
    for at in (0..row.len()).rev() {
        let (i, j) = row[at];
        let (next_i, next_j) = row.get(at + 1).copied().unwrap_or((a.len(), b.len()));
        let follows = at.checked_sub(1).is_some_and(|before| row[before] == (i.wrapping_sub(1), j.wrapping_sub(1)));
        if follows || (i, j) == (0, 0) {
            continue;
        }
        if next_j == j + 1 && next_i > i + 1 && a[next_i - 1].1 == a[i].1 {
            row[at].0 = next_i - 1;
        } else if next_i == i + 1 && next_j > j + 1 && b[next_j - 1].1 == b[j].1 {
            row[at].1 = next_j - 1;
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a wording with `-cut-` and `+added+` words.
    fn check(first: &str, second: &str, expected: &str) {
        let found = differences(first, second).unwrap();
        let draw = |piece: &Piece| match piece.change {
            Change::Kept => piece.words.clone(),
            Change::Cut => format!("-{}-", piece.words),
            Change::Added => format!("+{}+", piece.words),
        };
        assert_eq!(found.pieces.iter().map(draw).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn what_differs_is_told_word_by_word() {
        check(
            "This is a tax on getting to work, plain and simple, and we will fight it street by street.",
            "It is a tax on going to work, and we shall fight it street by street and shop by shop",
            "-This- +It+ is a tax on -getting- +going+ to work, -plain and simple- and we -will- +shall+ fight it street \
             by street +and shop by shop+",
        );
        check("Steel does not wait.", "“steel DOES not wait”", "“steel DOES not wait”");
        check("We are late", "", "-We are late-");
    }

    #[test]
    fn words_that_stand_for_others_are_counted_apart() {
        let found = differences("one two three four", "one zwei drei extra four five").unwrap();
        assert_eq!((found.kept, found.changed, found.cut, found.added), (2, 2, 0, 2));
        assert!(differences("Not so.", "not so").unwrap().is_same());
        assert_eq!(differences(&"word ".repeat(2000), &"other ".repeat(2000)), None);
    }
}
