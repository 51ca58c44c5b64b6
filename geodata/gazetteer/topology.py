"""Outlines that share their borders: cutting rings into arcs, and writing them down. Needs nothing but Python.

A ring is a closed list of whole grid steps (x, y). Two neighbours have the same points along their border, so each
border is written once, as an arc, and both refer to it; by ~n where they run it backwards.
"""
from collections import defaultdict


def junctions(rings):
    """Points where an arc must end: more or other neighbours there than one line has."""
    around = defaultdict(set)
    for ring in rings:
        closed = ring[:-1]
        for i, point in enumerate(closed):
            around[point].update((closed[i - 1], closed[(i + 1) % len(closed)]))
    return {point for point, others in around.items() if len(others) > 2}


class Arcs:
    """All arcs, each once."""

    def __init__(self, rings):
        self.ends = junctions(rings)
        self.known, self.list = {}, []

    def of(self, ring):
        """Numbers of the arcs that make up a ring, in order."""
        closed = ring[:-1]
        start = next((i for i, p in enumerate(closed) if p in self.ends), closed.index(min(closed)))
        turned = closed[start:] + closed[:start + 1]
        out, piece = [], [turned[0]]
        for point in turned[1:]:
            piece.append(point)
            if point in self.ends:
                out.append(self.number(tuple(piece)))
                piece = [point]
        if len(piece) > 1:
            out.append(self.number(tuple(piece)))
        return out

    def number(self, arc):
        if arc in self.known:
            return self.known[arc]
        if arc[::-1] in self.known:
            return ~self.known[arc[::-1]]
        self.known[arc] = len(self.list)
        self.list.append(arc)
        return self.known[arc]


def encoded(arc):
    """The steps from point to point in the letters of Google's polyline format: five bits a letter, low ones first."""
    out, before = [], (0, 0)
    for point in arc:
        for step, last in zip(point, before):
            value = (step - last) << 1
            value = ~value if value < 0 else value
            while value >= 32:
                out.append(chr((value & 31 | 32) + 63))
                value >>= 5
            out.append(chr(value + 63))
        before = point
    return "".join(out)
