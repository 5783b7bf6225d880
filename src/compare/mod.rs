//! Article against article: which statement of the one is which statement of the other, and how the wordings differ.
//!
//! Pure: texts and marks go in, proposals come out, the same on every run and machine; it uses no trained model. It
//! changes nothing and knows no project: a proposal becomes data only where somebody accepts it.
//!
//! The way, in order:
//! - `word` and `spelling` read words so that spellings do not count; `sentence`, `quote`, `speaker` and `prose` take a
//!   text apart; `prepared` keeps all of it, once for each article.
//! - `pair` weighs words by how rare they are in both articles.
//! - `quoted` finds quotations that both have, `told` what one or both of them tell. Candidates share runs of three words or
//!   rare words (`closeness`), `align` links their words, `shared` says what the links amount to, and `greedy` takes the strongest
//!   first: words that one statement has no longer count for another.
//! - `comparison` does so for every two of several articles, and `grouping` makes statements of all of them from those of
//!   two; `side_by_side` adds what was related, in the order in which the articles stand. `carried` finds copy,
//!   `heard` who is heard with a statement.
//!
//! `tables` reads what an annotator has marked in several reports: who is heard, who is for what, what is claimed.

mod align;
mod carried;
mod closeness;
mod comparison;
mod difference;
mod found;
mod greedy;
mod grouping;
mod heard;
mod joined;
mod links;
mod mark;
mod marked;
mod pair;
mod place;
mod prepared;
mod prose;
mod quote;
mod quoted;
mod rejected;
mod sentence;
mod shared;
mod side_by_side;
mod speaker;
mod spelling;
mod statement;
pub mod tables;
#[cfg(test)]
mod testing;
mod told;
mod why;
mod word;

pub use comparison::{Comparison, compared, steps};
pub use difference::{Change, Difference, Piece};
pub use found::{Confidence, Form, Kind, Match};
pub use heard::{Attributions, Heard};
pub use mark::{Mark, shared_len, shares_half};
pub use marked::{Accepted, marks_of};
pub use prepared::Prepared;
pub use rejected::Rejected;
pub use side_by_side::Statements;
pub use statement::{Likeness, Statement, StatementPair, beginning, cut_to};

use crate::phrase;
use pair::{Pair, Which};

/// The statements that two articles share, in the order of the first one.
pub fn statements(a: &Prepared, b: &Prepared) -> Vec<Match> {
    if a.reads_as(b) {
        return whole(a, b).into_iter().collect();
    }
    let mut pair = Pair::new(a, b);
    let mut found = quoted::quoted(&mut pair);
    found.extend(told::reported(&mut pair, Which::A));
    found.extend(told::reported(&mut pair, Which::B));
    found.extend(told::told(&mut pair));
    found.sort_by(|one, other| (&one.a, &one.b).cmp(&(&other.a, &other.b)));
    found
}

/// Two articles of the same words are one statement.
fn whole(a: &Prepared, b: &Prepared) -> Option<Match> {
    let why = phrase!("All {n} word, in the same order|All {n} words, in the same order", n = a.word_count());
    let (form, kind, confidence) = (Form::Verbatim, Kind::Prose, Confidence::Sure);
    Some(Match { a: a.whole()?, b: b.whole()?, form, kind, confidence, why })
}
