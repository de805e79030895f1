"""What is to be seen at the end of each beat, got from one play of a scene."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil, floor

from spineanim.content.theme import Theme
from spineanim.content.timeline import ProgrammeTimeline, Timeline, frame_at
from spineanim.errors import SceneError
from spineanim.mobjects.overlay import FADE_S
from spineanim.publish.even_places import even_places
from spineanim.render.legibility import SeenWords, words_on_stage
from spineanim.render.order import Order
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene
from spineanim.stage import Format
from spineanim.upload import Box, Patch, Words

_KINDS = {name: name for name in ("label", "detail", "heading", "caption", "title")}
_KINDS["kicker"] = "heading"


@dataclass(frozen=True)
class BeatEnd:
    """When a beat ends.

    Attributes
    ----------
    name
        Of the beat, or of a programme's scene.
    settled
        The last frame in which its heading and caption are in full view.
    last
        Its last frame.
    """

    name: str
    settled: int
    last: int


@dataclass
class Shown:
    """What was seen.

    Attributes
    ----------
    stills
        The end state of each beat (H, W, 4), by its name.
    poster
        The poster's picture.
    words
        Words in full view in the last frame, headings and captions in their last full view.
    places
        Places of even colour.
    """

    stills: dict[str, Frame] = field(default_factory=dict)
    poster: Frame | None = None
    words: list[Words] = field(default_factory=list)
    places: list[Patch] = field(default_factory=list)


def shown_at_ends(order: Order) -> Shown:
    """Play a scene once, and see what there is at the end of each beat.

    Raises
    ------
    SpineanimError
        Content and scene disagree, the scene's own code fails, or a beat never ends.
    """
    sink = _Ends(ends_of(order.timeline), order.entry.poster)
    play_scene(order.entry, order.settings, order.quality, sink)
    lacking = [end.name for end in sink.ends if end.name not in sink.shown.stills]
    if lacking or sink.shown.poster is None:
        what = ", ".join(lacking) or f"its poster {order.entry.poster!r}"
        raise SceneError(f"{order.entry.name} never came to {what}", "check the scene's beats")
    return sink.shown


def ends_of(timeline: Timeline) -> tuple[BeatEnd, ...]:
    """Return when each chapter but the title card ends.

    A scene of a programme ends before the bridge to the next.
    """
    fade = max(frame_at(FADE_S, timeline.fps), 1)
    ends = []
    for span in timeline.chapters[1:]:
        end = span.end
        if isinstance(timeline, ProgrammeTimeline):
            end = timeline.starts[span.name] + timeline.parts[span.name].frame_count
        ends.append(BeatEnd(span.name, max(end - fade, span.start), end - 1))
    return tuple(ends)


class _Ends(FrameSink):
    """Takes pictures, words and colours at the ends of beats."""

    def __init__(self, ends: Iterable[BeatEnd], poster: str) -> None:
        self.ends, self.poster, self.shown = tuple(ends), poster, Shown()
        self._settled = {end.settled: end for end in self.ends}
        self._last = {end.last: end for end in self.ends}
        self._scene: SpineScene | None = None

    def wants(self, frame: int) -> bool:
        return frame in self._settled or frame in self._last

    def play_begins(self, scene: SpineScene, first: int, count: int) -> None:
        self._scene = scene

    def put(self, frame: int, pixels: Frame) -> None:
        scene = self._scene
        assert scene is not None
        if frame in self._last:
            self.shown.places += even_places(pixels, frame)
        overlay, others = [scene.overlay], [e for e in scene.mobjects if e is not scene.overlay]
        for ends, tops in ((self._settled, overlay), (self._last, others)):
            if frame in ends:
                seen = words_on_stage(scene, tops)
                told = (_words(ends[frame].name, frame, each, scene) for each in seen)
                self.shown.words += [each for each in told if each is not None]

    def beat_finished(self, scene: SpineScene, name: str, draw: Callable[[], Frame]) -> None:
        moments = scene.moments(name)
        wanted = moments & {end.name for end in self.ends}
        if not wanted and self.poster not in moments:
            return
        scene.overlay.show_settled(name)
        for moment in wanted:
            self.shown.stills[moment] = draw()
        if self.poster in moments:
            scene.overlay.hide_captions()
            self.shown.poster = draw()

    def done(self) -> bool:
        return len(self.shown.stills) == len(self.ends) and self.shown.poster is not None


def _words(beat: str, frame: int, seen: SeenWords, scene: SpineScene) -> Words | None:
    box = box_px(seen.box, scene.format)
    if box is None:
        return None
    kind = _KINDS.get(_style_name(seen, scene.theme), "other")
    return Words(beat, frame, seen.text, kind, box, round(seen.type_px, 2), seen.ink)


def _style_name(seen: SeenWords, theme: Theme) -> str:
    return next((name for name, style in theme.styles.items() if style == seen.style), "")


def box_px(box: tuple[float, float, float, float], fmt: Format) -> Box | None:
    """Return the whole pixels that a box of frame units (left, bottom, right, top) touches.

    None if it reaches out of the frame.
    """
    scale, (wide, high) = fmt.pixels_per_unit, fmt.half
    left, right = floor((box[0] + wide) * scale), ceil((box[2] + wide) * scale)
    top, bottom = floor((high - box[3]) * scale), ceil((high - box[1]) * scale)
    if left < 0 or top < 0 or right > 2 * wide * scale or bottom > 2 * high * scale:
        return None
    return Box(left, top, right - left, bottom - top)
