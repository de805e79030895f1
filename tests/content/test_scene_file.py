"""What a scene file says of itself."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from spineanim.content.scene_file import read_scene_file

FILE = """
class Film(SpineScene):
    poster = "end"

    def construct(self):
        {}
"""


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns as often as can be, even while a tree is built."""
    before, before_s = gc.get_threshold(), sys.getswitchinterval()

    def turn(*_: object) -> None:
        """Run Python's own loop, which hands over."""
        for _each in range(9):
            pass

    gc.callbacks.append(turn)
    gc.set_threshold(50)
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before_s)
    gc.set_threshold(*before)
    gc.callbacks.remove(turn)


@pytest.mark.usefixtures("hasty")
def test_two_threads_may_read_at_once(tmp_path: Path) -> None:
    file = tmp_path / "film.py"
    file.write_text(FILE.format("\n        ".join(["a = [b, (c, {d: e(f[g])})]"] * 40)))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(read_scene_file, [file] * 40))
    assert {each and each.poster for each in found} == {"end"}
