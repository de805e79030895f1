"""A film is replayed to its plays without drawing anything."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from manim import Mobject

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import frame_at
from spineanim.motion.move import Move
from spineanim.picture.camera import StageCamera
from spineanim.render.catalog import find_scene
from spineanim.render.encoding import web_film
from spineanim.render.order import Order
from spineanim.render.plays import plays_of
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import FrameSink
from spineanim.render.stage_scene import play_scene

pytestmark = pytest.mark.render


@pytest.fixture(name="order")
def _order(demo: Project) -> Order:
    size = QUALITIES["draft"]
    settings = load_settings("demo", demo)
    return Order(find_scene(demo, "demo"), settings, size, web_film(size))


def test_plays_fill_the_film_and_keep_to_their_beats(order: Order) -> None:
    plays, timeline = plays_of(order), order.timeline
    assert (plays[0].start, plays[-1].end) == (0, timeline.frame_count)
    assert all(one.end == other.start for one, other in pairwise(plays))
    for play in plays:
        beat = timeline.chapter(play.beat)
        assert beat.start <= play.start < play.end <= beat.end
    assert len(plays) > len({play.beat for play in plays}) == len(timeline.chapters)


def test_steps_of_the_script_are_plays(order: Order) -> None:
    edges = {(play.start, play.end) for play in plays_of(order)}
    fps = order.quality.fps
    for beat in order.settings.script.beats:
        first_s = order.timeline.chapter(beat.name).start_s
        for start_s, end_s in beat.steps_s.values():
            assert tuple(frame_at(first_s + s, fps) for s in (start_s, end_s)) in edges


def test_nothing_is_drawn(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    real = StageCamera.capture_mobjects

    def counted(camera: StageCamera, *args: object, **options: object) -> None:
        drawn.append(1)
        real(camera, *args, **options)  # type: ignore[arg-type]

    plays_of(order)
    monkeypatch.setattr(StageCamera, "capture_mobjects", counted)
    count = len(plays_of(order))
    # Behind labels alone the picture is looked at, once for each group that is named.
    assert len(drawn) < count


class FromHalf(FrameSink):
    """Looks at the second half of a film alone."""

    def __init__(self, half: int) -> None:
        self.half = half

    def is_watching(self, first: int, end: int) -> bool:
        return end > self.half


def test_of_plays_that_nobody_sees_only_the_end_is_set(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = FromHalf(order.timeline.frame_count // 2)
    before: list[float] = []
    after: list[float] = []
    real = Move.__init__

    def noting(move: Move, part: Mobject, at: Callable[[float], None], **rest: Any) -> None:
        def noted(share: float) -> None:
            (after if move.is_seen else before).append(share)
            at(share)

        real(move, part, noted, **rest)

    monkeypatch.setattr(Move, "__init__", noting)
    play_scene(order.entry, order.settings, order.quality, sink)
    assert before
    assert min(before) == 1.0
    assert min(after) == 0.0
