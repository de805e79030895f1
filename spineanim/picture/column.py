"""The bones of the column one by one, each in a picture of its own that a bend can move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.bones.vertebrae import column_parts
from spineanim.geometry.spine import Spine
from spineanim.picture.image import BakedImage
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.shade import Finish, shade

_OVERSAMPLE = 2


@dataclass(frozen=True)
class ColumnImages:
    """Pictures of single bones, in the view's plane.

    Attributes
    ----------
    spine
        The spine they stand in.
    images
        Picture of every bone by its name, cranial to caudal.
    """

    spine: Spine
    images: Mapping[str, BakedImage]


def bake_column(
    spine: Spine, names: tuple[str, ...], view: View, px_per_mm: float, theme: Theme
) -> ColumnImages:
    """Bake bones of the column where a spine has them, so that the light falls as it should.

    Parameters
    ----------
    spine
        The rest pose.
    names
        Bones, cranial to caudal.
    view
        From the side, whole or cut in the median plane; its scale is replaced.
    px_per_mm
        Pixels of the pictures for one millimetre.
    theme
        Colours.
    """
    parts = column_parts(spine, names)
    seen = view.at_scale(px_per_mm * _OVERSAMPLE)
    buffers = Kiln().fire([Recipe(part, seen) for part in parts])
    images = {
        part.name: shade([(part, buffer)], theme, Finish(oversample=_OVERSAMPLE))
        for part, buffer in zip(parts, buffers, strict=True)
        if buffer is not None
    }
    return ColumnImages(spine, MappingProxyType(images))
