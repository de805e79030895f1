"""What a film may be asked to be, and what it is when little is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from spineanim.errors import OutputError
from spineanim.render.encoding import Encoding, chosen_encoding, web_film
from spineanim.render.h264_level import h264_level
from spineanim.render.quality import QUALITIES

HIGH = QUALITIES["high"]


@pytest.mark.parametrize(
    ("format_", "codec", "alpha", "chosen"),
    [
        (None, None, False, ("mp4", "h264")),
        ("mp4", None, False, ("mp4", "h264")),
        ("mp4", "av1", False, ("mp4", "av1")),
        ("webm", None, False, ("webm", "vp9")),
        ("webm", "av1", False, ("webm", "av1")),
        ("mov", None, False, ("mov", "prores")),
        ("mov", "h264", False, ("mov", "h264")),
        ("gif", None, False, ("gif", "png")),
        ("png", None, True, ("png", "png")),
        (None, "vp9", False, ("webm", "vp9")),
        (None, "av1", False, ("mp4", "av1")),
        (None, "prores", True, ("mov", "prores")),
        (None, None, True, ("webm", "vp9")),
        ("mov", None, True, ("mov", "prores")),
        ("gif", None, True, ("gif", "png")),
    ],
)
def test_what_is_not_said_is_what_is_usual(
    format_: str | None, codec: str | None, alpha: bool, chosen: tuple[str, str]
) -> None:
    encoding = chosen_encoding(HIGH, format_, codec, alpha=alpha)
    assert (encoding.format, encoding.codec) == chosen
    assert (encoding.width_px, encoding.height_px, encoding.fps) == (1920, 1080, 30)
    assert encoding.alpha == alpha


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (
            {"format": "webm", "codec": "h264"},
            "a webm cannot hold h264; choose --codec vp9 or av1, or --format mp4 or mov",
        ),
        (
            {"format": "mp4", "alpha": True},
            "mp4 has no transparency; choose --format webm, mov, gif or png",
        ),
        (
            {"codec": "h264", "alpha": True},
            "mp4 has no transparency; choose --format webm, mov, gif or png",
        ),
        (
            {"format": "webm", "codec": "av1", "alpha": True},
            "a transparent webm cannot hold av1; choose --codec vp9",
        ),
        ({"format": "gif", "codec": "av1"}, "gif has no codec to choose; leave out --codec"),
        ({"format": "png", "crf": 20}, "png has no rate factor; leave out --crf"),
        ({"format": "mov", "crf": 20}, "prores has no rate factor; leave out --crf"),
        (
            {"crf": 52},
            "h264 has no rate factor 52; choose --crf 1 (finest) to 51 (smallest)",
        ),
        (
            {"codec": "av1", "crf": 0},
            "av1 has no rate factor 0; choose --crf 1 (finest) to 63 (smallest)",
        ),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_line(asked: dict[str, str], line: str) -> None:
    with pytest.raises(OutputError) as caught:
        chosen_encoding(HIGH, **asked)  # type: ignore[arg-type]
    assert str(caught.value) == line


def test_a_gif_is_no_faster_than_players_show() -> None:
    chosen_encoding(HIGH.at_fps(50), "gif")
    with pytest.raises(OutputError, match="gif shows at most 50 frames a second, not 60"):
        chosen_encoding(HIGH.at_fps(60), "gif")


def test_a_rate_factor_means_the_same_look_with_every_codec() -> None:
    assert chosen_encoding(HIGH).crf == HIGH.crf
    assert chosen_encoding(HIGH, "webm").crf == HIGH.crf + 3
    assert chosen_encoding(HIGH, codec="av1").crf == HIGH.crf + 10
    assert chosen_encoding(HIGH, crf=30).options["crf"] == "30"
    assert "crf" not in chosen_encoding(HIGH, "mov").options


@pytest.mark.parametrize(
    ("quality", "aspect", "fps", "level"),
    [
        ("draft", "16:9", 15, "3.0"),
        ("medium", "16:9", 30, "3.1"),
        ("medium", "16:9", 60, "3.2"),
        ("high", "16:9", 30, "4.0"),
        ("high", "9:16", 30, "4.0"),
        ("high", "1:1", 30, "3.2"),
        ("high", "16:9", 60, "4.2"),
        ("high", "16:9", 72, "5.0"),
        ("high", "16:9", 120, "5.1"),
        ("4k", "16:9", 30, "5.1"),
        ("4k", "16:9", 60, "5.2"),
        ("4k", "16:9", 120, "6.0"),
    ],
)
def test_the_level_is_the_lowest_that_allows_size_and_rate(
    quality: str, aspect: str, fps: int, level: str
) -> None:
    chosen = chosen_encoding(QUALITIES[quality].shaped(aspect).at_fps(fps))
    assert chosen.options["level"] == level


def test_a_level_holds_the_pictures_that_are_predicted_from() -> None:
    assert h264_level(1920, 1080, 30, references=4) == "4.0"
    assert h264_level(1920, 1080, 30, references=5) == "5.0"
    assert h264_level(30_000, 30_000, 120, references=3) == "6.2"


def test_the_key_is_of_what_decides_the_bytes() -> None:
    film = web_film(HIGH)
    assert film.key == chosen_encoding(HIGH, "mov", "h264").key, "the kind of file does not"
    others: list[Encoding] = [
        replace(film, crf=20),
        replace(film, fps=60),
        replace(film, width_px=1280),
        chosen_encoding(HIGH, "mp4", "av1"),
        chosen_encoding(HIGH, "webm"),
        chosen_encoding(HIGH, "webm", alpha=True),
        chosen_encoding(HIGH, "png"),
        chosen_encoding(HIGH, "png", alpha=True),
    ]
    assert len({each.key for each in (film, *others)}) == len(others) + 1


def test_folders_are_named_for_what_is_not_usual() -> None:
    named = [
        (None, None, ""),
        ("webm", None, "-webm"),
        ("webm", "av1", "-webm-av1"),
        ("mp4", "av1", "-av1"),
        ("mov", None, "-mov"),
        ("mov", "h264", "-mov-h264"),
        ("gif", None, "-gif"),
    ]
    for format_, codec, suffix in named:
        assert chosen_encoding(HIGH, format_, codec).suffix == suffix
    assert chosen_encoding(HIGH, "webm", alpha=True).suffix == "-webm-transparent"
