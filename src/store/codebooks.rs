//! The codebooks that ship with Pressmark. They are embedded in the program; a test reads each of them and holds it
//! against [`Codebook::check`].

use super::{file::CodebookFile, read};
use crate::{diagnostic::Diagnostic, model::Codebook, phrase};

/// A codebook that ships.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// What it is called on the command line.
    pub name: &'static str,
    file: &'static str,
}

const SHIPPED: &[Shipped] = &[Shipped { name: "news", file: include_str!("../../assets/codebooks/news.ron") }];

/// Every codebook that ships; the first is the default of a new project.
pub fn codebooks() -> &'static [Shipped] {
    SHIPPED
}

/// A codebook that ships, by its name.
///
/// # Errors
/// There is none of this name; the hint says which there are.
pub fn codebook(name: &str) -> Result<Codebook, Diagnostic> {
    let found = SHIPPED.iter().find(|shipped| shipped.name == name).map(Shipped::codebook);
    found.ok_or_else(|| {
        let names: Vec<&str> = SHIPPED.iter().map(|shipped| shipped.name).collect();
        Diagnostic::error("no-codebook", phrase!("There is no codebook “{name}”", name))
            .hint(phrase!("Use one of {names}", names = names.join(", ")))
    })
}

impl Shipped {
    /// The codebook, newly read.
    pub fn codebook(&self) -> Codebook {
        let file: CodebookFile = read::parse(self.file).expect("a test reads every codebook that ships");
        file.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::layout;

    /// With `PRESSMARK_UPDATE=1` the files are written anew in the project's layout.
    #[test]
    fn the_codebooks_that_ship_are_valid_and_laid_out_as_a_project_would() {
        for shipped in codebooks() {
            let codebook = shipped.codebook();
            assert_eq!(codebook.check(), [], "{}", shipped.name);
            let expected = layout::file(&CodebookFile::from(&codebook));
            if std::env::var_os("PRESSMARK_UPDATE").is_some() {
                let path = crate::root::root().join(format!("assets/codebooks/{}.ron", shipped.name));
                std::fs::write(path, expected).unwrap();
            } else {
                assert_eq!(shipped.file, expected, "{}: run the test with PRESSMARK_UPDATE=1", shipped.name);
            }
        }
    }
}
