//! Conversion between bytes, Unicode code points and UTF-16 units: the one place where other units exist.
//!
//! Counts are kept for every 256 bytes of the text, so a conversion reads at most as many wherever it falls, and
//! none at all in a text that is ASCII.

use super::{
    ByteRange, Text,
    checkpoints::{STEP, Unit},
};

/// An offset in another unit is `None` where it is past the end or inside a character.
impl Text {
    /// Unicode code points in the whole text.
    pub fn char_count(&self) -> usize {
        Unit::Char.of(self.checkpoints().total)
    }

    /// UTF-16 units in the whole text.
    pub fn utf16_count(&self) -> usize {
        Unit::Utf16.of(self.checkpoints().total)
    }

    /// How many code points lie before the byte.
    pub fn byte_to_char(&self, byte: usize) -> Option<usize> {
        self.units_before(byte, Unit::Char)
    }

    /// The byte before which that many code points lie.
    pub fn char_to_byte(&self, char: usize) -> Option<usize> {
        self.byte_after(char, Unit::Char)
    }

    /// How many UTF-16 units lie before the byte.
    pub fn byte_to_utf16(&self, byte: usize) -> Option<usize> {
        self.units_before(byte, Unit::Utf16)
    }

    /// The byte before which that many UTF-16 units lie.
    pub fn utf16_to_byte(&self, utf16: usize) -> Option<usize> {
        self.byte_after(utf16, Unit::Utf16)
    }

    /// A half-open range of code points as bytes; also `None` where the start is behind the end.
    pub fn range_from_chars(&self, start: usize, end: usize) -> Option<ByteRange> {
        self.range_from(start, end, Unit::Char)
    }

    /// A half-open range of UTF-16 units as bytes; also `None` where the start is behind the end.
    pub fn range_from_utf16(&self, start: usize, end: usize) -> Option<ByteRange> {
        self.range_from(start, end, Unit::Utf16)
    }

    /// The range as `(start, end)` in code points; one that does not fit is taken at the character
    /// boundaries before its ends.
    pub fn range_to_chars(&self, range: ByteRange) -> (usize, usize) {
        self.range_to(range, Unit::Char)
    }

    /// The range as `(start, end)` in UTF-16 units; one that does not fit is taken at the character
    /// boundaries before its ends.
    pub fn range_to_utf16(&self, range: ByteRange) -> (usize, usize) {
        self.range_to(range, Unit::Utf16)
    }

    /// How many units stand before a byte; `None` inside a character or beyond the text.
    fn units_before(&self, byte: usize, unit: Unit) -> Option<usize> {
        self.is_char_boundary(byte).then(|| self.units_before_boundary(byte, unit))
    }

    /// As `units_before`, for a byte that is known to be a boundary.
    fn units_before_boundary(&self, byte: usize, unit: Unit) -> usize {
        let index = byte / STEP;
        let Some(before) = self.checkpoints().before.get(index) else { return byte };
        unit.of(*before) + unit.count(&self[self.floor_char_boundary(index * STEP)..byte])
    }

    /// The byte after so many units; `None` inside a character or beyond the text.
    fn byte_after(&self, offset: usize, unit: Unit) -> Option<usize> {
        let before = &self.checkpoints().before;
        let Some(index) = before.partition_point(|count| unit.of(*count) <= offset).checked_sub(1) else {
            return (offset <= self.len()).then_some(offset);
        };
        let start = self.floor_char_boundary(index * STEP);
        let mut left = offset - unit.of(before[index]);
        for (byte, char) in self[start..].char_indices() {
            if left == 0 {
                return Some(start + byte);
            }
            left = left.checked_sub(unit.width(char))?;
        }
        (left == 0).then_some(self.len())
    }

    /// A range of bytes from one of units; `None` where it does not fit.
    fn range_from(&self, start: usize, end: usize, unit: Unit) -> Option<ByteRange> {
        if start > end {
            return None;
        }
        Some(ByteRange::new(self.byte_after(start, unit)?, self.byte_after(end, unit)?))
    }

    /// A range of units from one of bytes.
    fn range_to(&self, range: ByteRange, unit: Unit) -> (usize, usize) {
        let convert = |byte| self.units_before_boundary(self.floor_char_boundary(byte), unit);
        (convert(range.start()), convert(range.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_inside_a_character_or_past_the_end_are_none() {
        let text = Text::from("a😀é");
        assert_eq!((text.char_count(), text.utf16_count(), text.len()), (3, 4, 7));
        assert_eq!([1, 2, 5, 7, 8].map(|byte| text.byte_to_utf16(byte)), [Some(1), None, Some(3), Some(4), None]);
        assert_eq!([1, 2, 3, 4, 5].map(|utf16| text.utf16_to_byte(utf16)), [Some(1), None, Some(5), Some(7), None]);
        assert_eq!(text.range_from_chars(1, 2), Some(ByteRange::new(1, 5)));
        assert_eq!(text.range_from_chars(2, 1), None);
        assert_eq!(text.range_to_utf16(ByteRange::new(1, 5)), (1, 3));
        assert_eq!(text.range_to_chars(ByteRange::new(3, 99)), (1, 3));
    }
}
