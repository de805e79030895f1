"""The film "relief": pain goes where it goes in a body, and medicine stays where it acts."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.content.timeline import Timeline
from spineanim.geometry.curves import contains
from spineanim.mobjects.calm import CalmPlate
from spineanim.mobjects.dose import RATIO, DoseBars
from spineanim.mobjects.pain import PainPlate
from spineanim.mobjects.pictograms import SIGNS, Pictogram
from spineanim.mobjects.tablet import Tablet
from spineanim.mobjects.two_ways import TwoWaysPlate
from spineanim.mobjects.who import WHO_SIGNS, WhoPlate
from spineanim.stage import FORMATS, Format, px
from tests.conftest import ROOT

SETTINGS = load_settings("relief", Project(ROOT))
BEATS = (
    "pain_travels",
    "tablets_go_everywhere",
    "pump_goes_direct",
    "signal_is_stopped",
    "who_it_is_for",
)
CORNERS = ((-1.0, -1.0, 0.0), (1.0, 1.0, 0.0))
SMALL = {
    name: each.drawn_at(round(each.width * 20), round(each.height * 20))
    for name, each in FORMATS.items()
}


def test_the_film_has_the_beats_of_the_storyboard_and_is_a_minute_long() -> None:
    assert tuple(beat.name for beat in SETTINGS.script.beats) == BEATS
    assert Timeline(SETTINGS.script, 30).frame_count <= 60 * 30


def test_every_beat_says_what_it_claims() -> None:
    for beat in SETTINGS.script.beats:
        assert any(caption.claims for caption in beat.captions), beat.name


@pytest.fixture(scope="module")
def pain() -> PainPlate:
    return PainPlate(SETTINGS.parameters, SETTINGS.theme, SMALL["16:9"])


@pytest.fixture(scope="module")
def calm() -> CalmPlate:
    return CalmPlate(SETTINGS.parameters, SETTINGS.theme, SMALL["16:9"])


@pytest.mark.slow
def test_pain_climbs_from_the_leg_through_the_canal_to_the_brain(pain: PainPlate) -> None:
    way, profile = pain.profile.pain_way(), pain.profile
    leg, end = way[0], way[-1]
    assert leg[1] < profile.section.level("L5")[1] < profile.section.level("T10")[1] < end[1]
    brain = profile.brain
    assert np.all(np.abs(end - brain.get_center())[:2] < [brain.width / 2, brain.height / 2])
    enters = profile.entry_share()
    steps = np.linalg.norm(np.diff(way, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum()
    cord = way[(along > enters + 0.03) & (along < 0.70)]
    canal = profile.place(profile.canal.outline())
    assert contains(canal[:, :2], cord[:, :2]).mean() > 0.97
    # the root of the leg's nerve enters the cord above its end, below the tip's level or near it
    spot = way[int(np.argmin(np.abs(along - enters)))]
    assert profile.section.conus[1] < spot[1]


@pytest.mark.slow
def test_pain_is_stopped_in_the_back_horn_and_nothing_else_is(calm: CalmPlate) -> None:
    across = calm.across
    calm.calm(1.0)
    horn = calm.section.point("back_horn")
    barrier = across.pain.point_at(across.pain.barrier)
    assert np.linalg.norm(barrier - horn) < calm.section.stage.length(0.6)
    assert across.pain.strength_at(1.0 - 0.1) < 0.05
    assert across.pain.strength_at(0.5 * across.pain.barrier) > 0.9
    assert across.climbs.opacity == 0.0
    assert calm.felt.opacity == 0.0
    for free in (across.touch, across.movement):
        assert free.blocked == 0.0
        assert free.strength_at(0.5) == 1.0


@pytest.mark.slow
def test_medicine_stays_near_the_tip_in_the_fluid(calm: CalmPlate) -> None:
    section = calm.section
    tip = section.point("tip")[None, :2]
    cut = section.cut
    fluid, cord = (section.place(each)[:, :2] for each in (cut.sac_outline, cut.cord_outline))
    assert contains(fluid, tip)[0]
    assert not contains(cord, tip)[0]
    assert section.point("tip")[1] < section.point("cord")[1] < section.point("body")[1]
    reach = max(calm.across.cloud.reach) / section.stage.units_per_mm
    assert reach < 10.0  # a small local cloud, not a jet


@pytest.mark.slow
@pytest.mark.parametrize("name", ["16:9", "1:1", "9:16"])
def test_what_is_named_stands_in_the_frame(name: str) -> None:
    fmt = SMALL[name]
    parameters, theme = SETTINGS.parameters, SETTINGS.theme
    pain = PainPlate(parameters, theme, fmt)
    two = TwoWaysPlate(parameters, theme, fmt, ("a", "b", "c"), ("d", "e"))
    calm = CalmPlate(parameters, theme, fmt)
    for naming in (pain.naming(), pain.crossing_naming(), two.naming(), calm.naming()):
        for key, callout in naming.callouts.items():
            points = np.atleast_2d(np.asarray(callout.at))
            inside = np.all(np.abs(points[:, :2]) < fmt.half, axis=1)
            assert inside.any(), key
    assert two.doses.foot[0] + two.doses.width_units < fmt.half[0]
    assert two.doses.foot[1] > fmt.caption_floor
    for sign in two.signs:
        assert abs(sign.get_center()[0]) < fmt.half[0]


def test_doses_are_true_to_scale(theme: Theme) -> None:
    bars = DoseBars((0.0, 0.0, 0.0), ("by mouth", "by pump"), theme)
    assert len(bars.large) == RATIO * len(bars.small) == 300
    bars.fill(1.0)
    bars.give(1.0)
    sizes = {round(float(drop.width), 4) for drop in (*bars.large, *bars.small)}
    assert len(sizes) == 1  # one drop is as large as another
    places = np.array([bars.place(i)[:2] for i in range(RATIO)])
    assert len(np.unique(places.round(4), axis=0)) == RATIO


@pytest.mark.parametrize("fmt", FORMATS.values(), ids=lambda fmt: fmt.aspect)
def test_rows_of_the_card_stand_on_it(theme: Theme, fmt: Format) -> None:
    labels = SETTINGS.script.beat("who_it_is_for").labels
    plate = WhoPlate(SETTINGS.parameters, theme, fmt, tuple(labels[n].text for n in WHO_SIGNS))
    card = plate.card.corners()
    for row in plate.rows:
        (left, low, _), (right, high, _) = (row.get_corner(np.array(each)) for each in CORNERS)
        assert card[0][0] < left < right < card[1][0]
        assert card[2][1] < low < high < card[0][1]
    assert card[2][1] > fmt.caption_floor


@pytest.mark.parametrize("name", SIGNS)
def test_signs_stay_on_their_discs(theme: Theme, name: str) -> None:
    sign = Pictogram(name, 1.0, theme)
    for drawn in sign.submobjects[1:]:
        assert np.linalg.norm(drawn.points[:, :2], axis=1).max() < 0.9, name


@pytest.mark.parametrize("looks", [-1.0, 1.0])
def test_a_tablet_comes_from_before_the_face_and_from_below(theme: Theme, looks: float) -> None:
    way = np.array([[looks, 2.0, 0.0], [0.4 * looks, 2.1, 0.0], [0.0, 1.0, 0.0], [0.0, -1.0, 0.0]])
    tablet = Tablet(way, theme)
    away = tablet.get_center() - way[0]
    assert looks * away[0] > px(60) and away[1] < -px(60)
    tablet.swallow(0.4)
    np.testing.assert_allclose(tablet.get_center(), way[0], atol=px(3))
