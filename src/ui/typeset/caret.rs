//! Carets in a laid-out piece of text: where they stand, and from offsets to points and back, in both directions of
//! writing. Offsets count from the start of the piece, lengths are pixels from its upper left corner.

use egui::{Pos2, Rect, pos2};

use super::shaped::{ClusterBox, Shaped};

/// A place for the caret: an offset in bytes, and which of the two characters that meet there it keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// In bytes from the start of the piece, on a boundary of what the user sees as a character.
    pub offset: usize,
    /// Which character it keeps to.
    pub affinity: Affinity,
}

/// Which character a caret keeps to. It matters where the characters before and after one offset stand apart on the
/// screen: where a line ends softly, and where the direction of writing changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Affinity {
    /// To the character after the offset: at a soft line end, the caret stands at the beginning of the next line.
    #[default]
    Downstream,
    /// To the character before the offset: the caret stays at the end of the line.
    Upstream,
}

/// A direction on the screen, whatever the direction of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// Towards the left edge of the screen.
    Left,
    /// Towards the right edge of the screen.
    Right,
}

impl Caret {
    /// Before the character at an offset.
    pub fn new(offset: usize) -> Self {
        Self { offset, affinity: Affinity::Downstream }
    }
}

impl ClusterBox {
    /// Its right edge.
    fn right(&self) -> f32 {
        self.x + self.width
    }

    /// The caret at the left, or right, edge.
    fn edge(&self, toward: Toward) -> Caret {
        match (toward, self.rtl) {
            (Toward::Left, false) | (Toward::Right, true) => {
                Caret { offset: self.start as usize, affinity: Affinity::Downstream }
            }
            (Toward::Right, false) | (Toward::Left, true) => {
                Caret { offset: self.end as usize, affinity: Affinity::Upstream }
            }
        }
    }
}

impl Shaped {
    /// The line a caret stands on.
    pub fn line_of(&self, caret: Caret) -> usize {
        let last = self.lines.len().saturating_sub(1);
        let line = self.lines.partition_point(|line| line.end <= caret.offset).min(last);
        let begins = self.lines.get(line).is_some_and(|l| l.start == caret.offset);
        if caret.affinity == Affinity::Upstream && begins && line > 0 { line - 1 } else { line }
    }

    /// Where a caret stands, from left to right.
    pub fn x_of(&self, caret: Caret) -> f32 {
        let clusters = self.clusters_of_checked(self.line_of(caret));
        let offset = caret.offset as u32;
        let leading = clusters.iter().find(|c| c.start <= offset && offset < c.end).map(|c| {
            let part = if c.end > c.start { (offset - c.start) as f32 / (c.end - c.start) as f32 } else { 0.0 };
            if c.rtl { c.right() - c.width * part } else { c.x + c.width * part }
        });
        let trailing = clusters.iter().find(|c| c.end == offset).map(|c| if c.rtl { c.x } else { c.right() });
        let found = match caret.affinity {
            Affinity::Downstream => leading.or(trailing),
            Affinity::Upstream => trailing.or(leading),
        };
        found.unwrap_or(if self.rtl { self.width } else { 0.0 })
    }

    /// The clusters of a line, none where there is no such line.
    fn clusters_of_checked(&self, line: usize) -> &[ClusterBox] {
        if line < self.lines.len() { self.clusters_of(line) } else { &[] }
    }

    /// The line nearest to a height.
    pub fn line_at(&self, y: f32) -> usize {
        self.lines.partition_point(|line| line.bottom <= y).min(self.lines.len().saturating_sub(1))
    }

    /// The caret nearest to a distance from the left on a line.
    pub fn caret_at(&self, line: usize, x: f32) -> Caret {
        let clusters = self.visible_clusters(line);
        let Some(at) = clusters.iter().position(|c| x < c.x + c.width / 2.0) else {
            return match clusters.last() {
                Some(last) => last.edge(Toward::Right),
                None => Caret::new(self.lines.get(line).map_or(0, |l| l.start)),
            };
        };
        if at > 0 && x < clusters[at].x {
            return clusters[at - 1].edge(Toward::Right);
        }
        clusters[at].edge(Toward::Left)
    }

    /// The character under a point, by its offset; `None` beside the words.
    pub fn character_at(&self, point: Pos2) -> Option<usize> {
        let line = self.line_at(point.y);
        let bounds = self.lines.get(line)?;
        if point.y < bounds.top || point.y >= bounds.bottom {
            return None;
        }
        let hit = self.visible_clusters(line).iter().find(|c| c.x <= point.x && point.x < c.right());
        hit.map(|c| c.start as usize)
    }

    /// A line's clusters without the spaces that hang over its end, except where it has nothing else.
    fn visible_clusters(&self, line: usize) -> &[ClusterBox] {
        let clusters = self.clusters_of_checked(line);
        let Some(bounds) = self.lines.get(line) else { return clusters };
        if line + 1 == self.lines.len() {
            return clusters;
        }
        let hangs = |c: &ClusterBox| c.start as usize >= bounds.ink_end;
        let from = clusters.iter().take_while(|c| hangs(c)).count();
        let to = clusters.len() - clusters.iter().rev().take_while(|c| hangs(c)).count();
        if from < to { &clusters[from..to] } else { clusters }
    }

    /// The next caret to the left or right, in the order the eye sees; `None` where the piece ends.
    pub fn next(&self, caret: Caret, toward: Toward) -> Option<Caret> {
        let line = self.line_of(caret);
        let clusters = self.clusters_of_checked(line);
        let slot = self.slot(caret, line);
        match toward {
            Toward::Right if slot < clusters.len() => {
                let next = clusters[slot].edge(Toward::Right);
                if slot + 1 < clusters.len() { Some(next) } else { self.at_line_end(line, toward, next) }
            }
            Toward::Left if slot > 0 => {
                let next = clusters[slot - 1].edge(Toward::Left);
                if slot > 1 { Some(next) } else { self.at_line_end(line, toward, next) }
            }
            _ => self.over_line_end(line, toward, caret),
        }
    }

    /// Between which clusters, in visual order, a caret stands.
    fn slot(&self, caret: Caret, line: usize) -> usize {
        let clusters = self.clusters_of_checked(line);
        let offset = caret.offset as u32;
        let leading = clusters.iter().position(|c| c.start <= offset && offset < c.end);
        let trailing = clusters.iter().position(|c| c.end == offset);
        let after = leading.map(|at| if clusters[at].rtl { at + 1 } else { at });
        let before = trailing.map(|at| if clusters[at].rtl { at } else { at + 1 });
        let slot = match caret.affinity {
            Affinity::Downstream => after.or(before),
            Affinity::Upstream => before.or(after),
        };
        slot.unwrap_or(0)
    }

    /// The edge of a line, or the beginning of the next where both are one offset, as at every soft line end.
    fn at_line_end(&self, line: usize, toward: Toward, edge: Caret) -> Option<Caret> {
        match self.neighbour(line, toward) {
            Some((_, entered)) if self.is_forward(toward) && entered.offset == edge.offset => Some(entered),
            _ => Some(edge),
        }
    }

    /// The first caret on the neighbouring line that is not where the caret stands already.
    fn over_line_end(&self, line: usize, toward: Toward, from: Caret) -> Option<Caret> {
        let (next, entered) = self.neighbour(line, toward)?;
        if entered.offset == from.offset { self.within(next, entered, toward) } else { Some(entered) }
    }

    /// The line that follows in reading order, or comes before it, and the caret it is entered with.
    fn neighbour(&self, line: usize, toward: Toward) -> Option<(usize, Caret)> {
        let next = if self.is_forward(toward) { line + 1 } else { line.checked_sub(1)? };
        let clusters = self.clusters_of_checked(next);
        let entered = match toward {
            Toward::Right => clusters.first()?.edge(Toward::Left),
            Toward::Left => clusters.last()?.edge(Toward::Right),
        };
        Some((next, entered))
    }

    /// Whether a direction on the screen is the one in which the piece is read.
    fn is_forward(&self, toward: Toward) -> bool {
        (toward == Toward::Right) != self.rtl
    }

    /// The next caret on the same line.
    fn within(&self, line: usize, caret: Caret, toward: Toward) -> Option<Caret> {
        let clusters = self.clusters_of(line);
        let slot = self.slot(caret, line);
        match toward {
            Toward::Left => clusters.get(slot.checked_sub(1)?).map(|c| c.edge(Toward::Left)),
            Toward::Right => clusters.get(slot).map(|c| c.edge(Toward::Right)),
        }
    }

    /// The first and the last caret of a line, in reading order.
    pub fn line_ends(&self, line: usize) -> (Caret, Caret) {
        let Some(bounds) = self.lines.get(line) else { return (Caret::new(0), Caret::new(0)) };
        let last = line + 1 == self.lines.len();
        let end = if last { bounds.end } else { bounds.ink_end.max(bounds.start) };
        (Caret::new(bounds.start), Caret { offset: end, affinity: Affinity::Upstream })
    }

    /// The rectangles of a range on one line, from left to right, as wide as the words they hold.
    pub fn rects_on(&self, line: usize, start: usize, end: usize, mut each: impl FnMut(Rect)) {
        let bounds = &self.lines[line];
        let (start, end) = (start.max(bounds.start), end.min(bounds.ink_end));
        if start >= end {
            return;
        }
        let clusters = self.clusters_of(line);
        let (start, end) = (start as u32, end as u32);
        let clusters = if bounds.ltr {
            let first = clusters.partition_point(|c| c.end <= start);
            let last = clusters.partition_point(|c| c.start < end);
            &clusters[first..last.max(first)]
        } else {
            clusters
        };
        // The space at the end of a line may stand in its middle, where directions meet: it parts nothing.
        let is_hanging = |cluster: &ClusterBox| cluster.start as usize >= bounds.ink_end;
        let mut open: Option<(f32, f32)> = None;
        for cluster in clusters.iter().filter(|cluster| !is_hanging(cluster)) {
            if cluster.start < end && cluster.end > start {
                let left = open.map_or(cluster.x, |(left, _)| left);
                open = Some((left, cluster.right()));
            } else if let Some((left, right)) = open.take() {
                each(Rect::from_min_max(pos2(left, bounds.top), pos2(right, bounds.bottom)));
            }
        }
        if let Some((left, right)) = open {
            each(Rect::from_min_max(pos2(left, bounds.top), pos2(right, bounds.bottom)));
        }
    }

    /// The lines that hold any of a range.
    pub fn lines_of(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let first = self.lines.partition_point(|line| line.end <= start);
        let last = self.lines.partition_point(|line| line.start < end);
        first..last.max(first)
    }
}
