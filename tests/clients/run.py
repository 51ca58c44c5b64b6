#!/usr/bin/env python3
"""Loads what dalil serves with other people's programs, and compares what they count with what it says.

    python3 tests/clients/run.py [--install] [--dalil target/release/dalil] [CLIENT…]

Starts the program over the example reports and an edit of each kind, then runs each client: gdal, qgis, owslib, pandas, openrefine,
schemathesis. --install gets those that pip has, in the versions of requirements.txt, into target/clients; the others come with
`apt-get install gdal-bin python3-qgis xvfb default-jre-headless libunivocity-parsers-java`. What is missing is said and passed over. Not part of `make test`.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from asked import Server

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENV = ROOT / "target" / "clients"
CLIENTS = ["gdal", "qgis", "owslib", "pandas", "openrefine", "schemathesis"]
MISSING = 77


def interpreter(client: str) -> str:
    """QGIS comes with the system's own Python; what pip has is in an environment of ours."""
    own = VENV / "bin" / "python"
    return "/usr/bin/python3" if client == "qgis" else str(own) if own.exists() else sys.executable


def fill(dalil: str, store: Path) -> None:
    reports = [str(ROOT / "examples/reports"), str(ROOT / "tests/browser/reports")]
    subprocess.run([dalil, "ingest", *reports, "--store", str(store)], check=True, stdout=subprocess.DEVNULL)


def edit(server: Server) -> None:
    """One of each kind that people make, so that no collection is empty."""
    place = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.25, 15.75]},
             "properties": {"name": "زكدوبيت", "country": "ML", "feature": "PPL", "names": [{"name": "Zakdoubit", "lang": "fr"}]}}
    server.change("POST", "/api/collections/places/items", place)
    server.change("POST", "/api/collections/corrections/items", {"ruling": "reject", "name": "Zakdoubit", "scope": "always", "note": "n"})
    first, second = [f["id"] for f in server.json("/api/collections/incidents/items?limit=2")["features"]]
    server.change("PUT", f"/api/collections/incidents/items/{first}/correction", {"verdict": "confirmed", "note": "تأكد"})
    server.change("POST", "/api/collections/rulings/items", {"verdict": "merge", "members": [first, second], "note": ""})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dalil", default=str(ROOT / "target/release/dalil"))
    parser.add_argument("--install", action="store_true")
    parser.add_argument("clients", nargs="*", metavar="CLIENT")
    given = parser.parse_args()
    if not Path(given.dalil).exists():
        parser.error(f"{given.dalil} is not there: `make build`, or name another with --dalil")
    if given.install:
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        subprocess.run([str(VENV / "bin/pip"), "install", "-q", "-r", str(HERE / "requirements.txt")], check=True)
    ended = {}
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        fill(given.dalil, store)
        command = [given.dalil, "serve", "--listen", "127.0.0.1:0", "--store", str(store)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                address = process.stdout.readline().strip().rstrip("/")
                edit(Server(address))
                for client in given.clients or CLIENTS:
                    print(f"== {client}", flush=True)
                    ended[client] = subprocess.run([interpreter(client), str(HERE / f"by_{client}.py"), address]).returncode
            finally:
                process.terminate()
    print()
    for client, code in ended.items():
        print(f"{client:<14}{'passed' if code == 0 else 'not there' if code == MISSING else 'FAILED'}")
    return 1 if any(code not in (0, MISSING) for code in ended.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
