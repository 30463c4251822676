#!/bin/sh
# Points: who says how far one may be off; near a border, in a gap, outside, in an overlap, against
# the text, mishandled; from the import to the finding, and in noi lookup.
. tests/cli/tap.sh
R=$T/city.noi
P=$T/city.plan
q() { sqlite3 -separator ' ' "$R" "$1"; }
field() { # field PATH: of the last answer, as a path of keys and numbers
    printf '%s' "$out" | python3 -c 'import json, sys
v = json.load(sys.stdin)
for k in sys.argv[1].split("."):
    v = v[int(k)] if k.isdigit() else v[k]
print("" if v is None else v)' "$1"
}

# Two squares of 0.01 degree side by side, a third beyond a gap of 11 m that overlaps a fourth by 22 m.
python3 - "$T/new.geojson" <<'PY'
import json, sys
def square(code, x0, x1):
    ring = [[x0, 10.77], [x1, 10.77], [x1, 10.78], [x0, 10.78], [x0, 10.77]]
    return {"type": "Feature", "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}
json.dump({"type": "FeatureCollection", "features": [
    square("26740", 106.70, 106.71), square("26743", 106.71, 106.72),
    square("26758", 106.7201, 106.73), square("26737", 106.7298, 106.74)]}, open(sys.argv[1], "w"))
PY
"$NOI" init "$R" >/dev/null
"$NOI" import "$R" units data/units_old.csv --as-of 2025-06-30 >/dev/null
"$NOI" import "$R" units data/units_new.csv --as-of 2025-07-01 >/dev/null
"$NOI" import "$R" crosswalk data/crosswalk.csv --as-of 2025-07-01 >/dev/null
run "$NOI" import "$R" layer "$T/new.geojson" --as-of 2025-07-01 --synthetic
is "$status" 0 "a drawn layer is imported"

# ---- whose error ----
cat >"$T/addresses.csv" <<'CSV'
id,old_code,lon,lat,error_m,Nguồn tọa độ
clear,,106.705,10.775,5,GNSS
border,,106.71,10.775,,gnss
near,,106.71005,10.775,,Google rooftop
unknown,,106.70995,10.775,,osm
silent,,106.7102,10.775,,
gap,,106.72003,10.775,,
overlap,,106.7299,10.775,2,
outside,,106.705,10.7812,5,
far,,106.705,10.9,5,
contradicts,26740,106.715,10.775,5,
exchanged,26740,10.775,106.705,5,
metres,,604300,1191800,5,
zone,,108.705,10.775,5,
other,26740,108.715,10.775,5,
none,26740,,,,gnss
CSV
run "$NOI" import "$R" addresses "$T/addresses.csv" --error 30 --error-of GNSS=3 --error-of google_rooftop=15
is "$status" 0 "addresses with their errors are imported"
like "$out" 'error of the points: 9 by their row, 2 by their geocoder, 3 by --error, 0 not stated' \
    "it is told who says how far the points may be off"
like "$out" '1 points name a geocoder whose error is not given \(osm\)' "and of which geocoder nothing is known"
is "$(q "SELECT group_concat(key || '=' || ifnull(error_m, '-'), ' ') FROM (SELECT * FROM address
    WHERE key IN ('clear', 'border', 'near', 'unknown', 'silent', 'none') ORDER BY id)")" \
    "clear=5.0 border=3.0 near=15.0 unknown=30.0 silent=30.0 none=-" \
    "the row goes before the geocoder, the geocoder before the source"
like "$(q "SELECT notes FROM source WHERE kind = 'addresses'")" \
    'error_row=9,error_geocoder=2,error_source=3,unknown_geocoder=1,--error=30,--error-of=GNSS=3' \
    "the source keeps what was said"
printf 'id,lon,lat\nQ1,106.705,10.775\n' >"$T/parcels.csv"
run "$NOI" import "$R" parcels "$T/parcels.csv" --json
is "$(field 0.error_from.unstated)" 1 "a point of which nothing is said is counted"
is "$(q "SELECT ifnull(error_m, '-') FROM parcel")" "-" "and nothing is made up for it"
printf 'id,lon,lat,geocoder\nC1,106.705,10.775,a=b\n' >"$T/cases.csv"
run "$NOI" import "$R" cases "$T/cases.csv" --error-of a=b=7
is "$(q "SELECT error_m FROM dossier")" 7.0 "cases too; a key may hold an equals sign"

run "$NOI" import "$R" addresses "$T/parcels.csv" --error-of gnss=3
is "$status" 3 "--error-of without a column of geocoders is refused"
like "$err" 'hint: .*--map geocoder=COLUMN' "and the hint says how to name it"
run "$NOI" import "$R" addresses "$T/parcels.csv" --error 3km
is "$status" 2 "an error that is no number of metres is refused"
run "$NOI" import "$R" addresses "$T/parcels.csv" --error -3
is "$status" 2 "so is a negative one"
run "$NOI" import "$R" addresses "$T/parcels.csv" --error-of gnss=3 --error-of GNSS=5
is "$status" 2 "a geocoder named twice is refused"
run "$NOI" import "$R" households "$T/parcels.csv" --error 3
is "$status" 2 "households have no points"
for wrong in nan -1 1e300 100001 5m; do
    run "$NOI" import "$R" addresses "$T/addresses.csv" --error "$wrong"
    is "$status" 2 "--error $wrong is refused, of a file that is stored already, too"
    run "$NOI" lookup --point 106.7,10.77 --plan "$T/none.plan" --error "$wrong"
    is "$status" 2 "and so it is in lookup"
done
is "$(q 'SELECT count(*) FROM source')" 7 "nothing of this was stored"

# ---- verdicts ----
run "$NOI" plan "$R" -o "$P"
run "$NOI" merge "$R" --plan "$P"
is "$status" 0 "all is judged"
says() { # says KEY WANT DESCRIPTION
    is "$(q "SELECT v.status, v.reason, v.new_code, v.candidates, v.probabilities, v.point_says,
        v.point_code, round(a.border_m) FROM address_verdict a JOIN verdict_named v
        ON v.kind = 1 AND v.record_id = a.id WHERE a.key = '$1'" | tr -s ' ' | sed 's/ $//')" "$2" "$3"
}
says clear "assigned 0 26740 547.0" "a point clear of the border is assigned; it says nothing else"
says border "ambiguous 3 26740 26743 50 50 inside 26743 0.0" "on the border both are equal"
says near "ambiguous 3 26740 26743 19 81 inside 26743 5.0" "5 m beside it, off by 15: one in five"
says silent "ambiguous 3 26740 26743 3 97 inside 26743 22.0" "22 m beside it, off by 30: one in 30"
says gap "unplaced 8 26743 nearest 26743 3.0" "a point in a gap is unplaced, the nearest unit a hint"
says overlap "ambiguous 14 26737 26758 50 50 inside 26758 11.0" "a point in an overlap is asked"
says outside "unplaced 8 26740 nearest 26740 133.0" "a point outside is unplaced"
says far "unplaced 8 2000.0" "13 km away no unit is a hint"
says contradicts "assigned 0 26740 inside 26743" "the law decides; the point says otherwise"
says exchanged "assigned 0 26740 corrected 26740" "exchanged axes are not used"
says metres "unplaced 5 corrected 26740" "metres are not used"
says zone "unplaced 8 corrected 26740" "nor is the other zone"
says other "assigned 0 26740" "what fits no zone of the record's own unit is no wrong zone"

# ---- findings ----
run "$NOI" validate "$R"
finding() { q "SELECT value_found, '|', value_expected FROM finding WHERE rule = '$1' AND subject_key = '$2'"; }
is "$(finding A01 contradicts)" "106.715000, 10.775000; 26743 Phường Bến Thành; 547 m | 26740 Phường Bến Nghé" \
    "A01 shows both readings and the distance"
is "$(finding A02 exchanged)" "10.775000, 106.705000 | 106.705000, 10.775000; 26740 Phường Sài Gòn" \
    "A02 shows where the place is"
like "$(finding A03 metres)" '26740 Phường Sài Gòn$' "A03 as well"
like "$(finding A03 zone)" '26740 Phường Sài Gòn$' "for metres and for the other zone"
is "$(finding A07 gap)" "106.720030, 10.775000 | 26743 Phường Bến Thành; 3 m" "A07 names the nearest unit"
like "$(finding A07 far)" '\| $' "or none"
is "$(finding A08 near)" "5.5 m | 26740 26743; 19 81 %" "A08 shows how likely the candidates are"
like "$(finding A08 overlap)" '26737 26758; 50 50 %' "also in an overlap"
is "$(q "SELECT count(*) FROM finding WHERE rule = 'A01' AND subject_key IN ('exchanged', 'zone', 'metres')")" 0 \
    "mishandled coordinates are no contradiction"

# ---- lookup ----
look() { run "$NOI" lookup --plan "$P" "$@"; }
look --point 106.71005,10.775 --error 15 --json
is "$status $(field status) $(field candidates.0.code) $(field candidates.0.probability) $(field candidates.1.probability)" \
    "1 ambiguous 26740 19 81" "lookup gives the same probabilities"
is "$(field border_m) $(field point_in.code)" "5.5 26743" "and how near the border is"
look --point 106.71005,10.775
like "$out" '26740  Phường Sài Gòn, [0-9]+ percent' "for people too, with the error of an unknown point"
look --point 106.705,10.7812 --json
is "$(field reason) $(field nearest.code) $(field nearest.metres)" "outside_coverage 26740 132.7" \
    "the nearest unit and its distance"
look --point 106.705,10.7812
like "$out" 'the nearest unit is Phường Sài Gòn, 133 m from the point' "in words"
look --point 10.775,106.705
like "$out" 'with longitude and latitude exchanged, the point lies in Phường Sài Gòn' "exchanged axes in words"
look --point 604300,1191800
like "$out" 'read in the right zone of VN-2000, the point lies in Phường Sài Gòn' "metres in words"
look --point 106.7299,10.775 --error 2 --json
is "$(field reason)" overlap "an overlap has its own reason"
look --code 26740 --json
is "$(field candidates)$(field nearest)$(field point_in)$(field corrected_in)" "[]" "without a point it says nothing"
done_testing
