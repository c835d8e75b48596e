"""Complementary suppression in a table with both margins, as a circulation.

Each cell is an edge: the total flows to the rows, through the cells into the columns, and back. What a reader can
do with a hidden cell is push more or less through it while every shown edge keeps its value; how much, two maximal
flows say. Cells are hidden, in cycles of the least cost, until each hidden one has room for `k`
(Gusfield 1988, Kelly 1990).
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mall.releases.shapes import Key

Node = tuple[str, str]
ENDLESS = 10**12
TOTAL: Key = ("", "")
SOURCE: Node = ("source", "")
SINK: Node = ("sink", "")


def ends_of(key: Key) -> tuple[Node, Node]:
    """From where to where the edge of a cell leads."""
    row, column = key
    if key == TOTAL:
        return SINK, SOURCE
    if not column:
        return SOURCE, ("row", row)
    if not row:
        return ("column", column), SINK
    return ("row", row), ("column", column)


@dataclass
class Table:
    """The values of all cells, margins and total included, and which are hidden so far."""

    values: Mapping[Key, int]
    k: int
    hidden: set[Key] = field(default_factory=set)

    def protect(self, must: Collection[Key] = ()) -> frozenset[Key]:
        """Hide what is small and what would give it away; the keys of all that is hidden."""
        self.hidden |= {key for key, count in self.values.items() if 0 < count < self.k or key in must}
        waiting = deque(sorted(self.hidden))
        while waiting:
            key = waiting.popleft()
            while self.width(key) < self.k and (more := self._cycle(key)):
                self.hidden |= more
                waiting.extend(sorted(more))
        return frozenset(self.hidden)

    def width(self, key: Key) -> int:
        """How far apart the least and the greatest value lie that a reader can think of."""
        start, end = ends_of(key)
        return self._flow(end, start, key, ENDLESS) + self._flow(start, end, key, self.values[key])

    def _residual(self, without: Key) -> dict[Node, dict[Node, int]]:
        room: dict[Node, dict[Node, int]] = defaultdict(lambda: defaultdict(int))
        for key in self.hidden - {without}:
            start, end = ends_of(key)
            room[start][end] += ENDLESS
            room[end][start] += self.values[key]
        return room

    def _flow(self, source: Node, sink: Node, without: Key, most: int) -> int:
        """The greatest flow through what is hidden, but no more than matters."""
        room, done = self._residual(without), 0
        most = min(most, max(self.k, 1))
        while done < most and (path := _path(room, source, sink)):
            amount = min(most - done, *(room[a][b] for a, b in path))
            for a, b in path:
                room[a][b] -= amount
                room[b][a] += amount
            done += amount
        return done

    def _cycle(self, key: Key) -> set[Key]:
        """The cheapest cells that close a cycle through this one and carry enough; empty when none is left."""
        start, end = ends_of(key)
        found = self._cheapest(end, start, key)
        if found is None and self.values[key] >= self.k:
            found = self._cheapest(start, end, key)
        if found:
            return found
        left = [one for one in self.values if one not in self.hidden]
        return {min(left, key=lambda one: (self.values[one], one))} if left else set()

    def _cheapest(self, source: Node, sink: Node, without: Key) -> set[Key] | None:
        """Dijkstra over all cells: those hidden already cost next to nothing. None: no way, or nothing new on it."""
        steps: dict[Node, list[tuple[int, Node, Key]]] = defaultdict(list)
        for key, value in self.values.items():
            if key == without:
                continue
            a, b = ends_of(key)
            cost = 1 if key in self.hidden else 2 + value * (1000 if key == TOTAL else 10 if "" in key else 1)
            steps[a].append((cost, b, key))
            if value >= self.k:
                steps[b].append((cost, a, key))
        way = _shortest(steps, source, sink)
        return way - self.hidden or None


def _shortest(steps: Mapping[Node, list[tuple[int, Node, Key]]], source: Node, sink: Node) -> set[Key]:
    queue: list[tuple[int, Node, tuple[Key, ...]]] = [(0, source, ())]
    seen: set[Node] = set()
    while queue:
        cost, node, way = heapq.heappop(queue)
        if node == sink:
            return set(way)
        if node in seen:
            continue
        seen.add(node)
        for more, there, key in steps.get(node, ()):
            heapq.heappush(queue, (cost + more, there, (*way, key)))
    return set()


def _path(room: Mapping[Node, Mapping[Node, int]], source: Node, sink: Node) -> list[tuple[Node, Node]]:
    """Edmonds and Karp: the shortest way with room left."""
    came: dict[Node, Node] = {}
    waiting = deque([source])
    while waiting:
        node = waiting.popleft()
        for there, left in room.get(node, {}).items():
            if left > 0 and there not in came and there != source:
                came[there] = node
                if there == sink:
                    return _back(came, source, sink)
                waiting.append(there)
    return []


def _back(came: Mapping[Node, Node], source: Node, sink: Node) -> list[tuple[Node, Node]]:
    steps, node = [], sink
    while node != source:
        steps.append((came[node], node))
        node = came[node]
    return steps[::-1]
