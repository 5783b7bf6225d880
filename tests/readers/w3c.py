"""Expands an exported collection with pyld, which is given the context of the Recommendation from `data`.

Usage: w3c.py FILE
"""

import json
from collections import Counter

import harbour
from pyld import jsonld

OA, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCTERMS = "http://purl.org/dc/terms/"
context = json.loads((harbour.DATA / "anno.jsonld").read_text("utf-8"))


def loader(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld", f"the collection asks for {url}"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}


jsonld.set_document_loader(loader)
document = json.loads(harbour.piece("annotations.jsonld").read_text("utf-8"))
graph = jsonld.flatten(jsonld.expand(document))
nodes = {node["@id"]: node for node in graph}


def value(node, key):
    return node[key][0]["@value"]


def ids(node, key):
    return [one["@id"] for one in node.get(key, [])]


annotations = [node for node in graph if OA + "Annotation" in node.get("@type", [])]
assert annotations, "there is no annotation"
assert len(annotations) == document["total"], f"{len(annotations)} annotations, not {document['total']}"
spans = relations = 0
read = {}
for annotation in annotations:
    assert ids(annotation, OA + "hasTarget"), f"{annotation['@id']} has no target"
    motivations = ids(annotation, OA + "motivatedBy")
    assert all(name.startswith(OA) for name in motivations), motivations
    bodies = [nodes[name] for name in ids(annotation, OA + "hasBody") if name in nodes]
    purposes = [name for body in bodies for name in ids(body, OA + "hasPurpose")]
    assert all(name.startswith(OA) for name in purposes), purposes
    for target in ids(annotation, OA + "hasTarget"):
        if not target.startswith("_:"):
            continue
        (source,) = ids(nodes[target], OA + "hasSource")
        assert source in nodes, f"{source} is nowhere"
        selectors = {nodes[name]["@type"][0]: nodes[name] for name in ids(nodes[target], OA + "hasSelector")}
        if not selectors:
            assert OA + "linking" in motivations and OA + "Annotation" in nodes[source]["@type"]
            relations += 1
            continue
        position, quote = selectors[OA + "TextPositionSelector"], selectors[OA + "TextQuoteSelector"]
        text = value(nodes[source], RDF + "value")
        start, end = int(value(position, OA + "start")), int(value(position, OA + "end"))
        exact, prefix, suffix = (value(quote, OA + key) for key in ("exact", "prefix", "suffix"))
        assert text[start:end] == exact, f"{annotation['@id']}: {text[start:end]!r} is not {exact!r}"
        assert text[:start].endswith(prefix) and text[end:].startswith(suffix)
        spans += 1
        label = next(value(body, RDF + "value") for body in bodies if OA + "tagging" in ids(body, OA + "hasPurpose"))
        who = annotation[DCTERMS + "creator"][0]["@id"].rsplit("/", 1)[-1]
        read.setdefault(who, Counter())[label, exact] += 1
assert spans and relations
harbour.check(read)
quads = jsonld.to_rdf(document)["@default"]
print(f"w3c: {len(annotations)} annotations, {spans} selected parts, {relations} members, {len(quads)} statements")
