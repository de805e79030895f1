"""A small project with a translation, which tests of editing may damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.content.project import Project
from tests.conftest import demo_project

SPANISH = """\
# Palabras de la demostración.
title = "Un óvalo"

[named]
title = "El óvalo tiene nombre"
captions = [
  "Este es un óvalo.",
  "Tiene un nombre en {tip_level}.",
]
"""
THEME = """\
# A theme of few colours.
[color.ink]
title = "#14303D"   # headings
label = '#1F3A47'

# What words stand on.
[color.background]
top = "#F6F9FA"
bottom = "#E3EBEF"

[color.panel]
fill = "#FFFFFF"

[color.skin]
base = "#E2B79F"

[skin_tones.light.skin]
base = "#E2B79F"

[type.title]
size_px = 84
weight = "SemiBold"
color = "ink.title"
line_px = 96
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path)


def small_project(root: Path) -> Project:
    """Put into a folder the demonstration, its translation, and a theme that is read fast."""
    demo = demo_project(root)
    demo.script_file("demo", "es").parent.mkdir()
    demo.script_file("demo", "es").write_text(SPANISH, encoding="utf-8")
    demo.theme_file.write_text(THEME, encoding="utf-8")
    return demo
