"""What is seen and heard in films: words, flashes, stillness, sound; and tracks beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from spineanim.content.fonts import font_file
from spineanim.sound.loudness import levelled
from spineanim.upload import Beat, Box, FilmFacts, Patch, Rendition, Words
from spineanim.verify.boxes import check_boxes
from spineanim.verify.finding import PublishedFilm
from spineanim.verify.sound import check_sound, measure
from spineanim.verify.track_times import check_tracks
from tests.sounds import tone
from tests.verify.films import LOOKING, MAIN, OF_SMALL, encoded, said

pytestmark = [pytest.mark.slow, pytest.mark.render]
WIDTH_PX, HEIGHT_PX, FPS = 640, 360, 30
GROUND, INK = "#eef3f5", "#14303d"
TYPE_PX = 20
TEXT = "Catheter tip"
RGB = NDArray[np.uint8]


def page(
    text: str = TEXT, ink: str = INK, ground: str = GROUND, type_px: int = TYPE_PX, disc: int = 300
) -> RGB:
    """Draw a picture with words whose box is (40, 44) to 112 x 20, and a disc."""
    picture = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), ground)
    draw = ImageDraw.Draw(picture)
    letters = ImageFont.truetype(str(font_file("SemiBold")), type_px)
    draw.text((40, 62), text, font=letters, fill=ink, anchor="ls")
    draw.ellipse((disc, 200, disc + 40, 240), fill="#0b6e8c")
    return np.asarray(picture, np.uint8)


def words(**changes: Any) -> Words:
    return replace(
        Words("first", 5, TEXT, "label", Box(40, 46, 112, 20), float(TYPE_PX), INK), **changes
    )


def film(
    folder: Path, seen: tuple[Words, ...] = (), frames: int = 10, **facts: Any
) -> PublishedFilm:
    """Return a film of one rendition, that is told to have these words."""
    beats = (Beat("first", "First", 0, frames, "", (), (), "stills/first.webp"),)
    rendition = Rendition("1080p", MAIN, 'video/mp4; codecs="avc1.64001e"', WIDTH_PX, HEIGHT_PX)
    box = Box(500, 20, 60, 60)
    patches = tuple(Patch(frames + 1, box, (level, 0, 0)) for level in range(3))
    given = FilmFacts(
        "pump", "A", "B", "C", "en", "0" * 64, "2026-01-31", FPS, frames, False, False, None,
        (rendition,), beats, seen, patches,
    )  # fmt: skip
    return PublishedFilm(folder.parents[1], folder, replace(given, **facts))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "en" / "pump"
    made.mkdir(parents=True)
    return made


def looked(film: PublishedFilm) -> list[str]:
    """Return what is said of the pictures, but of colours, of which these films have none."""
    return [text for text in said(film, LOOKING) if not text.startswith("colour")]


class TestWords:
    def shown(self, folder: Path, *seen: Words, **how: Any) -> list[str]:
        encoded(folder / MAIN, [page(**how, disc=300 + 9 * each) for each in range(10)])
        return looked(film(folder, seen))

    def test_good_words_are_left_alone(self, folder: Path) -> None:
        assert self.shown(folder, words(), words(frame=9)) == []

    @pytest.mark.parametrize(
        ("ink", "ground"), [("#ffffff", "#0b6e8c"), ("#8c2f0b", "#eef3f5"), ("#ffd24a", "#14303d")]
    )
    def test_other_colours_are_good_too(self, folder: Path, ink: str, ground: str) -> None:
        assert self.shown(folder, words(ink=ink), ink=ink, ground=ground) == []

    @pytest.mark.parametrize("ink", ["#8a9aa3", "#b0c4cc", "#e6ecee"])
    def test_faint_words_are_told(self, folder: Path, ink: str) -> None:
        found = self.shown(folder, words(ink=ink), ink=ink)
        assert len(found) == 1
        assert found[0].startswith(
            f"contrast en/pump/{MAIN}: the words 'Catheter tip' at 0:00.2 have a contrast of "
        )

    def test_faint_words_are_told_though_the_manifest_calls_them_dark(self, folder: Path) -> None:
        found = self.shown(folder, words(), ink="#9fb0b8")
        assert len(found) == 1 and found[0].startswith("contrast")

    def test_titles_may_be_fainter(self, folder: Path) -> None:
        ink = "#71838c"  # 3.5
        assert self.shown(folder, words(ink=ink, kind="title"), ink=ink) == []
        assert self.shown(folder, words(ink=ink), ink=ink)[0].startswith("contrast")

    def test_a_ground_that_is_dark_in_part_is_told(self, folder: Path) -> None:
        picture = page().copy()
        picture[40:75, 120:160] = np.minimum(picture[40:75, 120:160], (0x50, 0x60, 0x68))
        encoded(folder / MAIN, [picture] * 10)
        assert [text.split()[0] for text in looked(film(folder, (words(),)))] == ["contrast"]

    def test_words_that_are_not_there_are_told(self, folder: Path) -> None:
        found = self.shown(folder, words(), text="")
        assert len(found) == 1
        assert "are not to be seen where the manifest says" in found[0]

    def test_words_after_the_end_are_told(self, folder: Path) -> None:
        found = self.shown(folder, words(frame=10))
        assert len(found) == 1 and "has no picture 10" in found[0]

    def test_tiny_type_is_told(self, folder: Path) -> None:
        tiny = words(type_px=9.0, box=Box(40, 55, 60, 9))
        found = self.shown(folder, tiny, type_px=9)
        assert len(found) == 1
        assert "are 9.0 px high, less than 9.3 px: 9.0 px on a phone" in found[0]

    def test_type_that_is_smaller_than_it_says_is_told(self, folder: Path) -> None:
        found = self.shown(folder, words(type_px=28.0), type_px=14)
        assert len(found) == 1 and found[0].startswith("type") and " px high, where" in found[0]

    def test_type_that_is_larger_than_it_says_is_told(self, folder: Path) -> None:
        found = self.shown(folder, words(box=Box(40, 40, 170, 26)), type_px=30)
        assert [text.split()[0] for text in found] == ["type"]

    @pytest.mark.parametrize("text", ["nose", "ACE", "Ángel", "gypsum", "¿Qué?", "1-2"])
    def test_letters_of_any_height_agree_with_their_size(self, folder: Path, text: str) -> None:
        assert self.shown(folder, words(text=text), text=text) == []

    def test_a_colour_that_is_none_is_told(self, folder: Path) -> None:
        assert "is no colour" in self.shown(folder, words(ink="#12345"))[0]


class TestFlashes:
    def flashing(self, times: int, rgb: tuple[int, int, int] = (255, 255, 255)) -> list[RGB]:
        dark, light = page(ground="#102030"), page(ground=f"rgb{rgb}")
        return [dark] * 10 + ([light] * 3 + [dark] * 3) * times + [dark] * 10

    def test_a_film_that_flashes_is_told_with_the_time(self, folder: Path) -> None:
        calm = [page(ground="#102030", disc=300 + each) for each in range(45)]
        encoded(folder / MAIN, calm + self.flashing(4))
        found = looked(film(folder))
        assert len(found) == 1
        assert found[0].startswith(
            f"flash en/pump/{MAIN}: flashes 4 times in the second from 0:01.5, more than 3"
        )

    def test_three_flashes_pass(self, folder: Path) -> None:
        encoded(folder / MAIN, self.flashing(3))
        assert looked(film(folder)) == []

    def test_red_flashes_are_told(self, folder: Path) -> None:
        encoded(folder / MAIN, self.flashing(4, (120, 0, 0)))
        assert any("flashes red 4 times" in text for text in looked(film(folder)))


class TestStillness:
    @pytest.fixture(autouse=True)
    def soon(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("spineanim.verify.flash.LONGEST_STILL_S", 2.0)

    def test_a_film_that_stands_still_is_told_as_a_warning(self, folder: Path) -> None:
        moving = [page(disc=300 + each) for each in range(30)]
        encoded(folder / MAIN, moving + [moving[-1]] * 80)
        (finding,) = (
            each for check in LOOKING for each in check(film(folder)) if each.check != "colour"
        )
        assert finding.check == "frozen" and not finding.is_failure
        assert finding.what.startswith("stands still for 2.7 s from 0:01.0")

    def test_slow_motion_is_motion(self, folder: Path) -> None:
        encoded(folder / MAIN, [page(disc=300 + each // 20) for each in range(110)])
        assert looked(film(folder)) == []


def sounding(lasts_s: float, gain: float = 1.0) -> NDArray[np.float32]:
    """Make sound (2, N) at -16 LUFS, times a gain."""
    samples = levelled(tone(lasts_s)) * np.float32(gain)
    return np.stack([samples, samples])


class TestSound:
    def heard(self, folder: Path, sound: NDArray[np.float32], **how: Any) -> list[str]:
        has_sound = how.pop("has_sound", True)
        encoded(folder / MAIN, [page()] * 60, sound=sound, **how)
        return said(film(folder, has_sound=has_sound), [check_sound, check_boxes])

    def test_good_sound_is_left_alone(self, folder: Path) -> None:
        assert self.heard(folder, sounding(2.0)) == []
        measured = measure(folder / MAIN)
        assert abs(measured.loudness_lufs + 16.0) < 0.3 and abs(measured.length_s - 2.0) < 0.05

    @pytest.mark.parametrize(("gain", "way"), [(0.7, "softer"), (1.4, "louder")])
    def test_loudness_is_told(self, folder: Path, gain: float, way: str) -> None:
        found = self.heard(folder, sounding(2.0, gain))
        assert len(found) == 1 and way in found[0]

    def test_peaks_are_told(self, folder: Path) -> None:
        sound = sounding(2.0)
        sound[:, 48_000:48_040] = 0.99
        found = self.heard(folder, sound)
        assert len(found) == 1 and "its true peak is" in found[0]

    def test_one_channel_is_told(self, folder: Path) -> None:
        found = self.heard(folder, sounding(2.0)[:1])
        assert len(found) == 1 and "of 48000 Hz in 1 channels" in found[0]

    def test_another_codec_is_told(self, folder: Path) -> None:
        found = self.heard(folder, sounding(2.0), sound_codec="libmp3lame")
        assert len(found) == 1 and "not AAC-LC" in found[0]

    def test_another_language_is_told(self, folder: Path) -> None:
        found = self.heard(folder, sounding(2.0), sound_language="spa")
        assert len(found) == 1 and "its sound is in `spa`, not `eng`" in found[0]

    def test_sound_of_another_length_is_told(self, folder: Path) -> None:
        found = self.heard(folder, sounding(1.5))
        assert len(found) == 1 and "its sound lasts 1.5" in found[0]

    def test_sound_that_the_manifest_does_not_know_is_told(self, folder: Path) -> None:
        found = self.heard(folder, sounding(2.0), has_sound=False)
        assert len(found) == 1 and "says that nobody speaks" in found[0]

    def test_sound_that_is_not_there_is_told(self, folder: Path) -> None:
        encoded(folder / MAIN, [page()] * 6)
        found = said(film(folder, has_sound=True), [check_sound])
        assert len(found) == 1 and "has no sound" in found[0]


@pytest.fixture(scope="module")
def tracked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a film of 20 seconds, to lay tracks beside."""
    folder = tmp_path_factory.mktemp("tracks") / "en" / "pump"
    folder.mkdir(parents=True)
    encoded(folder / MAIN, [np.zeros((36, 64, 3), np.uint8)] * 600)
    return folder


class TestTracks:
    def told(self, folder: Path, track: str, *cues: tuple[float, float, str]) -> list[str]:
        blocks = ["WEBVTT", *(f"00:{a:06.3f} --> 00:{b:06.3f}\n{text}" for a, b, text in cues)]
        for file in folder.glob("*.vtt"):
            file.unlink()
        (folder / f"{track}.vtt").write_text("\n\n".join(blocks))
        return [text.split("pump/")[1] for text in said(film(folder, frames=600), [check_tracks])]

    @pytest.mark.parametrize("track", ["captions", "chapters", "descriptions"])
    def test_good_tracks_are_left_alone(self, tracked: Path, track: str) -> None:
        assert self.told(tracked, track, (0, 7.5, "One"), (7.5, 14, "Two"), (14, 20, "Three")) == []

    def test_a_shifted_track_is_told(self, tracked: Path) -> None:
        found = self.told(tracked, "captions", (5, 12, "One"), (12, 21, "Two"))
        assert len(found) == 1
        assert found[0].startswith("captions.vtt: line 6: ends at 21.00 s, after the film, which")

    def test_chapters_leave_no_gap(self, tracked: Path) -> None:
        found = self.told(tracked, "chapters", (1, 9, "One"), (11, 19, "Two"))
        assert [text.split(" of")[0] for text in found] == [
            "chapters.vtt: no chapter covers 0:00.0 to 0:01.0",
            "chapters.vtt: no chapter covers 0:09.0 to 0:11.0",
            "chapters.vtt: no chapter covers 0:19.0 to 0:20.0",
        ]

    def test_captions_do_not_overlap(self, tracked: Path) -> None:
        found = self.told(tracked, "captions", (1, 9, "One"), (8, 12, "Two"))
        assert len(found) == 1 and "begins before the cue above it ends" in found[0]

    @pytest.mark.parametrize(
        ("end_s", "text", "what"),
        [
            (0.5, "One", "is shown for 0.50 s, less than 1 s"),
            (11.0, "One", "is shown for 11.0 s, more than 10 s"),
            (2.0, "One two three four five six seven", "takes 210 words a minute"),
            (9.0, "Words and " * 10, "needs more than 2 lines of 42 letters"),
            (9.0, "W" * 43, "needs more than 2 lines of 42 letters"),
            (9.0, "&#32;", "says nothing"),
        ],
    )
    def test_captions_that_are_hard_to_read_are_told(
        self, tracked: Path, end_s: float, text: str, what: str
    ) -> None:
        found = self.told(tracked, "captions", (0, end_s, text))
        assert len(found) == 1 and what in found[0]

    def test_an_empty_track_is_told(self, tracked: Path) -> None:
        assert self.told(tracked, "chapters")[0].startswith("chapters.vtt: holds no cue")


def test_every_check_speaks_of_an_empty_folder_without_harm(folder: Path) -> None:
    found = [text.split()[0] for text in said(film(folder), OF_SMALL)]
    assert found == ["streams"] * 3
