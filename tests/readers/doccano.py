"""Reads an export to doccano as doccano's import does: every span has the words that the project has there.

Usage: doccano.py FOLDER
"""

import json
import sys
from collections import Counter
from pathlib import Path

import harbour

folder = Path(sys.argv[1])
labels = {label["text"] for label in json.loads((folder / "label_config.json").read_text("utf-8"))}
kinds = {kind["text"] for kind in json.loads((folder / "relation_config.json").read_text("utf-8"))}
read, relations = {}, 0
for path in folder.glob("[!_]*.jsonl"):
    counts = read.setdefault(path.stem, Counter())
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        spans = {span["id"]: span for span in record["entities"]}
        assert len(spans) == len(record["entities"]), "ids are unique in a line"
        for span in spans.values():
            start, end = span["start_offset"], span["end_offset"]
            assert 0 <= start < end <= len(record["text"]) and span["label"] in labels, span
            counts[span["label"], record["text"][start:end]] += 1
        for relation in record["relations"]:
            assert {relation["from_id"], relation["to_id"]} <= set(spans) and relation["type"] in kinds, relation
            relations += 1
assert relations, "there are relations"
harbour.check(read)
