#!/bin/sh
# Prints the cargo features that this machine can build: gdal with the system library, proj with what its own build needs.
features=""
if command -v gdal-config >/dev/null 2>&1; then features="gdal"; fi
if command -v cmake >/dev/null 2>&1 && command -v sqlite3 >/dev/null 2>&1 && command -v pkg-config >/dev/null 2>&1 \
    && command -v c++ >/dev/null 2>&1; then
    features="${features:+$features,}proj"
fi
if [ -n "$features" ]; then printf -- '--features %s' "$features"; fi
