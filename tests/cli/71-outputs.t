#!/bin/sh
# Plan: convert and locate never replace what they read, by whatever name.
. tests/cli/tap.sh

printf 'id,address,lon,lat\n1,"Phường 13, Quận 4",106.7,10.7\n' >"$T/a.csv"
cp "$T/a.csv" "$T/before.csv"
ln -s a.csv "$T/link.csv"
for target in a.csv link.csv ./a.csv; do
    run "$NOI_SAN" convert "$T/a.csv" -o "$T/$target" --column address
    is "$status" 2 "convert onto its input ($target) is refused"
    like "$err" "replace its own input" "and says why ($target)"
done
cat >"$T/layer.geojson" <<'END'
{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"10001"},
"geometry":{"type":"Polygon","coordinates":[[[106,10],[107,10],[107,11],[106,11],[106,10]]]}}]}
END
cp "$T/layer.geojson" "$T/layer.before"
run "$NOI_SAN" locate --layer "$T/layer.geojson" "$T/a.csv" -o "$T/a.csv"
is "$status" 2 "locate onto its points is refused"
run "$NOI_SAN" locate --layer "$T/layer.geojson" "$T/a.csv" -o "$T/layer.geojson"
is "$status" 2 "locate onto its layer is refused"
cmp -s "$T/a.csv" "$T/before.csv" && cmp -s "$T/layer.geojson" "$T/layer.before"
ok $? "the inputs are as they were"

# The side files of a registry: its journal is the way back of a transaction.
"$NOI" init "$T/side.noi" >"$T/made" 2>&1
for side in journal wal shm; do
    run "$NOI_SAN" reconcile "$T/side.noi" --flows "$T/side.noi-$side"
    is "$status" 4 "nothing is written over a registry's -$side"
done
run "$NOI_SAN" reconcile "$T/side.noi" --flows "$T/a.csv" --flows "$T/b.csv"
is "$status" 2 "an option that is given twice is not half heeded"
done_testing
