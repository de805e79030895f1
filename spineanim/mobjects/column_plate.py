"""The whole column in a calm body, and the same column near and cut open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.script import LabelText
from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.curves import smooth
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS
from spineanim.mobjects.column_cut import CutColumn
from spineanim.mobjects.framing import BoxPx, seen_in, shot_on
from spineanim.mobjects.halo import Halo
from spineanim.mobjects.label_places import Callout, Naming
from spineanim.mobjects.load import LoadArrow
from spineanim.mobjects.marks import Line
from spineanim.mobjects.regions import CountingBracket, RegionBrackets, Span
from spineanim.mobjects.silhouette import Silhouette
from spineanim.mobjects.stacked import MOVABLE, StackedColumn
from spineanim.picture.shape import Part, Sprite
from spineanim.stage import Format, Stage, px

Point = NDArray[np.float64]

REGIONS: Final[Mapping[str, tuple[str, str]]] = {
    "neck": ("C1", "C7"),
    "upper_back": ("T1", "T12"),
    "lower_back": ("L1", "L5"),
    "sacrum": ("sacrum", "sacrum"),
    "tailbone": ("coccyx", "coccyx"),
}
"""Highest and lowest bone of each region."""
PRESSED: Final = ("L1_L2", "L2_L3", "L3_L4", "L4_L5", "L5_S1")
"""Discs that give under the load."""
_FOCUS: Final = ("L2_L3", "L3_L4")
_NEAR: Final = ("T11", "T12", "L1", "L2", "L3", "L4", "L5", "sacrum", "coccyx")
_PX_PER_MM: Final = 3.8
"""Scale of the stage: about that of the nearest shots."""
_FAR_SHARE: Final = 0.55
"""Share of it at which the whole column is seen at the most."""

# Parts of the composed frame that a shot fills: wide, square, tall
_FAR_PX: Final[tuple[BoxPx, BoxPx, BoxPx]] = (
    (590.0, 62.0, 1230.0, 838.0), (60.0, 240.0, 640.0, 852.0), (60.0, 330.0, 640.0, 1500.0),
)  # fmt: skip
_DISCS_PX: Final[tuple[BoxPx, BoxPx, BoxPx]] = (
    (640.0, 196.0, 1280.0, 844.0), (240.0, 290.0, 840.0, 852.0), (160.0, 520.0, 920.0, 1480.0),
)  # fmt: skip
_TITLE_PX: Final[tuple[BoxPx, BoxPx, BoxPx]] = (
    (1060.0, 70.0, 1760.0, 1010.0), (200.0, 360.0, 880.0, 1050.0), (200.0, 560.0, 880.0, 1840.0),
)  # fmt: skip
_BRACKET_GAP_PX: Final = 46.0
_CURVE_PX: Final = 7.0
_GLOW_PX: Final = 30.0


def _standing(parameters: Parameters, fmt: Format) -> tuple[Stage, Spine]:
    """Return where the patient's own column stands, and the column."""
    anatomy = parameters.anatomy
    spine = Spine(anatomy.alignment, anatomy.stature_factor)
    y, z = spine.frame("L3").centre
    return Stage(LATERAL_LEFT, (0.0, float(y), float(z)), px(_PX_PER_MM), fmt=fmt), spine


def _ends(stage: Stage, spine: Spine) -> Point:
    """Outlines (N, 3) of the ends of the column, and of what lies farthest to the sides."""
    bones = ("C1", "T7", "L3", "sacrum", "coccyx")
    return np.vstack([stage.plane(spine.side(each)) for each in bones])


class ColumnTitle(Part):
    """The whole column in its body, beside the film's title.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.

    Attributes
    ----------
    shot
        Where the camera looks.
    """

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        stage, spine = _standing(parameters, fmt)
        self.shot = shot_on(_ends(stage, spine), fmt.pick(*_TITLE_PX), fmt)
        scale = stage.pixels_per_mm * _FAR_SHARE
        body = Silhouette(spine, theme, stage, scale)
        super().__init__(body, StackedColumn(spine, theme, stage, (), _FAR_SHARE))


class ColumnPlate(Part):
    """A standing column from the patient's left, in a translucent body; it can be cut open.

    Parameters
    ----------
    parameters, theme, fmt
        As for every plate.

    Attributes
    ----------
    body, column, cut
        The silhouette; the whole bones; the same cut in the middle, unseen at first.
    far, near
        Shots: all of it, and the lower back.
    counter, brackets, curve
        Marks beside the column, fixed in the frame of the shot `far`; the first two are made by
        `count` and `bracket`, which bring their words.
    load, glow
        The arrow, and light round the discs it presses.
    """

    counter: CountingBracket
    brackets: RegionBrackets

    def __init__(self, parameters: Parameters, theme: Theme, fmt: Format) -> None:
        self.theme, self.fmt = theme, fmt
        self.stage, self.spine = _standing(parameters, fmt)
        self.far = shot_on(self._column_points(), fmt.pick(*_FAR_PX), fmt)
        self.near = shot_on(self._body_points("L1", "L4"), fmt.pick(*_DISCS_PX), fmt)
        self.body = Silhouette(self.spine, theme, self.stage, self.stage.pixels_per_mm * 0.6)
        self.column = StackedColumn(self.spine, theme, self.stage, _NEAR, _FAR_SHARE)
        self.cut = CutColumn(parameters, self.spine, theme, self.stage)
        self.glow = self._glow()
        self.load = self._load()
        self.curve = self._curve()
        super().__init__(
            self.body, self.cut, self.glow, self.column, self.load, self.curve
        )  # fmt: skip

    # -- the whole column -------------------------------------------------------------------------

    def rise(self, share: float) -> None:
        """Build the column up and count its bones; a pure function of the share."""
        self.column.rise(share)
        count = self.column.standing(share)
        top = self._top_of(MOVABLE[-count]) if count else 0.0
        self.counter.at(count, top)

    def draw_curve(self, share: float) -> None:
        """Draw the line along the bodies from above."""
        self.curve.draw_to(share)

    def count(self, counted: str) -> None:
        """Make the bracket that counts the bones, in these words."""
        bottom = self._span(*REGIONS["lower_back"]).bottom
        self.counter = CountingBracket(self._bracket_x(), bottom, counted, len(MOVABLE), self.theme)
        self.add(self.counter)

    def bracket(self, words: Mapping[str, LabelText]) -> None:
        """Make the brackets of the regions, named by the keys of `REGIONS`."""
        spans = {name: self._span(*ends) for name, ends in REGIONS.items()}
        x = self._bracket_x()
        width = self.fmt.width / 2 - x - px(90)
        self.brackets = RegionBrackets(spans, words, x, width, self.theme)
        self.add(self.brackets)

    def _bracket_x(self) -> float:
        """Where brackets stand in the far shot, clear of the back."""
        beside = seen_in(self.far, self.body.outline)[self._beside(), 0]
        return float(beside.max()) + px(_BRACKET_GAP_PX)

    def _curve(self) -> Line:
        """Line along the middles of the bodies, fixed in the frame of the far shot."""
        levels = [*MOVABLE[1:], "S1"]
        centres = self.stage.plane([self.spine.frame(each).centre for each in levels])
        course = smooth(seen_in(self.far, centres)[:, :2], samples=8)
        line = Line(course, self.theme.color("accent.focus"), _CURVE_PX)
        line.fixed_in_frame = True
        return line

    def _beside(self) -> NDArray[np.bool_]:
        """Points of the skin's outline that lie beside the column."""
        heights = self.body.outline[:, 1]
        column = self._column_points()[:, 1]
        return np.asarray((heights > column.min()) & (heights < column.max()))

    def _span(self, first: str, last: str) -> Span:
        """Heights of a region in the far shot."""
        bottom = seen_in(self.far, self._side(last))[:, 1].min()
        return Span(float(bottom), self._top_of(first))

    def _top_of(self, bone: str) -> float:
        """Height of the top of a bone's body in the far shot."""
        if bone in ("sacrum", "coccyx", "C1"):
            return float(seen_in(self.far, self._side(bone))[:, 1].max())
        corners = self.stage.plane(self.spine.frame(bone).corners[:2])
        return float(seen_in(self.far, corners)[:, 1].max())

    def _side(self, bone: str) -> Point:
        """Outline (N, 3) of a bone as seen from the side."""
        return self.stage.plane(self.spine.side(bone))

    def _column_points(self) -> Point:
        return _ends(self.stage, self.spine)

    def _body_points(self, first: str, last: str) -> Point:
        """Corners (N, 3) of bodies from a level to another."""
        levels = LEVELS[LEVELS.index(first) : LEVELS.index(last) + 1]
        return np.vstack([self.stage.plane(self.spine.frame(each).corners) for each in levels])

    # -- discs under load -------------------------------------------------------------------------

    @property
    def loaded(self) -> tuple[Part, ...]:
        """Parts that `press` changes besides the column."""
        return self.load, self.glow

    def press(self, share: float) -> None:
        """Let the load press the discs of the lower back; 0 is at rest, 1 as far as they give."""
        self.load.lay(self.column.press(share, PRESSED))
        for name, (sprite, rest) in self._lights.items():
            sprite.set_points(rest + self.column.moved(name))

    def _glow(self) -> Part:
        """Light round some of the discs, which moves with them."""
        focus, reach = self.theme.color("accent.focus"), _GLOW_PX / self.near.zoom
        scale = self.fmt.pixels_per_unit
        self._lights: dict[str, tuple[Sprite, Point]] = {}
        for name in _FOCUS:
            disc = Part(self.column.pieces[name].sprite.copy())
            (sprite,) = Halo(disc, focus, scale, reach_px=reach).light.submobjects
            assert isinstance(sprite, Sprite)
            self._lights[name] = sprite, sprite.points.copy()
        return Part(*(sprite for sprite, _ in self._lights.values()), opacity=0.0)

    def _load(self) -> LoadArrow:
        corners = self.stage.plane(self.spine.frame("L1").corners)
        tip = corners[:2].mean(axis=0)
        return LoadArrow(tip, corners[2:].mean(axis=0) - tip, self.theme, 1.0 / self.near.zoom)

    def naming_base(self) -> Naming:
        """Return what the column stands on."""
        sacrum, coccyx = self._side("sacrum"), self._side("coccyx")
        callouts = {
            "sacrum": Callout(sacrum.mean(axis=0), ("left",)),
            "tailbone": Callout(coccyx.mean(axis=0), ("left",)),
        }
        return Naming(callouts, figure=[self.body.outline], focus=[sacrum])

    def naming_discs(self) -> Naming:
        """Return what gives under load."""
        discs = [self.stage.plane(self.spine.disc_corners(each)) for each in _FOCUS]
        # a little behind the front edge, half way up
        shares = np.array([0.42, 0.08, 0.08, 0.42])
        callouts = {
            "disc": Callout(np.array([shares @ corners for corners in discs]), ("left",)),
            "load": Callout(self.load.middle, ("left",)),
        }
        return Naming(callouts, focus=[self._body_points("T10", "L5")])
