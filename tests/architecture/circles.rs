//! Files that import each other in a circle, inside a room too.
//!
//! A file imports another where it names something that stands there: a path in a `use` or in code, from `crate`,
//! `self`, `super`, a child module or a module that was imported, is followed to the file that *defines* what it ends
//! in. So:
//!
//! - `pub use child::Thing` is no import, it only passes the name on; whoever takes `super::Thing` or
//!   `crate::room::Thing` from there imports the child's file. Where the file that passes it on uses the name itself, it
//!   imports the child like everybody else.
//! - `use super::module` alone is no import either: what is used of it, as in `module::thing()`, is.
//! - `use module::*` imports the module's own file.
//! - Inline modules belong to their file. Unit tests, and files under a `tests` module, are left out: they may use
//!   everything.
//!
//! So a `mod.rs` that declares its children and passes their names on stands in no circle; one that defines what a
//! child uses, and uses that child, does.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{PathUse, Source};

/// Re-exports are followed this often before they count as going round in themselves.
const MOST_HOPS: usize = 16;

/// An import: the file it leads to, and the line where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    to: usize,
    line: usize,
}

/// Modules, each by the name it has in a file.
type Modules<'a> = BTreeMap<&'a str, Vec<String>>;

/// The library's files, to follow paths through.
struct Files<'a> {
    sources: Vec<&'a Source>,
    by_module: BTreeMap<&'a [String], usize>,
    /// Of each file, the names it passes on, and the paths from the crate's root that they stand for.
    passed_on: Vec<Modules<'a>>,
}

/// Every circle with its files and one way round.
pub fn circles(sources: &[Source]) -> Vec<String> {
    let files = Files::new(sources);
    let arrows: Vec<BTreeSet<Arrow>> = (0..files.sources.len()).map(|file| files.arrows(file)).collect();
    let told = |circle: &Vec<usize>| {
        let names: Vec<&str> = circle.iter().map(|file| files.sources[*file].file.as_str()).collect();
        format!("{} (of {})", way_round(&files, &arrows, circle), names.join(", "))
    };
    mutual(&arrows).iter().map(told).collect()
}

impl<'a> Files<'a> {
    fn new(sources: &'a [Source]) -> Self {
        let sources: Vec<&Source> =
            sources.iter().filter(|source| source.tests_from > 0 && source.file != "src/main.rs").collect();
        let by_module = sources.iter().enumerate().map(|(at, source)| (source.module.as_slice(), at)).collect();
        let mut files = Self { sources, by_module, passed_on: Vec::new() };
        files.passed_on = files.sources.iter().map(|source| files.passed_on(source)).collect();
        files
    }

    fn arrows(&self, file: usize) -> BTreeSet<Arrow> {
        let source = self.sources[file];
        let modules = self.imported_modules(file);
        let mut arrows = BTreeSet::new();
        for path in source.paths.iter().filter(|path| path.line < source.tests_from) {
            if path.import.as_ref().is_some_and(|import| import.is_passed_on && !is_used(source, &import.name)) {
                continue;
            }
            let Some(names) = self.resolved_at_root(source, &modules, &path.names) else { continue };
            let to = self.definition(names, MOST_HOPS).filter(|to| *to != file);
            arrows.extend(to.map(|to| Arrow { to, line: path.line }));
        }
        arrows
    }

    fn passed_on(&self, source: &'a Source) -> Modules<'a> {
        let names = |path: &'a PathUse| {
            let import = path.import.as_ref().filter(|import| import.is_passed_on && import.name != "*")?;
            Some((import.name.as_str(), self.resolved_at_root(source, &Modules::new(), &path.names)?))
        };
        source.paths.iter().filter_map(names).collect()
    }

    /// The modules that a file has imported, by the names they have there.
    fn imported_modules(&self, file: usize) -> Modules<'a> {
        let source = self.sources[file];
        let module = |path: &'a PathUse| {
            let names = self.resolved_at_root(source, &Modules::new(), &path.names)?;
            let import = path.import.as_ref()?;
            self.by_module.contains_key(names.as_slice()).then_some((import.name.as_str(), names))
        };
        source.paths.iter().filter_map(module).collect()
    }

    /// A path's names from the crate's root on, without `crate`; `None` where it leads out of the crate.
    fn resolved_at_root(&self, source: &Source, modules: &Modules<'_>, names: &[String]) -> Option<Vec<String>> {
        let (first, rest) = names.split_first()?;
        if first == "crate" {
            return Some(rest.to_vec());
        }
        if source.children.contains(first) {
            return Some([&source.module, names].concat());
        }
        modules.get(first.as_str()).map(|module| [module.as_slice(), rest].concat())
    }

    /// The file that defines what a path ends in; `None` where it ends in a module.
    fn definition(&self, names: Vec<String>, hops: usize) -> Option<usize> {
        let depth = (0..=names.len()).rev().find(|depth| self.by_module.contains_key(&names[..*depth]))?;
        let file = self.by_module[&names[..depth]];
        let (item, rest) = names[depth..].split_first()?;
        match self.passed_on[file].get(item.as_str()) {
            Some(names) if hops > 0 => self.definition([names.as_slice(), rest].concat(), hops - 1),
            _ => Some(file),
        }
    }
}

/// Whether a file that passes a name on uses it itself, alone or as the beginning of a path.
fn is_used(source: &Source, name: &str) -> bool {
    let in_code = |line: usize| line < source.tests_from;
    let alone = source.names.iter().any(|(line, used)| used == name && in_code(*line));
    let begins = |path: &PathUse| path.import.is_none() && path.names[0] == name && in_code(path.line);
    alone || source.paths.iter().any(begins)
}

/// Groups of files each of which reaches all others of its group, in the order of their names.
fn mutual(arrows: &[BTreeSet<Arrow>]) -> Vec<Vec<usize>> {
    let reached: Vec<BTreeSet<usize>> = (0..arrows.len()).map(|from| reached(arrows, from)).collect();
    let mut circles: Vec<Vec<usize>> = Vec::new();
    for file in 0..arrows.len() {
        let is_known = circles.iter().any(|circle| circle.contains(&file));
        if reached[file].contains(&file) && !is_known {
            circles.push(reached[file].iter().copied().filter(|other| reached[*other].contains(&file)).collect());
        }
    }
    circles
}

fn reached(arrows: &[BTreeSet<Arrow>], from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        open.extend(arrows[file].iter().map(|arrow| arrow.to).filter(|to| reached.insert(*to)));
    }
    reached
}

/// A shortest way from the first file of a circle back to itself, each import with its line.
fn way_round(files: &Files<'_>, arrows: &[BTreeSet<Arrow>], circle: &[usize]) -> String {
    let start = circle[0];
    let mut came_from: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(file) = open.pop_front().filter(|_| !came_from.contains_key(&start)) {
        for arrow in arrows[file].iter().filter(|arrow| circle.contains(&arrow.to)) {
            if let std::collections::btree_map::Entry::Vacant(entry) = came_from.entry(arrow.to) {
                entry.insert((file, arrow.line));
                open.push_back(arrow.to);
            }
        }
    }
    let mut way = vec![files.sources[start].file.clone()];
    let mut at = start;
    while let Some(&(from, line)) = came_from.get(&at) {
        way.push(format!("{}:{line}", files.sources[from].file));
        at = from;
        if at == start {
            break;
        }
    }
    way.reverse();
    way.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The circles of some files, each a path and what it says.
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let sources: Vec<Source> =
            files.iter().map(|(file, text)| Source::new(&format!("src/{file}.rs"), text)).collect();
        assert_eq!(circles(&sources), expected, "{files:?}");
    }

    #[test]
    fn two_files_that_import_each_other_are_a_circle() {
        let found = "src/a/x.rs:1 → src/a/y.rs:2 → src/a/x.rs (of src/a/x.rs, src/a/y.rs)";
        let circle = [
            ("a/mod", "mod x;\nmod y;"),
            ("a/x", "use super::y::{self, g};"),
            ("a/y", "fn g() {\n crate::a::x::f() }"),
        ];
        check(&circle, &[found]);
        check(&circle[..2], &[]);
    }

    #[test]
    fn a_long_way_round_is_a_circle_too() {
        let files = [
            ("a/x", "use super::y::Y;"),
            ("a/y", "use super::z::Z;"),
            ("a/z", "use crate::b::B;"),
            ("b", "use crate::a::x::X;"),
        ];
        let way = "src/a/x.rs:1 → src/a/y.rs:1 → src/a/z.rs:1 → src/b.rs:1 → src/a/x.rs";
        check(&files, &[&format!("{way} (of src/a/x.rs, src/a/y.rs, src/a/z.rs, src/b.rs)")]);
    }

    #[test]
    fn a_module_that_passes_names_on_uses_nothing() {
        let child = ("a/y", "use super::X;\npub struct Y;");
        check(&[("a/mod", "mod x;\nmod y;\npub use self::{x::X, y::Y};"), ("a/x", "pub struct X;"), child], &[]);
        check(&[("a/mod", "mod x;\nmod y;\npub(super) use x::X as Z;"), ("a/x", ""), ("a/y", "use super::Z;")], &[]);
    }

    #[test]
    fn a_module_that_uses_a_child_and_defines_what_the_child_uses_is_in_a_circle() {
        let child = ("a/y", "use super::X;\npub struct Y;");
        let found = |way: &str| format!("{way} (of src/a/mod.rs, src/a/y.rs)");
        let expected = found("src/a/mod.rs:2 → src/a/y.rs:1 → src/a/mod.rs");
        check(&[("a/mod", "mod y;\npub use y::Y;\npub struct X(Y);"), child], &[&expected]);
        check(&[("a/mod", "mod y;\nfn f() { y::g() }\npub struct X;"), child], &[&expected]);
        check(&[("a/mod", "mod y;\npub use y::Y;\npub struct X;"), child], &[]);
        check(&[("a/mod", "mod y;\npub struct X;"), child], &[]);
    }

    #[test]
    fn what_is_used_of_an_imported_module_is_followed() {
        let top = ("a/mod", "pub mod x;\npub mod y;\npub use self::x::X;");
        let files = [top, ("a/x", "use crate::a;\nfn f() { a::y::g() }"), ("a/y", "use super::super::a::X;")];
        check(&files, &["src/a/x.rs:2 → src/a/y.rs:1 → src/a/x.rs (of src/a/x.rs, src/a/y.rs)"]);
        let files = [top, ("a/x", "use crate::a;\nfn f(a: u8) {}"), ("a/y", "use super::x::X;")];
        check(&files, &[]);
    }

    #[test]
    fn a_glob_imports_the_file_itself() {
        let files = [("a/mod", "mod y;\nfn f(y: y::Y) {}"), ("a/y", "use super::*;")];
        check(&files, &["src/a/mod.rs:2 → src/a/y.rs:1 → src/a/mod.rs (of src/a/mod.rs, src/a/y.rs)"]);
    }

    #[test]
    fn tests_may_use_everything() {
        let tests = "\n#[cfg(test)]\nmod tests {\n use super::super::x::X; }";
        check(&[("a/x", "use super::y::Y;"), ("a/y", tests)], &[]);
        check(&[("a/x", "use super::y::Y;"), ("a/y", ""), ("a/y/tests/mod", "use crate::a::x::X;")], &[]);
    }
}
