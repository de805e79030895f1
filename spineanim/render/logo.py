"""A practice's logo on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import cairo
import numpy as np
from PIL import Image

from spineanim.content.logo_file import refuse_unfit_logo
from spineanim.errors import ContentError
from spineanim.mobjects.logo import logo_drawing
from spineanim.picture.paths import follow

_MEET: Final = 1e-6
"""Ends of a path that are so near meet, in Manim's units."""


def draw_logo(
    ctx: cairo.Context[Any],
    file: Path,
    right_pt: float,
    top_pt: float,
    within_pt: tuple[float, float],
) -> float:
    """Draw an SVG or PNG with its upper right corner at a place; return its width in points.

    Parameters
    ----------
    ctx
        A page's context, in points.
    file
        The logo.
    right_pt, top_pt
        Where its upper right corner stands.
    within_pt
        Widest and highest it may be.

    Raises
    ------
    ContentError
        The file cannot be read as a picture.
    """
    try:
        if file.suffix.lower() == ".svg":
            return _draw_svg(ctx, file, right_pt, top_pt, within_pt)
        return _draw_png(ctx, file, right_pt, top_pt, within_pt)
    except (OSError, ValueError, SyntaxError) as error:
        raise ContentError(
            f"{file}: the logo cannot be read ({error})", "save it as PNG or as plain SVG"
        ) from None


def _draw_png(
    ctx: cairo.Context[Any], file: Path, right: float, top: float, within: tuple[float, float]
) -> float:
    refuse_unfit_logo(file)
    with Image.open(file) as picture:
        rgba = np.asarray(picture.convert("RGBA"), dtype=np.uint16)
    alpha = rgba[..., 3:]
    pixels = np.concatenate([(rgba[..., 2::-1] * alpha + 127) // 255, alpha], axis=2)
    pixels = np.ascontiguousarray(pixels.astype(np.uint8))
    high, wide = pixels.shape[:2]
    scale = min(within[0] / wide, within[1] / high)
    surface = cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_ARGB32, wide, high)
    ctx.save()
    ctx.translate(right - wide * scale, top)
    ctx.scale(scale, scale)
    ctx.set_source_surface(surface)
    ctx.paint()
    ctx.restore()
    return float(wide * scale)


def _draw_svg(
    ctx: cairo.Context[Any], file: Path, right: float, top: float, within: tuple[float, float]
) -> float:
    logo = logo_drawing(file)
    scale = min(within[0] / max(logo.width, _MEET), within[1] / max(logo.height, _MEET))
    wide = float(logo.width) * scale
    left_units, top_units = logo.get_left()[0], logo.get_top()[1]
    ctx.save()
    ctx.translate(right - wide - left_units * scale, top + top_units * scale)
    ctx.scale(scale, -scale)
    for shape in logo.family_members_with_points():
        ctx.new_path()
        follow(ctx, shape.points, _MEET)
        if shape.get_fill_opacity() > 0:
            ctx.set_source_rgba(*shape.get_fill_rgbas()[0].tolist())
            ctx.fill_preserve()
        if shape.get_stroke_width() > 0 and shape.get_stroke_opacity() > 0:
            ctx.set_source_rgba(*shape.get_stroke_rgbas()[0].tolist())
            ctx.set_line_width(0.01 * shape.get_stroke_width())
            ctx.stroke_preserve()
    ctx.restore()
    return wide
