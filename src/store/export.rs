//! Writes a whole project in an exchange format, a few articles in memory at a time.
//!
//! The format says how an article is written (`format`); this reads what is not in memory, gives it to the format's
//! writer in order, and puts the pieces where they belong (`sink`). What can't be read or is invalid is listed, and left
//! out or the end of it, as was asked for; what the format does not keep is counted on the way.

mod archive;
mod sink;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufWriter, Write},
    path::Path,
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    FileKey, Folder,
    archive::is_archive,
    disk::{self, Durability, NewFile, NewFolder},
    filesystem::FileKind,
    folder::own_file,
    listing::Listing,
    set_aside,
};
use crate::{
    diagnostic::Diagnostic,
    format::{
        ExportOptions, ExportedArticle, ExportedLayer, Format, Invalid, Losses, Part, Pieces, Sink, Sketch,
        SplitReport, Writer, split,
    },
    jobs::Progress,
    model::{ArticleId, Layer, Project, Size, Subset},
    phrase,
};
use archive::ArchiveSink;
use sink::{FileSink, FolderSink, InFolder, Nowhere, StreamSink};

/// So many articles are in memory, and made into pieces, at a time.
const CHUNK: usize = 256;

/// Who writes, and where to; `None` where nothing is written.
type To<'w, 's> = Option<(&'w mut dyn Writer, &'s mut dyn Sink)>;

/// Why an export came to an end.
#[derive(Debug)]
pub enum ExportError {
    /// Something of the project can’t be read, so that it would be missing; or the export was asked for wrongly.
    Unread(Vec<Diagnostic>),
    /// The output can’t be written.
    Write(std::io::Error),
}

/// What came of an export, or would come of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportReport {
    /// What was written.
    pub size: Size,
    /// What the format does not keep of it.
    pub losses: Losses,
    /// What was repaired on the way, or written otherwise than it is.
    pub told: Vec<Diagnostic>,
    /// What can’t be read or breaks a rule, with its place: it was left out.
    pub left_out: Vec<Diagnostic>,
    /// How the articles were parted.
    pub split: Option<SplitReport>,
}

impl Folder {
    /// Writes every article that is asked for to `out`, reading those from the disk that are not in memory: the main piece
    /// of the format alone. A step of the progress is an article.
    ///
    /// # Errors
    /// See [`ExportError`]; what was written before it stays written.
    pub fn export(
        &self,
        project: &Project,
        (format, options): (&Format, &ExportOptions),
        out: &mut dyn Write,
        progress: &Progress,
    ) -> Result<ExportReport, ExportError> {
        let Some(main) = format.main.filter(|_| options.split.is_none()) else {
            let message = match options.split {
                Some(_) => phrase!("A split is a folder with one for each part"),
                None => phrase!("“{name}” is a folder of files", name = format.name),
            };
            let told = Diagnostic::error("needs-folder", message).hint("Name a folder to write it into");
            return Err(ExportError::Unread(vec![told]));
        };
        if options.invalid == Invalid::Stop {
            // What is written can't be taken back.
            self.preflight(project, (format, options), &Progress::default()).map_err(ExportError::Unread)?;
        }
        let mut sink = StreamSink::of(out, main);
        let report = self.write_to(project, (format, options), &mut sink, progress)?;
        sink.finish().map_err(ExportError::Write)?;
        Ok(report)
    }

    /// As [`Folder::export`], into a file, with the further pieces beside it; or into an archive, where the path is one of
    /// an archive; or into a folder, where the format has no main piece, or the path is one of a folder. Everything appears whole or not at all, the main piece last. Files are
    /// replaced; a folder must be new or empty.
    ///
    /// # Errors
    /// A file is one of the project's own, something of the project could not be read, or it cannot be written; then
    /// everything is as it was.
    pub fn export_file(
        &self,
        project: &Project,
        (format, options): (&Format, &ExportOptions),
        to: &Path,
        progress: &Progress,
    ) -> Result<ExportReport, Vec<Diagnostic>> {
        if self.is_own(to) {
            return Err(vec![own_file(to)]);
        }
        let is_folder = self.disk.has(to, FileKind::Folder) || to.as_os_str().to_string_lossy().ends_with('/');
        let failed = |told| vec![told];
        let explained = |error| match error {
            ExportError::Write(error) => vec![disk::trouble("write", to, &error)],
            ExportError::Unread(found) => found,
        };
        if is_archive(to) && !is_folder {
            let mut sink = ArchiveSink::over(self, to).map_err(failed)?;
            let report = self.write_to(project, (format, options), &mut sink, progress).map_err(explained)?;
            sink.finish().map_err(failed)?;
            return Ok(report);
        }
        let Some(main) = format.main.filter(|_| !is_folder && options.split.is_none()) else {
            if !self.disk.is_free(to).map_err(failed)? {
                return Err(vec![not_free(to)]);
            }
            let mut sink = FolderSink::over(&self.disk, NewFolder::begin(&self.disk, to).map_err(failed)?);
            let report = self.write_to(project, (format, options), &mut sink, progress).map_err(explained)?;
            sink.finish(format.main.unwrap_or_default()).map_err(failed)?;
            return Ok(report);
        };
        let mut sink = FileSink::over(self, to, main).map_err(failed)?;
        let report = self.write_to(project, (format, options), &mut sink, progress).map_err(explained)?;
        sink.finish().map_err(failed)?;
        Ok(report)
    }

    /// What an export would lose and leave out, without writing anything. A step of the progress is an article.
    ///
    /// # Errors
    /// Something of the project can’t be read; it was cancelled.
    pub fn preflight(
        &self,
        project: &Project,
        (format, options): (&Format, &ExportOptions),
        progress: &Progress,
    ) -> Result<ExportReport, Vec<Diagnostic>> {
        let report = self.passes(project, (format, options), None, progress).map_err(|error| match error {
            ExportError::Unread(found) => found,
            // Nothing is written.
            ExportError::Write(_) => Vec::new(),
        })?;
        match options.invalid {
            Invalid::Stop if !report.left_out.is_empty() => Err(report.left_out),
            _ => Ok(report),
        }
    }

    /// Writes everything that is asked for to a sink.
    fn write_to(
        &self,
        project: &Project,
        (format, options): (&Format, &ExportOptions),
        sink: &mut dyn Sink,
        progress: &Progress,
    ) -> Result<ExportReport, ExportError> {
        let report = self.passes(project, (format, options), Some(sink), progress)?;
        match options.invalid {
            Invalid::Stop if !report.left_out.is_empty() => Err(ExportError::Unread(report.left_out)),
            _ => Ok(report),
        }
    }

    /// Goes through the articles that are asked for: once, or where they are parted, once for each part, which has a folder
    /// of its own.
    fn passes(
        &self,
        project: &Project,
        (format, options): (&Format, &ExportOptions),
        mut sink: Option<&mut dyn Sink>,
        progress: &Progress,
    ) -> Result<ExportReport, ExportError> {
        format.check(options).map_err(|told| ExportError::Unread(vec![told]))?;
        let Some(how) = &options.split else {
            return self.pass(project, (format, options), (sink, &BTreeMap::new()), progress);
        };
        let splits = split(self.sketches(project, options, progress)?, how);
        if format.write.is_some_and(|writer| writer(options).parts_articles()) {
            let report = self.pass(project, (format, options), (sink, &splits.parts), progress)?;
            return Ok(ExportReport { split: Some(splits.report), ..report });
        }
        let mut report = ExportReport::default();
        for part in Part::ALL {
            let own = splits.parts.iter().filter(|(_, own)| **own == part).map(|(id, _)| id.clone());
            let own: BTreeSet<ArticleId> = own.collect();
            if own.is_empty() {
                continue;
            }
            let subset = Subset { articles: Some(Arc::new(own)), ..options.subset.clone() };
            let options = ExportOptions { subset, ..options.clone() };
            let found = match &mut sink {
                Some(sink) => {
                    let mut folder = InFolder { sink: &mut **sink, folder: part.name() };
                    self.pass(project, (format, &options), (Some(&mut folder), &BTreeMap::new()), progress)?
                }
                None => self.pass(project, (format, &options), (None, &BTreeMap::new()), progress)?,
            };
            report.extend(found);
        }
        report.split = Some(splits.report);
        Ok(report)
    }

    /// Goes through the articles once, with a writer of its own: what it can’t write it says without a sink, too. Each
    /// article has its part where there are some.
    fn pass(
        &self,
        project: &Project,
        (format, options): (&Format, &ExportOptions),
        (sink, parts): (Option<&mut dyn Sink>, &BTreeMap<ArticleId, Part>),
        progress: &Progress,
    ) -> Result<ExportReport, ExportError> {
        let Some(writer) = format.write else { return self.each(project, (format, options), (None, parts), progress) };
        let mut nowhere = Nowhere;
        let sink = sink.unwrap_or(&mut nowhere);
        self.each(project, (format, options), (Some((&mut *writer(options), sink)), parts), progress)
    }

    /// What a split has to know of each article that is asked for.
    fn sketches(
        &self,
        project: &Project,
        options: &ExportOptions,
        progress: &Progress,
    ) -> Result<Vec<Sketch>, ExportError> {
        let project = &project.narrowed(&options.subset);
        let ids: Vec<&ArticleId> = project.articles().map(|(id, _)| id).collect();
        progress.expect(ids.len());
        let sketch = |id: &&ArticleId| {
            progress.step().map_err(|cancelled| vec![cancelled])?;
            // What is read goes away with the snapshot.
            let mut project = project.clone();
            let found = self.read_article(&mut project, id).map_err(|told| vec![told])?;
            project.keep_labels(id, &options.subset.labels);
            ExportedArticle::of(&project, id).map(|article| Sketch::of(&article)).ok_or(found)
        };
        ids.par_iter().map(sketch).collect::<Result<_, _>>().map_err(ExportError::Unread)
    }

    /// Goes through the articles that are asked for, in order, and gives each to the writer, where there is one.
    fn each(
        &self,
        project: &Project,
        (format, options): (&Format, &ExportOptions),
        (mut to, parts): (To<'_, '_>, &BTreeMap<ArticleId, Part>),
        progress: &Progress,
    ) -> Result<ExportReport, ExportError> {
        let mut found = Vec::new();
        Listing::of(self, &mut found);
        found.retain(Diagnostic::is_error);
        if !found.is_empty() {
            return Err(ExportError::Unread(found));
        }
        let project = &project.narrowed(&options.subset);
        let ids: Vec<&ArticleId> = project.articles().map(|(id, _)| id).collect();
        progress.expect(ids.len());
        let mut report = ExportReport { losses: Losses::of_project(project, format.keeps), ..ExportReport::default() };
        report.size.links = project.size().links;
        for (annotator, _) in project.annotators() {
            let path = self.path(&FileKey::Links(annotator.clone()));
            let aside = set_aside::told(project.links_set_aside(annotator), "").into_iter();
            report.left_out.extend(aside.map(|told| told.at_path(path.display())));
        }
        if let Some((writer, sink)) = &mut to {
            writer.begin(project, *sink).map_err(ExportError::Write)?;
        }
        for chunk in ids.chunks(CHUNK) {
            let writer = to.as_ref().map(|(writer, _)| &**writer);
            let made = |id: &&ArticleId| {
                progress.step().map_err(|cancelled| vec![cancelled])?;
                self.exported(project, (format, options), (writer, parts.get(*id).copied()), id)
            };
            let parts: Vec<_> = chunk.par_iter().map(made).collect();
            let (good, bad): (Vec<_>, Vec<_>) = parts.into_iter().partition(Result::is_ok);
            let bad: Vec<Diagnostic> = bad.into_iter().filter_map(Result::err).flatten().collect();
            if !bad.is_empty() {
                return Err(ExportError::Unread(bad));
            }
            for (mut pieces, part) in good.into_iter().flatten() {
                report.told.extend(pieces.take_told());
                report.extend(part);
                if let Some((writer, sink)) = &mut to {
                    writer.put(pieces, *sink).map_err(ExportError::Write)?;
                }
            }
        }
        if let Some((writer, sink)) = &mut to {
            writer.end(*sink).map_err(ExportError::Write)?;
        }
        Ok(report)
    }

    /// What is made of an article, and what is to be said of it.
    fn exported(
        &self,
        project: &Project,
        (format, options): (&Format, &ExportOptions),
        (writer, part): (Option<&dyn Writer>, Option<Part>),
        id: &ArticleId,
    ) -> Result<(Pieces, ExportReport), Vec<Diagnostic>> {
        // A snapshot is free, and what is read into it goes away with it.
        let mut project = project.clone();
        let mut report = ExportReport::default();
        let mut found = Vec::new();
        let was_read = project.is_read(id);
        if !was_read {
            found = self.read_article(&mut project, id).map_err(|told| vec![told])?;
            // A layer that can’t be read for what the disk says may be there the next time.
            if found.iter().any(disk::is_trouble) {
                return Err(found);
            }
        }
        if !options.subset.labels.is_empty() {
            self.read_linked(&mut project, id)?;
            project.keep_labels(id, &options.subset.labels);
        }
        let mut pieces = Pieces::default();
        let Some(article) = ExportedArticle::of(&project, id) else { return Err(found) };
        let article = ExportedArticle { part, ..article };
        let layers = article.layers();
        let aside: Vec<Diagnostic> = layers.iter().flat_map(|layer| self.set_aside_in(id, layer)).collect();
        let is_aside = |told: &Diagnostic| aside.iter().any(|a| (&a.code, &a.message) == (&told.code, &told.message));
        (report.left_out, report.told) = found.into_iter().partition(|told| told.is_error() || is_aside(told));
        if was_read {
            // What is read now is told with its lines in the files.
            report.left_out.extend(aside);
        }
        report.size.annotations =
            layers.iter().filter_map(|exported| exported.layer).map(Layer::annotation_count).sum();
        report.size.articles = 1;
        report.losses = Losses::of(&article, format.keeps);
        if let Some(writer) = writer {
            writer.article(&article, &mut pieces);
        }
        Ok((pieces, report))
    }

    /// What is set aside in a layer, each with the file that it stands in.
    fn set_aside_in(&self, id: &ArticleId, exported: &ExportedLayer<'_>) -> Vec<Diagnostic> {
        let key = FileKey::Layer(id.clone(), exported.annotator.clone());
        let rows = exported.layer.map_or(&[][..], Layer::set_aside);
        set_aside::told(rows, "").into_iter().map(|told| told.at_path(self.path(&key).display())).collect()
    }

    /// Reads the articles that relations lead to from this one.
    fn read_linked(&self, project: &mut Project, id: &ArticleId) -> Result<(), Vec<Diagnostic>> {
        let links = project.all_links().flat_map(|(_, links)| links.reaching(id));
        let linked = links.flat_map(|(_, link)| link.members.iter().map(|member| member.target.article.clone()));
        for id in linked.collect::<BTreeSet<_>>() {
            if !project.is_read(&id) && project.article(&id).is_some() {
                self.read_article(project, &id).map_err(|told| vec![told])?;
            }
        }
        Ok(())
    }

    /// Writes a text into a file outside of the project, which appears whole or not at all.
    ///
    /// # Errors
    /// The file is one of the project's own, or cannot be written; then it is as it was.
    pub fn write_text(&self, to: &Path, text: &str) -> Result<(), Vec<Diagnostic>> {
        self.write_file(to, text.as_bytes()).map_err(|told| vec![told])
    }

    /// Writes some bytes into a file, which appears whole or not at all.
    ///
    /// # Errors
    /// The file is one of the project's own, or cannot be written; then it is as it was.
    pub fn write_file(&self, to: &Path, content: &[u8]) -> Result<(), Diagnostic> {
        if self.is_own(to) {
            return Err(own_file(to));
        }
        let folder = disk::folder_of(to);
        self.disk.make_folders(folder)?;
        disk::remove_left_overs(&self.disk, folder);
        let mut file = NewFile::begin(&self.disk, to, folder)?;
        let written = BufWriter::new(&mut file).write_all(content);
        written.map_err(|error| disk::trouble("write", to, &error))?;
        file.finish(Durability::Flushed, || Ok(()))?;
        self.disk.flush_folder(folder)
    }
}

impl ExportReport {
    /// Takes up what came of a further article.
    fn extend(&mut self, other: Self) {
        self.size.articles += other.size.articles;
        self.size.annotations += other.size.annotations;
        self.size.links += other.size.links;
        self.losses.extend(other.losses);
        self.told.extend(other.told);
        self.left_out.extend(other.left_out);
    }
}

fn not_free(to: &Path) -> Diagnostic {
    Diagnostic::error("exists", "There is something in this folder already")
        .at_path(to.display())
        .hint("Name a new folder, or one with nothing in it")
}
