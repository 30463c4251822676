#!/bin/sh
# Catching up: three rounds in any order end in the same records; what was so before is kept; the account, the
# ledger and the control totals hold; bad times are told; the same file twice changes nothing.
. tests/cli/tap.sh
cat >"$T/base.csv" <<END
id,text,old_code,changed
A1,1 Lê Lợi,20001,2025-06-01T08:00:00
A2,2 Lê Lợi,20001,2025-06-01T08:00:00
A3,3 Lê Lợi,20001,2025-06-01T08:00:00
END
cat >"$T/r1.csv" <<END
id,text,old_code,changed,deleted
A1,1B Lê Lợi,20001,02/06/2025 09:30:00,0
A4,4 Lê Lợi,20001,20250602093000,0
A3,,,2025-06-02 10:00:00,1
END
cat >"$T/r2.csv" <<END
id,text,old_code,changed,deleted
A1,1C Lê Lợi,20001,2025-06-03T02:30:00Z,0
A4,,,2025-06-03 10:00:00,1
A2,2 Lê Lợi,20001,2025-06-01T08:00:00,0
END
cat >"$T/r3.csv" <<END
id,text,old_code,changed,deleted
A1,1B Lê Lợi,20001,2025-06-04 00:00:00.5,0
A3,3 Lê Lợi,20001,2025-06-05 00:00:00,0
A2,2X Lê Lợi,20001,2025-06-04 07:00:00,0
END
state() {
    sqlite3 "$1" "SELECT key, text, old_code, max(changed_at, ifnull((SELECT max(changed_at) FROM catch_up_row c
        WHERE c.kind = 1 AND c.record_id = a.id AND c.what = 3), '')), EXISTS (SELECT 1 FROM gone_record g
        WHERE g.kind = 1 AND g.key = a.key) FROM address a ORDER BY key"
}
want=
for order in '1 2 3' '1 3 2' '2 1 3' '2 3 1' '3 1 2' '3 2 1'; do
    r=$T/city.noi
    rm -f "$r"
    { "$NOI" init "$r" && "$NOI" import "$r" addresses "$T/base.csv"; } >"$T/log"
    for i in $order; do "$NOI" import "$r" addresses "$T/r$i.csv" --catch-up >>"$T/log" 2>&1; done
    got=$(state "$r")
    is "$got" "${want:=$got}" "order $order: the latest change wins"
    run "$NOI" verify "$r"
    is "$status" 0 "order $order: the ledger proves it"
    run "$NOI" reconcile "$r"
    is "$(printf '%s\n' "$out" | grep -c 'control total was\|rows were stored')" 0 "order $order: control totals hold"
done
is "$want" "A1|1B Lê Lợi|20001|2025-06-04 00:00:00.5|0
A2|2X Lê Lợi|20001|2025-06-04 07:00:00|0
A3|3 Lê Lợi|20001|2025-06-05 00:00:00|0
A4|4 Lê Lợi|20001|2025-06-02 09:30:00|1" "and that is what the source says"
before=$(sha256sum <"$r")
run "$NOI_SAN" import "$r" addresses "$T/r1.csv" --catch-up
like "$out" 'stored already; nothing was changed' "the same file again is told"
is "$(sha256sum <"$r")" "$before" "and changes nothing"
printf 'id,text,old_code\nA1,other,20001\n' >"$T/no.csv"
run "$NOI" import "$r" addresses "$T/no.csv" --catch-up
is "$status" 2 "without a time a difference is not taken"
like "$err" 'changed-on DAY' "and the way out is told"
is "$(sha256sum <"$r")" "$before" "nothing was changed"
cat >"$T/bad.csv" <<END
id,text,old_code,changed
A7,a,20001,2025-07-01 09:00:00
A7,b,20001,2025-07-01 09:00:00
A8,a,20001,2025-07-01 25:00:00
A2,c,20001,2025-06-04
END
run "$NOI_SAN" import "$r" addresses "$T/bad.csv" --catch-up
is "$status" 1 "bad rows: exit code 1"
like "$out" '4 rows read = 0 new . 0 changed . 0 the same . 0 older . 0 gone . 4 rejected' "all are counted"
is "$(cut -d, -f4 "$T/bad.csv.rejects.csv" | sed 's/"//; s/:.*//' | sort | tr '\n' ' ')" \
    "not_a_time reason same_time same_time unclear_time " "each with its reason"
cp "$r" "$T/c.noi"
sqlite3 "$T/c.noi" "UPDATE address_past SET text = 'x' WHERE key = 'A1'"
run "$NOI" reconcile "$T/c.noi"
like "$out" 'base.csv, column text: its control total was' "a past that was changed from outside is found"
sqlite3 "$T/c.noi" "UPDATE address SET text = 'x' WHERE key = 'A2'"
run "$NOI" verify "$T/c.noi"
like "$out" 'TAMPERED WITH: 1 places' "and so is a row that a round took in"
run "$NOI" catch-up "$r"
like "$out" 'PENDING: 3 records' "what is pending is told, and what is gone is not"
done_testing
