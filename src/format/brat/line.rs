//! A line of an `.ann` file: <https://brat.nlplab.org/standoff.html>. It knows nothing of other lines.

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnnLine {
    /// `T1⇥Label 0 5;8 12⇥words`: ranges in code points, half-open.
    Text { id: String, label: String, ranges: Vec<(usize, usize)>, words: String },
    /// `R1⇥Kind Role:T1 Role:T2`.
    Relation { id: String, kind: String, members: Vec<(String, String)> },
    /// `E1⇥Kind:T3 Role:T4 Role2:E5`.
    Event { id: String, kind: String, trigger: String, members: Vec<(String, String)> },
    /// `*⇥Kind T1 T2 …`: any number of members, all alike.
    Group { kind: String, members: Vec<String> },
    /// `A1⇥Name T1` or `A1⇥Name T1 value`; `M1` in older files.
    Attribute { name: String, target: String, value: Option<String> },
    /// `N1⇥Reference T1 Resource:id⇥title`.
    Reference { name: String, target: String, resource: String, title: String },
    /// `#1⇥AnnotatorNotes T1⇥words`.
    Note { kind: String, target: String, words: String },
}

impl AnnLine {
    /// What a line says; `None` where it can’t be understood.
    pub fn of(line: &str) -> Option<Self> {
        let (id, rest) = line.split_once('\t')?;
        let (head, tail) = rest.split_once('\t').unwrap_or((rest, ""));
        let mut parts = head.split(' ').filter(|part| !part.is_empty());
        let own = || id.to_owned();
        match id.chars().next()? {
            'T' => {
                let (label, ranges) = head.split_once(' ')?;
                Some(Self::Text {
                    id: own(),
                    label: label.to_owned(),
                    ranges: ranges_of(ranges)?,
                    words: tail.to_owned(),
                })
            }
            'R' => Some(Self::Relation { id: own(), kind: parts.next()?.to_owned(), members: pairs(parts)? }),
            'E' => {
                let (kind, trigger) = parts.next()?.split_once(':')?;
                Some(Self::Event {
                    id: own(),
                    kind: kind.to_owned(),
                    trigger: trigger.to_owned(),
                    members: pairs(parts)?,
                })
            }
            '*' => Some(Self::Group { kind: parts.next()?.to_owned(), members: parts.map(str::to_owned).collect() }),
            'A' | 'M' => {
                let (name, target) = (parts.next()?.to_owned(), parts.next()?.to_owned());
                let value: Vec<&str> = parts.collect();
                Some(Self::Attribute { name, target, value: (!value.is_empty()).then(|| value.join(" ")) })
            }
            'N' => {
                let (name, target) = (parts.next()?.to_owned(), parts.next()?.to_owned());
                let resource = parts.collect::<Vec<_>>().join(" ");
                Some(Self::Reference { name, target, resource, title: tail.to_owned() })
            }
            '#' => {
                let (kind, target) = (parts.next()?.to_owned(), parts.next()?.to_owned());
                Some(Self::Note { kind, target, words: tail.to_owned() })
            }
            _ => None,
        }
    }
}

/// `0 5;8 12`.
fn ranges_of(text: &str) -> Option<Vec<(usize, usize)>> {
    let range = |part: &str| {
        let (start, end) = part.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim().parse().ok()?))
    };
    text.split(';').map(range).collect()
}

/// `Role:T1 Role:T2`.
fn pairs<'l>(parts: impl Iterator<Item = &'l str>) -> Option<Vec<(String, String)>> {
    let pair = |part: &str| part.split_once(':').map(|(role, target)| (role.to_owned(), target.to_owned()));
    parts.map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_is_understood_and_nonsense_is_not() {
        let text = AnnLine::of("T1\tQuote 0 5;8 12\t“Late” said").unwrap();
        let AnnLine::Text { ranges, words, .. } = text else { panic!("it is a text") };
        assert_eq!((ranges, words.as_str()), (vec![(0, 5), (8, 12)], "“Late” said"));
        for line in
            ["R1\tPart-of Arg1:T1 Arg2:T2\t", "E1\tBind:T3 Theme:T4 Theme2:E5", "*\tEquiv T1 T2", "A1\tNegated E1"]
        {
            assert!(AnnLine::of(line).is_some(), "{line}");
        }
        let value = AnnLine::of("M2\tSure E1 very").unwrap();
        assert!(matches!(value, AnnLine::Attribute { value: Some(value), .. } if value == "very"));
        for line in ["", "T1", "T1\tQuote", "T1\tQuote a b\tx", "R1\tPart-of T1", "and then", "\t", "É\tx"] {
            assert_eq!(AnnLine::of(line), None, "{line}");
        }
    }
}
