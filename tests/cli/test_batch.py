"""`spineanim batch`: what a file may ask for, and what becomes of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.errors import ContentError
from spineanim.render.batch_file import Wanted, read_batch

EXAMPLE = Path(__file__).parents[2] / "docs" / "website.toml"


def wanted(project: Project, text: str) -> list[Wanted]:
    file = project.root / "website.toml"
    file.write_text(text, encoding="utf-8")
    return read_batch(file, project)


def test_a_table_is_every_combination(demo: Project) -> None:
    (demo.assets / "script" / "es").mkdir()
    films = wanted(
        demo,
        """
        [site]
        scenes = "all"
        languages = ["en", "es"]
        sides = ["left", "right"]
        shapes = ["16:9", "9:16"]
        formats = ["mp4", "webm"]
        qualities = "draft"
        set = { trial_days = 5, pump_ml = [20, 40] }
        """,
    )
    assert len(films) == 32
    assert films[0] == Wanted(
        "demo",
        "en",
        "draft",
        "16:9",
        "mp4",
        {"side": "left", "trial_days": "5", "pump_ml": "20"},
        ("side", "pump_ml"),
    )
    assert {film.folder for film in films} == {
        f"side={side},pump_ml={ml}" for side in ("left", "right") for ml in (20, 40)
    }


def test_what_is_left_out_is_usual(demo: Project) -> None:
    assert wanted(demo, '[site]\nscenes = "demo"') == [Wanted("demo", "en", "high")]


def test_a_folder_has_no_odd_letters(demo: Project) -> None:
    films = wanted(demo, '[a]\nscenes = "demo"\nset = { practice_name = ["Dr. A / B: ä"] }')
    assert films[0].folder == "practice_name=Dr._A_B_ä"


def test_the_example_can_be_read(shipped: Project) -> None:
    films = read_batch(EXAMPLE, shipped)
    assert len(films) > 20
    assert {film.language for film in films} == {"en", "es"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", r"website.toml: no films; add a table"),
        ('scenes = "demo"', r"website.toml:1: scenes stands in no table; put it under a name"),
        ("[a]\nlanguages = 'en'", r"website.toml:1: \[a\]: no scenes; write scenes"),
        ("[a]\nscenes = 'demo'\nquality = 'high'", r":3: .*'quality'; did you mean qualities"),
        ("[a]\nscenes = ['dmeo']", r":2: \[a\]: scenes names 'dmeo'; did you mean demo"),
        ("[a]\nscenes = []", r":2: \[a\]: scenes is \[\]; write one value, or a list"),
        ("[a]\nscenes = ['demo', 'demo']", r":2: .*write one value, or a list of different"),
        ("[a]\nscenes = 'demo'\nlanguages = 'zz'", r":3: .*names 'zz'; there are en"),
        ("[a]\nscenes = 'demo'\nshapes = '4:3'", r":3: \[a\]: shapes names '4:3'"),
        ("[a]\nscenes = 'demo'\nformats = 'mp5'", r":3: .*names 'mp5'; did you mean mp4"),
        ("[a]\nscenes = 'demo'\nsides = 'front'", r":3: \[a\]: side is 'front'; use one of left"),
        ("[a]\nscenes = 'demo'\nset = 5", r":3: \[a\]: set is 5; write set = "),
        ("[a]\nscenes = 'demo'\nset = { sid = 1 }", r":3: .*unknown parameter 'sid'; did you mean"),
        ("[a]\nscenes = 'demo'\nset = { side = 'left' }", r":3: \[a\]: set has side; write sides"),
        ("[a]\nscenes = 'demo'\n[a.set]\ntrial_days = 900", r":4: \[a\]: trial_days"),
        ("[a]\nscenes = 'demo'\n[b]\nscenes = 'demo'", r":3: demo is asked for twice in the same"),
        ("[a]\nscenes = demo", r":2: demo has no quotes"),
    ],
)
def test_a_mistake_is_named_with_its_line(demo: Project, text: str, complaint: str) -> None:
    with pytest.raises(ContentError, match=complaint):
        wanted(demo, text)


def batch(project: Project) -> subprocess.Popen[str]:
    code = "from spineanim.cli.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "batch", "website.toml"],
        cwd=project.root,
        env=os.environ | {"SPINEANIM_CACHE": str(project.root / "cache")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def outcome(process: subprocess.Popen[str]) -> tuple[int, list[tuple[str, ...]], str]:
    """Exit code, cells of the table without its headings, and errors."""
    output, errors = process.communicate(timeout=180)
    rows = [tuple(re.split(r"  +", line)) for line in output.splitlines()]
    return process.returncode, rows[1:], errors


def row(language: str, side: str, state: str) -> tuple[str, ...]:
    return ("demo", language, side, "16:9", "draft", "mp4", "75", "5.0", "0.1", state)


@pytest.mark.slow
@pytest.mark.render
def test_a_batch_goes_on_where_it_was_killed_and_past_what_fails(demo: Project) -> None:
    words = demo.script_file("demo", "es")
    words.parent.mkdir()
    words.write_text("this is no TOML")
    (demo.root / "website.toml").write_text(
        "[failing]\nscenes = 'demo'\nlanguages = 'es'\nqualities = 'draft'\n"
        "[site]\nscenes = 'demo'\nqualities = 'draft'\nsides = ['left', 'right']\n"
    )
    first = batch(demo)
    assert first.stderr is not None
    for line in first.stderr:
        if line.startswith("3 of 3: demo en right 16:9 draft mp4: "):
            break
    first.send_signal(signal.SIGKILL)
    first.communicate()
    left = demo.renders / "side=left" / "demo" / "draft" / "demo.mp4"
    before = left.stat().st_mtime_ns

    code, rows, errors = outcome(batch(demo))
    assert code == 1
    assert rows == [
        ("demo", "es", "-", "-", "draft", "mp4", "-", "-", "-", "failed"),
        row("en", "left", "there already"),
        row("en", "right", "made"),
    ]
    assert f"spineanim: demo es draft mp4: {words}:1: there is no = between" in errors
    assert left.stat().st_mtime_ns == before

    words.write_text('title = "Una prueba"\n')
    left.write_bytes(b"damaged" + left.read_bytes()[7:])
    code, rows, _ = outcome(batch(demo))
    assert [cells[-1] for cells in rows] == ["made", "made", "there already"]
    assert code == 0
    assert left.read_bytes()[:7] != b"damaged"
