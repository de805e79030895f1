"""The options of what kind of file a film becomes."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from spineanim.cli.output_options import Wanted, output_options
from spineanim.errors import OutputError
from spineanim.render.quality import QUALITIES

HIGH = QUALITIES["high"]


@click.command()
@click.argument("scene")
@output_options
def film(scene: str, wanted: Wanted) -> None:
    """Say what is wanted."""
    encoding = wanted.encoding(HIGH)
    click.echo(f"{scene} {encoding.format} {encoding.codec} {encoding.fps} {encoding.alpha}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pump", "pump mp4 h264 30 False"),
        ("pump --format webm --fps 25", "pump webm vp9 25 False"),
        ("pump --transparent --format mov", "pump mov prores 30 True"),
        ("pump --codec av1 --crf 40", "pump mp4 av1 30 False"),
    ],
)
def test_options_choose_the_encoding(line: str, said: str) -> None:
    result = CliRunner().invoke(film, line.split())
    assert (result.exit_code, result.output.strip()) == (0, said)


@pytest.mark.parametrize(
    "line", ["pump --fps 0", "pump --fps 121", "pump --fps 29.97", "pump --format avi"]
)
def test_wrong_values_are_refused(line: str) -> None:
    assert CliRunner().invoke(film, line.split()).exit_code == 2


def test_what_does_not_go_together_is_said_by_the_render_layer() -> None:
    result = CliRunner().invoke(film, ["pump", "--format", "webm", "--codec", "h264"])
    assert isinstance(result.exception, OutputError)


def test_the_rate_is_the_qualitys_when_none_is_wanted() -> None:
    assert Wanted(None, None, None, None, alpha=False).quality(HIGH) is HIGH
    assert Wanted(None, None, None, 60, alpha=False).quality(HIGH).fps == 60
