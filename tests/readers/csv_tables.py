"""Loads the tables of spans, relations and articles with pandas, polars and DuckDB.

Usage: csv_tables.py FOLDER
"""

import sys
from collections import Counter
from pathlib import Path

import duckdb
import harbour
import pandas
import polars

folder = Path(sys.argv[1])
(spans_file,) = folder.glob("spans.*")
extension = spans_file.suffix
separator = {".csv": ",", ".tsv": "\t"}[extension]


def table(name):
    """A table as pandas has it, once polars and DuckDB have the same."""
    path = folder / f"{name}{extension}"
    frame = pandas.read_csv(path, sep=separator, dtype=str, keep_default_na=False)
    other = polars.read_csv(path, separator=separator, infer_schema=False).fill_null("")
    assert other.to_dicts() == frame.to_dict("records"), f"{path.name} is another table in polars"
    sql = f"select count(*) from read_csv('{path}', header=true, all_varchar=true, delim='{separator}', quote='\"')"
    assert duckdb.sql(sql).fetchall()[0][0] == len(frame), f"{path.name} has other rows in DuckDB"
    return frame


articles, relations, spans = table("articles"), table("relations"), table("spans")
texts = dict(zip(articles["article"], articles["text"]))
read = {}
for span in spans.itertuples():
    assert texts[span.article][int(span.start) : int(span.end)] == span.text, span
    read.setdefault(span.annotator, Counter())[span.label, span.text] += 1
harbour.check(read)
known = set(spans["mark"]) | set(relations["relation"])
assert len(relations) and set(relations["member"]) <= known, "members are marks or relations"
print(f"{extension[1:]}: {len(spans)} spans, {len(relations)} members of relations, {len(articles)} articles")
