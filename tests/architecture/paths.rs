//! Rust source as words, and the paths in it: `use a::{b, c::d}` gives `a::b` and `a::c::d`, each with its line.

use std::collections::VecDeque;

/// One file, taken apart.
pub struct Source {
    /// With forward slashes, from the project's folder: `src/model/edit/apply.rs`.
    pub file: String,
    /// The modules the file stands for: `["model", "edit", "apply"]`; empty for `lib.rs` and `main.rs`.
    pub module: Vec<String>,
    /// Every path of two names or more. Those from `crate`, `self` and `super` begin with `crate`.
    pub paths: Vec<PathUse>,
    /// Every name that stands alone outside `use`: of types and functions, but of fields and keywords too.
    pub names: Vec<(usize, String)>,
    /// The modules declared in the file itself, inline ones too.
    pub children: Vec<String>,
    /// Every macro called, by its last name, without the `!`.
    pub macros: Vec<(usize, String)>,
    /// Every string literal, as it is written.
    pub strings: Vec<(usize, String)>,
    /// The one-based line where the file's unit tests begin, one past the end where it has none; 0 in a file of tests.
    pub tests_from: usize,
}

/// A path and the one-based line on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathUse {
    pub line: usize,
    pub names: Vec<String>,
    /// Whether it is called, and its first argument is a number written down.
    pub takes_literal: bool,
    /// Where it stands in a `use`.
    pub import: Option<Import>,
}

/// What a `use` makes of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The name it has in the file from there on: its last one, or the one after `as`; `*` for a glob.
    pub name: String,
    /// Whether others can take it from here: `pub use`, however narrow.
    pub is_passed_on: bool,
}

impl PathUse {
    /// Whether the path begins with these names, joined by `::`.
    pub fn starts_with(&self, prefix: &str) -> bool {
        let mut names = self.names.iter();
        prefix.split("::").all(|wanted| names.next().is_some_and(|name| name == wanted))
    }
}

impl Source {
    pub fn new(file: &str, text: &str) -> Self {
        let module = module_of(file);
        let words = words(text);
        let mut reader = Reader::new(&words, module.clone(), file == "src/main.rs");
        reader.read();
        let Reader { paths, names, children, macros, .. } = reader;
        let strings = words.into_iter().filter_map(|(line, word)| match word {
            Word::Text(text) => Some((line, text)),
            _ => None,
        });
        let strings = strings.collect();
        let tests_from = if module.iter().any(|name| name == "tests") { 0 } else { tests_from(text) };
        Self { file: file.to_owned(), module, paths, names, children, macros, strings, tests_from }
    }

    /// `ui/kit` and the other rooms of `ui`, otherwise the first module: the room the file stands in. `lib` or `main` at the root.
    pub fn room(&self) -> String {
        match room_of(&self.module) {
            Some(room) => room,
            None if self.file.ends_with("main.rs") => "main".to_owned(),
            None => "lib".to_owned(),
        }
    }
}

/// The one-based line of the `#[cfg(test)]` that stands before `mod tests {`.
fn tests_from(text: &str) -> usize {
    let mut lines = text.lines().zip(text.lines().skip(1));
    let opens = |(line, next): (&str, &str)| line == "#[cfg(test)]" && next.starts_with("mod ") && next.contains('{');
    lines.position(opens).unwrap_or(text.lines().count()) + 1
}

/// The room a path of modules leads to, `None` for the crate's root.
///
/// `ui` has rooms of its own. What stands next to them there is room `ui`, which they all build on; only the window as a
/// whole, which holds them all, counts as `ui/app`.
pub fn room_of(modules: &[String]) -> Option<String> {
    let first = modules.first()?;
    match modules.get(1).map(String::as_str).filter(|_| first == "ui") {
        Some(part @ ("theme" | "typeset" | "kit" | "page" | "panel" | "view" | "dialog")) => Some(format!("ui/{part}")),
        Some("app" | "shell" | "pace") => Some("ui/app".to_owned()),
        _ => Some(first.clone()),
    }
}

fn module_of(file: &str) -> Vec<String> {
    let inside = file.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        module.pop();
    }
    module
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    Name(String),
    Text(String),
    /// `::`
    Join,
    Sign(char),
}

/// Names, strings and signs, each with its line; comments and whitespace are left out.
fn words(text: &str) -> Vec<(usize, Word)> {
    let mut words = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (length, word) = word(rest, first);
        if let Some(word) = word {
            words.push((line, word));
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    words
}

/// The length in bytes of what comes next, and the word it is, if it is one.
fn word(rest: &str, first: char) -> (usize, Option<Word>) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), None);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), None);
    }
    if let Some((length, text)) = string(rest) {
        return (length, Some(Word::Text(text)));
    }
    if rest.starts_with("::") {
        return (2, Some(Word::Join));
    }
    if first == '_' || first.is_alphabetic() {
        let length = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
        return (length, Some(Word::Name(rest[..length].to_owned())));
    }
    if first == '\'' {
        return (character(rest), None);
    }
    (first.len_utf8(), (!first.is_whitespace()).then_some(Word::Sign(first)))
}

/// Block comments nest.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        let Some(step) = rest[at..].find(['/', '*']) else { return rest.len() };
        at += step;
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += 1;
        }
        if depth == 0 {
            return at;
        }
    }
}

/// A plain, byte or raw string: its length and what stands between the quotation marks.
fn string(rest: &str) -> Option<(usize, String)> {
    let prefix = rest.find(|c: char| !"bcr".contains(c))?;
    let hashes = rest[prefix..].chars().take_while(|&c| c == '#').count();
    let is_raw = rest[..prefix].contains('r');
    if !rest[prefix + hashes..].starts_with('"') || (hashes > 0 && !is_raw) {
        return None;
    }
    let open = prefix + hashes + 1;
    let body = &rest[open..];
    let close = format!("\"{}", "#".repeat(hashes));
    let length = if is_raw { body.find(&close) } else { unescaped_quote(body) }.unwrap_or(body.len());
    let end = (open + length + close.len()).min(rest.len());
    Some((end, body[..length].to_owned()))
}

fn unescaped_quote(body: &str) -> Option<usize> {
    let mut escaped = false;
    body.char_indices().find_map(|(at, c)| {
        let found = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        found.then_some(at)
    })
}

/// The length of a character literal, or of the sign that begins a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    let Some((_, first)) = chars.next() else { return 1 };
    if first == '\\' {
        let body = chars.nth(1).map_or(rest.len(), |(at, _)| at);
        return rest[body..].find('\'').map_or(rest.len(), |end| body + end + 1);
    }
    match chars.next() {
        Some((at, '\'')) => at + 1,
        _ => 1,
    }
}

/// Collects paths and macros, knowing in which inline module it stands.
struct Reader {
    words: VecDeque<(usize, Word)>,
    /// The module of the file, then the inline modules that are open, each with the depth of its brace.
    module: Vec<String>,
    inline: Vec<usize>,
    depth: usize,
    is_main: bool,
    /// Whether the last words were `pub`, or `pub(…)`.
    is_pub: bool,
    /// In a `use`, whether it is a public one.
    in_use: Option<bool>,
    paths: Vec<PathUse>,
    names: Vec<(usize, String)>,
    children: Vec<String>,
    macros: Vec<(usize, String)>,
}

impl Reader {
    fn new(words: &[(usize, Word)], module: Vec<String>, is_main: bool) -> Self {
        let words = words.iter().cloned().collect();
        Self {
            words,
            module,
            inline: Vec::new(),
            depth: 0,
            is_main,
            is_pub: false,
            in_use: None,
            paths: Vec::new(),
            names: Vec::new(),
            children: Vec::new(),
            macros: Vec::new(),
        }
    }

    fn read(&mut self) {
        while let Some((line, word)) = self.words.pop_front() {
            let is_pub = self.is_pub;
            self.is_pub = false;
            match word {
                Word::Name(name) if name == "pub" => self.enter_visibility(),
                Word::Name(name) if name == "use" => self.in_use = Some(is_pub),
                Word::Name(name) if name == "as" && self.in_use.is_some() => self.rename(),
                Word::Sign(';') => self.in_use = None,
                Word::Name(name) if name == "mod" => self.enter_module(),
                Word::Name(name) => self.path(vec![(line, name)]),
                Word::Sign('{') => self.depth += 1,
                Word::Sign('}') => self.close_brace(),
                _ => {}
            }
        }
    }

    /// Leaves out the parentheses after `pub`.
    fn enter_visibility(&mut self) {
        self.is_pub = true;
        if self.words.front().is_some_and(|(_, word)| *word == Word::Sign('(')) {
            let length = self.words.iter().position(|(_, word)| *word == Word::Sign(')'));
            self.words.drain(..length.map_or(0, |at| at + 1));
        }
    }

    /// The last path taken has the name that comes after `as`.
    fn rename(&mut self) {
        if let (Some((_, Word::Name(name))), Some(last)) = (self.words.pop_front(), self.paths.last_mut())
            && let Some(import) = &mut last.import
        {
            import.name = name;
        }
    }

    fn enter_module(&mut self) {
        let Some((_, Word::Name(name))) = self.words.front() else { return };
        let name = name.clone();
        if self.inline.is_empty() {
            self.children.push(name.clone());
        }
        if self.words.get(1).is_some_and(|(_, word)| *word == Word::Sign('{')) {
            self.module.push(name);
            self.inline.push(self.depth);
        }
        self.words.pop_front();
    }

    fn close_brace(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.inline.last() == Some(&self.depth) {
            self.inline.pop();
            self.module.pop();
        }
    }

    /// Follows a path from its first names on, through every branch of a group.
    fn path(&mut self, mut names: Vec<(usize, String)>) {
        while self.words.front().is_some_and(|(_, word)| *word == Word::Join) {
            match self.words.get(1).map(|(line, word)| (*line, word.clone())) {
                Some((line, Word::Name(name))) => names.push((line, name)),
                Some((line, Word::Sign('*'))) => names.push((line, "*".to_owned())),
                Some((_, Word::Sign('{'))) => {
                    self.words.drain(..2);
                    return self.group(&names);
                }
                _ => break,
            }
            self.words.drain(..2);
        }
        if self.words.front().is_some_and(|(_, word)| *word == Word::Sign('!')) {
            let is_unequal = self.words.get(1).is_some_and(|(_, word)| *word == Word::Sign('='));
            if !is_unequal {
                self.macros.extend(names.last().cloned());
                return;
            }
        }
        self.keep(names);
    }

    /// The branches of a group whose opening brace was just taken.
    fn group(&mut self, stem: &[(usize, String)]) {
        while let Some((line, word)) = self.words.pop_front() {
            let branch = match word {
                Word::Sign('}') => return,
                // `a::{self}` is `a`.
                Word::Name(name) if name == "self" => stem.to_vec(),
                Word::Name(name) if name == "as" => {
                    self.rename();
                    continue;
                }
                Word::Name(name) => [stem, &[(line, name)]].concat(),
                Word::Sign('*') => [stem, &[(line, "*".to_owned())]].concat(),
                _ => continue,
            };
            self.path(branch);
        }
    }

    fn keep(&mut self, names: Vec<(usize, String)>) {
        if names.len() < 2 {
            self.names.extend(names.into_iter().filter(|_| self.in_use.is_none()));
            return;
        }
        let line = names[names.len() - 1].0;
        let names = self.absolute(names.into_iter().map(|(_, name)| name).collect());
        let opens = self.words.front().is_some_and(|(_, word)| *word == Word::Sign('('));
        let is_number = |word: &Word| matches!(word, Word::Sign(c) if c.is_ascii_digit());
        let takes_literal = opens && self.words.get(1).is_some_and(|(_, word)| is_number(word));
        let import =
            self.in_use.zip(names.last()).map(|(is_passed_on, name)| Import { name: name.clone(), is_passed_on });
        self.paths.push(PathUse { line, names, takes_literal, import });
    }

    /// Resolves `self`, `super` and, in the binary, the library's name to `crate`.
    fn absolute(&self, names: Vec<String>) -> Vec<String> {
        let ups = names.iter().take_while(|name| *name == "super").count();
        let is_self = names[0] == "self";
        if ups == 0 && !is_self {
            let is_library = self.is_main && names[0] == "pressmark";
            return if is_library { [vec!["crate".to_owned()], names[1..].to_vec()].concat() } else { names };
        }
        let kept = self.module.len().saturating_sub(ups);
        let skipped = ups + usize::from(is_self);
        [&["crate".to_owned()], &self.module[..kept], &names[skipped..]].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, text: &str, expected: &str) {
        let source = Source::new(file, text);
        let paths: Vec<String> =
            source.paths.iter().map(|path| format!("{}:{}", path.line, path.names.join("::"))).collect();
        assert_eq!(paths.join(" "), expected);
    }

    #[test]
    fn groups_are_followed_to_their_ends() {
        let text =
            "use crate::{\n  text::{ByteRange, Fragments as F},\n  model::*,\n};\nfn f() -> std::fs::File { a.b }";
        check(
            "src/query/mod.rs",
            text,
            "2:crate::text::ByteRange 2:crate::text::Fragments 3:crate::model::* 5:std::fs::File",
        );
        check("src/x.rs", "use a::{self, b::{self, c}};", "1:a::b 1:a::b::c");
    }

    #[test]
    fn super_and_self_are_resolved_from_where_they_stand() {
        check("src/model/edit/apply.rs", "use super::super::Project;", "1:crate::model::Project");
        check("src/model/edit/apply.rs", "use super::super::super::store::save;", "1:crate::store::save");
        check("src/model/mod.rs", "use self::edit::apply;", "1:crate::model::edit::apply");
        check(
            "src/model/mod.rs",
            "mod tests { use super::Project; } use super::cli::run;",
            "1:crate::model::Project 1:crate::cli::run",
        );
        check(
            "src/model/mod.rs",
            "mod tests { fn f() { super::g() } } use super::cli::run;",
            "1:crate::model::g 1:crate::cli::run",
        );
    }

    #[test]
    fn the_binary_sees_the_library_as_the_crate() {
        check("src/main.rs", "fn main() { pressmark::cli::main() }", "1:crate::cli::main");
    }

    #[test]
    fn comments_strings_and_lifetimes_hide_nothing_and_are_no_code() {
        let text = "// crate::a::b\n/* crate::c /* nested */ crate::d */ let s = \"crate::e\\\"\"; let r = r#\"crate::\"f\"#;\n\
                    fn f<'a>(c: char) { if c == '\\'' || c == '\"' || c == '{' { crate::g::h(); } }";
        check("src/x.rs", text, "3:crate::g::h");
        let strings: Vec<String> = Source::new("src/x.rs", text).strings.into_iter().map(|(_, text)| text).collect();
        assert_eq!(strings, ["crate::e\\\"", "crate::\"f"]);
    }

    #[test]
    fn macros_are_named_by_their_last_name() {
        let source = Source::new("src/x.rs", "fn f() {\n std::println!(\"\"); if a != b { t!(\"x\") } }");
        assert_eq!(source.macros, [(2, "println".to_owned()), (2, "t".to_owned())]);
    }

    #[test]
    fn a_file_stands_in_a_room() {
        let room = |file: &str| Source::new(file, "").room();
        assert_eq!(room("src/model/edit/mod.rs"), "model");
        assert_eq!(room("src/ui/page/mod.rs"), "ui/page");
        assert_eq!((room("src/ui/panel/marks.rs"), room("src/ui/wish.rs")), ("ui/panel".into(), "ui".into()));
        assert_eq!((room("src/ui/shell.rs"), room("src/ui/app/frame.rs")), ("ui/app".into(), "ui/app".into()));
        assert_eq!(
            (room("src/lib.rs"), room("src/main.rs"), room("src/native.rs")),
            ("lib".into(), "main".into(), "native".into())
        );
    }
}
