"""Reads an export to brat with bioc: every text bound annotation has the words of the text, every argument is there.

Usage: brat.py FOLDER
"""

import sys
from collections import Counter
from pathlib import Path

import harbour
from bioc import brat

folder = Path(sys.argv[1])
read, relations, events = {}, 0, 0
for path in folder.glob("*/*.ann"):
    counts = read.setdefault(path.parent.name, Counter())
    # As it stands: Python would make line feeds of every line end.
    with open(path.with_suffix(".txt"), encoding="utf-8", newline="") as text, open(path, encoding="utf-8") as ann:
        document = brat.load(text, ann)
    ids = {annotation.id for annotation in document.annotations}
    triggers = {event.trigger_id: event.type for event in document.events}
    for entity in document.entities:
        parts = [document.text[span.begin : span.end] for span in sorted(entity.locations)]
        assert " ".join(parts).replace("\n", " ") == entity.text, entity
        if triggers.get(entity.id) != entity.type:
            counts.update((entity.type, part) for part in parts)
    for event in document.events:
        assert {event.trigger_id, *event.arguments.values()} <= ids, event
        events += 1
    for relation in document.relations:
        assert set(relation.arguments.values()) <= ids, relation
        relations += 1
assert relations and events, "there are relations and events"
harbour.check(read)
print(f"brat: {relations} relations and {events} events have all their arguments")
