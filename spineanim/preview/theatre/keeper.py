"""A process that stands ready: its copies play a film, with what has changed since.

One that has played the film before remembers what it had to work out, so its copies are faster. A
film that goes wrong harms nobody: the copy ends, and the process it is a copy of is still there.
"""

from __future__ import annotations

import os
import signal

from spineanim.preview.theatre.line import Line
from spineanim.preview.theatre.rehearsal import Play, rehearse


def keep(server: Line) -> None:
    """Make a copy for every order that comes in, and let it play; return when nobody listens.

    A copy does the same with the line that comes with its order, once its play has come to its
    end.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a copy ended
    last: Play | None = None
    while (order := server.hear()) is not None:
        assert order.line is not None
        if os.fork():
            order.line.close()
            continue
        server.close()
        server = Line(order.line)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # those who bake are asked
        last = rehearse(server, order.head, last)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
