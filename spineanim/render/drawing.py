"""Draw and encode one segment of a film while it is played."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from spineanim.render.drawing_code import drawing_key
from spineanim.render.encode import SegmentEncoder
from spineanim.render.encoding import Encoding
from spineanim.render.renderer import Frame, FrameSink
from spineanim.render.segments import Segment

_KEY_BYTES: Final = 16


class ContentKey:
    """Grows into the name of a segment from the digests of its frames.

    Parameters
    ----------
    encoding
        How the segment is encoded.
    """

    def __init__(self, encoding: Encoding) -> None:
        self._hash = hashlib.blake2b(digest_size=_KEY_BYTES)
        self._hash.update(f"{drawing_key()} {encoding.key}".encode())

    def add(self, frame_digest: bytes) -> None:
        """Take the digest of the next frame."""
        self._hash.update(frame_digest)

    @property
    def hex(self) -> str:
        """Name of what has been added so far."""
        return self._hash.hexdigest()


@dataclass(frozen=True)
class Drawn:
    """A segment that has been drawn and encoded.

    Attributes
    ----------
    segment
        Which.
    key
        Name of its content.
    packed
        Its encoded frames.
    cost_s
        Processor time it took.
    """

    segment: Segment
    key: str
    packed: bytes
    cost_s: float


class SegmentSink(FrameSink):
    """Takes the frames of one segment after another and encodes them.

    Parameters
    ----------
    encoding
        How.
    next_segment
        Asked for a segment when the one before is done; None ends the play. Segments come in
        the order of the film.
    take
        Told of each that is finished.
    """

    def __init__(
        self,
        encoding: Encoding,
        next_segment: Callable[[], Segment | None],
        take: Callable[[Drawn], None],
    ) -> None:
        self.encoding, self.next_segment, self.take = encoding, next_segment, take
        self._segment: Segment | None = None
        self._is_done = False

    def wants(self, frame: int) -> bool:
        """Whether a frame belongs to the segment at hand."""
        if self._segment is None and not self._is_done:
            self._begin()
        return self._segment is not None and self._segment.start <= frame < self._segment.end

    def _begin(self) -> None:
        self._segment = self.next_segment()
        self._is_done = self._segment is None
        self._encoder, self._key = SegmentEncoder(self.encoding), ContentKey(self.encoding)
        self._digest, self._is_same = b"", False
        self._since = time.process_time()

    def identify(self, frame: int, digest: bytes) -> None:
        """Note what a frame is drawn from."""
        self._key.add(digest)
        self._is_same, self._digest = digest == self._digest, digest

    def put(self, frame: int, pixels: Frame) -> None:
        """Encode a frame; with the last one the segment is finished."""
        if self._is_same:
            self._encoder.again()
        else:
            self._encoder.put(pixels)
        assert self._segment is not None
        if frame + 1 == self._segment.end:
            packed = self._encoder.finish().packed()
            cost_s = time.process_time() - self._since
            segment, self._segment = self._segment, None
            self.take(Drawn(segment, self._key.hex, packed, cost_s))

    def done(self) -> bool:
        """Whether no segment is left."""
        return self._is_done
