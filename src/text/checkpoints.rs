//! Counts of code points and UTF-16 units along a text, kept so that offsets are converted fast.

/// A count stands at every so many bytes.
pub(super) const STEP: usize = 256;

/// Counts at every `STEP` bytes, each taken at the character boundary at or before it.
pub(super) struct Checkpoints {
    /// Empty where all of the text is ASCII, because then every unit is a byte.
    pub before: Box<[Count]>,
    pub total: Count,
}

#[derive(Clone, Copy)]
pub(super) struct Count {
    pub chars: u32,
    pub utf16: u32,
}

#[derive(Clone, Copy)]
pub(super) enum Unit {
    Char,
    Utf16,
}

impl Checkpoints {
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
    pub fn of(self, count: Count) -> usize {
        match self {
            Self::Char => count.chars as usize,
            Self::Utf16 => count.utf16 as usize,
        }
    }

    pub fn width(self, char: char) -> usize {
        match self {
            Self::Char => 1,
            Self::Utf16 => char.len_utf16(),
        }
    }

    pub fn count(self, text: &str) -> usize {
        let chars = text.chars().count();
        match self {
            Self::Char => chars,
            // Only the characters that take four bytes in UTF-8 take two units in UTF-16.
            Self::Utf16 => chars + text.bytes().filter(|byte| *byte >= 0xf0).count(),
        }
    }
}
