//! WebAnno TSV written: a folder for each annotator, with a file for each article that they have said something of;
//! articles of which nobody has lie beside the folders, and so does the type system.

use std::{fmt::Write as _, io};

use super::{
    escape::escaped_text,
    layers::{Layers, LeftOut},
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        cas::{
            from_layer::cas_of,
            schema::{Schema, Several},
            structure::Held,
            type_system_xml::{self, TYPE_SYSTEM},
        },
        options::ExportOptions,
        sink::{Pieces, Sink},
        units::OffsetUnit,
        writer::{ExportedArticle, Writer},
    },
    model::Project,
    phrase,
    text::Text,
};

pub fn writer(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Tsv { schema: Schema::default() })
}

struct Tsv {
    schema: Schema,
}

impl Writer for Tsv {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        self.schema = Schema::of(project.codebook(), Several::Joined);
        sink.write(TYPE_SYSTEM, type_system_xml::written(&self.schema.types).as_bytes())
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let layers: Vec<_> = layers.iter().filter_map(|own| Some((own.annotator, own.layer?))).collect();
        let said: Vec<_> = if layers.is_empty() { vec![None] } else { layers.into_iter().map(Some).collect() };
        for said in said {
            let cas = cas_of(article, said, &self.schema);
            let layers = Layers::of(&cas, article.text);
            let who = said.map_or(String::new(), |(who, _)| who.to_string());
            let about = |told: Diagnostic| told.about(format!("{} {who}", article.id).trim_end().to_owned());
            let several = cas.iter().flat_map(|own| &own.features).filter(|(_, held)| matches!(held, Held::Texts(_)));
            tell(layers.left_out, several.count(), |told| out.tell(about(told)));
            match layers.units.start() {
                None => {
                    let told = Diagnostic::warning("blank-article", "The article has no words, and is not written");
                    out.tell(about(told.hint("Give it a text")));
                    continue;
                }
                Some(0) => {}
                Some(_) => {
                    let told = Diagnostic::warning(
                        "blank-start",
                        "The article begins with white space, which comes back as blanks",
                    );
                    out.tell(about(told.hint("Begin it with a word")));
                }
            }
            let folder = if who.is_empty() { String::new() } else { format!("{who}/") };
            out.piece(&format!("{folder}{}.tsv", article.id))
                .extend_from_slice(written(&layers, article.text).as_bytes());
        }
    }
}

/// A file. Writing to a string does not fail.
fn written(layers: &Layers<'_>, text: &Text) -> String {
    let mut tsv = format!("#FORMAT=WebAnno TSV 3.3\n{}\n", layers.header());
    for (units, own) in layers.units.sentences().zip(layers.units.texts(text)) {
        tsv.push('\n');
        own.split('\n').for_each(|line| _ = writeln!(tsv, "#Text={}", escaped_text(line)));
        for unit in units {
            let range = layers.units.range(unit);
            let (begin, end) = OffsetUnit::Utf16.of_bytes(text, range);
            let words = escaped_text(range.slice(text).unwrap_or_default());
            let _ = write!(tsv, "{}\t{begin}-{end}\t{words}\t", layers.id(unit));
            layers.cells(unit).iter().for_each(|cell| _ = write!(tsv, "{cell}\t"));
            tsv.push('\n');
        }
    }
    tsv
}

fn tell(left_out: LeftOut, several: usize, mut tell: impl FnMut(Diagnostic)) {
    let LeftOut { blank, edged, ends } = left_out;
    if edged > 0 {
        let message = phrase!(
            "{n} mark begins or ends with white space, and is written without it|\
             {n} marks begin or end with white space, and are written without it",
            n = edged
        );
        tell(Diagnostic::warning("blank-edges", message).hint("Mark the words alone"));
    }
    if blank > 0 {
        let message = phrase!(
            "{n} mark of white space alone is not written|{n} marks of white space alone are not written",
            n = blank
        );
        tell(Diagnostic::warning("blank-mark", message).hint("Mark words, or remove it"));
    }
    if ends > 0 {
        let message = phrase!(
            "{n} relation without both ends is not written|{n} relations without both ends are not written",
            n = ends
        );
        tell(Diagnostic::warning("half-relation", message).hint("Give it both members"));
    }
    if several > 0 {
        let message = phrase!(
            "{n} answer of several choices is written as one text|{n} answers of several choices are written as one text each",
            n = several
        );
        tell(Diagnostic::warning("several-choices", message).hint("Export as xmi or json-cas"));
    }
}
