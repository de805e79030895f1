"""What a film's own bytes say of its codecs, as web pages must say it (RFC 6381)."""

from __future__ import annotations

from pathlib import Path

import av

from spineanim.errors import OutputError


def media_type(file: Path) -> str:
    """Return a film's type with exact codecs, such as `video/mp4; codecs="avc1.640028"`.

    Raises
    ------
    OutputError
        It is no film in H.264 or AV1, with sound in AAC or none.
    """
    with av.open(str(file)) as film:
        video, sounds = film.streams.video[0].codec_context, film.streams.audio
        codecs = [_video(video.name, bytes(video.extradata or b""), file)]
        codecs += [_sound(bytes(each.codec_context.extradata or b""), file) for each in sounds]
    return f'video/mp4; codecs="{", ".join(codecs)}"'


def _video(codec: str, head: bytes, file: Path) -> str:
    """Name the codec by `head`: what the boxes `avcC` (ISO 14496-15) or `av1C` hold."""
    if codec == "h264" and len(head) >= 4 and head[0] == 1:
        return f"avc1.{head[1:4].hex()}"
    if "av1" in codec and len(head) >= 3 and head[0] == 0x81:
        profile, level = head[1] >> 5, head[1] & 31
        tier = "H" if head[2] & 0x80 else "M"
        depth = (12 if head[2] & 0x20 else 10) if head[2] & 0x40 else 8
        return f"av01.{profile}.{level:02}{tier}.{depth:02}"
    raise OutputError(f"{file.name} is in {codec}, which pages cannot name", "make it anew")


def _sound(head: bytes, file: Path) -> str:
    """Name the sound by its AudioSpecificConfig (ISO 14496-3), which begins with five bits."""
    if not head:
        raise OutputError(f"{file.name} has sound of an unknown kind", "make it anew")
    return f"mp4a.40.{head[0] >> 3}"
