#!/bin/sh
# Plan: without --accept noi repair proposes and writes nothing; with it, OUT.gpkg holds the mended
# layer with all its fields, each step, each unit's area and by what; the layer itself is never
# touched; a person's choice goes first; another system keeps its numbers bit by bit; records that
# change unit are told; no new defect comes about, a hole never becomes land, what cannot be kept is
# told, and the last line says whether the result passes; the same again gives the same bytes; each kind of bad input is one sentence.
. tests/cli/tap.sh

key() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"; }
rows() { ogrinfo -q -sql "$2" "$1" | sed -n 's/^ *[A-Za-z_0-9]* ([A-Za-z0-9]*) = //p'; }
content() { sqlite3 "$1" .dump | sha256sum; }

# Three units around a gap of 0.001 x 0.001 degrees; A has two of its sides, and D overlaps C.
cat >"$T/layer.geojson" <<'JSON'
{"type":"FeatureCollection","name":"wards","features":[
{"type":"Feature","properties":{"code":"26734","name":"An","kind":"phường","note":"giữ lại","n":7},
 "geometry":{"type":"Polygon","coordinates":[[[106.690,10.770],[106.701,10.770],[106.701,10.771],
 [106.700,10.771],[106.700,10.772],[106.690,10.772],[106.690,10.770]]]}},
{"type":"Feature","properties":{"code":"26737","name":"Bình","kind":"phường","note":null,"n":8},
 "geometry":{"type":"Polygon","coordinates":[[[106.701,10.770],[106.710,10.770],[106.710,10.772],
 [106.701,10.772],[106.701,10.771],[106.701,10.770]]]}},
{"type":"Feature","properties":{"code":"26740","name":"Cát","kind":"xã","note":"","n":null},
 "geometry":{"type":"Polygon","coordinates":[[[106.690,10.772],[106.700,10.772],[106.701,10.772],
 [106.710,10.772],[106.710,10.774],[106.690,10.774],[106.690,10.772]]]}},
{"type":"Feature","properties":{"code":"26743","name":"Dương","kind":"xã","note":"x","n":1},
 "geometry":{"type":"Polygon","coordinates":[[[106.690,10.7739],[106.710,10.7739],[106.710,10.776],
 [106.690,10.776],[106.690,10.7739]]]}},
{"type":"Feature","properties":{"code":"26746","name":"Êm","kind":"xã","note":"far","n":2},
 "geometry":{"type":"Polygon","coordinates":[[[106.790,10.7],[106.8,10.7],[106.8,10.71],[106.790,10.7]]]}}]}
JSON
L=$T/layer.geojson
before=$(sha256sum "$L")

# ---- proposals ----
run "$NOI_SAN" repair "$L"
is "$status" 1 "there is something to mend: exit 1"
like "$out" "layer wards: 5 units" "what was read is said"
like "$out" '^  L07 .*1 found, 0 left, .* change hands' "what each rule's repair would do"
like "$out" '^  L08 .*1 found, 0 left' "... gaps"
like "$out" 'noi repair .* -o OUT.gpkg --accept L07 --accept L08' "the command to go on with"
is "$(find "$T" -name '*.gpkg*' | wc -l)" 0 "nothing is written"
run "$NOI" repair "$L" --json
printf '%s\n' "$out" >"$T/p.json"
is "$(key "$T/p.json" '[(r["rule"],r["found"],r["left"]) for r in d["proposed"]]')" \
    "[('L07', 1, 0), ('L08', 1, 0), ('L18', 1, 0)]" "the same for machines"

# ---- the repair ----
run "$NOI_SAN" repair "$L" -o "$T/out.gpkg" --accept L07 --accept L08 --table "$T/table.csv"
is "$status" 0 "mended: exit 0"
like "$out" 'Units whose border is touched: 3; whose area changes: 2' "units are counted"
like "$out" '26734 An: .* → .* m² \(\+1[0-9,.]*\)' "the gap went to the longest border"
is "$(sha256sum "$L")" "$before" "the layer is as it was"
run "$NOI" check "$T/out.gpkg"
like "$out" 'PASS' "noi check passes the mended layer"
is "$(rows "$T/out.gpkg" 'SELECT code,name,kind,note,n FROM wards ORDER BY fid' | tr '\n' '|')" \
    "26734|An|phường|giữ lại|7|26737|Bình|phường|(null)|8|26740|Cát|xã||(null)|26743|Dương|xã|x|1|26746|Êm|xã|far|2|" \
    "every field of every feature is kept"
is "$(rows "$T/out.gpkg" 'SELECT rule,gained,lost,owner_by FROM noi_repair ORDER BY step' | tr '\n' '|')" \
    "L07|26740|26743|longest border|L08|26734||longest border|" "each step is a row"
is "$(rows "$T/out.gpkg" "SELECT code, CAST(round(difference_m2) AS INTEGER) AS d FROM noi_repair_units WHERE abs(difference_m2) > 1 ORDER BY code" | tr '\n' '|')" \
    "$(awk -F, 'NR > 1 && ($5 > 1 || $5 < -1) { printf "%s|%.0f|", $1, $5 }' "$T/table.csv")" \
    "areas before and after, alike in the file and in the table"
is "$(wc -l <"$T/table.csv")" 6 "the table has every unit"
like "$(rows "$T/out.gpkg" 'SELECT value FROM noi_repair_run' | tr '\n' '|')" \
    "noi [0-9.]*\|layer.geojson\|${before%% *}\|wards\|EPSG:4326\|" "by which program, from which file"
is "$(rows "$T/out.gpkg" "SELECT f_table_name FROM layer_styles ORDER BY f_table_name" | tr '\n' ' ')" \
    "noi_repair noi_repair_units noi_repair_vertices wards " "styles for QGIS"

first=$(content "$T/out.gpkg")
run "$NOI" repair "$L" -o "$T/out.gpkg" --accept L07 --accept L08
is "$status" 0 "an earlier output is replaced"
is "$(content "$T/out.gpkg")" "$first" "the same again is the same"
run "$NOI" repair "$T/out.gpkg" --layer wards
is "$status/$(printf '%s\n' "$out" | tail -n 1)" "0/Nothing to mend." "nothing is left to propose"

run "$NOI" repair "$L" -o "$T/one.gpkg" --accept L08
is "$(rows "$T/one.gpkg" 'SELECT rule FROM noi_repair')" "L08" "only what was accepted is mended"
run "$NOI" repair "$L" --dry-run --accept L08 -o "$T/dry.gpkg" --table "$T/dry.csv"
is "$status" 0 "--dry-run"
like "$out" 'Nothing is written' "... says so"
ok "$([ ! -e "$T/dry.gpkg" ] && [ ! -e "$T/dry.csv" ]; echo $?)" "... and writes nothing"

# ---- a person's choice ----
run "$NOI_SAN" repair "$L" -o "$T/named.gpkg" --accept L08 --accept L07 --give 106.7005,10.7715=26740 --json
is "$status" 0 "--give"
printf '%s\n' "$out" >"$T/j.json"
is "$(key "$T/j.json" '[(s["gained"]["code"],s["named"]) for s in d["steps"] if s["rule"]=="L08"]')" \
    "[('26740', True)]" "the named unit gets the gap"
is "$(key "$T/j.json" 'd["accepted"][1]["left"], d["records"], d["written"]==sys.argv[1].replace("j.json","named.gpkg")')" \
    "(0, None, True)" "JSON says what is left and where it is written"
like "$(rows "$T/named.gpkg" 'SELECT value FROM noi_repair_run' | tr '\n' '|')" '106.700500000,10.771500000=26740' \
    "the choice is recorded in the file"
run "$NOI" repair "$L" -o "$T/x.gpkg" --accept L08 --give 106.7005,10.7715=26746
is "$status" 3 "a unit that is not beside it is refused"
like "$err" "does not border on the gap" "... saying why"
run "$NOI" repair "$L" -o "$T/x.gpkg" --accept L08 --give 106.6,10.7715=26740
like "$err" "no gap or overlap that is to be mended holds" "a place without a gap is refused"
run "$NOI" repair "$L" -o "$T/x.gpkg" --accept L08 --give 106.7005,10.7715=1
is "$status" 3 "a unit that the layer does not draw is refused"
run "$NOI" repair "$L" -o "$T/x.gpkg" --accept L08 --give here=26740
is "$status" 2 "a choice in another form: usage"

# ---- another system ----
ogr2ogr -q -t_srs EPSG:32648 -f 'ESRI Shapefile' "$T/utm.shp" "$L" -nln utm -lco ENCODING=UTF-8 2>/dev/null
run "$NOI" repair "$T/utm.shp" -o "$T/utm.gpkg" --accept L07 --accept L08
is "$status" 0 "a shapefile in UTM"
is "$(ogrinfo -so "$T/utm.gpkg" utm | grep -c 'ID\["EPSG",32648\]\]')" 1 "stays in its system"
bits() { ogr2ogr -q -f CSV /vsistdout/ "$1" utm -select code -lco GEOMETRY=AS_WKT --config OGR_WKT_PRECISION 17 | grep '26746' | tr -d '(),"A-Z '; }
is "$(bits "$T/utm.gpkg")" "$(bits "$T/utm.shp")" "a unit without defects keeps its numbers bit by bit"

# ---- what stays ----
cat >"$T/same.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"26734"},"geometry":{"type":"Polygon",
 "coordinates":[[[106.69,10.77],[106.70,10.77],[106.70,10.78],[106.69,10.77]]]}},
{"type":"Feature","properties":{"code":"26737"},"geometry":{"type":"Polygon",
 "coordinates":[[[106.69,10.77],[106.70,10.77],[106.70,10.78],[106.69,10.77]]]}}]}
JSON
run "$NOI" repair "$T/same.geojson" -o "$T/same.gpkg" --accept L07
is "$status" 1 "what cannot be mended without guessing: exit 1"
like "$out" 'L07 .*1 found, 1 left' "... is counted"
like "$out" 'name the unit with --give' "... with what can be done"
ok "$([ -e "$T/same.gpkg" ]; echo $?)" "... and the file is there all the same"

# ---- records ----
cat >"$T/old.csv" <<'END'
code,kind,name,district_code,district_kind,district_name,province_code,province_name
10001,phường,An Lạc,101,quận,Nhất,79,Thành phố Vẽ
10002,phường,Bình Yên,101,quận,Nhất,79,Thành phố Vẽ
END
cat >"$T/new.csv" <<'END'
code,kind,name,province_code,province_name,resolution
10001,phường,Êm Đềm,79,Thành phố Vẽ,1/NQ-VE
10002,phường,Phong Phú,79,Thành phố Vẽ,1/NQ-VE
END
cat >"$T/walk.csv" <<'END'
old_code,new_code,part,scope,resolution,clause
10001,10001,part,area+population,1/NQ-VE,1
10001,10002,remainder,area+population,1/NQ-VE,2
10002,10002,whole,all,1/NQ-VE,2
END
cat >"$T/drawn.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"10001"},"geometry":{"type":"Polygon","coordinates":
 [[[106.69,10.77],[106.70,10.77],[106.702,10.775],[106.70,10.78],[106.69,10.78],[106.69,10.77]]]}},
{"type":"Feature","properties":{"code":"10002"},"geometry":{"type":"Polygon","coordinates":
 [[[106.70,10.77],[106.71,10.77],[106.71,10.78],[106.70,10.78],[106.70,10.77]]]}}]}
JSON
printf 'id,old_code,lon,lat,error_m\nA1,10001,106.695,10.775,1\nA2,10001,106.7010,10.775,1\nA3,10001,106.7012,10.7751,1\n' \
    >"$T/a.csv"
{
    "$NOI" init "$T/r.db"
    "$NOI" import "$T/r.db" units "$T/old.csv" --as-of 2025-06-30
    "$NOI" import "$T/r.db" units "$T/new.csv" --as-of 2025-07-01
    "$NOI" import "$T/r.db" crosswalk "$T/walk.csv" --as-of 2025-07-01
    "$NOI" import "$T/r.db" layer "$T/drawn.geojson" --as-of 2025-07-01
    "$NOI" import "$T/r.db" addresses "$T/a.csv" --as-of 2025-06-30
} >"$T/log" 2>&1
stored=$(sha256sum "$T/r.db")
run "$NOI_SAN" repair "$T/drawn.geojson" -o "$T/r.gpkg" --accept L07 --registry "$T/r.db" --json \
    --give 106.701,10.775=10002
is "$status" 0 "with a registry"
printf '%s\n' "$out" >"$T/r.json"
is "$(key "$T/r.json" 'd["records"]["judged"], d["records"]["change_unit"], [(p["to"],p["total"],p["addresses"]) for p in d["records"]["pairs"]]')" \
    "(3, 2, [('10002', 2, 2)])" "records that change unit, by pair"
is "$(rows "$T/r.gpkg" 'SELECT kind,key,to_code FROM noi_repair_records ORDER BY key' | tr '\n' '|')" \
    "address|A2|10002|address|A3|10002|" "their keys are in the file"
is "$(stat -c %a "$T/r.gpkg")" 600 "a file with keys of records is its owner's"
is "$(sha256sum "$T/r.db")" "$stored" "the registry is as it was"
run "$NOI" repair "$T/drawn.geojson" -o "$T/r.gpkg" --accept L07 --registry "$T/r.db" --give 106.701,10.775=10002
like "$out" 'Records that change unit: 2 of 3' "the same for people"
like "$out" '→ 10002: 2 addresses' "... by pair"

# ---- bad input ----
run "$NOI" repair "$L" -o "$L" --accept L08
is "$status" 2 "the layer itself is never replaced"
is "$(sha256sum "$L")" "$before" "... and is as it was"
printf 'mine\n' >"$T/mine.gpkg"
run "$NOI" repair "$L" -o "$T/mine.gpkg" --accept L08
is "$status/$(cat "$T/mine.gpkg")" "4/mine" "a file that is no such output is left alone"
run "$NOI" repair "$T/drawn.geojson" -o "$T/r.db" --accept L07 --registry "$T/r.db"
is "$status" 2 "nor is the registry"
run "$NOI" repair "$L" -o "$T/x.gpkg"
is "$status" 2 "nothing accepted: usage"
run "$NOI" repair "$L" --accept L08
is "$status" 2 "no output: usage"
run "$NOI" repair "$L" -o "$T/x.gpkg" --accept L05
is "$status" 2 "a rule that cannot be mended: usage"
like "$err" "hint: .*L06, L07, L08" "... with those that can"
run "$NOI" repair "$L" --min-area -3
is "$status" 2 "a threshold that is none: usage"
run "$NOI" repair
is "$status" 2 "no layer: usage"
run "$NOI" repair "$T/missing.gpkg"
is "$status" 3 "a missing layer: input"
run "$NOI" repair "$L" -o "$T/no/such/x.gpkg" --accept L08
is "$status" 3 "a folder that is not there: input"
ok "$([ ! -e "$T/x.gpkg" ] && [ ! -e "$T/x.gpkg.part" ]; echo $?)" "a refused run leaves no file"

# ---- nothing new goes wrong ----
cat >"$T/two.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"26740","name":"A"},"geometry":{"type":"Polygon",
 "coordinates":[[[106.69,10.77],[106.70,10.77],[106.70,10.78],[106.69,10.78],[106.69,10.77]]]}},
{"type":"Feature","properties":{"code":"26743","name":"B"},"geometry":{"type":"Polygon",
 "coordinates":[[[106.70000001,10.77],[106.71,10.77],[106.71,10.78],[106.70000002,10.78],[106.70000001,10.77]]]}}]}
JSON
run "$NOI" repair "$T/two.geojson" -o "$T/two.gpkg" --accept L18 --mismatch 100000
is "$status" 2 "borders far apart are not drawn together"
like "$err" "up to 10 m, not 100000" "... saying how far apart they may be"
run "$NOI_SAN" repair "$T/two.geojson" -o "$T/two.gpkg" --accept L18 --mismatch 10
is "$status" 0 "a wide reach that is allowed"
like "$out" 'L18 .* 0 left, .* change hands' "the land that moved is counted"
is "$(rows "$T/two.gpkg" "SELECT rule,owner_by FROM noi_repair LIMIT 1" | tr '\n' '|')" "L18|moved vertices|" \
    "... and stands in the file"
is "$(printf '%s\n' "$out" | tail -n 1)" \
    "The mended layer passes noi check as far as it is checked without a registry." "the last line is the verdict"
run "$NOI" repair "$T/two.geojson" -o "$T/one.gpkg" --accept L08
is "$status" 4 "the repair of another layer is not replaced"
like "$err" "holds the repair of layer.geojson" "... saying whose it is"
run "$NOI" repair "$T/two.geojson" -o "$T/x.gpkg" --table "$T/x.gpkg" --accept L18
is "$status" 2 "two outputs of one name are refused first"
run "$NOI" repair "$L" -o "$T/one.gpkg" --accept L08
is "$(printf '%s\n' "$out" | tail -n 1)" "The mended layer still fails noi check: L07 (1), L18 (1)" \
    "what was not accepted still fails, in the last line"

# ---- choices that cannot be ----
run "$NOI" repair "$T/same.geojson" -o "$T/s2.gpkg" --accept L07 --give 106.698,10.775=26734
is "$status" 3 "a choice that would erase a unit is refused"
like "$err" "would leave unit 26737 without any land" "... saying which"
run "$NOI" repair "$L" -o "$T/s2.gpkg" --accept L08 --give 106.7005,10.7715=26734 --give 106.7004,10.7716=26740
is "$status" 3 "two owners for one gap are refused"
like "$err" "to unit 26734, and .* to 26740" "... with both"

# ---- invalid rings ----
cat >"$T/hole.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"26740","name":"A"},"geometry":{"type":"Polygon",
 "coordinates":[[[106.69,10.77],[106.70,10.77],[106.70,10.78],[106.69,10.78],[106.69,10.77]],
 [[106.72,10.772],[106.73,10.772],[106.73,10.778],[106.72,10.778],[106.72,10.772]]]}}]}
JSON
run "$NOI_SAN" repair "$T/hole.geojson" -o "$T/hole.gpkg" --accept L06 --table "$T/hole.csv"
is "$status" 0 "a hole outside of its ring"
like "$out" 'sum over rings, not land' "what the area before means is said"
is "$(tail -n 1 "$T/hole.csv" | cut -d, -f4,6)" "1209771.03,1" "a hole does not become land"
is "$(rows "$T/hole.gpkg" "SELECT rule, area_after_m2 > area_before_m2 AS more FROM noi_repair_vertices" | tr '\n' '|')" \
    "L06|1|" "the step has the area before and after"

# ---- what cannot be kept ----
cat >"$T/loss.geojson" <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"26740","name":"A","tags":["a","b"]},"geometry":{"type":"Polygon",
 "coordinates":[[[106.69,10.77,5],[106.70,10.77,5],[106.70,10.78,5],[106.69,10.78,5],[106.69,10.77,5]]]}},
{"type":"Feature","properties":{"code":"26743","name":"B","tags":["c"]},"geometry":{"type":"GeometryCollection",
 "geometries":[{"type":"Polygon","coordinates":[[[106.7,10.77],[106.71,10.77],[106.71,10.78],[106.7,10.78],[106.7,10.77]]]},
 {"type":"Point","coordinates":[106.7,10.77]}]}}]}
JSON
run "$NOI_SAN" repair "$T/loss.geojson" -o "$T/loss.gpkg" --accept L07
like "$out" 'heights \(Z\).*features: 1' "heights that are lost are told"
like "$out" 'tags: the type of the field.*values: 2' "... a list by the name of its field"
like "$out" 'points and lines beside the areas; features: 1' "... points"
is "$(rows "$T/loss.gpkg" "SELECT key,value FROM noi_repair_run WHERE key LIKE 'dropped%' ORDER BY key" | tr '\n' '|')" \
    "dropped_parts|1|dropped_type|tags: 2|dropped_z|1|" "the file records them"
run "$NOI" repair "$T/loss.geojson" --dry-run --json --accept L07
printf '%s\n' "$out" >"$T/loss.json"
is "$(key "$T/loss.json" '[(x["what"],x["name"],x["n"]) for x in d["dropped"]], d["result"]["decision"]')" \
    "([('z', None, 1), ('type', 'tags', 2), ('parts', None, 1)], 'pass')" "... and JSON, also of a dry run"
ogr2ogr -q -f GeoJSON "$T/yx.geojson" "$T/two.geojson" -dialect SQLite \
    -sql "SELECT code, name, SwapCoordinates(geometry) AS geometry FROM two" 2>/dev/null
run "$NOI" repair "$T/yx.geojson" --crs EPSG:4326/yx -o "$T/yx.gpkg" --accept L18
like "$out" 'The file gives y before x' "exchanged axes are said to be put right"

# ---- the real layer ----
if [ -e "$SHARED/layers/new_hcmc_168.gpkg" ]; then
    run "$NOI" repair "$SHARED/layers/new_hcmc_168.gpkg" -o "$T/168.gpkg" --accept L07 --accept L08 --accept L12
    is "$status" 0 "all gaps and overlaps of the 168 units are mended"
    run "$NOI" check "$T/168.gpkg" --json
    printf '%s\n' "$out" >"$T/168.json"
    is "$(key "$T/168.json" '[r["rule"] for r in d["rules"] if r["rule"] in ("L07","L08","L12","L13","L06")]')" "[]" \
        "noi check finds none of them in the file"
else
    ok 0 "SKIPPED LOUDLY: ../shared is absent"
fi
done_testing
