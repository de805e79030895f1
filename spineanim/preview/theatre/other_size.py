"""What a film shows with the other size of the pump, made roughly before anybody asks for it.

What another side or curve shows is what was shown before, moved or in a mirror. Another pump is
another shape: to bake it takes seconds, but there are only two.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import replace
from typing import Final, Protocol

from manim import tempconfig

from spineanim.content.parameters import Parameters
from spineanim.geometry.params import PUMP_20_ML, PUMP_40_ML
from spineanim.picture.haste import hurried
from spineanim.picture.kept import remembered
from spineanim.preview.theatre.rehearsal import Play
from spineanim.preview.theatre.spares import Spares
from spineanim.render.stage_scene import manim_options

_LAST: Final = 19
"""How nice the process is: nobody waits for it."""


class _Closable(Protocol):
    def close(self) -> None: ...


def make_other_size(last: Play, spares: Spares, server: _Closable) -> None:
    """Make plates that show the pump with the other size, in a copy; what they keep stays.

    Parameters
    ----------
    last
        The film.
    spares
        Its plates, ready.
    server
        A line that the copy has no part in.
    """
    if spares.knows_sizes:
        return
    spares.knows_sizes = True  # copies of this process need not do it again
    if os.fork() == 0:
        try:
            server.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # those who bake are asked
            os.nice(_LAST)
            make_roughly(last, spares)
        finally:
            os._exit(0)


def make_roughly(last: Play, spares: Spares) -> None:
    """Make plates that show the pump with the other size, as for a look that cannot wait."""
    with hurried(), remembered(spares.memory), tempconfig(manim_options(last.quality)):
        for order in spares.told_otherwise(_with_other_pump):
            with suppress(Exception):  # a play that meets it says where
                order.plate(*order.given)


def _with_other_pump(parameters: Parameters) -> Parameters:
    other = PUMP_20_ML if parameters.pump == PUMP_40_ML else PUMP_40_ML
    return replace(parameters, pump=other)
