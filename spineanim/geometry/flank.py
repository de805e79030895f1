"""From the back cut round the flank: the passer's course, the tunnel, the strain-relief loop.

Everything lies in the fat between skin and muscle fascia. The passer is a stiff rod, so
its course is the least bent one that the fat allows; the catheter stays in its tunnel.
Planned for an implant on the patient's left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import curves, wall
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.pump import PumpPose, on_clock
from spineanim.geometry.torso import Torso

# Where the tunnel meets the pocket: on its edge towards the flank, a little below the middle D
_POCKET_CLOCK_DEG: Final = 95.0
_POCKET_RADII: Final = 1.25
_POCKET_HEIGHT_MM: Final = 0.0

# Midway between the lowest ribs and the iliac crest on the flank [74, 75]
_FLANK_Z_MM: Final = 82.0
_FLANK_SHARE: Final = 0.58
_BELOW_ANCHOR_MM: Final = 1.0

_LEAST_DEPTH_MM: Final = 3.2  # skin, and half the rod
_OVER_FASCIA_MM: Final = 0.9
_LOOP_SHARE: Final = 0.215
_LOOP_DEPTH_MM: Final = 3.0
_LOOP_OVER_FASCIA_MM: Final = 0.8
_LEAD_OUT: Final = 1.2
_LEAD_IN: Final = 1.1
_INNER_SHARE: Final = 0.8
_CREST_X_MM: Final = 100.0
_OVER_CREST_Z_MM: Final = 64.0
_LEAST_LIFT_MM: Final = 9.0
_SAMPLES: Final = 61
_HANDLES: Final = 14
_START_DEPTH_MM: Final = 5.0
_LOOP_DEPTH_MOST_MM: Final = 8.0
_ROUNDS: Final = 4
_EVENING: Final = 12


@dataclass(frozen=True)
class Flank:
    """Rod and catheter between the back cut and the pocket (mm, patient's left).

    Parameters
    ----------
    passer : ndarray, shape (N, 3)
        The rod, from the back cut to the edge of the pocket.
    tunnel : ndarray, shape (M, 3)
        The catheter in the rod's tunnel, from the pocket to the loop.
    loop : ndarray, shape (K, 3)
        The strain-relief loop, from the tunnel to the anchor.
    """

    passer: Points3
    tunnel: Points3
    loop: Points3


def plan_flank(
    torso: Torso, pose: PumpPose, anchor: Points3, inward: Points3, radius_mm: float
) -> Flank:
    """Plan the way under the skin.

    Parameters
    ----------
    torso : Torso
    pose : PumpPose
        The pump on the patient's left.
    anchor, inward : ndarray, shape (3,)
        The anchor on the fascia, and the unit direction of the catheter onwards from it.
    radius_mm : float
        Radius of the strain-relief loop.
    """
    passer = _course(torso, pose, max(float(anchor[2]) - 1.0, 30.0))
    along = curves.distances(passer)
    leave = int(np.argmax(along >= _LOOP_SHARE * along[-1]))
    loop = _loop(torso, passer[leave:], anchor, inward, radius_mm)
    return Flank(passer, passer[leave:][::-1], loop[::-1])


# ------------------------------------------------------------------------------ the rod
def _course(torso: Torso, pose: PumpPose, start_z_mm: float) -> Points3:
    """Return the rod's way from the midline of the back to the pocket, (N, 3).

    Seen from the side it is one even arc, so its height follows from how far forward it
    has come; both are found together, in a few rounds.
    """
    end_turn, end_z, end_depth = _pocket_edge(torso, pose)
    shares = np.linspace(0.0, 1.0, _SAMPLES)
    start = torso.skin_at(start_z_mm, 180.0)
    end = torso.skin_at(end_z, end_turn, end_depth)
    turns = np.linspace(180.0, end_turn, _SAMPLES)
    way = torso.skin_points(np.linspace(start_z_mm, end_z, _SAMPLES), turns, 8.0)
    lift = 0.0
    for _ in range(_ROUNDS):
        along = curves.distances(way)
        turns = np.interp(shares * along[-1], along, turns)
        forward = curves.resample(way, _SAMPLES)[:, 1]
        u = np.clip((start[1] - forward) / (start[1] - forward[-1]), 0.0, 1.0)
        straight = start_z_mm + (end_z - start_z_mm) * u
        x = curves.resample(way, _SAMPLES)[:, 0]
        rising = slice(0, int(np.argmax(x)) + 1)
        over = float(np.interp(_CREST_X_MM, x[rising], u[rising]))
        level = start_z_mm + (end_z - start_z_mm) * over
        lift = max(_LEAST_LIFT_MM, (_OVER_CREST_Z_MM - level) / (4 * over * (1 - over)))
        way = _least_bent(torso, turns, straight + 4 * lift * u * (1 - u), end_depth)
    return curves.resample(curves.smooth(way, samples=10), 160)


def _pocket_edge(torso: Torso, pose: PumpPose) -> tuple[float, float, float]:
    """Azimuth (degrees), height and depth (mm) where the tunnel meets the pocket."""
    radius = _POCKET_RADII * pose.size.radius_mm
    edge = pose.place([[*on_clock(_POCKET_CLOCK_DEG, radius), _POCKET_HEIGHT_MM]])[0]
    depth, z = torso.depth_of(edge), float(edge[2])
    turns = np.linspace(40.0, 90.0, 501)
    gaps = np.linalg.norm(torso.skin_points(z, turns, depth) - edge, axis=1)
    return float(turns[int(np.argmin(gaps))]), z, depth


def _least_bent(
    torso: Torso, turns: NDArray[np.float64], z: NDArray[np.float64], end_depth_mm: float
) -> Points3:
    """Choose the depths under the skin points (azimuth, height) that bend the way least.

    The depth is a cubic spline; its coefficients stay within the fat. Bends that stay
    sharper than the mean are weighed more from round to round.
    """
    from scipy.interpolate import BSpline
    from scipy.optimize import lsq_linear

    skin = torso.skin_points(z, turns)
    inward = torso.skin_points(z, turns, 1.0) - skin
    knots = np.r_[[0.0] * 3, np.linspace(0.0, 1.0, _HANDLES - 2), [1.0] * 3]
    shares = np.linspace(0.0, 1.0, len(z))
    basis = BSpline.design_matrix(shares, knots, 3).toarray()
    centres = np.interp(np.convolve(knots, np.ones(3) / 3)[3:-3], shares, turns)
    low = np.full(_HANDLES, _LEAST_DEPTH_MM)
    high = np.array([wall.fascia_depth_mm(turn) - _OVER_FASCIA_MM for turn in centres])
    low[0], high[:2] = 0.0, _START_DEPTH_MM
    low[-1], high[-3:] = end_depth_mm, end_depth_mm + 0.1
    high[2 : _HANDLES // 3] = _LOOP_DEPTH_MOST_MM
    bend = np.diff(np.eye(len(z)), 2, axis=0)
    rows = np.vstack([(bend * inward[:, axis]) @ basis for axis in range(3)])
    fixed = -np.concatenate([bend @ skin[:, axis] for axis in range(3)])
    weights = np.ones(len(bend))
    for _ in range(_EVENING):
        scale = np.tile(weights, 3)
        found = lsq_linear(rows * scale[:, None], fixed * scale, bounds=(low, high)).x
        bends = np.linalg.norm((rows @ found - fixed).reshape(3, -1), axis=0)
        weights *= np.sqrt(bends / bends.mean() + 0.05)
    way: Points3 = skin + inward * (basis @ found)[:, None]
    return way


# ----------------------------------------------------------------------------- the loop
def _loop(torso: Torso, way: Points3, anchor: Points3, inward: Points3, radius: float) -> Points3:
    """One turn that stands in the fat, from the anchor to the start of the tunnel `way`.

    The turn is tilted as far as the fat allows, its outer side deep, so that it reads as
    a loop from the side as well. It begins a little inside itself, so that the way in
    crosses under it at a clear angle.
    """
    start = way[0]
    ahead = (way[3] - start) / np.linalg.norm(way[3] - start)
    azimuth = torso.azimuth_of(start)
    outward = _outward(torso, start)
    outward -= (outward @ ahead) * ahead
    outward /= np.linalg.norm(outward)
    up = np.cross(outward, ahead)
    down = -up * np.sign(up[2])
    axes = np.array([ahead, down, -outward])
    fascia = wall.fascia_depth_mm(azimuth) - _LOOP_OVER_FASCIA_MM
    rise, middle = (fascia - _LOOP_DEPTH_MM) / 2, (fascia + _LOOP_DEPTH_MM) / 2
    from_anchor = axes @ (anchor - start)
    first = _touch_rad(from_anchor[:2], radius)
    turn = np.linspace(first, 1.5 * np.pi, 90)
    turned = np.clip((turn - first) / np.pi, 0.0, 1.0)
    reach = radius * (_INNER_SHARE + (1 - _INNER_SHARE) * _ease(turned))
    leaving = _ease(np.clip(turn / (0.5 * np.pi) - 2.0, 0.0, 1.0))
    deep = middle - torso.depth_of(start) + rise * np.cos(turn) * reach / radius
    deep = np.where(turn > np.pi, _at_side(deep, turn) * (1 - leaving), deep)
    flat = np.sqrt(1 - (rise / radius) ** 2)
    ring = np.column_stack([flat * reach * np.cos(turn), radius + reach * np.sin(turn), deep])
    lead = _lead(from_anchor, -(axes @ inward), ring[0], ring[1] - ring[0])
    placed: Points3 = start + np.vstack([lead, ring]) @ axes
    return placed


def _at_side(deep: NDArray[np.float64], turn: NDArray[np.float64]) -> float:
    """Depth where the turn passes its inner side for the last time."""
    return float(np.interp(np.pi, turn, deep))


def _outward(torso: Torso, point: Points3) -> Points3:
    """Unit normal of the skin over a point of the back."""
    z, turn = float(point[2]), torso.azimuth_of(point)
    rise = torso.skin_at(z + 12.0, turn) - torso.skin_at(z - 12.0, turn)
    run = torso.skin_at(z, turn + 4.0) - torso.skin_at(z, turn - 4.0)
    normal = np.cross(run, rise)
    unit: Points3 = normal / np.linalg.norm(normal)
    return unit


def _touch_rad(from_anchor: Points2, radius: float) -> float:
    """Angle at which a straight way from the anchor would touch the beginning turn."""
    away = np.array([0.0, radius]) - from_anchor
    gap = float(np.hypot(*away))
    heading = np.arctan2(away[1], away[0]) - np.arcsin(min(_INNER_SHARE * radius / gap, 0.95))
    return float(heading - np.pi / 2)


def _lead(start: Points3, way: Points3, end: Points3, end_way: Points3) -> Points3:
    """Cubic way (N, 3) from the anchor into the turn; its last point is left out."""
    size = float(np.linalg.norm(end - start))
    first = way * size * _LEAD_OUT
    last = end_way / np.linalg.norm(end_way) * size * _LEAD_IN
    return curves.hermite(start, first, end, last)[:-1]


def _ease(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth step from 0 to 1."""
    eased: NDArray[np.float64] = share * share * (3 - 2 * share)
    return eased
