"""The baked section across the loin: skin, fat, wall, column with its canal, calm inside."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2, Points3, View
from spineanim.geometry.body import Body, crossing, view_box, within
from spineanim.geometry.loin import LoinCut
from spineanim.geometry.params import Anatomy
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.patients import bare_body
from spineanim.geometry.solids.combine import Blend, Grown, Placed, Pose, add, keep, union
from spineanim.picture.haste import coarser
from spineanim.picture.image import BakedImage
from spineanim.picture.kept import kept
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.shade import coloured
from spineanim.picture.tones import Finish, Tones, tones_of

_OVERSAMPLE: Final = 2
_BEHIND_MM: Final = 6.0
_REACH_MM: Final = 260.0
_WALL: Final = ("rectus", "external_oblique", "internal_oblique", "transversus")
_SHEATH_MM: Final = 0.7
_SHEATHS_MELT_MM: Final = 9.0
"""Sheaths round the muscles of the belly; between them they melt to the white lines [D]."""
_FORWARD_MM: Final = 6.5
"""How far the cavity is led on to the front muscles: little fat is behind them [M]."""
_VESSEL_BED_MM: Final = 4.0
_BED_MELTS_MM: Final = 20.0
"""Fat round the great vessels, which lie behind the peritoneum [M]."""


def loin_section(anatomy: Anatomy, view: View, theme: Theme, px_per_mm: float) -> BakedImage:
    """Bake the cut of a body without its pump.

    Parameters
    ----------
    anatomy
        The patient, posed by the alignment.
    view
        Onto the cut; see ``geometry/loin.py``.
    theme
        Tissue colours.
    px_per_mm
        Scale of the picture.
    """
    return coloured(loin_light(anatomy.patient, view, px_per_mm), theme)


@kept
def loin_light(patient: Anatomy, view: View, px_per_mm: float) -> Tones:
    """Light the cut; see `loin_section`. Nothing in it depends on a choice about the implant."""
    assert view.cut is not None  # a section without a cut is a mistake of the caller
    body = bare_body(patient)
    seen = view.at_scale(coarser(px_per_mm) * _OVERSAMPLE)
    parts = _with_sheaths(body)
    window = (-_REACH_MM, -_REACH_MM, _REACH_MM, _REACH_MM)
    cut = within(crossing(parts, view.cut), view_box(seen, window, _BEHIND_MM))
    # skin closes the section all round: nothing behind the cut is to be seen
    buffers = Kiln().fire([Recipe(part, seen, face=True) for part in cut])
    found = [(part, buffer) for part, buffer in zip(cut, buffers, strict=True) if buffer]
    return tones_of(found, Finish(oversample=_OVERSAMPLE))


@kept
def laid_on_cut(cut: LoinCut, points_mm: Points3) -> Points2:
    """Lay points onto a cut as `LoinCut.laid` does; the layers need not be made again."""
    return cut.laid(points_mm)


@kept
def skin_of_cut(cut: LoinCut, points_mm: Points3) -> Points2:
    """Find the nearest points on the skin of a cut; see `LoinCut.on_skin`."""
    return cut.on_skin(points_mm)


@kept
def outline_of_cut(cut: LoinCut) -> Points2:
    """Outline a cut; see `LoinCut.skin_outline`."""
    return cut.skin_outline()


@kept
def pocket_of_cut(cut: LoinCut, gape_mm: float) -> Points2:
    """Outline the empty pocket on a cut; see `LoinCut.pocket`."""
    return cut.pocket(gape_mm)


def _with_sheaths(body: Body) -> list[Part]:
    """Parts as they are laid over one another, with what holds muscles and vessels in place."""
    groups = {name: list(parts) for name, parts in body.own.items()}
    muscles = [Grown(p.placed, _SHEATH_MM) for p in groups["muscles"] if p.name in _WALL]
    vessels = [Grown(p.placed, _VESSEL_BED_MM) for p in groups["vessels"]]
    fascia = next(p.placed for p in groups["trunk"] if p.name == "fascia")
    melted = [add(each, _SHEATHS_MELT_MM) for each in muscles]
    sheaths = Part("sheaths", Tissue.FASCIA, Blend((*melted, keep(fascia))))
    bed = Part("vessel_bed", Tissue.FAT, union(*vessels, k_mm=_BED_MELTS_MM))
    forward = Pose(np.eye(3), np.array([0.0, -_FORWARD_MM, 0.0]))
    groups["trunk"] = [
        replace(p, solid=union(p.solid, Placed(p.solid, forward))) if p.name == "cavity" else p
        for p in groups["trunk"]
    ]
    groups["muscles"][:0] = [sheaths, bed]
    return [part for parts in groups.values() for part in parts]
