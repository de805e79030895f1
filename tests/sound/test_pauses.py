"""A recording is shared out among texts, at its pauses where there are any."""

from __future__ import annotations

import numpy as np
import pytest

from spineanim.sound.pauses import heard
from tests.sounds import sentences, silence, tone


def test_what_is_heard_and_the_pauses_in_it() -> None:
    found = heard(sentences([2.0, 3.0, 1.0], pause_s=0.6))
    assert found is not None
    assert found.start_s == pytest.approx(0.5, abs=0.1)
    assert found.end_s == pytest.approx(0.5 + 6.0 + 1.2 + 0.25, abs=0.02)
    assert len(found.pauses) == 2
    for pause, (end_s, start_s) in zip(found.pauses, [(2.5, 3.1), (6.1, 6.7)], strict=True):
        assert end_s < pause.start_s < pause.end_s < start_s


def test_a_stop_within_a_word_is_no_pause() -> None:
    found = heard(np.concatenate([tone(1.0), silence(0.12), tone(1.0)]))
    assert found is not None and found.pauses == ()


@pytest.mark.parametrize("sound", [silence(2.0), silence(0.0), tone(1.0, 0.0003)])
def test_silence_is_not_heard(sound: np.ndarray) -> None:
    assert heard(sound) is None


def test_texts_change_at_the_pauses_between_them() -> None:
    found = heard(sentences([2.0, 3.0, 1.0], pause_s=0.6))
    assert found is not None
    first, second = found.cuts([21, 29, 10])
    assert first.clear and second.clear
    assert first.at_s == pytest.approx(3.02, abs=0.02)
    assert second.at_s == pytest.approx(6.62, abs=0.02)


def test_a_pause_in_the_middle_of_a_text_is_left() -> None:
    found = heard(sentences([2.0, 2.0, 4.0], pause_s=0.5))
    assert found is not None
    (only,) = found.cuts([40, 40])
    assert only.clear
    assert only.at_s == pytest.approx(0.5 + 4.0 + 1.0 - 0.08, abs=0.02)


def test_of_two_near_pauses_the_longer_is_the_end_of_a_sentence() -> None:
    pieces = [tone(3.0), silence(0.35), tone(0.8), silence(1.0), tone(3.2)]
    found = heard(np.concatenate(pieces))
    assert found is not None
    (only,) = found.cuts([50, 50])  # 3.5 s of speech each: the first pause is nearer by 0.2 s
    assert only.at_s == pytest.approx(5.15 - 0.08, abs=0.02)


def test_without_a_pause_time_is_shared_by_length() -> None:
    found = heard(tone(6.0))
    assert found is not None
    first, second = found.cuts([1, 2, 3])
    assert not first.clear and not second.clear
    assert first.at_s == pytest.approx(1.0)
    assert second.at_s == pytest.approx(3.0)


def test_speaking_time_is_shared_out_not_pauses() -> None:
    found = heard(np.concatenate([tone(1.0), silence(3.0), tone(7.0)]))
    assert found is not None
    (only,) = found.cuts([50, 50])  # no pause is near: four seconds of speech each
    assert not only.clear
    assert only.at_s == pytest.approx(1.0 + 3.0 + 3.0, abs=0.25)


def test_one_text_is_not_cut() -> None:
    found = heard(sentences([1.0, 1.0], pause_s=0.5))
    assert found is not None and found.cuts([10]) == ()
