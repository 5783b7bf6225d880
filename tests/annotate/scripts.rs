//! Articles in the scripts that news is written in: marked, read from their side, and painted.
#![expect(clippy::unwrap_used, reason = "a stage that can't be built is a failed test")]

use egui::{Event, Key, Modifiers, Rect, Vec2, accesskit::Role, vec2};
use egui_kittest::{
    Harness, Node,
    kittest::{NodeT, Queryable},
};
use pressmark::{
    command::{
        Command, MarkRef, View,
        article::{ArticleCommand, NewArticle},
        mark::Mark,
        project::ProjectCommand,
        relate::{Filling, Relate, Which},
        select::Select,
    },
    model::{KindId, Metadata, RoleId},
    ui::{app::App, theme::ThemeChoice},
};

use crate::{
    pen::{drag, move_to, rect_of},
    pictures, stage,
};

/// A short report of the same invented vote; what is to be marked stands in `⟦ ⟧`, with the label's name after it.
struct Report {
    language: &'static str,
    title: &'static str,
    text: &'static str,
}

const REPORTS: [Report; 9] = [
    Report {
        language: "ar",
        title: "المجلس يقر رسوماً لإصلاح جسر الميناء",
        text: "صوّت مجلس المدينة يوم الخميس على فرض رسوم قدرها 2.50 يورو على عبور جسر الميناء، بعد أن حذّر المهندسون من أن ⟦الكابلات لن تصمد عشرة شتاءات أخرى⟧claim.
⟦قالت⟧cue ⟦رئيسة البلدية إيناس كالدر⟧source: «⟦لقد أجّلنا هذا جيلاً كاملاً، ووصفته صحيفة Harbour Gazette في عام 2019 بالمهزلة⟧quote»، وأضافت أن الرسوم ستكون أقل من أي مدينة أخرى.
Harbour Consulting تقدّر الكلفة بنحو 214 مليون يورو.",
    },
    Report {
        language: "he",
        title: "המועצה אישרה אגרה לתיקון גשר הנמל",
        text: "מועצת העיר הצביעה ביום חמישי בעד גביית אגרה של 2.50 אירו על חציית גשר הנמל, לאחר שמהנדסים הזהירו כי ⟦הכבלים לא יחזיקו עוד עשרה חורפים⟧claim.
״⟦דחינו את זה במשך דור שלם, וב-Gazette קראו לזה כבר ב-2019 בדיחה⟧quote״, ⟦אמרה⟧cue ⟦ראש העיר אינס קלדר⟧source, והוסיפה שהאגרה תהיה נמוכה מבכל עיר אחרת.
דוח של Harbour Consulting מעריך את עלות התיקון ב-214 מיליון אירו.",
    },
    Report {
        language: "fa",
        title: "شورا عوارض پل بندر را تصویب کرد",
        text: "شورای شهر روز پنج‌شنبه رأی داد که از عبور از پل بندر ۲٫۵ یورو عوارض بگیرد، پس از آن‌که مهندسان هشدار دادند ⟦کابل‌ها ده زمستان دیگر دوام نمی‌آورند⟧claim.
⟦شهردار اینس کالدر⟧source ⟦گفت⟧cue: «⟦ما این کار را یک نسل عقب انداخته‌ایم⟧quote» و افزود عوارض از هر شهر دیگری کمتر خواهد بود.
گزارش Harbour Consulting هزینهٔ تعمیر را ۲۱۴ میلیون یورو برآورد می‌کند.",
    },
    Report {
        language: "ur",
        title: "کونسل نے بندرگاہ کے پل پر محصول منظور کر لیا",
        text: "سٹی کونسل نے جمعرات کو بندرگاہ کے پل سے گزرنے پر 2.50 یورو محصول لگانے کے حق میں ووٹ دیا، جب انجینئروں نے خبردار کیا کہ ⟦تاریں مزید دس سردیاں نہیں نکالیں گی⟧claim۔
⟦میئر انیس کالڈر⟧source نے ⟦کہا⟧cue: ”⟦ہم نے اسے ایک نسل تک ٹالا ہے⟧quote۔“
مرمت پر 214 ملین یورو خرچ ہوں گے۔",
    },
    Report {
        language: "hi",
        title: "परिषद ने बंदरगाह पुल के लिए शुल्क मंज़ूर किया",
        text: "नगर परिषद ने गुरुवार को बंदरगाह पुल पार करने पर 2.50 यूरो शुल्क लगाने के पक्ष में मतदान किया, क्योंकि इंजीनियरों ने चेतावनी दी कि ⟦केबल और दस सर्दियाँ नहीं टिकेंगे⟧claim।
“⟦हमने इसे एक पीढ़ी तक टाला है⟧quote,” ⟦महापौर इनेस काल्डर⟧source ने ⟦कहा⟧cue।
रिपोर्ट के अनुसार मरम्मत पर 21.4 करोड़ यूरो लगेंगे।",
    },
    Report {
        language: "th",
        title: "สภาเห็นชอบเก็บค่าผ่านทางเพื่อซ่อมสะพานท่าเรือ",
        text: "สภาเมืองลงมติเมื่อวันพฤหัสบดีให้เก็บค่าผ่านทาง 2.50 ยูโรสำหรับการข้ามสะพานท่าเรือ หลังจากวิศวกรเตือนว่า⟦สายเคเบิลจะทนได้ไม่ถึงสิบฤดูหนาว⟧claim
“⟦เราเลื่อนเรื่องนี้มาทั้งชั่วอายุคน⟧quote” ⟦นายกเทศมนตรีอิเนส คาลเดอร์⟧source⟦กล่าว⟧cue
รายงานประเมินค่าซ่อมไว้ที่ 214 ล้านยูโร",
    },
    Report {
        language: "zh-Hans",
        title: "议会通过收费以修复港口大桥",
        text: "市议会周四投票决定，对通过港口大桥的车辆征收2.50欧元通行费，此前工程师警告说，⟦主缆撑不过下一个十年⟧claim。
“⟦我们把这件事拖了一代人⟧quote，”⟦市长伊内丝·卡尔德⟧source⟦说⟧cue，收费将低于任何同类城市。
Harbour Consulting的一份报告估计，修复费用为2.14亿欧元，是春季预计的两倍。",
    },
    Report {
        language: "ja",
        title: "市議会、港の橋の通行料を可決",
        text: "市議会は木曜日、港の橋を渡る車から2.50ユーロの通行料を取ることを決めた。技術者らは⟦主ケーブルはあと十回の冬を越せない⟧claimと警告していた。
「⟦私たちは一世代もの間これを先送りしてきた⟧quote」と⟦イネス・カルダー市長⟧sourceは⟦述べた⟧cue。
報告書によると、修理費は2億1400万ユーロに上る。",
    },
    Report {
        language: "ko",
        title: "시의회, 항구 다리 통행료 가결",
        text: "시의회는 목요일 항구 다리를 건너는 차량에 2.50유로의 통행료를 부과하기로 의결했다. 기술자들은 ⟦주 케이블이 앞으로 열 번의 겨울을 버티지 못할 것⟧claim이라고 경고했다.
“⟦우리는 이 일을 한 세대 동안 미뤄 왔다⟧quote”고 ⟦이네스 칼더 시장⟧source이 ⟦말했다⟧cue.
보고서는 수리비를 2억 1400만 유로로 추산한다.",
    },
];

impl Report {
    /// The text without its marks, and the marks as label and words.
    fn parts(&self) -> (String, Vec<(String, String)>) {
        let (mut text, mut marks) = (String::new(), Vec::new());
        for (n, part) in self.text.split('⟦').enumerate() {
            let (words, rest) = part.split_once('⟧').unwrap_or(("", part));
            let label: String = rest.chars().take_while(|c| n > 0 && c.is_ascii_lowercase()).collect();
            text.push_str(words);
            text.push_str(&rest[label.len()..]);
            if n > 0 {
                marks.push((label, words.to_owned()));
            }
        }
        (text, marks)
    }

    fn commands(&self) -> Vec<Command> {
        let (text, marks) = self.parts();
        let metadata = Metadata {
            title: self.title.to_owned(),
            outlet: "Harbour Gazette".to_owned(),
            language: self.language.to_owned(),
            ..Metadata::default()
        };
        let new = NewArticle { metadata, text, ..NewArticle::default() };
        let mut commands = vec![
            Command::Project(ProjectCommand::WorkAs("ana".to_owned())),
            Command::Article(ArticleCommand::Add(new)),
            stage::open(self.title),
        ];
        for (label, words) in &marks {
            commands.extend([stage::select(words), Command::Mark(Mark::Label(stage::label(label)), MarkRef::Picked)]);
        }
        let words_of = |wanted: &str| &marks.iter().find(|(label, _)| label == wanted).unwrap().1;
        commands.push(stage::pick(words_of("quote")));
        for role in ["source", "cue"] {
            let with = Filling::Mark(stage::mark_of(words_of(role)));
            let (kind, role) = (KindId::new("attribution").unwrap(), RoleId::new(role).unwrap());
            commands.push(Command::Relate(Relate::Fill { of: MarkRef::Picked, kind, role, with, into: Which::First }));
        }
        commands
    }

    /// Something in the text that every font has, to be searched for.
    fn latin(&self) -> &'static str {
        if self.text.contains('2') { "2" } else { "Harbour" }
    }

    fn is_rtl(&self) -> bool {
        matches!(self.language, "ar" | "he" | "fa" | "ur")
    }
}

const SIZE: Vec2 = vec2(1440.0, 900.0);

fn window(report: &Report) -> Harness<'static, App> {
    let mut harness = stage::window(stage::app(&report.commands(), ThemeChoice::Light), SIZE, 1.0).0;
    harness.run();
    harness
}

/// What the page tells a screen reader of: lines in view, or marks.
fn runs_of<'h>(harness: &'h Harness<'_, App>, role: Role) -> impl Iterator<Item = Node<'h>> {
    let page = harness.get_by_role(Role::Document);
    page.children_recursive().filter(move |n| n.accesskit_node().role() == role).collect::<Vec<_>>().into_iter()
}

/// The lines in view, from top to bottom: what is on each, and where.
fn lines(harness: &Harness<'_, App>) -> Vec<(String, Rect)> {
    runs_of(harness, Role::TextRun)
        .map(|n: Node<'_>| (n.accesskit_node().value().unwrap_or_default(), n.rect()))
        .collect()
}

/// Everything in the window that shows words of an article: the list, the page, the picked mark, the marks; the table
/// of relations and the card under the pointer; the concordance, and the article's card.
fn every_view(harness: &mut Harness<'_, App>, report: &Report, mut seen: impl FnMut(&Harness<'_, App>, &str)) {
    seen(harness, "marks");
    stage::run(harness, &Command::View(View::Relations));
    let mark = runs_of(harness, Role::Mark).next().unwrap().rect().center();
    move_to(harness, mark);
    (0..8).for_each(|_| harness.step());
    seen(harness, "relations");
    stage::run(harness, &Command::Select(Select::Nothing));
    stage::run(harness, &Command::View(View::Concordance));
    harness.event(Event::Text(report.latin().to_owned()));
    harness.run();
    seen(harness, "concordance");
}

#[test]
fn no_words_of_an_article_are_left_to_egui() {
    for report in &REPORTS {
        let mut harness = window(report);
        let mut views = 0;
        every_view(&mut harness, report, |_, _| views += 1);
        assert_eq!(views, 3, "{}", report.language);
        let hit = format!("{} · ", report.title);
        let shown: Vec<_> =
            harness.get_all_by_role(Role::ListItem).filter_map(|n| n.accesskit_node().label()).collect();
        assert!(shown.iter().any(|name| format!("{name} · ").ends_with(&hit)), "{shown:?}");
    }
}

#[test]
#[ignore = "paints pictures to look at, into the folder that PRESSMARK_PICTURES names"]
fn every_script_is_painted_with_its_marks() {
    for report in &REPORTS {
        for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
            let (mut harness, camera) = stage::window(stage::app(&report.commands(), theme), SIZE, 1.0);
            harness.run();
            every_view(&mut harness, report, |harness, view| {
                pictures::show(harness, &camera, &format!("script-{}-{theme:?}-{view}", report.language));
            });
        }
    }
}

#[test]
fn handles_stand_where_the_words_begin_and_end() {
    let report = Report {
        language: "he",
        title: "גשר הנמל",
        text: "המועצה אמרה ⟦הכבלים לא יחזיקו חורף⟧claim. ⟦ראש העיר⟧source ⟦אמרה⟧cue ״⟦חכו⟧quote״.",
    };
    let mut harness = window(&report);
    let claim = "הכבלים לא יחזיקו חורף";
    stage::run(&mut harness, &stage::pick(claim));
    let rect = rect_of(&harness, &format!("Claim: {claim}"));
    let (first, last) = (rect.right_center() + vec2(3.0, 0.0), rect.left_center() - vec2(3.0, 0.0));
    drag(&mut harness, first, first + vec2(-40.0, 0.0), Modifiers::NONE);
    assert_eq!(stage::picked(&harness), "לא יחזיקו חורף");
    stage::press_with(&mut harness, Modifiers::COMMAND, Key::Z);
    drag(&mut harness, last, last + vec2(22.0, 0.0), Modifiers::NONE);
    assert_eq!(stage::picked(&harness), "הכבלים לא יחזיקו");
}

#[test]
fn lines_begin_on_the_side_their_paragraph_is_read_from() {
    for report in &REPORTS {
        let harness = window(report);
        let lines = lines(&harness);
        let left = lines.iter().map(|(_, rect)| rect.left()).fold(f32::INFINITY, f32::min);
        let right = lines.iter().map(|(_, rect)| rect.right()).fold(f32::NEG_INFINITY, f32::max);
        for (words, rect) in &lines {
            // The report's last paragraph may begin with a Latin name: then it is read as Latin.
            let rtl = report.is_rtl() && !words.starts_with("Harbour Consulting");
            let gap = if rtl { right - rect.right() } else { rect.left() - left };
            assert!(gap < 8.0, "{}: {words} begins {gap} from its side", report.language);
        }
    }
}

#[test]
fn the_arrows_go_where_they_point() {
    for report in REPORTS.iter().filter(|r| ["he", "th"].contains(&r.language)) {
        let mut harness = window(report);
        stage::press(&mut harness, Key::Escape);
        stage::press_with(&mut harness, Modifiers::COMMAND, Key::Home);
        let (forth, back) =
            if report.is_rtl() { (Key::ArrowLeft, Key::ArrowRight) } else { (Key::ArrowRight, Key::ArrowLeft) };
        let caret = |harness: &Harness<'_, App>| harness.state().session().unwrap().scene().caret().unwrap();
        let begin = caret(&harness);
        (0..4).for_each(|_| stage::press(&mut harness, forth));
        let later = caret(&harness);
        assert!(later > begin, "{}: {begin} to {later}", report.language);
        (0..4).for_each(|_| stage::press(&mut harness, back));
        assert_eq!(caret(&harness), begin, "{}", report.language);
    }
}

#[test]
fn letters_without_a_font_are_named_while_they_are_in_view() {
    let text = format!("Nobody has a font for \u{10fff0}.\n{}", "A line.\n".repeat(100));
    let metadata = Metadata { title: "A private letter".to_owned(), ..Metadata::default() };
    let commands = [
        Command::Project(ProjectCommand::WorkAs("ana".to_owned())),
        Command::Article(ArticleCommand::Add(NewArticle { metadata, text, ..NewArticle::default() })),
        stage::open("A private letter"),
    ];
    let mut harness = stage::window(stage::app(&commands, ThemeChoice::Light), SIZE, 1.0).0;
    harness.run();
    assert!(harness.query_by_label_contains("U+10FFF0: install one that does, such as Noto").is_some());
    stage::press_with(&mut harness, Modifiers::COMMAND, Key::End);
    assert!(harness.query_by_label_contains("No font here").is_none());
}
