//! Columns read: a file is gone through once to find out what they are, then an article at a time.

use serde_json::{Map, Value as Json};

use super::{
    super::{
        json::{each_json, number},
        known::Known,
        lines::Lines,
        reader::{Head, Sources, Take, extension_of, file_name, origin},
        seen::Seen,
    },
    columns::{Line, Separator, Shape, Survey},
    document::{Placed, Row, Width},
    names::{LEVELS, UNMARKED},
    tag::{Decoder, Tag},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Annotation, Codebook, CountedIds, IncomingArticle, IncomingLayer},
    phrase,
    text::Fragments,
};

const FORMAT: &str = "conll";
/// What marks are called whose tags have no label.
const UNNAMED: &str = "Span";

/// Whether the first lines of a source are tokens with tags.
pub fn recognises(heads: &[Head<'_>]) -> bool {
    heads.iter().filter(|head| is_data(head.name)).any(|head| {
        // The last line may be cut off.
        let whole = memchr::memrchr(b'\n', head.bytes).map_or(&head.bytes[..0], |end| &head.bytes[..end]);
        let mut survey = Survey::default();
        String::from_utf8_lossy(whole).lines().for_each(|line| survey.add(line));
        survey.shape().is_some()
    })
}

fn is_data(name: &str) -> bool {
    !matches!(extension_of(name).as_str(), "json" | "jsonl" | "ndjson" | "xml" | "csv" | "ann" | "conf" | "ron")
}

/// See [`super::super::reader::Read`].
pub fn read(sources: &mut dyn Sources, take: &mut dyn Take) -> Result<Codebook, Diagnostic> {
    let names = sources.names().to_vec();
    let mut seen = Seen::over(Codebook::empty("CoNLL"));
    for name in names.iter().filter(|name| is_data(name)) {
        let own = own_articles(sources, &names, name, take)?;
        let (shape, documents) = match &own {
            Some(own) => (Some(own.shape.clone()), own.articles.len()),
            None => surveyed(sources, name, take),
        };
        let Some(shape) = shape else {
            let told =
                Diagnostic::warning("no-tags", "No column of the file has tags, so it is not read").at_path(name);
            take.tell(told.hint("Give each token a tag, such as B-LOC or O"));
            continue;
        };
        let decoders = shape.layers.iter().flat_map(|(_, columns)| columns).map(|_| Decoder::default()).collect();
        let mut reading =
            Reading { seen: &mut seen, name, shape: &shape, own: own.as_ref(), documents, count: 0, decoders };
        match sources.open(name) {
            Ok(source) => reading.file(Lines::of(source, name), take)?,
            Err(told) => take.tell(told),
        }
    }
    Ok(seen.finish())
}

/// What the columns of a file are, and how many articles it has. What is wrong with it is told when it is read.
fn surveyed(sources: &mut dyn Sources, name: &str, take: &mut dyn Take) -> (Option<Shape>, usize) {
    let mut survey = Survey::default();
    let Ok(source) = sources.open(name) else { return (None, 0) };
    let mut lines = Lines::of(source, name);
    while let Some(line) = lines.next_line() {
        if let Ok((_, line)) = line {
            survey.add(line);
        }
    }
    let shape = survey.shape();
    if survey.comments > 0 && shape.is_some() {
        let message = phrase!("{n} comment is left out|{n} comments are left out", n = survey.comments);
        take.tell(Diagnostic::note("left-out", message).at_path(name).hint("Keep the file if you need them"));
    }
    (shape, survey.starts)
}

/// What Pressmark has written beside a file.
struct Own {
    shape: Shape,
    articles: Vec<Map<String, Json>>,
}

/// The articles of a file that Pressmark has written; `None` for one of others.
fn own_articles(
    sources: &mut dyn Sources,
    names: &[String],
    name: &str,
    take: &mut dyn Take,
) -> Result<Option<Own>, Diagnostic> {
    let Some(stem) = name.strip_suffix(".conll") else { return Ok(None) };
    let further = stem.rsplit_once('.').and_then(|(stem, file)| Some((stem, file.parse::<usize>().ok()?)));
    let (stem, file) = further.unwrap_or((stem, 1));
    let beside = format!("{stem}.articles.jsonl");
    if !names.contains(&beside) {
        return Ok(None);
    }
    let least = file.saturating_sub(1).saturating_mul(LEVELS);
    let mut articles = Vec::new();
    each_json(sources, &beside, take, &mut |record, _, _| {
        if file <= 1 || number(record.get("levels")).is_some_and(|levels| levels > least) {
            articles.push(record.clone());
        }
        Ok(())
    })?;
    let annotator = Some(file_name(stem)).filter(|stem| *stem != UNMARKED).map(str::to_owned);
    let columns = (1..=LEVELS).rev().collect();
    let layers = vec![(annotator, columns)];
    let shape = Shape { separator: Separator::Blank, width: LEVELS + 1, token: 0, layers, left_out: Vec::new() };
    Ok(Some(Own { shape, articles }))
}

/// What is needed to read a file.
struct Reading<'a> {
    seen: &'a mut Seen,
    name: &'a str,
    shape: &'a Shape,
    own: Option<&'a Own>,
    /// How many articles it has; 0 where nothing parts them.
    documents: usize,
    /// Articles so far.
    count: usize,
    /// Of each column of tags.
    decoders: Vec<Decoder>,
}

impl Reading<'_> {
    fn file(&mut self, mut lines: Lines<'_>, take: &mut dyn Take) -> Result<(), Diagnostic> {
        let (mut rows, mut begins) = (Vec::new(), true);
        while let Some(line) = lines.next_line() {
            let (number, line) = match line {
                Ok(line) => line,
                Err(told) => {
                    take.tell(told);
                    continue;
                }
            };
            match Line::of(line) {
                Line::Blank => begins = true,
                Line::Comment if self.own.is_none() => {}
                Line::Start => {
                    begins = true;
                    self.article(std::mem::take(&mut rows), take)?;
                }
                Line::Token(_) | Line::Comment => {
                    let Some((row, width)) = Row::of(line, self.shape, (number, begins)) else { continue };
                    self.check(&row, width, take);
                    begins = false;
                    rows.push(row);
                }
            }
        }
        self.article(rows, take)?;
        self.tell(take);
        Ok(())
    }

    /// Tells of a row that is not as the others.
    fn check(&self, row: &Row, width: Width, take: &mut dyn Take) {
        let at = |told: Diagnostic| told.at_line(row.line, 1).at_path(self.name);
        if let Width::Other(width) = width {
            let message = phrase!(
                "The line has {n} columns where others have {most}",
                n = width.to_string(),
                most = self.shape.width.to_string()
            );
            let hint = "Its words are read, with tags where those are in the last columns; repair it, or take it out";
            take.tell(at(Diagnostic::error("bad-line", message).hint(hint)));
        }
        let odd = row.tags.iter().find(|tag| !tag.is_empty() && Tag::of(tag).is_none());
        if let Some(tag) = odd {
            let message = phrase!("“{tag}” is no tag", tag);
            take.tell(at(Diagnostic::error("bad-tag", message).hint("Write O, or B- and I- with a label")));
        }
    }

    /// Gives an article that has rows.
    fn article(&mut self, rows: Vec<Row>, take: &mut dyn Take) -> Result<(), Diagnostic> {
        if rows.is_empty() {
            return Ok(());
        }
        let said = self.own.and_then(|own| own.articles.get(self.count));
        self.count += 1;
        let layout = said.and_then(|said| said.get("layout")).and_then(Json::as_str);
        let laid_out = layout.and_then(|layout| Placed::laid_out(&rows, layout));
        if self.own.is_some() && laid_out.is_none() {
            let message =
                "The tokens are not those that the layout beside the file has; the text is put together from them";
            let told = Diagnostic::warning("no-layout", message).at_line(rows[0].line, 1).at_path(self.name);
            take.tell(told.hint("Write the file again, or take the layout away"));
        }
        let loaded = match &laid_out {
            Some(_) => Vec::new(),
            None => vec!["Put together from tokens: a blank between them, a line for each sentence".to_owned()],
        };
        let placed = laid_out.unwrap_or_else(|| Placed::together(&rows));
        let stem = file_name(self.name).split('.').next().unwrap_or_default();
        let title = || if self.documents > 1 { format!("{stem} {}", self.count) } else { stem.to_owned() };
        let said: Vec<&Map<String, Json>> = said.into_iter().collect();
        let known = Known::of(&said, title);
        let id = known.id(&placed.text);
        let layers = self.layers(&rows, &placed);
        let (Known { metadata, story, .. }, text, source) = (known, placed.text, self.name.to_owned());
        take.article(IncomingArticle { id, metadata, story, text, loaded, layers, source })
    }

    fn layers(&mut self, rows: &[Row], placed: &Placed) -> Vec<IncomingLayer> {
        let (mut ids, mut layers, mut at) = (CountedIds::default(), Vec::new(), 0);
        for (annotator, columns) in &self.shape.layers {
            let mut layer = IncomingLayer { annotator: annotator.clone(), ..IncomingLayer::default() };
            for _ in columns {
                let decoder = &mut self.decoders[at];
                for (token, row) in rows.iter().enumerate() {
                    if row.begins {
                        decoder.close(token);
                    }
                    decoder.push(token, row.tags.get(at).map_or("", String::as_str), row.line);
                }
                decoder.close(rows.len());
                at += 1;
                for (range, name) in decoder.take() {
                    let name = if name.is_empty() { UNNAMED } else { &name };
                    let covered = placed.places[range.start].cover(placed.places[range.end - 1]);
                    let (Some(label), Some(fragments)) = (self.seen.label(name), Fragments::one(covered)) else {
                        continue;
                    };
                    let origin = origin(FORMAT, self.name);
                    let mark = Annotation { origin, ..Annotation::new(label, fragments, 0) };
                    layer.annotations.push((ids.annotation(), mark));
                }
            }
            layers.push(layer);
        }
        layers.retain(|layer| !layer.is_blank());
        layers
    }

    /// Tells what was found out of the file.
    fn tell(&self, take: &mut dyn Take) {
        if self.own.is_some() {
            return;
        }
        let columns: Vec<usize> = self.shape.layers.iter().flat_map(|(_, columns)| columns).copied().collect();
        for (column, decoder) in columns.iter().zip(&self.decoders) {
            let (seen, column) = (&decoder.seen, (column + 1).to_string());
            let message = phrase!(
                "Column {column} is read as {scheme}: {n} mark|Column {column} is read as {scheme}: {n} marks",
                n = seen.marks,
                column = column.clone(),
                scheme = seen.scheme()
            );
            take.tell(Diagnostic::note("tags-found", message).at_path(self.name).hint("Look at some of the marks"));
            if seen.is_broken() {
                let message = phrase!(
                    "{n} tag of column {column} goes on with a mark that has not begun; it begins one|\
                     {n} tags of column {column} go on with marks that have not begun; they begin them",
                    n = seen.unbegun,
                    column
                );
                let told = Diagnostic::warning("not-begun", message).at_line(seen.first_unbegun, 1).at_path(self.name);
                take.tell(told.hint("Look at the marks, or repair the tags"));
            }
        }
        for column in &self.shape.left_out {
            let message = phrase!(
                "Column {column} has tags with labels of its own, and is left out",
                column = (column + 1).to_string()
            );
            let hint = "To have its marks, take the other columns of tags out of the file";
            take.tell(Diagnostic::warning("column-left-out", message).at_path(self.name).hint(hint));
        }
    }
}
