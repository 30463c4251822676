#!/bin/sh
# Plan: a rehearsal writes its files, the same for the same seed; keeps away from other people's
# folders; goes the whole way with nothing lost and nothing assigned wrongly.
. tests/cli/tap.sh

run "$NOI" rehearse --generate-only --seed 5 --out "$T/a"
is "$status" 0 "a city is made"
like "$out" "synthetic" "and said to be synthetic"
for file in addresses.csv addresses-tcvn3.csv households.csv members.csv parcels.csv cases.csv \
    synthetic-old.gpkg synthetic-new.gpkg crosswalk.csv; do
    ok "$([ -s "$T/a/input/$file" ]; echo $?)" "input/$file is there"
done
is "$(head -1 "$T/a/truth/addresses.csv")" "id,trap,new_code,expected" "the answer key is kept"
is "$(wc -l <"$T/a/truth/cases.csv")" 40201 "40,000 cases and 200 reports have their truth"
is "$(cut -d, -f1 "$T/a/input/cases.csv" | sort | uniq -d | wc -l)" 0 "dossier codes are unique"

digest() { (cd "$1" && find . -type f | sort | xargs sha256sum); }
digest "$T/a" >"$T/a.sum"
run "$NOI" rehearse --generate-only --seed 5 --out "$T/b"
digest "$T/b" >"$T/b.sum"
ok "$(cmp -s "$T/a.sum" "$T/b.sum"; echo $?)" "the same seed gives the same bytes"
run "$NOI" rehearse --generate-only --seed 6 --out "$T/b"
is "$status" 0 "a former rehearsal is replaced"
digest "$T/b" >"$T/b.sum"
ok "$(cmp -s "$T/a.sum" "$T/b.sum"; echo $((! $?)))" "another seed gives another city"

mkdir "$T/mine"
echo keep >"$T/mine/letter.txt"
run "$NOI" rehearse --generate-only --out "$T/mine"
is "$status" 4 "a folder with other things is a conflict"
like "$err" "hint: name another folder" "and the hint tells what to do"
is "$(ls "$T/mine")" "letter.txt" "nothing in it was touched"
run "$NOI" rehearse --size huge
is "$status" 2 "an unknown size is a usage error"
run "$NOI" rehearse --seed -3
is "$status" 2 "a negative seed is a usage error"
run "$NOI" rehearse --generate-only --out "$T/mine/letter.txt/x"
is "$status" 3 "a folder that cannot be made is an input error"

# The whole way, at the size of `make run`.
run "$NOI" rehearse --out "$T/city" --json
is "$status" 0 "the whole way ends well"
card=$out
member() { printf '%s' "$card" | tr -d '\n' | sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; }
like "$card" '^\{"account":\{"in":115200,"assigned":[0-9]+,"ambiguous":[0-9]+,"unplaced":[0-9]+\}' \
    "the account counts every record"
is "$(printf '%s' "$card" | grep -c '"wrong":0,')" "$(printf '%s' "$card" | grep -c '"wrong":')" \
    "nothing is assigned wrongly, in any trap"
is "$(member lost)" 0 "nothing is lost"
report=$(printf '%s' "$card" | sed -n 's/^"report":"\(.*\)",$/\1/p')
ok "$([ -s "$report" ]; echo $?)" "the report is where the scorecard says"
ok "$(grep -qi synthetic "$report"; echo $?)" "and says that borders are synthetic"
is "$(cat "$T/city/scorecard.json")" "$card" "the scorecard is kept"
run "$NOI" rehearse --out "$T/city"
is "$status" 0 "a rehearsal in its own folder again"
like "$out" "in 115200 = assigned" "prints the account"
like "$out" "report: $T/city/report/index.html" "and names the report"

# ---- one trial against another ----
cp "$T/city/scorecard.json" "$T/first.json"
run "$NOI" rehearse --out "$T/city" --against "$T/city/scorecard.json"
is "$status" 0 "the same city again: nothing is worse"
like "$out" "every answer as before" "and it says so"
python3 - "$T" <<'PY'
import json, sys
card = json.load(open(sys.argv[1] + "/first.json"))
card["traps"][0]["right"] += 5
card["traps"][0]["asked"] -= 5
card["traps"][1]["n"] += 1
json.dump(card, open(sys.argv[1] + "/better.json", "w"))
PY
run "$NOI" rehearse --out "$T/city" --against "$T/better.json"
is "$status" 1 "fewer right answers than before: exit 1"
like "$out" "plain: right +[0-9]+ → [0-9]+" "with the trap and both counts"
like "$out" "another number of records, not compared" "a trap of another size is not compared"
run "$NOI" rehearse --out "$T/city" --against "$T/mine/letter.txt"
is "$status" 3 "what is no scorecard is refused before anything is made"

done_testing
