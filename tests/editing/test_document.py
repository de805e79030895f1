"""A change touches one entry: in every file of the project, and back to the byte."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.editing.document import with_value, written_at
from spineanim.editing.keys import KeyPath, Plain, value_at, with_entry
from spineanim.editing.layout import Layout, layout_of
from spineanim.editing.trouble import EditError

ROOT = Path(__file__).parents[2]
FILES = sorted(each.relative_to(ROOT).as_posix() for each in (ROOT / "assets").rglob("*.toml"))
SPANISH = "assets/script/es/pump.toml"


def _leaves(node: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Plain]]:
    match node:
        case dict():
            for key, each in node.items():
                yield from _leaves(each, (*path, key))
        case list():
            for place, each in enumerate(node):
                yield from _leaves(each, (*path, place))
        case str() | int() | float():
            yield path, node


def _other(value: Plain) -> Plain:
    match value:
        case bool():
            return not value
        case str():
            return f'{value} "é" \\ \n = # ]'
        case int() | float():
            return value + 1
    raise AssertionError(value)


@pytest.mark.parametrize("file", FILES)
def test_a_change_and_its_inverse_leave_the_same_bytes(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    data = tomllib.loads(text)
    leaves = list(_leaves(data))
    assert leaves
    for path, value in leaves[:: max(1, len(leaves) // 6)]:  # some of each part of the file
        new = with_value(text, path, _other(value), Layout())
        assert tomllib.loads(new) == with_entry(data, path, _other(value))
        old, lines = text.splitlines(), new.splitlines()
        assert len(lines) == len(old)
        touched = [pair for pair in zip(old, lines, strict=True) if pair[0] != pair[1]]
        assert len(touched) == 1, path
        assert _comment(touched[0][0]) == _comment(touched[0][1])
        assert with_value(new, path, value, Layout(), written_at(text, path)) == text


def _comment(line: str) -> str:
    return line.rpartition("  #")[2] if "  #" in line else ""


@pytest.mark.parametrize(
    ("file", "path", "value", "line"),
    [
        (
            "assets/anatomy.toml",
            ("lumbar_lordosis_deg",),
            60.0,
            ("pelvic_incidence_deg = 52.0", "lumbar_lordosis_deg = 60.0"),
        ),
        (
            "assets/anatomy.toml",
            ("battery_years", "fr"),
            "cinq ans",
            (
                "# Statements of the practice, shown as they stand here, one for each language.",
                'battery_years = { en = "three to five years", es = "de tres a cinco años", '
                'fr = "cinq ans" }',
            ),
        ),
        (
            "assets/script/en/pump.toml",
            ("incisions_close", "labels", "cord", "detail"),
            "soft",
            (
                'tip = { text = "Catheter tip", detail = "behind the spinal cord, at {tip_level}",'
                ' claim = "tip_level" }',
                'cord = { text = "Spinal cord", detail = "soft" }',
            ),
        ),
        (
            "assets/script/en/pump.toml",
            ("battery", "labels", "catheter", "claim"),
            ["a", "b"],
            None,
        ),
    ],
)
def test_a_new_entry_stands_where_it_belongs_and_can_be_taken_out(
    file: str, path: KeyPath, value: Plain, line: tuple[str, str] | None
) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    layout = layout_of(Project(ROOT), file)
    new = with_value(text, path, value, layout)
    if line:
        assert "\n".join(line) in new
    assert with_value(new, path, None, layout) == text


def test_words_of_a_translation_come_in_the_order_of_the_english_script() -> None:
    """A file filled from nothing, in any order, reads as if it had been written by hand."""
    layout = layout_of(Project(ROOT), SPANISH)
    text = ""
    words: tuple[tuple[KeyPath, Plain], ...] = (
        (("battery", "labels", "years", "text"), "{battery_years}"),
        (("incisions_close", "labels", "cord", "text"), "Médula"),
        (("battery", "title"), "La batería"),
        (("title",), "La bomba"),
        (("incisions_close", "title"), "Se cierra"),
        (("place_is_chosen", "captions"), ["uno", "dos"]),
        (("kicker",), "Paso 3"),
        (("incisions_close", "labels", "cord", "detail"), "blanda"),
        (("incisions_close", "labels", "pump", "text"), "Bomba"),
    )
    for path, value in words:
        text = with_value(text, path, value, layout)
    assert (
        text
        == """\
title = "La bomba"
kicker = "Paso 3"

[place_is_chosen]
captions = [
  "uno",
  "dos",
]

[incisions_close]
title = "Se cierra"
[incisions_close.labels]
pump = { text = "Bomba" }
cord = { text = "Médula", detail = "blanda" }

[battery]
title = "La batería"
[battery.labels]
years = { text = "{battery_years}" }
"""
    )


def test_what_was_taken_out_comes_back_to_its_place() -> None:
    file = "assets/script/es/pump.toml"
    text = (ROOT / file).read_text(encoding="utf-8")
    layout = layout_of(Project(ROOT), file)
    for path, value in list(_leaves(tomllib.loads(text)))[::31]:
        if isinstance(path[-1], str):
            without = with_value(text, path, None, layout)
            assert value_at(tomllib.loads(without), path) is None
            again = with_value(without, path, value, layout)
            assert tomllib.loads(again) == tomllib.loads(text)
            if len(path) != 4 or len(value_at(tomllib.loads(text), path[:-1])) > 1:  # type: ignore[arg-type]
                assert again == text, path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("a",), 5),  # a table with a header
        (("a", "list", 2), 1),  # no such place
        (("a", "x", "y"), 1),  # a number is no table
        (("none",), None),  # not there
        (("a", "x", 0), None),
        ((0,), 1),
    ],
)
def test_what_cannot_be_set_is_refused(path: KeyPath, value: Plain | None) -> None:
    with pytest.raises(EditError, match="cannot be changed; change it in the file by hand"):
        with_value("[a]\nx = 1\nlist = [1, 2]\n", path, value, Layout())


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_last_line_without_an_end_is_gone_on_with(end: str) -> None:
    assert tomllib.loads(with_value(f"a = 1{end}", ("b",), "x", Layout())) == {"a": 1, "b": "x"}
