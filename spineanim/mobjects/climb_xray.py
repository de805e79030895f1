"""The catheter's climb as the X-ray shows it from the front, in step with the section."""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry import curves
from spineanim.geometry.params import PROCEDURE
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.anchored_tail import rounded
from spineanim.mobjects.puncture_way import NeedleWay
from spineanim.mobjects.xray import XRay
from spineanim.stage import Format, px

_SOFT_MM: Final = 4.0
"""How softly the catheter turns from the needle's line up into the canal."""

_COMES: Final = 1.5
"""It comes along the needle's line from beyond the card: so many lengths of the way to the dura."""


class ClimbXRay(XRay):
    """X-ray of the levels from below the entry to above the tip; unseen at first.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    words
        Its title.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format, words: str) -> None:
        anatomy, needle_way = parameters.anatomy, NeedleWay(parameters, PROCEDURE)
        route = needle_way.route
        low = LEVELS.index(anatomy.entry_level.split("_")[1])
        high = LEVELS.index(anatomy.tip_level)
        entry = route.between("entry", "entry")
        comes = entry[0] + _COMES * (entry[0] - entry[-1])
        before = np.linspace(comes, entry[0], len(entry))[:-1]
        way = np.vstack([before, route.between("entry", "intrathecal")])
        path = rounded(curves.resample(way, 2 * len(way)), _SOFT_MM)
        self._starts = 1.0 - curves.length(route.stretches["intrathecal"]) / curves.length(path)
        x_px, y_px = fmt.pick((1606.0, 545.0), (862.0, 720.0), (760.0, 1240.0))
        wide, tall = fmt.pick((440.0, 590.0), (310.0, 330.0), (520.0, 620.0))
        middle = fmt.width_px / 2
        centre = fmt.point(middle + anatomy.sign * (x_px - middle), y_px)
        super().__init__(
            needle_way.spine,
            theme,
            fmt,
            centre,
            (px(wide), px(tall)),
            (LEVELS[high - fmt.pick(2, 3, 2)], LEVELS[min(low + 1, LEVELS.index("L5"))]),
            path,
            names=(LEVELS[high], LEVELS[low]),
            title=words,
        )
        along = curves.distances(path) / curves.length(path)
        seen = self.stage(path)
        self._in_step = along, curves.distances(seen) / curves.length(seen)
        self.fixed_in_frame, self.opacity = True, 0.0
        self.climb(0.0)

    def climb(self, share: float) -> None:
        """Show how far the tip has come up the canal, as `LastingPlate.climb` does."""
        true = self._starts + (1.0 - self._starts) * share
        self.advance(float(np.interp(true, *self._in_step)))
