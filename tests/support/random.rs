//! Numbers that look random and are the same for the same seed.

/// A small generator of numbers that look random; the same seed gives the same ones. Source: Vigna, “An experimental
/// exploration of Marsaglia’s xorshift generators, scrambled”, 2016 (xorshift64*).
pub struct Rng(u64);

impl Rng {
    /// Any seed but the one state that never changes, which becomes another.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).max(1))
    }

    /// A number below `end`, or 0 where that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let random = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        usize::try_from(random).unwrap() % end.max(1)
    }
}
