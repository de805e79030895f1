"""The straight way of the needle from the skin into the fluid, in the side-lying body."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from spineanim.content.parameters import Parameters
from spineanim.geometry import curves, ligaments
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import Canal
from spineanim.geometry.catheter import carried, plan_route, reference_spine
from spineanim.geometry.params import SIDE_LYING_FLEXED, Procedure
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.geometry.wall import SKIN_MM, fascia_depth_mm
from spineanim.mobjects.section_back import back_skin

LAYERS: Final = ("skin", "fat", "muscle", "flavum", "epidural", "dura")
"""What the needle passes on its way beside the midline, from outside [53, openanesthesia]."""

IN_FLUID_MM: Final = 3.4
"""The tip stops so far beyond the dura, with its opening in the fluid [D]."""
OUTSIDE_MM: Final = 14.0
"""Before it goes in, the tip waits so far above the skin."""
NUMBING_MM: Final = 9.0
"""The fine needle's tip lies so far along the way: in the fat just under the skin [M]."""
_DURA_MM: Final = 0.31
"""Thickness of the dura [51]."""
_ABOVE_DURA_MM, _BELOW_DURA_MM = 260.0, 170.0
_ABOVE_TIP_MM: Final = 115.0
"""The skin runs so far beyond the way through the dura, and beyond the catheter's tip."""
_ALONG_MM: Final = 7.0
_STATIONS: Final = 0.09
"""Labels name a layer so far below the needle: outside the spine, and in its canal."""


class NeedleWay:
    """Where the needle goes, and what it passes.

    The angle to the skin and the place beside the midline are the procedure's; the line is the
    one that is planned to touch no bone. In the plane of the picture depth beside the midline
    (0 to 15 mm) is not seen.

    Parameters
    ----------
    parameters
        Side, entry level, tip level.
    procedure
        Needle's angle and place.

    Attributes
    ----------
    spine, canal, route
        The flexed body and the catheter in it.
    skin_yz, fascia_mm
        Midline of the skin (N, 2), cranial first, and depth of the fascia under it (N,).
    skin, dura
        Where the needle pierces each, (y, z).
    length_mm
        From skin to dura along the needle, in the plane of the picture.
    layers_mm
        By name of `LAYERS`: where the tip enters and leaves each, millimetres along the way.
    stops_mm
        Places of the tip: `"outside"`, `"numbing"`, the middle of each layer, `"fluid"`.
    """

    def __init__(self, parameters: Parameters, procedure: Procedure) -> None:
        anatomy = parameters.anatomy
        self.spine = Spine(SIDE_LYING_FLEXED, anatomy.stature_factor)
        self.canal = Canal(self.spine)
        self.entry_level = anatomy.entry_level
        self.route = carried(plan_route(anatomy, parameters.pump, procedure), self.spine)
        self.dura: Points2 = self.route.dura[1:]
        z = float(self.dura[1])
        tip = float(reference_spine().frame(anatomy.tip_level).centre[1])
        top = max(z + _ABOVE_DURA_MM, tip + _ABOVE_TIP_MM)
        self.skin_yz = back_skin(neutral_torso(), self.spine, top, z - _BELOW_DURA_MM)
        self.fascia_mm = np.full(len(self.skin_yz), fascia_depth_mm(180.0))
        self.skin = self._on_skin(self.route.needle_skin[1:])
        run = self.dura - self.skin
        self.length_mm = float(np.hypot(*run))
        self.ahead: Points2 = run / self.length_mm
        self.layers_mm = self._layers()
        middles = {name: sum(self.layers_mm[name]) / 2 for name in LAYERS}
        self.stops_mm: Mapping[str, float] = MappingProxyType(
            {
                "outside": -OUTSIDE_MM,
                "numbing": NUMBING_MM,
                **middles,
                "fluid": self.length_mm + IN_FLUID_MM,
            }
        )

    def at(self, along_mm: float) -> Points2:
        """Point (y, z) so many millimetres beyond the skin, before it if negative."""
        point: Points2 = self.skin + self.ahead * along_mm
        return point

    def beside(self, layer: str) -> Points2:
        """Point (y, z) of a layer a little below (caudal to) the needle, to be named."""
        point = self.at(self.stops_mm[layer])
        if layer in ("skin", "fat", "muscle"):
            return np.asarray(point + _ALONG_MM * self._down())
        station, offset = self.canal.station_of(point)
        near: Points2 = self.canal.place(station + _STATIONS, offset)
        return near

    def _on_skin(self, near: Points2) -> Points2:
        """Nearest point of the drawn skin: the needle pierces it a little beside the midline."""
        _, along = curves.nearest(self.skin_yz, near)
        return np.asarray(curves.point_at(self.skin_yz, along / curves.length(self.skin_yz)))

    def _down(self) -> Points2:
        """Return the unit vector (2,) along the skin towards the feet, where the needle enters."""
        away = np.hypot(*(self.skin_yz - self.skin).T)
        index = int(np.clip(away.argmin(), 3, len(away) - 4))
        step = self.skin_yz[index + 3] - self.skin_yz[index - 3]
        return np.asarray(step / np.hypot(*step))

    def _layers(self) -> Mapping[str, tuple[float, float]]:
        along = np.arange(0.0, self.length_mm, 0.1)
        points = self.skin + along[:, None] * self.ahead
        depth = np.array([curves.nearest(self.skin_yz, point)[0] for point in points[::5]])
        depth = np.interp(along, along[::5], depth)
        under_skin, fascia = (
            float(np.interp(deep, depth, along)) for deep in (SKIN_MM, self.fascia_mm[0])
        )
        ligament = ligaments.flavum(self.canal, self.entry_level)
        within = along[curves.contains(ligament, points)]
        first, last = float(within[0]), float(within[-1])
        return MappingProxyType(
            {
                "skin": (0.0, under_skin),
                "fat": (under_skin, fascia),
                "muscle": (fascia, first),
                "flavum": (first, last),
                "epidural": (last, self.length_mm),
                "dura": (self.length_mm, self.length_mm + _DURA_MM),
            }
        )
