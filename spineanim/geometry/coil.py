"""The spare length of catheter behind the pump: out of the connector, back, round, and away.

Planned for a pump on the patient's left, in pump points (right, up, outwards from the
back of the case; mm).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.params import Procedure
from spineanim.geometry.pump import CONNECTOR_CLOCK_DEG, PumpPose, on_clock

RING_SHARE: Final = 0.61
"""Radius of the coil as a share of the pump's [72; D]."""

_U_TURN_MM: Final = 9.0
_RING_WIDER_MM: Final = 3.0
_LEAVING_CLOCK_DEG: Final = 62.0
_DEEP_MM: Final = (-0.8, -2.4)
_GOING_PULL: Final = 1.3
_LEAVING_PULL: Final = 0.6
_HIGH_RADIUS_MM: Final = 64.0
_LOW_RADIUS_MM: Final = 38.0


def slack_coil(pose: PumpPose, end: Points3, end_way: Points3, plan: Procedure) -> Points3:
    """From the connector round behind the (left) pump to the start of the tunnel, (N, 3).

    Parameters
    ----------
    pose : PumpPose
    end, end_way : ndarray, shape (3,)
        Where the tunnel meets the pocket, and the unit direction onwards (patient axes).
    plan : Procedure
    """
    start = pose.local(pose.connector_end()[None])[0]
    ring_mm = RING_SHARE * pose.size.radius_mm
    u_turn, leg, heading = _way_back(float(np.hypot(*start[:2])), ring_mm)
    ring = _ring(heading, ring_mm, plan.coil_turns)
    back = _with_heights(u_turn, leg, float(start[2]))
    deep = np.linspace(*_DEEP_MM, len(ring))
    path = np.vstack([back, np.column_stack([ring, deep])[1:]])
    goal = pose.local(end[None])[0]
    way = pose.local((pose.back_centre + end_way)[None])[0]
    return pose.place(np.vstack([path[:-1], _leave(path[-2:], goal, way)]))


def _way_back(reach_mm: float, ring_mm: float) -> tuple[Points2, Points2, float]:
    """U-turn at the connector and the straight leg under the pump, on the face.

    Returns
    -------
    u_turn, leg : ndarray, shape (N, 2)
    heading_clock_deg : float
        Direction of the leg; it touches the ring there.
    """
    turned = np.pi - np.linspace(0.0, 0.5, 501)
    passes = reach_mm * np.sin(turned) + _U_TURN_MM * (1 - np.cos(turned))
    angle = float(np.interp(ring_mm, passes, turned))
    sweep = np.linspace(0.0, angle, 26)
    along = reach_mm + _U_TURN_MM * np.sin(sweep)
    aside = _U_TURN_MM * (1 - np.cos(sweep))
    heading = CONNECTOR_CLOCK_DEG - float(np.degrees(angle))
    out, left = on_clock(CONNECTOR_CLOCK_DEG, 1.0), on_clock(CONNECTOR_CLOCK_DEG - 90.0, 1.0)
    u_turn = along[:, None] * out + aside[:, None] * left
    run = float(np.sqrt(along[-1] ** 2 + aside[-1] ** 2 - ring_mm**2))
    leg = u_turn[-1] + np.linspace(0.0, run, 40)[:, None] * on_clock(heading, 1.0)
    return u_turn, leg, heading


def _ring(heading_clock_deg: float, ring_mm: float, turns: float) -> Points2:
    """Whole turns behind the pump, against the clock, up to where the tunnel leaves, (N, 2)."""
    first = heading_clock_deg + 90.0
    rest = (first - (_LEAVING_CLOCK_DEG + 90.0)) % 360.0
    sweep = rest + 360.0 * max(round(turns - rest / 360.0), 0)
    share = np.linspace(0.0, 1.0, max(int(sweep / 4), 8))
    clocks = np.radians(first - sweep * share)
    radii = ring_mm + _RING_WIDER_MM * _ease(share)
    return radii[:, None] * np.column_stack([np.sin(clocks), np.cos(clocks)])


def _with_heights(u_turn: Points2, leg: Points2, start_mm: float) -> Points3:
    """Let the leg go down under the pump's edge, (N, 3)."""
    radii = np.hypot(leg[:, 0], leg[:, 1])
    share = np.clip((_HIGH_RADIUS_MM - radii) / (_HIGH_RADIUS_MM - _LOW_RADIUS_MM), 0.0, 1.0)
    inside = np.maximum.accumulate(share)
    heights = start_mm + (_DEEP_MM[0] - start_mm) * _ease(inside)
    level = np.full((len(u_turn), 1), start_mm)
    return np.vstack([np.hstack([u_turn, level]), np.column_stack([leg, heights])[1:]])


def _leave(last: Points3, goal: Points3, way: Points3) -> Points3:
    """From the ring straight away behind the pump, then up into the tunnel, (N, 3)."""
    start, ahead = last[1], last[1] - last[0]
    gap = float(np.linalg.norm(goal - start))
    return curves.hermite(
        start, ahead / np.linalg.norm(ahead) * gap * _GOING_PULL, goal, way * gap * _LEAVING_PULL
    )


def _ease(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth step from 0 to 1."""
    eased: NDArray[np.float64] = share * share * (3 - 2 * share)
    return eased
