"""A film is the same however it is made: fresh, kept, by one or many, in whatever way."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import av
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.errors import SceneError
from spineanim.render.job import Film, render_film
from spineanim.render.making import Making, Way
from spineanim.render.quality import QUALITIES
from spineanim.render.segments import cut
from spineanim.render.snapshots import Snapshots

DRAFT = QUALITIES["draft"]

pytestmark = [pytest.mark.render, pytest.mark.slow]


@dataclass
class Told:
    """What a render has said.

    Attributes
    ----------
    done
        Frames that were there, each time it told of them; those kept come first.
    lines
        What the user reads.
    """

    done: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """Frames that needed neither play nor drawing."""
        return self.done[0]


def rendered(
    project: Project, *, jobs: int = 2, start: str = "fork", cached: bool = True
) -> tuple[Film, Told]:
    told = Told()
    making = Making(
        way=Way(jobs, start),
        cached=cached,
        progress=lambda done, _: told.done.append(done),
        say=told.lines.append,
    )
    return render_film(project, "demo", DRAFT, project.renders, making), told


def frame_hashes(film: Film) -> list[int]:
    with av.open(str(film.video)) as container:
        return [hash(frame.to_ndarray().tobytes()) for frame in container.decode(video=0)]


def kept_segments(cache: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (cache / "segments").rglob("*.segment")}


@dataclass(frozen=True)
class Reference:
    """A film made by one worker without a cache."""

    hashes: list[int]
    video: bytes
    poster: bytes


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    from tests.conftest import demo_project

    project = demo_project(tmp_path_factory.mktemp("reference"))
    film, _ = rendered(project, jobs=1, cached=False)
    poster = (film.folder / "poster.png").read_bytes()
    return Reference(frame_hashes(film), film.video.read_bytes(), poster)


@pytest.mark.parametrize(
    ("jobs", "start"), [(2, "fork"), (3, "fork"), (1, "replay"), (2, "replay")]
)
def test_however_many_draw_and_however_they_start_it_is_the_same_film(
    demo: Project, reference: Reference, jobs: int, start: str
) -> None:
    film, _ = rendered(demo, jobs=jobs, start=start)
    assert frame_hashes(film) == reference.hashes
    assert film.video.read_bytes() == reference.video
    assert (film.folder / "poster.png").read_bytes() == reference.poster


def test_what_was_kept_is_used_and_gives_the_same_film(demo: Project, reference: Reference) -> None:
    _, first = rendered(demo)
    film, again = rendered(demo)
    assert (first.kept, again.kept) == (0, 75)
    assert film.video.read_bytes() == reference.video
    assert (film.folder / "poster.png").read_bytes() == reference.poster


def test_without_a_cache_nothing_is_used_and_nothing_kept(
    demo: Project, own_segments: Path
) -> None:
    rendered(demo)
    before = kept_segments(own_segments)
    _, told = rendered(demo, cached=False)
    assert told.kept == 0
    assert kept_segments(own_segments) == before
    assert not any(demo.renders.rglob(".*"))


def test_another_caption_changes_only_the_segments_that_show_it(
    demo: Project, own_segments: Path, reference: Reference
) -> None:
    rendered(demo)
    before = kept_segments(own_segments)
    script = demo.script_file("demo")
    said = script.read_text(encoding="utf-8")
    assert said.count("The oval gets a name") == 1
    script.write_text(said.replace("The oval gets a name", "This oval has a name"), "utf-8")
    timeline = load_settings("demo", demo).timeline(DRAFT.fps)
    (caption,) = [each for each in timeline.captions if "This oval" in each.text]
    changed = [
        each for each in cut(timeline) if each.start < caption.end and each.end > caption.start
    ]
    film, told = rendered(demo)
    assert told.kept == 75 - sum(map(len, changed))
    assert len(kept_segments(own_segments)) == len(before) + len(changed)
    differ = {
        number
        for number, pair in enumerate(zip(frame_hashes(film), reference.hashes, strict=True))
        if pair[0] != pair[1]
    }
    assert differ and differ <= {n for each in changed for n in range(each.start, each.end)}


def test_another_colour_draws_only_what_shows_it(demo: Project, own_segments: Path) -> None:
    rendered(demo)
    before = kept_segments(own_segments)
    theme = demo.theme_file
    said = theme.read_text(encoding="utf-8")
    panel = said.index("[color.panel]")
    line = next(each for each in said[panel:].splitlines() if each.startswith("stroke"))
    theme.write_text(said[:panel] + said[panel:].replace(line, 'stroke = "#123456"', 1), "utf-8")
    film, told = rendered(demo)
    fresh, _ = rendered(demo, cached=False)
    assert told.kept == 0, "the theme has a say in everything, so every segment is looked at"
    new = kept_segments(own_segments).keys() - before.keys()
    count = len(cut(load_settings("demo", demo).timeline(DRAFT.fps)))
    assert 0 < len(new) < count, "segments without a caption's plate are taken from the shelf"
    assert film.video.read_bytes() == fresh.video.read_bytes()


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _flip(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 4
    file.write_bytes(raw)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _foreign(file: Path) -> None:
    file.write_text("not ours", encoding="utf-8")


@pytest.mark.parametrize("damage", [_truncate, _flip, _empty, _foreign])
def test_a_damaged_segment_is_noticed_said_and_drawn_again(
    demo: Project, own_segments: Path, reference: Reference, damage: Callable[[Path], None]
) -> None:
    rendered(demo)
    hurt = next(
        file
        for file in sorted((own_segments / "segments").rglob("*.segment"))
        if b"PNG" not in file.read_bytes()  # the poster is kept there, too
    )
    damage(hurt)
    film, told = rendered(demo)
    assert 0 < told.kept < 75
    assert [line for line in told.lines if str(hurt) in line and "again" in line]
    assert film.video.read_bytes() == reference.video


def test_a_killed_worker_is_replaced(
    demo: Project, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    victims: list[int] = []
    real = Snapshots.draw

    def draw_and_kill(crew: Snapshots, segment: object) -> None:
        real(crew, segment)  # type: ignore[arg-type]
        if not victims:
            victims.append(crew._copies[segment].process)  # type: ignore[index]
            os.kill(victims[0], signal.SIGKILL)

    monkeypatch.setattr(Snapshots, "draw", draw_and_kill)
    film, told = rendered(demo)
    assert len(victims) == 1
    assert [line for line in told.lines if "was lost" in line]
    assert film.video.read_bytes() == reference.video


def test_what_a_worker_complains_of_reaches_the_user(demo: Project) -> None:
    file = demo.scenes / "demo.py"
    said = file.read_text(encoding="utf-8")
    beat = "    def nearer(self) -> None:\n"
    assert said.count(beat) == 1
    first = "import multiprocessing\n\n\nclass Demo("
    failing = "        assert multiprocessing.parent_process() is None\n"
    said = said.replace("class Demo(", first).replace(beat, beat + failing)
    file.write_text(said, encoding="utf-8")
    with pytest.raises(SceneError, match=r"demo\.py:\d+: AssertionError"):
        rendered(demo, start="replay")


def test_no_worker_is_left_and_no_file_half_written(demo: Project) -> None:
    before = _children()
    film, _ = rendered(demo)
    deadline = time.monotonic() + 5
    while _children() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _children() == before
    assert not [each for each in film.folder.rglob("*") if "partial" in each.name]


def _children() -> set[int]:
    found = set()
    for task in Path("/proc/self/task").glob("*/children"):
        found |= {int(each) for each in task.read_text().split()}
    return found


def test_where_nothing_can_be_kept_the_film_is_made_all_the_same(
    demo: Project, reference: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("SPINEANIM_CACHE", str(blocked))
    film, told = rendered(demo)
    assert film.video.read_bytes() == reference.video
    assert [line for line in told.lines if "nothing is kept" in line and str(blocked) in line]
    assert not any(demo.renders.rglob(".*"))
