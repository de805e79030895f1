"""What a film was made with and what it is made of: `manifest.json`."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from spineanim.render.clip import Stretch
from spineanim.render.files import sha256_of
from spineanim.render.order import Order
from spineanim.render.recipe import RecipeNames

_PACKAGES = ("manim", "numpy", "scipy", "av", "pycairo", "uharfbuzz", "font-source-sans-pro")


def manifest(order: Order, stretch: Stretch, files: list[Path]) -> dict[str, Any]:
    """Facts about a finished film.

    Parameters
    ----------
    order
        What was made.
    stretch
        Which part of the film.
    files
        The finished files, still aside; each is listed with size and SHA-256.
    """
    settings, quality, timeline = order.settings, order.quality, order.timeline
    script = timeline.script
    return {
        "scene": order.entry.name,
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
        "format": order.encoding.format,
        "codec": order.encoding.codec,
        "recipe": RecipeNames(order).of_film(stretch.start, stretch.end),
        "first_frame": stretch.start,
        "frame_count": len(stretch),
        "duration_s": len(stretch) / quality.fps,
        "beats": [
            {
                "name": span.name,
                "title": span.text,
                "start_frame": span.start,
                "end_frame": span.end,
                "duration_s": (span.end - span.start) / quality.fps,
            }
            for span in stretch.spans(timeline.chapters)
        ],
        "files": {
            file.name: {"bytes": file.stat().st_size, "sha256": sha256_of(file)}
            for file in sorted(files)
        },
    }


def write_manifest(facts: dict[str, Any], file: Path) -> None:
    """Write facts as readable JSON."""
    file.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
