"""The exceptions a user may meet.

SpineanimError
├── ContentError        a file people edit is wrong (theme, script): says file and line
│   └── FontError       the typeface of the project is not installed
├── ParameterError      an anatomical or procedural number outside its range
├── SceneError          a scene and its script disagree, or a scene cannot be found or loaded
├── OutputError         a result cannot be written or encoded
├── FarmError           other machines cannot be reached, or do not do their work
└── ServingError        a folder cannot be shown on this machine
"""

from __future__ import annotations


class SpineanimError(Exception):
    """An expected failure: one sentence of what and where, and a hint of what to do next.

    Parameters
    ----------
    message
        What went wrong and where, without a full stop.
    hint
        What the reader can do about it; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """One line: the message, then the hint."""
        text = f"{self.message}; {self.hint}" if self.hint else self.message
        return " ".join(text.split())


class ContentError(SpineanimError):
    """A theme or script file is malformed or says something impossible."""


class FontError(ContentError):
    """The typeface that every picture is set in is missing."""


class ParameterError(SpineanimError):
    """A parameter lies outside its allowed range or contradicts another."""


class SceneError(SpineanimError):
    """A scene is unknown, cannot be loaded, or disagrees with its script."""


class OutputError(SpineanimError):
    """A file asked for could not be written."""


class FarmError(SpineanimError):
    """Other machines that should draw cannot be reached, or do not do their work."""


class ServingError(SpineanimError):
    """A folder could not be shown in a browser of this machine."""
