//! The parts of the window around the page: each reads, draws, and pushes commands.
