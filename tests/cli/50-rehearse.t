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
like "$card" '^\{"version":"[0-9.]+","account":\{"in":115200,"assigned":[0-9]+,"ambiguous":[0-9]+,"unplaced":[0-9]+\}' \
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

# ---- scenarios ----
run "$NOI" rehearse --list
like "$out" "^six +Six new units" "scenarios are named"
is "$(printf '%s\n' "$out" | cut -d' ' -f1 | sort | tr '\n' ' ')" "city hanoi old-city six " "those of the reform"
run "$NOI" rehearse --scenario seven
is "$status" 3 "an unknown scenario"
like "$err" "hint: scenarios of this program: .*six" "names those there are"
broken() { # SED-EXPRESSION PATTERN DESCRIPTION
    sed "$1" data/scenarios/six.ini >"$T/broken.ini"
    run "$NOI" rehearse --scenario "$T/broken.ini" --out "$T/never"
    like "$status $err" "^3 noi: .*broken.ini.*$2" "$3"
}
broken 's/^absent .*/absent = many/' ":[0-9]+: absent is 'many', not a whole number from 0 to 200" "a number that is none"
broken 's/^absent .*/absent = 9/' "9 officers are absent, of 4" "more away than there are"
broken 's/^cases .*/cases = 1\ncases = 2/' ":[0-9]+: 'cases' is '2' here and '1' in line [0-9]+" "a key twice, with both values"
broken 's/26740/26741/' ":[0-9]+: '26741' is no new unit and no province of this reform" "a unit that is none"
broken 's/^officers/oficers/' "has no 'oficers' in section \\[people\\]" "an unknown key"
broken 's/vn2000/vn2001/' "files knows no 'vn2001'" "an unknown file"
broken 's/^\[people\]/[people/' "lacks its closing bracket" "a broken section"
broken 's/^split_rule .*/split_rule = 10000/' "come to 11300 of 10000" "traps beyond all records"
broken 's/^kill_after .*/kill_after = 2500 1200/' ":[0-9]+: kill_after is '1200', not a whole number from 2501" "kills that go backwards"
broken 's/^accounts .*/later_cases = 10/' "later cases, but no second handover" "later cases for nothing"
is "$([ -e "$T/never" ]; echo $?)" 1 "and nothing was made"

run "$NOI" rehearse --scenario six --out "$T/six"
is "$status" 0 "six units go the whole way"
like "$out" "new units that take part: 6" "six of them"
like "$out" "merge killed at record 1200, 2500 and resumed: the same bytes as one that was not killed" "killed twice and resumed"
like "$out" "unit 27265 taken back \([1-9][0-9]* verdicts\) and given back: the same bytes" "a unit taken back and given back"
like "$out" "ledger: [0-9]+ entries, unbroken" "the ledger is whole"
like "$out" "answered, of them [1-9][0-9]* wrongly" "people err"
like "$out" "wrong [1-9][0-9]* \(decided wrongly themselves [1-9][0-9]*, by what they refer to [0-9]+, unexplained 0\)" "every wrong answer is traced"
like "$out" "D01 [1-9].*D04 [1-9]" "contradictions and lonely proposals are findings"
like "$out" "taken back: the same bytes as before; and again: the same bytes as after" "what they decided is taken back, and done again"
is "$(cut -d, -f3 "$T/six/truth/addresses.csv" | sort -u | tr '\n' ' ')" " 25807 26740 26743 27259 27265 27286 new_code " "nobody lives elsewhere"
is "$(sqlite3 "$T/six/city.noi" "SELECT count(*) FROM unit WHERE valid_from = '2025-07-01'")" 168 "the law is whole all the same"
first=$(cat "$T/six/trials/1.json")
digest "$T/six/input" >"$T/six.sum"
run "$NOI" rehearse --scenario six --out "$T/six" --against "$T/six/trials/1.json" --json
is "$status" 0 "the same once more is not worse"
like "$out" '"same_city":true,"worse":\[\],"better":\[\],"not_compared":\[\],"findings":\[\]' "in nothing"
digest "$T/six/input" >"$T/again.sum"
ok "$(grep -v rejects "$T/six.sum" >"$T/a1"; grep -v rejects "$T/again.sum" >"$T/a2"; cmp -s "$T/a1" "$T/a2"; echo $?)" "the same seed gives the same files"
is "$(cat "$T/six/trials/1.json")" "$first" "the first trial stays as it was"
cp data/scenarios/six.ini "$T/hasty.ini"
sed -i 's/^wrong .*/wrong = 60/; s/^officers.*/officers = 1/; s/^absent.*/absent = 0/' "$T/hasty.ini"
run "$NOI" rehearse --scenario "$T/hasty.ini" --out "$T/six" --json
is "$status" 0 "one officer who errs often: still every error is traced"
like "$out" '"wrong_untraced":0' "to a decision"
like "$out" '"proposed":[1-9]' "alone he approves nothing of his own"
run "$NOI" rehearse --trials "$T/six"
like "$out" "^2 +six +small +1685 .* 0$" "the table has the trials, each against the one before"
like "$out" "^3 +hasty .* -$" "another scenario is another city"
python3 - "$T/six/trials" <<'PY'
import json, sys
card = json.load(open(sys.argv[1] + "/2.json"))
card["traps"][0]["right"] -= 5
card["scenario"]["failures"] = "killed_merge_differs"
card["passed"] = False
json.dump(card, open(sys.argv[1] + "/4.json", "w"))
PY
run "$NOI" rehearse --trials "$T/six"
like "$out" "^4 +six .* 2  ✗" "regressions are counted and marked"
like "$out" "trial 4 against trial 2: plain: right" "and named"
like "$out" "trial 4: this did not hold: killed_merge_differs" "with what did not hold"
ok "$(grep -q 'trials' "$T/six/trials/index.html"; echo $?)" "there is a page"
rm "$T/six/trials/2.json"
run "$NOI" rehearse --trials "$T/six"
like "$out" "^4 +six .* 2  ✗" "a trial that somebody removed leaves a gap, and the later ones stay"
is "$(printf '%s\n' "$out" | grep -c '^[0-9]')" 3 "three are left"
run "$NOI" rehearse --scenario "$T/hasty.ini" --out "$T/six"
ok "$([ -e "$T/six/trials/5.json" ] && ! [ -e "$T/six/trials/2.json" ]; echo $?)" "and the gap is not filled: numbers tell the order"
run "$NOI" rehearse --trials "$T/mine"
is "$status" 3 "a folder without trials"

done_testing
