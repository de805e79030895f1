"""The catheter beside the film's title: a soft coil with its anchor."""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.mobjects.back import Anchor
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part
from spineanim.stage import Format, px

_CENTRE_PX: Final = (1400.0, 500.0)
_PX_PER_MM: Final = 9.0
_WIDE_MM: Final = 1.9
_TURNS: Final = 2.35
_ANCHOR_AT: Final = 0.80
"""Share of the catheter's length at which the anchor sits."""


class CatheterTitlePlate(Part):
    """A coil of catheter with its anchor.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        middle = fmt.point(*fmt.pick(_CENTRE_PX, (540.0, 650.0), (540.0, 1000.0)))
        size = fmt.pick(1.0, 0.86, 1.1)
        turn = np.linspace(0.0, 2.0 * np.pi * _TURNS, 40) - 0.55 * np.pi
        reach = px(310) * size * (0.70 + 0.30 * np.linspace(0.0, 1.0, 40))
        coil = np.column_stack([reach * np.cos(turn), 0.86 * reach * np.sin(turn)])
        leave = coil[-1] + px(1) * size * np.array([(60, 190), (210, 330), (460, 470), (900, 640)])
        way = smooth(np.vstack([coil, leave]), samples=14)
        tube = Tube(way + middle[:2], px(_PX_PER_MM * _WIDE_MM) * size, theme, shadow=0.35)
        at, along = tube.point_at(_ANCHOR_AT), tube.direction_at(_ANCHOR_AT)
        angle = float(np.degrees(np.arctan2(along[1], along[0])))
        super().__init__(tube, Anchor(at, angle, theme, px(_PX_PER_MM) * size))
