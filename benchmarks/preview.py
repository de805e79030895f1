"""How fast the preview answers: scrubbing, and a saved file seen at the same moment of the film.

Measured as a page meets it: a preview is started as a user starts it, on a copy of the project,
and asked over a web socket. Times are of the wall clock, so the machine should have nothing else
to do.
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from spineanim.content.project import Project
from spineanim.content.script_file import load_script
from tests.preview.running import Page, Said, page_at, preview_of

_SCRUBS = 200
_SHARES = (0.25, 0.5, 0.75, 1.0)
_WANTED_MS = {50: 50, 95: 100}
_CALM_S = 5.0
_LOOKED_S = 10.0
"""A film is looked at so long before anybody drags along its timeline."""


@dataclass(frozen=True)
class Times:
    """What was measured, in seconds.

    Attributes
    ----------
    scene
        Which film.
    opened_s, stood_s
        Until its first picture was there, and until every frame could be asked for.
    jumps_s, sweep_s
        Each answer, for frames at random and for one drag along the timeline.
    saved_s
        What was saved, and where in the film, to how long it took to be seen there.
    """

    scene: str
    opened_s: float
    stood_s: float
    jumps_s: list[float]
    sweep_s: list[float]
    saved_s: dict[tuple[str, float], float]

    def table(self) -> str:
        """Return a table of it."""
        wanted = ", ".join(f"p{share} under {most}" for share, most in _WANTED_MS.items())
        lines = [
            f"preview of {self.scene} at 540p: first picture after {self.opened_s:.1f} s, "
            f"every frame after {self.stood_s:.1f} s",
            f"{'answer to a scrub, ms':32}{'p50':>7}{'p95':>7}{'most':>7}   (wanted: {wanted})",
        ]
        for name, times_s in (("frames at random", self.jumps_s), ("one drag", self.sweep_s)):
            found = np.percentile(times_s, [50, 95, 100]) * 1000
            lines.append(f"{name:32}" + "".join(f"{each:7.0f}" for each in found))
        shares = "".join(f"{f'at {share:.0%}':>9}" for share in _SHARES)
        lines.append(f"{'a saved file is seen after, s':32}{shares}")
        for what in dict.fromkeys(what for what, _ in self.saved_s):
            found_s = (self.saved_s[what, share] for share in _SHARES)
            lines.append(f"{what:32}" + "".join(f"{each:9.2f}" for each in found_s))
        return "\n".join(lines)


def measure(project: Project, scene: str, scrubs: int = _SCRUBS) -> Times:
    """Measure a preview of a scene, on a copy of its project.

    Parameters
    ----------
    project
        Its scenes and assets are copied; nothing is changed.
    scene
        Name of a scene.
    scrubs
        How many frames are asked for each way.
    """
    with _copy(project) as copy, preview_of(copy, scene) as address, page_at(address) as page:
        since_s = time.perf_counter()
        film = page.open(scene)
        page.picture(0, film)
        opened_s = time.perf_counter() - since_s
        _settle(page)
        stood_s = time.perf_counter() - since_s
        page.listen(_LOOKED_S)
        film = page.told("film")
        frames = film["frame_count"]
        chance = random.Random(1)
        jumps = [chance.randrange(frames) for _ in range(scrubs)]
        sweep = [round(each) for each in np.linspace(0, frames - 1, scrubs)]
        jumps_s, sweep_s = ([_asked(page, at, film) for at in each] for each in (jumps, sweep))
        saved_s = {
            (what, share): _saved(page, copy, file, *change, share=share)
            for what, file, change in _changes(copy, scene)
            for share in _SHARES
        }
    return Times(scene, opened_s, stood_s, jumps_s, sweep_s, saved_s)


@contextmanager
def _copy(project: Project) -> Iterator[Project]:
    with tempfile.TemporaryDirectory(prefix="spineanim-bench-") as folder:
        for each in (project.scenes, project.assets):
            shutil.copytree(each, Path(folder) / each.name)
        yield Project(Path(folder).resolve())


def _changes(project: Project, scene: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Give what is saved: a name, a file, and a pattern with its two texts by turns."""
    title = load_script(project.script_file(scene)).beats[-1].title
    yield "a colour of the theme", "assets/theme.toml", (r'(?m)^label = "#\w+"', 'label = "#{}"')
    script = f"assets/script/en/{scene}.toml"
    yield "a word", script, (f'"{re.escape(title)}[0-9A-F]*"', f'"{title}{{}}"')
    yield "a parameter", "assets/anatomy.toml", (r"trial_days = \d", "trial_days = {}")
    yield "a comment in the scene", f"scenes/{scene}.py", ('^"""\\w*', '"""{}')


def _asked(page: Page, frame: int, film: Said) -> float:
    since_s = time.perf_counter()
    page.picture(frame, film)
    return time.perf_counter() - since_s


def _saved(
    page: Page, project: Project, file: str, pattern: str, new: str, *, share: float
) -> float:
    """Save a file while a moment is looked at; return how long it is until it is seen there."""
    film = page.told("film")
    frame = round((film["frame_count"] - 1) * share)
    page.picture(frame, film)
    path = project.root / file
    mark = f"{round(100 * share) % 7 + 3}" if "days" in new else f"{round(100 * share):02X}3A47"
    text, count = re.subn(pattern, new.format(mark), path.read_text(), count=1)
    assert count == 1, f"{file} has no {pattern}"
    since_s = time.perf_counter()
    path.write_text(text)
    film = page.wait("film")
    page.picture(frame, film)
    taken_s = time.perf_counter() - since_s
    _settle(page)
    return taken_s


def _settle(page: Page) -> None:
    """Wait until the whole film stands, as fine as it is going to be."""
    since_s = time.monotonic()
    while time.monotonic() - since_s < _CALM_S:
        progress = page.told("progress")
        is_whole = progress["reached"] >= progress["of"] and progress["baked"] >= progress["bakes"]
        if progress["playing"] or not is_whole:
            since_s = time.monotonic()
        page.listen(0.1)
