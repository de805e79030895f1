"""No encoder puts this process, or what it starts, before everything else on the machine."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from spineanim.render.assemble import assemble
from spineanim.render.encode import SegmentEncoder
from spineanim.render.encoding import chosen_encoding
from spineanim.render.quality import QUALITIES
from spineanim.render.scheduling import scheduling_kept

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is to be kept")

TINY = replace(QUALITIES["draft"], width_px=96, height_px=64)


def _policies() -> set[int]:
    tasks = Path("/proc/self/task").iterdir()
    return {os.sched_getscheduler(int(task.name)) for task in tasks}


@pytest.mark.parametrize("codec", ["h264", "av1", "vp9"])
def test_encoding_leaves_every_thread_as_it_was(codec: str, tmp_path: Path) -> None:
    """Opened by root, the AV1 encoder takes the real-time class for its thread and ours."""
    before = _policies()
    encoding = chosen_encoding(TINY, codec=codec)
    encoder = SegmentEncoder(encoding)
    assert _policies() == before
    encoder.put(np.full((64, 96, 4), 255, np.uint8))
    assert _policies() == before
    segment = encoder.finish()
    assemble(tmp_path / f"film.{encoding.format}", encoding, [segment], {}, "en")
    assert _policies() == before


def test_a_change_of_scheduling_is_undone() -> None:
    before = os.sched_getscheduler(0)
    with scheduling_kept():
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    assert os.sched_getscheduler(0) == before
