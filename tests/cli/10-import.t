#!/bin/sh
# The way in: init, lists, law, crosswalk, layers, records; the account of rows; the same file twice.
. tests/cli/tap.sh
R=$T/city.noi
q() { sqlite3 "$R" "$1"; }

run "$NOI" init "$R"
is "$status" 0 "init makes a registry"
is "$(stat -c %a "$R")" 600 "only its owner may read it"
run "$NOI" init "$R"
is "$status" 4 "init never overwrites"
like "$err" 'exists already' "and says so"
is "$(q 'PRAGMA integrity_check')" ok "SQLite finds it sound"
is "$(q "SELECT group_concat(f_table_name, ' ') FROM (SELECT f_table_name FROM geometry_columns ORDER BY 1)")" \
    "finding layer_unit" "SpatiaLite knows its geometries"

run "$NOI" import "$R" units data/units_old.csv
is "$status" 2 "a unit list needs its day"
like "$err" 'hint: .*--as-of' "and the hint says how"
run "$NOI" import "$R" units data/units_old.csv --as-of 2025-06-30
is "$status" 0 "old units"
like "$out" '442 rows read = 442 stored \+ 0 rejected' "442 of them"
run "$NOI" import "$R" crosswalk data/crosswalk.csv --as-of 2025-07-01
is "$status" 3 "a crosswalk before the new units is refused"
like "$err" 'hint: import it first' "with what to do"
run "$NOI" import "$R" units data/units_new.csv --as-of 2025-07-01
is "$status" 0 "new units"
run "$NOI" import "$R" aliases data/aliases_2024.csv
like "$out" '110 stored \+ 0 rejected' "former units"
run "$NOI" import "$R" district-aliases data/district_aliases.csv
like "$out" '8 stored' "former districts"
run "$NOI" import "$R" crosswalk data/crosswalk.csv --as-of 2025-07-01
like "$out" '493 stored \+ 0 rejected' "493 edges"

on() { q "SELECT kind || ' ' || name FROM unit WHERE code = '$1' AND (valid_from IS NULL OR valid_from <= '$2') AND (valid_to IS NULL OR valid_to > '$2')"; }
is "$(on 26740 2025-06-30)" "phường Bến Nghé" "26740 is Bến Nghé on the eve"
is "$(on 26740 2025-07-01)" "phường Sài Gòn" "and Sài Gòn on the day"
is "$(on 26872 2024-12-31)" "phường 13" "26872 was Phường 13 of Gò Vấp"
is "$(on 26872 2025-01-01)" "phường 15" "and is Phường 15 from 2025 on"
is "$(on 27094 2020-12-31)|$(on 27094 2021-01-01)|$(on 27094 2025-07-01)" \
    "phường Bình An|phường An Khánh|phường An Khánh" "a code with three spans"
is "$(on 755 2025-06-30)" "huyện Côn Đảo" "a district without communes"
is "$(q "SELECT count(*) FROM unit WHERE valid_to IS NULL")" 168 "168 units are in force at the end"
is "$(q "SELECT count(*) FROM unit a JOIN unit b ON a.code = b.code AND a.id < b.id
    WHERE ifnull(a.valid_from, '') < ifnull(b.valid_to, '9') AND ifnull(b.valid_from, '') < ifnull(a.valid_to, '9')")" \
    0 "no code means two units on one day"
is "$(q "SELECT count(*) FROM edge e JOIN unit o ON o.id = e.old_unit JOIN unit n ON n.id = e.new_unit
    JOIN decree d ON d.id = e.decree_id WHERE o.valid_to <> d.effective_on")" \
    0 "each edge leaves a unit on the day it ends"
is "$(q "SELECT part FROM edge e JOIN unit o ON o.id = e.old_unit JOIN unit n ON n.id = e.new_unit
    WHERE o.code = '26905' AND o.valid_to = '2025-01-01' ORDER BY n.code")" \
    "$(printf 'remainder\npart')" "what stays of a ward that gave a part away is a remainder"

q ".dump" | grep -v -e '"run"' -e 'INTO run ' >"$T/before"
run "$NOI" import "$R" crosswalk data/crosswalk.csv --as-of 2025-07-01
is "$status" 0 "the same file again is no error"
like "$out" 'stored already; nothing was changed' "it is recognised"
q ".dump" | grep -v -e '"run"' -e 'INTO run ' >"$T/after"
is "$(sha256sum <"$T/before")" "$(sha256sum <"$T/after")" "and changes nothing"

# ---- records ----
cat >"$T/people.csv" <<'EOF'
Mã địa chỉ,Địa chỉ,Mã xã,Kinh độ,Vĩ độ
A1,"12 Lê Lợi, Phường Bến Nghé, Quận 1",26740,106.7,10.77
A1,again,26740,,
,nobody,26740,,
A3,lost zeros,4,,
A4,half a point,26740,106.7,
A5,no number,26740,east,10.7
A6,"swapped, kept as it is",26740,10.77,106.7
A7,short
EOF
run "$NOI" import "$R" addresses "$T/people.csv"
is "$status" 1 "rejected rows make exit code 1"
like "$out" '8 rows read = 3 stored \+ 5 rejected' "the account adds up"
like "$out" '1 codes have fewer than five digits' "lost zeros are noticed"
is "$(cat "$T/people.csv.rejects.csv")" "line,column,value,reason
3,id,A1,duplicate_id: first on line 2
4,id,,missing_value
6,lat,,half_a_point
7,lon,east,not_a_number
9,,\"A7,short\",too_few_fields" "the reject file names line, column, value and reason"
is "$(q "SELECT key, old_code, lon, lat, line FROM address ORDER BY id")" \
    "A1|26740|106.7|10.77|2
A3|4|||5
A6|26740|10.77|106.7|8" "values are kept as written"
is "$(q "SELECT rows_read = rows_stored + rows_rejected AND notes LIKE '%lost_zeros=1%' FROM source WHERE kind = 'addresses'")" \
    1 "so does the registry"
is "$(q "SELECT group_concat(line || reason, ' ') FROM reject")" \
    "3duplicate_id 4missing_value 6half_a_point 7not_a_number 9too_few_fields" "rejects are rows too"

cat >"$T/cases.csv" <<'EOF'
MaHoSo;NgayTiepNhan;NgayHenTra;TrangThaiHoSo;DonViXuLy;DiaChi
000.00.01.H29-250310-0420;20250310093000;20250401170000;4;760;12 Lê Lợi
000.00.01.H29-250310-0421;10/03/2025;2025-04-01;11;760;x
000.00.01.H29-250310-0422;10/03/2025;soon;1;760;x
EOF
run "$NOI" import "$R" cases "$T/cases.csv" --json --reject "$T/bad-cases.csv"
is "$status" 1 "cases in the procedure system's own columns"
like "$out" '"stored":1,"rejected":2,"reasons":\{"not_a_day":1,"unknown_status":1\}' "told as JSON"
is "$(q "SELECT received_on, received_raw, due_on, status, handling_unit FROM dossier")" \
    "2025-03-10|20250310093000|2025-04-01|4|760" "days are read, moments are kept"
is "$(wc -l <"$T/bad-cases.csv")" 3 "--reject names the reject file"

printf 'thing,x,y\nP1,603000,1191000\n' >"$T/parcels.csv"
run "$NOI" import "$R" parcels "$T/parcels.csv" --map id=thing
is "$status" 3 "x and y without a system are refused"
like "$err" 'hint: they look like EPSG:9210' "the hint tells what they look like"
run "$NOI" import "$R" parcels "$T/parcels.csv" --map id=thing --crs EPSG:9210
is "$status" 0 "VN-2000 is transformed"
like "$out" 'EPSG:6960, accuracy 1 m' "by one named operation"
is "$(q "SELECT round(lon, 4), round(lat, 4) FROM parcel")" "106.6936|10.7684" "to the right place"

printf 'id,household_id,is_head\nM1,H1,1\nM2,H1,0\n' >"$T/members.csv"
run "$NOI" import "$R" members "$T/members.csv"
is "$status" 0 "members"
printf 'id,address_id,residence_file\nH1,A1,123\n' >"$T/households.csv"
run "$NOI" import "$R" households "$T/households.csv"
is "$status" 0 "households"

# ---- other formats: the same rows through OGR ----
printf 'id,text,old_code\nX1,"1 Lê Lợi",00004\nX2,"2 Lê Lợi",26740\n' >"$T/x.csv"
for format in XLSX:xlsx GPKG:gpkg SQLite:sqlite ODS:ods; do
    file=$T/x-${format#*:}.${format#*:}
    ogr2ogr -f "${format%:*}" "$file" "$T/x.csv" -oo AUTODETECT_TYPE=YES >/dev/null 2>&1
    "$NOI" init "$T/f.noi" >/dev/null
    run "$NOI" import "$T/f.noi" addresses "$file"
    is "$status" 0 "addresses from ${format%:*}"
    is "$(sqlite3 "$T/f.noi" "SELECT group_concat(key || text, '|') FROM address")" \
        "X11 Lê Lợi|X22 Lê Lợi" "the same texts"
    rm "$T/f.noi"
done
ogr2ogr -f XLSX "$T/lost.xlsx" "$T/x.csv" -oo AUTODETECT_TYPE=YES -sql "SELECT id, text, CAST(old_code AS integer) AS old_code FROM x" >/dev/null 2>&1
"$NOI" init "$T/f.noi" >/dev/null
run "$NOI" import "$T/f.noi" addresses "$T/lost.xlsx"
like "$out" '1 codes have fewer than five digits' "Excel's lost zeros are noticed"
is "$(sqlite3 "$T/f.noi" "SELECT old_code FROM address ORDER BY id")" "$(printf '4\n26740')" "and kept as written"

# ---- encodings ----
enc() { # NAME FILE KEY: the text arrives whole, its bytes are kept
    rm -f "$T/f.noi"
    "$NOI" init "$T/f.noi" >/dev/null
    run "$NOI" import "$T/f.noi" addresses "$2"
    is "$status" 0 "$1 is read"
    is "$(sqlite3 "$T/f.noi" "SELECT text FROM address ORDER BY id LIMIT 1")" "12 Đường Nguyễn Huệ, Phường Bến Nghé" \
        "$1 becomes Vietnamese"
    is "$(sqlite3 "$T/f.noi" "SELECT encoding FROM source")" "$3" "$1 is recorded as $3"
}
row='E1,"12 Đường Nguyễn Huệ, Phường Bến Nghé"'
printf 'id,text\n%s\n' "$row" >"$T/utf8.csv"
iconv -f UTF-8 -t UTF-16 "$T/utf8.csv" >"$T/utf16.csv"
iconv -f UTF-8 -t UTF-16BE "$T/utf8.csv" >"$T/utf16be.csv"
printf 'id,text\nE1,"12 \247\255\352ng Nguy\324n Hu\326, Ph\255\352ng B\325n Ngh\320"\n' >"$T/tcvn3.csv"
printf 'id,text\nE1,"12 \320\375\365\314ng Nguy\352\336n Hu\352\362, Ph\375\365\314ng B\352\354n Ngh\351"\n' >"$T/cp1258.csv"
printf 'id,text\nE1,"12 \304\220u\314\233o\314\233\314\200ng Nguye\314\202\314\203n Hue\314\202\314\243, Phu\314\233o\314\233\314\200ng Be\314\202\314\201n Nghe\314\201"\n' >"$T/nfd.csv"
enc UTF-8 "$T/utf8.csv" utf8
enc UTF-16 "$T/utf16.csv" utf16le
enc "UTF-16 without its mark" "$T/utf16be.csv" utf16be
enc NFD "$T/nfd.csv" utf8
is "$(sqlite3 "$T/f.noi" "SELECT raw IS NOT NULL AND length(raw) > length(CAST(text AS BLOB)) FROM address")" 1 "the bytes before composing are kept"
enc TCVN3 "$T/tcvn3.csv" tcvn3
is "$(sqlite3 "$T/f.noi" "SELECT hex(raw) FROM address" | cut -c1-20)" "45312C22313220A7ADEA" "the bytes of TCVN3 are kept"
enc CP1258 "$T/cp1258.csv" cp1258

# ---- layers ----
if [ -d "$SHARED/layers" ]; then
    run "$NOI" import "$R" layer "$SHARED/layers/new_hcmc_168.gpkg" --as-of 2025-07-01
    is "$status" 0 "the layer of the new units"
    is "$(q "SELECT count(*), count(unit_id) FROM layer_unit")" "168|168" "all its codes are known"
    run "$NOI" import "$R" layer "$SHARED/layers/old_hcmc_322_2019_utm48n.gpkg" --as-of 2019-06-30
    like "$out" '322 stored' "a layer of an older vintage in UTM"
    is "$(sqlite3 "$R" "SELECT crs FROM source WHERE kind = 'layer' ORDER BY id DESC LIMIT 1")" EPSG:32648 "its system is recorded"
    cp "$SHARED/layers/new_hcmc_168.gpkg" "$T/again.gpkg" && printf x >>"$T/again.gpkg"
    run "$NOI" import "$R" layer "$T/again.gpkg" --as-of 2025-06-30
    is "$status" 3 "the layer of the new units is not taken for one of the eve, though its codes were in force"
    like "$err" "167 areas whose codes were in force then, 53 bear the name" "the names tell"
    run "$NOI" import "$R" layer "$SHARED/layers/new_hanoi_126.gpkg" --as-of 2025-07-01
    like "$status $err" "^3 .*no code of it was in force then" "nor another city's layer"
else
    ok 0 "SKIPPED LOUDLY: ../shared is absent"
fi
if [ -d "$SHARED/law" ]; then
    run "$NOI" import "$R" decree "$SHARED/law/1685_NQ-UBTVQH15.md"
    is "$status" 0 "the resolution's text"
    is "$(q "SELECT count(*) FROM edge WHERE basis = 'law'")" 493 "gives 493 edges"
    is "$(q "SELECT count(*) FROM edge a JOIN edge b USING (old_unit, new_unit, part, scope, clause)
        WHERE a.basis = 'law' AND b.basis = 'table'")" 493 "the same as the table's"
    is "$(q "SELECT count(*) FROM clause WHERE CAST(number AS INTEGER) BETWEEN 1 AND 163 AND text <> ''")" 163 \
        "the words of its clauses are kept"
else
    ok 0 "SKIPPED LOUDLY: ../shared is absent"
fi
is "$(q 'PRAGMA foreign_key_check')" "" "every reference is sound"
is "$(q "SELECT count(*) FROM run WHERE state <> 'done'")" 0 "every run is done"
done_testing
