"""Loads argument maps with arguebuf: every statement, inference and conflict of the files is in the graph.

Usage: aif.py FOLDER
"""

import json
import sys
from collections import Counter
from pathlib import Path

import arguebuf
import harbour

expected = harbour.fragments()
loaded = Counter()
for path in Path(sys.argv[1]).glob("*.json"):
    exported = json.loads(path.read_text("utf-8"))
    types = Counter(node["type"] for node in exported["nodes"])
    graph = arguebuf.load.aif(exported)
    assert len(graph.atom_nodes) == types["I"] and len(graph.scheme_nodes) == types["RA"] + types["CA"] + types["MA"]
    schemes = {node["nodeID"] for node in exported["nodes"] if node["type"] in ("RA", "CA", "MA")}
    own = [edge for edge in exported["edges"] if edge["fromID"] in schemes or edge["toID"] in schemes]
    assert len(graph.edges) == len(own), "every edge of the argument leads somewhere"
    # What is marked whole is a statement in its words.
    texts = {" ".join(node.plain_text.split()) for node in graph.atom_nodes.values()}
    marked = {" ".join(words.split()) for (label, words) in expected[path.stem] if label in ("claim", "quote", "stance")}
    assert all(part in marked for text in texts for part in text.split(" … ")), "a statement has other words"
    people = {person["participantID"] for person in exported["participants"]}
    assert {locution["personID"] for locution in exported["locutions"]} <= people
    assert types["L"] == len(exported["locutions"]) == types["YA"]
    loaded += types
assert loaded["RA"] and loaded["L"], loaded
print("aif:", ", ".join(f"{count} {kind}" for kind, count in sorted(loaded.items())))
