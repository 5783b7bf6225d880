//! Makes up edits: random commands for a script, of every kind that writes.

use pressmark::{
    model::{ArticleId, FormerWords, LabelId, Project},
    session::Session,
    text::ByteRange,
};

use super::random::Rng;

pub struct Author {
    pub rng: Rng,
    /// Counts what is made up, so that each has a name of its own.
    made: usize,
}

impl Author {
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::new(seed), made: 0 }
    }

    /// An edit as commands of a script. Some of them can’t be done where the session stands.
    pub fn edit(&mut self, session: &Session) -> Vec<String> {
        let project = session.project();
        match self.rng.below(100) {
            _ if session.focus().article.is_none() => self.open(project),
            0..36 => self.mark(session),
            36..44 => self.mark_everywhere(project),
            44..54 => vec![self.about_the_picked_mark()],
            54..58 => vec!["Mark(Delete)".to_owned()],
            58..68 => vec!["Undo".to_owned()],
            68..73 => vec!["Redo".to_owned()],
            73..77 => self.relate(session),
            77..79 => self.reject(session),
            79..83 => vec![format!("Whole(Status({}))", self.one_of(&["ToDo", "InProgress", "Done"]))],
            83..86 => self.open(project),
            86..88 => self.correct(session),
            88..91 => vec![self.add_article()],
            // Something must be left to work on.
            91..93 if project.articles().len() < 3 => vec![self.add_article()],
            91..93 => self.article(project).map_or(vec![], |id| vec![format!("Article(Remove({:?}))", id.as_str())]),
            93..95 => self.describe(project),
            95..99 => vec![self.codebook(project)],
            _ => vec![format!("Project(Rename({:?}))", self.name("Project"))],
        }
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.rng.below(all.len())]
    }

    fn name(&mut self, what: &str) -> String {
        self.made += 1;
        format!("{what} {} “{}”", self.made, self.rng.below(1000))
    }

    fn article(&mut self, project: &Project) -> Option<ArticleId> {
        let at = self.rng.below(project.articles().len());
        project.articles().nth(at).map(|(id, _)| id.clone())
    }

    fn open(&mut self, project: &Project) -> Vec<String> {
        self.article(project).map_or(vec![], |id| vec![format!("Article(Open({:?}))", id.as_str())])
    }

    fn label(&mut self, project: &Project) -> Option<LabelId> {
        let labels = &project.codebook().labels;
        labels.get(self.rng.below(labels.len())).map(|label| label.id.clone())
    }

    /// A word of an article.
    fn word(&mut self, project: &Project, article: &ArticleId) -> Option<ByteRange> {
        let text = project.text(article)?.as_str();
        let words: Vec<&str> = text.split_whitespace().collect();
        let word = words.get(self.rng.below(words.len()))?;
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        Some(ByteRange::new(start, start + word.len()))
    }

    fn mark(&mut self, session: &Session) -> Vec<String> {
        let project = session.project();
        let word = session.focus().article.clone().and_then(|article| self.word(project, &article));
        let (Some(word), Some(label)) = (word, self.label(project)) else { return vec![] };
        let (start, end) = (word.start(), word.end());
        vec![format!("Select(To(anchor: {start}, head: {end}))"), format!("Mark(Label({:?}))", label.as_str())]
    }

    fn mark_everywhere(&mut self, project: &Project) -> Vec<String> {
        let Some(label) = self.label(project) else { return vec![] };
        let mut places = String::new();
        for _ in 0..=self.rng.below(12) {
            let Some(article) = self.article(project) else { return vec![] };
            let Some(word) = self.word(project, &article) else { return vec![] };
            let (id, start, end) = (article.as_str(), word.start(), word.end());
            places.push_str(&format!("(article: {id:?}, start: {start}, end: {end}), "));
        }
        vec![format!("Mark(Occurrences(label: {:?}, places: [{places}]))", label.as_str())]
    }

    fn about_the_picked_mark(&mut self) -> String {
        match self.rng.below(4) {
            0 => format!("Mark(Note({:?}))", self.name("A note\nof two lines, ")),
            1 => format!("Mark(Flag({}))", self.one_of(&["Question", "Flag", "None"])),
            2 => format!("Mark(Confidence({}))", self.rng.below(101)),
            _ => format!("Mark(Nudge(edge: {}, by: WordForward))", self.one_of(&["Start", "End"])),
        }
    }

    /// Two marks of the annotator’s own, wherever they are.
    fn relate(&mut self, session: &Session) -> Vec<String> {
        let Some(annotator) = session.annotator() else { return vec![] };
        let project = session.project();
        let layers = project.articles().filter_map(|(id, _)| Some((id, project.layer(id, annotator)?)));
        let marks: Vec<(&str, String)> = layers
            .flat_map(|(article, layer)| layer.annotations().map(move |(_, mark)| (article, mark)))
            .filter_map(|(article, mark)| {
                let words = &project.text(article)?.as_str()[mark.fragments.covering().as_range()];
                let (article, label) = (article.as_str(), mark.label.as_str());
                Some((article, format!("Words(words: {words:?}, label: {label:?}, article: {article:?})")))
            })
            .collect();
        if marks.is_empty() {
            return vec![];
        }
        let pick = |rng: &mut Rng| &marks[rng.below(marks.len())];
        let ((here, one), (there, other)) = (pick(&mut self.rng), pick(&mut self.rng));
        let kind = self.one_of(&["contradicts", "same-statement", "same-claim"]);
        let note = self.name("Because");
        vec![
            // A mark is named only where its article has been read.
            format!("Article(Open({here:?}))"),
            format!("Article(Open({there:?}))"),
            format!("Relate(Make(kind: {kind:?}, members: [(\"one\", {one}), (\"other\", {other})], note: {note:?}))"),
        ]
    }

    /// Words of two articles that are said not to be the same, or to be, or are proposed again.
    fn reject(&mut self, session: &Session) -> Vec<String> {
        let project = session.project();
        let own = session.annotator().and_then(|who| project.rejections(who)).into_iter().flatten();
        let named = own.filter_map(|(_, rejection)| {
            let side = |side: &FormerWords| {
                let place = side.find(project.text(&side.article)?)?.first();
                let (article, start, end) = (side.article.as_str(), place.start(), place.end());
                Some(format!("(article: {article:?}, fragments: [({start}, {end})])"))
            };
            Some((side(&rejection.one)?, side(&rejection.other)?))
        });
        let known: Vec<(String, String)> = named.collect();
        if !known.is_empty() && self.rng.below(3) == 0 {
            let (one, other) = &known[self.rng.below(known.len())];
            return vec![format!("Statement(ProposeAgain([(one: {one}, other: {other})]))")];
        }
        let mut place = || {
            let article = self.article(project)?;
            let word = self.word(project, &article)?;
            Some(format!("(article: {:?}, fragments: [({}, {})])", article.as_str(), word.start(), word.end()))
        };
        let (Some(one), Some(other)) = (place(), place()) else { return vec![] };
        match self.rng.below(3) {
            0 => vec![format!("Statement(Join([(one: {one}, other: {other}, form: \"altered\", why: \"Alike\")]))")],
            _ => vec![format!("Statement(Reject(pairs: [(one: {one}, other: {other})]))")],
        }
    }

    fn add_article(&mut self) -> String {
        let title = self.name("Added");
        let text = format!("{title}\n\nThe toll is fair, said {} of {}.\n", self.rng.below(1000), self.rng.below(1000));
        format!("Article(Add(metadata: (title: {title:?}), text: {text:?}))")
    }

    fn describe(&mut self, project: &Project) -> Vec<String> {
        let Some(id) = self.article(project) else { return vec![] };
        let (title, story) = (self.name("Described"), self.one_of(&["The toll", "The ferry", ""]));
        vec![format!("Article(Describe(article: {:?}, metadata: (title: {title:?}), story: {story:?}))", id.as_str())]
    }

    /// The text of the open article with a word fewer, a word more, another word, or its paragraphs turned round.
    fn correct(&mut self, session: &Session) -> Vec<String> {
        let project = session.project();
        let Some(article) = session.focus().article.clone() else { return vec![] };
        let (Some(text), Some(word)) = (project.text(&article), self.word(project, &article)) else { return vec![] };
        let (before, after) = (&text.as_str()[..word.start()], &text.as_str()[word.end()..]);
        let corrected = match self.rng.below(4) {
            0 => format!("{before}{}", after.trim_start()),
            1 => format!("{before}{} and more{after}", &text.as_str()[word.as_range()]),
            2 => format!("{before}other{}{after}", self.rng.below(1000)),
            _ => text.as_str().split("\n\n").collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n\n"),
        };
        vec![format!("Article(Correct(article: {:?}, text: {corrected:?}))", article.as_str())]
    }

    fn codebook(&mut self, project: &Project) -> String {
        let label = self.label(project);
        match (self.rng.below(4), label) {
            (0, _) => format!("Codebook(Rename({:?}))", self.name("Codebook")),
            (1, Some(label)) if project.codebook().labels.len() > 3 => {
                let fate = match project.codebook().labels.iter().find(|other| other.id != label) {
                    Some(other) if self.rng.below(2) == 0 => format!("Relabel({:?})", other.id.as_str()),
                    _ => "Remove".to_owned(),
                };
                format!("Codebook(RemoveLabel(label: {:?}, marks: {fate}))", label.as_str())
            }
            (2, _) => format!("Codebook(Targets([{:?}]))", self.name("Target")),
            _ => {
                self.made += 1;
                let n = self.made;
                format!(
                    "Codebook(PutLabel(id: \"made-{n}\", name: \"Made {n}\", initials: \"M{n}\", color: (light: \
                     \"5f6b1f\", dark: \"c5d36b\"), pattern: Solid, extent: Words, attributes: []))"
                )
            }
        }
    }
}
