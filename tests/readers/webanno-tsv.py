"""Reads an export to WebAnno TSV as its specification says, and holds every span against the project: there is no reader in
Python that others wrote.

Usage: webanno-tsv.py FOLDER
"""

import re
import sys
from collections import Counter
from pathlib import Path

import harbour

NUMBER = re.compile(r"(?<!\\)\[(\d+)\]$")
PARTS = re.compile(r"(?<!\\)\|")
read, rows = {}, 0
for path in sorted(Path(sys.argv[1]).glob("*/*.tsv")):
    lines = path.read_text("utf-8").split("\n")
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    columns = []
    for line in lines[1 : lines.index("")]:
        kind, layer = line.split("=", 1)
        name, *features = layer.split("|")
        columns += [(kind, name)] * len(features)
    header = lines.index("")
    assert lines[header + 1] == "" and lines[header + 2].startswith("#Text=")
    # The text is that of the sentences; offsets count UTF-16 units.
    units, spans = b"", {}
    sentence = None
    for line in lines[header + 2 :]:
        if line.startswith("#Text="):
            part = re.sub(r"\\(.)", lambda found: {"t": "\t"}.get(found[1], found[1]), line[6:])
            sentence = part if sentence is None else sentence + "\n" + part
        elif line:
            unit, place, words, *cells = line.rstrip("\t").split("\t")
            begin, end = map(int, place.split("-"))
            if sentence is not None:
                if len(units) == 2 * (begin + 1):
                    units = units[:-2]
                assert len(units) == 2 * begin, "a sentence begins where its first token does"
                units += (sentence + "\n").encode("utf-16-le")
                sentence = None
            assert units[2 * begin : 2 * end].decode("utf-16-le") == words, line
            assert len(cells) == len(columns), line
            rows += 1
            for (kind, name), cell in zip(columns, cells):
                if kind != "#T_SP" or cell == "_":
                    continue
                for at, value in enumerate(PARTS.split(cell)):
                    number = NUMBER.search(value)
                    key = (name, number[1]) if number else (name, unit, at)
                    # The targets of a slot have numbers of their own.
                    if number is None or ";" not in value and not re.match(r"\d+-\d+", value):
                        first, _ = spans.get(key, (begin, end))
                        spans[key] = (first, end)
    counts = read.setdefault(path.parent.name, Counter())
    stacked = {(name, begin, end) for (name, *rest), (begin, end) in spans.items() if len(rest) == 1}
    for (name, *rest), (begin, end) in spans.items():
        label = name.removeprefix("webanno.custom.")
        if label != "Attribution" and (len(rest) == 1 or (name, begin, end) not in stacked):
            counts[label, units[2 * begin : 2 * end].decode("utf-16-le")] += 1
harbour.check(read)
print(f"webanno-tsv: {rows} rows")
