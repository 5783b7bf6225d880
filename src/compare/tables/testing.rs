//! Invented reports for the tests of this folder, written as one reads them.
//!
//! `⟦label id attribute=answer …|words⟧` is a mark; answers may have spaces. Lines at the end are no text: `> a b c` says
//! that the marks are an attribution, each in the role of its label; `! target side` answers for the article. Relations
//! across reports are given apart, as `kind 1.a 2.b`.

use crate::{
    model::{
        Annotation, AnnotationId, Annotator, AnnotatorId, Answer, Article, ArticleAnswers, ArticleId, Attribute,
        AttributeId, AttributeKind, Choice, ChoiceId, Codebook, Extent, Filler, KindId, Label, LabelColor, LabelId,
        LinePattern, Member, Metadata, Project, Question, Relation, RelationId, RelationKind, Rgb, Role, RoleId,
        Target, Uid, Value, load::RawLayer,
    },
    text::{ByteRange, Fragments, Text},
};

use super::Reports;

/// A project with invented reports of one annotator.
pub struct Invented {
    pub project: Project,
    pub annotator: AnnotatorId,
    pub articles: Vec<ArticleId>,
    ids: Vec<Vec<(String, AnnotationId)>>,
    relations: u64,
}

impl Invented {
    pub fn new(reports: &[&str]) -> Self {
        Self::with(codebook(), reports)
    }

    /// With a codebook that has labels alone.
    pub fn without_relations(reports: &[&str]) -> Self {
        Self::with(Codebook { relations: Vec::new(), ..codebook() }, reports)
    }

    pub fn with(codebook: Codebook, reports: &[&str]) -> Self {
        let annotator = AnnotatorId::new("ana").unwrap();
        let someone = Annotator { name: "Ana".to_owned() };
        let project = Project::load("P".to_owned(), codebook, [(annotator.clone(), someone)], []).unwrap();
        let mut invented = Self { project, annotator, articles: Vec::new(), ids: Vec::new(), relations: 0 };
        for (at, report) in reports.iter().enumerate() {
            invented.add(at + 1, report);
        }
        invented
    }

    /// Relates marks across the reports.
    pub fn relate(mut self, relations: &[&str]) -> Self {
        let rows: Vec<(RelationId, Relation)> = relations.iter().map(|line| self.across(line)).collect();
        let refused = self.project.load_links(&self.annotator.clone(), rows);
        assert!(refused.is_empty(), "{refused:?}");
        self
    }

    pub fn reports(&self) -> Reports<'_> {
        Reports::read(&self.project, &self.annotator, &self.articles)
    }

    fn add(&mut self, number: usize, report: &str) {
        let article = ArticleId::new(&format!("report-{number}")).unwrap();
        let (mut text, mut marks, mut raw) = (String::new(), Vec::new(), RawLayer::default());
        let is_text = |line: &&str| !line.starts_with("> ") && !line.starts_with("! ");
        let body = report.lines().filter(is_text).collect::<Vec<_>>().join("\n");
        read_marks(&body, &mut text, &mut marks);
        let mut ids = Vec::new();
        for (name, mark) in marks {
            let id = AnnotationId(Uid::from_u64((number * 1000 + ids.len() + 1) as u64));
            ids.push((name, mark.label.clone(), id));
            raw.annotations.push((id, mark));
        }
        for line in report.lines().filter_map(|line| line.strip_prefix("> ")) {
            let found = line.split(' ').map(|name| ids.iter().find(|(own, ..)| own == name).expect(name));
            let members = found.map(|(_, label, id)| {
                let role = if ["source", "cue"].contains(&label.as_str()) { label.as_str() } else { "quote" };
                member(role, &article, *id)
            });
            let members = members.collect();
            raw.relations.push((self.relation_id(), relation("attribution", members)));
        }
        let answers = report.lines().filter_map(|line| line.strip_prefix("! ")).map(|line| {
            let (target, side) = line.rsplit_once(' ').unwrap();
            let (question, value) = (AttributeId::new("side").unwrap(), choice_value(side));
            Answer { question, target: Some(target.to_owned()), value }
        });
        raw.article_answers = ArticleAnswers { answers: answers.collect(), ..ArticleAnswers::default() };
        let metadata = Metadata {
            title: format!("Report {number}"),
            outlet: format!("Outlet {number}"),
            published: format!("2026-03-0{number}"),
            ..Metadata::default()
        };
        let row = Article { metadata, loaded: Vec::new(), fingerprint: number as u64, words: 1 };
        self.project.load_articles([(article.clone(), row)]);
        self.project.load_text(&article, Text::from(text.as_str()));
        let refused = self.project.load_layer(&article, &self.annotator, raw).unwrap();
        assert!(refused.is_empty(), "{refused:?}");
        self.articles.push(article);
        self.ids.push(ids.into_iter().map(|(name, _, id)| (name, id)).collect());
    }

    fn across(&mut self, line: &str) -> (RelationId, Relation) {
        let mut words = line.split(' ');
        let kind = words.next().unwrap();
        let members = words.zip(["one", "other"]).map(|(word, role)| {
            let (report, name) = word.split_once('.').unwrap();
            let report = report.parse::<usize>().unwrap() - 1;
            let (_, id) = self.ids[report].iter().find(|(own, _)| own == name).unwrap();
            member(role, &self.articles[report], *id)
        });
        let members = members.collect();
        (self.relation_id(), relation(kind, members))
    }

    fn relation_id(&mut self) -> RelationId {
        self.relations += 1;
        RelationId(Uid::from_u64(900_000 + self.relations))
    }
}

/// Reads marks out of a text, inner ones too; in the order in which they begin.
fn read_marks(written: &str, text: &mut String, marks: &mut Vec<(String, Annotation)>) {
    let mut rest = written;
    let mut open: Vec<(usize, usize)> = Vec::new();
    while let Some(at) = rest.find(['⟦', '⟧']) {
        text.push_str(&rest[..at]);
        if let Some(inside) = rest[at..].strip_prefix('⟦') {
            let (head, after) = inside.split_once('|').unwrap();
            open.push((marks.len(), text.len()));
            marks.push(mark(head));
            rest = after;
        } else {
            let (number, start) = open.pop().unwrap();
            marks[number].1.fragments = Fragments::one(ByteRange::new(start, text.len())).unwrap();
            rest = &rest[at + '⟧'.len_utf8()..];
        }
    }
    text.push_str(rest);
}

/// A mark of what stands before the bar; it has no place yet.
fn mark(head: &str) -> (String, Annotation) {
    let mut words = head.split(' ');
    let (label, name) = (words.next().unwrap(), words.next().unwrap());
    let anywhere = Fragments::one(ByteRange::new(0, 1)).unwrap();
    let mut mark = Annotation::new(LabelId::new(label).unwrap(), anywhere, 1);
    let mut answers: Vec<(&str, String)> = Vec::new();
    for word in words {
        match word.split_once('=') {
            Some((name, answer)) => answers.push((name, answer.to_owned())),
            None => answers.last_mut().unwrap().1.push_str(&format!(" {word}")),
        }
    }
    for (name, answer) in answers {
        let is_text = ["target", "who"].contains(&name);
        let value = if is_text { Value::Text(answer) } else { choice_value(&answer) };
        mark.attributes.set(AttributeId::new(name).unwrap(), Some(value));
    }
    (name.to_owned(), mark)
}

fn choice_value(id: &str) -> Value {
    Value::Choice(ChoiceId::new(id).unwrap())
}

fn member(role: &str, article: &ArticleId, id: AnnotationId) -> Member {
    Member { role: RoleId::new(role).unwrap(), target: Target { article: article.clone(), item: id.into() } }
}

fn relation(kind: &str, members: Vec<Member>) -> Relation {
    Relation::new(KindId::new(kind).unwrap(), members)
}

fn codebook() -> Codebook {
    let said = ["quote", "claim", "stance"];
    let across = |id: &str| kind(id, true, &[("one", &said), ("other", &said)]);
    let sides = || choice("polarity", &["favor", "against", "neutral"]);
    Codebook {
        targets: vec!["the dam".to_owned()],
        labels: vec![
            label("quote", Vec::new()),
            label("claim", Vec::new()),
            label(
                "stance",
                vec![sides(), asked("target", AttributeKind::Target), choice("explicit", &["explicit", "implied"])],
            ),
            label("source", vec![asked("who", AttributeKind::Text)]),
            label("cue", Vec::new()),
        ],
        relations: vec![
            kind("attribution", false, &[("quote", &said), ("source", &["source"]), ("cue", &["cue"])]),
            across("same-statement"),
            across("same-claim"),
            across("contradicts"),
            kind_from_to("supports", &said),
            kind_from_to("attacks", &said),
        ],
        questions: vec![Question {
            attribute: Attribute { id: AttributeId::new("side").unwrap(), ..sides() },
            for_each_target: true,
        }],
        ..Codebook::empty("Test")
    }
}

fn label(id: &str, attributes: Vec<Attribute>) -> Label {
    Label {
        id: LabelId::new(id).unwrap(),
        name: id.to_owned(),
        description: String::new(),
        examples: Vec::new(),
        initials: "X".to_owned(),
        color: LabelColor { light: Rgb([0; 3]), dark: Rgb([0; 3]) },
        pattern: LinePattern::Solid,
        key: None,
        extent: Extent::default(),
        attributes,
    }
}

fn asked(id: &str, kind: AttributeKind) -> Attribute {
    let id = AttributeId::new(id).unwrap();
    Attribute { name: id.to_string(), id, description: String::new(), kind, required: false, shown_when: None }
}

fn choice(id: &str, choices: &[&str]) -> Attribute {
    let choices = choices.iter().map(|id| Choice { id: ChoiceId::new(id).unwrap(), name: (*id).to_owned() });
    asked(id, AttributeKind::Choice(choices.collect()))
}

fn kind(id: &str, across_articles: bool, roles: &[(&str, &[&str])]) -> RelationKind {
    let filler = |label: &&str| Filler::Label(LabelId::new(label).unwrap());
    let role = |(id, labels): &(&str, &[&str])| Role {
        id: RoleId::new(id).unwrap(),
        name: (*id).to_owned(),
        fillers: labels.iter().map(filler).collect(),
        least: 0,
        most: None,
    };
    RelationKind {
        id: KindId::new(id).unwrap(),
        name: id.to_owned(),
        description: String::new(),
        roles: roles.iter().map(role).collect(),
        across_articles,
        attributes: Vec::new(),
    }
}

/// A relation in which the first speaks of the other; it may cross articles, so that one way of writing serves all.
fn kind_from_to(id: &str, said: &[&str]) -> RelationKind {
    let mut kind = kind(id, true, &[("one", said), ("other", said)]);
    kind.roles[1].most = Some(1);
    kind
}
