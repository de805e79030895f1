from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spineanim.content.toml import read_toml
from spineanim.content.toml_mistakes import mistake_in
from spineanim.errors import ContentError


def written(folder: Path, text: str) -> Path:
    file = folder / "some.toml"
    file.write_text(text, encoding="utf-8")
    return file


BROKEN = [
    ("a = 1\nb = \n", 2, "nothing stands after the = of b", "write its value"),
    ("a = [{ at_s = , text = 'b' }]\n", 1, "nothing stands after the = of at_s", "write its value"),
    ('a = "open\nb = "c"\n', 1, "a quote is missing on this line", "two straight quotes"),
    ('a = open"\n', 1, "a quote is missing on this line", "two straight quotes"),
    ("a = 'open\nb = 2\n", 1, "a quote is missing on this line", "two straight quotes"),
    ('a = [{ b = "You., c = "d" }]\n', 1, "a quote is missing on this line", "straight quotes"),
    ("a = 1\ntip = T10  # why\n", 2, "T10 has no quotes", '"T10"'),
    ("title = #14303D\n", 1, "the colour #14303D has no quotes", '"#14303D"'),
    ("title = “Hello”\n", 1, "a curly quote stands where a text begins", "straight quotes"),
    ('a = "a "word" in it"\n', 1, "the text ends before word", "as “ and ”"),
    ('title "Hello"\n', 1, "there is no = between a name and its value", "name = value"),
    ("lasts_s: 2.5\n", 1, "there is no = between a name and its value", "name = value"),
    ("lasts_s = 2,5\n", 1, "2,5 has a comma", "write 2.5 with a point"),
    ("a = { b = 1 c = 2 }\n", 1, "a comma is missing before c = 2 }", "between two entries"),
    ("a = [\n  { b = 1 }\n  { b = 2 },\n]\n", 3, "a comma is missing before this line", "a comma"),
    ("a = { b = 1, }\n", 1, "there is a comma too many", "take it out"),
    ("a = [1,,2]\n", 1, "there is a comma too many", "take it out"),
    ("a = 1\n\nc = [1,\n", 3, "a list is not closed here", "write ]"),
    ("a = [1.0, 2.0\nb = [2.0, 3.0]\n", 2, "a list is not closed before this", "write ]"),
    ("a = [\n  1,\n[one.steps_s]\nb = 2\n", 3, "a list is not closed before this", "write ]"),
    ("a = { b = 1\nc = 2\n", 1, "a { is not closed here", "write }"),
    ("a = 1, 2]\n", 1, "the list of a has no [ before it", "[0.5, 1.5]"),
    ("[a\nb = 1\n", 1, "this heading has no ] at its end", "like [name]"),
    ("[a]\n[a]\n", 2, "[a] is there twice", "take one of the two out"),
    ("a = 1\na = 2\n", 2, "a is there twice", "take one of the two out"),
    ('a = "C:\\zoo"\n', 1, "a backslash begins a special sign", r"write \\ for a backslash"),
    ('a = "b\0"\n', 1, "there is a sign that cannot be seen", "write the line anew"),
    ("\ufeffa = 1\n", 1, "the file begins with a mark that cannot be seen", "without BOM"),
    ("a = 1 2\n", 1, "after the value there is more: 2", "take it out"),
]


@pytest.mark.parametrize(("text", "line", "what", "hint"), BROKEN)
def test_what_cannot_be_read_is_said_plainly(
    tmp_path: Path, text: str, line: int, what: str, hint: str
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_toml(file)
    assert caught.value.message.startswith(f"{file}:{line}: {what}")
    assert hint in caught.value.hint


@given(st.text(alphabet="ab1 .,=\"'“[]{}#\\\n\r\t\0é", max_size=40))
def test_whatever_cannot_be_read_has_a_line_and_words(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = mistake_in(text, str(error))
        assert 1 <= found.line <= text.count("\n") + 1
        assert found.what and found.hint


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such file; write one"):
        read_toml(tmp_path / "none.toml", missing_hint="write one")


def test_bytes_that_are_no_text_name_their_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes(b"a = 1\nb = '\xe9'\n")
    with pytest.raises(ContentError, match=r"latin\.toml:2: not UTF-8"):
        read_toml(file)


def test_lines_of_entries(tmp_path: Path) -> None:
    file = read_toml(written(tmp_path, "a = 1\n[b]\nc = 2\n[b.d]\ne = 3\n[f]\nc = 4\n"))
    assert file.line_of("a") == 1
    assert file.line_of("b", "c") == 3
    assert file.line_of("b", "d", "e") == 5
    assert file.line_of("f", "c") == 7
    assert file.line_of("b", "d", "no such key") == 4
    assert file.line_of("nowhere") is None
