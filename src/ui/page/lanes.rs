//! Which of the lines that run below the same words comes first: each mark's line has a lane, counted from the words
//! down, and no two marks that cover a common character share one (but in very deep stacks).

use super::source::Mark;

/// More lanes than this would reach into the next line: marks in lanes from here on are counted instead.
pub(super) const MOST: u8 = 4;
/// Marks that lie this deep share the last lane.
const DEEPEST: u8 = 63;

/// Sorts marks as they nest, outer ones first, and gives each the first lane that is free all along its words.
pub(super) fn assign(marks: &mut [Mark]) -> Vec<u8> {
    marks.sort_by_key(|m| {
        let cover = m.fragments.covering();
        (cover.start(), std::cmp::Reverse(cover.end()), m.id)
    });
    let mut lanes: Vec<u8> = Vec::with_capacity(marks.len());
    // Only marks whose cover reaches beyond a start can be in the way: most do not, and leave the list.
    let mut open: Vec<usize> = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        let start = mark.fragments.first().start();
        open.retain(|&j| marks[j].fragments.last().end() > start);
        let mut taken = 0_u64;
        for &j in &open {
            if mark.fragments.iter().any(|fragment| marks[j].fragments.overlaps(fragment)) {
                taken |= 1 << lanes[j];
            }
        }
        lanes.push((taken.trailing_ones() as u8).min(DEEPEST));
        open.push(i);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use egui::Color32;

    use super::*;
    use crate::text::{ByteRange, Fragments};
    use crate::ui::page::Pattern;

    /// Marks as rows of dashes, lane numbers out, in the order of the rows.
    fn lanes(rows: &[&str]) -> Vec<u8> {
        let mut marks: Vec<Mark> = rows
            .iter()
            .enumerate()
            .map(|(id, row)| {
                let bytes = row.bytes().enumerate().filter(|(_, b)| *b == b'-').map(|(i, _)| i);
                let mut ranges: Vec<ByteRange> = Vec::new();
                for at in bytes {
                    match ranges.last_mut() {
                        Some(last) if last.end() == at => *last = ByteRange::new(last.start(), at + 1),
                        _ => ranges.push(ByteRange::new(at, at + 1)),
                    }
                }
                let fragments = Fragments::new(ranges).unwrap();
                Mark::plain(id as u64, fragments, Color32::RED, Color32::RED, Pattern::Solid)
            })
            .collect();
        let lanes = assign(&mut marks);
        let mut by_row = vec![0; rows.len()];
        for (mark, lane) in marks.iter().zip(lanes) {
            by_row[mark.id as usize] = lane;
        }
        by_row
    }

    #[test]
    fn nested_crossing_and_neighbouring_marks() {
        assert_eq!(lanes(&[" --  ", "-----"]), [1, 0]);
        assert_eq!(lanes(&["---  ", " --- ", "   --"]), [0, 1, 0]);
        assert_eq!(lanes(&["--   ", "  -- "]), [0, 0]);
    }

    #[test]
    fn a_mark_in_the_gap_of_another_shares_its_lane() {
        assert_eq!(lanes(&["--  --", "  --  "]), [0, 0]);
    }

    #[test]
    fn every_mark_of_a_deep_stack_has_a_lane() {
        assert_eq!(lanes(&["-", "-", "-", "-", "-", "-"]), [0, 1, 2, 3, 4, 5]);
        let deep = lanes(&["-"; 70]);
        assert_eq!((deep[62], deep[63], deep[69]), (62, 63, 63));
    }
}
