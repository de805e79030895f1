"""Plain Manim scenes end to end: `manim render` and ours, each in a process of its own, in turn."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Final

import numpy as np
from av.video.reformatter import Colorspace
from manim import MovingCamera, Scene, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer
from numpy.typing import NDArray

from benchmarks.likeness import Likeness
from spineanim.render.plain import PlainRenderer
from spineanim.render.plain_film import load_plain, render_plain
from spineanim.render.quality import QUALITIES, Quality
from spineanim.render.stage_scene import manim_options

SCENES: Final = ("TurningShapes", "WrittenWords", "ChangingGraph")
FILE: Final = Path(__file__).with_name("plain_scenes.py")
_ROOT: Final = FILE.parents[1]


PLAIN_EFFORT, PLAIN_CRF = "veryfast", 21
"""How ours are encoded: quickly, and still nearer to their frames than stock films are."""


@dataclass(frozen=True)
class Run:
    """One film made.

    Attributes
    ----------
    clock_s, cpu_s
        Seconds from start to end of the process, and of all processors meanwhile.
    size_bytes
        Size of the film.
    ssim
        How alike the film and its renderer's own frames are.
    """

    clock_s: float
    cpu_s: float
    size_bytes: int
    ssim: float


@dataclass(frozen=True)
class Row:
    """A scene made both ways."""

    scene: str
    stock: Run
    ours: Run

    @property
    def ratio(self) -> float:
        """How many films ours makes in the time of one of stock Manim's."""
        return self.stock.clock_s / self.ours.clock_s

    def line(self) -> str:
        """Row of the table."""
        one, other = self.stock, self.ours
        return (
            f"{self.scene:<16}{one.clock_s:9.1f}{other.clock_s:9.1f}{self.ratio:8.2f}"
            f"{one.cpu_s:9.1f}{other.cpu_s:9.1f}{one.ssim:10.5f}{other.ssim:10.5f}"
            f"{one.size_bytes / 1e6:8.2f}{other.size_bytes / 1e6:8.2f}"
        )


def compare(
    scene: str,
    quality: Quality = QUALITIES["high"],
    *,
    file: Path = FILE,
    repeats: int = 3,
    jobs: int | None = None,
) -> Row:
    """Render a scene both ways in turn; the quickest of each counts.

    Parameters
    ----------
    scene, file
        What is rendered.
    quality
        Size and rate; how finely stock Manim encodes is its own affair.
    repeats
        How often.
    jobs
        Workers of ours; as many as there are cores when omitted.
    """
    with TemporaryDirectory() as folder:
        place, film = Path(folder), Path(folder) / "ours.mp4"
        size = f"{quality.width_px},{quality.height_px}"
        options = ["-r", size, "--fps", str(quality.fps), "--media_dir", str(place / "media")]
        quiet = ["--disable_caching", "--progress_bar", "none", "-v", "ERROR"]
        theirs = ["-m", "manim", "render", *options, *quiet, str(file), scene]
        numbers = [quality.width_px, quality.height_px, quality.fps, jobs or os.cpu_count() or 1]
        mine = ["-m", "benchmarks.plain", str(file), scene, *map(str, numbers), str(film)]
        stock, ours = [], []
        for _ in range(repeats):
            stock.append(_timed(theirs))
            ours.append(_timed(mine))
        (made,) = (place / "media").rglob(f"{scene}.mp4")
        return Row(
            scene,
            _run(stock, made, _stock_likeness(file, scene, quality, made)),
            _run(ours, film, _likeness(file, scene, quality, film)),
        )


def _run(times: list[tuple[float, float]], film: Path, ssim: float) -> Run:
    clock_s, cpu_s = (min(each) for each in zip(*times, strict=True))
    return Run(clock_s, cpu_s, film.stat().st_size, ssim)


def _timed(arguments: list[str]) -> tuple[float, float]:
    """Run Python; seconds on the clock, and of all processors."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    subprocess.run(
        [sys.executable, *arguments], check=True, env=environment, stdout=subprocess.DEVNULL
    )
    clock_s, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock_s, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Every:
    """Wants every frame of a plain scene."""

    def __init__(self, take: Callable[[NDArray[np.uint8]], None]) -> None:
        self.take = take

    def play_begins(self, first: int, count: int) -> None:
        """Nothing to prepare."""

    def wants(self, frame: int) -> bool:
        """All are wanted."""
        del frame
        return True

    def identify(self, frame: int, digest: bytes) -> None:
        """Names do not matter."""

    def put(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        """Take a frame."""
        del frame
        self.take(pixels)


def _likeness(file: Path, scene: str, quality: Quality, film: Path) -> float:
    """SSIM of our film against our frames."""
    found = Likeness(film, Colorspace.ITU709)
    with tempconfig(manim_options(quality)):
        _play(load_plain(file, scene), PlainRenderer(Every(found.take)))
    return found.mean()


def _stock_likeness(file: Path, scene: str, quality: Quality, film: Path) -> float:
    """SSIM of stock Manim's film against its own frames."""
    found = Likeness(film, Colorspace.ITU601)

    class Writer(SimpleNamespace):
        """Stands in for Manim's file writer."""

        def __init__(self, settings: object) -> None:
            del settings
            output = SimpleNamespace(is_still=False)
            super().__init__(sections=[SimpleNamespace(skip_animations=False)], output_spec=output)

        def write_frame(self, pixels: NDArray[np.uint8], repeat: int = 1) -> None:
            for _ in range(repeat):
                found.take(pixels)

        def __getattr__(self, name: str) -> Callable[..., None]:
            return lambda *_, **__: None

    with tempconfig({**manim_options(quality), "disable_caching": True, "dry_run": False}):
        _play(load_plain(file, scene), CairoRenderer(Writer, camera_class=MovingCamera))  # type: ignore[arg-type]
    return found.mean()


def _play(scene: type[Scene], renderer: CairoRenderer) -> None:
    played = scene(renderer=renderer)
    played.setup()
    played.construct()


def table(rows: list[Row]) -> str:
    """Lines of a table of all scenes."""
    head = (
        f"{'plain scenes':<16}{'stock s':>9}{'ours s':>9}{'ratio':>8}{'cpu s':>9}{'cpu s':>9}"
        f"{'SSIM':>10}{'SSIM':>10}{'MB':>8}{'MB':>8}"
    )
    return "\n".join([head, *(row.line() for row in rows)])


def main(file: str, scene: str, width: str, height: str, fps: str, jobs: str, film: str) -> None:
    """Render a scene our way; what the command in `compare` starts."""
    quality = replace(
        QUALITIES["high"],
        width_px=int(width),
        height_px=int(height),
        fps=int(fps),
        crf=PLAIN_CRF,
        effort=PLAIN_EFFORT,
    )
    render_plain(Path(file), scene, quality, Path(film), int(jobs))


if __name__ == "__main__":
    if sys.argv[1:]:
        main(*sys.argv[1:])
    else:
        print(table([compare(scene) for scene in SCENES]))
