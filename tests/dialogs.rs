//! The dialogs, the welcome view and the codebook editor, used by the names of their controls.
#![cfg(feature = "gui")]

#[path = "dialogs/cards.rs"]
mod cards;
#[path = "dialogs/closing.rs"]
mod closing;
#[path = "dialogs/codebook.rs"]
mod codebook;
#[path = "dialogs/correct.rs"]
mod correct;
#[path = "dialogs/exchange.rs"]
mod exchange;
#[path = "dialogs/stage.rs"]
mod stage;
mod support;
#[path = "dialogs/welcome.rs"]
mod welcome;
