"""GDAL's OAPIF driver: ogrinfo and ogr2ogr into a GeoPackage; and what dalil exports, opened by GDAL."""

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from asked import BBOX, DRAWN, Server, Told, missing

if not shutil.which("ogrinfo"):
    missing("ogrinfo (apt-get install gdal-bin)")
server, told = Server(sys.argv[1]), Told("gdal")
print(subprocess.run(["ogrinfo", "--version"], capture_output=True, text=True).stdout.strip())
SOURCE = f"OAPIF:{server.address}/api"


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    # A warning of a client that knows the standard is a fault of ours.
    if done.returncode or done.stderr.strip():
        told.same(f"{' '.join(command)}: no complaint", done.stderr.strip(), "")
    return done.stdout


def converted(folder: str, name: str, *filters: str) -> int:
    file = Path(folder) / f"{name}.gpkg"
    file.unlink(missing_ok=True)
    run("ogr2ogr", "-f", "GPKG", str(file), SOURCE, name, "-oo", "PAGE_SIZE=7", *filters)
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT table_name FROM gpkg_contents").fetchall()
        return connection.execute(f'SELECT count(*) FROM "{found[0][0]}"').fetchone()[0] if found else 0


layers = re.findall(r"^\d+: ([\w-]+)", run("ogrinfo", "-ro", SOURCE), re.M)
told.same("layers", sorted(layers), sorted(server.collections()))
with tempfile.TemporaryDirectory() as folder:
    for name in server.collections():
        expected = server.matched(name)
        summary = run("ogrinfo", "-ro", "-so", SOURCE, name)
        told.same(f"{name}: count", int(re.search(r"Feature Count: (\d+)", summary).group(1)), expected)
        each = run("ogrinfo", "-ro", "-al", "-oo", "PAGE_SIZE=7", SOURCE, name).count("\nOGRFeature(")
        told.same(f"{name}: read in pages of 7", each, expected)
        told.same(f"{name}: into a GeoPackage", converted(folder, name), expected)
    box = [str(n) for n in BBOX]
    for name in DRAWN:
        told.same(f"{name}: bbox", converted(folder, name, "-spat", *box), server.matched(name, bbox=",".join(box)))
    for where, cql in [
        ("date_start >= '2023-01-01'", "date_start >= DATE('2023-01-01')"),
        ("country = 'ML'", "country = 'ML'"),
        ("killed_best >= 10 AND country = 'ML'", "killed_best >= 10 AND country = 'ML'"),
    ]:
        bbox = ",".join(box)
        found = converted(folder, "incidents", "-where", where, "-spat", *box)
        told.same(f"incidents: {where}, bbox", found, server.matched("incidents", bbox=bbox, filter=cql))
    # The driver passes a condition on; that no feature is there that should not be, it looks after itself.
    for form, ending in [("geojson", "geojson"), ("geojsonseq", "geojsonl"), ("kml", "kml"), ("flatgeobuf", "fgb"), ("gpkg", "gpkg"), ("csv", "csv")]:
        file = Path(folder) / f"export.{ending}"
        file.write_bytes(server.bytes(f"/api/collections/incidents/download?f={form}"))
        summary = run("ogrinfo", "-ro", "-so", "-al", str(file))
        counts = [int(n) for n in re.findall(r"Feature Count: (\d+)", summary)]
        # FlatGeobuf holds what lies somewhere.
        expected = server.json("/api/collections/incidents/download?f=flatgeobuf&manifest=1")["counts"]["features"] if form == "flatgeobuf" else server.matched("incidents")
        told.same(f"export {form}: features", sum(counts), expected)
told.end()
