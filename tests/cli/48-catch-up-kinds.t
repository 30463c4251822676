#!/bin/sh
# Catch-up for every kind of record, and what follows from it: the old plan is refused, R06 and D05 find what
# changed behind a verdict and a decision, the next merge writes only what differs, a kill leaves nothing.
. tests/cli/tap.sh
. tests/cli/two_wards.sh
begin_two_wards >"$T/made" 2>&1
first() { # KIND HEADER ROW...
    kind=$1
    shift
    printf '%s\n' "$@" >"$T/$kind.csv"
    "$NOI" import "$r" "$kind" "$T/$kind.csv" --as-of 2025-06-30 --map changed=sua >"$T/made" 2>&1 || cat "$T/made"
}
next() { # KIND HEADER ROW..., then "new changed same older gone rejected"
    kind=$1
    shift
    printf '%s\n' "$@" >"$T/$kind-2.csv"
    run "$NOI_SAN" import "$r" "$kind" "$T/$kind-2.csv" --as-of 2025-06-30 --catch-up --map changed=sua --map deleted=xoa
    is "$(printf '%s\n' "$out" | sed -n 's/.* rows read = //p')" \
        "1 new + 1 changed + 1 the same + 1 older + 1 gone + 0 rejected" "$kind are caught up"
}
t1=2025-06-10T08:00:00
t2=2025-06-20T08:00:00
a="Lê Lợi, Phường 1, Quận 1"
b="Lê Lợi, Phường Hòa Bình, Quận 2"
first addresses id,text,old_code,sua "A1,\"1 $a\",20001,$t1" "A2,\"2 $a\",20001,$t1" "A3,\"3 $a\",20001,$t2" "A4,\"4 $a\",20001,$t1"
first households id,address_id,residence_file,sua "H1,A1,1,$t1" "H2,A2,2,$t1" "H3,A3,3,$t2" "H4,A4,4,$t1"
first members id,household_id,is_head,sua "M1,H1,1,$t1" "M2,H2,1,$t1" "M3,H3,1,$t2" "M4,H4,1,$t1"
first parcels id,old_code,sheet,number,sua "P1,20001,1,1,$t1" "P2,20001,1,2,$t1" "P3,20001,1,3,$t2" "P4,20001,1,4,$t1"
first cases id,status,due_on,handling_unit,sua "C1,4,2025-07-15,20001,$t1" "C2,4,2025-07-15,20001,$t1" "C3,4,2025-07-15,20001,$t2" "C4,4,2025-07-15,20001,$t1"
first reports id,received_on,handling_unit,text,sua "R1,2025-06-01,20001,\"1 $a\",$t1" "R2,2025-06-01,20001,\"2 $a\",$t1" "R3,2025-06-01,20001,\"3 $a\",$t2" "R4,2025-06-01,20001,\"4 $a\",$t1"
first documents id,received_on,handling_unit,sua "D1,2025-06-01,20001,$t1" "D2,2025-06-01,20001,$t1" "D3,2025-06-01,20001,$t2" "D4,2025-06-01,20001,$t1"
first accounts id,handling_unit,roles,sua "T1,20001,văn thư,$t1" "T2,20001,văn thư,$t1" "T3,20001,văn thư,$t2" "T4,20001,văn thư,$t1"
{
    "$NOI" decide "$r" address:A1 20013 --by An --why visited --on 2025-06-15
    "$NOI" plan "$r" -o "$T/plan"
    "$NOI" merge "$r" --plan "$T/plan"
    "$NOI" plan "$r" -o "$T/plan"
} >"$T/made" 2>&1
is "$(sqlite3 "$r" 'SELECT count(*) FROM verdict')" 28 "every record has its verdict"
next addresses id,text,old_code,sua,xoa "A1,\"1 $b\",20020,$t2," "A2,\"2 $a\",20001,$t1," "A3,\"9 $b\",20020,$t1," "A4,\"4 $a\",20001,$t2,1" "A5,\"5 $b\",20020,$t2,"
next households id,address_id,residence_file,sua,xoa "H1,A5,1,$t2," "H2,A2,2,$t1," "H3,A1,3,$t1," "H4,A4,4,$t2,1" "H5,A5,5,$t2,"
next members id,household_id,is_head,sua,xoa "M1,H2,0,$t2," "M2,H2,1,$t1," "M3,H1,1,$t1," "M4,H4,1,$t2,1" "M5,H5,1,$t2,"
next parcels id,old_code,sheet,number,sua,xoa "P1,20020,1,1,$t2," "P2,20001,1,2,$t1," "P3,20020,1,3,$t1," "P4,20001,1,4,$t2,1" "P5,20020,1,5,$t2,"
next cases id,status,due_on,handling_unit,sua,xoa "C1,5,2025-07-15,20001,$t2," "C2,4,2025-07-15,20001,$t1," "C3,5,2025-07-15,20001,$t1," "C4,4,2025-07-15,20001,$t2,1" "C5,4,2025-07-15,20020,$t2,"
next reports id,received_on,handling_unit,text,sua,xoa "R1,2025-06-01,20020,\"1 $b\",$t2," "R2,2025-06-01,20001,\"2 $a\",$t1," "R3,2025-06-01,20020,\"3 $b\",$t1," "R4,2025-06-01,20001,\"4 $a\",$t2,1" "R5,2025-06-01,20020,\"5 $b\",$t2,"
next documents id,received_on,handling_unit,sua,xoa "D1,2025-06-01,20020,$t2," "D2,2025-06-01,20001,$t1," "D3,2025-06-01,20020,$t1," "D4,2025-06-01,20001,$t2,1" "D5,2025-06-01,20020,$t2,"
next accounts id,handling_unit,roles,sua,xoa "T1,20020,văn thư,$t2," "T2,20001,văn thư,$t1," "T3,20020,văn thư,$t1," "T4,20001,văn thư,$t2,1" "T5,20020,văn thư,$t2,"
run "$NOI_SAN" verify "$r"
is "$status" 0 "the ledger knows the rounds"
run "$NOI_SAN" catch-up "$r"
is "$status" 1 "something is pending"
like "$out" "PENDING: 14 records" "seven changed and seven new; members have no verdict of their own, what is gone waits for nothing"
run "$NOI" merge "$r" --plan "$T/plan"
is "$status" 4 "the plan from before is refused"
"$NOI" validate "$r" >"$T/made" 2>&1
is "$(sqlite3 "$r" "SELECT group_concat(subject_key, ' ') FROM (SELECT subject_key FROM finding WHERE rule = 'R06' ORDER BY 1)")" \
    "A1 C1 D1 H1 P1 R1 T1" "R06 names what changed behind its verdict"
is "$(sqlite3 "$r" "SELECT group_concat(subject_key, ' ') FROM finding WHERE rule = 'D05'")" A1 "D05 what changed behind a decision"
before=$(sqlite3 "$r" "SELECT max(id) FROM ledger")
"$NOI" plan "$r" -o "$T/plan" >"$T/made" 2>&1
run "$NOI_SAN" merge "$r" --plan "$T/plan"
is "$status" 0 "a new plan merges"
is "$(sqlite3 "$r" "SELECT sum(rows) <= 14, sum(ended) <= 7 FROM ledger WHERE id > $before")" "1|1" "and writes no more than what is pending"
is "$(sqlite3 "$r" "SELECT u.code FROM verdict v JOIN parcel p ON v.kind = 3 AND v.record_id = p.id JOIN unit u ON u.id = v.new_unit WHERE p.key = 'P1'")" \
    20016 "by the new content"
run "$NOI" catch-up "$r"
is "$status" 0 "then nothing is pending"
run "$NOI_SAN" reconcile "$r"
is "$status" 0 "and everything adds up, what was replaced too"
"$NOI" validate "$r" >"$T/made" 2>&1
is "$(sqlite3 "$r" "SELECT count(*) FROM finding WHERE rule = 'R06'")" 0 "R06 has nothing to say any more"
run "$NOI_SAN" undo "$r" --source addresses-2.csv --reason "wrong extract"
is "$status" 0 "the verdicts of a round's records are taken back"
run "$NOI" verify "$r"
is "$status" 0 "which the ledger knows"

# A round that is killed has not happened.
"$NOI" rehearse --size small --generate-only --out "$T/city" >"$T/made" 2>&1
sed '1s/$/,sua/; 2,$s/$/,2025-06-21T08:00:00/' "$T/city/input/addresses.csv" >"$T/many.csv"
rows=$(sqlite3 "$r" "SELECT count(*) FROM address")
for wait in 0.02 0.05 0.1 0.2; do
    "$NOI" import "$r" addresses "$T/many.csv" --as-of 2025-06-30 --catch-up --map changed=sua >"$T/made" 2>&1 &
    sleep "$wait"
    kill -9 $! 2>"$T/killed"
    wait $! 2>"$T/killed"
    n=$(sqlite3 "$r" "SELECT count(*) FROM address")
    [ "$n" = "$rows" ] || [ "$n" -gt 40000 ]
    ok $? "killed after $wait s: none of its rows, or all ($n)"
done
run "$NOI" import "$r" addresses "$T/many.csv" --as-of 2025-06-30 --catch-up --map changed=sua
run "$NOI" verify "$r"
is "$status" 0 "and the same round again is whole"
done_testing
