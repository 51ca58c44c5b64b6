"""schemathesis over the definition: every GET, with values that are right, at the edge, and wrong."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

program = Path(sys.executable).parent / "schemathesis"
if not program.exists():
    print("not there: schemathesis (--install)")
    sys.exit(77)
address = sys.argv[1]
subprocess.run([program, "--version"])
command = [
    program, "run", f"{address}/api/openapi", "--include-method", "GET",
    # A stream that does not end.
    "--exclude-path", "/events",
    "--max-examples", os.environ.get("EXAMPLES", "30"), "--seed", "7", "--generation-deterministic",
]
environment = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(Path(__file__).resolve().parent)}
# It keeps what it found where it runs.
with tempfile.TemporaryDirectory() as folder:
    sys.exit(subprocess.run(command, env=environment, cwd=folder).returncode)
