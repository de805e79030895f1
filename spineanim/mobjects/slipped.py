"""The catheter slips down, from the side and on an X-ray from the front, and is put back."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.catheter import dorsal_offset
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.at_rest import AtRest
from spineanim.mobjects.click import Click
from spineanim.mobjects.label_places import Callout, Naming, Side
from spineanim.mobjects.magnifier import circle
from spineanim.mobjects.run_out import all_run_out
from spineanim.mobjects.section import SpineSection
from spineanim.mobjects.section_names import LevelNames
from spineanim.mobjects.side import Pose, SidePlate
from spineanim.mobjects.xray import XRay
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

LEVELS_DOWN: Final = 2
"""How far the tip slips."""
_AT_PX: Final = ((905.0, 420.0), (470.0, 500.0), (590.0, 640.0))
_PX_PER_MM: Final = (2.4, 1.9, 2.2)
_FADE_PX: Final = ((770.0, 880.0), (760.0, 868.0), (940.0, 1060.0))
_XRAY_PX: Final = (
    (1590.0, 430.0, 440.0, 660.0),
    (846.0, 520.0, 360.0, 620.0),
    (540.0, 1320.0, 420.0, 480.0),
)
"""Middle, width and height of the X-ray."""
_UNDER_HEADING_PX: Final = 120.0
"""How much lower it stands on the left half, under the heading."""
_TUBE_MM: Final = 2.6
_SITE_PX: Final = 46.0


class SlippedPlate(SidePlate):
    """The spine cut along its middle, and an X-ray beside it; the catheter's tip in both.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.
    words
        Title of the X-ray.

    Attributes
    ----------
    xray
        The picture from the front.
    place
        A ring where the tip belongs.
    click
        A ring that spreads when it is back there.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format, words: str) -> None:
        anatomy = parameters.anatomy
        at = LEVELS.index(anatomy.tip_level)
        self.shown = LEVELS[at - 2], LEVELS[at + LEVELS_DOWN + 2]
        self.slipped_level = LEVELS[at + LEVELS_DOWN]
        middle = Canal(Spine(anatomy.alignment, anatomy.stature_factor)).place(
            station(LEVELS[at + 1]), 0.0
        )
        pose = Pose(
            anatomy.alignment,
            (0.0, float(middle[0]) - 4.0, float(middle[1])),
            fmt.pick(*_AT_PX),
            fmt.pick(*_PX_PER_MM),
            tube_mm=_TUBE_MM,
            mirrored=True,
        )
        super().__init__(parameters, theme, fmt, pose)
        all_run_out(self.body, fmt, *fmt.pick(*_FADE_PX))
        all_run_out(self.section, fmt, *fmt.pick(*_FADE_PX))
        path = self.route.between("entry", "intrathecal")
        self._slip = 1.0 - self._share_at(self.slipped_level, path)
        # in a square frame the leader to the tip needs the room of its level's name
        first = at + fmt.pick(0, 1, 0)
        named = LEVELS[first : at + LEVELS_DOWN + 1]
        self.names = LevelNames(self.section, named, theme, side="on")
        self.tip_at_rest = self.inner.front
        self.place = self._ring(self.tip_at_rest)
        self.tip_mark = self._dot()
        self._tip = AtRest(self.tip_mark, np.zeros(3))
        self.click = Click(self.tip_at_rest, px(30.0), theme)
        self.add(self.anchor, self.names, self.place, self.tip_mark, self.click)
        self._put_xray(words)
        self.slip(0.0)

    def _put_xray(self, words: str) -> None:
        x_px, y_px, wide, high = self.fmt.pick(*_XRAY_PX)
        if self.seen.sign < 0:
            lower_px = self.fmt.pick(_UNDER_HEADING_PX, 0.0, 0.0)
            y_px, high = y_px + lower_px, high - lower_px / 2
        self.xray = XRay(
            self.spine,
            self.theme,
            self.fmt,
            self.beside(x_px, y_px),
            (px(wide), px(high)),
            self.shown,
            self.route.between("intrathecal", "intrathecal"),
            names=(self.tip_level, self.slipped_level),
            title=words,
        )
        self.xray.opacity = 0.0
        path = self.route.between("intrathecal", "intrathecal")
        self._xray_slip = 1.0 - self._share_at(self.slipped_level, path)
        self.add(self.xray)

    def _section(self, stage: Stage, levels: tuple[str, str]) -> SpineSection:
        at = LEVELS.index(self.tip_level)
        return super()._section(stage, (LEVELS[at - 5], levels[1]))

    def _share_at(self, level: str, path: Point) -> float:
        """Share of a path (N, 3), patient millimetres, at which it passes a level."""
        canal, at = self.section.cut.canal, station(level)
        target = canal.place(at, dorsal_offset(canal, at))
        flat = path[:, 1:]
        steps = np.linalg.norm(np.diff(flat, axis=0), axis=1)
        closest = int(np.argmin(np.linalg.norm(flat - target, axis=1)))
        return float(steps[:closest].sum() / steps.sum())

    def slip(self, share: float) -> None:
        """Let the tip slip from its place (0) two levels down (1)."""
        self.inner.reveal(1.0 - self._slip * share)
        self.xray.advance(1.0 - self._xray_slip * share)
        self._tip.put(self.inner.front)
        self.place.opacity = min(3.0 * share, 1.0)

    def put_back(self, share: float) -> None:
        """Bring the tip back to its place; a ring tells that it is there."""
        way = min(share / 0.7, 1.0)
        self.slip(1.0 - way)
        self.click.spread(max(share - 0.7, 0.0) / 0.3)

    @property
    def slipping(self) -> tuple[Part, ...]:
        """What changes as the tip moves."""
        return self.inner, self.xray, self.tip_mark, self.place, self.click

    def _ring(self, centre: Point) -> Part:
        ring = circle(centre, px(19.0))
        focus = self.theme.color("accent.focus")
        return Part(
            Shape(ring, stroke="#FFFFFF", stroke_px=7.0, stroke_opacity=0.9),
            Shape(ring, stroke=focus, stroke_px=3.6).dashed(9, 7),
            opacity=0.0,
        )

    def _dot(self) -> Part:
        centre = np.zeros(3)
        tone = self.theme.color
        return Part(
            Shape(circle(centre, px(10.0)), fill="#FFFFFF", fill_opacity=0.9),
            Shape(circle(centre, px(7.0)), fill=tone("medication.line")),
            Shape(circle(centre, px(5.0)), fill=tone("medication.glow")),
        )

    def naming(self) -> Naming:
        """Return what labels name: the tip where it belongs, and the tip that has slipped."""
        body = [self.body.trunk_outline]
        back, belly = self.seen.back, self.seen.belly
        sides: tuple[Side, ...] = self.fmt.pick((back,), (belly,), (back, belly))
        callouts = {"tip": Callout(self.tip_at_rest, sides)}
        return Naming(
            callouts, figure=body, focus=[self.column_outline(), self.xray.panel.corners()]
        )
