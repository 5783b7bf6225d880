//! News-like text and marks by the number of words, the same for every run: splitmix64 and a list of words.

use pressmark::text::{ByteRange, Fragments};

/// The generator of Steele, Lea and Flood, “Fast splittable pseudorandom number generators” (2014).
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

const WORDS: &str = "the of and to in a is that for on it with as was at by be this have from or had not but what \
    all were when we there can an your which their if will each about how up out them then she many \
    some these would other into has more her two like him see time could no make than first been its \
    who now people my made over did down only way find use may water long little very after words \
    called just where most know minister council report budget region voters reform market energy \
    border climate hospital teachers railway harbour spokesman opposition committee proposal inflation \
    agreement parliament election policy government company workers union court ruling evidence critics \
    supporters argued claimed denied insisted warned announced statement interview programme";
const VERBS: [&str; 8] = ["said", "argued", "warned", "insisted", "claimed", "denied", "added", "told reporters"];

/// An article and where its words are.
pub struct Generated {
    pub text: String,
    pub words: Vec<ByteRange>,
}

/// Paragraphs of two to five sentences until there are so many words.
pub fn article(words: usize, seed: u64) -> Generated {
    let list: Vec<&str> = WORDS.split_whitespace().collect();
    let mut writer = Writer { rng: Rng::new(seed), list, text: String::new(), words: Vec::new() };
    while writer.words.len() < words {
        for _ in 0..2 + writer.rng.below(4) {
            writer.sentence();
            writer.text.push(' ');
        }
        writer.text.pop();
        writer.text.push('\n');
    }
    Generated { text: writer.text, words: writer.words }
}

struct Writer<'a> {
    rng: Rng,
    list: Vec<&'a str>,
    text: String,
    words: Vec<ByteRange>,
}

impl Writer<'_> {
    fn sentence(&mut self) {
        match self.rng.below(10) {
            0..5 => self.run(8, 22, true),
            5..7 => {
                self.run(5, 12, true);
                self.text.push_str(", ");
                self.run(5, 12, false);
            }
            _ => {
                self.text.push('“');
                self.run(6, 16, true);
                self.text.push_str(",” ");
                self.run(1, 3, false);
                self.text.push(' ');
                let verb = VERBS[self.rng.below(VERBS.len())];
                self.push(verb);
            }
        }
        self.text.push('.');
    }

    fn run(&mut self, low: usize, high: usize, capital: bool) {
        for i in 0..low + self.rng.below(high - low + 1) {
            if i > 0 {
                self.text.push(' ');
            }
            let word = self.list[self.rng.below(self.list.len())];
            let start = self.text.len();
            self.push(word);
            if i == 0 && capital {
                self.text[start..=start].make_ascii_uppercase();
            }
        }
    }

    fn push(&mut self, word: &str) {
        let start = self.text.len();
        self.text.push_str(word);
        self.words.push(ByteRange::new(start, self.text.len()));
    }
}

/// A mark for every so many words, two or three deep in places where that is ten, one in seven in two fragments.
pub fn marks(article: &Generated, every: usize, seed: u64) -> Vec<Fragments> {
    let mut rng = Rng::new(seed);
    let last = article.words.len() - 1;
    let span = |from: usize, to: usize| ByteRange::new(article.words[from].start(), article.words[to.min(last)].end());
    let mut marks = Vec::new();
    for i in 0..article.words.len() / every {
        // Three marks share a stretch: a long one, one inside it, and one inside that.
        let base = i / 3 * 3 * every;
        let (from, len) = match i % 3 {
            0 => (base + rng.below(4), 10 + rng.below(8)),
            1 => (base + 4 + rng.below(3), 4 + rng.below(4)),
            _ => (base + 6 + rng.below(2), 1 + rng.below(3)),
        };
        let from = from.min(last);
        let first = span(from, from + len);
        let fragments =
            if i % 7 == 6 { vec![first, span((from + len + 3).min(last), from + len + 6)] } else { vec![first] };
        marks.extend(Fragments::new(fragments));
    }
    marks.sort();
    marks
}
