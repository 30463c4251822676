#!/bin/sh
# Rules for parts of a split unit: import with its rejects, plan, lookup with rule and question, merge.
set -u
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
n=0
ok() { # condition result, name
    n=$((n + 1))
    [ "$1" = 0 ] && echo "ok $n - $2" || { echo "not ok $n - $2"; sed 's/^/# /' "$dir/out" 2>/dev/null | head -30; }
}
has() { grep -qF -- "$1" "$dir/out"; ok $? "$2"; }
run() { "$NOI_SAN" "$@" >"$dir/out" 2>&1; code=$?; }
exits() { [ "$code" = "$1" ]; ok $? "exit $1: $2"; }
export LANGUAGE=en LC_ALL=C.UTF-8

r=$dir/city.noi
"$NOI" init "$r" >/dev/null
cat >"$dir/old.csv" <<END
code,kind,name,district_code,district_kind,district_name,province_code,province_name
20001,phường,1,701,quận,1,79,Thành phố Hồ Chí Minh
20010,phường,Tân Lập,701,quận,1,79,Thành phố Hồ Chí Minh
END
cat >"$dir/new.csv" <<END
code,kind,name,province_code,province_name
20013,phường,Bến Sông,79,Thành phố Hồ Chí Minh
20016,phường,Bờ Kè,79,Thành phố Hồ Chí Minh
END
cat >"$dir/walk.csv" <<END
old_code,new_code,part,scope,resolution,clause
20001,20013,whole,all,1/NQ,1
20010,20013,part,area+population,1/NQ,1
20010,20016,remainder,area+population,1/NQ,2
END
"$NOI" import "$r" units "$dir/old.csv" --as-of 2025-06-30 >/dev/null
"$NOI" import "$r" units "$dir/new.csv" --as-of 2025-07-01 >/dev/null
"$NOI" import "$r" crosswalk "$dir/walk.csv" --as-of 2025-07-01 >/dev/null
cat >"$dir/rules.csv" <<END
Mã cũ,Mã mới,Đường,Bên,Từ số,Đến số,Hẻm,Khu phố,Tờ bản đồ,Nguồn
20010,20013,Lê Lợi,lẻ,,,,,,Biên bản 12
20010,20016,LÊ LỢI,chẵn,,,,,,Biên bản 12
20010,20016,Lê Lợi,lẻ,,,,,,Biên bản 13
20010,20013,lê lợi,Lẻ,,,,,,Biên bản 14
20010,20013,Trần Phú,,1,199,,,,Biên bản 12
20010,20016,Trần Phú,,200,,,,,Biên bản 12
20010,20013,,,,,,tổ 5,,Biên bản 12
20010,20016,,,,,,,tờ 12,Biên bản 12
20010,20001,Hùng Vương,,,,,,,không có cạnh
20010,20016,Hùng Vương,,300,200,,,,
20010,20016,,,,,,,,
20010,20016,Hùng Vương,giữa,,,,,,
20010,20016,Hùng Vương,,,,lô B,,,
20010,20016,,,,,,gần chợ,,
END
run import "$r" split-rules "$dir/rules.csv"
exits 1 "some rows are rejected"
has "14 rows read = 6 stored + 8 rejected" "the account of rows"
run import "$r" split-rules "$dir/rules.csv"
has "stored already" "the same file again changes nothing"
cp "$dir/rules.csv.rejects.csv" "$dir/out"
has "4,new_code,20016,contradicts_rule" "a rule that contradicts an earlier one"
has "5,new_code,20013,same_rule" "a rule that stands already, in another spelling"
has "10,new_code,20001,no_such_edge" "no such edge in the crosswalk"
has "11,from,300,range_backwards" "from is higher than to"
has "12,street,,no_attribute" "nothing is stated"
has "13,side,giữa,unknown_side" "neither odd nor even"
has "14,alley,lô B,unreadable_alley" "no chain of numbers"
has "15,hamlet,gần chợ,unreadable_hamlet" "no hamlet"

cat >"$dir/addresses.csv" <<END
id,text,old_code
a,"45 Lê Lợi, Phường Tân Lập, Quận 1",20010
b,"Lê Lợi, Phường Tân Lập, Quận 1",20010
c,"45 Lê Lợi, tổ 5, Phường Tân Lập, Quận 1",
d,"46 Lê Lợi, tổ 5, Phường Tân Lập, Quận 1",
END
printf 'id,old_code,sheet,number\np1,20010,12,7\np2,20010,13,7\n' >"$dir/parcels.csv"
"$NOI" import "$r" addresses "$dir/addresses.csv" --as-of 2025-06-30 >/dev/null
"$NOI" import "$r" parcels "$dir/parcels.csv" --as-of 2025-06-30 >/dev/null
run plan "$r" -o "$dir/plan"
has "6 rules decide about parts of split units; 0 are left out" "the plan counts its rules"
run merge "$r" --plan "$dir/plan"
exits 0 "merge"
sqlite3 "$r" "SELECT a.key, v.status, v.method, v.reason, r.street, r.hamlet FROM verdict v JOIN address a ON a.id = v.record_id LEFT JOIN split_rule r ON r.id = v.rule_id WHERE v.kind = 1 ORDER BY 1" >"$dir/out"
has "a|1|5|0|Lê Lợi|" "decided by a rule, which the verdict names"
has "b|2|0|1||" "no number, no verdict"
has "c|1|5|0|Lê Lợi|" "two rules agree"
has "d|2|0|15||" "two rules disagree"
sqlite3 "$r" "SELECT p.key, v.status, r.sheet FROM verdict v JOIN parcel p ON p.id = v.record_id LEFT JOIN split_rule r ON r.id = v.rule_id WHERE v.kind = 3 ORDER BY 1; PRAGMA foreign_key_check" >"$dir/out"
has "p1|1|tờ 12" "a parcel by its sheet"
has "p2|2|" "another sheet decides nothing"
[ "$(wc -l <"$dir/out")" = 2 ]; ok $? "all keys point to rows"

run lookup --plan "$dir/plan" "12A le loi, P. Tan Lap, Q1"
has "20016  Phường Bờ Kè" "lookup by a rule"
has "street LÊ LỢI, even house numbers lies in Phường Bờ Kè (source: Biên bản 12)" "with the rule and its source"
run lookup --plan "$dir/plan" "Lê Lợi, Phường Tân Lập, Quận 1"
exits 1 "not decided"
has "is the house number odd or even?" "the smallest question"
has "even house numbers → Phường Bờ Kè" "with its answers"
run lookup --plan "$dir/plan" "Trần Phú, Phường Tân Lập, Quận 1" --json
has '"question":"is the house number 200 or higher?"' "the question of a range"
has '"question_attribute":"house_number"' "its attribute"
has '"question_answers":[{"answer":"1-199","new_codes":["20013"]}' "its answers"
run lookup --plan "$dir/plan" "201 Trần Phú, Phường Tân Lập, Quận 1" --json
has '"rule":{"id":4,' "the rule as JSON"
has '"method":"split_rule"' "its method"
printf 'old_code,new_code,street\n20010,20013,Ngô Quyền\n' >"$dir/more.csv"
"$NOI" import "$r" split-rules "$dir/more.csv" >/dev/null
run merge "$r" --plan "$dir/plan"
exits 4 "a plan made before a rule came in is no longer the registry's"
sqlite3 "$r" "UPDATE split_rule SET state = 'below' WHERE street = 'Ngô Quyền'"
run plan "$r" -o "$dir/plan"
has "6 rules decide about parts of split units; 1 are left out" "a rule below its thresholds never enters the plan"
echo "1..$n"
