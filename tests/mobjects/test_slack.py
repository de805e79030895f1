"""The spare length of the catheter: true to length, joined where it should be, on either side."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.catheter import plan_route
from spineanim.geometry.curves import bend_radii, length
from spineanim.geometry.params import Anatomy, Side
from spineanim.mobjects.entering import sides_of
from spineanim.mobjects.slack import SlackPaths
from spineanim.stage import Stage, px

SIDES: list[Side] = ["left", "right"]


def paths(side: Side = "left") -> SlackPaths:
    stage = Stage(ANTERIOR, (0.0, 0.0, 90.0), px(1.85))
    route = plan_route(Anatomy(side=side))
    return SlackPaths(stage, route, np.array([0.0, -stage.length(15.0), 0.0]))


@pytest.mark.parametrize("side", SIDES)
def test_the_spare_length_never_grows_or_shrinks(side: Side) -> None:
    slack = paths(side)
    long = [length(slack.laid(over)) for over in np.linspace(0.0, 1.0, 21)]
    assert max(long) / min(long) < 1.03
    free = length(slack.laid(0.0, 0.0))
    assert free == pytest.approx(long[0], rel=0.03)


@pytest.mark.parametrize("side", SIDES)
def test_the_end_is_on_the_connector_beside_and_over_the_coil(side: Side) -> None:
    slack = paths(side)
    for over in (0.0, 0.4, 1.0):
        end = slack.plug + slack.aside * (1.0 - over)
        np.testing.assert_allclose(slack.laid(over)[-1], end, atol=px(1))
    free = slack.laid(0.0, 0.0)[-1]
    assert np.linalg.norm(free - slack.plug - slack.aside) > slack.stage.length(15.0)


def test_beside_the_coil_the_pump_covers_none_of_it() -> None:
    slack = paths()
    middle = slack.stage.point(slack.route.pump.centre) + slack.lying
    loops = slack.laid(0.0)[60:200]
    beside = np.linalg.norm(loops - middle - slack.aside, axis=1) > slack.reach
    assert beside.mean() > 0.9
    over = np.linalg.norm(slack.laid(1.0)[60:200] - middle, axis=1) < slack.reach
    assert over.mean() > 0.9


def test_nothing_is_bent_sharper_than_a_soft_tube_may_be() -> None:
    slack = paths()
    for over in np.linspace(0.0, 1.0, 6):
        course = slack.laid(over)[4:-4]
        radii = bend_radii(course, slack.stage.length(3.0))
        assert radii.min() > slack.stage.length(4.5), over


@pytest.mark.parametrize("side", SIDES)
def test_sides_are_mirrored(side: Side) -> None:
    slack = paths(side)
    assert slack.plug @ slack.out > 0
    assert slack.aside @ slack.out < 0
    assert slack.way_out @ slack.out > slack.plug @ slack.out


def test_the_way_in_ends_in_the_implanted_coil() -> None:
    slack = paths()
    home = slack.under_skin(np.zeros(3))
    np.testing.assert_allclose(home[-1], slack.turns[-1], atol=px(1))
    up = np.array([0.0, slack.stage.length(60.0), 0.0])
    np.testing.assert_allclose(slack.under_skin(up)[-1], slack.turns[-1] + up, atol=px(1))
    np.testing.assert_allclose(slack.outside(up)[0], slack.way_out, atol=px(1))


def test_a_cut_parts_the_frame_in_two() -> None:
    cut = np.array([[-1.0, 1.0, 0.0], [0.0, 1.2, 0.0], [1.0, 1.0, 0.0]])
    for line in (cut, cut[::-1]):
        above, below = sides_of(line, 16.0)
        assert above[:, 1].min() == below[:, 1].max() - 0.2 == 1.0
        assert above[:, 1].max() > 4.0 and below[:, 1].min() < -4.0
