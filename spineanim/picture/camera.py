"""A Cairo camera for Manim that draws parts, gradients, volumes and sprites.

Stock shapes are drawn by Manim's own code, so they look as ever. Manim keeps its pixels as RGBA
while Cairo writes BGRA; every colour handed to Cairo is therefore reversed, and sprites, which
are RGBA already, are handed over as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cairo
import numpy as np
from manim import Mobject, MovingCamera, VMobject
from manim.utils.color import ManimColor
from numpy.typing import NDArray

from spineanim.picture.shape import Handle, Part, Shape, Sprite, Volume, mix
from spineanim.stage import FRAME_HEIGHT

_PASS_PX = 2.5  # soft strokes grow by this much a pass, fine enough to show no bands
_BOUNCE = "#DCEBF2"


class StageCamera(MovingCamera):
    """Draws a tree of mobjects in order of depth, each part as one."""

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """Draw mobjects over what the pixel array holds.

        Parameters
        ----------
        mobjects
            Top-level mobjects; those with a lower `z_index` are drawn first.
        kwargs
            Ignored; Manim passes its own options.
        """
        moving = self.get_cairo_context(self.pixel_array)
        fixed = self._frame_context()
        for mobject in sorted(mobjects, key=lambda each: each.z_index):
            self.draw(mobject, fixed if getattr(mobject, "fixed_in_frame", False) else moving)

    def _frame_context(self) -> cairo.Context[cairo.ImageSurface]:
        """Return a context that ignores where the camera looks."""
        surface = cairo.ImageSurface.create_for_data(
            self.pixel_array.data, cairo.FORMAT_ARGB32, self.pixel_width, self.pixel_height
        )
        context = cairo.Context(surface)
        scale = self.pixel_height / FRAME_HEIGHT
        context.set_matrix(
            cairo.Matrix(scale, 0, 0, -scale, self.pixel_width / 2, self.pixel_height / 2)
        )
        return context

    def pixels(self) -> NDArray[np.uint8]:
        """Return the picture as it stands, (H, W, 4) RGBA; it changes with the next drawing."""
        return self.pixel_array.view(np.uint8)

    def draw(self, mobject: Mobject, ctx: cairo.Context[Any]) -> None:
        """Draw one mobject and all it holds."""
        if isinstance(mobject, Part):
            self._draw_part(mobject, ctx)
            return
        if isinstance(mobject, Handle):
            return
        if isinstance(mobject, Sprite):
            draw_sprite(mobject, ctx)
        elif isinstance(mobject, Volume):
            self._draw_volume(mobject, ctx)
        elif isinstance(mobject, VMobject) and len(mobject.points):
            self._draw_path(mobject, ctx)
        for member in mobject.submobjects:
            self.draw(member, ctx)

    def _draw_part(self, part: Part, ctx: cairo.Context[Any]) -> None:
        if part.opacity <= 0.0:
            return
        ctx.save()
        if part.clip is not None:
            self.set_cairo_context_path(ctx, part.clip)
            ctx.clip()
        if part.opacity < 1.0:
            ctx.push_group()
        for member in part.submobjects:
            if member is not part.clip:
                self.draw(member, ctx)
        if part.opacity < 1.0:
            ctx.pop_group_to_source()
            ctx.paint_with_alpha(part.opacity)
        ctx.restore()

    def _draw_path(self, path: VMobject, ctx: cairo.Context[Any]) -> None:
        ctx.save()
        if isinstance(path, Shape) and path.dash:
            ctx.set_dash(list(path.dash), path.dash_phase)
        if isinstance(path, Shape) and path.gradient is not None:
            self.set_cairo_context_path(ctx, path)
            ctx.set_source(gradient_pattern(path))
            ctx.fill_preserve()
            self.apply_stroke(ctx, path)
        else:
            self.display_vectorized(path, ctx)
        ctx.new_path()
        ctx.restore()

    def _draw_volume(self, volume: Volume, ctx: cairo.Context[Any]) -> None:
        """Shade inside the outline: dark pushed to the lower right, light to the upper left."""
        opacity = float(volume.get_fill_opacity())
        if opacity <= 0.0:
            return
        tones, depth = volume.tones, volume.shade_depth()
        left, bottom = volume.points[:, :2].min(axis=0)
        right, top = volume.points[:, :2].max(axis=0)
        base = cairo.LinearGradient(left, top, left + 0.55 * (right - left), bottom)
        add_stop(base, 0.0, mix(tones.light, tones.base, 0.35), opacity)
        add_stop(base, 0.5, tones.base, opacity)
        add_stop(base, 1.0, mix(tones.base, tones.dark, 0.45), opacity)
        ctx.save()
        self.set_cairo_context_path(ctx, volume)
        outline = ctx.copy_path()
        ctx.set_source(base)
        ctx.fill_preserve()
        ctx.clip()
        _soft_stroke(ctx, outline, (-0.30, 0.38), depth, 0.9, 0.42, tones.dark, 0.80 * opacity)
        _soft_stroke(ctx, outline, (0.16, -0.20), depth, 0.42, 0.22, tones.light, 0.95 * opacity)
        if volume.rim:
            bounce = mix(tones.base, _BOUNCE, 0.5)
            strength = 0.55 * volume.rim * opacity
            _soft_stroke(ctx, outline, (-0.05, 0.06), depth, 0.16, 0.08, bounce, strength)
        ctx.restore()
        self.set_cairo_context_path(ctx, volume)
        self.apply_stroke(ctx, volume)
        ctx.new_path()


def add_stop(gradient: cairo.Gradient, offset: float, color: str, opacity: float) -> None:
    """Add a gradient stop in Manim's byte order."""
    red, green, blue = ManimColor(color).to_rgb()
    gradient.add_color_stop_rgba(offset, blue, green, red, opacity)


def gradient_pattern(shape: Shape) -> cairo.Gradient:
    """Cairo gradient of a shape, where its handle stands now."""
    assert shape.gradient is not None and shape.gradient_handle is not None
    start, end = shape.gradient_handle.points[0, :2], shape.gradient_handle.points[-1, :2]
    pattern: cairo.Gradient
    if shape.gradient.kind == "radial":
        radius = float(np.hypot(*(end - start)))
        pattern = cairo.RadialGradient(start[0], start[1], 0.0, start[0], start[1], radius)
    elif shape.gradient.kind == "oval":
        pattern = cairo.RadialGradient(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
        wide, high = end - start
        pattern.set_matrix(
            cairo.Matrix(1 / wide, 0, 0, 1 / high, -start[0] / wide, -start[1] / high)
        )
    else:
        pattern = cairo.LinearGradient(start[0], start[1], end[0], end[1])
    opacity = float(shape.get_fill_opacity())
    for offset, color, alpha in shape.gradient.stops:
        add_stop(pattern, offset, color, alpha * opacity)
    return pattern


def draw_sprite(sprite: Sprite, ctx: cairo.Context[Any]) -> None:
    """Paint a sprite's pixels into the parallelogram of its corners."""
    opacity = float(sprite.get_fill_opacity())
    if opacity <= 0.0:
        return
    surface = sprite.picture.surface
    upper_left, upper_right, lower_left = sprite.corner_points()
    across = (upper_right - upper_left) / surface.get_width()
    down = (lower_left - upper_left) / surface.get_height()
    ctx.save()
    ctx.transform(
        cairo.Matrix(across[0], across[1], down[0], down[1], upper_left[0], upper_left[1])
    )
    ctx.set_source_surface(surface, 0, 0)
    ctx.get_source().set_filter(cairo.FILTER_BILINEAR)
    ctx.paint_with_alpha(opacity)
    ctx.restore()


def _soft_stroke(
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
    red, green, blue = ManimColor(color).to_rgb()
    blur_px = abs(ctx.user_to_device_distance(blur * depth, 0.0)[0])
    passes = int(np.clip(blur_px / _PASS_PX, 4, 24))
    each = 1.0 - (1.0 - min(opacity, 0.98)) ** (1.0 / passes)
    ctx.save()
    ctx.translate(shift[0] * depth, shift[1] * depth)
    ctx.set_line_join(cairo.LineJoin.ROUND)
    ctx.set_source_rgba(blue, green, red, each)
    for index in range(passes):
        spread = 2.0 * index / (passes - 1) - 1.0
        ctx.set_line_width(max((width + 2.0 * blur * spread) * depth, depth * 0.02))
        ctx.new_path()
        ctx.append_path(outline)
        ctx.stroke()
    ctx.restore()
