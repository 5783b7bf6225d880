//! UIMA CAS as XMI and as JSON: round trips, what others have written, type systems as codebooks, damaged files.

use pressmark::{
    format::{ExportOptions, Format, Keeps, Pieces},
    model::{AttributeKind, Filler, Item, Project, Relation, Value, load::RawLayer},
};
use proptest::prelude::*;

use super::{
    any_project,
    support::{
        all_marks, alone, codes, format, layer, lines_and_codes, losses, marks, name, piece, read, read_again, written,
    },
};

fn comes_back(format: &Format, articles: &[any_project::Written]) -> Result<(), TestCaseError> {
    let project = any_project::project(articles);
    let (once, summary) = read_again(&written(&project, format, &ExportOptions::default()), format);
    prop_assert_eq!(&summary.set_aside, &[]);
    prop_assert_eq!(&summary.told, &[]);
    let words = |project: &Project| all_marks(project).join("|").replace(['\u{85}', '\u{2028}'], "\n");
    prop_assert_eq!(words(&once), words(&project));
    // What Unicode has for line ends are line ends now, where sentences end too.
    let pieces = written(&once, format, &ExportOptions::default());
    let (twice, summary) = read_again(&pieces, format);
    prop_assert_eq!(&summary.set_aside, &[]);
    prop_assert_eq!(&written(&twice, format, &ExportOptions::default()), &pieces);
    let kept = |project: &Project| {
        let losses = losses(project, format);
        losses
            .iter()
            .map(|(keeps, loss)| (keeps, loss.count))
            .filter(|(keeps, _)| *keeps != Keeps::Origin)
            .collect::<Vec<_>>()
    };
    prop_assert_eq!(kept(&once), [], "what is told to be lost, and nothing else, is missing");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_xmi_keeps_is_read_and_written_again_the_same(articles in any_project::articles()) {
        comes_back(format("xmi"), &articles)?;
    }

    #[test]
    fn what_json_keeps_is_read_and_written_again_the_same(articles in any_project::articles()) {
        comes_back(format("json-cas"), &articles)?;
    }
}

/// The members of a relation of Ana’s: role and words.
fn members(project: &Project, relation: &Relation) -> Vec<String> {
    let words = |item: Item| match item {
        Item::Annotation(id) => {
            let (article, _) = project.articles().next().unwrap();
            layer(project, "ana").annotation(id).unwrap().fragments.words(project.text(article).unwrap())
        }
        Item::Relation(id) => layer(project, "ana").relations().get(id).unwrap().kind.to_string(),
    };
    relation.members.iter().map(|member| format!("{} {}", member.role, words(member.target.item))).collect()
}

fn relations(project: &Project) -> Vec<String> {
    let rows = layer(project, "ana").relations();
    rows.iter().map(|(_, row)| format!("{}: {}", row.kind, members(project, row).join(", "))).collect()
}

const NAMESPACES: &str = "xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
    xmlns:custom=\"http:///webanno/custom.ecore\" xmlns:type=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" \
    xmlns:seg=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\" \
    xmlns:pos=\"http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore\" \
    xmlns:dep=\"http:///de/tudarmstadt/ukp/dkpro/core/api/syntax/type/dependency.ecore\" \
    xmlns:meta=\"http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore\" \
    xmlns:api=\"http:///de/tudarmstadt/ukp/clarin/webanno/api/type.ecore\"";

/// A file with these structures, each on a line of its own from the third one on.
fn xmi(text: &str, structures: &[&str]) -> String {
    let structures: String = structures.iter().map(|own| format!("{own}\n")).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<xmi:XMI {NAMESPACES}>\n{structures}<cas:Sofa xmi:id=\"1\" sofaID=\"_InitialView\" \
         sofaString=\"{text}\"/></xmi:XMI>"
    )
}

/// What is told beside that there is no type system.
fn told_of(told: &[pressmark::diagnostic::Diagnostic]) -> Vec<String> {
    lines_and_codes(told).into_iter().filter(|told| told != "0 no-type-system").collect()
}

#[test]
fn layers_of_inception_are_labels_and_relations() {
    let text = "🌉 Late, she said. The ferry";
    let file = xmi(
        text,
        &[
            r#"<meta:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="28" documentTitle="toll.txt" language="en"/>"#,
            r#"<api:CASMetadata xmi:id="3" sofa="1" begin="0" end="0" username="ana"/>"#,
            r#"<seg:Sentence xmi:id="4" sofa="1" begin="0" end="18"/>"#,
            r#"<seg:Token xmi:id="5" sofa="1" begin="3" end="7"/><seg:Token xmi:id="6" sofa="1" begin="13" end="17"/>"#,
            r#"<type:Person xmi:id="7" sofa="1" begin="9" end="12" value="PER"/>"#,
            r#"<custom:Quote xmi:id="8" sofa="1" begin="3" end="7" links="9 10" sure="7"/>"#,
            r#"<custom:QuoteLinksLink xmi:id="9" role="source" target="7"/>"#,
            r#"<custom:QuoteLinksLink xmi:id="10" role="cue" target="11"/>"#,
            r#"<custom:Cue xmi:id="11" sofa="1" begin="13" end="17"><tag>one</tag><tag>two</tag></custom:Cue>"#,
            r#"<custom:Near xmi:id="12" sofa="1" begin="13" end="17" Governor="7" Dependent="11" how="very"/>"#,
            r#"<pos:POS_VERB xmi:id="13" sofa="1" begin="13" end="17" PosValue="VBD"/>"#,
            r#"<dep:Dependency xmi:id="14" sofa="1" begin="13" end="17" Governor="6" Dependent="5" DependencyType="obj"/>"#,
            r#"<custom:CorefLink xmi:id="15" sofa="1" begin="9" end="12" next="16" referenceType="pr"/>"#,
            r#"<custom:CorefLink xmi:id="16" sofa="1" begin="19" end="28"/><custom:CorefChain xmi:id="17" first="15"/>"#,
        ],
    );
    let (project, told) = alone("xmi", &[("doc.xmi", &file)]);
    assert_eq!(told_of(&told), Vec::<String>::new());
    let (_, article) = project.articles().next().unwrap();
    assert_eq!((article.metadata.title.as_str(), article.metadata.language.as_str()), ("toll.txt", "en"));
    let mut found = marks(&project, "ana");
    found.sort();
    let expected =
        ["coreflink The ferry", "coreflink she", "cue said", "namedentity she", "pos said", "quote Late", "token Late"];
    assert_eq!(found, expected);
    let mut found = relations(&project);
    found.sort();
    let expected = [
        "coref: link she, link The ferry",
        "dependency: governor said, dependent Late",
        "near: governor she, dependent said",
        "quote-links: quote Late, source she, cue said",
    ];
    assert_eq!(found, expected);
    let cue = project.codebook().label(&name("cue")).unwrap();
    assert!(matches!(&cue.attributes[0].kind, AttributeKind::Choices(choices) if choices.len() == 2));
    let near = project.codebook().relation(&name("near")).unwrap();
    assert_eq!((near.roles[0].most, near.attributes[0].name.as_str()), (Some(1), "how"));
}

#[test]
fn a_type_system_is_a_codebook() {
    let feature = |name: &str, range: &str| {
        format!("<featureDescription><name>{name}</name><rangeTypeName>{range}</rangeTypeName></featureDescription>")
    };
    let own = |name: &str, above: &str, features: &[String]| {
        format!(
            "<typeDescription><name>{name}</name><description/><supertypeName>{above}</supertypeName><features>{}</features>\
             </typeDescription>",
            features.concat()
        )
    };
    let annotation = "uima.tcas.Annotation";
    let ends = [feature("Governor", "webanno.custom.Claim"), feature("Dependent", "webanno.custom.Claim")];
    let types = [
        own(
            "webanno.custom.Claim",
            annotation,
            &[
                feature("kind", "uima.cas.String"),
                feature("sure", "uima.cas.Boolean"),
                feature("n", "uima.cas.Integer"),
                feature("number", "uima.cas.Integer"),
            ],
        ),
        own("webanno.custom.Supports", annotation, &ends),
        own("webanno.custom.Link", "uima.cas.TOP", &[feature("target", annotation)]),
        own("a.Unused", annotation, &[]),
    ];
    let types = format!("<typeSystemDescription><types>{}</types></typeSystemDescription>", types.concat());
    let file = xmi(
        "Some words",
        &[
            r#"<custom:Claim xmi:id="2" sofa="1" begin="0" end="4" number="6"/>"#,
            r#"<meta:TagsetDescription xmi:id="5" sofa="1" begin="0" end="0" layer="webanno.custom.Claim" name="Kinds of claim" tags="6 7"/>"#,
            r#"<meta:TagDescription xmi:id="6" name="fact"/><meta:TagDescription xmi:id="7" name="value"/>"#,
        ],
    );
    let (project, told) = alone("xmi", &[("doc.xmi", &file), ("TypeSystem.xml", &types)]);
    assert_eq!(codes(&told), Vec::<String>::new());
    let codebook = project.codebook();
    assert_eq!(codebook.labels.iter().map(|label| label.name.as_str()).collect::<Vec<_>>(), ["Claim"]);
    let kinds: Vec<(&str, &AttributeKind)> =
        codebook.labels[0].attributes.iter().map(|asked| (asked.name.as_str(), &asked.kind)).collect();
    assert!(matches!(kinds[0], ("number", AttributeKind::Number { .. })), "{kinds:?}");
    assert!(matches!(kinds[1], ("kind", AttributeKind::Choice(choices)) if choices.len() == 2), "{kinds:?}");
    assert!(matches!(kinds[2], ("sure", AttributeKind::YesNo)) && kinds.len() == 4, "{kinds:?}");
    let supports = codebook.relation(&name("supports")).unwrap();
    assert_eq!(supports.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>(), ["Governor", "Dependent"]);
    let (_, claim) = layer(&project, "ana").annotations().next().unwrap();
    assert_eq!(
        claim.attributes.get(&name("number")).map(Value::plain).as_deref(),
        Some("6"),
        "a number is no reference"
    );
}

#[test]
fn damaged_structures_are_told_and_the_rest_is_read() {
    let file = xmi(
        "Some words",
        &[
            r#"<custom:Claim xmi:id="2" sofa="1" begin="0" end="4"/>"#,
            r#"<custom:Claim xmi:id="3" sofa="1" begin="5" end="99"/>"#,
            r#"<custom:Claim xmi:id="4" sofa="1" begin="5" end="5"/>"#,
            r#"<custom:Near xmi:id="5" sofa="1" begin="5" end="10" Governor="2" Dependent="44"/>"#,
            r#"<custom:Claim xmi:id="6" sofa="1" begin="x" end="4"/>"#,
            r#"<custom:Project xmi:id="7" name="one"/>"#,
        ],
    );
    let files = [("a.xmi", file.as_str()), ("b.xmi", "<xmi"), ("c.xmi", "<a/>"), ("TypeSystem.xml", "<b>")];
    let (project, told) = alone("xmi", &files);
    assert_eq!(marks(&project, "ana"), ["claim Some"]);
    let expected = [
        "1 bad-xml",
        "0 no-type-system",
        "0 left-out",
        "4 outside-text",
        "5 zero-width",
        "7 outside-text",
        "6 no-such-member",
        "1 bad-xml",
        "1 bad-xml",
    ];
    assert_eq!(lines_and_codes(&told), expected);
}

#[test]
fn whose_they_are_is_told_by_the_file_or_its_place() {
    let file = xmi("Some words", &[r#"<custom:Claim xmi:id="2" sofa="1" begin="0" end="4"/>"#]);
    let who = |names: &[&str]| {
        let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, file.as_str())).collect();
        let (project, _) = alone("xmi", &files);
        assert_eq!(project.articles().len(), 1);
        let (_, article) = project.articles().next().unwrap();
        let names: Vec<&str> = project.annotators().map(|(id, _)| id.as_str()).collect();
        format!("{} of {}", names.join(" "), article.metadata.title)
    };
    assert_eq!(who(&["annotation/toll.txt/ben.xmi", "annotation/toll.txt/cleo.xmi"]), "ben cleo of toll");
    assert_eq!(who(&["ben/toll.xmi", "cleo/toll.xmi"]), "ben cleo of toll");
    assert_eq!(who(&["news/toll.xmi"]), "ana of toll", "a folder alone is nobody");
}

#[test]
fn what_is_written_has_the_layers_of_the_codebook() {
    let text = "One 😀 two, three";
    let (mut project, article) = super::support::project("Title", text, &["Claim", "Same thing"]);
    let mut claim = super::support::mark("claim", text, &["two"]);
    claim.note = "Why <not>?\nSo".to_owned();
    let parted = super::support::mark("same-thing", text, &["One", "three"]);
    let id = |n| pressmark::model::AnnotationId(pressmark::model::Uid::from_parts(1_800_000_000_000, n));
    let raw = RawLayer { annotations: vec![(id(1), claim), (id(2), parted)], ..RawLayer::default() };
    assert_eq!(project.load_layer(&article, &name("ana"), raw).unwrap(), []);
    let pieces = written(&project, format("xmi"), &ExportOptions::default());
    let own = piece(&pieces, &format!("ana/{article}.xmi"));
    for part in [
        "<custom:Claim xmi:id=",
        "begin=\"7\" end=\"10\" pressmarkNote=\"Why &lt;not&gt;?&#10;So\"/>",
        "<custom:SameThing xmi:id=",
        "begin=\"12\" end=\"17\" pressmarkMark=\"1\"/>",
        ":Token xmi:id=",
        "username=\"ana\"",
    ] {
        assert!(own.contains(part), "{part} is not in\n{own}");
    }
    let types = piece(&pieces, "TypeSystem.xml");
    assert!(
        types.contains("<name>webanno.custom.SameThing</name>\n      <description>Same thing</description>"),
        "{types}"
    );
    let json = piece(&written(&project, format("json-cas"), &ExportOptions::default()), &format!("ana/{article}.json"));
    assert!(json.contains("\"begin\":7,\"end\":10") || json.contains("\"end\":10"), "{json}");
    let (again, summary) = read_again(&pieces, format("xmi"));
    assert_eq!(
        (summary.told.len(), marks(&again, "ana")),
        (0, vec!["claim two".to_owned(), "same-thing One … three".to_owned()])
    );
}

#[test]
fn json_of_others_is_read_and_each_is_guessed_right() {
    let json = r#"{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 2, "%TYPE": "webanno.custom.Claim", "@sofa": 1,
        "begin": 3, "end": 7, "kind": "fact"}, {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView",
        "sofaString": "🌉 Late"}], "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}}}"#;
    let (project, told) = alone("json-cas", &[("a.json", json)]);
    assert_eq!((codes(&told), marks(&project, "ana")), (vec![], vec!["claim Late".to_owned()]));
    let heads = [pressmark::format::Head { name: "a.json", bytes: json.as_bytes() }];
    assert_eq!(Format::guess(&heads).map(|format| format.name), Some("json-cas"));
    let heads = [pressmark::format::Head { name: "ana/a.xmi", bytes: b"" }];
    assert_eq!(Format::guess(&heads).map(|format| format.name), Some("xmi"));
    let (_, told, _) = read(format("json-cas"), [("a.json", &b"{"[..]), ("b.json", b"[7]"), ("c.json", b"{}")]);
    assert_eq!(codes(&told), ["bad-json", "bad-record", "empty-article", "no-cas"]);
    let filler = Filler::Label(name("claim"));
    assert_eq!(filler.id(), "claim");
}

/// A project with answers of every kind, and relations of one member, of two and of three, and of a relation.
fn with_everything() -> Project {
    use pressmark::model::*;
    let text = "One two three four";
    let asked = |id: &str, kind: AttributeKind| Attribute {
        id: name(id),
        name: id.replace('-', " "),
        description: String::new(),
        kind,
        required: false,
        shown_when: None,
    };
    let choice = |id: &str| Choice { id: name(id), name: format!("Is {id}") };
    let choices = || vec![choice("red"), choice("dark-blue")];
    let role =
        |id: &str, fillers: Vec<Filler>| Role { id: name(id), name: id.to_owned(), fillers, least: 0, most: None };
    let kind = |id: &str, roles: Vec<Role>, attributes: Vec<Attribute>| RelationKind {
        id: name(id),
        name: id.to_owned(),
        description: String::new(),
        roles,
        across_articles: false,
        attributes,
    };
    let mut codebook = Codebook::empty("Test");
    let mut label = codebook.new_label("thing").unwrap();
    label.attributes = vec![
        asked("one-of", AttributeKind::Choice(choices())),
        asked("some-of", AttributeKind::Choices(choices())),
        asked("words", AttributeKind::Text),
        asked("n", AttributeKind::Number { least: None, most: None }),
        asked("is", AttributeKind::YesNo),
    ];
    codebook.labels.push(label);
    codebook.relations = vec![
        kind("near", vec![role("a", vec![]), role("b", vec![])], vec![asked("how", AttributeKind::Text)]),
        kind("said", vec![role("what", vec![Filler::Relation(name("thing"))])], vec![]),
        // A kind may be called as a label is.
        kind("thing", vec![role("part", vec![]), role("whole", vec![])], vec![]),
    ];
    let mut project = Project::load("Test".to_owned(), codebook, super::support::annotators(), []).unwrap();
    let article = super::support::add_article(&mut project, "Title", text);
    let uid = |n| Uid::from_parts(1_800_000_000_000, n);
    let marks = ["One", "two", "three", "four"].into_iter().zip(1..);
    let mut annotations: Vec<_> =
        marks.map(|(words, n)| (AnnotationId(uid(n)), super::support::mark("thing", text, &[words]))).collect();
    let values = [
        ("one-of", Value::Choice(name("dark-blue"))),
        ("some-of", Value::Choices(vec![name("dark-blue"), name("red")])),
        ("words", Value::Text("a, b; c|d\n“e”".to_owned())),
        ("n", Value::Number(Number::new(0.1).unwrap())),
        ("is", Value::YesNo(false)),
    ];
    annotations[0].1.attributes = values.into_iter().map(|(id, value)| (name(id), value)).collect();
    let of = |kind: &str, members: &[(&str, Item)]| {
        let members = members
            .iter()
            .map(|(role, item)| Member { role: name(role), target: Target { article: article.clone(), item: *item } });
        Relation::new(name(kind), members.collect())
    };
    let mark = |n| Item::Annotation(AnnotationId(uid(n)));
    let mut near = of("near", &[("a", mark(1)), ("b", mark(2))]);
    near.attributes = [(name("how"), Value::Text("very".to_owned()))].into_iter().collect();
    near.note = "Why".to_owned();
    let rows = [
        near,
        of("near", &[("a", mark(1)), ("b", mark(2)), ("b", mark(3))]),
        of("near", &[("b", mark(4))]),
        of("thing", &[("part", mark(2)), ("whole", mark(3))]),
        of("said", &[("what", RelationId(uid(13)).into())]),
    ];
    let relations = rows.into_iter().zip(10..).map(|(row, n)| (RelationId(uid(n)), row)).collect();
    let raw = RawLayer { annotations, relations, ..RawLayer::default() };
    assert_eq!(project.load_layer(&article, &name("ana"), raw).unwrap(), []);
    project
}

fn answers(project: &Project) -> Vec<String> {
    let own = layer(project, "ana");
    let of = |attributes: &pressmark::model::Attributes| {
        attributes.iter().map(|(id, value)| format!("{id} {value:?}")).collect::<Vec<_>>()
    };
    let marks = own.annotations().flat_map(|(_, mark)| of(&mark.attributes));
    let rows = own.relations().iter().flat_map(|(_, row)| [of(&row.attributes), vec![row.note.clone()]].concat());
    let mut all: Vec<String> = marks.chain(rows).collect();
    all.sort();
    all
}

#[test]
fn answers_and_relations_of_every_kind_come_back() {
    let project = with_everything();
    let mut expected = relations(&project);
    expected.sort();
    for format in ["xmi", "json-cas", "webanno-tsv"].map(format) {
        let mut pieces = Pieces::default();
        let mut writer = format.write.unwrap()(&ExportOptions::default());
        writer.begin(&project, &mut pieces).unwrap();
        let (article, _) = project.articles().next().unwrap();
        writer.article(&pressmark::format::ExportedArticle::of(&project, article).unwrap(), &mut pieces);
        let told = codes(&pieces.take_told());
        let (incoming, read_told, _) = read(format, pieces.iter());
        assert_eq!(read_told, []);
        // Into a project with the same codebook, and into an empty one, which takes over what comes.
        let same = Project::new("Same", pressmark::model::Codebook::clone(project.codebook()));
        for own in [same, Project::new("Empty", pressmark::model::Codebook::empty("Empty"))] {
            let (again, summary) = super::support::imported(&own, incoming.clone(), Default::default());
            assert_eq!(summary.set_aside, [], "{}", format.name);
            let mut found = relations(&again);
            found.sort();
            assert_eq!(found, expected, "{}", format.name);
            // Few short texts are choices where no codebook says otherwise.
            if format.name != "webanno-tsv" && own.name() == "Same" {
                assert_eq!(answers(&again), answers(&project), "{}", format.name);
            }
        }
        let expected: &[&str] = if format.name == "webanno-tsv" { &["several-choices"] } else { &[] };
        assert_eq!(told, expected);
    }
}
