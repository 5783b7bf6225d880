//! Counts of code points and UTF-16 units along a text, kept so that offsets are converted fast.

/// A count stands at every so many bytes.
pub(super) const STEP: usize = 256;

/// Counts at every `STEP` bytes, each taken at the character boundary at or before it.
pub(super) struct Checkpoints {
    /// Empty where all of the text is ASCII, because then every unit is a byte.
    pub before: Box<[Count]>,
    /// Of the whole text.
    pub total: Count,
}

/// Units up to a place of the text.
#[derive(Clone, Copy)]
pub(super) struct Count {
    /// Unicode code points.
    pub chars: u32,
    pub utf16: u32,
}

/// A unit that offsets outside of Pressmark are counted in.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// A Unicode code point, as Python and the files count.
    Char,
    /// A UTF-16 unit, as JavaScript and Java count.
    Utf16,
}

impl Checkpoints {
    /// Counts along a text; nothing is kept for one that is ASCII.
    pub fn new(text: &str) -> Self {
        let mut count = Count { chars: 0, utf16: 0 };
        if text.is_ascii() {
            let len = text.len() as u32;
            return Self { before: Box::default(), total: Count { chars: len, utf16: len } };
        }
        let mut start = 0;
        let mut advance = |end: usize| {
            let piece = &text[start..end];
            count.chars += Unit::Char.count(piece) as u32;
            count.utf16 += Unit::Utf16.count(piece) as u32;
            start = end;
            count
        };
        let before = (0..=text.len() / STEP).map(|i| advance(text.floor_char_boundary(i * STEP))).collect();
        Self { before, total: advance(text.len()) }
    }
}

impl Unit {
    /// The number of these units in a count.
    pub fn of(self, count: Count) -> usize {
        match self {
            Self::Char => count.chars as usize,
            Self::Utf16 => count.utf16 as usize,
        }
    }

    /// How many units a character takes.
    pub fn width(self, char: char) -> usize {
        match self {
            Self::Char => 1,
            Self::Utf16 => char.len_utf16(),
        }
    }

    /// How many units a text has.
    pub fn count(self, text: &str) -> usize {
        let chars = text.chars().count();
        match self {
            Self::Char => chars,
            // Only the characters that take four bytes in UTF-8 take two units in UTF-16.
            Self::Utf16 => chars + text.bytes().filter(|byte| *byte >= 0xf0).count(),
        }
    }
}
