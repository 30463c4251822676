#!/bin/sh
# translations.sh: compiles po/<language>.po to build/locale/<language>/LC_MESSAGES/noi.mo when newer.
set -eu
for po in po/*.po; do
    [ -e "$po" ] || exit 0
    language=$(basename "$po" .po)
    mo=build/locale/$language/LC_MESSAGES/noi.mo
    [ "$mo" -nt "$po" ] && continue
    mkdir -p "$(dirname "$mo")"
    msgfmt --check -o "$mo" "$po"
done
