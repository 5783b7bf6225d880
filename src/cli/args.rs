//! The arguments, as clap reads them; their docs are the help text.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Marks up news: claims, quotes, stances, and who said them.
///
/// Without a subcommand the window opens on the project, or on the last one.
#[derive(Debug, Parser)]
#[command(name = "pressmark", version, args_conflicts_with_subcommands = true, term_width = 0)]
pub struct Args {
    /// The project's folder, its project.ron, or a packed project
    pub project: Option<PathBuf>,
    /// Have the window print how many changes can’t be lost any more, whenever there are more
    #[arg(long)]
    pub ack: bool,
    /// What to do; without one, the window opens.
    #[command(subcommand)]
    pub task: Option<Task>,
}

#[derive(Debug, Subcommand)]
pub enum Task {
    /// Make an empty project
    New {
        /// The folder to make it in
        project: PathBuf,
        /// What it is called; as its folder where nothing is said
        #[arg(long, default_value = "", hide_default_value = true)]
        name: String,
        /// The codebook that it begins with; `empty` has nothing in it
        #[arg(long, default_value = "news")]
        codebook: String,
    },
    /// Add articles: plain text, Markdown, HTML
    Add(AddArgs),
    /// List articles with their status and what is marked in them
    List {
        project: PathBuf,
        /// As one JSON value
        #[arg(long)]
        json: bool,
    },
    /// Find words in all articles, each in its line
    ///
    /// Words are found as they are read: ' finds ’, a space any white space, and a soft hyphen makes no difference.
    Find(FindArgs),
    /// Show which statement of one article is which of another, and how the wordings differ
    ///
    /// Compares every two articles of each story, of one story, or those that are named. What is shown is a proposal:
    /// nothing is changed.
    Compare(CompareArgs),
    /// Hold every offset, word and reference against the texts and the codebook, and read the journal
    ///
    /// Exits with 1 where any disagrees.
    Check { project: PathBuf },
    /// Run commands as the window sends them, from a script
    #[command(after_long_help = script_help())]
    Run(RunArgs),
    /// Correct the text of an article, and carry everybody’s marks over
    ///
    /// Prints what becomes of each mark: changed, lost, moved or same. Lost ones are set aside with their words.
    Retext(RetextArgs),
    /// Write the articles and marks as a dataset
    Export(ExportArgs),
    /// Bring in articles with their marks from other programs’ files, as one step
    ///
    /// What the files say of labels, attributes and relations extends the codebook. A damaged line is told with its place
    /// and passed over. Run twice, it adds nothing the second time.
    Import(ImportArgs),
    /// List the formats that are read and written, and what each keeps
    Formats {
        /// As one JSON value
        #[arg(long)]
        json: bool,
    },
    /// Write the whole project, without its history, as one file to hand around
    Pack { project: PathBuf, file: PathBuf },
    /// Show every step that was done, the newest first; restore what one of them took away
    History(HistoryArgs),
    /// Put together what version control or a synchronising program has left in two versions
    ///
    /// Files with conflict markers and conflict copies become one again, mark by mark. What both sides have changed
    /// differently is kept twice and told, with exit code 1; what can't be merged is left as it is. The files as they were
    /// before are kept in .pressmark/merged.
    Merge(MergeArgs),
    /// Make a project's folder from a packed file
    Unpack { file: PathBuf, project: PathBuf },
    /// Put Pressmark into the desktop’s menu, and have packed projects open with it
    ///
    /// Writes the entry, the icon and the type of file for this user alone, below $XDG_DATA_HOME or ~/.local/share, and
    /// prints each file. Nothing of it is needed where Pressmark was installed as a package.
    Integrate {
        /// Take them out again
        #[arg(long)]
        remove: bool,
    },
    /// List the days of which the project's last state is kept, the newest first
    Backups {
        project: PathBuf,
        /// Make a project's folder of a day's state, without its history
        #[arg(long, num_args = 2, value_names = ["DAY", "FOLDER"])]
        restore: Option<Vec<PathBuf>>,
    },
}

#[derive(Debug, clap::Args)]
pub struct AddArgs {
    pub project: PathBuf,
    /// Files, folders, or - for standard input
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Who published them; as they say themselves where nothing is said
    #[arg(long, default_value = "", hide_default_value = true)]
    pub outlet: String,
    /// The story they belong to, by its name; it is made where there is none
    #[arg(long, default_value = "", hide_default_value = true)]
    pub story: String,
    /// Add them even where the project has the same article already
    #[arg(long)]
    pub twins: bool,
}

#[derive(Debug, clap::Args)]
pub struct FindArgs {
    pub project: PathBuf,
    pub words: String,
    /// The words are a regular expression, compared character by character
    #[arg(long)]
    pub regex: bool,
    /// In marks of this label alone: its id or name
    #[arg(long)]
    pub label: Option<String>,
    /// Only where nobody has marked them; with --label, where nobody has marked them so
    #[arg(long)]
    pub not_marked: bool,
    /// Compare character by character, and tell capital letters from small ones
    #[arg(long, conflicts_with = "regex")]
    pub exactly: bool,
    /// As one JSON value; offsets are counted in bytes and in code points, their ends are exclusive
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct CompareArgs {
    pub project: PathBuf,
    /// The articles’ ids, or how no others begin
    pub articles: Vec<String>,
    /// The articles of this story: its id or name
    #[arg(long, conflicts_with = "articles")]
    pub story: Option<String>,
    /// A line of JSON for each statement; offsets are counted in code points, their ends are exclusive
    #[arg(long)]
    pub json: bool,
    /// Write one page of HTML to print, with two or three articles in columns; - for standard output
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub html: Option<PathBuf>,
    /// On the page, only statements that somebody has accepted, and no proposals
    #[arg(long, requires = "html")]
    pub accepted: bool,
    /// What one annotator has marked, read over all of the articles; for order, what they share too
    #[arg(long, value_enum, conflicts_with_all = ["json", "html"])]
    pub table: Option<TableArg>,
    /// The table as CSV
    #[arg(long, requires = "table")]
    pub csv: bool,
    /// Whose marks the table is of, by id or name; where the project has one annotator, theirs
    #[arg(long, requires = "table")]
    pub annotator: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum TableArg {
    /// Who is heard in which article, how often and with how many words
    Sources,
    /// Who is for or against what
    Stances,
    /// What is asserted, supported, denied and doubted, by whom and on which day
    Claims,
    /// At which place each article tells what they share
    Order,
}

#[derive(Debug, clap::Args)]
pub struct HistoryArgs {
    pub project: PathBuf,
    /// Steps in this article alone: its id, or how it begins
    #[arg(long)]
    pub article: Option<String>,
    /// Steps with marks of this label, or that changed it: its id or name
    #[arg(long)]
    pub label: Option<String>,
    /// Steps of this person: their id or name
    #[arg(long)]
    pub by: Option<String>,
    /// As one JSON value
    #[arg(long)]
    pub json: bool,
    /// Bring back what this step took away: deleted marks with their relations, a removed article or label
    #[arg(long, value_name = "STEP")]
    pub restore: Option<String>,
    /// Undo whatever the same person has done after this step, or redo what was undone up to it
    #[arg(long, value_name = "STEP", conflicts_with = "restore")]
    pub go_to: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct RunArgs {
    pub project: PathBuf,
    /// A list of commands in RON, or - for standard input
    pub script: PathBuf,
    /// Who marks, by name; they are added where the project does not know them
    #[arg(long)]
    pub annotator: String,
    /// Print the number of each command as soon as what it did can’t be lost any more
    #[arg(long)]
    pub ack: bool,
}

#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    #[arg(required_unless_present = "driver")]
    pub project: Option<PathBuf>,
    /// Merge single files, as git asks of a merge driver: `pressmark merge --driver %O %A %B %P`
    ///
    /// Exits with 1 where something was changed differently on both sides.
    #[arg(long, num_args = 4, value_names = ["BASE", "OURS", "THEIRS", "PATH"], conflicts_with = "project")]
    pub driver: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct RetextArgs {
    pub project: PathBuf,
    /// The article’s id, or how no other id begins
    pub article: String,
    /// The file with the corrected text, read as `add` does, or - for standard input
    pub file: PathBuf,
    /// Print what would become of the marks, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// As one JSON value
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    pub project: PathBuf,
    /// One of those that `pressmark formats` lists
    #[arg(long, default_value = "jsonl")]
    pub format: String,
    /// Only what this annotator has said, by id or name; more of them where it is given again
    #[arg(long, value_name = "NAME")]
    pub annotator: Vec<String>,
    /// What everybody has said, as where no annotator is named
    #[arg(long, conflicts_with = "annotator")]
    pub all: bool,
    /// Only layers of this status, and their articles: `to-do`, `in-progress`, `done`; may be given again
    #[arg(long)]
    pub status: Vec<String>,
    /// Only articles of this story, by id or name; may be given again
    #[arg(long, value_name = "NAME")]
    pub story: Vec<String>,
    /// Only marks of this label, by id or name, and relations between them; may be given again
    #[arg(long, value_name = "NAME")]
    pub label: Vec<String>,
    /// What offsets count: `code-points`, `utf-16`, `utf-8`; as the format has it where nothing is said
    #[arg(long, value_name = "UNIT")]
    pub offsets: Option<String>,
    /// In tables, guard cells that a spreadsheet would take for a formula
    #[arg(long)]
    pub spreadsheet_safe: bool,
    /// Part the articles for training, into a folder for each part: shares of train, dev and test, such as 80/10/10
    #[arg(long, value_name = "SHARES")]
    pub split: Option<String>,
    /// What a split keeps in one part besides near duplicates: `story`, `source`; may be given again
    #[arg(long, value_name = "WHAT", requires = "split", default_value = "story")]
    pub by: Vec<String>,
    /// The same seed parts the same articles in the same way
    #[arg(long, requires = "split", default_value_t = 0)]
    pub seed: u64,
    /// Write nothing where something of the project is invalid; else it is listed and left out, with exit code 1
    #[arg(long)]
    pub strict: bool,
    /// Print what the format does not keep of this project, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The file or folder to make or replace, or - for standard output
    #[arg(long, required_unless_present = "dry_run")]
    pub to: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    pub project: PathBuf,
    /// Files or folders; a file comes with those beside it under the same name
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// One of those that `pressmark formats` lists; told by what is in the files where nothing is said
    #[arg(long)]
    pub format: Option<String>,
    /// Whose marks they are where the files do not say; they are added where the project does not know them
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// Give the marks of one label another one, of the project or new; may be given again
    #[arg(long, value_name = "OLD=NEW")]
    pub label: Vec<String>,
    /// Where a label or relation of the project does not take what was read, extend it instead of making another one
    #[arg(long)]
    pub merge: bool,
    /// Print what would be imported, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// A script with one of each kind of command; a test runs it.
const EXAMPLE: &str = include_str!("example.ron");

/// What stands under the help of `run`.
fn script_help() -> String {
    format!(
        "A script stops at the first command that fails; what was done before it is kept.\n\n\
         A script with one of each kind of command:\n\n{EXAMPLE}"
    )
}
