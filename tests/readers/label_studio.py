"""Converts an export with the converter of Label Studio's SDK, which reads the labeling config too.

Usage: label_studio.py FOLDER
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import harbour
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

folder = Path(sys.argv[1])
tasks = json.loads((folder / "tasks.json").read_text("utf-8"))
config = (folder / "config.xml").read_text("utf-8")
interface = LabelInterface(config)
interface.validate()
results = relations = 0
for task in tasks:
    for annotation in task["annotations"]:
        ids = {result["id"] for result in annotation["result"] if "id" in result}
        for result in annotation["result"]:
            if result["type"] == "relation":
                assert {result["from_id"], result["to_id"]} <= ids, result
                relations += 1
            else:
                assert interface.validate_region(result), result
                results += 1

read = {}
with tempfile.TemporaryDirectory() as out:
    Converter(config, project_dir=None).convert(folder / "tasks.json", out, "JSON_MIN", is_dir=False)
    converted = json.loads((Path(out) / "result.json").read_text("utf-8"))
# One for each annotation, in their order.
annotations = [(task, annotation) for task in tasks for annotation in task["annotations"]]
assert len(converted) == len(annotations)
for (task, annotation), flat in zip(annotations, converted):
    counts = read.setdefault(annotation["annotator"].lower(), Counter())
    units = task["data"]["text"].encode("utf-16-le")
    for region in flat["label"]:
        words = units[2 * region["start"] : 2 * region["end"]].decode("utf-16-le")
        assert words == region["text"], region
        counts.update((label, words) for label in region["labels"])
harbour.check(read)
print(f"label-studio: {results} results are as the config asks, {relations} relations lead somewhere")
