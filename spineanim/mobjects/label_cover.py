"""How much of the frame outlines cover: where words would lie on a figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import cairo
import numpy as np
from numpy.typing import NDArray

from spineanim.stage import Format, px

Floats = NDArray[np.float64]

_CELL: Final = px(10)
_SAMPLES: Final = 20


class Cover:
    """The frame as coarse cells, each covered by outlines or not.

    Parameters
    ----------
    fmt
        The frame.
    outlines
        Closed frame outlines (N, 2) or (N, 3).
    """

    def __init__(self, fmt: Format, outlines: Iterable[Floats]) -> None:
        self.half = fmt.half
        columns, rows = (round(2 * each / _CELL) for each in self.half.tolist())
        surface = cairo.ImageSurface(cairo.FORMAT_A8, columns, rows)
        ctx = cairo.Context(surface)
        ctx.scale(1 / _CELL, -1 / _CELL)
        ctx.translate(self.half[0], -self.half[1])
        for outline in outlines:
            for x, y in np.asarray(outline)[:, :2].tolist():
                ctx.line_to(x, y)
            ctx.close_path()
            ctx.fill()
        surface.flush()
        pixels = np.frombuffer(surface.get_data(), np.uint8).reshape(rows, surface.get_stride())
        self.cells = pixels[:, :columns] / 255.0
        self.sums = np.zeros((rows + 1, columns + 1))
        self.sums[1:, 1:] = self.cells.cumsum(axis=0).cumsum(axis=1)

    def of_boxes(self, boxes: Floats) -> Floats:
        """Share 0 to 1 of each box (N, 4: left, bottom, right, top) that is covered."""
        rows, columns = self.cells.shape
        left, right = (
            np.clip(np.round((boxes[:, i] + self.half[0]) / _CELL), 0, columns).astype(int)
            for i in (0, 2)
        )
        upper, lower = (
            np.clip(np.round((self.half[1] - boxes[:, i]) / _CELL), 0, rows).astype(int)
            for i in (3, 1)
        )
        sums = self.sums
        covered = sums[lower, right] - sums[upper, right] - sums[lower, left] + sums[upper, left]
        return np.asarray(covered / np.maximum((right - left) * (lower - upper), 1))

    def of_lines(self, starts: Floats, ends: Floats) -> Floats:
        """Length of each straight line, from starts (N, 2) to ends (N, 2), that is covered."""
        if not self.sums[-1, -1]:
            return np.zeros(len(starts))  # outlines cover nothing, as in many pictures
        rows, columns = self.cells.shape
        shares = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
        points = starts[:, None] + (ends - starts)[:, None] * shares[:, None]
        column = ((points[..., 0] + self.half[0]) / _CELL).astype(int).clip(0, columns - 1)
        row = ((self.half[1] - points[..., 1]) / _CELL).astype(int).clip(0, rows - 1)
        lengths = np.hypot(*(ends - starts).T)
        return np.asarray(self.cells.take(row * columns + column).mean(axis=1) * lengths)
