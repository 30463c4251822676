#!/bin/sh
# What an attack with the program alone found: outputs that would replace a registry, answers that
# could not be shown, texts that contradict themselves.
. tests/cli/tap.sh
R=$T/city.noi
"$NOI" init "$R" >/dev/null
"$NOI" import "$R" units data/units_old.csv --as-of 2025-06-30 >/dev/null
"$NOI" import "$R" units data/units_new.csv --as-of 2025-07-01 >/dev/null
"$NOI" import "$R" crosswalk data/crosswalk.csv --as-of 2025-07-01 >/dev/null
before=$(sha256sum <"$R")

# refused STATUS MESSAGE NAME COMMAND...: fails so, with a hint, and the registry is as it was
refused() {
    want=$1 message=$2 name=$3
    shift 3
    run "$@"
    is "$status" "$want" "$name: exit code $want"
    like "$err" "^noi: .*$message" "$name: says what is wrong"
    like "$err" '^hint: .' "$name: says what to do"
    is "$(sha256sum <"$R")" "$before" "$name: the registry is as it was"
    is "$(ls "$T" | grep -c '\.part$')" 0 "$name: nothing half-written is left"
}

# ---- an output never replaces a registry, and a plan replaces nothing but a plan ----
printf 'id,text\nA1,"P13, Q4"\n' >"$T/a.csv"
refused 4 'is no plan' "plan onto the registry" "$NOI" plan "$R" -o "$R"
ln "$R" "$T/other-name.noi"
refused 4 'is no plan' "plan onto the registry by another name" "$NOI" plan "$R" -o "$T/other-name.noi"
refused 4 'a database' "convert onto the registry" "$NOI" convert "$T/a.csv" -o "$R" --column text
refused 4 'is no plan' "plan onto somebody's table" "$NOI" plan "$R" -o "$T/a.csv"
is "$(head -n 1 "$T/a.csv")" "id,text" "plan onto somebody's table: the table is as it was"
"$NOI" plan "$R" -o "$T/p.plan" >/dev/null
run "$NOI" plan "$R" -o "$T/p.plan"
is "$status" 0 "an earlier plan is replaced"

# ---- an answer that cannot be shown is no success ----
refused 3 'standard output' "lookup to a full device" sh -c "'$NOI' lookup 'P13 Q4' >/dev/full"
refused 3 'standard output' "help to a full device" sh -c "'$NOI' help >/dev/full"
refused 3 'standard output' "lookup with its output closed" sh -c "'$NOI' lookup 'P13 Q4' >&-"
run sh -c "'$NOI' convert '$T/a.csv' -o '$T/b.csv' --column text 2>&- >&-"
is "$(wc -l <"$T/b.csv")" 2 "with both outputs closed no message gets into the file"

# ---- files that are none ----
awk 'BEGIN { for (i = 0; i < 600; i++) printf "c%d,", i; print "id"; for (i = 0; i < 601; i++) printf "1,"; print "" }' >"$T/wide.csv"
refused 3 'wide\.csv:1' "600 columns" "$NOI" import "$R" addresses "$T/wide.csv"
like "$err" 'more than 512 columns' "600 columns: the hint says how many can be read"
refused 3 'not a regular file' "a device for a file" "$NOI" import "$R" addresses /dev/null

# ---- a unit of today beside a district that it has nothing of ----
run "$NOI" lookup "Phường Sài Gòn, Quận 1"
is "$status" 0 "Sài Gòn beside Quận 1: a mixture of new and old that fits"
for text in "Phường Sài Gòn, Quận 4" "Tân Hiệp Ward, Phú Giáo District, HCMC"; do
    run "$NOI" lookup "$text"
    is "$status" 1 "$text: contradicts itself, so it is asked about"
    like "$out" "contradicts itself" "$text: and says so"
done
done_testing
