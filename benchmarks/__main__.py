"""Print both tables: the cameras side by side, and the film "pump" by beat."""

from __future__ import annotations

from pathlib import Path

from benchmarks import cameras, film
from spineanim.content.project import find_project

if __name__ == "__main__":
    print(cameras.table(cameras.both()), flush=True)
    print()
    print(film.table(film.measure(find_project(Path(__file__).parent), "pump")))
