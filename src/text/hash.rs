//! Stable hashes of a text, to notice that an article is there already. Not for secrets.

/// The same number for the same bytes, in every version and on every machine: FNV-1a with 64 bits.
///
/// Source: Fowler, Noll and Vo, <http://www.isthe.com/chongo/tech/comp/fnv/>.
pub fn content_hash(text: &str) -> u64 {
    text.bytes().fold(OFFSET_BASIS, step)
}

/// As [`content_hash`], but blind to case and to where lines break: one for an article and its reflowed copy.
pub fn fingerprint(text: &str) -> u64 {
    text.split_whitespace().fold(OFFSET_BASIS, |hash, word| step(hash_lowercase(hash, word), b' '))
}

/// Hashes a word in lower case.
fn hash_lowercase(hash: u64, word: &str) -> u64 {
    if word.is_ascii() {
        return word.bytes().fold(hash, |hash, byte| step(hash, byte.to_ascii_lowercase()));
    }
    let mut buffer = [0; 4];
    let chars = word.chars().flat_map(char::to_lowercase);
    chars.fold(hash, |hash, char| char.encode_utf8(&mut buffer).bytes().fold(hash, step))
}

/// The parameters of FNV-1a with 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>); stored hashes depend on
/// them.
const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// One byte more.
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(PRIME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(content_hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(content_hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(content_hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_reflowed_copy_has_the_same_fingerprint() {
        assert_eq!(fingerprint("The border  call\nends.\n"), fingerprint(" THE border\r\n\r\ncall ends."));
        assert_ne!(fingerprint("The border call"), fingerprint("The bordercall"));
        assert_ne!(content_hash("a b"), content_hash("a\nb"));
    }
}
