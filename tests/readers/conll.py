"""Reads an export to CoNLL with seqeval and with spaCy's converter: every mark of every level is there, strictly in IOB2.

Usage: conll.py FOLDER
"""

import json
import sys
from collections import Counter
from pathlib import Path

import harbour
from seqeval.metrics import f1_score
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, Entities
from spacy.training.converters import conll_ner_to_docs

START = "-DOCSTART- -X- O O"
folder = Path(sys.argv[1])
columns = json.loads((folder / "columns.json").read_text("utf-8"))["columns"]
read = {}


def sentences(text):
    """The rows of each sentence of an article."""
    blocks = (block.strip() for block in text.split("\n\n"))
    return [[line.split() for line in block.splitlines()] for block in blocks if block]


for beside in folder.glob("[!_]*.articles.jsonl"):
    annotator = beside.name.split(".")[0]
    counts = read.setdefault(annotator, Counter())
    known = [json.loads(line) for line in beside.read_text("utf-8").splitlines()]
    for file in folder.glob(f"{annotator}*.conll"):
        number = int(file.name.split(".")[1]) if file.name.count(".") > 1 else 1
        least = (number - 1) * (len(columns) - 1)
        own = [article for article in known if article["levels"] > least or number == 1]
        text = file.read_text("utf-8")
        articles = text.split(START)[1:]
        assert len(articles) == len(own), "an article for each line beside the file"
        for article, about in zip(articles, own):
            rows = [row for sentence in sentences(article) for row in sentence]
            assert all(len(row) == len(columns) for row in rows)
            tokens, at, whole = iter(row[0] for row in rows), [], ""
            for c in about["layout"]:
                part = next(tokens) if c == "x" else c
                if c == "x":
                    at.append((len(whole), len(whole) + len(part)))
                whole += part
            assert len(at) == len(rows), "the layout has every token"
            for column in range(1, len(columns)):
                tags = [row[column] for row in rows]
                for label, first, last in get_entities(tags):
                    counts[label, whole[at[first][0] : at[last][1]]] += 1
        # What programs read: the last column, sentence by sentence, strictly.
        tags = [[row[-1] for row in sentence] for article in articles for sentence in sentences(article)]
        found = sum(len(entities) for entities in Entities(tags, IOB2).entities)
        assert found == sum(len(get_entities(sentence)) for sentence in tags) > 0
        assert f1_score(tags, tags, mode="strict", scheme=IOB2) == 1.0
        docs = list(conll_ner_to_docs(text, no_print=True))
        assert (len(docs), sum(len(doc.ents) for doc in docs)) == (len(articles), found), "as spaCy converts it"
harbour.check(read)
