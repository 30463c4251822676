#!/bin/sh
# Plan: plan and merge on a small drawn registry: what they print, their exit codes, their JSON; the
# same registry gives the same plan file; a dry run leaves the registry as it was; a plan is refused
# after an import; two merges at once; options in the wrong form; nothing half written.
. tests/cli/tap.sh

. tests/cli/drawn_city.sh

"$NOI" init "$R" >"$T/log"
run "$NOI" plan "$R" -o "$T/p"
is "$status" 3 "a registry without units is refused"
like "$err" "holds no units" "it says what is missing"
like "$err" "hint: .*units FILE" "it says what to do"
{
    "$NOI" import "$R" units "$T/old.csv" --as-of 2025-06-30
    "$NOI" import "$R" units "$T/new.csv" --as-of 2025-07-01
} >>"$T/log"
run "$NOI" plan "$R" -o "$T/p"
is "$status" 3 "a registry without a crosswalk is refused"
is "$(ls "$T"/p* 2>/dev/null)" "" "no plan is left behind"
{
    "$NOI" import "$R" crosswalk "$T/crosswalk.csv" --as-of 2025-07-01
    "$NOI" import "$R" addresses "$T/addresses.csv" --as-of 2025-06-30
    "$NOI" import "$R" cases "$T/cases.csv" --as-of 2025-06-30
} >>"$T/log"

cp "$R" "$T/before"
run "$NOI_SAN" plan "$R" -o "$T/p"
is "$status" 0 "a plan is made"
like "$out" "2025-07-01: 3 units become 2, by 4 edges \(2 whole, 1 part, 1 remainder\)" "it tells the change"
like "$out" "1 of them are split" "it tells the split units"
like "$out" "addresses: in 4 = assigned 2 \+ ambiguous 1 \+ unplaced 1" "the account of addresses"
like "$out" "cases: in 3 = assigned 2 \+ ambiguous 1 \+ unplaced 0" "the account of cases"
like "$out" "all records: in 7 = assigned 4 \+ ambiguous 2 \+ unplaced 1" "the account of all"
hash=$(printf '%s\n' "$out" | sed -n 's/^plan //p')
is "${#hash}" 64 "it tells the plan's hash"
cmp -s "$R" "$T/before"
ok $? "planning leaves the registry as it was"
run "$NOI" plan "$R" -o "$T/p2"
cmp -s "$T/p" "$T/p2"
ok $? "the same registry gives the same plan"
run "$NOI" plan "$R" -o "$T/p3" --json
like "$out" "\"plan\":\"$hash\"" "JSON names the same plan"
like "$out" '"split_units":1' "JSON tells the split units"
like "$out" '"account":\{"in":7,"assigned":4,"ambiguous":2,"unplaced":1,' "JSON tells the account"
run "$NOI" plan "$R" -o "$T/none/p"
is "$status" 3 "a folder that is not there"
run "$NOI" plan "$R"
is "$status" 2 "no name for the plan is a usage error"
run "$NOI" plan "$R" -o "$T/p4" --on yesterday
is "$status" 2 "a day that is none is a usage error"
run "$NOI" plan "$R" -o "$T/p4" --on 2026-01-01
is "$status" 3 "a day without a change is refused"
like "$err" "no crosswalk for 2026-01-01" "and named"

run "$NOI_SAN" merge "$R" --plan "$T/p" --dry-run
is "$status" 0 "a dry run"
like "$out" "all records: in 7 = assigned 4" "gives the account"
like "$out" "nothing was written" "and says that it wrote nothing"
cmp -s "$R" "$T/before"
ok $? "which is true"
run "$NOI" merge "$R"
is "$status" 2 "a merge without a plan is a usage error"
like "$err" "hint: noi plan" "with a hint"
run "$NOI" merge "$R" --plan "$T/p" --threads many
is "$status" 2 "threads must be a number"
run "$NOI" merge "$R" --plan "$T/old.csv"
is "$status" 3 "a file that is no plan is refused"
head -c 1000 "$T/p" >"$T/short"
run "$NOI_SAN" merge "$R" --plan "$T/short"
is "$status" 3 "a truncated plan is refused"
cmp -s "$R" "$T/before"
ok $? "refusals leave the registry as it was"

run "$NOI_SAN" merge "$R" --plan "$T/p" --threads 3
is "$status" 0 "a merge"
like "$out" "all records: in 7 = assigned 4 \+ ambiguous 2 \+ unplaced 1" "gives the account that the plan gave"
like "$out" "plan $hash" "and names the plan"
is "$(sqlite3 "$R" 'SELECT count(*) FROM verdict')" 7 "seven verdicts for seven records"
is "$(sqlite3 "$R" "SELECT u.code FROM verdict v JOIN address a ON v.kind = 1 AND a.id = v.record_id
    JOIN unit u ON u.id = v.new_unit WHERE a.key = 'A1'")" 10002 "An Lạc goes whole"
is "$(sqlite3 "$R" "SELECT v.candidates FROM verdict v JOIN address a ON v.kind = 1 AND
    a.id = v.record_id WHERE a.key = 'A2'")" "10002 10003" "Bình Yên is asked about, with candidates"
is "$(sqlite3 "$R" "SELECT v.queue || v.reason FROM verdict v JOIN dossier d ON v.kind = 4 AND
    d.id = v.record_id WHERE d.key = 'C2'")" "LOCATE13" "a district alone decides nothing"
is "$(sqlite3 "$R" "SELECT v.flags & 3 FROM verdict v JOIN dossier d ON v.kind = 4 AND
    d.id = v.record_id WHERE d.key = 'C1'")" 3 "overdue at the handover, the old unit's to finish"
run "$NOI" merge "$R" --plan "$T/p" --json
like "$out" '"account":\{"in":7,' "merging again gives the same, as JSON"
is "$(sqlite3 "$R" 'SELECT count(*) FROM verdict')" 7 "and replaces the verdicts"
run "$NOI" merge "$R" --plan "$T/p" --resume
is "$status" 0 "--resume begins when nothing is left unfinished"

# Another writer holds the registry for as long as this reader of a pipe lives.
mkfifo "$T/pipe"
printf 'id,text\nB1,"5 Lê Lợi, Phường An Lạc"\n' >"$T/more.csv"
sqlite3 "$R" "BEGIN IMMEDIATE" ".shell cat $T/pipe" "ROLLBACK" >"$T/log" 2>&1 &
holder=$!
sleep 0.3
run "$NOI" merge "$R" --plan "$T/p"
is "$status" 4 "a registry that another is writing is refused"
like "$err" "written by another" "and says so"
echo go >"$T/pipe"
wait "$holder"

"$NOI" import "$R" addresses "$T/more.csv" --as-of 2025-06-30 >"$T/log"
cp "$R" "$T/before"
run "$NOI" merge "$R" --plan "$T/p"
is "$status" 4 "a plan made before an import is refused"
like "$err" "hint: make the plan again" "with the way out"
cmp -s "$R" "$T/before"
ok $? "the registry is as it was"
chmod 400 "$R"
run "$NOI" plan "$R" -o "$T/p"
is "$status" 0 "a read-only registry can be planned"
run "$NOI" merge "$R" --plan "$T/p"
is "$status" 3 "but not merged"
chmod 600 "$R"
run "$NOI" merge "$R" --plan "$T/p"
is "$status" 0 "the new plan is taken"
like "$out" "addresses: in 5 = " "with the new record"

done_testing
