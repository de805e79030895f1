"""A film's order with the project it needs, as bytes that another machine can draw from.

Files of the project are named from its folder on, in the order as well, so they are found wherever
the parcel is opened. What a film says aloud stays here: it is laid under the pictures at the end.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from spineanim.render.order import Order

_ORDER: Final = "order.pickle"
_FILE: Final = "file of the project"
_VOICE: Final = "voice"


class _Packer(pickle.Pickler):
    """Pickles with the project's files named from its folder on."""

    def __init__(self, file: io.BytesIO, root: Path) -> None:
        super().__init__(file, protocol=5)
        self.root = root

    def persistent_id(self, obj: object) -> tuple[str, str] | None:
        """Name a file of the project; None for anything else."""
        if isinstance(obj, Path) and obj.is_absolute() and obj.is_relative_to(self.root):
            return _FILE, obj.relative_to(self.root).as_posix()
        return None


class _Opener(pickle.Unpickler):
    """Reads what `_Packer` wrote, with the project in another folder."""

    def __init__(self, file: io.BytesIO, root: Path) -> None:
        super().__init__(file)
        self.root = root

    def persistent_load(self, pid: tuple[str, str]) -> Path:
        """Find a file of the project."""
        return self.root / pid[1]


def packed(order: Order) -> bytes:
    """Pack an order and what its project needs to draw it; equal for equal content.

    Parameters
    ----------
    order
        The film; its scene file lies in the project's `scenes`.
    """
    root = order.entry.file.parents[1]
    pickled = io.BytesIO()
    _Packer(pickled, root).dump(order)
    parcel = io.BytesIO()
    with ZipFile(parcel, "w") as archive:
        archive.writestr(_member(_ORDER), pickled.getvalue())
        for file in _files(root):
            archive.writestr(_member(file.relative_to(root).as_posix()), file.read_bytes())
    return parcel.getvalue()


def order_in(folder: Path) -> Order:
    """Read the order from a folder into which its parcel was unpacked.

    Call it only when the code here is known to be that of the sender.
    """
    raw = (folder / _ORDER).read_bytes()
    order = _Opener(io.BytesIO(raw), folder).load()
    assert isinstance(order, Order)
    return order


def _files(root: Path) -> Iterator[Path]:
    """Yield scenes and assets, but voices and what is hidden."""
    yield from sorted((root / "scenes").rglob("*.py"))
    for file in sorted((root / "assets").rglob("*")):
        parts = file.relative_to(root / "assets").parts
        if file.is_file() and parts[0] != _VOICE and not any(p.startswith(".") for p in parts):
            yield file


def _member(name: str) -> ZipInfo:
    """Name a file in the archive; it tells no time, which would make parcels differ."""
    member = ZipInfo(name)
    member.compress_type = ZIP_DEFLATED
    return member
