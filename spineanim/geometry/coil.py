"""The spare length of catheter behind the pump: out of the connector, back, round, and away.

Planned for a pump on the patient's left, in pump points (right, up, outwards from the
back of the case; mm).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.params import Procedure
from spineanim.geometry.pump import CONNECTOR_CLOCK_DEG, PumpPose, on_clock

RING_SHARE: Final = 0.61
"""Radius of the coil as a share of the pump's [72; D]."""

_RING_WIDER_MM: Final = 3.0  # from the first turn to the last, so that they lie side by side
_RING_HEIGHT_MM: Final = (-0.8, -2.4)
_U_TURN_MM: Final = 9.0  # as tight as a catheter of 1.2 mm takes without a kink M

# The leg comes down to the floor of the pocket between these distances from the axis D
_HIGH_RADIUS_MM: Final = 64.0
_LOW_RADIUS_MM: Final = 38.0

# The way out: direction off the ring, and how strongly each end keeps its direction D
_LEAVING_CLOCK_DEG: Final = 62.0
_GOING_PULL: Final = 1.3
_LEAVING_PULL: Final = 0.6


def slack_coil(pose: PumpPose, tunnel: Points3, plan: Procedure) -> Points3:
    """From the connector round behind the (left) pump to the start of the tunnel, (N, 3).

    A tight U-turn just beyond the connector leads back under the pump; but for it and the
    way out to the tunnel everything lies inside the pump's disc, deep to the case.

    Parameters
    ----------
    pose : PumpPose
    tunnel : ndarray, shape (M, 3)
        The tunnel, from the pocket's edge on (patient axes).
    plan : Procedure
        Gives about how many turns are laid; whole ones are added to what must be.
    """
    start = pose.local(pose.connector_end()[None])[0]
    ring_mm = RING_SHARE * pose.size.radius_mm
    u_turn, leg, heading = _way_back(float(np.hypot(*start[:2])), ring_mm)
    ring = _ring(heading, ring_mm, plan.coil_turns)
    back = _with_heights(u_turn, leg, float(start[2]))
    deep = np.linspace(*_RING_HEIGHT_MM, len(ring))
    path = np.vstack([back, np.column_stack([ring, deep])[1:]])
    return pose.place(np.vstack([path[:-1], _leave(path[-2:], pose.local(tunnel[:3]))]))


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
    radii = ring_mm + _RING_WIDER_MM * curves.ease(share)
    ring: Points2 = radii[:, None] * np.column_stack([np.sin(clocks), np.cos(clocks)])
    return ring


def _with_heights(u_turn: Points2, leg: Points2, start_mm: float) -> Points3:
    """Let the leg go down under the pump's edge, (N, 3)."""
    radii = np.hypot(leg[:, 0], leg[:, 1])
    share = np.clip((_HIGH_RADIUS_MM - radii) / (_HIGH_RADIUS_MM - _LOW_RADIUS_MM), 0.0, 1.0)
    inside = np.maximum.accumulate(share)
    heights = start_mm + (_RING_HEIGHT_MM[0] - start_mm) * curves.ease(inside)
    level = np.full((len(u_turn), 1), start_mm)
    return np.vstack([np.hstack([u_turn, level]), np.column_stack([leg, heights])[1:]])


def _leave(last: Points3, tunnel: Points3) -> Points3:
    """From the ring straight away behind the pump into the tunnel, (N, 3)."""
    ahead, onwards = last[1] - last[0], tunnel[-1] - tunnel[0]
    gap = float(np.linalg.norm(tunnel[0] - last[1]))
    first = ahead / np.linalg.norm(ahead) * gap * _GOING_PULL
    then = onwards / np.linalg.norm(onwards) * gap * _LEAVING_PULL
    return curves.hermite(last[1], first, tunnel[0], then)
