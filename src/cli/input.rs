//! Standard input, which a path of one dash stands for.

use std::{
    io::{self, Read},
    path::Path,
};

use super::out::Failure;
use crate::{diagnostic::Diagnostic, phrase};

/// The file's name that stands for standard input and output.
pub const STANDARD: &str = "-";

/// Whether a path means standard input.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == STANDARD
}

/// Standard input, or one byte more than is allowed of it.
pub fn standard_input(most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(most + 1).read_to_end(&mut bytes).map_err(|error| {
        Diagnostic::error("io", phrase!("Can’t read standard input: {why}", why = &error)).hint("Give the text again")
    })?;
    Ok(bytes)
}
