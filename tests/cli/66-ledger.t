#!/bin/sh
# The ledger as a person meets it: noi verify proves, names what SQLite's shell changed; noi undo takes
# back and is taken back; exit codes.
. tests/cli/tap.sh
. tests/cli/two_wards.sh
cat >"$T/addresses.csv" <<END
id,text,old_code
A1,"5 Lê Lợi, Phường Hòa Bình, Quận 2",20020
A2,"6 Lê Lợi, Phường Hòa Bình, Quận 2",20020
A3,"7 Lê Lợi, Phường 1, Quận 1",20001
END
{
    begin_two_wards
    "$NOI" import "$r" addresses "$T/addresses.csv" --as-of 2025-06-30
    "$NOI" plan "$r" -o "$T/plan"
    "$NOI" merge "$r" --plan "$T/plan"
} >"$T/made" 2>&1 || cat "$T/made"
is "$(stat -c %a "$r")" 600 "a registry is readable by its owner alone"
run "$NOI_SAN" verify "$r"
is "$status" 0 "an untampered registry is proved"
like "$out" "9 entries, 3 verdicts in force, 0 that ended" "with its numbers"
hash=$(printf '%s\n' "$out" | sed -n 's/^newest hash //p')
run "$NOI" verify "$r" --known "$hash"
is "$status" 0 "the hash that was written down is in the chain"

run "$NOI_SAN" undo "$r" --unit 20016 --reason "the border is disputed"
is "$status" 0 "a unit is taken back"
like "$out" "0 verdicts are again what they were before; 2 records have none any more" "two records of three"
run "$NOI" undo "$r" --unit 20016 --reason "the border is disputed"
like "$out" "nothing to take back" "the same undo again changes nothing"
run "$NOI_SAN" undo "$r" --old-unit 20001 --account --dry-run
like "$out" "all records: in 3 = assigned 1 .* taken back 2$" "the account knows what was taken back"
"$NOI" validate "$r" --rule R01 >"$T/r01" 2>&1
is "$(sqlite3 "$r" "SELECT count(*) FROM finding WHERE rule = 'R01'")" 0 "and rule R01 does"
run "$NOI" verify "$r" --known "$hash"
is "$status" 0 "an undo leaves the ledger unbroken, and the earlier hash in it"
n=$(sqlite3 "$r" "SELECT max(id) FROM run WHERE command = 'undo'")
run "$NOI_SAN" undo "$r" --run "$n" --reason "it is settled" --json
like "$out" '"restored":2,"taken_back":0' "an undo is undone by its number"
is "$(sqlite3 "$r" "SELECT count(*) FROM verdict WHERE status = 1")" 3 "and every verdict stands again"

run "$NOI" undo "$r" --reason "why"
is "$status" 2 "a scope is wanted"
run "$NOI" undo "$r" --unit 20016
is "$status" 2 "a reason is wanted"
run "$NOI" undo "$r" --record address:none --reason "why"
is "$status" 3 "a record that is not there is told"
run "$NOI" undo "$r" --run 1 --reason "why"
is "$status" 4 "an import cannot be undone"

cp "$r" "$T/changed.noi"
sqlite3 "$T/changed.noi" "UPDATE verdict_row SET warnings = 1 WHERE record_id = 3"
run "$NOI_SAN" verify "$T/changed.noi"
is "$status" 1 "a changed verdict is found"
like "$out" "the verdict of address A3 is not the one that was given" "and named"
cp "$r" "$T/changed.noi"
sqlite3 "$T/changed.noi" "UPDATE source SET sha256 = printf('%064d', 1) WHERE id = 4"
run "$NOI" verify "$T/changed.noi" --json
like "$out" '"unbroken":false.*"what":"rows_changed","entry":7' "a changed source is found and named"
cp "$r" "$T/changed.noi"
sqlite3 "$T/changed.noi" "DELETE FROM ledger WHERE id > 9"
run "$NOI" verify "$T/changed.noi"
is "$status" 1 "a ledger whose end was cut off is found"
for q in "UPDATE unit SET name = 'khác' WHERE id = 1" "UPDATE edge SET part = 'part' WHERE id = 1" "DELETE FROM unit WHERE id = 4" \
    "INSERT INTO office (old_id, new_id, name, source_id, source_line) VALUES ('000.00.01.H29', 'H29.1', 'x', 1, 1)"; do
    cp "$r" "$T/changed.noi"
    sqlite3 "$T/changed.noi" "PRAGMA foreign_keys = OFF; $q"
    run "$NOI_SAN" verify "$T/changed.noi"
    is "$status" 1 "found: $q"
done
done_testing
