"""A voice made by espeak-ng, a program that the machine may have."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from typing import Final

from spineanim.errors import ContentError
from spineanim.sound.program import INSTALLING, PROGRAM
from spineanim.sound.samples import Samples, UnheardError, read_samples

_VOICES: Final = {"en": ("en-us", 130), "es": ("es-419", 155)}
"""Voice of a language, and its speed. espeak-ng counts words of its own: measured on scripts, both
speak 143 words a minute. The Spanish one is that of America."""
_SPEED: Final = 140
_PATIENCE_S: Final = 60.0


@dataclass(frozen=True)
class Speech:
    """A text read aloud.

    Attributes
    ----------
    text
        As it is to be read.
    language
        Code of its language.
    digest
        Of the sound it gave.
    """

    text: str
    language: str
    digest: str

    def samples(self) -> Samples:
        """Read it aloud once more.

        Raises
        ------
        ContentError
            espeak-ng is missing or failed.
        """
        try:
            return read_samples(_synthesised(self.text, self.language))
        except UnheardError as error:
            raise _failed(self.language, f"its sound {error}") from None


def speech(text: str, language: str) -> Speech:
    """Have a text read aloud.

    Raises
    ------
    ContentError
        espeak-ng is missing, failed, or has no voice for the language.
    """
    sound = _synthesised(text, language)
    return Speech(text, language, hashlib.sha256(sound).hexdigest())


def _synthesised(text: str, language: str) -> bytes:
    """Sound of a text as a WAV file."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise ContentError(
            f"{PROGRAM} is not installed, which reads captions aloud",
            f"type: {INSTALLING}; or choose --narration files",
        )
    voice, speed = _VOICES.get(language, (language, _SPEED))
    try:
        done = subprocess.run(
            [program, "-v", voice, "-s", str(speed), "-b", "1", "--stdin", "--stdout"],
            input=text.encode(),
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(language, str(error)) from None
    if done.returncode != 0:
        raise _failed(language, done.stderr.decode(errors="replace").strip())
    return done.stdout


def _failed(language: str, why: str) -> ContentError:
    return ContentError(
        f"{PROGRAM} could not read a caption aloud in language {language!r}: {why}",
        "try it by hand: espeak-ng -v LANGUAGE hello; or choose --narration files",
    )
