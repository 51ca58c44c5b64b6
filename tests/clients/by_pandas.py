"""pandas reads the tables: as many rows as features, Arabic as it was."""

import io
import sys

from asked import Server, Told, missing

try:
    import pandas
except ImportError:
    missing("pandas (--install)")
server, told = Server(sys.argv[1]), Told("pandas")
print("pandas", pandas.__version__)
for name in server.collections():
    table = pandas.read_csv(io.BytesIO(server.bytes(f"/api/collections/{name}/download?f=csv")), dtype=str, keep_default_na=False)
    told.same(f"{name}: rows", len(table), server.matched(name))
features = server.json("/api/collections/incidents/items?limit=10000")["features"]
table = pandas.read_csv(io.BytesIO(server.bytes("/api/collections/incidents/download?f=csv")), dtype=str, keep_default_na=False)
arabic = 0
for (_, row), feature in zip(table.iterrows(), features):
    for column in ("id", "place_name", "place_name_text", "notes", "report_id"):
        value = feature["id"] if column == "id" else feature["properties"].get(column)
        if column in table and (row[column] or None) != (value or None):
            told.same(f"{feature['id']}: {column}", row[column], value)
text = "\n".join(table.to_numpy().ravel())
arabic = sum("\u0600" <= c <= "\u06ff" for c in text)
told.same("there are Arabic letters", arabic > 100, True)
told.same("and none was replaced", text.count("\ufffd"), 0)
hxl = pandas.read_csv(io.BytesIO(server.bytes("/api/collections/incidents/download?f=hxl")), dtype=str, skiprows=[1])
told.same("HXL, without its row of tags", len(hxl), server.matched("incidents"))
for form in ("acled", "ucdp"):
    rows = pandas.read_csv(io.BytesIO(server.bytes(f"/api/collections/incidents/download?f={form}&manifest=0")), dtype=str)
    manifest = server.json(f"/api/collections/incidents/download?f={form}&manifest=1")
    told.same(f"{form}: rows", len(rows), manifest["counts"]["features"])
told.end()
