#!/bin/sh
# Plan: a report of a registry with the real units and a few records; it opens without a network,
# holds the account in both languages' numbers, its tables, and a GeoPackage with its styles; it is
# replaced but nothing else ever is; the same registry gives the same bytes.
. tests/cli/tap.sh

"$NOI" init "$T/r.noi" >/dev/null
"$NOI" import "$T/r.noi" units data/units_old.csv --as-of 2025-06-30 >/dev/null
"$NOI" import "$T/r.noi" units data/units_new.csv --as-of 2025-07-01 >/dev/null
"$NOI" import "$T/r.noi" crosswalk data/crosswalk.csv --as-of 2025-07-01 >/dev/null
{
    echo 'id,text,old_code,lon,lat'
    awk 'BEGIN {for (i = 1; i <= 1200; i++) printf "A%d,\"%d Lê Lợi\",25741,,\n", i, i}'
} >"$T/addresses.csv"
"$NOI" import "$T/r.noi" addresses "$T/addresses.csv" --as-of 2025-06-30 >/dev/null
"$NOI" validate "$T/r.noi" >/dev/null

run "$NOI_SAN" report "$T/r.noi" -o "$T/report"
is "$status" 0 "noi report exits 0"
like "$out" "report/index.html" "and names the page"
for file in index.html account.csv by_method.csv by_unit.csv by_old_unit.csv crosswalk.csv \
    findings.csv findings.gpkg; do
    [ -s "$T/report/$file" ]
    ok $? "$file is there"
done
page=$(cat "$T/report/index.html")
like "$page" '<b>1,200</b><i>records in</i>' "the account comes first, in English numbers"
is "$(printf '%s' "$page" | grep -cE '(src|href)="?(https?:)?//|@import|<script|url\(http')" 0 \
    "the page asks for nothing from a network"
is "$(printf '%s' "$page" | grep -c 'Lê Lợi')" 0 "texts of addresses are not shown"
cut -d, -f1-6 "$T/report/crosswalk.csv" | sort >"$T/ours"
cut -d, -f1-6 data/crosswalk.csv | sort | cmp -s - "$T/ours"
ok $? "crosswalk.csv holds the edges in the columns of the contract"
is "$(ogrinfo -q -al "$T/report/findings.gpkg" layer_styles | grep -c 'useAsDefault (Integer) = 1')" 2 \
    "each layer of findings has its default style"
like "$(ogrinfo -q "$T/report/findings.gpkg")" "findings_points \(Point\)" "points of findings"

"$NOI" report "$T/r.noi" -o "$T/second" >/dev/null
diff -r "$T/report" "$T/second" >/dev/null
ok $? "the same registry gives the same bytes"
run "$NOI" report "$T/r.noi" -o "$T/report/"
is "$status" 0 "an earlier report is replaced"
is "$(ls "$T" | grep -cE '\.(part|old)$')" 0 "nothing is left beside it"

mkdir "$T/mine" && echo mine >"$T/mine/index.html"
run "$NOI" report "$T/r.noi" -o "$T/mine"
is "$status" 4 "another folder is a conflict"
is "$(cat "$T/mine/index.html")" mine "and is left alone"
run "$NOI" report "$T/r.noi"
is "$status" 2 "no folder is a usage error"
like "$err" "hint: .*-o" "with a hint"
run "$NOI" report "$T/none.noi" -o "$T/x"
is "$status" 3 "a registry that is not there is an input error"
[ ! -e "$T/x" ] && ! ls "$T" | grep -q "^x.*part"
ok $? "and no folder was made"
run "$NOI" report "$T/r.noi" -o /proc/nowhere/report
is "$status" 3 "a folder that cannot be made is an input error"

done_testing
