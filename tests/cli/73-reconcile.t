#!/bin/sh
# In = out: noi reconcile adds up files, units and columns, names each place where a registry was changed from
# outside, and holds one account against an earlier one.
. tests/cli/tap.sh
. tests/cli/two_wards.sh
cat >"$T/addresses.csv" <<END
id,text,old_code,lon,lat
A1,"5 Lê Lợi, Phường Hòa Bình, Quận 2",20020,106.7,10.8
A2,"6 Lê Lợi, Phường Hòa Bình, Quận 2",20020,,
A3,"7 Lê Lợi, Phường 1, Quận 1",20001,106.6,10.7
A3,"8 Lê Lợi, Phường 1, Quận 1",20001,,
END
printf 'id,address_id,residence_file\nH1,A1,17\nH2,A3,17\n' >"$T/households.csv"
printf 'id,household_id,is_head\nM1,H1,1\nM2,H1,\n' >"$T/members.csv"
{
    begin_two_wards
    "$NOI" import "$r" addresses "$T/addresses.csv" --as-of 2025-06-30
    "$NOI" import "$r" households "$T/households.csv" --as-of 2025-06-30
    "$NOI" import "$r" members "$T/members.csv" --as-of 2025-06-30
} >"$T/made" 2>&1

run "$NOI_SAN" reconcile "$r"
is "$status" 1 "before the merge it does not add up"
like "$out" "addresses.csv: of 3 records 3 have no verdict; make a plan and merge" "because there are no verdicts"
"$NOI" plan "$r" -o "$T/plan" >"$T/made" 2>&1
"$NOI" merge "$r" --plan "$T/plan" >"$T/made" 2>&1
run "$NOI_SAN" reconcile "$r" --flows "$T/flows.csv"
is "$status" 0 "after it, it does"
like "$out" "addresses.csv .addresses.: read 4 = stored 3 . rejected 1" "the row that was rejected is in the account"
like "$out" "    in 2 = assigned 2 . ambiguous 0 . unplaced 0" "and the households"
like "$out" "members.csv .members.: read 2 = stored 2 . rejected 0" "members have rows and no verdicts"
like "$out" "^In = out for every file, unit and column" "and says so"
is "$(grep '^household' "$T/flows.csv")" "household,20001,Phường 1,assigned,20013,Phường Bến Sông,1
household,20020,Phường Hòa Bình,assigned,20016,Phường Bờ Kè,1" "the flows, from unit to unit"
is "$(stat -c %a "$T/flows.csv")" 600 "for their owner alone"
"$NOI" reconcile "$r" --json >"$T/before.json"
run "$NOI" reconcile "$r" --against "$T/before.json"
is "$status" 0 "an account is equal to itself"

# Each change from outside is named.
changed() { # SQL, then what is said
    cp "$r" "$T/c.noi"
    sqlite3 "$T/c.noi" "$1"
    run "$NOI_SAN" reconcile "$T/c.noi"
    is "$status" 1 "it fails after $1"
    like "$out" "$2" "and names it: $2"
}
changed "UPDATE address SET text = 'x' WHERE key = 'A2'" "addresses.csv, column text: its control total was"
changed "UPDATE address SET lon = 106.70001 WHERE key = 'A1'" "addresses.csv, column lon: its control total was"
changed "UPDATE address SET lat = NULL WHERE key = 'A1'" "column lat: 2 rows had a value when it was read, 1 have one now"
changed "UPDATE member SET is_head = 1 WHERE key = 'M2'" "members.csv, column is_head"
changed "UPDATE household SET residence_file = CASE key WHEN 'H1' THEN '18' ELSE '16' END" "column residence_file"
changed "UPDATE address SET text = (SELECT text FROM address WHERE key = CASE a.key WHEN 'A1' THEN 'A2' ELSE 'A1' END) FROM (SELECT key FROM address) a WHERE a.key = address.key AND address.key IN ('A1', 'A2')" "column text"
changed "DELETE FROM address WHERE key = 'A3'" "addresses.csv: 3 rows were stored, 2 are in the registry"
changed "DELETE FROM verdict_row WHERE kind = 1 AND record_id = 2" "addresses.csv: of 3 records 1 have no verdict"
changed "UPDATE verdict_row SET new_unit = (SELECT id FROM unit WHERE code = '20013') WHERE kind = 1 AND record_id = 1" \
    "1 addresses went from Phường Hòa Bình .20020. to Phường Bến Sông .20013.: the law leads nobody there"
cp "$r" "$T/c.noi"
sqlite3 "$T/c.noi" "UPDATE control_total SET filled = 4 WHERE column_name = 'text'"
run "$NOI" verify "$T/c.noi"
is "$status" 1 "who changes a control total is named by noi verify"
sqlite3 "$T/c.noi" "DELETE FROM control_total WHERE column_name = 'text'"
run "$NOI" reconcile "$T/c.noi" --against "$T/before.json"
is "$status" 1 "and by an earlier account"
like "$out" "since the earlier account: addresses.csv: another control total of column text" "which names file and column"

"$NOI" undo "$r" --unit 20016 --reason "disputed" >"$T/made" 2>&1
run "$NOI" reconcile "$r"
is "$status" 0 "what was taken back is accounted for"
like "$out" "    in 3 = assigned 1 . ambiguous 0 . unplaced 0 . taken back 2" "by its number"
run "$NOI" reconcile "$r" --flows "$r"
is "$status" 2 "the registry is not replaced by its flows"
printf '{}' >"$T/none.json"
run "$NOI" reconcile "$r" --against "$T/none.json"
is "$status" 3 "a file that is no account is refused"
done_testing
