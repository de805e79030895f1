"""The tunnel: the catheter is led under the skin, from the cut on the back to the pocket."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import length
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.side import LYING, SidePlate
from spineanim.mobjects.table import OperatingTable
from spineanim.mobjects.tube import Rod
from spineanim.mobjects.under_skin import UnderSkin, dense, filled, skin_flap
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

Point = NDArray[np.float64]

_ROD_MM: Final = 4.0
_FLAP_MM: Final = (25.0, 18.0)
"""How far the skin covers in full round the tunnel, and over how much it then runs out."""
_FLAP_OPACITY: Final = 0.82
_OTHER_LEG_DEG: Final = 17.0
"""The leg below is drawn up a little more."""


class TunnelPlate(SidePlate):
    """Lying on the side, as in the operation: the passer makes the tunnel, the catheter follows.

    Over the cut body lies a piece of the near flank's skin; tunnel and pocket are under it.

    Attributes
    ----------
    rod
        The tunnelling passer.
    catheter
        Its loop on the back, which is there from the start, then the tunnel to the pocket.
    pocket
        Where the pump will lie.
    """

    def __init__(self, parameters: Parameters, theme: Theme, frame_height_px: int) -> None:
        super().__init__(parameters, theme, frame_height_px, LYING)
        rod = Rod(self.stage(self.route.passer), self.stage.length(_ROD_MM), theme)
        self.rod = UnderSkin(rod, theme, self.body.trunk_outline)
        self.rod.reveal(0.0)
        loop, both = self.route.between("loop", "loop"), self.route.between("tunnel", "loop")[::-1]
        tube = self._tube(both, shadow=0.0)
        on_screen = length(self.stage(loop)) / length(self.stage(both))
        self.catheter = UnderSkin(tube, theme, self.body.trunk_outline, settled=on_screen)
        self.catheter.reveal(0.0)
        outline = self.stage.plane(self.route.pump.silhouette_lateral())
        self.pocket = self._pocket(outline)
        self.back.open(1.0)
        self.submobjects.insert(0, self._table())
        self.add(self._flap(outline), self.pocket, self.catheter, self.anchor, self.back, self.rod)

    def _flap(self, pocket: Point) -> Part:
        """Skin of the near flank over the tunnel and the pocket."""
        full, feather = (self.stage.length(each) for each in _FLAP_MM)
        ways = [self.route.passer, self.route.between("tunnel", "loop")]
        spots = [dense(self.stage(way), px(4)) for way in ways]
        return skin_flap(
            self.body.skin,
            [*spots, filled(pocket)],
            full=full,
            feather=feather,
            opacity=_FLAP_OPACITY,
            shadow=self.theme.rgb("muscle.dark"),
        )

    def _pocket(self, outline: Point) -> Part:
        """Soft dashed outline of the place that waits for the pump."""
        focus = self.theme.color("accent.focus")
        return Part(
            Shape(outline, fill=self.theme.color("panel.fill"), fill_opacity=0.30),
            Shape(outline, stroke="#FFFFFF", stroke_px=7.0, stroke_opacity=0.8),
            Shape(outline, stroke=focus, stroke_px=3.6).dashed(12, 9),
        )

    def _table(self) -> OperatingTable:
        """Table, pillow, and the faint head and legs of the patient."""
        trunk = self.body.trunk_outline
        head = trunk[trunk[:, 0] < trunk[:, 0].min() + self.stage.length(190.0)]
        middle = (head.min(axis=0) + head.max(axis=0)) / 2
        legs = [self.body.thigh_outline(_OTHER_LEG_DEG), self.body.thigh_outline()]
        size = (self.stage.length(215.0), self.stage.length(225.0))
        return OperatingTable(
            [legs[0], trunk, legs[1]], middle, size, self.theme, self.pixels_per_unit
        )

    def naming(self) -> Naming:
        """Return what labels name: the catheter at the spine, the pocket, the tunnel."""
        tunnel = self.stage(self.route.between("tunnel", "tunnel"))
        shares = np.linspace(0.3, 0.8, 9)
        callouts = {
            "spine_end": Callout(self.inner.point_at(0.62), ("right", "left")),
            "tunnel": Callout(tunnel[(shares * (len(tunnel) - 1)).astype(int)]),
            "pocket": Callout(self.pocket.submobjects[0].get_center(), ("left", "right")),
        }
        body = [self.body.trunk_outline, self.body.thigh_outline()]
        return Naming(callouts, figure=body, focus=[self.column_outline()])
