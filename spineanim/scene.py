"""A film as a list of beats on an absolute clock.

A scene is an ordinary Manim scene. Its beats are methods marked with `@beat`, played in the order
they are written; their words and seconds come from the scene's script. Every play ends on a frame
that the script's seconds fix, so nothing drifts, whoever renders.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import numpy as np
from manim import Animation, Mobject, Wait, config, smooth
from manim.animation.animation import prepare_animation
from manim.mobject.mobject import _AnimationBuilder
from numpy.typing import ArrayLike

from spineanim.content.project import find_project
from spineanim.content.settings import Settings, load_settings
from spineanim.content.timeline import TITLE_CARD, Timeline, frame_at
from spineanim.errors import SceneError
from spineanim.mobjects.backdrop import backdrop
from spineanim.mobjects.label import Label
from spineanim.mobjects.making import made
from spineanim.mobjects.members import holds_any
from spineanim.mobjects.overlay import Overlay
from spineanim.mobjects.practice import PracticeMark
from spineanim.mobjects.whole_frame import whole_frame
from spineanim.motion.camera import LookAt, aim
from spineanim.motion.change import cross_over
from spineanim.motion.changed import changes_of, split_at_lowest
from spineanim.motion.ease import within
from spineanim.motion.idle import Alive
from spineanim.motion.move import Fade
from spineanim.naming import NamingScene
from spineanim.picture.camera import StageCamera
from spineanim.picture.keep import Changes
from spineanim.picture.shape import Part
from spineanim.stage import WHOLE, Shot

_PICTURE_Z = 950  # under heading and captions
WORDS_GO = 0.25  # share of a change of picture in which the old one's words go
_BEYOND = 0.05  # a picture that moves as it gives way reaches so far beyond the frame
_NUDGE_S = 1e-6
"""Manim counts frames with `arange(0, run_time, 1 / fps)`; a hair less than a whole number of
frames makes it count exactly that number."""

Playable = Animation | _AnimationBuilder
"""A move, or what Manim's `.animate` gives."""
PlateT = TypeVar("PlateT", bound=Part)
BeatMethod = Callable[[Any], None]
Focus = tuple[ArrayLike, ArrayLike]


def beat(method: BeatMethod) -> BeatMethod:
    """Mark a method as a beat of the film."""
    method.is_beat = True  # type: ignore[attr-defined]
    return method


class SpineScene(NamingScene):
    """Base of all films.

    Parameters
    ----------
    settings
        Theme, script and anatomy; loaded from the project around the scene's file when omitted.
    manim_options
        Passed on to Manim's scene.

    Attributes
    ----------
    poster
        Name of the beat whose still is the film's poster.
    part_name, first_frame
        What a programme calls the scene, and the frame of the programme its own first frame is.
    ground_is_clear
        Whether nothing is drawn behind the picture, for a film that is laid over another.
    """

    poster: ClassVar[str]
    beats: ClassVar[tuple[str, ...]] = ()
    part_name: str = ""
    first_frame: int = 0
    ground_is_clear: bool = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Collect the beats in the order they are written."""
        super().__init_subclass__(**kwargs)
        cls.beats = tuple(name for name, each in vars(cls).items() if hasattr(each, "is_beat"))

    def __init__(self, settings: Settings | None = None, **manim_options: Any) -> None:
        manim_options.setdefault("camera_class", StageCamera)
        super().__init__(**manim_options)
        self.settings = settings or self._settings_around()
        self.theme, self.parameters = self.settings.theme, self.settings.parameters
        self.fps = round(config.frame_rate)
        self.timeline = Timeline(self.settings.script, self.fps)
        self.frame = 0
        self.play_start = 0
        self.play_changes = Changes()
        self._beat_name = TITLE_CARD
        self._alive: list[Alive] = []
        self._steps_left: set[str] = set()
        self._labels_left: set[str] = set()

    @classmethod
    def _settings_around(cls) -> Settings:
        file = Path(inspect.getfile(cls)).resolve()
        return load_settings(file.stem, find_project(file.parent))

    @property
    def beat_name(self) -> str:
        """The beat that is being played, or the title card."""
        return self._beat_name

    def moments(self, beat: str) -> set[str]:
        """Names that the end state of a beat goes by in the film that is being made."""
        if not self.part_name:
            return {beat}
        last = {self.part_name} if beat == self.beats[-1] else set()
        return {f"{self.part_name}.{beat}"} | last

    # -- what a scene defines ------------------------------------------------------------------

    def cast(self) -> None:
        """Make the parts of the film; beats then show and move them."""

    def title_card(self) -> None:
        """Show the title; scenes may show more."""

    def make(self, plate: Callable[..., PlateT], *details: object) -> PlateT:
        """Make a plate with this film's parameters, theme and format.

        Parameters
        ----------
        plate
            Its class; takes parameters, theme, the frame's format, and `details`.
        details
            What else it is told.
        """
        return made(plate, self.parameters, self.theme, self.format, *details)

    # -- what a beat says ----------------------------------------------------------------------

    def during(self, step: str, *moves: Playable) -> None:
        """Play moves over a step of the script, after holding still until it starts.

        Parameters
        ----------
        step
            Its name in the beat's `steps_s`.
        moves
            What happens; all start and end together.

        Raises
        ------
        SceneError
            The script has no such step, or it starts before the one before has ended.
        """
        steps_s = self.settings.script.beat(self._beat_name).steps_s
        if step not in steps_s:
            raise SceneError(
                f"beat {self._beat_name} plays step {step!r}, which {self._script} does not have",
                f"add it under [{self._beat_name}.steps_s]",
            )
        start_s, end_s = steps_s[step]
        beat_start_s = self.timeline.chapter(self._beat_name).start_s
        if frame_at(beat_start_s + start_s, self.fps) < self.frame:
            raise SceneError(
                f"step {step} of beat {self._beat_name} starts before the step before it ends",
                f"change its start in {self._script}",
            )
        self._steps_left.discard(step)
        self._play_until(beat_start_s + start_s)
        self._play_until(beat_start_s + end_s, *moves)

    def name_things(self, step: str, labels: Mapping[str, Label], *names: str) -> None:
        """Draw labels of those names on during a step; all of them when none is named."""
        self.during(step, *self.labels_appear(labels, *names))

    def look_at(self, shot: Shot) -> LookAt:
        """Return the move that takes the camera to a shot."""
        return LookAt(self.stage_camera.frame, shot)

    def keep_alive(self, *alive: Alive) -> None:
        """Let parts move by themselves from now on, in steps and holds, until the view changes."""
        self._alive += alive

    def dissolve_to(
        self, step: str, *parts: Part, shot: Shot = WHOLE, focus: Focus | None = None
    ) -> None:
        """Let the picture give way to another during a step, over the empty ground between.

        Parameters
        ----------
        step
            Its name in the script.
        parts
            All that is on stage afterwards, besides heading and captions.
        shot
            Where the camera looks afterwards.
        focus
            Scene points of the subject before and after: both views lean towards it.
        """
        if not self._is_watched(step):
            self._clear(shot)
            self.add(*parts)
            self.during(step)
            return
        named, before = self.picture_now(2, labels=True), self.picture_now(1)
        old = None if focus is None else self.in_frame(focus[0])
        self._clear(shot)
        self.add(*parts)
        after, ground = self.picture_now(0), self.ground()
        self.remove(*parts)  # their picture stands in for them
        self.add(ground, after, before, named)
        new = None if focus is None else self.in_frame(focus[1])
        gone = Fade(named, 0.0, ease=within(smooth, 0.0, WORDS_GO))
        self.during(step, gone, *cross_over(before, after, old, new))
        self.remove(named, before, after, ground)
        self.add(*parts)

    def _is_watched(self, step: str) -> bool:
        """Whether any frame up to the end of a step may be drawn."""
        steps_s = self.settings.script.beat(self._beat_name).steps_s
        if step not in steps_s:
            return True
        end_s = self.timeline.chapter(self._beat_name).start_s + steps_s[step][1]
        end = self.first_frame + frame_at(end_s, self.fps)
        return self._sees(self.first_frame + self.frame, end)

    def _sees(self, first: int, end: int) -> bool:
        """Whether any frame from one of the film to before another may be drawn."""
        asked = getattr(self.renderer, "is_watched", None)  # Manim's own renderer draws them all
        return asked is None or bool(asked(first, end))

    def _clear(self, shot: Shot) -> None:
        """Take all but heading and captions off the stage, and look elsewhere."""
        self._alive = []
        for mobject in list(self.mobjects):
            if mobject is not self.overlay:
                self.remove(mobject)
        aim(self.stage_camera.frame, shot)

    def picture_now(self, depth: int, *, labels: bool = False) -> Part:
        """Return the frame as it stands, without heading and captions, as one part.

        Parameters
        ----------
        depth
            How far over other such pictures it lies.
        labels
            Whether labels are seen in it.
        """
        away: set[Mobject] = {self.overlay, *(() if labels else self.labels_shown)}
        camera = self.stage_camera
        camera.reset()
        camera.capture_mobjects([each for each in self.mobjects if each not in away])
        return whole_frame(camera.pixels(), _PICTURE_Z + depth, beyond=_BEYOND)

    def ground(self) -> Part:
        """Return the empty ground as one part."""
        camera = self.stage_camera
        camera.reset()
        return whole_frame(camera.pixels(), _PICTURE_Z - 1)

    # -- the clock -----------------------------------------------------------------------------

    def construct(self) -> None:
        """Play the title card and every beat, each for exactly its length."""
        self._check_beats()
        camera = self.stage_camera
        ground = backdrop(self.theme, camera.pixel_width, camera.pixel_height)
        if self.ground_is_clear:
            ground = np.zeros_like(ground)
        camera.background = ground  # type: ignore[assignment]  # Manim's hint says int, its code uint8
        burned = self.parameters.captions == "burned"
        self.overlay = Overlay(
            self.timeline, self.theme, self.format, captioned=burned, mark=self._mark()
        )
        self.add(self.overlay)
        self.cast()
        self._run(TITLE_CARD, self.title_card)
        for name in self.beats:
            script = self.settings.script.beat(name)
            self._steps_left, self._labels_left = set(script.steps_s), set(script.labels)
            self._run(name, getattr(self, name))
            for kind, left in (("step", self._steps_left), ("label", self._labels_left)):
                if left:
                    raise SceneError(
                        f"{self._script} has {kind} {', '.join(sorted(left))} in beat {name}, "
                        "which the scene never shows",
                        "remove it there or use it in the scene",
                    )

    def _mark(self) -> Part | None:
        """Return the practice's mark for the title card; one in a film of several scenes."""
        name, logo = self.parameters.practice_name, self.parameters.logo
        if self.part_name or not (name or logo):
            return None
        return PracticeMark(name, logo, self.theme, self.format)

    def _run(self, name: str, play: Callable[[], None]) -> None:
        self._beat_name = name
        self.next_section(name)
        play()
        self._play_until(self.timeline.chapter(name).end_s)
        finished = getattr(self.renderer, "beat_finished", None)
        if finished is not None:
            finished(self, name)

    def _play_until(self, moment_s: float, *moves: Playable) -> None:
        """Play moves, or hold still, up to the frame of an absolute moment."""
        count = frame_at(moment_s, self.fps) - self.frame
        if count < 0:
            raise SceneError(
                f"beat {self._beat_name} runs past its end in {self._script}",
                "make the beat longer or its steps shorter",
            )
        if count == 0:
            self._apply(moves)
            return
        seconds = count / self.fps - _NUDGE_S
        self.play_start = self.frame
        moves = (*moves, *(each.during(self.frame / self.fps, seconds) for each in self._alive))
        played = [prepare_animation(move).set_run_time(seconds) for move in moves]
        self.play(*(played or [Wait(run_time=seconds, frozen_frame=False)]))
        self.follow_camera()
        self.frame += count

    def _apply(self, moves: Iterable[Playable]) -> None:
        """Carry out moves that are shorter than a frame."""
        for move in moves:
            animation = prepare_animation(move)
            animation.begin()
            animation.finish()
        self.follow_camera()

    def update_to_time(self, t: float) -> None:
        """Set the state at `t` seconds into the current play, labels and overlay included."""
        super().update_to_time(t)
        self.follow_camera()
        self.overlay.show_frame(self.play_start + round(t * self.fps))

    # -- what Manim must know ------------------------------------------------------------------

    def add_mobjects_from_animations(self, animations: list[Animation]) -> None:
        """Add only what is not on stage yet, so that no part is torn out of its group."""
        for animation in animations:
            if isinstance(animation, Wait):
                continue
            sought = frozenset({id(animation.mobject)})
            if not any(holds_any(top, sought) for top in self.mobjects):
                self.add(animation.mobject)

    def changes(self, animations: Iterable[Animation]) -> Changes:
        """Tell what the moves of a play change."""
        return changes_of(animations, self.overlay, self.stage_camera.frame)

    def get_moving_and_static_mobjects(
        self, animations: Iterable[Animation]
    ) -> tuple[list[Mobject], list[Mobject]]:
        """Split the stage at the lowest thing that moves; the overlay always moves."""
        self.play_changes = self.changes(animations)
        return split_at_lowest(self.mobjects, self.play_changes)

    # -- agreement with the script -------------------------------------------------------------

    @property
    def _script(self) -> Path:
        return self.settings.script.path

    def _check_beats(self) -> None:
        """Beats of the scene and of the script are the same, in the same order."""
        written = [each.name for each in self.settings.script.beats]
        for name in written:
            if name not in self.beats:
                raise SceneError(
                    f"{self._script} has a beat [{name}] that {type(self).__name__} does not play",
                    f"remove it or write it as a beat; the scene has {', '.join(self.beats)}",
                )
        for name in self.beats:
            if name not in written:
                raise SceneError(
                    f"beat {name} of {type(self).__name__} has no words in {self._script}",
                    f"add a table [{name}] there",
                )
        if written != list(self.beats):
            raise SceneError(
                f"the beats in {self._script} are in another order than in {type(self).__name__}",
                f"the scene plays {', '.join(self.beats)}",
            )
