"""A process that waits for orders hears them at once, and plays on when old and new do not fit."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from spineanim.preview.looks import Look
from spineanim.preview.theatre import keeper, rehearsal
from spineanim.preview.theatre.keeper import _until_called
from spineanim.preview.theatre.line import Line
from spineanim.preview.theatre.spares import Spares
from tests.conftest import ROOT


def test_an_order_is_heard_while_something_is_made_ahead() -> None:
    server, waiting = Line.pair()
    threading.Timer(0.2, lambda: server.say({"root": "new"})).start()
    began_s = time.monotonic()

    def work() -> None:
        while time.monotonic() < began_s + 20.0:
            sum(range(1000))

    _until_called(waiting, work)
    assert time.monotonic() - began_s < 5.0
    heard = waiting.hear()
    assert heard is not None
    assert heard.head == {"root": "new"}
    server.close()
    waiting.close()


def test_work_goes_on_while_nobody_orders_anything() -> None:
    server, waiting = Line.pair()
    before = signal.getsignal(signal.SIGALRM)
    done: list[bool] = []

    def work() -> None:
        time.sleep(0.1)
        done.append(True)

    _until_called(waiting, work)
    assert done
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    server.close()
    waiting.close()


def test_bones_that_all_have_are_made_before_the_first_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    monkeypatch.setattr(keeper, "rib_parts", made.append)
    monkeypatch.setattr(keeper, "_LONG_CALM_S", 0.0)
    server, waiting = Line.pair()
    threading.Timer(0.3, lambda: server.say({"root": "new"})).start()
    assert keeper._order(waiting, None, Spares(), 0.0) is not None
    assert made == ["left", "right"]
    server.close()
    waiting.close()


class Heard(Line):
    """Notes what is said on a line."""

    def __init__(self) -> None:
        self.said: list[Mapping[str, Any]] = []

    def say(self, head: Mapping[str, Any], data: bytes = b"", hand: Line | None = None) -> None:
        self.said.append(head)


@pytest.fixture
def made_ahead(monkeypatch: pytest.MonkeyPatch) -> list[Spares]:
    """Note whose plates are looked for; nothing else is made ready."""
    asked: list[Spares] = []
    monkeypatch.setattr(keeper, "prepare", lambda _, spares: asked.append(spares))
    monkeypatch.setattr(keeper, "_get_bodies_ready", lambda *_: None)
    monkeypatch.setattr(keeper, "make_other_size", lambda *_: None)
    return asked


class Last(rehearsal.Play):
    """A film of which nothing is known."""

    def __init__(self) -> None: ...


def test_what_is_ready_is_not_made_again(made_ahead: list[Spares]) -> None:
    server, spares = Heard(), Spares()
    keeper._get_ready(server, Last(), spares, 0.0)
    keeper._get_ready(server, Last(), spares, 0.0)
    assert made_ahead == [spares] and server.said == [{"ready": True}]
    spares.begin()
    keeper._get_ready(server, Last(), spares, 0.0)
    assert made_ahead == [spares, spares] and server.said == 2 * [{"ready": True}]


def test_nothing_is_made_ahead_while_a_copy_plays(made_ahead: list[Spares]) -> None:
    server, waiting = Line.pair()
    threading.Timer(0.2, lambda: server.say({"root": "new"})).start()
    assert keeper._order(waiting, Last(), Spares(), calm_s=5.0) is not None
    assert not made_ahead
    server.close()
    waiting.close()


@pytest.mark.parametrize("has_old", [True, False])
def test_a_film_is_played_again_if_an_old_plate_does_not_fit(
    has_old: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spares, tries = Spares(), list[bool]()

    def perform(*_: object) -> bool:
        tries.append(spares.has_old)
        spares.has_old = has_old and len(tries) == 1
        if len(tries) == 1:
            raise KeyError("L3")
        return True

    monkeypatch.setattr(rehearsal, "_perform", perform)
    server = Heard()
    order = {"root": str(ROOT), "look": vars(Look("pump")), "generation": 1}
    rehearsal.rehearse(server, order, None, spares)
    told = [each for each in server.said if not {"process", "film"} & each.keys()]
    if has_old:
        assert told == [{"anew": True}, {"done": True, "rough": True}]
    else:
        assert len(tries) == len(told) == 1
        assert "KeyError" in told[0]["message"], "a fault of the scene is told"


def test_an_order_may_come_just_as_the_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_GLANCE_S", 1e-5)
    server, line = Line.pair()
    server.say({"root": "new"})
    for length in range(4000):
        _until_called(line, partial(sum, range(length % 200)))
    assert line.is_spoken_to
    server.close()
    line.close()
