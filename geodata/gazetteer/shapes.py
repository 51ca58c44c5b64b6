"""Distances, areas and containment, as far as the builder needs them. Rings are lists of (lon, lat)."""
import math


def distance_m(lat1, lon1, lat2, lon2):
    """Great-circle distance on a sphere, near enough for the reach of a region."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371000 * math.asin(min(1.0, math.sqrt(h)))


def area_and_middle(ring):
    """Planar area (longitude shrunk by latitude) and centre of mass of a ring of (lon, lat)."""
    shrink = math.cos(math.radians(sum(p[1] for p in ring) / len(ring)))
    total = x = y = 0.0
    x0, y0 = ring[0][0], ring[0][1]
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        ax, ay, bx, by = ax - x0, ay - y0, bx - x0, by - y0
        cross = ax * by - bx * ay
        total, x, y = total + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if not total:
        return 0.0, y0, x0
    return abs(total) / 2 * shrink, y0 + y / (3 * total), x0 + x / (3 * total)


def reach(rings):
    """(lat, lon, radius_m) of several rings: middle of the larger ones, half of their longer extent."""
    parts = [(*area_and_middle(r), r) for r in rings]
    largest = max(p[0] for p in parts)
    parts = [p for p in parts if p[0] >= largest / 4] or parts
    total = sum(p[0] for p in parts) or 1
    lat, lon = (sum(p[0] * p[i] for p in parts) / total for i in (1, 2))
    xs = [q[0] for p in parts for q in p[3]]
    ys = [q[1] for p in parts for q in p[3]]
    wide = distance_m(lat, min(xs), lat, max(xs)) if max(xs) - min(xs) < 180 else 0
    tall = distance_m(min(ys), lon, max(ys), lon)
    return lat, lon, max(wide, tall) / 2


def inside(lat, lon, ring):
    hit = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax:
            hit = not hit
    return hit
