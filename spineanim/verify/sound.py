"""The sound of film files: how loud it is, how long, and in what shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Final

import av
from av.filter import Graph
from av.filter.context import FilterContext

from spineanim.sound.loudness import TARGET_LUFS
from spineanim.sound.samples import RATE_HZ
from spineanim.verify.film_files import AGAIN, rendition_files
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.probe import Probe, probe
from spineanim.verify.streams import LANGUAGES

CLOSE_LU: Final = 1.5
HIGHEST_DB: Final = -1.0
"""True peak above which players distort."""
CLOSE_S: Final = 0.1
CHANNELS: Final = 2
_SILENCE_LUFS: Final = -70.0
_SILENT: Final = 1e-6


@dataclass(frozen=True)
class Measured:
    """How loud a sound is on the whole, its highest true peak (dB of full scale), its length."""

    loudness_lufs: float
    peak_db: float
    length_s: float


def check_sound(film: PublishedFilm) -> Iterator[Finding]:
    """Listen to every rendition."""
    for _, file in rendition_files(film):
        try:
            found = probe(file)
            told = list(_wrong(film, file, found))
        except ValueError as error:
            told = [] if "opened" in str(error) else [str(error)]
        for what in told:
            yield Finding("sound", film.name_of(file), what, AGAIN)


def _wrong(film: PublishedFilm, file: Path, found: Probe) -> Iterator[str]:
    if not found.sounds:
        if film.facts.has_sound:
            yield "has no sound, but the manifest says that somebody speaks"
        return
    if not film.facts.has_sound:
        yield "has sound, but the manifest says that nobody speaks"
    sound = found.sounds[0]
    if (sound.codec, sound.profile) != ("aac", "LC"):
        yield f"its sound is {sound.codec} {sound.profile}, not AAC-LC, which plays everywhere"
    if sound.rate_hz != RATE_HZ or sound.channels != CHANNELS:
        given = f"{sound.rate_hz} Hz in {sound.channels} channels"
        yield f"its sound is of {given}, not {RATE_HZ} Hz in {CHANNELS}"
    language = LANGUAGES.get(film.facts.language, film.facts.language)
    if sound.language != language:
        yield f"says that its sound is in `{sound.language or 'none'}`, not `{language}`"
    measured = measure(file)
    off_lu = measured.loudness_lufs - TARGET_LUFS
    if abs(off_lu) > CLOSE_LU:
        way = "louder" if off_lu > 0 else "softer"
        yield (
            f"is {measured.loudness_lufs:.1f} LUFS, {abs(off_lu):.1f} LU {way} than "
            f"the {TARGET_LUFS:g} of films on the web"
        )
    if measured.peak_db > HIGHEST_DB:
        yield f"its true peak is {measured.peak_db:.1f} dB, above {HIGHEST_DB:g} dB"
    if found.rate:
        pictures_s = len(found.packets) / float(found.rate)
        if abs(measured.length_s - pictures_s) > CLOSE_S:
            yield f"its sound lasts {measured.length_s:.2f} s, its pictures {pictures_s:.2f} s"


def measure(file: Path) -> Measured:
    """Decode the sound of a film and measure it as ITU-R BS.1770 says.

    Raises
    ------
    ValueError
        It cannot be decoded to its end.
    """
    try:
        with av.open(str(file), "r") as container:
            return _measured(container)
    except (av.FFmpegError, OSError) as error:
        raise ValueError(f"its sound cannot be decoded ({type(error).__name__})") from None


def _measured(container: av.container.InputContainer) -> Measured:
    stream = container.streams.audio[0]
    graph = Graph()
    source = graph.add_abuffer(template=stream)
    # One channel is played from both sides, and so is twice as loud as it is measured.
    meter = graph.add("ebur128", "metadata=1:peak=true:dualmono=true:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    count, rate_hz = 0, stream.codec_context.sample_rate
    loudness_lufs, peak = _SILENCE_LUFS, 0.0
    for frame in (*container.decode(stream), None):
        count += frame.samples if frame else 0
        source.push(frame)
        for noted in _noted(sink):
            loudness_lufs = float(noted.get("lavfi.r128.I", loudness_lufs))
            peaks = (float(text) for name, text in noted.items() if "r128.true_peaks_ch" in name)
            peak = max([peak, *peaks])
    return Measured(loudness_lufs, 20 * log10(max(peak, _SILENT)), count / rate_hz)


def _noted(sink: FilterContext) -> Iterator[dict[str, str]]:
    """Take what the meter passes on, and yield what it has noted."""
    while True:
        try:
            yield dict(sink.pull().metadata)
        except (av.BlockingIOError, av.EOFError):
            return
