//! Bytes to text: finds out the encoding, says how sure it is, and refuses what is not text.
//!
//! In this order: a byte order mark; UTF-8 that is valid, or valid but for a few places; UTF-16 without a mark;
//! what the page declares; else a guess. UTF-16 without a mark is found only where the text has some ASCII in it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_MAC_CYRILLIC};
use infer::MatcherType;

use crate::diagnostic::Diagnostic;

/// How an encoding was found out, from sure to unsure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The file begins with a byte order mark.
    Mark,
    /// Every byte fits (UTF-8), or nearly every one.
    Bytes,
    /// The page names it.
    Declared,
    /// The letters' frequencies suggest it.
    Guess,
}

/// A text, and how it was come by.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// Without the mark; line ends as they were.
    pub text: String,
    /// The WHATWG name, such as `windows-1252`.
    pub encoding: &'static str,
    pub evidence: Evidence,
    /// Bytes that are no characters, each shown as `�`.
    pub malformed: usize,
}

/// Decodes a whole file; `declared` is the label that the file itself gives, if any.
///
/// # Errors
/// If it is not text: an image, an archive, a document of a word processor, UTF-32.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Diagnostic> {
    refuse_binary(bytes)?;
    let (encoding, evidence) = detect(bytes, declared);
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    if text.contains('\0') {
        return Err(not_text(bytes));
    }
    let malformed = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), evidence, malformed })
}

impl Decoded {
    /// What was done, as notes for the article.
    pub fn notes(&self) -> Vec<String> {
        let how = match self.evidence {
            Evidence::Mark => "by its byte order mark, which was taken off",
            Evidence::Bytes => "by its bytes",
            Evidence::Declared => "as the page says",
            Evidence::Guess => "a guess from its letters",
        };
        vec![format!("Read as {}, {how}", self.encoding)]
    }

    /// What the reader should look at: a guess, and places that could not be read.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let guess = (self.evidence == Evidence::Guess).then(|| {
            Diagnostic::warning(
                "encoding-guessed",
                format!("The text does not say its encoding; read as {}", self.encoding),
            )
            .hint("If letters look wrong, save the file as UTF-8 and add it again")
        });
        guess.into_iter().chain(self.malformed_diagnostic()).collect()
    }

    fn malformed_diagnostic(&self) -> Option<Diagnostic> {
        if self.malformed == 0 {
            return None;
        }
        let (line, column) = line_column(&self.text, self.text.find('\u{fffd}')?);
        let places =
            if self.malformed == 1 { "1 place is".to_owned() } else { format!("{} places are", self.malformed) };
        let message = format!("{places} not valid {} and shown as �; the first is here", self.encoding);
        let hint = "Save the file as UTF-8 in the program that wrote it and add it again";
        Some(Diagnostic::warning("encoding-malformed", message).at_line(line, column).hint(hint))
    }
}

fn detect(bytes: &[u8], declared: Option<&str>) -> (&'static Encoding, Evidence) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, Evidence::Mark);
    }
    if bytes.contains(&0)
        && let Some(encoding) = utf16_without_mark(bytes)
    {
        return (encoding, Evidence::Bytes);
    }
    if is_mostly_utf8(bytes) {
        return (UTF_8, Evidence::Bytes);
    }
    // A page that could be parsed for its declaration is not in UTF-16, whatever it says.
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|e| e.is_ascii_compatible());
    if let Some(encoding) = declared {
        return (encoding, Evidence::Declared);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    (if guess == WINDOWS_1252 && !is_latin(bytes) { X_MAC_CYRILLIC } else { guess }, Evidence::Guess)
}

/// Whether the letters of ASCII outweigh all others, as in every language that is written in Latin letters; the
/// guesser knows no Mac Cyrillic and takes it for Latin.
fn is_latin(bytes: &[u8]) -> bool {
    let beyond_ascii = bytes.iter().filter(|b| !b.is_ascii()).count();
    bytes.iter().filter(|b| b.is_ascii_alphabetic()).count() >= beyond_ascii
}

/// Whether the bytes are UTF-8, but for at most one damaged place in four characters beyond ASCII.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    // ISO-2022-JP is ASCII with escapes: it looks like valid UTF-8.
    if bytes.contains(&0x1b) && bytes.is_ascii() {
        return false;
    }
    let (mut damaged, mut beyond_ascii) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        damaged += usize::from(!chunk.invalid().is_empty());
        beyond_ascii += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    damaged == 0 || damaged * 4 <= beyond_ascii
}

/// UTF-16 shows by the zero bytes of its ASCII characters, which all lie on one side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (high_first, high_last) = (zeros(0), zeros(1));
    let enough = bytes.len() / 2 / 20;
    let encoding = match (high_first, high_last) {
        (0, n) if n > enough => UTF_16LE,
        (n, 0) if n > enough => UTF_16BE,
        _ => return None,
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    (!had_errors && !text.chars().any(is_strange_control)).then_some(encoding)
}

/// Control characters that no text has: all but tab, line ends, page breaks, the escape and the old end-of-file mark.
fn is_strange_control(c: char) -> bool {
    c < ' ' && !matches!(c, '\t'..='\r' | '\u{1a}' | '\u{1b}')
}

fn refuse_binary(bytes: &[u8]) -> Result<(), Diagnostic> {
    let is_utf32 = bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]);
    if is_utf32 {
        let refused = Diagnostic::error("source-not-text", "The text is in UTF-32, which is not read");
        return Err(refused.hint("Save it as UTF-8 and add it again"));
    }
    let known_text = bytes.starts_with(b"%PDF-") || bytes.starts_with(b"{\\rtf");
    if known_text {
        return Err(not_text(bytes));
    }
    if Encoding::for_bom(bytes).is_some() {
        return Ok(());
    }
    // Only with control characters, because "BM" opens a bitmap and also a report on BMW.
    let strange = bytes.iter().filter(|b| is_strange_control(**b as char)).count();
    let recognised = strange > 0 && infer::get(bytes).is_some_and(|t| t.matcher_type() != MatcherType::Text);
    let zeros_in_no_utf16 = bytes.contains(&0) && utf16_without_mark(bytes).is_none();
    let is_rubbish = !bytes.contains(&0) && strange * 100 > bytes.len();
    if recognised || zeros_in_no_utf16 || is_rubbish { Err(not_text(bytes)) } else { Ok(()) }
}

fn not_text(bytes: &[u8]) -> Diagnostic {
    let (what, hint) = looks_like(bytes);
    Diagnostic::error("source-not-text", format!("This is not text: it looks like {what}")).hint(hint)
}

/// What the bytes look like, and what to do with such a file.
fn looks_like(bytes: &[u8]) -> (String, &'static str) {
    const PASTE: &str = "Open it, copy the article’s words and paste them here";
    const SAVE_AS: &str = "Open it, save it as plain text or as a web page (HTML), and add that";
    const UNPACK: &str = "Unpack it and add the articles inside";
    if bytes.starts_with(b"{\\rtf") {
        return ("a document in Rich Text Format".to_owned(), SAVE_AS);
    }
    let Some(found) = infer::get(bytes) else {
        return ("a program’s own data".to_owned(), PASTE);
    };
    let (extension, mime) = (found.extension(), found.mime_type());
    match (extension, found.matcher_type()) {
        ("pdf", _) => ("a PDF document".to_owned(), PASTE),
        ("docx" | "doc" | "odt", _) => (format!("a word processor’s document (.{extension})"), SAVE_AS),
        (_, MatcherType::Image) => {
            (format!("an image ({mime})"), "Add the article’s words as text; they are not read from a picture")
        }
        (_, MatcherType::Archive) => (format!("an archive ({mime})"), UNPACK),
        _ => (mime.to_owned(), PASTE),
    }
}

/// One-based line and column in characters of a byte offset.
fn line_column(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: &str, evidence: Evidence, text: &str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.evidence, decoded.text.as_str()), (encoding, evidence, text));
    }

    #[test]
    fn encodings_are_found_out() {
        check(b"plain", "UTF-8", Evidence::Bytes, "plain");
        check("\u{feff}žluť".as_bytes(), "UTF-8", Evidence::Mark, "žluť");
        check(b"\xfe\xff\0B\0M", "UTF-16BE", Evidence::Mark, "BM");
        check(b"R\0a\0i\0n\0", "UTF-16LE", Evidence::Bytes, "Rain");
        check(b"\0R\0a\0i\0n", "UTF-16BE", Evidence::Bytes, "Rain");
        check(
            b"BMW in M\xfcnchen, sagt der Sprecher",
            "windows-1252",
            Evidence::Guess,
            "BMW in München, sagt der Sprecher",
        );
    }

    #[test]
    fn a_declaration_counts_where_the_bytes_allow_it() {
        let declared = |bytes: &[u8]| decode(bytes, Some("iso-8859-2")).unwrap().encoding;
        assert_eq!(declared(b"\xb1\xe6"), "ISO-8859-2");
        assert_eq!(declared("ąć".as_bytes()), "UTF-8");
    }

    #[test]
    fn damage_is_reported_with_its_place() {
        let mut bytes = "Žluťoučký kůň\npěl ďábelské ódy ".as_bytes().to_vec();
        bytes.extend(b"\xc5!");
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.malformed), ("UTF-8", 1));
        let warning = &decoded.diagnostics()[0];
        assert_eq!((warning.code.as_ref(), warning.location.line_column), ("encoding-malformed", Some((2, 18))));
    }

    #[test]
    fn what_is_not_text_is_named() {
        let refused = |bytes: &[u8]| decode(bytes, None).unwrap_err().message;
        assert_eq!(refused(b"%PDF-1.7\nx"), "This is not text: it looks like a PDF document");
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "This is not text: it looks like an image (image/png)");
        assert_eq!(refused(b"PK\x03\x04\x14\0\0\0"), "This is not text: it looks like an archive (application/zip)");
        assert_eq!(refused(b"ab\0\0\0cd\x01"), "This is not text: it looks like a program’s own data");
    }
}
