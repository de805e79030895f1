"""The way of one drop from the pump to the catheter's tip, with the camera after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from manim import smooth
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.label_places import Naming
from spineanim.mobjects.system import SystemPlate
from spineanim.stage import WHOLE, Format, Shot, px

Point = NDArray[np.float64]

_ZOOM: Final = (1.7, 1.3, 1.7)
"""How near the camera comes: wide, square, tall; a square has little room below its heading."""
_FINER: Final = 1.4
"""Pictures are baked so much finer than for the whole frame, for the camera comes near."""
_DROP_PX: Final = 8.0
_HALF: Final = 0.004
"""Half the stretch of the way, in shares, in whose middle the one drop is shown."""
_LEAVES: Final = 0.8
"""Share of the way from which the camera draws back to the whole picture."""
_OVER_CAPTION_PX: Final = 40.0
"""What lies lowest on the back keeps so far above the captions' room."""
_HEADING_PX: Final = 430.0
"""A belly on the left of a wide frame keeps right of this, clear of the heading."""
_UNDER_HEADING_PX: Final = (0.0, 196.0, 270.0)
"""In a square or tall frame the body begins so far down, below the heading."""
_YIELDS_PX: Final = 16.0
"""The camera, which follows the drop, comes to such a limit so softly."""


class TipPlate(SystemPlate):
    """Standing body with the whole system; a single drop travels to the tip.

    Attributes
    ----------
    drop
        The drop that the camera follows.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        finer = replace(fmt, pixels_per_unit=_FINER * fmt.pixels_per_unit)
        super().__init__(parameters, theme, finer)
        self.way = self.stage(self.route.between("tunnel", "intrathecal"))
        self._zoom = fmt.pick(*_ZOOM)
        self._furthest, self._least = self._limits(), self._under_heading()
        self.drop = Drops(self.way, theme, count=1, radius=px(_DROP_PX))
        # behind the pump, from which it comes
        self.submobjects.insert(self.submobjects.index(self.pump), self.drop)
        self.back.closed(1.0)
        self._fill()
        self.drop.at(0.5)
        self.follow(0.0)

    def _fill(self) -> None:
        """Let the catheter hold medicine all the time."""
        for part in (*self.filled, self.lens_filled):
            part.opacity = 1.0

    def follow(self, share: float) -> None:
        """Let the drop travel from the pump to the tip."""
        place = float(np.clip(share, _HALF, 1.0 - _HALF))
        self.drop.reveal_between(place - _HALF, place + _HALF)

    def arrive(self, share: float) -> None:
        """Let the medicine spread a little where it leaves the tip."""
        self.flow_medicine(share)
        self._fill()

    def shot_at(self, share: float) -> Shot:
        """Camera near the drop on its way; at the end all is seen again."""
        back = smooth(float(np.clip((share - _LEAVES) / (1.0 - _LEAVES), 0.0, 1.0)))
        zoom = self._zoom ** (1.0 - back) * WHOLE.zoom**back
        x, y = self._near(share)
        along = (1.0 / zoom - 1.0 / WHOLE.zoom) / (1.0 / self._zoom - 1.0 / WHOLE.zoom)
        return Shot((float(x) * along, float(y) * along), zoom)

    def _near(self, share: float) -> Point:
        """Middle (2,) of the near frame: the drop, unless captions or heading would hide the body.

        While the drop climbs, the place where the catheter enters stays in sight.
        """
        drop = self.drop.point_at(share)[:2]
        yields = px(_YIELDS_PX)
        drop = drop + yields * np.logaddexp(0.0, (self._least - drop) / yields)
        inside: Point = drop - yields * np.logaddexp(0.0, (drop - self._furthest) / yields)
        return inside

    def _under_heading(self) -> Point:
        """Least right and up (2,) that the middle of the near frame may lie."""
        if self.fmt.aspect == "16:9":
            return np.array([-np.inf, -np.inf])
        top = float(self.stage.point((0.0, 0.0, self.pose.crop.top_mm))[1])
        heading = float(self.fmt.half[1]) - px(self.fmt.pick(*_UNDER_HEADING_PX))
        return np.array([-np.inf, top - heading / self._zoom])

    def _limits(self) -> Point:
        """Furthest right and up (2,) that the middle of the near frame may lie."""
        lowest = float(self.stage(self.route.between("loop", "entry"))[:, 1].min())
        up = lowest - (self.fmt.caption_floor + px(_OVER_CAPTION_PX)) / self._zoom
        right = np.inf
        if self.fmt.aspect == "16:9" and self.seen.sign > 0:
            belly = float(self.body.trunk_outline[:, 0].min())
            right = belly + (float(self.fmt.half[0]) - px(_HEADING_PX)) / self._zoom
        return np.array([right, up])

    def tip_naming(self) -> Naming:
        """Return what labels name at the tip: the tip, the fluid, the cord."""
        whole = self.naming()
        chosen = {name: whole.callouts[name] for name in ("tip", "fluid", "cord")}
        return Naming(chosen, figure=whole.figure, focus=whole.focus)
