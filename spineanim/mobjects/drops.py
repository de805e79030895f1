"""Medicine: drops that travel along a path, and the glow where they leave the catheter."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from spineanim.content.theme import Theme
from spineanim.mobjects.course import TINY, Course, Points, aligned, role_tones
from spineanim.picture.shape import Part, Shape, Tones, mix
from spineanim.stage import px

_TAIL: Final = 5.0
"""Length of a drop's tail in radii of its front."""


class TipGlow(Part):
    """Teal glow with a dot: where medicine leaves the catheter.

    Parameters
    ----------
    point
        Scene point (3,) of its middle.
    radius
        How far the glow reaches, in scene units.
    theme
        Colours: role `medication`.
    """

    def __init__(self, point: ArrayLike, radius: float, theme: Theme) -> None:
        super().__init__()
        centre = np.zeros(3)
        centre[: len(np.asarray(point))] = np.asarray(point, dtype=np.float64)
        glow = theme.color("medication.glow")
        edge = centre + np.array([radius, 0.0, 0.0])
        stops = (
            (0.0, glow, 0.95),
            (0.25, glow, 0.62),
            (0.55, glow, 0.26),
            (0.8, glow, 0.07),
            (1.0, glow, 0.0),
        )
        self.glow = Shape(_circle(centre, radius)).with_gradient("radial", centre, edge, stops)
        self.halo = Part(self.glow)
        dot = min(0.17 * radius, px(6.5))
        self.add(
            self.halo,
            Shape(_circle(centre, dot), fill=theme.color("medication.line")),
            Shape(_circle(centre, 0.72 * dot), fill=theme.color("medication.base")),
            Shape(
                _circle(centre + dot * np.array([-0.2, 0.25, 0.0]), 0.38 * dot),
                fill=theme.color("medication.light"),
            ),
        )

    def at(self, phase: float) -> None:
        """Let the glow breathe; phases 0 and 1 look the same."""
        self.halo.opacity = 0.80 + 0.20 * float(np.cos(2 * np.pi * phase))


def _circle(centre: Points, radius: float, count: int = 40) -> Points:
    turn = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
    ring = np.column_stack([np.cos(turn), np.sin(turn), np.zeros(count)])
    return np.asarray(centre + radius * ring)


class Drops(Course):
    """Medicine that travels along a path as separate beads.

    Parameters
    ----------
    path
        Scene points (N, 3) or (N, 2).
    theme
        Colours: role `medication`.
    count
        How many are on their way at once.
    radius
        Size of a bead in scene units.
    glow
        Whether each has a soft glow round it.
    """

    def __init__(
        self,
        path: ArrayLike,
        theme: Theme,
        *,
        count: int = 6,
        radius: float = 0.06,
        glow: bool = True,
    ) -> None:
        super().__init__(path)
        self.radius = radius
        self.phase = 0.0
        self.beads = [_bead(theme, radius, glow) for _ in range(count)]
        self._rest = [[piece.points.copy() for piece in bead.get_family()] for bead in self.beads]
        self.add(*self.beads)
        self._draw()

    def at(self, phase: float) -> None:
        """Put the beads where they are at a phase.

        Parameters
        ----------
        phase
            Share of the way between two beads' places: each whole number looks the same, and
            over `count` one bead travels the whole path.
        """
        self.phase = phase
        self._draw()

    def _draw(self) -> None:
        start, end = self.shown
        count = len(self.beads)
        for index, bead in enumerate(self.beads):
            share = start + (end - start) * ((index + self.phase % 1.0) / count)
            grown = _grown(index + self.phase % 1.0, count) if end > start else 0.0
            bead.opacity = float(grown > 0.0)
            along = self.direction_at(share)
            centre = self.point_at(share)
            for piece, rest in zip(bead.get_family(), self._rest[index], strict=True):
                if len(rest):
                    piece.set_points(aligned(max(grown, TINY) * rest, centre, along))


def _grown(place: float, count: int) -> float:
    """Size 0 to 1 of a bead: it swells at the start of the way and shrinks at its end."""
    return float(np.clip(min(place, count - place) / 0.35, 0.0, 1.0))


def _bead(theme: Theme, radius: float, glow: bool) -> Part:
    """Drop at the origin, travelling to the right: rounded front, long tail that runs out."""
    tones = role_tones(theme, "medication")
    members = [_body(tones, radius)]
    if glow:
        color, reach = theme.color("medication.glow"), 2.3 * radius
        halo = Shape(_circle(np.zeros(3), reach)).with_gradient(
            "radial",
            (0.0, 0.0, 0.0),
            (reach, 0.0, 0.0),
            ((0.0, color, 0.72), (0.4, color, 0.36), (0.75, color, 0.08), (1.0, color, 0.0)),
        )
        members.insert(0, halo)
    return Part(*members)


def _body(tones: Tones, radius: float) -> Shape:
    """Return the drop itself: bright and round in front, thinning to nothing behind."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, 17)
    front = radius * np.column_stack([np.cos(turn), np.sin(turn)])
    back = np.linspace(0.0, 1.0, 13)[1:]
    slim = radius * (1.0 - back) ** 1.4 * (1.0 + 0.25 * back)
    upper = np.column_stack([-_TAIL * radius * back, slim])
    outline = np.vstack([front, upper, (upper * [1.0, -1.0])[-2::-1]])
    return Shape(outline).with_gradient(
        "linear",
        (radius, 0.0, 0.0),
        (-_TAIL * radius, 0.0, 0.0),
        (
            (0.0, tones.dark, 1.0),
            (0.09, tones.base, 1.0),
            (0.19, mix(tones.base, tones.light, 0.75), 1.0),
            (0.34, tones.base, 0.95),
            (1.0, tones.base, 0.0),
        ),
    )
