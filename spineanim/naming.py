"""What a scene says about labels: which things of the picture are named, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from manim import MovingCameraScene
from numpy.typing import ArrayLike, NDArray

from spineanim.content.script import LabelText
from spineanim.content.settings import Settings
from spineanim.content.theme import Theme
from spineanim.errors import SceneError
from spineanim.mobjects.label import Label
from spineanim.mobjects.label_cover import Cover
from spineanim.mobjects.label_layout import lay_out
from spineanim.mobjects.label_places import Naming, Room, Wanted, any_side
from spineanim.mobjects.label_words import ways_to_set
from spineanim.mobjects.making import made
from spineanim.mobjects.overlay import Overlay
from spineanim.motion.camera import shot_of
from spineanim.motion.labels import draw_labels, withdraw_labels
from spineanim.motion.move import Move
from spineanim.picture.camera import StageCamera
from spineanim.picture.contrast import NEEDED, luminance, worst_contrast
from spineanim.stage import WIDE, Format, px

Floats = NDArray[np.float64]

_SPARE: Final = 1.15
"""Contrast is asked for with something to spare, for the picture moves on."""
_PLATE: Final = (0.55, 0.92)
"""Least and greatest opacity of the plate behind words."""


class NamingScene(MovingCameraScene):
    """A scene that lays labels out, draws them on, and keeps them on what they name."""

    settings: Settings
    theme: Theme
    overlay: Overlay
    _beat_name: str
    _labels_left: set[str]

    @property
    def stage_camera(self) -> StageCamera:
        """The camera, which is always ours."""
        assert isinstance(self.camera, StageCamera)
        return self.camera

    @property
    def format(self) -> Format:
        """Shape and resolution of the frame."""
        return self.stage_camera.fmt

    @property
    def labels_shown(self) -> list[Label]:
        """Labels on the stage of which something is to be seen."""
        return [each for each in self.mobjects if isinstance(each, Label) and each.opacity > 0]

    def in_frame(self, points: ArrayLike) -> Floats:
        """Where scene points (..., 3) stand in the frame, as the camera looks now."""
        frame = self.stage_camera.frame
        shot = shot_of(frame)
        placed: Floats = (np.asarray(points) - frame.get_center()) * shot.zoom
        return placed

    # -- what a beat says ----------------------------------------------------------------------

    def lay_out_labels(self, naming: Naming) -> dict[str, Label]:
        """Find places for labels of this beat and add them, unseen.

        They keep off one another, the heading, the captions' room and labels shown already. In a
        frame that is not wide, or when there is no room, they may stand on other sides than asked.

        Parameters
        ----------
        naming
            What they point at, as the camera stands now, and what they keep off.

        Raises
        ------
        SceneError
            The script has no such label, or there is no room for one.
        """
        names = {name: self._words(name) for name in naming.callouts}
        ways = {name: ways_to_set(name, words, self.theme) for name, words in names.items()}
        points = {
            name: np.atleast_2d(np.asarray(callout.at, dtype=np.float64))
            for name, callout in naming.callouts.items()
        }
        wanted = [
            Wanted(
                name,
                (points[name] if callout.fixed else self.in_frame(points[name]))[:, :2],
                callout.sides if self.format.aspect == WIDE.aspect else any_side(callout.sides),
                ways[name],
            )
            for name, callout in naming.callouts.items()
        ]
        try:
            places = lay_out(wanted, self._room(naming))
        except SceneError as error:
            raise SceneError(f"beat {self._beat_name}: {error.message}", error.hint) from None
        labels = {}
        for name, callout in naming.callouts.items():
            place = places[name]
            labels[name] = made(
                Label,
                names[name],
                float(ways[name][place.way].size[0]) + px(0.5),
                place,
                points[name][place.target],
                self.theme,
                self.format,
                callout.fixed,
            )
        self._labels_left -= set(labels)
        self.add(*labels.values())
        return labels

    def labels_appear(self, labels: Mapping[str, Label], *names: str) -> Sequence[Move]:
        """Return moves that draw labels of those names on; all of them when none is named.

        Words that would not stand out from the picture get a soft plate now.
        """
        coming = [labels[name] for name in names or labels]
        coming.sort(key=lambda each: (-each.place.box[3], each.place.box[0]))
        self._back(coming, [*labels.values()])
        return draw_labels(coming)

    def labels_vanish(self, *labels: Label) -> Sequence[Move]:
        """Return moves that take labels away early in the step; all shown when none is given."""
        return withdraw_labels(labels or self.labels_shown)

    def label_words(self, name: str) -> str:
        """Words of a label that a part draws itself, such as a number on a scale."""
        return self.label_text(name).text

    def label_text(self, name: str) -> LabelText:
        """Words and smaller line of a label that a part draws itself, such as a bracket."""
        self._labels_left.discard(name)
        return self._words(name)

    def follow_camera(self) -> None:
        """Keep every label's dot and leader on what it names."""
        frame = self.stage_camera.frame
        centre, zoom = frame.get_center(), shot_of(frame).zoom
        for each in self.mobjects:
            if isinstance(each, Label):
                each.follow(centre, zoom)

    # -- how it is done ------------------------------------------------------------------------

    def _words(self, name: str) -> LabelText:
        script = self.settings.script
        try:
            return script.beat(self._beat_name).labels[name]
        except KeyError:
            raise SceneError(
                f"beat {self._beat_name} shows label {name!r}, which {script.path} lacks",
                f"add it under [{self._beat_name}.labels]",
            ) from None

    def _room(self, naming: Naming) -> Room:
        """Tell what is in the frame already."""
        shown = self.labels_shown
        covers = [
            Cover(self.format, (each if naming.fixed else self.in_frame(each) for each in outlines))
            for outlines in (naming.figure, naming.focus)
        ]
        heading = self.overlay.heading_box(self._beat_name)
        return Room(
            self.format,
            boxes=[heading, *(each.place.box for each in shown)],
            courses=[each.place.course for each in shown],
            figure=covers[0],
            focus=covers[1],
        )

    def _back(self, coming: Sequence[Label], laid_out: Sequence[Label]) -> None:
        """Put soft plates behind words that need them, alike in each column."""
        ground = self._ground_of(laid_out)
        for label in coming:
            column = [
                each
                for each in laid_out
                if each.place.column == label.place.column and each.place.side == label.place.side
            ]
            label.back(max(self._plate_needed(each, ground) for each in column))

    def _ground_of(self, labels: Iterable[Label]) -> NDArray[np.uint8]:
        """Return the picture without labels, heading and captions; drawn behind labels alone."""
        camera = self.stage_camera
        camera.reset()
        regions = [self._region_px(each.place.box) for each in labels]
        camera.capture_mobjects(
            [each for each in self.mobjects if not isinstance(each, Label | Overlay)],
            [(columns.start, rows.start, columns.stop, rows.stop) for rows, columns in regions],
        )
        return camera.pixels().copy()

    def _plate_needed(self, label: Label, ground: NDArray[np.uint8]) -> float:
        """Opacity of the plate that makes a label's words stand out; 0 when they do anyway."""
        behind = ground[self._region_px(label.place.box)]
        inks = [self.theme.rgb(self.theme.style(name).color) for name in ("label", "detail")]
        ink = max(inks[: 1 + bool(label.words.detail)], key=lambda rgb: float(luminance(rgb)))
        if worst_contrast(ink, behind) >= NEEDED * _SPARE:
            return 0.0
        white = 255.0 * self.theme.rgb("panel.fill")
        for opacity in np.linspace(*_PLATE, 8):
            mixed = (behind[..., :3] * (1.0 - opacity) + white * opacity).astype(np.uint8)
            if worst_contrast(ink, mixed) >= NEEDED * _SPARE:
                return float(opacity)
        return _PLATE[1]

    def _region_px(self, box: Floats) -> tuple[slice, slice]:
        """Rows and columns of the film's pixels in a box of frame units."""
        scale, (wide, high) = self.format.pixels_per_unit, self.format.half
        left, right = ((box[i] + wide) * scale for i in (0, 2))
        upper, lower = ((high - box[i]) * scale for i in (3, 1))
        return slice(int(upper), int(lower) + 1), slice(int(left), int(right) + 1)
