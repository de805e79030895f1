from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spineanim.content.script import LabelText
from spineanim.content.theme import Theme, load_theme
from spineanim.mobjects.label import Label, Rack, rack_labels
from spineanim.stage import CAPTION_FLOOR, FRAME_HEIGHT, frame_point, px
from tests.conftest import ROOT

THEME: Theme = load_theme(ROOT / "assets" / "theme.toml")
NAMES = ("one", "two", "three", "four")
WORDS = {
    "one": LabelText("Pump"),
    "two": LabelText("Catheter", "under the skin, around your side"),
    "three": LabelText("Catheter tip", "behind the spinal cord, at T10"),
    "four": LabelText("Place for the pump"),
}


def box(label: Label) -> tuple[float, float, float, float]:
    points = np.concatenate([each.points for each in label.block.get_family() if len(each.points)])
    (left, bottom), (right, top) = points.min(axis=0)[:2], points.max(axis=0)[:2]
    return float(left), float(bottom), float(right), float(top)


@settings(max_examples=40, deadline=None)
@given(
    heights=st.lists(st.floats(-2.3, 3.6), min_size=1, max_size=4),
    outward=st.sampled_from([-1, 1]),
    plated=st.booleans(),
)
def test_labels_of_a_rack_never_touch_and_stay_in_the_safe_area(
    heights: list[float], outward: int, plated: bool
) -> None:
    rack = Rack(4.0 * outward, outward, px(300), plated)
    targets = {name: np.array([0.0, y, 0.0]) for name, y in zip(NAMES, heights, strict=False)}
    boxes = sorted(box(label) for label in rack_labels(rack, targets, WORDS, THEME).values())
    by_height = sorted(boxes, key=lambda each: -each[3])
    for upper, lower in pairwise(by_height):
        assert upper[1] > lower[3], "one label covers another"
    for left, bottom, right, top in boxes:
        assert bottom > CAPTION_FLOOR
        assert top < FRAME_HEIGHT / 2
        assert (left if outward > 0 else -right) > 4.0 - px(20)


def test_labels_keep_the_order_of_what_they_name() -> None:
    targets = {
        name: np.array([0.0, y, 0.0]) for name, y in zip(NAMES, (0, 1, 0.5, 0.9), strict=True)
    }
    labels = rack_labels(Rack(4.0, 1, px(300)), targets, WORDS, THEME)
    order = sorted(labels, key=lambda name: -box(labels[name])[3])
    assert order == ["two", "four", "three", "one"]


def test_the_dot_stands_on_the_target() -> None:
    target = frame_point(700, 400)
    label = rack_labels(Rack(4.0, 1, px(300)), {"one": target}, WORDS, THEME)["one"]
    leader = label.submobjects[0]
    assert np.allclose(leader.submobjects[-1].get_center(), target)


def test_words_to_the_left_end_at_the_rack() -> None:
    label = rack_labels(Rack(-4.0, -1, px(300)), {"two": np.zeros(3)}, WORDS, THEME)["two"]
    assert box(label)[2] == pytest.approx(-4.0 - px(14), abs=px(4))
