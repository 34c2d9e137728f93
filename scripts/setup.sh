# Sourced by ./run: installs what is missing on Debian. Without root or apt it says so in one line and goes on; the
# program then builds without the gdal and proj features, and checks that need the missing tools say that they are left out.

BUILD_PACKAGES="gcc g++ libc6-dev make libgdal-dev cmake sqlite3 pkg-config"
TEST_PACKAGES="gdal-bin python3-gdal python3-qgis python3-venv"

has() { command -v "$1" >/dev/null 2>&1; }

is_installed() {
    has dpkg-query && dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q "ok installed"
}

install_missing() {
    missing=""
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    as_root=""
    if ! has apt-get; then
        echo "setup: no apt here; going on without$missing" >&2
        return 0
    elif [ "$(id -u)" -ne 0 ]; then
        if has sudo && sudo -n true 2>/dev/null; then
            as_root="sudo"
        else
            echo "setup: not root; going on without$missing" >&2
            return 0
        fi
    fi
    echo "setup: installing$missing" >&2
    $as_root apt-get -o DPkg::Lock::Timeout=300 update -qq || true
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $as_root apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
        --no-install-recommends $missing >/dev/null || echo "setup: apt could not install$missing; going on without" >&2
}
