//! What stands in a project: who, codes, notes, variables, and the texts with their selections.

use std::collections::BTreeMap;

use super::{
    super::xml_tree::Element,
    codes::{Code, read_codes},
    guid::plain,
};
use crate::model::Codebook;

/// A project, as far as its parts are named by others. All names are GUIDs without braces, in lower case.
pub struct QdaProject<'e> {
    pub users: BTreeMap<String, String>,
    pub codes: BTreeMap<String, Code>,
    pub notes: BTreeMap<String, &'e Element>,
    variables: BTreeMap<String, &'e str>,
    /// The first case of a source.
    cases: BTreeMap<String, &'e Element>,
    /// Each with the element that says what it is called: a PDF’s text is that of its representation.
    pub texts: Vec<(&'e Element, &'e Element)>,
    /// Sources without a text: what they are, and their names.
    pub others: Vec<&'e Element>,
    pub links: Vec<&'e Element>,
    /// Whether Pressmark has written it, so that notes are answers where they are called like that.
    pub is_own: bool,
    /// Whether there are sets or graphs, which have no place in a project of Pressmark’s.
    pub has_more: bool,
}

impl<'e> QdaProject<'e> {
    pub fn of(root: &'e Element, codebook: &mut Codebook) -> Self {
        let all = |list: &str, name: &'static str| root.child(list).into_iter().flat_map(move |list| list.all(name));
        let name = |user: &Element| {
            let given = [user.attribute("name"), user.attribute("id")].into_iter().find(|name| !name.trim().is_empty());
            given.unwrap_or("User").trim().to_owned()
        };
        let codes = root.child("CodeBook").and_then(|book| book.child("Codes"));
        let mut cases = BTreeMap::new();
        for case in all("Cases", "Case") {
            for source in case.all("SourceRef") {
                cases.entry(target(source)).or_insert(case);
            }
        }
        let sources = root.child("Sources").map_or(&[][..], |sources| &sources.children);
        let (mut texts, mut others) = (Vec::new(), Vec::new());
        for source in sources {
            let inner = ["Representation", "TextDescription"].into_iter().find_map(|name| source.child(name));
            match (source.name.as_str(), inner) {
                ("TextSource", _) => texts.push((source, source)),
                (_, Some(text)) => texts.push((text, source)),
                _ => others.push(source),
            }
        }
        Self {
            users: all("Users", "User").map(|user| (guid(user), name(user))).collect(),
            codes: codes.map(|codes| read_codes(codes, codebook)).unwrap_or_default(),
            notes: all("Notes", "Note").map(|note| (guid(note), note)).collect(),
            variables: all("Variables", "Variable").map(|one| (guid(one), one.attribute("name"))).collect(),
            cases,
            texts,
            others,
            links: all("Links", "Link").collect(),
            is_own: root.attribute("origin") == "Pressmark",
            has_more: root.child("Sets").is_some() || root.child("Graphs").is_some(),
        }
    }

    /// The value of a variable of a source, or of its case.
    pub fn value(&self, source: &'e Element, name: &str) -> Option<&'e str> {
        let case = self.cases.get(&guid(source)).copied();
        let of = |owner: &'e Element| {
            let mut values = owner.all("VariableValue");
            let own = values.find(|value| {
                let of = value.child("VariableRef").map(target).and_then(|of| self.variables.get(&of));
                of.is_some_and(|own| own.trim().eq_ignore_ascii_case(name))
            })?;
            let value = own.children.iter().find(|value| value.name != "VariableRef")?;
            Some(value.text.as_str()).filter(|value| !value.trim().is_empty())
        };
        of(source).or_else(|| case.and_then(of))
    }

    /// The name of the case that a source belongs to.
    pub fn case(&self, source: &Element) -> Option<&'e str> {
        self.cases.get(&guid(source)).map(|case| case.attribute("name")).filter(|name| !name.trim().is_empty())
    }

    /// Who made something; `None` where it does not say, or names nobody.
    pub fn user(&self, made: &Element) -> Option<&str> {
        self.users.get(&plain(made.attribute("creatingUser"))).map(String::as_str)
    }
}

pub fn guid(element: &Element) -> String {
    plain(element.attribute("guid"))
}

/// What an element leads to.
pub fn target(element: &Element) -> String {
    plain(element.attribute("targetGUID"))
}
