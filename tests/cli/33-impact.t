#!/bin/sh
# Plan: in a rehearsal's city a layer against itself moves nobody (exit 0), against a copy with some
# borders shifted it moves records (exit 1); the text, the JSON, the file of records and the page tell
# one story, and the accounts are those of dry runs with either layer; borders of known shift are
# measured; the registry does not change by a byte; the file of records holds keys only, for its
# owner alone; layers of different days, and each kind of bad use, is one sentence.
. tests/cli/tap.sh

key() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"; }

# ---- a city of 3,000 addresses, and a copy of its layer with borders shifted ----
"$NOI" rehearse --generate-only --out "$T/city" >/dev/null
in=$T/city/input
few() { head -n "$2" "$in/$1.csv" >"$T/$1.csv"; }
few addresses 3001
few households 1001
few cases 1501
# make REGISTRY LAYER
make_registry() {
    "$NOI" init "$1" &&
        "$NOI" import "$1" units "$in/units-old.csv" --as-of 2025-06-30 &&
        "$NOI" import "$1" units "$in/units-new.csv" --as-of 2025-07-01 &&
        "$NOI" import "$1" crosswalk "$in/crosswalk.csv" --as-of 2025-07-01 &&
        "$NOI" import "$1" layer "$2" --as-of 2025-07-01 --synthetic &&
        "$NOI" import "$1" addresses "$T/addresses.csv" --as-of 2025-06-30 &&
        "$NOI" import "$1" households "$T/households.csv" --as-of 2025-06-30 &&
        "$NOI" import "$1" cases "$T/cases.csv" --as-of 2025-06-30
}
ogr2ogr -f GeoJSON -lco COORDINATE_PRECISION=9 "$T/v1.geojson" "$in/synthetic-new.gpkg"
# Every vertex in the middle of the city goes 0.0006 degrees (65.6 m) to the east.
awk '{
    rest = $0; out = ""
    while (match(rest, /\[ *-?[0-9]+\.[0-9]+, *-?[0-9]+\.[0-9]+ *\]/)) {
        split(substr(rest, RSTART + 1, RLENGTH - 2), p, /, */)
        x = p[1] + 0; y = p[2] + 0
        if (x > 106.60 && x < 106.75 && y > 10.72 && y < 10.85) x += 0.0006
        out = out substr(rest, 1, RSTART) sprintf("%.9f, %.9f]", x, y)
        rest = substr(rest, RSTART + RLENGTH)
    }
    print out rest
}' "$T/v1.geojson" >"$T/v2.geojson"
make_registry "$T/r.noi" "$T/v1.geojson" >"$T/log" 2>&1
make_registry "$T/r2.noi" "$T/v2.geojson" >>"$T/log" 2>&1
cp "$T/r.noi" "$T/before.noi"

# ---- nobody moves ----
run "$NOI_SAN" impact "$T/v1.geojson" "$in/synthetic-new.gpkg" --registry "$T/r.noi"
is "$status" 0 "a layer against itself in another format: exit 0"
like "$out" "Nobody moves: all [0-9,]+ records keep their outcome\." "said plainly"
like "$out" "No border moves by more than 1 m\." "and that no border moved"
run "$NOI" impact "$T/v1.geojson" "$T/v1.geojson" --registry "$T/r.noi" --json --report "$T/none"
is "$status" 0 "likewise for machines"
cp "$T/out" "$T/none.json"
is "$(key "$T/none.json" "d['moves'], d['pairs'], d['rows'], d['changes']['total']")" \
    "(False, [], [], 0)" "nothing in any list"
like "$(cat "$T/none/index.html")" 'class="summary none">Nobody moves' "and the page says so"

# ---- outputs that would destroy each other or what is read ----
mkdir -p "$T/holds"
cp "$T/v1.geojson" "$T/holds/"
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --records "$T/x" \
    --report "$T/holds/../x"
is "$status" 2 "records and report of one path: refused before any work"
like "$err" "--report and --records name the same file" "and told which"
run "$NOI" impact "$T/holds/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --report "$T/holds"
is "$status" 2 "a report that would replace the folder of a layer: refused"

# ---- a layer pushed aside, and a registry without records ----
ogr2ogr -f GeoJSON -lco COORDINATE_PRECISION=9 -dialect sqlite -sql \
    "SELECT code, name, ShiftCoords(geometry, 0.0002, 0) AS geometry FROM \"$(ogrinfo -q "$T/v1.geojson" | sed 's/^1: \([^ ]*\).*/\1/')\"" \
    "$T/pushed.geojson" "$T/v1.geojson"
"$NOI" init "$T/bare.noi" >/dev/null
"$NOI" import "$T/bare.noi" units "$in/units-old.csv" --as-of 2025-06-30 >/dev/null
"$NOI" import "$T/bare.noi" units "$in/units-new.csv" --as-of 2025-07-01 >/dev/null
"$NOI" import "$T/bare.noi" crosswalk "$in/crosswalk.csv" --as-of 2025-07-01 >/dev/null
run "$NOI" impact "$T/v1.geojson" "$T/pushed.geojson" --registry "$T/bare.noi" --report "$T/pushed"
is "$status" 1 "a layer pushed aside: exit 1"
like "$out" "No records are stored in the registry" "nobody is said to stay where nobody is known"
like "$out" "the old one pushed 2[12]\.[0-9] m to the east \(east 2[12]\.[0-9] m, north 0\.0 m\): so 168 of 168 units move" \
    "the push is told as one vector"
like "$out" "the farthest place moves by 2[12]\.[0-9] m" "and nothing moves farther"
like "$out" "^All units together have [0-9,.]+ km² before and [0-9,.]+ km² afterwards, plus" "areas add up"
is "$(grep -c "$T" "$T/pushed/index.html")" 0 "no path of this machine stands in the page"
run "$NOI" impact "$T/v1.geojson" "$T/pushed.geojson" --registry "$T/bare.noi" --json
cp "$T/out" "$T/pushed.json"
is "$(key "$T/pushed.json" "21 < d['shift']['east_m'] < 23 and d['shift']['units_alike']")" 168 \
    "likewise for machines"
is "$(key "$T/pushed.json" "abs(sum(u['new_m2'] - u['old_m2'] - u['gained_m2'] + u['lost_m2'] - u['rest_m2'] for u in d['areas']['units'])) < 10")" \
    True "each unit's area is accounted for"

# ---- some do ----
run "$NOI_SAN" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --records "$T/moved.csv" \
    --report "$T/report"
is "$status" 1 "shifted borders: exit 1"
like "$out" "Of [0-9,]+ records [0-9]+ change: addresses [0-9]+, households [0-9]+, parcels 0, cases [0-9]+\." \
    "the first sentence counts the records"
like "$out" "the farthest place moves by 6[56]\.[0-9] m" "the farthest place is the shift"
like "$out" "^  [0-9]{5} (Phường|Xã) .* → [0-9]{5} .* along [0-9,]+ m of border, [0-9.]+ m on the mean" \
    "a border with its units, area, length and distance"
like "$out" "^  [0-9]{5} .* → open question: [0-9]+ \(addresses" "records that become questions"
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --json
cp "$T/out" "$T/moved.json"
total=$(key "$T/moved.json" "d['changes']['total']")
is "$((total > 0))" 1 "records change"
is "$(key "$T/moved.json" "sum(r['records']['total'] for r in d['rows'])")" "$total" \
    "the rows add up to all that change"
is "$(tail -n +2 "$T/moved.csv" | wc -l)" "$total" "and so does the file of records"
is "$(key "$T/moved.json" "sum(p['a_to_b']['total'] + p['b_to_a']['total'] for p in d['pairs'])")" \
    "$(key "$T/moved.json" "sum(r['records']['total'] for r in d['rows'] if r['from'].isdigit() and r['to'].isdigit())")" \
    "each record that changes unit stands at one border"
is "$(key "$T/moved.json" "all(p['area_m2'] > 0 and (p['farthest_m'] or 0) < 66.5 for p in d['pairs'] if p['moved'])")" \
    True "no border moved farther than the shift"
is "$(key "$T/moved.json" "d['queue']['new']['total'] - d['queue']['old']['total']")" \
    "$(key "$T/moved.json" "sum(r['records']['total'] * ((not r['to'].isdigit()) - (not r['from'].isdigit())) for r in d['rows'])")" \
    "the queue grows by what joins it less what leaves it"

# The accounts are those of a dry run with either layer.
for side in old new; do
    registry=$T/r.noi
    [ $side = old ] || registry=$T/r2.noi
    "$NOI" plan "$registry" -o "$T/$side.plan" >/dev/null
    "$NOI" merge "$registry" --plan "$T/$side.plan" --dry-run --json >"$T/$side.json"
    is "$(key "$T/moved.json" "d['account_$side']")" "$(key "$T/$side.json" "d['account']")" \
        "the account with the $side layer is that of a dry run"
done

# ---- the file of records ----
is "$(head -n 1 "$T/moved.csv")" "kind,key,from,to,lon,lat" "columns of the file of records"
is "$(stat -c %a "$T/moved.csv")" 600 "its owner alone may read it"
is "$(tail -n +2 "$T/moved.csv" | grep -cvE '^(address|household|parcel|case),[^,]*,([0-9]{5}|asked|unplaced),([0-9]{5}|asked|unplaced),[-0-9.]*,[-0-9.]*$')" \
    0 "keys, units and places only"
is "$(grep -c 'Phường\|Đường' "$T/moved.csv")" 0 "no texts of records"

# ---- the page ----
page=$(cat "$T/report/index.html")
like "$page" '<p class="summary">Of [0-9,]+ records' "the page begins with one paragraph that says it all"
like "$page" 'class="gain"|class="loss"' "maps show the area that changes hands"
like "$page" 'circle class="dot"' "and the records"
like "$page" "synthetic, that is, made up" "borders that are made up are said to be"
is "$(printf '%s' "$page" | grep -cE '(src|href)="?(https?:)?//|@import|<script|url\(http')" 0 \
    "it asks for nothing from a network"
"$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --report "$T/again" >/dev/null
cmp -s "$T/report/index.html" "$T/again/index.html"
ok $? "the same layers give the same bytes"
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --report "$T/report"
is "$status" 1 "an earlier page is replaced"
mkdir "$T/mine"
echo keep >"$T/mine/letter"
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --report "$T/mine"
is "$status" 4 "another folder is not"
cmp -s "$T/r.noi" "$T/before.noi"
ok $? "the registry has not changed by a byte"

# ---- noise ----
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --noise 100
like "$out" "No border moves by more than 100 m\." "--noise leaves out what is narrower"
is "$status" 1 "but the records move all the same"
for noise in -1 x nan 1e9; do
    run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --noise "$noise"
    is "$status" 2 "--noise $noise is a usage error"
done

# ---- bad use ----
run "$NOI" impact "$T/v1.geojson" "$in/synthetic-old.gpkg" --registry "$T/r.noi"
is "$status" 3 "layers of different days are refused"
like "$err" "the old one \(synthetic_new_units\) those of 2025-07-01, the new one \(synthetic_old_units\) those of 2025-06-30" \
    "and both days are named"
like "$err" "hint: .*noi check" "with what to do instead"
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson"
is "$status" 2 "without a registry"
like "$err" "hint: .*--registry REGISTRY" "the hint says how"
run "$NOI" impact "$T/v1.geojson" --registry "$T/r.noi"
is "$status" 2 "one layer is not enough"
run "$NOI" impact "$T/v1.geojson" "$T/none.geojson" --registry "$T/r.noi"
is "$status" 3 "a layer that is not there"
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/v2.geojson"
is "$status" 3 "a registry that is none"
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --records "$T/r.noi"
is "$status" 2 "the registry is not overwritten"
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/r.noi" --layer-new missing
is "$status" 3 "a layer name that the file does not have"
"$NOI" init "$T/empty.noi" >/dev/null
run "$NOI" impact "$T/v1.geojson" "$T/v2.geojson" --registry "$T/empty.noi"
is "$status" 3 "a registry without units"
like "$err" "hint: import" "and what to import"
done_testing
