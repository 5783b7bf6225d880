"""Validates an exported project against the schema of REFI-QDA, from the virtual environment.

What is named is there, every selection covers the words that it is called by, in UTF-16 units.

Usage: refi-qda.py FILE
"""

import sys
import xml.etree.ElementTree as ET
import zipfile

import harbour
import xmlschema

QDA = "{urn:QDA-XML:project:1.0}"
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
names = archive.namelist()
assert names[0] == "project.qde" and all(name.startswith("sources/") for name in names[1:]), names
text = archive.read("project.qde").decode("utf-8")
schema = xmlschema.XMLSchema(str(harbour.SHARE / "refi-qda" / "Project.xsd"))
schema.validate(text)

root = ET.fromstring(text)
guids = [element.get("guid") for element in root.iter() if element.get("guid")]
known = set(guids)
assert len(known) == len(guids), "a GUID is there twice"
for element in root.iter():
    for attribute in ("targetGUID", "originGUID", "creatingUser"):
        assert element.get(attribute) is None or element.get(attribute) in known, f"{element.attrib} leads nowhere"
codes = {code.get("guid"): code for code in root.iter(QDA + "Code")}
spans = 0
for source in root.iter(QDA + "TextSource"):
    path = source.get("plainTextPath").replace("internal://", "sources/")
    units = archive.read(path).decode("utf-8").encode("utf-16-le")
    for selection in source.iter(QDA + "PlainTextSelection"):
        start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        words = units[2 * start : 2 * end].decode("utf-16-le")
        assert words == selection.get("name"), f"{words!r} is not {selection.get('name')!r}"
        used = [coding.find(QDA + "CodeRef").get("targetGUID") for coding in selection.iter(QDA + "Coding")]
        assert used and all(codes[code].get("isCodable") == "true" for code in used)
        spans += 1
links = len(list(root.iter(QDA + "Link")))
notes = len(list(root.iter(QDA + "Note")))
assert spans and links and notes
print(f"refi-qda: valid; {len(names) - 1} texts, {spans} selections, {len(codes)} codes, {links} links, {notes} notes")
