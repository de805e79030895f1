#!/bin/sh
# Make .venv: a Python of at least 3.11 with the pinned packages and spineanim itself (editable).
#
# Run by `make setup`. When .venv is there and current it does nothing. The stamp is written
# last, so a set-up that was interrupted is made anew by the next run. Missing system packages
# are installed on Debian and Ubuntu by root; anybody else is told, in one line, what to run.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
STAMP=$VENV/.stamp
CANDIDATES='python3.13 python3.12 python3.11 python3'
# What builds the packages that come as source (and what those tools need); all pinned.
BUILD_TOOLS='setuptools wheel cython meson-python meson ninja packaging pyproject-metadata'

say() { printf 'set-up: %s\n' "$*"; }
fail() {
    printf 'set-up: %s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# --- What is there ---------------------------------------------------------------------------

# The new enough Pythons; each is run, because a version manager's stub may name an absent one.
pythons() {
    for name in $CANDIDATES; do
        if has "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
        then
            echo "$name"
        fi
    done
}

can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

has_headers() {
    "$1" -c 'if 1:
        import os, sys, sysconfig
        header = os.path.join(sysconfig.get_config_var("INCLUDEPY"), "Python.h")
        sys.exit(not os.path.exists(header))' 2>/dev/null
}

# The first Python that lacks nothing, else the first there is, else nothing.
choose_python() {
    for name in $(pythons); do
        if can_make_venv "$name" && has_headers "$name"; then
            echo "$name"
            return
        fi
    done
    pythons | sed 1q
}

# C++ only where some packages have no ready build (ARM Linux, Intel Macs).
can_compile() {
    echo '#include <stdio.h>' | cc -x c -fsyntax-only - 2>/dev/null || return 1
    [ "$(uname -s) $(uname -m)" = 'Linux x86_64' ] ||
        echo '#include <cstdio>' | c++ -x c++ -fsyntax-only - 2>/dev/null
}

has_library() { has pkg-config && pkg-config --exists "$1"; }

# --- What is missing, in the system's own names ----------------------------------------------

missing_debian() {
    if [ -z "$1" ]; then
        if has python3; then # too old: the lowest that will do
            echo python3.11 python3.11-venv python3.11-dev
        else
            echo python3 python3-venv python3-dev
        fi
    else
        version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        can_make_venv "$1" || echo "python$version-venv"
        has_headers "$1" || echo "python$version-dev"
    fi
    can_compile || echo build-essential
    has pkg-config || echo pkg-config
    has_library cairo || echo libcairo2-dev
    has_library pangocairo || echo libpango1.0-dev
}

missing_macos() {
    if [ -z "$1" ]; then echo python@3.13; fi
    has_library cairo || echo cairo
    has_library pangocairo || echo pango
    has pkg-config || echo pkg-config
}

missing_elsewhere() {
    if [ -z "$1" ] || ! can_make_venv "$1"; then echo 'Python 3.11 or newer with venv;'; fi
    if [ -n "$1" ] && ! has_headers "$1"; then echo 'the C headers of Python;'; fi
    can_compile || echo 'a C and C++ compiler (cc, c++);'
    has pkg-config || echo 'pkg-config;'
    has_library cairo || echo 'the development files of cairo;'
    has_library pangocairo || echo 'the development files of pango;'
}

apt_install() {
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if ! { apt-get update && apt-get install -y --no-install-recommends "$@"; } \
        >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        rm -f "$log"
        fail "could not install: $*"
    fi
    rm -f "$log"
}

# Sets python, or ends the set-up with one line that says what to do.
need_system() {
    python=$(choose_python)
    if [ "$(uname -s)" = Darwin ]; then
        xcode-select -p >/dev/null 2>&1 || fail 'a C compiler is missing; run: xcode-select --install'
        missing=$(missing_macos "$python" | tr '\n' ' ')
        [ -z "$missing" ] || fail "system packages are missing; run: brew install ${missing% }"
    elif has apt-get; then
        missing=$(missing_debian "$python" | tr '\n' ' ')
        [ -n "$missing" ] || return 0
        [ "$(id -u)" -eq 0 ] ||
            fail "system packages are missing; run: sudo apt-get install -y ${missing% }"
        say "installing system packages: ${missing% }"
        # shellcheck disable=SC2086  # a list of words
        apt_install $missing
        python=$(choose_python)
        missing=$(missing_debian "$python" | tr '\n' ' ')
        [ -z "$missing" ] || fail "still missing after installing: ${missing% }"
    else
        missing=$(missing_elsewhere "$python" | tr '\n' ' ')
        [ -z "$missing" ] || fail "please install: ${missing%; }"
    fi
}

# --- Making .venv ----------------------------------------------------------------------------

pip() { "$VENV/bin/python" -m pip "$@"; }

install_packages() {
    say "making .venv with $("$python" --version 2>&1)"
    rm -rf "$VENV"
    "$python" -m venv "$VENV"
    PATH=$PWD/$VENV/bin:$PATH # the build tools call one another by name
    export PATH

    say "installing the $(grep -c '^[a-z]' constraints.txt) packages of constraints.txt (takes a minute)"
    awk -v names="$BUILD_TOOLS" '
        BEGIN { count = split(names, list, " "); for (i = 1; i <= count; i++) wanted[list[i]] = 1 }
        /^[a-z]/ { split($1, pin, "=="); keep = pin[1] in wanted }
        keep' constraints.txt >"$VENV/build-tools.txt"
    pip install -qq --require-hashes -r "$VENV/build-tools.txt"
    pip install -qq --require-hashes --no-build-isolation -r constraints.txt
}

install_project() {
    say 'installing spineanim'
    pip install -qq --no-deps --no-build-isolation --editable .
}

# The folder counts too: a .venv does not survive being moved.
packages_key() { { pwd -P; cat constraints.txt; } | cksum; }
project_key() { cksum <pyproject.toml; }
stamped() { [ -x "$VENV/bin/python" ] && [ -f "$STAMP" ] && sed -n "$1p" "$STAMP"; }

main() {
    unset PYTHONPATH PYTHONHOME PIP_CONSTRAINT PIP_TARGET PIP_PREFIX
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0

    if [ "$(stamped 1)" != "$(packages_key)" ]; then
        need_system
        install_packages
    elif [ "$(stamped 2)" = "$(project_key)" ]; then
        return 0
    fi
    install_project
    { packages_key; project_key; } >"$STAMP.new"
    mv "$STAMP.new" "$STAMP"
    say 'done'
}

main
