"""What is sent to other machines, how it is shared out, and what they answer."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.errors import FarmError, SceneError
from spineanim.render.catalog import find_scene
from spineanim.render.cluster import connected
from spineanim.render.drawing import Drawn
from spineanim.render.encoding import web_film
from spineanim.render.farm_answer import drawn_piece, error_piece, is_whole, last_piece, pieces_in
from spineanim.render.farm_task import DrawerLostError, answer_of, unpacked
from spineanim.render.order import Order
from spineanim.render.parcel import order_in, packed
from spineanim.render.quality import QUALITIES
from spineanim.render.recipe import RecipeNames
from spineanim.render.segments import Segment
from spineanim.render.shares import shared_out

DRAFT = QUALITIES["draft"]


def order_of(project: Project) -> Order:
    settings = load_settings("demo", project, overrides={"logo": "logo.png"})
    return Order(find_scene(project, "demo"), settings, DRAFT, web_film(DRAFT))


def put(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"a file")


@pytest.fixture
def order(demo: Project) -> Order:
    put(demo.artwork / "logo.png")
    return order_of(demo)


def test_an_order_names_files_where_it_was_unpacked(order: Order, tmp_path: Path) -> None:
    home = tmp_path / "elsewhere"
    home.mkdir()
    folder = unpacked(packed(order), home)
    there = order_in(folder)
    assert there.entry.file == folder / "scenes" / "demo.py"
    logo = there.settings.parameters.logo
    assert logo is not None and logo.file == folder / "assets" / "artwork" / "logo.png"
    assert there.settings.script.path == folder / "assets" / "script" / "en" / "demo.toml"
    assert there.entry.file.read_text() == order.entry.file.read_text()
    segment = Segment(0, 8)
    assert RecipeNames(there).of(segment) == RecipeNames(order).of(segment)


def test_voices_and_hidden_files_stay_at_home(order: Order, demo: Project, tmp_path: Path) -> None:
    stays = ("voice/en/demo/named.wav", "script/en/.hidden", ".hidden/file")
    for name in stays:
        put(demo.assets / name)
    folder = unpacked(packed(order), tmp_path)
    assert [name for name in stays if (folder / "assets" / name).exists()] == []
    assert (folder / "assets" / "theme.toml").exists()


def test_equal_orders_are_unpacked_once(order: Order, demo: Project, tmp_path: Path) -> None:
    folder = unpacked(packed(order), tmp_path)
    (folder / "mark").touch()
    assert unpacked(packed(order_of(demo)), tmp_path) == folder
    assert (folder / "mark").exists()
    with demo.script_file("demo").open("a") as script:
        script.write("# another word\n")
    assert unpacked(packed(order_of(demo)), tmp_path) != folder
    assert not list(tmp_path.glob(".spineanim-*")), "nothing half unpacked is left"


def test_an_answer_comes_back_as_it_was_given() -> None:
    drawn = [Drawn(Segment(0, 8), "ab12", b"\0first", 0.5), Drawn(Segment(8, 9), "cd34", b"", 0.25)]
    answer = b"".join([*map(drawn_piece, drawn), last_piece()])
    assert [
        Drawn(Segment(facts["start"], facts["end"]), facts["key"], found, facts["cost_s"])
        for facts, found in pieces_in(answer)
    ] == drawn
    assert is_whole(answer)
    for cut in range(len(answer)):
        assert not is_whole(answer[:cut]), f"cut off at {cut}"


@pytest.mark.parametrize("kind", [SceneError, FarmError])
def test_an_answer_complains_in_the_same_words(kind: type[FarmError]) -> None:
    answer = error_piece(kind("it is wrong", "mend it"))
    assert is_whole(answer)
    with pytest.raises(kind, match="it is wrong; mend it"):
        list(pieces_in(answer))


def asked(code: str, home: Path, *, is_wanted: bool = True) -> bytes:
    """Answer of a process that runs some code instead of drawing."""
    return answer_of([sys.executable, "-c", code], home, "tcp://a:1", lambda: is_wanted)


def test_a_process_that_is_ended_by_another_is_tried_again(tmp_path: Path) -> None:
    with pytest.raises(DrawerLostError, match="signal 9 on tcp://a:1"):
        asked("import os; os.kill(os.getpid(), 9)", tmp_path)


def test_a_machine_that_cannot_draw_is_named(tmp_path: Path) -> None:
    answer = asked("import spineanim_that_is_not_there", tmp_path)
    with pytest.raises(FarmError, match=r"the worker tcp://a:1 cannot draw .*_not_there'"):
        list(pieces_in(answer))


@pytest.mark.slow
def test_a_process_whose_answer_nobody_wants_is_ended_with_its_helpers(tmp_path: Path) -> None:
    """Its helper would write to the file after two seconds."""
    helper = "import time; time.sleep(2); open('late', 'w')"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {helper!r}])"
    assert asked(code, tmp_path, is_wanted=False) == b""
    time.sleep(2.5)
    assert not (tmp_path / "late").exists()


def test_segments_are_shared_out_evenly_in_runs() -> None:
    segments = [Segment(30 * n, 30 * n + 30) for n in range(40)]
    costs = {each: 1.0 + (each.start % 90 == 0) * 4.0 for each in segments}
    runs = shared_out(segments, 2, costs.__getitem__)
    assert [each for run in runs for each in run] == segments
    totals = [sum(map(costs.__getitem__, run)) for run in runs]
    assert len(runs) == 6, "three for each worker"
    assert max(totals) - min(totals) <= 2 * max(costs.values())


def test_little_work_is_not_cut_up_but_keeps_every_worker_busy() -> None:
    segments = [Segment(30 * n, 30 * n + 30) for n in range(8)]
    assert [len(run) for run in shared_out(segments, 2, lambda _: 0.1)] == [4, 4]
    assert [len(run) for run in shared_out(segments, 20, lambda _: 0.1)] == [1] * 8
    assert [len(run) for run in shared_out(segments, 1, lambda _: 0.1, 60)] == [2] * 4


def test_without_the_package_a_line_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(FarmError, match=r"package distributed; type: pip install 'spineanim\[farm"):
        connected("tcp://127.0.0.1:9")
