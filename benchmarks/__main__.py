"""Print all tables: cameras, plain scenes, the film "pump" by beat and end to end, the preview."""

from __future__ import annotations

from pathlib import Path

from benchmarks import cameras, film, plain, preview, whole
from spineanim.content.project import find_project

if __name__ == "__main__":
    print(cameras.table(cameras.both()), flush=True)
    print()
    print(plain.table([plain.compare(scene) for scene in plain.SCENES]), flush=True)
    print()
    project = find_project(Path(__file__).parent)
    print(whole.measure(project, "pump").table(), flush=True)
    print()
    print(film.table(film.measure(project, "pump")), flush=True)
    print()
    print(preview.measure(project, "pump").table())
