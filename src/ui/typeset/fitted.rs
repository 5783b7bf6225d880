//! A text cut or wrapped to the room there is for it, and kept as long as it is shown: names, titles, lines of lists.
//!
//! Whoever lists or labels something asks anew in every frame; what was asked for in the last one is not set again.

use std::ops::Range;

use egui::{Color32, Painter, Pos2, Rangef, vec2};
use parley::Language;
use rustc_hash::FxHashMap;
use swash::text::{Codepoint, JoiningType};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    atlas::Atlas,
    canvas::Canvas,
    script::Direction,
    shaped::Shaped,
    shaper::{Shaper, Slant, TextStyle},
};

/// As wide as no room is, in pixels: positions in it are still exact.
pub const ENDLESS: f32 = 16384.0;

/// A text, how it is to be set, and the room there is for it. Lengths are pixels.
#[derive(Clone, Copy, Debug)]
pub struct TextRequest<'a> {
    /// What is to be read.
    pub text: &'a str,
    /// Families in order of preference, written as in CSS.
    pub families: &'a str,
    /// On the scale of CSS: 400 is regular.
    pub weight: f32,
    /// Of an em.
    pub size: f32,
    /// From one baseline to the next.
    pub line_height: f32,
    /// The width there is.
    pub width: f32,
    /// The number of lines there is room for; at least one.
    pub rows: usize,
    /// As given, or [`Direction::Auto`] for that of the first letter.
    pub direction: Direction,
    /// Where it is not known it is guessed from the script.
    pub language: Option<Language>,
}

/// A text that was set in this frame, to be painted in the same one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FittedText {
    /// What it is found by in the cache: a hash of the whole request.
    key: u64,
    /// Of the longest line, in pixels.
    pub width: f32,
    /// How many lines it takes.
    pub rows: usize,
    /// Whether `…` stands for the rest of it.
    pub is_cut: bool,
    /// Whether it is read from right to left.
    pub rtl: bool,
    /// Of its first line, from the top, in pixels.
    pub baseline: f32,
}

/// Everything that was set in this frame or the last one.
#[derive(Default)]
pub struct FittedCache {
    /// By a hash of what was asked for.
    kept: FxHashMap<u64, Kept>,
}

/// A text as it was set, and whether it was asked for in this frame.
struct Kept {
    /// The text, laid out.
    shaped: Shaped,
    /// Where the longest line begins.
    left: f32,
    /// Where words that stand out do so.
    hits: Vec<Rangef>,
    text: FittedText,
    /// Whether it was asked for in this frame: the others are forgotten when the next one begins.
    is_used: bool,
}

/// The room for what is laid out from a place on: where that place is in the text, given what all of it looks like, and
/// the width from there.
struct Room<F> {
    /// Gives the byte that the width is counted from.
    from: F,
    /// In pixels.
    width: f32,
}

impl FittedCache {
    /// Forgets what was not shown in the last frame.
    pub fn begin_frame(&mut self) {
        self.kept.retain(|_, kept| std::mem::take(&mut kept.is_used));
    }

    /// Sets a text in its room, unless it was set like this in the last frame.
    pub fn fit(&mut self, shaper: &mut Shaper, request: &TextRequest<'_>) -> FittedText {
        let key = request.key();
        if let Some(kept) = self.kept.get_mut(&key) {
            kept.is_used = true;
            return kept.text;
        }
        let (shaped, is_cut) = fit(shaper, request);
        self.keep(key, shaped, is_cut, Vec::new())
    }

    fn keep(&mut self, key: u64, shaped: Shaped, is_cut: bool, hits: Vec<Rangef>) -> FittedText {
        let (left, width) = extent(&shaped);
        let baseline = shaped.lines.first().map_or(0.0, |line| line.baseline);
        let text = FittedText { key, width, rows: shaped.lines.len(), is_cut, rtl: shaped.rtl, baseline };
        self.kept.insert(key, Kept { shaped, left, hits, text, is_used: true });
        text
    }

    /// Sets a line on which the words of `hit`, in bytes, stand out, in this weight where it is another. Gives where
    /// these stand on it, from left to right, in pixels from its left edge. The width there is begins with them: what
    /// comes before is not cut.
    pub fn fit_around(
        &mut self,
        shaper: &mut Shaper,
        request: &TextRequest<'_>,
        hit: Range<usize>,
        weight: f32,
    ) -> (FittedText, Vec<Rangef>) {
        let key = egui::util::hash((request.key(), &hit, weight.to_bits()));
        if !self.kept.contains_key(&key) {
            let (shaped, is_cut) = fit_around(shaper, request, &hit, weight);
            let mut hits = Vec::new();
            shaped.rects_on(0, hit.start, hit.end, |rect| hits.push(rect.x_range()));
            self.keep(key, shaped, is_cut, hits);
        }
        let kept = self.kept.get_mut(&key).expect("it was just put there");
        kept.is_used = true;
        let hits = kept.hits.iter().map(|x| Rangef::new(x.min - kept.left, x.max - kept.left)).collect();
        (kept.text, hits)
    }

    /// Paints a text that was set in this frame, its upper left corner at a point of the window. Lines are so many
    /// pixels high, and the baseline of each stands so many below its top.
    pub fn paint(
        &mut self,
        atlas: &mut Atlas,
        painter: &Painter,
        text: FittedText,
        at: Pos2,
        (line_height, baseline): (f32, f32),
        ink: Color32,
    ) {
        let Some(kept) = self.kept.get_mut(&text.key) else { return };
        kept.shaped.ready_quads(atlas);
        let scale = painter.pixels_per_point();
        let origin = vec2((at.x * scale - kept.left).round(), (at.y * scale).round());
        let mut canvas = Canvas::new(atlas, origin, scale);
        for (nth, line) in kept.shaped.lines.iter().enumerate() {
            let down = (line_height * nth as f32 + baseline).round() - line.baseline;
            canvas.glyphs(kept.shaped.quads(nth..nth + 1), vec2(0.0, down), ink);
        }
        painter.add(canvas.finish(painter.ctx()));
    }
}

/// Lays a text out in its room.
fn fit(shaper: &mut Shaper, request: &TextRequest<'_>) -> (Shaped, bool) {
    let rows = request.rows.max(1);
    let last = |whole: &Shaped| whole.lines.get(rows - 1).map_or(0, |line| line.start);
    let room = Room { from: last, width: request.width };
    shorten(shaper, request, &request.style(), room, |shaped| shaped.lines.len() <= rows)
}

/// Lays a line out that is to be cut behind the words that stand out on it, or in them.
fn fit_around(shaper: &mut Shaper, request: &TextRequest<'_>, hit: &Range<usize>, weight: f32) -> (Shaped, bool) {
    // Where letters of the words join others, another weight would part them.
    let parts = [hit.start, hit.end].iter().any(|at| is_joined_at(request.text, *at));
    let strong = (!parts).then(|| (hit.clone(), weight));
    let style = TextStyle { strong, ..request.style() };
    let from_hit = |shaped: &Shaped| {
        let behind = shaped.clusters.iter().filter(|cluster| cluster.start as usize >= hit.start);
        behind.map(|cluster| cluster.width).sum::<f32>()
    };
    let endless = TextRequest { width: ENDLESS, ..*request };
    let room = Room { from: |_: &Shaped| hit.start, width: request.width };
    shorten(shaper, &endless, &style, room, |shaped| from_hit(shaped) <= request.width)
}

/// Lays a text out, with `…` in the place of what does not fit: after whole characters, as a reader counts them, and
/// on the side where the words go on. True where something was cut.
fn shorten(
    shaper: &mut Shaper,
    request: &TextRequest<'_>,
    style: &TextStyle,
    room: Room<impl Fn(&Shaped) -> usize>,
    fits: impl Fn(&Shaped) -> bool,
) -> (Shaped, bool) {
    let whole = Shaped::new(shaper, request.text, style, request.width);
    if fits(&whole) {
        return (whole, false);
    }
    let from = (room.from)(&whole);
    let mut rest: Vec<_> = whole.clusters.iter().filter(|cluster| cluster.start as usize >= from).collect();
    rest.sort_unstable_by_key(|cluster| cluster.start);
    let mut left = room.width;
    let in_room = rest.iter().take_while(|cluster| {
        left -= cluster.width;
        left >= 0.0
    });
    let end = in_room.last().map_or(from, |cluster| cluster.end as usize);
    let begins = request.text.grapheme_indices(true).map(|(at, _)| at);
    let cuts: Vec<usize> = begins.take_while(|at| *at <= end).collect();
    for cut in cuts.into_iter().rev() {
        let shortened = format!("{}…", request.text[..cut].trim_end());
        let shaped = Shaped::new(shaper, &shortened, style, request.width);
        if cut == 0 || fits(&shaped) {
            return (shaped, true);
        }
    }
    (whole, true)
}

impl TextRequest<'_> {
    fn key(&self) -> u64 {
        let lengths = [self.weight, self.size, self.line_height, self.width].map(f32::to_bits);
        let language = self.language.as_ref().map(Language::as_str);
        egui::util::hash((self.text, self.families, lengths, self.rows, self.direction as u8, language))
    }

    fn style(&self) -> TextStyle {
        TextStyle {
            family: self.families.into(),
            size: self.size,
            line_height: self.line_height,
            weight: self.weight,
            slant: Slant::Upright,
            language: self.language.or_else(|| guessed_language(self.text)),
            direction: self.direction,
            strong: None,
        }
    }
}

/// Where the longest line begins, and how wide it is: with the spaces at its ends where it is the only one, so that
/// other words can follow.
fn extent(shaped: &Shaped) -> (f32, f32) {
    if shaped.lines.len() > 1 {
        let width = shaped.words_width();
        return (if shaped.rtl { shaped.width - width } else { 0.0 }, width);
    }
    let left = shaped.clusters.first().map_or(0.0, |cluster| cluster.x);
    (left, shaped.clusters.iter().map(|cluster| cluster.width).sum())
}

/// Whether the letters on both sides of a place are written in one stroke.
fn is_joined_at(text: &str, at: usize) -> bool {
    let Some((left, right)) = text.split_at_checked(at) else { return false };
    let shown = |c: &char| c.joining_type() != JoiningType::T;
    let (left, right) = (left.chars().rev().find(shown), right.chars().find(shown));
    let joins_on = |c: char| matches!(c.joining_type(), JoiningType::D | JoiningType::L);
    let joins_back = |c: char| matches!(c.joining_type(), JoiningType::D | JoiningType::R);
    left.is_some_and(joins_on) && right.is_some_and(joins_back)
}

/// Japanese and Korean share characters with Chinese, in shapes of their own.
fn guessed_language(text: &str) -> Option<Language> {
    let tag = text.chars().find_map(|c| match c {
        '\u{3040}'..='\u{30ff}' => Some("ja"),
        '\u{ac00}'..='\u{d7af}' => Some("ko"),
        _ => None,
    });
    Language::parse(tag?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(text: &str, width: f32, rows: usize) -> TextRequest<'_> {
        let families = "Libertinus Serif, serif";
        let direction = Direction::Auto;
        let (weight, size, line_height) = (400.0, 14.0, 18.0);
        TextRequest { text, families, weight, size, line_height, width, rows, direction, language: None }
    }

    /// What was set, line by line, each as one sees it from left to right.
    fn seen(request: &TextRequest<'_>) -> Vec<String> {
        let (shaped, is_cut) = fit(&mut Shaper::default(), request);
        // Where words are cut, what was laid out is their beginning and the dots.
        let end = shaped.lines.last().map_or(0, |line| line.end);
        let text =
            if is_cut { format!("{}…", &request.text[..end - '…'.len_utf8()]) } else { request.text.to_owned() };
        let line = |nth| shaped.clusters_of(nth).iter().map(|c| &text[c.start as usize..c.end as usize]).collect();
        (0..shaped.lines.len()).map(line).collect()
    }

    #[test]
    fn words_stand_in_the_order_they_are_read_in() {
        let wide = |text: &'static str| seen(&request(text, 2000.0, 1)).remove(0);
        assert_eq!(wide("שלום עולם"), "םלוע םולש");
        assert_eq!(wide("ב-2019 היו 2.50"), "2.50 ויה 2019-ב");
        assert_eq!(wide("דוח של Harbour Gazette יצא"), "אצי Harbour Gazette לש חוד");
        assert_eq!(wide("Gazette: שלום עולם"), "Gazette: םלוע םולש");
        let to_the_left = TextRequest { direction: Direction::Rtl, ..request("Harbour, 2019.", 2000.0, 1) };
        assert_eq!(seen(&to_the_left)[0], ".Harbour, 2019");
    }

    #[test]
    fn names_that_keep_to_themselves_stand_in_the_order_of_the_window() {
        let text = "\u{2068}שלום\u{2069} · \u{2068}עולם\u{2069} · 19";
        let shown = seen(&request(text, 2000.0, 1)).remove(0).replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(shown, "םולש · םלוע · 19");
    }

    #[test]
    fn dots_stand_where_the_words_would_go_on() {
        for rows in [1, 2] {
            let hebrew = seen(&request("המועצה אישרה אגרה לתיקון גשר הנמל", 90.0, rows));
            assert_eq!(hebrew.len(), rows);
            assert!(hebrew[rows - 1].starts_with('…'), "{hebrew:?}");
            let hindi = seen(&request("परिषद ने बंदरगाह पुल के लिए शुल्क मंज़ूर किया", 90.0, rows));
            assert_eq!(hindi.len(), rows);
            assert!(hindi[rows - 1].ends_with('…'), "{hindi:?}");
        }
    }

    /// A line with some words on it, as one sees it from left to right.
    fn seen_around(text: &str, words: &str, width: f32) -> String {
        let (mut cache, mut shaper) = <(FittedCache, Shaper)>::default();
        let start = text.find(words).unwrap();
        let (set, hits) = cache.fit_around(&mut shaper, &request(text, width, 1), start..start + words.len(), 600.0);
        let kept = &cache.kept[&set.key];
        let dots = kept.shaped.clusters.iter().map(|cluster| cluster.start).max();
        let mut seen = String::new();
        for cluster in &kept.shaped.clusters {
            let middle = cluster.x + cluster.width / 2.0 - kept.left;
            let is_hit = hits.iter().any(|hit| hit.contains(middle));
            let bytes = cluster.start as usize..cluster.end as usize;
            let shown = if set.is_cut && Some(cluster.start) == dots { "…" } else { &text[bytes] };
            seen.push_str(&if is_hit { format!("[{shown}]") } else { shown.to_owned() });
        }
        seen.replace("][", "")
    }

    #[test]
    fn words_stand_in_their_line_as_in_the_text() {
        let council = "מועצת העיר אישרה אגרה של 2.50 אירו";
        assert_eq!(seen_around(council, "העיר", 900.0), "וריא 2.50 לש הרגא הרשיא [ריעה] תצעומ");
        assert_eq!(seen_around(council, "2", 900.0), "וריא [2].50 לש הרגא הרשיא ריעה תצעומ");
        assert_eq!(seen_around("סקר Harbour Consulting", "Consulting", 900.0), "Harbour [Consulting] רקס");
        let words = "שולם לפי Harbour, לא לפי העיר";
        assert_eq!(seen_around(words, "Harbour, לא", 900.0), "ריעה יפל [אל ,Harbour] יפל םלוש");
        assert_eq!(seen_around("see שלום עולם here", "שלום", 900.0), "see םלוע [םולש] here");
    }

    #[test]
    fn a_line_is_cut_behind_the_words_and_not_before_them() {
        let council = "מועצת העיר אישרה אגרה של חמישים אירו";
        let shown = seen_around(council, "העיר", 90.0);
        assert!(shown.starts_with('…') && shown.ends_with("[ריעה] תצעומ"), "{shown}");
        let shown = seen_around("नगर परिषद ने गुरुवार को मतदान किया", "परिषद", 90.0);
        assert!(shown.starts_with("नगर [परिषद]") && shown.ends_with('…'), "{shown}");
    }

    #[test]
    fn words_too_long_for_their_room_are_cut_themselves() {
        let (mut cache, mut shaper) = <(FittedCache, Shaper)>::default();
        let text = "see שלום עולם here";
        let words = "see ".len()..text.len();
        let (whole, hits) = cache.fit_around(&mut shaper, &request(text, 900.0, 1), words.clone(), 600.0);
        let room = hits.iter().map(|hit| hit.span()).sum::<f32>();
        assert!(!whole.is_cut && room > 50.0);
        for less in [1.0, 10.0, 30.0, room] {
            let (set, hits) = cache.fit_around(&mut shaper, &request(text, room - less, 1), words.clone(), 600.0);
            assert!(set.is_cut && set.width < whole.width, "{less}");
            assert!(hits.last().is_none_or(|hit| hit.max <= set.width + 0.01), "{less}");
        }
    }

    #[test]
    fn letters_of_words_that_stand_out_stay_joined_to_others() {
        assert!(is_joined_at("الكتابين", "الك".len()));
        assert!(!is_joined_at("داكتاب", "دا".len()), "alef joins no letter after it");
        assert!(!is_joined_at("الكتابين", 0) && !is_joined_at("שלום", "של".len()) && !is_joined_at("ab", 1));
        let (mut cache, mut shaper) = <(FittedCache, Shaper)>::default();
        let text = "الكتابين";
        let (set, _) = cache.fit_around(&mut shaper, &request(text, 900.0, 1), "ال".len().."الكتاب".len(), 600.0);
        assert_eq!(set.width, cache.fit(&mut shaper, &request(text, 900.0, 1)).width);
    }

    #[test]
    fn no_character_is_cut_in_two() {
        let text = "स्त्रीकिताबेंกำลังน้ำ";
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        let mut lengths = Vec::new();
        for width in 10..120_u8 {
            let shown = seen(&request(text, f32::from(width), 1)).remove(0);
            let kept = shown.strip_suffix('…').unwrap_or(&shown).len();
            assert!(kept == text.len() || ends.contains(&kept), "{shown} at {width}");
            lengths.push(kept);
        }
        assert!(lengths.is_sorted() && lengths[0] < 10 && lengths[109] > 30, "{lengths:?}");
    }

    #[test]
    fn nothing_is_wider_than_its_room() {
        let (mut cache, mut shaper) = <(FittedCache, Shaper)>::default();
        for width in [0.0, 5.0, 40.0, 90.0, 150.0] {
            for rows in [1, 2, 3] {
                let words = cache.fit(&mut shaper, &request("المجلس يقر رسوماً لإصلاح جسر الميناء", width, rows));
                assert!(words.rows <= rows, "{words:?}");
                // The dots alone are shown however narrow it is.
                assert!(words.width <= width.max(14.0) + 0.01, "{words:?} in {width}");
            }
        }
    }

    #[test]
    fn lines_from_the_right_are_flush_on_their_right() {
        let (mut cache, mut shaper) = <(FittedCache, Shaper)>::default();
        let words = cache.fit(&mut shaper, &request("המועצה אישרה אגרה לתיקון גשר הנמל ועוד", 80.0, 9));
        let kept = &cache.kept[&words.key];
        assert!(words.rows > 2);
        for nth in 0..words.rows {
            let last = kept.shaped.clusters_of(nth).last().unwrap();
            assert!((last.x + last.width - kept.left - words.width).abs() < 0.01, "line {nth}");
        }
    }

    #[test]
    fn words_are_kept_as_long_as_they_are_shown() {
        let (mut cache, mut shaper) = <(FittedCache, Shaper)>::default();
        cache.fit(&mut shaper, &request("שלום", 90.0, 1));
        cache.fit(&mut shaper, &request("עולם", 90.0, 1));
        cache.begin_frame();
        cache.fit(&mut shaper, &request("שלום", 90.0, 1));
        assert_eq!(cache.kept.len(), 2, "what was shown in the last frame is still there");
        cache.begin_frame();
        assert_eq!(cache.kept.len(), 1);
    }
}
