#!/bin/sh
# Plan: noi crosswalk on a small law: proof, CSV, JSON, exit codes, bad input; on the real texts the
# exact files of data/.
. tests/cli/tap.sh

cat >"$T/old.csv" <<'EOF'
code,kind,name,district_code,district_kind,district_name,province_code,province_name
10001,xã,An Phú,101,huyện,Sông,10,Tỉnh Mẫu
10002,xã,Bình Hòa,101,huyện,Sông,10,Tỉnh Mẫu
EOF
cat >"$T/new.csv" <<'EOF'
code,kind,name,province_code,province_name,resolution
10002,xã,Sông,10,Tỉnh Mẫu,9/NQ-UBTVQH15
EOF
law() { # law CLAUSE COUNT
    printf 'Số: 9/NQ-UBTVQH15\n\n**Điều 1. Sắp xếp các đơn vị hành chính cấp xã của tỉnh Mẫu**\n\n1\\. %s\n\n2\\. Sau khi sắp xếp, tỉnh Mẫu có %s đơn vị hành chính cấp xã, gồm %s xã.\n\n**Điều 2. Hiệu lực**\n\nhoạt động từ ngày 01 tháng 7 năm 2025.\n' "$1" "$2" "$2"
}
law 'Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã An Phú và xã Bình Hòa thành xã mới có tên gọi là **xã Sông**.' 01 >"$T/good.md"
law 'Sắp xếp toàn bộ xã An Phú thành xã mới có tên gọi là xã Sông.' 01 >"$T/hole.md"
law 'Sắp xếp toàn bộ xã An Phú và những gì khác thành xã mới có tên gọi là xã Sông.' 01 >"$T/unread.md"

run "$NOI_SAN" crosswalk --decree "$T/good.md" --units "$T/old.csv" --new-units "$T/new.csv"
is "$status" 0 "a law that is proved ends with 0"
like "$out" "old units consumed: 2 of 2; new units made: 1" "the account is told"
like "$out" "^  proved" "the proof is told"

run "$NOI_SAN" crosswalk --decree "$T/good.md" --units "$T/old.csv" --new-units "$T/new.csv" --csv
is "$out" "old_code,new_code,part,scope,resolution,clause
10001,10002,whole,all,9/NQ-UBTVQH15,1
10002,10002,whole,all,9/NQ-UBTVQH15,1" "CSV has the header and the edges"
is "$err" "" "and nothing else is said"

run "$NOI_SAN" crosswalk --decree "$T/good.md" --units "$T/old.csv" --csv
is "$(printf '%s\n' "$out" | tail -1)" "10002,,whole,all,9/NQ-UBTVQH15,1" "without --new-units the code is empty"
like "$err" "hint: .*--new-units" "and a hint says why"

run "$NOI_SAN" crosswalk --decree "$T/good.md" --units "$T/old.csv" --new-units "$T/new.csv" --json
like "$out" '"proved":true' "JSON tells the proof"
like "$out" '"effective_on":"2025-07-01"' "JSON tells the day"
like "$out" '"old_name":"xã Bình Hòa"' "JSON names the units"

run "$NOI_SAN" crosswalk --decree "$T/hole.md" --units "$T/old.csv" --new-units "$T/new.csv" --csv
is "$status" 1 "a hole ends with 1"
like "$out" "10001,10002,whole" "the edges are printed all the same"
like "$err" "hole.md: error: no clause names xã Bình Hòa" "the hole is named"

run "$NOI_SAN" crosswalk --decree "$T/unread.md" --units "$T/old.csv"
is "$status" 3 "an unreadable clause ends with 3"
like "$out" "clause 1 cannot be read from 'và những gì khác" "the clause is named and quoted"

run "$NOI_SAN" crosswalk --units "$T/old.csv"
is "$status" 2 "no decree is a usage error"
run "$NOI_SAN" crosswalk --decree "$T/good.md" --units "$T/old.csv" --csv --json
is "$status" 2 "CSV and JSON at once are a usage error"
run "$NOI_SAN" crosswalk --decree "$T" --units "$T/old.csv"
is "$status" 3 "a folder for a decree is refused"
run "$NOI_SAN" crosswalk --decree "$T/old.csv" --units "$T/old.csv"
is "$status" 3 "a text without articles is refused"
like "$err" "Điều 1" "and the sentence says what is missing"
head -c 4096 /dev/urandom >"$T/garbage"
run "$NOI_SAN" crosswalk --decree "$T/garbage" --units "$T/old.csv"
is "$status" 3 "garbage for a decree is refused"
run "$NOI_SAN" crosswalk --decree "$T/good.md" --units "$T/garbage"
is "$status" 3 "garbage for a list is refused"
: >"$T/empty"
run "$NOI_SAN" crosswalk --decree "$T/empty" --units "$T/old.csv"
is "$status" 3 "an empty decree is refused"

if [ -d "$SHARED/law" ]; then
    all="--units data/units_old_vn.csv --new-units data/units_new_vn.csv --csv"
    # shellcheck disable=SC2086
    run "$NOI" crosswalk --decree "$SHARED/law/1685_NQ-UBTVQH15.md" $all
    is "$status" 0 "1685 is proved"
    cut -d, -f1-6 data/crosswalk.csv >"$T/want"
    is "$(cksum <"$T/out")" "$(cksum <"$T/want")" "1685 gives data/crosswalk.csv, byte for byte"
    # shellcheck disable=SC2086
    run "$NOI" crosswalk --decree "$SHARED/law/1656_NQ-UBTVQH15.md" $all
    cut -d, -f1-6 data/crosswalk_hanoi.csv >"$T/want"
    is "$(diff "$T/want" "$T/out" | grep -c '^>')" 2 "1656 differs from data/crosswalk_hanoi.csv in two rows"
    run "$NOI" crosswalk --decree "$SHARED/law/1656_NQ-UBTVQH15.md" --units data/units_old_vn.csv
    like "$out" "clause 36: the words 'Điều này' are missing" "and names the defect of clause 36"
    like "$out" "clause 86: the words 'Điều này' are missing" "and of clause 86"
    set --
    for file in "$SHARED"/law/*.md; do set -- "$@" --decree "$file"; done
    # shellcheck disable=SC2086
    run "$NOI" crosswalk "$@" $all
    is "$status" 0 "all ten are proved at once"
    is "$(wc -l <"$T/out" | tr -d ' ')" 3797 "with 3,796 edges"
else
    echo "# SKIPPED LOUDLY: ../shared is absent"
fi
done_testing
