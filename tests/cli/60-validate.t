#!/bin/sh
# Plan: the rules are listed and explained; an empty registry has no findings; the real law and
# table have none of weight; a planted defect ends in exit 1, in the table and in JSON; findings are
# replaced; what is asked wrongly is a usage error and changes nothing.
. tests/cli/tap.sh

run "$NOI" validate --list
is "$status" 0 "--list exits 0"
is "$(printf '%s\n' "$out" | grep -cE '^  [ULAHCR][0-9]{2}  ' | awk '{print ($1 >= 25)}')" 1 \
    "there are at least 25 rules"
for family in U L A H C R; do
    like "$out" "^  ${family}01  " "family $family has rules"
done
run "$NOI" validate --explain l09
is "$status" 0 "--explain exits 0"
like "$out" "^L09  " "--explain finds a rule in small letters"
like "$out" "^Proposed action: " "--explain tells what to do"
run "$NOI" validate --explain Z99
is "$status" 2 "--explain of no rule is a usage error"

run "$NOI" init "$T/r.noi"
run "$NOI_SAN" validate "$T/r.noi"
is "$status" 0 "an empty registry has no findings"
like "$out" "0 findings want a person" "and says so"

"$NOI" import "$T/r.noi" units data/units_old.csv --as-of 2025-06-30 >/dev/null
"$NOI" import "$T/r.noi" units data/units_new.csv --as-of 2025-07-01 >/dev/null
"$NOI" import "$T/r.noi" crosswalk data/crosswalk.csv --as-of 2025-07-01 >/dev/null
run "$NOI_SAN" validate "$T/r.noi"
is "$status" 0 "the real units and edges have no warnings"
like "$out" "U04 +[0-9]+  Code that changes its meaning \(note\)" "but codes that change their meaning"
first=$out
run "$NOI" validate "$T/r.noi"
is "$out" "$first" "a second run finds the same, not more"

# The crosswalk without one part: the old unit is not used up.
grep -v '^25741,25750,' data/crosswalk.csv >"$T/crosswalk.csv"
"$NOI" init "$T/bad.noi" >/dev/null
"$NOI" import "$T/bad.noi" units data/units_old.csv --as-of 2025-06-30 >/dev/null
"$NOI" import "$T/bad.noi" units data/units_new.csv --as-of 2025-07-01 >/dev/null
"$NOI" import "$T/bad.noi" crosswalk "$T/crosswalk.csv" --as-of 2025-07-01 >/dev/null
run "$NOI" validate "$T/bad.noi" --rule U01
is "$status" 1 "an error among the findings exits 1"
like "$out" "U01 +1  Old unit not consumed exactly once \(error\)" "it is counted"
run "$NOI" validate "$T/bad.noi" --rule U01 --rule U02 --json
is "$status" 1 "--json exits alike"
is "$(printf '%s' "$out" | tr -d ' \n' | grep -o '"rule":"U0[12]","severity":"error","title":"[^"]*","findings":[0-9]*' | sed 's/"title":"[^"]*",//' | tr '\n' ' ')" \
    '"rule":"U01","severity":"error","findings":1 "rule":"U02","severity":"error","findings":0 ' \
    "--json counts by rule"
is "$(sqlite3 "$T/bad.noi" "SELECT rule || ' ' || subject_key || ' ' || value_found FROM finding")" \
    "U01 25741 whole 0, part 1, remainder 0" "the finding names the unit and what leaves it"

# A stored layer is examined against the list of its day: three units of 168, one under its code's old
# name and one with the right name under no code that there is.
square() { # code, name, kind, west
    printf '{"type":"Feature","properties":{"code":"%s","name":"%s","kind":"%s"},"geometry":{"type":"Polygon","coordinates":[[[%s1,10.9],[%s2,10.9],[%s2,10.95],[%s1,10.95],[%s1,10.9]]]}}' \
        "$1" "$2" "$3" "$4" "$4" "$4" "$4" "$4"
}
printf '{"type":"FeatureCollection","features":[%s,%s,%s,%s]}' \
    "$(square 25747 'Thủ Dầu Một' phường 106.6)" "$(square 25750 'Phú Hòa' phường 106.7)" \
    "$(square 99999 'Bình Dương' phường 106.8)" "$(square 25768 'Phú An' xã 106.9)" >"$T/new.geojson"
"$NOI" import "$T/r.noi" layer "$T/new.geojson" --as-of 2025-07-01 >/dev/null
run "$NOI_SAN" validate "$T/r.noi" --rule L01 --rule L02 --rule L04 --rule L20 --rule L21
is "$status" 1 "findings about a layer exit 1"
is "$(printf '%s\n' "$out" | awk '/^  L[0-9]/ {print $1, $2}' | tr '\n' ' ')" "L01 164 L02 1 L20 1 L21 1 " \
    "missing units, a wrong code, a kind and a code of another vintage are told apart"
is "$(sqlite3 "$T/r.noi" "SELECT rule || ' ' || subject_key || ': ' || value_found || ' / ' || value_expected FROM finding WHERE rule IN ('L02', 'L20', 'L21') ORDER BY rule")" \
    "L02 99999: phường Bình Dương / 25760 Phường Bình Dương
L20 25768: xã / Phường Phú An
L21 25750: 25750 Phường Phú Hòa ≤ 2025-06-30 / 25750 Phường Phú Lợi" "each with what was found and what is right"

before=$(sha256sum <"$T/bad.noi")
run "$NOI" validate "$T/bad.noi" --rule U99
is "$status" 2 "a rule that is none is a usage error"
like "$err" "hint:.*--list" "with a hint"
is "$(sha256sum <"$T/bad.noi")" "$before" "and nothing was changed"
run "$NOI" validate
is "$status" 2 "no registry is a usage error"
run "$NOI" validate "$T/none.noi"
is "$status" 3 "a registry that is not there is an input error"

done_testing
