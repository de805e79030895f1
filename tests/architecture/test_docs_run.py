"""What the guide to the body shows, runs."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "body.md"


@pytest.mark.slow
def test_the_examples_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    for block in blocks:
        if "measure_all" in block:  # half a minute of rays; it has tests of its own
            block = re.sub(r"for measure in measure_all.*", "", block, flags=re.DOTALL)
        exec(compile(block, str(GUIDE), "exec"), names)
    assert names["l3"].contains([[0.0, -14.0, 99.0]]).all()  # type: ignore[attr-defined]
    outer = np.asarray(names["outer"])
    assert outer.ndim == 2 and len(outer) > 50
