"""Draws SVGs by resvg in a process of its own; run as a file, by `raster.py` alone.

Reads JSON from standard input: fonts, and drawings with their sizes. Writes, for each drawing,
the length of its PNG as 8 bytes and the PNG. It holds itself to bounds of time and memory, so
that no drawing, whatever it does to resvg, can hold up or bring down who asked for it.
"""

import contextlib
import json
import resource
import struct
import sys


def _bounded(most_s: int, most_bytes: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, most_s),
        (resource.RLIMIT_AS, most_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):  # some systems have no such bound
            resource.setrlimit(kind, (most, most))


def _main() -> None:
    asked = json.load(sys.stdin)
    _bounded(asked["most_s"], asked["most_bytes"])
    import resvg_py

    for svg, wide, high in asked["drawings"]:
        png = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=wide,
            height=high,
            dpi=96.0,
            skip_system_fonts=True,
            font_files=asked["fonts"],
            font_family=asked["family"],
        )
        sys.stdout.buffer.write(struct.pack("<Q", len(png)) + bytes(png))


if __name__ == "__main__":
    _main()
