"""Measures of cord, dural sac, fluid, fat, ligament and skin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from spineanim.geometry import calipers
from spineanim.geometry.axes import Points3
from spineanim.geometry.bones.vertebrae import bone_part
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.measures.base import Measure, about
from spineanim.geometry.params import STANDING
from spineanim.geometry.soft import dural, ligament_solids
from spineanim.geometry.soft.trunk import skin_part
from spineanim.geometry.solids.base import Box, Solid
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso

# Width and depth of the cord [42, 43, 44] and of the sac [44] by level (mm)
_CORD_MM: Final = {
    "C2": (12.4, 8.8), "C4": (14.0, 8.7), "C7": (11.4, 7.4), "T1": (9.1, 7.0), "T5": (7.9, 6.1),
    "T9": (7.3, 6.3),
}  # fmt: skip
_SAC_MM: Final = {"T1": (15.8, 12.9), "T5": (14.3, 12.3), "T9": (13.9, 11.6)}
_LUMBAR_SAC: Final = ("L2", "L3", "L4")
# Fluid behind the cord, mean and range (mm) [45, 46]
_FLUID_MM: Final = {
    "C5": (2.7, 1.5, 4.0), "T2": (3.9, 2.5, 5.5), "T5": (5.8, 4.0, 8.5), "T10": (4.1, 2.5, 6.0),
    "T11": (4.0, 2.0, 6.0), "T12": (3.0, 1.5, 4.5),
}  # fmt: skip
_FLAVUM_MM: Final = {"L2_L3": 3.2, "L3_L4": 3.45, "L4_L5": 3.75}
_SPREAD: Final = 0.12
_ADULT: Final = 1.06  # the 175 cm body, which the drawn trunk has
_BESIDE: Final = np.array([0.8, 0.0, 0.0])  # off the furrow in the midline of the cord
_ON_SHEET: Final = np.array([4.5, 0.0, 0.0])  # off the slit between the halves of the flavum


@dataclass(frozen=True)
class _Sac:
    """Canal of the standing reference body with its solids."""

    canal: Canal

    @cached_property
    def dura(self) -> Solid:
        return dural.dura_part(self.canal).placed

    @cached_property
    def cord(self) -> Solid:
        return dural.cord_part(self.canal).placed

    def spot(self, at: float, offset_mm: float) -> Points3:
        """Point of the midline (3,) at a station, backwards from the front wall."""
        return np.array([0.0, *self.canal.place(at, offset_mm)])

    def back(self, at: float) -> Points3:
        """Direction square to the canal, backwards (3,)."""
        return np.array([0.0, *self.canal.back_wall(np.array([at]))[1][0]])

    def middle(self, at: float, inner: str) -> Points3:
        """Middle of the cord or the sac at a station (3,)."""
        gaps = self.canal.offsets_at(at)
        return self.spot(at, (gaps[f"{inner}_front"] + gaps[f"{inner}_back"]) / 2)


def soft_measures() -> Iterator[Measure]:
    """Measures in and behind the canal, standing: of the reference body, and lumbar of 175 cm."""
    sac = _Sac(Canal(Spine(STANDING, 1.0)))
    yield from _sizes(sac)
    yield from _fluid(sac)
    yield from _ends(sac)
    yield from _lumbar(_Sac(Canal(Spine(STANDING, _ADULT))))


def _sizes(sac: _Sac) -> Iterator[Measure]:
    for name, solid, table, source in (
        ("cord", sac.cord, _CORD_MM, "[43, 44]"),
        ("sac", sac.dura, _SAC_MM, "[44]"),
    ):
        for level, (wide, deep) in table.items():
            at = station(level)
            spot = sac.middle(at, name) + _BESIDE
            across = calipers.width_mm(solid, spot, (1, 0, 0), 20.0)
            depth = calipers.width_mm(solid, spot, sac.back(at), 20.0)
            yield about(f"{level} {name} width", across, wide, _SPREAD, source)
            yield about(f"{level} {name} depth", depth, deep, _SPREAD, source)


def _fluid(sac: _Sac) -> Iterator[Measure]:
    for level, (mean, low, high) in _FLUID_MM.items():
        at = station(level)
        spot, back = sac.middle(at, "cord") + _BESIDE, sac.back(at)
        cord = calipers.free_mm(sac.cord, spot, back, 20.0)
        wall = calipers.free_mm(sac.dura, spot, back, 30.0) - dural.DURA_MM
        yield Measure(f"{level} fluid behind cord", wall - cord, "mm", mean, low, high, "[45, 46]")


def _ends(sac: _Sac) -> Iterator[Measure]:
    for name, solid, ahead, published, low, high, source in (
        ("End of the cord", sac.cord, 19.0, "lower L1 to L1-L2", 18.0, 20.7, "[47, 48]"),
        ("End of the sac", sac.dura, 25.0, "upper to middle S2", 23.5, 26.0, "[49]"),
    ):
        spot = sac.middle(ahead, "cord" if solid is sac.cord else "sac")
        reach = np.array([9.0, 30.0, 40.0])
        points = calipers.surface_points(solid, 1.0, Box.around([spot - reach, spot + reach]))
        stations = [sac.canal.station_of(point[1:])[0] for point in points[::5]]
        found = float(np.max(stations))
        words = f"{published} ({station('L1'):g} is L1, {station('S2'):g} S2)"
        yield Measure(name, found, "level", words, low, high, source)


def _lumbar(sac: _Sac) -> Iterator[Measure]:
    canal, spine = sac.canal, sac.canal.spine
    for level in _LUMBAR_SAC:
        at = station(level)
        depth = calipers.width_mm(sac.dura, sac.middle(at, "sac"), sac.back(at), 20.0)
        yield Measure(f"{level} sac depth", depth, "mm", "12 to 16", 11.5, 16.5, "[50, D]")
    for name, thick in _FLAVUM_MM.items():
        solid = ligament_solids.flavum(canal, name)
        yield about(
            f"{name.replace('_', '-')} flavum", _sheet_mm(sac, name, solid), thick, 0.2, "[52]"
        )
    fat = []
    for level in ("L2", "L3", "L4"):
        for at in station(level) + np.linspace(-0.1, 0.45, 8):
            start = sac.spot(at, canal.offsets_at(at)["sac_back"])
            bone = bone_part(spine, level).placed
            fat.append(calipers.free_mm(bone, start, sac.back(at), 14.0))
    bony = [gap for gap in fat if np.isfinite(gap)]
    yield Measure(
        "Fat behind the lumbar sac", float(np.mean(bony)), "mm", "5 to 6", 4.5, 7.0, "[54]"
    )
    at = station("L3_L4")
    start = sac.spot(at, canal.offsets_at(at)["sac_back"])
    depth = calipers.free_mm(skin_part(neutral_torso()).placed, start, (0, 1, 0), 120.0)
    yield Measure("L3-L4 skin to dura", depth, "mm", "48 to 57", 40.0, 65.0, "[53]")


def _sheet_mm(sac: _Sac, name: str, solid: Solid) -> float:
    """Thickness of a flavum square to its sheet, a little beside the midline."""
    at = station(name)
    start = sac.spot(at, sac.canal.offsets_at(at)["back_wall"]) + _ON_SHEET
    found = calipers.crossings_mm(solid, start - sac.back(at) * 12.0, sac.back(at), 30.0, 0.1)
    if len(found) < 2:
        return float("nan")
    inside = start + sac.back(at) * (found[:2].mean() - 12.0)
    turns = np.radians(np.arange(-60.0, 61.0, 5.0))
    ways = [np.array([np.sin(turn), *(np.cos(turn) * sac.back(at)[1:])]) for turn in turns]
    return min(calipers.width_mm(solid, inside, way, 15.0) for way in ways)
