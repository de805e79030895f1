"""The process that draws on another machine: `python -m spineanim.render.farm_worker`.

A task of the cluster starts it in the folder of a parcel, because Manim keeps a state of its own
and cannot draw in a thread of a process that does other things. Its answer goes to standard output.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spineanim.errors import FarmError, SpineanimError
from spineanim.render.drawing_code import whole_code_key
from spineanim.render.farm_answer import drawn_piece, error_piece, last_piece
from spineanim.render.segments import Segment

if TYPE_CHECKING:
    from spineanim.render.drawing import Drawn

_LOOK_EVERY_S: Final = 0.5


def end_with(parent: int) -> None:
    """End this process and all it has started when its parent is gone, however that ended.

    It leads a group of its own, so that those who bake for it go as well.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY_S)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def _draw(parent: int, machine: str, code: str, segments: Sequence[Segment]) -> None:
    """Draw segments of the film whose parcel lies here, and answer.

    Parameters
    ----------
    parent
        Process to end with.
    machine
        Name of the worker, for complaints.
    code
        Key of the sender's code; nothing is drawn by other code.
    segments
        What to draw.
    """
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what scenes print is no answer
    end_with(parent)
    try:
        if whole_code_key() != code:
            raise FarmError(
                f"the worker {machine} has another spineanim, or other versions of its libraries",
                "install there what is installed here, or leave that worker out",
            )
        from spineanim.render.parcel import order_in
        from spineanim.render.replay import draw_segments

        order = order_in(Path.cwd())

        def tell(drawn: Drawn) -> None:
            answer.write(drawn_piece(drawn))

        draw_segments(order, segments, tell)
        answer.write(last_piece())
    except BaseException as error:
        if isinstance(error, SpineanimError):  # say where it is in the project, not in its copy
            error.message = error.message.replace(f"{Path.cwd()}{os.sep}", "")
        answer.write(error_piece(error))
    answer.close()


def main() -> None:
    """Read the arguments: parent, machine, code, and segments as `START-END`."""
    parent, machine, code, *stretches = sys.argv[1:]
    edges = (stretch.split("-") for stretch in stretches)
    _draw(int(parent), machine, code, [Segment(int(start), int(end)) for start, end in edges])


if __name__ == "__main__":
    main()
