"""OWSLib's client of OGC API – Features."""

import sys

from asked import BBOX, DATETIME, DRAWN, Server, Told, missing

try:
    import owslib
    from owslib.ogcapi.features import Features
except ImportError:
    missing("owslib (--install)")
server, told = Server(sys.argv[1]), Told("owslib")
print("OWSLib", owslib.__version__)
client = Features(f"{server.address}/api")
told.same("collections", sorted(client.feature_collections()), sorted(server.collections()))
told.same("conformance", client.conformance()["conformsTo"], server.json("/api/conformance")["conformsTo"])
told.same("the definition", client.api()["openapi"][:2], "3.")
for name in server.collections():
    ids, offset = set(), 0
    while True:
        part = client.collection_items(name, limit=7, offset=offset)["features"]
        ids |= {f["id"] for f in part}
        offset += len(part)
        if len(part) < 7:
            break
    told.same(f"{name}: read in pages of 7", (offset, len(ids)), (server.matched(name), server.matched(name)))
    told.same(f"{name}: queryables", "properties" in client.collection_queryables(name), True)
    told.same(f"{name}: one item", client.collection_item(name, sorted(ids)[0])["id"], sorted(ids)[0])
for name in DRAWN:
    bbox = ",".join(map(str, BBOX))
    found = client.collection_items(name, bbox=BBOX, datetime_=DATETIME, limit=10_000)["numberReturned"]
    told.same(f"{name}: bbox and datetime", found, server.matched(name, bbox=bbox, datetime=DATETIME))
found = client.collection_items("incidents", filter="killed_best >= 10", limit=10_000)["numberReturned"]
told.same("incidents: CQL2", found, server.matched("incidents", filter="killed_best >= 10"))
told.end()
