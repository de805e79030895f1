"""The baked section across the loin: skin, fat, wall, column with its canal, calm inside."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2, Points3, View
from spineanim.geometry.body import GROUPS, Body, crossing, view_box, within
from spineanim.geometry.loin import LoinCut
from spineanim.geometry.params import Anatomy, PumpSize
from spineanim.geometry.parts import Part
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.image import BakedImage
from spineanim.picture.kept import kept
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.shade import coloured
from spineanim.picture.tones import Finish, Tones, tones_of

_OVERSAMPLE: Final = 2
_BEHIND_MM: Final = 6.0
_REACH_MM: Final = 260.0
_LEFT_OUT: Final = ("pump", "catheter")
_LAYERS: Final = ("skin", "fat", "fascia", "cavity")


def loin_section(
    anatomy: Anatomy, size: PumpSize, view: View, theme: Theme, px_per_mm: float
) -> BakedImage:
    """Bake the cut of a body without its pump.

    Parameters
    ----------
    anatomy, size
        The patient, posed by the alignment.
    view
        Onto the cut; see ``geometry/loin.py``.
    theme
        Tissue colours.
    px_per_mm
        Scale of the picture.
    """
    return coloured(loin_light(anatomy, size, view, px_per_mm), theme)


@kept
def loin_light(anatomy: Anatomy, size: PumpSize, view: View, px_per_mm: float) -> Tones:
    """Light the cut; see `loin_section`."""
    assert view.cut is not None  # a section without a cut is a mistake of the caller
    body = Body(anatomy, size, implanted=False)
    seen = view.at_scale(px_per_mm * _OVERSAMPLE)
    parts = [part for name in GROUPS if name not in _LEFT_OUT for part in body.group(name)]
    window = (-_REACH_MM, -_REACH_MM, _REACH_MM, _REACH_MM)
    cut = within(crossing(parts, view.cut), view_box(seen, window, _BEHIND_MM))
    buffers = Kiln().fire([Recipe(part, seen, 0.0) for part in cut])
    found = [(part, _on_cut(part, b)) for part, b in zip(cut, buffers, strict=True) if b]
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


def _on_cut(part: Part, buffer: GBuffer) -> GBuffer:
    """Leave of a layer only what the cut goes through: no wall is seen below its edge."""
    if part.name not in _LAYERS:
        return buffer
    outside = buffer.inside_mm <= 0
    return replace(
        buffer,
        depth_mm=np.where(outside, np.float32(-np.inf), buffer.depth_mm),
        tissue=np.where(outside, 0, buffer.tissue).astype(np.uint8),
    )
