//! What the tests of formats share: writing a project into pieces, reading pieces, and bringing in what was read.

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
    sync::Arc,
};

use pressmark::{
    command::import::{Import, ImportOptions, ImportSummary},
    diagnostic::Diagnostic,
    format::{Evidence, ExportOptions, ExportedArticle, Format, Losses, OffsetUnit, Pieces, Sink, Sources, Take},
    model::{id::CountingMint, *},
    store,
    text::{ByteRange, Fragments, Text, hash},
};

pub fn format(name: &str) -> &'static Format {
    Format::named(name).unwrap()
}

/// All pieces of a project in a format.
pub fn written(project: &Project, format: &Format, options: &ExportOptions) -> Pieces {
    let (mut writer, mut pieces) = (format.write.unwrap()(options), Pieces::default());
    writer.begin(project, &mut pieces).unwrap();
    for (id, _) in project.articles() {
        let mut made = Pieces::default();
        writer.article(&ExportedArticle::of(project, id).unwrap(), &mut made);
        // Marks may cover white space, or be no part of an argument, which not every format can write.
        let told: Vec<_> = made.take_told().iter().map(|told| told.code.to_string()).collect();
        let is_known = |code: &String| code.starts_with("blank-") || code.starts_with("no-argument-");
        assert!(told.iter().all(is_known), "{told:?}");
        writer.put(made, &mut pieces).unwrap();
    }
    writer.end(&mut pieces).unwrap();
    pieces
}

/// A sink that takes so many pieces of bytes, and no more.
pub struct Faulty {
    good: usize,
    taken: usize,
}

impl Faulty {
    /// Writes a project, and says how often the sink was asked.
    pub fn write(project: &Project, format: &Format, good: usize) -> io::Result<usize> {
        let mut sink = Self { good, taken: 0 };
        let mut writer = format.write.unwrap()(&ExportOptions::default());
        writer.begin(project, &mut sink)?;
        for (id, _) in project.articles() {
            let mut made = Pieces::default();
            writer.article(&ExportedArticle::of(project, id).unwrap(), &mut made);
            writer.put(made, &mut sink)?;
        }
        writer.end(&mut sink)?;
        Ok(sink.taken)
    }

    fn take(&mut self) -> io::Result<()> {
        if self.taken == self.good {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.taken += 1;
        Ok(())
    }
}

impl Sink for Faulty {
    fn write(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
        self.take()
    }

    fn join(&mut self, _: &str, _: &str) -> io::Result<()> {
        self.take()
    }
}

/// A piece as text.
pub fn piece(pieces: &Pieces, name: &str) -> String {
    let names: Vec<&str> = pieces.iter().map(|(name, _)| name).collect();
    let bytes = pieces.get(name).unwrap_or_else(|| panic!("no {name} among {names:?}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What a format would lose of a project.
pub fn losses(project: &Project, format: &Format) -> Losses {
    let mut losses = Losses::of_project(project, format.keeps);
    for (id, _) in project.articles() {
        losses.extend(Losses::of(&ExportedArticle::of(project, id).unwrap(), format.keeps));
    }
    losses
}

/// Sources in memory.
struct Memory {
    names: Vec<String>,
    bytes: BTreeMap<String, Vec<u8>>,
}

impl Sources for Memory {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&mut self, name: &str) -> Result<Box<dyn BufRead + '_>, Diagnostic> {
        self.bytes
            .get(name)
            .map(|bytes| Box::new(bytes.as_slice()) as Box<dyn BufRead>)
            .ok_or_else(|| Diagnostic::error("not-found", "There is no such source"))
    }
}

/// What was read.
#[derive(Default)]
pub struct Found {
    pub articles: Vec<IncomingArticle>,
    pub told: Vec<Diagnostic>,
    pub evidence: Evidence,
}

impl Take for Found {
    fn article(&mut self, article: IncomingArticle) -> Result<(), Diagnostic> {
        self.articles.push(article);
        Ok(())
    }

    fn tell(&mut self, told: Diagnostic) {
        self.told.push(told);
    }

    fn offsets(&mut self, _: OffsetUnit, evidence: Evidence) {
        self.evidence.extend(evidence);
    }
}

/// Reads files in a format.
pub fn read<'f>(
    format: &Format,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> (Incoming, Vec<Diagnostic>, Evidence) {
    let bytes: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    let mut sources = Memory { names: bytes.keys().cloned().collect(), bytes };
    let mut found = Found::default();
    let codebook = (format.read.as_ref().unwrap().read)(&mut sources, &mut found).unwrap();
    assert_eq!(codebook.check(), [], "what is read is a codebook that can be used");
    let ids = if format.has_own_ids { IncomingIds::OfFiles } else { IncomingIds::Counted };
    let Found { articles, told, evidence } = found;
    (Incoming { format: format.name, codebook, articles, ids }, told, evidence)
}

/// A project with what was read brought in, and what that came to.
pub fn imported(project: &Project, incoming: Incoming, options: ImportOptions) -> (Project, ImportSummary) {
    let import = Import { incoming: Arc::new(incoming), options };
    let plan = import.outcome(project, None, &mut CountingMint::default()).unwrap();
    assert!(plan.unread.is_empty());
    let mut after = project.clone();
    edit::apply(&mut after, &plan.changes).unwrap_or_else(|why| panic!("{}", why.0));
    (after, plan.summary)
}

/// What was written, read again and brought into a project with the news codebook, and what that came to. Nothing is told
/// by the reader.
pub fn read_again(pieces: &Pieces, format: &Format) -> (Project, ImportSummary) {
    let (incoming, told, _) = read(format, pieces.iter());
    assert_eq!(told, []);
    let news = Project::new("New", store::codebook("news").unwrap());
    let options = ImportOptions { annotator: Some("Nobody".to_owned()), ..ImportOptions::default() };
    imported(&news, incoming, options)
}

/// As [`imported`], into a project with nothing in it, where Ana marks what has no annotator.
pub fn imported_alone(incoming: Incoming) -> (Project, ImportSummary) {
    let options = ImportOptions { annotator: Some("Ana".to_owned()), ..ImportOptions::default() };
    imported(&Project::new("New", Codebook::empty("New")), incoming, options)
}

/// Files that are read alone, nothing of which breaks a rule, and what was told of them.
pub fn alone(of: &str, files: &[(&str, &str)]) -> (Project, Vec<Diagnostic>) {
    let files = files.iter().map(|(name, text)| (*name, text.as_bytes()));
    let (incoming, told, _) = read(format(of), files);
    let (project, summary) = imported_alone(incoming);
    assert_eq!(summary.set_aside, []);
    (project, told)
}

pub fn codes(told: &[Diagnostic]) -> Vec<String> {
    told.iter().map(|told| told.code.to_string()).collect()
}

/// Each as “line code”; the line is 0 where it is of none.
pub fn lines_and_codes(told: &[Diagnostic]) -> Vec<String> {
    let line = |told: &Diagnostic| told.location.line_column.map_or(0, |at| at.0);
    told.iter().map(|told| format!("{} {}", line(told), told.code)).collect()
}

/// The layer of an annotator of the first article.
pub fn layer<'p>(project: &'p Project, annotator: &str) -> &'p Layer {
    let (article, _) = project.articles().next().unwrap();
    project.layer(article, &name(annotator)).unwrap()
}

/// Every mark of an annotator of the first article as “label words”.
pub fn marks(project: &Project, annotator: &str) -> Vec<String> {
    let (article, _) = project.articles().next().unwrap();
    let text = project.text(article).unwrap();
    let marks = layer(project, annotator).annotations();
    marks.map(|(_, mark)| format!("{} {}", mark.label, mark.fragments.words(text))).collect()
}

/// Every mark as “who: label words”, in the order of the articles’ titles.
pub fn all_marks(project: &Project) -> Vec<String> {
    let mut said = Vec::new();
    let mut articles: Vec<_> = project.articles().collect();
    articles.sort_by_key(|(_, article)| article.metadata.title.clone());
    for (article, _) in articles {
        let text = project.text(article).unwrap();
        for (who, _) in project.annotators() {
            let marks = project.layer(article, who).into_iter().flat_map(Layer::annotations);
            said.extend(marks.map(|(_, mark)| format!("{who}: {} {}", mark.label, mark.fragments.words(text))));
        }
    }
    said
}

pub fn name<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// A project with one article of this text, and a label for each of these names.
pub fn project(title: &str, text: &str, labels: &[&str]) -> (Project, ArticleId) {
    let mut codebook = Codebook::empty("Test");
    for label in labels {
        let label = codebook.new_label(label).unwrap();
        codebook.labels.push(label);
    }
    let mut project = Project::load("Test".to_owned(), codebook, annotators(), []).unwrap();
    let id = add_article(&mut project, title, text);
    (project, id)
}

pub fn annotators() -> [(AnnotatorId, Annotator); 2] {
    ["ana", "ben"].map(|id| (name(id), Annotator { name: id.to_uppercase() }))
}

pub fn add_article(project: &mut Project, title: &str, text: &str) -> ArticleId {
    let metadata = Metadata { title: title.to_owned(), ..Metadata::default() };
    let words = u32::try_from(Text::from(text).word_count()).unwrap();
    let article = Article { metadata, loaded: Vec::new(), fingerprint: hash::fingerprint(text), words };
    let id = ArticleId::of(title, text);
    assert_eq!(project.load_articles([(id.clone(), article)]), []);
    project.load_text(&id, Text::from(text));
    id
}

/// A mark on these words of a text, each a fragment at its first place.
pub fn mark(label: &str, text: &str, words: &[&str]) -> Annotation {
    let range = |words: &&str| {
        let start = text.find(*words).unwrap();
        ByteRange::new(start, start + words.len())
    };
    Annotation::new(name(label), Fragments::new(words.iter().map(range)).unwrap(), 1)
}
