"""A clear drop of spinal fluid at the end of a needle's hub."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.picture.shape import Part, Shape, Tones, Volume, mix

Point = NDArray[np.float64]

_SIZE_MM: Final = (6.4, 4.6)
"""Length and thickness of the drop; a drop of water is 4 to 6 mm long [D]."""


class ClearDrop(Part):
    """A drop that swells out of the hub and hangs there.

    Parameters
    ----------
    at
        Scene point (3,) of the hub's end.
    out
        Unit vector (3,) out of the hub.
    theme
        Colours: role `csf`.
    units_per_mm
        Scale.
    """

    def __init__(self, at: Point, out: Point, theme: Theme, units_per_mm: float) -> None:
        self.at_point, self.out = np.asarray(at, dtype=np.float64), np.asarray(out)
        color = theme.color
        tones = Tones("#FFFFFF", color("csf.base"), color("csf.dark"), color("csf.line"))
        turns = np.linspace(0.0, 2.0 * np.pi, 65)[:-1]
        along = 0.5 * (1.0 - np.cos(turns))
        wide = 0.5 * np.sin(turns) * (0.35 + 0.65 * along**0.8) * 1.25
        side = np.array([-self.out[1], self.out[0], 0.0])
        size = np.array(_SIZE_MM) * units_per_mm

        def place(along_: Point, wide_: Point) -> Point:
            ahead, aside = along_[:, None] * size[0], wide_[:, None] * size[1]
            return np.asarray(self.at_point + ahead * self.out + aside * side)

        body = Volume(place(along, wide), tones, depth_px=9.0, line_px=1.8)
        glint = Shape(
            place(0.58 + 0.10 * np.cos(turns), 0.16 + 0.09 * np.sin(turns)), fill="#FFFFFF"
        )
        low = Shape(
            place(0.74 + 0.14 * np.cos(turns), -0.14 + 0.07 * np.sin(turns)),
            fill=mix(color("csf.light"), "#FFFFFF", 0.5),
            fill_opacity=0.6,
        )
        super().__init__(body, glint, low)
        self._rest = [(each, each.points.copy()) for each in self.get_family() if len(each.points)]
        self.swell(0.0)

    def swell(self, share: float) -> None:
        """Let it come, 0 to 1."""
        self.opacity = float(min(share * 4.0, 1.0))
        for each, points in self._rest:
            each.set_points(self.at_point + (points - self.at_point) * max(share, 0.02))
