"""The section across the loin in a card: the tunnel runs in the fat, outside the belly."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.loin import LoinCut
from spineanim.mobjects.figure import placed
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.section_paint import LIGHT, blurred
from spineanim.mobjects.text import TextBlock
from spineanim.mobjects.tube import Rod, Tube
from spineanim.picture.across import (
    laid_on_cut,
    outline_of_cut,
    pocket_of_cut,
    skin_of_cut,
)
from spineanim.picture.cut_again import loin_section_again
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

_SIZE_PX: Final = ((700.0, 516.0), (620.0, 310.0), (760.0, 560.0))
_MIDDLE_PX: Final = ((532.0, 486.0), (170.0, 706.0), (100.0, 1230.0))
"""Size of the card, and its middle beside the frame's, in a wide, a square and a tall frame."""
_RAISED_PX: Final = (19.0, 8.0, 12.0)
"""How far above the card's middle the focus stands."""
_ROD_MM: Final = 4.6
_TUBE_MM: Final = 4.2
_GAPE_MM: Final = 5.0
_WOUND_MM: Final = (3.2, 10.0)
"""Half width of the open cut on the back at the skin, and its depth."""
_BEYOND: Final = 0.42
"""Opacity of the catheter where it enters between the laminae, beyond the plane of the cut."""
_LEVEL_CALM: Final = 0.4
_WORDS_FROM_EDGE_PX: Final = 36.0
_SKIN_FROM_EDGE_PX: Final = 52.0
_BELLY_MM: Final = (72.0, -27.0)
"""Where the word for the inside of the belly stands, away from the tunnel and in front."""


class LoinCard(Part):
    """The cut across the body at the tunnel, seen from the feet, in a white-edged card.

    Parameters
    ----------
    parameters
        Side, size.
    theme
        Colours.
    fmt
        Shape and resolution of the frame.
    cut
        The cut and what is laid onto it.
    focus_mm, px_per_mm
        Patient point that stands on the card's middle line, and the scale. In a wide frame both
        are level with the body beside it.

    Attributes
    ----------
    rod, catheter
        The passer, and the tube from the back through the tunnel.
    stage
        Where the section stands.
    level
        Dashed line over the body where it is cut.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        cut: LoinCut,
        focus_mm: tuple[float, float, float],
        px_per_mm: float,
    ) -> None:
        self.theme, self.cut, self.sign = theme, cut, parameters.anatomy.sign
        aside_px, down_px = fmt.pick(*_MIDDLE_PX)
        x_px = fmt.width_px / 2 + self.sign * aside_px
        self.size_px = fmt.pick(*_SIZE_PX)
        raised_px, px_per_mm = self._fitted(focus_mm, fmt.pick(*_RAISED_PX), px_per_mm)
        at = fmt.point(x_px, down_px - raised_px)
        place = (float(at[0]), float(at[1]))
        self.stage = Stage(cut.view, focus_mm, px(px_per_mm), place, fmt=fmt)
        scale = px_per_mm * fmt.pixels_per_unit * px(1)
        body = cut.body
        image = loin_section_again(body.anatomy, cut.view, theme, scale)
        route = cut.route
        way = self.laid(route.passer)
        self.rod = Rod(way, self.stage.length(_ROD_MM), theme, shadow=0.35)
        self.catheter, entry = (
            Tube(
                self.laid(route.between(*ends))[::-1],
                self.stage.length(_TUBE_MM),
                theme,
                shadow=0.3,
            )
            for ends in (("tunnel", "loop"), ("entry", "entry"))
        )
        inner = Part(entry, opacity=_BEYOND)
        self.panel = Panel(px(self.size_px[0]), px(self.size_px[1]), theme)
        self.panel.shift(fmt.point(x_px, down_px))
        self.words, self.guides, self.level = Part(), Part(), Part()
        self.panel.hold(
            Part(
                self._shadow(fmt.pixels_per_unit),
                placed(image, self.stage),
                self._pocket(),
                self._wound(),
                inner,
                self.catheter,
                self.rod,
                self.words,
            )
        )
        super().__init__(self.guides, self.level, self.panel, opacity=0.0, fixed_in_frame=True)
        self.set_z_index(20)

    def _fitted(
        self, focus_mm: tuple[float, float, float], raised_px: float, px_per_mm: float
    ) -> tuple[float, float]:
        """Leave room for the words in front and behind: a cut lower down is deeper."""
        middle = self.cut.view.project(np.array(focus_mm))[1]
        heights = outline_of_cut(self.cut)[:, 1] - middle
        low, high = float(heights.min()), float(heights.max())
        room = self.size_px[1] / 2 - _SKIN_FROM_EDGE_PX
        scale = min(px_per_mm, 2 * room / (high - low))
        return float(np.clip(raised_px, -room - low * scale, room - high * scale)), scale

    def laid(self, points_mm: Point) -> Point:
        """Frame points (N, 3) of patient points (N, 3), as deep under the skin as they are."""
        return self.stage.plane(laid_on_cut(self.cut, points_mm))

    def name_sides(self, back: str, front: str, belly: str) -> None:
        """Write which side is which, and what lies inside the wall."""
        middle, half = self.panel.edge.get_center(), px(self.size_px[1] / 2 - _WORDS_FROM_EDGE_PX)
        style = self.theme.style("detail")
        bold = replace(style, weight="SemiBold")
        x = self.stage.point((0.0, 0.0, 0.0))[0]
        inside = self.stage.plane([self._beside(_BELLY_MM)])[0]
        for words, look, tone, place in (
            (back, style, "ink.secondary", [x, middle[1] + half, 0.0]),
            (front, style, "ink.secondary", [x, middle[1] - half, 0.0]),
            (belly, bold, "ink.label", inside),
        ):
            lines = words.split(" ", 1) if look is bold else [words]
            text = TextBlock(lines, look, self.theme.color(tone), "center")
            self.words.add(text.shift(np.asarray(place) - [0.0, text.middle_units, 0.0]))

    def show_level(self, ends: Point) -> None:
        """Draw where the body is cut: a dashed line over it, and a hairline to the card.

        Parameters
        ----------
        ends
            Frame points (2, 3) of the cut on the back and on the belly.
        """
        corners = self.panel.corners()
        beside = corners[0 if self.sign > 0 else 1] - np.array([0.0, px(20), 0.0])
        hair, focus = self.theme.color("ink.hairline"), self.theme.color("accent.focus")
        line = np.array([ends[0], beside])
        self.guides.add(
            Shape(line, closed=False, stroke="#FFFFFF", stroke_px=4.0, stroke_opacity=0.5),
            Shape(line, closed=False, stroke=hair, stroke_px=1.8),
        )
        self.level.add(
            Shape(ends, closed=False, stroke="#FFFFFF", stroke_px=6.0, stroke_opacity=0.6),
            Shape(ends, closed=False, stroke=focus, stroke_px=2.6).dashed(11, 8),
        )

    def calm_level(self, share: float) -> None:
        """Let the dashed line step back early: the passer is what to look at now."""
        self.level.opacity = 1.0 - (1.0 - _LEVEL_CALM) * min(4.0 * share, 1.0)

    def _beside(self, point_mm: tuple[float, float]) -> tuple[float, float]:
        """Place in the cut's plane on the side away from the implant."""
        level = self.cut.view.project(np.array([0.0, point_mm[1], 0.0]))[1]
        return (self.sign * point_mm[0], float(level + self.cut.height_mm))

    def _shadow(self, pixels_per_unit: float) -> Part:
        """Return the soft shadow of the slice on the card."""
        outline = self.stage.plane(outline_of_cut(self.cut))
        dark = Shape(outline, fill=self.theme.color("panel.shadow"))
        shadow = blurred(dark, pixels_per_unit / 4, px(9)).set_fill(opacity=0.38)
        return Part(shadow.shift(-LIGHT * px(9)))

    def _pocket(self) -> Part:
        """Return the empty pocket on the muscle, a dark cleft with a lit floor."""
        outline = self.stage.plane(pocket_of_cut(self.cut, _GAPE_MM))
        color = self.theme.color
        dark = mix(color("incision.base"), color("muscle.dark"), 0.4)
        light = mix(color("muscle.light"), color("fascia.base"), 0.35)
        low, high = outline.min(axis=0), outline.max(axis=0)
        middle, reach = (low + high) / 2, LIGHT * 0.5 * float(high[1] - low[1])
        stops = ((0.0, dark, 1.0), (1.0, light, 1.0))
        cleft = Shape(outline, stroke=color("muscle.line"), stroke_px=1.6, stroke_opacity=0.8)
        return Part(cleft.with_gradient("linear", middle + reach, middle - reach, stops))

    def _wound(self) -> Part:
        """Return the open cut on the back, from the skin to the muscle fascia."""
        half, deep = _WOUND_MM
        share = np.linspace(-1.0, 1.0, 25)
        start = self.cut.route.passer[0]
        rows = np.column_stack([half * share, np.full(25, start[1]), np.full(25, start[2])])
        top = skin_of_cut(self.cut, rows)
        bottom = top - np.column_stack([0.0 * share, deep * (1.0 - np.abs(share) ** 3)])
        outline = self.stage.plane(np.vstack([top + np.array([0.0, 0.6]), bottom[::-1]]))
        color = self.theme.color
        inside = mix(color("incision.base"), color("skin.dark"), 0.25)
        edge = Shape(outline, fill=inside, stroke=color("skin.line"), stroke_px=1.6)
        return Part(edge)
