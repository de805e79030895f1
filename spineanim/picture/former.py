"""What this process has made last for another body: in haste it is moved to where it is now.

A preview plays a film again and again with the body changed a little. What has only been posed
anew need not be made anew to be seen in its new place; the film's own follows.
"""

from __future__ import annotations

from spineanim.geometry.solids.base import digest_of
from spineanim.picture.kept import _memory  # what stands in that module would bake anew


def former(*about: object) -> object | None:
    """Return what was held last about something, if this process still remembers it.

    Parameters
    ----------
    about
        All that it depends on but where the body stands; see `digest_of`.
    """
    memory = _memory.get()
    return None if memory is None else memory.get(_name(about))


def hold(value: object, *about: object) -> None:
    """Remember what was made in full, in place of what was held before; see `former`."""
    memory = _memory.get()
    if memory is not None:
        memory[_name(about)] = value


def _name(about: tuple[object, ...]) -> str:
    return digest_of(("former", about))
