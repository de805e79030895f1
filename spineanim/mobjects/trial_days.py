"""The days of a trial: a diary of the pain, and the choice that follows. An illustration only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.curves import smooth
from spineanim.mobjects.battery import rounded_box
from spineanim.mobjects.dressings import Tape
from spineanim.mobjects.pump import PumpResting
from spineanim.mobjects.text import TextBlock
from spineanim.mobjects.tube import Tube
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import Format, px

Point = NDArray[np.float64]
Box = tuple[float, float, float, float]

_CHART_PX: Final = ((96.0, 232.0, 910.0, 548.0), (72.0, 210.0, 1008.0, 500.0),
                    (72.0, 330.0, 1008.0, 790.0))  # fmt: skip
_ENOUGH_PX: Final = ((96.0, 576.0, 490.0, 844.0), (72.0, 540.0, 526.0, 850.0),
                     (72.0, 860.0, 526.0, 1330.0))  # fmt: skip
_NOT_PX: Final = ((516.0, 576.0, 910.0, 844.0), (554.0, 540.0, 1008.0, 850.0),
                  (554.0, 860.0, 1008.0, 1330.0))  # fmt: skip
"""Left, upper, right and lower edge of the cards in a wide, a square and a tall frame."""
_LOWEST: Final = 0.36
_BEFORE: Final = 0.92
"""Pain of the last day and before the trial, as shares of the scale: an illustration."""
_LEAF_PX: Final = (92.0, 84.0)
_ROOM_PX: Final = 34.0
_RADIUS_PX: Final = 26.0


def pain_of_day(day: int, days: int) -> float:
    """Height 0 to 1 of a day's bar, the first day being 1: it falls, and levels off."""
    left = 1.0 - day / days
    return float(_LOWEST + (_BEFORE - _LOWEST) * left**1.6)


class TrialDays(Part):
    """Diary and choice; fixed in the frame.

    Parameters
    ----------
    parameters
        Days of the trial, size of the pump.
    theme
        Colours; pain is the only orange.
    fmt
        Shape and resolution of the frame.
    words
        Texts by name: `pain`, `days`, `enough`, `lasting`, `not_enough`, `out`.

    Attributes
    ----------
    ground, diary, enough, not_enough
        A calm ground, and the three cards; unseen at first.
    """

    def __init__(
        self, parameters: Parameters, theme: Theme, fmt: Format, words: Mapping[str, str]
    ) -> None:
        self.theme, self.fmt = theme, fmt
        self.days = parameters.trial_days
        self.ground = self._ground()
        self._bars: list[tuple[Shape, Box]] = []
        self._checks: list[Part] = []
        self.diary = self._diary(fmt.pick(*_CHART_PX), words)
        self.enough = self._choice(
            fmt.pick(*_ENOUGH_PX), words["enough"], words["lasting"], self._pump(parameters)
        )
        self.not_enough = self._choice(
            fmt.pick(*_NOT_PX), words["not_enough"], words["out"], self._removed()
        )
        super().__init__(self.ground, self.diary, self.enough, self.not_enough, fixed_in_frame=True)
        self.pass_days(0.0)

    def pass_days(self, share: float) -> None:
        """Let the days go by: one bar after another, each day ticked off."""
        for index, ((bar, box), check) in enumerate(zip(self._bars, self._checks, strict=True)):
            grown = float(np.clip(share * self.days * 1.0 - index, 0.0, 1.0))
            grown = grown * grown * (3.0 - 2.0 * grown)
            left, bottom, right, top = box
            height = max((top - bottom) * grown, px(2))
            outline = rounded_box(left, bottom, right, bottom + height, px(12))
            bar.set_points(path_points(outline, closed=True))
            bar.set_fill(opacity=min(8.0 * grown, 1.0))
            check.opacity = float(np.clip((grown - 0.7) / 0.3, 0.0, 1.0))

    @property
    def all_that_comes_first(self) -> tuple[Part, ...]:
        """What appears first: the diary, and a calm ground where the cards fill the frame."""
        return self.ground, self.diary

    def _ground(self) -> Part:
        """Calm ground over the picture in a square or tall frame; nothing in a wide one."""
        if self.fmt.aspect == "16:9":
            return Part(opacity=0.0)
        x, y = 1.02 * self.fmt.half
        sheet = Shape(np.array([(-x, y, 0.0), (x, y, 0.0), (x, -y, 0.0), (-x, -y, 0.0)]))
        ground = self.theme.color("background.top")
        return Part(sheet.set_fill(ground, opacity=0.93), opacity=0.0)

    # -- the diary -------------------------------------------------------------------------------

    def _diary(self, box_px: Box, words: Mapping[str, str]) -> Part:
        left_px, top_px, right_px, low_px = box_px
        card = self._card(box_px)
        at = self.fmt.point
        name = self._text(words["pain"], "label").shift(at(left_px + _ROOM_PX, top_px + 60.0))
        style = self.theme.style("detail")
        under = TextBlock([words["days"]], style, self.theme.color(style.color), "right")
        under.shift(at(right_px - _ROOM_PX, top_px + 58.0))
        leaf = _LEAF_PX[1]
        floor_px = low_px - leaf - _ROOM_PX - 12.0
        inner = (left_px + _ROOM_PX, right_px - _ROOM_PX)
        step = (inner[1] - inner[0]) / self.days
        line = np.array([at(inner[0], floor_px), at(inner[1], floor_px)])
        parts: list[Part | Shape] = [card, name, under]
        axis = Shape(line, closed=False, stroke=self.theme.color("ink.hairline"), stroke_px=2.4)
        room_px = floor_px - top_px - 96.0
        for day in range(self.days):
            middle = inner[0] + (day + 0.5) * step
            half = min(0.34 * step, 56.0)
            high = room_px * pain_of_day(day, max(self.days - 1, 1))
            lower = at(middle - half, floor_px - 3.0)
            upper = at(middle + half, floor_px - 3.0 - high)
            box = (float(lower[0]), float(lower[1]), float(upper[0]), float(upper[1]))
            bar = self._bar(box)
            self._bars.append((bar, box))
            parts += [bar, self._leaf(day + 1, at(middle, low_px - _ROOM_PX - leaf / 2), step)]
        return Part(*parts, axis, opacity=0.0)

    def _bar(self, box: Box) -> Shape:
        left, bottom, right, top = box
        color = self.theme.color
        bar = Shape(rounded_box(*box, px(12)), stroke=color("pain.dark"), stroke_px=1.4)
        stops = (
            (0.0, mix(color("pain.light"), color("pain.base"), 0.45), 1.0),
            (1.0, color("pain.base"), 1.0),
        )
        middle = (bottom + top) / 2
        return bar.with_gradient("linear", [left, middle, 0.0], [right, middle, 0.0], stops)

    def _leaf(self, day: int, centre: Point, step_px: float) -> Part:
        """Calendar leaf with its number, and a tick when the day has passed."""
        wide = min(_LEAF_PX[0], 0.86 * step_px)
        half = px(wide) / 2, px(_LEAF_PX[1]) / 2
        color = self.theme.color
        paper = centre + rounded_box(-half[0], -half[1], *half, px(12))
        low = half[1] - px(17)
        corners = [(-half[0], half[1]), half, (half[0], low), (-half[0], low)]
        head = centre + np.array([(*corner, 0.0) for corner in corners])
        style = self.theme.style("label")
        number = TextBlock([str(day)], style, color(style.color), "center")
        number.shift(centre - np.array([0.0, number.middle_units + px(8), 0.0]))
        badge = self._check(centre + np.array([half[0] - px(8), -half[1] + px(10), 0.0]))
        self._checks.append(badge)
        sheet = Part(
            Shape(paper, fill="#FFFFFF"), Shape(head, fill=color("accent.focus"))
        ).clipped_to(Shape(paper))
        return Part(sheet, Shape(paper, stroke=color("panel.stroke"), stroke_px=2.0), number, badge)

    def _check(self, centre: Point) -> Part:
        turns = np.linspace(0.0, 2 * np.pi, 33)[:-1]
        ring = centre + px(15) * np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        tick = centre + px(1) * np.array([[-7.0, -0.5, 0.0], [-2.0, -6.0, 0.0], [7.5, 6.0, 0.0]])
        return Part(
            Shape(ring, fill=self.theme.color("medication.dark"), stroke="#FFFFFF", stroke_px=3.0),
            Shape(tick, closed=False, stroke="#FFFFFF", stroke_px=4.0),
            opacity=0.0,
        )

    # -- the choice ------------------------------------------------------------------------------

    def _choice(self, box_px: Box, head: str, below: str, picture: Part) -> Part:
        """Card with a picture, a heading and a line below it."""
        left_px, top_px, right_px, low_px = box_px
        middle_px = (left_px + right_px) / 2
        at = self.fmt.point
        above = self._text(head, "label", "center").shift(at(middle_px, low_px - 76.0))
        under = self._text(below, "detail", "center").shift(at(middle_px, low_px - 34.0))
        picture.shift(at(middle_px, (top_px + low_px - 112.0) / 2 + 4.0))
        return Part(self._card(box_px), picture, above, under, opacity=0.0)

    def _pump(self, parameters: Parameters) -> Part:
        """Make the implanted pump, small, centred on the origin."""
        pump = PumpResting(
            parameters.pump,
            self.theme,
            px(1.75),
            self.fmt.pixels_per_unit,
            elevation_deg=48.0,
            outlet_clock_deg=118.0,
        )
        return Part(pump.shift(-pump.get_center()))

    def _removed(self) -> Part:
        """Draw a plaster on the skin and the catheter beside it, centred on the origin."""
        color = self.theme.color
        turns = np.linspace(0.0, 2 * np.pi, 65)[:-1]
        ring = px(80) * np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        skin = Shape(ring, stroke="#FFFFFF", stroke_px=5.0)
        lit, far = px(80) * np.array([-0.7, 0.8, 0.0]), px(80) * np.array([0.7, -0.8, 0.0])
        skin.with_gradient(
            "linear", lit, far, ((0.0, color("skin.light"), 1.0), (1.0, color("skin.base"), 1.0))
        )
        plaster = Tape(np.array([-px(14), -px(6), 0.0]), (px(42), px(20)), 0.5, self.theme)
        knots = px(1) * np.array([[14, 34], [52, 58], [96, 46], [112, 8], [84, -22], [60, 6],
                                  [92, 30], [138, 22]])  # fmt: skip
        tube = Tube(smooth(knots, samples=20), px(8), self.theme, shadow=0.3)
        return Part(skin, plaster, tube).shift((-px(22), 0.0, 0.0))

    # -- paper and words -------------------------------------------------------------------------

    def _card(self, box_px: Box) -> Part:
        left_px, top_px, right_px, low_px = box_px
        (left, top, _), (right, low, _) = (
            self.fmt.point(left_px, top_px),
            self.fmt.point(right_px, low_px),
        )
        box = rounded_box(left, low, right, top, px(_RADIUS_PX))
        color = self.theme.color
        drop = np.array([px(2), -px(7), 0.0])
        shadow = [
            Shape(box + drop, stroke=color("panel.shadow"), stroke_px=width, stroke_opacity=0.022)
            for width in np.linspace(34.0, 4.0, 9)
        ]
        paper = Shape(box, fill=color("panel.fill"), stroke=color("panel.stroke"), stroke_px=2.0)
        return Part(*shadow, paper)

    def _text(self, words: str, style_name: str, align: str = "left") -> TextBlock:
        style = self.theme.style(style_name)
        ink = self.theme.color(style.color)
        return TextBlock([words], style, ink, "center" if align == "center" else "left")
