"""Reads JSON lines of spaCy and Prodigy with spaCy: tokens are the text, every span is aligned to those it names.

Usage: spacy_jsonl.py FILE
"""

from collections import Counter

import harbour
import spacy
import srsly
from spacy.tokens import Doc
from spacy.training import offsets_to_biluo_tags

nlp = spacy.blank("en")
read, relations = {}, 0
for line in srsly.read_jsonl(harbour.piece("annotations.jsonl")):
    tokens = line["tokens"]
    doc = Doc(nlp.vocab, [token["text"] for token in tokens], [token["ws"] for token in tokens])
    assert doc.text == line["text"], "the tokens are the text"
    assert [(token["id"], token["start"], token["end"]) for token in tokens] == [
        (token.i, token.idx, token.idx + len(token)) for token in doc
    ]
    counts = read.setdefault(line["_annotator_id"], Counter())
    for span in line["spans"]:
        own = doc.char_span(span["start"], span["end"], span["label"])
        assert own is not None, f"not aligned: {span}"
        assert (own.start, own.end - 1, own.text) == (span["token_start"], span["token_end"], span["text"]), span
        assert "-" not in offsets_to_biluo_tags(doc, [(span["start"], span["end"], span["label"])])
        counts[own.label_, own.text] += 1
    for relation in line["relations"]:
        for end in ("head", "child"):
            assert relation[end] == relation[f"{end}_span"]["token_end"]
        relations += 1
assert relations, "there are relations"
harbour.check(read)
