#!/bin/sh
# The second handover (R14): from 2025-12-27 departments' intake is at the city's centre. A second run on
# the same registry; only departments' unfinished cases change; undo takes it back; explain tells both.
. tests/cli/tap.sh
. tests/cli/two_wards.sh
cat >"$T/procedures.csv" <<END
code,field,name,scope,place,level_before,level_after,rules,source
9.000001,,Việc của sở,,object,department,department,,giả định
1.000894,,Đăng ký kết hôn,,residence_or_choice,commune,commune,R12,120/2025/NĐ-CP Art. 4
END
head=id,procedure_code,received_on,due_on,status,intake_unit,handling_unit
cat >"$T/cases.csv" <<END
$head
S1,9.000001,2025-06-01,2026-03-01,4,20001,20001
S2,9.000001,2025-06-01,2025-08-01,10,20001,20001
S3,9.000001,2025-06-01,2026-03-01,4,,701
X1,1.000894,2025-06-01,2026-03-01,4,20001,20001
END
cat >"$T/later.csv" <<END
$head
S4,9.000001,2025-09-01,2026-03-01,5,20013,20013
S5,9.000001,2025-12-28,2026-03-01,2,20016,20016
X2,1.000894,2025-09-01,2026-03-01,4,20013,20013
END
{
    "$NOI" init "$r"
    "$NOI" import "$r" units "$T/old.csv" --as-of 2025-06-30
    "$NOI" import "$r" units "$T/new.csv" --as-of 2025-07-01
    "$NOI" import "$r" crosswalk "$T/walk.csv" --as-of 2025-07-01
    "$NOI" import "$r" procedures "$T/procedures.csv"
    "$NOI" import "$r" cases "$T/cases.csv" --as-of 2025-06-30
    "$NOI" plan "$r" -o "$T/first" && "$NOI" merge "$r" --plan "$T/first"
} >"$T/made" 2>&1 || cat "$T/made"
centre() { sqlite3 "$r" "SELECT group_concat(key, ' ') FROM (SELECT key FROM case_verdict WHERE intake_after = 'city_centre' ORDER BY key)"; }
others() { sqlite3 "$r" "SELECT key, new_code, level_after, flags & ~(1 << 21), queue FROM case_verdict ORDER BY key"; }
is "$(centre)" "" "after the first handover no intake has moved"
is "$(sqlite3 "$r" "SELECT subject FROM ledger WHERE operation = 'merge end'")" 2025-07-01 "the ledger keeps the day of the handover"

# ---- days
run "$NOI" plan "$r" --on 2025-12-26 -o "$T/second"
is "$status" 3 "a day on which nothing begins is refused"
like "$err" "holds no crosswalk for 2025-12-26, and no rule hands over once more on that day" "it says so"
like "$err" "hint: the change is of 2025-07-01, later handovers of it: 2025-12-27 \(R14\); for another change" "and names the days"
run "$NOI" plan "$r" --on 2025-06-30 -o "$T/second"
like "$err" "holds no crosswalk for 2025-06-30" "a day before any change has no edges, as ever"

# ---- what came in since the first handover, with codes of the new units
run "$NOI" import "$r" cases "$T/later.csv" --as-of 2025-12-28
is "$status" 0 "cases of after the change"
run "$NOI" plan "$r" -o "$T/again"
"$NOI" merge "$r" --plan "$T/again" >/dev/null
is "$(centre)" "S5" "by the first handover, what was received since R14 has its intake there"
before=$(others)
entries=$(sqlite3 "$r" "SELECT max(id) FROM ledger")

# ---- the second handover
run "$NOI_SAN" plan "$r" --on 2025-12-27 -o "$T/second"
is "$status" 0 "the second handover has its plan"
like "$out" "The change of 2025-07-01: 2 units become 2" "on the same change"
like "$out" "Handed over once more on 2025-12-27: 4 unfinished cases of departments have their intake at the city's centre" "it tells what happens"
run "$NOI" plan "$r" --on 2025-12-27 -o "$T/second" --json
like "$out" '"on":"2025-07-01","handover":"2025-12-27","intake_at_centre":4' "to machines too"
run "$NOI_SAN" merge "$r" --plan "$T/second"
is "$status" 0 "it is merged into the same registry"
is "$(centre)" "S1 S3 S4 S5" "departments' unfinished cases have their intake at the centre, wherever they came in"
is "$(others)" "$before" "nothing else changed: not the unit, not the handler, no other rule, no queue"
is "$(sqlite3 "$r" "SELECT sum(rows), sum(ended) FROM ledger WHERE id > $entries")" "3|3" "three verdicts were written, no more"
is "$(sqlite3 "$r" "SELECT subject FROM ledger ORDER BY id DESC LIMIT 1")" 2025-12-27 "under its day"
run "$NOI" verify "$r"
is "$status" 0 "the ledger is whole"

# ---- explain
run "$NOI" explain "$r" S1
like "$out" "R14  All departments' intake moves" "explain names the rule"
like "$out" "^  2025-07-01, run [0-9]+: 20013  phường Bến Sông; department of the province$" "the first event"
like "$out" "^  2025-12-27, run [0-9]+: 20013  phường Bến Sông; department of the province; intake at the city's centre \(R14\); stands" "the second"
run "$NOI" explain "$r" X1
like "$out" "^  2025-12-27, run [0-9]+: left as it was" "a commune's case was left as it was"
run "$NOI" explain "$r" S4 --json
like "$out" '"handovers":\[.*"day":"2025-12-27",[^}]*"intake_at_centre":true,"stands":true' "JSON: both events"

# ---- again, back, and once more
run "$NOI" merge "$r" --plan "$T/second"
is "$(sqlite3 "$r" "SELECT rows, ended FROM ledger ORDER BY id DESC LIMIT 1")" "0|0" "the same once more writes nothing"
run "$NOI" plan "$r" -o "$T/same"
ok "$(cmp -s "$T/same" "$T/second"; echo $?)" "a plan without a day keeps the handover"
run "$NOI" merge "$r" --plan "$T/again"
is "$status" 4 "a plan of the first handover is refused"
like "$err" "the plan hands over on 2025-07-01, and .* was handed over once more on 2025-12-27 since" "with both days"
n=$(sqlite3 "$r" "SELECT min(run_id) FROM ledger WHERE operation = 'merge end' AND subject = '2025-12-27'")
run "$NOI" undo "$r" --run "$n" --reason "the centre is not ready"
is "$status" 0 "the run is taken back"
is "$(centre)" "S5" "and with it every intake that it moved"
is "$(others)" "$before" "and nothing else"
u=$(sqlite3 "$r" "SELECT max(id) FROM run WHERE command = 'undo'")
run "$NOI" undo "$r" --run "$u" --reason "now it is"
is "$(centre)" "S1 S3 S4 S5" "the undo is undone"
run "$NOI" verify "$r"
is "$status" 0 "the ledger is whole through all of it"

# ---- rehearsed
cat >"$T/second.ini" <<END
[scenario]
units = 26740 26743 27259
[systems]
addresses = 1000
households = 200
cases = 600
later_cases = 200
[traps]
case_department = 2000
[faults]
second_handover = 2025-12-27
END
run "$NOI" rehearse --scenario "$T/second.ini" --out "$T/city"
is "$status" 0 "a scenario with a second handover"
like "$out" "cases received since the change: 200, of them [1-9][0-9]* at their commune, 0 at a wrong one" "what came since goes where it belongs"
like "$out" "second handover on 2025-12-27: intake of [1-9][0-9]* cases moved to the city's centre; nothing else changed" "and departments' intake moves"
is "$(sqlite3 "$T/city/city.noi" "SELECT count(*) FROM case_verdict WHERE intake_after IS NOT NULL AND level_after <> 'department'")" 0 "departments' alone"
is "$(sqlite3 "$T/city/city.noi" "SELECT count(*) > 0 FROM case_verdict WHERE intake_after IS NOT NULL AND received_on > '2025-07-01'")" 1 "of what came since the change too"
run "$NOI" rehearse --scenario hanoi --generate-only --out "$T/hanoi"
sed 's/^reissued_layer .*/second_handover = 2025-12-27/; s/^addresses .*/addresses = 1000/; s/^files .*//; s/^cases .*/cases = 300/; s/^households .*/households = 0/; s/^kill.*//; s/^undo.*//; s/^officers.*/officers = 0/; s/^absent.*//' data/scenarios/hanoi.ini >"$T/hanoi.ini"
run "$NOI" rehearse --scenario "$T/hanoi.ini" --out "$T/hanoi"
is "$status" 3 "Hanoi's departments have no second handover: R14 is Ho Chi Minh City's"
like "$err" "later handovers of it: 2025-12-27 \(R14\)|no rule hands over once more" "and the plan says so"

# ---- a city without R14
grep -v '^R14,' data/case_rules.csv >"$T/rules.csv"
"$NOI" import "$r" case-rules "$T/rules.csv" >/dev/null
run "$NOI" plan "$r" --on 2025-12-27 -o "$T/none"
is "$status" 3 "without the rule the day means nothing"
like "$err" "later handovers of it: -;" "and the hint says so"
done_testing
