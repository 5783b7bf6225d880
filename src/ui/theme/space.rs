//! Distances in points, all on a grid of 4.

/// Between a sign and its word.
pub const XS: f32 = 4.0;
/// Between things that belong together.
pub const S: f32 = 8.0;
/// Between groups.
pub const M: f32 = 12.0;
/// From the edge of a panel to what it holds.
pub const L: f32 = 16.0;
/// Around what stands alone.
pub const XL: f32 = 24.0;
