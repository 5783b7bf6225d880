"""Loads a dataset with `datasets`, and its tables with pyarrow, pandas, polars and DuckDB; holds all of them against the
project.

Usage: hf.py FOLDER
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

# Nothing is asked of the network, and nothing is left behind.
cache = tempfile.TemporaryDirectory()
os.environ.update(HF_HUB_OFFLINE="1", HF_HOME=cache.name, HF_DATASETS_CACHE=cache.name)

import harbour

# A script that stands beside this one is called like a module of Python’s that some of these import.
sys.path.pop(0)

import datasets
import duckdb
import pandas
import polars
import pyarrow.parquet
from huggingface_hub import DatasetCard

folder = Path(sys.argv[1]).resolve()
datasets.disable_progress_bars()


def counted(rows):
    """For each annotator how often a label covers some words, of the rows of the table of spans."""
    read = {}
    for row in rows:
        read.setdefault(row["annotator"], Counter())[row["label_name"], row["text"]] += 1
    return read


configs = ["default", "spans", "relations", "articles"]
assert sorted(datasets.get_dataset_config_names(str(folder))) == sorted(configs)
loaded = {config: datasets.load_dataset(str(folder), config) for config in configs}
articles = loaded["default"]["train"]
read = {}
for article in articles:
    for layer in article["layers"]:
        counts = read.setdefault(layer["annotator"], Counter())
        for mark in layer["annotations"]:
            for part in mark["fragments"]:
                assert article["text"][part["start"] : part["end"]] == part["text"]
                counts[mark["label_name"], part["text"]] += 1
harbour.check(read)
streamed = datasets.load_dataset(str(folder), split="train", streaming=True)
assert [article["id"] for article in streamed] == articles["id"][:]
print(f"datasets {datasets.__version__} loads {', '.join(configs)}: {articles.num_rows} articles")

texts = dict(zip(loaded["articles"]["train"]["article"], loaded["articles"]["train"]["text"], strict=True))
spans = {
    "datasets": list(loaded["spans"]["train"]),
    "pyarrow": pyarrow.parquet.read_table(folder / "spans" / "train.parquet").to_pylist(),
    "pandas": pandas.read_parquet(folder / "spans").to_dict("records"),
    "polars": polars.read_parquet(folder / "spans" / "*.parquet").to_dicts(),
    "DuckDB": duckdb.sql(f"select * from '{folder}/spans/*.parquet'").df().to_dict("records"),
}
for reader, rows in spans.items():
    harbour.check(counted(rows))
    assert all(texts[row["article"]][row["start"] : row["end"]] == row["text"] for row in rows), reader
    assert all(row[column] is not None for row in rows for column in row), f"{reader}: nothing is null"
print(f"{', '.join(spans)} read {len(rows)} spans, each with its words in the text")

marks = {row["mark"] for row in rows}
members = loaded["relations"]["train"]
assert members.num_rows and all(row["member_mark"] in marks or row["member_relation"] for row in members)
nested = {r["id"] for article in articles for layer in article["layers"] for r in layer["relations"] + layer["links"]}
assert nested == set(members["relation"]), "every relation is in the flat table"

card = DatasetCard.load(folder / "README.md")
assert [config["config_name"] for config in card.data.configs] == configs and card.data.license is None
print("the card can be read, and says nothing of a licence")
