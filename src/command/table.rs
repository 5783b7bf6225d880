//! The table of commands that have a name: for menus, the palette, keys and the key card.
//!
//! One row is one thing to do: its id, its text, what it does, its key and its command. Whether it can be
//! done now is asked of its plan, so that a row and what it does can't disagree.
//!
//! Names and keys stand here and nowhere else; menus, palette, key card and settings read them. A test walks the
//! table for clashes and for the form of the texts.

use super::{
    Ask, Command, MarkRef, Scene, View,
    article::ArticleCommand,
    conflict::ConflictCommand,
    layer::LayerCommand,
    mark::{BoundaryMove, Edge, Mark},
    plan,
    select::Select,
};
use crate::{
    diagnostic::Diagnostic,
    model::{Flag, Label, Status, edit::Next, id::CountingMint},
    phrase,
    text::Phrase,
};

/// One command of the table.
#[derive(Clone, Debug)]
pub struct CommandRow {
    /// Names the row in the settings, where the user’s own keys are kept; never changed once it is used.
    pub id: &'static str,
    /// What it is called on the screen: English, and the key of its translation. With `…` where more is asked for.
    pub text: &'static str,
    /// What it does, in a few words, for the tooltip and the palette; English.
    pub hint: &'static str,
    /// The keys it has unless the user chose others, parted by spaces; empty for none. `Ctrl` stands for Cmd on a
    /// Mac.
    pub keys: &'static str,
    /// The menu it stands in.
    pub menu: Menu,
    /// The command it runs in a scene; for most the same in every scene.
    pub command: fn(&Scene<'_>) -> Command,
}

/// The menus, in the order of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Menu {
    File,
    Edit,
    Mark,
    Article,
    View,
    Help,
}

impl Menu {
    /// In the order of the bar.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::Mark, Self::Article, Self::View, Self::Help];

    /// What it is called on the screen; English.
    pub fn text(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Mark => "Mark",
            Self::Article => "Article",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

macro_rules! rows {
    ($($menu:ident { $($id:literal, $text:literal, $keys:literal, $hint:literal => $command:expr;)* })*) => {
        &[$($(CommandRow {
            id: $id, text: $text, hint: $hint, keys: $keys, menu: Menu::$menu, command: $command,
        },)*)*]
    };
}

/// Every named command, by menu and in the menus’ order. A label’s own key comes from the codebook: see
/// [`label_command`].
pub const ROWS: &[CommandRow] = rows! {
    File {
        "new-project", "New project…", "Ctrl+N", "Make an empty project in a folder of its own" => |_| Command::Ask(Ask::NewProject);
        "open-project", "Open…", "Ctrl+O", "Open a project’s folder, or a packed project" => |_| Command::Ask(Ask::OpenProject);
        "open-recent", "Open recent…", "", "Open a recent project" => |_| Command::Ask(Ask::OpenRecent);
        "open-sample", "Open the sample project", "", "Three reports of one council vote, marked" => |_| Command::Ask(Ask::OpenSample);
        "add-articles", "Add articles…", "Ctrl+Shift+O", "Add text, Markdown or web page files" => |_| Command::Ask(Ask::AddArticles);
        "add-folder", "Add a folder of articles…", "", "Add every article in a folder" => |_| Command::Ask(Ask::AddFolder);
        "paste-article", "Paste an article…", "Ctrl+V", "Add the text on the clipboard as an article" => |_| Command::Ask(Ask::PasteArticle);
        "import", "Import…", "Ctrl+Shift+I", "Bring in articles and marks from other annotation programs" => |_| Command::Ask(Ask::Import);
        "export", "Export…", "Ctrl+E", "Write the articles and marks as a dataset" => |_| Command::Ask(Ask::Export);
        "export-comparison", "Export comparison…", "", "Write the reports that are compared as one page to print" => |_| Command::Ask(Ask::ExportComparison);
        "pack", "Pack into one file…", "", "Write the whole project into one file to share" => |_| Command::Ask(Ask::Pack);
        "save", "Save now", "Ctrl+S", "Everything is saved automatically; if that failed, this tries again" => |_| Command::Ask(Ask::Save);
        "save-elsewhere", "Save elsewhere…", "", "Save everything in another folder, and continue there" => |_| Command::Ask(Ask::SaveElsewhere);
        "restore-backup", "Restore a backup…", "", "Open the project as it was on an earlier day" => |_| Command::Ask(Ask::RestoreBackup);
        "settings", "Settings…", "Ctrl+,", "Theme, text, keys and annotator" => |_| Command::Ask(Ask::Settings);
        "quit", "Quit", "Ctrl+Q", "Close Pressmark; everything is saved" => |_| Command::Ask(Ask::Quit);
    }
    Edit {
        "undo", "Undo", "Ctrl+Z", "Undo the last change" => |_| Command::Undo;
        "redo", "Redo", "Ctrl+Shift+Z Ctrl+Y", "Redo what was undone" => |_| Command::Redo;
        "copy", "Copy", "Ctrl+C", "Put the selected words, or those of the picked mark, on the clipboard" => |_| Command::View(View::Copy);
        "select-all", "Select all", "Ctrl+A", "Select the whole text of the article" => |_| Command::Select(Select::All);
        "select-sentence", "Select the sentence", "s", "Select the sentence around the caret" => |_| Command::Select(Select::Sentence);
        "select-paragraph", "Select the paragraph", "Shift+s", "Select the paragraph around the caret" => |_| Command::Select(Select::Paragraph);
        "select-quotation", "Select the quotation", "Shift+q", "Select the quotation around the caret; again to include its quotation marks" => |_| Command::Select(Select::Quotation);
        "select-nothing", "Select nothing", "Escape", "Clear the selection and unpick the mark" => |_| Command::View(View::Leave);
        "find", "Find…", "Ctrl+F", "Find words in the article" => |_| Command::View(View::Find);
        "find-next", "Find next", "F3", "Go to the next match" => |_| Command::View(View::FindNext);
        "find-previous", "Find previous", "Shift+F3", "Go to the previous match" => |_| Command::View(View::FindPrevious);
        "concordance", "Find in the project…", "Ctrl+Shift+F", "Find words in all articles, one hit per line, and mark many at once" => |_| Command::View(View::Concordance);
        "annotator", "Change the annotator…", "", "Choose who is annotating" => |_| Command::Ask(Ask::Annotator);
        "codebook", "Codebook…", "Ctrl+B", "Add, rename, recolour and remove labels, attributes and relations" => |_| Command::Ask(Ask::Codebook);
        "extent", "Quotation marks…", "", "Choose how much of a quotation each label marks" => |_| Command::Ask(Ask::Extent);
    }
    Mark {
        "next-mark", "Next mark", "Tab", "Pick the next mark" => |_| Command::Select(Select::NextMark);
        "previous-mark", "Previous mark", "Shift+Tab", "Pick the previous mark" => |_| Command::Select(Select::PreviousMark);
        "next-in-stack", "Next mark here", "`", "Pick the next of the overlapping marks" => |_| Command::Select(Select::NextInStack);
        "attributes", "Attributes", "Enter", "Answer the questions about the picked mark or relation with single keys" => |_| Command::View(View::Attributes);
        "relate", "Relate…", "r", "Relate the picked mark to others, role by role" => |_| Command::View(View::RelateMark);
        "other-end", "Go to the other end", "g", "Pick the next mark related to the picked one" => |_| Command::View(View::OtherEnd);
        "go-back", "Go back", "Shift+g", "Return to where you were before you followed a relation" => |_| Command::View(View::GoBack);
        "note", "Note", "m", "Write a note on the picked mark" => |_| Command::View(View::Note);
        "flag", "Flag", "f", "Flag the picked mark for another look" => |scene| toggle_flag(scene, Flag::Flag);
        "question", "Question", "?", "Ask a question about the picked mark" => |scene| toggle_flag(scene, Flag::Question);
        "start-out", "Start one word earlier", "[", "Move the start of the picked mark back" => |_| nudge(Edge::Start, BoundaryMove::WordBack);
        "start-in", "Start one word later", "Shift+[", "Move the start of the picked mark forward" => |_| nudge(Edge::Start, BoundaryMove::WordForward);
        "end-out", "End one word later", "]", "Move the end of the picked mark forward" => |_| nudge(Edge::End, BoundaryMove::WordForward);
        "end-in", "End one word earlier", "Shift+]", "Move the end of the picked mark back" => |_| nudge(Edge::End, BoundaryMove::WordBack);
        "start-out-character", "Start one character earlier", "Alt+[", "Move the start of the picked mark back by a character" => |_| nudge(Edge::Start, BoundaryMove::CharacterBack);
        "start-in-character", "Start one character later", "Alt+Shift+[", "Move the start of the picked mark forward by a character" => |_| nudge(Edge::Start, BoundaryMove::CharacterForward);
        "end-out-character", "End one character later", "Alt+]", "Move the end of the picked mark forward by a character" => |_| nudge(Edge::End, BoundaryMove::CharacterForward);
        "end-in-character", "End one character earlier", "Alt+Shift+]", "Move the end of the picked mark back by a character" => |_| nudge(Edge::End, BoundaryMove::CharacterBack);
        "add-fragment", "Add a fragment", "+", "Add the selection to the picked mark" => |_| Command::Mark(Mark::AddFragment, MarkRef::Picked);
        "remove-fragment", "Remove a fragment", "-", "Remove the fragment at the caret" => |_| Command::Mark(Mark::RemoveFragment, MarkRef::Picked);
        "delete", "Delete", "Delete Backspace", "Remove the picked mark" => |_| Command::Mark(Mark::Delete, MarkRef::Picked);
    }
    Article {
        "next-article", "Next article", "n", "Open the next article in the list" => |_| Command::Article(ArticleCommand::Next);
        "previous-article", "Previous article", "p", "Open the previous article" => |_| Command::Article(ArticleCommand::Previous);
        "next-to-do", "Next to do", "Shift+n", "Open the next article in the list that is not done" => |_| Command::Article(ArticleCommand::NextToDo);
        "done-and-next", "Done and next", "Ctrl+Shift+D", "Set this article to done, and open the next one to do" => |_| Command::Article(ArticleCommand::DoneAndNext);
        "to-do", "To do", "", "This article has yet to be marked" => |_| Command::Layer(LayerCommand::Status(Status::ToDo), None);
        "in-progress", "In progress", "", "This article is being marked" => |_| Command::Layer(LayerCommand::Status(Status::InProgress), None);
        "done", "Done", "Ctrl+D", "This article is marked" => |_| Command::Layer(LayerCommand::Status(Status::Done), None);
        "metadata", "Article details…", "Ctrl+I", "Title, outlet, byline, date, language, story" => |_| Command::Ask(Ask::Metadata);
        "correct-text", "Correct the text…", "", "Correct the article’s words; marks stay with theirs" => |_| Command::Ask(Ask::CorrectText);
        "set-aside", "Lost marks", "", "List the marks that lost their words, to place them again or remove them" => |_| Command::View(View::SetAside);
        "conflicts", "Conflicts", "", "List what was changed on two sides and is to be decided on" => |_| Command::View(View::Conflicts);
        "next-conflict", "Next conflict", "F8", "Go to the next mark that was changed on two sides" => |_| conflict(ConflictCommand::Next);
        "previous-conflict", "Previous conflict", "Shift+F8", "Go to the mark before that was changed on two sides" => |_| conflict(ConflictCommand::Previous);
        "keep-first", "Keep the first version", "", "Of a mark that was changed on two sides, keep the first version" => |_| conflict(ConflictCommand::KeepFirst);
        "keep-second", "Keep the second version", "", "Of a mark that was changed on two sides, keep the second version" => |_| conflict(ConflictCommand::KeepSecond);
        "keep-both", "Keep both versions", "", "Of a mark that was changed on two sides, keep both versions" => |_| conflict(ConflictCommand::KeepBoth);
        "remove-article", "Remove the article…", "", "Remove the article and its marks from the project" => |_| Command::Ask(Ask::RemoveArticle);
    }
    View {
        "annotate", "Annotate", "", "One article, to be marked" => |_| Command::View(View::Annotate);
        "compare", "Compare", "F4", "The articles of a story side by side, with the statements they share" => |_| Command::View(View::Compare);
        "statements", "Compare: statements", "Alt+1", "The articles side by side, with the statements they share" => |_| Command::View(View::Statements);
        "sources", "Compare: sources", "Alt+2", "Who is heard in the articles side by side, and how often" => |_| Command::View(View::Sources);
        "stances", "Compare: stances", "Alt+3", "Who is for or against what in the articles side by side" => |_| Command::View(View::Stances);
        "claims", "Compare: claims", "Alt+4", "What is asserted, denied and doubted, by whom and when" => |_| Command::View(View::Claims);
        "order", "Compare: order", "Alt+5", "In which order the articles side by side tell what they share" => |_| Command::View(View::Order);
        "copy-table", "Copy the table", "", "Put the table that is shown on the clipboard" => |_| Command::View(View::CopyTable);
        "save-table", "Save the table as CSV…", "", "Write the table that is shown to a file" => |_| Command::View(View::SaveTable);
        "next-part", "Next part of the window", "F6", "Move to the page, the lists, the labels, the menus" => |_| Command::View(View::NextPart);
        "previous-part", "Previous part of the window", "Shift+F6", "Move to the previous part of the window" => |_| Command::View(View::PreviousPart);
        "page", "Page", "", "Move to the page" => |_| Command::View(View::Page);
        "menus", "Menus", "F10", "Move to the menus" => |_| Command::View(View::Menus);
        "larger", "Larger text", "Ctrl++ Ctrl+=", "Make the article’s text larger" => |_| Command::View(View::LargerText);
        "smaller", "Smaller text", "Ctrl+-", "Make the article’s text smaller" => |_| Command::View(View::SmallerText);
        "normal", "Normal text", "Ctrl+0", "Set the text back to its usual size" => |_| Command::View(View::NormalText);
        "light", "Light theme", "", "Dark on light" => |_| Command::View(View::LightTheme);
        "dark", "Dark theme", "", "Light on dark" => |_| Command::View(View::DarkTheme);
        "system-theme", "The system’s theme", "", "Light or dark, as the system is set" => |_| Command::View(View::SystemTheme);
        "high-contrast", "High contrast", "", "The strongest colours, light or dark" => |_| Command::View(View::HighContrast);
        "show-articles", "Articles", "Ctrl+1", "Show or hide the list of articles" => |_| Command::View(View::Articles);
        "fold-stories", "Collapse the stories", "", "Collapse or expand every story in the list of articles" => |_| Command::View(View::FoldStories);
        "incomplete-articles", "Articles with incomplete marks", "", "List only articles with marks that lack a required answer, or all again" => |_| Command::View(View::IncompleteArticles);
        "show-inspector", "Inspector", "Ctrl+2", "Show or hide the picked mark and the list of marks" => |_| Command::View(View::Inspector);
        "focus", "Focus mode", "F11", "Show only the page" => |_| Command::View(View::FocusMode);
        "all-relations", "All relations", "Ctrl+R", "Draw every relation, or only the picked mark’s" => |_| Command::View(View::AllRelations);
        "relations", "Table of relations", "Ctrl+T", "List the article’s relations instead of its marks" => |_| Command::View(View::Relations);
        "history", "History", "Ctrl+H", "See everything that was done, go back to a step, restore what is gone" => |_| Command::View(View::History);
        "incomplete", "Incomplete marks", "", "List what still lacks a required answer or member" => |_| Command::View(View::Incomplete);
        "guidelines", "Guidelines", "F2", "Read the codebook’s guidelines beside the page" => |_| Command::View(View::Guidelines);
        "initials", "Initials on marks", "", "Show each mark’s label by its initials, to tell marks apart without colour" => |_| Command::View(View::Initials);
        "snapping", "Snap to words", "Ctrl+W", "Extend selections to whole words, or not" => |_| Command::View(View::Snapping);
    }
    Help {
        "commands", "Commands…", "Ctrl+K", "Find any command by name" => |_| Command::View(View::Commands);
        "first-steps", "First steps", "", "How to begin, in a few lines" => |_| Command::Ask(Ask::FirstSteps);
        "keys", "Keys", "F1", "Show the keys of this view" => |_| Command::View(View::Keys);
        "handbook", "Handbook", "", "How to train on a project, move a corpus, and hand it over to other programs" => |_| Command::Ask(Ask::Handbook);
        "about", "About Pressmark", "", "Version and licence" => |_| Command::Ask(Ask::About);
    }
};

/// Whether words that are marked beside a picked mark fill a role in its relation, where one alone is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Roles {
    #[default]
    Filled,
    Left,
}

/// The command of a label's key or of its place in the palette.
pub fn label_command(label: &Label, roles: Roles) -> Command {
    let mark = match roles {
        Roles::Filled => Mark::LabelInRole(label.id.clone()),
        Roles::Left => Mark::Label(label.id.clone()),
    };
    Command::Mark(mark, MarkRef::Picked)
}

/// The row of this id; `None` for an unknown one, as in settings of a newer version.
pub fn row(id: &str) -> Option<&'static CommandRow> {
    ROWS.iter().find(|r| r.id == id)
}

/// Whether a command could be carried out now. It plans the command, so that the answer can’t differ from what
/// running it would say.
///
/// # Errors
/// Why not; shown as its tooltip.
pub fn available(command: &Command, scene: &Scene<'_>) -> Result<(), Diagnostic> {
    match command {
        Command::Undo if scene.history.next_to_undo() == Next::Nothing => {
            Err(Diagnostic::note("nothing-to-undo", "There is nothing to undo"))
        }
        Command::Redo if scene.history.next_to_redo() == Next::Nothing => {
            Err(Diagnostic::note("nothing-to-redo", "There is nothing to redo"))
        }
        Command::View(View::Attributes | View::Note | View::RelateMark | View::OtherEnd) => scene.picked().map(drop),
        Command::View(View::Copy) => scene.words_to_copy().map(drop).ok_or_else(nothing_to_copy),
        Command::View(View::Find | View::FindNext | View::FindPrevious) => scene.text().map(drop),
        Command::Ask(Ask::Metadata | Ask::RemoveArticle) | Command::View(View::SetAside) => scene.article().map(drop),
        Command::Ask(Ask::CorrectText) => scene.text().map(drop),
        _ => plan(command, scene, &mut CountingMint::default()).map(drop),
    }
}

/// Why nothing can be copied.
pub fn nothing_to_copy() -> Diagnostic {
    Diagnostic::note("nothing-to-copy", "No words are selected and no mark is picked")
        .hint("Select the words to copy, or pick a mark")
}

/// A row’s text as of now: *Undo* and *Redo* name the step they would take.
pub fn text_now(row: &CommandRow, scene: &Scene<'_>) -> Phrase {
    let named = match row.id {
        "undo" => scene.history.next_to_undo().label(),
        "redo" => scene.history.next_to_redo().label(),
        _ => None,
    };
    match named {
        Some(label) => phrase!("{command}: {what}", command = Phrase::plain(row.text), what = label.clone()),
        None => Phrase::plain(row.text),
    }
}

fn conflict(command: ConflictCommand) -> Command {
    Command::Conflict(command, MarkRef::Picked)
}

fn nudge(edge: Edge, by: BoundaryMove) -> Command {
    Command::Mark(Mark::Nudge { edge, by }, MarkRef::Picked)
}

/// Sets the flag on the picked mark, or takes it away where it is set.
fn toggle_flag(scene: &Scene<'_>, flag: Flag) -> Command {
    let is_set = scene.picked().is_ok_and(|(_, a)| a.flag == Some(flag));
    Command::Mark(Mark::Flag((!is_set).then_some(flag)), MarkRef::Picked)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn no_two_rows_share_an_id_or_a_key() {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for row in ROWS {
            assert!(row.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", row.id);
            for name in std::iter::once(row.id).chain(row.keys.split(' ')).filter(|k| !k.is_empty()) {
                if let Some(other) = seen.insert(name, row.id) {
                    panic!("“{name}” belongs to {other} and to {}", row.id);
                }
            }
        }
    }

    #[test]
    fn screen_text_is_in_sentence_case_without_a_full_stop() {
        for row in ROWS {
            for text in [row.text, row.hint] {
                let first = text.chars().next().unwrap();
                assert!(first.is_uppercase(), "{text}");
                assert!(!text.ends_with('.'), "{text}");
            }
        }
    }
}
