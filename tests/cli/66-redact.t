#!/bin/sh
# Plan: a redacted copy holds nothing of the original texts, keys, names and points, not in free pages
# either, keeps counts and verdicts, and its references still meet; the same key gives the same
# pseudonyms; what is unknown is refused.
. tests/cli/tap.sh

. tests/cli/drawn_city.sh
cat >"$T/addresses.csv" <<'END'
id,text,lon,lat
KEYSECRET1,"17/4B Nguyễn Thị Mật, Phường An Lạc, Quận Nhất, ông Lý Riêng Tư 0903123456",106.6543217,10.7654321
KEYSECRET2,"2 Nguyễn Thị Mật, Phường Bình Yên, Quận Nhất",,
END
cat >"$T/households.csv" <<'END'
id,address_id,residence_file
HSECRET1,KEYSECRET1,FILESECRET9
END
cat >"$T/cases-riengtu.csv" <<'END'
id,status,received_on,due_on,handling_unit,text,household_id
CSECRET1,4,20250601093011,2025-06-15,10001,"17/4B Nguyễn Thị Mật, Phường An Lạc",HSECRET1
END
sql() { sqlite3 "$1" "$2"; }
{
    "$NOI" init "$R"
    "$NOI" import "$R" units "$T/old.csv" --as-of 2025-06-30
    "$NOI" import "$R" units "$T/new.csv" --as-of 2025-07-01
    "$NOI" import "$R" crosswalk "$T/crosswalk.csv" --as-of 2025-07-01
    "$NOI" import "$R" addresses "$T/addresses.csv" --as-of 2025-06-30
    "$NOI" import "$R" households "$T/households.csv" --as-of 2025-06-30
    "$NOI" import "$R" cases "$T/cases-riengtu.csv" --as-of 2025-06-30
    "$NOI" plan "$R" -o "$T/p"
    "$NOI" merge "$R" --plan "$T/p"
    "$NOI" validate "$R"
} >"$T/log" 2>&1
{
    "$NOI" decide "$R" address:KEYSECRET2 10002 --by "Quan Chức Mật" --why "LYDOSECRET" --evidence "BBSECRET"
    printf 'unit,kind,officer\n,,Cán Bộ Mật\n' >"$T/officers.csv"
    "$NOI" queue "$R" --assign "$T/officers.csv"
} >>"$T/log" 2>&1
is "$(sql "$R" 'SELECT count(*) FROM decision')" 1 "there is something to hide"

run "$NOI_SAN" redact "$R" -o "$T/copy.noi" --new-key "$T/key"
is "$status" 0 "a copy is made"
is "$(stat -c %a "$T/copy.noi") $(stat -c %a "$T/key")" "600 600" "copy and key are the owner's"
ok "$(grep -aicE 'SECRET|Nguyễn|Mật|Riêng|riengtu|0903123456|17/4B|106\.65|093011' "$T/copy.noi")" \
    "nothing of the original stands in the file"
ok "$([ "$(grep -aicE 'SECRET' "$R")" -gt 0 ]; echo $?)" "where the same search finds it in the registry"
is "$(sql "$T/copy.noi" "SELECT lon, lat FROM address WHERE lon IS NOT NULL")" "106.65|10.77" \
    "points keep two decimals"
is "$(sql "$T/copy.noi" "SELECT text FROM address ORDER BY id LIMIT 1")" "Phường An Lạc, quận Nhất" \
    "a text is the ward that was read"
for q in "SELECT kind, status, count(*) FROM verdict GROUP BY 1, 2" "SELECT count(*) FROM dossier" \
    "SELECT kind, record_id, new_unit, method, run_id FROM verdict" "SELECT rule, count(*) FROM finding GROUP BY 1" \
    "SELECT count(*) FROM household h JOIN address a ON a.key = h.address_key" \
    "SELECT count(*) FROM dossier d JOIN household h ON h.key = d.household_key" \
    "SELECT count(*) FROM decision d JOIN address a ON a.key = d.record_key"; do
    is "$(sql "$T/copy.noi" "$q")" "$(sql "$R" "$q")" "as before: $q"
done
is "$(sql "$T/copy.noi" 'PRAGMA freelist_count; PRAGMA integrity_check; PRAGMA foreign_key_check')" "0
ok" "the copy is sound and has no free pages"
run "$NOI" redact "$R" -o "$T/copy2.noi" --key "$T/key"
is "$(sql "$T/copy2.noi" 'SELECT key FROM address')" "$(sql "$T/copy.noi" 'SELECT key FROM address')" \
    "the same key gives the same pseudonyms"
run "$NOI" redact "$R" -o "$T/copy3.noi" --new-key "$T/key3"
is "$(sql "$T/copy3.noi" 'SELECT key FROM address' | grep -cFx "$(sql "$T/copy.noi" 'SELECT key FROM address')")" \
    0 "another key gives others"
run "$NOI" redact "$R" -o "$T/copy.noi" --key "$T/key"
is "$status" 4 "a copy that is there is not overwritten"
run "$NOI" redact "$R" -o "$T/copy4.noi"
is "$status" 2 "no key is a usage error"
run "$NOI" redact "$R" -o "$T/copy4.noi" --key "$T/log"
is "$status" 3 "what is no key is refused"
run "$NOI" redact "$R" -o "$T/copy4.noi" --new-key "$T/key"
is "$status" 4 "a key is never overwritten"
sql "$R" "CREATE TABLE extra (secret TEXT)"
run "$NOI" redact "$R" -o "$T/copy5.noi" --key "$T/key"
like "$err" "extra.secret" "a column that nobody has thought about is refused by name"
is "$(ls "$T" | grep -c 'copy[45]')" 0 "and nothing half made is left"
done_testing
