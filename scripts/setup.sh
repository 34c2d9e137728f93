#!/bin/sh
# Installs what is missing on Debian. `setup.sh build`: what the build needs. `setup.sh test`: what the checks need too.
# Without root or apt it says so in one line and goes on: the program then builds without the gdal and proj features.
set -u
build="build-essential libgdal-dev cmake sqlite3 pkg-config"
test="gdal-bin python3-gdal python3-qgis python3-venv"

wanted="$build"
[ "${1:-build}" = test ] && wanted="$build $test"

missing=""
for package in $wanted; do
    if ! { command -v dpkg-query >/dev/null 2>&1 \
        && dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed"; }; then
        missing="$missing $package"
    fi
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "setup: no apt here; going on without$missing (the gdal and proj features may be left out)" >&2
    exit 0
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo="sudo"
    else
        echo "setup: not root; going on without$missing (the gdal and proj features may be left out)" >&2
        exit 0
    fi
fi
echo "setup: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get -o DPkg::Lock::Timeout=300 update -qq || true
# shellcheck disable=SC2086
if ! $sudo apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $missing >/dev/null; then
    echo "setup: apt could not install$missing; going on without" >&2
fi
exit 0
