#!/bin/sh
# noi convert: columns appended, everything else byte for byte, in order, in constant memory.
. tests/cli/tap.sh
key() { python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$T/out" "$1"; }
HEAD=noi_status,noi_new_code,noi_new_name,noi_old_code,noi_method,noi_clause,noi_candidates,noi_warning

# ---- rows are kept as they are ----
printf '\357\273\277id,"dia chi",note\r\n1,"Phường Bến Nghé, Quận 1","a ""quoted"" note"\r\n2,"Phường 15,\nQuận 4",  two  \r\n3,,\r\n' >"$T/in.csv"
run "$NOI" convert "$T/in.csv" -o "$T/out.csv" --column "dia chi"
is "$status" 0 "quotes, line ends inside fields and a byte order mark are taken"
like "$err$out" "in 3 = assigned 1 \+ ambiguous 1 \+ unplaced 1" "the account adds up"
is "$(printf '\357\273\277'; printf 'id,"dia chi",note,%s\r\n' "$HEAD"
printf '1,"Phường Bến Nghé, Quận 1","a ""quoted"" note",assigned,26740,Phường Sài Gòn,26740,whole_edge,1,,\r\n'
printf '2,"Phường 15,\nQuận 4",  two  ,ambiguous,,,27295,,,27259 27265,\r\n3,,,unplaced,,,,,,,\r\n')" \
    "$(cat "$T/out.csv")" "each row keeps its very bytes and its line end; the columns of the contract follow"

printf 'id;address\n1;Phường Bến Nghé, Quận 1\n' >"$T/semi.csv"
run "$NOI" convert "$T/semi.csv" -o "$T/semi.out" --column address
like "$(sed -n 2p "$T/semi.out")" '^1;Phường Bến Nghé, Quận 1;assigned;26740;' "semicolons stay semicolons"
run "$NOI" convert "$T/semi.csv" -o - --column address
like "$out" ';assigned;26740;' "'-' writes to standard output"

# ---- every kind of bad input ----
run "$NOI" convert "$T/semi.csv" -o "$T/x" --column nothing
is "$status" 3 "a column that is not there is refused"
like "$err" "nothing" "by its name"
run "$NOI" convert "$T/semi.out" -o "$T/x" --column address
is "$status" 3 "a file that was converted already is refused"
like "$err" "noi_" "and the column is named"
run "$NOI" convert "$T/none.csv" -o "$T/x" --column address
is "$status" 3 "a file that is not there"
: >"$T/empty.csv"
run "$NOI" convert "$T/empty.csv" -o "$T/x" --column address
is "$status" 3 "an empty file"
run "$NOI" convert "$T" -o "$T/x" --column address
is "$status" 3 "a folder"
run "$NOI" convert "$T/semi.csv" -o "$T/no/such/x" --column address
is "$status" 3 "a folder that is not there for the output"
ok "$([ ! -e "$T/x" ] && ! ls "$T" | grep -q "^x.*part"; echo $?)" "no failure left a file"
printf 'id,address\n1,Ph\377\376ng B\341n Ngh\351\n' >"$T/latin.csv"
run "$NOI" convert "$T/latin.csv" -o "$T/x" --column address
is "$status" 3 "a file that is not UTF-8 is refused: encodings are not mixed in one file"
like "$err" "^hint: " "with the way out"
run "$NOI" convert "$T/semi.csv" -o "$T/x"
is "$status" 2 "no column is a usage error"
{ printf 'id,address\n1,"'; head -c 1000000 /dev/zero | tr '\0' x; printf '"\n2,"Phường Bến Nghé, Quận 1"\n'; } >"$T/long.csv"
run "$NOI" convert "$T/long.csv" -o "$T/long.out" --column address
like "$(sed -n 3p "$T/long.out")" ',assigned,26740,' "a field of a million letters harms no other row"
like "$err$out" "in 2 = " "and is counted"
run "$NOI_SAN" convert "$T/long.csv" -o "$T/san.out" --column address
ok "$(cmp -s "$T/long.out" "$T/san.out"; echo $?)" "the sanitized program says the same"

# ---- twice the same, in constant memory ----
python3 - "$T/big.csv" <<'PY'
import csv, sys
names = [(r["code"], f'{r["kind"]} {r["name"]}, {r["district_kind"]} {r["district_name"]}')
         for r in csv.DictReader(open("data/units_old.csv", encoding="utf-8"))]
with open(sys.argv[1], "w", encoding="utf-8") as f:
    f.write("id,code,address\n")
    for i in range(300000):
        code, name = names[i % len(names)]
        f.write(f'{i},{code},"{i % 977} Lê Lợi, {name}"\n')
PY
head -20001 "$T/big.csv" >"$T/small.csv"
peak() { # peak FILE OUT: KiB
    python3 - "$NOI" "$1" "$2" <<'PY'
import os, sys
noi, src, out = sys.argv[1:]
pid = os.fork()
if pid == 0:
    os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
    os.dup2(os.open("/dev/null", os.O_WRONLY), 2)
    os.execv(noi, [noi, "convert", src, "-o", out, "--column", "address"])
_, status, usage = os.wait4(pid, 0)
print(usage.ru_maxrss if status == 0 else "failed")
PY
}
few=$(peak "$T/small.csv" "$T/small.out")
many=$(peak "$T/big.csv" "$T/big.out")
ok "$([ "$many" -lt $((few + 40000)) ]; echo $?)" "15 times the rows need no more memory ($few, $many KiB)"
peak "$T/big.csv" "$T/again.out" >/dev/null
ok "$(cmp -s "$T/big.out" "$T/again.out"; echo $?)" "twice gives the same bytes"
is "$(cut -d, -f1 "$T/big.out" | sed 1d | awk '$1 != NR - 1 {bad = 1} END {print bad + 0}')" 0 "rows keep their order"
is "$(head -20001 "$T/big.out" | cmp - "$T/small.out" && echo same)" same "an answer does not depend on the rows around it"
# ---- parts of an address in several columns, standard input, the account for machines ----
printf 'id,district,ward,street\n1,Quận 1,Phường Bến Nghé,5 Lê Lợi\n2,Quận 4,Phường 13,\n' >"$T/parts.csv"
run "$NOI" convert "$T/parts.csv" -o "$T/parts.out" --column street --column ward --column district --json
is "$status" 0 "an address that stands in three columns"
is "$(sed -n 's/^1,Quận 1,Phường Bến Nghé,5 Lê Lợi,//p' "$T/parts.out" | cut -d, -f1-2)" "assigned,26740" \
    "is read in the order of the options"
is "$(key "d['in'], d['assigned'], d['methods']")" "(2, 2, {'whole_edge': 2})" "the account for machines"
out=$("$NOI" convert - -o - --column ward <"$T/parts.csv" 2>/dev/null)
like "$out" "^2,Quận 4,Phường 13,,ambiguous" "'-' reads standard input"
is "$(ls "${TMPDIR:-/tmp}" | grep -c '^noi-convert-' || true)" 0 "and leaves no copy behind"

# ---- other encodings become UTF-8 ----
printf 'id,address\n1,"5 L\252 L\356i, Ph\356\352ng B\325n Ngh\320, Qu\313n 1"\n' >"$T/tcvn3.csv"
run "$NOI" convert "$T/tcvn3.csv" -o "$T/tcvn3.out" --column address --encoding tcvn3
is "$status" 0 "TCVN3 when it is named"
like "$(cat "$T/tcvn3.out")" "Phường|Ph" "is written as UTF-8"
ok "$(iconv -f utf-8 -t utf-8 <"$T/tcvn3.out" >/dev/null; echo $?)" "every byte of it"
run "$NOI" convert "$T/parts.csv" -o "$T/x" --column ward --encoding latin1
is "$status" 2 "an encoding that noi does not know"

# ---- sheets ----
cat >"$T/typed.csv" <<'CSV'
code,when,amount,address
00123,2024-02-29,12.5,"Phường Bến Nghé, Quận 1"
00007,2025-06-30,3,"200 Xóm Chiếu, P.15, Q.4"
CSV
printf '"String","Date","Real","String"\n' >"$T/typed.csvt"
ogr2ogr -f XLSX "$T/typed.xlsx" "$T/typed.csv"
run "$NOI" convert "$T/typed.xlsx" -o "$T/typed.out.xlsx" --column address
is "$status" 0 "a sheet in, a sheet out"
ogrinfo -al "$T/typed.out.xlsx" >"$T/info" 2>/dev/null
like "$(cat "$T/info")" "code \(String\) = 00123" "a code keeps its zeros"
like "$(cat "$T/info")" "when \(Date\) = 2024/02/29" "a day stays a day"
like "$(cat "$T/info")" "amount \(Real\) = 12\.5" "a number stays a number"
like "$(cat "$T/info")" "noi_new_code \(String\) = 26740" "the new code is a text"
like "$(cat "$T/info")" "noi_candidates \(String\) = 27259 27265" "candidates are listed"
is "$(stat -c %a "$T/typed.out.xlsx")" 600 "a sheet is readable by its owner alone"
run "$NOI" convert "$T/typed.xlsx" -o "$T/typed.out.csv" --column address
is "$(sed -n 2p "$T/typed.out.csv" | cut -d, -f1-3)" "00123,2024-02-29,12.5" "a sheet in, CSV out"
run "$NOI" convert "$T/typed.csv" -o "$T/from.csv.xlsx" --column address
is "$status" 0 "CSV in, a sheet out"
cp "$T/from.csv.xlsx" "$T/first.xlsx"
sleep 1
"$NOI" convert "$T/typed.csv" -o "$T/from.csv.xlsx" --column address 2>/dev/null
ok "$(cmp -s "$T/first.xlsx" "$T/from.csv.xlsx"; echo $?)" "the same input gives the same bytes"
run "$NOI_SAN" convert "$T/typed.xlsx" -o "$T/san.xlsx" --column address
is "$status" 0 "likewise under sanitizers"
python3 -c "print('a' + chr(10) + 'x' * 40000)" >"$T/wide.csv"
run "$NOI" convert "$T/wide.csv" -o "$T/wide.xlsx" --column a
is "$status" 3 "a text that no cell takes"
like "$err" "row 2, column 1: a cell takes 32767 letters" "is told with its place"
ok "$([ ! -e "$T/wide.xlsx" ]; echo $?)" "and leaves no file"
run "$NOI" convert "$T/typed.xlsx" -o "$T/./typed.xlsx" --column address
is "$status" 2 "a sheet is not written over itself"

done_testing
