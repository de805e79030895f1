"""A process that stands ready: its copies play a film, with what has changed since.

One that has played the film before remembers what it had to work out, so its copies are faster. A
film that goes wrong harms nobody: the copy ends, and the process it is a copy of is still there.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from spineanim.content.possible import contradictions
from spineanim.geometry.body import SIDES
from spineanim.geometry.bones.cage import rib_parts
from spineanim.geometry.params import Anatomy
from spineanim.geometry.patients import make_ready
from spineanim.preview.theatre.line import Line, Message
from spineanim.preview.theatre.other_size import make_other_size
from spineanim.preview.theatre.rehearsal import Play, prepare, rehearse
from spineanim.preview.theatre.spares import Spares

_GLANCE_S: Final = 0.02
"""How often a process at work looks whether an order has come."""
_PLAY_S: Final = 3.0
"""So long after an order its copy plays: it is to have the cores, and pages that are shared."""
_CALM_S: Final = 5.0
_LONG_CALM_S: Final = 15.0
"""By then the first film usually stands, and the cores are free."""


class _Called(BaseException):
    """An order has come in: what is half made is left."""


def keep(server: Line) -> None:
    """Make a copy for every order that comes in, and let it play; return when nobody listens.

    A copy does the same with the line that comes with its order, once its play has come to its
    end.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a copy ended
    last: Play | None = None
    spares = Spares()
    calm_s = 0.0
    while (order := _order(server, last, spares, calm_s)) is not None:
        assert order.line is not None
        if os.fork():
            order.line.close()
            calm_s = _PLAY_S
            continue
        calm_s = 0.0
        server.close()
        server = Line(order.line)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # those who bake are asked
        last = rehearse(server, order.head, last, spares)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)


def _order(server: Line, last: Play | None, spares: Spares, calm_s: float) -> Message | None:
    """Wait for an order; after a while make what copies of this process will need, and say so."""
    if last is None:
        _until_called(server, _get_bones_ready)
    else:
        _until_called(server, lambda: _get_ready(server, last, spares, calm_s))
    return server.hear()


def _get_bones_ready() -> None:
    """Get ready, once nothing is going on, what every body has: to lead the ribs takes seconds."""
    time.sleep(_LONG_CALM_S)
    for side in SIDES:
        rib_parts(side)


def _get_ready(server: Line, last: Play, spares: Spares, calm_s: float) -> None:
    """Get ready for the same film, changed a little; what is ready by now is not made again."""
    time.sleep(calm_s)
    if not spares.are_ready:
        _make_ahead(last, spares)
        with suppress(OSError):  # nobody listens any more: hear says so
            server.say({"ready": True})
    _get_bodies_ready(last, spares.patients)
    make_other_size(last, spares, server)


def _make_ahead(last: Play, spares: Spares) -> None:
    while prepare(last, spares):
        pass
    gc.unfreeze()
    gc.collect()  # what has been played goes now, copies need not look for it
    gc.freeze()
    spares.are_ready = True


def _get_bodies_ready(last: Play, patients: set[Anatomy]) -> None:
    """Get ready for another body: for judging it, and after a while for cuts at other levels."""
    body = last.settings.parameters
    contradictions(body.anatomy, body.pump)  # the first one takes seconds, later ones do not
    time.sleep(_CALM_S)
    for patient in sorted(patients, key=repr):
        make_ready(patient)


def _until_called(server: Line, work: Callable[[], object]) -> None:
    """Work until an order comes in: some plates take seconds."""
    is_over = False

    def glance(*_: object) -> None:
        if is_over:
            return
        if server.is_spoken_to:
            raise _Called  # and never again: the timer runs once
        signal.setitimer(signal.ITIMER_REAL, _GLANCE_S)

    before = signal.signal(signal.SIGALRM, glance)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, _GLANCE_S)
            work()
        finally:  # an order may come just here
            is_over = True
    except _Called:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
