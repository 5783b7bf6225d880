//! The initials of labels above the words that they are of.

use super::*;

#[test]
fn initials_stand_clear_of_the_letters_below_them() {
    let mut harness = stage("One ⟦hill that is tall⟧ and two.");
    harness.state_mut().doc.marks[0].initials = Some("Cl".into());
    harness.state_mut().doc.marks[0].id = 7;
    harness.step();
    harness.step();
    let initials = harness.output().shapes.iter().find_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) if text.galley.text() == "Cl" => Some(text.visual_bounding_rect()),
        _ => None,
    });
    let baseline = harness.state().at(5).y + 4.0;
    let ascender = harness.state().style.body_size * 0.74;
    let initials = initials.expect("they are painted");
    assert!(initials.bottom() <= baseline - ascender, "{initials:?}, {}", baseline - ascender);
    let style = &harness.state().style;
    // A pixel of the rectangle is blur.
    let line_above = baseline - style.line_height + style.tint_below + style.line_width - 1.0;
    assert!(initials.top() >= line_above, "{initials:?}, {line_above}");
}
