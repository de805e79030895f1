"""A mistake in what a scene is made of is told with its place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from spineanim.render import stage_scene
from spineanim.render.stage_scene import scene_error


@pytest.mark.parametrize(
    ("scene", "module", "place"),
    [
        ("x = 1\nx / 0\n", "", "scenes/film.py:2: ZeroDivisionError: division by zero"),
        (
            "import helper_of_film\nhelper_of_film.half(0)\n",
            "def half(x):\n    return 1 / x\n",
            "scenes/film.py:2: ZeroDivisionError: division by zero",
        ),
        (
            "\nimport helper_of_film\n",
            "x = 1\nx / 0\n",
            "spineanim/helper_of_film.py:2: ZeroDivisionError: division by zero",
        ),
        (
            "\nfrom helper_of_film import x\n",
            "\n\ndef x y():\n",
            "spineanim/helper_of_film.py:3: SyntaxError: expected '('",
        ),
        (
            "\nfrom helper_of_film import y\n",
            "x = 1\n",
            "scenes/film.py:2: ImportError: cannot import name 'y' from 'helper_of_film'",
        ),
    ],
)
def test_the_place_of_a_mistake_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scene: str, module: str, place: str
) -> None:
    monkeypatch.setattr(stage_scene, "_PACKAGE", tmp_path / "spineanim")
    film, helper = (
        tmp_path / "elsewhere" / "scenes" / "film.py",
        tmp_path / "spineanim" / "helper_of_film.py",
    )
    for file, text in ((film, scene), (helper, module)):
        file.parent.mkdir(parents=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(helper.parent)
    monkeypatch.delitem(sys.modules, "helper_of_film", raising=False)
    with pytest.raises(Exception) as caught:
        exec(compile(scene, str(film), "exec"), {})
    said = scene_error(film, caught.value).message
    assert said.removeprefix(f"{tmp_path}/").removeprefix("elsewhere/").startswith(place)
