//! Names of types and features that UIMA, DKPro, INCEpTION and Pressmark agree on, and names of theirs made of ours.

use crate::text::slug::slug;

pub const TOP: &str = "uima.cas.TOP";
pub const SOFA: &str = "uima.cas.Sofa";
pub const VIEW: &str = "uima.cas.View";
pub const STRING: &str = "uima.cas.String";
pub const STRING_ARRAY: &str = "uima.cas.StringArray";
pub const FS_ARRAY: &str = "uima.cas.FSArray";
pub const ANNOTATION: &str = "uima.tcas.Annotation";
pub const DOCUMENT: &str = "uima.tcas.DocumentAnnotation";
pub const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
pub const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
pub const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
/// A key and a value that are known of the document.
pub const FIELD: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.MetaDataStringField";
pub const TAGSET: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.TagsetDescription";
pub const TAG: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.TagDescription";
/// Who annotated which document, as INCEpTION has it.
pub const WHO: &str = "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata";
/// What layers of a project’s own stand in.
pub const CUSTOM: &str = "webanno.custom.";
/// DKPro’s type of a label that has the same name.
pub const NAMED_ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";

pub const POS: &str = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS";

/// The ends of a relation.
pub const GOVERNOR: &str = "Governor";
pub const DEPENDENT: &str = "Dependent";
/// The first link of a chain, and what comes after a link.
pub const FIRST: &str = "first";
pub const NEXT: &str = "next";
/// What a link of a slot says.
pub const ROLE: &str = "role";
pub const TARGET: &str = "target";
/// The slot of an annotation that is a relation of what the slot links to, and no mark.
pub const MEMBERS: &str = "relationMembers";
/// What stands behind the name of a type of pairs, in that of a type of all other relations of its kind.
pub const REST: &str = "Members";
/// What Pressmark knows of a mark beside its attributes. `PART` is the same for all fragments of one mark.
pub const NOTE: &str = "pressmarkNote";
pub const FLAG: &str = "pressmarkFlag";
pub const CONFIDENCE: &str = "pressmarkConfidence";
pub const PART: &str = "pressmarkMark";

/// Features that are no attributes.
const OWN: [&str; 12] =
    ["sofa", "begin", "end", GOVERNOR, DEPENDENT, FIRST, NEXT, MEMBERS, NOTE, FLAG, CONFIDENCE, PART];

/// Whether a feature says something else than an attribute does.
pub fn is_own(feature: &str) -> bool {
    OWN.contains(&feature)
}

/// The last part of a type’s name.
pub fn short(type_name: &str) -> &str {
    type_name.rsplit('.').next().unwrap_or(type_name)
}

/// DKPro’s types of which there is one for each tag, and the layer that these are of.
const LAYERS: [(&str, &str); 5] = [
    ("de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.", "POS"),
    ("de.tudarmstadt.ukp.dkpro.core.api.ner.type.", "NamedEntity"),
    ("de.tudarmstadt.ukp.dkpro.core.api.syntax.type.chunk.", "Chunk"),
    ("de.tudarmstadt.ukp.dkpro.core.api.syntax.type.constituent.", "Constituent"),
    ("de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.", "Dependency"),
];

/// The type of the layer that a type is of: `…pos.POS_NOUN` is one of `…pos.POS`.
pub fn layer_type(type_name: &str) -> String {
    let layer = LAYERS.iter().find(|(package, _)| type_name.starts_with(package));
    layer.map_or_else(|| type_name.to_owned(), |(package, layer)| format!("{package}{layer}"))
}

/// Whether a type says how a document is built, or is about the document: no label is made of it.
pub fn is_structure(type_name: &str) -> bool {
    matches!(type_name, TOKEN | SENTENCE | DOCUMENT | WHO)
        || type_name.starts_with("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.")
        || type_name.starts_with("de.tudarmstadt.ukp.clarin.webanno.api.type.")
}

/// A name as Java and WebAnno TSV can have it: letters and digits of ASCII, a letter first, no underscore.
pub fn identifier(name: &str) -> String {
    let is_plain =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    if is_plain {
        return name.to_owned();
    }
    let slug = slug(name, 60);
    let capital = |part: &str| part[..1].to_ascii_uppercase() + &part[1..];
    let joined: String = slug.split('-').filter(|part| !part.is_empty()).map(capital).collect();
    if joined.starts_with(|c: char| c.is_ascii_alphabetic()) { joined } else { format!("X{joined}") }
}

/// An identifier that is not taken.
pub fn free_identifier(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let stem = identifier(name);
    let numbered = (2..).map(|n| format!("{stem}{n}"));
    std::iter::once(stem.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// A description that begins with the name that an identifier was made of, where the identifier is not that name.
pub fn described(identifier: &str, name: &str, description: &str) -> String {
    let parts = [if identifier == name { "" } else { name }, description];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The name that an identifier was made of, where a description begins with it, and the rest of the description.
pub fn name_and_description<'d>(own: &'d str, description: &'d str) -> (&'d str, &'d str) {
    let (first, rest) = description.split_once('\n').unwrap_or((description, ""));
    let stem = identifier(first.trim());
    let is_name = !first.trim().is_empty()
        && own.strip_prefix(stem.as_str()).is_some_and(|rest| rest == REST || rest.bytes().all(|b| b.is_ascii_digit()));
    if is_name { (first.trim(), rest) } else { (own, description) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_from_identifiers() {
        for name in ["Claim", "claim", "Check-worthiness", "Same claim", "王明", "2 sides", "a_b", "…"] {
            let own = free_identifier(name, |own| own == "Claim");
            assert!(own.bytes().all(|b| b.is_ascii_alphanumeric()) && !own.as_bytes()[0].is_ascii_digit(), "{own}");
            assert_eq!(name_and_description(&own, &described(&own, name, "What it is")), (name, "What it is"));
        }
        assert_eq!(name_and_description("Span", "A span of text"), ("Span", "A span of text"));
    }

    #[test]
    fn types_of_tags_are_of_their_layer() {
        let pos = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS";
        assert_eq!((layer_type(&format!("{pos}_NOUN")), short(pos)), (pos.to_owned(), "POS"));
        assert!(is_structure(TOKEN) && is_structure(TAGSET) && !is_structure("webanno.custom.Token"));
    }
}
