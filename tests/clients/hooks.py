"""What a schema cannot say of the parameters: questions that are wrong for such a reason alone are not asked.

They are refused with 400, as they should be; schemathesis takes them for right, since their schema is.
"""

import re
from datetime import date

import schemathesis

DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


def is_box(value) -> bool:
    try:
        numbers = [float(n) for n in (value.split(",") if isinstance(value, str) else value)]
    except (TypeError, ValueError):
        return False
    if len(numbers) == 6:
        numbers = numbers[:2] + numbers[3:5]
    west, south, east, north = numbers if len(numbers) == 4 else (999, 0, 0, 0)
    return abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90


def is_interval(value) -> bool:
    parts = str(value).split("/")
    try:
        days = [date.fromisoformat(p) for p in parts if p not in ("", "..")]
    except ValueError:
        return False
    return len(parts) <= 2 and bool(days) and days == sorted(days)


def are_ranges(value) -> bool:
    """Of two numbers the first is the smaller."""
    for part in value if isinstance(value, list) else [value]:
        both = re.match(r"^(-?\d+)\.\.(-?\d+)$", str(part))
        if both and int(both[1]) > int(both[2]):
            return False
    return True


def pairs(query) -> bool:
    """Coordinates come together, rectangles from least to most, and a circle has a radius."""
    given = {name for name, value in query.items() if value not in (None, "", [])}
    together = [("focus.point.lat", "focus.point.lon"), ("boundary.circle.lat", "boundary.circle.lon", "boundary.circle.radius"),
                ("boundary.rect.min_lat", "boundary.rect.min_lon", "boundary.rect.max_lat", "boundary.rect.max_lon")]
    if "point.lat" in given:
        together.pop(1)
    if any(len(given & set(names)) not in (0, len(names)) for names in together) or {"text", "q"} <= given:
        return False
    return all(float(query.get(f"boundary.rect.min_{c}") or 0) <= float(query.get(f"boundary.rect.max_{c}") or 0) for c in ("lat", "lon"))


@schemathesis.hook
def filter_case(context, case) -> bool:
    query, path = case.query or {}, case.path_parameters or {}
    try:
        if query.get("bbox") and not is_box(query["bbox"]):
            return False
        if query.get("datetime") and not is_interval(query["datetime"]):
            return False
        # Conditions and places in an order have a grammar of their own; unknown countries are refused.
        if query.get("filter") or query.get("boundary.country") or (query.get("after") and query.get("sortby")):
            return False
        if not all(are_ranges(value) for name, value in query.items()) or not pairs(query):
            return False
        side = 2 ** int(path.get("z", 30))
        return int(path.get("x", 0)) < side and int(path.get("y", 0)) < side
    except (TypeError, ValueError):
        # Wrong on purpose.
        return True
