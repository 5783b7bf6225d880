//! Sizes of the window's parts and of its text, in points.

// The window's parts.

/// The bars above and below.
pub const BAR: f32 = 44.0;
/// The strip over the page for what is asked while relating.
pub const RELATING: f32 = 36.0;
/// The strip over the page for finding words, and the field they are written in.
pub const FIND: f32 = 40.0;
pub const FIND_FIELD: f32 = 240.0;
/// The least height of the dock below the page.
pub const DOCK: f32 = 180.0;
/// What the page above the dock keeps, unless the window is too low for both.
pub const LEAST_PAGE: f32 = 240.0;
/// The usual widths of the panels beside the page.
pub const ARTICLES: f32 = 264.0;
pub const INSPECTOR: f32 = 316.0;
/// The widest message, and the widest note or card that lies over the page.
pub const MESSAGE: f32 = 520.0;
pub const NOTE: f32 = 320.0;
/// The bar that shows how far long work has come.
pub const PROGRESS: f32 = 120.0;
/// Cards that ask something, and wider ones that list something.
pub const DIALOG: f32 = 480.0;
pub const PALETTE: f32 = 720.0;
pub const KEY_CARD: f32 = 1120.0;
/// The column of the welcome view.
pub const WELCOME: f32 = 520.0;

// Text, by the height of its em.

pub const TEXT: f32 = 13.0;
pub const SMALL: f32 = 12.0;
pub const TINY: f32 = 11.0;
pub const HEADING: f32 = 15.0;
/// The name of what a form is about, and the sentence under it.
pub const TITLE: f32 = 24.0;
pub const LEAD: f32 = 19.0;
/// The program's name: in the bar above, and on the welcome view.
pub const BRAND: f32 = 17.0;
pub const DISPLAY: f32 = 48.0;
/// Titles in lists, in the serif.
pub const LIST_TITLE: f32 = 14.0;
/// Words of marks in lists, in the serif.
pub const LIST_WORDS: f32 = 14.5;
/// The picked mark's words in the serif's italic, and the height of their lines.
pub const QUOTED: f32 = 16.0;
pub const QUOTED_LINE: f32 = 22.0;

// Badges and signs.

/// A label's badge, a square, and the initials on it.
pub const BADGE: f32 = 18.0;
pub const BADGE_TEXT: f32 = 11.0;
pub const BADGE_RADIUS: u8 = 4;
/// A small square button.
pub const SIGN: f32 = BADGE + 2.0;
/// A box to tick.
pub const CHECK: f32 = 14.0;
/// Of the picture that stands for how far the work on an article has come.
pub const GLYPH: f32 = 9.0;
/// Of the strip that shows how much was marked with each label.
pub const STRIP: f32 = 3.0;
/// A colour to choose, and a sample of a line.
pub const SWATCH: f32 = 28.0;
pub const SAMPLE: f32 = 56.0;

// Rows and fields.

/// The height of fields, chips, buttons and segments.
pub const FIELD: f32 = 28.0;
/// The column of names before the fields of a panel.
pub const FIELD_NAMES: f32 = 84.0;
/// Of a name that takes two lines, the height of each.
pub const FIELD_NAME_LINE: f32 = 15.0;
/// A row in a list of marks.
pub const ROW: f32 = 22.0;
/// A row in the table of relations: two lines.
pub const RELATION_ROW: f32 = 48.0;
/// A line of a step in the history, and the buttons below the chosen one.
pub const STEP_LINE: f32 = 18.0;
pub const STEP_BUTTONS: f32 = 40.0;
/// A form that is read like a page, and the column of names before its fields.
pub const FORM: f32 = 640.0;
pub const FIELD_NAME: f32 = 104.0;
/// Height of a row that can be picked, and of a field, where there is room.
pub const FORM_ROW: f32 = 32.0;
/// Least width of what drops down in a form.
pub const PICKER: f32 = 144.0;

// Lines and corners.

/// Edges; twice as thick in high contrast.
pub const LINE: f32 = 1.0;
/// Around what has the focus.
pub const FOCUS: f32 = 2.0;
/// The corners of fields and buttons, and of cards.
pub const RADIUS: u8 = 6;
pub const CARD_RADIUS: u8 = 10;
