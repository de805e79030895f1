from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.content.toml import read_toml
from spineanim.errors import ContentError


def written(folder: Path, text: str) -> Path:
    file = folder / "some.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("a = 1\n\nc = [1,\n", 3), ('x = "open\n', 1), ("[a]\n[a]\n", 2)],
)
def test_malformed_toml_names_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ContentError) as caught:
        read_toml(file)
    assert caught.value.message.startswith(f"{file}:{line}: malformed TOML")


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
