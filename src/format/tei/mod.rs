//! TEI: a document for each article, with the text as it is and everything that is said of it standing off. It is written,
//! not read.
//!
//! Source: “TEI P5 Guidelines”, version 4.9.0: chapters 2 (header), 17.8 and 17.10 (spans, stand-off annotation), 14.3.2.3
//! (relations). Marks that overlap can’t be elements of the text, so there are anchors in it, which hold nothing: the text
//! of `body`, taken together, is the article’s, code point for code point.
//!
//! ```xml
//! <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>…<taxonomy xml:id="labels"><category xml:id="label.quote">…</teiHeader>
//! <text xml:id="text"><body xml:space="preserve"><p>He said <anchor xml:id="from.ana.….1"/>no<anchor xml:id="to.ana.….1"/></p></body></text>
//! <standOff type="layer" xml:id="layer.ana">
//! <spanGrp type="marks"><span xml:id="span.ana.….1" from="#from.ana.….1" to="#to.ana.….1" ana="#label.quote">Quote</span></spanGrp>
//! <listAnnotation><annotation xml:id="mark.ana.…" motivation="tagging" target="#span.ana.….1" resp="#annotator.ana"
//!  ana="#label.quote #label.quote.form.direct" cert="0.7">…<note type="note">…</note></annotation></listAnnotation>
//! <listRelation><relation xml:id="relation.ana.…" name="attribution" active="#mark.ana.…" passive="#mark.ana.…"/></listRelation>
//! </standOff></TEI>
//! ```
//!
//! The codebook is a taxonomy in the header, annotators are statements of responsibility. A span is a fragment, and leads to
//! the next one; an annotation is the whole mark, with choices among what it is analysed as and other answers, note, flag,
//! comments and origin as notes. Relations have their first role active and the others passive, as triples do; an
//! annotation of the relation points to every member by its role. A relation across articles stands with the first of them
//! and names the others’ documents. Pointers are plain `#ids`, which every processor follows, and not schemes of XPointer.
//!
//! `write` writes a document, of which `header`, `body` and `layer` are the parts; `said` writes what is said of marks and
//! relations, `ids` says what everything is called.

mod body;
mod header;
mod ids;
mod layer;
mod markup;
mod said;
mod write;

use super::{keeps::Keeps, row::Format};

/// Its row of the table.
pub const FORMAT: Format = Format {
    name: "tei",
    title: "TEI documents with stand-off annotation",
    extension: "xml",
    main: None,
    keeps: &Keeps::DATA,
    units: &[],
    has_cells: false,
    has_own_ids: false,
    write: Some(write::writer),
    read: None,
};
