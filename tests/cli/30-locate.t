#!/bin/sh
# Plan: noi locate gives each point its unit and its distance to the border; rows keep order and
# bytes; bad coordinates stay and are counted; VN-2000; each kind of bad input in one sentence.
. tests/cli/tap.sh

cat >"$T/layer.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"00001","name":"Tây"},"geometry":{"type":"Polygon",
 "coordinates":[[[106.5,10.5],[106.6,10.5],[106.6,10.6],[106.5,10.6],[106.5,10.5]]]}},
{"type":"Feature","properties":{"code":"00002","name":"Đông"},"geometry":{"type":"Polygon",
 "coordinates":[[[106.6,10.5],[106.7,10.5],[106.7,10.6],[106.6,10.6],[106.6,10.5]]]}}]}
JSON

cat >"$T/points.csv" <<'CSV'
id,lon,lat,note
1,106.55,10.55,"inside, west"
2,106.599,10.55,109 m from the border
3,106.6,10.55,on the border
4,106.65,10.55,"a ""quoted"" note"
5,abc,10.55,no number
6,106.8,10.55,outside
7,106.62
CSV
run "$NOI_SAN" locate --layer "$T/layer.geojson" "$T/points.csv" -o "$T/out.csv" --border-limit 6000
is "$status" 0 "locate exits 0"
is "$err" "7 points: 4 in a unit, 1 in none, 2 without usable coordinates" "the account adds up"
is "$(cat "$T/out.csv")" 'id,lon,lat,note,noi_code,noi_border_m
1,106.55,10.55,"inside, west",00001,5472.5
2,106.599,10.55,109 m from the border,00001,109.4
3,106.6,10.55,on the border,00002,0.0
4,106.65,10.55,"a ""quoted"" note",00002,5472.5
5,abc,10.55,no number,,
6,106.8,10.55,outside,,
7,106.62,,,,' "rows keep their order and their bytes; a border point has one unit"

run "$NOI" locate --layer "$T/layer.geojson" "$T/points.csv" -o -
is "$(printf '%s\n' "$out" | sed -n 2p)" '1,106.55,10.55,"inside, west",00001,' \
    "beyond the limit the distance is empty; - is standard output"

printf '\357\273\277name;lat;lon\r\n\303\204;10,55;106,55\r\n' >"$T/semicolon.csv"
run "$NOI" locate --layer "$T/layer.geojson" "$T/semicolon.csv" -o "$T/semicolon.out"
printf '\357\273\277name;lat;lon;noi_code;noi_border_m\r\n\303\204;10,55;106,55;00001;\r\n' >"$T/want"
ok "$(cmp -s "$T/want" "$T/semicolon.out"; echo $?)" "byte order mark, semicolons, decimal commas, CRLF"

# The place 106.55 E 10.55 N in VN-2000, 105-45, through EPSG:6960 (computed with PROJ's cct).
cat >"$T/vn.csv" <<'CSV'
KD,VD
587358.207,1166797.452
CSV
run "$NOI" locate --layer "$T/layer.geojson" "$T/vn.csv" -o - --crs EPSG:9210 --map x=KD --map y=VD
like "$out" '^587358.207,1166797.452,00001,' "VN-2000 coordinates with columns of other names"
run "$NOI" locate --layer "$T/layer.geojson" "$T/vn.csv" -o - --crs EPSG:9210
is "$status" 3 "missing columns are refused"
like "$err" "hint: .*--map x=COLUMN .*: KD, VD" "... naming the columns that are there"

printf 'lat,lon\n106.55,10.55\n' >"$T/swapped.csv"
run "$NOI" locate --layer "$T/layer.geojson" "$T/swapped.csv" -o "$T/swapped.out"
is "$status" 1 "no point in any unit: exit 1"
like "$err" "EPSG:4326 with the two columns exchanged" "... with what the numbers look like"
ok "$([ -s "$T/swapped.out" ]; echo $?)" "... and the file is written"

printf 'lon,lat\n' >"$T/none.csv"
run "$NOI" locate --layer "$T/layer.geojson" "$T/none.csv" -o -
is "$status/$out" "0/lon,lat,noi_code,noi_border_m" "no points are no failure"

: >"$T/empty.csv"
run "$NOI" locate --layer "$T/layer.geojson" "$T/empty.csv" -o "$T/x"
is "$status" 3 "an empty file of points is refused"
run "$NOI" locate --layer "$T/missing.gpkg" "$T/points.csv" -o "$T/x"
is "$status" 3 "a missing layer is refused"
run "$NOI" locate --layer "$T" "$T/points.csv" -o "$T/x"
like "$err" "is a folder" "a folder for a layer is refused"
run "$NOI" locate --layer "$T/layer.geojson" "$T" -o "$T/x"
is "$status" 3 "a folder for points is refused"
run "$NOI" locate --layer "$T/layer.geojson" "$T/out.csv" -o "$T/x"
like "$err" "noi_code or noi_border_m already" "a file that was located before is refused"
run "$NOI" locate --layer "$T/layer.geojson" "$T/points.csv" -o "$T/no/such/x.csv"
is "$status" 3 "a folder that is not there is refused"
run "$NOI" locate --layer "$T/layer.geojson" "$T/points.csv" -o "$T/x" --crs EPSG:1
is "$status" 3 "an unknown system is refused"
ok "$([ ! -e "$T/x" ] && ! ls "$T" | grep -q "^x.*part"; echo $?)" "a refused run leaves no file"
run "$NOI" locate "$T/points.csv" -o "$T/x"
is "$status" 2 "without --layer: usage"
run "$NOI" locate --layer "$T/layer.geojson" "$T/points.csv" -o "$T/x" --border-limit far
is "$status" 2 "a limit that is no number: usage"
run "$NOI" locate --layer "$T/layer.geojson" "$T/points.csv" -o "$T/x" --map zip=a
is "$status" 2 "a field that locate does not take: usage"
if [ -w /dev/full ]; then
    run "$NOI" locate --layer "$T/layer.geojson" "$T/points.csv" -o /dev/full
    is "$status" 3 "a full disk is refused"
fi

# Many batches: order and content do not depend on how many processors work.
awk 'BEGIN { print "n,lon,lat"; for (i = 0; i < 60000; i++)
    printf "%d,%.6f,%.6f\n", i, 106.45 + (i * 7919 % 30011) / 100000, 10.48 + (i * 104729 % 14009) / 100000 }' \
    >"$T/many.csv"
run "$NOI" locate --layer "$T/layer.geojson" "$T/many.csv" -o "$T/many.out"
is "$(cut -d, -f1-3 "$T/many.out" | cmp - "$T/many.csv" && echo same)" same "60,000 rows keep their order"
run taskset -c 0 "$NOI" locate --layer "$T/layer.geojson" "$T/many.csv" -o "$T/one.out"
ok "$(cmp -s "$T/one.out" "$T/many.out"; echo $?)" "one processor gives the same bytes"
is "$(awk -F, 'NR > 1 { w = ""; if ($3 >= 10.5 && $3 < 10.6) { if ($2 >= 106.5 && $2 < 106.6) w = "00001";
    else if ($2 >= 106.6 && $2 < 106.7) w = "00002" } if (w != $4) bad++ } END { print bad + 0 }' "$T/many.out")" \
    0 "each of them has the unit that its numbers say"

if [ -e "$SHARED/layers/new_hcmc_168.gpkg" ]; then
    printf 'lon,lat\n106.6983,10.7731\n106.60,8.69\n' >"$T/real.csv"
    run "$NOI" locate --layer "$SHARED/layers/new_hcmc_168.gpkg" "$T/real.csv" -o -
    like "$out" '^106.6983,10.7731,267' "a point in the middle of the city lies in one of its units"
    like "$out" '^106.60,8.69,26732,' "Côn Đảo is found across the sea"
else
    ok 0 "SKIPPED LOUDLY: ../shared is absent"
fi
done_testing
