"""A piece of a body whose outline bends: its roundness is a lattice of tones that bends with it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.picture.shape import Shape, mix, path_points

Points = NDArray[np.float64]

_CAP: Final = 3.0
"""How many steps the lattice reaches beyond its first and last level line."""
_ACROSS: Final = (0.0, 0.16, 0.42, 0.70, 0.90, 1.0)
"""Where the lattice has its lines, from the front edge, 0, to the back edge, 1."""
_TONES: Final = (0.48, 0.12, 0.34, 0.66, 0.90, 0.74)
"""How dark each line is, 0 light to 1 dark: lit from the upper left, a bounce on the far edge."""
_BEYOND: Final = 0.02
"""The lattice reaches a little beyond the edge, so that no edge is left unpainted."""


class Rounded(Shape):
    """A closed outline shaded as a rounded body.

    Parameters
    ----------
    rest_mm
        Outline (N, 2) at rest, (back, up): it must be cut by level lines into a front and a back.
    theme, role
        Colours: light, base, dark and line of the role.
    rows
        Level lines of the lattice.
    line_px
        Width of the contour.
    """

    def __init__(
        self, rest_mm: Points2, theme: Theme, role: str, *, rows: int, line_px: float = 1.4
    ) -> None:
        line = mix(theme.color(f"{role}.line"), theme.color(f"{role}.dark"), 0.45)
        super().__init__(np.zeros((3, 3)), stroke=line, stroke_px=line_px)
        self.front, self.back = _edges(rest_mm, rows)
        light, base, dark = (theme.color(f"{role}.{tone}") for tone in ("light", "base", "dark"))
        tones = [
            (
                mix(light, base, tone / 0.6) if tone < 0.6 else mix(base, dark, (tone - 0.6) / 0.4),
                1.0,
            )
            for tone in _TONES
        ]
        self.with_mesh(np.zeros((rows, len(_ACROSS), 3)), [tones] * rows)

    def lay(self, outline: Points) -> None:
        """Lay the piece along scene points (N, 3) of its outline, in the order of the rest."""
        self.set_points(path_points(outline, closed=True))
        front, back = outline[self.front], outline[self.back]
        shares = np.array(_ACROSS) * (1.0 + 2.0 * _BEYOND) - _BEYOND
        nodes = front[:, None] + (back - front)[:, None] * shares[None, :, None]
        # beyond the first and the last level line, over the round ends
        nodes[0] -= _CAP * (nodes[1] - nodes[0])
        nodes[-1] += _CAP * (nodes[-1] - nodes[-2])
        assert self.mesh_handle is not None  # made with the mesh
        self.mesh_handle.set_points(path_points(nodes.reshape(-1, 3), closed=False))


def _edges(rest_mm: Points2, rows: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the outline's foremost and hindmost points near each level, upwards: indices (rows,)."""
    low, high = float(rest_mm[:, 1].min()), float(rest_mm[:, 1].max())
    near = 0.75 * (high - low) / rows
    front, back = [], []
    for level in np.linspace(low + 1.0, high - 1.0, rows):
        band = np.flatnonzero(np.abs(rest_mm[:, 1] - level) <= near)
        away = np.abs(rest_mm[band, 1] - level) * 0.8
        front.append(band[int(np.argmin(rest_mm[band, 0] + away))])
        back.append(band[int(np.argmax(rest_mm[band, 0] - away))])
    return np.array(front), np.array(back)
