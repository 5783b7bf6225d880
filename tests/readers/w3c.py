"""Expands an exported collection with pyld. The context of the Recommendation is not fetched: what the terms that are used
here stand for is written below, as the Web Annotation Vocabulary says it; any other term of it drops out, and is missed.

Usage: w3c.py FILE
"""

import json
from collections import Counter

import harbour
from pyld import jsonld

OA, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCTERMS = "http://purl.org/dc/terms/"
AS, DC = "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/elements/1.1/"
FOAF = "http://xmlns.com/foaf/0.1/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RESOURCES = {"body": OA + "hasBody", "target": OA + "hasTarget", "source": OA + "hasSource", "selector": OA + "hasSelector"}
RESOURCES |= {"creator": DCTERMS + "creator", "generator": AS + "generator", "first": AS + "first"}
NAMES = {"motivation": OA + "motivatedBy", "purpose": OA + "hasPurpose"}
TEXTS = {"format": DC + "format", "language": DC + "language", "value": RDF + "value", "name": FOAF + "name"}
TEXTS |= {"label": "http://www.w3.org/2000/01/rdf-schema#label"} | {key: OA + key for key in ("exact", "prefix", "suffix")}
NUMBERS = {"start": OA + "start", "end": OA + "end", "total": AS + "totalItems", "startIndex": AS + "startIndex"}
CLASSES = {"Person": FOAF + "Person", "Software": AS + "Application"}
CLASSES |= {"AnnotationCollection": AS + "OrderedCollection", "AnnotationPage": AS + "OrderedCollectionPage"}
SAME = "Annotation SpecificResource TextualBody TextQuoteSelector TextPositionSelector"
SAME += " bookmarking classifying commenting describing linking questioning tagging"
context = {
    "@context": {"id": "@id", "type": "@type", "dc": DC, "dcterms": DCTERMS, "oa": OA}
    | CLASSES
    | {name: OA + name for name in SAME.split()}
    | TEXTS
    | {key: {"@id": name, "@type": "@id"} for key, name in RESOURCES.items()}
    | {key: {"@id": name, "@type": "@vocab"} for key, name in NAMES.items()}
    | {key: {"@id": name, "@type": XSD + "nonNegativeInteger"} for key, name in NUMBERS.items()}
    | {"created": {"@id": DCTERMS + "created", "@type": XSD + "dateTime"}}
    | {"items": {"@id": AS + "items", "@type": "@id", "@container": "@list"}}
}


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
