//! Tables over several reports, read from what one annotator has marked and related: who is heard, who is for or against
//! what, what is claimed and denied, and in which order statements come.
//!
//! Readings only: a project goes in, rows come out, and nothing of them is stored. They cost what is marked. What a
//! codebook calls its labels is its own affair: `terms` says what of it means what, and each table says in one line what
//! it lacks. `name` and `naming` propose which sources are one and the same; `sheet` writes tables down.

mod claims;
mod name;
mod naming;
mod order;
mod reports;
mod sheet;
mod sources;
mod stances;
mod terms;
#[cfg(test)]
mod testing;

pub use claims::{Claim, Claims, Manner, Member};
pub use order::{Order, Placed};
pub use reports::{MarkedAt, Report, Reports};
pub use sheet::{Cell, Sheet};
pub use sources::{Form, Heard, Saying, Source, Sources, Standing};
pub use stances::{Answer, Count, Stance, StanceCell, StanceRow, StanceRows, Stances};
pub use terms::{IdentityTerm, Side, Terms};
