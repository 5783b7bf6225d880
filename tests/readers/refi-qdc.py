"""Validates an exported codebook: argv[1] is the `.qdc`, argv[2] the folder with `Codebook.xsd`. Needs xmlschema."""

import pathlib
import sys

import xmlschema

schema = xmlschema.XMLSchema(str(pathlib.Path(sys.argv[2]) / "Codebook.xsd"))
schema.validate(sys.argv[1])
codebook = schema.to_dict(sys.argv[1])
codes = codebook["Codes"]["Code"]
assert codes and all(code["@color"].startswith("#") for code in codes)
print(f"refi-qdc: valid; {', '.join(code['@name'] for code in codes)}")
