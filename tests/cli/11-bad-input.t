#!/bin/sh
# Bad input of every kind: one clear sentence with a hint, the right exit code, and a registry that is
# byte for byte what it was.
. tests/cli/tap.sh
R=$T/city.noi
"$NOI" init "$R" >/dev/null
"$NOI" import "$R" units data/units_old.csv --as-of 2025-06-30 >/dev/null
"$NOI" import "$R" units data/units_new.csv --as-of 2025-07-01 >/dev/null
printf 'id,text\nA1,one\n' >"$T/one.csv"
"$NOI" import "$R" addresses "$T/one.csv" >/dev/null
before=$(sha256sum <"$R")

# refused NAME STATUS MESSAGE ARGUMENT...: the import fails so, with a hint, and leaves nothing behind
refused() {
    name=$1 want=$2 message=$3
    shift 3
    run "$NOI" import "$@"
    is "$status" "$want" "$name: exit code $want"
    like "$err" "^noi: .*$message" "$name: says what is wrong"
    like "$err" '^hint: .' "$name: says what to do"
    is "$(printf '%s\n' "$err" | wc -l)" 2 "$name: one sentence and one hint"
    is "$(sha256sum <"$R")" "$before" "$name: the registry is as it was"
    is "$(ls "$T" | grep -c -e '\.part$' -e '-journal$')" 0 "$name: nothing half-written is left"
}

: >"$T/empty.csv"
refused "an empty file" 3 'empty\.csv: the file is empty' "$R" addresses "$T/empty.csv"
printf 'id,text\n' >"$T/header.csv"
refused "a header without rows" 3 'no row below its header' "$R" addresses "$T/header.csv"
printf 'a,b\n1,2\n' >"$T/columns.csv"
refused "wrong columns" 3 "no column holds 'id'" "$R" addresses "$T/columns.csv"
like "$err" 'the file has the columns a, b' "wrong columns: the hint lists what is there"
printf 'id,b\n1,2\n' >"$T/useless.csv"
refused "no column to go by" 3 'none of these columns: text old_code lon' "$R" addresses "$T/useless.csv"
head -c 100000 "$NOI" >"$T/binary.csv"
refused "binary garbage" 3 'not a table of text' "$R" addresses "$T/binary.csv"
LC_ALL=C awk 'BEGIN { srand(7); for (i = 0; i < 20000; i++) printf "%c", 128 + int(rand() * 127) }' >"$T/noise.csv"
refused "noise" 3 'noise\.csv' "$R" addresses "$T/noise.csv"
mkdir "$T/folder"
refused "a folder" 3 'is a folder' "$R" addresses "$T/folder"
refused "a missing file" 3 'cannot be opened' "$R" addresses "$T/nowhere.csv"
printf 'id,text,,x\n1,2,3,4\n' >"$T/unnamed.csv"
refused "a column without a name" 3 'column 3 has no name' "$R" addresses "$T/unnamed.csv"
printf 'id,text,id\n1,2,3\n' >"$T/twice.csv"
refused "a column named twice" 3 "both named 'id'" "$R" addresses "$T/twice.csv"
printf 'id,x,y\n1,2,3\n' >"$T/xy.csv"
refused "x and y without a system" 3 'do not say in which system' "$R" addresses "$T/xy.csv"
refused "a system that is none" 3 'EPSG:1' "$R" addresses "$T/xy.csv" --crs EPSG:1
printf 'id,text,lon\n1,2,106\n' >"$T/halfpoint.csv"
refused "one coordinate only" 3 "no column holds 'lat'" "$R" addresses "$T/halfpoint.csv"

refused "an unknown kind" 2 "'people' is not a kind" "$R" people "$T/one.csv"
refused "an unknown field" 2 'there is no such field' "$R" addresses "$T/columns.csv" --map colour=a
refused "an unknown column" 3 "there is no column 'zzz'" "$R" addresses "$T/columns.csv" --map id=zzz
refused "a day that is none" 2 'is not a day' "$R" units data/units_old.csv --as-of 2025-02-30
refused "an unknown encoding" 2 'not an encoding' "$R" addresses "$T/one.csv" --encoding latin1
printf 'code,kind,name,province_code\n26740,phường,Khác,79\n' >"$T/early.csv"
refused "a list of an earlier day" 4 'a list of the later day' "$R" units "$T/early.csv" --as-of 2020-01-01
printf 'old_code,new_code,part,scope,resolution\n99999,99998,whole,all,1/NQ\n' >"$T/strange.csv"
refused "edges of other units" 3 'none of its edges fits' "$R" crosswalk "$T/strange.csv" --as-of 2025-07-01
printf 'This is a letter, not a resolution.\n' >"$T/letter.md"
refused "a decree that is none" 3 'letter\.md' "$R" decree "$T/letter.md"

# ---- formats that OGR reads ----
ogr2ogr -f GPKG "$T/points.gpkg" "$T/one.csv" >/dev/null 2>&1
head -c 50000 "$T/points.gpkg" >"$T/cut.gpkg"
refused "a truncated GeoPackage" 3 'cut\.gpkg' "$R" addresses "$T/cut.gpkg"
ogr2ogr -f XLSX "$T/sheet.xlsx" "$T/one.csv" >/dev/null 2>&1
head -c 1500 "$T/sheet.xlsx" >"$T/cut.xlsx"
refused "a truncated workbook" 3 'cut\.xlsx' "$R" addresses "$T/cut.xlsx"
cp "$T/binary.csv" "$T/garbage.gpkg"
refused "garbage called .gpkg" 3 'garbage\.gpkg' "$R" addresses "$T/garbage.gpkg"

cat >"$T/square.csv" <<'EOF'
code,WKT
26740,"POLYGON ((106.6 10.7,106.7 10.7,106.7 10.8,106.6 10.8,106.6 10.7))"
EOF
ogr2ogr -f GPKG "$T/square.gpkg" "$T/square.csv" -oo GEOM_POSSIBLE_NAMES=WKT >/dev/null 2>&1
ogr2ogr -f GPKG "$T/good.gpkg" "$T/square.csv" -oo GEOM_POSSIBLE_NAMES=WKT -a_srs EPSG:4326 >/dev/null 2>&1
ogr2ogr -f "ESRI Shapefile" "$T/bare.shp" "$T/square.csv" -oo GEOM_POSSIBLE_NAMES=WKT >/dev/null 2>&1
refused "a layer without its system" 3 'bare\.shp' "$R" layer "$T/bare.shp" --as-of 2025-07-01
head -c 60000 "$T/good.gpkg" >"$T/half.gpkg"
refused "a truncated layer" 3 'half\.gpkg' "$R" layer "$T/half.gpkg" --as-of 2025-07-01
refused "a table for a layer" 3 'one\.csv' "$R" layer "$T/one.csv" --as-of 2025-07-01
refused "a layer without its day" 2 'needs --as-of' "$R" layer "$T/good.gpkg"

# ---- the registry itself ----
cp "$T/one.csv" "$T/text.noi"
refused "a text file for a registry" 3 'not a registry' "$T/text.noi" addresses "$T/one.csv"
sqlite3 "$T/other.db" 'CREATE TABLE t (a)'
other=$(sha256sum <"$T/other.db")
refused "another program's database" 3 'not a registry' "$T/other.db" addresses "$T/one.csv"
is "$(sha256sum <"$T/other.db")" "$other" "another program's database is not touched"
refused "an empty file for a registry" 3 'not a registry' "$T/empty.csv" addresses "$T/one.csv"
refused "a folder for a registry" 3 'is a folder' "$T/folder" addresses "$T/one.csv"
refused "no registry" 3 'cannot be opened' "$T/none.noi" addresses "$T/one.csv"
like "$err" "noi init" "no registry: the hint names noi init"
cp "$R" "$T/newer.noi"
sqlite3 "$T/newer.noi" 'PRAGMA user_version = 9999'
refused "a newer program's registry" 4 'newer noi' "$T/newer.noi" addresses "$T/one.csv"
head -c 100000 "$R" >"$T/cut.noi"
printf 'id,text\nB1,two\n' >"$T/two.csv"
refused "a truncated registry" 3 'is damaged' "$T/cut.noi" addresses "$T/two.csv"
chmod 0400 "$R"
refused "a read-only registry" 3 'is read-only' "$R" addresses "$T/two.csv"
chmod 0600 "$R"

( echo 'BEGIN IMMEDIATE;'; sleep 4; echo 'ROLLBACK;' ) | sqlite3 "$R" &
sleep 0.5
refused "a registry that another program writes" 4 'is being written' "$R" addresses "$T/two.csv"
wait

# ---- a disk without space: the file may not grow beyond what the shell allows ----
awk 'BEGIN { print "id,text"; for (i = 0; i < 60000; i++) printf "C%06d,%d Lê Lợi, phường nào đó không rõ\n", i, i }' |
    sed 's/^\(C[0-9]*\),\(.*\)$/\1,"\2"/' >"$T/many.csv"
size=$(( $(stat -c %s "$R") / 512 + 200 ))
run sh -c "trap '' XFSZ; ulimit -f $size; exec '$NOI' import '$R' addresses '$T/many.csv'"
is "$status" 3 "a full disk: exit code 3"
like "$err" '^noi: .*disk' "a full disk: says so"
like "$err" '^hint: free some space' "a full disk: says what to do"
is "$(sha256sum <"$R")" "$before" "a full disk: the registry is as it was"
is "$(ls "$T" | grep -c -e '\.part$' -e '-journal$')" 0 "a full disk: nothing half-written is left"
awk 'NR == 1 { print; next } { print "," $0 }' "$T/many.csv" >"$T/rejected.csv"
run sh -c "trap '' XFSZ; ulimit -f 600; exec '$NOI' import '$R' addresses '$T/rejected.csv'"
is "$status" 3 "a full disk for the reject file: exit code 3"
is "$(sha256sum <"$R")" "$before" "a full disk for the reject file: the registry is as it was"
is "$(ls "$T" | grep -c -e '\.part$' -e 'rejected.csv.rejects')" 0 "a full disk for the reject file: none is left"

mkdir "$T/small"
if mount -t tmpfs -o size=3m tmpfs "$T/small" 2>/dev/null; then
    cp "$R" "$T/small/r.noi"
    run "$NOI" import "$T/small/r.noi" addresses "$T/many.csv"
    is "$status" 3 "a disk that is really full: exit code 3"
    like "$err" '^noi: .*the disk is full' "a disk that is really full: says so"
    is "$(sha256sum <"$T/small/r.noi")" "$before" "a disk that is really full: the registry is as it was"
    is "$(ls "$T/small")" r.noi "a disk that is really full: nothing half-written is left"
    run "$NOI" init "$T/small/other.noi"
    "$NOI" init "$T/small/third.noi" >/dev/null 2>&1
    "$NOI" init "$T/small/fourth.noi" >/dev/null 2>&1
    run "$NOI" init "$T/small/fifth.noi"
    is "$status" 3 "a disk that is really full: no new registry"
    is "$(ls "$T/small" | grep -c -e part -e journal)" 0 "a disk that is really full: and nothing of it"
    umount "$T/small"
else
    ok 0 "SKIPPED LOUDLY: a small disk cannot be mounted here (needs root)"
fi

# ---- killed in the middle ----
"$NOI" --quiet import "$R" addresses "$T/one.csv" >/dev/null
dump() { sqlite3 "$1" 'SELECT count(*) FROM address; SELECT count(*) FROM source; SELECT count(*) FROM run; PRAGMA integrity_check'; }
as_before=$(dump "$R")
for delay in 0.02 0.05 0.1 0.15; do
    cp "$R" "$T/killed.noi"
    "$NOI" import "$T/killed.noi" addresses "$T/many.csv" >/dev/null 2>&1 &
    victim=$!
    sleep "$delay"
    kill -9 "$victim" 2>/dev/null
    wait "$victim" 2>/dev/null
    now=$(dump "$T/killed.noi")
    case $now in
    "$as_before" | "60001
4
4
ok") ok 0 "killed after $delay s: before or after, nothing between" ;;
    *) ok 1 "killed after $delay s: $now" ;;
    esac
    run "$NOI" import "$T/killed.noi" addresses "$T/many.csv"
    is "$(sqlite3 "$T/killed.noi" 'SELECT count(*) FROM address')" 60001 "and the import can be run again"
    rm -f "$T/killed.noi"
done

# ---- rows, not files: the load goes on ----
awk 'BEGIN { print "id,text"; printf "L1,"; for (i = 0; i < 100000; i++) printf "0123456789"; print ""; print "L2,fine" }' >"$T/long.csv"
run "$NOI" import "$R" addresses "$T/long.csv"
is "$status" 1 "a field of a million characters: exit code 1"
like "$out" '2 rows read = 1 stored \+ 1 rejected' "a field of a million characters: its row is rejected"
is "$(awk 'length($0) > 400' "$T/long.csv.rejects.csv" | wc -l)" 0 "a field of a million characters: the reject file stays short"
like "$(cat "$T/long.csv.rejects.csv")" '^2,.*field_too_long' "a field of a million characters: with its reason"

{
    printf 'id,text\n'
    awk 'BEGIN { for (i = 0; i < 50; i++) printf "U%d,Phường Bến Nghé %d\n", i, i }'
    printf 'T1,Ph\255\352ng B\325n Ngh\320\n'
} >"$T/mixed.csv"
run "$NOI" import "$R" addresses "$T/mixed.csv"
is "$status" 1 "UTF-8, then TCVN3: exit code 1"
like "$out" '51 rows read = 50 stored \+ 1 rejected' "UTF-8, then TCVN3: the other rows are stored"
is "$(tail -n 1 "$T/mixed.csv.rejects.csv")" '52,text,Ph\xAD\xEAng B\xD5n Ngh\xD0,bad_encoding' \
    "UTF-8, then TCVN3: the row is rejected with its bytes"
{
    printf 'id,text\n'
    for i in 1 2 3 4 5 6 7 8 9; do printf 'V%d,Ph\255\352ng B\325n Ngh\320, Qu\313n 1\n' $i | sed 's/,\( Qu\)/\1/'; done
    printf 'W1,Phường Bến Nghé\n'
} >"$T/mixed2.csv"
run "$NOI" import "$R" addresses "$T/mixed2.csv"
like "$out" '10 rows read = 9 stored \+ 1 rejected' "TCVN3, then UTF-8: the row in UTF-8 is rejected"
is "$(sqlite3 "$R" "SELECT text FROM address WHERE key = 'V1'")" "Phường Bến Nghé Quận 1" "TCVN3, then UTF-8: the others are read"
is "$(sqlite3 "$R" "SELECT count(*) FROM source WHERE rows_read <> rows_stored + rows_rejected")" 0 "every account adds up"
is "$(sqlite3 "$R" "SELECT count(*) FROM source s WHERE rows_rejected <> (SELECT count(*) FROM reject WHERE source_id = s.id)")" \
    0 "every rejected row has its reason"
done_testing
