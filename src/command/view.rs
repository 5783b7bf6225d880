//! What only a window can do: ask something of the user, or show something else.
//!
//! These change nothing of the project. A script that has one of them is refused before it begins.

use serde::{Deserialize, Serialize};

use crate::model::AnnotatorId;

/// What a window can be asked to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    NewProject,
    OpenProject,
    OpenSample,
    AddArticles,
    AddFolder,
    PasteArticle,
    Metadata,
    CorrectText,
    RemoveArticle,
    Annotator,
    Codebook,
    /// How far a label's marks reach in quotations, which the codebook says.
    Extent,
    Settings,
    /// A project that was open lately.
    OpenRecent,
    FirstSteps,
    About,
    Export,
    Pack,
    /// Save what is not saved, at once.
    Save,
    SaveElsewhere,
    RestoreBackup,
    Quit,
}

/// What a window can be asked to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    Commands,
    Keys,
    LargerText,
    SmallerText,
    NormalText,
    LightTheme,
    DarkTheme,
    SystemTheme,
    HighContrast,
    Articles,
    /// Every story in the list of articles, or none.
    FoldStories,
    Inspector,
    FocusMode,
    AllRelations,
    /// The table of the article's relations in place of the list of its marks, and back.
    Relations,
    /// What was done so far, in place of the list of marks, and back.
    History,
    /// The marks, or the relations, of which something is missing, in the list.
    Incomplete,
    /// The guidelines of the codebook beside the page, and back.
    Guidelines,
    /// The list of what was changed on two sides and is to be decided on.
    Conflicts,
    /// The list of what is set aside of the article’s marks and relations.
    SetAside,
    Initials,
    Attributes,
    Note,
    RelateMark,
    /// The next of the marks that the picked one is related to.
    OtherEnd,
    /// Where one was before going to another end.
    GoBack,
    Snapping,
    /// The selected words, else those of the picked mark, go to the clipboard.
    Copy,
    /// The field to find words of the article with.
    Find,
    FindNext,
    FindPrevious,
    /// Words in all articles, each in its line.
    Concordance,
    Layer(AnnotatorId),
    /// The page takes the focus.
    Page,
    NextPart,
    PreviousPart,
    Menus,
    Leave,
}
