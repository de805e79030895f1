"""Soft strokes, shading of volumes, and sprites: what takes several strokes of Cairo's."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot
from typing import Any, Final

import cairo
import numpy as np
from numpy.typing import NDArray

from spineanim.picture.paint import add_stop, set_color
from spineanim.picture.paths import Box
from spineanim.picture.pyramid import Picture
from spineanim.picture.shape import Shape, Sprite, Volume, mix

_PASS_PX: Final = 2.5
"""Soft strokes grow by this much a pass, fine enough to show no bands."""
_EDGE_PASS_PX: Final = 1.5
_EDGE_ON: Final = 1e-16
"""Square units a pixel of a picture must cover to be seen."""
_BOUNCE: Final = "#DCEBF2"


PixelBox = tuple[int, int, int, int]
"""Left, upper, right and lower edge in pixels from the upper left."""


def clip_to_pixels(ctx: cairo.Context[Any], boxes: Iterable[PixelBox]) -> None:
    """Let nothing more be drawn but in some boxes, whatever the context's units are."""
    ctx.save()
    ctx.identity_matrix()
    for left, upper, right, lower in boxes:
        ctx.rectangle(left, upper, right - left, lower - upper)
    ctx.restore()
    ctx.clip()


def soft_stroke(ctx: cairo.Context[Any], shape: Shape, color: str, opacity: float) -> None:
    """Stroke the current path with an edge that fades over `shape.soft` scene units.

    Strokes from wide to narrow lie over one another; each adds what the fading edge wants there.
    """
    width = 0.01 * float(shape.get_stroke_width())
    edge_px = abs(ctx.user_to_device_distance(shape.soft, 0.0)[0])
    passes = int(np.clip(edge_px / _EDGE_PASS_PX, 4, 20))
    narrow, wide = max(width - shape.soft, 0.0), width + shape.soft
    ctx.set_line_join(cairo.LineJoin.ROUND)
    ctx.set_line_cap(cairo.LineCap.ROUND)
    covered = 0.0
    for index in range(passes):
        share = (index + 0.5) / passes
        cover = opacity * share * share * (3.0 - 2.0 * share)
        set_color(ctx, color, (cover - covered) / max(1.0 - covered, 1e-6))
        covered = cover
        ctx.set_line_width(wide + (narrow - wide) * share)
        ctx.stroke_preserve()


def shade_volume(ctx: cairo.Context[Any], volume: Volume, path: cairo.Path, box: Box) -> None:
    """Shade inside an outline: dark pushed to the lower right, light to the upper left.

    Parameters
    ----------
    ctx
        Where it is drawn, in scene units.
    volume
        Tones and depth of the shading.
    path, box
        Its outline.
    """
    opacity = float(volume.get_fill_opacity())
    tones, depth = volume.tones, volume.shade_depth()
    left, bottom, right, top = box
    base = cairo.LinearGradient(left, top, left + 0.55 * (right - left), bottom)
    add_stop(base, 0.0, mix(tones.light, tones.base, 0.35), opacity)
    add_stop(base, 0.5, tones.base, opacity)
    add_stop(base, 1.0, mix(tones.base, tones.dark, 0.45), opacity)
    ctx.save()
    ctx.set_source(base)
    ctx.fill_preserve()
    ctx.clip()
    _inner_stroke(ctx, path, (-0.30, 0.38), depth, 0.9, 0.42, tones.dark, 0.80 * opacity)
    _inner_stroke(ctx, path, (0.16, -0.20), depth, 0.42, 0.22, tones.light, 0.95 * opacity)
    if volume.rim:
        bounce = mix(tones.base, _BOUNCE, 0.5)
        strength = 0.55 * volume.rim * opacity
        _inner_stroke(ctx, path, (-0.05, 0.06), depth, 0.16, 0.08, bounce, strength)
    ctx.restore()


def _inner_stroke(
    ctx: cairo.Context[Any],
    outline: cairo.Path,
    shift: tuple[float, float],
    depth: float,
    width: float,
    blur: float,
    color: str,
    opacity: float,
) -> None:
    """Stroke a path with a soft edge: several strokes, wider and fainter outwards.

    The shift, width and blur are shares of `depth`; the shift moves the stroke, not the clip.
    """
    blur_px = abs(ctx.user_to_device_distance(blur * depth, 0.0)[0])
    passes = int(np.clip(blur_px / _PASS_PX, 4, 24))
    each = 1.0 - (1.0 - min(opacity, 0.98)) ** (1.0 / passes)
    ctx.save()
    ctx.translate(shift[0] * depth, shift[1] * depth)
    ctx.set_line_join(cairo.LineJoin.ROUND)
    set_color(ctx, color, each)
    for index in range(passes):
        spread = 2.0 * index / (passes - 1) - 1.0
        ctx.set_line_width(max((width + 2.0 * blur * spread) * depth, depth * 0.02))
        ctx.new_path()
        ctx.append_path(outline)
        ctx.stroke()
    ctx.restore()


def draw_sprite(sprite: Sprite, ctx: cairo.Context[Any], fade: float = 1.0) -> None:
    """Paint a sprite's pixels into the parallelogram of its corners.

    Parameters
    ----------
    sprite
        What is painted.
    ctx
        Where, in scene units.
    fade
        Opacity besides the sprite's own.
    """
    corners = np.array([corner[:2] for corner in sprite.corner_points()])
    paint_picture(sprite.picture, corners, float(sprite.get_fill_opacity()) * fade, ctx)


def paint_picture(
    picture: Picture, corners: NDArray[np.float64], opacity: float, ctx: cairo.Context[Any]
) -> None:
    """Paint a picture, or the copy of it that is nearest to the size it gets in the frame.

    Parameters
    ----------
    picture
        The pixels.
    corners
        Scene points (3, 2): upper left, upper right, lower left.
    opacity
        0 to 1.
    ctx
        Where, in scene units.
    """
    if opacity <= 0.0:
        return
    height, width = picture.rgba.shape[:2]
    start = corners[0].tolist()
    across, down = ((corners[1] - corners[0]) / width), ((corners[2] - corners[0]) / height)
    if abs(across[0] * down[1] - across[1] * down[0]) < _EDGE_ON:
        return
    column_px = hypot(*ctx.user_to_device_distance(*across.tolist()))
    row_px = hypot(*ctx.user_to_device_distance(*down.tolist()))
    surface, columns, rows = picture.level(column_px, row_px)
    ctx.save()
    ctx.transform(cairo.Matrix(*(across * columns).tolist(), *(down * rows).tolist(), *start))
    ctx.set_source_surface(surface, 0, 0)
    ctx.get_source().set_filter(cairo.FILTER_BILINEAR)
    ctx.paint_with_alpha(opacity)
    ctx.restore()


def straight_picture(rgba: NDArray[np.uint8]) -> Picture:
    """Picture of pixels (H, W, 4) whose colours are not yet premultiplied."""
    alpha = rgba[..., 3:].astype(np.uint16)
    colors = (rgba[..., :3] * alpha + 127) // 255
    return Picture(np.concatenate([colors, alpha], axis=2).astype(np.uint8))


def lay_straight(layer: NDArray[np.uint8], ctx: cairo.Context[Any]) -> None:
    """Lay pixels (H, W, 4) of the whole frame, not premultiplied, over the picture."""
    alpha = layer[..., 3:].astype(np.uint16)
    layer[..., :3] = (layer[..., :3] * alpha + 127) // 255
    high, wide = layer.shape[:2]
    surface = cairo.ImageSurface.create_for_data(layer.data, cairo.FORMAT_ARGB32, wide, high)
    ctx.save()
    ctx.identity_matrix()
    ctx.set_source_surface(surface, 0, 0)
    ctx.paint()
    ctx.restore()
