"""What is to be drawn, and how it is written: all that a worker must know."""

from __future__ import annotations

from dataclasses import dataclass

from spineanim.content.settings import Settings
from spineanim.content.timeline import Timeline
from spineanim.render.catalog import SceneEntry
from spineanim.render.encoding import Encoding
from spineanim.render.quality import Quality


@dataclass(frozen=True)
class Order:
    """A film to be made.

    Attributes
    ----------
    entry
        The scene.
    settings
        Theme, words and parameters.
    quality
        Size and rate.
    encoding
        How frames are written; one that keeps what is clear has no ground drawn.
    """

    entry: SceneEntry
    settings: Settings
    quality: Quality
    encoding: Encoding

    @property
    def timeline(self) -> Timeline:
        """Where every beat lies."""
        return self.settings.timeline(self.quality.fps)
