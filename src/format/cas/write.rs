//! CASes written: a folder for each annotator, with a file for each article that they have said something of; articles of
//! which nobody has lie beside the folders, and so does the type system.

use std::io;

use super::{
    from_layer::cas_of,
    json_write,
    schema::{Schema, Several},
    type_system_xml::{self, TYPE_SYSTEM},
    xmi_write,
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        options::ExportOptions,
        sink::{Pieces, Sink},
        writer::{ExportedArticle, Writer},
    },
    model::Project,
};

pub fn xmi(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Cases { kind: Kind::Xmi, schema: Schema::default() })
}

pub fn json(_: &ExportOptions) -> Box<dyn Writer> {
    Box::new(Cases { kind: Kind::Json, schema: Schema::default() })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xmi,
    Json,
}

struct Cases {
    kind: Kind,
    schema: Schema,
}

impl Writer for Cases {
    fn begin(&mut self, project: &Project, sink: &mut dyn Sink) -> io::Result<()> {
        self.schema = Schema::of(project.codebook(), Several::Array);
        match self.kind {
            Kind::Xmi => sink.write(TYPE_SYSTEM, type_system_xml::written(&self.schema.types).as_bytes()),
            Kind::Json => Ok(()),
        }
    }

    fn article(&self, article: &ExportedArticle<'_>, out: &mut Pieces) {
        let layers = article.layers();
        let layers: Vec<_> = layers.iter().filter_map(|own| Some((own.annotator, own.layer?))).collect();
        let said: Vec<_> = if layers.is_empty() { vec![None] } else { layers.into_iter().map(Some).collect() };
        if self.kind == Kind::Xmi && article.text.contains(has_no_place) {
            let told = Diagnostic::warning("no-xml", "Characters that XML can’t hold are written as replacements");
            out.tell(told.about(article.id.to_string()).hint("Export as JSON CAS"));
        }
        for said in said {
            let cas = cas_of(article, said, &self.schema);
            let folder = said.map_or(String::new(), |(who, _)| format!("{who}/"));
            let (extension, words) = match self.kind {
                Kind::Xmi => ("xmi", xmi_write::written(&cas)),
                Kind::Json => ("json", json_write::written(&cas, &self.schema.types)),
            };
            out.piece(&format!("{folder}{}.{extension}", article.id)).extend_from_slice(words.as_bytes());
        }
    }
}

/// Whether XML 1.0 has no place for a character (section 2.2, “Characters”).
fn has_no_place(c: char) -> bool {
    (c < ' ' && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
