"""The order and content of boxes in MP4 files: whether films start soon and show true colours."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from spineanim.verify.film_files import AGAIN, rendition_files
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.mp4 import Mp4, Mp4Error, Track, read_mp4

BRANDS: Final = frozenset({"isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "av01"})
_COLOUR: Final = b"nclx" + struct.pack(">HHHB", 1, 1, 1, 0)
"""Primaries, transfer and matrix of BT.709, limited range."""
_LEAD_S: Final = 0.05
"""What an encoder of sound puts before the first sample; an edit list takes it away."""
_CLOSE_S: Final = 0.1
_Told = tuple[str, str]


def check_boxes(film: PublishedFilm) -> Iterator[Finding]:
    """Look at the boxes of every rendition."""
    for _, file in rendition_files(film):
        try:
            told = list(_wrong(read_mp4(file)))
        except Mp4Error as error:
            told = [(str(error), AGAIN)]
        for what, remedy in told:
            yield Finding("boxes", film.name_of(file), what, remedy)


def _wrong(mp4: Mp4) -> Iterator[_Told]:
    if mp4.order[0] != "ftyp" or mp4.brands[0] not in BRANDS:
        yield f"says first that it is `{mp4.brands[0]}`, which browsers may not take for MP4", AGAIN
    if "moof" in mp4.order:
        yield "is in fragments, which not every player takes as one file", AGAIN
    if "mdat" not in mp4.order:
        yield "holds no pictures", AGAIN
    elif mp4.order.index("moov") > mp4.order.index("mdat"):
        yield (
            "its index (`moov`) stands behind the pictures, so it starts only when all is loaded",
            f"{AGAIN}, or move it to the front (FFmpeg: `-c copy -movflags +faststart`)",
        )
    length_s = mp4.length / mp4.timescale
    longest_s = max((track.length / track.timescale for track in mp4.tracks), default=0.0)
    if abs(longest_s - length_s) > _CLOSE_S:
        lasts = f"its longest track lasts {longest_s:.2f} s"
        yield f"says that it lasts {length_s:.2f} s, but {lasts}", AGAIN
    for track in mp4.tracks:
        yield from _shifted(mp4, track)
        if track.handler == "vide":
            yield from _untrue_colours(track)


def _untrue_colours(track: Track) -> Iterator[_Told]:
    colour = track.entry.get("colr")
    if colour is None:
        yield "has no `colr` box, so players guess its colours", AGAIN
    elif colour[:4] != _COLOUR[:4] or len(colour) < len(_COLOUR):
        yield "its `colr` box is not of the kind `nclx`", AGAIN
    elif colour[: len(_COLOUR)] != _COLOUR:
        *codes, flags = struct.unpack_from(">HHHB", colour, 4)
        said = "/".join(map(str, codes)) + (" full" if flags & 128 else " limited")
        yield f"its `colr` box says {said}, not 1/1/1 limited (BT.709)", AGAIN


def _shifted(mp4: Mp4, track: Track) -> Iterator[_Told]:
    """Say where an edit list moves a track against the clock, or cuts it."""
    if not track.edits:
        if track.handler == "vide" and track.first_offset:
            late_s = track.first_offset / track.timescale
            yield f"its pictures begin {late_s:.3f} s late, with no edit list for it", AGAIN
        return
    what = "pictures" if track.handler == "vide" else "sound"
    if len(track.edits) > 1 or track.edits[0].start < 0 or track.edits[0].rate != 1.0:
        yield f"an edit list moves its {what} against the clock", AGAIN
        return
    edit = track.edits[0]
    early_s = (edit.start - track.first_offset) / track.timescale
    most_s = 0.0 if track.handler == "vide" else _LEAD_S
    if not 0.0 <= early_s <= most_s:
        yield f"an edit list moves its {what} by {-early_s:+.3f} s", AGAIN
    shown_s, there_s = edit.length / mp4.timescale, track.length / track.timescale
    if abs(shown_s - there_s) > _CLOSE_S:
        yield f"an edit list shows {shown_s:.2f} s of the {there_s:.2f} s of its {what}", AGAIN
