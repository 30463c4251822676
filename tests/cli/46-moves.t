#!/bin/sh
# What moves: rules, procedures and offices as tables of a registry; the handler and the rules in the
# verdict of each case.
. tests/cli/tap.sh
r=$T/city.noi
cat >"$T/old.csv" <<END
code,kind,name,district_code,district_kind,district_name,province_code,province_name
20001,phường,1,701,quận,1,79,Thành phố Hồ Chí Minh
20010,phường,Tân Lập,701,quận,1,79,Thành phố Hồ Chí Minh
20020,phường,Hòa Bình,702,quận,2,79,Thành phố Hồ Chí Minh
END
cat >"$T/new.csv" <<END
code,kind,name,province_code,province_name
20013,phường,Bến Sông,79,Thành phố Hồ Chí Minh
20016,phường,Bờ Kè,79,Thành phố Hồ Chí Minh
END
cat >"$T/walk.csv" <<END
old_code,new_code,part,scope,resolution,clause
20001,20013,whole,all,1/NQ,1
20010,20013,part,area+population,1/NQ,1
20010,20016,remainder,area+population,1/NQ,2
20020,20016,whole,all,1/NQ,2
END
cat >"$T/parcels.csv" <<END
id,old_code,sheet,number
T1,20001,1,1
END
cat >"$T/households.csv" <<END
id,text,old_code
N1,"5 Lê Lợi, Phường Hòa Bình, Quận 2",20020
END
cat >"$T/cases.csv" <<END
id,procedure_code,received_on,due_on,status,intake_unit,handling_unit,text,parcel_id,household_id,head_office
D1,1.004193,2025-06-01,2025-07-20,4,701,701,,T1,N1,
D2,1.001612,2025-06-01,2025-07-20,5,701,701,,T1,N1,"7 Lê Lai, Phường Hòa Bình, Quận 2"
D3,1.000894,2025-06-01,2025-06-20,4,20001,20001,,,N1,
D4,1.000894,2025-07-02,2025-07-20,4,20001,20001,,,N1,
D5,1.888888,2025-06-01,2025-07-20,4,701,701,,T1,,
D6,1.777777,2025-06-01,2025-07-20,4,701,701,,,,
D7,1.004193,2025-06-01,2025-07-20,4,701,000.02.02.H29,,,,
D8,1.009994,2025-06-01,2025-07-20,9,701,701,"9 Lê Lợi, Phường Hòa Bình, Quận 2",T1,,
END
cat >"$T/procedures.csv" <<END
Mã TTHC,Tên TTHC,Nơi phát sinh,Cấp trước,Cấp sau,Quy tắc,Nguồn
1.004193,Đính chính giấy chứng nhận,thửa đất,quận,VPĐKĐĐ,R8,QĐ 1
1.001612,Đăng ký hộ kinh doanh,trụ sở,huyện,xã,R10,QĐ 1
1.000894,Đăng ký kết hôn,,xã,xã,R12,QĐ 1
1.009994,Giấy phép xây dựng,công trình,quận,xã,R11,QĐ 1
1.777777,Việc của sở,,sở,sở,,QĐ 1
1.77777,Mã hỏng,,sở,sở,,QĐ 1
1.000001,,sao hỏa,,,,QĐ 1
1.000002,,,,huyện,,QĐ 1
1.000003,,,,xã,R99,QĐ 1
1.009994,Lặp lại,công trình,quận,sở,R11,QĐ 2
1.000004,Không nguồn,,,xã,,
END
printf 'old_id,new_id,unit_code,name\n000.02.02.H29,H29.12,20020,UBND phường Hòa Bình\n000.00.16.H29,H29.16,,Sở Y tế\n000.00.17.H29,"../""><script>",,Sở Lạ\n000.00.18.H29,"../""><script>!",,Sở Lạ\nbad,,2,\n' >"$T/offices.csv"
cp data/case_rules.csv "$T/rules.csv"
{
    "$NOI" init "$r"
    "$NOI" import "$r" units "$T/old.csv" --as-of 2025-06-30
    "$NOI" import "$r" units "$T/new.csv" --as-of 2025-07-01
    "$NOI" import "$r" crosswalk "$T/walk.csv" --as-of 2025-07-01
    "$NOI" import "$r" parcels "$T/parcels.csv" --as-of 2025-06-30
    "$NOI" import "$r" households "$T/households.csv" --as-of 2025-06-30
    "$NOI" import "$r" cases "$T/cases.csv" --as-of 2025-06-30
} >/dev/null
merge() { "$NOI" plan "$r" -o "$T/plan" >/dev/null && "$NOI" merge "$r" --plan "$T/plan" >/dev/null; }
case_is() { # KEY WANT DESCRIPTION
    is "$(sqlite3 "$r" "SELECT ifnull(new_code, '-'), ifnull(level_after, '-'), ifnull(queue, '-'), ifnull(rules, '-') FROM case_verdict WHERE key = '$1'")" "$2" "$3"
}

merge
case_is D1 "20013|-|-|R1 R3 R4 R6" "no procedures are known: the parcel, and no handler"
case_is D6 "-|-|LOCATE|R3" "nothing but the district"

run "$NOI" import "$r" procedures "$T/procedures.csv"
is "$status" 1 "procedures: some rows are rejected"
like "$out" "11 rows read = 5 stored \+ 6 rejected" "the account of rows"
rejects=$(cat "$T/procedures.csv.rejects.csv")
like "$rejects" "^7,code,1.77777,not_a_procedure" "no code"
like "$rejects" "^8,place,sao hỏa,unknown_place" "no place"
like "$rejects" "^9,level_after,huyện,unknown_level" "no district after the reform"
like "$rejects" "^10,rules,R99,not_a_rule" "no rule"
like "$rejects" "^11,code,1.009994,duplicate_id" "a procedure twice"
like "$rejects" "^12,source,,missing_value" "nobody says so"
run "$NOI" import "$r" offices "$T/offices.csv"
like "$out" "5 rows read = 4 stored \+ 1 rejected" "offices"
run "$NOI" merge "$r" --plan "$T/plan"
is "$status" 4 "procedures are inputs of the plan"

run "$NOI" plan "$r" -o "$T/plan"
like "$out" "Cases go by the program's 16 rules, 5 procedures, 4 offices" "the plan tells what cases go by"
merge
case_is D1 "20013|commune|-|R1 R3 R4 R6 R8 R15" "land lodged before at the district: the commune, whatever the table says of later ones"
case_is D2 "20016|commune|-|R1 R3 R4 R6 R10 R15" "a business: its head office, not parcel nor residence"
case_is D3 "-|commune|LOCATE|R3 R7 R12 R15" "residence elsewhere, lodged before the choice was free: asked"
case_is D4 "20013|commune|-|R3 R4 R6 R12 R13 R15" "lodged since: the commune that has it was chosen"
case_is D5 "20013|-|-|R1 R3 R4 R6" "an unknown procedure goes as before"
case_is D6 "-|department|-|R3" "a department's case waits for no place"
case_is D7 "20016|commune|-|R1 R3 R4 R6 R8 R15" "an agency's id is a ward by the list of offices"
case_is D8 "-|commune|CITY_DECIDES|R2 R3 R5 R11 R15" "parcel and building in two units: the city"
is "$(sqlite3 "$r" "SELECT key FROM case_verdict WHERE clock_stands_still")" D2 "the clock stands still"
is "$(sqlite3 "$r" "SELECT key FROM case_verdict WHERE overdue_at_handover AND old_unit_finishes")" D3 "overdue at the handover"

# ---- explain
run "$NOI" explain "$r" D2
is "$status" 0 "explain: one unit"
like "$out" "^20016  Phường Bờ Kè" "the answer first"
like "$out" "head office 7 Lê Lai, Phường Hòa Bình, Quận 2: .*went whole into Phường Bờ Kè" "the evidence that decides"
like "$out" "parcel T1: .*Left out: this procedure goes by other evidence" "evidence that does not count, and why"
like "$out" "1.001612 Đăng ký hộ kinh doanh: the matter lies at the head office" "the row of the procedure"
like "$out" "R10  Business households" "the rule"
like "$out" "125/2025/NĐ-CP Art. 44; from 2025-07-01 on" "its citation and its days"
like "$out" "clause 2 of 1/NQ" "the clause of the edge"
like "$out" "status 5 \(more papers asked\); received 2025-06-01; due 2025-07-20; all go over unchanged" "the clock"
like "$out" "the clock stands still" "standing still"
like "$out" "place: Phường Bờ Kè.*; level: commune" "the handler"
like "$out" "without head office: it would be ambiguous" "what would change the answer"
run "$NOI" explain "$r" D3
is "$status" 1 "explain: open"
like "$out" "overdue at the handover" "overdue is told"
like "$out" "queue LOCATE" "its queue"
run "$NOI" explain "$r" D5
like "$out" "1.888888: no row of the procedures speaks of it" "an unknown procedure is told"
run "$NOI" explain "$r" household:N1
like "$out" "R16" "a household"
run "$NOI" explain "$r" parcel:T1 --json
like "$out" '"kind":"parcel","key":"T1"' "a parcel as JSON"
run "$NOI" explain "$r" D8 --json
like "$out" '"queue":"CITY_DECIDES"' "JSON: the queue"
like "$out" '"piece":"parcel","missing":false,"left_out":false,"matters":true' "JSON: the evidence"
like "$out" '"id":"R2","from":"2025-07-01","to":null' "JSON: the rules"
printf 'alias,id,system\nSBN-7,D2,old portal\nX,D1,\nX,D2,\nD1,D1,\n' >"$T/aliases.csv"
run "$NOI" import "$r" case-aliases "$T/aliases.csv"
like "$out" "4 rows read = 3 stored \+ 1 rejected" "other numbers of cases"
run "$NOI" explain "$r" SBN-7
like "$out" "^SBN-7 is another number of D2" "found by its old number"
run "$NOI" explain "$r" X
is "$status" 3 "a number of two cases"
like "$err" "ask for one of them: D1, D2" "names them"
run "$NOI" explain "$r" nobody
is "$status" 3 "no such record"

# ---- notices
run "$NOI" notices "$r" -o "$T/notices"
is "$status" 1 "notices: some wait"
like "$out" "8 cases = 5 get another handler \+ 1 wait for a decision of the city \+ 1 wait for their place \+ 1 stay" "the account"
is "$(cat "$T/notices/20016-commune.csv")" "case,system,procedure_code,old_handler,new_office,intake_unit,received,due,status,overdue_at_handover,clock_stands_still,rules
D2,,1.001612,701,,701,2025-06-01,2025-07-20,5,0,1,R1 R3 R4 R6 R10 R15
D7,,1.004193,000.02.02.H29,H29.12,701,2025-06-01,2025-07-20,4,0,0,R1 R3 R4 R6 R8 R15" "a list for a handler"
is "$(cat "$T/notices/handlers.csv")" "handler,name,level,cases,overdue_at_handover,file
20013,Phường Bến Sông,,1,0,20013.csv
20013,Phường Bến Sông,commune,2,0,20013-commune.csv
20016,Phường Bờ Kè,commune,2,0,20016-commune.csv" "their list"
is "$(stat -c %a "$T/notices/20016-commune.csv" "$T/notices/handlers.csv" | sort -u)" 600 "readable by their owner alone"
run "$NOI" notices "$r" -o "$T/notices"
is "$status" 1 "an earlier folder is replaced"
mkdir "$T/mine" && touch "$T/mine/x"
run "$NOI" notices "$r" -o "$T/mine"
is "$status" 4 "another folder is left alone"

# ---- other systems
printf 'Mã phản ánh,Ngày tiếp nhận,Địa chỉ,kinh độ,vĩ độ,Lĩnh vực\n1022-1,2025-06-28 08:15,"ngã tư Lê Lợi, Phường 1, Quận 1",,,Chiếu sáng\n' >"$T/reports.csv"
printf 'Số ký hiệu,Ngày đến,Nơi nhận\n12/CV-A,2025-06-27,000.02.02.H29\n13/CV-A,2025-06-27,701\n15/CV-A,2025-06-27,000.00.16.H29\n16/CV-A,2025-06-27,000.00.17.H29\n17/CV-A,2025-06-27,000.00.18.H29\n14/CV-A,2025-06-27,\n' >"$T/documents.csv"
printf 'Hộp thư,Đơn vị,Vai trò\nmb-1,20001,văn thư\n' >"$T/accounts.csv"
run "$NOI" import "$r" reports "$T/reports.csv" --as-of 2025-06-30
is "$status" 0 "reports of citizens"
run "$NOI" import "$r" documents "$T/documents.csv" --as-of 2025-06-30
like "$out" "6 rows read = 5 stored \+ 1 rejected" "documents addressed to an office"
run "$NOI" import "$r" accounts "$T/accounts.csv" --as-of 2025-06-30
is "$status" 0 "accounts of offices"
merge
case_is 1022-1 "20013|-|-|R4 R6" "a report goes by its address"
case_is 12/CV-A "20016|-|-|R4 R6" "a document follows its office"
case_is 13/CV-A "-|-|LOCATE|-" "a district's document waits for somebody who knows"
case_is 15/CV-A "-|-|-|R4 R6" "a department's document has its successor and waits for no place"
run "$NOI" notices "$r" -o "$T/notices"
like "$(cat "$T/notices/H29.16.csv")" "^15/CV-A,documents,,000.00.16.H29,H29.16," "and is in its list"
is "$(cat "$T"/notices/handler-*.csv | grep -c CV-A)" 2 "ids that are no names of files have lists of their own"
is "$(grep -c '<script>' "$T/notices/index.html")" 0 "and stay text on the page"
sqlite3 "$r" "INSERT INTO decision (kind, record_key, new_code, actor, decided_on, reason) VALUES (4, 'D3', '20016', 'anh-ba', '2025-07-02', 'hỏi lại người nộp')"
run "$NOI" explain "$r" D3
like "$out" "anh-ba decided on 2025-07-02, which goes before all other evidence: hỏi lại người nộp" "a person's decision"
like "$out" "The stored verdict says otherwise \(open\)" "younger than the merge"
sqlite3 "$r" "DELETE FROM decision"
case_is mb-1 "20013|-|-|R4 R6" "a mailbox follows its office"
is "$(sqlite3 "$r" "SELECT system, roles FROM dossier WHERE key IN ('1022-1', 'mb-1') ORDER BY key")" "1022|
accounts|văn thư" "system and roles"
run "$NOI" explain "$r" 12/CV-A
like "$out" "its office 000.02.02.H29 is now H29.12 UBND phường Hòa Bình" "the office's successor"
run "$NOI" validate "$r" --rule C05 --rule C06
like "$out" "C06 +8 " "numbers of other systems are not held against the form of dossier codes"

# ---- rules of one's own
sed '/^R2,/d; s/^R10,2025-07-01,,/R10,2025-07-01,,01/' "$T/rules.csv" >"$T/own.csv"
run "$NOI" import "$r" case-rules "$T/own.csv"
is "$status" 0 "a table of rules of one's own"
run "$NOI" plan "$r" -o "$T/plan" --json
like "$out" '"own_case_rules":true,"case_rules":15,"procedures":5,"offices":4' "and that the rules are its own"
merge
case_is D8 "-|commune|LOCATE|R3 R5 R11 R15" "without R2 nobody decides for all"
case_is D2 "20016|commune|-|R1 R3 R4 R6" "R10 holds elsewhere"
sed 's/^R3,2025-07-01/R3,31 tháng 6/' "$T/rules.csv" >"$T/broken.csv"
run "$NOI" import "$r" case-rules "$T/broken.csv"
is "$status" 3 "a table with a bad row is refused"
like "$err" "1 of 16 rules cannot be taken: a value is not a day" "with what is wrong"
is "$(sqlite3 "$r" "SELECT count(*) FROM case_rule")" 15 "those in force stay"
run "$NOI" import "$r" case-rules "$T/rules.csv"
is "$status" 0 "the table of the program, imported"
run "$NOI" import "$r" case-rules "$T/own.csv"
is "$status" 4 "an earlier table does not come back by itself"
like "$err" "own.csv was stored before, and rules.csv has taken its place since" "and says why"
run "$NOI" import "$r" case-rules "$T/rules.csv"
is "$status" 0 "the one in force again changes nothing"
is "$(sqlite3 "$r" "PRAGMA foreign_key_check; PRAGMA integrity_check")" ok "the registry is whole"
done_testing
