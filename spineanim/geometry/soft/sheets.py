"""Flat muscles of trunk and neck: sheets between the fascia and what lies deeper.

A sheet is a depth under the skin and a thickness, by height and direction round the trunk;
it ends where its thickness falls to nothing. Outlines are a textbook's (M), simplified.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import skeleton, wall
from spineanim.geometry.soft.stack import Table
from spineanim.geometry.soft.trunk import COUNT, Layers
from spineanim.geometry.solids.base import Solid

CLEFT_MM: Final = 0.7
"""Half the cleft between two muscles [D]."""

_SHEET_CLEFT_MM: Final = 0.3

_RECTUS_MM: Final = 10.0
"""Thickness of the rectus [M]."""

_SERRATUS_MM: Final = 226.0
"""Height where the outer oblique gives way to the serratus on the side of the chest [M]."""

# Flat muscles of the belly, outside in: direction of the rear edge from the front (degrees),
# and how far it reaches over the lower edge of the rib cage (mm) [M]
_FLAT_MUSCLES: Final = (
    ("external_oblique", 122.0, 110.0),
    ("internal_oblique", 132.0, -4.0),
    ("transversus", 138.0, 2.0),
)


@dataclass(frozen=True, eq=False)
class Sheets:
    """Flat muscles of one standing person, both sides in one solid each.

    Parameters
    ----------
    layers : Layers
        Skin, fascia and ribs of the person.
    """

    layers: Layers

    # ------------------------------------------------------------------ sheets of the back
    @property
    def _side_mm(self) -> Table:
        """Distance of the skin from the midline, by height and direction."""
        z = np.repeat(self.layers.z_mm, COUNT)
        turn = np.tile(self.layers.azimuth_deg, len(self.layers.z_mm))
        x = self.layers.whole.skin_points(z, turn)[:, 0]
        return np.abs(x).reshape(len(self.layers.z_mm), COUNT)

    @property
    def _turn(self) -> NDArray[np.float64]:
        """Direction from the front, the same for both sides (1, COUNT)."""
        turn = self.layers.azimuth_deg
        return np.abs((turn + 180.0) % 360.0 - 180.0)[None]

    @cached_property
    def _sheet_top(self) -> Table:
        """Depth under the skin of the first muscle sheet."""
        return self.layers.fascia_mm + wall.FASCIA_MM

    @cached_property
    def trapezius_mm(self) -> Table:
        """Thickness of the trapezius: from T12 to the nape, widest over the shoulders [M]."""
        z, side = self.layers.z_mm, self._side_mm
        edge = np.interp(z, (190, 250, 330, 400, 440, 475, 510), (2, 14, 42, 76, 96, 84, 46))
        thick = np.interp(z, (190, 250, 400, 450, 524), (2.5, 3.5, 6.0, 7.0, 5.0))
        share = _least(
            _edge((edge[:, None] - side) / 12.0),
            _edge((side - 1.0) / 5.0),
            _edge((self._turn - 95.0) / 15.0),
            _edge((z - 190.0) / 20.0)[:, None],
        )
        return thick[:, None] * share

    @cached_property
    def latissimus_mm(self) -> Table:
        """Thickness of the latissimus: from loins and T7 round the flank to the armpit [M]."""
        z, turn = self.layers.z_mm, self._turn
        inner = np.interp(z, (60, 100, 180, 240, 330, 400), (96, 86, 62, 30, 14, 96))
        front = np.interp(z, (60, 120, 200, 300, 400), (128, 118, 106, 94, 84))
        share = _least(
            _edge((self._side_mm - inner[:, None]) / 14.0),
            _edge((turn - front[:, None]) / 12.0),
            _edge((z - 60.0) / 40.0)[:, None],
            _edge((410.0 - z) / 30.0)[:, None],
        )
        return 6.5 * share

    @cached_property
    def deep_mm(self) -> Table:
        """Depth under the skin of what lies below the sheets of the back."""
        covered = np.maximum(self.trapezius_mm, 0.0) + np.maximum(self.latissimus_mm, 0.0)
        found: Table = self._sheet_top + covered + CLEFT_MM
        return found

    def back_sheets(self) -> dict[str, Solid]:
        """Trapezius and latissimus."""
        under = self._sheet_top + np.maximum(self.trapezius_mm, 0.0)
        return {
            "latissimus": self.layers.band(under, self.latissimus_mm),
            "trapezius": self.layers.band(self._sheet_top, self.trapezius_mm),
        }

    # -------------------------------------------------------------------------- belly wall
    @cached_property
    def _margin_mm(self) -> NDArray[np.float64]:
        """Height of the lower edge of the rib cage by direction (COUNT,)."""
        edge = skeleton.costal_margin("left")
        turn = np.array([self.layers.torso.azimuth_of(point) for point in edge])
        order = np.argsort(turn)
        found: NDArray[np.float64] = np.interp(self._turn[0], turn[order], edge[order, 2])
        return found

    @cached_property
    def _crest_mm(self) -> NDArray[np.float64]:
        """Height of the lower edge of the flat muscles: groin, then iliac crest (COUNT,)."""
        found: NDArray[np.float64] = np.interp(
            self._turn[0],
            (0.0, 40.0, 62.0, 75.0, 95.0, 150.0),
            (-84.0, -62.0, -24.0, 22.0, 50.0, 40.0),
        )
        return found

    @property
    def _rectus_edge_mm(self) -> NDArray[np.float64]:
        """Distance of the outer edge of the rectus from the midline, by height (K,) [M]."""
        return np.interp(
            self.layers.z_mm, (-84, -40, 20, 80, 160, 230, 280), (24, 40, 54, 62, 68, 70, 66)
        )

    def belly_wall(self) -> dict[str, Solid]:
        """Rectus, the two obliques and transversus, at the depths of ``wall.py``."""
        z, side, top = self.layers.z_mm[:, None], self._side_mm, self._sheet_top
        edge = self._rectus_edge_mm[:, None]
        # over the ribs a muscle has only the room between fascia and bone
        rib = self.layers.rib_mm
        depth = top + np.maximum(self.latissimus_mm, 0.0) + _SHEET_CLEFT_MM
        room = np.where(np.isfinite(rib), rib - 5.0 - depth, np.inf)
        rectus = _RECTUS_MM * _least(
            _edge((edge - side) / 14.0),
            _edge((side - 3.0) / 9.0),
            _edge((70.0 - self._turn) / 20.0),
            _edge((266.0 - z) / 30.0),
        )
        found = {"rectus": self.layers.band(top, np.minimum(rectus, room))}
        thick = dict(wall.DEEP_LAYERS_MM)
        for name, rear, over in _FLAT_MUSCLES:
            share = _least(
                _edge((side - edge - 2.0) / 14.0),
                _edge((rear - self._turn) / 12.0),
                _edge((z - self._crest_mm[None]) / 22.0),
                _edge((self._margin_mm[None] + over - z) / 30.0),
                _edge((_SERRATUS_MM - z) / 25.0),
            )
            layer = thick[name] * share
            if name == "external_oblique":
                layer = np.minimum(layer, room)
            found[name] = self.layers.band(depth, layer - 2 * _SHEET_CLEFT_MM)
            depth = depth + thick[name]
        return found

    def buttock(self) -> dict[str, Solid]:
        """Gluteal muscles over the outside of the hip bones, as one sheet [M]."""
        z, turn = self.layers.z_mm[:, None], self._turn
        upper = np.interp(
            turn[0], (70.0, 95.0, 130.0, 150.0, 170.0), (18.0, 46.0, 34.0, 16.0, -20.0)
        )
        thick = np.interp(self.layers.z_mm, (-88.0, -40.0, 20.0, 50.0), (46.0, 38.0, 18.0, 8.0))
        share = _least(
            _edge((turn - 72.0) / 16.0),
            _edge((self._side_mm - 16.0) / 14.0),
            _edge((upper[None] - z) / 26.0),
        )
        return {"gluteus": self.layers.band(self._sheet_top, thick[:, None] * share)}

    def chest_wall(self) -> dict[str, Solid]:
        """Intercostal muscle in the cage of ribs, and what clothes it at the side."""
        rib, z = self.layers.rib_mm, self.layers.z_mm[:, None]
        known = np.isfinite(rib)
        depth = np.where(known, rib, 20.0)
        inner = _least(
            np.where(known, 1.0, -1.0),
            _edge((self._side_mm - 14.0) / 8.0),
            _edge((z - self._margin_mm[None] - 8.0) / 12.0),
            _edge((428.0 - z) / 20.0),
        )
        share = _least(
            _edge((self._turn - 50.0) / 20.0),
            _edge((136.0 - self._turn) / 14.0),
            _edge((z - _SERRATUS_MM) / 25.0),
            _edge((424.0 - z) / 30.0),
        )
        outer = self.deep_mm
        room = np.where(known, np.maximum(depth - 5.0 - outer, 0.5), 0.5)
        return {
            "serratus": self.layers.band(outer, room * share),
            "intercostal": self.layers.band(depth - 3.5, 7.0 * inner),
        }


def _edge(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Thickness towards a rounded edge: 1 from share 1 on, 0 at the edge, negative beyond."""
    near = np.clip(share, -1.0, 1.0)
    blunt = np.sqrt(np.maximum(near * (2 - near), 0.0))
    return np.where(near > 0, blunt, 2.0 * near)


def _least(*shares: NDArray[np.float64]) -> Table:
    """Least of several tables, which may miss an axis."""
    found = shares[0]
    for share in shares[1:]:
        found = np.minimum(found, share)
    return found
