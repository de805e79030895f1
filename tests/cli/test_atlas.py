"""`spineanim atlas`: what it writes, what it says, and how it complains."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from PIL import Image

from spineanim.cli.main import main
from spineanim.content.project import Project
from spineanim.geometry.measures import Measure
from spineanim.picture.atlas import SHEETS
from spineanim.picture.contact import Sheet
from spineanim.render.atlas import measures_csv, measures_md

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(name="call")
def _call(
    demo: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """`call("--part", "puck")` gives exit code, output and errors; the store is of its own."""
    monkeypatch.chdir(demo.root)
    monkeypatch.setenv("SPINEANIM_CACHE", str(demo.root / "cache"))

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(["atlas", "--quality", "low", "--workers", "1", *arguments])
        said = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return stop.value.code, said.out, said.err

    return run


def test_one_part_is_drawn_and_the_second_time_comes_from_the_store(
    demo: Project, call: Call
) -> None:
    code, out, err = call("--part", "refill_needle")
    assert code == 0, err
    assert "renders/atlas: 1 sheet in" in out
    assert "9 pictures of parts baked, 0 from the store" in out
    assert "9 of 9 pictures of parts" in err
    file = demo.renders / "atlas" / "part_refill_needle.png"
    with Image.open(file) as picture:
        assert min(picture.size) > 300
    first = file.read_bytes()
    code, out, _ = call("--part", "refill_needle")
    assert "0 pictures of parts baked, 9 from the store" in out
    assert file.read_bytes() == first
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_folder_may_be_chosen(demo: Project, call: Call) -> None:
    code, out, _ = call("--part", "anchor", "--to", "elsewhere")
    assert code == 0
    assert (demo.root / "elsewhere" / "part_anchor.png").is_file()
    assert out.startswith("elsewhere: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--sheet", "lumbr"], "no sheet 'lumbr' (did you mean lumbar?)"),
        (["--part", "l33"], "no part is called 'l33'; did you mean L3"),
    ],
)
def test_wrong_names_are_one_line_with_close_ones(
    demo: Project, call: Call, arguments: list[str], says: str
) -> None:
    code, out, err = call(*arguments)
    lines = [line for line in err.splitlines() if line.startswith("spineanim: ")]
    assert (code, out, len(lines)) == (1, "", 1)
    assert says in lines[0]
    assert not list((demo.renders / "atlas").glob("*.png"))


def test_a_folder_that_cannot_be_written_to_is_one_line(demo: Project, call: Call) -> None:
    (demo.root / "file").write_text("in the way", encoding="utf-8")
    code, _, err = call("--part", "anchor", "--to", "file/atlas")
    assert code == 1
    assert "cannot write to file/atlas" in err and "--to" in err
    assert "Traceback" not in err


def measure(value: float) -> Measure:
    return Measure("depth of the disc | L3", value, "mm", "10.4", 9.0, 12.0, "[7], table 2")


def test_measures_stand_beside_what_is_published() -> None:
    rows = list(csv.DictReader(measures_csv([measure(10.0), measure(13.0)]).splitlines()))
    assert [row["holds"] for row in rows] == ["yes", "NO"]
    assert rows[0]["measured"] == "10.00" and rows[0]["band"] == "9 to 12"
    assert rows[0]["source"] == "[7], table 2"
    text = measures_md([measure(10.0), measure(13.0)])
    assert "1 of 2 hold" in text
    assert "| depth of the disc \\| L3 | 10.00 | mm |" in text


def test_the_whole_atlas_has_all_sheets_and_the_measures(
    demo: Project, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    discs = SHEETS["discs"]
    small = {"discs": lambda body: _first_row(discs(body))}
    monkeypatch.setattr("spineanim.render.atlas.SHEETS", small)
    monkeypatch.setattr("spineanim.render.atlas.measure_all", lambda anatomy: (measure(10.0),))
    code, out, err = call()
    assert code == 0, err
    names = {file.name for file in (demo.renders / "atlas").iterdir()}
    assert names == {"discs.png", "measurements.csv", "measurements.md"}
    assert "1 sheet in" in out


def _first_row(sheet: Sheet) -> Sheet:
    return Sheet(sheet.name, sheet.title, sheet.rows[:1], sheet.headings[:1])
