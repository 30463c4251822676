#!/bin/sh
# Whatever holds records is readable by its owner alone, also where the umask would let others read it.
. tests/cli/tap.sh
umask 022
. tests/cli/two_wards.sh
printf 'id,text,old_code\nA1,"5 Lê Lợi, Phường Hòa Bình, Quận 2",20020\nA1,"7 Lê Lợi, Phường 1, Quận 1",20001\nA3,đâu đó,\n' >"$T/addresses.csv"
printf 'id,old_code,sheet,number\nP1,20020,7,1\n' >"$T/parcels.csv"
printf 'id,address_id,residence_file\nH1,A1,17\n' >"$T/households.csv"
printf 'id,status,due_on,handling_unit,text\nC1,4,2025-07-15,20020,"5 Lê Lợi, Phường Hòa Bình, Quận 2"\n' >"$T/cases.csv"
{
    begin_two_wards
    for kind in addresses parcels households cases; do
        "$NOI" import "$r" $kind "$T/$kind.csv" --as-of 2025-06-30
    done
    "$NOI" plan "$r" -o "$T/plan"
    "$NOI" merge "$r" --plan "$T/plan"
    "$NOI" validate "$r"
    "$NOI" report "$r" -o "$T/report"
    "$NOI" queue "$r" -o "$T/queue.csv"
    "$NOI" queue "$r" -o "$T/queue.xlsx"
    "$NOI" concordance "$r" parcels -o "$T/parcel-numbers.csv"
    "$NOI" concordance "$r" residence-files -o "$T/file-numbers.csv"
    "$NOI" concordance "$r" streets -o "$T/streets.csv"
    "$NOI" notices "$r" -o "$T/notices"
    "$NOI" reconcile "$r" --flows "$T/flows.csv"
    "$NOI" convert "$T/addresses.csv" -o "$T/converted.csv" --column text --plan "$T/plan"
    "$NOI" convert "$T/addresses.csv" -o "$T/converted.xlsx" --column text --plan "$T/plan"
    "$NOI" compare "$T/addresses.csv" "$T/converted.csv" --key id=id --map text=text -o "$T/compared.csv"
    "$NOI" redact "$r" -o "$T/copy.noi" --new-key "$T/secret"
    "$NOI" lookup --plan "$T/plan" "5 Lê Lợi, Phường Hòa Bình, Quận 2" --slip "$T/slip.html"
    "$NOI" sign --new-key "$T/an"
} >"$T/made" 2>&1
for file in city.noi addresses.csv.rejects.csv queue.csv queue.xlsx parcel-numbers.csv file-numbers.csv streets.csv \
    flows.csv converted.csv converted.xlsx compared.csv copy.noi secret slip.html an.key; do
    is "$(stat -c %a "$T/$file" 2>&1)" 600 "$file is its owner's"
done
for folder in report notices; do
    is "$(stat -c %a "$T/$folder" 2>&1)" 700 "the folder $folder is its owner's"
done
rm "$T/old.csv" "$T/new.csv" "$T/walk.csv" "$T/made" "$T/addresses.csv" "$T/parcels.csv" "$T/households.csv" "$T/cases.csv"
is "$(cd "$T" && find . -perm /077 -type f ! -path './report/*' ! -path './notices/*' | sort | tr '\n' ' ')" \
    "./an.pub ./plan " "and nothing else that a command made is open but the plan and the public key"
done_testing
