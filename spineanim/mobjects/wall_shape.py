"""How the abdominal wall moves while the pump is put in: heights of its layers, as numbers.

Section axes: along the skin (mm from the middle of the pocket, cranial to the right as seen from
the patient's left with the skin on top), and height over the undisturbed skin (mm). The incision
stands at the cranial end of the pocket. *Flap* is the skin and fat over the pocket, *lip* the
skin and fat beyond the incision, *bed* the fascia and all that lies under it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import cos, radians, tan

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import ConvexHull

from spineanim.geometry import wall as wall_numbers
from spineanim.geometry.axes import Points2
from spineanim.geometry.params import CATHETER, PumpSize
from spineanim.geometry.pump import SUTURE_LOOP_REACH_MM, edge_profile
from spineanim.picture.image import smoothstep

Heights = NDArray[np.float64]

COIL_DRAWN_MM = 1.8 * CATHETER.outer_diameter_mm
"""Outer diameter the coiled catheter is drawn with, a little larger than life so that it reads."""

COIL_GAP_MM = COIL_DRAWN_MM + 0.3
"""The pump rests on the coiled catheter, not on the bare fascia [72: slack lies behind it]."""

_STEP_MM = 0.5
_SLIT_LEAN_MM = 3.0
_SLIT_GAP_MM = 3.6
_CLEAR_MM = 0.6
_DRAPE_SLOPE = 0.9
_ENTRY_DEG = 18.0
_LIP_PRESS_MM = 15.0
_BED_PRESS_MM = 4.0
_LIP_SHIFT_MM = 2.5
_BED_ROOM_MM = 6.0

# The model's pocket gains 38 % of its room from the muscle. Drawn flat and cut sharply that looks
# like a table top on a trough, so the skin is drawn as one dome over a shallow bowl.
_DENT_SHARE = 0.22
_BOWL = (1.40, 0.60)
_DOME_REACH, _ROOF_REACH = 1.42, 1.35
_DOME_POWERS = (2.6, 1.8)
_THIN_FAT_MM = 5.0
_TUG_MM, _TUG_REACH_MM = 2.6, 3.2

_BED_KEYS = ("pocket_floor", *(each for each, _ in wall_numbers.DEEP_LAYERS_MM), "inside")


@dataclass(frozen=True)
class WallState:
    """How far each step of the operation has gone, 0 to 1 each."""

    incision: float = 0.0
    pocket: float = 0.0
    pump_in: float = 0.0
    sutures: float = 0.0
    closed: float = 0.0

    def __post_init__(self) -> None:
        """Keep every share between 0 and 1."""
        for each in fields(self):
            share = float(np.clip(getattr(self, each.name), 0.0, 1.0))
            object.__setattr__(self, each.name, share)


@dataclass(frozen=True)
class PumpPlace:
    """Middle of the pump's case (mm), and how far its cranial end is tipped up (degrees)."""

    along_mm: float
    height_mm: float
    tipped_deg: float

    def carry(self, points_mm: Points2) -> Points2:
        """Return points (N, 2) given from the middle of the level pump, where they are now."""
        turn = radians(self.tipped_deg)
        axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        moved: Points2 = points_mm @ axes + np.array([self.along_mm, self.height_mm])
        return moved


@dataclass(frozen=True)
class Profile:
    """Heights of all layers in one state, each ``(K,)`` at ``along`` (mm).

    Attributes
    ----------
    flap, lip
        Surface, underside of the skin and underside of the fat, ``(3, K)``.
    bed
        Top of the fascia, the three muscles and the lining, and the inside, ``(6, K)``.
    flap_face, lip_face
        The two faces of the incision from the skin down, ``(N, 2)``.
    lip_shift_mm
        How far the lip is drawn aside.
    gap_mm
        Width of the incision at the skin.
    """

    along: Heights
    flap: Heights
    lip: Heights
    bed: Heights
    flap_face: Points2
    lip_face: Points2
    lip_shift_mm: float
    gap_mm: float
    pump: PumpPlace

    def at(self, heights: Heights, along_mm: float) -> float:
        """Height of a layer at a place (mm)."""
        return float(np.interp(along_mm, self.along, heights))


def pump_outline(device: PumpSize, *, loops: bool) -> Points2:
    """Convex outline of the case from the side about its middle, (N, 2) in mm.

    Parameters
    ----------
    device
        The pump.
    loops
        Whether the suture loops at its ends lie within the outline.
    """
    half = edge_profile(device) - np.array([0.0, device.thickness_mm / 2])
    if loops:
        reach = device.radius_mm + SUTURE_LOOP_REACH_MM
        half = np.vstack([half, [(reach, -1.0), (reach, 1.0)]])
    points = np.vstack([half, half * np.array([-1.0, 1.0])])
    outline: Points2 = points[ConvexHull(points).vertices]
    return outline


class WallShape:
    """The wall in every state.

    Parameters
    ----------
    wall
        Thicknesses and pocket; its own opening is ignored.
    device
        The pump.
    span_mm
        Stretch of the skin that is seen.
    """

    def __init__(
        self, wall: wall_numbers.WallSection, device: PumpSize, span_mm: tuple[float, float]
    ) -> None:
        self.wall = replace(wall, pump=device, half_width_mm=max(wall.half_width_mm, 110.0))
        self.device = device
        count = int(np.ceil((span_mm[1] - span_mm[0]) / _STEP_MM)) + 1
        self.along = np.linspace(span_mm[0], span_mm[1], count)
        self.outline = pump_outline(device, loops=True)
        self.case = pump_outline(device, loops=False)
        self.bite_mm = device.radius_mm + 2.6
        ends = self.wall.pocket()[:, 0]
        self.pocket_reach_mm = float(ends.max())
        self.slit_bottom_mm = self.pocket_reach_mm - 4.0
        self.slit_top_mm = self.slit_bottom_mm + _SLIT_LEAN_MM
        self.rest = {
            name: np.interp(self.along, curve[:, 0], curve[:, 1])
            for name, curve in replace(self.wall, opening=0.0).boundaries().items()
        }
        self.seated = self._opened()
        self.mouth_mm = (
            _BED_ROOM_MM - self.wall.procedure.pocket_depth_mm - _BED_PRESS_MM
            + device.thickness_mm / 2 / cos(radians(_ENTRY_DEG))
        )  # fmt: skip
        self.mouth_top_mm = self.mouth_mm + device.thickness_mm / 2 + 2.5
        self._path = self._entry()

    # -- numbers of the wall -----------------------------------------------------------------

    def _opened(self) -> dict[str, Heights]:
        """Return the heights of all boundaries of a pocket wide enough for the pump, by name."""
        away, radius = np.abs(self.along), self.device.radius_mm
        dent = _DENT_SHARE * self.device.thickness_mm * wall_numbers.swell(away, radius, *_BOWL)
        rise = (1.0 - _DENT_SHARE) * self.device.thickness_mm
        heights = {
            name: self.rest[name] - give * dent
            for name, give in zip(_BED_KEYS, wall_numbers.give_shares(), strict=True)
        }
        heights |= {name: self.rest[name] + rise * self.dome for name in ("skin", "fat")}
        roof = self.rest["pocket_roof"] + rise * _dome(away / (_ROOF_REACH * radius))
        return heights | {"pocket_roof": np.maximum(roof, heights["pocket_floor"])}

    @property
    def dome(self) -> Heights:
        """How the skin bulges over the pump, 1 in the middle and 0 beside it, ``(K,)``."""
        return _dome(np.abs(self.along) / (_DOME_REACH * self.device.radius_mm))

    def _between(self, opening: float) -> dict[str, Heights]:
        """Return the boundaries at an opening; they move in proportion to it."""
        return {name: low + (self.seated[name] - low) * opening for name, low in self.rest.items()}

    # -- the pump's way ----------------------------------------------------------------------

    def _entry(self) -> PchipInterpolator:
        """Return the pump's middle and tilt as a smooth function of its way, 0 to 1."""
        half, thick = self.device.radius_mm, self.device.thickness_mm
        slope = tan(radians(_ENTRY_DEG))
        end = float(np.interp(0.0, self.along, self.seated["pocket_floor"]))
        seat = end + COIL_GAP_MM + thick / 2
        start = self.along[-1] + half + SUTURE_LOOP_REACH_MM + 3.0
        turn = self.slit_bottom_mm - 0.48 * half

        def axis(place: float) -> float:
            return self.mouth_mm + (place - self.slit_bottom_mm) * slope

        keys = np.array(
            [
                (start, axis(start), _ENTRY_DEG),
                (turn, axis(turn), _ENTRY_DEG),
                (0.42 * turn, 0.32 * axis(turn) + 0.68 * seat, 0.52 * _ENTRY_DEG),
                (0.0, seat, 0.0),
            ]
        )
        return PchipInterpolator([0.0, 0.60, 0.80, 1.0], keys)

    def place_of_pump(self, pump_in: float) -> PumpPlace:
        """Return where the pump is; at 0 it is still outside the picture."""
        way = float(np.clip((pump_in - 0.10) / 0.90, 0.0, 1.0))
        along, height, tipped = (float(value) for value in self._path(way))
        return PumpPlace(along, height, tipped)

    def _sides(self, place: PumpPlace) -> tuple[Heights, Heights]:
        """Return the upper and lower edge of the pump, ``(K,)``; nan where it is not."""
        ring = place.carry(self.outline)
        ring = np.roll(ring, -int(ring[:, 0].argmin()), axis=0)
        far = int(ring[:, 0].argmax())
        first, second = ring[: far + 1], np.vstack([ring[far:], ring[:1]])[::-1]
        chains = [
            np.interp(self.along, chain[:, 0], chain[:, 1], left=np.nan, right=np.nan)
            for chain in (first, second)
        ]
        return np.fmax(*chains), np.fmin(*chains)

    def _draped(self, edge: Heights, reach_mm: float) -> Heights:
        """Return how tissue hangs over an edge known only where the pump is; -inf without one."""
        known = np.isfinite(edge) & (self.along <= reach_mm)
        if not known.any():
            return np.full(len(self.along), -np.inf)
        away = np.abs(self.along[:, None] - self.along[known][None, :])
        hung: Heights = np.max(edge[known][None, :] - _DRAPE_SLOPE * away, axis=1)
        return hung

    # -- the whole wall ----------------------------------------------------------------------

    def mouth(self, pump_in: float) -> float:
        """Return how far the incision is held open for the pump, 0 to 1."""
        return float(smoothstep(np.array(pump_in), 0.0, 0.24)) * float(
            smoothstep(np.array(pump_in), 0.98, 0.70)
        )

    def profile(self, state: WallState) -> Profile:
        """Return the heights of all layers in a state."""
        edges = self._between(state.pocket)
        place, open_ = self.place_of_pump(state.pump_in), self.mouth(state.pump_in)
        upper, lower = self._sides(place)
        bed = self._bed(edges, lower, open_) + self._tug(state.sutures)
        tail = float(place.carry(self.outline)[:, 0].max())
        flap = self._flap(edges, upper, bed[0], open_, tail)
        lip = self._lip(edges, flap, bed[0], lower, open_, tail)
        gap = self._gap(state)
        shift = _LIP_SHIFT_MM * open_
        return Profile(
            self.along, flap, lip, bed,
            self._face(flap, -gap / 2, 0.0),
            self._face(lip, gap / 2, shift),
            shift, float(gap[0]), place,
        )  # fmt: skip

    def _bed(self, edges: dict[str, Heights], lower: Heights, open_: float) -> Heights:
        """Return the heights of the bed, pressed in where the pump needs room, ``(6, K)``."""
        heights = np.stack([edges[key] for key in _BED_KEYS])
        off = (self.along - self.slit_bottom_mm) / 17.0
        press = _BED_PRESS_MM * open_ * np.exp(-(off**2))
        floor = heights[0] - press
        under = -self._draped(-lower, self.slit_bottom_mm) - _CLEAR_MM
        press = press + _soft_over(floor - under)
        press = gaussian_filter1d(press, 2.0 / _STEP_MM, mode="nearest")
        return np.asarray(heights - wall_numbers.give_shares()[:, None] * press, np.float64)

    def _tug(self, sutures: float) -> Heights:
        """Return how far tied stitches draw the bed up towards the pump's loops, ``(6, K)``."""
        tied = np.clip([2.0 * sutures - 0.4, 2.0 * sutures - 1.4], 0.0, 0.6) / 0.6
        off = (self.along - np.array([[-self.bite_mm], [self.bite_mm]])) / _TUG_REACH_MM
        drawn = _TUG_MM * smoothstep(tied, 0.0, 1.0) @ np.exp(-(off**2))
        # Only the fascia is held; what lies under it follows less and less.
        return np.asarray(wall_numbers.give_shares()[:, None] ** 2.5 * drawn, np.float64)

    def _flap(
        self,
        edges: dict[str, Heights],
        upper: Heights,
        floor: Heights,
        open_: float,
        tail_mm: float,
    ) -> Heights:
        """Return surface, underside of skin and roof of the pocket, ``(3, K)``."""
        roof = np.maximum(edges["pocket_roof"], floor)
        near = smoothstep(self.along, self.slit_bottom_mm - 50.0, self.slit_bottom_mm + 6.0)
        middle = float(np.interp(0.0, self.along, self.seated["pocket_roof"]))
        wide = smoothstep(self.along, self.slit_bottom_mm - 72.0, self.slit_bottom_mm - 28.0)
        raised = open_ * np.maximum(middle + (self.mouth_top_mm - middle) * near - roof, 0.0) * wide
        lift = raised + _soft_over(
            self._draped(upper, self.slit_bottom_mm) + _CLEAR_MM - (roof + raised)
        )
        lift = gaussian_filter1d(lift, 1.2 / _STEP_MM, mode="nearest")
        # Behind the pump the roof comes down onto the fascia again.
        passed = 1.0 - smoothstep(np.array(tail_mm - self.slit_bottom_mm), -8.5, -4.5)
        lift *= 1.0 - passed * smoothstep(self.along - self.slit_bottom_mm, -7.0, 0.0)
        # Its edge is held up by hand, so the fat there gives a little.
        give = 1.0 - 0.25 * open_ * near
        full = (edges["skin"] - edges["pocket_roof"]) * give + roof + lift - edges["skin"]
        under = self.along <= self.slit_top_mm
        held = edges["skin"] + _free_blur(full, under, 5.0 / _STEP_MM)
        # Nobody holds it: skin and fat lie over the pump as one dome, the fat thinner aside.
        risen = float(np.interp(0.0, self.along, held)) * self.dome
        skin = held + (risen - held) * (1.0 - open_)
        thin = roof + lift + wall_numbers.SKIN_MM + _THIN_FAT_MM - skin
        skin = skin + np.where(thin < 1.0, np.clip(thin + 1.0, 0.0, None) ** 2 / 4.0, thin)
        return np.stack([skin, skin - wall_numbers.SKIN_MM, roof + lift])

    def _lip(
        self,
        edges: dict[str, Heights],
        flap: Heights,
        floor: Heights,
        lower: Heights,
        open_: float,
        tail_mm: float,
    ) -> Heights:
        """Return surface, underside of skin and underside of fat beyond the incision, (3, K)."""
        beyond = np.clip(self.along - self.slit_top_mm, 0.0, None)
        at_slit = float(np.interp(self.slit_top_mm, self.along, flap[0] - edges["skin"]))
        joined = at_slit * np.exp(-beyond / 7.0) * (1.0 - open_) ** 2
        press = open_ * _LIP_PRESS_MM * np.exp(-((beyond / 24.0) ** 1.4))
        skin = edges["skin"] + joined - press
        beside = np.where(self.along > self.slit_top_mm, -lower, np.nan)
        over = skin + self._draped(beside, self.along[-1]) + _CLEAR_MM
        # Once its end slips through the incision the pump no longer holds the lip down.
        held = float(smoothstep(np.array(tail_mm - self.slit_top_mm), 0.0, 8.0))
        pushed = gaussian_filter1d(_soft_over(over), 1.5 / _STEP_MM, mode="nearest")
        skin = skin - held * pushed
        skin = np.maximum(skin, floor + wall_numbers.SKIN_MM + 1.5)
        return np.stack([skin, skin - wall_numbers.SKIN_MM, floor])

    def _gap(self, state: WallState) -> Heights:
        """Return the width of the incision from the skin down to the fascia, ``(N,)``."""
        depth = np.linspace(0.0, 1.0, 25)
        reach = max(1.06 * state.incision, 1e-6)
        # Narrow at its end, and the lips of the skin part a little.
        wedge = np.clip(1.0 - (depth / reach) ** 1.4, 0.0, 1.0)
        wedge = 0.72 * wedge + 0.28 * np.exp(-((depth / 0.13) ** 2)) * (wedge > 0.0)
        return _SLIT_GAP_MM * min(state.incision * 2.5, 1.0) * wedge * (1.0 - state.closed)

    def _face(self, heights: Heights, beside: Heights | float, shift: float) -> Points2:
        """Return a face of the incision from the skin down, ``(N, 2)``."""
        depth = np.linspace(0.0, 1.0, 25)
        lean = depth**1.3
        place = self.slit_top_mm + (self.slit_bottom_mm - self.slit_top_mm) * lean
        now = place + beside + shift
        top, bottom = (np.interp(now, self.along, heights[row]) for row in (0, 2))
        return np.column_stack([now, top + (bottom - top) * depth])


def _dome(away: Heights) -> Heights:
    """Return a rise without a corner: 1 at 0, 0 from 1 on."""
    full, foot = _DOME_POWERS
    return np.asarray((1.0 - np.clip(away, 0.0, 1.0) ** full) ** foot, np.float64)


def _soft_over(excess: Heights) -> Heights:
    """Return the positive part of a length in mm, rounded off near 0."""
    safe = np.clip(excess, -60.0, 60.0)
    return np.where(safe > -59.0, 0.5 * (safe + np.sqrt(safe**2 + 1.0)) - 0.0042, 0.0).clip(0.0)


def _free_blur(values: Heights, inside: NDArray[np.bool_], sigma: float) -> Heights:
    """Blur values as if nothing lay outside; beyond the inside they go on as at its end."""
    weight = gaussian_filter1d(inside.astype(np.float64), sigma, mode="nearest")
    total = gaussian_filter1d(np.where(inside, values, 0.0), sigma, mode="nearest")
    soft = total / np.maximum(weight, 1e-9)
    last = int(np.flatnonzero(inside)[-1])
    soft[last + 1 :] = soft[last]
    return np.asarray(soft, np.float64)
