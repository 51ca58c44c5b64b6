"""The parser with which OpenRefine reads tables (univocity), from Debian's package."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from asked import Server, Told, missing

JAR = Path("/usr/share/java/univocity-parsers.jar")
if not JAR.exists() or not shutil.which("java"):
    missing("univocity-parsers (apt-get install default-jre-headless libunivocity-parsers-java)")
server, told = Server(sys.argv[1]), Told("openrefine")
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "incidents.csv"
    file.write_bytes(server.bytes("/api/collections/incidents/download?f=csv"))
    source = Path(__file__).with_name("Rows.java")
    done = subprocess.run(["java", "-cp", str(JAR), str(source), str(file)], capture_output=True, text=True, check=True)
rows, columns, arabic, replaced = map(int, done.stdout.split())
told.same("rows", rows, server.matched("incidents") + 1)
told.same("all of them have all columns", columns, 1)
told.same("there are Arabic letters", arabic > 100, True)
told.same("and none was replaced", replaced, 0)
told.end()
