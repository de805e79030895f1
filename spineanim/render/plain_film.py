"""Make a film of an ordinary Manim scene on all cores, as `manim render` would on one.

The scene is played once without drawing; at each play a copy of the process leaves for every
segment of it, draws and encodes that, and ends. Nothing is kept for the next time.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from manim import Scene, tempconfig

from spineanim.errors import OutputError, SceneError
from spineanim.render.assemble import assemble
from spineanim.render.drawing_code import drawing_key
from spineanim.render.encode import KEYFRAME_EVERY_S, EncodedSegment
from spineanim.render.encoding import Encoding, web_film
from spineanim.render.plain import PlainRenderer
from spineanim.render.quality import Quality
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.segments import Segment, even
from spineanim.render.snapshots import Snapshots
from spineanim.render.stage_scene import manim_options

_AHEAD: Final = 4
"""So many segments wait for each that is drawn."""
_PATIENCE_S: Final = 1.0


def render_plain(file: Path, class_name: str, quality: Quality, film: Path, jobs: int) -> int:
    """Render a plain scene to an MP4.

    Parameters
    ----------
    file, class_name
        The scene; see `PlainRenderer` for what it may do.
    quality
        Size, rate and fineness.
    film
        File to write.
    jobs
        How many segments are drawn at once.

    Returns
    -------
    Frames of the film.

    Raises
    ------
    SpineanimError
        The scene is none, does what is not supported, or a worker was lost.
    """
    scene_class = load_plain(file, class_name)
    encoding = web_film(quality)
    drawing_key()  # known before any copy leaves
    with TemporaryDirectory(dir=film.parent) as folder, tempconfig(manim_options(quality)):
        foreman = _Foreman(encoding, jobs, Path(folder))
        foreman.play(scene_class)
        return assemble(film, encoding, foreman.encoded(), {"title": class_name}, "und")


class _Foreman:
    """Takes the frames of the play that draws nothing, and sends copies to draw."""

    def __init__(self, encoding: Encoding, jobs: int, folder: Path) -> None:
        self.jobs, self.folder = jobs, folder
        self.longest = KEYFRAME_EVERY_S * encoding.fps
        self.keys: dict[Segment, str] = {}
        self.renderer: PlainRenderer | None = None
        self.crew = Snapshots(encoding, jobs, self._keep, self._become, lambda each: -each.start)

    def play(self, scene_class: type[Scene]) -> None:
        """Play a scene; all its segments are drawn then."""
        error: BaseException | None = None
        try:
            self.renderer = PlainRenderer(self)
            scene = scene_class(renderer=self.renderer)
            scene.setup()
            scene.construct()
        except BaseException as caught:
            error = caught
            raise
        finally:
            self.crew.leave(error)
            if error is not None:
                self.crew.close()
        try:
            while self.crew.load:
                self._collect(_PATIENCE_S)
        finally:
            self.crew.close()

    def _keep(self, key: str, packed: bytes) -> bool:
        (self.folder / key).write_bytes(packed)
        return True

    def _become(self, sink: FrameSink) -> None:
        assert self.renderer is not None
        self.renderer.sink = _Copy(sink)

    def _collect(self, timeout_s: float) -> None:
        for each in self.crew.finished(timeout_s):
            self.keys[each.segment] = each.key
        lost = self.crew.lost()
        if lost:
            raise OutputError(
                f"the worker that drew frames {lost[0].start} to {lost[0].end - 1} was lost",
                "the machine may be short of memory: use fewer jobs or a lower quality",
            )

    def encoded(self) -> Iterator[EncodedSegment]:
        """Yield all segments in their order."""
        for segment in sorted(self.keys):
            yield EncodedSegment.unpacked((self.folder / self.keys[segment]).read_bytes())

    # -- what the renderer says ------------------------------------------------------------------

    def play_begins(self, first: int, count: int) -> None:
        """Have a copy leave for each segment of a play."""
        for segment in even(first, first + count, self.longest) if count else ():
            while self.crew.load >= self.jobs * (1 + _AHEAD):
                self._collect(_PATIENCE_S)
            self._collect(0.0)
            self.crew.stands_at(segment)
            assert self.renderer is not None
            if self.renderer.sink is not self:
                return  # this is a copy now
            self.crew.draw(segment)

    def wants(self, frame: int) -> bool:
        """Take nothing: nothing is drawn here."""
        del frame
        return False

    def identify(self, frame: int, digest: bytes) -> None:
        """Take nothing: nothing is drawn here."""

    def put(self, frame: int, pixels: Frame) -> None:
        """Take nothing: nothing is drawn here."""


class _Copy:
    """Hands frames to what encodes a film's segments."""

    def __init__(self, sink: FrameSink) -> None:
        self.wants, self.identify, self.put = sink.wants, sink.identify, sink.put

    def play_begins(self, first: int, count: int) -> None:
        """Hear nothing: a copy does not outlive its play."""


def load_plain(file: Path, class_name: str) -> type[Scene]:
    """Import a file and return a scene of it."""
    spec = importlib.util.spec_from_file_location(f"plain_{file.stem}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    scene = getattr(module, class_name, None)
    if not (isinstance(scene, type) and issubclass(scene, Scene)):
        raise SceneError(f"{file} has no scene {class_name}", "check its name")
    return scene
