"""What strains the catheter: a twist, a heavy lift, a fall; and how a kinked one is replaced."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.drops import Drops
from spineanim.mobjects.magnifier import Magnifier
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.pictogram import Pictogram, PictogramPose, arrow
from spineanim.mobjects.pictogram_poses import FALLING, LIFTING, TWISTING
from spineanim.mobjects.text import TextBlock
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import Format, px

Point = NDArray[np.float64]

_TILE_PX: Final = ((350.0, 500.0), (304.0, 360.0), (304.0, 400.0))
_TILES_PX: Final = (
    ((275.0, 520.0), (657.0, 520.0), (1039.0, 520.0)),
    ((216.0, 380.0), (540.0, 380.0), (864.0, 380.0)),
    ((216.0, 540.0), (540.0, 540.0), (864.0, 540.0)),
)
_LENS_PX: Final = ((1555.0, 480.0, 235.0), (330.0, 735.0, 118.0), (540.0, 1100.0, 250.0))
"""Middle and radius of the lens."""
_WORDS_PX: Final = ((1555.0, 785.0), (650.0, 748.0), (540.0, 1440.0))
_FIGURE: Final = 0.70
"""Height of a standing figure in the height of its tile."""
_TUBE: Final = 0.17
"""Width of the catheter in the lens, in its radius."""
_CYCLES: Final = 5.0


class StrainPlate(Part):
    """Three tiles with figures, and a lens on the catheter.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    names
        Words under twist, lift and fall.
    states
        Words under the lens: of a damaged catheter, and of a new one.

    Attributes
    ----------
    tiles
        Twist, lift, fall.
    lens
        The catheter, enlarged.
    """

    def __init__(
        self,
        parameters: Parameters,
        theme: Theme,
        fmt: Format,
        names: tuple[str, str, str],
        states: tuple[str, str],
    ) -> None:
        self.theme, self.fmt = theme, fmt
        makers = (self._twist, self._lift, self._fall)
        spots = fmt.pick(*_TILES_PX)
        self.tiles = [
            self._tile(fmt.point(*spot), words, maker)
            for spot, words, maker in zip(spots, names, makers, strict=True)
        ]
        self.lens = self._lens()
        at = fmt.point(*fmt.pick(*_WORDS_PX))
        self.damaged_words, self.new_words = (self._words(each, at) for each in states)
        self.new_words.opacity = 0.0
        self.damage_shown = Part(self.lens, self.damaged_words, self.new_words, opacity=0.0)
        super().__init__(*self.tiles, self.damage_shown)
        self.damage(0.0)
        self.renew(0.0)

    # -- tiles -----------------------------------------------------------------------------------

    def _tile(self, centre: Point, words: str, maker: type | object) -> Part:
        wide, high = (px(each) for each in self.fmt.pick(*_TILE_PX))
        panel = Panel(wide, high, self.theme).shift(centre)
        panel.hold(maker(centre + np.array([0.0, -0.27 * high, 0.0]), _FIGURE * high))  # type: ignore[operator]
        style = self.theme.style("label")
        text = TextBlock([words], style, self.theme.color(style.color), "center")
        panel.hold(text.shift(centre - np.array([0.0, 0.435 * high, 0.0])))
        return Part(panel, opacity=0.0)

    def _figure(self, pose: PictogramPose, ground: Point, tall: float) -> Pictogram:
        return Pictogram(pose, self.theme, tall, ground)

    def _floor(self, ground: Point, tall: float) -> Shape:
        ends = ground + tall * np.array([[-0.45, -0.002, 0.0], [0.45, -0.002, 0.0]])
        return Shape(ends, closed=False, stroke=self.theme.color("ink.hairline"), stroke_px=4.0)

    def _twist(self, ground: Point, tall: float) -> Part:
        figure = self._figure(TWISTING, ground, tall)
        turn = np.radians(np.linspace(200.0, 338.0, 40))
        ring = np.column_stack([0.19 * np.cos(turn), 0.575 + 0.055 * np.sin(turn)])
        return Part(self._floor(ground, tall), figure, self._arrow(figure, ring))

    def _lift(self, ground: Point, tall: float) -> Part:
        figure = self._figure(LIFTING, ground, tall)
        box = figure.origin + tall * rounded_box(0.14, 0.02, 0.42, 0.26, 0.02)
        tone = self.theme.color
        crate = Part(
            Shape(box, fill=tone("ligament.base"), stroke=tone("ligament.line"), stroke_px=3.0),
            Shape(
                figure.places([(0.14, 0.14), (0.42, 0.14)]),
                closed=False,
                stroke=tone("ligament.line"),
                stroke_px=3.0,
                stroke_opacity=0.6,
            ),
        )
        return Part(self._floor(ground, tall), crate, figure)

    def _fall(self, ground: Point, tall: float) -> Part:
        figure = self._figure(FALLING, ground, tall)
        turn = np.radians(np.linspace(66.0, 124.0, 30))
        bow = np.column_stack([0.02 + 0.62 * np.cos(turn), 0.30 + 0.62 * np.sin(turn)])
        return Part(self._floor(ground, tall), figure, self._arrow(figure, bow))

    def _arrow(self, figure: Pictogram, spots: Point) -> Part:
        course = figure.places([(float(x), float(y)) for x, y in spots])
        color = self.theme.color("nerve.base")
        return arrow(course, color, 0.026 * figure.tall / px(1), 0.075 * figure.tall)

    # -- the lens --------------------------------------------------------------------------------

    def _lens(self) -> Magnifier:
        x_px, y_px, radius_px = self.fmt.pick(*_LENS_PX)
        self.middle, self.radius = self.fmt.point(x_px, y_px), px(radius_px)
        wide = _TUBE * self.radius
        near, far = self._halves(0.0, 0.0)
        self.near = Tube(near, wide, self.theme, lumen=True, shadow=0.25)
        self.far_full = Tube(far, wide, self.theme, lumen=True, shadow=0.0)
        self.far_empty = Tube(far, wide, self.theme, shadow=0.25)
        self.old = Part(self.far_empty, self.far_full, self.near)
        whole = self._whole()
        self.new = Tube(whole, wide, self.theme, lumen=True, shadow=0.25)
        self.drops = Drops(whole, self.theme, count=6, radius=0.17 * wide, glow=False)
        self.drops.opacity = 0.0
        content = Part(self._ground(), self.old, self.new, self.drops)
        return Magnifier(self.middle, self.radius, content, self.theme, ground="fat.light")

    def _ground(self) -> Shape:
        """Soft ground of the fat that the catheter lies in."""
        tone = self.theme.color
        reach = np.array([1.6 * self.radius, 0.0, 0.0])
        start = self.middle + self.radius * np.array([-0.4, 0.5, 0.0])
        turn = np.linspace(0.0, 2.0 * np.pi, 91)[:-1]
        disc = self.middle + 1.05 * self.radius * np.column_stack(
            [np.cos(turn), np.sin(turn), 0.0 * turn]
        )
        light, base = tone("fat.light"), mix(tone("fat.light"), tone("fat.base"), 0.8)
        return Shape(disc).with_gradient(
            "radial", start, start + reach, ((0.0, light, 1.0), (1.0, base, 1.0))
        )

    def _at(self, spots: Point) -> Point:
        flat = np.column_stack([spots, np.zeros(len(spots))])
        return np.asarray(self.middle + self.radius * flat)

    def _whole(self) -> Point:
        knots = np.array([(-1.3, -0.55), (-0.7, -0.25), (0.0, 0.05), (0.7, 0.20), (1.3, 0.55)])
        return self._at(smooth(knots, samples=30))

    def _halves(self, kink: float, gap: float) -> tuple[Point, Point]:
        """Scene points of both halves: bent sharply by a share, and parted by another."""
        rest = np.array([0.0, 0.05])
        fold = rest + kink * np.array([0.02, 0.42])
        sharp = 1.0 - 0.9 * kink
        apart = gap * np.array([0.16, 0.06])
        start, end = fold - apart, fold + apart
        near = np.array(
            [(-1.3, -0.55), (-0.72, -0.28), start - sharp * np.array([0.22, 0.10]), start]
        )
        far = np.array(
            [end, end + sharp * np.array([0.22, 0.06]), (0.72, 0.20 - 0.3 * kink), (1.3, 0.55)]
        )
        return self._at(smooth(near, samples=24)), self._at(smooth(far, samples=24))

    def damage(self, share: float) -> None:
        """Let the catheter kink, so that nothing passes, and then break."""
        kink, gap = min(share / 0.55, 1.0), max(share - 0.62, 0.0) / 0.38
        near, far = self._halves(kink, gap)
        self.near.run_along(near)
        for each in (self.far_full, self.far_empty):
            each.run_along(far)
        self.far_full.opacity = 1.0 - kink**2

    def renew(self, share: float) -> None:
        """Take the damaged catheter away and lay a new one; medicine flows in it again."""
        self.old.opacity = float(np.clip(1.0 - 3.0 * share, 0.0, 1.0))
        self.damaged_words.opacity = self.old.opacity
        self.new.reveal(float(np.clip((share - 0.35) / 0.4, 0.0, 1.0)))
        self.new_words.opacity = float(np.clip((share - 0.4) / 0.2, 0.0, 1.0))
        self.drops.opacity = float(np.clip((share - 0.75) / 0.1, 0.0, 1.0))
        self.drops.at(_CYCLES * share)

    def _words(self, words: str, at: Point) -> Part:
        style = self.theme.style("label")
        return TextBlock([words], style, self.theme.color(style.color), "center").shift(at)
