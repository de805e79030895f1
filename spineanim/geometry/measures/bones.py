"""Measures of the vertebrae and of the gaps between them, at reference size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spineanim.geometry import morphometry
from spineanim.geometry.bands import BODY_BAND, disc_band_mm
from spineanim.geometry.measures.base import Measure, about, within
from spineanim.geometry.params import STANDING
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.table import CERVICAL, THORACIC, vertebrae

_LENGTH: Final = 0.08
_PEDICLE: Final = 0.12
_FREE_SPINE: Final = 0.15

# Body and disc heights, plates, canal: sources by region
_HEIGHT: Final = {"C": "[5]", "T": "[4]", "L": "[6]"}
_PLATE: Final = {"C": "[1, 11]", "T": "[2]", "L": "[3]"}

_SLOPE_DEG: Final = {"T1": 30.0, "T6": 58.0, "T12": 16.0}
"""Slope of thoracic spinous processes below the level of their body [13]."""

_WEDGE_DEG: Final = {"T9": 2.8, "T10": 2.6, "T11": 4.6, "T12": 3.5, "L1": 2.6, "L2": 0.7,
                     "L3": -1.1, "L4": -3.1, "L5": -7.8}  # fmt: skip
"""Wedges of bodies, women [15]; men's are 1 to 3 degrees greater."""

_LUMBAR_FRONT_MM: Final = (8.9, 10.0, 11.3, 12.8, 14.4)
_LUMBAR_BACK_MM: Final = (6.6, 7.0, 7.7, 7.9, 6.8)
"""Front and back of the lumbar discs, lying down [7]."""

_THORACIC_FRONT_MM: Final = (4.5, 3.4, 3.3, 3.0, 3.5, 4.1, 4.2, 5.6, 5.4, 7.2, 6.0)
_THORACIC_BACK_MM: Final = (4.3, 3.5, 3.2, 3.3, 3.6, 4.1, 3.6, 5.0, 4.2, 5.8, 4.8)
"""Front and back of the discs T1-T2 to T11-T12 [4]."""


def bone_measures(levels: tuple[str, ...] = morphometry.BODIES) -> Iterator[Measure]:
    """Measures of the given levels, of the axis ring above and of all discs."""
    for level in levels:
        yield from _body(level)
        yield from _arch(level)
    if levels == morphometry.BODIES:
        yield from _ends()
    spine = Spine(STANDING, 1.0)
    for disc in DISCS:
        if disc.split("_")[0] in levels:
            yield from _disc(spine, disc)


def _body(level: str) -> Iterator[Measure]:
    row, region = vertebrae()[level], level[0]
    front, back = morphometry.body_heights_mm(level)
    wanted = row.number("body_height_ant_mm"), row.number("body_height_post_mm")
    source = _HEIGHT[region]
    yield about(f"{level} body height, front", front, wanted[0], BODY_BAND, source)
    yield about(f"{level} body height, back", back, wanted[1], BODY_BAND, source)
    depth = morphometry.plate(level, "upper").depth_mm
    yield about(f"{level} body depth", depth, row.number("body_depth_mm"), _LENGTH, _PLATE[region])
    side = "lower" if level in CERVICAL else "upper"
    width = morphometry.body_width_mm(level, side)
    yield about(f"{level} body width", width, row.number("body_width_mm"), _LENGTH, _PLATE[region])
    if level in _WEDGE_DEG:
        mean = _WEDGE_DEG[level]
        found = morphometry.wedge_deg(level)
        yield Measure(f"{level} body wedge", found, "degrees", mean, mean - 2.0, mean + 4.0, "[15]")


def _arch(level: str) -> Iterator[Measure]:
    row, region = vertebrae()[level], level[0]
    depth, width = morphometry.canal_mm(level)
    source = _PLATE[region].replace(", 11", "")
    yield about(f"{level} canal depth", depth, row.number("canal_depth_mm"), _LENGTH, source)
    yield about(f"{level} canal width", width, row.number("canal_width_mm"), _LENGTH, source)
    if level not in CERVICAL:
        # the oblique pedicles of the neck have no section square to the front-back axis
        wide, tall = morphometry.pedicle_mm(level)
        wanted = row.number("pedicle_width_mm"), row.number("pedicle_height_mm")
        yield about(f"{level} pedicle width", wide, wanted[0], _PEDICLE, "[10]")
        yield about(f"{level} pedicle height", tall, wanted[1], _PEDICLE, "[10]")
    length, slope = morphometry.spinous(level)
    free = row.number("spinous_length_mm")
    yield about(f"{level} free spinous length", length, free, _FREE_SPINE, "[41], interpolated")
    if level in _SLOPE_DEG:
        name = f"{level} spinous slope"
        yield within(name, slope, _SLOPE_DEG[level], 6.0, "[13]", "degrees")
    span = morphometry.span_mm(level)
    yield about(f"{level} span", span, row.number("transverse_width_mm"), _LENGTH, _PLATE[region])


def _ends() -> Iterator[Measure]:
    yield about("C1 span", morphometry.span_mm("C1"), 71.2, _LENGTH, "[17, 18]")
    yield about("C2 span", morphometry.span_mm("C2"), 54.0, 0.12, "[1], second-hand")
    depth = morphometry.plate("S1", "upper").depth_mm
    yield about("S1 body depth", depth, vertebrae()["S1"].number("body_depth_mm"), 0.1, "[20, D]")
    yield about("Sacrum span", morphometry.span_mm("S1"), 108.7, _LENGTH, "[20]")


def _disc(spine: Spine, disc: str) -> Iterator[Measure]:
    name, (low, high) = disc.replace("_", "-"), disc_band_mm(disc)
    front, back = morphometry.disc_heights_mm(spine, disc)
    level, index = disc.split("_")[0], int(disc.split("_")[0][1:]) - 1
    if level[0] == "L":
        ahead, behind = _LUMBAR_FRONT_MM[index], _LUMBAR_BACK_MM[index]
        source = "[7] lying; standing opens the front and closes the back"
        yield Measure(f"{name} disc, front", front, "mm", ahead, 0.9 * ahead, 1.25 * ahead, source)
        yield Measure(f"{name} disc, back", back, "mm", behind, 0.65 * behind, 1.1 * behind, source)
    elif level in THORACIC[:-1]:
        ahead, behind = _THORACIC_FRONT_MM[index], _THORACIC_BACK_MM[index]
        yield within(f"{name} disc, front", front, ahead, 1.0, "[4]")
        yield within(f"{name} disc, back", back, behind, 1.0, "[4]")
    source = "[39]" if level[0] == "L" else "[8, 9]" if level == "T12" else _HEIGHT[level[0]]
    words = f"{low:.1f} to {high:.1f}"
    yield Measure(f"{name} disc, mean", (front + back) / 2, "mm", words, low, high, source)
    middle = morphometry.disc_middle_mm(spine, disc)
    yield Measure(
        f"{name} disc, middle",
        middle,
        "mm",
        "up to a third over the mean",
        low,
        1.4 * high,
        f"{source}; thoracic middle 23 % over the mean [4]",
    )
