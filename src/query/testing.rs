//! A small project with relations, for the tests of this room.

use crate::{
    model::{
        Annotation, AnnotationId, Annotator, AnnotatorId, Article, ArticleId, Codebook, Extent, Filler, Item, KindId,
        Label, LabelColor, LabelId, LinePattern, Member, Metadata, Project, Relation, RelationId, RelationKind, Rgb,
        Role, RoleId, Target, Uid, load::RawLayer,
    },
    text::{ByteRange, Fragments, Text},
};

pub fn id(n: u64) -> AnnotationId {
    AnnotationId(Uid::from_u64(n))
}

pub fn relation_id(n: u64) -> RelationId {
    RelationId(Uid::from_u64(n))
}

/// The article and the annotator.
pub fn names() -> (ArticleId, AnnotatorId) {
    (ArticleId::new("toll").unwrap(), AnnotatorId::new("ana").unwrap())
}

/// Joins items, one in each of the roles one, other and third.
pub fn relation(kind: &str, items: &[Item]) -> Relation {
    let target = |item: &Item| Target { article: names().0, item: *item };
    let member = |(role, item): (&str, &Item)| Member { role: RoleId::new(role).unwrap(), target: target(item) };
    let members = ["one", "other", "third"].into_iter().zip(items).map(member).collect();
    Relation::new(KindId::new(kind).unwrap(), members)
}

/// A kind with the roles one and other, which take so many members at most.
pub fn kind(name: &str, most: [Option<u32>; 3]) -> RelationKind {
    let fillers = [Filler::Label(LabelId::new("claim").unwrap()), Filler::Relation(KindId::new("pair").unwrap())];
    let roles = ["one", "other", "third"].into_iter().zip(most);
    let roles = roles.map(|(role, most)| Role {
        id: RoleId::new(role).unwrap(),
        name: role.to_owned(),
        fillers: fillers.to_vec(),
        least: 0,
        most,
    });
    RelationKind {
        id: KindId::new(name).unwrap(),
        name: name.to_owned(),
        description: String::new(),
        roles: roles.take(2).collect(),
        across_articles: false,
        attributes: Vec::new(),
    }
}

/// Marks 1 to 3; the first pair joins 1 and 2, the second the first pair and 3.
pub fn project() -> Project {
    project_with(kind("pair", [None; 3]))
}

/// The same, with another kind called pair.
pub fn project_with(pair: RelationKind) -> Project {
    let mut codebook = Codebook::empty("Test");
    let color = LabelColor { light: Rgb([0; 3]), dark: Rgb([0; 3]) };
    codebook.labels.push(Label {
        id: LabelId::new("claim").unwrap(),
        name: "Claim".to_owned(),
        description: String::new(),
        examples: Vec::new(),
        initials: "Cl".to_owned(),
        color,
        pattern: LinePattern::Solid,
        key: None,
        extent: Extent::default(),
        attributes: Vec::new(),
    });
    codebook.relations.push(pair);
    let (article, annotator) = names();
    let someone = Annotator { name: "Ana".to_owned() };
    let mut project = Project::load("P".to_owned(), codebook, [(annotator.clone(), someone)], []).unwrap();
    let row = Article { metadata: Metadata::default(), loaded: Vec::new(), fingerprint: 0, words: 3 };
    project.load_articles([(article.clone(), row)]);
    project.load_text(&article, Text::from("one two six"));
    let mark = |n: u64| {
        let fragments = Fragments::new([ByteRange::new(4 * n as usize - 4, 4 * n as usize - 1)]).unwrap();
        (id(n), Annotation::new(LabelId::new("claim").unwrap(), fragments, 1))
    };
    let relations = vec![
        (relation_id(8), relation("pair", &[id(1).into(), id(2).into()])),
        (relation_id(9), relation("pair", &[relation_id(8).into(), id(3).into()])),
    ];
    let raw = RawLayer { annotations: (1..4).map(mark).collect(), relations, ..RawLayer::default() };
    project.load_layer(&article, &annotator, raw).unwrap();
    project
}
