#!/bin/sh
# Pin every dependency, with the hashes of all its files, in constraints.txt: `make constraints`.
#
# uv resolves for Linux, macOS and Windows and for every supported Python at once; where they
# differ, the line carries a marker. Pins already in the file stay unless --upgrade is given.
set -eu
cd "$(dirname "$0")/.."

UV='uv==0.13.9'
PYTHON_MIN='3.11'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

.venv/bin/python -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --disable-pip-version-check "$UV"

if [ -f constraints.txt ]; then
    cp constraints.txt "$work/pins.txt"
fi
"$work/venv/bin/uv" pip compile pyproject.toml \
    --quiet --no-config --universal --python-version "$PYTHON_MIN" --fork-strategy fewest \
    --all-extras --group build --generate-hashes \
    --no-header \
    --output-file "$work/pins.txt" "$@" >/dev/null

{
    echo '# Every package that set-up installs, pinned, with the hashes of all its files.'
    echo '# Made from pyproject.toml by "make constraints" (UPGRADE=1 takes newer versions).'
    cat "$work/pins.txt"
} >"$work/constraints.txt"
mv "$work/constraints.txt" constraints.txt
echo "constraints.txt: $(grep -c '^[a-z]' constraints.txt) packages"
