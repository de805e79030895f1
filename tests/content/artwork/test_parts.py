"""Which drawing stands for which part, and what is said when the table is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from spineanim.content.artwork import raster
from spineanim.content.artwork.art import Anchor, Artwork, artwork_in
from spineanim.content.artwork.parts import DressedTheme, artwork_for, load_parts
from spineanim.content.parameters import load_parameters
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.errors import ContentError
from tests.content.artwork.drawings import FILES, svg

PUMP = """[pump_face]
file = "inkscape.svg"
layer = "front"
anchor = { width_mm = 80 }
centre = "port"
"""


@pytest.fixture
def own(demo: Project) -> Project:
    demo.artwork.mkdir()
    shutil.copy(FILES / "inkscape.svg", demo.artwork)
    return demo


def told(project: Project, text: str) -> Project:
    (project.artwork / "parts.toml").write_text(text, encoding="utf-8")
    return project


def test_a_drawing_reaches_the_theme(own: Project) -> None:
    theme = load_settings("demo", told(own, PUMP)).theme
    artwork = artwork_for("pump_face", theme)
    assert artwork is not None
    assert (artwork.file, artwork.layer) == (own.artwork / "inkscape.svg", "front")
    assert artwork.anchor == Anchor(80.0, ("width",)) and artwork.centre == "port"
    assert artwork_for("icon.talk", theme) is None


def test_without_a_table_nothing_changes(demo: Project) -> None:
    theme = load_settings("demo", demo).theme
    assert type(theme) is Theme and artwork_for("pump_face", theme) is None


def test_a_theme_changed_keeps_its_drawings(own: Project) -> None:
    theme = load_settings("demo", told(own, PUMP)).theme
    assert isinstance(theme, DressedTheme)
    assert artwork_for("pump_face", theme.with_skin_tone(next(iter(theme.skin_tones))))


def test_the_logo_of_the_table_comes_before_the_other(own: Project) -> None:
    (own.artwork / "logo.svg").write_text(svg('<g id="mark"/>'), encoding="utf-8")
    own.parameters_file.write_text('logo = "inkscape.svg"\n', encoding="utf-8")
    logo = load_parameters(own).logo
    assert logo is not None and logo.file.name == "inkscape.svg"
    told(own, '[logo]\nfile = "logo.svg"\nlayer = "mark"\n')
    logo = load_parameters(own).logo
    assert logo is not None and (logo.file.name, logo.layer) == ("logo.svg", "mark")


WRONG = {
    "part": ("[pump_fase]\nfile = 'a.svg'", "there is no part 'pump_fase'", "pump_face"),
    "sign": ("[icon.feverr]\nfile = 'a.svg'", "there is no part 'icon.feverr'", "icon.fever"),
    "table": ("logo = 'a.svg'", "logo is no table", "[logo]"),
    "key": ("[logo]\nfiles = 'a.svg'", "logo has no 'files'", "file, layer"),
    "text": ("[logo]\nfile = 7", "file is no text", "quotes"),
    "no file": ("[logo]\nlayer = 'front'", "names no file", "file ="),
    "missing": ("[logo]\nfile = 'none.svg'", "no such file", "name"),
    "outside": ("[logo]\nfile = '../../scenes/demo.py'", "does not lie in this folder", "here"),
    "root": ("[logo]\nfile = '/etc/passwd'", "does not lie in this folder", "here"),
    "ending": ("[logo]\nfile = 'parts.toml'", "is no SVG", "save"),
    "layer": ("[logo]\nfile = 'inkscape.svg'\nlayer = 'frnt'", "no layer 'frnt'", "'front'"),
    "no size": ("[pump_face]\nfile = 'inkscape.svg'", "says no size", "width_mm"),
    "length": (PUMP.replace("80", "true"), "True is no length", "millimetres"),
    "negative": (PUMP.replace("80", "-3"), "-3 is no length", "millimetres"),
    "anchor": (PUMP.replace("width_mm", "wide"), "says no size", "width_mm"),
    "mark": (PUMP.replace('"port"', '"porte"'), "no layer 'porte'", "'port'"),
    "needless": (
        "[logo]\nfile = 'inkscape.svg'\nanchor = { width_mm = 9 }", "needs neither", "remove"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_table_is_one_line(own: Project, kind: str) -> None:
    text, what, remedy = WRONG[kind]
    told(own, text)
    with pytest.raises(ContentError) as caught:
        load_parts(own)
    assert what in caught.value.message and remedy in caught.value.hint
    assert "parts.toml:" in caught.value.message and "\n" not in str(caught.value)
    assert caught.value.message.count("artwork/") == 1, "one file is to be mended"


def test_a_link_out_of_the_folder_is_told_to_be_one(own: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside.svg"
    outside.write_text(svg('<g id="mark"/>'), encoding="utf-8")
    (own.artwork / "logo.svg").symlink_to(outside)
    told(own, '[logo]\nfile = "logo.svg"\n')
    with pytest.raises(ContentError, match=r"logo\.svg does not lie in this folder, or is a link"):
        load_parts(own)


FAULTY = {
    "hostile": ("\n<script/>", "bad.svg:2 cannot be drawn: it runs a script"),
    "broken": ("<g>", "bad.svg:1 cannot be drawn: it is no SVG"),
    "hidden": ('\n<g id="mark" display="none"/>', "bad.svg cannot be drawn: its layer 'mark' is"),
    "twice": ('<g id="mark"/><g id="mark"/>', "bad.svg cannot be drawn: layers at lines"),
}


@pytest.mark.parametrize("kind", FAULTY)
def test_a_faulty_drawing_alone_is_named(own: Project, kind: str) -> None:
    inner, what = FAULTY[kind]
    (own.artwork / "bad.svg").write_text(svg(inner), encoding="utf-8")
    told(own, '[logo]\nfile = "bad.svg"\nlayer = "mark"\n')
    with pytest.raises(ContentError) as caught:
        load_parts(own)
    assert what in caught.value.message
    assert ".toml" not in caught.value.message and caught.value.hint


def test_a_wrong_name_of_a_layer_is_mended_in_the_table(own: Project) -> None:
    told(own, '[logo]\nfile = "inkscape.svg"\nlayer = "frnt"\n')
    with pytest.raises(ContentError) as caught:
        load_parts(own)
    said = f"{own.artwork}/parts.toml:1: logo: inkscape.svg has no layer 'frnt'"
    assert caught.value.message == said


def in_mm(**changes: object) -> tuple[float, ...]:
    file = FILES / "inkscape.svg"
    fields = {"layer": "front", "anchor": Anchor(80.0, ("width",)), "centre": "", **changes}
    art = Artwork(file, file.read_bytes(), **fields)  # type: ignore[arg-type]
    return art.in_mm(2.0).box_mm


def test_a_drawing_has_its_size_in_millimetres() -> None:
    assert in_mm() == pytest.approx((-40, -41, 40, 41), abs=0.2)
    assert in_mm(centre="port") == pytest.approx((-40, -42, 40, 40), abs=0.2)
    assert in_mm(anchor=Anchor(41.0, ("height",))) == pytest.approx((-20, -20.5, 20, 20.5), abs=0.2)
    between = Anchor(20.0, ("port", "outlet"))
    assert in_mm(anchor=between, centre="port") == pytest.approx((-20, -21, 20, 20), abs=0.2)


def test_a_drawing_is_measured_once_for_all_its_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    plain = raster.drawn

    def counted(drawings: Sequence[tuple[str, int, int]]) -> list[raster.Pixels]:
        asked.append(len(drawings))
        return plain(drawings)

    monkeypatch.setattr(raster, "drawn", counted)
    cover = '<rect width="7" height="9" fill="#ff0000"/><circle id="port" r="1"/>'
    art = Artwork(
        Path("a.svg"), svg(cover).encode(), anchor=Anchor(9.0, ("height",)), centre="port"
    )
    for px_per_mm in (2.0, 3.0, 2.0):
        art.in_mm(px_per_mm)
    assert asked == [2, 2, 1, 1], "both measures of drawing and mark, then each size"


def test_marks_on_one_another_give_no_size() -> None:
    with pytest.raises(ContentError, match="lie on one another"):
        in_mm(anchor=Anchor(9.0, ("port", "case")))


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "art.svg"
    seen = []
    for colour in ("#ff0000", "#0000ff"):
        file.write_text(svg(f'<rect width="9" height="9" fill="{colour}"/>'), encoding="utf-8")
        seen.append(artwork_in(file).within(9, 9).rgba[4, 4].tolist())
    assert seen == [[255, 0, 0, 255], [0, 0, 255, 255]]
