"""Reads an export to XMI or JSON CAS with dkpro-cassis: every mark is there with its words, and every relation.

Usage: cas.py FOLDER
"""

import sys
from collections import Counter
from pathlib import Path

import cassis
import harbour

CUSTOM = "webanno.custom."
LINK = "RelationMembersLink"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
WHO = "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata"
TAGSET = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.TagsetDescription"


def feature(fs, name):
    return getattr(fs, name) if fs.type.get_feature(name) else None


def look(cas):
    """The words of all marks, and the roles and words of all relations."""
    marks, relations, features = Counter(), Counter(), Counter()
    for type_ in cas.typesystem.get_types():
        if not type_.name.startswith(CUSTOM) or type_.name.endswith(LINK):
            continue
        for own in cas.select(type_.name):
            label = type_.name.removeprefix(CUSTOM)
            assert own.get_covered_text() == cas.sofa_string[own.begin : own.end]
            members = feature(own, "relationMembers")
            if members:
                ends = tuple((link.role, link.target.get_covered_text()) for link in members.elements)
                relations[label, ends] += 1
            elif feature(own, "Governor") or feature(own, "Dependent"):
                ends = [(end, feature(own, end)) for end in ("Governor", "Dependent")]
                relations[label, tuple((end, fs and fs.get_covered_text()) for end, fs in ends)] += 1
            else:
                marks[label, own.get_covered_text()] += 1
                for known in type_.all_features:
                    value = feature(own, known.name)
                    if known.name not in ("begin", "end", "sofa", "pressmarkMark") and value is not None:
                        features[label, known.name, str(value)] += 1
    return marks, relations, features


def check(cas, who):
    (metadata,) = cas.select(METADATA)
    assert metadata.documentTitle and (metadata.begin, metadata.end) == (0, len(cas.sofa_string))
    assert [own.username for own in cas.select(WHO)] == [who]
    tokens, sentences = list(cas.select(TOKEN)), list(cas.select(SENTENCE))
    assert "".join(token.get_covered_text() for token in tokens) == "".join(cas.sofa_string.split())
    assert all(cas.select_covered(TOKEN, sentence) for sentence in sentences)
    assert sum(len(cas.select_covered(TOKEN, sentence)) for sentence in sentences) == len(tokens)
    assert all(tag.name for tagset in cas.select(TAGSET) for tag in tagset.tags.elements)


def from_xmi(path):
    with open(path, "rb") as file:
        return cassis.load_cas_from_xmi(file, typesystem=typesystem)


def from_json(path):
    with open(path, "rb") as file:
        return cassis.load_cas_from_json(file)


folder = Path(sys.argv[1])
is_xmi = (folder / "TypeSystem.xml").exists()
if is_xmi:
    with open(folder / "TypeSystem.xml", "rb") as file:
        typesystem = cassis.load_typesystem(file)
read, relations, features = {}, Counter(), Counter()
files = sorted(folder.glob("*/*.xmi" if is_xmi else "*/*.json"))
assert files, "no files"
for path in files:
    who = path.parent.name
    cas = from_xmi(path) if is_xmi else from_json(path)
    check(cas, who)
    found = look(cas)
    # What it writes itself says the same, in both.
    assert look(cassis.load_cas_from_xmi(cas.to_xmi(), typesystem=cas.typesystem)) == found, path
    assert look(cassis.load_cas_from_json(cas.to_json())) == found, path
    read.setdefault(who, Counter()).update(found[0])
    relations.update(found[1])
    features.update(found[2])
assert relations and features
harbour.check(read)
print(f"cas: {sum(relations.values())} relations, {sum(features.values())} values of features in {len(files)} CASes")
