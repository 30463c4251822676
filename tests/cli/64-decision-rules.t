#!/bin/sh
# When a decision needs a second person is a table that a registry brings: imported whole or not at all, the later
# one takes the place of the earlier, and no build is needed.
. tests/cli/tap.sh
. tests/cli/two_wards.sh
printf 'id,text,old_code\nA1,đâu đó,\nA2,đâu kia,\nA3,đâu nữa,\n' >"$T/addresses.csv"
{
    begin_two_wards
    "$NOI" import "$r" addresses "$T/addresses.csv" --as-of 2025-06-30
    "$NOI" plan "$r" -o "$T/plan"
    "$NOI" merge "$r" --plan "$T/plan"
} >"$T/made" 2>&1
decide() { run "$NOI_SAN" decide "$r" "address:$1" 20013 --by An --why "visited" --on 2025-07-02 --json; }
decide A1
like "$out" '"proposed":1' "by the program's table a record of which nothing is known needs two persons"

printf 'id,applies_from,applies_to,condition,limit,persons,text,citation\nD1,2025-07-01,2026-01-01,no_candidates,,1,một người quyết định,kế hoạch của thành phố\n' >"$T/rules.csv"
run "$NOI_SAN" import "$r" decision-rules "$T/rules.csv"
is "$status" 0 "a table of the city's own is imported"
decide A2
like "$out" '"effective":1' "and holds from the next decision on"
sed 's/,1,một/,2,hai/; s/D1,2025-07-01,2026-01-01/D1,2025-07-03,/' "$T/rules.csv" >"$T/later.csv"
run "$NOI" import "$r" decision-rules "$T/later.csv"
is "$(sqlite3 "$r" 'SELECT count(*) FROM decision_rule')" 1 "a later table takes its place"
decide A3
like "$out" '"effective":1' "its rule does not hold yet on that day"
run "$NOI" import "$r" decision-rules "$T/rules.csv"
is "$status" 4 "the earlier one again is told, not silently in force"
for bad in 's/no_candidates/nobody/' 's/,,1,/,,3,/' 's/,,1,/,,0,/' 's/no_candidates,,/no_candidates,5,/' 's/no_candidates/reaches_more_than/' \
    's/2026-01-01/2024-01-01/' 's/2025-07-01/hôm qua/'; do
    sed "$bad" "$T/rules.csv" >"$T/bad.csv"
    run "$NOI_SAN" import "$r" decision-rules "$T/bad.csv"
    is "$status" 3 "refused: $bad"
done
is "$(sqlite3 "$r" 'SELECT applies_from FROM decision_rule')" 2025-07-03 "and what was in force stays"
run "$NOI" verify "$r"
is "$status" 0 "the ledger knows it all"
run "$NOI" redact "$r" -o "$T/copy.noi" --new-key "$T/k"
is "$status" 0 "a copy can be made"
done_testing
