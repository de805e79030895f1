"""Changes applied to the texts of files; nothing is written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence

from spineanim.content.project import Project
from spineanim.content.toml_mistakes import mistake_in
from spineanim.editing.change import Change, applied
from spineanim.editing.files import Source
from spineanim.editing.layout import layout_of
from spineanim.editing.trouble import EditError


def new_texts(
    project: Project, sources: Mapping[str, Source], changes: Sequence[Change], *, keep: bool = True
) -> tuple[dict[str, str | None], tuple[Change, ...]]:
    """Apply changes to files as they were read; nothing is written.

    Parameters
    ----------
    project
        The project.
    sources
        Each file that is changed.
    changes
        What to change, in order.
    keep
        Whether what is so already is noted as a change to take back.

    Returns
    -------
    File to its new text, and the changes that take them back, in order.

    Raises
    ------
    ConflictError, EditError
        A change cannot be made.
    """
    texts = {file: source.text for file, source in sources.items()}
    back: list[Change] = []
    for change in changes:
        text = texts[change.file]
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = mistake_in(text, str(error))
            where = f"{sources[change.file].path}:{found.line}"
            raise EditError(f"{where}: {found.what}", found.hint) from None
        texts[change.file], reverse = applied(text, data, change, layout_of(project, change.file))
        if keep or texts[change.file] != text:
            back.insert(0, reverse)
    return {
        file: None if not text and sources[file].data is None else text
        for file, text in texts.items()
    }, tuple(back)
