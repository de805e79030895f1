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

# Where the tunnel meets the pocket: at its edge towards the flank, level with the back of
# the pump [72; D]
_POCKET_CLOCK_DEG: Final = 95.0
_POCKET_RADII: Final = 1.25
_POCKET_HEIGHT_MM: Final = 0.0

# The rod: from the back cut beside the anchor, over the iliac crest (52 mm high) and below
# the lowest ribs [74, 75; D]
_BELOW_ANCHOR_MM: Final = 1.0
_LOWEST_START_MM: Final = 34.0
_CREST_X_MM: Final = 100.0
_OVER_CREST_Z_MM: Final = 63.5
_LEAST_LIFT_MM: Final = 9.0

# Room of the rod in the fat: under the skin, over the fascia, in the open wound of the back
_UNDER_SKIN_MM: Final = 4.3
_OVER_FASCIA_MM: Final = 0.9
_IN_WOUND_MM: Final = 5.0
_BACK_DEPTH_MM: Final = 8.0

# Sampling of the rod's course: points, spline coefficients, rounds of height and of depth
_SAMPLES: Final = 61
_HANDLES: Final = 14
_ROUNDS: Final = 4
_EVENING: Final = 12

# The loop: where along the rod it is left, its room in the fat, its first radius as a share
# of its last, and how strongly the way in keeps its direction at each end [74; D]
_LOOP_SHARE: Final = 0.215
_LOOP_UNDER_SKIN_MM: Final = 3.0
_LOOP_OVER_FASCIA_MM: Final = 0.8
_INNER_SHARE: Final = 0.8
_LEAD_OUT: Final = 1.35
_LEAD_IN: Final = 1.0


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


def plan_flank(torso: Torso, pose: PumpPose, entry: Points3, radius_mm: float) -> Flank:
    """Plan the way under the skin.

    Parameters
    ----------
    torso : Torso
    pose : PumpPose
        The pump on the patient's left.
    entry : ndarray, shape (N, 3)
        The catheter's way in, from the anchor on the fascia towards the dura.
    radius_mm : float
        Radius of the strain-relief loop.
    """
    passer = _course(torso, pose, max(float(entry[0, 2]) - _BELOW_ANCHOR_MM, _LOWEST_START_MM))
    along = curves.distances(passer)
    tunnel = passer[int(np.argmax(along >= _LOOP_SHARE * along[-1])) :]
    return Flank(passer, tunnel[::-1], _loop(torso, tunnel, entry, radius_mm)[::-1])


# ------------------------------------------------------------------------------ the rod
def _course(torso: Torso, pose: PumpPose, start_z_mm: float) -> Points3:
    """Return the rod's way from the midline of the back to the pocket, (N, 3).

    Seen from the side it is one even arc, so its height follows from how far forward it
    has come; both are found together, in a few rounds.
    """
    end_turn, end_z, end_depth = _pocket_edge(torso, pose)
    turns = np.linspace(180.0, end_turn, _SAMPLES)
    way = torso.skin_points(np.linspace(start_z_mm, end_z, _SAMPLES), turns, _BACK_DEPTH_MM)
    for _ in range(_ROUNDS):
        along = curves.distances(way)
        turns = np.interp(np.linspace(0.0, along[-1], _SAMPLES), along, turns)
        heights = _arc_heights(curves.resample(way, _SAMPLES), start_z_mm, end_z)
        way = _least_bent(torso, turns, heights, end_depth)
    return curves.resample(curves.smooth(way, samples=10), 160)


def _arc_heights(way: Points3, start_z: float, end_z: float) -> NDArray[np.float64]:
    """Heights (N,) of an even arc in the side view that clears the iliac crest."""
    x, forward = way[:, 0], way[0, 1] - way[:, 1]
    share = np.clip(forward / forward[-1], 0.0, 1.0)
    outwards = slice(0, int(np.argmax(x)) + 1)
    crest = float(np.interp(_CREST_X_MM, x[outwards], share[outwards]))
    level = start_z + (end_z - start_z) * crest
    lift = max(_LEAST_LIFT_MM, (_OVER_CREST_Z_MM - level) / (4 * crest * (1 - crest)))
    heights: NDArray[np.float64] = (
        start_z + (end_z - start_z) * share + 4 * lift * share * (1 - share)
    )
    return heights


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
    low, high = _room(np.interp(np.convolve(knots, np.ones(3) / 3)[3:-3], shares, turns))
    low[-1], high[-3:] = end_depth_mm, end_depth_mm + 0.1
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


def _room(turns: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and greatest depth (mm) of the rod under the skin at its handles' azimuths."""
    low = np.full(len(turns), _UNDER_SKIN_MM)
    high = np.array([wall.fascia_depth_mm(turn) - _OVER_FASCIA_MM for turn in turns])
    low[0], high[:2] = 0.0, _IN_WOUND_MM
    high[2 : len(turns) // 3] = _BACK_DEPTH_MM  # so that the loop joins without a dive
    return low, high


# ----------------------------------------------------------------------------- the loop
def _loop(torso: Torso, tunnel: Points3, entry: Points3, radius: float) -> Points3:
    """One turn that stands in the fat, from the anchor to the start of the tunnel, (N, 3).

    The turn hangs below the tunnel, tilted as far as the fat allows, its outer side deep,
    so that it reads as a loop from the side as well. It begins a little inside itself, so
    that the way in crosses under it at a clear angle.
    """
    start = tunnel[0]
    axes = _loop_axes(torso, tunnel)
    floor = wall.fascia_depth_mm(torso.azimuth_of(start)) - _LOOP_OVER_FASCIA_MM
    rise, middle = (floor - _LOOP_UNDER_SKIN_MM) / 2, (floor + _LOOP_UNDER_SKIN_MM) / 2
    anchor, onwards = axes @ (entry[0] - start), axes @ (entry[2] - entry[0])
    first = _touch_rad(anchor[:2], radius)
    turn = np.linspace(first, 1.5 * np.pi, 90)
    opened = curves.ease(np.clip((turn - first) / np.pi, 0.0, 1.0))
    reach = radius * (_INNER_SHARE + (1 - _INNER_SHARE) * opened)
    deep = middle - torso.depth_of(start) + rise * np.cos(turn) * reach / radius
    leaving = curves.ease(np.clip(turn / (0.5 * np.pi) - 2.0, 0.0, 1.0))
    # the last quarter comes from the inner side, near the skin, down to the tunnel
    deep = np.where(turn > np.pi, np.interp(np.pi, turn, deep) * (1 - leaving), deep)
    flat = np.sqrt(1 - (rise / radius) ** 2)
    ring = np.column_stack([flat * reach * np.cos(turn), radius + reach * np.sin(turn), deep])
    placed: Points3 = start + np.vstack([_lead(anchor, -onwards, ring), ring]) @ axes
    return placed


def _loop_axes(torso: Torso, tunnel: Points3) -> Points3:
    """Rows: along the tunnel, down, and inwards under the skin, unit directions."""
    start = tunnel[0]
    z, turn = float(start[2]), torso.azimuth_of(start)
    rise = torso.skin_at(z + 12.0, turn) - torso.skin_at(z - 12.0, turn)
    run = torso.skin_at(z, turn + 4.0) - torso.skin_at(z, turn - 4.0)
    ahead = (tunnel[3] - start) / np.linalg.norm(tunnel[3] - start)
    outward = np.cross(run, rise)
    outward -= (outward @ ahead) * ahead
    outward /= np.linalg.norm(outward)
    across = np.cross(outward, ahead)
    return np.array([ahead, -across * np.sign(across[2]), -outward])


def _touch_rad(anchor: Points2, radius: float) -> float:
    """Angle at which a straight way from the anchor would touch the beginning turn."""
    away = np.array([0.0, radius]) - anchor
    gap = float(np.hypot(*away))
    heading = np.arctan2(away[1], away[0]) - np.arcsin(min(_INNER_SHARE * radius / gap, 0.95))
    return float(heading - np.pi / 2)


def _lead(anchor: Points3, way: Points3, ring: Points3) -> Points3:
    """Way (N, 3) from the anchor into the turn, without its last point."""
    size, onwards = float(np.linalg.norm(ring[0] - anchor)), ring[1] - ring[0]
    first = way / np.linalg.norm(way) * size * _LEAD_OUT
    last = onwards / np.linalg.norm(onwards) * size * _LEAD_IN
    return curves.hermite(anchor, first, ring[0], last)[:-1]
