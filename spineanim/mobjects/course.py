"""What is drawn along a path: the base of tubes, rods and drops."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import distances, points_at
from spineanim.picture.shape import Handle, Part, Shape, Tones, path_points

Points = NDArray[np.float64]

TINY = 1e-6
"""Shares and lengths below this count as nothing."""


def role_tones(theme: Theme, role: str) -> Tones:
    """Light, base, dark and line colour of a theme role."""
    light, base, dark, line = (
        theme.color(f"{role}.{t}") for t in ("light", "base", "dark", "line")
    )
    return Tones(light, base, dark, line)


class Course(Part):
    """Something drawn along a path, all or a stretch of it.

    The whole path is kept as unseen points, so it follows when the part is moved.

    Parameters
    ----------
    path
        Scene points (N, 3) or (N, 2) of a dense polyline.
    """

    def __init__(self, path: ArrayLike) -> None:
        super().__init__()
        self._path = Handle()
        self._path.set_points(path_points(path, closed=False))
        self.shown = (0.0, 1.0)
        self.add(self._path)

    @property
    def path(self) -> Points:
        """The whole path (N, 3) where the part stands now."""
        points = self._path.points
        return np.vstack([points[0::4], points[-1:]])

    @property
    def length(self) -> float:
        """Length of the whole path in scene units."""
        return float(distances(self.path)[-1])

    def point_at(self, share: float) -> Points:
        """Scene point (3,) at a share 0 to 1 of the path's length."""
        found: Points = points_at(self.path, [share])[0]
        return found

    def direction_at(self, share: float) -> Points:
        """Return the unit vector (3,) of travel at a share of the path's length."""
        near = np.clip([share - 0.004, share + 0.004], 0.0, 1.0)
        before, after = points_at(self.path, near)
        step = after - before
        return np.asarray(step / max(float(np.linalg.norm(step)), TINY))

    @property
    def front(self) -> Points:
        """Scene point (3,) where the drawn stretch ends."""
        return self.point_at(self.shown[1])

    def reveal(self, share: float) -> None:
        """Show the first share, 0 to 1, of the length and nothing else."""
        self.reveal_between(0.0, share)

    def reveal_between(self, start: float, end: float) -> None:
        """Show the stretch between two shares, 0 to 1, of the length.

        Raises
        ------
        ValueError
            The stretch ends before it starts.
        """
        if end < start:
            raise ValueError(f"a stretch cannot run from {start:g} back to {end:g}")
        self.shown = (float(np.clip(start, 0, 1)), float(np.clip(end, 0, 1)))
        self._draw()

    def _draw(self) -> None:
        """Set the points of all strokes for the stretch."""
        raise NotImplementedError


def lay(shape: Shape, line: Points | None, shift: Points) -> None:
    """Lay a stroke along a line, or empty it."""
    if line is None:
        shape.clear_points()
    else:
        shape.set_points(path_points(line + shift, closed=False))


def aligned(rest: Points, centre: Points, along: Points) -> Points:
    """Carry points (N, 3) drawn at the origin, pointing right, to a place on a path.

    Parameters
    ----------
    rest
        Points at the origin.
    centre
        Where the origin goes (3,).
    along
        Unit vector (3,) that right turns to.
    """
    turn = np.array([[along[0], along[1], 0.0], [-along[1], along[0], 0.0], [0.0, 0.0, 1.0]])
    return np.asarray(centre + rest @ turn)
