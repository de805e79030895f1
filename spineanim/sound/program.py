"""The program that reads captions aloud, which a machine may have or not."""

from __future__ import annotations

from typing import Final

PROGRAM: Final = "espeak-ng"
INSTALLING: Final = f"sudo apt-get install -y {PROGRAM} (on macOS: brew install {PROGRAM})"
