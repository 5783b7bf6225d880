//! Marks in a text that was corrected: words in, where they are now out.

use super::*;

/// Takes the marked words of the old text and shows where they are in the corrected one.
fn check(old: &str, new: &str, expected: Option<(&str, Fate)>) {
    let start = old.find('⟦').unwrap();
    let end = old.find('⟧').unwrap() - '⟦'.len_utf8();
    let old = old.replace(['⟦', '⟧'], "");
    let placed = Correction::between(&old, new).place(ByteRange::new(start, end));
    let shown = placed.map(|placed| {
        let r = placed.range;
        (format!("{}⟦{}⟧{}", &new[..r.start()], &new[r.as_range()], &new[r.end()..]), placed.fate)
    });
    assert_eq!(shown, expected.map(|(text, fate)| (text.to_owned(), fate)), "{old} → {new}");
}

#[test]
fn words_stay_where_others_around_them_are_corrected() {
    check(
        "Teh board said ⟦the night boat costs too much⟧ on Monday.",
        "The board said the night boat costs too much on Tuesday.",
        Some(("The board said ⟦the night boat costs too much⟧ on Tuesday.", Fate::Same)),
    );
    check(
        "The board said “⟦we won’t sail⟧” and left.",
        "The board said \"we won't sail\" and left.",
        Some(("The board said \"⟦we won't sail⟧\" and left.", Fate::Same)),
    );
}

#[test]
fn corrected_words_come_along() {
    check(
        "He said he would ⟦recieve the letter⟧ today, and left.",
        "He said he would receive the letter today, and left.",
        Some(("He said he would ⟦receive the letter⟧ today, and left.", Fate::Changed)),
    );
    check(
        "The ⟦board of the harbour⟧ met in the morning.",
        "The new board of the old harbour met in the morning.",
        Some(("The new ⟦board of the old harbour⟧ met in the morning.", Fate::Changed)),
    );
    check(
        "In the evening ⟦nobody at the harbour wanted to say⟧ why it had closed.",
        "In the evening no one at the harbour wanted to say why it had closed.",
        Some(("In the evening ⟦no one at the harbour wanted to say⟧ why it had closed.", Fate::Changed)),
    );
}

#[test]
fn a_moved_paragraph_takes_its_marks_along() {
    let (one, two, three) = (
        "The night boat will end in May, the company says.",
        "Nobody at the harbour had been asked before Friday.",
        "A ferry without lights is a danger to all of us.",
    );
    check(
        &format!("{one}\n{}\n{three}", two.replace("asked", "⟦asked⟧")),
        &format!("{one}\n{three}\n{two}"),
        Some((&format!("{one}\n{three}\n{}", two.replace("asked", "⟦asked⟧")), Fate::Moved)),
    );
}

#[test]
fn words_that_went_are_lost_though_others_look_like_them() {
    let nurses = "The nurses’ union said the night boat costs too much.\nNobody asked the skipper.";
    let board = "The harbour board said ⟦the night boat costs too much⟧.";
    check(&format!("{board}\n{nurses}"), nurses, None);
    check(&format!("{board}\n{nurses}"), &format!("The harbour board said it loses money.\n{nurses}"), None);
    check("Biden met ⟦the⟧ president in Mexico.", "Rain fell on the coast all day.", None);
    check("Nobody met ⟦Ana⟧ at the harbour.", "Nobody met Ben at the harbour.", None);
    check("⟦Everything⟧", "", None);
}

#[test]
fn the_same_words_are_told_apart_by_their_order() {
    check(
        "He saw the wall. She saw ⟦the wall⟧ too, and left.",
        "Update: he saw the wall. Then she saw the wall too, and left.",
        Some(("Update: he saw the wall. Then she saw ⟦the wall⟧ too, and left.", Fate::Same)),
    );
    check("la la ⟦la⟧ la la", "la la la la la", Some(("la la ⟦la⟧ la la", Fate::Same)));
}

#[test]
fn an_end_inside_a_word_stays_there() {
    check(
        "Such an anti⟦-immigration⟧ law was new to us.",
        "So such an anti-immigration law was new to us.",
        Some(("So such an anti⟦-immigration⟧ law was new to us.", Fate::Same)),
    );
    check(
        "It was über⟦fähr⟧t, she says.",
        "It is überfährt, she says.",
        Some(("It is über⟦fähr⟧t, she says.", Fate::Same)),
    );
}

#[test]
fn writing_without_spaces_is_compared_by_its_signs() {
    check(
        "市議会は夜の船を⟦五月に廃止する⟧と述べた。",
        "市議会は、夜の船を五月に廃止すると述べました。",
        Some(("市議会は、夜の船を⟦五月に廃止する⟧と述べました。", Fate::Same)),
    );
}

#[test]
fn texts_without_words_in_common_give_nothing() {
    let correction = Correction::between("", "");
    assert_eq!(correction.place(ByteRange::at(0)), None);
    assert_eq!(Correction::between("one two", "   ").place(ByteRange::new(0, 3)), None);
    assert_eq!(
        Correction::between("one  two", "one  two").place(ByteRange::new(3, 5)),
        None,
        "white space has no words"
    );
}
