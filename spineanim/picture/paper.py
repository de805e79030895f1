"""A Cairo context that puts what our camera draws on paper: true colours, pictures as JPEG.

The camera hands over colours and pictures in Manim's byte order, red and blue changed round, for
its pixels are RGBA where Cairo writes BGRA. A page of a PDF has colours of its own, so each is
turned back here. Pictures are cut to what is seen of them and packed as JPEG beside their opacity,
or a page would weigh many times as much.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import cairo
import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    _Context = cairo.Context[Any]  # generic to the checker alone
else:
    _Context = cairo.Context

_JPEG_QUALITY: Final = 90
_COARSE: Final = 16
"""Clear pixels take the colour of their neighbourhood, so many pixels wide, lest edges ring."""

Cut = tuple[int, int, int, int]
"""First column and row of a picture that is seen, and the ones after the last."""


class PaperContext(_Context):
    """Draws on a page what the camera would draw on its pixels.

    Parameters
    ----------
    target
        The page's surface.
    """

    def __init__(self, target: cairo.Surface) -> None:
        del target  # Cairo takes it as the object is made
        self._shown: tuple[cairo.ImageSurface, float, float] | None = None
        self._packed: dict[tuple[int, Cut], tuple[cairo.ImageSurface, NDArray[np.uint8]]] = {}
        self._kept: list[cairo.Surface] = []

    # -- sources ---------------------------------------------------------------------------------

    def set_source_rgba(self, red: float, green: float, blue: float, alpha: float = 1.0) -> None:
        """Paint with a colour given in Manim's order."""
        self._shown = None
        super().set_source_rgba(blue, green, red, alpha)

    def set_source(self, source: cairo.Pattern) -> None:
        """Paint with a gradient or mesh in Manim's order, or with a group of this page."""
        self._shown = None
        super().set_source(_turned(source))

    def set_source_surface(self, surface: cairo.Surface, x: float = 0.0, y: float = 0.0) -> None:
        """Paint with a picture in Manim's order."""
        assert isinstance(surface, cairo.ImageSurface)
        super().set_source_rgba(0.0, 0.0, 0.0, 0.0)
        self._shown = (surface, x, y)

    def restore(self) -> None:
        """Go back to what was saved."""
        self._shown = None
        super().restore()

    # -- painting --------------------------------------------------------------------------------

    def paint(self) -> None:
        """Paint everywhere within the clip."""
        self.paint_with_alpha(1.0)

    def paint_with_alpha(self, alpha: float) -> None:
        """Paint everywhere within the clip, at an opacity."""
        if self._shown is None:
            super().paint_with_alpha(alpha)
        else:
            self._lay(*self._shown, alpha)

    def _lay(self, surface: cairo.ImageSurface, x: float, y: float, alpha: float) -> None:
        """Lay a picture's seen part on the page."""
        cut = self._seen(surface, x, y)
        if cut is None:
            return
        key = id(surface), cut
        if key not in self._packed:
            self._packed[key] = _packed(surface, cut)
            self._kept.append(surface)  # or another might come to have its id
        colors, cover = self._packed[key]
        at = x + cut[0], y + cut[1]
        super().set_source_surface(colors, *at)
        super().get_source().set_filter(cairo.FILTER_BILINEAR)
        if alpha >= 1.0 and bool((cover == 255).all()):
            super().paint()
            return
        mask = _mask(np.rint(cover * alpha).astype(np.uint8) if alpha < 1.0 else cover)
        self.mask_surface(mask, *at)
        self._shown = (surface, x, y)

    def _seen(self, surface: cairo.ImageSurface, x: float, y: float) -> Cut | None:
        """Part of a picture within the clip, with a pixel to spare."""
        left, top, right, bottom = self.clip_extents()
        first_column, last_column = max(int(left - x) - 2, 0), int(right - x) + 3
        first_row, last_row = max(int(top - y) - 2, 0), int(bottom - y) + 3
        columns = min(last_column, surface.get_width())
        rows = min(last_row, surface.get_height())
        if first_column >= columns or first_row >= rows:
            return None
        return first_column, first_row, columns, rows


def _packed(surface: cairo.ImageSurface, cut: Cut) -> tuple[cairo.ImageSurface, NDArray[np.uint8]]:
    """Colours of a part of a picture, to be written as JPEG, and its opacity (H, W)."""
    surface.flush()
    high, stride = surface.get_height(), surface.get_stride()
    pixels = np.frombuffer(surface.get_data(), dtype=np.uint8).reshape(high, stride // 4, 4)
    part = pixels[cut[1] : cut[3], cut[0] : cut[2]]
    cover = np.ascontiguousarray(part[..., 3])
    straight = _straight(part)
    file = BytesIO()
    Image.fromarray(straight).save(file, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    rows, columns = cover.shape
    blue_first = np.zeros((rows, columns, 4), dtype=np.uint8)
    blue_first[..., :3] = straight[..., ::-1]
    colors = cairo.ImageSurface.create_for_data(blue_first.data, cairo.FORMAT_RGB24, columns, rows)
    colors.set_mime_data(cairo.MIME_TYPE_JPEG, file.getvalue())
    return colors, cover


def _straight(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Colours (H, W, 3) of premultiplied pixels; clear ones take those of what is near."""
    alpha = rgba[..., 3:].astype(np.float32)
    if float(alpha.min()) == 255.0:
        return np.ascontiguousarray(rgba[..., :3])
    size = (max(rgba.shape[1] // _COARSE, 1), max(rgba.shape[0] // _COARSE, 1))
    picture = Image.fromarray(np.ascontiguousarray(rgba), "RGBA")
    bands = [band.resize(size, Image.Resampling.BOX) for band in picture.split()]
    coarse = np.stack([np.asarray(band, dtype=np.float32) for band in bands], axis=2)
    total = np.maximum(coarse[..., 3].sum(), 1.0)
    mean = coarse[..., :3].reshape(-1, 3).sum(axis=0) / total
    share = coarse[..., 3:]
    near = np.where(share > 0.0, coarse[..., :3] / np.maximum(share, 1.0), mean)
    wide = Image.fromarray((np.clip(near, 0.0, 1.0) * 255.0).astype(np.uint8))
    around = np.asarray(wide.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float32)
    own = rgba[..., :3] * (255.0 / np.maximum(alpha, 1.0))
    return np.asarray(np.where(alpha > 0.0, np.minimum(own, 255.0), around) + 0.5, dtype=np.uint8)


def _mask(cover: NDArray[np.uint8]) -> cairo.ImageSurface:
    """Surface of opacities (H, W)."""
    rows, columns = cover.shape
    stride = cairo.ImageSurface.format_stride_for_width(cairo.FORMAT_A8, columns)
    padded = np.zeros((rows, stride), dtype=np.uint8)
    padded[:, :columns] = cover
    return cairo.ImageSurface.create_for_data(padded.data, cairo.FORMAT_A8, columns, rows, stride)


def _turned(source: cairo.Pattern) -> cairo.Pattern:
    """Return a gradient or mesh with red and blue changed round; a group as it is."""
    if isinstance(source, cairo.MeshPattern):
        return _turned_mesh(source)
    turned: cairo.Gradient
    if isinstance(source, cairo.LinearGradient):
        turned = cairo.LinearGradient(*source.get_linear_points())
    elif isinstance(source, cairo.RadialGradient):
        turned = cairo.RadialGradient(*source.get_radial_circles())
    else:
        return source
    for offset, red, green, blue, alpha in source.get_color_stops_rgba():
        turned.add_color_stop_rgba(offset, blue, green, red, alpha)
    turned.set_matrix(source.get_matrix())
    turned.set_extend(source.get_extend())
    return turned


def _turned_mesh(source: cairo.MeshPattern) -> cairo.MeshPattern:
    turned = cairo.MeshPattern()
    for patch in range(source.get_patch_count()):
        turned.begin_patch()
        for kind, points in source.get_path(patch):
            if kind == cairo.PATH_MOVE_TO:
                turned.move_to(*points)
            elif kind == cairo.PATH_CURVE_TO:
                turned.curve_to(*points)
        for corner in range(4):
            red, green, blue, alpha = source.get_corner_color_rgba(patch, corner)
            turned.set_corner_color_rgba(corner, blue, green, red, alpha)
        turned.end_patch()
    turned.set_matrix(source.get_matrix())
    return turned
