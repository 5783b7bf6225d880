//! Names of things as REFI-QDA wants them: made of their ids, so that the same project gives the same file.

use crate::text::hash::content_hash;

/// A GUID for a thing of a kind. Its version says that its digits are of nobody’s making (RFC 9562, version 8).
pub fn guid(kind: &str, id: &str) -> String {
    let (high, low) = (content_hash(&format!("{kind}/{id}")), content_hash(&format!("{id}/{kind}")));
    let (a, b, c) = (high >> 32, (high >> 16) & 0xffff, 0x8000 | (high & 0x0fff));
    let (d, e) = (0x8000 | ((low >> 48) & 0x3fff), low & 0xffff_ffff_ffff);
    format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
}

/// A GUID as it is compared: without braces, in lower case.
pub fn plain(guid: &str) -> String {
    guid.trim().trim_matches(['{', '}']).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_of_its_shape_and_of_its_thing_alone() {
        let one = guid("code", "claim");
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_eq!((&one[14..15], one.clone()), ("8", guid("code", "claim")));
        assert_ne!(one, guid("code", "quote"));
        assert_eq!(plain("{AB-C}"), "ab-c");
    }
}
