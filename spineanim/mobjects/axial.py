"""The level cut of the body as a picture: vertebra, canal, cord, and the nerve that leaves here.

One part in layers, so that medicine can spread in the fluid between them. It knows where things
are on it; a plate says where it stands in the frame.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.level_cut import BACK_HORN, LevelCut
from spineanim.geometry.params import Side
from spineanim.mobjects.figure import placed
from spineanim.picture.cut_again import level_tones_again
from spineanim.picture.image import BakedImage, smoothstep
from spineanim.picture.raster import Box
from spineanim.picture.shade import coloured
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Stage

Point = NDArray[np.float64]
"""Scene point (3,)."""

_SHADOW_MM: Final = (0.35, 0.55)
_SHADOW: Final = 0.42


class AxialSection(Part):
    """A cut across the body at one level, seen from above, front at the top.

    Parameters
    ----------
    cut
        Where the body is cut.
    theme
        Tissue colours.
    stage
        Where it stands; its view is that of the cut.
    reach_mm
        How far it is drawn from the stage's focus: half width and half height. The edge fades
        out over `fade_mm`.
    times
        How much nearer than the stage it will be seen.
    fade_mm
        Length of the fading edge.

    Attributes
    ----------
    ground
        All of the cut.
    in_fluid
        Empty; what spreads in the fluid goes in here, behind cord and roots (see `put_in_fluid`).
    cord
        The cord once more, over that, with its shadow on the fluid.
    in_cord
        Empty; what spreads in the cord goes in here.
    nerves
        The nerve of the level with its roots and ganglia, over all.
    shown_mm
        How far to either side the picture is seen well.
    """

    def __init__(
        self,
        cut: LevelCut,
        theme: Theme,
        stage: Stage,
        reach_mm: tuple[float, float],
        *,
        times: float = 1.0,
        fade_mm: float = 6.0,
    ) -> None:
        self.cut, self.stage = cut, stage
        self.shown_mm = reach_mm[0] - 0.6 * fade_mm
        x, y = stage.view.project(np.array(stage.focus_mm))
        window = (x - reach_mm[0], y - reach_mm[1], x + reach_mm[0], y + reach_mm[1])
        box = tuple(round(float(edge), 3) for edge in window)
        tones = level_tones_again(cut, _box(box), round(stage.pixels_per_mm * times, 3))
        whole, cord, nerves = (
            coloured(each, theme) for each in (tones.whole, tones.cord, tones.nerves)
        )
        self.ground = Part(placed(_faded(whole, _box(box), fade_mm), stage))
        self.in_fluid, self.in_cord = Part(), Part()
        shadow = Part(placed(_shadow(cord, theme), stage)).clipped_to(self.fluid())
        self.cord = Part(shadow, placed(cord, stage)) if self.has_cord else Part()
        self.nerves = Part(placed(_faded(nerves, _box(box), fade_mm), stage))
        super().__init__(self.ground, self.in_fluid, self.cord, self.in_cord, self.nerves)

    @property
    def has_cord(self) -> bool:
        """Whether the cord reaches this level."""
        return float(np.ptp(self.cut.cord_outline[:, 0])) > 1.0

    def put_in_fluid(self, *parts: Part) -> None:
        """Lay parts over the fluid, behind cord and roots."""
        self.in_fluid.add(*parts)

    def put_in_cord(self, *parts: Part) -> None:
        """Lay parts over the cord, behind the nerve's roots."""
        self.in_cord.add(*parts)

    # --------------------------------------------------------------------------- places
    def place(self, points_mm: Points2) -> NDArray[np.float64]:
        """Scene points (N, 3) of points (N, 2) of the cut's plane."""
        return self.stage.plane(points_mm)

    def fluid(self) -> Shape:
        """Outline of the fluid: all that the dura encloses."""
        middle = self.cut.sac_outline.mean(axis=0)
        inner = middle + (self.cut.sac_outline - middle) * _INSIDE_DURA
        return Shape(self.place(inner))

    def cord_shape(self) -> Shape:
        """Outline of the cord."""
        return Shape(self.place(self.cut.cord_outline))

    def point(self, name: str, side: Side = "left") -> Point:
        """Scene point (3,) of a named structure.

        Parameters
        ----------
        name
            `"body"`, `"arch"`, `"dura"`, `"fluid"`, `"fat"`, `"cord"`, `"back_horn"`, `"tip"`,
            `"root"`, `"ganglion"`, `"nerve"`.
        side
            The patient's, for what there is twice.

        Raises
        ------
        LookupError
            If nothing is called so.
        """
        cut = self.cut
        wall = cut.wall_mm
        sign = 1.0 if side == "left" else -1.0
        if name in ("root", "ganglion", "nerve"):
            way = cut.nerve_way(side)
            aside = np.abs(way[:, 0])
            sac = float(np.ptp(cut.sac_outline[:, 0])) / 2
            wanted = {"root": 0.80 * sac, "ganglion": sac + 4.2, "nerve": sac + 12.0}[name]
            found = way[int(np.argmin(np.abs(aside - wanted)))]
        elif name == "back_horn":
            found = cut.in_cord(BACK_HORN, side)
        elif name == "cord":
            found = cut.in_cord((0.62, -0.1), side)
        elif name == "tip":
            found = cut.tip
        elif name in ("body", "arch"):
            back = cut.body.spine.frame(cut.level).half_depth_mm
            deep = -back if name == "body" else wall("back_wall") + 4.0
            found = cut.canal_point(deep, sign * (4.0 if name == "body" else 5.0))
        elif name in ("dura", "fluid", "fat"):
            back, front = wall("sac_back"), wall("cord_back")
            deep = {"dura": back, "fluid": (back + front) / 2, "fat": back + 1.6}[name]
            found = cut.canal_point(deep, sign * {"dura": 0.0, "fluid": 2.6, "fat": 1.4}[name])
        else:
            raise LookupError(f"nothing on a level cut is called {name!r}")
        place: Point = self.place(found[None])[0]
        return place


_INSIDE_DURA: Final = 0.94


def _box(edges: tuple[float, ...]) -> Box:
    left, bottom, right, top = edges
    return left, bottom, right, top


def _faded(image: BakedImage, window_mm: Box, fade_mm: float) -> BakedImage:
    """Let a picture fade out towards the edges of a window, with rounded corners."""
    if fade_mm <= 0.0:
        return image
    rows, columns = image.rgba.shape[:2]
    left, bottom, right, top = image.box_mm
    x = left + (np.arange(columns) + 0.5) / columns * (right - left)
    y = top - (np.arange(rows) + 0.5) / rows * (top - bottom)
    half = np.array([window_mm[2] - window_mm[0], window_mm[3] - window_mm[1]]) / 2
    middle = np.array([window_mm[0] + window_mm[2], window_mm[1] + window_mm[3]]) / 2
    past_x = np.clip(np.abs(x - middle[0]) - half[0] + fade_mm * 2, 0, None)[None, :]
    past_y = np.clip(np.abs(y - middle[1]) - half[1] + fade_mm * 2, 0, None)[:, None]
    share = smoothstep(np.hypot(past_x, past_y), 2.0 * fade_mm, fade_mm)
    rgba = np.rint(image.rgba * share[..., None]).astype(np.uint8)
    return BakedImage(rgba, image.box_mm)


def _shadow(image: BakedImage, theme: Theme) -> BakedImage:
    """Soft shadow of a picture on the fluid, a little lower and to the right."""
    left, bottom, right, top = image.box_mm
    scale = image.rgba.shape[1] / (right - left)
    room = int(np.ceil(scale * 3.0 * _SHADOW_MM[1]))
    alpha = np.pad(image.rgba[..., 3].astype(np.float32) / 255, room)
    shift = round(_SHADOW_MM[0] * scale)
    alpha = ndimage.gaussian_filter(np.roll(alpha, (shift, shift), (0, 1)), _SHADOW_MM[1] * scale)
    rgba = np.empty((*alpha.shape, 4), dtype=np.float32)
    rgba[..., :3] = theme.rgb("csf.line") * 255
    rgba[..., 3] = 255
    edge = room / scale
    pixels = np.rint(rgba * alpha[..., None] * _SHADOW).astype(np.uint8)
    return BakedImage(pixels, (left - edge, bottom - edge, right + edge, top + edge))
