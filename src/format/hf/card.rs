//! The card of a data set, `README.md`: what the files are, for programs, and what is in them, for people. It says nothing
//! that the project does not know: no licence, and no agreement that nobody has measured.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{
    super::splits::{Part, SplitOptions, Together},
    counts::Counts,
    tables::{Kind, Table, split_name},
};
use crate::model::{Attribute, AttributeKind, Codebook, Filler, RelationKind};

/// What a card is made of.
pub struct Card<'c> {
    pub project: &'c str,
    pub codebook: &'c Codebook,
    /// Every split that there is.
    pub splits: &'c BTreeMap<Part, Counts>,
    /// Every file that there is.
    pub files: &'c BTreeSet<(Table, Part)>,
    /// What offsets count.
    pub offsets: &'c str,
    /// How the articles were parted.
    pub how: Option<&'c SplitOptions>,
}

impl Card<'_> {
    pub fn written(&self) -> String {
        let mut card = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut card);
        card
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        self.front_matter(out)?;
        let all = self.all();
        writeln!(out, "# {}\n", escaped(self.project))?;
        let (articles, marks, relations) = (all.articles, all.marks(), all.relations());
        let annotators = all.annotators.len();
        writeln!(
            out,
            "{articles} articles with {marks} marks and {relations} relations by {annotators} annotators.\n"
        )?;
        self.counts(out)?;
        self.labels(out)?;
        self.relations(out)?;
        self.questions(out)?;
        self.features(out)?;
        self.making(out, &all)
    }

    fn front_matter(&self, out: &mut String) -> std::fmt::Result {
        let all = self.all();
        // What is quoted for JSON is quoted for YAML 1.2 too.
        writeln!(out, "---\npretty_name: {}", serde_json::Value::from(self.project))?;
        writeln!(out, "# license: name the licence here, as the hub does")?;
        if !all.languages.is_empty() {
            writeln!(out, "language:")?;
            all.languages.iter().try_for_each(|code| writeln!(out, "- \"{code}\""))?;
        }
        writeln!(out, "task_categories:\n- token-classification\ntags:\n- pressmark\n- span-annotation")?;
        writeln!(out, "size_categories:\n- {}\nconfigs:", size(all.articles))?;
        for table in self.tables() {
            writeln!(out, "- config_name: {}\n  data_files:", table.config())?;
            for (_, part) in self.files.iter().filter(|(own, _)| *own == table) {
                let (folder, split) = (table.folder(), split_name(*part));
                writeln!(out, "  - split: {split}\n    path: {folder}/{split}.parquet")?;
            }
        }
        writeln!(out, "---\n")
    }

    /// Those that have a file.
    fn tables(&self) -> impl Iterator<Item = Table> {
        Table::ALL.into_iter().filter(|table| self.files.iter().any(|(own, _)| own == table))
    }

    fn all(&self) -> Counts {
        self.splits.values().cloned().fold(Counts::default(), |mut all, counts| {
            all.extend(counts);
            all
        })
    }

    fn counts(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "| split | articles | marks | relations |\n| --- | ---: | ---: | ---: |")?;
        for (part, counts) in self.splits {
            let (articles, marks, relations) = (counts.articles, counts.marks(), counts.relations());
            writeln!(out, "| {} | {articles} | {marks} | {relations} |", split_name(*part))?;
        }
        writeln!(out)
    }

    /// “train 12, test 3”: how often something is in each split.
    fn each(&self, count: impl Fn(&Counts) -> usize) -> String {
        let each = self.splits.iter().map(|(part, counts)| format!("{} {}", split_name(*part), count(counts)));
        each.collect::<Vec<_>>().join(", ")
    }

    fn labels(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "## Labels\n")?;
        for label in &self.codebook.labels {
            let id = label.id.as_str();
            let marks = self.each(|counts| counts.labels.get(id).copied().unwrap_or_default());
            writeln!(out, "### {} (`{id}`)\n\nMarks: {marks}\n", escaped(&label.name))?;
            described(out, &label.description)?;
            if !label.examples.is_empty() {
                let examples: Vec<String> = label.examples.iter().map(|words| escaped(words)).collect();
                writeln!(out, "Examples: {}\n", examples.join("; "))?;
            }
            attributes(out, &label.attributes)?;
        }
        Ok(())
    }

    fn relations(&self, out: &mut String) -> std::fmt::Result {
        if self.codebook.relations.is_empty() {
            return Ok(());
        }
        writeln!(out, "## Kinds of relation\n")?;
        for kind in &self.codebook.relations {
            let id = kind.id.as_str();
            let count = self.each(|counts| counts.of_kind(id));
            let across = if kind.across_articles { ", across articles" } else { "" };
            writeln!(out, "### {} (`{id}`)\n\nRelations: {count}{across}\n", escaped(&kind.name))?;
            described(out, &kind.description)?;
            self.roles(out, kind)?;
            attributes(out, &kind.attributes)?;
        }
        Ok(())
    }

    fn roles(&self, out: &mut String, kind: &RelationKind) -> std::fmt::Result {
        for role in &kind.roles {
            let fillers = role.fillers.iter().map(|filler: &Filler| escaped(self.codebook.filler_name(filler)));
            let fillers: Vec<String> = fillers.collect();
            let fillers = if fillers.is_empty() { "any mark".to_owned() } else { fillers.join(", ") };
            writeln!(out, "- role {} (`{}`): {fillers}", escaped(&role.name), role.id)?;
        }
        writeln!(out)
    }

    fn questions(&self, out: &mut String) -> std::fmt::Result {
        if self.codebook.questions.is_empty() {
            return Ok(());
        }
        writeln!(out, "## Questions about articles\n")?;
        let asked: Vec<Attribute> = self.codebook.questions.iter().map(|asked| asked.attribute.clone()).collect();
        attributes(out, &asked)
    }

    fn features(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "## Features\n")?;
        for table in self.tables() {
            writeln!(out, "Configuration `{}`, {}:\n", table.config(), meaning(table))?;
            for (name, kind) in table.columns() {
                writeln!(out, "- `{name}`: {}", feature(*kind))?;
            }
            writeln!(out)?;
        }
        let unit = self.offsets;
        writeln!(
            out,
            "Offsets count {unit} and are half-open. Nothing is null: what is not said is an empty text or list,"
        )?;
        writeln!(out, "and a `confidence` of −1. `codebook.json` has the whole codebook, with its guidelines.\n")
    }

    fn making(&self, out: &mut String, all: &Counts) -> std::fmt::Result {
        writeln!(out, "## How it was made\n")?;
        let (version, codebook) = (env!("CARGO_PKG_VERSION"), self.codebook.version);
        let name = escaped(&self.codebook.name);
        writeln!(
            out,
            "Marked and exported with Pressmark {version}, with version {codebook} of the codebook {name}.\n"
        )?;
        for (annotator, articles) in &all.annotators {
            writeln!(out, "- {}: {articles} articles", escaped(annotator))?;
        }
        writeln!(out)?;
        if let Some(SplitOptions { shares: [train, dev, test], together, seed }) = self.how {
            let kept: Vec<&str> = together.iter().map(|together| kept(*together)).collect();
            let kept = kept.iter().map(|kept| format!("{kept}, and ")).collect::<String>();
            writeln!(
                out,
                "The articles were parted {train}/{dev}/{test} with the seed {seed}; {kept}near duplicates are in one split.\n"
            )?;
        }
        writeln!(out, "## Agreement\n\nThis card does not state how far the annotators agree.\n")?;
        writeln!(
            out,
            "## Licence\n\nThe texts and the annotations have no licence yet. Name it here and in the front matter."
        )
    }
}

/// The size category of the hub.
fn size(articles: usize) -> &'static str {
    match articles {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        _ => "1M<n<10M",
    }
}

fn meaning(table: Table) -> &'static str {
    match table {
        Table::Data => "a row for each article, with everything that is said of it",
        Table::Spans => "a row for each fragment of a mark",
        Table::Relations => "a row for each member of a relation",
        Table::Articles => "a row for each article",
    }
}

fn kept(together: Together) -> &'static str {
    match together {
        Together::Story => "articles of a story",
        Together::Source => "articles of an outlet",
    }
}

fn feature(kind: Kind) -> String {
    match kind {
        Kind::Text => "string".to_owned(),
        Kind::Number => "int64".to_owned(),
        Kind::List(element) => format!("list of {}", feature(*element)),
        Kind::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, kind)| format!("`{name}`: {}", feature(*kind))).collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

/// A definition, which is Markdown already.
fn described(out: &mut String, words: &str) -> std::fmt::Result {
    if words.trim().is_empty() { Ok(()) } else { writeln!(out, "{}\n", words.trim()) }
}

fn attributes(out: &mut String, attributes: &[Attribute]) -> std::fmt::Result {
    for attribute in attributes {
        writeln!(out, "- {} (`{}`): {}", escaped(&attribute.name), attribute.id, answers(attribute))?;
        let lines = attribute.description.lines().filter(|line| !line.trim().is_empty());
        lines.into_iter().try_for_each(|line| writeln!(out, "\n  {line}"))?;
    }
    if attributes.is_empty() { Ok(()) } else { writeln!(out) }
}

/// What is answered: “one of direct (`direct`), indirect (`indirect`)”.
fn answers(attribute: &Attribute) -> String {
    let choices = attribute.choices().iter().map(|choice| format!("{} (`{}`)", escaped(&choice.name), choice.id));
    let choices = choices.collect::<Vec<_>>().join(", ");
    match &attribute.kind {
        AttributeKind::Choice(_) => format!("one of {choices}"),
        AttributeKind::Choices(_) => format!("some of {choices}"),
        AttributeKind::Number { .. } => "a number".to_owned(),
        AttributeKind::YesNo => "yes or no".to_owned(),
        _ => "text".to_owned(),
    }
}

/// A name as Markdown on one line.
fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            c if c.is_control() => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name() {
        assert_eq!(escaped("A|b\n# *c*"), "A\\|b \\# \\*c\\*");
        assert_eq!(size(1_000), "1K<n<10K");
    }
}
