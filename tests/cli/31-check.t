#!/bin/sh
# Plan: noi check decides about a layer: a clean one passes, each kind of defect fails it, thresholds
# move the line; JSON and GeoPackage hold what the text says; held against a registry, codes, areas
# and the law's parts are examined and records are counted; the page is whole, safe to open, and
# replaced; the same layer gives the same bytes; each kind of bad input is one sentence.
. tests/cli/tap.sh

# layer FILE RING...: a GeoJSON layer of units 26734, 26737, ... with these outer rings
layer() {
    file=$1
    shift
    {
        printf '{"type":"FeatureCollection","features":['
        n=0
        for ring in "$@"; do
            [ $n = 0 ] || printf ','
            printf '{"type":"Feature","properties":{"code":"%05d","name":"%s"},"geometry":{"type":"Polygon","coordinates":[[%s]]}}' \
                $((26734 + 3 * n)) "U$n" "$ring"
            n=$((n + 1))
        done
        printf ']}\n'
    } >"$file"
}
# key FILE EXPRESSION: what jq would print, by Python, which every Debian with git has through GDAL
key() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"; }
rows() { ogrinfo -q -sql "$2" "$1" | sed -n 's/^ *[a-z_]* ([A-Za-z0-9]*) = //p'; }

WEST='[106.69,10.77],[106.70,10.77],[106.70,10.78],[106.69,10.78],[106.69,10.77]'
EAST='[106.70,10.77],[106.71,10.77],[106.71,10.78],[106.70,10.78],[106.70,10.77]'
layer "$T/clean.geojson" "$WEST" "$EAST"
# 0.0001 degrees, 11 m, too far to the west
layer "$T/overlap.geojson" "$WEST" \
    '[106.6999,10.769],[106.71,10.769],[106.71,10.781],[106.6999,10.781],[106.6999,10.769]'
# the same place twice
layer "$T/twice.geojson" \
    '[106.69,10.77],[106.695,10.77],[106.695,10.77],[106.70,10.77],[106.70,10.78],[106.69,10.78],[106.69,10.77]' "$EAST"

# ---- units that lie elsewhere ----
SOUTH='[106.69,10.76],[106.70,10.76],[106.70,10.77],[106.69,10.77],[106.69,10.76]'
layer "$T/world.geojson" "$WEST" "$EAST" "$SOUTH" '[46.69,50.77],[46.70,50.77],[46.70,50.78],[46.69,50.78],[46.69,50.77]'
run "$NOI_SAN" check "$T/world.geojson" --json
printf '%s' "$out" >"$T/world.json"
is "$status" 1 "a unit on another continent fails a layer"
is "$(key "$T/world.json" "[(f['rule'], f['subject'], f['key']) for f in d['findings'] if f['rule'] == 'L28']")" \
    "[('L28', '26743', 'outside_vietnam')]" "and is named"
layer "$T/pole.geojson" "$WEST" "$EAST" '[-180,-90],[180,-90],[180,-89],[-180,-89],[-180,-90]'
run "$NOI_SAN" check "$T/pole.geojson"
like "$status $out" "^1 " "one at the South Pole"
like "$out" "^ +26740 U2: distance: [0-9]+ km" "by its code, and how far"
for far in 1e300 1e308 1e15 1e12 400; do
    layer "$T/far.geojson" "$WEST" "[106.7,10.77],[$far,10.77],[106.7,10.78],[106.7,10.77]"
    run "$NOI_SAN" check "$T/far.geojson"
    is "$status" 3 "a vertex at $far is no place on earth"
    like "$err" "26737.*x = [14]" "the unit and the number are named"
done
layer "$T/zero.geojson" "$WEST" "$EAST" '[106.70,10.78],[106.71,10.78],[0,0],[106.70,10.79],[106.70,10.78]'
run "$NOI_SAN" check "$T/zero.geojson"
like "$status $out" "^1 " "a vertex at 0,0 fails the layer"
like "$out" "L28" "and is told"

# ---- texts of the file are texts, whatever they hold ----
sed 's/"U0"/"S\\u001b[2K\\nPASS: nothing stands against adopting the layer\\u202e\\u009b31m"/' "$T/overlap.geojson" >"$T/forge.geojson"
run "$NOI_SAN" check "$T/forge.geojson"
is "$(printf '%s\n' "$out" | grep -c '^PASS')" 0 "a name cannot forge the decision's line"
is "$(printf '%s\n' "$out" | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037]')")" 0 "no control character reaches the terminal"

# ---- codes that cannot be codes ----
for code in VN-26740 26740.5 ''; do
    sed "s/\"26734\"/\"$code\"/" "$T/clean.geojson" >"$T/codes.geojson"
    run "$NOI" check "$T/codes.geojson"
    like "$status $out" "^1 " "'$code' is no code: the layer fails"
    like "$out" "L02 " "also without a list of units"
done

# ---- the system is named as systems are named ----
for crs in foo Amersfoort 4326 'WGS 84' EPSG EPSG: EPSG:999999; do
    run "$NOI" check "$T/clean.geojson" --crs "$crs"
    is "$status" 3 "--crs '$crs' is no system"
done

# ---- the decision ----
run "$NOI_SAN" check "$T/clean.geojson"
is "$status" 0 "a clean layer passes: exit 0"
is "$(printf '%s\n' "$out" | tail -n 1)" "PASS as far as checked, which is not against the law" \
    "the last line is the decision"
like "$out" "layer clean: 2 units, 8 vertices" "what was read is said"
like "$out" "coordinates: EPSG:4326, as stated" "and in which system"
like "$out" "Not checked without --against" "and what was not checked"

run "$NOI_SAN" check "$T/overlap.geojson"
is "$status" 1 "an overlap fails: exit 1"
like "$out" '^  L07 +1  Two units overlap \(warning\)' "the rule, its count and its weight"
like "$out" '26734 U0, 26737 U1.*at 106\.69[0-9]*, 10\.77' "the worst one with its units and its place"
is "$(printf '%s\n' "$out" | tail -n 1)" \
    "FAIL: to be settled before the layer is adopted: L07 (1)" "the reasons end the answer"
run "$NOI_SAN" check "$T/twice.geojson"
is "$status" 0 "notes alone do not fail a layer"
like "$out" "PASS .*\(notes: 1\)" "and are counted"
like "$out" "L15 .*\(note\)" "and named"

# ---- thresholds ----
run "$NOI" check "$T/overlap.geojson" --wider-than 20
is "$status" 0 "an overlap of 11 m is none when only wider than 20 m counts"
run "$NOI" check "$T/overlap.geojson" --min-area 1000000
is "$status" 0 "nor when smaller ones are rounding"
like "$out" "not listed: overlaps 1, [0-9.,]+ (m²|km²) together; gaps 0" \
    "but what the thresholds keep out is told, with its area"
run "$NOI" check "$T/overlap.geojson" --min-area 1000000 --json
cp "$T/out" "$T/left.json"
is "$(key "$T/left.json" "d['left_out']['overlaps']['pieces'], d['left_out']['overlaps']['area_m2'] > 100, d['left_out']['gaps']['pieces']")" \
    "(1, True, 0)" "likewise for machines"
run "$NOI" check "$T/overlap.geojson" --sliver-width 20
like "$out" "^  L12 " "narrower than --sliver-width it is a sliver"
run "$NOI" check "$T/overlap.geojson" --sliver-width 1 --sliver-area 1000000
like "$out" "^  L12 " "and smaller than --sliver-area likewise"
run "$NOI" check "$T/clean.geojson" --near-vertex 2000
like "$out" "^  L16 " "--near-vertex"
layer "$T/spike.geojson" \
    '[106.69,10.77],[106.70,10.77],[106.70,10.7749],[106.76,10.775],[106.70,10.7751],[106.70,10.78],[106.69,10.78],[106.69,10.77]'
run "$NOI" check "$T/spike.geojson"
like "$out" "^  L17 " "a lone far vertex"
run "$NOI" check "$T/spike.geojson" --far-vertex 20000
is "$(printf '%s\n' "$out" | grep -c '^  L17')" 0 "--far-vertex"
layer "$T/inlet.geojson" \
    '[106.69,10.77],[106.70,10.77],[106.70,10.78],[106.69,10.78],[106.69,10.77]' \
    '[106.70,10.77],[106.71,10.77],[106.71,10.78],[106.70005,10.78],[106.70,10.7701],[106.70,10.77]'
run "$NOI" check "$T/inlet.geojson" --inlet-width 10
like "$out" "^  L13 " "--inlet-width"
run "$NOI" check "$T/inlet.geojson" --inlet-width 0
is "$(printf '%s\n' "$out" | grep -c '^  L13')" 0 "no inlet is looked for at 0"
layer "$T/edge.geojson" "$WEST" \
    '[106.70,10.77],[106.71,10.77],[106.71,10.78],[106.70,10.78],[106.70000005,10.775],[106.70,10.77]'
run "$NOI" check "$T/edge.geojson" --mismatch 0.05
like "$out" "^  L18 " "--mismatch"
run "$NOI" check "$T/edge.geojson" --mismatch 0.001
is "$(printf '%s\n' "$out" | grep -c '^  L18')" 0 "a narrower --mismatch leaves it alone"
RING='[106.69,10.77],[106.71,10.77],[106.71,10.79],[106.69,10.79],[106.69,10.77]'
layer "$T/hole.geojson" "$RING],[[106.699,10.779],[106.699,10.781],[106.701,10.781],[106.701,10.779],[106.699,10.779]"
run "$NOI" check "$T/hole.geojson" --narrower-than 300
narrow=$out
run "$NOI" check "$T/hole.geojson" --narrower-than 50
[ "$out" != "$narrow" ]
ok $? "--narrower-than tells a gap from an enclave"

for bad in "--wider-than abc" "--wider-than -1" "--wider-than 1e9" "--sliver-area nan" \
    "--mismatch 0x10" "--near-vertex 1,5"; do
    # shellcheck disable=SC2086 # two words
    run "$NOI" check "$T/clean.geojson" $bad
    is "$status" 2 "$bad is a usage error"
    like "$err" "takes a number from 0" "... that says which numbers"
done
like "$err" "hint: --near-vertex: .*; it is 0.01 when not given" "... and what it is without"
run "$NOI" check "$T/clean.geojson" --wider-than 5 --narrower-than 5
is "$status" 2 "thresholds that leave nothing between them: usage"
run "$NOI" check "$T/clean.geojson" --area-tolerance 3
is "$status" 2 "a threshold of the law without a registry: usage"
run "$NOI" check "$T/clean.geojson" --as-of 2025-07-01
is "$status" 2 "a day without a registry: usage"
run "$NOI" check
is "$status" 2 "no layer: usage"
run "$NOI" check "$T/clean.geojson" --sliver-widht 3
like "$err" "did you mean --sliver-width" "a near option is named"
run "$NOI" check "$T/clean.geojson" --map zip=a
is "$status" 2 "a field that a layer does not have: usage"

# ---- reading ----
sed 's/"code"/"so"/; s/"code"/"so"/; s/"code"/"so"/' "$T/clean.geojson" >"$T/other.geojson"
run "$NOI" check "$T/other.geojson"
is "$status" 3 "no field of codes: input"
run "$NOI" check "$T/other.geojson" --map code=so
is "$status" 0 "--map code=FIELD names it"
run "$NOI" check "$T/clean.geojson" --layer nowhere
is "$status" 3 "a layer that is not in the file: input"
run "$NOI" check "$T/clean.geojson" --layer clean
is "$status" 0 "--layer NAME"
run "$NOI" check "$T/clean.geojson" --crs EPSG:1
is "$status" 3 "a system that is none: input"
run "$NOI" check "$T/clean.geojson" --crs EPSG:4326
is "$status" 0 "--crs EPSG:4326"
ogr2ogr -q -t_srs EPSG:32648 -f GPKG "$T/utm.gpkg" "$T/clean.geojson" 2>/dev/null
run "$NOI" check "$T/utm.gpkg"
is "$status" 0 "another projection passes as well"
like "$out" "EPSG:32648, as stated" "and is named"

: >"$T/empty.gpkg"
head -c 40000 "$T/utm.gpkg" >"$T/short.gpkg"
printf 'no layer\n' >"$T/text.txt"
printf '{"type":"FeatureCollection","features":[]}' >"$T/none.geojson"
printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"26734"},"geometry":{"type":"Polygon","coordinates":[[[106.69,10.77],[1e999,10]]]}}]}' \
    >"$T/wild.geojson"
for bad in empty.gpkg short.gpkg text.txt none.geojson wild.geojson missing.gpkg .; do
    run "$NOI_SAN" check "$T/$bad"
    is "$status" 3 "$bad is an input error"
    is "$(printf '%s\n' "$err" | grep -c '^noi: ')" 1 "... said in one sentence"
done

# ---- machines ----
"$NOI_SAN" check "$T/overlap.geojson" --json >"$T/a.json"
is "$?" 1 "--json keeps the exit code"
is "$(key "$T/a.json" "d['decision'], d['reasons']")" "('fail', ['L07'])" "decision and reasons"
is "$(key "$T/a.json" "sorted(d)")" \
    "['decision', 'defects', 'findings', 'law', 'layer', 'left_out', 'projection', 'reasons', 'report', 'rules', 'thresholds']" \
    "the keys of the contract"
is "$(key "$T/a.json" "[(r['rule'], r['severity'], r['findings']) for r in d['rules']]")" \
    "[('L07', 'warning', 1)]" "counts by rule"
is "$(key "$T/a.json" "(d['findings'][0]['area_a']['code'], d['findings'][0]['area_b']['code'], round(d['findings'][0]['area_m2']/12100, 1))")" \
    "('26734', '26737', 1.0)" "a finding has its units and its area"
is "$(key "$T/a.json" "d['thresholds']['sliver_width_m']")" 1.0 "thresholds are told"
is "$(key "$T/a.json" "d['layer']['sha256']")" "$(sha256sum "$T/overlap.geojson" | cut -d' ' -f1)" \
    "the file that was checked is told by its hash"
"$NOI" check "$T/overlap.geojson" --json | cmp -s - "$T/a.json"
ok $? "the same bytes again"

# ---- the file of defects ----
run "$NOI_SAN" check "$T/overlap.geojson" --defects "$T/d.gpkg"
is "$status" 1 "--defects keeps the exit code"
like "$out" "d.gpkg: every finding" "and names the file"
is "$(rows "$T/d.gpkg" "SELECT rule, severity, number FROM defects_areas" | paste -sd' ')" "L07 warning 1" \
    "the overlap is an area"
is "$(rows "$T/d.gpkg" "SELECT value FROM \"check\" WHERE key = 'decision'")" fail "the decision is in it"
is "$(rows "$T/d.gpkg" "SELECT value FROM \"check\" WHERE key = 'wider_than_m'")" 0 "so are the thresholds"
is "$(rows "$T/d.gpkg" "SELECT count(*) AS n FROM layer WHERE findings = 1")" 2 "the layer, with its findings"
is "$(rows "$T/d.gpkg" "SELECT findings FROM rules WHERE rule = 'L07'")" 1 "the rules, with their counts"
is "$(rows "$T/d.gpkg" "SELECT count(*) AS n FROM layer_styles WHERE useAsDefault = 1")" 2 "styles for QGIS"
"$NOI" check "$T/overlap.geojson" --defects "$T/e.gpkg" >/dev/null
cmp -s "$T/d.gpkg" "$T/e.gpkg"
ok $? "the same bytes again"
run "$NOI" check "$T/twice.geojson" --defects "$T/d.gpkg"
is "$status" 0 "an earlier file of defects is replaced"
is "$(rows "$T/d.gpkg" "SELECT rule FROM defects_points")" L15 "a vertex is a point"
run "$NOI" check "$T/clean.geojson" --defects "$T/d.gpkg"
is "$status/$(rows "$T/d.gpkg" "SELECT value FROM \"check\" WHERE key = 'decision'")" 0/pass \
    "a layer without defects has a file too"
cp "$T/utm.gpkg" "$T/utm.before"
run "$NOI" check "$T/clean.geojson" --defects "$T/utm.gpkg"
is "$status" 4 "another GeoPackage is a conflict"
cmp -s "$T/utm.gpkg" "$T/utm.before"
ok $? "and is left alone"
run "$NOI" check "$T/utm.gpkg" --defects "$T/utm.gpkg"
is "$status" 2 "the layer itself is never replaced"
ogr2ogr -q "$T/parts.shp" "$T/clean.geojson" 2>/dev/null
is "$("$NOI" check "$T/parts.shp" --json >"$T/parts.json"; key "$T/parts.json" "list(d['layer']['files'])")" \
    "['parts.shp', 'parts.dbf', 'parts.shx', 'parts.prj']" "a shapefile is told with its parts"
is "$(key "$T/parts.json" "d['layer']['files']['parts.dbf']")" "$(sha256sum "$T/parts.dbf" | cut -d' ' -f1)" \
    "each with its hash"
run "$NOI" check "$T/clean.geojson" --defects "$T/no/such/d.gpkg"
is "$status" 3 "a folder that is not there is an input error"

# ---- the page ----
run "$NOI_SAN" check "$T/overlap.geojson" --report "$T/page"
is "$status" 1 "--report keeps the exit code"
like "$out" "page/index.html: the page to print and sign" "and names the page"
page=$(cat "$T/page/index.html")
like "$page" "Does not pass" "the decision is on it"
is "$(printf '%s' "$page" | grep -c '<figure class="place">')" 1 "a map for the defect"
like "$page" "Place and date" "room to sign"
is "$(printf '%s' "$page" | grep -cE '(src|href)="?(https?:)?//|@import|<script|url\(http')" 0 \
    "it asks for nothing from a network"
"$NOI" check "$T/overlap.geojson" --report "$T/again" >/dev/null
diff -r "$T/page" "$T/again" >/dev/null
ok $? "the same bytes again"
run "$NOI" check "$T/clean.geojson" --report "$T/page/"
is "$status" 0 "an earlier page is replaced"
like "$(cat "$T/page/index.html")" "Passes" "by the new decision"
run "$NOI" check "$T/clean.geojson" --report "$T/page" --defects "$T/page/d.gpkg"
is "$status/$(ls "$T/page" | paste -sd' ')" "0/d.gpkg index.html" "the file of defects may lie beside the page"
cp "$T/clean.geojson" "$T/page/own.geojson"
run "$NOI" check "$T/page/own.geojson" --report "$T/page"
is "$status" 2 "a page is not replaced while the layer lies beside it"
ok "$([ -e "$T/page/own.geojson" ]; echo $?)" "... and the layer is still there"
rm "$T/page/own.geojson"
mkdir "$T/mine" && echo mine >"$T/mine/index.html"
run "$NOI" check "$T/clean.geojson" --report "$T/mine"
is "$status/$(cat "$T/mine/index.html")" 4/mine "another folder is a conflict, and left alone"
run "$NOI" check "$T/clean.geojson" --report /proc/nowhere/page
is "$status" 3 "a folder that cannot be made is an input error"
printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"26734","name":"<script>alert(1)</script>"},"geometry":{"type":"Polygon","coordinates":[[%s]]}},{"type":"Feature","properties":{"code":"26737","name":"B"},"geometry":{"type":"Polygon","coordinates":[[%s]]}}]}' \
    "$WEST" '[106.6999,10.77],[106.71,10.77],[106.71,10.78],[106.6999,10.78],[106.6999,10.77]' >"$T/script.geojson"
run "$NOI" check "$T/script.geojson" --report "$T/page"
is "$(grep -c '<script>' "$T/page/index.html")" 0 "a name is text, whatever it holds"
run "$NOI" --lang vi check "$T/overlap.geojson" --report "$T/vi"
is "$(grep -c '<html lang="vi">' "$T/vi/index.html")" 1 "the page speaks the language asked for"

# ---- against a registry ----
cat >"$T/old.csv" <<'CSV'
code,kind,name,district_code,district_kind,district_name,province_code,province_name
26734,phường,Một,760,quận,1,79,Thành phố Hồ Chí Minh
26737,phường,Hai,760,quận,1,79,Thành phố Hồ Chí Minh
CSV
cat >"$T/new.csv" <<'CSV'
code,kind,name,province_code,province_name,area_km2
26740,phường,Tây,79,Thành phố Hồ Chí Minh,1.21
26743,phường,Đông,79,Thành phố Hồ Chí Minh,1.21
CSV
cat >"$T/walk.csv" <<'CSV'
old_code,new_code,part,scope,resolution,clause
26734,26740,whole,all,R,1
26737,26743,whole,all,R,2
CSV
printf 'id,old_code,lon,lat\nA1,26734,106.699,10.771\nA2,26734,106.6995,10.772\nA3,26737,106.705,10.775\n' >"$T/a.csv"
layer "$T/old.geojson" "$WEST" "$EAST"
"$NOI" init "$T/r.db" >/dev/null
"$NOI" import "$T/r.db" units "$T/old.csv" --as-of 2025-06-30 >/dev/null
"$NOI" import "$T/r.db" units "$T/new.csv" --as-of 2025-07-01 >/dev/null
"$NOI" import "$T/r.db" crosswalk "$T/walk.csv" --as-of 2025-07-01 >/dev/null
"$NOI" import "$T/r.db" layer "$T/old.geojson" --as-of 2025-06-30 >/dev/null
"$NOI" import "$T/r.db" addresses "$T/a.csv" --as-of 2025-06-30 >/dev/null
# new FILE WEST EAST: a layer of the new units
new() {
    layer "$1" "$2" "$3"
    sed -i 's/26734/26740/; s/26737/26743/; s/U0/Tây/; s/U1/Đông/' "$1"
}
new "$T/new.geojson" "$WEST" "$EAST"
run "$NOI_SAN" check "$T/new.geojson" --against "$T/r.db"
is "$status" 0 "a layer that agrees with list and law passes"
like "$out" "the 2 units of 2025-07-01, the day that fits" "the day was found from the codes"
like "$out" "against 2 edges of the law, with the layer old" "the law's parts were examined"
like "$out" "records with a known place: 3 addresses" "records are counted"
is "$(printf '%s\n' "$out" | grep -c 'Not checked')" 0 "nothing was left out"
run "$NOI" check "$T/new.geojson" --against "$T/r.db" --as-of 2025-06-30
is "$status" 3 "against a day whose units it does not draw: input"
like "$err" "2025-06-30" "and the day is named"
layer "$T/half.geojson" "$WEST"
sed -i 's/26734/26740/; s/U0/Tây/' "$T/half.geojson"
run "$NOI" check "$T/half.geojson" --against "$T/r.db" --as-of 2025-07-01
is "$status" 1 "half a layer fails"
like "$out" "^  L01 +1 " "the other unit is missing"
like "$out" "26743 Phường Đông" "and is named by the list"

# the border a fifth of a unit, 220 m, too far to the west
new "$T/moved.geojson" \
    '[106.69,10.77],[106.698,10.77],[106.698,10.78],[106.69,10.78],[106.69,10.77]' \
    '[106.698,10.77],[106.71,10.77],[106.71,10.78],[106.698,10.78],[106.698,10.77]'
"$NOI_SAN" check "$T/moved.geojson" --against "$T/r.db" --json --defects "$T/m.gpkg" --report "$T/m" >"$T/m.json"
is "$(key "$T/m.json" "d['reasons']")" "['L05', 'L09', 'L24']" "area, phantom part, not whole"
is "$(key "$T/m.json" "[(f['subject'], round(f['share'], 2), f['records']['addresses']) for f in d['findings'] if f['rule'] == 'L09']")" \
    "[('26734 26743', 0.2, 2)]" "the part has its share and its records"
is "$(key "$T/m.json" "d['law']['records']['addresses']")" 3 "records in all"
is "$(cut -d, -f1-3,8 "$T/m/law_and_map.csv" | paste -sd' ')" \
    "old_code,new_code,part,rule 26734,26740,whole,L24 26734,26743,,L09 26737,26743,whole," \
    "law and map, pair by pair"
like "$(cat "$T/m/index.html")" "agree within the thresholds for 1 of 2 old units" "and on the page"
like "$(ogrinfo -q "$T/m.gpkg")" "old_units" "the old units are in the file of defects"
run "$NOI" check "$T/moved.geojson" --against "$T/r.db" --area-tolerance 30 --phantom-share 25 --whole-share 75
is "$status" 0 "thresholds of the law move the line"
run "$NOI" check "$T/moved.geojson" --against "$T/r.db" --area-tolerance 30 --phantom-width 500 --whole-share 75
is "$(printf '%s\n' "$out" | grep -c '^  L09')" 0 "--phantom-width"
run "$NOI" check "$T/moved.geojson" --against "$T/r.db" --synthetic
is "$(printf '%s\n' "$out" | grep -c '^  L05')" 0 "--synthetic: areas are not held against the law"
like "$out" "Not checked: areas in law" "and that is said"
sum=$(sha256sum "$T/r.db")
run "$NOI" check "$T/new.geojson" --against "$T/r.db" --defects "$T/r.db"
is "$status" 2 "the registry itself is never replaced"
is "$(sha256sum "$T/r.db")" "$sum" "and never written to"
run "$NOI" check "$T/new.geojson" --against "$T/new.geojson"
is "$status" 3 "against something that is no registry: input"
run "$NOI" check "$T/new.geojson" --against "$T/none.db"
is "$status" 3 "against nothing: input"
run "$NOI" check "$T/new.geojson" --against "$T/r.db" --as-of tomorrow
is "$status" 2 "a day that is none: usage"

run "$NOI" check "$T/new.geojson" --defects "$T/same" --report "$T/./same"
is "$status" 2 "two outputs of one path: usage, before any work"
like "$err" "--defects and --report name the same file" "and told which"

# ---- codes that became numbers, shapes that are no areas ----
python3 - "$T" <<'PY'
import json, sys
def square(x): return {"type": "Polygon", "coordinates": [[[x, 21.03], [x + .01, 21.03], [x + .01, 21.04], [x, 21.04], [x, 21.03]]]}
def layer(name, codes, shapes):
    features = [{"type": "Feature", "properties": {"code": c, "name": f"U{i}"}, "geometry": g}
                for i, (c, g) in enumerate(zip(codes, shapes))]
    json.dump({"type": "FeatureCollection", "features": features}, open(f"{sys.argv[1]}/{name}.geojson", "w"))
squares = [square(105.82 + .01 * i) for i in range(3)]
layer("numbers", [1, 4, 10007], squares)
layer("provinces", ["01", "79", "74"], squares)
layer("point", ["00001", "00004", "00007"], squares[:2] + [{"type": "Point", "coordinates": [105.8, 21]}])
PY
run "$NOI" check "$T/numbers.geojson"
like "$out" "^  L02 +2 " "two codes that lost their zeros, without any registry"
like "$out" "expected 0000[14]" "and what they were"
run "$NOI" check "$T/provinces.geojson"
is "$(printf '%s\n' "$out" | grep -c L02)" 0 "codes of provinces are complete with two digits"
run "$NOI" check "$T/point.geojson"
like "$out" "00007 U2: Point" "a unit whose shape is a point is told with that"

# ---- many slivers along one line, in either direction: no more than linear ----
python3 - "$T" <<'PY'
import json, sys
def zigzag(n, turned):
    line = [[106.5 + .2 * i / n, 10.7 + (1e-5 if i % 2 else -1e-5)] for i in range(n + 1)]
    flip = [[x, 21.4 - y] for x, y in line]
    rings = [line + [[106.7, 10.6], [106.5, 10.6], line[0]], flip + [[106.7, 10.8], [106.5, 10.8], flip[0]]]
    if turned:
        rings = [[[y + 96, x - 96] for x, y in r] for r in rings]
    features = [{"type": "Feature", "properties": {"code": c, "name": c},
                 "geometry": {"type": "Polygon", "coordinates": [r]}} for c, r in zip(["26740", "26743"], rings)]
    json.dump({"type": "FeatureCollection", "features": features},
              open(f"{sys.argv[1]}/zigzag{n}{turned}.geojson", "w"))
for turned in 0, 1:
    zigzag(4000, turned), zigzag(32000, turned)
PY
seconds() { python3 -c 'import subprocess,sys,time; t=time.time(); subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); print(time.time()-t)' "$@"; }
for turned in 0 1; do
    few=$(seconds "$NOI" check "$T/zigzag4000$turned.geojson")
    many=$(seconds "$NOI" check "$T/zigzag32000$turned.geojson")
    is "$(python3 -c "print($many < 24 * $few)")" True \
        "eight times the slivers take at most 24 times as long ($few s, $many s)"
done

# ---- real layers ----
if [ -e "$SHARED/layers/new_hcmc_168.gpkg" ]; then
    "$NOI" check "$SHARED/layers/new_hcmc_168.gpkg" --json >"$T/real.json"
    is "$(key "$T/real.json" "d['decision'], d['layer']['units'], d['projection']['used']")" \
        "('fail', 168, 'EPSG:4326')" "the city's layer fails"
    is "$(key "$T/real.json" "sorted({r['rule'] for r in d['rules']} & {'L06', 'L09', 'L11', 'L14'})")" "[]" \
        "for slivers and mismatches, not for rings or empty units"
    run "$NOI" check "$SHARED/layers/old_hcmc_322_2019_utm48n.gpkg"
    is "$status" 0 "a clean coverage in UTM passes"
    run "$NOI" check "$SHARED/layers/old_hcmc_442.gpkg"
    like "$out" "^  L06 .*error" "an invalid ring in the old layer"
    like "$out" "26923 Phường 5: the ring crosses itself" "in unit 26923"
else
    ok 0 "SKIPPED LOUDLY: ../shared is absent"
fi
done_testing
