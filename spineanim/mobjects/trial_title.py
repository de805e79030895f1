"""Title picture of the trial: the pump that is worn outside, with its line."""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.axes import POSTERIOR
from spineanim.geometry.curves import smooth
from spineanim.mobjects.pouch import Pouch
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part
from spineanim.stage import Format, Stage, px

_AT_PX: Final = ((1400.0, 500.0), (540.0, 680.0), (540.0, 1080.0))
_PX_PER_MM: Final = (4.6, 3.6, 5.2)
_TUBE_MM: Final = 3.0
_WAY_PX: Final = ((0, 0), (6, 70), (-60, 150), (-220, 170), (-420, 150), (-760, 215), (-1080, 520))


class TrialTitlePlate(Part):
    """The pump in its pouch beside the film's title.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        at = fmt.point(*fmt.pick(*_AT_PX))
        scale = px(fmt.pick(*_PX_PER_MM))
        stage = Stage(POSTERIOR, (0.0, 0.0, 0.0), scale, (float(at[0]), float(at[1])), fmt=fmt)
        pouch = Pouch(stage, at, theme)
        way = pouch.port[:2] + px(1) * np.array(_WAY_PX, dtype=np.float64)
        line = Tube(smooth(way, samples=40), _TUBE_MM * scale, theme, lumen=True, shadow=0.3)
        super().__init__(line, pouch)
