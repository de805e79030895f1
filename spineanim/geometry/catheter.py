"""The whole implanted catheter as one path in patient millimetres, with the operation's cuts.

The route is planned in the standing reference body, so front and side pictures project
the same points, and is then carried to the spine asked for. It runs from the pump
(proximal) to the tip (distal), the way the medicine flows. Right-sided implants are the
mirror image of left-sided ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from spineanim.code import digest_behind
from spineanim.geometry import curves, wall
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.canal import CONUS_STATION, Canal, station
from spineanim.geometry.coil import slack_coil
from spineanim.geometry.flank import Flank, plan_flank
from spineanim.geometry.params import (
    CATHETER,
    PROCEDURE,
    PUMP_20_ML,
    Anatomy,
    Procedure,
    PumpSize,
)
from spineanim.geometry.pump import PumpPose, implanted_pump
from spineanim.geometry.solids.base import digest_of
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso, neutral_torso
from spineanim.store import default_store

STRETCHES: Final = ("coil", "tunnel", "loop", "entry", "intrathecal")
"""Parts of the path from the pump to the tip; each ends where the next begins."""

_ENTRY_X_MM: Final = 2.0
_NEEDLE_AZIMUTH_DEG: Final = 172.0
_CLEAR_OF_DURA_MM: Final = 1.2
_CUT_ABOVE_MM: Final = 7.0
_CUT_ARCH_MM: Final = 5.0
_CUT_MEDIAL_MM: Final = 9.0  # away from the lowest ribs
_SPACING_MM: Final = 1.5


@lru_cache(maxsize=1)
def reference_spine() -> Spine:
    """Return the standing spine that the neutral trunk is drawn round."""
    return Spine()


@dataclass(frozen=True)
class CatheterRoute:
    """Everything the catheter passes, in patient axes (mm).

    Parameters
    ----------
    stretches : mapping of str to ndarray (N, 3)
        ``coil`` (connector, slack behind the pump), ``tunnel`` (under the skin round
        the flank), ``loop`` (strain relief on the back), ``entry`` (anchor, muscle,
        between the laminae to the dura), ``intrathecal`` (dura to tip).
    pump : PumpPose
    anchor, dura, tip : ndarray, shape (3,)
        Anchor on the lumbodorsal fascia, where the dura is crossed, end of the catheter.
    needle_skin : ndarray, shape (3,)
        Where the needle pierces the skin, in line with the entry stretch.
    back_incision, abdominal_incision : ndarray, shape (N, 3)
        Lines of the cuts on the skin: vertical in the midline; over the pump's upper
        edge, never on the pump itself.
    passer : ndarray, shape (N, 3)
        Way of the tunnelling tool, from the back cut to the pocket.
    """

    stretches: Mapping[str, Points3]
    pump: PumpPose
    anchor: Points3
    dura: Points3
    tip: Points3
    needle_skin: Points3
    back_incision: Points3
    abdominal_incision: Points3
    passer: Points3

    def whole(self) -> Points3:
        """Return the complete path from the pump to the tip, (N, 3)."""
        pieces = [self.stretches[name] for name in STRETCHES]
        return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])

    def between(self, first: str, last: str) -> Points3:
        """Return the path over several stretches, `first` and `last` included."""
        names = STRETCHES[STRETCHES.index(first) : STRETCHES.index(last) + 1]
        pieces = [self.stretches[name] for name in names]
        return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])

    def lengths_mm(self) -> dict[str, float]:
        """Length of every stretch."""
        return {name: curves.length(self.stretches[name]) for name in STRETCHES}


# ------------------------------------------------------------------------- in the sac
def dural_entry_station(entry_level: str) -> float:
    """Station where the dura is crossed: in the gap between the two laminae."""
    return station(entry_level) + 0.02


def dorsal_offset(canal: Canal, at: float) -> float:
    """Offset of the catheter from the front wall: behind cord or roots, inside the dura."""
    gaps = canal.offsets_at(at)
    back = gaps["sac_back"] - _CLEAR_OF_DURA_MM - CATHETER.outer_diameter_mm / 2
    behind_cord = (gaps["cord_back"] + gaps["sac_back"]) / 2
    share = float(np.clip((CONUS_STATION + 0.9 - at) / 0.9, 0.0, 1.0))
    behind_roots = gaps["sac_back"] - 2.8
    return min(behind_cord * share + behind_roots * (1 - share), back)


def _intrathecal(canal: Canal, anatomy: Anatomy) -> Points3:
    """From the dura to the tip, for a left-sided implant, (N, 3)."""
    begin = dural_entry_station(anatomy.entry_level)
    end = station(anatomy.tip_level)
    first = canal.offsets_at(begin)["sac_back"]
    stations = begin + (end - begin) * np.linspace(0.0, 1.0, 90) ** 1.6
    # it keeps the needle's direction through the dura, then turns up along the sac
    inside = 1 - np.clip(1 - (begin - stations) / 0.22, 0.0, 1.0) ** 2
    rows = []
    for at, share in zip(stations, inside, strict=True):
        offset = first * (1 - share) + dorsal_offset(canal, float(at)) * share
        y, z = canal.place(float(at), offset)
        sway = 0.7 * np.sin((begin - at) * 1.1) * share
        rows.append((_ENTRY_X_MM * (1 - 0.75 * share) + sway, y, z))
    return np.array(rows)


# ------------------------------------------------------------------- back and needle
def _needle(canal: Canal, torso: Torso, anatomy: Anatomy, plan: Procedure) -> Points3:
    """Needle line from the skin to the dura, (2, 3), patient's left.

    It climbs at the asked angle to the skin and runs towards the midline.
    """
    at = dural_entry_station(anatomy.entry_level)
    y, z = canal.place(at, canal.offsets_at(at)["sac_back"])
    dura = np.array([_ENTRY_X_MM, y, z])
    low = z - np.linspace(10.0, 110.0, 401)
    skin = torso.skin_points(low, _NEEDLE_AZIMUTH_DEG)[:, 1]
    rise = (
        torso.skin_points(low + 10.0, _NEEDLE_AZIMUTH_DEG)
        - torso.skin_points(low - 10.0, _NEEDLE_AZIMUTH_DEG)
    )[:, 1]
    angle = np.degrees(np.arctan2(skin - y, z - low) + np.arctan2(rise, 20.0))
    # the skin slopes and bends: the nearest height that gives the angle, from steep to flat
    found = int(np.argmax(angle <= plan.needle_angle_deg))
    return np.array([(plan.skin_lateral_mm, skin[found], low[found]), dura])


def _entry(needle: Points3, torso: Torso) -> tuple[Points3, Points3]:
    """Stretch from the anchor on the fascia to the dura and the anchor point itself."""
    shares = np.linspace(0.0, 1.0, 81)[:, None]
    line = needle[0] * (1 - shares) + needle[1] * shares
    depths = np.array([torso.depth_of(point) for point in line[:40]])
    fascia = np.array([wall.fascia_depth_mm(torso.azimuth_of(point)) for point in line[:40]])
    first = int(np.argmax(depths >= fascia - 1.0))
    anchor = line[first]
    track = curves.resample(line[first:], 24)
    return track, anchor


# ------------------------------------------------------------------------- incisions
def _back_incision(needle: Points3, anchor: Points3, torso: Torso, plan: Procedure) -> Points3:
    """Vertical cut in the midline of the lower back, through which the anchor is sewn."""
    middle = (needle[0][2] + anchor[2]) / 2 + 4.0
    half = plan.back_incision_mm / 2
    heights = np.linspace(middle + half, middle - half, 25)
    return torso.skin_points(heights, 180.0)


def _abdominal_incision(pose: PumpPose, torso: Torso, plan: Procedure) -> Points3:
    """Transverse cut just above the upper edge of the (left) pump, slightly arched."""
    half = plan.abdominal_incision_mm / 2
    across = np.linspace(-half, half, 25)
    above = pose.size.radius_mm + _CUT_ABOVE_MM - _CUT_ARCH_MM * (across / half) ** 2
    face = np.column_stack([across - _CUT_MEDIAL_MM, above, np.full(25, pose.size.thickness_mm)])
    points = pose.place(face)
    turns = [torso.azimuth_at(float(z), float(x)) for x, _, z in points]
    return torso.skin_points(points[:, 2], turns)


# ----------------------------------------------------------------------------- the plan
@lru_cache(maxsize=16)
def plan_route(
    anatomy: Anatomy | None = None,
    size: PumpSize = PUMP_20_ML,
    procedure: Procedure = PROCEDURE,
) -> CatheterRoute:
    """Plan the implant in the standing reference body for a choice of side and levels.

    The alignment and stature of `anatomy` are not applied here: see `carried`.
    """
    chosen = anatomy or Anatomy()
    levels = Anatomy(side=chosen.side, entry_level=chosen.entry_level, tip_level=chosen.tip_level)
    return _planned(levels, size, procedure)


@lru_cache(maxsize=8)
def _planned(chosen: Anatomy, size: PumpSize, procedure: Procedure) -> CatheterRoute:
    """Plan an implant; a film asks for the same one in every pose of the body."""
    torso, canal = neutral_torso(), Canal(reference_spine())
    pose = implanted_pump(size, "left", procedure)
    needle = _needle(canal, torso, chosen, procedure)
    entry, anchor = _entry(needle, torso)
    key = digest_of(("flank", digest_behind(__name__), chosen, size, procedure))
    flank = _kept_flank(key, lambda: plan_flank(torso, pose, entry, procedure.strain_loop_mm))
    coil = slack_coil(pose, flank.tunnel, procedure)
    sac = _intrathecal(canal, chosen)
    incision = _back_incision(needle, anchor, torso, procedure)
    passer = flank.passer
    stretches = {
        "coil": coil,
        "tunnel": flank.tunnel,
        "loop": flank.loop,
        "entry": entry,
        "intrathecal": sac,
    }
    evenly = {name: _even(line) for name, line in stretches.items()}
    cut = _abdominal_incision(pose, torso, procedure)
    if chosen.side == "right":
        flip = curves.mirrored
        evenly = {name: flip(line) for name, line in evenly.items()}
        pose = implanted_pump(size, "right", procedure)
        needle, anchor, incision, cut, passer = map(flip, (needle, anchor, incision, cut, passer))
    return CatheterRoute(
        stretches=MappingProxyType(evenly),
        pump=pose,
        anchor=anchor,
        dura=evenly["intrathecal"][0],
        tip=evenly["intrathecal"][-1],
        needle_skin=needle[0],
        back_incision=incision,
        abdominal_incision=cut,
        passer=passer,
    )


def _kept_flank(key: str, plan: Callable[[], Flank]) -> Flank:
    """Look a way under the skin up, or plan it, which takes a while, and keep it on disk."""
    store = default_store()
    kept = store.get(key)
    if kept is None:
        planned = plan()
        kept = {item.name: getattr(planned, item.name) for item in fields(Flank)}
        store.put(key, kept)
    return Flank(**kept)


def _even(line: Points3) -> Points3:
    """Resample a stretch at about 1.5 mm."""
    return curves.resample(line, max(int(curves.length(line) / _SPACING_MM), 2))


def carried(route: CatheterRoute, spine: Spine) -> CatheterRoute:
    """Move a planned route with the trunk to a bent or differently sized spine.

    The trunk grows with the stature, the devices do not.
    """
    rest = reference_spine()
    if spine == rest:
        return route
    times = spine.stature_factor / rest.stature_factor
    standing = Spine(rest.alignment, spine.stature_factor)

    def move(points: Points3) -> Points3:
        return spine.carry3(points * times, standing)

    def move1(point: Points3) -> Points3:
        moved: Points3 = move(point[None])[0]
        return moved

    inside = _transfer(route.stretches["intrathecal"], Canal(rest), Canal(spine))
    stretches = {name: move(line) for name, line in route.stretches.items()}
    stretches["intrathecal"] = inside
    stretches["entry"] = _end_on(stretches["entry"], inside[0])
    pump = route.pump
    ahead = move(np.array([pump.back_centre, pump.port]))
    normal = (ahead[1] - ahead[0]) / np.linalg.norm(ahead[1] - ahead[0])
    pose = PumpPose(pump.size, pump.side, ahead[0], normal)
    # the coil lies still under the pump; the rod's tunnel gives a little to meet it
    stretches["coil"] = pose.place(pump.local(route.stretches["coil"]))
    meets = stretches["coil"][-1]
    stretches["tunnel"] = _end_on(stretches["tunnel"][::-1], meets)[::-1]
    return CatheterRoute(
        stretches=MappingProxyType(stretches),
        pump=pose,
        anchor=move1(route.anchor),
        dura=inside[0],
        tip=inside[-1],
        needle_skin=move1(route.needle_skin),
        back_incision=move(route.back_incision),
        abdominal_incision=move(route.abdominal_incision),
        passer=_end_on(move(route.passer), meets),
    )


def _transfer(line: Points3, rest: Canal, here: Canal) -> Points3:
    """Move points in the sac to the same station and share of the sac of another canal."""
    moved = []
    for x, *point in line:
        at, offset = rest.station_of(np.array(point))
        old, new = rest.offsets_at(at), here.offsets_at(at)
        share = (offset - old["sac_front"]) / (old["sac_back"] - old["sac_front"])
        y, z = here.place(at, new["sac_front"] + share * (new["sac_back"] - new["sac_front"]))
        moved.append((x, y, z))
    return np.array(moved)


def _end_on(line: Points3, end: Points3) -> Points3:
    """Shift a stretch more and more towards its end so that it ends on a given point."""
    share = np.linspace(0.0, 1.0, len(line))[:, None] ** 2
    ended: Points3 = line + (end - line[-1]) * share
    return ended


def sagittal(points_mm: Points3) -> Points2:
    """Drop the left-right coordinate: (N, 3) to (y, z)."""
    return np.asarray(points_mm)[:, 1:]
