#!/bin/sh
# setup.sh [PACKAGE...]: installs the Debian packages that noi is built and tested with, and those
# named, saying which. Does nothing, and asks for nothing, when all are present.
set -eu
packages="gcc make pkg-config gettext perl git
libgdal-dev libgeos-dev libproj-dev proj-bin libsqlite3-dev sqlite3 libspatialite-dev
libsqlite3-mod-spatialite libutf8proc-dev libjson-c-dev libsodium-dev libxxhash-dev libxlsxwriter-dev libedit-dev
libcmocka-dev gdal-bin clang-format python3"
missing=""
for p in $packages "$@"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
echo "setup: installing with apt-get:$missing"
as_root=""
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -q
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends $missing
