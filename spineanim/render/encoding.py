"""How the frames of a film are written: file format, codec, size, rate, fineness."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from spineanim.render.quality import Quality


@dataclass(frozen=True)
class Encoding:
    """Everything besides the pixels that decides the bytes of a film.

    Attributes
    ----------
    format
        Ending of the file: `mp4`, `webm`, `mov`, `gif`, or `png` for a folder of pictures.
    codec
        `h264`, `av1`, `vp9`, `prores`, or `png` where frames are kept as they are.
    width_px, height_px, fps
        Size and rate.
    level
        H.264 level.
    crf
        Constant rate factor of the codec; lower is finer.
    alpha
        Whether what is clear in a frame stays clear in the film.
    """

    format: str
    codec: str
    width_px: int
    height_px: int
    fps: int
    level: str
    crf: int
    alpha: bool = False

    @property
    def key(self) -> str:
        """Digest of all that decides the bytes of an encoded segment; the format does not."""
        facts = asdict(self)
        del facts["format"]
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    @property
    def suffix(self) -> str:
        """What a folder's name takes for it: nothing for H.264 in MP4."""
        usual = {"mp4": "h264", "webm": "vp9", "mov": "prores", "gif": "png", "png": "png"}
        format_ = "" if self.format == "mp4" else f"-{self.format}"
        codec = "" if self.codec == usual[self.format] else f"-{self.codec}"
        return f"{format_}{codec}{'-transparent' if self.alpha else ''}"


def web_film(quality: Quality) -> Encoding:
    """H.264 in MP4, which plays everywhere."""
    return Encoding(
        format="mp4",
        codec="h264",
        width_px=quality.width_px,
        height_px=quality.height_px,
        fps=quality.fps,
        level=quality.level,
        crf=quality.crf,
    )
