"""Codecs are named as browsers know them, from the bytes of the file."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from spineanim.errors import OutputError
from spineanim.publish.codec_strings import media_type


def film(file: Path, codec: str, sound: bool = False) -> Path:
    with av.open(str(file), "w") as container:
        video = container.add_stream(codec, rate=30, options={"level": "4.0"})
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        audio = container.add_stream("aac", rate=48_000) if sound else None
        picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        container.mux(video.encode(picture))
        container.mux(video.encode(None))
        if audio is not None:
            assert isinstance(audio, av.AudioStream)
            silence = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp")
            silence.sample_rate = 48_000
            container.mux(audio.encode(silence))
            container.mux(audio.encode(None))
    return file


def test_sound_is_named_too(tmp_path: Path) -> None:
    file = film(tmp_path / "film.mp4", "libx264", sound=True)
    kind = media_type(file)
    head, sound = kind.split(", ")
    assert sound == 'mp4a.40.2"'
    assert head.startswith('video/mp4; codecs="avc1.') and head.endswith("28")  # level 4.0


def test_another_codec_has_no_name(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"film\.mp4 is in mpeg4"):
        media_type(film(tmp_path / "film.mp4", "mpeg4"))
