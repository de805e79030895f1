"""What a film was made with and what it is made of: `manifest.json`."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spineanim.content.settings import Settings
from spineanim.content.timeline import Timeline
from spineanim.render.files import sha256_of
from spineanim.render.quality import Quality

_PACKAGES = ("manim", "numpy", "scipy", "av", "pycairo", "uharfbuzz", "font-source-sans-pro")


def manifest(
    scene: str, settings: Settings, quality: Quality, timeline: Timeline, files: list[Path]
) -> dict[str, Any]:
    """Facts about a finished film.

    Parameters
    ----------
    files
        The finished files, still aside; each is listed with size and SHA-256.
    """
    script = timeline.script
    return {
        "scene": scene,
        "title": script.title,
        "summary": script.summary,
        "language": script.language,
        "versions": {
            "spineanim": version("spineanim"),
            "python": platform.python_version(),
            **{package: version(package) for package in _PACKAGES},
        },
        "parameters": asdict(settings.parameters),
        "quality": quality.name,
        "width_px": quality.width_px,
        "height_px": quality.height_px,
        "fps": quality.fps,
        "frame_count": timeline.frame_count,
        "duration_s": timeline.frame_count / quality.fps,
        "beats": [
            {
                "name": span.name,
                "title": span.text,
                "start_frame": span.start,
                "end_frame": span.end,
                "duration_s": (span.end - span.start) / quality.fps,
            }
            for span in timeline.chapters
        ],
        "files": {
            file.name: {"bytes": file.stat().st_size, "sha256": sha256_of(file)}
            for file in sorted(files)
        },
    }


def write_manifest(facts: dict[str, Any], file: Path) -> None:
    """Write facts as readable JSON."""
    file.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
