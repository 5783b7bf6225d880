//! Tables of articles and of spans read. Which table is which is told by its columns; their order does not matter, and
//! further ones are passed over.

use std::{collections::BTreeMap, io::Read as _};

use super::{
    super::{
        reader::{Head, Placing, Sources, Take, extension_of, origin},
        seen::Seen,
        unified::Unified,
        units::{Claimed, OffsetUnit},
    },
    cells::{ATTRIBUTE, BETWEEN, BOM, COMMAS, Dialect, TABS, unguarded},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        Annotation, ArticleId, Attributes, ChoiceId, Codebook, CountedIds, Filler, Flag, IncomingArticle,
        IncomingLayer, Metadata, Origin, Value,
    },
    phrase,
    text::Fragments,
};

pub fn csv(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    read(sources, take, COMMAS)
}

pub fn tsv(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    read(sources, take, TABS)
}

pub fn is_csv(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.extension() == COMMAS.extension && is_spans(head.bytes, COMMAS))
}

pub fn is_tsv(heads: &[Head<'_>]) -> bool {
    heads.iter().any(|head| head.extension() == TABS.extension && is_spans(head.bytes, TABS))
}

/// Whether the first line names the columns of spans.
fn is_spans(bytes: &[u8], dialect: Dialect) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut reader = reader(line, dialect);
    reader.headers().is_ok_and(|header| Columns::of(header).is_spans())
}

fn reader<R: std::io::Read>(bytes: R, dialect: Dialect) -> ::csv::Reader<R> {
    ::csv::ReaderBuilder::new().delimiter(dialect.separator).flexible(true).from_reader(bytes)
}

/// Which column is where, by what it may be called.
struct Columns(BTreeMap<&'static str, usize>, Vec<(String, usize)>);

const NAMES: [(&str, &[&str]); 17] = [
    ("article", &["article", "doc", "document", "doc_id", "document_id", "file"]),
    ("annotator", &["annotator", "coder", "annotator_id"]),
    ("mark", &["mark", "annotation", "annotation_id", "span_id"]),
    ("label", &["label", "type", "category", "tag"]),
    ("start", &["start", "begin", "start_offset", "start_char"]),
    ("end", &["end", "end_offset", "end_char"]),
    ("text", &["text", "words", "covered_text", "quote"]),
    ("note", &["note", "comment"]),
    ("flag", &["flag"]),
    ("confidence", &["confidence"]),
    ("title", &["title", "headline"]),
    ("outlet", &["outlet", "source", "publisher"]),
    ("byline", &["byline", "author"]),
    ("published", &["published", "date"]),
    ("language", &["language", "lang"]),
    ("url", &["url", "link"]),
    ("story", &["story"]),
];

impl Columns {
    fn of(header: &::csv::StringRecord) -> Self {
        let folded: Vec<String> =
            header.iter().map(|name| name.trim_start_matches('\u{feff}').trim().to_lowercase()).collect();
        let place = |names: &[&str]| names.iter().find_map(|name| folded.iter().position(|own| own == name));
        let columns = NAMES.iter().filter_map(|(name, names)| Some((*name, place(names)?)));
        let attributes =
            folded.iter().enumerate().filter_map(|(at, name)| Some((name.strip_prefix(ATTRIBUTE)?.to_owned(), at)));
        Self(columns.collect(), attributes.collect())
    }

    fn is_spans(&self) -> bool {
        ["article", "label", "start", "end"].iter().all(|name| self.0.contains_key(name))
    }

    fn is_articles(&self) -> bool {
        !self.0.contains_key("start") && ["article", "text"].iter().all(|name| self.0.contains_key(name))
    }
}

/// A row with its columns and its place.
struct Row<'r> {
    record: &'r ::csv::StringRecord,
    columns: &'r Columns,
    is_guarded: bool,
}

impl<'r> Row<'r> {
    fn cell(&self, name: &str) -> &'r str {
        self.columns.0.get(name).map_or("", |at| self.at(*at))
    }

    fn at(&self, at: usize) -> &'r str {
        let cell = self.record.get(at).unwrap_or_default();
        if self.is_guarded { unguarded(cell) } else { cell }
    }
}

/// A row of spans, as it is kept until its article is complete.
struct Span {
    annotator: Option<String>,
    /// What joins the fragments of a mark; empty for a mark of one row.
    mark: String,
    label: String,
    claimed: Claimed,
    note: String,
    flag: Option<Flag>,
    confidence: Option<u8>,
    answers: Vec<(String, String)>,
    line: u32,
    source: String,
}

fn read(sources: &mut dyn Sources, take: &mut dyn Take, dialect: Dialect) -> Result<Codebook, Diagnostic> {
    let mut articles: Vec<(String, IncomingArticle, Unified)> = Vec::new();
    let mut spans: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let names = sources.names().to_vec();
    for name in names.iter().filter(|name| extension_of(name) == dialect.extension) {
        read_table(sources, (name, dialect), take, &mut |row, line| {
            if row.columns.is_articles() {
                let unified = Unified::of(row.cell("text").to_owned());
                articles.push((row.cell("article").to_owned(), article(row, &unified, name), unified));
            } else if row.columns.is_spans() {
                let span = span(row, line, name)?;
                spans.entry(row.cell("article").to_owned()).or_default().push(span);
            }
            Ok(())
        });
    }
    let mut seen = Seen::over(Codebook::empty(dialect.extension));
    for (key, mut article, unified) in articles {
        if let Some(spans) = spans.remove(&key) {
            article.layers = layers(&unified, &spans, (&mut seen, take), dialect);
        }
        take.article(article)?;
    }
    for (article, spans) in spans {
        let n = spans.len();
        let message = phrase!(
            "{n} row is of “{article}”, whose text is in no table|{n} rows are of “{article}”, whose text is in no table",
            n,
            article
        );
        let at = spans.first().map_or((0, String::new()), |span| (span.line, span.source.clone()));
        let told = Diagnostic::error("no-text", message).at_line(at.0, 1).at_path(at.1);
        take.tell(told.hint("Put a table with the columns article and text beside it"));
    }
    Ok(seen.finish())
}

/// Gives each row of a table; what can’t be read is told.
fn read_table(
    sources: &mut dyn Sources,
    (name, dialect): (&str, Dialect),
    take: &mut dyn Take,
    row: &mut dyn FnMut(&Row<'_>, u32) -> Result<(), Diagnostic>,
) {
    let opened = sources.open(name).map(|mut source| {
        let is_guarded = source.fill_buf().is_ok_and(|start| start.starts_with(BOM));
        (reader(source.take(u64::MAX), dialect), is_guarded)
    });
    let (mut reader, is_guarded) = match opened {
        Ok(opened) => opened,
        Err(told) => return take.tell(told),
    };
    let at = |told: Diagnostic, line: u64| told.at_line(u32::try_from(line).unwrap_or(u32::MAX), 1).at_path(name);
    let damaged = |why: ::csv::Error| {
        let line = why.position().map_or(1, ::csv::Position::line);
        let message = phrase!("The row can’t be read: {why}", why = &why);
        at(Diagnostic::error("bad-row", message).hint("Repair it, or take it out"), line)
    };
    let columns = match reader.headers() {
        Ok(header) => Columns::of(header),
        Err(why) => return take.tell(damaged(why)),
    };
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(1, ::csv::Position::line);
                let given = Row { record: &record, columns: &columns, is_guarded };
                if let Err(told) = row(&given, u32::try_from(line).unwrap_or(u32::MAX)) {
                    take.tell(at(told, line));
                }
            }
            Err(why) => {
                let is_over = matches!(why.kind(), ::csv::ErrorKind::Io(_));
                take.tell(damaged(why));
                if is_over {
                    return;
                }
            }
        }
    }
}

fn article(row: &Row<'_>, unified: &Unified, source: &str) -> IncomingArticle {
    let (text, loaded) = (unified.text.clone(), unified.notes.clone());
    let title = row.cell("title").to_owned();
    let id = ArticleId::new(row.cell("article")).unwrap_or_else(|_| ArticleId::of(&title, &text));
    let metadata = Metadata {
        title: if title.is_empty() { row.cell("article").to_owned() } else { title },
        outlet: row.cell("outlet").to_owned(),
        byline: row.cell("byline").to_owned(),
        published: row.cell("published").to_owned(),
        language: row.cell("language").to_owned(),
        url: row.cell("url").to_owned(),
        story: None,
    };
    let (story, layers, source) = (row.cell("story").to_owned(), Vec::new(), source.to_owned());
    IncomingArticle { id, metadata, story, text, loaded, layers, source }
}

fn span(row: &Row<'_>, line: u32, source: &str) -> Result<Span, Diagnostic> {
    let offset = |name: &str| {
        row.cell(name).trim().parse::<usize>().map_err(|why| {
            let message = phrase!("“{cell}” is no offset: {why}", cell = row.cell(name), why = &why);
            Diagnostic::error("bad-offset", message).hint("Write a whole number")
        })
    };
    let words = Some(row.cell("text")).filter(|words| !words.is_empty()).map(str::to_owned);
    let answers = row.columns.1.iter().map(|(name, at)| (name.clone(), row.at(*at).to_owned()));
    Ok(Span {
        annotator: Some(row.cell("annotator")).filter(|name| !name.is_empty()).map(str::to_owned),
        mark: row.cell("mark").to_owned(),
        label: row.cell("label").to_owned(),
        claimed: Claimed { start: offset("start")?, end: offset("end")?, words },
        note: row.cell("note").to_owned(),
        flag: match row.cell("flag") {
            "flag" => Some(Flag::Flag),
            "question" => Some(Flag::Question),
            _ => None,
        },
        confidence: row.cell("confidence").trim().parse().ok().filter(|percent| *percent <= 100),
        answers: answers.filter(|(_, value)| !value.is_empty()).collect(),
        line,
        source: source.to_owned(),
    })
}

/// Makes layers of the rows of an article: rows with the same id, annotator and label are fragments of one mark.
fn layers(
    unified: &Unified,
    spans: &[Span],
    (seen, take): (&mut Seen, &mut dyn Take),
    dialect: Dialect,
) -> Vec<IncomingLayer> {
    let placing = Placing::of(&unified.source, OffsetUnit::CodePoints, spans.iter().map(|span| &span.claimed), take);
    let mut ids = CountedIds::default();
    let mut layers: Vec<IncomingLayer> = Vec::new();
    let mut known: BTreeMap<(Option<&str>, &str, &str), (usize, usize)> = BTreeMap::new();
    for span in spans {
        let at = |told: Diagnostic| told.at_line(span.line, 1).at_path(&span.source);
        let Some(range) = placing.place(&span.claimed, at, take) else { continue };
        let range = unified.carried(range);
        let key = (span.annotator.as_deref(), span.mark.as_str(), span.label.as_str());
        if let Some((layer, mark)) = known.get(&key).filter(|_| !span.mark.is_empty()) {
            let (_, mark) = &mut layers[*layer].annotations[*mark];
            mark.fragments =
                Fragments::new(mark.fragments.iter().chain([range])).unwrap_or_else(|| mark.fragments.clone());
            continue;
        }
        let (Some(label), Some(fragments)) = (seen.label(&span.label), Fragments::one(range)) else { continue };
        let owner = Filler::Label(label.clone());
        let answer = |(name, words): &(String, String)| {
            let value = value(words);
            Some((seen.attribute(&owner, name, &value)?, value))
        };
        let attributes: Attributes = span.answers.iter().filter_map(answer).collect();
        let origin: Origin = origin(dialect.extension, &span.source);
        let annotation = Annotation {
            attributes,
            note: span.note.clone(),
            flag: span.flag,
            confidence: span.confidence,
            origin,
            ..Annotation::new(label, fragments, 1)
        };
        let layer = layers.iter().position(|layer| layer.annotator == span.annotator).unwrap_or_else(|| {
            layers.push(IncomingLayer { annotator: span.annotator.clone(), ..IncomingLayer::default() });
            layers.len() - 1
        });
        known.insert(key, (layer, layers[layer].annotations.len()));
        layers[layer].annotations.push((ids.annotation(), annotation));
    }
    layers
}

/// Several choices are parted by a line.
fn value(words: &str) -> Value {
    let parts: Option<Vec<ChoiceId>> = words.split(BETWEEN).map(|part| ChoiceId::new(part).ok()).collect();
    match parts {
        Some(mut ids) if ids.len() > 1 => {
            ids.sort_unstable();
            ids.dedup();
            Value::Choices(ids)
        }
        _ => Value::Text(words.to_owned()),
    }
}
