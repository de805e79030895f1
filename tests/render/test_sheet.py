"""Contact sheets: every beat has its row, drawn in one play of the scene."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from spineanim.content.project import Project
from spineanim.content.timeline import Span
from spineanim.errors import SceneError
from spineanim.render import sheet
from spineanim.render.quality import QUALITIES
from spineanim.render.sheet import cells_of, render_sheets
from spineanim.render.still import render_still

DRAFT = QUALITIES["draft"]
SPAN = Span("turn", "It turns", 2.0, 6.0, 30, 90)


@pytest.mark.parametrize(
    ("columns", "moments"), [(3, [30, 60, "turn"]), (5, [30, 45, 60, 75, "turn"])]
)
def test_a_row_runs_from_the_first_frame_to_the_end_state(
    columns: int, moments: list[int | str]
) -> None:
    cells = cells_of(SPAN, 15, columns)
    assert [cell.moment for cell in cells] == moments
    assert cells[0].words == "turn · 2.0 s"
    assert cells[-1].words == "turn · end · 6.0 s"


@pytest.mark.render
def test_the_sheet_shows_the_stills_of_all_beats(demo: Project) -> None:
    (file,) = render_sheets(demo, "demo", DRAFT, demo.renders)
    assert file == demo.renders / "demo" / "sheets" / "demo.png"
    with Image.open(file) as picture:
        assert picture.size == (3 * 648 + 8, 3 * (360 + 42) + 8), "title card and two beats"
        shown = np.asarray(picture)
    with Image.open(render_still(demo, "demo", DRAFT, demo.renders, beat="named")) as still:
        small = np.asarray(still.resize((640, 360), Image.Resampling.LANCZOS))
    x, y = 8 + 2 * 648, 8 + 402
    assert np.array_equal(shown[y : y + 360, x : x + 640], small)


@pytest.mark.render
def test_a_tall_sheet_is_split(demo: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_TALLEST_PX", 900)
    files = render_sheets(demo, "demo", DRAFT, demo.renders, columns=4)
    assert [file.name for file in files] == ["demo.png", "demo-2.png"]
    with Image.open(files[1]) as picture:
        assert picture.size == (4 * 648 + 8, 402 + 8)


@pytest.mark.render
def test_one_beat_alone(demo: Project) -> None:
    (file,) = render_sheets(demo, "demo", DRAFT, demo.renders, beat="nearer")
    with Image.open(file) as picture:
        assert (file.name, picture.height) == ("demo-nearer.png", 402 + 8)
    with pytest.raises(SceneError, match=r"no beat 'neerer'.*beats: title_card, named, nearer"):
        render_sheets(demo, "demo", DRAFT, demo.renders, beat="neerer")
