"""What converters in Python need for the same files: prints the seconds, without those for starting and importing.

Usage: formats.py WORK PATH [OUT]
Ends with 3 where a package is missing.
"""

import json
import sys
import tempfile
import time
from pathlib import Path


def timed(work):
    began = time.perf_counter()
    work()
    print(time.perf_counter() - began)


def brat_documents(folder):
    from bioc import brat

    for ann in sorted(folder.rglob("*.ann")):
        with open(ann.with_suffix(".txt"), encoding="utf-8") as text, open(ann, encoding="utf-8") as marks:
            yield ann, brat.load(text, marks)


def brat_read(path, _):
    import bioc.brat  # noqa: F401

    timed(lambda: sum(1 for _ in brat_documents(path)))


def brat_write(path, out):
    from bioc import brat

    documents = list(brat_documents(path))

    def write():
        for ann, document in documents:
            to = out / ann.parent.name / ann.name
            to.parent.mkdir(parents=True, exist_ok=True)
            with open(to.with_suffix(".txt"), "w", encoding="utf-8") as text, open(to, "w", encoding="utf-8") as marks:
                brat.dump(document, text, marks)

    timed(write)


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def jsonl(path, out):
    articles = lines(path)

    def write():
        with open(out / "out.jsonl", "w", encoding="utf-8") as file:
            for article in articles:
                file.write(json.dumps(article, ensure_ascii=False) + "\n")

    timed(write)


def hf(path, out):
    import pyarrow
    import pyarrow.parquet

    articles = lines(path)
    timed(lambda: pyarrow.parquet.write_table(pyarrow.Table.from_pylist(articles), out / "out.parquet"))


def docbin(path, out):
    import spacy
    from spacy.tokens import DocBin

    articles, nlp = lines(path), spacy.blank("en")

    def write():
        files = {}
        for article in articles:
            for layer in article["layers"]:
                doc = nlp.make_doc(article["text"])
                spans = [
                    doc.char_span(part["start"], part["end"], label=mark["label_name"], alignment_mode="expand")
                    for mark in layer["annotations"]
                    for part in mark["fragments"]
                ]
                doc.spans["pressmark"] = [span for span in spans if span]
                files.setdefault(layer["annotator"], DocBin(store_user_data=True)).add(doc)
        for annotator, file in files.items():
            file.to_disk(out / f"{annotator}.spacy")

    timed(write)


def label_studio(path, _):
    # No converter takes less than finding out what the JSON is.
    timed(lambda: json.loads(path.read_text("utf-8")))


WORK = {
    "brat-read": brat_read,
    "brat-write": brat_write,
    "jsonl": jsonl,
    "hf": hf,
    "docbin": docbin,
    "label-studio": label_studio,
}

try:
    with tempfile.TemporaryDirectory() as out:
        WORK[sys.argv[1]](Path(sys.argv[2]), Path(out))
except ImportError as why:
    print(why, file=sys.stderr)
    sys.exit(3)
