//! Ids and times from the system: its clock, and its randomness. Ids never go back, even where the clock does.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::{Mint, Uid};

/// The mint of a program at work. Its ids only ever go up, even where the clock goes back.
#[derive(Debug, Default)]
pub struct SystemMint {
    /// The last id that was given.
    last: Option<Uid>,
}

impl Mint for SystemMint {
    /// An id of now, or the one after the last where the clock stands still or goes back.
    fn uid(&mut self) -> Uid {
        let now = Uid::from_parts(self.unix_ms(), chance());
        let id = self.last.map_or(now, |last| now.max(last.next()));
        self.last = Some(id);
        id
    }

    fn unix_ms(&mut self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// Random bits; of a system that has none to give, the clock's finest ones.
fn chance() -> u32 {
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.subsec_nanos());
    getrandom::u32().unwrap_or_else(|_| clock())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_up_within_a_millisecond_too() {
        let mut mint = SystemMint::default();
        let ids: Vec<Uid> = (0..1000).map(|_| mint.uid()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn two_mints_give_different_ids() {
        let (mut one, mut other) = (SystemMint::default(), SystemMint::default());
        assert_ne!(one.uid(), other.uid());
    }
}
