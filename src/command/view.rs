//! What only a window can do: ask something of the user, or show something else.
//!
//! These change nothing of the project. A script that has one of them is refused before it begins.

use serde::{Deserialize, Serialize};

use crate::model::AnnotatorId;

/// What a window can be asked to ask; each opens a dialog, unless it is said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// Name, folder and codebook of a new project.
    NewProject,
    /// Which project to open, in the desktop’s dialog.
    OpenProject,
    /// Nothing: opens a copy of the sample project.
    OpenSample,
    /// Which files to add, in the desktop’s dialog.
    AddArticles,
    /// Which folder to add articles of, in the desktop’s dialog.
    AddFolder,
    /// What the clipboard’s text does not say of itself.
    PasteArticle,
    /// The open article’s metadata.
    Metadata,
    /// The open article’s corrected text.
    CorrectText,
    /// The open article is to be removed.
    RemoveArticle,
    /// Who marks.
    Annotator,
    /// The codebook’s editor, which is a view.
    Codebook,
    /// The codebook’s editor, at the extent of a label: how far its marks reach in quotations.
    Extent,
    /// The user’s settings.
    Settings,
    /// A project that was open lately.
    OpenRecent,
    FirstSteps,
    /// Which page of the handbook to read.
    Handbook,
    About,
    /// Which format, and which file.
    Export,
    /// Which files of other programs to bring in.
    Import,
    /// Which statements of the open article and others of its story stand on a page to print, and in which file.
    ExportComparison,
    /// Which file to pack the project into, in the desktop’s dialog.
    Pack,
    /// Nothing: saves at once what is not saved, and says why where it can’t be.
    Save,
    /// Name and folder to go on in.
    SaveElsewhere,
    /// Which day’s backup, and the folder to restore it into.
    RestoreBackup,
    /// Nothing, unless something is not saved: closes the window.
    Quit,
}

/// What a window can be asked to show, or to do with what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// The list of all commands.
    Commands,
    /// The card of keys.
    Keys,
    LargerText,
    SmallerText,
    NormalText,
    LightTheme,
    DarkTheme,
    SystemTheme,
    HighContrast,
    /// The view in which one article is marked.
    Annotate,
    /// The view of a story’s articles side by side; where it is shown already, the other one again.
    Compare,
    /// The statements that articles side by side share, between their columns.
    Statements,
    /// The table of who is heard in the articles side by side.
    Sources,
    /// The table of who is for or against what.
    Stances,
    /// The table of what is asserted, denied and doubted.
    Claims,
    /// In which order the articles side by side tell what they share.
    Order,
    /// Puts the table that is shown on the clipboard.
    CopyTable,
    /// Writes the table that is shown to a file, which is asked for.
    SaveTable,
    /// Shows or hides the list of articles.
    Articles,
    /// Every story in the list of articles, or none.
    FoldStories,
    /// Shows in the list of articles only those with incomplete marks, or all again.
    IncompleteArticles,
    /// Shows or hides the inspector.
    Inspector,
    /// Leaves the page alone on the screen, or brings the rest back.
    FocusMode,
    /// Draws all relations, or only the picked mark’s.
    AllRelations,
    /// Shows the table of relations in place of the list of marks, or that again.
    Relations,
    /// Shows the history in place of the list of marks, or that again.
    History,
    /// The marks, or the relations, of which something is missing, in the list.
    Incomplete,
    /// The guidelines of the codebook beside the page, and back.
    Guidelines,
    /// The list of what was changed on two sides and is to be decided on.
    Conflicts,
    /// Shows what is set aside in place of the list of marks.
    SetAside,
    /// Begins marks with their label’s initials, or not.
    Initials,
    /// Answers the card’s attributes by single keys.
    Attributes,
    /// Brings the focus into the picked mark’s note.
    Note,
    /// Begins to relate the chosen relation or the picked mark.
    RelateMark,
    /// Goes to the next of the marks that the picked one is related to.
    OtherEnd,
    /// Goes back to where one was before the last jump.
    GoBack,
    /// Lets selections snap to whole words, or not.
    Snapping,
    /// The selected words, else those of the picked mark, go to the clipboard.
    Copy,
    /// Opens the bar for finding words in the article.
    Find,
    /// Goes to the next hit.
    FindNext,
    /// Goes to the hit before.
    FindPrevious,
    /// Opens the concordance: words in all articles, each in its line.
    Concordance,
    /// Shows or hides another annotator’s marks.
    Layer(AnnotatorId),
    /// The page takes the focus.
    Page,
    /// Moves the focus to the next part of the window.
    NextPart,
    /// Moves the focus to the part before.
    PreviousPart,
    /// Moves the focus to the menus.
    Menus,
    /// What Escape does: lets go of one thing.
    Leave,
}
