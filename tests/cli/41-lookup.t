#!/bin/sh
# noi lookup with the plan that travels inside the program: the units of the whole crosswalk by
# code, addresses in words, vintages, new to old, and the contract of its JSON and exit codes.
. tests/cli/tap.sh

field() { # field NAME: of the last answer
    printf '%s' "$out" | python3 -c 'import json, sys
v = json.load(sys.stdin)[sys.argv[1]]
if isinstance(v, list): v = " ".join(x["code"] if isinstance(x, dict) else x for x in v)
print("" if v is None else v)' "$1"
}
look() { run "$NOI" lookup --json "$@"; }

# ---- the contract ----
look --code 26740
is "$status" 0 "one answer ends with 0"
is "$(printf '%s' "$out" | python3 -c 'import json, sys
have = json.load(sys.stdin)
want = "status new_code new_name old_code method clause candidates question warnings".split()
print(" ".join(k for k in want if k not in have))')" "" "the JSON has every field of the contract"
is "$(printf '%s\n' "$out" | wc -l)" 1 "the answer is one line"
is "$(field status) $(field new_code) $(field new_name) $(field method) $(field clause)" \
    "assigned 26740 Phường Sài Gòn whole_edge 1" "Bến Nghé's code leads to Sài Gòn by clause 1"
look "Phường 15, Quận 4"
is "$status" 1 "a question ends with 1"
is "$(field status) $(field candidates)" "ambiguous 27259 27265" "a split ward names its candidates"
like "$(field question)" "\?$" "and asks one question"
look "không có gì ở đây"
is "$status $(field status)" "1 unplaced" "what names no unit is unplaced"
run "$NOI" lookup </dev/null
is "$status" 0 "no question: they are read from standard input (44-lookup-lines.t)"
run "$NOI" lookup --code 26740 --point 106.7,10.7
is "$status" 2 "two questions are a usage error"
run "$NOI" lookup --code 26740 --as-of yesterday
is "$status" 2 "a day that is none is a usage error"
run "$NOI" lookup --plan "$T/none" --code 26740
is "$status" 3 "a plan that is not there is an input error"
like "$err" "hint|none" "and is named"
run "$NOI" lookup --point 106.7,10.77
is "$status" 3 "a point needs a plan with a layer"
like "$err" "^hint: " "and the hint says how"
run "$NOI" lookup "Phường Bến Nghé, Quận 1"
is "$(printf '%s\n' "$out" | sed -n 1p)" "26740  Phường Sài Gòn, Thành phố Hồ Chí Minh" \
    "people read the answer in one line"
like "$out" "clause 1 of 1685/NQ-UBTVQH15" "then the clause"

# ---- every unit of the embedded crosswalks, by code ----
python3 - "$T/codes.csv" <<'PY'
import csv, sys
seen = {}
for name in ("crosswalk", "crosswalk_hanoi", "crosswalk_8_provinces"):
    for r in csv.DictReader(open(f"data/{name}.csv", encoding="utf-8")):
        seen.setdefault(r["old_code"], 0)
with open(sys.argv[1], "w") as f:
    f.write("code\n")
    f.writelines(c + "\n" for c in seen)
PY
run "$NOI" convert "$T/codes.csv" -o "$T/answers.csv" --code-column code
is "$status" 0 "all old codes are judged"
run python3 - "$T/answers.csv" <<'PY'
import collections, csv, sys
edges = collections.defaultdict(list)
for name in ("crosswalk", "crosswalk_hanoi", "crosswalk_8_provinces"):
    for r in csv.DictReader(open(f"data/{name}.csv", encoding="utf-8")):
        edges[r["old_code"]].append(r)
n = collections.Counter()
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    of = edges[row["code"]]
    if len(of) == 1 and of[0]["part"] == "whole":
        right = row["noi_status"] == "assigned" and row["noi_new_code"] == of[0]["new_code"] \
            and row["noi_clause"] == of[0]["clause"] and row["noi_method"] == "whole_edge"
        n["whole" if right else "whole_wrong"] += 1
    else:  # split, or a part whose rest the law forgot
        right = row["noi_status"] != "assigned" and \
            set(row["noi_candidates"].split()) == {e["new_code"] for e in of}
        n["split" if right else "split_wrong"] += 1
        if len(of) == 1: n["part_alone"] += 1
print(*(f"{k}={n[k]}" for k in ("whole", "whole_wrong", "split", "split_wrong", "part_alone")))
PY
is "$out" "whole=3156 whole_wrong=0 split=280 split_wrong=0 part_alone=1" \
    "whole units get their unit and clause, split ones all their candidates, none a guess"

# ---- a code means something only with a day ----
look --code 26869 --as-of 2024-06-30
is "$(field status) $(field new_code)" "assigned 26878" "a ward of 2024 goes the way of its successor"
like "$(field warnings)" "older_vintage" "and its age is told"
look --code 26872 --as-of 2024-06-30
is "$(field status) $(field candidates)" "ambiguous 26878 26882" "one that was parted in 2024 is asked"
look --code 26872
is "$(field status) $(field new_code)" "assigned 26878" "the same code on the eve is another ward"
look --code 26740 --as-of 2025-07-01
is "$(field method) $(field new_code)" "new_unit 26740" "on the day itself it is the new unit"
look --code 26740.0
is "$(field new_code)" 26740 "what a spreadsheet made of a code is read"
look --code 1
is "$(field new_code) $(field warnings)" "00097 lost_leading_zeros" "lost zeros are restored and told"
look --code 01
is "$(field status) $(field reason)" "ambiguous district_only" "01 is a province: it has lost no zeros"
look --code 79
is "$(field status) $(field reason)" "ambiguous district_only" "79 is a province, not 00079"
look --code 760
is "$(field status) $(field reason)" "ambiguous district_only" "760 is a district, not 00760"
look --code 99999
is "$(field status) $(field reason)" "unplaced unknown_code" "a code of no day is unplaced"

# ---- words ----
# says TEXT ANSWER: the new code, or the status
says() {
    look "$1"
    got=$(field new_code)
    [ -n "$got" ] || got=$(field status)
    is "$got" "$2" "$1"
}
says "P. Bến Nghé, Q.1, TP.HCM" 26740
says "phuong ben nghe quan 1" 26740
says "12/3 Lê Lợi, Bến Nghé, Quận 1, Tp. Hồ Chí Minh" 26740
says "Phường Sài Gòn" 26740
says "Phường 1, TP.HCM" ambiguous
says "Phường 1, Quận Gò Vấp" 26890
says "Phường 01, Q. Gò Vấp" 26890
says "Xã Thạnh An, huyện Cần Giờ" 27676
says "Xã Thanh An, huyện Dầu Tiếng" 25807
says "xa Thanh An, TPHCM" ambiguous
says "Phường An Khánh, Quận 2" 27094
says "Quận 1, TP Hồ Chí Minh" ambiguous
says "Xã Phước Hoà, huyện Phú Giáo, Bình Dương" 25882
says "Xã Phước Hòa, huyện Phú Giáo, tỉnh Bình Dương" 25882
says "Huyện Côn Đảo, Bà Rịa - Vũng Tàu" 26732
says "12 Lê Lợi, phường Bến Nghé, Quận 3" ambiguous
look "Xã Thạnh An, huyện Cần Giờ"
is "$(field warnings)" "" "an exact name with its district needs no note"

# ---- new to old ----
run "$NOI" lookup --reverse --json --code 26740
is "$(printf '%s' "$out" | python3 -c 'import json, sys
print(*(p["code"] + p["part"][0] for p in json.load(sys.stdin)["predecessors"]))')" \
    "26737p 26740w 26746p" "Sài Gòn was made of three wards"
run "$NOI" lookup --reverse --code 26737
like "$out" "26737  Phường Đa Kao|26737  Phường Tân Định" "reverse asks about the unit of today"

# ---- in Vietnamese ----
run "$NOI" lookup --lang vi --code 26740 --json
is "$(field new_code)" 26740 "the answer is the same in every language"
run "$NOI" lookup "Phường Tân Bình, TP.HCM"
like "$out" "until the change a unit of this name lay elsewhere" "a unit of today whose name was another's is told so"
run "$NOI" lookup "Phường Sài Gòn, TP.HCM"
ok "$(printf '%s' "$out" | grep -c 'lay elsewhere')" "and one whose name is new is not"
# ---- what was read, part by part ----
part() { printf '%s' "$out" | python3 -c 'import json,sys; r = json.load(sys.stdin)["read"]; print(eval(sys.argv[1]))' "$1"; }
run "$NOI" lookup "1806/127/2/6 Huỳnh Tấn Phát, khu phố 3, tt nha be, H. Nhà Bè, TPHCM" --json
is "$(part "r['house']['chain'], r['house']['side'], r['street']['text'], r['hamlet']['text']")" \
    "([1806, 127, 2, 6], 'even', 'Huỳnh Tấn Phát', 'khu phố 3')" "house, street and hamlet"
is "$(part "r['ward']['read'], r['ward']['units'][0]['to'], r['district']['read'], r['province']['stands_for']")" \
    "('without_marks', '2025-06-30', 'as_written', 'Hồ Chí Minh')" "how surely, and of which days"
run "$NOI" lookup "Phường An Khánh, Quận 2" --json
is "$(part "[u['to'] for u in r['ward']['units']], r['district']['stands_for']")" \
    "(['2025-06-30', '2020-12-31'], 'Thủ Đức')" "a mixture of vintages is told part by part"
run "$NOI" lookup "P. Đông Hòa, Dĩ An, Bình Dương" --json
is "$(part "r['province']['read'], r['province']['to']")" "('as_written', '2025-06-30')" "a former province"
run "$NOI" lookup --code 26740 --json
like "$out" '"read":null' "a code has no parts"

# ---- a slip to print ----
run "$NOI" lookup "12 <b>Tôn Đản</b>, Phường 13, Quận 4" --slip "$T/slip.html" --lang vi
is "$status" 0 "one answer: a slip"
like "$(cat "$T/slip.html")" "PHIẾU TRA CỨU ĐỊA DANH HÀNH CHÍNH" "with its title"
like "$(cat "$T/slip.html")" "12 &lt;b&gt;Tôn Đản" "the address as it was given, as text"
like "$(cat "$T/slip.html")" 'class="new">Phường Xóm Chiếu, Thành phố Hồ Chí Minh' "the new unit"
like "$(cat "$T/slip.html")" "khoản 8 Nghị quyết số 1685/NQ-UBTVQH15 của Ủy ban Thường vụ Quốc hội" "the clause"
like "$(cat "$T/slip.html")" "01/07/2025" "the day as Vietnamese papers write it"
is "$(stat -c %a "$T/slip.html")" 600 "readable by its owner alone"
is "$(grep -cE 'https?://|src=' "$T/slip.html")" 0 "nothing is asked of a network"
run "$NOI" lookup "P.15, Q.4" --slip "$T/open.html"
is "$status" 1 "an open question: exit 1"
ok "$([ ! -e "$T/open.html" ]; echo $?)" "and no slip"
run "$NOI" lookup --code 26740 --reverse --slip "$T/r.html"
is "$status" 2 "no slip of the way back"

done_testing
