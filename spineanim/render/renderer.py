"""A Manim renderer that hands over chosen frames and writes no file of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import Scene
from manim.renderer.cairo_renderer import CairoRenderer
from manim.utils.exceptions import EndSceneEarlyException
from numpy.typing import NDArray

from spineanim.motion.move import Move
from spineanim.picture.camera import StageCamera
from spineanim.picture.draw_list import FrameDigests
from spineanim.picture.keep import Stills
from spineanim.scene import SpineScene

Frame = NDArray[np.uint8]


class FrameSink:
    """Says which frames are wanted and takes them; this one wants none."""

    def wants(self, frame: int) -> bool:
        """Whether a frame must be drawn; asked once for each, in their order."""
        del frame
        return False

    def is_watching(self, first: int, end: int) -> bool:
        """Whether any frame from one to before another may be wanted.

        If not, pictures that only those frames need are not made.
        """
        del first, end
        return True

    def play_begins(self, scene: SpineScene, first: int, count: int) -> None:
        """Hear that `count` frames from `first` on are about to be played.

        The sink may set any of their states with `scene.update_to_time`.
        """

    def identify(self, frame: int, digest: bytes) -> None:
        """Hear what a frame that comes next is drawn from: equal digests, equal pictures."""

    def put(self, frame: int, pixels: Frame) -> None:
        """Take a frame's pixels (H, W, 4) RGBA; they may be reused after the call."""

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        """Hear that a beat has reached its end state; `draw()` gives its picture.

        `scene.moments(name)` are the names it goes by in the film that is being made.
        """

    def done(self) -> bool:
        """Whether the rest of the film need not be played."""
        return False


class NoWriter:
    """Stands in for Manim's file writer: sections and sounds lead nowhere."""

    def next_section(self, name: str, section_type: str, skip_animations: bool) -> None:
        """Manim announces a section."""

    def abort_encode_jobs(self, **_: Any) -> None:
        """Nothing is being encoded here."""


class FilmRenderer(CairoRenderer):
    """Plays a scene frame by frame and draws only what its sink wants.

    Parameters
    ----------
    sink
        Where frames go.
    """

    def __init__(self, sink: FrameSink) -> None:
        super().__init__(camera_class=StageCamera)
        self.sink = sink
        assert isinstance(self.camera, StageCamera)
        self.digests = FrameDigests(self.camera)
        self._is_looked_at = False

    def init_scene(self, scene: Scene, session_spec: object, file_writer_settings: object) -> None:
        """Attach to a scene; Manim's own output is not used."""
        self.file_writer = NoWriter()

    def play(self, scene: Scene, *moves: Any, **options: Any) -> None:
        """Play one set of moves; every frame is a function of its time alone."""
        assert isinstance(scene, SpineScene)
        scene.compile_animation_data(*moves, **options)
        assert scene.animations is not None
        count = round(scene.duration * scene.fps)
        first = scene.first_frame + scene.play_start
        if not self.is_watched(first, first + count):
            for animation in scene.animations:
                if isinstance(animation, Move):
                    animation.is_seen = False
        scene.begin_animations()
        self._is_looked_at = False
        self.sink.play_begins(scene, first, count)
        self._draw_wanted(scene, first, count)
        for animation in scene.animations:
            animation.finish()
            animation.clean_up_from_scene(scene)
        self.static_image = None
        self.time += count / scene.fps
        self.num_plays += 1
        if self.sink.done():
            raise EndSceneEarlyException

    def look_at(self, scene: SpineScene, number: int) -> bytes:
        """Set the state of a frame of the current play; return a digest of what it shows."""
        if not self._is_looked_at:
            self.digests.begin(scene.play_changes, scene.static_mobjects)
            self._is_looked_at = True
        scene.update_to_time(number / scene.fps)
        return self.digests.frame(scene.moving_mobjects)

    def _draw_wanted(self, scene: SpineScene, first: int, count: int) -> None:
        """Draw the wanted frames of the current play; one like the frame before is not redrawn."""
        drawn: bytes | None = None
        for number in range(count):
            if not self.sink.wants(first + number):
                continue
            if drawn is None:
                self.save_static_frame_data(scene, scene.static_mobjects)
                scene.stage_camera.stills = Stills(scene.play_changes)
            digest = self.look_at(scene, number)
            if digest != drawn:
                self.update_frame(scene, scene.moving_mobjects)
                drawn = digest
            self.sink.identify(first + number, digest)
            self.sink.put(first + number, scene.stage_camera.pixels())
        scene.stage_camera.stills = None

    def picture_of(self, scene: SpineScene, number: int) -> Frame:
        """Draw any frame of the current play, in any order, while the sink hears that it begins.

        The process can do nothing but that afterwards. The pixels are used again.
        """
        if scene.stage_camera.stills is None:
            self.save_static_frame_data(scene, scene.static_mobjects)
            scene.stage_camera.stills = Stills(scene.play_changes)
        scene.update_to_time(number / scene.fps)
        self.update_frame(scene, scene.moving_mobjects)
        return scene.stage_camera.pixels()

    def is_watched(self, first: int, end: int) -> bool:
        """Whether any frame from one to before another may be drawn."""
        return self.sink.is_watching(first, end)

    def beat_finished(self, scene: SpineScene, name: str) -> None:
        """Tell the sink that a beat stands in its end state."""

        def draw() -> Frame:
            self.static_image = None
            self.update_frame(scene, scene.mobjects)
            return scene.stage_camera.pixels().copy()

        self.sink.beat_finished(scene, name, draw)
        if self.sink.done():
            raise EndSceneEarlyException
