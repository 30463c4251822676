#!/bin/sh
# libnoi.so for strangers: installed below a scratch folder, found by pkg-config, linked with noi.h
# alone, judging from several threads at once; hostile plans are refused.
. tests/cli/tap.sh
CC=${CC:-cc}
export LC_ALL=C.UTF-8

run make --no-print-directory install DESTDIR="$T/dest" PREFIX=/opt/noi
is "$status" 0 "make install honours DESTDIR and PREFIX"
P=$T/dest/opt/noi
for f in bin/noi include/noi.h lib/libnoi.so lib/libnoi.so.0 lib/pkgconfig/noi.pc \
    share/locale/vi/LC_MESSAGES/noi.mo; do
    ok "$([ -s "$P/$f" ]; echo $?)" "$f is installed"
done
is "$(find "$T/dest" -type f ! -path "$P/*" | wc -l)" 0 "nothing lies outside the prefix"
is "$("$P/bin/noi" --version 2>/dev/null | grep -c "$(PKG_CONFIG_PATH=$P/lib/pkgconfig \
    pkg-config --modversion noi)")" 1 "noi.pc states the program's version"
run nm -D --defined-only "$P/lib/libnoi.so.0"
is "$(printf '%s\n' "$out" | awk '$3 !~ /^noi_/' | wc -l)" 0 "only names that begin with noi_ leave the library"
is "$(printf '%s\n' "$out" | awk '{print $3}' | sort)" \
    "$(grep -oE 'noi_[a-z_]+\(' include/noi.h | sed 's/(//' | sort -u | while read -r f; do
        grep -qE "^NOI_API.*[ *]$f\(" include/noi.h && echo "$f"; done)" \
    "they are exactly the functions of noi.h"
run sh -c "ldd '$P/lib/libnoi.so.0' | grep -E 'gdal|geos|proj|sqlite|spatialite'"
is "$out" "" "the library needs no GDAL, GEOS, PROJ or SQLite"

flags=$(PKG_CONFIG_PATH=$P/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$T/dest pkg-config --cflags --libs noi)
# shellcheck disable=SC2086
run $CC -std=c17 -Wall -Wextra -Werror -o "$T/user" tests/libnoi/user.c $flags -pthread
is "$status" 0 "a program builds against noi.h and libnoi.so alone"
printf '%s\n' "$err" | sed 's/^/# /'
printf '#include <noi.h>\nint main() { return noi_status_text(NOI_OK) == nullptr; }\n' >"$T/user.cpp"
if command -v g++ >/dev/null; then
    # shellcheck disable=SC2086
    run g++ -Wall -Wextra -Werror -o "$T/cpp" "$T/user.cpp" $flags
    is "$status" 0 "the header is C++ as well"
fi

export LD_LIBRARY_PATH="$P/lib"
R=$T/city.noi
run "$NOI" init "$R"
run "$NOI" import "$R" units data/units_old.csv --as-of 2025-06-30
run "$NOI" import "$R" units data/units_new.csv --as-of 2025-07-01
run "$NOI" import "$R" crosswalk data/crosswalk.csv --as-of 2025-07-01
is "$status" 0 "the city's tables are imported"
run "$NOI" plan "$R" -o "$T/plan"
is "$status" 0 "a plan is made"

codes=$(cut -d, -f1 data/units_old.csv | sed 1d)
# shellcheck disable=SC2086
run "$T/user" "$T/plan" $codes
is "$status" 0 "442 records are judged through the library"
is "$(printf '%s\n' "$out" | sed -n 1p)" "threads agree" "four threads at once give the same bytes"
is "$(printf '%s\n' "$out" | sed -n 2p)" "batches agree" "a batch of one gives the same as a batch of all"
is "$(printf '%s\n' "$out" | grep -c ' assigned ')" 395 "395 units go whole"
is "$(printf '%s\n' "$out" | grep -c ' ambiguous .* split_unit$')" 47 "47 units are split"
like "$out" '^26740 assigned 26740 Phường Sài Gòn none$' "names come from the plan"

# hostile plans
head -c 1000 "$T/plan" >"$T/short"
run "$T/user" "$T/short" 26740
is "$status" 3 "a plan that is cut off is refused"
cp "$T/plan" "$T/bent"
printf 'X' | dd of="$T/bent" bs=1 seek=5000 conv=notrunc 2>/dev/null
run "$T/user" "$T/bent" 26740
is "$status" 3 "a plan with one other byte is refused"
: >"$T/empty"
run "$T/user" "$T/empty" 26740
is "$status" 3 "an empty plan is refused"
run "$T/user" "$T" 26740
is "$status" 3 "a folder is no plan"
like "$err" '.' "and it says so"
done_testing
