#!/bin/sh
# Plan: two exports with other columns and codes, each cause planted once and found as such, keys that
# are written differently, doubled, missing; the table adds up; nothing but keys is told; XLSX beside CSV.
. tests/cli/tap.sh

cat >"$T/a.csv" <<'END'
MaHoSo,DonVi,NgayNhan,TrangThai,DiaChi,Phi
K1,26740,20250701093000,4,Số 1 Lê Lợi,100
K2,26740,20250702,4,Số 2 Lê Lợi,100
K3,01234,05/06/2025,9,Số 3 Lê Lợi,"1,5"
K4,26740,2025-07-03,4,Số 4 Lê Lợi,100
k 5,26740,2025-07-03,4,Số 5 Lê Lợi,100
K6,26740,2025-07-03,4,RIENGTU Lê Lợi,100
K7,26740,2025-07-03,4,Số 7 Lê Lợi,
K8,26740,2025-07-03,4,a,1
K8,26740,2025-07-03,4,b,1
,26740,2025-07-03,4,b,1
END
python3 - "$T" <<'END'
import sys, unicodedata
rows = [("K1", "26740", "2025-07-01", "4", "Số 1 Lê Lợi", "100"),
        ("K2", "26740", "2025-07-02", "in_process", unicodedata.normalize("NFD", "Số 2 Lê Lợi"), "100.0"),
        ("K3", "1234", "2025-05-06", "done", "So 3 Le Loi", "1.5"),
        ("K4", "27259", "2025-07-03", "done", "số 4, lê lợi", "100"),
        ("K5", "26740", "2025-07-03", "4", "Số 5  Lê Lợi ", "200"),
        ("K6", "26740", "2025-07-03", "4", "", "100"),
        ("K7", "26740", "2025-07-03", "4", "Số 7 Lê Lợi", "7"),
        ("K9", "26743", "2025-07-04", "4", "x", "1")]
with open(sys.argv[1] + "/b.csv", "w", encoding="utf-8") as f:
    f.write("case_code;unit;received;status;address;fee\n")
    f.writelines(";".join(r) + "\n" for r in rows)
END
cmp_() {
    run "$NOI_SAN" compare "$T/a.csv" "$1" --key MaHoSo=case_code --map DonVi=unit:code \
        --map NgayNhan=received:day --map TrangThai=status:status --map DiaChi=address \
        --map Phi=fee:number --status 4=in_process --unit DonVi --day NgayNhan \
        --table "$T/table.csv" -o "$T/list.csv" --json
}
cause() { # cause COLUMN CAUSE: count and keys
    printf '%s' "$out" | python3 -c 'import json, sys
for c in json.load(sys.stdin)["causes"]:
    if [c["column"], c["cause"]] == sys.argv[1:]: print(c["n"], *c["keys"])' "$@"
}
cmp_ "$T/b.csv"
is "$status" 1 "differences end with 1"
like "$out" '"rows_a":10,"rows_b":8,"paired":7,"same":0,"different":7,"only_a":1,"only_b":1,"doubles_a":1,"doubles_b":0,"without_key_a":1' \
    "every row is in one place"
like "$out" '"keys_written_differently":1' "a key with a blank is paired"
is "$(cause NgayNhan date_format)" "2 K1 K2" "a day written differently"
is "$(cause DiaChi whitespace)" "2 K2 k 5" "white space and NFD"
is "$(cause TrangThai status_mapping)" "1 K2" "a status by the mapping"
is "$(cause TrangThai different)" "2 K3 K4" "and against it"
is "$(cause Phi number_format)" "2 K2 K3" "a number written differently"
is "$(cause DonVi lost_zeros)" "1 K3" "lost zeros"
is "$(cause NgayNhan day_month)" "1 K3" "day and month exchanged"
is "$(cause DiaChi marks_lost)" "1 K3" "lost marks"
is "$(cause DiaChi case)" "1 K4" "capitals and punctuation"
is "$(cause DonVi different)" "1 K4" "another unit"
is "$(cause Phi different)" "1 k 5" "another number"
is "$(cause DiaChi missing_in_b)" "1 K6" "missing in the second"
is "$(cause Phi missing_in_a)" "1 K7" "missing in the first"
ok "$(cat "$T/list.csv" "$T/table.csv" | grep -cE 'RIENGTU|Lợi')" "no value is written"
is "$(grep -c . "$T/list.csv")" 20 "the list has each difference"
like "$(cat "$T/list.csv")" "K8,9,,,missing_in_b" "what stands alone, with its line"
is "$(awk -F, 'NR > 1 {s += $3 + $4 + $5 + $6} END {print s}' "$T/table.csv")" 9 "the table adds up"
like "$(cat "$T/table.csv")" "26740,2025-07-03,0,4,1,0" "a line for unit and day"

# codes of two vintages
old=$(awk -F, -v OFS=, '$1 != $2 && $3 == "whole" {print $1, $2; exit}' data/crosswalk.csv)
printf 'k,c\n1,%s\n' "${old%,*}" >"$T/old.csv"
printf 'k,c\n1,%s\n' "${old#*,}" >"$T/new.csv"
run "$NOI" compare "$T/old.csv" "$T/new.csv" --key k --map c:code --json
is "$(cause c other_vintage)" "1 1" "old unit beside its new one ($old)"
run "$NOI" compare "$T/new.csv" "$T/old.csv" --key k --map c:code --json
is "$(cause c other_vintage)" "1 1" "and the other way round"

"$NOI" convert "$T/b.csv" -o "$T/b.xlsx" --code-column unit >"$T/log"
cmp_ "$T/b.xlsx"
like "$out" '"paired":7' "XLSX beside CSV"
run "$NOI" compare "$T/a.csv" "$T/a.csv" --key MaHoSo --map DiaChi
is "$status" 1 "doubled keys and rows without one are told even of a file and itself"
grep -v '^K8\|^,' "$T/a.csv" >"$T/c.csv"
run "$NOI" compare "$T/c.csv" "$T/c.csv" --key MaHoSo --map DiaChi --map DonVi:code
is "$status" 0 "a file equals itself"
run "$NOI" compare "$T/a.csv" "$T/b.csv" --key none --map DiaChi
is "$status" 3 "a column that is not there"
like "$err" "hint: its columns: MaHoSo, DonVi" "the hint lists those that are"
run "$NOI" compare "$T/a.csv" "$T/b.csv" --map DiaChi
is "$status" 2 "no key is a usage error"
run "$NOI" compare "$T/a.csv" "$T/b.csv" --key MaHoSo=case_code --map DiaChi=address:ward
is "$status" 2 "an unknown type is a usage error"
done_testing
