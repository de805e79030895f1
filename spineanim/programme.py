"""A film of several scenes: each plays as it is, and gives way to the next.

A programme is itself a scene. It plays the scenes beside its own file through its own renderer and
camera, so every frame of a part is the frame that the scene alone has. Between two of them lies a
bridge: the last picture of the one gives way to the first picture of the other. A part that nobody
will see anything of is not played.
"""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any, ClassVar

from manim import smooth
from manim.renderer.cairo_renderer import CairoRenderer

from spineanim.content.scene_file import read_scene_file
from spineanim.content.timeline import ProgrammeTimeline
from spineanim.errors import SceneError
from spineanim.mobjects.making import part_begins
from spineanim.motion.change import cross_over
from spineanim.motion.ease import within
from spineanim.motion.move import Fade
from spineanim.picture.shape import Part
from spineanim.scene import WORDS_GO, SpineScene


def scene_class(file: Path, class_name: str) -> type[SpineScene]:
    """Import a scene file and return its class.

    Raises
    ------
    SceneError
        The class is no scene.
    Exception
        Whatever the file's own code raises.
    """
    spec = importlib.util.spec_from_file_location(f"scenes_{file.stem}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    scene = getattr(module, class_name)
    if not (isinstance(scene, type) and issubclass(scene, SpineScene)):
        raise SceneError(f"{file}: {class_name} is no SpineScene", "derive it from one")
    return scene


class Programme(SpineScene):
    """Base of films that show several scenes.

    Attributes
    ----------
    parts
        Names of the scenes, in order; their files lie beside that of the programme.
    poster
        A part, for its end state, or a beat of one: `"part.beat"`.
    """

    parts: ClassVar[tuple[str, ...]] = ()

    def construct(self) -> None:
        """Play the title card and every scene, each after its bridge."""
        self._whole = self.stage_camera.frame.copy()
        super().construct()
        timeline = self.settings.timeline(self.fps)
        assert isinstance(timeline, ProgrammeTimeline)
        last: SpineScene | None = self
        for name, following in zip_longest(self.parts, self.parts[1:]):
            start = timeline.starts[name]
            end = timeline.starts[following] if following else timeline.frame_count
            if self._sees(start if last is None else self.frame, end):
                last = self._play_part(name, start, last)
            else:
                last = None
                self.frame = start + timeline.parts[name].frame_count

    def _play_part(self, name: str, start: int, last: SpineScene | None) -> SpineScene:
        """Play a scene from a frame on, after the bridge from the last one, and return it."""
        assert isinstance(self.renderer, CairoRenderer)
        part_begins(name)
        guest = _Guest(self.renderer, self._way_from(last))
        self.stage_camera.frame = self._whole.copy()
        part = self._scene_beside(name)(settings=self.settings.parts[name], renderer=guest)
        part.part_name, part.first_frame = name, start
        part.ground_is_clear = self.ground_is_clear
        part.setup()
        part.construct()
        part.tear_down()
        self.frame = part.first_frame + part.frame
        return part

    def _scene_beside(self, name: str) -> type[SpineScene]:
        file = Path(inspect.getfile(type(self))).resolve().with_name(f"{name}.py")
        found = read_scene_file(file) if file.is_file() else None
        if found is None:
            raise SceneError(f"{file} holds no scene", f"take {name!r} out of parts or write it")
        return scene_class(file, found.class_name)

    def _way_from(self, last: SpineScene | None) -> Callable[[SpineScene], None]:
        """Return what leads on from the last scene as it is now; nothing does from one unseen."""
        if last is None:
            return lambda _: None
        old, words = last.picture_now(1), last.picture_now(2, labels=True)
        return lambda part: self._bridge(old, words, part)

    def _bridge(self, old: Part, words: Part, part: SpineScene) -> None:
        """Let the last picture give way to the first of a part, which is about to play."""
        new, ground = part.picture_now(0, labels=True), part.ground()
        self.remove(*self.mobjects)
        self.add(self.overlay, ground, new, old, words)
        gone = Fade(words, 0.0, ease=within(smooth, 0.0, WORDS_GO))
        self._play_until(part.first_frame / self.fps, gone, *cross_over(old, new))


class _Guest:
    """The renderer of a programme as one of its parts knows it.

    Parameters
    ----------
    host
        The renderer; everything is asked of it.
    first
        Called with the part before its first play.
    """

    def __init__(self, host: CairoRenderer, first: Callable[[SpineScene], None]) -> None:
        self.__dict__.update(host=host, first=first, begun=False)

    def init_scene(self, *_: object) -> None:
        """Manim announces the part; the host has its film already."""

    def play(self, scene: SpineScene, *moves: Any, **options: Any) -> None:
        """Play moves of the part, after the bridge that leads to it."""
        if not self.__dict__["begun"]:
            self.__dict__["begun"] = True
            self.__dict__["first"](scene)
        self.__dict__["host"].play(scene, *moves, **options)

    def __getattr__(self, name: str) -> object:
        """Ask the host."""
        return getattr(self.__dict__["host"], name)

    def __setattr__(self, name: str, value: object) -> None:
        """Tell the host."""
        setattr(self.__dict__["host"], name, value)
