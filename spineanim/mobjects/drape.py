"""The surgical drape: cloth over all of the front view but the place of the operation."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.pump import PumpPose
from spineanim.geometry.torso import Torso, neutral_torso
from spineanim.mobjects.figure import placed
from spineanim.picture.cloth_again import drape_again
from spineanim.picture.shape import Part
from spineanim.stage import Stage

_ROOM_MM: Final = 15.0
"""Skin left free round the pump and the cut [D]."""
_NAVEL_SIDE: Final = 0.45
"""Share of that room on the side of the navel, which stays covered [D]."""
_LYING_MM: Final = 52.0
"""Room below for the pump and its connector while they still lie on the skin [D]."""
_CORNER_POWER: Final = 6.5
_LEAN: Final = 0.05
"""The window widens downwards, as the flank does [D]."""
_SPARE: Final = (1.03, 1.6, 1.03)
"""The cloth reaches this much beyond a wide, a square and a tall frame, for shots beside it."""


def operation_window(pump: PumpPose, incision: Points3, count: int = 240) -> Points2:
    """Outline of the drape's window: the pump's place, the cut and some of the flank.

    The navel stays covered, and the outer edge stays on the belly, short of the silhouette.

    Parameters
    ----------
    pump
        Where the pump will lie; its side decides the window's.
    incision
        The cut on the skin (N, 3), mm.
    count
        Points of the outline.

    Returns
    -------
    Closed outline (count, 2), (patient's left, up), mm.
    """
    side = 1.0 if pump.side == "left" else -1.0
    radius, (x, z) = pump.size.radius_mm, pump.centre[[0, 2]]
    cut = incision[:, 0] * side
    inner = min(float(cut.min()), side * x - radius) - _NAVEL_SIDE * _ROOM_MM
    outer = max(float(cut.max()), side * x + radius) + 0.8 * _ROOM_MM
    top = float(incision[:, 2].max()) + _ROOM_MM
    bottom = z - radius - _LYING_MM
    turns = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False)
    c, s = np.cos(turns), np.sin(turns)
    swell = (np.abs(c) ** _CORNER_POWER + np.abs(s) ** _CORNER_POWER) ** (-1 / _CORNER_POWER)
    up = (bottom + top) / 2 + (top - bottom) / 2 * swell * s
    across = (inner + outer) / 2 + (outer - inner) / 2 * swell * c
    lean = _LEAN * (top - up) * (1.0 + swell * c) / 2
    return np.column_stack([side * (across + lean), up])


class Drape(Part):
    """Cloth over the whole frame of the front view, open over the operated belly.

    Draw it over the body and under what lies on the skin; it fades as one.

    Parameters
    ----------
    window_mm
        Closed outline (N, 2) of the opening, (patient's left, up), as `operation_window` gives.
    stage
        Where the body stands, seen from the front.
    theme
        Colours.
    px_per_mm
        Resolution of the window's hem, of the largest scale it is seen at.
    torso
        The body under the cloth; the neutral adult by default.

    Attributes
    ----------
    opening
        Scene points (N, 3) of the window's edge.
    """

    def __init__(
        self,
        window_mm: Points2,
        stage: Stage,
        theme: Theme,
        px_per_mm: float,
        torso: Torso | None = None,
    ) -> None:
        self.opening: NDArray[np.float64] = stage.plane(window_mm)
        images = drape_again(
            torso or neutral_torso(),
            window_mm,
            theme,
            px_per_mm,
            frame_mm=stage.frame_box_mm(zoom_out=stage.fmt.pick(*_SPARE)),
        )
        super().__init__(placed(images.sheet, stage), placed(images.hem, stage))
