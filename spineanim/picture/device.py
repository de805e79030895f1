"""The pump as solids to be lit: case, ports, connector and suture loops, in any pose.

All sizes come from `geometry.pump`; what is added here is only how parts are finished.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from spineanim.geometry.axes import View
from spineanim.geometry.curves import smooth
from spineanim.geometry.params import PumpSize
from spineanim.geometry.pump import (
    ACCESS_PORT_CENTRE_MM,
    ACCESS_PORT_RADIUS_MM,
    BOSS_RADIUS_MM,
    CONNECTOR_CLOCK_DEG,
    CONNECTOR_HEIGHT_SHARE,
    CONNECTOR_LENGTH_MM,
    REFILL_PORT_RADIUS_MM,
    SUTURE_LOOP_REACH_MM,
    SUTURE_LOOPS_CLOCK_DEG,
    PumpPose,
    edge_profile,
)
from spineanim.picture.lathe import Floats, Solid, Turned, Wire, unit

_WIRE_MM = 1.5
_LOOP_SPAN_DEG = 8.5
_SEAM_MM = 0.55
_LID_SEAM_MM = 0.45
_LIP_MM = 0.4

# The outlet, from the case outwards: material, then radii (mm) at shares of its length. Boss,
# nozzle, nipple and a boot with locking ring and tapering sleeve as on sutureless connectors [61];
# shape M. The boot is the catheter's and clicks onto the nipple.
Stretches = tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
_NOZZLE: Stretches = (
    ("titanium", ((-0.70, 5.2), (0.07, 5.2), (0.09, 5.0))),
    ("polished", ((0.09, 4.4), (0.18, 4.3), (0.19, 4.0))),
    ("groove", ((0.19, 2.6), (0.28, 2.6))),
    ("polished", ((0.28, 1.55), (0.40, 1.45), (0.41, 1.8), (0.51, 1.45), (0.53, 1.2), (0.53, 0.7))),
    ("groove", ((0.53, 0.0),)),
)
_BOOT: Stretches = (
    ("groove", ((0.26, 2.5),)),
    ("sleeve", ((0.26, 3.3), (0.27, 3.5), (0.35, 3.5), (0.36, 3.3))),
    ("silicone", ((0.36, 3.0), (0.60, 2.55))),
    ("sleeve", ((0.60, 2.75), (0.65, 2.7))),
    ("silicone", ((0.65, 2.3), (0.83, 1.8))),
    ("sleeve", ((0.83, 1.95), (0.87, 1.9))),
    ("silicone", ((0.87, 1.5), (1.0, 1.0), (1.0, 0.0))),
)


@dataclass(frozen=True)
class Facing:
    """How a pump is turned in a picture.

    Attributes
    ----------
    normal
        View direction (3,) the refill port faces; x right, y up, z towards the viewer.
    up
        View direction (3,) of clock angle 0 on the face; square to the normal.
    """

    normal: tuple[float, float, float]
    up: tuple[float, float, float]

    @property
    def axes(self) -> Floats:
        """Rows (3, 3): the face's right, its up, and outwards, as view directions."""
        up, normal = unit(self.up), unit(self.normal)
        return np.array([np.cross(up, normal), up, normal])

    def turned(self, clock_deg: float) -> Facing:
        """Turn the pump clockwise on its face, as its viewer in front of the port sees it."""
        right, up, _ = self.axes
        turn = np.radians(clock_deg)
        x, y, z = up * np.cos(turn) + right * np.sin(turn)
        return Facing(self.normal, (float(x), float(y), float(z)))


FACE = Facing((0.0, 0.0, 1.0), (0.0, 1.0, 0.0))
"""Port towards the viewer."""

EDGE = Facing((0.0, 1.0, 0.0), (0.0, 0.0, -1.0)).turned(90.0 - SUTURE_LOOPS_CLOCK_DEG[3])
"""Seen from the side, port on top, a suture loop at either end, the outlet behind."""


def resting(elevation_deg: float, clock_deg: float = 0.0) -> Facing:
    """Return how a pump lies on a table, port upwards, seen from above at an angle.

    Parameters
    ----------
    elevation_deg
        Height of the viewer over the table: 90 looks straight down on the face.
    clock_deg
        Turn of the pump clockwise on the table.
    """
    rise = np.radians(elevation_deg)
    high, deep = float(np.sin(rise)), float(np.cos(rise))
    return Facing((0.0, deep, high), (0.0, high, -deep)).turned(clock_deg)


def facing_in(pose: PumpPose, view: View) -> Facing:
    """Return how an implanted pump is turned in a view of the patient.

    A pump of the other side is the same pump turned until its outlet points the right way.
    """
    axes = np.array([view.right, view.up, view.toward_viewer])
    (nx, ny, nz), (ux, uy, uz) = axes @ pose.normal, axes @ pose.up
    facing = Facing((float(nx), float(ny), float(nz)), (float(ux), float(uy), float(uz)))
    return facing.turned(pose.clock(CONNECTOR_CLOCK_DEG) - CONNECTOR_CLOCK_DEG)


@dataclass(frozen=True)
class Device:
    """A pump of a size in a pose, centred on the middle of its case.

    Attributes
    ----------
    size
        Its measures.
    facing
        How it is turned.
    """

    size: PumpSize
    facing: Facing = FACE

    def place(self, local_mm: ArrayLike) -> Floats:
        """View points (N, 3) of pump points (right, up, outwards from the back), mm."""
        middle = np.array([0.0, 0.0, self.size.thickness_mm / 2])
        turned: Floats = (np.atleast_2d(np.asarray(local_mm, float)) - middle) @ self.facing.axes
        return turned

    def on_clock(self, clock_deg: float, radius_mm: float, height_mm: float) -> Floats:
        """View point (3,) at a clock angle, a distance from the axis and a height."""
        turn = np.radians(clock_deg)
        found: Floats = self.place(
            [[radius_mm * np.sin(turn), radius_mm * np.cos(turn), height_mm]]
        )[0]
        return found

    @property
    def outlet_height_mm(self) -> float:
        """Height of the connector's axis over the back."""
        return self.size.thickness_mm * CONNECTOR_HEIGHT_SHARE

    @cached_property
    def _profile(self) -> Floats:
        return edge_profile(self.size)

    @property
    def rim_height_mm(self) -> float:
        """Height of the widest circle, where the loops are fixed."""
        radii = self._profile[:, 0]
        return float(self._profile[radii > radii.max() - 1e-6, 1].mean())

    @property
    def access_port_height_mm(self) -> float:
        """Height of the face where the access port stands."""
        front = self._profile[: int(np.argmax(self._profile[:, 0])) + 1]
        return float(np.interp(ACCESS_PORT_CENTRE_MM, front[:, 0], front[:, 1]))

    def refill_port(self) -> Floats:
        """View point (3,) of the middle of the septum."""
        return self.on_clock(0.0, 0.0, float(self._profile[0, 1]))

    def access_port(self) -> Floats:
        """View point (3,) of the middle of the access port."""
        height = self.access_port_height_mm + 1.9
        return self.on_clock(CONNECTOR_CLOCK_DEG, ACCESS_PORT_CENTRE_MM, height)

    def connector_root(self) -> Floats:
        """View point (3,) where the outlet leaves the wall."""
        return self.on_clock(CONNECTOR_CLOCK_DEG, self.size.radius_mm, self.outlet_height_mm)

    def connector_tip(self) -> Floats:
        """View point (3,) where the catheter leaves the connector."""
        reach = self.size.radius_mm + CONNECTOR_LENGTH_MM
        return self.on_clock(CONNECTOR_CLOCK_DEG, reach, self.outlet_height_mm)

    def suture_loops(self) -> list[Floats]:
        """View points (3,) of the outer ends of the loops."""
        reach = self.size.radius_mm + SUTURE_LOOP_REACH_MM
        return [self.on_clock(clock, reach, self.rim_height_mm) for clock in SUTURE_LOOPS_CLOCK_DEG]

    def solids(self) -> list[Solid]:
        """All parts of the pump, ready to be baked; the boot of the catheter is none of them."""
        loops = [self._loop(clock) for clock in SUTURE_LOOPS_CLOCK_DEG]
        return [self._case(), self._access_port(), self._on_outlet(_NOZZLE), *loops]

    def boot(self) -> Turned:
        """Boot on the catheter's end, where it sits when it has clicked."""
        return self._on_outlet(_BOOT)

    def _case(self) -> Turned:
        """Case with its port: the profile cut into stretches of one material each."""
        line = self._profile
        radii, widest = line[:, 0], line[:, 0].max()
        septum = int(np.argmax(radii >= REFILL_PORT_RADIUS_MM - 1e-6))
        boss = int(np.argmax(radii >= BOSS_RADIUS_MM - 1e-6))
        rim = int(np.argmax(radii > widest - 1e-6))
        lid = int(np.argmax(radii > BOSS_RADIUS_MM + 3.0))
        lip = line[septum + 1] + (_LIP_MM, 0.0)  # slanted, so that it shows from in front
        step = line[lid + 1] - line[lid]
        seam = line[lid] + step * (_LID_SEAM_MM / np.linalg.norm(step))
        sections = (
            ("septum", _domed(line[0], line[septum])),
            ("groove", np.vstack([line[septum], lip])),
            ("polished", np.vstack([lip, line[septum + 2 : boss + 1]])),
            ("titanium", line[boss : lid + 1]),
            ("groove", np.vstack([line[lid], seam])),
            ("titanium", np.vstack([seam, line[lid + 1 : rim + 1]])),
            ("groove", _weld(line[rim], line[rim + 1])),
            ("titanium", line[rim + 1 :]),
        )
        return Turned(sections, self.place([[0, 0, 0]])[0], self.facing.axes[2])

    def _access_port(self) -> Turned:
        """Small flanged boss on the shoulder, with a septum of its own."""
        low, wide = self.access_port_height_mm, ACCESS_PORT_RADIUS_MM
        top = low + 1.9
        sections = (
            ("septum", _domed(np.array([0.0, top]), np.array([0.6 * wide, top - 0.15]))),
            ("groove", np.array([(0.6 * wide, top - 0.15), (0.62 * wide, top + 0.25)])),
            (
                "polished",
                np.array(
                    [
                        (0.62 * wide, top + 0.25),
                        (0.90 * wide, top + 0.25),
                        (wide, top),
                        (wide, top - 1.0),
                        (1.32 * wide, top - 1.4),
                        (1.36 * wide, top - 1.7),
                        (1.36 * wide, low - 6.0),
                        (0.0, low - 6.0),
                    ]
                ),
            ),
        )
        root = self.on_clock(CONNECTOR_CLOCK_DEG, ACCESS_PORT_CENTRE_MM, 0.0)
        return Turned(sections, root, self.facing.axes[2])

    def _on_outlet(self, profile: Stretches) -> Turned:
        """Solid turned about the spoke the outlet points along."""
        root = self.connector_root()
        stretches: list[tuple[str, Floats]] = []
        for material, knots in profile:
            piece = np.array([(r, share * CONNECTOR_LENGTH_MM) for share, r in knots])
            start = stretches[-1][1][-1] if stretches else np.array([0.0, piece[0, 1]])
            stretches.append((material, np.vstack([start, piece])))
        # The profile runs from the tip of its axis outwards and back, hence the turn.
        turned = tuple((material, piece[::-1]) for material, piece in reversed(stretches))
        return Turned(turned, root, unit(self.connector_tip() - root))

    def _loop(self, clock_deg: float) -> Wire:
        """Staple of wire out of the rim, wide enough for a stitch."""
        radius, height = self.size.radius_mm, self.rim_height_mm
        places = ((-1.0, -1.2), (-0.97, 0.50), (-0.72, 0.92), (0.0, 1.0))
        half = [(span, reach) for span, reach in places]
        knots = half + [(-span, reach) for span, reach in half[-2::-1]]
        course = [
            self.on_clock(
                clock_deg + span * _LOOP_SPAN_DEG,
                radius + reach * (SUTURE_LOOP_REACH_MM - _WIRE_MM / 2),
                height,
            )
            for span, reach in knots
        ]
        return Wire(smooth(np.array(course), samples=4), _WIRE_MM, "polished")


def _domed(middle: Floats, edge: Floats) -> Floats:
    """Silicone bulging a little between the middle of the port and its ring."""
    share = np.linspace(0.0, 1.0, 9)
    fall = (edge[1] - middle[1]) * share**2
    return np.column_stack([edge[0] * share, middle[1] + fall])


def _weld(upper: Floats, lower: Floats) -> Floats:
    """Shallow groove between the two halves of the case."""
    middle, half, sunk = (upper + lower) / 2, _SEAM_MM / 2, np.array([0.25, 0.0])
    rise = np.array([0.0, half])
    return np.vstack([upper, middle + rise, middle - sunk, middle - rise, lower])
