"""A drawing that stands for a part: its file, layer and size, and its pixels."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from math import dist
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from spineanim.content.artwork.layers import Box, alone, hidden, layer_named
from spineanim.content.artwork.raster import Inked, RasterError, ink_boxes, inked
from spineanim.content.artwork.reading import bytes_of, read_svg
from spineanim.content.artwork.tree import Node
from spineanim.errors import ContentError

_MOST_PNG_PX: Final = 25_000_000
_PLAIN: Final = "save it as PNG, or as plain SVG"


@dataclass(frozen=True)
class Anchor:
    """What says how large a drawing is in the body: a distance in it, in millimetres.

    Attributes
    ----------
    mm
        The distance.
    between
        Two layers of the drawing whose middles are so far apart, or one of `width` and `height`,
        of all that is drawn.
    """

    mm: float
    between: tuple[str, ...]


@dataclass(frozen=True)
class InMm:
    """A picture that has a size in the body.

    Attributes
    ----------
    rgba
        Premultiplied, (H, W, 4), first row at the top.
    box_mm
        Left, bottom, right and top edge, from the middle of the part; up is positive.
    """

    rgba: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
    box_mm: tuple[float, float, float, float]


@dataclass(frozen=True)
class Artwork:
    """A drawing, or one layer of it.

    Attributes
    ----------
    file
        Where it came from, for messages.
    data
        The file's bytes, as they were when it was read.
    layer
        Name of a layer; empty for all of it.
    anchor
        How large it is in the body, if that matters.
    centre
        Layer whose middle stands in the middle of the part; empty for the middle of what is drawn.
    """

    file: Path
    data: bytes
    layer: str = ""
    anchor: Anchor | None = None
    centre: str = ""

    def within(self, wide_px: float, high_px: float) -> Inked:
        """Draw it as large as fits into so many pixels; its box is in units of its own.

        Raises
        ------
        ContentError
            It cannot be drawn, or shows nothing.
        """
        if self.file.suffix.lower() == ".png":
            return self._png(wide_px, high_px)
        with named(self.file):
            box, _ = _places(replace(self, anchor=None, centre=""))
            return inked(self.shown(), box, min(wide_px / box.wide, high_px / box.high))

    def in_mm(self, px_per_mm: float) -> InMm:
        """Draw it in its size in the body.

        Raises
        ------
        ContentError
            It cannot be drawn or shows nothing, or there is no distance between the ends of its
            anchor.
        """
        with named(self.file):
            box, middles = _places(self)
            scale = self._mm_per_unit(box, middles)
            picture = inked(self.shown(), box, px_per_mm * scale)
            x, y = middles.get(self.centre, box.middle)
        left, top = (box.left - x) * scale, (y - box.top) * scale
        edges = (left, top - box.high * scale, left + box.wide * scale, top)
        return InMm(picture.rgba, edges)

    def _mm_per_unit(self, box: Box, middles: dict[str, tuple[float, float]]) -> float:
        if self.anchor is None:
            raise RasterError("it has no size in millimetres", "give it an anchor")
        ends = _ends(self.anchor)
        if ends:
            units = dist(middles[ends[0]], middles[ends[1]])
        else:
            units = box.wide if self.anchor.between == ("width",) else box.high
        if units * 1e4 < max(box.wide, box.high):
            raise RasterError("the ends of its anchor lie on one another", "name two others")
        return self.anchor.mm / units

    def root(self) -> Node:
        """Return all of the file."""
        return _tree(self.data, str(self.file))

    def shown(self) -> Node:
        """Return what stands for the part."""
        root = self.root()
        return alone(root, layer_named(root, self.layer)) if self.layer else root

    def check(self) -> None:
        """Refuse it if it cannot be read, or a layer that it names is missing or hidden.

        Nothing is drawn.

        Raises
        ------
        ContentError
            As said.
        """
        if self.file.suffix.lower() == ".png":
            self._png_size()
            return
        with named(self.file):
            root = self.root()
            Box.of_page(root)
            for name in (self.layer, self.centre, *_ends(self.anchor)):
                if name and (hider := hidden(layer_named(root, name))):
                    what = f"its layer {name!r} is hidden (line {hider.line})"
                    raise RasterError(what, "show it and save again")

    def _png_size(self) -> tuple[int, int]:
        """Size of a PNG, whose head alone is read."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # it is told here
                with Image.open(io.BytesIO(self.data), formats=("PNG",)) as picture:
                    wide, high = picture.size
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            said = " ".join(str(error).split("<")[0].split())
            raise ContentError(f"{self.file} cannot be drawn: {said}", _PLAIN) from None
        if wide * high > _MOST_PNG_PX:
            raise ContentError(
                f"{self.file} cannot be drawn: it has {wide} x {high} pixels", "make it smaller"
            )
        return wide, high

    def _png(self, wide_px: float, high_px: float) -> Inked:
        """Draw a picture of pixels; it is not enlarged."""
        wide, high = self._png_size()
        try:
            with Image.open(io.BytesIO(self.data), formats=("PNG",)) as picture:
                whole = picture.convert("RGBA").convert("RGBa")  # so edges shrink without a seam
        except (OSError, ValueError, SyntaxError) as error:
            raise ContentError(f"{self.file} cannot be drawn: {error}", _PLAIN) from None
        whole.thumbnail((max(round(wide_px), 1), max(round(high_px), 1)))
        return Inked(np.array(whole, dtype=np.uint8), Box(0.0, 0.0, float(wide), float(high)))


def artwork_in(file: Path) -> Artwork:
    """Read a whole file, SVG or PNG; it is judged when it is drawn.

    Raises
    ------
    ContentError
        It cannot be read.
    """
    return Artwork(file, bytes_of(file) if file.suffix.lower() == ".svg" else _whole(file))


def _whole(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ContentError(f"{file} cannot be drawn: {error.strerror}", _PLAIN) from None


@lru_cache(maxsize=8)
def _tree(data: bytes, name: str) -> Node:
    """Read a drawing; a film asks for the same one several times."""
    return read_svg(data, name)


@lru_cache(maxsize=32)
def _places(artwork: Artwork) -> tuple[Box, dict[str, tuple[float, float]]]:
    """Find where a drawing has ink, and the middles of the layers that it is measured by.

    A film asks for the same drawing at several sizes.
    """
    marks = [name for name in (*_ends(artwork.anchor), artwork.centre) if name]
    whole = artwork.root()
    measured = [alone(whole, layer_named(whole, name)) for name in marks]
    shown, *found = ink_boxes([artwork.shown(), *measured])
    box, middles = _inked(shown), {}
    for name, mark in zip(marks, found, strict=True):
        if mark is None:
            raise RasterError(f"the mark {name!r} shows nothing", "give it a fill")
        middles[name] = mark.middle
    return box, middles


def _ends(anchor: Anchor | None) -> tuple[str, ...]:
    """Layers at both ends of an anchor; none if it is a width or height."""
    return anchor.between if anchor is not None and len(anchor.between) == 2 else ()


def _inked(box: Box | None) -> Box:
    if box is None:
        raise RasterError("it shows nothing", "draw something in it, or name another layer")
    return box


@contextmanager
def named(file: Path) -> Iterator[None]:
    """Put a file before what is said of it."""
    try:
        yield
    except ContentError as error:
        if str(file) in error.message:
            raise
        error.message = f"{file} cannot be drawn: {error.message}"
        raise
