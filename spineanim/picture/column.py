"""The bones of the column one by one, each in a picture of its own that a bend can move."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from spineanim.content.theme import Theme
from spineanim.geometry.axes import View
from spineanim.geometry.bones.vertebrae import column_parts
from spineanim.geometry.spine import Spine
from spineanim.picture.pieces import Piece, PieceImage, piece_images, standing


def bake_column(
    spine: Spine, names: tuple[str, ...], view: View, px_per_mm: float, theme: Theme
) -> Mapping[str, PieceImage]:
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

    Returns
    -------
    Picture of every bone that is seen by its name, cranial to caudal.
    """
    parts = column_parts(spine, names)
    pieces = [Piece(part, standing(spine, part.name), px_per_mm) for part in parts]
    images = piece_images(pieces, view, theme)
    return MappingProxyType(
        {name: image for name, image in zip(names, images, strict=True) if image is not None}
    )
