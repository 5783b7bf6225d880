//! CASes read: each text of a file is an article, with one layer.

use super::{
    codebook::CasCodebook,
    document::{Document, take_tagsets, without_place},
    files::{Files, Place},
    json_read, layers,
    structure::{Cas, Sofa},
    types::TypeSystem,
    xmi_read,
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        reader::{Head, Sources, Take, origin, whole},
        unified::Unified,
    },
    model::{ArticleId, Codebook, IncomingArticle, IncomingLayer},
    phrase,
};

/// Whether there is an XMI among the sources.
pub fn recognises_xmi(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.extension() == "xmi")
}

/// Whether there is a JSON CAS among the sources.
pub fn recognises_json(heads: &[Head<'_>]) -> bool {
    let has = |head: &Head<'_>, words: &str| memchr::memmem::find(head.bytes, words.as_bytes()).is_some();
    let keys = ["\"%TYPES\"", "\"%FEATURE_STRUCTURES\"", "\"%VIEWS\"", "\"%SUPER_TYPE\""];
    heads.iter().any(|head| head.extension() == "json" && keys.iter().any(|key| has(head, key)))
}

/// See [`super::super::reader::Read`].
pub fn read_xmi(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let files = Files::of(sources, "xmi", take);
    let mut codebook = CasCodebook::new("UIMA");
    let mut has_told = false;
    for name in &files.documents {
        let types = files.types(name).cloned();
        if types.is_none() && !has_told {
            has_told = true;
            let told =
                Diagnostic::note("no-type-system", "There is no type system beside: what is a reference is guessed");
            take.tell(told.at_path(name).hint("Put TypeSystem.xml beside it"));
        }
        let types = types.unwrap_or_default();
        match whole(sources, name).and_then(|xml| xmi_read::read(&xml, &types)).map_err(|told| told.at_path(name)) {
            Ok(cas) => Reading { codebook: &mut codebook, take, format: "xmi" }.articles(
                name,
                &files.place(name),
                (&cas, types),
            )?,
            Err(told) => take.tell(told),
        }
    }
    Ok(codebook.finish())
}

/// See [`super::super::reader::Read`].
pub fn read_json(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let files = Files::of(sources, "json", take);
    let mut codebook = CasCodebook::new("UIMA");
    for name in &files.documents {
        let beside = files.types(name).cloned().unwrap_or_default();
        let mut damaged = Vec::new();
        let read = whole(sources, name).and_then(|json| json_read::read(&json, beside, &mut damaged));
        damaged.into_iter().for_each(|told| take.tell(told.at_path(name)));
        match read.map_err(|told| told.at_path(name)) {
            Ok((cas, types)) => {
                let mut reading = Reading { codebook: &mut codebook, take, format: "json-cas" };
                reading.articles(name, &files.place(name), (&cas, types))?;
            }
            Err(told) => take.tell(told),
        }
    }
    Ok(codebook.finish())
}

/// What is needed to read the CASes of a format.
pub struct Reading<'a> {
    pub codebook: &'a mut CasCodebook,
    pub take: &'a mut dyn Take,
    /// As it is named in origins.
    pub format: &'a str,
}

impl Reading<'_> {
    /// Gives an article for each text of a CAS.
    ///
    /// # Errors
    /// The work is to stop.
    pub fn articles(&mut self, name: &str, place: &Place, (cas, types): (&Cas, TypeSystem)) -> Result<(), Diagnostic> {
        self.codebook.types.extend(types);
        take_tagsets(cas, self.codebook);
        for (type_name, count) in without_place(cas) {
            let message = phrase!(
                "{n} structure of the type {type_name} is about no words, and is left out|\
                 {n} structures of the type {type_name} are about no words, and are left out",
                n = count,
                type_name
            );
            self.take.tell(Diagnostic::warning("left-out", message).at_path(name).hint("Keep the file"));
        }
        let with_text = |sofa: &&Sofa| sofa.text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let texts: Vec<&Sofa> = cas.sofas.iter().filter(with_text).collect();
        if texts.is_empty() {
            let told = Diagnostic::error("empty-article", "The article has no text").at_path(name);
            self.take.tell(told.hint("Add one that has words in it"));
        }
        for (at, sofa) in texts.into_iter().enumerate() {
            let title = if at == 0 { place.document.clone() } else { format!("{} ({})", place.document, sofa.name) };
            let article = self.article((name, &title), place, cas, sofa);
            self.take.article(article)?;
        }
        Ok(())
    }

    fn article(&mut self, (name, title): (&str, &str), place: &Place, cas: &Cas, sofa: &Sofa) -> IncomingArticle {
        let unified = Unified::of(sofa.text.clone().unwrap_or_default());
        let Document { known, annotator, status } = Document::of(cas, title);
        // A file is called as its article where Pressmark has written it.
        let named = ArticleId::new(title).ok().filter(|_| !known.has_id());
        let id = named.unwrap_or_else(|| known.id(&unified.text));
        let origin = origin(self.format, name);
        let source = layers::Source { name, article: &id, origin: &origin };
        let layer = layers::layer((cas, sofa), &unified, source, (self.codebook, self.take));
        let annotator = annotator.or_else(|| place.annotator.clone());
        let layer = IncomingLayer { annotator, status, ..layer };
        let Unified { text, notes: loaded, .. } = unified;
        let layers = if layer.is_blank() { Vec::new() } else { vec![layer] };
        IncomingArticle {
            id,
            metadata: known.metadata,
            story: known.story,
            text,
            loaded,
            layers,
            source: name.to_owned(),
        }
    }
}
