"""Films that stand ready at every play: the right frames, the newest content, nothing left over."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PIL import Image

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import ProgrammeTimeline
from spineanim.preview.looks import Form, Look, Moment
from spineanim.preview.theatre.generation import Generation, _Run
from spineanim.preview.theatre.line import Head
from spineanim.preview.theatre.listening import Listening
from spineanim.preview.theatre.rehearsal import quality_of
from spineanim.preview.theatre.theatre import Stage, Theatre
from spineanim.preview.theatre.troubles import trouble_in
from spineanim.preview.theatre.zygotes import Zygote
from spineanim.render.catalog import find_scene
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.stage_scene import play_scene
from tests.conftest import DEMO

pytestmark = [
    pytest.mark.render,
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied here"),
]

LOOK = Look("demo")
_PATIENCE_S = 60.0


async def until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, f"waited in vain until {what}"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def standing(project: Project) -> AsyncIterator[tuple[Theatre, Stage]]:
    """Give a stage on which the demonstration film stands."""
    async with Theatre(project) as theatre:
        stage = theatre.stage(LOOK)
        stage.listen(lambda: None)
        await until(lambda: stage.film is not None, "the film stands")
        yield theatre, stage


async def played_anew(theatre: Theatre, look: Look = LOOK) -> Stage:
    """Give the stage of a film that did not stand before."""
    stage = theatre.stage(look)
    stage.listen(lambda: None)
    await until(lambda: stage.film is not None and not stage.is_playing, "the film stands")
    return stage


def running(test: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await test()

    asyncio.run(whole())


async def pixels(stage: Stage, frame: int, form: Form = Form.EXACT) -> Frame:
    picture = await stage.picture(frame, form)
    assert picture is not None
    return np.asarray(Image.open(io.BytesIO(picture.data)).convert("RGB"))


async def renewed(theatre: Theatre, stage: Stage, project: Project) -> None:
    """Play again and wait until something has come of it."""
    theatre.renew(project)
    await until(lambda: not stage.is_playing, "the new film or a trouble is there")


def retold(project: Project, before: str, after: str, file: str = "script/en/demo.toml") -> None:
    path = project.assets / file
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


class Collector(FrameSink):
    def __init__(self, frames: list[int]) -> None:
        self.frames, self.pictures = frames, dict[int, Frame]()

    def wants(self, frame: int) -> bool:
        return frame in self.frames

    def put(self, frame: int, pixels: Frame) -> None:
        self.pictures[frame] = pixels[..., :3].copy()


def test_frames_in_any_order_are_those_of_the_film(demo: Project) -> None:
    frames = [140, 3, 60, 59, 61, 149, 0, 90]
    film = Collector(frames)
    play_scene(find_scene(demo, "demo"), load_settings("demo", demo), quality_of(LOOK), film)

    async def test() -> None:
        async with standing(demo) as (_, stage):
            assert stage.film is not None and stage.film.frame_count == 150
            for frame in frames:
                assert np.array_equal(await pixels(stage, frame), film.pictures[frame]), frame
            assert await stage.picture(150, Form.EXACT) is None

    running(test)


def test_pictures_come_as_jpeg_while_moving_and_small_for_the_sheet(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            moving, exact, thumb = [await pixels(stage, 70, form) for form in Form]
            assert exact.shape == moving.shape == (540, 960, 3)
            assert thumb.shape == (135, 240, 3)
            assert np.abs(exact.astype(int) - moving).mean() < 2
            drawn = theatre.drawn
            await pixels(stage, 70)
            assert theatre.drawn == drawn, "a picture that was just drawn is drawn again"

    running(test)


def test_a_changed_word_is_seen_at_the_same_moment(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            before = await pixels(stage, 120)
            retold(demo, "title_card_s = 0.5", "title_card_s = 1.5")
            retold(demo, 'title = "It comes nearer"', 'title = "Now it comes nearer"')
            assert stage.film is not None
            moment = stage.film.moment_of(120)
            await renewed(theatre, stage, demo)
            assert stage.film.frame_of(moment) == 150
            after = await pixels(stage, 150)
            differs = np.abs(before.astype(int) - after).max(axis=2) > 40
            assert differs[:80].any(), "the heading is the same"
            assert not differs[150:400].any(), "the picture is another"
            early = await pixels(stage, 10)  # its mark comes when the rest stands
            assert (early != before).any()

    running(test)


def test_a_mistake_is_told_with_its_place_and_the_last_film_stays(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            good = await pixels(stage, 120)
            scene = demo.scenes / "demo.py"
            right = scene.read_text()
            line = right[: right.index("LookAt" if "LookAt" in right else "Shot(zoom")].count("\n")
            for wrong, place in (
                (right.replace("Shot(zoom=2.0)", "Shot(zoom=1 / 0)"), line + 1),
                ("\n" + right.replace("class Demo(SpineScene):", "class Demo(SpineScene:"), 0),
                (right.replace("    def nearer", "    def farther"), 0),
            ):
                scene.write_text(wrong)
                await renewed(theatre, stage, demo)
                assert stage.trouble is not None
                assert stage.trouble.file in ("scenes/demo.py", "assets/script/en/demo.toml")
                assert str(demo.root) not in stage.trouble.message
                assert place in (0, stage.trouble.line), stage.trouble
                assert np.array_equal(await pixels(stage, 120), good)
            scene.write_text(right.replace("zoom=2.0", "zoom=1.5"))
            await renewed(theatre, stage, demo)
            assert stage.trouble is None
            assert not np.array_equal(await pixels(stage, 149), good)

    running(test)


def test_a_frame_that_cannot_be_drawn_says_why_and_the_others_stay(demo: Project) -> None:
    scene = demo.scenes / "demo.py"
    right = scene.read_text()
    wrong = right.replace("appear(self.square)", "Move(self.square, self.comes)").replace(
        "    @beat\n    def nearer",
        "    def comes(self, share: float) -> None:\n"
        "        self.square.opacity = {0.0: 0.0, 1.0: 1.0}[float(share)]\n\n"
        "    @beat\n    def nearer",
    )
    wrong = wrong.replace("import appear", "import Move")
    place = wrong[: wrong.index("{0.0: 0.0")].count("\n") + 1

    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            assert stage.film is not None
            good, later = await pixels(stage, 120), await pixels(stage, 149)
            scene.write_text(wrong)
            await renewed(theatre, stage, demo)
            assert stage.trouble is None, "both its ends can be drawn"
            assert np.array_equal(await pixels(stage, 120), good)
            start = next(each.start for each in stage.film.chapters if each.name == "named")
            pictures = [await stage.picture(each, Form.MOVING) for each in range(start, 120)]
            assert None in pictures
            trouble = stage.trouble
            assert trouble is not None, "it is said"
            assert (trouble.file, trouble.line) == ("scenes/demo.py", place)
            assert "KeyError" in trouble.message
            assert np.array_equal(await pixels(stage, 149), later), "other frames are drawn"
            scene.write_text(right)
            await renewed(theatre, stage, demo)
            assert stage.trouble is None
            await pixels(stage, start + 20)

    running(test)


PROGRAMME = Look("film")


def programme_in(project: Project) -> list[int]:
    """Put a programme into a project; return some of its frames, the last one first."""
    here = DEMO.with_name("film_project")
    for each in (here / "scenes").glob("*.py"):
        shutil.copy(each, project.scenes / each.name)
    for each in (here / "script").glob("*.toml"):
        shutil.copy(each, project.assets / "script" / "en" / each.name)
    count = load_settings("film", project).timeline(30).frame_count
    return [count - 1, 10, count // 2, count // 3, count - 40]


def pictures_of(project: Project, look: Look, frames: list[int]) -> dict[int, Frame]:
    """Draw frames of a film as a render does."""
    settings, sink = load_settings(look.scene, project), Collector(frames)
    play_scene(find_scene(project, look.scene), settings, quality_of(look), sink)
    return sink.pictures


def test_every_scene_of_a_programme_is_drawn(demo: Project) -> None:
    frames = programme_in(demo)
    film = pictures_of(demo, PROGRAMME, frames)

    async def test() -> None:
        async with Theatre(demo) as theatre:
            stage = await played_anew(theatre, PROGRAMME)
            for frame in frames:
                assert np.array_equal(await pixels(stage, frame), film[frame]), frame
            assert stage.trouble is None

    running(test)


def test_scenes_of_a_programme_before_the_moment_looked_at_are_played_last(
    demo: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = programme_in(demo)
    timeline = load_settings("film", demo).timeline(30)
    assert isinstance(timeline, ProgrammeTimeline)
    told: list[tuple[int, int]] = []
    take = Generation._take

    def noted(generation: Generation, run: _Run, head: Head, line: socket.socket | None) -> None:
        if "end" in head:
            told.append((generation.number, head["end"]))
        take(generation, run, head, line)

    monkeypatch.setattr(Generation, "_take", noted)

    async def test() -> None:
        async with Theatre(demo) as theatre:
            stage = await played_anew(theatre, PROGRAMME)
            colours = ("#1F3A47", "#AA0000", "#00AA00", "#0000AA", "#AA00AA")
            lookers = (frames[0], frames[0], frames[1], frames[0])
            for frame, before, now in zip(lookers, colours, colours[1:], strict=False):
                await pixels(stage, frame)
                retold(demo, f'label = "{before}"', f'label = "{now}"', "theme.toml")
                await renewed(theatre, stage, demo)
                film = pictures_of(demo, PROGRAMME, frames)
                for each in frames:
                    assert np.array_equal(await pixels(stage, each), film[each]), (frame, each)

    running(test)
    card_end, second = timeline.title_card_end, timeline.starts["other"]
    for number, is_left_out in ((2, True), (3, True), (4, False), (5, True)):
        ends = [end for each, end in told if each == number]
        before = ends[: next(index for index, end in enumerate(ends) if end > second)]
        assert any(card_end < end <= second for end in before) is not is_left_out
        assert any(card_end < end <= second for end in ends), "and yet it is played"


def test_a_mistake_in_a_scene_that_is_played_last_is_told_and_holds_up_nobody(
    demo: Project,
) -> None:
    last, early, *_ = programme_in(demo)
    scene = demo.scenes / "demo.py"
    right = scene.read_text()

    async def test() -> None:
        async with Theatre(demo) as theatre:
            stage = await played_anew(theatre, PROGRAMME)
            await pixels(stage, last)
            scene.write_text(
                right.replace("        labels =", "        nothing()\n        labels =")
            )
            theatre.renew(demo)
            await until(lambda: stage.trouble is not None, "it says why")
            assert stage.trouble is not None
            assert (stage.trouble.file, stage.trouble.line) == ("scenes/demo.py", 34)
            assert await stage.picture(last, Form.EXACT) is not None
            assert await stage.picture(120, Form.EXACT) is None
            scene.write_text(right)
            await renewed(theatre, stage, demo)
            assert stage.trouble is None
            assert await stage.picture(120, Form.EXACT) is not None
            assert await stage.picture(early, Form.EXACT) is not None

    running(test)


def test_what_is_rough_in_a_scene_played_last_is_made_finely_too() -> None:
    generation = Generation(1, PROGRAMME, Path(), cast(Zygote, None), lambda: None)
    generation._done(generation._main, False)
    assert not generation.is_rough
    generation._done(generation._filler, True)
    assert generation.is_rough and generation.is_whole


def test_a_change_soon_after_another_is_played_by_whom_has_plates_ready(
    demo: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    begin = Generation.begin

    def noted(generation: Generation, keeper: Listening, moment: Moment | None) -> None:
        asked.append(keeper)
        begin(generation, keeper, moment)

    monkeypatch.setattr(Generation, "begin", noted)

    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            await until(lambda: stage._good is not None and stage._good.is_ready, "it is ready")
            first = stage._good
            assert first is not None
            ready = first.keeper

            def soon() -> None:
                if stage._good is not first and len(asked) == 2:
                    retold(demo, '"#AA0000"', '"#00AA00"', "theme.toml")
                    theatre.renew(demo)

            stage.listen(soon)
            retold(demo, 'label = "#1F3A47"', 'label = "#AA0000"', "theme.toml")
            await renewed(theatre, stage, demo)
            await until(lambda: len(asked) == 3 and not stage.is_playing, "both are played")
            assert asked[1] is asked[2] is ready is not None
            film = pictures_of(demo, LOOK, [59, 140])
            for frame, picture in film.items():
                assert np.array_equal(await pixels(stage, frame), picture), frame
            await until(lambda: first.keeper is None, "who is not needed goes")
            await renewed(theatre, stage, demo)
            assert asked[3] is not ready

    running(test)


def test_a_film_that_never_stood_says_why(demo: Project) -> None:
    retold(demo, "lasts_s = 2.0", "lasts_s = ", "script/en/demo.toml")

    async def test() -> None:
        async with Theatre(demo) as theatre:
            stage = theatre.stage(LOOK)
            stage.listen(lambda: None)
            await until(lambda: stage.trouble is not None, "it says why")
            assert stage.trouble is not None and stage.film is None
            assert (stage.trouble.file, stage.trouble.line) == ("assets/script/en/demo.toml", 22)
            assert await stage.picture(0, Form.MOVING) is None
            retold(demo, "lasts_s = \n", "lasts_s = 2.0\n")
            theatre.renew(demo)
            await until(lambda: stage.film is not None, "it stands")
            assert stage.trouble is None

    running(test)


def test_stale_wishes_are_dropped_and_the_most_urgent_goes_first(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            await until(lambda: stage.reached == stage.of, "all has been played")
            drawn = theatre.drawn
            order: list[int] = []

            async def ask(frame: int, urgency: float) -> None:
                await stage.picture(frame, Form.MOVING, urgency)
                order.append(frame)

            # One play, so that one mark draws them all, one after the other.
            tasks = {at: asyncio.create_task(ask(at, 150 - at)) for at in range(120, 140)}
            await asyncio.sleep(0)
            for at in range(121, 135):
                tasks[at].cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
            assert order == [120, 139, 138, 137, 136, 135]
            assert theatre.drawn - drawn == len(order)

    running(test)


def test_a_film_that_goes_while_it_is_drawn_holds_nobody_up(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            for turn in range(4):
                await renewed(theatre, stage, demo)
                frames = (20, 70, 120, 149)
                tasks = [asyncio.create_task(stage.picture(at, Form.EXACT)) for at in frames]
                await asyncio.sleep(0.004 * turn)
                theatre._stages.pop(LOOK).close()
                await asyncio.sleep(0.2)
                assert not theatre._desk._drawing, "who waits for a mark that is gone waits on"
                for task in tasks:
                    task.cancel()
                stage = await played_anew(theatre)
            await renewed(theatre, stage, demo)
            async with asyncio.timeout(10):
                assert (await pixels(stage, 60)).shape == (540, 960, 3)

    running(test)


def test_quick_changes_never_end_the_process_that_they_begin_from(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            await pixels(stage, 140)  # so that plays before it get their marks last
            for title in range(6):
                retold(demo, "It comes", f"{title} It comes")
                theatre.renew(demo)
                await until(lambda: not stage.is_playing, "the new film stands")
                assert stage.trouble is None, stage.trouble
            assert stage.film is not None and stage.film.chapters[2].title.startswith(
                "0 1 2 3 4 5 It"
            )

    running(test)


def test_a_film_that_stays_is_completed_after_a_mistake(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            early = await pixels(stage, 5)
            await pixels(stage, 140)
            retold(demo, "It comes", "Then it comes")
            await renewed(theatre, stage, demo)  # plays before 140 have no marks yet
            retold(demo, "lasts_s = 2.0\n", "lasts_s = \n")
            await renewed(theatre, stage, demo)
            assert stage.trouble is not None
            async with asyncio.timeout(20):
                assert np.array_equal(await pixels(stage, 5), early)

    running(test)


def test_two_looks_stand_beside_each_other(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            tall = theatre.stage(Look("demo", aspect="9:16"))
            tall.listen(lambda: None)
            await until(lambda: tall.film is not None, "the other film stands")
            assert (await pixels(tall, 60)).shape == (960, 540, 3)
            assert (await pixels(stage, 60)).shape == (540, 960, 3)
            assert theatre.stage(LOOK) is stage

    running(test)


def test_new_code_is_played_from_a_new_process(demo: Project) -> None:
    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            assert stage.film is not None
            old, first = stage.film.generation, processes_of(os.getpid())
            theatre.renew(demo, anew=True)
            await until(lambda: stage.film.generation != old, "the new film stands")  # type: ignore[union-attr]
            await pixels(stage, 100)
            theatre.renew(demo, anew=True)
            await until(lambda: not first & processes_of(os.getpid()), "the first ones are gone")

    running(test)


def processes_of(server: int) -> set[int]:
    """Find zygotes that a process has started."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == server and "theatre.zygote" in (folder / "cmdline").read_text():
            found.add(int(folder.name))
    return found


def group_of(zygote: int) -> set[int]:
    """Find processes of a zygote's group that run."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(state[2]) == zygote and state[0] != "Z":
            found.add(int(folder.name))
    return found


_SERVER = """
import asyncio, signal, sys
from pathlib import Path
from spineanim.content.project import Project
from spineanim.preview.looks import Look
from spineanim.preview.theatre.theatre import Theatre

signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent may have it ignored

async def main():
    async with Theatre(Project(Path(sys.argv[1]))) as theatre:
        stage = theatre.stage(Look("demo"))
        stage.listen(lambda: None)
        while stage.film is None or stage.is_playing:
            await asyncio.sleep(0.01)
        print("stands", flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left_however_the_server_ends(demo: Project, how: signal.Signals) -> None:
    command = [sys.executable, "-c", _SERVER, str(demo.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None and server.stdout.readline() == b"stands\n"
            (zygote,) = processes_of(server.pid)
            assert len(group_of(zygote)) > 3
            server.send_signal(how)
            server.wait(5)
        finally:
            server.kill()
    end = time.monotonic() + 5
    while group_of(zygote):
        assert time.monotonic() < end, "processes are left"
        time.sleep(0.02)


def test_a_message_of_a_process_leads_to_its_place() -> None:
    said = """Traceback (most recent call last):
  File "/some/where/spineanim/scene.py", line 12, in <module>
    x = = 1
SyntaxError: invalid syntax
"""
    trouble = trouble_in(said)
    assert (trouble.message, trouble.file, trouble.line) == (
        "SyntaxError: invalid syntax",
        "spineanim/scene.py",
        12,
    )
    trouble = trouble_in("/some/p/assets/theme.toml:7: no colour", "write one", "/some/p")
    assert (trouble.message, trouble.line) == ("assets/theme.toml:7: no colour", 7)
