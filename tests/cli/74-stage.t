#!/bin/sh
# Stages: each step forward has conditions that are computed; from frozen on nothing comes in, when final nothing
# changes; back only with a reason; all of it in the ledger.
. tests/cli/tap.sh
. tests/cli/two_wards.sh
printf 'id,text,old_code\nA1,"5 Lê Lợi, Phường Hòa Bình, Quận 2",20020\nA2,"7 Lê Lợi, Phường 1, Quận 1",20001\nA3,đâu đó,\n' >"$T/addresses.csv"
printf 'id,text,old_code\nA4,"5 Lê Lợi, Phường Hòa Bình, Quận 2",20020\n' >"$T/more.csv"
version=$("$NOI" --version | sed 's/^noi //; s/ .*//')
card() { printf '{"version":"%s","lost":%s,"traps":[{"id":"plain","n":7,"wrong":%s}]}' "$1" "$2" "$3" >"$T/card.json"; }
merge() {
    "$NOI" plan "$r" -o "$T/plan" && "$NOI" merge "$r" --plan "$T/plan" && "$NOI" validate "$r"
}
{
    begin_two_wards
    "$NOI" import "$r" addresses "$T/addresses.csv" --as-of 2025-06-30
} >"$T/made" 2>&1

run "$NOI_SAN" stage "$r"
like "$out" "city.noi is draft" "a registry begins as a draft"
run "$NOI_SAN" stage "$r" frozen
is "$status" 2 "no stage is stepped over"
run "$NOI" stage "$r" ready
is "$status" 2 "nor invented"
run "$NOI_SAN" stage "$r" rehearsed
is "$status" 1 "without a scorecard it is not rehearsed"
card "$version" 0 1
run "$NOI_SAN" stage "$r" rehearsed --evidence "$T/card.json"
is "$status" 1 "nor with a wrong answer"
like "$out" "NO   silent wrong answers: 1" "which is told"
card "$version" 2 0
run "$NOI" stage "$r" rehearsed --evidence "$T/card.json"
is "$status" 1 "nor with a lost record"
card 0.0.0 0 0
run "$NOI" stage "$r" rehearsed --evidence "$T/card.json"
is "$status" 1 "nor by another program"
printf '{"a":1}' >"$T/card.json"
run "$NOI_SAN" stage "$r" rehearsed --evidence "$T/card.json"
is "$status" 3 "a file that is no scorecard is refused"
printf '{"version":"%s","lost":0,"traps":[]}' "$version" >"$T/card.json"
run "$NOI_SAN" stage "$r" rehearsed --evidence "$T/card.json"
is "$status" 1 "nor by a rehearsal of nothing"
card "$version" 0 0
run "$NOI" stage "$r" rehearsed --evidence "$T/card.json" --dry-run
is "$status" 0 "a dry run tells that it would do"
run "$NOI_SAN" stage "$r" rehearsed --evidence "$T/card.json"
is "$status" 0 "a passed rehearsal is a step"
run "$NOI_SAN" stage "$r" frozen
is "$status" 1 "what was never merged is not frozen"
like "$out" "NO   records that no merge has seen as they are: 3, at most 0" "the delta is told"
like "$out" "NO   the rules were run after the last change" "and that nothing was validated"
merge >"$T/made" 2>&1
run "$NOI" validate "$r"
run "$NOI_SAN" stage "$r" frozen --json
is "$status" 0 "when it is merged and validated, it is"
like "$out" '"key":"delta","holds":true,"value":0' "with its conditions for machines"

run "$NOI_SAN" import "$r" addresses "$T/more.csv" --as-of 2025-06-30
is "$status" 4 "nothing is imported any more"
like "$err" "is frozen: it takes imports no more" "which is said"
like "$err" "noi stage .* rehearsed --reason" "with the way back"
is "$(sqlite3 "$r" 'SELECT count(*) FROM address')" 3 "and nothing came in"
run "$NOI_SAN" stage "$r" cut-over
is "$status" 1 "the cutover is a merge after the freeze"
like "$out" "NO   a merge ended after the freeze" "the earlier one was a rehearsal"
merge >"$T/made" 2>&1
run "$NOI_SAN" stage "$r" cut-over
is "$status" 0 "then it is cut over"
like "$out" "yes  places that do not add up .noi reconcile.: 0" "because everything adds up"

run "$NOI" stage "$r" parallel
is "$status" 1 "the parallel run wants a comparison"
printf 'id,unit\n1,20013\n2,20016\n' >"$T/a.csv"
printf 'id,unit\n1,20013\n2,20013\n' >"$T/b.csv"
"$NOI" compare "$T/a.csv" "$T/b.csv" --key id=id --map unit=unit --json >"$T/differ.json"
"$NOI" compare "$T/a.csv" "$T/a.csv" --key id=id --map unit=unit --json >"$T/same.json"
run "$NOI_SAN" stage "$r" parallel --evidence "$T/differ.json"
is "$status" 0 "which may still differ"
run "$NOI" stage "$r" final --evidence "$T/differ.json"
is "$status" 1 "in the end it may not"
like "$out" "NO   pairs that really differ, or miss a value: 1" "the difference is told"
like "$out" "NO   records that wait for people: 1, accepted 0" "and the queue"
run "$NOI" stage "$r" final --evidence "$T/same.json" --accept 1
is "$status" 1 "a queue is accepted with a reason"
run "$NOI_SAN" stage "$r" final --evidence "$T/same.json" --accept 1 --reason "một địa chỉ không xác định được"
is "$status" 0 "and then it is final"
run "$NOI" undo "$r" --old-unit 20020 --reason x
is "$status" 4 "nothing is undone any more"
run "$NOI" merge "$r" --plan "$T/plan"
is "$status" 4 "nor merged"
run "$NOI" decide "$r" address:A3 20013 --by An --why x
is "$status" 4 "nor decided"
run "$NOI_SAN" stage "$r" draft
is "$status" 2 "back only with a reason"
run "$NOI_SAN" stage "$r" draft --reason "diễn tập lại"
is "$status" 0 "and then to any stage"
run "$NOI" import "$r" addresses "$T/more.csv" --as-of 2025-06-30
is "$status" 0 "where things come in again"
run "$NOI_SAN" stage "$r" --json
like "$out" '"stage":"draft","steps":.*"stage":"final","before":"parallel".*"reason":"diễn tập lại"' "the history tells all"
run "$NOI_SAN" verify "$r"
is "$status" 0 "the ledger knows every step"
sqlite3 "$r" "INSERT INTO stage_step (stage, before, conditions, run_id) SELECT 'rehearsed', 'draft', '', max(id) FROM run"
run "$NOI" verify "$r"
is "$status" 1 "and names one that was written by hand"
done_testing
