"""Paths of the soft parts of a bending column: rings, strips, lines, and the ground behind.

All that looks alike is one path, for a path costs more than its points, and all its pieces are
worked out at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points2
from spineanim.geometry.bend import BentColumn
from spineanim.geometry.canal import station
from spineanim.geometry.spine import DISCS
from spineanim.geometry.table import LEVELS
from spineanim.picture.shape import Shape, path_points
from spineanim.stage import Stage, px

_STEP_PX: Final = 3.0
_LONG_STEP_PX: Final = 5.0
"""Points of a disc, and of all else, are about so far apart."""
_TO_LIGHT: Final = np.array([-0.6, 0.8])
_SHORT_MM: Final = 1.5
"""Above the supraspinous ligament, and on the sacrum, the ground ends this far before the tips."""
_BEYOND_MM: Final = 2.6
"""Below it the ground reaches this far behind the tips, as the sheets between processes do."""
_UNDER_CREST: Final = 0.6
"""Stations below the middle of S1 at which the crest of the sacrum surely covers the ground."""

Reach = tuple[float, float]
"""Lowest and highest z at rest (mm) that lines and strips are drawn at."""


class Soft:
    """One path of soft parts that look alike.

    Parameters
    ----------
    shape
        What is drawn.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def fit(self, rest: BentColumn, stage: Stage, reach_mm: Reach) -> None:
        """Choose, once for all bends, which points are drawn.

        Parameters
        ----------
        rest
            The column at rest; a bend moves points, but all of a ring keep their number.
        stage
            Gives the scale: points that lie close are left out.
        reach_mm
            Where lines and strips end.
        """
        raise NotImplementedError

    def lay(self, column: BentColumn, stage: Stage) -> None:
        """Lay the path where the column has it."""
        raise NotImplementedError

    def _set(self, points_mm: Points2, counts: list[int], stage: Stage) -> None:
        """Draw open lines (N, 2) of so many points each, laid end to end."""
        if not len(points_mm):
            self.shape.set_points(np.zeros((0, 3)))
            return
        joined = path_points(stage.plane(points_mm), closed=False).reshape(-1, 4, 3)
        kept = np.ones(len(joined), dtype=np.bool_)
        # what leads from the end of one line to the start of the next is no part of either
        kept[np.cumsum(counts)[:-1] - 1] = False
        self.shape.set_points(joined[kept].reshape(-1, 3))


class Rings(Soft):
    """Closed outlines, each made smaller or larger and moved to the light.

    Parameters
    ----------
    shape
        What is drawn.
    names
        Of outlines of `BentColumn` whose points keep their number.
    shift_mm
        How far they are moved to the light.
    size
        How much of their size is kept.
    """

    def __init__(
        self, shape: Shape, names: tuple[str, ...], shift_mm: float = 0.0, size: float = 1.0
    ) -> None:
        super().__init__(shape)
        self.names, self.shift_mm, self.size = names, shift_mm, size
        self._lengths: list[int] = []
        self._counts: list[int] = []
        self._taken = np.zeros(0, dtype=np.int64)

    def fit(self, rest: BentColumn, stage: Stage, reach_mm: Reach) -> None:
        """Choose which points of every outline are drawn."""
        del reach_mm
        self._lengths = [len(rest.outlines[name]) for name in self.names]
        starts = np.cumsum([0, *self._lengths[:-1]])
        taken = []
        for name, start, length in zip(self.names, starts, self._lengths, strict=True):
            step_px = _STEP_PX if name in DISCS else _LONG_STEP_PX
            stride = _stride(rest.outlines[name] * self.size, step_px, stage)
            each = np.arange(0, length, stride)
            taken.append(start + np.append(each, 0))
        self._counts = [len(each) for each in taken]
        self._taken = np.concatenate(taken) if taken else self._taken

    def lay(self, column: BentColumn, stage: Stage) -> None:
        """Lay the outlines where the column has them."""
        if not self.names:
            return
        points = np.vstack([column.outlines[name] for name in self.names])
        starts = np.cumsum([0, *self._lengths[:-1]])
        middles = np.add.reduceat(points, starts) / np.array(self._lengths)[:, None]
        middle = np.repeat(middles, self._counts, axis=0)
        laid = middle + _TO_LIGHT * self.shift_mm + (points[self._taken] - middle) * self.size
        self._set(laid, self._counts, stage)


class Strip(Soft):
    """An outline whose first half runs along its front and the rest back along its back.

    Parameters
    ----------
    shape
        What is drawn.
    name
        Of an outline of `BentColumn`.
    low, high
        Which share of it is kept, from its front edge, 0, to its back edge, 1.
    """

    def __init__(self, shape: Shape, name: str, low: float, high: float) -> None:
        super().__init__(shape)
        self.name, self.low, self.high = name, low, high
        self._stride, self._kept = 1, slice(None)

    def fit(self, rest: BentColumn, stage: Stage, reach_mm: Reach) -> None:
        """Choose which points of both edges are drawn."""
        outline = rest.outlines[self.name]
        self._kept = _within(outline[: len(outline) // 2], reach_mm)
        edges = np.vstack(self._edges(rest))
        self._stride = _stride(edges, _LONG_STEP_PX, stage) if len(edges) > 1 else 1

    def lay(self, column: BentColumn, stage: Stage) -> None:
        """Lay the strip where the column has it."""
        front, back = (_every(edge, self._stride) for edge in self._edges(column))
        way = back - front
        first, second = front + way * self.low, front + way * self.high
        ring = np.vstack([first, second[::-1], first[:1]])
        self._set(ring, [len(ring)], stage)

    def _edges(self, column: BentColumn) -> tuple[Points2, Points2]:
        outline = column.outlines[self.name]
        half = len(outline) // 2
        return outline[:half][self._kept], outline[half:][::-1][self._kept]


class Lines(Soft):
    """Open lines.

    Parameters
    ----------
    shape
        What is drawn.
    names
        Of lines of `BentColumn`.
    """

    def __init__(self, shape: Shape, names: tuple[str, ...]) -> None:
        super().__init__(shape)
        self.names = names
        self._kept: dict[str, slice] = {}
        self._strides: dict[str, int] = {}

    def fit(self, rest: BentColumn, stage: Stage, reach_mm: Reach) -> None:
        """Choose which points of every line are drawn."""
        for name in self.names:
            self._kept[name] = _within(rest.lines[name], reach_mm)
            line = rest.lines[name][self._kept[name]]
            self._strides[name] = _stride(line, _LONG_STEP_PX, stage) if len(line) > 1 else 1

    def lay(self, column: BentColumn, stage: Stage) -> None:
        """Lay the lines where the column has them."""
        lines = [column.lines[name][self._kept[name]] for name in self.names]
        laid = [
            _every(line, self._strides[name])
            for name, line in zip(self.names, lines, strict=True)
            if len(line) > 1
        ]
        points = np.vstack(laid) if laid else np.zeros((0, 2))
        self._set(points, [len(line) for line in laid], stage)


class Backing(Soft):
    """Ground from the back of the dural sac to the supraspinous ligament and the last tips.

    Parameters
    ----------
    shape
        What is drawn.
    first, last
        Levels between whose processes it lies.
    """

    def __init__(self, shape: Shape, first: str, last: str) -> None:
        super().__init__(shape)
        self.levels = LEVELS[LEVELS.index(first) : LEVELS.index(last) + 1]
        self._tips_at_rest: dict[str, Points2] = {}
        self._behind = slice(0, 0)
        self._before: tuple[str, ...] = ()
        self._after: tuple[str, ...] = ()

    def fit(self, rest: BentColumn, stage: Stage, reach_mm: Reach) -> None:
        """Find the tips, and which of them the long ligament runs behind."""
        del stage, reach_mm
        line = rest.lines["supraspinous"]
        tips = {level: _tip(rest, level) for level in self.levels}
        self._before = tuple(each for each in self.levels if tips[each][1] > line[0, 1])
        self._after = tuple(each for each in self.levels if tips[each][1] < line[-1, 1])
        top = tips[self.levels[0]][1]
        bottom = tips[self.levels[-1]][1]
        self._behind = _within(line, (bottom, top))

    def lay(self, column: BentColumn, stage: Stage) -> None:
        """Lay the ground where the column has it."""
        canal = column.canal
        beyond = _UNDER_CREST if self.levels[-1] == "S1" else 0.0
        span = station(self.levels[0]), station(self.levels[-1]) + beyond
        front = canal.curve(canal.sac_offsets[1], *span)
        back = [
            *(_tip(column, level) for level in self._before),
            *column.lines["supraspinous"][self._behind],
            *(_tip(column, level, beyond=level != "S1") for level in self._after),
        ]
        ring = np.vstack([front, back[::-1], front[:1]])
        self._set(ring, [len(ring)], stage)


def _tip(column: BentColumn, level: str, *, beyond: bool = False) -> Points2:
    """Point (2,) a little before or behind the tip of a process; that of S1 is on the crest."""
    spine = column.spine
    tip = spine.sacral_tip() if level == "S1" else spine.spinous_tip(level)
    outwards = tip - spine.frame(level).centre
    away_mm = _BEYOND_MM if beyond else -_SHORT_MM
    moved: Points2 = tip + outwards * (away_mm / np.linalg.norm(outwards))
    return moved


def _within(line: Points2, reach_mm: Reach) -> slice:
    """Stretch of a line (N, 2) that lies between two heights."""
    inside = np.flatnonzero((line[:, 1] >= reach_mm[0]) & (line[:, 1] <= reach_mm[1]))
    return slice(inside[0], inside[-1] + 1) if len(inside) else slice(0, 0)


def _stride(points: Points2, step_px: float, stage: Stage) -> int:
    """How many points to go on at a time, so that those drawn lie about a step apart."""
    step_mm = float(np.mean(np.linalg.norm(np.diff(points, axis=0), axis=1)))
    return max(round(px(step_px) / stage.length(max(step_mm, 1e-3))), 1)


def _every(line: NDArray[np.float64], stride: int) -> NDArray[np.float64]:
    """Every so many points of a line (N, 2), and its last."""
    return line if stride == 1 else np.vstack([line[:-1:stride], line[-1:]])
