"""What the sample project `projects/harbour-bridge` says, read from its own files: what exports are held against."""

import re
import sys
from collections import Counter
from pathlib import Path

LAYERS = Path(__file__).resolve().parents[2] / "projects" / "harbour-bridge" / "layers"
# Schemas that are not part of the project, in the virtual environment.
SHARE = Path(sys.prefix) / "share"
ROW = re.compile(r'label: "([^"]+)"|words: "((?:[^"\\]|\\.)*)"')


def piece(name):
    """The piece of this name of the export that the script is given: in a folder, or the file itself."""
    given = Path(sys.argv[1])
    return given / name if given.is_dir() else given


def fragments():
    """For each annotator how often a label covers some words; each fragment of a mark counts for itself."""
    said = {}
    for path in LAYERS.glob("*/*.ron"):
        label, counts = None, said.setdefault(path.parent.name, Counter())
        for found in ROW.finditer(path.read_text("utf-8")):
            if found[1]:
                label = found[1]
            else:
                words = re.sub(r"\\(.)", lambda escaped: {"n": "\n", "t": "\t"}.get(escaped[1], escaped[1]), found[2])
                counts[label, words] += 1
    return said


def check(read):
    """Holds what was read, counted in the same way with the names of labels, against the project."""
    expected = fragments()
    assert set(read) == set(expected), f"annotators {sorted(read)}, expected {sorted(expected)}"
    for annotator, counts in expected.items():
        own = Counter()
        for (label, words), count in read[annotator].items():
            own[label.lower(), words] += count
        assert own == counts, f"{annotator}: too many {own - counts}, missing {counts - own}"
    total = sum(sum(counts.values()) for counts in expected.values())
    print(f"{total} spans of {len(expected)} annotators have the words of the project")
