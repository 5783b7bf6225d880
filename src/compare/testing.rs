//! A small project with reports of one event, for the tests of this room.

use crate::{
    model::{
        Annotation, AnnotationId, Annotator, AnnotatorId, Article, ArticleId, Attribute, AttributeId, AttributeKind,
        Attributes, Choice, ChoiceId, Codebook, Extent, Filler, KindId, Label, LabelColor, LabelId, LinePattern,
        Member, Metadata, Project, Relation, RelationId, RelationKind, Rgb, Role, RoleId, Target, Uid, Value,
        load::RawLayer,
    },
    text::{ByteRange, Fragments, Text},
};

/// The annotator.
pub fn ana() -> AnnotatorId {
    AnnotatorId::new("ana").unwrap()
}

/// Articles called a, b, c, with these texts. Ana has marked what stands in `⟦…⟧`, as quotes with the ids 1, 2, … over all
/// texts.
pub fn project(texts: &[&str]) -> (Project, Vec<ArticleId>) {
    let mut codebook = Codebook::empty("Test");
    codebook.labels.push(label("quote"));
    codebook.relations.extend([same_statement(), attribution()]);
    let someone = Annotator { name: "Ana".to_owned() };
    let mut project = Project::load("P".to_owned(), codebook, [(ana(), someone)], []).unwrap();
    let (mut ids, mut next) = (Vec::new(), 0);
    for (text, name) in texts.iter().zip(["a", "b", "c"]) {
        let id = ArticleId::new(name).unwrap();
        let metadata = Metadata { title: name.to_uppercase(), ..Metadata::default() };
        project.load_articles([(id.clone(), Article { metadata, loaded: Vec::new(), fingerprint: 0, words: 1 })]);
        let (text, marks) = taken_apart(text);
        project.load_text(&id, Text::new(text));
        let mark = |place: ByteRange| {
            next += 1;
            let fragments = Fragments::one(place).unwrap();
            (AnnotationId(Uid::from_u64(next)), Annotation::new(LabelId::new("quote").unwrap(), fragments, 1))
        };
        let annotations = marks.into_iter().map(mark).collect();
        project.load_layer(&id, &ana(), RawLayer { annotations, ..RawLayer::default() }).unwrap();
        ids.push(id);
    }
    (project, ids)
}

/// Has Ana say that two marks, each with its article, are the same statement in a form.
pub fn join(project: &mut Project, marks: [(&ArticleId, u64); 2], form: &str) {
    let member = |(role, (article, mark)): (&str, (&ArticleId, u64))| Member {
        role: RoleId::new(role).unwrap(),
        target: Target { article: article.clone(), item: AnnotationId(Uid::from_u64(mark)).into() },
    };
    let members = ["one", "other"].into_iter().zip(marks).map(member).collect();
    let mut attributes = Attributes::default();
    attributes.set(AttributeId::new("form").unwrap(), Some(Value::Choice(ChoiceId::new(form).unwrap())));
    let relation = Relation { attributes, ..Relation::new(KindId::new("same-statement").unwrap(), members) };
    let aside = project.load_links(&ana(), vec![(RelationId(Uid::from_u64(90)), relation)]);
    assert!(aside.is_empty(), "the relation is as the codebook has it");
}

/// Has Ana say in which role of an attribution marks of an article stand.
pub fn attribute(project: &mut Project, article: &ArticleId, marks: &[(&str, u64)]) {
    let member = |(role, mark): &(&str, u64)| Member {
        role: RoleId::new(role).unwrap(),
        target: Target { article: article.clone(), item: AnnotationId(Uid::from_u64(*mark)).into() },
    };
    let (kind, members) = (KindId::new("attribution").unwrap(), marks.iter().map(member).collect());
    let relation = Relation::new(kind, members);
    let layer = project.layer(article, &ana()).unwrap();
    let annotations = layer.annotations().map(|(id, mark)| (id, (**mark).clone())).collect();
    let relations = vec![(RelationId(Uid::from_u64(80)), relation)];
    let aside =
        project.load_layer(article, &ana(), RawLayer { annotations, relations, ..RawLayer::default() }).unwrap();
    assert!(aside.is_empty(), "the relation is as the codebook has it");
}

/// A text without its brackets, and where they stood.
fn taken_apart(marked: &str) -> (String, Vec<ByteRange>) {
    let (mut text, mut starts, mut found) = (String::new(), Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '⟦' => starts.push(text.len()),
            '⟧' => found.push(ByteRange::new(starts.pop().unwrap(), text.len())),
            c => text.push(c),
        }
    }
    (text, found)
}

fn label(id: &str) -> Label {
    Label {
        id: LabelId::new(id).unwrap(),
        name: id.to_owned(),
        description: String::new(),
        examples: Vec::new(),
        initials: "Qu".to_owned(),
        color: LabelColor { light: Rgb([0; 3]), dark: Rgb([0; 3]) },
        pattern: LinePattern::Solid,
        key: None,
        extent: Extent::default(),
        attributes: Vec::new(),
    }
}

/// A role for marks, so many of them.
fn role(id: &str, least: u32, most: Option<u32>) -> Role {
    let fillers = vec![Filler::Label(LabelId::new("quote").unwrap())];
    Role { id: RoleId::new(id).unwrap(), name: id.to_owned(), fillers, least, most }
}

fn attribution() -> RelationKind {
    RelationKind {
        id: KindId::new("attribution").unwrap(),
        name: "Attribution".to_owned(),
        description: String::new(),
        roles: ["quote", "source", "cue"].map(|id| role(id, 0, None)).to_vec(),
        across_articles: false,
        attributes: Vec::new(),
    }
}

fn same_statement() -> RelationKind {
    let forms = ["verbatim", "truncated", "altered", "paraphrased"];
    let choice = |id: &str| Choice { id: ChoiceId::new(id).unwrap(), name: id.to_owned() };
    RelationKind {
        id: KindId::new("same-statement").unwrap(),
        name: "Same statement".to_owned(),
        description: String::new(),
        roles: ["one", "other"].map(|id| role(id, 1, Some(1))).to_vec(),
        across_articles: true,
        attributes: vec![Attribute {
            id: AttributeId::new("form").unwrap(),
            name: "Form".to_owned(),
            description: String::new(),
            kind: AttributeKind::Choice(forms.map(choice).to_vec()),
            required: false,
            shown_when: None,
        }],
    }
}
