"""Reads TEI documents with lxml: anchors stand around the words of the project, and every pointer leads somewhere.

They are validated where there is a schema (`share/tei/tei_all.rng` in the virtual environment).

Usage: tei.py FOLDER
"""

import sys
from collections import Counter
from pathlib import Path

import harbour
from lxml import etree

TEI, ID = "{http://www.tei-c.org/ns/1.0}", "{http://www.w3.org/XML/1998/namespace}id"
POINTERS = ("target", "ana", "from", "to", "next", "prev", "resp", "who", "mutual", "active", "passive")
documents = {path.name: etree.parse(path) for path in Path(sys.argv[1]).glob("*.xml")}
ids = {name: [element.get(ID) for element in tree.iter() if element.get(ID)] for name, tree in documents.items()}
assert all(len(set(own)) == len(own) for own in ids.values()), "an identifier is there twice"
read, relations = {}, 0
for name, tree in documents.items():
    (body,) = tree.iter(TEI + "body")
    text, anchors = "", {}
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if element.tag == TEI + "anchor":
                anchors["#" + element.get(ID)] = len(text)
            text += element.text or ""
        elif element is not body:
            text += element.tail or ""
    assert text == "".join(body.itertext())
    for group in tree.iter(TEI + "spanGrp"):
        counts = read.setdefault(group.get("resp").removeprefix("#annotator."), Counter())
        for span in group.iter(TEI + "span"):
            words = text[anchors[span.get("from")] : anchors[span.get("to")]]
            assert span.get("ana") == "#label." + span.text.lower()
            counts[span.text, words] += 1
    for element in tree.iter(etree.Element):
        for pointer in " ".join(element.get(key, "") for key in POINTERS).split():
            place, there = pointer.split("#") if "#" in pointer else (None, None)
            assert place is None or there in ids[place or name], f"{pointer} leads nowhere"
    relations += len(list(tree.iter(TEI + "relation")))
assert relations, "there are relations"
harbour.check(read)
schema, how = harbour.SHARE / "tei" / "tei_all.rng", "well-formed; there is no schema here to validate them"
if schema.exists():
    relaxng = etree.RelaxNG(etree.parse(schema))
    for name, tree in documents.items():
        assert relaxng.validate(tree), f"{name}: {relaxng.error_log}"
    how = "valid"
print(f"tei: {len(documents)} documents, {relations} relations, {how}")
