"""An X-ray picture of the column from the front, with the catheter that shows on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import UL
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR, Points3
from spineanim.geometry.curves import part
from spineanim.geometry.patients import bare_body
from spineanim.geometry.spine import Spine
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.course import Course, lay
from spineanim.mobjects.figure import placed
from spineanim.mobjects.magnifier import circle
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.plate import rounded_plate
from spineanim.mobjects.text import TextBlock
from spineanim.mobjects.xray_density import Density, bone_density, front_grid
from spineanim.picture.image import baked, smoothstep
from spineanim.picture.ramp import Ramp
from spineanim.picture.raster import Grid
from spineanim.picture.shape import Part, Shape, Sprite
from spineanim.picture.skeleton import with_spine
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

_PX_PER_MM: Final = 3.0
_HALF_WIDTH_MM: Final = 150.0
"""One picture serves all sizes and shapes of the frame: an X-ray is soft anyway."""
_FULL_MM: Final = 30.0
"""Dense bone after which the picture hardly gets brighter."""
_BONE: Final = 0.84
"""Brightest bone on the ramp."""
_GAIN: Final = 0.86
"""How strongly the picture brings thin bone out."""
_BODY: Final = 0.16
"""Brightness of the soft body on the ramp, in the middle."""
_CATHETER_PX: Final = 4.6
_TIP_PX: Final = 12.0
_NAME_GAP_MM: Final = 44.0
_INSET_PX: Final = 20.0
_PLATE: Final = 0.72
"""Opacity of the plates behind words."""


class XRay(Part):
    """A dark card with the column as an X-ray shows it, and the catheter, which shows on it.

    The patient faces the viewer: the patient's left is on the right.

    Parameters
    ----------
    spine
        Whose bones.
    theme
        Colours: role `xray`.
    fmt
        Shape and resolution of the frame.
    centre
        Scene point (3,) of the card's middle.
    size
        Its width and height in scene units.
    levels
        Highest and lowest vertebra that is seen, such as `("T8", "L3")`.
    path_mm
        Way of the catheter (N, 3), patient millimetres, from where it comes to its tip.
    names
        Levels whose names stand beside them.
    title
        Words in the card's upper corner.

    Attributes
    ----------
    panel
        The card; see `Panel.tether`.
    stage
        Where the body stands in the card.
    catheter
        Bright line with a ring round its tip; `advance` moves it.
    by_name
        The parts of the names.
    """

    def __init__(
        self,
        spine: Spine,
        theme: Theme,
        fmt: Format,
        centre: Point,
        size: tuple[float, float],
        levels: tuple[str, str],
        path_mm: Points3,
        *,
        names: Sequence[str] = (),
        title: str = "",
    ) -> None:
        self.theme, self.spine = theme, spine
        self.stage = _stage(spine, fmt, centre, size, levels)
        self.catheter = _Radiopaque(self.stage(path_mm), theme)
        self.panel = Panel(*size, theme).shift(centre)
        self.by_name = {name: self._name(name) for name in names}
        ground = self.panel.edge.copy()
        ground.set_fill(theme.color("xray.line"), opacity=1.0).set_stroke(width=0.0)
        self.panel.hold(ground).hold(self._picture(levels))
        for each in (self.catheter, *self.by_name.values()):
            self.panel.hold(each)
        if title:
            self.panel.hold(self._title(title, centre, size))
        super().__init__(self.panel)

    def advance(self, share: float) -> None:
        """Let the catheter reach along the first share, 0 to 1, of its way."""
        self.catheter.reveal(share)

    @property
    def tip(self) -> Point:
        """Scene point (3,) of the catheter's tip now."""
        return self.catheter.front

    def level(self, name: str) -> Point:
        """Scene point (3,) of the middle of a vertebra's body."""
        y, z = self.spine.frame(name).centre
        return self.stage.point((0.0, y, z))

    def _picture(self, levels: tuple[str, str]) -> Sprite:
        """Bones and soft body, wider than the card's window."""
        low, high = _span_mm(self.spine, levels)
        grid = front_grid((-_HALF_WIDTH_MM, low, _HALF_WIDTH_MM, high), _PX_PER_MM)
        body = bare_body(with_spine(self.spine).anatomy)
        tone = exposed(bone_density(body, grid), grid)
        ramp, matt = _ramp(self.theme), np.zeros(tone.shape, np.uint8)
        colours = ramp.colours((tone * 65535.0).astype(np.uint16), matt)
        return placed(baked(colours, grid), self.stage)

    def _name(self, level: str) -> Part:
        """Name of a level on a dark plate, on the patient's right."""
        words = self._words(level)
        y, z = self.spine.frame(level).centre
        words.shift(self.stage.point((-_NAME_GAP_MM, y, z)) - words.get_right())
        edge = float(self.panel.edge.points[:, 0].min()) + px(_INSET_PX)
        return words.shift((max(edge - float(words.get_left()[0]), 0.0), 0.0, 0.0))

    def _words(self, words: str) -> Part:
        style = self.theme.style("detail")
        block = TextBlock([words], style, self.theme.color("xray.light"), "center")
        plate = rounded_plate(block.width_units + px(24), px(style.size_px) * 1.36, px(10))
        plate.set_fill(self.theme.color("xray.line"), opacity=_PLATE)
        return Part(plate.shift((0.0, block.middle_units, 0.0)), block)

    def _title(self, words: str, centre: Point, size: tuple[float, float]) -> Part:
        block = self._words(words)
        corner = centre + np.array([-size[0] / 2, size[1] / 2, 0.0])
        return block.shift(
            corner + px(_INSET_PX) * np.array([1.0, -1.0, 0.0]) - block.get_corner(UL)
        )


class _Radiopaque(Course):
    """The catheter as a bright line with a soft glow; a fine ring marks its tip."""

    def __init__(self, path: Point, theme: Theme) -> None:
        super().__init__(path)
        bright, dark = theme.color("xray.light"), theme.color("xray.line")
        self._strokes = [
            Shape(stroke=dark, stroke_px=3.0 * _CATHETER_PX, stroke_opacity=0.22),
            Shape(stroke=dark, stroke_px=1.9 * _CATHETER_PX, stroke_opacity=0.45),
            Shape(stroke=bright, stroke_px=_CATHETER_PX),
        ]
        ring = circle(np.zeros(3), px(_TIP_PX))
        self._ring = [
            Shape(ring, stroke=dark, stroke_px=6.0, stroke_opacity=0.55),
            Shape(ring, stroke=theme.color("medication.glow"), stroke_px=3.0),
        ]
        self.tip_mark = Part(*self._ring)
        self._tip = AtRest(self.tip_mark, np.zeros(3))
        self.add(*self._strokes, self.tip_mark)
        self._draw()

    def _draw(self) -> None:
        start, end = self.shown
        line = part(self.path, start, end) if end - start > 1e-6 else None
        for stroke in self._strokes:
            lay(stroke, line, np.zeros(3))
        self._tip.put(self.front)
        self.tip_mark.opacity = float(line is not None)


def exposed(bones: Density, grid: Grid) -> Density:
    """Return the place on the ramp, 0 to 1, of every pixel of an X-ray (H, W).

    Parameters
    ----------
    bones
        Dense bone along the rays (mm).
    grid
        Its pixels: the soft body is thickest in the midline.
    """
    soft = _BODY * (1.0 - 0.75 * smoothstep(np.abs(grid.across_mm), 20.0, 130.0))
    taken = (1.0 - np.exp(-2.2 * bones / _FULL_MM)) ** _GAIN
    return np.asarray(soft + (_BONE - soft) * taken, dtype=np.float32)


def _ramp(theme: Theme) -> Ramp:
    """From the empty film to the brightest metal."""
    rgb = theme.rgb
    stops = [(0.0, "line"), (0.30, "dark"), (0.68, "base"), (1.0, "light")]
    return Ramp.through([(at, rgb(f"xray.{tone}")) for at, tone in stops])


def _stage(
    spine: Spine,
    fmt: Format,
    centre: Point,
    size: tuple[float, float],
    levels: tuple[str, str],
) -> Stage:
    """Return the front view whose window just holds the levels."""
    deep, high = _span_mm(spine, levels)
    y = float(np.mean([spine.frame(name).centre[0] for name in levels]))
    scale = size[1] / (high - deep)
    at = (float(centre[0]), float(centre[1]))
    return Stage(ANTERIOR, (0.0, y, (high + deep) / 2), scale, at, fmt=fmt)


def _span_mm(spine: Spine, levels: tuple[str, str]) -> tuple[float, float]:
    """Heights of the lowest and the highest edge of the bodies that are seen."""
    corners = np.vstack([spine.frame(name).corners for name in levels])
    return float(corners[:, 1].min()), float(corners[:, 1].max())
