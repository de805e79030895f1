"""A Cairo camera for Manim that draws parts, gradients, volumes and sprites.

Stock shapes look as Manim draws them. Manim keeps its pixels as RGBA while Cairo writes BGRA;
every colour handed to Cairo is therefore reversed, and sprites, which are RGBA already, are
handed over as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from weakref import WeakKeyDictionary

import cairo
import numpy as np
from manim import Mobject, MovingCamera, VMobject, config
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.mobject.types.image_mobject import AbstractImageMobject
from numpy.typing import NDArray

from spineanim.picture.bounds import (
    Pixels,
    box_px,
    clip_to,
    holds_many,
    in_order,
    line_reach,
    shared_px,
)
from spineanim.picture.camera_frame import CameraFrame
from spineanim.picture.effects import (
    PixelBox,
    clip_to_pixels,
    draw_sprite,
    lay_straight,
    paint_picture,
    shade_volume,
    soft_stroke,
    straight_picture,
)
from spineanim.picture.keep import KeptPicture, Stills
from spineanim.picture.paint import Paints, set_shape_color
from spineanim.picture.paths import Paths, Traced
from spineanim.picture.pyramid import Picture
from spineanim.picture.shape import Handle, Part, Shape, Sprite, Volume
from spineanim.stage import format_of

Draw = Callable[[Mobject, "cairo.Context[Any]"], None]
_OPERATORS: Final = {
    "over": cairo.Operator.OVER,
    "multiply": cairo.Operator.MULTIPLY,
    "screen": cairo.Operator.SCREEN,
}
_FAINT: Final = 0.08
"""Fainter lines get coarser edges, which no eye tells apart: soft shades then cost half."""


class StageCamera(MovingCamera):
    """Draws a tree of mobjects in order of depth, each part as one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.paths = Paths()
        self.paints = Paints()
        self.stills: Stills | None = None
        self._images: WeakKeyDictionary[Mobject, tuple[int, Picture]] = WeakKeyDictionary()
        self._fixed = False
        self.fmt = format_of(config.pixel_width, config.pixel_height)
        self.frame: CameraFrame
        super().__init__(CameraFrame(self.fmt), *args, **kwargs)

    def capture_mobjects(
        self, mobjects: Iterable[Mobject], within_px: Iterable[PixelBox] | None = None, **_: Any
    ) -> None:
        """Draw mobjects over what the pixel array holds.

        Parameters
        ----------
        mobjects
            Top-level mobjects; those with a lower `z_index` are drawn first.
        within_px
            Where alone pixels are wanted; everywhere without it. Manim's own options are ignored.
        """
        ctx = self.context()
        if within_px is not None:
            clip_to_pixels(ctx, within_px)
        self.draw_all(in_order(mobjects), ctx)
        self.paths.next_frame()

    def context(self) -> cairo.Context[Any]:
        """Return a context in scene units that draws on the camera's pixels."""
        ctx: cairo.Context[Any] = self.get_cairo_context(self.pixel_array)
        self.pixel_array_to_cairo_context.clear()  # the camera may move before the next frame
        return ctx

    def pixels(self) -> NDArray[np.uint8]:
        """Return the picture as it stands, (H, W, 4) RGBA; it changes with the next drawing."""
        return self.pixel_array.view(np.uint8)

    def draw_all(self, mobjects: list[Mobject], ctx: cairo.Context[Any]) -> None:
        """Draw what `in_order` gave: parts with their members, everything else alone."""
        self._draw_runs(0, mobjects, ctx, self._draw_top)

    def _draw_top(self, mobject: Mobject, ctx: cairo.Context[Any]) -> None:
        if isinstance(mobject, Part):
            self._draw_part(mobject, ctx)
        else:
            self._draw_alone(mobject, ctx)

    def draw(self, mobject: Mobject, ctx: cairo.Context[Any], fade: float = 1.0) -> None:
        """Draw one mobject and all it holds.

        Parameters
        ----------
        mobject
            What is drawn.
        ctx
            Where, in scene units.
        fade
            Opacity of a group that holds nothing else; parts and sprites alone take it.
        """
        if isinstance(mobject, Part):
            self._draw_part(mobject, ctx, fade)
            return
        self._draw_alone(mobject, ctx, fade)
        for member in mobject.submobjects:
            self.draw(member, ctx)

    def _draw_alone(self, mobject: Mobject, ctx: cairo.Context[Any], fade: float = 1.0) -> None:
        """Draw a mobject without what it holds."""
        if not len(mobject.points):
            return
        if type(mobject) is VMobject and not mobject.get_background_image():
            self._draw_path(mobject, ctx)  # most are; Manim's classes are slow to tell apart
        elif isinstance(mobject, Handle):
            return
        elif isinstance(mobject, Sprite):
            draw_sprite(mobject, ctx, fade)
        elif isinstance(mobject, VMobject) and not mobject.get_background_image():
            self._draw_path(mobject, ctx)
        elif isinstance(mobject, AbstractImageMobject):
            self._draw_image(mobject, ctx)
        else:
            self._draw_as_manim_does(mobject, ctx)

    # -- parts -----------------------------------------------------------------------------------

    def _draw_part(self, part: Part, ctx: cairo.Context[Any], fade: float = 1.0) -> None:
        if part.opacity <= 0.0 or (part.clip is not None and not len(part.clip.points)):
            return
        stills, was_fixed = self.stills, self._fixed
        if stills is not None and stills.redraws(part):
            self.stills = None
        ctx.save()
        if part.fixed_in_frame:
            ctx.set_matrix(self._frame_matrix())
            self._fixed = True
        members: list[Mobject] = [
            m for m in part.submobjects if m is not part.clip and m is not part.mask
        ]
        if not self._draw_plainly(part, members, fade, ctx):
            self._draw_group(part, members, fade, ctx)
        ctx.restore()
        self.stills, self._fixed = stills, was_fixed

    def _draw_plainly(
        self, part: Part, members: list[Mobject], fade: float, ctx: cairo.Context[Any]
    ) -> bool:
        """Draw a part that needs no group of its own; False, and nothing drawn, if it does."""
        opacity = part.opacity * fade
        if part.mask is not None or part.blend != "over":
            return False
        run = self._one_picture(part, members) if opacity < 1.0 else None
        if opacity < 1.0 and run is None:
            return False
        if part.clip is not None:
            if run is None and holds_many(members):
                return False
            self.paths.set(ctx, part.clip)
            ctx.clip()
        if run is None:
            self._draw_runs(id(part), members, ctx, self.draw)
        elif len(run) == 1 and isinstance(run[0], (Part, Sprite)):
            self.draw(run[0], ctx, opacity)
        else:
            self._kept(run, ctx, self.draw).paint(ctx, opacity)
        return True

    def _one_picture(self, part: Part, members: list[Mobject]) -> list[Mobject] | None:
        """Members of a part if they are one picture anyway, which can fade by itself."""
        if len(members) == 1 and isinstance(members[0], (Part, Sprite)):
            return members
        runs = self.stills.runs(id(part), members, fixed=self._fixed) if self.stills else []
        return runs[0][1] if len(runs) == 1 and runs[0][0] else None

    def _draw_group(
        self, part: Part, members: list[Mobject], fade: float, ctx: cairo.Context[Any]
    ) -> None:
        """Draw the members of a part on a clear ground, then lay that over what is there."""
        box = self._seen(part, members, ctx)
        if box is not None:
            clip_to(box, ctx)
            ctx.push_group()
            self._draw_runs(id(part), members, ctx, self.draw)
            self._lay_group(part, part.opacity * fade, ctx)

    def _draw_runs(
        self, owner: int, members: list[Mobject], ctx: cairo.Context[Any], draw: Draw
    ) -> None:
        """Draw members in order; of those that stand still, the pictures kept of them."""
        if self.stills is None:
            for member in members:
                draw(member, ctx)
            return
        for still, run in self.stills.runs(owner, members, fixed=self._fixed):
            if still:
                self._kept(run, ctx, draw).paint(ctx)
            else:
                for member in run:
                    draw(member, ctx)

    def _kept(self, run: list[Mobject], ctx: cairo.Context[Any], draw: Draw) -> KeptPicture:
        """Picture of members that stand still."""
        stills = self.stills
        assert stills is not None

        def drawn() -> KeptPicture:
            self.stills = None
            picture = self._pictured(run, ctx.get_matrix(), draw)
            self.stills = stills
            return picture

        return stills.picture(run, drawn)

    def _pictured(self, run: list[Mobject], matrix: cairo.Matrix, draw: Draw) -> KeptPicture:
        """Draw members on clear pixels, as many as they reach within the frame."""
        reach = self._reach_px(run, matrix)
        frame = (0.0, 0.0, float(self.pixel_width), float(self.pixel_height))
        box = None if reach is None else shared_px(reach, frame)
        if box is None:
            return KeptPicture(None)
        left, top, right, bottom = (round(edge) for edge in box)
        surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, right - left, bottom - top)
        surface.set_device_offset(-left, -top)
        ctx: cairo.Context[Any] = cairo.Context(surface)
        ctx.set_matrix(matrix)
        for member in run:
            draw(member, ctx)
        surface.set_device_offset(0, 0)
        return KeptPicture(surface, left, top)

    def _lay_group(self, part: Part, opacity: float, ctx: cairo.Context[Any]) -> None:
        """Lay the group that was drawn last over, or into, what lies behind it."""
        content = ctx.pop_group()
        if part.clip is not None:
            self.paths.set(ctx, part.clip)
            ctx.clip()
        if part.mask is None:
            ctx.set_operator(_OPERATORS[part.blend])
            ctx.set_source(content)
            ctx.paint_with_alpha(opacity)
            return
        ctx.push_group()
        self.draw(part.mask, ctx)
        mask = ctx.pop_group()
        if opacity < 1.0:
            ctx.push_group()
            ctx.set_source(mask)
            ctx.paint_with_alpha(opacity)
            mask = ctx.pop_group()
        ctx.set_operator(_OPERATORS[part.blend])
        ctx.set_source(content)
        ctx.mask(mask)

    def _seen(self, part: Part, members: list[Mobject], ctx: cairo.Context[Any]) -> Pixels | None:
        """Whole pixels that a part's members reach within clips; None when none is seen."""
        reach = self._reach_px(members, ctx.get_matrix())
        if reach is not None and part.clip is not None:
            clip = box_px(self.paths.of(part.clip).box, 0.0, ctx.get_matrix())
            reach = shared_px(clip, reach)
        if reach is None:
            return None
        left, bottom, right, top = ctx.clip_extents()
        corners = [ctx.user_to_device(x, y) for x in (left, right) for y in (bottom, top)]
        return shared_px(reach, (*np.min(corners, axis=0), *np.max(corners, axis=0)))

    def _reach_px(self, mobjects: Iterable[Mobject], matrix: cairo.Matrix) -> Pixels | None:
        """Box in pixels of all that mobjects may draw, or None if that is nothing."""
        boxes = [box for each in mobjects for box in self._boxes(each, matrix)]
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)

    def _boxes(self, mobject: Mobject, matrix: cairo.Matrix) -> Iterator[Pixels]:
        if isinstance(mobject, Handle) or (isinstance(mobject, Part) and mobject.opacity <= 0.0):
            return
        clip = None
        if isinstance(mobject, Part):
            if mobject.fixed_in_frame:
                matrix = self._frame_matrix()
            clip = mobject.clip
        if len(mobject.points):
            if isinstance(mobject, VMobject):
                yield box_px(self.paths.of(mobject).box, line_reach(mobject), matrix)
            else:
                yield 0.0, 0.0, float(self.pixel_width), float(self.pixel_height)
        for member in mobject.submobjects if clip is None else (clip,):
            yield from self._boxes(member, matrix)

    def _frame_matrix(self) -> cairo.Matrix:
        """Scene units to pixels, wherever the camera looks."""
        scale = self.fmt.pixels_per_unit
        return cairo.Matrix(scale, 0, 0, -scale, self.pixel_width / 2, self.pixel_height / 2)

    # -- paths -----------------------------------------------------------------------------------

    def _draw_path(self, shape: VMobject, ctx: cairo.Context[Any]) -> None:
        traced = self.paths.of(shape)
        box, reach = traced.box, line_reach(shape)
        left, bottom, right, top = ctx.clip_extents()
        if (
            box[0] - reach > right
            or box[2] + reach < left
            or box[1] - reach > top
            or box[3] + reach < bottom
        ):
            return
        self.paths.set(ctx, shape, traced)
        if type(shape) is VMobject or not isinstance(shape, Shape):
            self._stroke(shape, traced, ctx, background=True)
            self._fill(shape, traced, ctx)
            self._stroke(shape, traced, ctx)
        elif isinstance(shape, Volume):
            if shape.get_fill_opacity() > 0.0:
                outline = ctx.copy_path()
                shade_volume(ctx, shape, outline, box)
                ctx.append_path(outline)
            self._stroke(shape, traced, ctx)
        else:
            self._draw_shape(shape, traced, ctx)
        ctx.new_path()

    def _draw_shape(self, shape: Shape, traced: Traced, ctx: cairo.Context[Any]) -> None:
        if shape.gradient is None and shape.mesh is None:
            self._fill(shape, traced, ctx)
        else:
            pattern = self.paints.fill(shape)
            if pattern is not None:
                ctx.set_source(pattern)
                ctx.fill_preserve()
        if shape.soft:
            color, opacity = shape.get_stroke_color(), float(shape.get_stroke_opacity())
            if color is not None and shape.stroke_width > 0.0 and opacity > 0.0:
                soft_stroke(ctx, shape, color.to_hex(), opacity)
            return
        if shape.dash:
            ctx.set_dash(list(shape.dash), shape.dash_phase)
        if shape.get_stroke_opacity() < _FAINT:
            ctx.set_antialias(cairo.Antialias.FAST)
        self._stroke(shape, traced, ctx)
        ctx.set_antialias(cairo.Antialias.DEFAULT)
        if shape.dash:
            ctx.set_dash([])

    def _fill(self, shape: VMobject, traced: Traced, ctx: cairo.Context[Any]) -> None:
        if set_shape_color(shape, shape.get_fill_rgbas(), traced, ctx):
            ctx.fill_preserve()

    def _stroke(
        self,
        shape: VMobject,
        traced: Traced,
        ctx: cairo.Context[Any],
        *,
        background: bool = False,
    ) -> None:
        width = shape.get_stroke_width(background)
        if width != 0 and set_shape_color(shape, shape.get_stroke_rgbas(background), traced, ctx):
            ctx.set_line_width(width * self.cairo_line_width_multiple)
            ctx.set_line_join(LINE_JOIN_MAP[shape.joint_type])
            ctx.set_line_cap(CAP_STYLE_MAP[shape.cap_style])
            ctx.stroke_preserve()

    def _draw_image(self, image: AbstractImageMobject, ctx: cairo.Context[Any]) -> None:
        """Draw an image of Manim's; its own camera fails to with newer versions of Pillow."""
        pixels = np.asarray(image.get_pixel_array(), dtype=np.uint8)
        content = hash(pixels.tobytes())
        known = self._images.get(image)
        if known is None or known[0] != content:
            known = self._images[image] = (content, straight_picture(pixels))
        paint_picture(known[1], image.points[:3, :2], 1.0, ctx)

    def _draw_as_manim_does(self, mobject: Mobject, ctx: cairo.Context[Any]) -> None:
        """Let Manim draw one mobject on a clear layer, and lay that over the picture."""
        kind = self.type_or_raise(mobject)
        if kind is Mobject:
            return  # Manim draws nothing either
        layer = np.zeros_like(self.pixel_array)
        self.display_funcs[kind]([mobject], layer)
        lay_straight(layer.view(np.uint8), ctx)
