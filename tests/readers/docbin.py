"""Loads DocBins with spaCy, holds every span against the project, and trains a span categoriser on them.

Usage: docbin.py FOLDER
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import harbour
import spacy
from spacy.cli.init_config import init_config
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train

folder = Path(sys.argv[1])
blank, read, cats = spacy.blank("en"), {}, 0
for path in folder.glob("[!_]*.spacy"):
    counts = read.setdefault(path.stem.split(".")[0], Counter())
    for doc in DocBin().from_disk(path).get_docs(blank.vocab):
        about = doc.user_data["pressmark"]
        assert about["annotator"] == path.stem.split(".")[0] and about["title"]
        for span in doc.spans["pressmark"]:
            assert doc.char_span(span.start_char, span.end_char).text == span.text and span.text.strip()
            counts[span.label_, span.text] += 1
        spans = {(span.start, span.end, span.label_) for span in doc.spans["pressmark"]}
        covered = Counter(at for start, end, _ in spans for at in range(start, end))
        is_flat = max(covered.values(), default=0) < 2
        assert {(ent.start, ent.end, ent.label_) for ent in doc.ents} == (spans if is_flat else set())
        # Where entities are not known, nobody learns that there are none.
        assert is_flat or all(token.ent_iob == 0 for token in doc)
        assert list(doc.sents) and set(doc.cats.values()) <= {0.0, 1.0}
        cats += len(doc.cats)
assert cats, "there are answers about articles"
harbour.check(read)

config = init_config(lang="en", pipeline=["spancat"], optimize="efficiency", gpu=False, silent=True)
config = config.to_str()
config = spacy.util.load_config_from_str(config, overrides={
    "components.spancat.spans_key": "pressmark",
    "paths.train": str(folder),
    "paths.dev": str(folder),
    "training.max_steps": 0,
    "training.max_epochs": 10,
    "training.eval_frequency": 1000,
    "training.logger": {"@loggers": "spacy.ConsoleLogger.v1", "progress_bar": False},
}, interpolate=False)
nlp = init_nlp(config)
with tempfile.TemporaryDirectory() as out:
    nlp, _ = train(nlp, Path(out), stdout=sys.stderr, stderr=sys.stderr)
labels = {label for counts in read.values() for label, _ in counts}
assert set(nlp.get_pipe("spancat").labels) == labels, "the span categoriser has learned every label"
docs = [doc for path in folder.glob("*.spacy") for doc in DocBin().from_disk(path).get_docs(nlp.vocab)]
scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
assert scores["spans_pressmark_f"] > 0, "it has learned something"
print(f"a span categoriser has learned from them: F is {scores['spans_pressmark_f']:.2f} after 10 epochs")
