#!/usr/bin/env python3
"""The same questions of dalil, of tipg over PostGIS and of martin over PostGIS, one after the other, on the same incidents.

    apt-get install postgresql-15-postgis-3 gdal-bin
    python3 -m venv target/beside && target/beside/bin/pip install -r benches/beside/requirements.txt
    cargo build --release
    target/beside/bin/python benches/beside/run.py [--count 100000] [--martin PATH]

martin: `cargo install martin@1.14.0 --no-default-features --features postgres`; left out when it is not there. Each answers on one
connection; the processor's time is that of all processes of a server, of its database too, as /proc tells it. Nothing leaves this machine.
"""

import argparse
import http.client
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from math import asinh, pi, radians, tan
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PG = Path("/usr/lib/postgresql/15/bin")
PG_PORT, TIPG_PORT, MARTIN_PORT = 54_329, 54_330, 54_331
# Enough for a p99, or as many as are answered in the time.
TIMES, SECONDS = 3_000, 20.0
TICKS = os.sysconf("SC_CLK_TCK")


def questions(name: str, count: int) -> list:
    """What a kind of question asks of a server: boxes and days that change from one to the next, the same for all servers."""
    chance = random.Random(11)

    def corner():
        return chance.randrange(5_000) / 100 - 10, chance.randrange(2_500) / 100 + 10

    def box():
        lon, lat = corner()
        return f"bbox={lon},{lat},{lon + 1:.2f},{lat + 1}"

    def year():
        start = 2014 + chance.randrange(8)
        return f"datetime={start}-01-01T00:00:00Z/{start}-12-31T00:00:00Z"

    def tile():
        (lon, lat), side = corner(), 2**6
        return int((lon + 180) / 360 * side), int((1 - asinh(tan(radians(lat))) / pi) / 2 * side)

    made = {"items limit=100": lambda: "", "bbox of 1°": lambda: "&" + box(), "bbox and a year": lambda: f"&{box()}&{year()}", "tile z6": tile}
    return [made[name]() for _ in range(count)]


KINDS = ["items limit=100", "bbox of 1°", "bbox and a year", "tile z6"]
SERVERS = {
    "dalil": ("/api/collections/incidents/items?limit=100{}", "/api/tiles/incidents/6/{}/{}"),
    "tipg": ("/collections/public.incidents/items?limit=100{}", "/collections/public.incidents/tiles/WebMercatorQuad/6/{}/{}"),
    "martin": (None, "/incidents/6/{}/{}"),
}


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(p for child in children for p in family(int(child)))]


def ticks(pids: list[int]) -> int:
    """Of the processes, their children, and the children that have ended."""
    whole = 0
    for root in pids:
        for pid in family(root):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            whole += sum(map(int, fields[11:15] if pid == root else fields[11:13]))
    return whole


def held_mb(pids: list[int]) -> float:
    """Private memory, and what is shared by its share."""
    lines = [l for root in pids for p in family(root) for l in Path(f"/proc/{p}/smaps_rollup").read_text().splitlines()]
    return sum(int(l.split()[1]) for l in lines if l.startswith("Pss:")) / 1024


def measure(server: str, port: int, pids: list[int]) -> None:
    items, tiles = SERVERS[server]
    for kind in KINDS:
        pattern = tiles if kind == "tile z6" else items
        if pattern is None:
            continue
        paths = [pattern.format(*(q if isinstance(q, tuple) else [q])) for q in questions(kind, TIMES)]
        line = http.client.HTTPConnection("127.0.0.1", port)

        def ask(path):
            line.request("GET", path)
            answer = line.getresponse()
            body = answer.read()
            if answer.status not in (200, 204):
                sys.exit(f"{server} {path}: {answer.status} {body[:300]}")
            return len(body)

        for path in paths[:20]:
            ask(path)
        took, sent, before, begun = [], 0, ticks(pids), time.monotonic()
        for path in paths:
            start = time.perf_counter()
            sent += ask(path)
            took.append(time.perf_counter() - start)
            if time.monotonic() - begun > SECONDS:
                break
        cpu = (ticks(pids) - before) / TICKS / len(took) * 1e6
        took.sort()
        p50, p99 = took[len(took) // 2] * 1e6, took[len(took) * 99 // 100] * 1e6
        print(f"{server:<10}{kind:<20}{cpu:>12.0f}{p50:>12.0f}{p99:>12.0f}{len(took):>8}{sent // len(took):>10}", flush=True)
        line.close()
    print(f"{server:<10}memory: {held_mb(pids):.0f} MB", flush=True)


def as_database(command: list) -> list:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *map(str, command)] if os.getuid() == 0 else list(map(str, command))


def until_answers(port: int, path: str) -> None:
    for _ in range(600):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", path)
            if line.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"nobody answers on port {port}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--dalil", default=str(ROOT / "target/release/dalil"))
    parser.add_argument("--store", help="a store that the bench filled; made when it is not there")
    parser.add_argument("--martin", default=shutil.which("martin"))
    given = parser.parse_args()
    store = Path(given.store or ROOT / f"target/beside-{given.count}")
    if not store.exists():
        fill = ["cargo", "bench", "--bench", "http", "--", "--count", str(given.count), "--fill", str(store)]
        subprocess.run(fill, check=True, cwd=ROOT)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        folder.chmod(0o755)

        def start(command, **more):
            process = stack.enter_context(subprocess.Popen(command, **more))
            stack.callback(process.terminate)
            return process

        print(f"{'server':<10}{'question':<20}{'CPU µs':>12}{'p50 µs':>12}{'p99 µs':>12}{'times':>8}{'bytes':>10}")
        dalil = start([given.dalil, "serve", "--listen", "127.0.0.1:0", "--store", str(store)], stdout=subprocess.PIPE, text=True)
        port = int(dalil.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1])
        measure("dalil", port, [dalil.pid])
        lines = folder / "incidents.geojsonl"
        line = http.client.HTTPConnection("127.0.0.1", port)
        line.request("GET", "/api/collections/incidents/download?f=geojsonseq")
        with lines.open("wb") as out:
            shutil.copyfileobj(line.getresponse(), out)
        dalil.terminate()

        data = folder / "data"
        data.mkdir()
        if os.getuid() == 0:
            shutil.chown(data, "postgres")
        subprocess.run(as_database([PG / "initdb", "-D", data, "-A", "trust", "-U", "postgres"]), check=True, stdout=subprocess.DEVNULL)
        settings = {"port": PG_PORT, "unix_socket_directories": data, "listen_addresses": "127.0.0.1", "shared_buffers": "1GB", "jit": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        postgres = start(as_database([PG / "postgres", "-D", data, *options]), stderr=subprocess.DEVNULL)
        address = f"postgresql://postgres@127.0.0.1:{PG_PORT}/postgres"
        for _ in range(100):
            if subprocess.run(["psql", address, "-c", "CREATE EXTENSION IF NOT EXISTS postgis"], capture_output=True).returncode == 0:
                break
            time.sleep(0.2)
        source = ["-nln", "incidents", "-lco", "GEOMETRY_NAME=geom", "--config", "PG_USE_COPY", "YES", f"GeoJSONSeq:{lines}"]
        subprocess.run(["ogr2ogr", "-f", "PostgreSQL", f"PG:host=127.0.0.1 port={PG_PORT} user=postgres dbname=postgres", *source], check=True)
        sql = "CREATE INDEX ON incidents (date_start); CREATE INDEX ON incidents (id); VACUUM ANALYZE incidents; SELECT count(*) FROM incidents"
        for statement in sql.split(";"):
            subprocess.run(["psql", "-qtA", address, "-c", statement], check=True)
        # Under `runuser` the server is a child.
        database = postgres.pid
        tipg = start(
            [sys.executable, "-m", "uvicorn", "tipg.main:app", "--port", str(TIPG_PORT), "--log-level", "error"],
            env={**os.environ, "DATABASE_URL": address, "TIPG_DB_SCHEMAS": '["public"]'},
        )
        until_answers(TIPG_PORT, "/collections/public.incidents")
        measure("tipg", TIPG_PORT, [tipg.pid, database])
        tipg.terminate()
        tipg.wait()
        if given.martin:
            command = [given.martin, "--listen-addresses", f"127.0.0.1:{MARTIN_PORT}", "--cache-size", "0", address]
            martin = start(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            until_answers(MARTIN_PORT, "/incidents")
            measure("martin", MARTIN_PORT, [martin.pid, database])
        else:
            print("martin    not there")


if __name__ == "__main__":
    main()
