"""What is rough in a film is made finely while nobody waits, and in spite of mistakes."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.parts import Part as SolidPart
from spineanim.geometry.parts import Tissue
from spineanim.geometry.solids.primitives import Ellipsoid
from spineanim.picture.kiln import Recipe
from spineanim.preview.looks import Form
from spineanim.preview.theatre.theatre import Stage
from spineanim.store import default_store
from tests.conftest import demo_project
from tests.preview.test_theatre import pixels, renewed, retold, running, standing, until

pytestmark = [
    pytest.mark.render,
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied here"),
]

_PATIENCE_S = 60.0
_BAKED = """
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.parts import Part as SolidPart, Tissue
from spineanim.geometry.solids.primitives import Ellipsoid
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.rough import RoughBuffer


def how_it_is_baked() -> str:
    part = SolidPart("oval", Tissue.BONE, Ellipsoid((0.0, 0.0, 0.0), (3.0, 2.0, 2.0)))
    found = Kiln().fire([Recipe(part, ANTERIOR.at_scale(4.0))])
    return "#00AA00" if isinstance(found[0], RoughBuffer) else "#0000AA"


class Demo"""


async def is_rough(stage: Stage, frame: int) -> bool:
    picture = await stage.picture(frame, Form.MOVING)
    assert picture is not None
    return picture.is_rough


def test_what_is_rough_is_made_finely_while_nobody_waits(
    demo: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path / "cache"))
    file = demo.scenes / "demo.py"
    text = file.read_text().replace("class Demo", _BAKED.strip(), 1)
    camera = 'self.during("camera_comes"'
    square = "np.array([[-0.3, -0.3], [0.3, -0.3], [0.3, 0.3], [-0.3, 0.3]])"
    added = f"self.add(Part(Shape({square}, fill=how_it_is_baked())))"
    file.write_text(text.replace(camera, f"{added}\n        {camera}"))

    async def test() -> None:
        async with standing(demo) as (_, stage):
            film = stage.film
            assert film is not None

            def is_finer() -> bool:
                assert stage.trouble is None
                return stage.film is not None and stage.film.generation > film.generation

            middle = (await pixels(stage, 140))[270, 480]
            assert middle[1] > 150 > middle[2], "the first is rough"
            assert await is_rough(stage, 140)
            assert not await is_rough(stage, 5), "nothing rough has come yet"
            await until(is_finer, "the fine film is there")
            assert stage.film is not None
            middle = (await pixels(stage, 140))[270, 480]
            assert middle[2] > 150 > middle[1]
            last = stage.film.generation
            await until(lambda: not stage.is_playing, "it stands")
            await asyncio.sleep(3.0)
            assert not await is_rough(stage, 140)
            assert stage.film.generation == last, "what is fine is not played again"

    running(test)


_SLOWLY = """
    if not in_haste():
        Path(BEGUN).touch()
        time.sleep(1.5)
    part = """
"""Making it finely takes a while, and one can see that it has begun."""


class Bakes:
    """Has the film bake something, in a store of its own.

    Parameters
    ----------
    project, folder, patch
        Its project, a folder for it alone, and what sets its store for a test.
    """

    def __init__(self, project: Project, folder: Path, patch: pytest.MonkeyPatch) -> None:
        patch.setenv("SPINEANIM_CACHE", str(folder / "cache"))
        self._begun = folder / "begun"
        file = project.scenes / "demo.py"
        code = _BAKED.replace("\n    part = ", _SLOWLY.replace("BEGUN", repr(str(self._begun))))
        imports = "import time\nfrom pathlib import Path\n"
        imports += "from spineanim.picture.haste import in_haste\n"
        text = file.read_text().replace("class Demo", imports + code.strip(), 1)
        file.write_text(text.replace('fill="#3366AA"', "fill=how_it_is_baked()"))
        part = SolidPart("oval", Tissue.BONE, Ellipsoid((0.0, 0.0, 0.0), (3.0, 2.0, 2.0)))
        self._key = Recipe(part, ANTERIOR.at_scale(4.0)).key

    @property
    def is_fine(self) -> bool:
        """Whether it has been made finely."""
        return default_store().get(self._key) is not None

    async def begun(self, stage: Stage) -> None:
        """Wait until a rough film stands and has just begun to be made finely."""
        await until(lambda: not stage.is_playing, "the rough film stands")
        assert (await pixels(stage, 5))[270, 480][1] > 150, "it is rough"
        await until(self._begun.exists, "it is being made finely")


async def fine(stage: Stage) -> None:
    """Wait until the film that is made of what is fine stands."""
    end = time.monotonic() + _PATIENCE_S
    while (await pixels(stage, 5))[270, 480][2] < 150:
        assert time.monotonic() < end, "it stays rough"
        await asyncio.sleep(0.05)


def test_a_mistake_that_is_mended_does_not_end_the_fine_making(
    demo: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bakes = Bakes(demo, tmp_path, monkeypatch)

    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            await bakes.begun(stage)
            retold(demo, "lasts_s = 2.0\n", "lasts_s = \n")
            await renewed(theatre, stage, demo)
            assert stage.trouble is not None and not bakes.is_fine, "it was still being made finely"
            retold(demo, "lasts_s = \n", "lasts_s = 2.0\n")
            await renewed(theatre, stage, demo)
            assert stage.trouble is None
            await fine(stage)

    running(test)


def test_what_is_rough_is_made_finely_while_a_mistake_is_tried(
    demo: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bakes = Bakes(demo, tmp_path, monkeypatch)
    trial = demo_project(tmp_path / "trial")
    retold(trial, "lasts_s = 2.0\n", "lasts_s = \n")

    async def test() -> None:
        async with standing(demo) as (theatre, stage):
            await bakes.begun(stage)
            await renewed(theatre, stage, trial)
            assert stage.trouble is not None and not bakes.is_fine, "it was still being made finely"
            await until(lambda: bakes.is_fine, "it is made finely though the mistake stays")
            assert stage.trouble is not None
            await renewed(theatre, stage, demo)
            await fine(stage)

    running(test)
