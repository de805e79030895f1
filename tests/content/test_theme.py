from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from spineanim.content.theme import SMALLEST_PX, Theme, load_theme
from spineanim.errors import ContentError

ROOT = Path(__file__).parents[2]


def changed(folder: Path, old: str, new: str) -> Path:
    text = (ROOT / "assets" / "theme.toml").read_text(encoding="utf-8")
    assert old in text
    file = folder / "theme.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def line_of(file: Path, start: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith(start))


def luminance(rgb: np.ndarray) -> float:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("wrong", ['"teal"', '"#12345"', '"#12345G"', "17", '"#1234567"'])
def test_a_colour_that_is_none_names_file_line_and_remedy(tmp_path: Path, wrong: str) -> None:
    file = changed(tmp_path, 'title = "#14303D"', f"title = {wrong}")
    with pytest.raises(ContentError) as caught:
        load_theme(file)
    assert caught.value.message.startswith(f"{file}:{line_of(file, 'title = ')}: ")
    assert "is no colour (ink.title)" in caught.value.message
    assert "six hexadecimal digits" in caught.value.hint


def test_type_too_small_for_a_phone_is_refused(tmp_path: Path) -> None:
    file = changed(tmp_path, "size_px = 31", f"size_px = {SMALLEST_PX - 1}")
    with pytest.raises(ContentError, match="too small for a phone"):
        load_theme(file)


def test_a_type_style_must_use_a_colour_of_the_theme(tmp_path: Path) -> None:
    file = changed(tmp_path, 'color = "ink.label"', 'color = "ink.lable"')
    with pytest.raises(ContentError, match=r"did you mean ink\.label"):
        load_theme(file)


def test_unknown_tokens_offer_close_ones(theme: Theme) -> None:
    with pytest.raises(ContentError, match=r"did you mean skin\.base"):
        theme.color("skin.bse")
    with pytest.raises(ContentError, match="label"):
        theme.style("lable")


def test_rgb_matches_hex(theme: Theme) -> None:
    expected = [int(theme.color("skin.base")[i : i + 2], 16) for i in (1, 3, 5)]
    assert np.allclose(theme.rgb("skin.base") * 255, expected)


@pytest.mark.parametrize("style", ["title", "kicker", "heading", "label", "detail", "caption"])
def test_every_text_stands_out_from_the_ground(theme: Theme, style: str) -> None:
    ink = luminance(theme.rgb(theme.style(style).color))
    for ground in ("background.top", "background.bottom", "background.vignette", "panel.fill"):
        contrast = (luminance(theme.rgb(ground)) + 0.05) / (ink + 0.05)
        if style in ("kicker",) and ground == "background.vignette":
            continue  # large type; the corners of the frame hold no text
        assert contrast >= 4.5 or (style == "detail" and ground == "background.vignette"), ground


def test_no_colour_literal_hides_outside_the_theme() -> None:
    """White highlights are the one exception; everything else must follow a new theme."""
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b")
    allowed = {"#FFFFFF", "#000000"}
    for folder in ("scenes", "spineanim/mobjects", "spineanim/motion"):
        for file in (ROOT / folder).glob("*.py"):
            found = {match.upper() for match in literal.findall(file.read_text(encoding="utf-8"))}
            assert found <= allowed, f"{file}: {found - allowed}"


def test_skin_tones_change_skin_and_body_alone(theme: Theme) -> None:
    assert len(theme.skin_tones) >= 4
    for name in theme.skin_tones:
        toned = theme.with_skin_tone(name)
        changed = {token for token in theme.colors if toned.colors[token] != theme.colors[token]}
        assert {token.split(".")[0] for token in changed} <= {"skin", "body"}
        lightness = [toned.rgb(f"skin.{tone}").sum() for tone in ("light", "base", "dark", "line")]
        assert lightness == sorted(lightness, reverse=True)
    assert theme.with_skin_tone("light").colors == theme.colors
    assert theme.with_skin_tone("deep").rgb("skin.base").sum() < theme.rgb("skin.dark").sum()
    with pytest.raises(ContentError, match="did you mean deep"):
        theme.with_skin_tone("dep")


@pytest.mark.parametrize(
    "tones", ['skin_tones = "pale"', 'skin_tones.pale = "x"', 'skin_tones.pale.skin = "x"']
)
def test_skin_tones_that_are_no_tables_are_refused(tones: str, tmp_path: Path) -> None:
    text = (ROOT / "assets" / "theme.toml").read_text(encoding="utf-8")
    colors, _, rest = text.partition("# Skin tones")
    file = tmp_path / "theme.toml"
    file.write_text(f"{tones}\n{colors}[type.title]{rest.partition('[type.title]')[2]}")
    with pytest.raises(ContentError, match="is no table of tables"):
        load_theme(file)
