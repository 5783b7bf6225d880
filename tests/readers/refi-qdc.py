"""Validates an exported codebook against the schema of REFI-QDA, from the virtual environment.

Usage: refi-qdc.py FILE
"""

import harbour
import xmlschema

exported = str(harbour.piece("codebook.qdc"))
schema = xmlschema.XMLSchema(str(harbour.SHARE / "refi-qda" / "Codebook.xsd"))
schema.validate(exported)
codebook = schema.to_dict(exported)
codes = codebook["Codes"]["Code"]
assert codes and all(code["@color"].startswith("#") for code in codes)
print(f"refi-qdc: valid; {', '.join(code['@name'] for code in codes)}")
