"""Contact sheets: every part is on one, pictures and words stand where they belong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry import axes
from spineanim.geometry.body import Body
from spineanim.geometry.params import PUMP_40_ML
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.combine import Pose
from spineanim.geometry.solids.primitives import Ellipsoid
from spineanim.picture.atlas import ABOVE, LYING, SHEETS, find_part, part_sheet
from spineanim.picture.atlas_devices import device_parts
from spineanim.picture.contact import Fineness, Panel, Sheet, draw_sheet, recipe_count
from spineanim.picture.kiln import Kiln
from spineanim.store import Store

COARSE = Fineness(0.5, 1)


def ball(name: str = "ball", tissue: Tissue = Tissue.BONE, x_mm: float = 0.0) -> Part:
    pose = Pose.tilted(0.0, (x_mm, 0.0, 0.0))
    return Part(name, tissue, Ellipsoid((0, 0, 0), (10.0, 10.0, 10.0)), pose)


@pytest.fixture(name="kiln")
def _kiln(tmp_path: Path) -> Kiln:
    return Kiln(Store(tmp_path / "bakes"), workers=1)


@pytest.fixture(name="sheets", scope="module")
def _sheets() -> dict[str, Sheet]:
    body = Body()
    return {name: make(body) for name, make in SHEETS.items()}


def panel(label: str = "ball", scale: float = 4.0) -> Panel:
    return Panel(label, (ball(),), axes.ANTERIOR.at_scale(scale))


def ink(pixels: np.ndarray) -> np.ndarray:
    """Where a sheet differs from its ground (H, W)."""
    ground = pixels[:, -1:, :].astype(int)
    found: np.ndarray = np.abs(pixels.astype(int) - ground).max(axis=2) > 12
    return found


def test_a_sheet_shows_title_pictures_and_labels(kiln: Kiln, theme: Theme) -> None:
    sheet = Sheet("x", "A title", ((panel("one"), panel("two")),), ("Row",))
    marks = ink(draw_sheet(sheet, kiln, theme, COARSE))
    # runs of rows with ink: title, pictures with the heading, labels
    rows = marks.any(axis=1)
    edges = np.flatnonzero(np.diff(rows.astype(int)))
    heights = np.diff(edges)[::2]
    assert len(heights) == 3
    assert heights[1] == pytest.approx(40, abs=2)  # 20 mm at 4 px/mm, half size
    columns = marks[edges[2] : edges[3]].any(axis=0)
    assert len(np.flatnonzero(np.diff(columns.astype(int)))) >= 6  # heading and two pictures


def test_rows_of_one_length_stand_in_columns(kiln: Kiln, theme: Theme) -> None:
    small, large = panel("s", 2.0), panel("l", 6.0)
    marks = ink(draw_sheet(Sheet("x", "T", ((small, large), (large, small))), kiln, theme, COARSE))
    third = marks.shape[0] // 2
    for half in (marks[60:third], marks[third:]):
        middle = np.flatnonzero(half.any(axis=0))
        assert middle[0] < marks.shape[1] / 2 < middle[-1]


def test_a_window_crops_and_outlines_lie_under_the_parts(kiln: Kiln, theme: Theme) -> None:
    square = np.array([(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)])
    cropped = Panel("c", (ball(),), axes.ANTERIOR.at_scale(8.0), (-5.0, -5.0, 5.0, 5.0))
    lone = Panel("o", (), axes.ANTERIOR.at_scale(8.0), (-8.0, -8.0, 8.0, 8.0), (("body", square),))
    sheet = Sheet("x", "T", ((cropped, lone),))
    pixels = draw_sheet(sheet, kiln, theme, COARSE)
    body = np.round(theme.rgb("body.light") * 255)
    assert np.any(np.all(np.abs(pixels - body) < 2, axis=2))
    rows = np.count_nonzero(ink(pixels)[:, : pixels.shape[1] // 2], axis=1)
    assert np.count_nonzero(rows >= 40) == 40  # of the ball a full square is left, 40 px wide


def test_the_same_sheet_is_the_same_to_the_pixel_and_comes_from_the_store(
    kiln: Kiln, theme: Theme
) -> None:
    sheet = Sheet("x", "T", ((panel(), panel("bigger", 5.0)),))
    first = draw_sheet(sheet, kiln, theme, COARSE)
    assert (kiln.baked, kiln.recalled) == (2, 0)
    assert np.array_equal(first, draw_sheet(sheet, kiln, theme, COARSE))
    assert (kiln.baked, kiln.recalled) == (2, 2)


def test_nothing_to_see_leaves_its_place_empty(kiln: Kiln, theme: Theme) -> None:
    away = Panel("gone", (ball(),), axes.paramedian(-50.0).at_scale(4.0))
    assert draw_sheet(Sheet("x", "T", ((away, panel()),)), kiln, theme, COARSE).size > 0


@pytest.mark.parametrize("view", [ABOVE, LYING])
def test_views_of_the_atlas_look_from_above_and_from_the_left(view: axes.View) -> None:
    wanted = {"above": (0, 0, 1), "side_lying": (1, 0, 0)}[view.name]
    assert view.toward_viewer == pytest.approx(wanted)


# ------------------------------------------------------------------------- which sheets
def test_sheets_are_called_by_their_names(sheets: dict[str, Sheet]) -> None:
    assert [sheet.name for sheet in sheets.values()] == list(SHEETS)
    for sheet in sheets.values():
        assert sheet.headings == () or len(sheet.headings) == len(sheet.rows)
        assert recipe_count(sheet) > 0


def test_every_part_is_on_a_sheet(sheets: dict[str, Sheet]) -> None:
    body = Body()
    shown = {
        part.name for sheet in sheets.values() for panel in sheet.panels for part in panel.parts
    }
    missing = {
        name
        for name in (*body.parts, *device_parts(body))
        if name not in shown and name.replace("_right", "_left") not in shown
    }
    assert missing == set()


@pytest.mark.parametrize(("name", "count"), [("cervical", 7), ("thoracic", 12), ("lumbar", 5)])
def test_every_vertebra_has_a_row_of_seven_views(
    sheets: dict[str, Sheet], name: str, count: int
) -> None:
    assert [len(row) for row in sheets[name].rows] == [7] * count
    assert [panel.view.cut is not None for panel in sheets[name].rows[0]][-2:] == [True, True]


def test_cuts_of_the_canal_show_bone_and_all_soft_parts(sheets: dict[str, Sheet]) -> None:
    tissues = {part.tissue for part in next(iter(sheets["canal"].panels)).parts}
    assert {
        Tissue.SKIN, Tissue.FAT, Tissue.BONE, Tissue.ANNULUS, Tissue.FLAVUM, Tissue.LIGAMENT,
        Tissue.DURA, Tissue.CSF, Tissue.CORD, Tissue.NERVE, Tissue.MUSCLE,
    } <= tissues  # fmt: skip


def test_one_part_is_shown_from_six_sides_and_cut_three_times(kiln: Kiln, theme: Theme) -> None:
    sheet = part_sheet(find_part(Body(), "anchor"))
    assert sheet.name == "part_anchor"
    assert [panel.view.cut is not None for panel in sheet.panels] == [False] * 6 + [True] * 3
    pixels = draw_sheet(sheet, kiln, theme, Fineness(0.25, 1))
    assert ink(pixels).mean() > 0.05


def test_parts_of_body_and_devices_are_found_by_name() -> None:
    body = Body(size=PUMP_40_ML)
    assert find_part(body, "L3").name == "L3"
    assert find_part(body, "puck").tissue == Tissue.RUBBER
    with pytest.raises(LookupError, match="did you mean"):
        find_part(body, "aortaa")
