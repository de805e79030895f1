"""Guides lead somewhere: every link and picture in them is there, every command exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spineanim.cli.main import cli

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_links_and_pictures_are_there(guide: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", guide.read_text()):
        if not target.startswith("http"):
            assert (guide.parent / target).exists(), target


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_commands_exist(guide: Path) -> None:
    known = cli.list_commands(None)  # type: ignore[arg-type]
    for name in re.findall(r"^spineanim ([a-z-]+)", guide.read_text(), re.MULTILINE):
        assert name in known, name


def test_pictures_of_the_guide_are_shown_and_small() -> None:
    shown = (ROOT / "docs" / "illustrators.md").read_text()
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    assert len(pictures) >= 5
    for each in pictures:
        assert f"pictures/{each.name}" in shown, each.name
        assert each.stat().st_size < 200_000, each.name
