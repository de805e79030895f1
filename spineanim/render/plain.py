"""Play an ordinary Manim scene with our camera: one that knows no script, no beats and no clock."""

from __future__ import annotations

from typing import Any, Final, Protocol

from manim import PhaseFlow, Scene, config
from manim.renderer.cairo_renderer import CairoRenderer

from spineanim.errors import SceneError
from spineanim.picture.camera import StageCamera
from spineanim.render.renderer import Frame, NoWriter

_STEPWISE: Final = (PhaseFlow,)
"""Moves that go on from the frame before."""


class PlainSink(Protocol):
    """Says which frames are wanted and takes them."""

    def play_begins(self, first: int, count: int) -> None:
        """Hear that `count` frames from `first` on are about to be played."""

    def wants(self, frame: int) -> bool:
        """Whether a frame must be drawn; asked once for each, in their order."""

    def identify(self, frame: int, digest: bytes) -> None:
        """Hear a name of the frame that comes next; one like the frame before has its name."""

    def put(self, frame: int, pixels: Frame) -> None:
        """Take a frame's pixels (H, W, 4) RGBA; they may be reused after the call."""


class PlainRenderer(CairoRenderer):
    """Plays any `Scene` or `MovingCameraScene` and draws only what its sink wants.

    A play takes as many frames as its seconds round to. Frames that are not wanted are passed
    over, unless something has an updater, which may count on having seen the frames before
    (with `dt`, or as a traced path does): then all are played in order, and those not wanted are
    not drawn. A wait in which nothing can change is drawn once.

    Not supported: scenes with cameras of their own (three dimensions, insets), waits that end
    when a condition is met, sounds, and Manim's own output.

    Parameters
    ----------
    sink
        Where frames go.
    """

    def __init__(self, sink: PlainSink) -> None:
        super().__init__(camera_class=StageCamera)
        self.sink = sink
        self.fps = round(config.frame_rate)
        self.frame = 0

    def init_scene(self, scene: Scene, session_spec: object, file_writer_settings: object) -> None:
        """Attach to a scene; Manim's own output is not used.

        Raises
        ------
        SceneError
            The scene wants another camera.
        """
        wanted = getattr(scene, "camera_class", None)
        if wanted is not None and not issubclass(StageCamera, wanted):
            raise SceneError(
                f"{type(scene).__name__} is drawn by a {wanted.__name__}, which is not supported",
                "derive it from Scene or MovingCameraScene",
            )
        self.file_writer = NoWriter()

    def play(self, scene: Scene, *moves: Any, **options: Any) -> None:
        """Play one set of moves.

        Raises
        ------
        SceneError
            The play ends only when a condition is met.
        """
        scene.compile_animation_data(*moves, **options)
        if scene.stop_condition is not None:
            raise SceneError(
                f"{type(scene).__name__} waits for a condition, which is not supported",
                "wait for a number of seconds",
            )
        scene.begin_animations()
        count = round(scene.duration * self.fps)
        self.sink.play_begins(self.frame, count)
        self._draw_wanted(scene, count)
        assert scene.animations is not None
        for animation in scene.animations:
            animation.finish()
            animation.clean_up_from_scene(scene)
        scene.update_mobjects(0)
        self.static_image = None
        self.frame += count
        self.time += count / self.fps
        self.num_plays += 1

    def _draw_wanted(self, scene: Scene, count: int) -> None:
        """Draw the wanted frames of the current play."""
        holds, in_order = scene.is_current_animation_frozen_frame(), _goes_by_steps(scene)
        drawn = False
        for number in range(count):
            frame = self.frame + number
            wanted = self.sink.wants(frame)
            if in_order or (wanted and not holds):
                scene.update_to_time(number / self.fps)
            if not wanted:
                continue
            if not drawn:
                self.save_static_frame_data(scene, scene.static_mobjects)
            if not (drawn and holds):
                self.update_frame(scene, scene.moving_mobjects)
            drawn = True
            self.sink.identify(frame, str(self.frame if holds else frame).encode())
            self.sink.put(frame, self.camera.pixel_array.view("uint8"))


def _goes_by_steps(scene: Scene) -> bool:
    """Whether a frame may depend on those before it."""
    moves = scene.animations or []
    shown: list[Any] = list(scene.get_mobject_family_members())
    shown += [each.mobject for each in moves]
    return (
        bool(scene.updaters)
        or any(isinstance(move, _STEPWISE) for move in moves)
        or any(each.updaters for each in shown)
    )
