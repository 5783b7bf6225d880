"""Loads JSON lines with pandas, polars, DuckDB and Hugging Face datasets: each has the rows as they were written.

Usage: jsonl.py FILE
"""

import json
import tempfile
from collections import Counter

import duckdb
import harbour
import pandas
import polars
from datasets import load_dataset

exported = harbour.piece("articles.jsonl")
text = exported.read_text("utf-8")
lines = text.splitlines()
assert lines == text.removesuffix("\n").split("\n"), "a line is a line for everybody"
rows = [json.loads(line) for line in lines]
codebook = json.loads((exported.parent / "codebook.json").read_text("utf-8"))
labels = {label["id"]: label["name"] for label in codebook["labels"]}
read = {}
for row in rows:
    for layer in row["layers"]:
        counts = read.setdefault(layer["annotator"], Counter())
        for mark in layer["annotations"]:
            assert mark["label_name"] == labels[mark["label"]]
            for fragment in mark["fragments"]:
                assert row["text"][fragment["start"] : fragment["end"]] == fragment["text"], fragment
                counts[mark["label"], fragment["text"]] += 1
harbour.check(read)

assert pandas.read_json(exported, lines=True, dtype=False).to_dict("records") == rows
assert polars.read_ndjson(exported).to_dicts() == rows
with tempfile.TemporaryDirectory() as cache:
    loaded = load_dataset("json", data_files=str(exported), split="train", cache_dir=cache)
    # Dates become moments there where every one of them is written as a date.
    again = [row | {"published": str(row["published"])[:10]} for row in loaded.to_list()]
    assert again == rows
marks = f"select count(*) from (select unnest(layers, recursive := true) from read_json('{exported}'))"
assert duckdb.sql(marks).fetchall()[0][0] == sum(len(row["layers"]) for row in rows)
print(f"jsonl: {len(rows)} articles are the same in pandas, polars and datasets; DuckDB finds every layer")
