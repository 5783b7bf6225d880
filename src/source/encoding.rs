//! Bytes to text: finds out the encoding, says how sure it is, and refuses what is not text.
//!
//! In this order: a byte order mark; UTF-16 without a mark; UTF-8; what the page declares; else a guess. Each but the
//! guess must fit the bytes, or fit them but for a few places: what is declared and contradicted everywhere is not
//! believed. UTF-16 without a mark is found only where the text has some ASCII in it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_MAC_CYRILLIC};
use infer::MatcherType;

use super::words::line_column;
use crate::{diagnostic::Diagnostic, phrase, text::Phrase};

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
    /// As [`Evidence::Guess`], where the file names this encoding and its bytes are of another one.
    Contradicted(&'static str),
}

/// A text, and how it was come by.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// Without the mark; line ends as they were.
    pub text: String,
    /// The WHATWG name, such as `windows-1252`.
    pub encoding: &'static str,
    /// How sure it is.
    pub evidence: Evidence,
    /// Bytes that are no characters, each shown as `�`.
    pub malformed: usize,
    /// NUL characters, which stand for nothing and were left out.
    pub nuls: usize,
}

/// Decodes a whole file; `declared` is the label that the file itself gives, if any.
///
/// # Errors
/// If it is not text: an image, an archive, a document of a word processor, UTF-32.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Diagnostic> {
    refuse_binary(bytes)?;
    let (encoding, evidence) = detect(bytes, declared);
    let body = if encoding == UTF_8 { bytes } else { without_utf8_mark(bytes) };
    let (text, had_errors) = encoding.decode_with_bom_removal(body);
    let malformed = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    let nuls = memchr::memchr_iter(0, text.as_bytes()).count();
    if nuls * RUBBISH > text.len() {
        return Err(not_text(bytes));
    }
    let text = if nuls > 0 { text.replace('\0', "") } else { text.into_owned() };
    Ok(Decoded { text, encoding: encoding.name(), evidence, malformed, nuls })
}

impl Decoded {
    /// What was done, as notes for the article.
    pub fn notes(&self) -> Vec<String> {
        let how = match self.evidence {
            Evidence::Mark => "by its byte order mark, which was taken off",
            Evidence::Bytes => "by its bytes",
            Evidence::Declared => "as the page says",
            Evidence::Guess => "a guess from its letters",
            Evidence::Contradicted(_) => "a guess from its letters against what the file says",
        };
        let mut notes = vec![format!("Read as {}, {how}", self.encoding)];
        if self.nuls > 0 {
            notes.push(format!("NUL characters left out: {}", self.nuls));
        }
        notes
    }

    /// What the reader should look at: a guess, and places that could not be read.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let encoding = self.encoding;
        let guess = match self.evidence {
            Evidence::Guess => Some(phrase!("The text does not say its encoding; read as {encoding}", encoding)),
            Evidence::Contradicted(said) => {
                Some(phrase!("The text is not in {said}, as it says; read as {encoding}", said, encoding))
            }
            Evidence::Mark | Evidence::Bytes | Evidence::Declared => None,
        };
        let guess = guess.map(|message| {
            Diagnostic::warning("encoding-guessed", message)
                .hint("If letters look wrong, save the file as UTF-8 and add it again")
        });
        guess.into_iter().chain(self.malformed_diagnostic()).collect()
    }

    /// A warning that some places were not valid, with the first of them.
    fn malformed_diagnostic(&self) -> Option<Diagnostic> {
        if self.malformed == 0 {
            return None;
        }
        let (line, column) = line_column(&self.text, self.text.find('\u{fffd}')?);
        let message = phrase!(
            "{n} place is not valid {encoding} and shown as �; it is here|\
             {n} places are not valid {encoding} and shown as �; the first is here",
            n = self.malformed,
            encoding = self.encoding
        );
        let hint = "Save the file as UTF-8 in the program that wrote it and add it again";
        Some(Diagnostic::warning("encoding-malformed", message).at_line(line, column).hint(hint))
    }
}

/// The encoding and what speaks for it.
fn detect(bytes: &[u8], declared: Option<&str>) -> (&'static Encoding, Evidence) {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.filter(|encoding| fits(encoding, bytes)) {
        return (encoding, Evidence::Mark);
    }
    if bytes.contains(&0)
        && let Some(encoding) = utf16_without_mark(bytes)
    {
        return (encoding, Evidence::Bytes);
    }
    // ISO-2022-JP is ASCII with escapes: it looks like valid UTF-8.
    let is_escaped = bytes.contains(&0x1b) && bytes.is_ascii();
    if !is_escaped && fits(UTF_8, bytes) {
        return (UTF_8, Evidence::Bytes);
    }
    // A page that could be parsed for its declaration is not in UTF-16, whatever it says.
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|e| e.is_ascii_compatible());
    let Some(said) = declared.or(marked) else { return (guess(bytes), Evidence::Guess) };
    let (damaged, guess) = (damage(said, bytes).0, guess(without_utf8_mark(bytes)));
    // In an encoding of single bytes no byte is ever damage, so that it says nothing against a few damaged places.
    let may_be = !fits(said, bytes) || !guess.is_single_byte();
    if damaged > 0 && may_be && damage(guess, bytes).0 < damaged {
        return (guess, Evidence::Contradicted(said.name()));
    }
    (said, Evidence::Declared)
}

/// The likeliest encoding by the bytes alone (`chardetng`).
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == WINDOWS_1252 && !is_latin(bytes) { X_MAC_CYRILLIC } else { guess }
}

/// Whether the letters of ASCII outweigh all others, as in every language that is written in Latin letters; the
/// guesser knows no Mac Cyrillic and takes it for Latin.
fn is_latin(bytes: &[u8]) -> bool {
    let beyond_ascii = bytes.iter().filter(|b| !b.is_ascii()).count();
    bytes.iter().filter(|b| b.is_ascii_alphabetic()).count() >= beyond_ascii
}

/// The bytes without a UTF-8 byte order mark.
fn without_utf8_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Whether the bytes are in an encoding, but for at most one damaged place in four characters beyond ASCII.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (damaged, beyond_ascii) = damage(encoding, bytes);
    damaged * 4 <= beyond_ascii
}

/// Places that are no characters of an encoding, and characters beyond ASCII.
fn damage(encoding: &'static Encoding, bytes: &[u8]) -> (usize, usize) {
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    // A valid text may have been damaged before, and say so.
    let damaged = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    (damaged, text.chars().filter(|c| !c.is_ascii()).count() - damaged)
}

/// UTF-16 shows by the zero bytes of its ASCII characters, which all lie on one side, but for stray ones.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (high_first, high_last) = (zeros(0), zeros(1));
    let enough = bytes.len() / 2 / 20;
    let encoding = match (high_first, high_last) {
        (few, many) if many > enough && few * RUBBISH <= many => UTF_16LE,
        (many, few) if many > enough && few * RUBBISH <= many => UTF_16BE,
        _ => return None,
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let strange = text.chars().filter(|c| is_strange_control(*c)).count();
    (!had_errors && strange * RUBBISH <= text.len()).then_some(encoding)
}

/// One in so many characters may be one that no text has; where there are more, it is none.
const RUBBISH: usize = 100;

/// Control characters that no text has: all but tab, line ends, page breaks, the escape and the old end-of-file mark.
fn is_strange_control(c: char) -> bool {
    c < ' ' && !matches!(c, '\t'..='\r' | '\u{1a}' | '\u{1b}')
}

/// Refuses bytes that are known not to be text, with what they look like.
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
    if bytes.contains(&0) && utf16_without_mark(bytes).is_some() {
        return Ok(());
    }
    let strange = bytes.iter().filter(|b| is_strange_control(**b as char)).count();
    // Only with some control characters, because "BM" opens a bitmap and also a report on BMW.
    let is_suspect = strange * RUBBISH * 10 > bytes.len();
    let is_recognised = is_suspect && infer::get(bytes).is_some_and(|t| t.matcher_type() != MatcherType::Text);
    if is_recognised || strange * RUBBISH > bytes.len() { Err(not_text(bytes)) } else { Ok(()) }
}

/// Why bytes are refused.
fn not_text(bytes: &[u8]) -> Diagnostic {
    let (what, hint) = looks_like(bytes);
    Diagnostic::error("source-not-text", phrase!("This is not text: it looks like {what}", what)).hint(hint)
}

/// What the bytes look like, and what to do with such a file.
fn looks_like(bytes: &[u8]) -> (Phrase, &'static str) {
    const PASTE: &str = "Open it, copy the article’s words and paste them here";
    const SAVE_AS: &str = "Open it, save it as plain text or as a web page (HTML), and add that";
    const UNPACK: &str = "Unpack it and add the articles inside";
    if bytes.starts_with(b"{\\rtf") {
        return (phrase!("a document in Rich Text Format"), SAVE_AS);
    }
    let Some(found) = infer::get(bytes) else {
        return (phrase!("a program’s own data"), PASTE);
    };
    let (extension, mime) = (found.extension(), found.mime_type());
    match (extension, found.matcher_type()) {
        ("pdf", _) => (phrase!("a PDF document"), PASTE),
        ("docx" | "doc" | "odt", _) => (phrase!("a word processor’s document (.{extension})", extension), SAVE_AS),
        (_, MatcherType::Image) => {
            (phrase!("an image ({mime})", mime), "Add the article’s words as text; they are not read from a picture")
        }
        (_, MatcherType::Archive) => (phrase!("an archive ({mime})", mime), UNPACK),
        _ => (Phrase::verbatim(mime), PASTE),
    }
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
    fn a_declaration_that_the_bytes_contradict_is_not_believed() {
        let bytes = b"<p>The mayor\x92s caf\xe9 \x96 \x93not ours\x94, she said.";
        let decoded = decode(bytes, Some("utf-8")).unwrap();
        assert_eq!(decoded.text, "<p>The mayor’s café – “not ours”, she said.");
        assert_eq!((decoded.encoding, decoded.evidence), ("windows-1252", Evidence::Contradicted("UTF-8")));
        assert_eq!(decoded.diagnostics()[0].message, "The text is not in UTF-8, as it says; read as windows-1252");
        let marked = decode(b"\xef\xbb\xbfcaf\xe9 \x96 d\xe9j\xe0 vu", None).unwrap();
        assert_eq!((marked.text.as_str(), marked.malformed), ("café – déjà vu", 0));
        let japanese = encoding_rs::SHIFT_JIS.encode("港の委員会は夜の船を終える。").0;
        assert_eq!(decode(&japanese, Some("utf-8")).unwrap().encoding, "Shift_JIS");
        let damaged = [&japanese, &b"\x81"[..], &japanese].concat();
        assert_eq!(decode(&damaged, Some("shift_jis")).unwrap().encoding, "Shift_JIS", "a few damaged places");
    }

    #[test]
    fn a_few_nul_bytes_are_left_out() {
        let text = format!("{}\0{}", "The toll rises. ".repeat(20), "BMW says nothing. ".repeat(20));
        let decoded = decode(text.as_bytes(), None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.nuls), (text.replace('\0', "").as_str(), 1));
        assert_eq!(decoded.notes()[1], "NUL characters left out: 1");
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16, None).unwrap().text, decoded.text);
        let report = format!("BM{}{text}", text.replace('\0', "").repeat(3));
        assert!(decode(report.as_bytes(), None).is_ok(), "no bitmap has so few control characters");
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
