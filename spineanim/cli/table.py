"""Tables of plain text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Collection[str] = ()
) -> str:
    """Lay rows out under their headings, one line each.

    Parameters
    ----------
    headings
        One a column.
    rows
        Cells, as many as there are headings.
    numbers
        Headings of columns that are flush right.
    """
    lines = [headings, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if heading in numbers else cell.ljust(width)
            for cell, width, heading in zip(line, widths, headings, strict=True)
        ).rstrip()
        for line in lines
    )
