#!/bin/sh
# Plan: what waits for people and what they decide, on a small drawn registry: the account adds up, lists
# go out as CSV and XLSX and come back, two persons where a rule asks for them, contradictions, history,
# rejects, a changed list is recognised; plan and merge then follow the decisions.
. tests/cli/tap.sh

. tests/cli/drawn_city.sh
cat >>"$T/addresses.csv" <<'END'
A5,"5 Lê Lợi, Phường Bình Yên, Quận Nhất, ĐT 0903 123 456, CCCD 079123456789",
A6,"=6 Lê Lợi, Phường Bình Yên, Quận Nhất",
END
# fill FROM TO KEY=CODE...: fills in the column 'decision', with a reason
cat >"$T/fill.py" <<'END'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
want = dict(a.split("=", 1) for a in sys.argv[3:])
for r in rows:
    if r["key"] in want:
        r["decision"], r["why"] = want[r["key"]], "visited"
with open(sys.argv[2], "w", encoding="utf-8", newline="") as f:
    w = csv.DictWriter(f, rows[0].keys())
    w.writeheader()
    w.writerows(rows)
END
sql() { sqlite3 "$R" "$1"; }

{
    "$NOI" init "$R"
    "$NOI" import "$R" units "$T/old.csv" --as-of 2025-06-30
    "$NOI" import "$R" units "$T/new.csv" --as-of 2025-07-01
    "$NOI" import "$R" crosswalk "$T/crosswalk.csv" --as-of 2025-07-01
    "$NOI" import "$R" addresses "$T/addresses.csv" --as-of 2025-06-30
    "$NOI" import "$R" cases "$T/cases.csv" --as-of 2025-06-30
} >"$T/log"
run "$NOI" queue "$R"
is "$status" 4 "without a merge nothing is known to wait"
like "$err" "hint: .*noi merge" "and it is said"
"$NOI" plan "$R" -o "$T/p" >>"$T/log" && "$NOI" merge "$R" --plan "$T/p" >>"$T/log"

# ---- the queue ----
run "$NOI_SAN" queue "$R" -o "$T/l.csv"
is "$status" 0 "a list is written"
like "$out" "5 records wait for people, of 5 that are not assigned and 9 in all" "the account adds up"
is "$(stat -c %a "$T/l.csv")" 600 "only its owner may read it"
is "$(wc -l <"$T/l.csv")" 6 "a row for each record"
is "$(sed -n 2p "$T/l.csv" | cut -d, -f3,4)" "case,C2" "cases with a due day come first"
ok "$(grep -cE '0903|079123456789' "$T/l.csv")" "telephone numbers and person ids are not in it"
like "$(cat "$T/l.csv")" '" =6 L' "no cell is a formula"
like "$(cat "$T/l.csv")" "10002 Phường Êm Đềm; 10003 Phường Phong Phú" "candidates stand with their names"
run "$NOI" queue "$R" --unit 10002 --json
like "$out" '"waiting":3,"unassigned":5' "a unit's share"
run "$NOI" queue "$R" --kind case --reason district_only --on 2026-01-01
like "$out" "1 of them are overdue" "what is overdue on a day"
run "$NOI" queue "$R" --kind ward
is "$status" 2 "a kind that is none is a usage error"
printf 'unit,kind,officer\n10002,,An\n10002,,Bình\n,,Chi\n' >"$T/officers.csv"
run "$NOI" queue "$R" --assign "$T/officers.csv"
like "$out" "An looks after 2 records" "officers take turns"
like "$out" "Bình looks after 1 records" "so that loads differ by one"
run "$NOI" queue "$R" --officer Chi --json
like "$out" '"waiting":2,' "an officer's share"

# ---- decisions ----
python3 "$T/fill.py" "$T/l.csv" "$T/f.csv" A2="10003 Phường Phong Phú" A3=10002 A5=10001 A6=10002 C2=10003
run "$NOI_SAN" decide "$R" "$T/f.csv" --by "Nguyễn Văn An" --on 2025-07-02 --dry-run
is "$(sql 'SELECT count(*) FROM decision_voice')" 0 "a dry run writes nothing"
run "$NOI_SAN" decide "$R" "$T/f.csv" --by "Nguyễn Văn An" --on 2025-07-02 --reject "$T/rejects.csv"
is "$status" 1 "rows that cannot be taken end with 1"
is "$(cat "$T/rejects.csv")" "line,column,value,reason
4,decision,10001,unknown_code" "the reject file says where and why"
is "$(sql 'SELECT record_key, new_code FROM decision ORDER BY 1')" "A2|10003
A6|10002
C2|10003" "candidates are effective at once"
is "$(sql "SELECT needs, rules FROM decision_voice WHERE record_key = 'A3'")" "2|D3" \
    "a record of which nothing is known needs two people"
runs=$(sql 'SELECT count(*) FROM run')
run "$NOI" decide "$R" "$T/f.csv" --by "nguyen van an" --on 2025-07-09 --json
like "$out" '"unchanged":4' "the same list again changes nothing"
is "$(sql 'SELECT count(*) FROM run')" "$runs" "and leaves no run"
run "$NOI" decide "$R" address:A3 --approve --by "NGUYỄN VĂN AN"
like "$err$out" "own_proposal" "nobody approves his own proposal"
run "$NOI" decide "$R" address:A3 --approve --by "Trần Thị Bình" --on 2025-07-03
is "$status $(sql "SELECT actor, approved_by FROM decision WHERE record_key = 'A3'")" \
    "0 Nguyễn Văn An|Trần Thị Bình" "a second person makes it effective"
run "$NOI" decide "$R" address:A4 10002 --by An --why seen
like "$err" "not_a_candidate" "a unit that is no candidate is refused"
run "$NOI" decide "$R" address:A4 10002 --by An --why seen --override "law misread"
like "$out" "1  proposed" "with an exception it is proposed"
run "$NOI" decide "$R" address:A5 10002 --by An
like "$err" "no_reason" "a decision has a reason"
run "$NOI" decide "$R" address:NONE 10002 --by An --why x
like "$err" "no_such_record" "a record that is not there"
run "$NOI" decide "$R" address:A5 10002 --why x
is "$status" 2 "nobody is no one"

# ---- a list that was changed ----
sed 's/,A2,/,A6,/' "$T/f.csv" >"$T/changed.csv"
run "$NOI" decide "$R" "$T/changed.csv" --by Chi
like "$err" "line 3: changed_row" "a key that moved to another row is seen"
printf 'kind,key,decision,why\naddress,A5,10002,x\naddress,A5,10003,x\n' >"$T/twice.csv"
run "$NOI" decide "$R" "$T/twice.csv" --by Chi --dry-run
like "$err" "line 3: twice_in_list" "two units for one record in one list"

# ---- contradiction, withdrawal, history ----
run "$NOI" decide "$R" address:A2 10002 --by Chi --why "other file"
is "$status $(sql "SELECT count(*) FROM decision WHERE record_key = 'A2'")" "1 0" \
    "contradicting decisions leave none effective"
run "$NOI" validate "$R" --json --rule D01
is "$(sql "SELECT rule, subject_key, value_found FROM finding WHERE rule = 'D01'")" \
    "D01|A2|10002 10003" "they are a finding"
run "$NOI" decide "$R" address:A2 --withdraw --by Chi --why "wrong house"
is "$status $(sql "SELECT new_code FROM decision WHERE record_key = 'A2'")" "0 10003" \
    "what is left is effective"
is "$(sql "SELECT what, new_code, actor, ended FROM decision_past ORDER BY id")" \
    "decision|10003|Nguyễn Văn An|contradicted
voice|10002|Chi|withdrawn" "the past is kept"

is "$(sql "SELECT count(*) FROM ledger l JOIN run r ON r.id = l.run_id WHERE r.command LIKE 'decide%'")" \
    "$(sql "SELECT count(*) FROM run WHERE command LIKE 'decide%'")" "each change has its entry in the ledger"

# ---- XLSX ----
"$NOI" queue "$R" -o "$T/l.xlsx" >>"$T/log"
run "$NOI" decide "$R" "$T/l.xlsx" --by An --json
like "$out" '"rejected":0.*"open":5' "a list as XLSX comes back, empty"
python3 "$T/fill.py" "$T/l.csv" "$T/g.csv" A5="10003 Phường Phong Phú"
"$NOI" convert "$T/g.csv" -o "$T/g.xlsx" --code-column old_code >>"$T/log"
run "$NOI_SAN" decide "$R" "$T/g.xlsx" --by An --on 2025-07-03 --json
like "$out" '"effective":1' "a decision out of XLSX"

# ---- plan and merge follow ----
run "$NOI" merge "$R" --plan "$T/p"
is "$status" 4 "decisions are inputs of the plan: the old one is refused"
"$NOI" plan "$R" -o "$T/q" >>"$T/log" && "$NOI" merge "$R" --plan "$T/q" >>"$T/log"
is "$(sql "SELECT a.key, u.code FROM address a JOIN verdict v ON v.kind = 1 AND v.record_id = a.id AND v.method = 1
           JOIN unit u ON u.id = v.new_unit ORDER BY 1")" "A2|10003
A3|10002
A5|10003
A6|10002" "decided records get their units by decision"
run "$NOI" queue "$R"
like "$out" "0 records wait" "nothing waits any more"
run "$NOI" decide "$R" address:A2 10002 --by Chi --why "other file"
is "$status" 1 "a second person may still contradict after the merge"
run "$NOI" verify "$R"
is "$status" 0 "the ledger proves the decisions, those that ended too"
cp "$R" "$T/undone.noi"
"$NOI" undo "$T/undone.noi" --record address:A4 --reason x >"$T/log" 2>&1
run "$NOI" queue "$T/undone.noi" --json
like "$out" '"taken_back":1' "a record that was taken back is counted"
for q in "UPDATE decision_voice SET reason = 'other' WHERE id = 1" "UPDATE decision SET new_code = '10002' WHERE record_key = 'C2'" \
    "DELETE FROM decision_past WHERE id = 1" "UPDATE decision_past SET ended_by = 'Dung' WHERE id = 2" \
    "UPDATE decision_voice SET actor = 'Dung' WHERE record_key = 'A6'"; do
    cp "$R" "$T/tampered.noi"
    sqlite3 "$T/tampered.noi" "$q"
    run "$NOI" verify "$T/tampered.noi"
    is "$status" 1 "tampering is found: $q"
done
done_testing
