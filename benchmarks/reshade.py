"""How long the scene `pump` takes to prepare at 1080p: with the theme it knows, and a new one.

Run with `python benchmarks/reshade.py`. Every measurement has a process of its own, so nothing
is at hand but what the store keeps; imports are not counted. The bar for a new theme is 5 s.
"""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from spineanim.content.project import find_project
from spineanim.content.settings import load_settings
from spineanim.content.theme import Theme
from spineanim.render.catalog import find_scene
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import FrameSink
from spineanim.render.stage_scene import load_scene, play_scene

SCENE = "pump"
REPEATS = 3


class _NoFrames(FrameSink):
    """Wants nothing drawn, so that only preparation is left."""

    def wants(self, frame: int) -> bool:
        return False


def changed(theme: Theme, step: int) -> Theme:
    """Return a theme none of whose colours was seen before, however often this is run."""
    shift = time.time_ns() + step
    colors = {
        token: f"#{(int(value[1:], 16) ^ (shift >> index % 8 & 0x070707)):06X}"
        for index, (token, value) in enumerate(theme.colors.items())
    }
    return replace(theme, colors=colors)


def prepare(step: int) -> tuple[float, float]:
    """Prepare the scene once; seconds on the clock, and of the processor. Step 0 is its theme."""
    project = find_project()
    settings = load_settings(SCENE, project)
    scene = find_scene(project, SCENE)
    load_scene(scene)
    if step:
        settings = replace(settings, theme=changed(settings.theme, step))
    clock, cpu = time.perf_counter(), time.process_time()
    play_scene(scene, settings, QUALITIES["high"], _NoFrames())
    return time.perf_counter() - clock, time.process_time() - cpu


def measured(step: int) -> tuple[float, float]:
    """Prepare in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(prepare, step).result()


def main() -> None:
    """Print a table."""
    measured(0)  # bakes what the store lacks
    print(f"preparing {SCENE} at 1080p   clock s    cpu s   (best of {REPEATS})")
    for name, steps in (("known theme", [0] * REPEATS), ("new theme", range(1, REPEATS + 1))):
        clock, cpu = min(measured(step) for step in steps)
        print(f"{name:24s}{clock:11.2f}{cpu:9.2f}")


if __name__ == "__main__":
    main()
