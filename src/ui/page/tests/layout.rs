//! Where things stand: directions of writing, corrected heights, long paragraphs.

use std::time::Duration;

use egui::vec2;
use egui_kittest::kittest::Queryable;

use super::*;
use crate::ui::typeset::{ClusterBox, Direction, Shaped, Slant, TextStyle};

fn text_style() -> TextStyle {
    let family = "Libertinus Serif, serif".into();
    TextStyle {
        family,
        size: 18.5,
        line_height: 30.0,
        weight: 400.0,
        slant: Slant::Upright,
        language: None,
        direction: Direction::Auto,
        strong: None,
    }
}

fn shape(text: &str, width: f32) -> Shaped {
    Shaped::new(&mut Shaper::default(), text, &text_style(), width)
}

/// What the rectangles of the first words found cover, read from left to right on each line.
fn covered(text: &str, words: &str) -> Vec<String> {
    let shaped = shape(text, 4000.0);
    let start = text.find(words).unwrap();
    let mut out = Vec::new();
    shaped.rects_on(0, start, start + words.len(), |rect| {
        let inside = shaped.clusters.iter().filter(|c| rect.x_range().contains(c.x + c.width / 2.0));
        out.push(inside.map(|c| &text[c.start as usize..c.end as usize]).collect());
    });
    out
}

#[test]
fn a_range_within_one_direction_is_one_rectangle() {
    assert_eq!(covered("one two three", "two"), ["two"]);
    assert_eq!(covered("אבג דהו זחט", "דהו"), ["והד"]);
}

#[test]
fn a_range_over_a_change_of_direction_may_be_two_rectangles() {
    assert_eq!(covered("abc אבג דהו def", "c אבג"), ["c ", "גבא"]);
    assert_eq!(covered("abc אבג def", "c אבג d"), ["c גבא d"]);
    assert_eq!(covered("אבג abc דהו", "ג ab"), ["ab", " ג"]);
}

#[test]
fn the_space_at_the_end_of_a_line_parts_no_words() {
    let text = "אבג דהו harbour zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
    let shaped = shape(text, 200.0);
    assert!(shaped.lines[0].end < text.len(), "the line is to end after a Latin word");
    let mut found = 0;
    shaped.rects_on(0, 0, shaped.lines[0].end, |_| found += 1);
    assert_eq!(found, 1);
}

#[test]
fn a_word_without_an_end_a_long_address_and_a_row_of_a_table_stay_in_the_column() {
    let address = format!("https://example.org/{}", "a-long-path/".repeat(60));
    let row = "Ward\tVotes\tShare of all votes that were cast\t12,345\t41.2 %\t".repeat(4);
    for text in ["x".repeat(100_000), "東".repeat(20_000), address, row] {
        let mut harness = stage(&text);
        for _ in 0..12 {
            let Stage { state, .. } = harness.state();
            for row in state.rows.iter().filter(|row| row.row > 0) {
                let shaped = state.flow.laid_out(row.row).unwrap();
                let words = state.flow.blocks().get(row.row - 1).range().slice(&text).unwrap();
                let inked = |c: &&ClusterBox| !words[c.start as usize..c.end as usize].trim().is_empty();
                let right = shaped.clusters.iter().filter(inked).map(|c| c.x + c.width).fold(0.0, f32::max);
                assert!(right <= shaped.width + 1.0, "{right} of {}: {:.40}", shaped.width, words);
            }
            harness.state_mut().state.scroll_by(500.0);
            harness.step();
        }
    }
}

#[test]
fn paragraphs_begin_on_the_side_of_their_direction() {
    let latin = shape("Latin", 640.0);
    assert_eq!((latin.rtl, latin.clusters[0].x), (false, 0.0));
    let hebrew = shape("עברית", 640.0);
    let first = hebrew.clusters.iter().find(|c| c.start == 0).unwrap();
    assert!(hebrew.rtl && (first.x + first.width - 640.0).abs() < 0.5);
}

#[test]
fn places_and_points_agree_in_every_direction() {
    for text in ["plain words", "abc אבג def", "אבג abc דהו 123 זחט", "قال NAFTA 2020 يوم"] {
        let shaped = shape(text, 4000.0);
        for cluster in &shaped.clusters {
            for x in [cluster.x + cluster.width * 0.25, cluster.x + cluster.width * 0.75] {
                let place = shaped.caret_at(0, x);
                assert!((shaped.x_of(place) - x).abs() <= cluster.width * 0.26, "{text} at {x}");
                assert!(text.is_char_boundary(place.offset));
            }
        }
    }
}

#[test]
fn a_tab_is_a_tab_wide_and_no_control_character_has_a_box() {
    let width = |text: &str| {
        let shaped = shape(text, 600.0);
        assert_eq!(shaped.missing(text), None, "{text:?}");
        shaped.x_of(Caret { offset: text.len(), affinity: Affinity::Upstream })
    };
    let (space, tab) = (width("one two"), width("one\ttwo"));
    let blank = width("one  two") - space;
    assert!((tab - space - 3.0 * blank).abs() < 1.0, "{tab} {space} {blank}");
    for control in ["one\u{c}two", "one\u{b}two", "one\u{85}two"] {
        assert!((width(control) - space).abs() < 1.0, "{control:?}");
    }
}

#[test]
fn a_very_long_word_breaks() {
    let shaped = shape(&"x".repeat(500), 300.0);
    assert!(shaped.lines.len() > 5);
    assert!(shaped.clusters.iter().all(|c| c.x + c.width <= 301.0));
}

pub(super) fn article(paragraphs: usize) -> String {
    (0..paragraphs).map(|i| format!("Paragraph {i} {}\n\n", "of words in a row ".repeat(i * 7 % 23))).collect()
}

/// The first line in view, and how far it is from the top of the page.
fn top_line(stage: &Stage) -> (usize, f32) {
    let row = stage.state.rows[0];
    let shaped = stage.state.flow.laid_out(row.row).unwrap();
    let line = &shaped.lines[shaped.line_at(-row.top)];
    (stage.state.flow.blocks().get(row.row - 1).range().start() + line.start, row.top + line.top)
}

#[test]
fn corrected_heights_do_not_move_what_is_seen() {
    let mut harness = stage(&article(400));
    harness.state_mut().state.flow.jump(15_000.0);
    harness.step();
    let before = top_line(harness.state());
    let position = harness.state().state.flow.position();
    // Everything above is laid out one by one, and turns out higher or lower than was thought.
    let stage = harness.state_mut();
    for row in 1..harness_row(stage) {
        let text = stage.doc.text.clone();
        stage.state.flow.row(&mut Shaper::default(), &text, row);
    }
    harness.step();
    assert_eq!(top_line(harness.state()), before);
    assert_ne!(harness.state().state.flow.position(), position, "the estimate was exact: the test shows nothing");
}

fn harness_row(stage: &Stage) -> usize {
    stage.state.flow.anchor.row
}

#[test]
fn scrolling_up_and_down_again_comes_back() {
    let mut harness = stage(&article(300));
    harness.state_mut().state.flow.jump(9_000.0);
    harness.step();
    let before = top_line(harness.state());
    for distance in [-700.0, -900.0, 1000.0, 600.0] {
        harness.state_mut().state.scroll_by(distance);
        harness.step();
    }
    assert_eq!(top_line(harness.state()), before);
}

#[test]
fn the_last_line_can_be_seen_and_nothing_below() {
    let mut harness = stage(&article(50));
    harness.state_mut().state.scroll_by(1e7);
    harness.step();
    let stage = harness.state();
    let last = stage.state.rows.last().unwrap();
    let bottom = last.top + last.height + stage.style.padding_bottom;
    assert!((bottom - stage.measures().view).abs() < 1.0, "{bottom}");
}

#[test]
fn a_narrower_page_begins_with_the_same_line() {
    let mut harness = stage(&article(300));
    harness.state_mut().state.flow.jump(9_000.0);
    harness.step();
    let (before, _) = top_line(harness.state());
    harness.set_size(vec2(500.0, 600.0));
    harness.run_steps(2);
    let (after, _) = top_line(harness.state());
    let row = |offset| harness.state().state.flow.row_of(offset);
    assert_eq!(row(after), row(before));
    assert!(after.abs_diff(before) < 80, "{before} {after}");
}

#[test]
fn one_huge_paragraph_has_no_seams() {
    let text = "steady rain fell on the harbour wall ".repeat(3000);
    let mut harness = stage(&text);
    let mut short = Vec::new();
    for _ in 0..120 {
        harness.state_mut().state.scroll_by(500.0);
        harness.step();
        let stage = harness.state();
        for row in stage.state.rows.iter().filter(|row| row.row > 0) {
            let block = stage.state.flow.blocks().get(row.row - 1);
            let shaped = stage.state.flow.laid_out(row.row).unwrap();
            let lines = shaped.lines.iter().map(|l| block.range().start() + l.start..block.range().start() + l.ink_end);
            short.extend(lines.filter(|l| l.len() < 50 && l.end + 100 < text.len()));
        }
    }
    assert!(short.is_empty());
    assert!(harness.state().state.flow.anchor.row > 5);
}

#[test]
fn a_wished_for_range_comes_into_view() {
    let text = article(500);
    let mut harness = stage(&text);
    let at = text.find("Paragraph 333 ").unwrap();
    for align in [Align::Top, Align::Centre, Align::Nearest] {
        harness.state_mut().state.scroll_to(ByteRange::new(at, at + 9), align);
        harness.step();
        let y = harness.state().at(at).y;
        assert!((0.0..600.0).contains(&y), "{align:?} {y}");
    }
    harness.state_mut().state.scroll_to(ByteRange::new(at, at + 9), Align::Centre);
    harness.step();
    assert!((harness.state().at(at).y - 300.0).abs() < 40.0);
}

#[test]
fn an_empty_text_is_shown_and_typed_at_without_harm() {
    for text in ["", "\n\n", "x"] {
        let mut harness = stage(text);
        harness.get_by_label("Article").focus();
        for key in [egui::Key::ArrowDown, egui::Key::ArrowRight, egui::Key::End, egui::Key::PageUp] {
            harness.key_press(key);
        }
        harness.step();
        assert!(harness.state().selection.head <= text.len());
    }
}

#[test]
fn a_wished_for_range_is_reached_with_and_without_motion() {
    let text = article(60);
    let at = text.find("Paragraph 9 ").unwrap();
    let y = [Motion::Reduced, Motion::Full].map(|motion| {
        let mut harness = stage(&text);
        harness.state_mut().options.motion = motion;
        harness.state_mut().state.scroll_to(ByteRange::new(at, at + 9), Align::Top);
        harness.run_steps(40);
        harness.state().at(at).y
    });
    assert_eq!(y[0], y[1]);
}

#[test]
fn an_idle_page_asks_for_no_frame() {
    let mut harness = stage("One two");
    harness.run_steps(3);
    let wait = |harness: &Harness<'_, Stage>| {
        harness.output().viewport_output.values().map(|v| v.repaint_delay).min().unwrap()
    };
    assert_eq!(wait(&harness), Duration::MAX);
    harness.state_mut().options.motion = Motion::Full;
    harness.get_by_label("Article").focus();
    harness.run_steps(3);
    let blink = wait(&harness);
    assert!(blink > Duration::from_millis(400) && blink < Duration::from_secs(1), "{blink:?}");
}

#[test]
fn the_scrollbar_leads_to_the_end() {
    let text = article(300);
    let mut harness = stage(&text);
    let bar = harness.get_by_label("Scroll the article").rect();
    harness.drag_at(bar.center_top() + vec2(0.0, 4.0));
    harness.hover_at(bar.center_bottom());
    harness.drop_at(bar.center_bottom());
    harness.run_steps(2);
    assert!(harness.state().visible.end() >= text.trim_end().len());
}

#[test]
fn a_link_out_of_view_has_a_chip_that_leads_there() {
    let text = article(100);
    let mut harness = stage(&text);
    let to = text.find("Paragraph 80").unwrap();
    let colour = egui::Color32::from_rgb(0, 103, 165);
    let to = ByteRange::new(to, to + 9);
    harness.state_mut().links =
        vec![Link { from: ByteRange::new(0, 9), to: LinkTo::Place(to), colour, label: "source".into() }];
    harness.run_steps(2);
    harness.get_by_label("source: Paragraph").click();
    harness.run_steps(2);
    assert!(harness.state().gestures.contains(&Gesture::FollowLink { link: 0, end: LinkEnd::To }));
}

#[test]
fn the_label_of_a_curve_is_shown_however_narrow_the_margin_is() {
    let text = article(3);
    let place = |n: usize| {
        let at = text.find(&format!("Paragraph {n}")).unwrap();
        ByteRange::new(at, at + 9)
    };
    let colour = egui::Color32::from_rgb(0, 103, 165);
    let label: std::sync::Arc<str> = "Addressee".into();
    let links = [1, 2].map(|to| Link { from: place(0), to: LinkTo::Place(place(to)), colour, label: label.clone() });
    let shown = |harness: &Harness<'_, Stage>| -> Vec<Rect> {
        let labels = harness.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
            egui::Shape::Text(text) if &*text.galley.job.text == "Addressee" => Some(text.visual_bounding_rect()),
            _ => None,
        });
        labels.collect()
    };
    for width in [400.0, 560.0, 700.0, 900.0, 1200.0] {
        let mut harness = stage_sized(&text, vec2(width, 600.0));
        harness.state_mut().links = links.to_vec();
        harness.run_steps(2);
        assert!(shown(&harness).is_empty(), "nobody points at a curve");
        let over = harness.state().at(place(0).start() + 1) + vec2(2.0, 0.0);
        harness.hover_at(over);
        harness.run_steps(2);
        let page = harness.state().rect;
        let shown = shown(&harness);
        assert_eq!(shown.len(), 2, "{width}");
        assert!(shown.iter().all(|rect| page.contains_rect(*rect) && rect.width() > 12.0), "{width}: {shown:?}");
        assert!(!shown[0].shrink(1.0).intersects(shown[1].shrink(1.0)), "{width}: {shown:?}");
    }
}

#[test]
fn of_many_far_ends_a_few_have_chips_until_more_are_asked_for() {
    let text = article(100);
    let mut harness = stage(&text);
    let place = |n: usize| {
        let at = text.find(&format!("Paragraph {n}")).unwrap();
        LinkTo::Place(ByteRange::new(at, at + 9))
    };
    let elsewhere = LinkTo::Elsewhere("Another article · Its sentence".into());
    let colour = egui::Color32::from_rgb(0, 103, 165);
    let link = |to| Link { from: ByteRange::new(0, 9), to, colour, label: "far".into() };
    harness.state_mut().links = (80..84).map(place).chain([elsewhere]).map(link).collect();
    harness.run_steps(2);
    let chips = |harness: &Harness<'_, Stage>| harness.query_all_by_label_contains("far: ").count();
    assert_eq!(chips(&harness), 3);
    harness.get_by_label("2 more").click();
    harness.run_steps(2);
    assert_eq!(chips(&harness), 5);
    harness.get_by_label("far: Another article · Its sentence").click();
    harness.run_steps(2);
    assert!(harness.state().gestures.contains(&Gesture::FollowLink { link: 4, end: LinkEnd::To }));
    harness.get_by_label("Fewer").click();
    harness.run_steps(2);
    assert_eq!(chips(&harness), 3);
}

#[test]
fn far_ends_stand_beside_the_text_at_the_edge_they_lie_beyond() {
    let text = article(100);
    let place = |n: usize| {
        let at = text.find(&format!("Paragraph {n}")).unwrap();
        ByteRange::new(at, at + 9)
    };
    let colour = egui::Color32::from_rgb(0, 103, 165);
    let link = |to| Link { from: place(50), to: LinkTo::Place(place(to)), colour, label: "far".into() };
    for width in [420.0, 700.0, 900.0, 1200.0] {
        let mut harness = stage_sized(&text, vec2(width, 600.0));
        harness.state_mut().links = vec![link(10), link(11), link(90)];
        harness.state_mut().state.scroll_to(place(50), Align::Centre);
        harness.run_steps(4);
        let page = harness.get_by_label("Article").rect();
        let chips: Vec<Rect> = harness.get_all_by_label_contains("far: ").map(|chip| chip.rect()).collect();
        let above = chips.iter().filter(|chip| chip.center().y < page.center().y).count();
        assert_eq!((chips.len(), above), (3, 2), "{width}");
        let measures = harness.state().measures();
        let column = page.left() + (measures.column_x + measures.column) / measures.scale;
        assert!(chips.iter().all(|chip| chip.left() >= column && page.contains_rect(*chip)), "{width}: {chips:?}");
    }
}

#[test]
fn links_to_the_same_words_share_a_chip() {
    let text = article(100);
    let mut harness = stage(&text);
    let at = text.find("Paragraph 80").unwrap();
    let to = LinkTo::Place(ByteRange::new(at, at + 9));
    let colour = egui::Color32::from_rgb(0, 103, 165);
    let link = |label: &str| Link { from: ByteRange::new(0, 9), to: to.clone(), colour, label: label.into() };
    harness.state_mut().links = vec![link("Source"), link("Source"), link("Addressee")];
    harness.run_steps(2);
    harness.get_by_label("Source, Addressee: Paragraph");
}

#[test]
fn many_far_ends_are_only_counted_where_that_is_asked_for() {
    let text = article(100);
    let mut harness = stage(&text);
    let place = |n: usize| {
        let at = text.find(&format!("Paragraph {n}")).unwrap();
        LinkTo::Place(ByteRange::new(at, at + 9))
    };
    let colour = egui::Color32::from_rgb(0, 103, 165);
    let link = |to| Link { from: ByteRange::new(0, 9), to, colour, label: "far".into() };
    harness.state_mut().links = (80..84).map(place).map(link).collect();
    harness.state_mut().options.far_ends = FarEnds::Counted;
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("far: ").is_none());
    harness.get_by_label("4 more").click();
    harness.run_steps(2);
    assert_eq!(harness.query_all_by_label_contains("far: ").count(), 4);
}

#[test]
fn a_curve_lies_in_the_margin_that_has_no_paragraph_numbers() {
    let colour = egui::Color32::from_rgb(0, 103, 165);
    let column = |text: &str| -> [bool; 2] {
        let mut harness = stage(text);
        let last = text.rfind('\n').unwrap() + 1;
        let place = |at: usize| ByteRange::new(at, at + 6);
        let to = LinkTo::Place(place(last));
        harness.state_mut().links = vec![Link { from: place(0), to, colour, label: "source".into() }];
        harness.run_steps(2);
        let middle = harness.get_by_label("Article").rect().center().x;
        let curves = harness.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
            egui::Shape::CubicBezier(curve) => Some(curve.points[1].x),
            _ => None,
        });
        let at: Vec<f32> = curves.collect();
        [at.iter().any(|x| *x < middle), at.iter().any(|x| *x > middle)]
    };
    assert_eq!(column("Words here\nand there"), [false, true]);
    assert_eq!(column("מילים כאן\nמילים שם"), [true, false]);
}

#[test]
fn offsets_that_do_not_fit_do_no_harm() {
    let mut harness = stage("é ⟦è⟧ ê");
    harness.state_mut().selection = TextSelection { anchor: 1, head: 999 };
    harness.state_mut().doc.marks[0].fragments = Fragments::one(ByteRange::new(4, 77)).unwrap();
    harness.get_by_label("Article").focus();
    harness.key_press_modifiers(egui::Modifiers::CTRL, egui::Key::ArrowLeft);
    harness.step();
    assert_eq!(harness.state().selection, TextSelection::caret(6));
}

#[test]
fn a_comma_or_full_stop_before_a_quotation_mark_keeps_its_place() {
    let width = |text: &str| shape(text, 4000.0).clusters[0].width;
    for sign in [",", "."] {
        for quote in ["”", "’", "\"", "'", "“", "‘"] {
            assert_eq!(width(&format!("{sign}{quote}")), width(sign), "{sign}{quote}");
        }
    }
}

#[test]
fn the_letters_of_marks_that_begin_at_the_same_words_stand_side_by_side() {
    let mut harness = stage("Before ⟦⟦⟦one⟧ two⟧ three⟧ four");
    for (mark, hint) in harness.state_mut().doc.marks.iter_mut().zip(["a", "s", "d"]) {
        mark.hint = Some(hint.into());
    }
    harness.run();
    let shapes = &harness.output().shapes;
    let letters: Vec<Rect> = shapes.iter().filter_map(|s| letter_rect(&s.shape)).collect();
    assert_eq!(letters.len(), 3);
    for (i, one) in letters.iter().enumerate() {
        assert!(letters[i + 1..].iter().all(|other| !other.intersects(*one)), "{letters:?}");
    }
}

/// Where a shape paints a single letter.
fn letter_rect(shape: &egui::Shape) -> Option<Rect> {
    match shape {
        egui::Shape::Text(text) if ["a", "s", "d"].contains(&text.galley.text()) => Some(text.visual_bounding_rect()),
        _ => None,
    }
}
