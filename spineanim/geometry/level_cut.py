"""A level cut through the body at one vertebra, seen from above, and what lies where on it.

The cut passes the foramina under the pedicles of the level, so that the nerve of the level with
its ganglion lies on it. What leaves the plane a little, such as a root, is laid onto it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.axes import Plane, Points2, Points3, View
from spineanim.geometry.body import Body
from spineanim.geometry.catheter import dorsal_offset
from spineanim.geometry.params import Side
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.soft.exits import ROOT, VENTRAL_SHARE, by_name, exit_of
from spineanim.geometry.soft.nerves import nerve_line
from spineanim.geometry.soft.rails import Strands
from spineanim.geometry.soft.roots import Kind, root_line, sided

Tract = Literal["touch", "movement"]

# Places on the section of the cord as shares of its half width (to one side) and half depth (to
# the back), all M: the middle of the back horn; the white matter before the grey commissure,
# where pain fibres cross; the tract in front and to the side in which they climb; the columns
# behind (touch) and beside (movement) the back horn
BACK_HORN: Final = (0.335, 0.55)
CROSSING: Final = (0.0, -0.24)
PAIN_TRACT: Final = (0.68, -0.36)
TRACTS: Final[dict[Tract, tuple[float, float]]] = {
    "touch": (0.14, 0.55),
    "movement": (0.66, 0.22),
}
MOTOR_HORN: Final = (0.34, -0.42)
_OVER_GANGLION_MM: Final = 2.2
"""The cut passes the foramen so much above the ganglion's middle: the end plate is not met [D]."""
_PAST_GANGLION_MM: Final = 7.0
"""Beyond this, counted from the sac's edge, front and back root are one nerve [D]."""
_STEPS: Final = 40


@dataclass(frozen=True)
class LevelCut:
    """A cut across a body, seen from above: front at the top, the patient's left on the left.

    Parameters
    ----------
    body : Body
    level : str
        A thoracic or lumbar level, ``"T10"``.
    """

    body: Body
    level: str

    @cached_property
    def view(self) -> View:
        """The view from above onto the cut, 1 px per mm."""
        spot = exit_of(self.body.canal, self.level).ganglion
        turn = np.radians(self.body.spine.frame(self.level).middle_tilt_deg)
        back = (0.0, float(np.cos(turn)), float(np.sin(turn)))
        up = np.array([0.0, -back[2], back[1]])
        _, y, z = spot + _OVER_GANGLION_MM * self.body.spine.stature_factor * up
        plane = Plane((0.0, float(y), float(z)), (0.0, -back[2], back[1]))
        return View("level", (-1.0, 0.0, 0.0), (0.0, -back[1], -back[2]), cut=plane)

    @property
    def plane(self) -> Plane:
        """The plane of the cut; what lies above it is taken off."""
        cut = self.view.cut
        assert cut is not None  # made with one
        return cut

    def laid(self, points_mm: ArrayLike) -> Points2:
        """Lay patient points (N, 3) onto the cut, straight down, in the view's plane (N, 2)."""
        return self.view.project(np.atleast_2d(np.asarray(points_mm, dtype=np.float64)))

    # ------------------------------------------------------------------- canal and cord
    @cached_property
    def station(self) -> float:
        """Place along the canal where the cut passes its front wall."""
        canal, plane = self.body.canal, self.plane
        wall = canal.places(canal.stations, np.zeros(len(canal.stations)))
        height = plane.height(np.column_stack([np.zeros(len(wall)), wall]))
        near = np.abs(canal.stations - canal.station_of(np.array(plane.point_mm[1:]))[0]) < 2.0
        order = np.argsort(height[near])
        return float(np.interp(0.0, height[near][order], canal.stations[near][order]))

    def canal_point(self, offset_mm: float, aside_mm: float = 0.0) -> Points2:
        """Place (2,) in the view's plane, so far behind the front wall and to the left."""
        y, z = self.body.canal.place(self.station, offset_mm)
        found: Points2 = self.laid([aside_mm, y, z])[0]
        return found

    def wall_mm(self, name: str) -> float:
        """How far behind the front wall ``sac_back``, ``cord_front`` and so on lie here."""
        return self.body.canal.offsets_at(self.station)[name]

    @cached_property
    def _half_widths(self) -> tuple[float, float, float]:
        """Half widths of bony canal, sac and cord here (mm)."""
        canal = self.body.canal
        bony, sac, cord = (np.interp(self.station, canal.stations, w) for w in canal.half_widths)
        return float(bony), float(sac), float(cord)

    def _oval(self, front: str, back: str, half_width: float, count: int = 160) -> Points2:
        """Oval between two walls, closed (N, 2), in the view's plane."""
        low, high = self.canal_point(self.wall_mm(front)), self.canal_point(self.wall_mm(back))
        turns = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
        along = np.array([[half_width, 0.0], (high - low) / 2])
        found: Points2 = (low + high) / 2 + np.column_stack([np.cos(turns), np.sin(turns)]) @ along
        return found

    @cached_property
    def cord_outline(self) -> Points2:
        """Cord, closed (N, 2); one without size below its end."""
        return self._oval("cord_front", "cord_back", self._half_widths[2])

    @cached_property
    def sac_outline(self) -> Points2:
        """Dural sac, closed (N, 2)."""
        return self._oval("sac_front", "sac_back", self._half_widths[1])

    def in_cord(self, shares: tuple[float, float], side: Side) -> Points2:
        """Place (2,) in the view's plane at shares of the cord's half sizes.

        Parameters
        ----------
        shares : tuple of float
            To the side, and to the back; (0, 0) is the middle.
        side : str
            The patient's.
        """
        front, back = self.wall_mm("cord_front"), self.wall_mm("cord_back")
        middle, half = (front + back) / 2, (back - front) / 2
        aside = shares[0] * self._half_widths[2] * (1.0 if side == "left" else -1.0)
        return self.canal_point(middle + shares[1] * half, aside)

    @property
    def tip(self) -> Points2:
        """Place (2,) of the catheter's tip: in the fluid behind the cord."""
        return self.canal_point(dorsal_offset(self.body.canal, self.station))

    # ------------------------------------------------------------------- ways of signals
    def carried(self, points_mm: Points3) -> Points3:
        """Carry points (N, 3) in the sac along the canal to the cut; each keeps its place in it.

        A root begins two levels higher than it leaves: laid straight down it would miss the cord.
        """
        canal = self.body.canal
        here = self._sac(np.array([self.station]))
        rows = [canal.station_of(point[1:]) for point in points_mm]
        at, offset = (np.array(column) for column in zip(*rows, strict=True))
        there = self._sac(at)
        aside = points_mm[:, 0] / there[0] * here[0]
        behind = here[1] + (offset - there[1]) / there[2] * here[2]
        places = canal.places(np.full(len(at), self.station), behind)
        return np.column_stack([aside, places])

    def _sac(self, at: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Half width, middle and half depth of the sac at stations (N,)."""
        canal = self.body.canal
        low, high = canal.sac_offsets
        rows = (canal.half_widths[1], (low + high) / 2, (high - low) / 2)
        wide, middle, deep = (np.interp(at, canal.stations, row) for row in rows)
        return wide, middle, deep

    def _root(self, kind: Kind) -> Points3:
        """Root of the level's nerve on the left, from cord to dura, carried to the cut (N, 3)."""
        canal = self.body.canal
        return self.carried(root_line(canal, self.level, exit_of(canal, self.level), kind))

    def nerve_way(self, side: Side) -> Points2:
        """Way of a signal from the nerve past the ganglion along the back root, (N, 2)."""
        canal = self.body.canal
        root = self._root("dorsal") * [1.0 if side == "left" else -1.0, 1.0, 1.0]
        whole = nerve_line(canal, self.level, side)
        outer = whole[: len(whole) - len(root) + 1]
        return self.laid(np.vstack([outer, root[-2::-1]]))

    def motor_way(self, side: Side) -> Points2:
        """Way of a signal from the front horn along the front root and out by the nerve, (N, 2)."""
        canal = self.body.canal
        sign = [1.0 if side == "left" else -1.0, 1.0, 1.0]
        root = self.laid(self._root("ventral") * sign)
        whole = self.nerve_way(side)[::-1]
        sac = float(np.max(np.abs(self.sac_outline[:, 0])))
        scale = canal.spine.stature_factor
        past = np.abs(whole[:, 0]) > sac + _PAST_GANGLION_MM * scale
        return np.vstack([root, whole[past]])

    def roots(self) -> tuple[Part, ...]:
        """Back and front roots of the level's nerve in the sac, one part a side."""
        thick = by_name(ROOT, self.level) * self.body.spine.stature_factor
        kinds: tuple[tuple[Kind, float], ...] = (("ventral", VENTRAL_SHARE), ("dorsal", 1.0))
        threads = []
        for kind, share in kinds:
            line = self._root(kind)
            threads.append((line, np.full(len(line), thick * share)))
        return tuple(
            Part(f"roots_{side}", Tissue.NERVE, Strands.of([sided(row, side) for row in threads]))
            for side in ("left", "right")
        )

    def pain_way(self, side: Side) -> Points2:
        """Way of pain from a nerve to the back horn, across the cord, to the other side's tract.

        Parameters
        ----------
        side : str
            The patient's side that hurts.

        Returns
        -------
        ndarray (N, 2)
            In the view's plane; it ends where the signal climbs towards the viewer.
        """
        other: Side = "right" if side == "left" else "left"
        horn = self.in_cord(BACK_HORN, side)
        bend = self.in_cord((0.20, 0.05), side)
        cross, tract = self.in_cord(CROSSING, side), self.in_cord(PAIN_TRACT, other)
        return np.vstack([self.to_horn(side), _curved(horn, bend, cross)[1:], _eased(cross, tract)])

    def to_horn(self, side: Side) -> Points2:
        """First part of `pain_way`: from the nerve to the back horn, (N, 2)."""
        nerve, horn = self.nerve_way(side), self.in_cord(BACK_HORN, side)
        return np.vstack([nerve, _eased(nerve[-1], horn)])


def _eased(start: Points2, end: Points2) -> Points2:
    """Straight way, without its first point, (N, 2)."""
    return start + np.linspace(0.0, 1.0, _STEPS)[1:, None] * (end - start)


def _curved(start: Points2, bend: Points2, end: Points2) -> NDArray[np.float64]:
    """Smooth way from a place towards a bend and on to another, (N, 2)."""
    share = np.linspace(0.0, 1.0, _STEPS)[:, None]
    return (1 - share) ** 2 * start + 2 * share * (1 - share) * bend + share**2 * end
