"""A film as the list of its plays: what moves or holds, in which beat, over which frames."""

from __future__ import annotations

from dataclasses import dataclass

from spineanim.render.order import Order
from spineanim.render.renderer import FrameSink
from spineanim.render.stage_scene import play_scene
from spineanim.scene import SpineScene


@dataclass(frozen=True)
class Play:
    """A stretch of a film in which one set of moves is played, or the picture holds.

    Attributes
    ----------
    part
        Scene of a programme that it belongs to; empty for a scene by itself and for bridges.
    beat
        The beat, or `title_card`.
    start, end
        First frame, and the frame after the last.
    """

    part: str
    beat: str
    start: int
    end: int


class _Listing(FrameSink):
    """Notes every play and wants none of its frames."""

    def __init__(self) -> None:
        self.plays: list[Play] = []

    def play_begins(self, scene: SpineScene, first: int, count: int) -> None:
        self.plays.append(Play(scene.part_name, scene.beat_name, first, first + count))


def plays_of(order: Order) -> tuple[Play, ...]:
    """Replay a film without drawing a frame, and list its plays.

    Returns
    -------
    Plays in order, without a gap from the first frame to the last.

    Raises
    ------
    SpineanimError
        Content and scene disagree, or the scene's own code fails.
    """
    listing = _Listing()
    play_scene(order.entry, order.settings, order.quality, listing)
    return tuple(listing.plays)
