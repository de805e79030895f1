"""The strip of steps: which one is marked, and where it stands on a title card."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.mobjects.overlay import Overlay
from spineanim.mobjects.steps import StepStrip
from spineanim.picture.lettering import TextLine
from spineanim.picture.shape import Part
from spineanim.stage import FORMATS


def test_one_bar_is_marked_and_those_before_are_fainter(theme: Theme) -> None:
    bars = StepStrip((3, 4), theme).submobjects
    accent = theme.color("accent.focus").lower()
    marked = [str(bar.get_fill_color().to_hex()).lower() == accent for bar in bars]
    assert marked == [True, True, True, False]
    solid = [float(bar.get_fill_opacity()) == 1.0 for bar in bars]
    assert solid == [False, False, True, False]
    assert np.all(np.diff([bar.get_center()[0] for bar in bars]) > 0)


@pytest.mark.parametrize("aspect", list(FORMATS))
def test_the_strip_stands_over_the_title_inside_the_frame(
    demo: Project, theme: Theme, aspect: str
) -> None:
    settings, fmt = load_settings("demo", demo), FORMATS[aspect]
    script = replace(settings.script, step=(2, 4))
    title = Overlay(replace(settings, script=script).timeline(15), theme, fmt).headings[0][1]
    (strip,) = [each for each in title.submobjects if isinstance(each, StepStrip)]
    words = [each for each in title.get_family() if isinstance(each, TextLine)]
    top = max(float(line.points[:, 1].max()) for line in words)
    lowest = min(float(bar.points[:, 1].min()) for bar in strip.submobjects)
    assert lowest > top
    left, _, right, high = fmt.safe_box
    points = np.concatenate([bar.points for bar in strip.submobjects])
    assert left < points[:, 0].min() and points[:, 0].max() < right and points[:, 1].max() < high


def test_without_steps_there_is_no_strip(demo: Project, theme: Theme) -> None:
    settings = load_settings("demo", demo)
    title: Part = Overlay(settings.timeline(15), theme, FORMATS["16:9"]).headings[0][1]
    assert not [each for each in title.submobjects if isinstance(each, StepStrip)]
