"""A whole film: all of it, its encoding alone, again unchanged, and after one caption edit."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.memory import Watch
from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.render.catalog import find_scene
from spineanim.render.encode import SegmentEncoder
from spineanim.render.encoding import Encoding, web_film
from spineanim.render.quality import QUALITIES
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.segments import Segment, cut
from spineanim.render.stage_scene import play_scene
from spineanim.vault.kinds import BAKES
from spineanim.vault.places import ROOT_VARIABLE, cache_root

_CAPTION: Final = re.compile(r'(at_s = [\d.]+, text = "[^"]*)([^"])(")')
_COMMAND: Final = "from spineanim.cli.main import main; main()"


@dataclass(frozen=True)
class Whole:
    """What a film costs.

    Attributes
    ----------
    scene
        The film.
    full_s, full_cpu_s
        All of it, from the command to its end, on the clock and of all processors; what is baked
        was there.
    encoding_s
        Its encoding alone: the same segments of the same frames, ready in memory, in as many
        processes.
    unchanged_s, edited_s
        The same command again, and after another letter in one caption.
    peak_bytes, peak_share_bytes
        Most memory of one process, and that with what is shared counted in parts.
    jobs
        Processes at work.
    """

    scene: str
    full_s: float
    full_cpu_s: float
    encoding_s: float
    unchanged_s: float
    edited_s: float
    peak_bytes: int
    peak_share_bytes: int
    jobs: int

    def table(self) -> str:
        """Lines of a table."""
        full, encoding = self.full_s, self.encoding_s
        return "\n".join(
            (
                f"{self.scene} end to end            {full:9.1f} s",
                f"encoding its ready frames   {encoding:9.1f} s   ratio {full / encoding:.2f}",
                f"processors were busy        {self.full_cpu_s:9.1f} s"
                f"   ratio {self.full_cpu_s / (encoding * self.jobs):.2f}",
                f"again, nothing changed      {self.unchanged_s:9.2f} s",
                f"after one caption edit      {self.edited_s:9.1f} s   {self.edited_s / full:.1%}",
                f"most memory of one process  {self.peak_bytes / 1e6:9.0f} MB"
                f"  (its share: {self.peak_share_bytes / 1e6:.0f} MB)",
            )
        )


def measure(project: Project, scene: str, quality: str = "high", jobs: int | None = None) -> Whole:
    """Render a film of a copy of a project, whose segments are kept nowhere else.

    Parameters
    ----------
    project, scene, quality
        What is rendered.
    jobs
        Processes at work; as many as there are cores when omitted.
    """
    jobs = jobs or os.cpu_count() or 1
    with TemporaryDirectory() as folder, _own_cache(Path(folder) / "kept"):
        copy = _copied(project, Path(folder) / "project")
        with Watch() as watch:
            full_s, full_cpu_s = _render(copy, scene, quality, jobs)
        unchanged_s, _ = _render(copy, scene, quality, jobs)
        edit_caption(copy, scene)
        edited_s, _ = _render(copy, scene, quality, jobs)
    alone = encoding_alone_s(project, scene, quality, jobs)
    peaks = watch.peak_bytes, watch.peak_share_bytes
    return Whole(scene, full_s, full_cpu_s, alone, unchanged_s, edited_s, *peaks, jobs)


@contextmanager
def _own_cache(folder: Path) -> Iterator[None]:
    """Keep segments in a folder of their own; bakes are those of the user."""
    bakes = cache_root() / BAKES.name
    bakes.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    (folder / BAKES.name).symlink_to(bakes.resolve())
    before = os.environ.get(ROOT_VARIABLE)
    os.environ[ROOT_VARIABLE] = str(folder)
    try:
        yield
    finally:
        del os.environ[ROOT_VARIABLE]
        if before is not None:
            os.environ[ROOT_VARIABLE] = before


def _copied(project: Project, root: Path) -> Project:
    for folder in (project.scenes, project.assets):
        shutil.copytree(folder, root / folder.name)
    return Project(root)


def _render(project: Project, scene: str, quality: str, jobs: int) -> tuple[float, float]:
    """Render with the command; seconds on the clock, and of all processors."""
    code = str(Path(__file__).parents[1])
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [
            sys.executable,
            "-c",
            _COMMAND,
            "render",
            scene,
            "--quality",
            quality,
            "--jobs",
            str(jobs),
        ],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": code},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    clock_s, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock_s, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def edit_caption(project: Project, scene: str) -> None:
    """Change the last letter of the caption in the middle of a scene's English script."""
    file = project.assets / "script" / "en" / f"{scene}.toml"
    text = file.read_text(encoding="utf-8")
    found = list(_CAPTION.finditer(text))
    middle = found[len(found) // 2]
    other = "!" if middle[2] != "!" else "."
    file.write_text(text[: middle.start(2)] + other + text[middle.end(2) :], encoding="utf-8")


# -- encoding alone --------------------------------------------------------------------------------


def encoding_alone_s(project: Project, scene: str, quality: str, jobs: int) -> float:
    """Seconds that encoding all frames takes processes which have every core to themselves.

    Each draws every so many segments, and encodes one when all its frames are in memory; what
    encoding takes of the processor is counted, and shared out evenly.
    """
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        shares = [
            pool.submit(_encode_share, project, scene, quality, number, jobs)
            for number in range(jobs)
        ]
        return sum(each.result() for each in shares) / jobs


def _encode_share(project: Project, scene: str, quality: str, number: int, of: int) -> float:
    settings, drawn_at = load_settings(scene, project), QUALITIES[quality]
    sink = _EncodeAlone(cut(settings.timeline(drawn_at.fps))[number::of], web_film(drawn_at))
    play_scene(find_scene(project, scene), settings, drawn_at, sink)
    return sink.encoding_s


class _EncodeAlone(FrameSink):
    """Collects the frames of segments and times their encoding."""

    def __init__(self, segments: tuple[Segment, ...], encoding: Encoding) -> None:
        self.encoding, self.encoding_s = encoding, 0.0
        self._ends = {each.end for each in segments}
        self._wanted = {frame for each in segments for frame in range(each.start, each.end)}
        self._frames: list[Frame | None] = []
        self._digest, self._is_same = b"", False

    def wants(self, frame: int) -> bool:
        """Whether a frame is in one of the segments."""
        return frame in self._wanted

    def identify(self, frame: int, digest: bytes) -> None:
        """Note whether a frame is like the one before."""
        self._is_same, self._digest = digest == self._digest, digest

    def put(self, frame: int, pixels: Frame) -> None:
        """Keep a frame, unless it is like that before; encode all with the last of a segment."""
        self._frames.append(None if self._is_same and self._frames else pixels.copy())
        if frame + 1 in self._ends:
            since = time.process_time()
            encoder = SegmentEncoder(self.encoding)
            for each in self._frames:
                if each is None:
                    encoder.again()
                else:
                    encoder.put(each)
            encoder.finish()
            self.encoding_s += time.process_time() - since
            self._frames.clear()
