"""Polygons on a grid of whole steps, with shapely: rounding, mending, corners on lines."""
from collections import defaultdict

import shapely
from shapely.geometry import Polygon

# Steps of the grid in a degree: a thousandth of a degree is 111 m, less than these borders are known to.
STEPS = 1000
# A border town may lie so far on the wrong side (about 7 km), and gets so much ground around it, in grid steps.
ACROSS, AROUND = 60, 15


def on_grid(geometry):
    """The geometry with whole grid steps as coordinates; what shrinks to nothing is dropped."""
    out = []
    for part in parts(geometry):
        rings = []
        for ring in [part.exterior, *part.interiors]:
            points = []
            for x, y in ring.coords:
                point = (round(x * STEPS), round(y * STEPS))
                if not points or point != points[-1]:
                    points.append(point)
            rings.append(points)
        if len(rings[0]) > 3:
            out.append(Polygon(rings[0], [r for r in rings[1:] if len(r) > 3]))
    return valid(shapely.MultiPolygon(out))


def valid(whole):
    """The geometry itself, or without its crossings."""
    return whole if whole.is_valid else shapely.MultiPolygon(parts(shapely.set_precision(shapely.make_valid(whole), 1)))


def parts(geometry):
    return [g for g in shapely.get_parts(geometry) for g in (shapely.get_parts(g) if g.geom_type != "Polygon" else [g])
            if g.geom_type == "Polygon" and not g.is_empty]


def with_points(ring, tree, points):
    """The ring with those of `points` that lie on its lines, within rounding, as corners."""
    near = 0.75
    coords = list(ring.coords)
    segments = shapely.linestrings([coords[i:i + 2] for i in range(len(coords) - 1)])
    found = defaultdict(list)
    for segment, point in zip(*tree.query(segments, predicate="dwithin", distance=near)):
        if points[point] not in coords[segment:segment + 2]:
            found[segment].append(points[point])
    out = []
    for i, corner in enumerate(coords):
        out.append(corner)
        out.extend(sorted(found[i], key=lambda p: (p[0] - corner[0]) ** 2 + (p[1] - corner[1]) ** 2))
    return out


def nearer(point, other):
    """The half of the neighbourhood that is nearer to a point than to another."""
    dx, dy = other.x - point.x, other.y - point.y
    size = 10 * (ACROSS + AROUND) / ((dx * dx + dy * dy) ** 0.5 or 1)
    x, y = (point.x + other.x) / 2, (point.y + other.y) / 2
    a, b = (x - dy * size, y + dx * size), (x + dy * size, y - dx * size)
    return Polygon([a, b, (b[0] - 2 * dx * size, b[1] - 2 * dy * size), (a[0] - 2 * dx * size, a[1] - 2 * dy * size)])


def ring_points(ring):
    return [(int(x), int(y)) for x, y in ring.coords]
